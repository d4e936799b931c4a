"""The WSGI entry: importing this module makes the application, `c360_dash.wsgi:server`."""

from c360_dash.app import create_app
from c360_dash.config import Settings

server = create_app(Settings.from_env()).server
