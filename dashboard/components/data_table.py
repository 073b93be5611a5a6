"""The numbers of a chart as a real table."""

from collections.abc import Iterator, Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.components.shapes import Table
from dashboard.web.render import also


def data_table(table: Table) -> Component:
    """Return a table with a caption, headed columns and headed rows."""
    head = [
        html.Th(name, scope="col", className=_look(table, place))
        for place, name in enumerate(table.columns)
    ]
    body = [html.Tr(list(_cells(row, table))) for row in table.rows]
    whole = html.Table([html.Caption(table.caption), html.Thead(html.Tr(head)), html.Tbody(body)])
    named = also({"aria-label": table.caption})
    return html.Div(whole, className="table-scroll", tabIndex="0", role="region", **named)


def _cells(row: Sequence[str], table: Table) -> Iterator[Component]:
    yield html.Th(row[0], scope="row")
    for place, cell in enumerate(row[1:], start=1):
        yield html.Td(cell, className=_look(table, place))


def _look(table: Table, place: int) -> str | None:
    return "number" if place in table.numbers else None
