"""Read config/ once, at start, into typed and checked declarations."""

from dashboard.catalogue.declared import (
    Audience,
    Catalogue,
    CatalogueError,
    CodeList,
    Declared,
    Entry,
    Formula,
    Freq,
    Indicator,
    SourceDeclaration,
    Table,
    Term,
    Theme,
)
from dashboard.catalogue.reading import load
from dashboard.catalogue.references import check_references, needs

__all__ = [
    "Audience",
    "Catalogue",
    "CatalogueError",
    "CodeList",
    "Declared",
    "Entry",
    "Formula",
    "Freq",
    "Indicator",
    "SourceDeclaration",
    "Table",
    "Term",
    "Theme",
    "check_references",
    "load",
    "needs",
]
