"""Tables of cited figures: what is written is read back, and nothing doubtful gets in."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import catalogue
from data_loaders.reading import coded
from data_loaders.reading.results import ReadResult
from data_loaders.records import Figure, Origin
from data_loaders.sources import cited_facts, cited_series, read_files

CONFIG = Path(__file__).parents[1] / "config"
SAMPLES = Path(__file__).parents[2] / "shared" / "data" / "samples" / "fx"

Rows = Sequence[Mapping[str, str]]

FACT = {
    "id": "X1",
    "theme": "exports",
    "indicator": "Exports",
    "geography": "Pakistan",
    "period": "FY2024",
    "value": "2.5",
    "unit": "USD billion",
    "qualifier": "over",
    "source_title": "A page",
    "source_url": "https://a.example/page",
    "source_date": "2024-07-01",
    "publisher": "A bank",
    "source": "a_page",
    "display": "headline",
    "measure": "exports_bop",
    "freq": "FY",
    "time_period": "FY2024",
    "figure": "2500000000",
    "unit_code": "usd",
}


def write(path: Path, headings: Sequence[str], rows: Rows) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, headings, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def problems(result: ReadResult) -> list[tuple[int, str]]:
    """Return row and column of every refusal."""
    return [
        (p.row, p.column) for r in result.reports for p in r.problems if p.severity == "refused"
    ]


def facts_of(folder: Path, *rows: Mapping[str, str]) -> ReadResult:
    return read_files([write(folder / "facts.csv", cited_facts.HEADINGS, rows)])


def test_what_ships_is_taken_whole_and_every_row_is_accounted_for() -> None:
    declared = catalogue.load(CONFIG).sources
    result = read_files(sorted((CONFIG / "facts").glob("*.csv")), declared)
    assert not problems(result)
    counts = {file.name: file.counts for file in result.files}
    assert all(count.adds_up for count in counts.values())
    assert counts["cited_series.csv"].loaded == 676
    assert counts["cited_facts.csv"].loaded == len(result.facts) >= 150
    assert all(source.publisher and source.url for source in result.sources.values())
    assert not any(source.illustrative for source in result.sources.values())


# ---- the loader and its inverse

CODES = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
PERIODS = {"M": "2024-07", "Q": "2024-Q3", "A": "2024", "FY": "FY2024", "D": "2024-07-01"}


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    freq = draw(st.sampled_from(sorted(PERIODS)))
    return Figure(
        origin=Origin(draw(CODES), "series.csv", "", 2),
        measure=draw(CODES),
        freq=freq,  # type: ignore[arg-type]  # one of the literals
        time_period=PERIODS[freq],
        key=tuple(sorted(draw(st.dictionaries(CODES, CODES, max_size=2)).items())),
        value=draw(st.decimals(-(10**12), 10**12, places=3).map(float)),
        unit=draw(CODES),
        flags=tuple(sorted(draw(st.sets(st.sampled_from(sorted(coded.FLAGS)))))),
        vintage="July 2026",
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(figures(), min_size=1, max_size=5, unique_by=lambda f: (f.measure, f.freq, f.key)))
def test_figures_that_are_written_are_read_back(them: list[Figure]) -> None:
    rows = [coded.columns(f) | {"value": repr(f.value), "vintage": f.vintage} for f in them]
    with TemporaryDirectory() as folder:
        result = read_files([write(Path(folder) / "series.csv", cited_series.HEADINGS, rows)])
    assert not problems(result)
    placed = [replace(f, origin=replace(f.origin, row=n)) for n, f in enumerate(them, start=2)]
    assert list(result.records) == placed


# ---- facts


def test_a_fact_with_a_measure_is_quoted_and_drawn(tmp_path: Path) -> None:
    result = facts_of(tmp_path, FACT)
    [fact], [figure] = result.facts, result.records
    assert (fact.value, fact.publisher, fact.qualifier) == ("2.5", "A bank", "over")
    assert isinstance(figure, Figure)
    assert (figure.value, figure.qualifier) == (2.5e9, "over")
    assert result.sources["a_page"].url == "https://a.example/page"


def test_a_fact_without_a_measure_is_quoted_only(tmp_path: Path) -> None:
    result = facts_of(tmp_path, FACT | {"measure": "", "figure": ""})
    assert len(result.facts) == 1
    assert not result.records


@pytest.mark.parametrize("column", cited_facts.NEEDED)
def test_a_fact_without_its_source_is_refused(column: str, tmp_path: Path) -> None:
    result = facts_of(tmp_path, FACT | {column: ""})
    assert (2, column) in problems(result)
    assert not result.facts


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("figure", ""),
        ("figure", "2,500"),
        ("measure", ""),
        ("freq", "monthly"),
        ("time_period", "2024"),
        ("unit_code", "USD"),
        ("flags", "provisional"),
        ("display", "never"),
        ("key", "market"),
    ],
)
def test_a_column_that_cannot_be_used_is_named(column: str, value: str, tmp_path: Path) -> None:
    assert (2, column) in problems(facts_of(tmp_path, FACT | {column: value}))


def test_two_rows_for_one_cell_are_refused_never_averaged(tmp_path: Path) -> None:
    result = facts_of(tmp_path, FACT, FACT | {"id": "X2", "figure": "2600000000"})
    assert problems(result) == [(3, "measure")]


def test_an_id_comes_once(tmp_path: Path) -> None:
    again = FACT | {"time_period": "FY2025"}
    assert problems(facts_of(tmp_path, FACT, again)) == [(3, "id")]


def test_a_cell_beyond_the_headings_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "facts.csv", cited_facts.HEADINGS, [FACT])
    path.write_text(path.read_text().rstrip() + ",stray\n")
    assert problems(read_files([path])) == [(2, "")]


def test_a_workbook_reads_like_the_text_file(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(cited_facts.HEADINGS)
    sheet.append([float(FACT[n]) if n == "figure" else FACT.get(n) for n in cited_facts.HEADINGS])
    book.save(tmp_path / "facts.xlsx")
    [figure] = read_files([tmp_path / "facts.xlsx"]).records
    assert isinstance(figure, Figure)
    assert figure.value == 2.5e9


# ---- rates of the euro


def rates(folder: Path, *values: str, amount: str = "Exchange rate") -> ReadResult:
    rows = [
        {"Date": f"2018-{month:02}-01", "Country": "Euro", amount: value}
        for month, value in enumerate(values, start=1)
    ]
    rows.append({"Date": "2018-01-01", "Country": "Japan", amount: "110"})
    return read_files([write(folder / "rates.csv", ["Date", "Country", amount], rows)])


def test_euros_for_a_dollar_become_dollars_for_a_euro(tmp_path: Path) -> None:
    result = rates(tmp_path, "0.8000", "0.8100", amount="Value")
    values = [f.value for f in result.records if isinstance(f, Figure)]
    assert values == [1.25, float(1 / 0.81)]
    assert result.files[0].counts.recognised == {"heading": 1, "other country": 1}


def test_rates_that_are_turned_round_are_refused(tmp_path: Path) -> None:
    result = rates(tmp_path, "1.2500", "1.2346")
    assert problems(result) == [(0, "Exchange rate")]


@pytest.mark.parametrize("wrong", ["", "0", "-0.8", "n/a"])
def test_a_rate_that_is_no_number_above_zero_is_refused(wrong: str, tmp_path: Path) -> None:
    assert (3, "Exchange rate") in problems(rates(tmp_path, "0.8", wrong))


def test_the_shipped_months_and_the_cited_years_agree() -> None:
    files = sorted((CONFIG / "facts").glob("*.csv"))
    found = [f for f in read_files(files).records if isinstance(f, Figure)]
    yearly = {f.time_period: f.value for f in found if f.measure == "fx_usd_per_eur"}
    monthly = [f for f in found if f.measure == "fx_usd_per_eur_month"]
    for year in ("2021", "2022", "2023", "2024"):
        values = [f.value or 0 for f in monthly if f.time_period.startswith(year)]
        assert len(values) == 12
        assert sum(values) / 12 == pytest.approx(yearly[year], rel=0.005)


@pytest.mark.skipif(not SAMPLES.exists(), reason="the publishers' own files are not here")
@pytest.mark.parametrize(("name", "freq"), [("monthly_euro.csv", "M"), ("yearly.csv", "A")])
def test_the_publishers_own_files_are_read(name: str, freq: str) -> None:
    result = read_files([SAMPLES / name], catalogue.load(CONFIG).sources)
    assert not problems(result)
    assert {f.freq for f in result.records if isinstance(f, Figure)} == {freq}
    assert all(source.url for source in result.sources.values())
