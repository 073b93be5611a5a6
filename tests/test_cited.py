"""What config/facts ships: every number keeps its publisher, nothing is filled in or averaged."""

import csv
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

CONFIG = Path(__file__).parent.parent / "config"
SHARED = CONFIG.parent.parent / "shared" / "data"

Rows = list[dict[str, str]]


def rows(name: str) -> Rows:
    """Read a shipped table."""
    with (CONFIG / "facts" / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def facts() -> Rows:
    return rows("cited_facts.csv")


@pytest.fixture(scope="module")
def series() -> Rows:
    return rows("cited_series.csv")


def codes(dimension: str) -> set[str]:
    """Return the codes of a code list that belongs to the cited sources."""
    path = CONFIG / "codelists" / f"{dimension}.yaml"
    return set(yaml.safe_load(path.read_text(encoding="utf-8"))["codes"])


def test_every_series_row_ships_and_enough_facts(facts: Rows, series: Rows) -> None:
    assert len(series) == 676
    assert len(facts) >= 250
    assert sum(fact["display"] == "headline" for fact in facts) >= 30


def test_no_fact_is_shown_without_a_source_and_an_address(facts: Rows) -> None:
    for fact in facts:
        assert fact["source_url"].startswith("http"), fact["id"]
        assert all(fact[name] for name in ("source_title", "publisher", "source_date", "source"))
        assert all(fact[name] for name in ("indicator", "geography", "period", "value", "unit"))


def test_ids_of_facts_are_unique_and_never_hidden_ones(facts: Rows) -> None:
    assert len({fact["id"] for fact in facts}) == len(facts)
    assert {fact["display"] for fact in facts} == {"headline", "context"}


def test_every_disagreement_is_said_on_both_sides(facts: Rows) -> None:
    against = {fact["id"]: set(fact["disagrees_with"].split()) for fact in facts}
    said = [(one, other) for one, others in against.items() for other in others]
    assert said
    assert all(one in against[other] and one != other for one, other in said)


@pytest.mark.parametrize(
    "together",
    [
        ("ENR006", "ENR007"),
        ("ENR001", "ENR002", "ENR003"),
        ("GSP001", "GSP002"),
        ("EXP111", "EXP112"),
        ("GSP005", "GSP006"),
        ("EXP002", "EXP141"),
        ("EXP003", "EXP136"),
        ("CON014", "CON015", "CON016"),
    ],
)
def test_known_contradictions_are_kept_and_said(facts: Rows, together: tuple[str, ...]) -> None:
    against = {fact["id"]: set(fact["disagrees_with"].split()) for fact in facts}
    assert all(set(together) - {one} <= against[one] for one in together)


@pytest.mark.parametrize("fact", ["EXP002", "EXP003", "EXP004", "EXP112", "GSP014", "GSP016"])
def test_what_must_be_quoted_only_feeds_no_measure(facts: Rows, fact: str) -> None:
    [row] = [row for row in facts if row["id"] == fact]
    assert row["measure"] == row["figure"] == ""


def test_a_growth_without_levels_is_never_charted(facts: Rows) -> None:
    growth = [fact for fact in facts if "growth" in fact["indicator"].lower()]
    assert growth
    assert all(fact["measure"] == "" for fact in growth)


def test_own_arithmetic_is_charted_only_for_the_yearly_exchange_rate(facts: Rows) -> None:
    derived = [
        fact for fact in facts if fact["qualifier"].startswith("derived") and fact["measure"]
    ]
    assert {fact["measure"] for fact in derived} == {"fx_pkr_per_usd", "fx_pkr_per_eur"}


SCALES = {"USD million": 6, "USD billion": 9}


def test_a_figure_is_the_printed_value_in_base_units(facts: Rows) -> None:
    for fact in facts:
        if fact["figure"]:
            printed = Decimal(fact["value"]).scaleb(SCALES.get(fact["unit"], 0))
            assert Decimal(fact["figure"]) == printed, fact["id"]


def test_no_two_rows_fill_one_cell(facts: Rows, series: Rows) -> None:
    places = [
        (measure, row["freq"], row["time_period"], row["key"])
        for row in (*facts, *series)
        for measure in row["measure"].split()
    ]
    assert [place for place, count in Counter(places).items() if count > 1] == []


def test_every_code_is_in_its_code_list(facts: Rows, series: Rows) -> None:
    used = defaultdict(set)
    for row in (*facts, *series):
        for pair in filter(None, row["key"].split(";")):
            dimension, _, code = pair.partition("=")
            used[dimension].add(code)
    assert used.pop("sex") == {"f", "m"}
    assert all(found <= codes(dimension) for dimension, found in used.items())


BOP_SUMS = {
    "FY2022": ("EXP083", 32493),
    "FY2023": ("EXP084", 27876),
    "FY2024": ("EXP085", 30980),
    "FY2025": ("EXP086", 32343),
    "FY2026": ("EXP087", 30821),
    "2021": ("EXP088", 29068),
    "2022": ("EXP089", 31473),
    "2023": ("EXP090", 28809),
    "2024": ("EXP091", 32150),
    "2025": ("EXP092", 31532),
}
"""Sums of twelve months as cited (fact id, US$ million): not shipped, the pipeline adds them up."""


@pytest.mark.parametrize("period", BOP_SUMS)
def test_months_of_the_balance_of_payments_add_up_to_the_cited_years(
    series: Rows, facts: Rows, period: str
) -> None:
    id_, million = BOP_SUMS[period]
    year = int(period[-4:])
    first, last = (
        (f"{year - 1}-07", f"{year}-06") if period[0] == "F" else (f"{year}-01", f"{year}-12")
    )
    world = [row for row in series if row["measure"] == "exports_bop" and not row["key"]]
    months = [int(row["value"]) for row in world if first <= row["time_period"] <= last]
    assert len(months) == 12
    assert abs(sum(months) / 1e6 - million) <= 1
    assert id_ not in {fact["id"] for fact in facts}


@pytest.mark.parametrize(
    ("product", "absent"),
    [
        ("hs61", ["2008", "2009", "2010"]),
        ("hs63", ["2008", "2009", "2010", "2019"]),
        ("hs52", ["2008", "2009", "2010", "2021"]),
        ("hs64", ["2008", "2009", "2010", "2021"]),
    ],
)
def test_years_that_the_publisher_does_not_have_stay_gaps(
    series: Rows, product: str, absent: list[str]
) -> None:
    years = {row["time_period"] for row in series if row["key"] == f"product={product}"}
    assert [year for year in map(str, range(2004, 2022)) if year not in years] == absent


def test_europe_is_never_called_the_european_union(series: Rows) -> None:
    europe = [row for row in series if "market=europe" in row["key"]]
    assert all("NOT the EU" in row["note"] for row in europe)
    assert not [row for row in series if "market=eu" in row["key"].split(";")]


def test_a_window_of_eleven_months_is_marked_incomplete(series: Rows) -> None:
    windows = [row for row in series if row["measure"] == "exports_bop_country_to_date"]
    assert len(windows) == 18 + 24
    for row in windows:
        assert row["period"] == row["time_period"] + " Jul-May"
        assert row["flags"] == ("incomplete p" if row["time_period"] == "FY2026" else "incomplete")


def test_dubai_is_a_part_of_the_emirates() -> None:
    market = yaml.safe_load((CONFIG / "codelists" / "market.yaml").read_text(encoding="utf-8"))
    assert market["codes"]["uae_dubai"]["parent"] == "uae"


def test_every_series_source_is_declared_as_its_rows_say(series: Rows) -> None:
    for row in series:
        path = CONFIG / "sources" / f"{row['source']}.yaml"
        declared = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert declared["url"] == row["url"]
        assert declared["definition"] and declared["calendar"] and declared["basis"]


def test_every_statistic_that_facts_name_is_defined(facts: Rows) -> None:
    for name in {fact["statistic"] for fact in facts} - {""}:
        assert (CONFIG / "sources" / f"{name}.yaml").exists(), name


def test_one_source_id_is_one_publication(facts: Rows) -> None:
    columns = ("publisher", "source_title", "source_url", "source_date")
    named = defaultdict(set)
    for fact in facts:
        named[fact["source"]].add(tuple(fact[column] for column in columns))
    assert all(len(publications) == 1 for publications in named.values())
    assert len(set().union(*named.values())) == len(named)


def test_instruments_carry_the_year_of_their_fact(facts: Rows) -> None:
    instrument = yaml.safe_load(
        (CONFIG / "codelists" / "instrument.yaml").read_text(encoding="utf-8")
    )
    given = {
        row["key"].partition("=")[2]: row for row in facts if "instrument_year" in row["measure"]
    }
    for code, row in instrument["codes"].items():
        assert row["year"] == (int(given[code]["value"]) if code in given else None), code
    listed = [row for row in instrument["codes"].values() if row["listed"]]
    assert (len(listed), sum(row["year"] is not None for row in listed)) == (27, 21)
    assert sum(row["confirmed"] for row in listed) == 8
    assert sum(row["fundamental"] for row in instrument["codes"].values()) == 11


def test_every_event_names_its_fact_and_its_address(facts: Rows) -> None:
    address = {fact["id"]: fact["source_url"] for fact in facts}
    events = yaml.safe_load((CONFIG / "events.yaml").read_text(encoding="utf-8"))["events"]
    assert len(events) >= 12
    assert all(event["url"] == address[event["source"]] for event in events)
    assert {event["date"] for event in events} >= {
        "2014-01-01",
        "2022-06-22",
        "2023-10-05",
        "2027-12-31",
    }


@pytest.mark.skipif(not SHARED.exists(), reason="the notes behind the cited figures are not here")
def test_the_shipped_values_are_those_that_were_collected(facts: Rows, series: Rows) -> None:
    with (SHARED / "cited_series.csv").open(newline="", encoding="utf-8") as file:
        collected = list(csv.DictReader(file))
    assert [{name: row[name] for name in collected[0]} for row in series] == collected
    with (SHARED / "facts.csv").open(newline="", encoding="utf-8") as file:
        noted = {row["id"]: row for row in csv.DictReader(file)}
    same = ("theme", "indicator", "geography", "value", "unit", "qualifier")
    assert all(fact[name] == noted[fact["id"]][name] for fact in facts for name in same)
