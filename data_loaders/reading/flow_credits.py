"""Which sources a file of trade flows is: UN Comtrade, and its mirror."""

from collections.abc import Callable, Iterable, Mapping

from dashboard.catalogue import SourceDeclaration
from dashboard.model import Source
from data_loaders.reading import flows, tabular
from data_loaders.reading.book import Book
from data_loaders.reading.credits import credit
from data_loaders.reading.problems import Report


def credits_of(
    book: Book,
    declared: Mapping[str, SourceDeclaration],
    needed: Iterable[str],
    flow: Callable[[tabular.Cells], flows.Flow],
) -> tuple[Source, ...]:
    """Return UN Comtrade, and its mirror if the file holds imports of other reporters."""
    columns = tuple(needed)
    table = tabular.first_table(book, columns)
    lines = tabular.lines(table, Report(book.name), columns) if table else iter(())
    ids = flows.sources_of(book, (flow(line) for line in lines))
    return tuple(credit(book, id_, declared.get(id_)) for id_ in ids)
