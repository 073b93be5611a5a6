"""/suppliers: every supplier that the reader may see: searched, filtered, sorted, as a matrix."""

from collections.abc import Iterator, Sequence

from dash import html
from dash.development.base_component import Component
from flask import Blueprint, Response

from dashboard.components.listing import Column, listing
from dashboard.components.notes import illustrative_mark
from dashboard.components.picker import Pick, picker
from dashboard.components.prose import links, section
from dashboard.pages.reading import Reading, only
from dashboard.suppliers.changes import News
from dashboard.suppliers.filtering import AGES, NAMES, Wanted, filtered
from dashboard.suppliers.standing import Standing
from dashboard.web.render import Node, Raw, attributes, kept
from dashboard.workspace import words
from dashboard.workspace.showing import Workspace, label

LATEST = 50
"""Lines of news that the page writes out."""


def blueprint(workspace: Workspace) -> Blueprint:
    """Return the route of the overview."""
    routes = Blueprint("suppliers", __name__)

    @routes.get("/suppliers")
    def overview() -> Response:
        reading = workspace.reading()
        wanted = Wanted.of(only(reading, NAMES))
        them = workspace.shelf.suppliers(reading.scope, reading.release)
        workspace.log("suppliers seen")
        text = reading.locale.text
        intro = text(
            "Your own suppliers, as far as they have agreed to show you each assessment cycle."
        )
        return workspace.show(
            reading, text("Suppliers"), intro, list(_main(workspace, reading, them, wanted))
        )

    return routes


def _main(
    workspace: Workspace, reading: Reading, them: list[Standing], wanted: Wanted
) -> Iterator[Node]:
    text = reading.locale.text
    if not them:
        yield section(
            "none",
            text("No supplier has agreed yet"),
            [text("When a factory agrees to show you an assessment cycle, it appears here.")],
        )
        return
    found = filtered(them, wanted)
    yield kept("totals", html.P(_totals(them, reading)), className="prose")
    yield _search(workspace, reading, them, wanted)
    yield kept("count", html.P(_count(found, them, reading), role="status"))
    if found:
        shown = _matrix if wanted.shown == "matrix" else _table
        yield kept("list", shown(workspace, reading, found, wanted))
    yield kept("files", _files(reading))
    yield _calendar(workspace, reading, them)
    yield from _news(workspace, reading, them)


def _totals(them: Sequence[Standing], reading: Reading) -> str:
    return reading.locale.text(
        "{n} suppliers; {open} open improvement items, {overdue} of them overdue; "
        "{repeated} findings made again at the last assessment.",
        n=len(them),
        open=sum(len(one.open) for one in them),
        overdue=sum(one.overdue for one in them),
        repeated=sum(one.repeated for one in them),
    )


def _count(found: Sequence[Standing], them: Sequence[Standing], reading: Reading) -> str:
    text = reading.locale.text
    if not found:
        return text("No supplier fulfils all these conditions. Clear one of them.")
    return text("Shown: {shown} of {all} suppliers", shown=len(found), all=len(them))


def _search(
    workspace: Workspace, reading: Reading, them: Sequence[Standing], wanted: Wanted
) -> Component:
    text, locale, catalogue = reading.locale.text, reading.locale, workspace.catalogue
    cities = {one.dossier.profile.city for one in them}
    clusters = {count.cluster for one in them for count in one.clusters}

    def known(dimension: str, there: set[str]) -> list[tuple[str, str]]:
        codes = [code for code in catalogue.codelists[dimension].codes if code in there]
        return [(code, label(catalogue, dimension, code, locale)) for code in codes]

    state = words.worded(words.STATES, locale)
    ages = [(age, text("{n} days and more", n=int(age))) for age in AGES]
    shown = [("", text("Table")), ("matrix", text("Matrix by cluster"))]
    picks = [
        Pick("city", text("City"), _any(text("All cities"), known("city", cities)), wanted.city),
        Pick(
            "cluster",
            text("With a finding in"),
            _any(text("All clusters"), known("cluster", clusters)),
            wanted.cluster,
        ),
        Pick(
            "state",
            text("State"),
            _any(text("All"), [(code, state(code)) for code in words.STATES]),
            wanted.state,
        ),
        Pick("age", text("Oldest open item"), _any(text("Any age"), ages), wanted.age),
        Pick("shown", text("Shown as"), {"": shown}, wanted.shown),
    ]
    carried = {**reading.carried, **({"sort": wanted.sort} if wanted.sort else {})}
    field = _field(text("Name or id"), wanted.q)
    clear = html.A(text("Clear"), href=reading.link("/suppliers")) if wanted.active else None
    form = picker(picks, locale, reading.path, carried, before=[field])
    return kept("search", [form, clear])


def _any(words_: str, choices: list[tuple[str, str]]) -> dict[str, list[tuple[str, str]]]:
    return {"": [("", words_), *choices]}


def _field(words_: str, value: str) -> Component:
    said = {"id": "pick-q", "name": "q", "value": value, "type": "search", "class": "form-control"}
    box = Raw(f"<input{attributes(said)}>")
    parts: list[Node] = [html.Label(words_, htmlFor="pick-q"), box]
    return html.Div(parts, className="control")


def _table(
    workspace: Workspace, reading: Reading, found: Sequence[Standing], wanted: Wanted
) -> Component:
    text = reading.locale.text
    named = (
        ("name", text("Supplier"), False),
        ("city", text("City"), False),
        ("assessed", text("Last assessment"), False),
        ("findings", text("Compliance points with findings"), True),
        ("repeated", text("Found again"), True),
        ("open", text("Open items"), True),
        ("overdue", text("Overdue"), True),
        ("oldest", text("Oldest, in days"), True),
    )
    columns = [
        Column(said, reading.here(sort=name), (wanted.sort or "name") == name, number)
        for name, said, number in named
    ]
    rows = [_row(workspace, reading, one) for one in found]
    caption = text("Suppliers with their last assessment and their open improvement items")
    return listing(caption, columns, rows)


def _row(workspace: Workspace, reading: Reading, one: Standing) -> list[Node]:
    locale, profile = reading.locale, one.dossier.profile
    done = one.cycle.assessed if one.cycle else None
    return [
        link_to(one, reading),
        label(workspace.catalogue, "city", profile.city, locale),
        locale.date(done.on) if done else locale.text("not yet assessed"),
        of(one.noncompliant, one.assessed, reading) if done else "–",
        locale.number(one.repeated),
        locale.number(len(one.open)),
        locale.number(one.overdue),
        locale.number(one.oldest) if one.oldest is not None else "–",
    ]


def link_to(one: Standing, reading: Reading) -> Component:
    """Return the link to a supplier's own page, marked where it is made up."""
    profile = one.dossier.profile
    link = html.A(html.Bdi(profile.name), href=reading.link(f"/suppliers/{profile.factory}"))
    return html.Span([link, illustrative_mark(reading.locale)]) if one.illustrative else link


def of(part: int, whole: int, reading: Reading) -> str:
    """Return "3 of 7"."""
    return reading.locale.text("{part} of {whole}", part=part, whole=whole)


def _matrix(
    workspace: Workspace, reading: Reading, found: Sequence[Standing], wanted: Wanted
) -> Component:
    text, locale = reading.locale.text, reading.locale
    there = {count.cluster for one in found for count in one.clusters}
    clusters = [c for c in workspace.catalogue.codelists["cluster"].codes if c in there]
    columns = [
        Column(text("Supplier"), reading.here(sort="name"), (wanted.sort or "name") == "name"),
        *(Column(label(workspace.catalogue, "cluster", c, locale), number=True) for c in clusters),
    ]
    rows: list[list[Node]] = []
    for one in found:
        counts = {c.cluster: of(c.noncompliant, c.assessed, reading) for c in one.clusters}
        rows.append([link_to(one, reading), *(counts.get(c, "–") for c in clusters)])
    caption = text("Compliance points with a finding, of those assessed, at the last assessment")
    return listing(caption, columns, rows)


def _files(reading: Reading) -> Component:
    text = reading.locale.text
    return links([(text("Download everything as a workbook"), reading.link("/suppliers.xlsx"))])


def _calendar(workspace: Workspace, reading: Reading, them: Sequence[Standing]) -> Component:
    text, locale = reading.locale.text, reading.locale
    done = [
        (c.assessed.on, c.number, one) for one in them for c in one.dossier.cycles if c.assessed
    ]
    rows: list[list[Node]] = [
        [
            locale.date(on),
            link_to(one, reading),
            label(workspace.catalogue, "city", one.dossier.profile.city, locale),
            locale.number(cycle),
        ]
        for on, cycle, one in sorted(done, key=lambda at: at[0], reverse=True)
    ]
    heads = [Column(text(said)) for said in HEADS]
    said = text("Assessments are unannounced: none that lies ahead is listed.")
    table = listing(text("Assessments done, the last one first"), heads, rows)
    return section("calendar", text("Assessment calendar"), [said], table)


HEADS = ("Date", "Supplier", "City", "Cycle")


def _news(workspace: Workspace, reading: Reading, them: Sequence[Standing]) -> Iterator[Component]:
    text = reading.locale.text
    before, found = workspace.shelf.news(reading.scope, reading.release)
    if not before:
        return
    names = {one.dossier.profile.factory: one for one in them}
    items = [
        html.Li([link_to(names[one.factory], reading), " – ", _said(workspace, reading, one)])
        for one in found[:LATEST]
        if one.factory in names
    ]
    nothing = [] if items else [text("Nothing is new.")]
    title = text("New since release {name}", name=before)
    yield section("news", title, nothing, html.Ul(items) if items else None)


def _said(workspace: Workspace, reading: Reading, one: News) -> str:
    text = reading.locale.text
    if one.item is None:
        new = {"supplier": text("You can see this supplier now")}
        return new.get(one.kind) or text("Assessment of cycle {n}", n=one.cycle)
    point = label(
        workspace.catalogue, "compliance_point", one.item.compliance_point, reading.locale
    )
    if one.kind == "closed":
        return text("Improvement item completed: {what}", what=point)
    return text("New improvement item: {what}", what=point)
