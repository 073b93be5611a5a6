"""The programme's own kinds of files: what is written is read back, and every trap is caught."""

from collections import Counter
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from programme_files import JOINED, SAMPLES, answer, csv_of, factory, form, register, spell

from data_loaders import records, sources
from data_loaders.reading import Report
from data_loaders.reading.blanks import Cells, Filled, write_csv, write_workbook
from data_loaders.reading.forms import Column
from data_loaders.reading.results import ReadResult
from data_loaders.reading.sheets import Value
from data_loaders.reading.templates import template
from data_loaders.reading.written import written
from data_loaders.sources import read_files

SHARED = SAMPLES / "bad_inputs"
OURS = sorted(written().forms)


def said(report: Report, severity: str = "refused") -> str:
    """Return every problem of one severity as text."""
    return "\n".join(str(p) for p in report.problems if p.severity == severity)


def of(result: ReadResult, kind: type) -> list[object]:
    """Return the records of a kind."""
    return [record for record in result.records if isinstance(record, kind)]


# ---- every kind: the loader and its inverse


BY_KIND: dict[str, st.SearchStrategy[Value]] = {
    "id": st.from_regex(r"[A-Z]{2}-[1-9][0-9]{2}", fullmatch=True),
    "whole": st.integers(1, 9),
    "day": st.dates(date(2022, 7, 1), date(2024, 6, 30)),
    "yes_no": st.booleans(),
    "text": st.from_regex(r"[A-Z][a-z]{2,8} [1-9]", fullmatch=True),
}


def values(column: Column) -> st.SearchStrategy[Value]:
    """Return what may stand in a column."""
    if column.values:
        return st.sampled_from(sorted(column.values))
    if column.codes:
        return st.sampled_from(sorted(written().codes[column.codes]))
    return BY_KIND[column.kind]


def rows_of(kind: str) -> st.SearchStrategy[list[dict[str, Value]]]:
    """Return rows of the first form of a kind, each with an id of its own."""
    columns = form(kind).columns
    id_column = form(kind).id_column
    row = st.fixed_dictionaries({name: values(column) for name, column in columns.items()})
    return st.lists(row, min_size=1, max_size=6, unique_by=lambda r: str(r[id_column]))


ALONE = [
    "advisory_visits",
    "brand_links",
    "headcount",
    "picc_members",
    "progress_report",
    "training",
]


@pytest.mark.parametrize("kind", ALONE)
@given(data=st.data())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_written_is_read_back_from_text_and_workbook_alike(
    kind: str, data: st.DataObject
) -> None:
    rows: list[Cells] = [ordered(row) for row in data.draw(rows_of(kind))]
    filled = Filled(form(kind), rows)
    with TemporaryDirectory() as folder:
        name = Path(folder) / "Export_30-06-2024"
        text = read_files([write_csv(name.with_suffix(".csv"), filled, written())])
        book = read_files([write_workbook(name.with_suffix(".xlsx"), [filled], written())])
    assert not text.refused, said(text.reports[0])
    assert [without_place(r) for r in text.records] == [without_place(r) for r in book.records]
    assert len(text.records) == len(rows)
    for row, record in zip(rows, text.records, strict=True):
        for column in set(row) & set(record.__slots__):
            assert getattr(record, column) == row[column], column


def ordered(row: dict[str, Value]) -> dict[str, Value]:
    """Return a row whose days follow each other."""
    for first, last in (("start", "end"), ("joined", "left")):
        if first in row and last in row:
            row[first], row[last] = sorted([row[first], row[last]], key=str)
    return row | ({"role": "all"} if "role" in row else {})


def without_place(record: records.Record) -> dict[str, object]:
    """Return what a record says, without the file it came from."""
    return {name: getattr(record, name) for name in record.__slots__ if name != "origin"}


@pytest.mark.parametrize("kind", OURS)
def test_an_empty_template_is_of_its_kind_and_holds_nothing(kind: str, tmp_path: Path) -> None:
    path = template(tmp_path / f"{kind}_30-06-2024.xlsx", kind, written())
    report = read_files([path]).reports[0]
    assert said(report).endswith("at least one row of data below the headings")
    assert report.counts.adds_up
    assert path.read_bytes() == template(tmp_path / "again.xlsx", kind, written()).read_bytes()


def test_every_module_is_found_by_its_file_and_names_itself() -> None:
    kinds = [module.KIND for module in sources.modules()]
    assert len(set(kinds)) == len(kinds)
    assert set(OURS) <= set(kinds)


def test_a_file_of_no_kind_is_refused_with_what_the_nearest_kind_needs(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Factory ID,Date,Kind of visit\nF-1,2024-01-01,Advisory\n")
    (tmp_path / "b.csv").write_text("some,other,table\n1,2,3\n")
    near, far = read_files([tmp_path / "a.csv", tmp_path / "b.csv"]).reports
    assert "headings of advisory_visits as in row 1 with what is missing: Visit ID, Mode" in said(
        near
    )
    assert "a row of headings of a known kind" in said(far)


# ---- the register


def test_renames_moves_leavers_and_groups_keep_their_dates(tmp_path: Path) -> None:
    moved: Cells = {
        "factory": "F-1",
        "name": "Mill new",
        "city": "faisalabad",
        "since": date(2024, 1, 1),
    }
    left: Cells = {**spell("F-2", date(2024, 5, 1)), "status": "left"}
    spells = [spell("F-1"), spell("F-2", JOINED, date(2024, 5, 1)), left]
    path = register(
        tmp_path / "r.xlsx", [factory("F-1", "lahore"), factory("F-2")], spells, [moved]
    )
    result = read_files([path])
    assert not result.refused, said(result.reports[0])
    kinds = Counter(type(record).__name__ for record in result.records)
    assert kinds == {"Factory": 2, "Spell": 3, "FactoryName": 1}
    (name,) = of(result, records.FactoryName)
    assert isinstance(name, records.FactoryName)
    assert (name.city, name.since) == ("faisalabad", date(2024, 1, 1))


def test_a_reused_id_an_unknown_factory_and_overlapping_spells_are_refused_at_once(
    tmp_path: Path,
) -> None:
    spells = [
        spell("F-1"),
        spell("F-1", date(2024, 1, 1)),
        spell("F-9"),
        spell("F-1", JOINED, date(2020, 1, 1)),
    ]
    report = read_files(
        [register(tmp_path / "r.xlsx", [factory("F-1"), factory("F-1")], spells)]
    ).reports[0]
    problems = said(report)
    assert "sheet Factories, row 3, Factory ID: 'F-1': no second row of its kind: row 2" in problems
    assert "sheet Spells, row 3, From" in problems
    assert "sheet Spells, row 4, Factory ID: 'F-9'" in problems
    assert "sheet Spells, row 5, To" in problems
    assert report.counts.adds_up


def test_hidden_sheets_and_rows_are_refused_with_their_place(tmp_path: Path) -> None:
    path = register(tmp_path / "r.xlsx", [factory("F-1"), factory("F-2")])
    book = openpyxl.load_workbook(path)
    book["Factories"].row_dimensions[3].hidden = True
    book["Spells"].sheet_state = "hidden"
    book.save(path)
    problems = said(read_files([path]).reports[0])
    assert "sheet Factories, row 3: the row is hidden" in problems
    assert "sheet Spells: a hidden sheet with 2 rows" in problems


def test_a_sheet_that_nobody_knows_is_refused_and_notes_beside_the_data_are_said(
    tmp_path: Path,
) -> None:
    path = register(tmp_path / "r.xlsx", [factory("F-1")])
    book = openpyxl.load_workbook(path)
    book.create_sheet("Read me")["A1"] = "How to fill in"
    book.save(path)
    assert "1 rows beside the data" in said(read_files([path]).reports[0], "said")
    book.create_sheet("Pivot")["A1"] = "Sum of workers"
    book.save(path)
    assert "sheet Pivot: no row of headings found; wanted: Factory ID" in said(
        read_files([path]).reports[0]
    )


def test_formulas_without_a_value_and_merged_numbers_are_refused(tmp_path: Path) -> None:
    rows: list[Cells] = [
        {"factory": f"F-{n}", "as_of": JOINED, "role": "all", "women": 1, "men": 9} for n in (1, 2)
    ]
    path = write_workbook(tmp_path / "h.xlsx", [Filled(form("headcount"), rows)], written())
    book = openpyxl.load_workbook(path)
    sheet = book["Headcount"]
    sheet["D2"] = "=1+1"
    sheet.merge_cells("E2:E3")
    book.save(path)
    problems = said(read_files([path]).reports[0])
    assert "row 2, Women: a value: the cell holds a formula without a value" in problems
    assert "row 3, Men: '9': a value of its own" in problems


# ---- the short register and the three bad inputs

SHORT = (
    "enterprise_id,enterprise_name,city,sector,enrolment_date,workers_total,workers_female,status\n"
    "PK-0001,One,Karachi,denim,2022-09-12,{one},310,active\n"
    "PK-0002,Two,KHI,knits,03/10/2022,860,95,active\n"
    "{total}\n"
    "* provisional,,,,,,,\n"
)


def short(path: Path, one: str = '"1,240"', total: str = ",Grand total,,,,2100,405,") -> ReadResult:
    """Read a short register with one count and one line of totals."""
    path.write_text(SHORT.format(one=one, total=total), encoding="utf-8")
    return read_files([path])


def test_totals_and_notes_are_recognised_and_totals_are_a_check(tmp_path: Path) -> None:
    right = short(tmp_path / "right.csv")
    assert not right.refused, said(right.reports[0])
    assert dict(right.reports[0].counts.recognised) == {"heading": 1, "note": 1, "total": 1}
    wrong = short(tmp_path / "wrong.csv", total=",Grand total,,,,2101,405,")
    assert "row 4, workers_total: '2101': the rows above add up to 2100" in said(wrong.reports[0])


def test_urdu_digits_count_like_plain_ones_and_are_said(tmp_path: Path) -> None:
    result = short(tmp_path / "urdu.csv", one="۱۲۴۰")
    assert "Urdu or Arabic digits" in said(result.reports[0], "said")
    count = of(result, records.Headcount)[0]
    assert isinstance(count, records.Headcount)
    assert (count.women, count.men) == (310, 930)


def test_a_torn_line_at_the_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cut.csv"
    path.write_text(SHORT.format(one=1240, total="PK-0003,Three,Lah"), encoding="utf-8")
    assert "row 4: 3 cells, too few: the file may be cut off" in said(read_files([path]).reports[0])


def test_the_short_register_with_title_two_rows_of_headings_and_a_merged_city(
    tmp_path: Path,
) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Register as of 31 December 2023"])
    sheet.append([None] * 5 + ["Workers"])
    sheet.append(
        [
            "enterprise_id",
            "enterprise_name",
            "city",
            "sector",
            "enrolment_date",
            "Total",
            "Female",
            "status",
        ]
    )
    for n in (1, 2):
        sheet.append(
            [
                f"PK-{n}",
                f"Mill {n}",
                "Lahore" if n == 1 else None,
                "denim",
                "2022-09-12",
                100 * n,
                n,
                "active",
            ]
        )
    sheet.merge_cells("A1:H1")
    sheet.merge_cells("F2:G2")
    sheet.merge_cells("C4:C5")
    book.save(tmp_path / "merged.xlsx")
    result = read_files([tmp_path / "merged.xlsx"])
    assert [f.city for f in result.records if isinstance(f, records.Factory)] == [
        "lahore",
        "lahore",
    ]
    assert "row 5, city: 'Lahore': Lahore taken from the merged cell above" in said(
        result.reports[0], "said"
    )
    counts = [h for h in result.records if isinstance(h, records.Headcount)]
    assert [(h.as_of, h.women, h.men) for h in counts] == [
        (date(2023, 12, 31), 1, 99),
        (date(2023, 12, 31), 2, 198),
    ]


def workers(result: ReadResult) -> tuple[int, int, int]:
    """Return enterprises, workers and women of a short register."""
    counts = [h for h in result.records if isinstance(h, records.Headcount)]
    women = sum(h.women or 0 for h in counts)
    return len(of(result, records.Factory)), women + sum(h.men or 0 for h in counts), women


needs_samples = pytest.mark.skipif(not SHARED.exists(), reason="the shared samples are not here")


@needs_samples
@pytest.mark.parametrize(
    "name", ["01_merged_title_two_header_rows.xlsx", "11_totals_and_notes.xlsx"]
)
def test_the_shared_registers_give_six_enterprises(name: str) -> None:
    result = read_files([SHARED / name])
    assert not result.refused
    assert workers(result) == (6, 9455, 2035)
    assert result.reports[0].counts.adds_up


@needs_samples
def test_the_shared_impossible_register_is_refused_with_all_five_places() -> None:
    result = read_files([SHARED / "17_negative_future_impossible.csv"])
    assert not result.records
    places = {(p.row, p.column) for p in result.reports[0].problems if p.severity == "refused"}
    assert places == {
        *((2, "workers_total"), (3, "workers_female"), (4, "enrolment_date")),
        *((5, "workers_total"), (7, "status")),
    }


# ---- assessments


def test_the_programmes_own_cleaning_is_applied_and_counted(tmp_path: Path) -> None:
    rows = [
        answer("Q-1", "1", tags="Zero tolerance; Public Disclosure"),
        answer("Q-1", "1", tags="Zero tolerance; Public Disclosure"),
        answer("Q-2", "NA"),
        answer("Q-3", "0", point="Unconditional Worst Forms", cluster="child_labour"),
        answer("Q-4", "0", point="Management Systems", cluster="Systems"),
        answer("Q-5", "1240", type="fgw", point="Profile", cluster="Profile"),
        answer("Q-6", "1", name="Mill F-1 (Obsolete)"),
        answer("Q-7", "1", cluster="Learning"),
        answer("Q-8", "1", country="Elsewhere"),
    ]
    result = read_files([csv_of(tmp_path / "a.csv", "assessments", rows)])
    assert not result.refused, said(result.reports[0])
    found = [r for r in result.records if isinstance(r, records.Finding)]
    assert [(f.question, f.noncompliant) for f in found] == [
        ("Q-1", True),
        ("Q-2", None),
        ("Q-3", False),
        ("Q-4", False),
    ]
    assert [f.compliance_point for f in found[2:]] == [
        "child_labour_worst_forms",
        "osh_management_systems",
    ]
    assert found[0].public_reporting
    assert dict(result.reports[0].counts.recognised) == {
        "another country": 1,
        "heading": 1,
        "information question": 1,
        "question outside the clusters": 1,
        "repeated row": 1,
        "retired factory": 1,
    }
    (done,) = [r for r in result.records if isinstance(r, records.Assessment)]
    assert done.short_version


@pytest.mark.parametrize("separator", [".", " ", "_"])
def test_headings_may_have_dots_spaces_or_underscores(tmp_path: Path, separator: str) -> None:
    path = csv_of(tmp_path / "a.csv", "assessments", [answer()])
    text = path.read_text(encoding="utf-8")
    head, rest = text.split("\n", 1)
    path.write_text(head.replace(".", separator) + "\n" + rest, encoding="utf-8")
    assert len(read_files([path]).records) == 2


def test_two_answers_to_one_question_or_two_starts_of_one_assessment_are_refused(
    tmp_path: Path,
) -> None:
    rows = [
        answer("Q-1", "0"),
        answer("Q-1", "1"),
        answer("Q-2", "0", start=date(2024, 3, 16)),
        answer("Q-3", "yes"),
    ]
    problems = said(read_files([csv_of(tmp_path / "a.csv", "assessments", rows)]).reports[0])
    assert "row 3, Finding: '1': one answer to a question: '0' in row 2" in problems
    assert "row 4, Assesment.Start.Date: '16/03/2024': 2024-03-15, as in row 2" in problems
    assert "row 5, Finding: 'yes': 1 (non-compliant), 0, or nothing" in problems


# ---- committees, plans, progress


def test_names_of_members_are_never_read_and_sex_comes_from_title_or_column(tmp_path: Path) -> None:
    path = tmp_path / "PICC_Members_Report_31-03-2024.csv"
    path.write_text(
        "Factory ID,First Name,Title,Category,Is Current Chair,Date Left\n"
        "F-1,Aisha,Ms.,Worker,Yes,\nF-1,Bilal,Mr,Management,No,12/02/2024\nF-1,Noor,Dr.,Worker,No,NA\n"
    )
    result = read_files([path])
    members = [r for r in result.records if isinstance(r, records.CommitteeMember)]
    assert [(m.sex, m.side, m.chair, m.left) for m in members] == [
        ("f", "worker", True, None),
        ("m", "management", False, date(2024, 2, 12)),
        ("unknown", "worker", False, None),
    ]
    assert {m.as_of for m in members} == {date(2024, 3, 31)}
    assert "'First Name': columns that are not read" in said(result.reports[0], "said")
    assert "Aisha" not in repr(result.records)


@pytest.mark.parametrize("kind", ["picc_members", "improvement_plan", "progress_report"])
def test_a_snapshot_without_a_day_is_refused(kind: str, tmp_path: Path) -> None:
    columns = form(kind).columns
    row = {n: next(iter(c.values)) if c.values else c.example for n, c in columns.items()}
    row = {n: value for n, value in row.items() if columns[n].kind not in ("day", "yes_no")}
    row["chair"] = False
    path = csv_of(tmp_path / "export.csv", kind, [row])
    assert "the day of the snapshot" in said(read_files([path]).reports[0])
    assert read_files([path], as_of=date(2024, 6, 30)).records


def test_an_old_plan_without_ids_and_days_is_read_and_never_mixes_two_items(tmp_path: Path) -> None:
    path = tmp_path / "Improvement_Plan_Report_31-03-2024.csv"
    path.write_text(
        "Factory.ID,Cycle,Compliance.point,Status\n"
        "F-1,1,Leave,Pending\nF-1,1,Leave,In Progress\nF-1,1,Coercion,Completed\n"
    )
    items = [r for r in read_files([path]).records if isinstance(r, records.ImprovementItem)]
    assert len({item.item for item in items}) == 3
    assert {item.opened for item in items} == {date(2024, 3, 31)}
    assert [item.cluster for item in items] == ["working_time", "working_time", "forced_labour"]


# ---- several files together


def visit(id_: str, of_factory: str = "F-1") -> dict[str, Value]:
    """Return a row of the visits."""
    return {
        "visit": id_,
        "factory": of_factory,
        "on": JOINED,
        "kind": "advisory",
        "mode": "on_site",
    }


def test_a_factory_that_no_register_names_refuses_the_file_but_not_the_others(
    tmp_path: Path,
) -> None:
    known = register(tmp_path / "r.xlsx", [factory("F-1")])
    good = csv_of(tmp_path / "good.csv", "advisory_visits", [visit("V-1")])
    bad = csv_of(tmp_path / "bad.csv", "advisory_visits", [visit("V-2", "F-7")])
    result = read_files([good, bad, known])
    assert [report.refused for report in result.reports] == [False, True, False]
    assert "row 2: 'F-7': a factory of the register" in said(result.reports[1])
    assert [file.name for file in result.files] == ["good.csv", "r.xlsx"]


def test_a_newer_register_replaces_the_older_one_whatever_the_order(tmp_path: Path) -> None:
    old = register(tmp_path / "register 2024-01-31.xlsx", [factory("F-1"), factory("F-2")])
    new = register(tmp_path / "register 2024-02-29.xlsx", [factory("F-1", "lahore")])
    for paths in ([old, new], [new, old]):
        result = read_files(paths)
        found = [r for r in result.records if isinstance(r, records.Factory)]
        assert [(f.factory, f.city) for f in found] == [("F-1", "lahore")]
        assert result.sources["enrolment"].file == new.name


def test_a_corrected_assessment_replaces_its_earlier_answers(tmp_path: Path) -> None:
    first = csv_of(tmp_path / "one.csv", "assessments", [answer("Q-1", "1"), answer("Q-2", "1")])
    again = csv_of(tmp_path / "two.csv", "assessments", [answer("Q-1", "0")])
    found = [r for r in read_files([first, again]).records if isinstance(r, records.Finding)]
    assert [(f.question, f.noncompliant) for f in found] == [("Q-1", False)]
