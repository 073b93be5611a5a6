"""The publishers' own files, where they are present: each loads, or is refused for its reason."""

from collections import defaultdict
from pathlib import Path

import pytest
from official_files import CITED, DECLARED, SAMPLES, fine, needs_samples, numbers, said

from data_loaders.records import Factory, Figure, Headcount
from data_loaders.sources import read_file

pytestmark = needs_samples

LOADED = {
    "comtrade_legacy_hs2/Pakistan;2005;Export;62.csv": 9,
    "comtrade_legacy_hs2/Pakistan;2020;Export;61.csv": 9,
    "comtrade_legacy_hs2/pakistan_all_flows_hs50_64_2004_2021.csv": 1886,
    "wits/en_PAK_AllYears_WITS_Trade_Summary_2021vintage.CSV": 51,
    "wdi/API_SL.TLF.CACT.FE.ZS_DS2_en_csv_v2_13361.csv": 204,
    "wdi/wdi_long_pak_and_comparators.csv": 462,
    "sbp/trade.csv": 67,
    "sbp/trade.json": 163,
    "sbp/exchange-rates.csv": 144,
    "nike_imap/imap_export_DEC2025.csv": 6,
    "oshub/list15_geocoded.csv": 18,
    "oshub/osh_adidas_nike_sites_PK_extract.csv": 29,
    "fx/yearly.csv": 27,
    "fx/monthly_euro.csv": 330,
}
"""Files that load, and how many records each gives."""

NOT_OURS = "exports reported by Pakistan (586), or imports of others from it, of HS chapters"

REFUSED = {
    "comtrade_legacy_csv/india_iron_2018_extract.csv": f"{NOT_OURS} 50 to 64",
    "comtrade_new_csv/india_hs52_monthly_2011_2017.csv": "84 other reporter",
    "comtrade_api_json/data_v1_get_C_A_HS.json": "4 other commodity",
    "comtrade_api_json/bulk_error.json": "this one is empty",
    "sdmx/ESTAT_footer.xml": "Due to the large query the response will be written to a file",
    "sdmx/pysdmx_estat_data.xml": "the file has NRG_BAL_S; the rows are 33 other data set",
    "sdmx/pysdmx_data_v1_no_freq_cols.csv": "the file has GCI; the rows are 7 other data set",
    "jsonstat/galicia-2.0.json": "3956 other data set",
    "ilostat/rilostat_vignette_tables.csv": "17 other data set",
    "oshub/list12.xlsx": "sites in Pakistan; the rows are 15 other country",
    "oshub/osh_download_2026_header_and_rows_sample.csv": "the rows are 2 other country",
    "sbp/sbp-headers.json": "rows of headings of workbooks, without the figures",
    "comtrade_reference/partner_2025.csv": "a list of partners of UN Comtrade",
    "comtrade_reference/hs_chapters_50_64_hs4.csv": "a list of commodities",
    "comtrade_reference/UNSD_M49_regions.csv": "the list of countries and regions",
    "treaties/hr_status_cedaw.csv": "the state of ratifications of a treaty",
    "treaties/hr_status_iccpr.csv": "the state of ratifications of a treaty",
    "geo/pak_geodata_cities.csv": "a list of cities",
    "pbs_census2023/table12_literacy_by_district.csv": "a table of the Census by district",
}
"""Files that are refused, and words of the reason."""


@pytest.mark.parametrize("name", LOADED)
def test_a_file_of_a_publisher_loads_and_its_counts_add_up(name: str) -> None:
    result = fine(read_file(SAMPLES / name, DECLARED))
    assert len(result.records) == LOADED[name]
    assert result.reports[0].counts.read > 0
    assert all(source.publisher and source.url for source in result.sources.values())


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_holds_nothing_for_us_is_refused_for_its_reason(name: str) -> None:
    [report] = read_file(SAMPLES / name, DECLARED).reports
    assert REFUSED[name] in said(report)
    assert report.counts.adds_up


def test_every_file_is_in_one_of_the_lists() -> None:
    there = {p.relative_to(SAMPLES).as_posix() for p in SAMPLES.glob("*/*") if p.is_file()}
    bad = {name for name in there if name.startswith("bad_inputs/")}
    assert there - bad == LOADED.keys() | REFUSED.keys()


def test_textiles_and_clothing_by_chapter_equal_the_totals_of_wits() -> None:
    chapters = read_file(
        SAMPLES / "comtrade_legacy_hs2" / "pakistan_all_flows_hs50_64_2004_2021.csv", DECLARED
    )
    by_year: dict[str, list[float]] = defaultdict(list)
    for (measure, key, year), value in numbers(chapters).items():
        if measure == "exports_hs" and key.startswith("product=") and key != "product=hs64":
            by_year[year].append(value or 0.0)
    [path] = (SAMPLES / "wits").glob("*.CSV")
    wits = numbers(read_file(path, DECLARED))
    compared = 0
    for year, values in by_year.items():
        total = wits.get(("exports_wits", "product=hs50_63", year))
        if len(values) == 14 and total is not None:
            assert sum(values) == pytest.approx(total, rel=0.001), year
            compared += 1
    assert compared >= 10


def test_the_extract_by_chapter_equals_the_figures_that_ship() -> None:
    name = "comtrade_legacy_hs2/pakistan_all_flows_hs50_64_2004_2021.csv"
    loaded = numbers(read_file(SAMPLES / name, DECLARED))
    shipped = numbers(read_file(CITED, DECLARED))
    same = {at: value for at, value in shipped.items() if at[0] == "exports_hs"}
    assert len(same) == 204
    assert {at: loaded[at] for at in same} == same


def test_the_copy_of_the_state_bank_equals_the_figures_that_ship_with_their_marks() -> None:
    def marked(path: Path) -> dict[tuple[object, ...], tuple[object, ...]]:
        return {
            (f.measure, f.freq, f.time_period, f.key): (f.value, f.flags, f.unit)
            for f in read_file(path, DECLARED).records
            if isinstance(f, Figure) and f.origin.source == "sbp_exports"
        }

    shipped = marked(CITED)
    assert len(shipped) == 163
    assert marked(SAMPLES / "sbp" / "trade.json") == shipped


def test_figures_of_the_world_bank_equal_those_that_ship() -> None:
    shipped = {
        at: value
        for at, value in numbers(read_file(CITED, DECLARED)).items()
        if at[0] in ("lfp", "literacy", "industry_employment_women")
    }
    loaded = numbers(read_file(SAMPLES / "wdi" / "wdi_long_pak_and_comparators.csv", DECLARED))
    assert {at: loaded.get(at) for at in shipped} == shipped


@pytest.mark.parametrize(
    ("name", "enterprises", "workers"),
    [("01_merged_title_two_header_rows.xlsx", 6, 9455), ("11_totals_and_notes.xlsx", 6, 9455)],
)
def test_bad_inputs_that_can_be_read_give_the_good_answer(
    name: str, enterprises: int, workers: int
) -> None:
    result = fine(read_file(SAMPLES / "bad_inputs" / name, DECLARED))
    factories = [r for r in result.records if isinstance(r, Factory)]
    counts = [r for r in result.records if isinstance(r, Headcount) and r.role == "all"]
    assert len(factories) == enterprises
    assert sum((r.women or 0) + (r.men or 0) + r.not_recorded for r in counts) == workers


def test_the_bad_input_with_five_mistakes_is_refused_with_all_five() -> None:
    [report] = read_file(SAMPLES / "bad_inputs" / BAD, DECLARED).reports
    places = {(p.row, p.column) for p in report.problems if p.severity == "refused"}
    assert places == {
        (2, "workers_total"),
        (3, "workers_female"),
        (4, "enrolment_date"),
        (5, "workers_total"),
        (7, "status"),
    }


BAD = "17_negative_future_impossible.csv"
