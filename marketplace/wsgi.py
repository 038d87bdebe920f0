"""The WSGI application for servers."""

import os

from marketplace.app import create_app
from marketplace.settings import load_settings

app = create_app(load_settings(os.environ))
