"""The publishers' own files, where they are present: each loads, or is refused for its reason."""

from collections import defaultdict

import pytest
from official_files import CITED, DECLARED, SAMPLES, fine, needs_samples, numbers, said

from data_loaders.sources import read_file

pytestmark = needs_samples

LOADED = {
    "comtrade_legacy_hs2/Pakistan;2005;Export;62.csv": 9,
    "comtrade_legacy_hs2/Pakistan;2020;Export;61.csv": 9,
    "comtrade_legacy_hs2/pakistan_all_flows_hs50_64_2004_2021.csv": 1886,
    "wits/en_PAK_AllYears_WITS_Trade_Summary_2021vintage.CSV": 51,
    "wdi/API_SL.TLF.CACT.FE.ZS_DS2_en_csv_v2_13361.csv": 204,
    "wdi/wdi_long_pak_and_comparators.csv": 462,
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
