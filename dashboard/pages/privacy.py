"""What this site learns about its readers: as little as a server can."""

from dash import html

from dashboard.components.prose import section
from dashboard.components.shell import heading
from dashboard.pages.about import contact
from dashboard.pages.framing import Content
from dashboard.pages.reading import Reading, only
from dashboard.service import Statistics
from dashboard.web.render import Node

PATH = "/privacy"
STATED = "2026-11"
"""The month of this statement."""

INTRO = "The public site can be read without an account, and it does not follow its readers."
READERS = (
    (
        "The public site sets no cookies and keeps nothing in your browser beyond its "
        "ordinary cache and, until you close the tab, the address of the briefing pack that "
        "you are putting together. There is no counting of visitors, no advertising and no "
        "tracking."
    ),
    (
        "Fonts, scripts and pictures come from this site itself. Reading a page sends "
        "nothing to anybody else. What you choose in a filter is written in the address of "
        "the page and nowhere else."
    ),
)
LOGS = (
    (
        "Like every web server, the one that sends these pages receives your network "
        "address, the time, the address of the page and the name of your browser. They may "
        "be kept in a log for a short time, to find errors and to fend off attacks. Those "
        "who run the installation decide how long."
    ),
    (
        "Links to sources lead to the sites of other publishers, which have rules of their "
        "own. They are told the name of this site, not which page you came from."
    ),
)
DATA = (
    (
        "The figures are about groups of factories and of people. The published data hold no "
        "names of workers, and no figures of a single factory. How they are protected is "
        "said on the page on method."
    ),
)
PARTNERS = (
    (
        "The site for partners is for those who have an account. It keeps their name, their e-mail "
        "address, what they may see, and a password that cannot be read back."
    ),
    (
        "Signing in sets one cookie, without which nobody could be told apart; it ends with the "
        "session. The sessions and a log of who signed in, from which network address, and what "
        "was changed are kept to protect the factories' data."
    ),
)


def lay_out(statistics: Statistics, reading: Reading) -> Content:
    """Lay out the privacy statement."""
    only(reading, ())
    text, locale = reading.locale.text, reading.locale
    dated = text("Statement of {month}", month=locale.period(STATED))
    method = html.P(html.A(text("Method"), href=reading.link("/method") + "#protection"))
    main: list[Node] = [
        heading(text("Privacy"), text(INTRO), [dated]),
        section("readers", text("Readers"), [text(words) for words in READERS]),
        section("logs", text("Server logs and links"), [text(words) for words in LOGS]),
        section("data", text("The data shown here"), [text(words) for words in DATA], method),
        section("partners", text("Partners' site"), [text(words) for words in PARTNERS]),
        section("report", text("Questions"), (), contact(statistics.contact, reading)),
    ]
    return Content(text("Privacy"), text(INTRO), main)
