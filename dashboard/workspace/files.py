"""/suppliers.xlsx: everything of the pages as one workbook, with cycle and dates in every row."""

from collections.abc import Callable, Iterator

from flask import Blueprint, Response, request

from dashboard.dossier import Cycle, Profile
from dashboard.pages.reading import Reading, only
from dashboard.suppliers.standing import Standing, cluster_counts
from dashboard.web.delivery import deliver, file_answer
from dashboard.workbook import Sheet, Value, written
from dashboard.workspace import words
from dashboard.workspace.showing import Workspace, label

MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Row = tuple[Value, ...]
Part = Callable[[Standing, Cycle], Iterator[Row]]
"""What a sheet takes of a cycle."""


def blueprint(workspace: Workspace) -> Blueprint:
    """Return the route of the workbook."""
    routes = Blueprint("suppliers_workbook", __name__)

    @routes.get("/suppliers.xlsx")
    def workbook() -> Response:
        reading = workspace.reading()
        only(reading, ())
        release = workspace.pages.statistics.release(reading.release)
        them = workspace.shelf.suppliers(reading.scope, reading.release)
        workspace.log("suppliers taken as a workbook")
        locale = reading.locale
        book = _Book(workspace, reading, release.id, illustrative=release.illustrative)
        mirrored = locale.direction == "rtl"
        body = written(
            book.sheets(them), locale.text("Suppliers"), release.cut_off, mirrored=mirrored
        )
        named = ("Content-Disposition", 'attachment; filename="suppliers.xlsx"')
        return deliver(file_answer(body, MIMETYPE, "never", (named,)), request)

    return routes


CLUSTERS = ("Assessed on", "Cluster", "Points with a finding", "Points assessed")
FINDINGS = ("Assessed on", "Question", "Text", "Cluster", "Compliance point", "Since")
ITEMS = (
    *("Item", "Cluster", "Compliance point", "Status"),
    *("Opened", "Due", "Completed on", "As of"),
)
WORKERS = ("Date", "Role", "Women", "Men")


class _Book:
    """The sheets of the workbook, in the language of a reading."""

    def __init__(
        self, workspace: Workspace, reading: Reading, release: str, *, illustrative: bool
    ) -> None:
        self.catalogue, self.locale = workspace.catalogue, reading.locale
        self.text, self.release, self.illustrative = reading.locale.text, release, illustrative

    def sheets(self, them: list[Standing]) -> list[Sheet]:
        text = self.text
        who = ("Id", "Supplier", "City", "Cycle")
        parts: tuple[tuple[str, tuple[str, ...], Part], ...] = (
            ("Clusters", CLUSTERS, self._clusters),
            ("Findings", FINDINGS, self._findings),
            ("Improvement items", ITEMS, self._items),
            ("Workers", WORKERS, self._people),
        )
        mark = ("Illustrative",) if self.illustrative else ()
        made = [
            Sheet(
                text(name), tuple(map(text, (*who, *heads, *mark))), tuple(self._rows(them, part))
            )
            for name, heads, part in parts
        ]
        return [*made, self._notes()]

    def _rows(self, them: list[Standing], part: Part) -> Iterator[Row]:
        made_up = self.text("Illustrative data, not real figures.")
        mark = (made_up,) if self.illustrative else ()
        for one in them:
            profile = one.dossier.profile
            for cycle in one.dossier.cycles:
                who = self._who(profile, cycle)
                yield from ((*who, *row, *mark) for row in part(one, cycle))

    def _who(self, profile: Profile, cycle: Cycle) -> Row:
        city = label(self.catalogue, "city", profile.city, self.locale)
        return (profile.factory, profile.name, city, cycle.number)

    def _clusters(self, _: Standing, cycle: Cycle) -> Iterator[Row]:
        if cycle.assessed:
            for count in cluster_counts(cycle):
                name = label(self.catalogue, "cluster", count.cluster, self.locale)
                yield cycle.assessed.on.isoformat(), name, count.noncompliant, count.assessed

    def _findings(self, one: Standing, cycle: Cycle) -> Iterator[Row]:
        since = {r.compliance_point: r.since for r in one.recurrences if r.cycle == cycle.number}
        said = words.worded(words.SINCE, self.locale)
        for answer in cycle.assessed.answers if cycle.assessed else ():
            if answer.noncompliant and cycle.assessed:
                point = answer.compliance_point
                yield (
                    cycle.assessed.on.isoformat(),
                    answer.question,
                    answer.label,
                    label(self.catalogue, "cluster", answer.cluster, self.locale),
                    label(self.catalogue, "compliance_point", point, self.locale),
                    said(since.get(point, "")),
                )

    def _items(self, _: Standing, cycle: Cycle) -> Iterator[Row]:
        status = words.worded(words.ITEMS, self.locale)
        for item in cycle.items:
            days = (item.opened, item.due, item.closed, item.as_of)
            yield (
                item.item,
                label(self.catalogue, "cluster", item.cluster, self.locale),
                label(self.catalogue, "compliance_point", item.compliance_point, self.locale),
                status(item.status),
                *(day.isoformat() if day else "" for day in days),
            )

    def _people(self, _: Standing, cycle: Cycle) -> Iterator[Row]:
        role = words.worded(words.ROLES, self.locale)
        for row in cycle.people:
            yield row.as_of.isoformat(), role(row.role), row.women, row.men

    def _notes(self) -> Sheet:
        text = self.text
        rows = [
            (text("Release"), self.release),
            (
                text("What is here"),
                text(
                    "Assessment cycles that your suppliers have agreed to show you, and no other."
                ),
            ),
            (text("Confidential"), text("For your own organisation. Do not publish.")),
        ]
        if self.illustrative:
            said = text("Illustrative data, not real figures.")
            rows.insert(0, (text("Illustrative"), said))
        return Sheet(text("Notes"), (text("Item"), text("Text")), tuple(rows), long=True)
