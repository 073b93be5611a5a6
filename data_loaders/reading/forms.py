"""A form: the headings, units and examples of one table of the programme's own files.

Declared once, in `config/sources/<kind>.yaml`, for loaders, templates and the made-up programme.
"""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict

from data_loaders.reading.normal import words


class Column(BaseModel):
    """One column. `codes` names a code list, `values` a short list of its own (code: spellings).

    required: the column must be there. future: days that have not come yet are right (due dates).
    fiscal_year: a fiscal year stands for its last day. most: a number above it is in another unit.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    heading: str
    kind: Literal["id", "text", "whole", "day", "code", "yes_no"]
    codes: str = ""
    values: Mapping[str, tuple[str, ...]] = {}
    unit: str = ""
    example: str | int | None = None
    required: bool = True
    future: bool = False
    fiscal_year: bool = False
    most: int | None = None
    also: tuple[str, ...] = ()


class Form(BaseModel):
    """One table: a sheet of a workbook or a whole text file.

    units: what may stand beside the name of a column of whole numbers, and what it stands for.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    sheet: str = ""
    about: str = ""
    units: Mapping[str, int] = {}
    columns: Mapping[str, Column]

    @cached_property
    def by_heading(self) -> Mapping[str, str]:
        """Every spelling of every heading, in comparable form, and the column it names."""
        return {
            words(spelling): name
            for name, column in self.columns.items()
            for spelling in (*column.also, column.heading)
        }

    @cached_property
    def stated_unit(self) -> re.Pattern[str]:
        """What a title says that states another unit than the plain one: "in thousands", "'000"."""
        others = [unit for unit, scale in self.units.items() if scale != 1]
        said = [re.escape(unit) for unit in others if unit.startswith("in ")]
        said += [rf"(?<=[^\W\d] ){unit}" for unit in others if unit.isdigit()]
        return re.compile(rf"\b(?:{'|'.join(said)})\b")

    @property
    def counts(self) -> bool:
        """Whether any column counts something."""
        return any(self.columns[name].unit for name in self.whole_columns)

    @cached_property
    def by_unit(self) -> Mapping[str, tuple[str, int]]:
        """Every heading of whole numbers with every unit: the column and what to multiply by."""
        whole = {h: name for h, name in self.by_heading.items() if name in self.whole_columns}
        return {
            both: (name, scale)
            for heading, name in whole.items()
            for unit, scale in self.units.items()
            for both in (f"{heading} {unit}", f"{unit} {heading}")
        }

    @property
    def required(self) -> frozenset[str]:
        """The columns without which this is another table."""
        return frozenset(name for name, column in self.columns.items() if column.required)

    @property
    def whole_columns(self) -> tuple[str, ...]:
        """The columns that hold whole numbers."""
        return tuple(name for name, column in self.columns.items() if column.kind == "whole")

    @cached_property
    def id_column(self) -> str:
        """The first column of ids: a row with nothing in it is no record."""
        ids = (name for name, column in self.columns.items() if column.kind == "id")
        return next(ids, next(iter(self.columns)))

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings in order, as the template writes them."""
        return tuple(column.heading for column in self.columns.values())
