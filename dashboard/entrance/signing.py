"""Signing in, step by step, and out."""

from functools import partial

from dash import html
from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from dashboard.accounts import factor
from dashboard.components.form import form
from dashboard.components.prose import links, paragraph
from dashboard.entrance import words
from dashboard.entrance.showing import Entrance, query_of, redirected, titled, wanted
from dashboard.i18n import Locale
from dashboard.pages.reading import Reading, address, only
from dashboard.people import Refused
from dashboard.web.render import Node, Raw, also

HELP = (
    "Accounts are given by the programme. If you have none, or have forgotten your password, ask "
    "whoever you work with there for a link."
)


def blueprint(entrance: Entrance) -> Blueprint:
    """Return the routes by which somebody signs in and out."""
    routes = Blueprint("signing", __name__)
    routes.add_url_rule("/sign-in", "ask", partial(_ask, entrance), methods=["GET"])
    routes.add_url_rule("/sign-in", "take", partial(_take, entrance), methods=["POST"])
    routes.add_url_rule("/sign-in/code", "ask_code", partial(_ask_code, entrance), methods=["GET"])
    routes.add_url_rule(
        "/sign-in/code", "take_code", partial(_take_code, entrance), methods=["POST"]
    )
    routes.add_url_rule(
        "/sign-in/enrol", "ask_factor", partial(_ask_factor, entrance), methods=["GET"]
    )
    routes.add_url_rule(
        "/sign-in/enrol", "take_factor", partial(_take_factor, entrance), methods=["POST"]
    )
    routes.add_url_rule("/sign-out", "leave", partial(_leave, entrance), methods=["POST"])
    return routes


def _ask(entrance: Entrance) -> ResponseReturnValue:
    reading = entrance.reading()
    only(reading, ("next",))
    return asked(entrance, reading, wanted(reading.pairs.get("next", "")))


def _take(entrance: Entrance) -> ResponseReturnValue:
    reading, home = entrance.reading(), wanted(request.form.get("next", ""))
    email, password = request.form.get("email", ""), request.form.get("password", "")
    try:
        token, stage = entrance.keeper.door.password(email, password, entrance.knock)
    except Refused as error:
        return asked(entrance, reading, home, error, email)
    entrance.keeper.door.forget(entrance.token, entrance.knock)
    return entrance.step(reading, token, stage, home)


def _ask_code(entrance: Entrance) -> ResponseReturnValue:
    reading = entrance.reading()
    return _code(entrance, reading, wanted(reading.pairs.get("next", "")))


def _take_code(entrance: Entrance) -> ResponseReturnValue:
    reading, home = entrance.reading(), wanted(request.form.get("next", ""))
    try:
        token = entrance.keeper.door.code(
            entrance.token, request.form.get("code", ""), entrance.knock
        )
    except Refused as error:
        return _code(entrance, reading, home, error)
    return entrance.step(reading, token, "", home)


def _ask_factor(entrance: Entrance) -> ResponseReturnValue:
    reading = entrance.reading()
    return _enrol(entrance, reading, wanted(reading.pairs.get("next", "")))


def _take_factor(entrance: Entrance) -> ResponseReturnValue:
    reading, home = entrance.reading(), wanted(request.form.get("next", ""))
    try:
        token, codes = entrance.keeper.door.enrol(
            entrance.token, request.form.get("code", ""), entrance.knock
        )
    except Refused as error:
        return _enrol(entrance, reading, home, error)
    return entrance.keeper.give(recovery(entrance, reading, codes, home), token)


def _leave(entrance: Entrance) -> ResponseReturnValue:
    entrance.keeper.door.out(entrance.token, entrance.knock)
    to = address("/sign-in", query_of(entrance.reading(), "/"))
    return entrance.keeper.take(redirected(to))


def asked(
    entrance: Entrance,
    reading: Reading,
    home: str,
    error: Refused | None = None,
    email: str = "",
) -> Response:
    """Return the page to sign in on."""
    text, locale = reading.locale.text, reading.locale
    intro = text("This site is for partners of the programme: brands, the ministry and staff.")
    action = address("/sign-in", query_of(reading, "/"))
    fields = [words.email(locale, email), words.password(locale)]
    public = [(text("Go to the public site"), entrance.settings.public_url)]
    main = titled(
        text("Sign in"),
        intro,
        form(action, fields, text("Sign in"), next=home),
        paragraph(text(HELP)),
        links(public),
    )
    return entrance.show(reading, text("Sign in"), main, error)


def _code(
    entrance: Entrance, reading: Reading, home: str, error: Refused | None = None
) -> Response:
    text = reading.locale.text
    try:
        entrance.keeper.door.half_way(entrance.token, "code", entrance.knock)
    except Refused as late:
        return asked(entrance, reading, home, error or late)
    hint = text("Six digits from your authenticator, or one of your recovery codes.")
    action = address("/sign-in/code", query_of(reading, "/"))
    main = titled(
        text("Second step"),
        text("Your password is right. Please enter a code as well."),
        form(action, [words.code(reading.locale, hint)], text("Continue"), next=home),
    )
    return entrance.show(reading, text("Second step"), main, error)


def _enrol(
    entrance: Entrance, reading: Reading, home: str, error: Refused | None = None
) -> Response:
    text = reading.locale.text
    try:
        account, kept = entrance.keeper.door.enrolment(entrance.token, entrance.knock)
    except Refused as late:
        return asked(entrance, reading, home, error or late)
    hint = text("Six digits that the authenticator shows now.")
    action = address("/sign-in/enrol", query_of(reading, "/"))
    main = titled(
        text("Set up the second step"),
        text("Staff and administrators also need a code from an authenticator on their phone."),
        *_secret(factor.address(account, kept), kept, reading.locale),
        form(action, [words.code(reading.locale, hint)], text("Continue"), next=home),
    )
    return entrance.show(reading, text("Set up the second step"), main, error)


def _secret(otpauth: str, kept: str, locale: Locale) -> list[Node]:
    text = locale.text
    groups = " ".join(kept[at : at + 4] for at in range(0, len(kept), 4))
    label = also({"aria-label": text("QR code for the authenticator")})
    drawn: Node = Raw(factor.picture(otpauth))
    picture = html.Div(drawn, className="qr", role="img", **label)
    return [
        paragraph(text("Scan this picture with the authenticator, or type the key into it.")),
        picture,
        html.P([text("Key:"), " ", html.Code(groups, dir="ltr")]),
        links([(text("Open the authenticator on this device"), otpauth)]),
    ]


def recovery(entrance: Entrance, reading: Reading, codes: tuple[str, ...], home: str) -> Response:
    """Return the page that shows recovery codes, the only time that anybody sees them."""
    text = reading.locale.text
    listed = html.Ul([html.Li(html.Code(code)) for code in codes], className="codes", dir="ltr")
    main = titled(
        text("Recovery codes"),
        text("Each of them replaces the authenticator once, should you lose it."),
        paragraph(text("Print them or write them down now: they are not shown again.")),
        listed,
        links([(text("I have kept them: continue"), home)]),
    )
    return entrance.show(reading, text("Recovery codes"), main)
