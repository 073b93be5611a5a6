"""/suppliers/<id>: one supplier, cycle by cycle, as far as it has agreed to be seen."""

from collections.abc import Iterator

from dash import html
from flask import Blueprint, Response

from dashboard.components.listing import Column, listing
from dashboard.components.prose import defined, links, section
from dashboard.dossier import Answered, Cycle
from dashboard.model import TOTAL
from dashboard.pages.reading import Reading, only
from dashboard.suppliers.beside import Beside, beside
from dashboard.suppliers.standing import OpenItem, Recurrence, Standing
from dashboard.web.render import Node, kept
from dashboard.workspace import words
from dashboard.workspace.overview import of
from dashboard.workspace.showing import Workspace, label


def blueprint(workspace: Workspace) -> Blueprint:
    """Return the route of one supplier."""
    routes = Blueprint("supplier", __name__)

    @routes.get("/suppliers/<factory>")
    def one(factory: str) -> Response:
        reading = workspace.reading()
        only(reading, ())
        found = workspace.shelf.supplier(reading.scope, factory, reading.release)
        workspace.log("supplier seen", factory)
        profile = found.dossier.profile
        place = label(workspace.catalogue, "city", profile.city, reading.locale)
        return workspace.show(reading, profile.name, place, list(_main(workspace, reading, found)))

    return routes


def _main(workspace: Workspace, reading: Reading, one: Standing) -> Iterator[Node]:
    text = reading.locale.text
    yield kept("back", links([(text("All suppliers"), reading.link("/suppliers"))]))
    yield section("profile", text("Profile"), [], _profile(workspace, reading, one))
    yield section("open", text("Open improvement items"), [], _open(workspace, reading, one))
    for cycle in reversed(one.dossier.cycles):
        yield from _cycle(workspace, reading, one, cycle)


def _profile(workspace: Workspace, reading: Reading, one: Standing) -> Node:
    text, locale, profile = reading.locale.text, reading.locale, one.dossier.profile
    catalogue = workspace.catalogue
    status = words.worded(words.MEMBERSHIP, locale)
    rows: list[tuple[Node, Node]] = [
        (text("Id"), html.Bdi(profile.factory)),
        (text("City"), label(catalogue, "city", profile.city, locale)),
        (text("Sector"), label(catalogue, "sector", profile.sector, locale)),
        (text("Size"), label(catalogue, "size", profile.size, locale)),
        (text("Status"), status(profile.status)),
    ]
    if one.illustrative:
        rows.insert(0, (text("Illustrative"), text("Illustrative data, not real figures.")))
    if profile.enrolled:
        rows.append((text("Enrolled"), locale.date(profile.enrolled)))
    if profile.os_hub_id:
        rows.append((text("Open Supply Hub id"), html.Bdi(profile.os_hub_id)))
    for name, until in profile.former:
        said = text("{name}, until {date}", name=name, date=locale.date(until))
        rows.append((text("Earlier name"), said))
    return defined(rows)


def _open(workspace: Workspace, reading: Reading, one: Standing) -> Node:
    text = reading.locale.text
    if not one.open:
        return html.P(text("No item is open."))
    heads = ("Compliance point", "Status", "Opened", "Due", "Open for, in days", "Cycle")
    named = {head: text(head) for head in heads}
    columns = [Column(said, number=head in heads[4:]) for head, said in named.items()]
    rows = [_item(workspace, reading, item) for item in one.open]
    return listing(
        text("Improvement items that are not completed, the oldest first"), columns, rows
    )


def _item(workspace: Workspace, reading: Reading, open_: OpenItem) -> list[Node]:
    text, locale, item = reading.locale.text, reading.locale, open_.item
    due: Node = locale.date(item.due) if item.due else "–"
    if open_.overdue:
        due = html.Span([due, " ", html.Strong(text("overdue"))])
    return [
        label(workspace.catalogue, "compliance_point", item.compliance_point, locale),
        words.worded(words.ITEMS, locale)(item.status),
        locale.date(item.opened),
        due,
        locale.number(open_.age),
        locale.number(open_.cycle),
    ]


def _cycle(workspace: Workspace, reading: Reading, one: Standing, cycle: Cycle) -> Iterator[Node]:
    text, locale = reading.locale.text, reading.locale
    parts: list[Node] = []
    said = [text("This cycle has no assessment yet.")]
    if cycle.assessed:
        short = text("short version") if cycle.assessed.short else text("full version")
        day = locale.date(cycle.assessed.on)
        said = [text("Assessed on {date}, {version}", date=day, version=short)]
        parts = [
            _clusters(workspace, reading, one, cycle),
            *_findings(workspace, reading, one, cycle),
        ]
    parts += _social(reading, cycle)
    title = text("Cycle {n}", n=cycle.number)
    yield section(f"cycle-{cycle.number}", title, said, *parts)


def _clusters(workspace: Workspace, reading: Reading, one: Standing, cycle: Cycle) -> Node:
    text = reading.locale.text
    statistics = workspace.pages.statistics
    found = beside(statistics, reading.scope, one.dossier.profile, cycle, reading.release)
    heads = ("Cluster", "Points with a finding", "Published rate", "Place and period", "Compared")
    columns = [Column(text(head), number=at in (1, 2)) for at, head in enumerate(heads)]
    rows = [_beside(workspace, reading, row) for row in found]
    return listing(text("Clusters beside the published figures"), columns, rows)


def _beside(workspace: Workspace, reading: Reading, row: Beside) -> list[Node]:
    text, locale, catalogue = reading.locale.text, reading.locale, workspace.catalogue
    verdict = words.worded(words.VERDICTS, locale)(row.verdict)
    count = of(row.count.noncompliant, row.count.assessed, reading)
    name = label(catalogue, "cluster", row.count.cluster, locale)
    if row.value is None:
        return [name, count, "–", "–", verdict]
    place = text("Pakistan") if row.place == TOTAL else _place(workspace, reading, row.place)
    where = locale.join([place, locale.period(row.time_period)])
    return [name, count, locale.value(row.value, "percent"), where, verdict]


def _place(workspace: Workspace, reading: Reading, code: str) -> str:
    dimension = "city" if code in workspace.catalogue.codelists["city"].codes else "province"
    return label(workspace.catalogue, dimension, code, reading.locale)


def _findings(
    workspace: Workspace, reading: Reading, one: Standing, cycle: Cycle
) -> Iterator[Node]:
    text = reading.locale.text
    answers = cycle.assessed.answers if cycle.assessed else ()
    since = {r.compliance_point: r for r in one.recurrences if r.cycle == cycle.number}
    found = [answer for answer in answers if answer.noncompliant]
    heads = [Column(text(head)) for head in ("Question", "Cluster", "Compliance point", "Since")]
    rows = [_finding(workspace, reading, answer, since) for answer in found]
    if rows:
        yield listing(text("Findings of non-compliance"), heads, rows)
    mended = [point for point, r in since.items() if r.since == "mended"]
    if mended:
        named = [label(workspace.catalogue, "compliance_point", p, reading.locale) for p in mended]
        yield html.P(text("No longer found: {points}", points=reading.locale.join(named)))


def _finding(
    workspace: Workspace, reading: Reading, answer: Answered, since: dict[str, Recurrence]
) -> list[Node]:
    locale, catalogue = reading.locale, workspace.catalogue
    known = since.get(answer.compliance_point)
    said = words.worded(words.SINCE, locale)(known.since) if known else "–"
    public = locale.text("publicly reported") if answer.public_reporting else ""
    question = f"{answer.question} {answer.label}".strip()
    return [
        html.Span([html.Bdi(question), html.Small(f" ({public})") if public else None]),
        label(catalogue, "cluster", answer.cluster, locale),
        label(catalogue, "compliance_point", answer.compliance_point, locale),
        said,
    ]


def _social(reading: Reading, cycle: Cycle) -> list[Node]:
    found = (
        _people(reading, cycle),
        _seats(reading, cycle),
        _progress(reading, cycle),
        _visits(reading, cycle),
    )
    return [part for part in found if part is not None]


def _people(reading: Reading, cycle: Cycle) -> Node | None:
    text, locale = reading.locale.text, reading.locale
    role = words.worded(words.ROLES, locale)
    rows = [
        [role(p.role), locale.date(p.as_of), *(_count(n, reading) for n in (p.women, p.men))]
        for p in cycle.people
    ]
    heads = [text(head) for head in ("Role", "Date", "Women", "Men")]
    columns = [Column(head, number=at > 1) for at, head in enumerate(heads)]
    return listing(text("Workers by sex"), columns, rows) if rows else None


def _count(number: int | None, reading: Reading) -> str:
    return reading.locale.number(number) if number is not None else reading.locale.status("x")


def _seats(reading: Reading, cycle: Cycle) -> Node | None:
    text, locale = reading.locale.text, reading.locale
    side = words.worded(words.SIDES, locale)
    last = max((seats.as_of for seats in cycle.seats), default=None)
    rows = [
        [side(s.side), *(locale.number(n) for n in (s.women, s.men, s.chairs))]
        for s in cycle.seats
        if s.as_of == last
    ]
    heads = [text(head) for head in ("Side", "Women", "Men", "Chairs")]
    columns = [Column(head, number=at > 0) for at, head in enumerate(heads)]
    caption = text("Bipartite committee on {date}", date=locale.date(last)) if last else ""
    return listing(caption, columns, rows) if rows else None


def _progress(reading: Reading, cycle: Cycle) -> Node | None:
    text, locale = reading.locale.text, reading.locale
    answer = words.worded(words.ANSWERS, locale)
    rows = [[html.Bdi(p.question), answer(p.answer), locale.date(p.as_of)] for p in cycle.progress]
    columns = [Column(text(head)) for head in ("Question", "Answer", "Date")]
    return listing(text("Answers of the progress reports"), columns, rows) if rows else None


def _visits(reading: Reading, cycle: Cycle) -> Node | None:
    text, locale = reading.locale.text, reading.locale
    kind, mode = words.worded(words.VISITS, locale), words.worded(words.MODES, locale)
    rows = [[locale.date(v.on), kind(v.kind), mode(v.mode)] for v in cycle.visits]
    columns = [Column(text(head)) for head in ("Date", "Visit", "How")]
    return listing(text("Visits"), columns, rows) if rows else None
