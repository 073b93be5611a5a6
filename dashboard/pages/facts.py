"""Every cited figure with its source and date; where publications disagree, all of them."""

from collections.abc import Iterator, Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.components.fact_list import Link, disputes, fact_list, groups
from dashboard.components.picker import Pick, picker
from dashboard.components.shell import heading
from dashboard.model import BadView, Fact
from dashboard.pages.framing import Content
from dashboard.pages.reading import Reading, only
from dashboard.pages.words import as_of
from dashboard.service import Statistics
from dashboard.web.render import Node, kept

PATH = "/facts"
PARAMETER = "theme_of"
CODELIST = "fact_theme"
INTRO = (
    "Single figures as other publications printed them, each with its source, its date and "
    "the words that limit it. They are quoted, not computed here."
)
BOTH = (
    "Every figure is kept and stands beside the others. None is averaged and none is left "
    "out. Different dates, words or ways of counting explain most of it; the note at each "
    "figure says which."
)

Sections = Mapping[str, tuple[Fact, ...]]
"""Facts by theme, in the order of the code list."""


def lay_out(statistics: Statistics, reading: Reading) -> Content:
    """Lay out all cited figures, or those of one theme."""
    chosen = only(reading, (PARAMETER,)).get(PARAMETER, "")
    facts = statistics.release(reading.release).facts
    titles = _titles(statistics, reading, facts)
    if chosen and chosen not in titles:
        raise BadView(f"{PARAMETER}={chosen}: not known here; possible: {', '.join(titles)}")
    sections = _sections(facts, titles, chosen)
    text = reading.locale.text
    main: list[Node] = [
        heading(text("Cited facts"), text(INTRO), as_of(statistics, reading)),
        _filter(reading, titles, chosen),
        *_disputes(reading, facts, chosen),
        html.Section(list(_lists(reading, sections, titles)), className="themes"),
    ]
    return Content(text("Cited facts"), text(INTRO), main)


def _titles(statistics: Statistics, reading: Reading, facts: Sequence[Fact]) -> dict[str, str]:
    """Return {theme: title} of the themes that have facts; one without a label keeps its code."""
    labels = statistics.catalogue.codelists[CODELIST].labels()
    there = {fact.theme for fact in facts}
    order = [code for code in labels if code in there] + sorted(there - labels.keys())
    return {code: reading.locale.text(labels.get(code, code)) for code in order}


def _sections(facts: Sequence[Fact], titles: Mapping[str, str], chosen: str) -> Sections:
    shown = [chosen] if chosen else list(titles)
    return {theme: tuple(fact for fact in facts if fact.theme == theme) for theme in shown}


def _filter(reading: Reading, titles: Mapping[str, str], chosen: str) -> Component:
    text = reading.locale.text
    choices = [("", text("All themes")), *titles.items()]
    pick = Pick(PARAMETER, text("Theme"), {"": choices}, chosen)
    return picker([pick], reading.locale, reading.path, reading.carried)


def _disputes(reading: Reading, facts: Sequence[Fact], chosen: str) -> Iterator[Component]:
    disputed = [
        group
        for group in groups(facts)
        if len(group) > 1 and (not chosen or any(fact.theme == chosen for fact in group))
    ]
    if disputed:
        text = reading.locale.text
        yield kept(
            "disputes",
            [
                html.H2(text("Where publications disagree")),
                html.P(text(BOTH)),
                disputes(disputed, reading.locale, _link(reading)),
            ],
            tag=html.Section,
            className="disputes",
        )


def _lists(reading: Reading, sections: Sections, titles: Mapping[str, str]) -> Iterator[Component]:
    """Yield the facts of each theme; of several themes each is folded, its anchors open it."""
    text = reading.locale.text
    for theme, facts in sections.items():
        listed = fact_list(facts, reading.locale, _link(reading))
        title = html.H2(text("{theme} ({n})", theme=titles[theme], n=len(facts)))
        inside: Component = html.Details([html.Summary(title), listed], id=f"of-{theme}")
        if len(sections) == 1:
            inside = html.Div([title, listed])
        yield kept(f"theme-{theme}", inside, className="cited")


def _link(reading: Reading) -> Link:
    """Return how to reach a fact: on this page if it shows all, else on the whole one."""
    whole = reading.link(PATH) if reading.pairs else ""
    return lambda name: f"{whole}#{name}"
