"""Open any file that is handed over, and say everything that is wrong with it at once."""

from data_loaders.reading.book import ILLUSTRATIVE, Book, open_book
from data_loaders.reading.problems import Counts, Problem, Report, Unreadable
from data_loaders.reading.sheets import Row, Sheet, Value

__all__ = [
    "ILLUSTRATIVE",
    "Book",
    "Counts",
    "Problem",
    "Report",
    "Row",
    "Sheet",
    "Unreadable",
    "Value",
    "open_book",
]
