"""WITS country summary of the World Bank: one row for each indicator, one column for each year.

Values are millions of US dollars padded with blanks. Newest year first, and another set of years
in each vintage. Shares, tariffs, imports and partners are other indicators and are left out.
"""

from collections.abc import Iterator, Mapping

from dashboard.catalogue import SourceDeclaration
from dashboard.model import Source
from data_loaders.reading import Book, Report, tabular, wide
from data_loaders.reading.credits import UNDATED, credit, vintage_of
from data_loaders.records import Figure

KIND = "wits"

NEEDED = ("reporter", "partner", "productcategories", "indicatortype", "indicator")
NAMES = ("partner", "productcategories", "indicator")
MILLION = 1e6


def recognise(book: Book) -> bool:
    """Whether the headings are Reporter, Partner, Product categories, Indicator … and years."""
    found = tabular.first_table(book, NEEDED)
    return found is not None and bool(found.years)


def read(book: Book, report: Report) -> Iterator[Figure]:
    """Yield exports of Pakistan to the world by broad group, in US dollars."""
    table = tabular.first_table(book, NEEDED)
    if table is None:
        return
    tabular.account(book, table, report)
    settings, vintage = book.written.settings[KIND], vintage_of(book)
    if not vintage:
        report.say("", 0, "", "", UNDATED)
    wanted = {tuple(row[name] for name in NAMES): row["product"] for row in settings["rows"]}
    seen: dict[str, int] = {}
    for line in tabular.lines(table, report, NEEDED):
        product = wanted.get(tuple(line[name] for name in NAMES))
        if line["reporter"] != settings["reporter"]:
            report.recognise(line.sheet, line.number, "other reporter")
        elif product is None:
            report.recognise(line.sheet, line.number, "other indicator")
        elif (first := seen.setdefault(product, line.number)) != line.number:
            again = f"one row for each group: row {first} is the same"
            report.refuse(line.sheet, line.number, "Indicator", line["indicator"], again)
        else:
            yield from wide.figures(
                *(line, table.years, report, MILLION),
                origin=line.origin(KIND, book.name),
                measure="exports_wits",
                key=(("product", product),),
                unit="usd",
                vintage=vintage,
            )
    tabular.refuse_nothing_of_ours(report, "exports of Pakistan to the world by product group")


def sources(book: Book, declared: Mapping[str, SourceDeclaration]) -> tuple[Source, ...]:
    """Return WITS with the vintage of this file."""
    return (credit(book, KIND, declared.get(KIND)),)
