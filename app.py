"""The server: the pages, the answers over HTTP beside them, and what every answer carries."""

import sys

import streamlit as st
from starlette.middleware import Middleware

from ui.roles import settings_fault
from ui.server.headers import SecurityHeaders
from ui.server.routes import routes
from ui.server.start import lifespan

if fault := settings_fault():
    sys.exit(fault)

app = st.App("ui/frame.py", routes=routes(), middleware=[Middleware(SecurityHeaders)], lifespan=lifespan)
"""What the server answers over HTTP beside the pages, and what it does when it starts."""
