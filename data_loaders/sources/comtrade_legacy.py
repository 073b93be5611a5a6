"""UN Comtrade, the old interface: 35 columns, one row for each flow.

Headings come with spaces, as R writes them with dots, or with underscores. "NA" is nothing;
World is partner 0. Other classifications than the Harmonized System are left out.
"""

from collections.abc import Iterator, Mapping

from dashboard.catalogue import SourceDeclaration
from dashboard.model import Source
from data_loaders.reading import Book, Report, flows, tabular
from data_loaders.reading.flow_credits import credits_of
from data_loaders.records import Figure

KIND = "comtrade_legacy"

VALUE = "tradevalueus"
NEEDED = (
    *("classification", "period", "tradeflowcode", "reportercode"),
    *("partnercode", "commoditycode", VALUE),
)

FLOWS: Mapping[str, str] = {"1": "M", "2": "X", "3": "RX", "4": "RM"}
WITHIN = ("2ndpartnercode", "x2ndpartnercode", "customsproccode", "modeoftransportcode")
"""Columns that split a flow: a row with anything but the total in one is a part of another row."""

TOTALS = frozenset({"", "0", "NA", "C00"})


def recognise(book: Book) -> bool:
    """Whether the headings are those of the old interface, however they are spelled."""
    return tabular.first_table(book, NEEDED) is not None


def read(book: Book, report: Report) -> Iterator[Figure]:
    """Yield exports of Pakistan by chapter, and what others import from it."""
    table = tabular.first_table(book, NEEDED)
    if table is None:
        return
    tabular.account(book, table, report)
    names = [table.headings[table.columns[n]] for n in ("tradeflowcode", "period", VALUE)]
    found = flows.Flows(book, report, flows.Headings(*names))
    for line in tabular.lines(table, report, NEEDED):
        yield from found.take(line, _flow(line))
    yield from found.finish()


def _flow(line: tabular.Cells) -> flows.Flow:
    return flows.Flow(
        reporter=line["reportercode"],
        partner=line["partnercode"],
        flow=FLOWS.get(line["tradeflowcode"], line["tradeflowcode"]),
        commodity=line["commoditycode"],
        period=line["period"],
        value=line[VALUE],
        aside=_aside(line),
    )


def _aside(line: tabular.Cells) -> str:
    if not line["classification"].startswith("H"):
        return "other classification"
    return "" if all(line[name] in TOTALS for name in WITHIN) else "part of a total"


def sources(book: Book, declared: Mapping[str, SourceDeclaration]) -> tuple[Source, ...]:
    """Return UN Comtrade, and its mirror if the file holds imports of other reporters."""
    return credits_of(book, declared, NEEDED, _flow)
