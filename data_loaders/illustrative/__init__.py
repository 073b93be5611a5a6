"""A made-up programme in the programme's own kinds of files, for as long as there is no real one.

The files go through the same loaders as real ones; each says in its first row that it is made up,
and the loaders read that. It agrees with the published milestones and has the awkward parts of
reality; nothing else about it is true. The same seed gives the same bytes.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from data_loaders.illustrative import assessing, exports, people, plans, plants, services
from data_loaders.illustrative.plants import END
from data_loaders.reading import ILLUSTRATIVE
from data_loaders.reading.blanks import Cells, Filled, write_csv, write_workbook
from data_loaders.reading.forms import Form
from data_loaders.reading.written import Written, written

SEED = 20_220_701
TITLE = f"{ILLUSTRATIVE} as of {END:%d} {END:%B} {END:%Y}"
SNAPSHOTS = tuple(
    date(year, month, day)
    for year in range(2023, 2027)
    for month, day in ((3, 31), (6, 30), (9, 30), (12, 31))
    if date(year, month, day) <= END
)


def write(folder: Path, seed: int = SEED) -> list[Path]:
    """Write every file into a folder that is made if it is not there; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    return list(_Writer(folder, seed, written()).files())


class _Writer:
    """The programme of one seed, and the folder it is written to."""

    def __init__(self, folder: Path, seed: int, tables: Written) -> None:
        self.folder = folder
        self.seed = seed
        self.tables = tables
        self.plants = plants.plants(seed)
        self.rounds = assessing.rounds(self.plants, seed)

    def files(self) -> Iterator[Path]:
        """Write one file after the other."""
        yield self._register()
        yield self._book("Headcounts.xlsx", "headcount", people.headcounts(self.plants, self.seed))
        yield from self._assessments()
        yield from self._snapshots()
        rows = plans.progress_rows(self.rounds, self.seed)
        yield self._csv(f"PR2_Report_{END:%d-%m-%Y}.csv", "progress_report", rows)
        yield self._training()
        visits = services.visits(self.plants, self.rounds, self.seed)
        yield self._book("Visits.xlsx", "advisory_visits", visits)
        links = services.links(self.plants, self.rounds, self.seed)
        yield self._book("Brand links.xlsx", "brand_links", links)
        yield self._book("Results framework targets.xlsx", "goals", services.goals())

    def _register(self) -> Path:
        forms = self.tables.forms["enrolment"]
        sheets = (
            (forms["factories"], exports.factory_rows(self.plants)),
            (forms["spells"], exports.spell_rows(self.plants)),
            (forms["names"], exports.name_rows(self.plants)),
        )
        filled = [Filled(form, rows, (TITLE,)) for form, rows in sheets]
        return write_workbook(self.folder / "Enrolment register.xlsx", filled, self.tables)

    def _assessments(self) -> Iterator[Path]:
        for year in sorted({done.start.year for done in self.rounds}):
            done = [each for each in self.rounds if each.start.year == year]
            rows = list(exports.answer_rows(done, self.plants, self.tables, self.seed))
            if year == self.rounds[0].start.year:
                rows += exports.retired_rows(done[0].start, self.tables)
            yield self._csv(f"Assessments {year}.csv", "assessments", rows)

    def _snapshots(self) -> Iterator[Path]:
        members = people.members(self.plants, self.seed)
        items = plans.items(self.plants, self.rounds, self.seed)
        for day in SNAPSHOTS:
            rows = people.committee_rows(members, day)
            yield self._csv(f"PICC_Members_Report_{day:%d-%m-%Y}.csv", "picc_members", rows)
            rows = plans.plan_rows(items, day)
            yield self._csv(f"Improvement_Plan_Report_{day:%d-%m-%Y}.csv", "improvement_plan", rows)

    def _training(self) -> Path:
        rows = services.trainings(self.plants, self.seed)
        form = self._form("training")
        sums = [
            sum(int(str(row[name])) for row in rows) for name in ("women", "men", "not_recorded")
        ]
        foot = ((None, "Total", None, None, None, None, *sums), ("* Attendances, not persons",))
        filled = Filled(form, rows, (TITLE,), foot)
        return write_workbook(self.folder / "Training.xlsx", [filled], self.tables)

    def _form(self, kind: str) -> Form:
        return next(iter(self.tables.forms[kind].values()))

    def _book(self, name: str, kind: str, rows: list[Cells]) -> Path:
        filled = Filled(self._form(kind), rows, (TITLE,))
        return write_workbook(self.folder / name, [filled], self.tables)

    def _csv(self, name: str, kind: str, rows: list[Cells]) -> Path:
        return write_csv(self.folder / name, Filled(self._form(kind), rows, (TITLE,)), self.tables)
