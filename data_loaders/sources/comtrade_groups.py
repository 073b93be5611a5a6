"""UN Comtrade, legacy names: chapters of the Harmonized System by group of partners.

One file for each reporter, year, flow and chapter, or many of them in one. The partner is a UN
sub-region, a single country of the neighbourhood, or World; values are whole US dollars.
"""

from collections.abc import Iterator, Mapping

from dashboard.catalogue import SourceDeclaration
from dashboard.model import Source
from data_loaders.reading import Book, Report, flows, tabular
from data_loaders.reading.flow_credits import credits_of
from data_loaders.records import Figure

KIND = "comtrade_groups"

NEEDED = ("yr", "rgdesc", "rttitle", "cmdcode", "subregion", "tradevalue")

FLOWS: Mapping[str, str] = {"Export": "X", "Import": "M", "Re-Export": "RX", "Re-Import": "RM"}


def recognise(book: Book) -> bool:
    """Whether the headings are yr, rgDesc, rtTitle, cmdCode, Subregion and TradeValue."""
    return tabular.first_table(book, NEEDED) is not None


def read(book: Book, report: Report) -> Iterator[Figure]:
    """Yield exports of Pakistan and their mirror; groups of partners are added up by written sets.

    The chapter's text is never used: its wording changes from year to year.
    """
    table = tabular.first_table(book, NEEDED)
    if table is None:
        return
    tabular.account(book, table, report)
    found = flows.Flows(book, report, flows.Headings("rgDesc", "yr", "TradeValue"))
    for line in tabular.lines(table, report, NEEDED):
        yield from found.take(line, _flow(line))
    yield from found.finish()


def _flow(line: tabular.Cells) -> flows.Flow:
    return flows.Flow(
        reporter=line["rttitle"],
        partner=line["subregion"],
        flow=FLOWS.get(line["rgdesc"], line["rgdesc"]),
        commodity=line["cmdcode"],
        period=line["yr"],
        value=line["tradevalue"],
    )


def sources(book: Book, declared: Mapping[str, SourceDeclaration]) -> tuple[Source, ...]:
    """Return UN Comtrade, and its mirror if the file holds imports of other reporters."""
    return credits_of(book, declared, NEEDED, _flow)
