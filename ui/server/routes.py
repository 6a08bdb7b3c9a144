"""Which addresses the server answers beside the pages."""

from typing import Final

from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount, Route

from geo.render.web_map import STATIC_FOLDER
from ui.server.answers import Answer, Desk
from ui.server.data_answers import DATA_ANSWERS
from ui.server.embed import card, embed
from ui.server.feed import FEED_ANSWER
from ui.server.figure_answer import FIGURE_ANSWERS
from ui.server.headers import OwnFiles
from ui.server.limits import RequestLimit
from ui.server.openapi import api_answer
from ui.server.tiles import tile, tile_list
from ui.state import base_path

_DATA: Final = (*DATA_ANSWERS, *FIGURE_ANSWERS, FEED_ANSWER)
ANSWERS: Final[tuple[Answer, ...]] = (*_DATA, api_answer(_DATA))
"""All answers with data: the routes and their description are made of these."""


def routes(desk: Desk | None = None) -> list[BaseRoute]:
    """Return the routes, before which none of Streamlit's comes; `desk` is what all answers share."""
    shared, base = desk or Desk(), base_path()
    of_tile = f"{base}/map/tiles/{{zoom}}/{{column}}/{{row}}"
    return [
        Mount(f"{base}/app/static", OwnFiles(directory=STATIC_FOLDER)),
        Route(of_tile, tile),
        Route(f"{of_tile}/list", tile_list, middleware=[Middleware(RequestLimit, allowance=shared.light_allowance)]),
        Route(f"{base}/map/cards/{{incident_id}}", card),
        Route(f"{base}/embed", embed),
        *(shared.route(answer, base) for answer in ANSWERS),
    ]
