"""Which addresses the server answers beside the pages."""

import streamlit as st
from starlette.routing import BaseRoute, Mount

from geo.render.web_map import STATIC_FOLDER
from ui.server.headers import OwnFiles


def base_path() -> str:
    """Return what stands before every path, from the server's settings; empty for most."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}" if base else ""


def routes() -> list[BaseRoute]:
    """Return the routes, before which none of Streamlit's comes."""
    return [Mount(f"{base_path()}/app/static", OwnFiles(directory=STATIC_FOLDER))]
