"""Pages that explain and list: what a release holds is there once, and every link leads on."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from playwright.sync_api import Browser, expect

from dashboard.app import create_app
from dashboard.components import fact_list
from dashboard.model import Fact
from dashboard.service import Statistics
from dashboard.settings import Settings
from data_loaders import protect

PAGES = {
    "/explore": "Explore",
    "/data": "Data",
    "/facts": "Cited facts",
    "/about": "About",
    "/method": "Method",
    "/glossary": "Glossary",
    "/releases": "Releases",
    "/accessibility": "Accessibility",
    "/privacy": "Privacy",
}
A_FACT = Fact(
    "F1", "gsp", "Votes", "EU", "2023", "561", "votes", "exact", "A paper", "", "2023-10", ""
)


def page(client: FlaskClient, address: str, status: int = 200) -> BeautifulSoup:
    """Return the page at an address."""
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return BeautifulSoup(answer.text, "lxml")


def said(tag: BeautifulSoup | Tag | None) -> str:
    """Return the words of an element that must be there."""
    assert tag is not None
    return tag.get_text(" ", strip=True)


def part(tag: BeautifulSoup | Tag, selector: str) -> Tag:
    """Return the one element of a selector."""
    (found,) = tag.select(selector)
    return found


# -- all of them --------------------------------------------------------------------------------


@pytest.mark.parametrize(("address", "title"), PAGES.items())
def test_each_page_answers_in_both_languages(client: FlaskClient, address: str, title: str) -> None:
    assert said(page(client, address).h1) == title
    urdu = page(client, f"{address}?lang=ur")
    assert urdu.h1 is not None and said(urdu.h1) != ""
    assert urdu.select("html[dir=rtl]")


@pytest.mark.parametrize("address", PAGES)
def test_a_name_that_a_page_does_not_know_is_refused(client: FlaskClient, address: str) -> None:
    answer = page(client, f"{address}?colour=red", 400)
    assert "colour: not known on this page" in said(answer.main)


def links(client: FlaskClient, address: str) -> Iterator[str]:
    """Yield the addresses of this site that a page leads to."""
    for link in page(client, address).select("main a[href]"):
        href = str(link["href"])
        if not urlsplit(href).scheme:
            yield address + href if href.startswith("#") else href


@pytest.mark.parametrize("address", PAGES)
def test_every_link_leads_to_something(client: FlaskClient, address: str) -> None:
    found = list(dict.fromkeys(links(client, address)))
    assert found
    ids: dict[str, set[str]] = {}
    for href in found:
        path, _, anchor = href.partition("#")
        if path not in ids:
            answer = client.get(path)
            assert answer.status_code == 200, path
            tree = BeautifulSoup(answer.text, "lxml") if answer.mimetype == "text/html" else None
            ids[path] = {str(tag["id"]) for tag in tree.select("[id]")} if tree else set()
        assert not anchor or anchor in ids[path], href


# -- cited facts --------------------------------------------------------------------------------


def test_every_fact_of_the_release_is_listed_once_under_its_theme(
    client: FlaskClient, statistics: Statistics
) -> None:
    tree = page(client, "/facts")
    facts = statistics.release().facts
    listed = [str(item["id"]) for item in tree.select(".facts > li")]
    assert sorted(listed) == sorted(fact.id for fact in facts)
    for theme in {fact.theme for fact in facts}:
        own = {str(item["id"]) for item in tree.select(f"#theme-{theme} .facts > li")}
        assert own == {fact.id for fact in facts if fact.theme == theme}


def test_a_fact_stands_with_figure_place_period_source_and_date(client: FlaskClient) -> None:
    words = said(part(page(client, "/facts"), "#ENR002"))
    for piece in (
        "over 94 enterprises",
        "Enterprises enrolled in Better Work Pakistan",
        "Pakistan, 2024 (page state)",
        "Better Work Pakistan country page",
        "The page gives no exact date",
    ):
        assert piece in words
    link = part(page(client, "/facts"), "#ENR002 .cite a")
    assert str(link["href"]).startswith("https://betterworksite2024")


def test_where_publications_disagree_all_figures_stand_side_by_side(
    client: FlaskClient, statistics: Statistics
) -> None:
    groups = [said(group) for group in page(client, "/facts").select(".disputes .disputed")]
    assert all(words.startswith("Publications disagree: ") for words in groups)
    together = {
        ("14 brands", "19 brands"),
        ("over 30 enterprises", "over 94 enterprises"),
        ("2 years", "4 years"),
        ("US$ 8,249 million", "US$ 8,240 million"),
    }
    for pair in together:
        assert any(all(figure in words for figure in pair) for words in groups), pair
    disputed = {f.id for f in statistics.release().facts if f.disagrees_with}
    assert all(any(name in words.split() for words in groups) for name in disputed)


def test_one_theme_of_facts_has_an_address(client: FlaskClient, statistics: Statistics) -> None:
    tree = page(client, "/facts?theme_of=gsp")
    own = {fact.id for fact in statistics.release().facts if fact.theme == "gsp"}
    assert {str(item["id"]) for item in tree.select(".facts > li")} == own
    assert said(part(tree, "#pick-theme_of option[selected]")) == "GSP+"
    assert part(tree, "#GSP014 .ids").select('a[href="/facts#EXP153"]')
    refused = page(client, "/facts?theme_of=weather", 400)
    assert "possible: programme" in said(refused.main)


def test_all_cited_facts_are_light_enough_for_a_telephone(client: FlaskClient) -> None:
    answer = client.get("/facts", headers={"Accept-Encoding": "br"})
    assert answer.headers["Content-Encoding"] == "br"
    assert len(answer.data) < 60_000


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("2022/2025-10", "2022 to October 2025"),
        ("FY2025 (2024-07/2025-06)", "FY 2024/25 (July–June)"),
        ("2024-07/2025-03 (9 months)", "July 2024 to March 2025 (9 months)"),
        ("about 2019", "about 2019"),
        (
            "undated; text written late 2022/early 2023",
            ("undated; text written late 2022/early 2023"),
        ),
    ],
)
def test_a_printed_period_is_read_or_left_as_it_is(
    statistics: Statistics, printed: str, words: str
) -> None:
    assert fact_list.period(printed, statistics.locale()) == words


@pytest.mark.parametrize(
    ("value", "unit", "qualifier", "words"),
    [
        ("17887.038", "USD million", "exact", "US$ 17,887.038 million"),
        ("2.40", "EUR billion", "about", "about € 2.40 billion"),
        ("94", "enterprises", "over", "over 94 enterprises"),
        ("2014", "year", "exact", "2014"),
        ("0", "percent", 'about ("close to zero")', "about 0%"),
        ("561", "votes", "exact", "561 votes"),
        ("significant proportion", "text", "not quantified", "“significant proportion”"),
    ],
)
def test_a_figure_keeps_its_printed_digits_and_qualifier(
    statistics: Statistics, value: str, unit: str, qualifier: str, words: str
) -> None:
    fact = replace(A_FACT, value=value, unit=unit, qualifier=qualifier)
    assert fact_list.figure(fact, statistics.locale()) == words


def test_facts_that_disagree_by_way_of_a_third_are_one_group() -> None:
    first, second, third, alone = (replace(A_FACT, id=name) for name in ("F1", "F2", "F3", "F4"))
    third = replace(third, disagrees_with=("F1", "F2"))
    found = fact_list.groups((first, alone, second, third))
    assert [[fact.id for fact in group] for group in found] == [["F1", "F2", "F3"], ["F4"]]


# -- catalogue ----------------------------------------------------------------------------------


def test_the_catalogue_holds_every_published_indicator_with_its_number_of_cells(
    client: FlaskClient, statistics: Statistics
) -> None:
    tree, release = page(client, "/data"), statistics.release()
    cells: dict[str, int] = {}
    for series, keys in release.cells.items():
        count = sum(len(periods) for periods in keys.values())
        cells[series.indicator] = cells.get(series.indicator, 0) + count
    assert {str(entry["id"]) for entry in tree.select(".holding")} == set(cells)
    for indicator, number in cells.items():
        rows = [said(row) for row in tree.select(f"#{indicator} .provenance > div")]
        assert any(row.startswith(f"Published cells {number:,}") for row in rows), indicator


def test_made_up_indicators_are_marked_in_the_catalogue_and_no_others(
    client: FlaskClient, statistics: Statistics
) -> None:
    release = statistics.release()
    made_up = {
        series.indicator
        for series, keys in release.cells.items()
        for periods in keys.values()
        for cell in periods.values()
        if any(release.sources[name].illustrative for name in cell.sources)
    }
    marked = page(client, "/data").select(".holding:has(.mark.illustrative)")
    assert made_up and {str(entry["id"]) for entry in marked} == made_up


def test_an_entry_says_dimensions_periods_and_sources_and_leads_to_its_files(
    client: FlaskClient,
) -> None:
    entry = part(page(client, "/data"), "#exports_goods")
    words = said(entry)
    for piece in (
        "US dollars, Euros",
        "Market",
        "Monthly : January 2021",
        ("State Bank of Pakistan"),
    ):
        assert piece.replace(" :", ":") in words.replace(" :", ":")
    assert [str(link["href"]) for link in entry.select(".files a")] == [
        "/charts/exports_goods.csv",
        "/charts/exports_goods.csv?rows=all",
        "/charts/exports_goods.json",
        "/charts/exports_goods.json?rows=all",
    ]


def test_without_the_sample_the_catalogue_names_official_figures_only(database: str) -> None:
    settings = Settings(database_url=database, illustrative="off")
    client = create_app(settings).test_client()
    assert not page(client, "/data").select(".mark.illustrative, #women_workers")
    for href in dict.fromkeys(links(client, "/data")):
        assert client.get(href.partition("#")[0]).status_code == 200, href
    assert "made-up sample, so that every page can be tried" not in said(
        page(client, "/about").main
    )


# -- two indicators beside each other -------------------------------------------------------------


def test_two_views_stand_beside_each_other_each_with_its_own_axes(client: FlaskClient) -> None:
    tree = page(client, "/explore?left=exports_goods%3Ffreq%3DFY&right=women_workers")
    left, right = part(tree, "figure#left-chart"), part(tree, "figure#right-chart")
    assert "FY 2022/23" in said(left.select_one("table"))
    assert not left.select(".mark.illustrative")
    assert right.select(".mark.illustrative")
    assert part(tree, "#pick-left option[selected]")["value"] == "exports_goods?freq=FY"
    assert part(tree, "#pick-right option[selected]")["value"] == "women_workers"
    assert tree.select('meta[name=robots][content="noindex"]')
    assert not page(client, "/explore").select("main .mark.illustrative")


def test_the_lists_of_indicators_are_grouped_by_theme_and_hold_what_is_published(
    client: FlaskClient, statistics: Statistics
) -> None:
    tree = page(client, "/explore")
    groups = [str(group["label"]) for group in tree.select("#pick-right optgroup")]
    assert groups == [theme.title for theme in statistics.catalogue.themes.values()]
    offered = {str(option["value"]) for option in tree.select("#pick-right option")}
    assert offered == {series.indicator for series in statistics.release().cells}


def test_a_form_without_scripts_leads_to_the_short_address_and_keeps_the_other_side(
    client: FlaskClient,
) -> None:
    sent = "/explore?left.freq=FY&left.market=_T&left=exports_goods&right=literacy&lang=ur"
    answer = client.get(sent)
    assert answer.status_code == 302
    target = urlsplit(answer.headers["Location"])
    assert target.path == "/explore"
    assert dict(parse_qsl(target.query)) == {
        "left": "exports_goods?freq=FY",
        "right": "literacy",
        "lang": "ur",
    }
    assert client.get(answer.headers["Location"]).status_code == 200


def test_clearing_one_side_keeps_the_other(client: FlaskClient) -> None:
    tree = page(
        client, "/explore?left=exports_goods%3Ffreq%3DFY&right=exports_chapter%3Funit%3Deur"
    )
    clear = urlsplit(str(part(tree, "#left-chart-apply a.clear")["href"]))
    assert dict(parse_qsl(clear.query)) == {
        "left": "exports_goods",
        "right": "exports_chapter?unit=eur",
    }


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("left=weather", 404, "there is no indicator 'weather'"),
        ("right=exports_goods%3Ffreq%3DQ", 400, "freq=Q: not known here"),
        ("left=exports_goods%3Flang%3Dur", 400, "lang belongs to the page"),
        ("middle=exports_goods", 400, "middle: not known on this page"),
    ],
)
def test_what_cannot_be_explored_is_said(
    client: FlaskClient, query: str, status: int, words: str
) -> None:
    answer = client.get(f"/explore?{query}")
    assert answer.status_code == status
    assert words in said(BeautifulSoup(answer.text, "lxml").main)


@pytest.mark.browser
def test_a_filter_of_one_side_changes_the_address_and_the_other_side_stays(
    browser: Browser, address: str
) -> None:
    shown = browser.new_page(viewport={"width": 1280, "height": 900})
    shown.goto(f"{address}/explore?right=literacy")
    shown.locator("figure#left-chart .pictures").wait_for()
    frequency = shown.locator("select[name='left.freq']")
    frequency.focus()
    shown.wait_for_selector("html[data-live]")
    market = shown.locator("select[name='left.market']")
    assert market.evaluate("list => list.selectedOptions[0].text") == "All"
    frequency.select_option("FY")
    shown.wait_for_url("**left=**")
    asked = dict(parse_qsl(urlsplit(shown.url).query))
    assert asked == {"left": "exports_goods?freq=FY", "right": "literacy"}
    expect(shown.locator("#pick-left")).to_have_value("exports_goods?freq=FY")
    expect(market).to_have_count(0)  # no single market has fiscal years
    subtitle = shown.locator("#left-chart .subtitle")
    shown.locator("select[name='left.unit']").select_option("eur")
    expect(subtitle).to_contain_text("€")
    shown.go_back()
    expect(subtitle).to_contain_text("US$")
    shown.locator(".pick .apply").click()
    shown.wait_for_load_state()
    asked = dict(parse_qsl(urlsplit(shown.url).query))
    assert asked == {"left": "exports_goods?freq=FY", "right": "literacy"}
    shown.close()


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "ur"])
def test_no_content_page_scrolls_sideways_on_a_small_telephone(
    browser: Browser, address: str, language: str
) -> None:
    shown = browser.new_page(viewport={"width": 320, "height": 640})
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    for path in PAGES:
        shown.goto(f"{address}{path}?lang={language}")
        assert not shown.evaluate(wide), path
    shown.close()


# -- words ----------------------------------------------------------------------------------------


def test_each_term_of_the_glossary_has_an_anchor_and_a_meaning(
    client: FlaskClient, statistics: Statistics
) -> None:
    entries, tree = statistics.catalogue.glossary, page(client, "/glossary")
    assert len(entries) >= 40
    assert {str(tag["id"]) for tag in tree.select(".glossary > div")} == set(entries)
    for entry in entries.values():
        words = said(part(tree, f"#{entry.id}"))
        assert words.startswith(entry.term)
        assert " ".join(entry.definition.split()) in words
    terms = [said(term) for term in tree.select(".glossary dt")]
    assert terms == sorted(terms, key=str.casefold)


def test_the_page_on_the_programme_takes_its_numbers_from_the_release(
    client: FlaskClient, statistics: Statistics
) -> None:
    programme = said(part(page(client, "/about"), "#programme"))
    facts = {fact.id: fact for fact in statistics.release().facts}
    for name in ("ENR003", "CMP001", "PRG009", "TRN001"):
        assert fact_list.figure(facts[name], statistics.locale()) in programme
        assert facts[name].source_title in programme
    assert "No non-compliance rate of Pakistan has been published" in said(
        part(page(client, "/about"), "#known")
    )


def test_the_contact_of_the_installation_stands_where_errors_are_reported(
    database: str, client: FlaskClient
) -> None:
    for address in ("/about", "/accessibility", "/privacy"):
        assert "has not set a contact" in said(part(page(client, address), "#report"))
    settings = Settings(database_url=database, contact="figures@ministry.example")
    named = create_app(settings).test_client()
    for address in ("/about", "/accessibility", "/privacy"):
        link = part(page(named, address), "#report a[href^=mailto]")
        assert link["href"] == "mailto:figures@ministry.example"


def test_the_method_names_the_thresholds_that_protection_uses(client: FlaskClient) -> None:
    words = said(part(page(client, "/method"), "#protection"))
    assert f"fewer than {protect.MIN_GROUPS} owner groups" in words
    factories, groups = protect.MIN_RATE_FACTORIES, protect.MIN_GROUPS
    assert f"fewer than {factories} factories or {groups} owner groups" in words


def test_the_public_site_sets_no_cookie_as_its_statement_says(client: FlaskClient) -> None:
    for address in ("/", *PAGES):
        assert "Set-Cookie" not in client.get(address).headers
