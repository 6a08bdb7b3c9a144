"""The map of many over HTTP: what it draws of a tile, and the incidents that a disc or a badge stands for."""

import hashlib
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from geo.incident.record import Incident
from geo.language.messages import say
from geo.render.web_marks import NOTHING, Tile, compact_json, group_called, listed_marks, tiles_of
from geo.selection import Filters
from geo.table.clusters import Clusters
from geo.table.event_index import Cache
from ui.resources import Resources, resources_lately
from ui.server.answers import knows
from ui.server.parameters import Problem, as_linked

_MOST_LISTED: Final = 50
_DIGITS: Final = 9
_BLOCKS: Final = 256
"""Blocks of tiles that are kept, of some 100 kB at most; a visitor looks at one to four at a time."""

Block = dict[Tile, bytes]
_KEPT: Cache[tuple[str, str, Filters, Tile], Block] = Cache(_BLOCKS)


def tile(request: Request) -> Response:
    """Answer what the map draws of a tile of a selection; the same ground at the same zoom gives the same bytes."""
    wanted, filters, found = _asked(request)
    return _answer(request, _block(wanted, filters, found).get(wanted, NOTHING))


def tile_list(request: Request) -> Response:
    """Answer which incidents a disc or a badge of a tile stands for, the latest of them."""
    wanted, filters, found = _asked(request)
    group = group_called(_clusters(wanted.block, filters, found), request.query_params.get("key", ""))
    if group is None:
        raise Problem(404, say("tile-no-group"))
    listed = found.table.listed(filters, group, limit=_MOST_LISTED)
    return _answer(request, compact_json(listed_marks(group, listed)))


def _asked(request: Request) -> tuple[Tile, Filters, Resources]:
    given = (str(request.path_params[name]) for name in ("zoom", "column", "row"))
    numbers = (int(text) if text.isdecimal() and len(text) <= _DIGITS else -1 for text in given)
    try:
        wanted = Tile.of(*numbers)
    except ValueError as error:
        raise Problem(404, str(error)) from None
    filters, rule = as_linked(request.query_params)
    return wanted, filters, resources_lately(rule)


def _block(wanted: Tile, filters: Filters, found: Resources) -> Block:
    """Find the block that a tile lies in; who asks for another tile of it meanwhile waits for the same answer."""
    table, first = found.table, wanted.block
    return _KEPT.get((table.version, table.rule.code, filters, first), lambda: _found(first, filters, found))


def _found(first: Tile, filters: Filters, found: Resources) -> Block:
    record: dict[str, Incident] = {incident.id: incident for incident in found.table.incidents}
    clusters = _clusters(first, filters, found)
    return tiles_of(clusters, first, names=found.dataset_names, record=record.get)


def _clusters(first: Tile, filters: Filters, found: Resources) -> Clusters:
    """Find what a block is drawn from, which needs more room than what is drawn, and is not kept."""
    return found.table.clusters_on(first.ground(found.boundaries), filters)


_DAY: Final = "private,max-age=86400"
"""For an address that says which data it is asked of."""


def _answer(request: Request, content: bytes) -> Response:
    tag = f'"{hashlib.sha256(content).hexdigest()[:20]}"'
    headers = {"ETag": tag, "Cache-Control": _DAY if "v" in request.query_params else "no-cache"}
    if knows(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type="application/json", headers=headers)
