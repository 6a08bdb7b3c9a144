"""The server: the pages, the answers over HTTP beside them, whom it answers, and what every answer carries."""

import sys

import streamlit as st

from ui.roles import settings_fault
from ui.server.guards import failed, guards
from ui.server.routes import routes
from ui.server.start import lifespan

if fault := settings_fault():
    sys.exit(fault)

app = st.App(
    "ui/frame.py",
    routes=routes(),
    middleware=guards(),
    exception_handlers={Exception: failed},
    lifespan=lifespan,
)
"""What the server answers over HTTP beside the pages, and what it does when it starts."""
