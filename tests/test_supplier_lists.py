"""Published lists of suppliers: sites in Pakistan become records, contacts of persons never."""

from datetime import date
from pathlib import Path

import pytest
from official_files import DECLARED, changed, fine, load, said

from data_loaders.drafts import stored_as
from data_loaders.reading.results import ReadResult
from data_loaders.records import ListedSite
from data_loaders.sources import read_file, taken_together


def sites(result: ReadResult) -> list[ListedSite]:
    return [record for record in result.records if isinstance(record, ListedSite)]


@pytest.mark.parametrize("name", ["nike_list.csv", "nike_list.xls"])
def test_the_banner_gives_the_day_and_the_headings_follow_it(name: str) -> None:
    result = fine(load(name))
    first, second = sites(result)
    assert (first.name, first.city) == ("Sample Mills, Unit 1", "Kasur/Lahore")
    assert (first.workers, first.women_percent) == ((1200, 1200), 12)
    assert second.women_percent == 1
    assert {site.vintage for site in sites(result)} == {"2025-06"}
    assert result.files[0].as_of == date(2025, 6, 30)


def test_a_newer_list_replaces_the_older_one_whole_in_any_order(tmp_path: Path) -> None:
    def newer(text: str) -> str:
        lines = text.replace("JUN 2025", "DEC 2025").splitlines()
        return "\n".join(line for line in lines if "Weavers" not in line)

    new, old = changed(tmp_path, "nike_list.csv", newer), load("nike_list.csv")
    for parts in ([old, new], [new, old]):
        assert {site.vintage for site in sites(taken_together(parts))} == {"2025-12"}


def test_a_share_of_women_above_a_hundred_is_refused(tmp_path: Path) -> None:
    result = changed(tmp_path, "nike_list.csv", lambda t: t.replace("12%", "120%"))
    assert "row 3, % Female Workers: '120%'" in said(result.reports[0])


def test_values_joined_with_bars_are_taken_apart_each_column_by_itself() -> None:
    ten, six = sites(fine(load("osh_download.csv")))
    assert ten.workers == (51.0, 556.0)
    assert ten.contributors == ("adidas (Primary Jan 2026)", "somebody (2019 adidas list)")
    assert six.workers == (93.0, 93.0)
    assert [ten.closed, six.closed] == [False, True]
    assert len({ten.site, six.site}) == 2


def test_contacts_of_persons_are_dropped_before_anything_is_stored() -> None:
    result = load("osh_download.csv")
    assert "3 columns with contacts of persons" in said(result.reports[0], "said")
    stored = stored_as(result.files[0], "amina")
    assert b"person@mail.example" not in stored.content
    assert b"A Person" not in stored.content
    assert b"+92" not in stored.content


def test_what_is_stored_is_read_again_as_the_same_file(tmp_path: Path) -> None:
    result = load("osh_download.csv")
    stored = stored_as(result.files[0], "amina")
    path = tmp_path / stored.name
    path.write_bytes(stored.content)
    again = fine(read_file(path, DECLARED))
    assert again.records == result.records
    assert again.files[0].checksum == stored.checksum


def test_a_list_in_the_shape_of_the_hub_is_known_by_code_or_name_of_the_country() -> None:
    assert [s.name for s in sites(fine(load("osh_template.csv")))] == [
        "Sample Sports",
        "Sample Gloves",
    ]


@pytest.mark.parametrize("name", ["osh_template.csv", "osh_download.csv"])
def test_a_list_without_a_day_is_told_what_becomes_of_a_list_not_of_figures(name: str) -> None:
    told = said(fine(load(name)).reports[0], "said")
    assert "no day in the file or its name: what it says of a site gives way" in told
    assert "figures" not in told


def test_nothing_is_published_from_a_list() -> None:
    result = load("nike_list.csv", "osh_download.csv")
    assert not result.sources
    assert not result.facts


def test_a_code_list_is_refused_and_says_where_its_codes_are_kept() -> None:
    [report] = load("partners.csv").reports
    assert "a list of partners of UN Comtrade" in said(report)
    assert "586 holds" in said(report)
    assert report.counts.adds_up
