"""A Dash application with one callback that does nothing: what the web server and Dash cost alone."""

from dash import Dash, Input, Output, dcc, html

app = Dash("nothing", add_log_handler=False)
app.layout = html.Div([dcc.Store(id="in", data=0), html.Div(id="out")])


@app.callback(Output("out", "children"), Input("in", "data"))
def nothing(_: int) -> str:
    """Answers always the same."""
    return "nothing"


server = app.server
server.test_client().get("/")
