"""Files of official statistics: each kind is known by its content, and no part is added twice."""

import gzip
import hashlib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from drafting import desk_at
from official_files import DECLARED, ROOT, SPECIMENS, changed, fine, load, numbers, said

from dashboard import catalogue
from dashboard.model import Series
from data_loaders import official
from data_loaders.drafts import draft
from data_loaders.reading import Report, open_book
from data_loaders.reading.written import written
from data_loaders.records import Figure
from data_loaders.releases import build
from data_loaders.sources import modules, read_file

EXPORTS = catalogue.load(ROOT / "config").indicators["exports_chapter"]


# ---- UN Comtrade


def recognised(report: Report) -> dict[str, int]:
    return dict(report.counts.recognised)


def test_groups_of_partners_are_added_and_world_is_never_added_to_them() -> None:
    result = fine(load("comtrade_groups.csv"))
    assert numbers(result) == {
        ("exports_hs", "product=hs61", "2019"): 1000.0,
        ("exports_hs", "product=hs62", "2019"): 900.0,
        ("exports_hs", "product=hs61", "2021"): 1100.0,
        ("exports_hs", "market=uae;product=hs61", "2019"): 40.0,
        ("exports_hs", "market=europe;product=hs61", "2019"): 500.0,
        ("exports_hs_mirror", "market=germany;product=hs61", "2019"): 210.0,
    }


def test_rows_that_are_inside_others_are_recognised_by_what_they_are() -> None:
    [report] = load("comtrade_groups.csv").reports
    assert recognised(report) == {
        "heading": 1,
        "import": 1,
        "re-export": 1,
        "other commodity": 1,
        "partner without a code of ours": 1,
    }


def test_reported_exports_and_their_mirror_are_two_sources() -> None:
    result = load("comtrade_groups.csv")
    assert sorted(result.sources) == ["un_comtrade", "un_comtrade_mirror"]
    assert {f.origin.source for f in result.records if isinstance(f, Figure)} == set(result.sources)


def test_a_chapter_or_year_that_misses_is_named_and_is_a_gap() -> None:
    result = load("comtrade_groups.csv")
    notes = said(result.reports[0], "said")
    assert "'2020': no chapter at all: a gap" in notes
    assert "'2021': no hs62: a gap" in notes
    given = official.given(f for f in result.records if isinstance(f, Figure))
    cells = official.cells(EXPORTS, "A", "usd", given, {})[(("product", "hs62"),)]
    assert [(p, c.status) for p, c in cells.items()] == [
        ("2019", "A"),
        ("2020", "x"),
        ("2021", "x"),
    ]


def test_partners_that_come_to_more_than_world_are_refused(tmp_path: Path) -> None:
    result = changed(
        tmp_path, "comtrade_groups.csv", lambda t: t.replace("Europe,300", "Europe,900")
    )
    assert "partners that add up to World at most" in said(result.reports[0])


def test_the_same_flow_twice_is_refused_with_both_rows(tmp_path: Path) -> None:
    again = "2019,2019,Export,Pakistan,62,Woven,World,World,900\n"
    result = changed(tmp_path, "comtrade_groups.csv", lambda text: text + again)
    [report] = result.reports
    assert "row 13" in said(report)
    assert "row 9 says the same" in said(report)
    assert report.counts.adds_up


def test_every_unusable_cell_is_named_at_once(tmp_path: Path) -> None:
    def spoil(text: str) -> str:
        text = text.replace("World,World,1000", "World,World,1.000,5").replace("900", "-900")
        return text.replace("2021,2021,Export", "21,2021,Export")

    result = changed(tmp_path, "comtrade_groups.csv", spoil)
    places = {(p.row, p.column) for p in result.reports[0].problems if p.severity == "refused"}
    assert places == {(2, ""), (9, "TradeValue"), (10, "yr")}
    assert not result.records


HEADINGS: Mapping[str, Callable[[str], str]] = {
    "spaces": lambda name: name,
    "dots": lambda name: "".join(c if c.isalnum() else "." for c in name),
    "underscores": lambda name: name.replace(" ", "_").lower(),
}


@pytest.mark.parametrize("way", HEADINGS)
def test_the_old_interface_is_read_however_its_headings_are_spelled(
    way: str, tmp_path: Path
) -> None:
    first, _, rest = (SPECIMENS / "comtrade_legacy.csv").read_text().partition("\n")
    headings = ",".join(HEADINGS[way](name) for name in first.split(","))
    path = tmp_path / "any name.csv"
    path.write_text(f"{headings.replace('2nd', 'X2nd')}\n{rest}")
    result = fine(read_file(path, DECLARED))
    assert numbers(result) == {
        ("exports_hs", "product=hs61", "2018"): 5000.0,
        ("exports_hs", "market=us;product=hs61", "2018"): 1500.0,
    }
    assert recognised(result.reports[0]) == {
        "heading": 1,
        "other classification": 1,
        "part of a total": 1,
        "re-export": 1,
    }


PLUS = {
    ("exports_hs", "product=hs61", "2022"): 7000.5,
    ("exports_hs", "market=us;product=hs61", "2022"): 2500.0,
    ("exports_hs", "product=hs61", "2023-01"): 600.0,
}


def test_the_comma_too_many_of_a_new_download_shifts_nothing() -> None:
    mirror = {("exports_hs_mirror", "market=germany;product=hs61", "2022"): 900.0}
    assert numbers(fine(load("comtrade_plus.csv"))) == PLUS | mirror


def test_an_answer_of_the_api_says_the_same_as_the_download() -> None:
    assert numbers(fine(load("comtrade_plus.json"))) == PLUS


def test_snake_case_headings_are_the_same_headings(tmp_path: Path) -> None:
    def snake(text: str) -> str:
        first, _, rest = text.partition("\n")
        return "".join(f"_{c.lower()}" if c.isupper() else c for c in first) + "\n" + rest

    assert PLUS.items() <= numbers(fine(changed(tmp_path, "comtrade_plus.csv", snake))).items()


def test_an_empty_answer_is_refused_with_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "answer.json"
    path.write_text('{"elapsedTime": "0.1 secs", "count": 0, "data": [], "error": ""}')
    [report] = read_file(path, DECLARED).reports
    assert "an answer with data: this one is empty" in said(report)
    assert not report.unreadable


def test_an_answer_with_fewer_rows_than_it_counts_is_refused(tmp_path: Path) -> None:
    result = changed(
        tmp_path, "comtrade_plus.json", lambda t: t.replace('"count": 5', '"count": 6')
    )
    assert "as many rows as counted, not 5" in said(result.reports[0])


def test_a_file_about_another_country_says_what_it_holds(tmp_path: Path) -> None:
    result = changed(tmp_path, "comtrade_plus.csv", lambda t: t.replace('"586"', '"588"'))
    assert "exports reported by Pakistan (586)" in said(result.reports[0])
    assert "5 other reporter" in said(result.reports[0])


# ---- documents that are no data


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("data.csv", "<!DOCTYPE html><html><body>Sign in</body></html>", "a web page (HTML)"),
        ("data.json", "\ufeff\n<html><p>504</p></html>", "a web page (HTML)"),
        ("data.json", '{"data": [{"a": 1}, {"a"', "not whole JSON, perhaps cut off"),
        ("data.json", '{"value": NaN}', "NaN is no number"),
        ("data.json", "[" * 100_000, "nested too deeply"),
        ("data.xml", "<a><b></b>", "not whole XML, perhaps cut off"),
        ("data.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "document type or entities"),
    ],
)
def test_what_came_in_place_of_data_is_unreadable_and_says_why(
    name: str, content: str, reason: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_text(content)
    [report] = read_file(path, DECLARED).reports
    assert report.unreadable
    assert reason in said(report)


# ---- WITS


def test_groups_of_wits_are_exports_in_dollars_and_an_empty_year_is_a_gap() -> None:
    assert numbers(fine(load("wits.csv"))) == {
        ("exports_wits", "product=hs50_63", "2017"): 12_250_000.0,
        ("exports_wits", "product=hs50_63", "2018"): None,
        ("exports_wits", "product=hs50_63", "2019"): 13_500_000.0,
        ("exports_wits", "product=hs64_67", "2018"): 400_000.0,
        ("exports_wits", "product=hs64_67", "2019"): 500_000.0,
        ("exports_wits", "product=total", "2017"): 21_000_000.0,
        ("exports_wits", "product=total", "2018"): 22_000_000.0,
        ("exports_wits", "product=total", "2019"): 23_000_000.0,
    }


def test_a_number_with_letters_in_it_is_refused_with_its_year(tmp_path: Path) -> None:
    result = changed(tmp_path, "wits.csv", lambda t: t.replace("13.50", "13.5e"))
    assert "row 3, 2019: '13.5e'" in said(result.reports[0])


# ---- World Development Indicators


def test_a_bundle_is_read_by_codes_and_carries_its_own_vintage() -> None:
    result = fine(load("wdi_indicator.csv"))
    assert numbers(result) == {
        ("lfp", "country=pak;sex=f", "2021"): 24.5,
        ("lfp", "country=pak;sex=f", "2022"): None,
        ("lfp", "country=pak;sex=f", "2023"): 24.25,
        ("lfp", "country=bgd;sex=f", "2021"): 36.1,
        ("lfp", "country=bgd;sex=f", "2022"): 37.2,
        ("lfp", "country=bgd;sex=f", "2023"): 38.3,
    }
    assert result.sources["wdi_participation_women"].vintage == "2026-09-15"
    assert recognised(result.reports[0])["other country or aggregate"] == 2


def test_the_long_form_never_takes_an_aggregate_that_has_pakistan_in_its_name() -> None:
    result = fine(load("wdi_long.csv", as_of=date(2026, 8, 1)))
    assert numbers(result) == {
        ("lfp", "country=pak;sex=f", "2023"): 24.125,
        ("literacy", "sex=f", "2021"): 45.5,
    }
    assert {f.vintage for f in result.records if isinstance(f, Figure)} == {"2026-08-01"}


def test_an_answer_of_the_api_is_read_by_codes_and_carries_its_own_vintage() -> None:
    result = fine(load("wdi_answer.json"))
    assert numbers(result) == {
        ("lfp", "country=pak;sex=f", "2021"): 24.5,
        ("lfp", "country=pak;sex=f", "2023"): 24.25,
    }
    assert result.sources["wdi_participation_women"].vintage == "2026-09-15"
    assert dict(recognised(result.reports[0])) == {
        "heading": 1,
        "other country or aggregate": 1,
        "without a value": 1,
        "other indicator": 1,
    }


def test_one_page_of_an_answer_of_several_is_refused(tmp_path: Path) -> None:
    result = changed(tmp_path, "wdi_answer.json", lambda t: t.replace('"pages": 1', '"pages": 3'))
    assert "not page 1 of 3: ask with per_page" in said(result.reports[0])


def test_an_answer_of_the_api_without_data_is_refused_with_its_words(tmp_path: Path) -> None:
    path = tmp_path / "answer.json"
    path.write_text('[{"message": [{"id": "120", "value": "The indicator was not found"}]}]')
    assert "The indicator was not found" in said(read_file(path, DECLARED).reports[0])


@pytest.mark.parametrize("name", ["wdi_indicator.csv", "wdi_answer.json"])
def test_an_archive_as_it_is_downloaded_is_read_and_what_is_beside_the_table_said(
    name: str, tmp_path: Path
) -> None:
    path = tmp_path / "API_SL.TLF.CACT.FE.ZS_DS2_en_csv_v2_1.zip"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.write(SPECIMENS / name, f"API_{name}")
        archive.writestr("Metadata_Country_API_1.csv", "Country Code,Region\nPAK,x\n")
        archive.writestr("Metadata_Indicator_API_1.csv", "INDICATOR_CODE\n")
    result = fine(read_file(path, DECLARED))
    assert numbers(result) == numbers(load(name))
    told = said(result.reports[0], "said")
    assert f"API_{name} of the archive; 2 files of descriptions beside it" in told
    assert result.files[0].checksum == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_packed_table_is_read_like_the_table(tmp_path: Path) -> None:
    path = tmp_path / "ilostat 2025-10-01.csv.gz"
    path.write_bytes(gzip.compress((SPECIMENS / "ilostat.csv").read_bytes()))
    assert numbers(fine(read_file(path, DECLARED))) == numbers(load("ilostat.csv"))


def test_a_share_above_a_hundred_percent_is_refused(tmp_path: Path) -> None:
    result = changed(tmp_path, "wdi_long.csv", lambda t: t.replace("24.125", "2412.5"))
    assert "Value: '2412.5'" in said(result.reports[0])


# ---- vintages


def test_the_later_vintage_holds_cell_by_cell_whatever_the_order_of_the_files() -> None:
    for names in (["wdi_indicator.csv", "wdi_long.csv"], ["wdi_long.csv", "wdi_indicator.csv"]):
        result = load(*names)
        given = official.given(f for f in result.records if isinstance(f, Figure))
        cells = given["lfp", "A"][(("country", "pak"), ("sex", "f"))]
        assert (cells["2023"].value, cells["2023"].flags) == (24.25, ("r",))


def test_each_report_says_how_many_figures_the_other_file_holds() -> None:
    result = load("wdi_indicator.csv", "wdi_long.csv")
    older, newer = said(result.reports[1], "said"), said(result.reports[0], "said")
    where = "also in wdi_indicator.csv (vintage 2026-09-15), which holds: 1 are revised"
    assert f"1 figures are {where}" in older
    assert "1 figures revise wdi_long.csv, and 0 repeat it" in newer


# ---- workbooks of publishers


def test_a_bundle_as_a_workbook_is_read_and_what_is_hidden_in_it_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Data Source", "World Development Indicators"])
    sheet.append(["Last Updated Date", "2026-09-15"])
    sheet.append(["Country Name", "Country Code", "Indicator Name", "Indicator Code", 2021, 2022])
    sheet.append(["Pakistan", "PAK", "Literacy, women", "SE.ADT.LITR.FE.ZS", 45.5, None])
    book.create_sheet("Metadata").append(["Country Code", "Region"])
    book.save(tmp_path / "data.xlsx")
    result = fine(read_file(tmp_path / "data.xlsx", DECLARED))
    assert numbers(result) == {("literacy", "sex=f", "2021"): 45.5}
    sheet.row_dimensions[4].hidden = True
    book.save(tmp_path / "data.xlsx")
    assert "row 4: the row is hidden" in said(
        read_file(tmp_path / "data.xlsx", DECLARED).reports[0]
    )


def test_a_file_of_no_kind_is_told_which_kinds_there_are(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_text("a,b\n1,2\n")
    assert "comtrade_plus" in said(read_file(path, DECLARED).reports[0])


def test_many_rows_of_others_are_read_through_and_counted(tmp_path: Path) -> None:
    row = "2019,2019,Export,Elsewhere,61,Knitted clothing,World,World,1\n"
    result = fine(changed(tmp_path, "comtrade_groups.csv", lambda text: text + row * 50_000))
    assert result.reports[0].counts.recognised["other reporter"] == 50_000


# ---- from files to a release


def test_loaded_chapters_are_published_beside_those_that_ship_and_are_credited(
    tmp_path: Path,
) -> None:
    desk = desk_at(tmp_path, illustrative=False)
    named = tmp_path / "comtrade_2026-10-01.csv"
    named.write_bytes((SPECIMENS / "comtrade_plus.csv").read_bytes())
    draft(desk, [named, SPECIMENS / "nike_list.csv", SPECIMENS / "sbp_trade.csv"])
    made = build(desk).release
    cells = made.cells[Series("exports_chapter", "usd", "A")][(("product", "hs61"),)]
    assert (cells["2022"].value, cells["2022"].sources) == (7001.0, ("un_comtrade",))
    assert cells["2021"].value is not None
    assert made.sources["un_comtrade"].vintage == "2026-10-01"
    assert "nike_list" not in made.sources


def test_every_kind_of_official_file_has_a_specimen_and_a_heading_in_the_documents() -> None:
    known = {module.KIND for module in modules()}
    ours = {*written().forms, "cited_facts", "cited_series", "euro_rates"}
    read_here = {
        module.KIND
        for path in sorted(SPECIMENS.glob("*.*"))
        for module in modules()
        if module.recognise(open_book(path))
    }
    assert read_here == known - ours
    documents = (ROOT / "docs" / "data-formats.md").read_text()
    assert [kind for kind in sorted(known) if f"### {kind}\n" not in documents] == []
