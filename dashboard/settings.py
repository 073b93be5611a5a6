"""What changes between machines, and nothing else: read from the environment, checked, listed."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

ROOT = Path(__file__).parents[1]
PREFIX = "BWP_"
PLAIN = frozenset(
    {"public_url", "partners_url", "database_url", "records_url", "accounts_url", "cache_url"}
    | {"secret_key", "inbox", "oidc_issuer", "oidc_client_id", "oidc_client_secret", "oidc_name"}
)
"""Settings whose variable is the name in capitals; all others start with BWP_."""
SHORT = {"environment": "BWP_ENV"}
"""Variables that count where the one of the setting's own name is not set."""
SECRET = frozenset({"secret_key", "p_percent", "oidc_client_secret"})

DATABASE = re.compile(r"sqlite://.*|postgresql(\+psycopg)?://.+")
CACHE = re.compile(r"((redis|rediss|unix)://.+)?")
SITE = re.compile(r"https?://[^/\s]+(/\S*[^/\s])?")
ISSUER = re.compile(r"(https://[^/\s]+|http://(127\.0\.0\.1|localhost)(:\d+)?)(/\S*)?|")
PASSWORD = re.compile(r"(?<=://)([^/@:]*):.*@|(?<=password=)[^&]*")


class BadSetting(ValueError):
    """A setting cannot be used; the message names the variable and what was wanted."""


class Settings(BaseModel):
    """Every setting of the product."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    database_url: str = Field(
        f"sqlite:///{ROOT / 'var' / 'published.db'}", description="where published releases are"
    )
    records_url: str = Field(
        f"sqlite:///{ROOT / 'var' / 'records.db'}", description="where source files and drafts are"
    )
    accounts_url: str = Field(
        f"sqlite:///{ROOT / 'var' / 'accounts.db'}", description="where accounts are"
    )
    cache_url: str = Field(
        "", description="a Redis that all processes share; without one each keeps its own answers"
    )
    public_url: str = Field(
        "http://127.0.0.1:8050",
        description="address of the public site, without a slash at the end",
    )
    partners_url: str = Field(
        "http://127.0.0.1:8051",
        description="address of the partners' site, without a slash at the end",
    )
    secret_key: str = Field("", description="signs cookies; at least 32 characters in production")
    environment: Literal["development", "production"] = Field(
        "development", description="production refuses unsafe defaults"
    )
    illustrative: Literal["", "on", "off"] = Field(
        "", description="show the made-up sample programme; must be set in production"
    )
    site: Literal["public", "partners"] = Field("public", description="which site this process is")
    p_percent: float = Field(
        10, gt=0, le=100, description="p of the p % rule of disclosure control; keep it private"
    )
    contact: str = Field(
        "", description="where readers report an error: an e-mail address or a URL"
    )

    session_idle_minutes: float = Field(
        30, gt=0, le=1440, description="minutes without a request after which a session is over"
    )
    session_hours: float = Field(
        12, gt=0, le=168, description="hours after which everybody has to sign in again"
    )
    proxies: int = Field(
        0, ge=0, le=9, description="proxies before the partners' site that add X-Forwarded-For"
    )
    oidc_issuer: str = Field(
        "", description="address of an OpenID Connect provider; with it passwords are not used"
    )
    oidc_client_id: str = Field("", description="what the provider calls this site")
    oidc_client_secret: str = Field("", description="what the provider knows this site by")
    oidc_name: str = Field("", description="name of the provider on the button to sign in")

    inbox: Path = Field(ROOT / "var" / "inbox", description="where `bwp fetch` leaves files")
    mirrors: str = Field(
        "",
        description="addresses asked in place of publishers' own, such as wdi=https://host.example",
    )

    @property
    def shows_illustrative(self) -> bool:
        """Whether the made-up programme may be shown."""
        return self.illustrative != "off"

    @field_validator("database_url", "records_url", "accounts_url")
    @classmethod
    def _is_a_database(cls, url: str) -> str:
        wanted = "sqlite:///path/of/file.db or postgresql+psycopg://user@host/database"
        return _matching(DATABASE, url, wanted)

    @field_validator("cache_url")
    @classmethod
    def _is_a_cache(cls, url: str) -> str:
        return _matching(CACHE, url, "redis://host:6379/0, rediss://… or unix://path/of/socket")

    @field_validator("public_url", "partners_url")
    @classmethod
    def _is_a_site(cls, url: str) -> str:
        return _matching(SITE, url, "http:// or https:// and a host, without a slash at the end")

    @field_validator("oidc_issuer")
    @classmethod
    def _is_an_issuer(cls, url: str) -> str:
        wanted = "https:// and a host, or http:// on this machine, without a slash at the end"
        return _matching(ISSUER, url, wanted)

    @model_validator(mode="after")
    def _a_provider_knows_this_site(self) -> Self:
        if self.oidc_issuer and not (self.oidc_client_id and self.oidc_client_secret):
            raise ValueError("OIDC_ISSUER needs OIDC_CLIENT_ID and OIDC_CLIENT_SECRET beside it")
        return self

    @model_validator(mode="after")
    def _production_is_explicit(self) -> Self:
        if self.environment == "production":
            if not self.illustrative:
                raise ValueError("BWP_ILLUSTRATIVE must be set to on or off in production")
            if len(self.secret_key) < 32:
                raise ValueError("SECRET_KEY must have at least 32 characters in production")
        return self


def _matching(pattern: re.Pattern[str], url: str, wanted: str) -> str:
    """Return an address that is as wanted; never say it, because it may hold a password."""
    if not pattern.fullmatch(url):
        raise ValueError(f"an address is wanted: {wanted}")
    return url


def variable(name: str) -> str:
    """Return the environment variable of a setting."""
    return name.upper() if name in PLAIN else PREFIX + name.upper()


def read(environment: Mapping[str, str]) -> Settings:
    """Read every setting; raise BadSetting with one clear sentence."""
    given = {
        name: value
        for name in Settings.model_fields
        if (value := environment.get(variable(name)) or environment.get(SHORT.get(name, "")))
    }
    try:
        return Settings.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        where = variable(str(first["loc"][0])) + ": " if first["loc"] else ""
        raise BadSetting(where + first["msg"].removeprefix("Value error, ")) from error


def listing(settings: Settings) -> list[tuple[str, str, str]]:
    """Return (variable, value, meaning) of every setting; secrets and passwords are not printed."""
    return [
        (variable(name), _shown(name, str(getattr(settings, name))), field.description or "")
        for name, field in Settings.model_fields.items()
    ]


def _shown(name: str, value: str) -> str:
    if name in SECRET:
        return "(set)" if value else ""
    return PASSWORD.sub(lambda found: f"{found[1]}:***@" if found[1] is not None else "***", value)
