"""The server: the pages, the answers over HTTP beside them, and what every answer carries."""

import streamlit as st
from starlette.middleware import Middleware

from ui.server.headers import SecurityHeaders
from ui.server.routes import routes
from ui.server.start import lifespan

app = st.App("ui/frame.py", routes=routes(), middleware=[Middleware(SecurityHeaders)], lifespan=lifespan)
