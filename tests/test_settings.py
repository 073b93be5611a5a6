"""Settings are read from the environment, checked at the start and listed without secrets."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.settings import BadSetting, Settings, listing, read, variable

ROOT = Path(__file__).parents[1]
KEY = "k" * 32


def test_without_any_setting_the_site_runs_on_files_of_its_own() -> None:
    found = read({})
    assert found == Settings()
    assert found.database_url.startswith("sqlite:///")
    assert (found.environment, found.site, found.shows_illustrative) == (
        "development",
        "public",
        True,
    )


def test_every_setting_has_one_variable_and_an_empty_one_counts_as_not_given() -> None:
    variables = [variable(name) for name in Settings.model_fields]
    assert len(set(variables)) == len(variables)
    assert {"PUBLIC_URL", "DATABASE_URL", "BWP_ILLUSTRATIVE", "BWP_P_PERCENT"} <= set(variables)
    assert read(dict.fromkeys(variables, "")) == Settings()


def test_each_variable_sets_its_own_setting_and_strangers_are_ignored() -> None:
    found = read({"BWP_SITE": "partners", "BWP_P_PERCENT": "15", "PATH": "/bin", "BWP_ODD": "1"})
    assert found == Settings(site="partners", p_percent=15)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"BWP_SITE": "intranet"}, r"BWP_SITE: .*'public' or 'partners'"),
        ({"BWP_ENVIRONMENT": "test"}, r"BWP_ENVIRONMENT: .*'development' or 'production'"),
        ({"BWP_ILLUSTRATIVE": "maybe"}, r"BWP_ILLUSTRATIVE: .*'on' or 'off'"),
        ({"BWP_P_PERCENT": "much"}, r"BWP_P_PERCENT: .*number"),
        ({"BWP_P_PERCENT": "0"}, r"BWP_P_PERCENT: .*greater than 0"),
        ({"BWP_P_PERCENT": "101"}, r"BWP_P_PERCENT: .*less than or equal to 100"),
        ({"DATABASE_URL": "published.db"}, r"DATABASE_URL: .*sqlite:///"),
        ({"RECORDS_URL": "mysql://db.example.org/records"}, r"RECORDS_URL: .*postgresql"),
        ({"ACCOUNTS_URL": "accounts"}, r"ACCOUNTS_URL: .*postgresql"),
        ({"CACHE_URL": "cache.example.org:6379"}, r"CACHE_URL: .*redis://"),
        ({"PUBLIC_URL": "figures.example.org"}, r"PUBLIC_URL: .*https://"),
        ({"PUBLIC_URL": "https://figures.example.org/"}, r"PUBLIC_URL: .*without a slash"),
        ({"PARTNERS_URL": "https://partners.example.org/"}, r"PARTNERS_URL: .*without a slash"),
        ({"BWP_SESSION_HOURS": "0"}, r"BWP_SESSION_HOURS: .*greater than 0"),
        ({"OIDC_ISSUER": "http://id.example.org"}, r"OIDC_ISSUER: .*https://"),
        ({"OIDC_ISSUER": "https://id.example.org"}, "OIDC_ISSUER needs OIDC_CLIENT_ID"),
        ({"BWP_ENV": "production", "SECRET_KEY": KEY}, "BWP_ILLUSTRATIVE must be set"),
        ({"BWP_ENVIRONMENT": "production", "SECRET_KEY": KEY}, "BWP_ILLUSTRATIVE must be set"),
        (
            {"BWP_ENVIRONMENT": "production", "BWP_ILLUSTRATIVE": "off", "SECRET_KEY": "short"},
            "SECRET_KEY must have at least 32 characters",
        ),
    ],
)
def test_a_wrong_setting_is_named_with_what_was_wanted(given: dict[str, str], says: str) -> None:
    with pytest.raises(BadSetting, match=says) as error:
        read(given)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:////srv/published.db",
        "postgresql+psycopg://reader@db.example.org/published",
        "postgresql+psycopg://reader:secret@/published?host=/run/postgresql",
    ],
)
def test_databases_of_both_kinds_are_accepted(url: str) -> None:
    assert read({"DATABASE_URL": url}).database_url == url


@pytest.mark.parametrize("url", ["redis://cache:6379/0", "rediss://:secret@cache/1", "unix:///r.s"])
def test_caches_of_every_kind_are_accepted(url: str) -> None:
    assert read({"CACHE_URL": url}).cache_url == url


def test_production_is_explicit_about_sample_and_key() -> None:
    given = {"BWP_ENVIRONMENT": "production", "BWP_ILLUSTRATIVE": "off", "SECRET_KEY": KEY}
    assert not read(given).shows_illustrative


def test_the_list_has_every_setting_with_its_meaning_and_no_secret() -> None:
    found = read(
        {
            "SECRET_KEY": "a key that nobody may read, 32 characters",
            "BWP_P_PERCENT": "12.5",
            "DATABASE_URL": "postgresql+psycopg://reader:hunter2@db.example.org:5432/published",
            "RECORDS_URL": "postgresql://db.example.org/records?user=u&password=hunter2&x=1",
            "ACCOUNTS_URL": "postgresql://u:with/slash@and:hunter2@db.example.org/accounts",
            "CACHE_URL": "redis://:hunter2@cache.example.org/0",
        }
    )
    rows = listing(found)
    assert [name for name, _, _ in rows] == [variable(name) for name in Settings.model_fields]
    assert all(meaning for _, _, meaning in rows)
    shown = {name: value for name, value, _ in rows}
    assert {shown["SECRET_KEY"], shown["BWP_P_PERCENT"]} == {"(set)"}
    assert dict(row[:2] for row in listing(Settings()))["SECRET_KEY"] == ""
    assert shown["DATABASE_URL"] == "postgresql+psycopg://reader:***@db.example.org:5432/published"
    assert shown["RECORDS_URL"].endswith("/records?user=u&password=***&x=1")
    assert shown["ACCOUNTS_URL"] == "postgresql://u:***@db.example.org/accounts"
    assert shown["CACHE_URL"] == "redis://:***@cache.example.org/0"
    assert not any(
        "hunter2" in field or "nobody may read" in field for row in rows for field in row
    )


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"BWP_SITE": "intranet"}, "BWP_SITE"),
        ({"DATABASE_URL": "published.db"}, "DATABASE_URL"),
        ({"BWP_ENVIRONMENT": "production"}, "BWP_ILLUSTRATIVE"),
    ],
)
def test_the_server_does_not_start_with_a_wrong_setting_and_says_so_in_one_line(
    given: dict[str, str], says: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import dashboard.wsgi"],
        cwd=ROOT,
        env={"PATH": os.defpath, **given},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("The site cannot start. ")
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1
