"""SDMX-ML messages, generic or structure-specific, read by the library sdmx1.

A message with a footer and no data is the publisher's "come back later", sent as if all was well.
"""

import io
import logging
from collections.abc import Iterator, Mapping
from contextlib import redirect_stdout
from typing import TYPE_CHECKING

from dashboard.catalogue import SourceDeclaration
from dashboard.model import Source
from data_loaders.reading import Book, Report
from data_loaders.reading.credits import credit, vintage_of
from data_loaders.reading.observations import Observation, Observed, sources_of
from data_loaders.records import Figure

if TYPE_CHECKING:
    from sdmx.message import DataMessage, Message
    from sdmx.model.common import BaseDataSet, BaseObservation

KIND = "sdmx_ml"

NAMESPACE = b"www.sdmx.org/resources/sdmxml"
HEAD = 4096
FLAGS = ("OBS_FLAG", "OBS_STATUS")


def recognise(book: Book) -> bool:
    """Whether the message declares the names of SDMX."""
    return NAMESPACE in book.markup[:HEAD]


def read(book: Book, report: Report) -> Iterator[Figure]:
    """Yield the observations that a source of config/sources takes."""
    from sdmx.exceptions import ParseError, XMLParseError  # noqa: PLC0415  few files need it

    try:
        message = _message(book)
    except (XMLParseError, ParseError, SyntaxError, ValueError, NotImplementedError) as error:
        report.refuse("", 0, "", "", f"an SDMX message as the standard has it ({error})")
        return
    if message is None:
        report.refuse("", 0, "", "", "data: the message only describes structures")
        return
    if not _has_data(message, report):
        return
    observed = Observed(book, report, vintage_of(book, prepared(message)))
    found = [(one, data) for data in message.data for one in data.obs]
    report.opened(len(found))
    for number, (one, data) in enumerate(found, start=1):
        yield from observed.take(_observation(one, data, number))
    observed.finish()


def _message(book: Book) -> "DataMessage | None":
    """Return the data message, None if the message holds something else than data."""
    import sdmx  # noqa: PLC0415  half a second, and few files need it
    from sdmx.message import DataMessage  # noqa: PLC0415  as above

    logging.getLogger("sdmx").setLevel(logging.CRITICAL)
    with redirect_stdout(io.StringIO()):  # it prints its state where a message is broken
        message: Message = sdmx.read_sdmx(io.BytesIO(book.markup), format="XML")
    return message if isinstance(message, DataMessage) else None


def _has_data(message: "DataMessage", report: Report) -> bool:
    if any(data.obs for data in message.data):
        return True
    footer = message.footer
    texts = [str(text) for text in footer.text] if footer else []
    if footer and texts:
        code = f"{footer.code}: " if footer.code else ""
        wanted = (
            f"data: the publisher only answers “{code}{texts[0].removeprefix('en: ')}” "
            "Ask again later, or for less at once"
        )
    else:
        wanted = "data: the message holds no observation"
    report.refuse("", 0, "", "", wanted)
    return False


def prepared(message: "DataMessage") -> str:
    """Return the day on which the publisher made the message, "" if it does not say."""
    header = message.header
    moment = header.extracted or header.prepared
    return f"{moment:%Y-%m-%d}" if moment else ""


def _flow(data: "BaseDataSet") -> str:
    for structure in (data.described_by, data.structured_by):
        if structure is not None and structure.id:
            return str(structure.id)
    return ""


def _observation(one: "BaseObservation", data: "BaseDataSet", number: int) -> Observation:
    dimensions = {name.upper(): str(value.value) for name, value in one.key.values.items()}
    attributes = {str(name): str(value.value) for name, value in one.attrib.items()}
    text = "" if one.value is None else str(one.value)
    return Observation(
        sheet="",
        row=number,
        flow=_flow(data),
        dimensions=dimensions,
        period=dimensions.get("TIME_PERIOD", ""),
        value="" if text in ("NaN", "nan", ":") else text,
        flags=next((attributes[name] for name in FLAGS if name in attributes), ""),
    )


def sources(book: Book, declared: Mapping[str, SourceDeclaration]) -> tuple[Source, ...]:
    """Return the sources that the data sets of the message belong to."""
    message = _message(book)
    if message is None:
        return ()
    ids = sources_of(book, {_flow(data) for data in message.data})
    return tuple(credit(book, id_, declared.get(id_), prepared(message)) for id_ in ids)
