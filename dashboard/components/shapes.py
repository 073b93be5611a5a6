"""What a component needs to be given: shapes that the service's answers have."""

from collections.abc import Sequence
from typing import Protocol

from dashboard.model import Slice


class Option(Protocol):
    """One choice of a control."""

    @property
    def code(self) -> str:
        """The code that the address writes."""

    @property
    def label(self) -> str:
        """The word that the reader sees."""

    @property
    def selected(self) -> bool:
        """Whether the view has chosen it."""


class Control(Protocol):
    """One control of a filter bar."""

    @property
    def name(self) -> str:
        """The name in the address."""

    @property
    def label(self) -> str:
        """The word above it."""

    @property
    def options(self) -> Sequence[Option]:
        """Its choices in display order."""

    @property
    def multiple(self) -> bool:
        """Whether several codes may be chosen."""

    @property
    def default(self) -> str:
        """The value that the address need not write."""


class Table(Protocol):
    """The numbers of a chart as words."""

    @property
    def caption(self) -> str:
        """What the table shows."""

    @property
    def columns(self) -> Sequence[str]:
        """The headings."""

    @property
    def rows(self) -> Sequence[Sequence[str]]:
        """The cells; the first of each row is its heading."""

    @property
    def numbers(self) -> Sequence[int]:
        """The places of the columns that hold figures."""


class Card(Protocol):
    """One view in words and pictures."""

    @property
    def title(self) -> str:
        """The title of the chart."""

    @property
    def subtitle(self) -> str:
        """Measure, unit, place and period."""

    @property
    def picture(self) -> str:
        """The chart as SVG for a wide window."""

    @property
    def phone_picture(self) -> str:
        """The chart as SVG for a narrow one."""

    @property
    def summary(self) -> Sequence[str]:
        """Up to three sentences."""

    @property
    def table(self) -> Table:
        """The numbers."""

    @property
    def controls(self) -> Sequence[Control]:
        """The controls that name other views of it."""

    @property
    def slice(self) -> Slice:
        """The points and where they come from."""
