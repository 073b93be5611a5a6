"""JSON-stat data sets, versions 1 and 2: dimensions with their sizes, and one run of values.

`value` is a list, or an object of the filled places; `status` stands beside it in either shape.
Read here: the one library for it was last released in 2023 and goes through data frames.
"""

from collections.abc import Iterator, Mapping
from itertools import product
from math import prod
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from dashboard.catalogue import SourceDeclaration
from dashboard.model import Source
from data_loaders.reading import Book, Report
from data_loaders.reading.credits import credit, vintage_of
from data_loaders.reading.observations import Observation, Observed, sources_of
from data_loaders.reading.tabular import text_of
from data_loaders.records import Figure

KIND = "json_stat"

TIME = frozenset({"TIME", "TIME_PERIOD", "PERIOD", "YEAR"})

Amount = float | int | str | None

LARGEST = 5_000_000
"""A data set with more cells than this is asked for in parts."""


def recognise(book: Book) -> bool:
    """Whether the document has dimensions and values, or says that they are not ready."""
    return _dataset(book) is not None or bool(_excuse(book))


def _dataset(book: Book) -> dict[str, Any] | None:
    document = book.document
    if isinstance(document, dict) and isinstance(document.get("dataset"), dict):
        document = document["dataset"]
    right = isinstance(document, dict) and {"value", "dimension"} <= document.keys()
    return document if right else None


def _excuse(book: Book) -> str:
    """Return what the publisher says in place of data, "" where there are data."""
    document = book.document
    if not isinstance(document, dict) or _dataset(book) is not None:
        return ""
    said = document.get("warning") or document.get("error")
    said = said[0] if isinstance(said, list) and said else said
    return str(said.get("label", "")) if isinstance(said, dict) and "status" in said else ""


class Category(BaseModel):
    """The codes of a dimension: in order, or with their places; a single one may have none."""

    index: list[str] | dict[str, int] = []
    label: dict[str, str] = {}

    @property
    def codes(self) -> list[str]:
        """Return the codes in their order."""
        index = self.index or list(self.label)
        return sorted(index, key=index.__getitem__) if isinstance(index, dict) else index


class Dimension(BaseModel):
    """One dimension."""

    category: Category


class Dataset(BaseModel):
    """What is read of a data set; values and status are lists, or by place."""

    id: list[str] = Field(min_length=1)
    size: list[int]
    dimension: dict[str, Dimension]
    value: list[Amount] | dict[str, Amount]
    status: list[str | None] | dict[str, str | None] | str | None = None
    label: str = ""
    updated: str = ""
    extension: dict[str, Any] = {}

    @property
    def day(self) -> str:
        """The day of the last update, "" if it is not said."""
        return self.updated[:10]

    @property
    def flow(self) -> str:
        """The id of the data set, else its title."""
        return str(self.extension.get("id") or self.label)

    @property
    def codes(self) -> list[list[str]]:
        """The codes of each dimension in order."""
        return [self.dimension[name].category.codes for name in self.id]

    def unsound(self) -> str:
        """Return what is wrong with the shape, "" if nothing is."""
        if len(self.id) != len(self.size) or any(name not in self.dimension for name in self.id):
            return "dimensions with their sizes: id, size and dimension do not agree"
        if prod(self.size) > LARGEST:
            return f"at most {LARGEST:,} cells: ask for less at once"
        if [len(codes) for codes in self.codes] != self.size:
            return "as many codes in each dimension as its size says"
        if isinstance(self.value, list) and len(self.value) != prod(self.size):
            return f"{prod(self.size)} values, not {len(self.value)}: the file may be cut off"
        return "" if self.value else "at least one value"


def parsed(dataset: dict[str, Any]) -> Dataset:
    """Return a data set of either version; raise ValidationError naming what is wrong."""
    within = dataset["dimension"]
    if not isinstance(within, dict) or "id" in dataset:
        return Dataset.model_validate(dataset)
    shape = {key: within.get(key) for key in ("id", "size")}
    dimension = {name: row for name, row in within.items() if name not in (*shape, "role")}
    return Dataset.model_validate(dataset | shape | {"dimension": dimension})


def read(book: Book, report: Report) -> Iterator[Figure]:
    """Yield the cells that a source of config/sources takes."""
    found = _dataset(book)
    if found is None:
        wanted = f"data: the publisher only answers “{_excuse(book)}”. Ask again later"
        report.refuse("", 0, "", "", wanted)
        return
    try:
        dataset = parsed(found)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        report.refuse("", 0, place, "", f"a data set as JSON-stat has it: {first['msg']}")
        return
    if wrong := dataset.unsound():
        report.refuse("", 0, "value", "", wrong)
        return
    yield from _figures(dataset, Observed(book, report, vintage_of(book, dataset.day)))


def _figures(dataset: Dataset, observed: Observed) -> Iterator[Figure]:
    observed.report.opened(prod(dataset.size))
    names = [name.upper() for name in dataset.id]
    for place, at in enumerate(product(*dataset.codes)):
        value, flags = text_of(_at(dataset.value, place)), text_of(_at(dataset.status, place))
        if not value and not flags:
            observed.report.recognise("", place + 1, "empty cell")
            continue
        cells = dict(zip(names, at, strict=True))
        yield from observed.take(
            Observation(
                sheet="",
                row=place + 1,
                flow=dataset.flow,
                dimensions=cells,
                period=next((cells[name] for name in names if name in TIME), ""),
                value=value,
                flags=flags,
                column="value",
            )
        )
    observed.finish()


def _at(values: Any, place: int) -> Any:
    if isinstance(values, list):
        return values[place] if place < len(values) else None
    return values.get(str(place)) if isinstance(values, dict) else values


def sources(book: Book, declared: Mapping[str, SourceDeclaration]) -> tuple[Source, ...]:
    """Return the source that the data set belongs to."""
    dataset = parsed(_dataset(book) or {})
    ids = sources_of(book, {dataset.flow})
    return tuple(credit(book, id_, declared.get(id_), dataset.day) for id_ in ids)
