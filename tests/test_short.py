"""A short link is a view: nothing is stored, nothing is lost, and no wrong letter finds another."""

import json
import re
import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dashboard import catalogue, charts, query, short
from dashboard.i18n.bidi import MARKS
from dashboard.model import TOTAL, BadView, View
from dashboard.service import Statistics
from dashboard.short import fields
from dashboard.short.numbers import LETTERS
from scripts.short_words import grown, used

ROOT = Path(__file__).parents[1]
SHIPPED = catalogue.load(ROOT / "config")

GIVEN_OUT = {
    "1r9": "exports_goods?",
    "15rhacypnytr89": "exports_goods?freq=FY&from=FY2019&lang=ur&release=2026.2",
    "15rh8v32bz337dvy8": "noncompliance_cluster?split=cluster&city=karachi,lahore&release=2026.2",
    "12ewh0x00jq4hnad900": "new_thing_here?",
}
"""Links that were printed once: these lines stay as they are, whatever is changed in the code."""

word = st.from_regex(r"[a-z][a-z0-9_]{0,12}", fullmatch=True)
code = st.one_of(word, st.sampled_from(fields.WORDS["code"]))
codes = st.lists(code, min_size=1, max_size=5, unique=True).map(tuple)
dimension = st.one_of(word, st.sampled_from(fields.WORDS["dimension"][1:])).filter(
    lambda name: (
        name not in ("split", "freq", "from", "to", "unit", "panel", "chart")
        and name not in ("lang", "release", "theme")
    )
)
period = st.one_of(
    st.sampled_from(["", "2024", "2024-Q3", "C2", "1847", "9999-12"]),
    st.dates().map(lambda day: day.isoformat()),
    st.dates().map(lambda day: f"{day.year:04d}-{day.month:02d}"),
    st.integers(1000, 9999).map(lambda year: f"FY{year}"),
    st.text(st.characters(codec="utf-8"), max_size=8),
)
anything = st.builds(
    View,
    indicator=st.one_of(st.sampled_from(sorted(SHIPPED.indicators)), word),
    split=st.one_of(st.just(()), st.lists(dimension, max_size=2, unique=True).map(tuple)),
    filters=st.dictionaries(dimension, codes, max_size=3).map(lambda d: tuple(sorted(d.items()))),
    freq=st.sampled_from(["", *query.PERIOD]),
    start=period,
    end=period,
    unit=st.one_of(st.just(""), word),
    panel=st.sampled_from(["", "all", "same"]),
    chart=st.sampled_from(["", *charts.KINDS, "ribbon"]),
    lang=st.sampled_from(["", "ur", "ar", "bn", "sd"]),
    release=st.sampled_from(["", "2026.2", "2026.2.1", "2031.14.20", "2026.02", "1000.400.3"]),
    theme=st.sampled_from(["", "dark", "pink"]),
)


@settings(max_examples=400, deadline=None)
@given(anything)
def test_a_view_survives_the_way_through_its_code(view: View) -> None:
    found = short.code_of(view)
    assert set(found) <= set(LETTERS)
    assert short.view_of(found) == view


@st.composite
def sensible(draw: st.DrawFn) -> View:
    """Return views of what ships, as a reader can choose them."""
    one = SHIPPED.indicators[draw(st.sampled_from(sorted(SHIPPED.indicators)))]
    pairs = {
        "freq": draw(st.sampled_from(["", *one.freq])),
        "unit": draw(st.sampled_from(["", *one.units])),
        "panel": draw(st.sampled_from(["", *one.panels])),
        "chart": draw(st.sampled_from(["", *charts.KINDS])),
        "lang": draw(st.sampled_from(["", "en", "ur", "ar", "bn"])),
        "theme": draw(st.sampled_from(["", *query.THEMES])),
        "release": draw(st.sampled_from(["", "2026.1", "2027.3.1"])),
        "split": draw(st.sampled_from(["", TOTAL, *one.dimensions])),
    }
    for name in draw(st.sets(st.sampled_from(one.dimensions or ("",)), max_size=2)) - {""}:
        known = st.sampled_from([TOTAL, *SHIPPED.codelists[name].codes])
        pairs[name] = ",".join(draw(st.lists(known, min_size=1, max_size=6, unique=True)))
    return View.from_pairs(one.id, pairs)


@settings(max_examples=300, deadline=None)
@given(sensible())
def test_the_code_of_a_view_that_ships_is_shorter_than_its_address(view: View) -> None:
    try:
        shortest = query.resolve(SHIPPED, view, charts.KINDS).view
    except BadView:
        assume(False)
    found = short.code_of(shortest)
    assert short.view_of(found) == shortest
    assert len(f"/v/{found}") < len(f"/charts/{shortest.indicator}?{shortest.to_query()}")


def test_every_indicator_has_a_code_of_four_letters() -> None:
    found = {name: short.code_of(View(name)) for name in SHIPPED.indicators}
    assert len(set(found.values())) == len(found)
    assert max(len(code) for code in found.values()) <= 4


@pytest.mark.parametrize(("code", "view"), GIVEN_OUT.items())
def test_a_link_that_was_given_out_is_read_for_ever(code: str, view: str) -> None:
    found = short.view_of(code)
    assert f"{found.indicator}?{found.to_query()}" == view
    assert short.code_of(found) == code


@settings(max_examples=60, deadline=None)
@given(anything, st.data())
def test_one_wrong_letter_or_two_changed_ones_are_noticed(view: View, data: st.DataObject) -> None:
    good = short.code_of(view)
    at = data.draw(st.integers(1, len(good) - 1))
    letter = data.draw(st.sampled_from(LETTERS))
    wrong = [good[:at] + letter + good[at + 1 :]]
    if at > 1:
        wrong.append(good[: at - 1] + good[at] + good[at - 1] + good[at + 1 :])
    for bad in wrong:
        if bad != good:
            with pytest.raises(short.BadCode, match="not whole or a letter of it is wrong"):
                short.view_of(bad)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=40), st.text(LETTERS, max_size=80).map(lambda t: "1" + t)))
def test_any_other_text_is_refused_or_is_the_only_code_of_its_view(text: str) -> None:
    try:
        view = short.view_of(text)
    except short.BadCode:
        return
    again = short.code_of(view)
    assert again == text.lower().translate(short.ALIKE) or len(again) < len(text)


def test_a_code_may_be_written_in_capitals_and_with_letters_that_look_alike() -> None:
    view = View("exports_goods", start="FY2010", freq="FY")
    found = short.code_of(view)
    assert short.view_of(found.upper().replace("0", "O").replace("1", "I")) == view
    assert short.view_of(found.replace("1", "l")) == view


# -- config may grow and change its order -------------------------------------------------------


def test_a_code_does_not_depend_on_what_config_holds(tmp_path: Path) -> None:
    config = tmp_path / "config"
    shutil.copytree(ROOT / "config", config)
    first = config / "indicators" / "exports_goods.yaml"
    (config / "indicators" / "aaa_first.yaml").write_bytes(first.read_bytes())
    cities = config / "codelists" / "city.yaml"
    lines = cities.read_text(encoding="utf-8").splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("codes:")) + 1
    lines[at:] = ["  abbottabad: {label: Abbottabad}", *reversed(lines[at:])]
    cities.write_text("\n".join(lines) + "\n", encoding="utf-8")
    old = {kind: list(words) for kind, words in fields.WORDS.items()}
    new = grown(old, used(config))
    assert {kind: words[: len(old[kind])] for kind, words in new.items()} == old
    assert new["indicator"][-1] == "aaa_first"
    assert new["code"][-1] == "abbottabad"


def test_a_link_from_before_a_word_had_a_number_stays_good(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    view = View.from_query("exports_goods", "freq=FY&unit=eur")
    today = short.code_of(view)
    fewer = {kind: dict(words) for kind, words in fields.NUMBERS.items()}
    del fewer["indicator"]["exports_goods"]
    monkeypatch.setattr(fields, "NUMBERS", fewer)
    before = short.code_of(view)
    monkeypatch.undo()
    assert len(before) > len(today)
    assert short.view_of(before) == short.view_of(today) == view


def test_every_name_that_ships_has_a_number() -> None:
    missing = {
        kind: sorted(set(words) - set(fields.NUMBERS[kind]))
        for kind, words in used(ROOT / "config").items()
    }
    wanted = "python scripts/short_words.py gives them one"
    assert {kind: words for kind, words in missing.items() if words} == {}, wanted


def test_no_word_is_there_twice_and_all_of_them_have_room() -> None:
    for kind, words in fields.WORDS.items():
        assert len(set(words)) == len(words) < fields.SIZES[kind], kind


def test_the_file_of_words_is_as_the_script_writes_it() -> None:
    path = ROOT / "dashboard" / "short" / "words.json"
    read = json.loads(path.read_text(encoding="utf-8"))
    assert path.read_text(encoding="utf-8") == json.dumps(read, indent=1) + "\n"


# -- on the site --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(SHIPPED.indicators))
def test_the_short_link_of_every_indicator_leads_to_its_page(
    client: FlaskClient, statistics: Statistics, name: str
) -> None:
    answer = client.get(short.address_of(View(name, lang="ur")))
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/charts/{name}?lang=ur"
    assert answer.headers["Cache-Control"] == "public, max-age=60"


def test_a_short_link_leads_to_the_address_that_the_site_itself_uses(client: FlaskClient) -> None:
    long = View.from_query("exports_by_chapter", "freq=A&split=product&theme=dark&release=2026.1")
    found = client.get(short.address_of(long))
    page = client.get(found.headers["Location"])
    assert found.headers["Location"].startswith("/charts/exports_chapter?")
    assert page.status_code == 200
    assert 'data-theme="dark"' in page.text


@pytest.mark.parametrize("code", ["1", "2r9", "1r8", "nonsense", "1" + "z" * 3000])
def test_a_wrong_short_link_gets_a_page_that_helps(client: FlaskClient, code: str) -> None:
    answer = client.get(f"/v/{code}")
    assert answer.status_code == 404
    assert answer.mimetype == "text/html"
    assert "a letter of it is wrong" in answer.text
    assert 'href="/data"' in answer.text


def test_a_short_link_says_all_of_a_view(client: FlaskClient) -> None:
    answer = client.get("/v/1r9?lang=ur")
    assert answer.status_code == 400
    assert "a short link says all of a view" in answer.text


def test_a_view_that_is_gone_is_explained_by_its_own_page(client: FlaskClient) -> None:
    for view, status in [
        (View("nowhere_now"), 404),
        (View("exports_goods", release="2031.1"), 404),
        (View("exports_goods", chart="ribbon"), 400),
    ]:
        answer = client.get(short.address_of(view), follow_redirects=True)
        assert (answer.status_code, answer.mimetype) == (status, "text/html")
        assert answer.request.path == f"/charts/{view.indicator}"


@pytest.mark.parametrize("form", ["svg", "svg?form=slide", "svg?lang=ur&form=phone"])
def test_a_picture_prints_a_link_to_its_very_view_and_release(
    client: FlaskClient, form: str
) -> None:
    ending, _, options = form.partition("?")
    asked = f"split=cluster&chart=bars&{options}".rstrip("&")
    picture = MARKS.sub("", client.get(f"/charts/noncompliance_cluster.{ending}?{asked}").text)
    found = re.search(r"/v/([0-9a-z]+)<", picture)
    assert found
    assert "/charts/" not in picture
    shown = short.view_of(found[1])
    page = client.get("/charts/noncompliance_cluster.figure.json").json
    assert page is not None
    assert (shown.indicator, shown.chart) == ("noncompliance_cluster", "bars")
    assert shown.lang == ("ur" if "lang" in form else "")
    assert shown.release == page["release"]
