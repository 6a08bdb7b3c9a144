"""Which addresses the server answers beside the pages."""

from starlette.routing import BaseRoute, Mount, Route

from geo.render.web_map import STATIC_FOLDER
from ui.server.embed import card, embed
from ui.server.headers import OwnFiles
from ui.server.tiles import tile, tile_list
from ui.state import base_path


def routes() -> list[BaseRoute]:
    """Return the routes, before which none of Streamlit's comes."""
    base = base_path()
    of_tile = f"{base}/map/tiles/{{zoom:int}}/{{column:int}}/{{row:int}}"
    return [
        Mount(f"{base}/app/static", OwnFiles(directory=STATIC_FOLDER)),
        Route(of_tile, tile),
        Route(f"{of_tile}/list", tile_list),
        Route(f"{base}/map/cards/{{incident_id}}", card),
        Route(f"{base}/embed", embed),
    ]
