"""Honest pages for what cannot be shown: what is wrong, what there is instead, where to go."""

from dash import html
from dash.development.base_component import Component

from dashboard.components.shell import heading
from dashboard.pages.framing import Content
from dashboard.pages.reading import Reading
from dashboard.service import Statistics
from dashboard.web.render import kept


def unknown(statistics: Statistics, reading: Reading, message: str, status: int) -> Content:
    """Return the page of an address that names something malformed or unknown."""
    text = reading.locale.text
    intro = text(
        "The address asks for something that does not exist here. Nothing was shown in its place."
    )
    return _page(statistics, reading, (text("This view does not exist"), intro), message, status)


def not_published(statistics: Statistics, reading: Reading, message: str) -> Content:
    """Return the page of a combination that the programme of tables does not publish."""
    text = reading.locale.text
    intro = text(
        "Every name in the address is known, but this combination is not published: "
        "only tables that protect the factories behind them are."
    )
    return _page(statistics, reading, (text("Not published"), intro), message, 404)


def withdrawn(statistics: Statistics, reading: Reading, message: str) -> Content:
    """Return the page of what was published and is taken out of sight; the message says why."""
    text = reading.locale.text
    intro = text(
        "What stood at this address was published and has been withdrawn. Please do not use it "
        "any more."
    )
    return _page(statistics, reading, (text("Withdrawn"), intro), message, 410)


def not_found(statistics: Statistics, reading: Reading) -> Content:
    """Return the page of an address that leads nowhere."""
    text = reading.locale.text
    intro = text("There is no page at this address.")
    return _page(statistics, reading, (text("Page not found"), intro), reading.path, 404)


def no_release(statistics: Statistics, reading: Reading, message: str) -> Content:
    """Return the page for a release that does not exist."""
    text = reading.locale.text
    intro = text("There is no release of that name. Without a name the newest release is shown.")
    return _page(statistics, reading, (text("No such release"), intro), message, 404)


def forbidden(statistics: Statistics, reading: Reading, message: str) -> Content:
    """Return the page of an address that is for other accounts."""
    text = reading.locale.text
    intro = text("Your account is not for this page. Nothing was shown in its place.")
    return _page(statistics, reading, (text("Not for your account"), intro), message, 403)


def unavailable(reading: Reading) -> Content:
    """Return the page of the partners' site while it cannot be known who asks."""
    text = reading.locale.text
    intro = text(
        "Accounts cannot be looked up at the moment, so nobody can be let in. Please try again in "
        "a minute; the public site is not affected."
    )
    main = [heading(text("Not available now"), intro)]
    return Content(text("Not available now"), intro, main, status=503, indexed=False, bare=True)


def failed(reading: Reading, incident: str) -> Content:
    """Return the page of an error of ours."""
    text = reading.locale.text
    intro = text(
        "Something went wrong on our side. No data is lost or changed. "
        "Please try again in a minute."
    )
    said = html.P(text("Number of this error: {id}", id=incident))
    main = [heading(text("Error"), intro), kept("ways", said, className="prose")]
    return Content(text("Error"), intro, main, status=500, indexed=False)


def _page(
    statistics: Statistics, reading: Reading, words: tuple[str, str], message: str, status: int
) -> Content:
    title, intro = words
    main = [
        heading(title, intro),
        kept("message", html.P(html.Bdi(message), className="message", dir="ltr", lang="en")),
        _ways(statistics, reading),
    ]
    return Content(title, intro, main, status=status, indexed=False)


def _ways(statistics: Statistics, reading: Reading) -> Component:
    text = reading.locale.text
    indicator = reading.path.removeprefix("/charts/").partition(".")[0]
    links = []
    if indicator in statistics.catalogue.indicators:
        words = text(statistics.catalogue.indicators[indicator].title)
        links.append(html.A(words, href=reading.link(f"/charts/{indicator}")))
    elif reading.path.strip("/") in statistics.catalogue.themes:
        theme = statistics.catalogue.themes[reading.path.strip("/")]
        links.append(html.A(text(theme.title), href=reading.link(reading.path)))
    links += [
        html.A(text("Front page"), href=reading.link("/")),
        html.A(text("All indicators"), href=reading.link("/data")),
        html.A(text("Explore"), href=reading.link("/explore")),
    ]
    listed = html.Ul([html.Li(link) for link in links])
    return kept("ways", [html.H2(text("Where to go from here")), listed], className="prose")
