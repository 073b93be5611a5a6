"""A table whose cells may hold links and whose headings may sort it: for lists of things."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from dashboard.web.render import Node, also


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its words, the address that sorts by it ("" is none), what its cells are."""

    words: str
    sort: str = ""
    sorted: bool = False
    number: bool = False


def listing(caption: str, columns: Sequence[Column], rows: Sequence[Sequence[Node]]) -> Component:
    """Return a table with a caption; the first cell of a row is its heading."""
    head = html.Tr([_heading(column) for column in columns])
    body = [html.Tr([_cell(cell, columns, at) for at, cell in enumerate(row)]) for row in rows]
    whole = html.Table([html.Caption(caption), html.Thead(head), html.Tbody(body)])
    named = also({"aria-label": caption})
    return html.Div(whole, className="table-scroll listing", tabIndex="0", role="region", **named)


def _heading(column: Column) -> Component:
    words: Node = html.A(column.words, href=column.sort) if column.sort else column.words
    look = "number" if column.number else None
    said = also({"aria-sort": "other"}) if column.sorted else {}
    return html.Th(words, scope="col", className=look, **said)


def _cell(cell: Node, columns: Sequence[Column], at: int) -> Component:
    if at == 0:
        return html.Th(cell, scope="row")
    return html.Td(cell, className="number" if columns[at].number else None)
