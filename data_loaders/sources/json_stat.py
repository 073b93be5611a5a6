"""JSON-stat data sets, versions 1 and 2: dimensions with their sizes, and one run of values.

`value` is a list, or an object of the filled places; `status` stands beside it in either shape.
Read here: the one library for it was last released in 2023 and goes through data frames.
"""

from collections.abc import Iterator, Mapping
from itertools import product
from math import prod
from typing import Any

from dashboard.catalogue import SourceDeclaration
from dashboard.model import Source
from data_loaders.reading import Book, Report
from data_loaders.reading.credits import credit, vintage_of
from data_loaders.reading.observations import Observation, Observed, sources_of
from data_loaders.reading.tabular import text_of
from data_loaders.records import Figure

KIND = "json_stat"

TIME = frozenset({"TIME", "TIME_PERIOD", "PERIOD", "YEAR"})

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


def read(book: Book, report: Report) -> Iterator[Figure]:
    """Yield the cells that a source of config/sources takes."""
    dataset = _dataset(book)
    if dataset is None:
        wanted = f"data: the publisher only answers “{_excuse(book)}”. Ask again later"
        report.refuse("", 0, "", "", wanted)
        return
    names, sizes = shape(dataset)
    if wrong := unsound(dataset, names, sizes):
        report.refuse("", 0, "value", "", wrong)
        return
    observed = Observed(book, report, vintage_of(book, str(dataset.get("updated", ""))[:10]))
    report.opened(prod(sizes))
    status = dataset.get("status")
    codes = [_codes(dataset["dimension"][name]) for name in names]
    for place, at in enumerate(product(*codes)):
        value = text_of(_at(dataset["value"], place))
        flags = text_of(_at(status, place))
        if not value and not flags:
            report.recognise("", place + 1, "empty cell")
        else:
            cells = {name.upper(): code for name, code in zip(names, at, strict=True)}
            yield from observed.take(_observation(dataset, cells, place, (value, flags)))
    observed.finish()


def shape(dataset: Mapping[str, Any]) -> tuple[list[str], list[int]]:
    """Return the ids of the dimensions in order, and how many codes each has."""
    within = dataset["dimension"] if isinstance(dataset["dimension"], dict) else {}
    names, sizes = (dataset.get(key, within.get(key, [])) for key in ("id", "size"))
    return list(map(str, names)), [size for size in sizes if isinstance(size, int)]


def unsound(dataset: Mapping[str, Any], names: list[str], sizes: list[int]) -> str:
    """Return what is wrong with the shape of a data set, "" if nothing is."""
    values = dataset["value"]
    dimensions = dataset["dimension"]
    if not names or len(names) != len(sizes) or any(name not in dimensions for name in names):
        return "dimensions with their sizes: id, size and dimension do not agree"
    if prod(sizes) > LARGEST:
        return f"at most {LARGEST:,} cells: ask for less at once"
    if [len(_codes(dimensions[name])) for name in names] != sizes:
        return "as many codes in each dimension as its size says"
    if isinstance(values, list) and len(values) != prod(sizes):
        return f"{prod(sizes)} values, not {len(values)}: the file may be cut off"
    return "" if isinstance(values, list | dict) and values else "at least one value"


def _codes(dimension: Mapping[str, Any]) -> list[str]:
    category = dimension.get("category", {})
    index = category.get("index", list(category.get("label", {})))
    return sorted(index, key=index.__getitem__) if isinstance(index, dict) else list(index)


def _at(values: Any, place: int) -> Any:
    if isinstance(values, list):
        return values[place] if place < len(values) else None
    return values.get(str(place)) if isinstance(values, dict) else values


def _flow(dataset: Mapping[str, Any]) -> str:
    extension = dataset.get("extension")
    named = extension.get("id") if isinstance(extension, dict) else None
    return str(named or dataset.get("label", ""))


def _observation(
    dataset: Mapping[str, Any], cells: Mapping[str, str], place: int, said: tuple[str, str]
) -> Observation:
    return Observation(
        sheet="",
        row=place + 1,
        flow=_flow(dataset),
        dimensions=cells,
        period=next((cells[name] for name in cells if name in TIME), ""),
        value=said[0],
        flags=said[1],
        column="value",
    )


def sources(book: Book, declared: Mapping[str, SourceDeclaration]) -> tuple[Source, ...]:
    """Return the source that the data set belongs to."""
    dataset = _dataset(book) or {}
    updated = str(dataset.get("updated", ""))[:10]
    ids = sources_of(book, {_flow(dataset)})
    return tuple(credit(book, id_, declared.get(id_), updated) for id_ in ids)
