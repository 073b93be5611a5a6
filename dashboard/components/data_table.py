"""The numbers of a chart as a real table."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.components.shapes import Table
from dashboard.web.render import also


def data_table(table: Table) -> Component:
    """Return a table with a caption, headed columns and headed rows."""
    head = html.Tr([html.Th(name, scope="col") for name in table.columns])
    body = [
        html.Tr([html.Th(row[0], scope="row"), *(html.Td(cell) for cell in row[1:])])
        for row in table.rows
    ]
    whole = html.Table([html.Caption(table.caption), html.Thead(head), html.Tbody(body)])
    return html.Div(whole, className="table-scroll", tabIndex="0", role="region", **_named(table))


def _named(table: Table) -> dict[str, Any]:
    return also({"aria-label": table.caption})
