"""The callbacks there are, run by the browser: controls name a view, a view redraws its card."""

from dash import ALL, MATCH, ClientsideFunction, Dash, Input, Output, State


def register(app: Dash) -> None:
    """Register every callback; each of them needs a policy (see app.py)."""
    app.clientside_callback(
        ClientsideFunction("bwp", "redraw"),
        Output({"slot": "plot", "card": MATCH}, "children"),
        Output({"slot": "controls", "card": MATCH}, "children"),
        Input({"control": ALL, "card": MATCH}, "value"),
        State({"control": ALL, "card": MATCH}, "id"),
        prevent_initial_call=True,
    )
