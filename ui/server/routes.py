"""Which addresses the server answers beside the pages."""

from typing import Final

import streamlit as st
from starlette.routing import BaseRoute, Mount

from geo.render.web_map import STATIC_FOLDER
from ui.server.answers import Answer, Desk
from ui.server.data_answers import DATA_ANSWERS
from ui.server.feed import FEED_ANSWER
from ui.server.figure_answer import FIGURE_ANSWERS
from ui.server.headers import OwnFiles
from ui.server.openapi import api_answer

_DATA: Final = (*DATA_ANSWERS, *FIGURE_ANSWERS, FEED_ANSWER)
ANSWERS: Final[tuple[Answer, ...]] = (*_DATA, api_answer(_DATA))
"""All answers with data: the routes and their description are made of these."""


def base_path() -> str:
    """Return what stands before every path, from the server's settings; empty for most."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}" if base else ""


def routes(desk: Desk | None = None) -> list[BaseRoute]:
    """Return the routes, before which none of Streamlit's comes; `desk` is what all answers share."""
    shared, base = desk or Desk(), base_path()
    answers = [shared.route(answer, base) for answer in ANSWERS]
    return [Mount(f"{base}/app/static", OwnFiles(directory=STATIC_FOLDER)), *answers]
