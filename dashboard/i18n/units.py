"""What numbers count in: config/units.yaml."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError


class BadWords(ValueError):
    """A file of words or units cannot be used; the message names the file and what is wrong."""


class Unit(BaseModel):
    """A unit: its name, how its numbers are written, and the messages that carry them."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    label: str
    kind: Literal["money", "count", "percent", "difference", "rate", "year"]
    amount: str = "{n}"
    million: str = ""
    billion: str = ""
    one: str = ""
    many: str = ""

    def messages(self) -> list[str]:
        """Return every message of a unit but its counted noun."""
        return [text for text in (self.label, self.amount, self.million, self.billion) if text]


def read_units(path: Path) -> Mapping[str, Unit]:
    """Return the units by code; raise BadWords for a malformed file."""
    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        return {code: Unit.model_validate(row) for code, row in rows.items()}
    except (OSError, yaml.YAMLError, ValidationError, AttributeError) as error:
        raise BadWords(f"{path}: {error}") from error
