"""Data sets of Eurostat and the ILO: five shapes, one meaning; answers without data are refused."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from official_files import DECLARED, SPECIMENS, changed, fine, load, numbers, said

from data_loaders.reading.observations import flow_id, period_of
from data_loaders.records import Figure
from data_loaders.sources import read_file

EU = {
    ("imports_eu", "product=hs61", "2023"): 2.5e9,
    ("imports_eu", "product=hs61", "2024"): 2.6e9,
}


@pytest.mark.parametrize(
    ("name", "vintage"),
    [
        ("sdmx_1.csv", "2025-10-15"),
        ("sdmx_structure.xml", "2025-10-16"),
        ("json_stat.json", "2025-10-15"),
    ],
)
def test_text_xml_and_json_of_a_data_set_say_the_same_with_their_vintage(
    name: str, vintage: str
) -> None:
    result = fine(load(name))
    assert numbers(result) == EU
    assert result.sources["eurostat_comext"].vintage == vintage
    flags = {f.time_period: f.flags for f in result.records if isinstance(f, Figure)}
    assert flags == {"2023": (), "2024": ("p",)}
    assert result.reports[0].counts.recognised["other cell of the data set"] >= 1


def test_version_2_with_labels_is_read_by_its_codes_and_forecasts_are_left_out() -> None:
    result = fine(load("sdmx_2.csv"))
    assert numbers(result) == {
        ("lfp", "country=pak;sex=f", "2023"): 24.5,
        ("lfp", "country=bgd;sex=m", "2023"): 81.5,
    }
    assert dict(result.reports[0].counts.recognised) == {
        "heading": 1,
        "forecast": 1,
        "other cell of the data set": 1,
        "deletion": 1,
    }


WITS = {
    ("exports_wits", "product=hs50_63", "2021"): 16_500_500.0,
    ("exports_wits", "product=hs50_63", "2022"): 17_250_250.0,
    ("exports_wits", "product=total", "2021"): 29_000_000.0,
    ("exports_wits", "product=total", "2023"): None,
}


def test_an_answer_of_wits_is_thousands_of_dollars_of_the_groups_that_are_ours() -> None:
    result = fine(load("sdmx_json.json"))
    assert numbers(result) == WITS
    assert dict(result.reports[0].counts.recognised) == {"other cell of the data set": 2}
    assert result.sources["wits"].vintage == "2024-02-20"


def test_observations_by_all_of_their_places_say_the_same_as_series(tmp_path: Path) -> None:
    def flat(text: str) -> str:
        message = json.loads(text)
        within = message["structure"]["dimensions"]
        within["observation"] = within.pop("series") + within["observation"]
        series = message["dataSets"][0].pop("series")
        message["dataSets"][0]["observations"] = {
            f"{key}:{at}": values
            for key, one in series.items()
            for at, values in one["observations"].items()
        }
        under = {"dataSets": message["dataSets"], "structures": [message["structure"]]}
        return json.dumps({"meta": message["header"], "data": under})

    assert numbers(fine(changed(tmp_path, "sdmx_json.json", flat))) == WITS


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"0:0:0:1:0"', '"0:0:0:9:0"', "codes for every place"),
        ('"0:0:0:1:0"', '"0:0:1:0"', "has not 5 places"),
        ('"PAK"', '"IND"', "the rows are 6 other cell of the data set"),
        ('"REPORTER"', '"COUNTRY"', "other data set"),
        ('"dimensions"', '"dimension"', "a message as SDMX-JSON has it"),
        ("29000", '"many"', "a number"),
    ],
)
def test_a_message_in_json_that_is_not_sound_or_not_ours_is_refused(
    old: str, new: str, words: str, tmp_path: Path
) -> None:
    [report] = changed(tmp_path, "sdmx_json.json", lambda t: t.replace(old, new)).reports
    assert words in said(report)


def test_a_generic_message_and_a_table_of_the_ilo_give_the_same_series() -> None:
    generic = numbers(fine(load("sdmx_generic.xml")))
    assert generic["lfp", "country=pak;sex=f", "2022"] == 23.5
    table = numbers(fine(load("ilostat.csv", as_of=date(2025, 10, 1))))
    assert table == {("lfp", "country=pak;sex=f", "2023"): 24.5}


def test_the_answer_come_back_later_is_refused_with_what_the_publisher_says() -> None:
    [report] = load("sdmx_later.xml").reports
    assert "413: The extraction is too big; come back later." in said(report)
    assert "Ask again later" in said(report)


@pytest.mark.parametrize("key", ["warning", "error"])
def test_json_in_place_of_data_is_refused_with_what_the_publisher_says(
    key: str, tmp_path: Path
) -> None:
    path = tmp_path / "answer.json"
    path.write_text(json.dumps({key: [{"status": 413, "label": "Response is asynchronous"}]}))
    [report] = read_file(path, DECLARED).reports
    assert "Response is asynchronous" in said(report)


@pytest.mark.parametrize(
    ("name", "content", "said_by_them"),
    [
        ("a.json", '{"statusCode": 429, "message": "Rate limit is exceeded"}', "Rate limit"),
        ("a.json", "{}", "empty"),
        ("a.json", "[]", "empty"),
        ("a.xml", "<queued><id>12</id><status>SUBMITTED</status></queued>", "12 SUBMITTED"),
        ("a.xml", "<Fault><faultstring>Too big</faultstring></Fault>", "Too big"),
    ],
)
def test_an_answer_that_is_only_a_message_is_refused_with_its_words(
    name: str, content: str, said_by_them: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(content)
    [report] = read_file(tmp_path / name, DECLARED).reports
    assert f"the answer only says “{said_by_them}" in said(report)


def test_a_message_of_structures_is_no_data(tmp_path: Path) -> None:
    head = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
    text = (
        f'<m:Structure xmlns:m="{head}/message"><m:Header><m:ID>A</m:ID><m:Test>false</m:Test>'
        "<m:Prepared>2025-10-16T09:00:00</m:Prepared></m:Header></m:Structure>"
    )
    (tmp_path / "a.xml").write_text(text)
    assert "only describes structures" in said(read_file(tmp_path / "a.xml", DECLARED).reports[0])


def test_a_message_that_breaks_the_standard_is_refused(tmp_path: Path) -> None:
    result = changed(
        tmp_path, "sdmx_generic.xml", lambda t: t.replace("<g:ObsValue", "<g:Surprise")
    )
    assert "an SDMX message as the standard has it" in said(result.reports[0])


def test_another_data_set_is_refused_by_its_name(tmp_path: Path) -> None:
    result = changed(tmp_path, "sdmx_1.csv", lambda t: t.replace("DS-045409", "NRG_BAL_S"))
    assert "the file has NRG_BAL_S; the rows are 5 other data set" in said(result.reports[0])


def test_the_same_cell_twice_a_torn_row_and_a_bad_period_are_refused(tmp_path: Path) -> None:
    def spoil(text: str) -> str:
        lines = text.splitlines()
        twice = lines[1].replace("2500000000", "1")
        odd = lines[1].replace("2023", "52.2023")
        return "\n".join([*lines, twice, lines[2].rpartition(",")[0], odd])

    [report] = changed(tmp_path, "sdmx_1.csv", spoil).reports
    rows = {p.row for p in report.problems if p.severity == "refused"}
    assert rows == {7, 8, 9}
    assert report.counts.adds_up


def dataset(change: Callable[[dict[str, Any]], None]) -> str:
    document = json.loads((SPECIMENS / "json_stat.json").read_text())
    change(document)
    return json.dumps(document)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda d: d.update(value=[1, 2, 3]), "4 values, not 3"),
        (lambda d: d.update(size=[1, 2, 1, 1, 1, 1, 3]), "as many codes in each dimension"),
        (lambda d: d.update(id=["freq"]), "do not agree"),
        (lambda d: d.update(value={}), "at least one value"),
    ],
)
def test_a_data_set_whose_shape_is_wrong_is_refused(
    change: Callable[[dict[str, Any]], None], reason: str, tmp_path: Path
) -> None:
    path = tmp_path / "data.json"
    path.write_text(dataset(change))
    assert reason in said(read_file(path, DECLARED).reports[0])


def test_a_list_of_values_and_the_older_version_are_read_alike(tmp_path: Path) -> None:
    def older(document: dict[str, Any]) -> None:
        document["dimension"] |= {"id": document.pop("id"), "size": document.pop("size")}
        document.update(value=[2.5e9, 2.6e9, 7e8, None], status=[None, "p", None, None])

    path = tmp_path / "data.json"
    path.write_text(f'{{"dataset": {dataset(older)}}}')
    result = fine(read_file(path, DECLARED))
    assert numbers(result) == EU
    assert result.reports[0].counts.recognised["empty cell"] == 1


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2024", ("A", "2024")),
        ("2024-Q3", ("Q", "2024-Q3")),
        ("2024Q3", ("Q", "2024-Q3")),
        ("2024-07", ("M", "2024-07")),
        ("2024M07", ("M", "2024-07")),
        ("2024-M07", ("M", "2024-07")),
        ("2024-13", None),
        ("202407", None),
    ],
)
def test_periods_of_data_sets(text: str, period: tuple[str, str] | None) -> None:
    assert period_of(text) == period


@pytest.mark.parametrize("text", ["ESTAT:DS-045409(1.0)", "ds-045409", "ESTAT:DS-045409"])
def test_a_data_flow_is_known_with_and_without_agency_and_version(text: str) -> None:
    assert flow_id(text) == "DS-045409"
