"""State Bank of Pakistan, the workbook of exports and imports in the balance of payments.

One row a month under "Exports (BOP)", "Imports (BOP)" and "Balance of Trade", in millions of US
dollars; a mark beside the month says that it is provisional (P) or revised (R). Rows of fiscal
years stand between the months: they are sums of them.
"""

import re
from collections.abc import Iterator, Mapping

from dashboard.catalogue import SourceDeclaration
from dashboard.model import Source
from data_loaders.reading import Book, Report, dates, fiscal, tabular
from data_loaders.reading.coded import is_number
from data_loaders.reading.credits import UNDATED, credit, vintage_of
from data_loaders.records import Figure

KIND = "sbp_balance"
SOURCE = "sbp_exports"

EXPORTS, IMPORTS, BALANCE = "exportsbop", "importsbop", "balanceoftrade"
NEEDED = ("period", EXPORTS, IMPORTS, BALANCE)
UNIT = re.compile(r"million", re.IGNORECASE)
DOLLARS = re.compile(r"US\s?\$|US\s+dollar|USD", re.IGNORECASE)
MILLION = 1e6

PLAUSIBLE = (200.0, 50_000.0)
"""Exports of a month in millions of US dollars: anything outside is in another unit."""

ROUNDED = 1.5
"""How far a printed balance may be from printed exports less printed imports."""


def recognise(book: Book) -> bool:
    """Whether a sheet has a period, exports, imports and their balance, each named BOP."""
    return tabular.first_table(book, NEEDED) is not None


def read(book: Book, report: Report) -> Iterator[Figure]:
    """Yield the exports of each month; the balance of a row must be exports less imports."""
    table = tabular.first_table(book, NEEDED)
    if table is None:
        return
    tabular.account(book, table, report)
    titles = " ".join(table.titles)
    if not (UNIT.search(titles) and DOLLARS.search(titles)):
        wanted = "the unit in the titles: million US dollars"
        report.refuse(table.sheet.name, 0, "", titles, wanted)
    vintage = vintage_of(book)
    if not vintage:
        report.say("", 0, "", "", UNDATED)
    seen: dict[str, int] = {}
    for line in tabular.lines(table, report, NEEDED):
        month = _month(line)
        if not month:
            _settle(line, report)
        elif _right(line, seen.setdefault(month, line.number), report):
            report.loaded(line.sheet, line.number)
            yield Figure(
                origin=line.origin(SOURCE, book.name),
                measure="exports_bop",
                freq="M",
                time_period=month,
                key=(),
                value=round(float(line[EXPORTS]) * MILLION, 2),
                unit="usd",
                flags=_marks(line),
                vintage=vintage,
            )
    tabular.refuse_nothing_of_ours(report, "months with exports")


def _month(line: tabular.Cells) -> str:
    """Return the month of a row, "" where it is another period or none."""
    text = line["period"]
    day = dates.serial(int(text)) if text.isdigit() else dates.parse(text)
    return f"{day:%Y-%m}" if day else ""


def _settle(line: tabular.Cells, report: Report) -> None:
    """Recognise a row that is no month; refuse one with figures whose period nobody can tell."""
    period = line["period"]
    if fiscal.taken(period)[0]:
        report.recognise(line.sheet, line.number, "fiscal year")
    elif is_number(line[EXPORTS]):
        report.refuse(line.sheet, line.number, "Period", period, "a month, as a day in it")
    else:
        report.recognise(line.sheet, line.number, "note" if period else "heading")


def _marks(line: tabular.Cells) -> tuple[str, ...]:
    after = line.columns["period"] + 1
    said = tabular.text_of(line.cells[after]).strip("() ").lower()
    return (said,) if said in ("p", "r") else ()


def _right(line: tabular.Cells, first: int, report: Report) -> bool:
    wrong = {
        EXPORTS: "" if _plausible(line[EXPORTS]) else "a month's exports in US$ million",
        BALANCE: "" if _balanced(line) else "exports less imports",
        "period": "" if first == line.number else f"one row a month: row {first} is the same",
    }
    headings = {EXPORTS: "Exports (BOP)", BALANCE: "Balance of Trade", "period": "Period"}
    for column, wanted in wrong.items():
        if wanted:
            report.refuse(line.sheet, line.number, headings[column], line[column], wanted)
    return not any(wrong.values())


def _plausible(text: str) -> bool:
    return is_number(text) and PLAUSIBLE[0] <= float(text) <= PLAUSIBLE[1]


def _balanced(line: tabular.Cells) -> bool:
    texts = [line[name] for name in (EXPORTS, IMPORTS, BALANCE)]
    if not all(is_number(text) for text in texts):
        return False
    exports, imports, balance = map(float, texts)
    return abs(exports - imports - balance) <= ROUNDED


def sources(book: Book, declared: Mapping[str, SourceDeclaration]) -> tuple[Source, ...]:
    """Return the State Bank's exports with the vintage of this file."""
    return (credit(book, SOURCE, declared.get(SOURCE)),)
