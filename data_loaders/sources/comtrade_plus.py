"""UN Comtrade, the new interface: downloads with 46 columns, and the JSON answers of its API.

Rows of a download end in a comma too many; cells are found by heading, so nothing shifts. Clients
in R write the headings in snake case. An answer without data is refused: it says nothing.
"""

from collections.abc import Iterator, Mapping

from dashboard.catalogue import SourceDeclaration
from dashboard.model import Source
from data_loaders.reading import Book, Report, flows, tabular
from data_loaders.reading.flow_credits import credits_of
from data_loaders.records import Figure

KIND = "comtrade_plus"

NEEDED = (
    *("typecode", "freqcode", "period", "reportercode", "flowcode"),
    *("partnercode", "classificationcode", "cmdcode", "primaryvalue"),
)

ENVELOPE = frozenset({"elapsedTime", "count", "data", "error"})

WITHIN = ("partner2code", "customscode", "moscode", "motcode")
"""Columns that split a flow: a row with anything but the total in one is a part of another row."""

TOTALS = frozenset({"", "0", "C00"})

NOTHING = (
    "an answer with data: this one is empty. The publisher found nothing for the question, or "
    "was not ready; check reporter, period and code, and ask again"
)


def recognise(book: Book) -> bool:
    """Whether the headings, or the envelope of the answer, are those of the new interface."""
    return _is_answer(book) or tabular.first_table(book, NEEDED) is not None


def _is_answer(book: Book) -> bool:
    return isinstance(book.document, dict) and book.document.keys() >= ENVELOPE


def read(book: Book, report: Report) -> Iterator[Figure]:
    """Yield exports of Pakistan by chapter, and what others import from it."""
    if _is_answer(book) and not _whole(book, report):
        return
    table = tabular.first_table(book, NEEDED)
    if table is None:
        report.refuse("", 0, "", "", "rows of trade: typeCode, period, flowCode, primaryValue …")
        return
    tabular.account(book, table, report)
    names = [table.headings[table.columns[n]] for n in ("flowcode", "period", "primaryvalue")]
    found = flows.Flows(book, report, flows.Headings(*names))
    for line in tabular.lines(table, report, NEEDED):
        yield from found.take(line, _flow(line))
    yield from found.finish()


def _whole(book: Book, report: Report) -> bool:
    """Whether an answer has data, no error, and as many rows as it says."""
    answer = book.document
    rows = answer["data"] if isinstance(answer["data"], list) else []
    if answer["error"]:
        report.refuse("", 0, "error", answer["error"], "an answer with data, not an error")
    elif not rows:
        report.refuse("", 0, "count", answer["count"], NOTHING)
    elif isinstance(answer["count"], int) and answer["count"] != len(rows):
        report.refuse("", 0, "count", answer["count"], f"as many rows as counted, not {len(rows)}")
    return not report.refused


def _flow(line: tabular.Cells) -> flows.Flow:
    return flows.Flow(
        reporter=line["reportercode"],
        partner=line["partnercode"],
        flow=line["flowcode"],
        commodity=line["cmdcode"],
        period=line["period"],
        value=line["primaryvalue"],
        aside=_aside(line),
    )


def _aside(line: tabular.Cells) -> str:
    if line["typecode"] != "C":
        return "services"
    if not line["classificationcode"].startswith("H"):
        return "other classification"
    return "" if all(line[name] in TOTALS for name in WITHIN) else "part of a total"


def sources(book: Book, declared: Mapping[str, SourceDeclaration]) -> tuple[Source, ...]:
    """Return UN Comtrade, and its mirror if the file holds imports of other reporters."""
    return credits_of(book, declared, NEEDED, _flow)
