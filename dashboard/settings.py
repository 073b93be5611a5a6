"""What changes between machines, and nothing else: read from the environment, checked, listed."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

ROOT = Path(__file__).parents[1]
PREFIX = "BWP_"
PLAIN = frozenset(
    {"public_url", "database_url", "records_url", "accounts_url", "cache_url", "secret_key"}
)
"""Settings whose variable is the name in capitals; all others start with BWP_."""


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

    @property
    def shows_illustrative(self) -> bool:
        """Whether the made-up programme may be shown."""
        return self.illustrative != "off"

    @model_validator(mode="after")
    def _production_is_explicit(self) -> Self:
        if self.environment == "production":
            if not self.illustrative:
                raise ValueError("BWP_ILLUSTRATIVE must be set to on or off in production")
            if len(self.secret_key) < 32:
                raise ValueError("SECRET_KEY must have at least 32 characters in production")
        return self


def variable(name: str) -> str:
    """Return the environment variable of a setting."""
    return name.upper() if name in PLAIN else PREFIX + name.upper()


def read(environment: Mapping[str, str]) -> Settings:
    """Read every setting; raise BadSetting with one clear sentence."""
    given = {
        name: environment[variable(name)]
        for name in Settings.model_fields
        if environment.get(variable(name))
    }
    try:
        return Settings.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        where = variable(str(first["loc"][0])) + ": " if first["loc"] else ""
        raise BadSetting(where + first["msg"].removeprefix("Value error, ")) from error


def listing(settings: Settings) -> list[tuple[str, str, str]]:
    """Return (variable, value, meaning) of every setting; secrets are not printed."""
    secret = {"secret_key", "p_percent"}
    return [
        (variable(n), "(set)" if n in secret else str(getattr(settings, n)), f.description or "")
        for n, f in Settings.model_fields.items()
    ]
