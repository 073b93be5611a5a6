"""Every route of the partners' site and every kind of visitor: as written here, and no more.

A route that is not in this table fails the test: whoever adds one writes down for whom it is.
"""

import types
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from flask import Flask
from partner_site import HOST, Partners, Reader, partners

from dashboard import pages
from dashboard.access import MEMBERS, Gate, only
from dashboard.app import create_app
from dashboard.pages import Content
from dashboard.people import ROLES
from dashboard.service import Statistics
from dashboard.settings import Settings

IN, OUT, NO = "in", "sign in", "forbidden"
"""Let in; asked to sign in (401); known, but not for this role (403)."""

COLUMNS = ("stranger", *ROLES)
ANYBODY = (IN, IN, IN, IN, IN)
SIGNED_IN = (OUT, IN, IN, IN, IN)
SUPPLIERS = (OUT, IN, NO, IN, IN)

MATRIX: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("GET", "/healthz"): ANYBODY,
    ("GET", "/readyz"): ANYBODY,
    ("GET", "/sign-in"): ANYBODY,
    ("POST", "/sign-in"): ANYBODY,
    ("GET", "/sign-in/back"): ANYBODY,
    ("GET", "/sign-in/code"): ANYBODY,
    ("POST", "/sign-in/code"): ANYBODY,
    ("GET", "/sign-in/enrol"): ANYBODY,
    ("POST", "/sign-in/enrol"): ANYBODY,
    ("GET", "/sign-in/provider"): ANYBODY,
    ("POST", "/sign-out"): ANYBODY,
    ("GET", "/welcome/<token>"): ANYBODY,
    ("POST", "/welcome/<token>"): ANYBODY,
    ("GET", "/account"): SIGNED_IN,
    ("POST", "/account/password"): SIGNED_IN,
    ("POST", "/account/recovery"): SIGNED_IN,
    ("POST", "/account/sessions"): SIGNED_IN,
    ("GET", "/"): SIGNED_IN,
    ("GET", "/<theme>"): SIGNED_IN,
    ("GET", "/about"): SIGNED_IN,
    ("GET", "/accessibility"): SIGNED_IN,
    ("GET", "/data"): SIGNED_IN,
    ("GET", "/explore"): SIGNED_IN,
    ("GET", "/facts"): SIGNED_IN,
    ("GET", "/glossary"): SIGNED_IN,
    ("GET", "/method"): SIGNED_IN,
    ("GET", "/privacy"): SIGNED_IN,
    ("GET", "/releases"): SIGNED_IN,
    ("GET", "/releases.csv"): SIGNED_IN,
    ("GET", "/releases.json"): SIGNED_IN,
    ("GET", "/releases/<release:name>.csv"): SIGNED_IN,
    ("GET", "/releases/<release:name>.json"): SIGNED_IN,
    ("GET", "/releases/<release:release>"): SIGNED_IN,
    ("GET", "/charts/<name:indicator>"): SIGNED_IN,
    ("GET", "/charts/<name:indicator>.csv"): SIGNED_IN,
    ("GET", "/charts/<name:indicator>.figure.json"): SIGNED_IN,
    ("GET", "/charts/<name:indicator>.json"): SIGNED_IN,
    ("GET", "/charts/<name:indicator>.pdf"): SIGNED_IN,
    ("GET", "/charts/<name:indicator>.png"): SIGNED_IN,
    ("GET", "/charts/<name:indicator>.pptx"): SIGNED_IN,
    ("GET", "/charts/<name:indicator>.svg"): SIGNED_IN,
    ("GET", "/charts/<name:indicator>.txt"): SIGNED_IN,
    ("GET", "/charts/<name:indicator>.xlsx"): SIGNED_IN,
    ("GET", "/briefing"): SIGNED_IN,
    ("GET", "/briefing.pdf"): SIGNED_IN,
    ("GET", "/briefing.pptx"): SIGNED_IN,
    ("GET", "/briefing.xlsx"): SIGNED_IN,
    ("GET", "/charts/<name:indicator>.bib"): SIGNED_IN,
    ("GET", "/charts/<name:indicator>.cite.txt"): SIGNED_IN,
    ("GET", "/charts/<name:indicator>.notice.json"): SIGNED_IN,
    ("GET", "/charts/<name:indicator>.ris"): SIGNED_IN,
    ("GET", "/charts/<name:indicator>.share"): SIGNED_IN,
    ("GET", "/charts/<name:indicator>.zip"): SIGNED_IN,
    ("GET", "/charts/<name:indicator>/share"): SIGNED_IN,
    ("GET", "/data.zip"): SIGNED_IN,
    ("GET", "/embed.js"): SIGNED_IN,
    ("GET", "/embed/<name:indicator>"): SIGNED_IN,
    ("GET", "/oembed"): SIGNED_IN,
    ("GET", "/releases/<release:name>/sources.csv"): SIGNED_IN,
    ("GET", "/releases/<release:name>/sources.json"): SIGNED_IN,
    ("GET", "/releases/<release:release>/sources"): SIGNED_IN,
    ("GET", "/v/<code>"): SIGNED_IN,
    ("GET", "/suppliers"): SUPPLIERS,
    ("GET", "/suppliers.xlsx"): SUPPLIERS,
    ("GET", "/suppliers/<factory>"): SUPPLIERS,
    ("GET", "/_dash-dependencies"): SIGNED_IN,
    ("GET", "/_dash-layout"): SIGNED_IN,
    ("POST", "/_dash-update-component"): SIGNED_IN,
}

OF_NAMES = {
    "<theme>": "exports",
    "<name:indicator>": "exports_goods",
    "<release:name>": "2026.1",
    "<release:release>": "2026.1",
    "<token>": "nothing",
    "<code>": "nothing",
    "<factory>": "nothing",
}


@pytest.fixture(scope="module")
def house(
    tmp_path_factory: pytest.TempPathFactory, database: str, built: Path
) -> Iterator[Partners]:
    """A partners' site with an account of each role."""
    made = partners(tmp_path_factory.mktemp("house"), database, built)
    yield made
    made.accounts.engine.dispose()


def routes(site: Flask) -> set[tuple[str, str]]:
    """Return (method, rule) of everything that a site answers."""
    return {
        (method, rule.rule)
        for rule in site.url_map.iter_rules()
        for method in rule.methods or ()
        if method not in ("HEAD", "OPTIONS")
    }


def met(reader: Reader, method: str, rule: str) -> str:
    """Return how a visitor is met at a route."""
    path = rule
    for name, value in OF_NAMES.items():
        path = path.replace(name, value)
    headers = {"Origin": HOST}
    if method == "GET":
        answer = reader.client.get(path)
    elif path.startswith("/_dash"):
        answer = reader.client.post(path, json={}, headers=headers)
    else:
        answer = reader.send(path)
    said = {401: OUT, 403: NO}.get(answer.status_code, IN)
    by_policy = said != OUT or "/sign-in" not in rule
    return said if by_policy else IN


def test_every_route_is_written_down(house: Partners) -> None:
    assert routes(house.site) == set(MATRIX)


@pytest.mark.parametrize("column", range(len(COLUMNS)), ids=COLUMNS)
def test_everybody_is_met_as_it_is_written(house: Partners, column: int) -> None:
    role = COLUMNS[column]
    found = {}
    for method, rule in MATRIX:
        ends = rule in ("/sign-out", "/account/sessions")
        reader = house.browser() if role == "stranger" else signed_in(house, role, again=ends)
        if (method, rule) == ("POST", "/account/password") and role != "stranger":
            found[method, rule] = (
                IN if reader.send(rule, new="a", again="b").status_code == 400 else NO
            )
            continue
        found[method, rule] = met(reader, method, rule)
    assert found == {route: row[column] for route, row in MATRIX.items()}


READERS: dict[str, Reader] = {}


def signed_in(house: Partners, role: str, *, again: bool) -> Reader:
    """Return a browser of a role; the same one, unless the route may end its session."""
    known = next(one for one in ROLES if one == role)
    if again:
        return house.signed_in(known)
    if role not in READERS:
        READERS[role] = house.signed_in(known)
    return READERS[role]


def page_of(text: str) -> types.SimpleNamespace:
    """Return a page module for staff and administrators only."""

    def lay_out(statistics: Statistics, reading: object) -> Content:
        return Content(text, text, [text])

    return types.SimpleNamespace(PATH="/inside", POLICY=only("staff", "admin"), lay_out=lay_out)


def test_a_page_of_some_roles_is_shown_to_them_and_to_nobody_by_another_way(
    tmp_path: Path, database: str, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = dict(pages.discover())
    inside = page_of("For staff only")
    monkeypatch.setattr(pages, "discover", lambda: {**found, "inside": inside})
    house = partners(tmp_path, database, built)
    public = create_app(Settings(database_url=database), built=built).test_client()
    for address in ("/inside", "/_dash-layout?at=/inside"):
        said = {
            role: reader.get(address).status_code
            for role, reader in (
                ("stranger", house.browser()),
                ("brand", house.signed_in("brand")),
                ("ministry", house.signed_in("ministry")),
                ("staff", house.signed_in("staff")),
            )
        }
        assert said == {"stranger": 401, "brand": 403, "ministry": 403, "staff": 200}, address
        assert public.get(address).status_code == 404
    inside.lay_out = page_of("Changed meanwhile").lay_out
    assert "Changed meanwhile" in house.signed_in("staff").get("/inside").text, "not remembered"
    house.accounts.engine.dispose()


def test_only_a_route_that_is_there_can_be_narrowed() -> None:
    with pytest.raises(RuntimeError, match=r"no such routes: pages\.nothing"):
        Gate("partners").narrow({"pages.nothing": MEMBERS})
