"""Every form of a view carries the same numbers, the same marks and the same words for gaps."""

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from dashboard import catalogue
from dashboard.model import PUBLIC, TOTAL, Cell, View
from dashboard.outlets import data, discover
from dashboard.service import Statistics

CATALOGUE = catalogue.load(Path(__file__).parents[1] / "config")
FORMS = ("csv", "json", "figure.json", "svg", "txt")
FILES = ("png", "pdf", "xlsx", "pptx")
"""Forms that are not text."""
HIDDEN = "noncompliance_cluster?split=city&cluster=osh"
VIEWS = (
    *("exports_goods", "exports_goods?freq=FY&unit=eur", HIDDEN, "women_by_role"),
    *("enterprises_enrolled?split=city", "enrolment_milestones", "gsp_conventions"),
    *("minimum_wage", "exports_chapter?from=2020", "noncompliance_cycle?panel=same"),
)


def address(view: str, form: str) -> str:
    """Return the address of a form of a view."""
    name, mark, query = view.partition("?")
    return f"/charts/{name}.{form}{mark}{query}"


def read_json(client: FlaskClient, view: str, form: str = "json") -> dict[str, Any]:
    """Return a form of a view that is JSON."""
    return content(client.get(address(view, form)))


def content(answer: TestResponse) -> dict[str, Any]:
    """Return what an answer in JSON holds."""
    found = answer.json
    assert isinstance(found, dict)
    return found


def read_csv(client: FlaskClient, view: str) -> list[dict[str, str]]:
    """Return the rows of a view's CSV file."""
    answer = client.get(address(view, "csv"))
    assert answer.status_code == 200, (view, answer.text)
    assert "\r\n" in answer.text
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8"), newline="")))


def number(text: str) -> float | None:
    """Return the number of a CSV field, None for none."""
    return float(text) if text else None


# -- the same numbers ---------------------------------------------------------------------------


def test_files_of_every_indicator_hold_the_cells_of_its_view_and_nothing_else(
    client: FlaskClient, statistics: Statistics
) -> None:
    for name in CATALOGUE.indicators:
        points = statistics.slice(View(name), PUBLIC).points
        wanted = [(p.time_period, p.cell.value, p.cell.n, p.cell.status) for p in points]
        listed = read_json(client, name)["rows"]
        assert [(r["time_period"], r["value"], r["n"], r["status"]) for r in listed] == wanted, name
        table = [
            (row["time_period"], number(row["value"]), number(row["n"]), row["status"])
            for row in read_csv(client, name)
        ]
        assert table == wanted, name
        assert len(read_json(client, name, "figure.json")["table"]["rows"]) == len(wanted), name


@pytest.mark.parametrize("view", VIEWS)
def test_csv_and_json_agree_field_by_field(client: FlaskClient, view: str) -> None:
    listed = read_json(client, view)["rows"]
    rows = read_csv(client, view)
    assert rows
    for said, row in zip(listed, rows, strict=True):
        assert list(said) == list(row)
        for name, value in said.items():
            same = number(row[name]) == value if name in ("value", "n") else row[name] == value
            assert same, (name, value, row[name])


@pytest.mark.parametrize("view", ["exports_goods", "exports_goods?freq=FY&unit=eur"])
def test_the_drawn_line_runs_through_the_numbers_of_the_file(
    client: FlaskClient, view: str
) -> None:
    drawn = read_json(client, view, "figure.json")["figure"]
    (line,) = (trace["y"] for trace in drawn["data"] if trace["mode"] == "lines")
    filed = [number(row["value"]) for row in read_csv(client, view)]
    assert line == pytest.approx([v if v is None else v / 1e9 for v in filed], abs=1e-5)


@pytest.mark.parametrize("view", VIEWS)
def test_picture_text_and_figure_say_the_same_of_a_view(client: FlaskClient, view: str) -> None:
    figure = read_json(client, view, "figure.json")
    text = client.get(address(view, "txt")).text.splitlines()
    picture: Element = fromstring(client.get(address(view, "svg")).text)
    assert text[0] == figure["title"]
    assert [line for line in text[2:] if line != "Illustrative"] == figure["summary"]
    assert picture.find("{http://www.w3.org/2000/svg}title") is not None
    drawn = re.sub(r"\s+", "", "".join(picture.itertext()))
    assert re.sub(r"\s+", "", figure["title"]) in drawn
    assert read_json(client, view)["release"]["id"] == figure["release"]
    assert figure["release"] in drawn


def test_the_last_number_of_a_series_stands_in_every_form(client: FlaskClient) -> None:
    last = read_csv(client, "exports_goods")[-1]
    words = f"US$ {float(last['value']) / 1e9:.1f} billion"
    assert read_json(client, "exports_goods")["rows"][-1]["value"] == float(last["value"])
    figure = read_json(client, "exports_goods", "figure.json")
    for said in (
        client.get("/charts/exports_goods.txt").text,
        " ".join(figure["table"]["rows"][-1]),
        " ".join(figure["summary"]),
        client.get("/charts/exports_goods").text,
    ):
        assert words in said.replace("\xa0", " ").replace("&nbsp;", " "), words


# -- what files are -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", CATALOGUE.indicators)
def test_columns_are_those_that_programs_rely_on(client: FlaskClient, name: str) -> None:
    indicator = CATALOGUE.indicators[name]
    panels = ("panel",) if len(indicator.panels) > 1 else ()
    columns = (
        *("indicator", "time_period", *indicator.dimensions, *panels),
        *("value", "unit", "n", "status", "flags", "source", "release"),
    )
    rows = read_csv(client, name)
    assert rows
    assert all(tuple(row) == columns for row in rows)
    for row in rows:
        assert row["indicator"] == name
        for dimension in indicator.dimensions:
            assert row[dimension] in (*CATALOGUE.codelists[dimension].codes, TOTAL)


@pytest.mark.parametrize("name", ["exports_goods", "noncompliance_cycle", "women_by_role"])
def test_all_rows_are_every_published_cell_of_the_indicator(
    client: FlaskClient, statistics: Statistics, name: str
) -> None:
    cells = statistics.release().cells
    there = sum(
        len(periods)
        for series, keys in cells.items()
        if series.indicator == name
        for periods in keys.values()
    )
    rows = read_csv(client, f"{name}?rows=all")
    assert len(rows) == there > len(read_csv(client, name))
    assert len({tuple(row.values()) for row in rows}) == there
    assert len(read_json(client, f"{name}?rows=all")["rows"]) == there
    assert {row["indicator"] for row in rows} == {name}


def test_a_source_is_named_once_in_a_row(client: FlaskClient) -> None:
    for name in CATALOGUE.indicators:
        for row in read_csv(client, f"{name}?rows=all"):
            sources = row["source"].split("; ")
            assert len(sources) == len(set(sources)) and sources[0], (name, row)


def test_json_says_what_the_numbers_mean_and_where_they_are_from(client: FlaskClient) -> None:
    found = read_json(client, "exports_goods?freq=FY")
    assert found["view"] == {"indicator": "exports_goods", "query": "freq=FY"}
    for name in ("title", "measure", "definition", "unit", "direction"):
        assert found[name]
    assert found["sources"][0]["publisher"]
    assert found["sources"][0]["url"].startswith("https://")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", found["release"]["cut_off"])


@given(st.text(min_size=1))
def test_no_text_of_a_file_starts_a_formula(text: str) -> None:
    found = data.inert(text)
    assert isinstance(found, str)
    assert not found.startswith(data.FORMULA)
    assert found.removeprefix("'") == text.removeprefix("'")


@pytest.mark.parametrize("opening", list(data.FORMULA))
def test_a_text_that_would_be_a_formula_is_shown_as_text(opening: str) -> None:
    row = {"indicator": f"{opening}cmd|' /C calc'!A0", "value": -1.5}
    found = data.Rows((), ({name: row.get(name, "") for name in data.Rows((), ()).columns},))
    (written,) = csv.DictReader(io.StringIO(data.written(found), newline=""))
    assert written["indicator"].startswith(f"'{opening}")
    assert written["value"] == "-1.5"


def test_no_cell_of_a_shipped_file_starts_a_formula(client: FlaskClient) -> None:
    for name in CATALOGUE.indicators:
        for row in read_csv(client, name):
            texts = [text for column, text in row.items() if column not in ("value", "n")]
            assert not any(text.startswith(data.FORMULA) for text in texts), row
            assert not row["value"] or re.fullmatch(r"-?\d+(\.\d+)?", row["value"]), row


# -- gaps and marks -----------------------------------------------------------------------------


def test_a_hidden_number_is_in_no_form(client: FlaskClient) -> None:
    rows = read_csv(client, HIDDEN)
    hidden = [row for row in rows if row["status"] == "c"]
    assert 0 < len(hidden) < len(rows)
    assert {(row["value"], row["n"]) for row in hidden} == {("", "")}
    listed = [row for row in read_json(client, HIDDEN)["rows"] if row["status"] == "c"]
    assert {(row["value"], row["n"]) for row in listed} == {(None, None)}
    figure = read_json(client, HIDDEN, "figure.json")
    words = "not shown to protect confidentiality"
    said = [row for row in figure["table"]["rows"] if words in row]
    assert len(said) == len(hidden)
    assert not any(re.search(r"\d+%", field) for row in said for field in row)
    assert words in client.get(address(HIDDEN, "txt")).text
    assert all(field for row in figure["table"]["rows"] for field in row)


def test_a_number_has_a_status_exactly_if_it_is_shown(client: FlaskClient) -> None:
    for name in CATALOGUE.indicators:
        for row in read_csv(client, f"{name}?rows=all"):
            assert row["status"] in ("A", "c", "x", "z", "u"), row
            assert (row["value"] == "") == (row["status"] in ("c", "x", "z")), row


def made_up(client: FlaskClient) -> Iterator[tuple[str, bool]]:
    """Yield each indicator with whether its numbers are made up."""
    for name in CATALOGUE.indicators:
        yield name, bool(read_json(client, name)["illustrative"])


def test_made_up_numbers_are_marked_in_every_form_and_real_ones_in_none(
    client: FlaskClient,
) -> None:
    found = dict(made_up(client))
    assert set(found.values()) == {True, False}
    for name, illustrative in found.items():
        answers = {form: client.get(address(name, form)) for form in FORMS}
        page = client.get(f"/charts/{name}").text
        rows = read_csv(client, name)
        assert {("illustrative" in row["flags"].split()) for row in rows} == {illustrative}, name
        assert {
            "illustrative" in row["flags"].split() for row in content(answers["json"])["rows"]
        } == {illustrative}
        assert content(answers["figure.json"])["illustrative"] is illustrative
        assert ("Illustrative" in answers["txt"].text.splitlines()) is illustrative
        drawn = " ".join(fromstring(answers["svg"].text).itertext())
        assert ("Illustrative data" in drawn) is illustrative, name
        assert ('class="mark illustrative"' in page) is illustrative, name
        for form, answer in answers.items():
            marked = answer.headers.get("X-Robots-Tag") == "noindex"
            assert marked is illustrative, (name, form)
        assert ('name="robots" content="noindex"' in page) is illustrative, name


# -- refusals, tags -----------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("market=mars", "market=mars: not a code; possible: "),
        ("weather=wet", "exports_goods has no such dimension; possible: market"),
        ("freq=W", "freq=W: not known here; possible: M"),
        ("unit=stone", "unit=stone: not known here; possible: usd"),
        ("chart=pie", "chart=pie: not known here; possible: line"),
        ("from=2024-13", "needs a period like 2024-07"),
        ("from=2025-01&to=2024-01", "the first period is after the last"),
        ("lang=xx", "lang=xx: not known here; possible: en"),
        ("split=market,market2", "has no such dimension"),
        ("freq=M&freq=FY", "a name is written twice"),
        ("theme=pink", "theme=pink: not known here; possible: light, dark"),
        ("market=" + "x" * 5000, "not a code"),
        ("market=%00%ff", "not a code"),
    ],
)
def test_what_is_malformed_is_refused_with_what_is_possible(
    client: FlaskClient, form: str, query: str, says: str
) -> None:
    answer = client.get(f"/charts/exports_goods.{form}?{query}")
    assert answer.status_code == 400, answer.text[:200]
    assert answer.mimetype == "application/json"
    assert says in content(answer)["message"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["nothing", "Exports_goods", "exports_goods%00", "'; DROP TABLE"])
def test_an_unknown_indicator_is_not_found_and_the_list_is_named(
    client: FlaskClient, form: str, name: str
) -> None:
    answer = client.get(f"/charts/{name}.{form}")
    assert answer.status_code == 404
    assert content(answer)["message"].endswith("the list is at /data")


@pytest.mark.parametrize(
    ("form", "query", "possible"),
    [
        ("csv", "rows=some", "all"),
        ("json", "rows=", "all"),
        ("svg", "form=huge", "web, phone, slide"),
        ("figure.json", "form=huge", "web|phone|slide"),
        ("figure.json", "scheme=pink", "light|dark"),
        ("figure.json", "place=../x", "[a-z]+"),
        ("txt", "rows=all", "market"),
    ],
)
def test_an_option_of_a_form_that_is_unknown_is_refused(
    client: FlaskClient, form: str, query: str, possible: str
) -> None:
    answer = client.get(f"/charts/exports_goods.{form}?{query}")
    assert answer.status_code == 400
    assert possible in content(answer)["message"]


@pytest.mark.parametrize("form", ["gif", "xls", "sdmx", "CSV"])
def test_a_form_that_does_not_exist_is_not_found(client: FlaskClient, form: str) -> None:
    assert client.get(f"/charts/exports_goods.{form}").status_code == 404


@pytest.mark.parametrize("form", [*FORMS, *FILES])
def test_every_form_has_a_tag_and_is_sent_once(client: FlaskClient, form: str) -> None:
    where = address("women_by_role?lang=ur", form)
    first = client.get(where)
    assert first.headers["Cache-Control"] == "public, max-age=60"
    again = client.get(where, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    other = client.get(
        address("women_by_role", form), headers={"If-None-Match": first.headers["ETag"]}
    )
    assert other.status_code == (304 if form == "csv" else 200)


def test_forms_are_found_by_their_file_and_each_has_routes() -> None:
    names = {module.__name__.rpartition(".")[2] for module in discover()}
    assert {"data", "figure_json", "picture", "text", "health"} <= names
    assert "asking" not in names


def test_a_whole_number_is_written_without_a_point() -> None:
    assert json.dumps(data.inert(Cell(55.0).value)) == "55"
    assert data.inert(0.5) == 0.5
    assert data.inert(None) is None
