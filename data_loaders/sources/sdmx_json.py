"""SDMX messages in JSON: series of observations by place, the codes of each place beside them.

The World Bank's WITS answers so. A message that names no data flow is one of the flow whose
dimensions, as config/sources writes them, it has.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from dashboard.catalogue import SourceDeclaration
from dashboard.model import Source
from data_loaders.reading import Book, Report
from data_loaders.reading.credits import credit, vintage_of
from data_loaders.reading.observations import Observation, Observed, flow_of, sources_of
from data_loaders.reading.tabular import text_of
from data_loaders.records import Figure

KIND = "sdmx_json"

FLAGS = frozenset({"OBS_STATUS", "OBS_FLAG"})
TIME = "TIME_PERIOD"


def recognise(book: Book) -> bool:
    """Whether the document has data sets and the structure that says what is where."""
    return bool(_message(book))


def _message(book: Book) -> dict[str, Any]:
    """Return the part with the data sets: the document itself, or what stands under "data"."""
    document = book.document if isinstance(book.document, dict) else {}
    within = document["data"] if isinstance(document.get("data"), dict) else document
    if "dataSets" not in within or not within.keys() & {"structure", "structures"}:
        return {}
    structures = within.get("structures") or [within.get("structure")]
    return {"dataSets": within["dataSets"], "structure": structures[0]} | {
        "header": document.get("header") or document.get("meta") or {}
    }


class Value(BaseModel):
    """A code of a dimension."""

    id: str = ""


class Dimension(BaseModel):
    """A dimension or an attribute with its codes in the order of their places."""

    id: str
    values: list[Value | None] = []

    def code(self, place: int) -> str:
        """Return the code at a place; raise IndexError where there is none."""
        value = self.values[place] if place >= 0 else None
        if value is None:
            raise IndexError(f"no code of {self.id} at place {place}")
        return value.id


class Levels(BaseModel):
    """What holds for a data set, a series or an observation."""

    series: list[Dimension] = []
    observation: list[Dimension] = []


class Structure(BaseModel):
    """What the places mean."""

    id: str = ""
    name: str = ""
    dimensions: Levels
    attributes: Levels = Levels()


class Series(BaseModel):
    """The observations of a series: place of the period -> the value, then its attributes."""

    observations: dict[str, list[Any]]


class DataSet(BaseModel):
    """One data set, in series or as observations by all of their places."""

    series: dict[str, Series] = {}
    observations: dict[str, list[Any]] = {}


class Header(BaseModel):
    """When the message was made."""

    prepared: str = ""


class Message(BaseModel):
    """What is read of a message."""

    header: Header = Header()
    structure: Structure
    data_sets: list[DataSet] = Field(alias="dataSets", min_length=1)

    @property
    def day(self) -> str:
        """The day on which the publisher made the message, "" if it does not say."""
        return self.header.prepared[:10]

    def flow(self, book: Book) -> str:
        """Return the data flow."""
        levels = self.structure.dimensions
        names = {one.id.upper() for one in (*levels.series, *levels.observation)}
        return flow_of(book, (self.structure.id, self.structure.name), names)

    def cells(self) -> Iterator[tuple[dict[str, str], list[Any]]]:
        """Yield the codes of every cell, and its value and attributes; raise IndexError."""
        levels = self.structure.dimensions
        for part in self.data_sets:
            for place, series in part.series.items():
                codes = _codes(levels.series, place)
                for at, values in series.observations.items():
                    yield codes | _codes(levels.observation, at), values
            for at, values in part.observations.items():
                yield _codes(levels.observation, at), values

    def flags(self, values: list[Any]) -> str:
        """Return the flag of an observation: its attributes stand behind the value, by place."""
        known = zip(self.structure.attributes.observation, values[1:], strict=False)
        found = (a.code(n) for a, n in known if a.id in FLAGS and isinstance(n, int))
        return next(found, "")


def _codes(dimensions: list[Dimension], places: str) -> dict[str, str]:
    numbers = [int(place) for place in places.split(":")] if places else []
    if len(numbers) != len(dimensions):
        raise IndexError(f"{places!r} has not {len(dimensions)} places")
    return {
        one.id.upper(): one.code(number) for one, number in zip(dimensions, numbers, strict=True)
    }


def read(book: Book, report: Report) -> Iterator[Figure]:
    """Yield the observations that a source of config/sources takes."""
    try:
        message = Message.model_validate(_message(book))
        cells = list(message.cells())
        flags = [message.flags(values) for _, values in cells]
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        report.refuse("", 0, place, "", f"a message as SDMX-JSON has it: {first['msg']}")
        return
    except (IndexError, ValueError) as error:
        report.refuse("", 0, "", "", f"codes for every place of the message: {error}")
        return
    observed = Observed(book, report, vintage_of(book, message.day))
    report.opened(len(cells))
    flow = message.flow(book)
    for number, ((codes, values), flag) in enumerate(zip(cells, flags, strict=True), start=1):
        yield from observed.take(
            Observation(
                sheet="",
                row=number,
                flow=flow,
                dimensions=codes,
                period=codes.get(TIME, ""),
                value=text_of(values[0]) if values else "",
                flags=flag,
            )
        )
    observed.finish()


def sources(book: Book, declared: Mapping[str, SourceDeclaration]) -> tuple[Source, ...]:
    """Return the source that the data set belongs to."""
    message = Message.model_validate(_message(book))
    ids = sources_of(book, {message.flow(book)})
    return tuple(credit(book, id_, declared.get(id_), message.day) for id_ in ids)
