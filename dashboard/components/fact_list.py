"""Cited figures as their publications printed them; where publications disagree, side by side."""

from collections.abc import Callable, Iterator, Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.i18n import Locale, times
from dashboard.model import Fact, Qualifier

QUALIFIERS: dict[str, Qualifier] = {"over": "over", "about": "about", "at least": "at_least"}
"""What a publication's own words for the exactness of a number mean."""

DERIVED = "derived: "
Link = Callable[[str], str]
"""Returns the address of a fact by its id."""


def quotes(facts: Sequence[Fact], locale: Locale) -> Component:
    """Return a few citations; those that disagree stand together and it is said."""
    return html.Ul([_quoted(group, locale) for group in groups(facts)], className="quotes")


def _quoted(group: Sequence[Fact], locale: Locale) -> Component:
    if len(group) > 1:
        return html.Li([_said(group, locale), _beside(group, locale)], className="disputed")
    return html.Li([*_quote(group[0], locale), *_elsewhere(group[0], locale)])


def disputes(disputed: Sequence[Sequence[Fact]], locale: Locale, link: Link) -> Component:
    """Return groups of facts that disagree, each with all its figures side by side."""
    listed = [
        html.Li([_said(group, locale), _beside(group, locale, link)], className="disputed")
        for group in disputed
    ]
    return html.Ul(listed, className="quotes")


def _said(group: Sequence[Fact], locale: Locale) -> Component:
    first = max(group, key=lambda fact: len(fact.disagrees_with))
    what = locale.text(first.indicator)
    return html.P(locale.text("Publications disagree: {what}", what=what), className="disagree")


def _beside(group: Sequence[Fact], locale: Locale, link: Link | None = None) -> Component:
    rows = [
        html.Li([*_quote(fact, locale), _anchor(fact.id, link) if link else None]) for fact in group
    ]
    return html.Ul(rows, className="beside")


def fact_list(facts: Sequence[Fact], locale: Locale, link: Link) -> Component:
    """Return facts in full, each at the anchor of its id."""
    return html.Ul([_full(fact, locale, link) for fact in facts], className="facts")


def _full(fact: Fact, locale: Locale, link: Link) -> Component:
    figure, *words = _quote(fact, locale)
    more = [html.P(note, className="note") for note in _notes(fact, locale)]
    links = _spaced([_anchor(fact.id, link), *_others(fact, locale, link)])
    said = html.Div([*words, *more, html.P(links, className="ids")])
    return html.Li([figure, said], id=fact.id)


def _quote(fact: Fact, locale: Locale) -> list[Component]:
    parts = (fact.geography, period(fact.period, locale))
    where = locale.join(locale.text(part) for part in parts)
    return [
        html.P(figure(fact, locale), className="figure"),
        html.P([html.Strong(locale.text(fact.indicator)), " ", html.Span(where)]),
        html.P(_cite(fact, locale), className="cite"),
    ]


def _cite(fact: Fact, locale: Locale) -> list[Component | str]:
    named = html.Bdi(fact.source_title)
    link = html.A(named, href=fact.source_url) if fact.source_url else named
    return [link, " ", html.Span(period(fact.source_date, locale))]


def _notes(fact: Fact, locale: Locale) -> Iterator[str]:
    if fact.qualifier.startswith(DERIVED):
        how = fact.qualifier.removeprefix(DERIVED)
        yield locale.text("Worked out from published figures: {how}", how=how)
    if fact.note:
        yield locale.text(fact.note)


def _anchor(name: str, link: Link) -> Component:
    return html.A(name, href=link(name), className="anchor")


def _others(fact: Fact, locale: Locale, link: Link) -> Iterator[Component]:
    if fact.disagrees_with:
        yield html.Span(locale.text("Another publication says otherwise:"))
        yield from (_anchor(name, link) for name in fact.disagrees_with)


def _spaced(parts: Sequence[Component]) -> list[Component | str]:
    return [piece for part in parts for piece in (part, " ")]


def _elsewhere(fact: Fact, locale: Locale) -> Iterator[Component]:
    if fact.disagrees_with:
        yield html.P(locale.text("Another publication says otherwise."), className="note")


def groups(facts: Sequence[Fact]) -> tuple[tuple[Fact, ...], ...]:
    """Return facts in groups that disagree directly or by way of another; most are alone."""
    found: list[list[Fact]] = []
    for fact in facts:
        near = [group for group in found if any(_disagree(fact, other) for other in group)]
        merged = [*(other for group in near for other in group), fact]
        found = [group for group in found if group not in near] + [merged]
    order = {fact.id: place for place, fact in enumerate(facts)}
    sets = [tuple(sorted(group, key=lambda f: order[f.id])) for group in found]
    return tuple(sorted(sets, key=lambda group: order[group[0].id]))


def _disagree(one: Fact, other: Fact) -> bool:
    return other.id in one.disagrees_with or one.id in other.disagrees_with


def figure(fact: Fact, locale: Locale) -> str:
    """Return the figure of a fact as printed: its digits, its unit and its qualifier."""
    qualifier = QUALIFIERS.get(fact.qualifier.partition(" (")[0], "")
    return locale.qualified(_amount(fact, locale), qualifier)


def _amount(fact: Fact, locale: Locale) -> str:
    try:
        value, decimals = float(fact.value), len(fact.value.partition(".")[2])
    except ValueError:
        return locale.text("“{words}”", words=locale.text(fact.value))
    if fact.unit in locale.units:
        written = locale.exact if locale.unit(fact.unit).kind != "count" else locale.quantity
        return written(value, fact.unit, decimals)
    number = locale.number(value, decimals)
    return locale.text("{number} {unit}", number=number, unit=locale.text(fact.unit))


def period(printed: str, locale: Locale) -> str:
    """Return a period or date as printed: "2022/2025-10" is read, "about 2019" stays as it is."""
    codes, _, remark = printed.removesuffix(")").partition(" (")
    first, _, last = codes.partition("/")
    if not _are_periods(first, last or first):
        return locale.text(printed)
    words = locale.range(first, last or first)
    if not remark or _are_periods(*remark.split("/")):
        return words
    return locale.text("{period} ({remark})", period=words, remark=locale.text(remark))


def _are_periods(*codes: str) -> bool:
    return all(times.parse(code).freq for code in codes)
