"""Nothing is reachable without a policy, and no link widens what a reader sees."""

from pathlib import Path

import pytest
from flask import Blueprint, Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.exceptions import Forbidden, Unauthorized

from dashboard.access import (
    ABSENT,
    ALL,
    CALLBACKS,
    EVERYONE,
    IN_THE_BROWSER,
    MEMBERS,
    READERS,
    VISITORS,
    Gate,
    Policy,
    Site,
    Unguarded,
    only,
    scope_of,
)
from dashboard.app import create_app
from dashboard.model import PUBLIC, Audience
from dashboard.settings import Settings
from dashboard.web import seams


def with_route(name: str = "door") -> Blueprint:
    """Return a blueprint with one route that takes GET and POST."""
    routes = Blueprint(name, __name__)
    routes.add_url_rule(
        f"/{name}", endpoint="open", view_func=lambda: "in", methods=["GET", "POST"]
    )
    return routes


def gated(policy: Policy, site: Site) -> FlaskClient:
    """Return a reader before one door under a policy."""
    server = Flask(__name__, static_folder=None)
    gate = Gate(site)
    gate.guard(server, policy, with_route())
    gate.check(server, ())
    server.before_request(gate.admit)
    return server.test_client()


def test_a_site_with_a_route_that_nobody_guards_does_not_start() -> None:
    server = Flask(__name__, static_folder=None)
    gate = Gate("public")
    gate.guard(server, READERS, with_route("known"))
    server.add_url_rule("/back-door", endpoint="back_door", view_func=lambda: "in")
    with pytest.raises(Unguarded, match=r"routes without a policy: back_door$"):
        gate.check(server, ())


def test_a_site_with_a_callback_that_nobody_guards_does_not_start() -> None:
    server = Flask(__name__, static_folder=None)
    gate = Gate("public")
    gate.guard(server, IN_THE_BROWSER, "known.children")
    gate.check(server, ("known.children",))
    with pytest.raises(Unguarded, match=r"callbacks without a policy: secret\.data$"):
        gate.check(server, ("known.children", "secret.data"))


def test_a_folder_of_flask_would_be_a_route_that_nobody_guards() -> None:
    with pytest.raises(Unguarded, match="static"):
        Gate("public").check(Flask(__name__), ())


def test_a_route_of_a_guarded_blueprint_cannot_lend_its_policy_to_another() -> None:
    server = Flask(__name__, static_folder=None)
    gate = Gate("partners")
    gate.guard(server, EVERYONE, with_route("health"))
    gate.guard(server, READERS, with_route("figures"))
    assert gate.routes == {"health.open": EVERYONE, "figures.open": READERS}


@pytest.mark.parametrize(
    ("policy", "site", "status"),
    [
        (EVERYONE, "public", 200),
        (EVERYONE, "partners", 200),
        (READERS, "public", 200),
        (READERS, "partners", 401),
        (ABSENT, "public", 404),
        (ABSENT, "partners", 404),
        (IN_THE_BROWSER, "public", 404),
        (CALLBACKS, "partners", 401),
        (VISITORS, "public", 404),
        (VISITORS, "partners", 200),
        (MEMBERS, "public", 404),
        (MEMBERS, "partners", 401),
        (only("admin"), "public", 404),
        (only("admin"), "partners", 401),
    ],
)
def test_each_policy_admits_whom_it_says(policy: Policy, site: Site, status: int) -> None:
    assert gated(policy, site).get("/door").status_code == status


@pytest.mark.parametrize("audience", sorted(ALL))
def test_a_policy_of_some_roles_refuses_every_other(audience: Audience) -> None:
    policy = only("staff", "admin")
    with Flask(__name__).test_request_context("/") as context:
        if audience in ("staff", "admin"):
            policy.admit(context.request, "partners", audience)
            return
        wanted = Unauthorized if audience == "public" else Forbidden
        with pytest.raises(wanted):
            policy.admit(context.request, "partners", audience)


def test_a_callback_is_asked_by_our_own_pages_in_json_only() -> None:
    reader = gated(CALLBACKS, "public")
    assert reader.post("/door", json={}).status_code == 200
    same = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    assert reader.post("/door", json={}, headers=same).status_code == 200
    assert reader.post("/door", data={"a": "b"}).status_code == 415
    for origin in ("http://localhost.evil.example", "null", "", "https://localhost"):
        refused = reader.post("/door", json={}, headers={"Origin": origin})
        assert refused.status_code == 403, origin
    for site in ("cross-site", "same-site"):
        refused = reader.post("/door", json={}, headers={"Sec-Fetch-Site": site})
        assert refused.status_code == 403, site


def test_every_route_of_the_real_site_was_registered_through_the_gate(site: Flask) -> None:
    applied = [getattr(before, "__self__", None) for before in site.before_request_funcs[None]]
    gates = [found for found in applied if isinstance(found, Gate)]
    assert len(gates) == 1
    gate = gates[0]
    assert set(gate.routes) == {rule.endpoint for rule in site.url_map.iter_rules()}
    open_to_all = {name for name, policy in gate.routes.items() if policy is EVERYONE}
    assert open_to_all == {"health.alive", "health.ready"}
    assert gate.routes["callbacks.run"] is CALLBACKS
    assert gate.callbacks


def test_the_real_site_refuses_to_start_with_a_callback_that_slipped_in(
    database: str, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = seams.callbacks
    asked: list[int] = []

    def one_more(app: object) -> tuple[str, ...]:
        """Tell of one callback more at the check than at the registration."""
        asked.append(1)
        found = real(app)  # type: ignore[arg-type]  # passed on as it came
        return found if len(asked) == 1 else (*found, "slipped.in")

    monkeypatch.setattr(seams, "callbacks", one_more)
    with pytest.raises(Unguarded, match=r"slipped\.in"):
        create_app(Settings(database_url=database), built=built)


@given(
    st.dictionaries(
        st.sampled_from(["scope", "programme", "brand", "account", "site", "role", "user"]),
        st.sampled_from(["ministry", "all", "staff", "admin", "1"]),
    )
)
def test_nothing_that_a_request_says_of_itself_changes_its_scope(said: dict[str, str]) -> None:
    headers = {f"X-{name.title()}": value for name, value in said.items()}
    context = Flask(__name__).test_request_context("/", query_string=said, headers=headers)
    assert scope_of(context.request) == PUBLIC


@pytest.mark.parametrize("name", ["scope", "programme", "brand", "session", "as"])
@pytest.mark.parametrize("form", ["", ".csv", ".json", ".svg", ".txt", ".figure.json"])
def test_a_scope_in_a_link_is_refused_not_followed(
    client: FlaskClient, name: str, form: str
) -> None:
    answer = client.get(f"/charts/exports_goods{form}?{name}=ministry")
    assert answer.status_code == 400
    assert name in answer.text
    assert "exports_goods,2" not in answer.text
