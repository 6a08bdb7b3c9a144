"""Map tiles over HTTP for large selections, and the incidents behind a disc or badge."""

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
"""Number of cached blocks of tiles, of at most some 100 kB; a visitor views one to four at a time."""

Block = dict[Tile, bytes]
_KEPT: Cache[tuple[str, str, Filters, Tile], Block] = Cache(_BLOCKS)


def tile(request: Request) -> Response:
    """Answer with the content of a tile of a selection; equal ground and zoom give equal bytes."""
    wanted, filters, found = _asked(request)
    return _answer(request, _block(wanted, filters, found).get(wanted, NOTHING))


def tile_list(request: Request) -> Response:
    """Answer with the latest incidents behind a disc or badge of a tile."""
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
    """Return the block that contains a tile; concurrent requests for its tiles share one computation."""
    table, first = found.table, wanted.block
    return _KEPT.get((table.version, table.rule.code, filters, first), lambda: _found(first, filters, found))


def _found(first: Tile, filters: Filters, found: Resources) -> Block:
    record: dict[str, Incident] = {incident.id: incident for incident in found.table.incidents}
    clusters = _clusters(first, filters, found)
    return tiles_of(clusters, first, names=found.dataset_names, record=record.get)


def _clusters(first: Tile, filters: Filters, found: Resources) -> Clusters:
    """Return the clusters of a block, which need more memory than its tiles and are not cached."""
    return found.table.clusters_on(first.block_ground(found.boundaries), filters)


_DAY: Final = "private,max-age=86400"
"""For URLs that contain the data version."""


def _answer(request: Request, content: bytes) -> Response:
    tag = f'"{hashlib.sha256(content).hexdigest()[:20]}"'
    headers = {"ETag": tag, "Cache-Control": _DAY if "v" in request.query_params else "no-cache"}
    if knows(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type="application/json", headers=headers)
