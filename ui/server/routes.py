"""Which addresses the server answers beside the pages."""

from typing import Final

from starlette.routing import BaseRoute, Mount

from geo.render.web_map import STATIC_FOLDER
from ui.server.answers import Answer, Desk
from ui.server.data_answers import DATA_ANSWERS
from ui.server.embed import card, embed
from ui.server.feed import FEED_ANSWER
from ui.server.figure_answer import FIGURE_ANSWERS
from ui.server.headers import OwnFiles
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
        shared.map_route(of_tile, tile, shared.tile_allowance),
        shared.map_route(f"{of_tile}/list", tile_list),
        shared.map_route(f"{base}/map/cards/{{incident_id}}", card),
        shared.map_route(f"{base}/embed", embed),
        *(shared.route(answer, base) for answer in ANSWERS),
    ]
