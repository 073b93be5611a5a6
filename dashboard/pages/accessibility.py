"""How far this site can be used by everyone: scope, aim, what falls short, how to report it."""

from dashboard.components.prose import bullets, links, paragraph, section
from dashboard.components.shell import heading
from dashboard.pages.about import contact
from dashboard.pages.framing import Content
from dashboard.pages.reading import Reading, only
from dashboard.service import Statistics
from dashboard.web.render import Node

PATH = "/accessibility"
STATED = "2026-11"
"""The month of this statement."""

INTRO = "What this site does so that everyone can use it, and where it still falls short."
SCOPE = (
    (
        "This statement is about the public pages of this site, in all their languages, in "
        "light and dark colours. It is not about the pages of other publishers that the "
        "sources link to."
    ),
    (
        "The aim is the Web Content Accessibility Guidelines (WCAG) 2.2 at level AA. The "
        "site conforms in part: the exceptions are listed below."
    ),
)
DONE = (
    (
        "Every chart has a heading, a summary in words and a table with the same figures. "
        "The summary is also what a screen reader is told of the picture."
    ),
    (
        "Pages read, and lists and filters work, without scripts and with the keyboard "
        "alone. Controls are those of the browser."
    ),
    "No meaning rests on colour alone: words, marks or patterns say the same.",
    (
        "Text can be enlarged, and a window of 320 pixels needs no sideways scrolling except "
        "inside wide tables."
    ),
    "Nothing moves or flashes by itself.",
)
SHORT = (
    (
        "Translations from English are not complete and not reviewed. Text without a "
        "translation appears in English and is not marked as English for screen readers."
    ),
    (
        "Titles of publications and the notes beside cited figures are in the language of "
        "their source, mostly English."
    ),
    (
        "In the live charts the values of single points show on pointing only and cannot be "
        "reached one by one with the keyboard. The table below holds the same values."
    ),
    "Small charts on overview pages leave their table to the page of the chart, one link away.",
    "Long tables scroll sideways in small windows.",
    (
        "Words copied out of a PDF in Urdu, Arabic or Bengali may have letters twice or parted. "
        "The same words are whole on the page, in the SVG, the text and the JSON of each view."
    ),
)
TESTED = (
    (
        "This is a statement of the makers of the site themselves. An outside test, and a "
        "test with people who use assistive technology every day, have not been done yet."
    ),
)
REPORT = (
    "If something on this site cannot be read or used, please tell us which page it is, what "
    "you tried and what you use to read it. Where it can be done, the content is sent in "
    "another form."
)


def lay_out(statistics: Statistics, reading: Reading) -> Content:
    """Lay out the accessibility statement."""
    only(reading, ())
    text, locale = reading.locale.text, reading.locale
    dated = text("Statement of {month}", month=locale.period(STATED))
    more = links([(text("About"), reading.link("/about"))])
    report = [paragraph(text(REPORT)), contact(statistics.contact, reading), more]
    main: list[Node] = [
        heading(text("Accessibility"), text(INTRO), [dated]),
        section("scope", text("Scope and aim"), [text(words) for words in SCOPE]),
        section("done", text("What is done"), (), bullets([text(words) for words in DONE])),
        section("short", text("What falls short"), (), bullets([text(words) for words in SHORT])),
        section("tested", text("How it was tested"), [text(words) for words in TESTED]),
        section("report", text("Report a barrier"), (), *report),
    ]
    return Content(text("Accessibility"), text(INTRO), main)
