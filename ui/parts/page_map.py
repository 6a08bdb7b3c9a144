"""The map in the page, of few incidents or many: mounted once, given what to show, asked what was clicked."""

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from geo.figure.options import around_provinces, around_selection
from geo.incident.errors import UnknownIncidentError
from geo.incident.record import Incident
from geo.incident.vocabulary import Category, to_show
from geo.places.plane import BBox
from geo.render.web_map import BaseMap, marks_layer
from geo.render.web_marks import incident_marks
from geo.selection import Filters
from geo.symbology.marks import marks_of
from geo.table.incident_table import IncidentTable
from ui.parts.components import scheme
from ui.resources import Resources
from ui.state import base_path

# The map in the page: mounted once, given what to show, asked what was clicked.


def static_root() -> str:
    """Return the path under which the browser finds `static/`."""
    return f"{base_path()}/app/static"


def tiles_address(filters: Filters, table: IncidentTable) -> str:
    """Return where the browser asks for tiles of a selection, with `TILE` for zoom, column and row."""
    query = filters.to_query() | {"rule": [table.rule.code], "v": [table.version]}
    return f"{base_path()}/map/tiles/TILE?{urlencode(query, doseq=True)}"


def map_view(  # noqa: PLR0913  # all but the first by name
    marks: dict[str, Any],
    *,
    key: str,
    label: str,
    on_choose: Callable[[str], None],
    function: str = "show",
    height_px: int | None = None,
    view: BBox | None = None,
) -> None:
    """Draw the map; `on_choose` is called with the id of what somebody chooses on it, before the script runs again.

    `function` of `static/map/` draws the marks; without `height_px` the map takes a share of the page's height,
    without `view` it first shows the whole region. The base map is the same text on every run and the marks are equal
    byte for byte for equal selections, so that the browser never mounts the map again and swaps only what changed.
    """
    from streamlit_folium import st_folium  # noqa: PLC0415  # its component is known only where a script loads it

    def chosen() -> None:
        drawing = (st.session_state.get(key) or {}).get("last_active_drawing") or {}
        chosen_id = (drawing.get("properties") or {}).get("id")
        if isinstance(chosen_id, str):
            on_choose(chosen_id)

    st_folium(
        BaseMap(static_root(), label=label, height_px=height_px, view=view),
        key=key,
        height=height_px or 560,
        use_container_width=True,
        feature_group_to_add=marks_layer(marks | {"scheme": scheme()}, function=function),
        returned_objects=["last_active_drawing"],
        on_change=chosen,
    )


# What the map draws of a selection: of few incidents each, of more what it needs to ask for their tiles.


def selection_marks(filters: Filters | None, found: Resources, *, chosen: str | None = None) -> dict[str, Any]:
    """Return what the map draws of a selection: each incident, or of more than MANY what it needs to ask for groups."""
    if filters is None:
        return marks_for((), found) | {"selected": chosen}
    kept, each_drawn = found.kept("marks", filters, lambda: _marks(filters, found))
    of_many = {} if each_drawn else _base_marks(filters, chosen, found)
    return of_many | kept | {"selected": chosen}


def _marks(filters: Filters, found: Resources) -> tuple[dict[str, Any], bool]:
    """Return the marks and the view, by the selection alone, and whether the marks are of single incidents."""
    drawn = found.table.marks(filters)
    marks = {} if drawn is None else incident_marks(drawn, rule=found.table.rule)
    return marks | _aim(filters, found), drawn is not None


def marks_for(incidents: Sequence[Incident], found: Resources) -> dict[str, Any]:
    """Return what the map draws of some incidents."""
    rule = found.table.rule
    return incident_marks(marks_of(incidents, found.boundaries, rule=rule), rule=rule)


def _aim(filters: Filters, found: Resources) -> dict[str, Any]:
    """Return where the map goes when the selection changes: south-west and north-east, None for the whole region."""
    query = urlencode(filters.to_query(), doseq=True)
    box = around_selection(filters, found.table, found.boundaries) if query else None
    return _aimed(query, box, _provinces(filters, found))


def aim_at_provinces(filters: Filters, found: Resources) -> dict[str, Any]:
    """Return the same where the map is about provinces: it goes to those that are selected, whatever lies in them."""
    codes = _provinces(filters, found)
    return _aimed(",".join(codes), around_provinces(codes, found.boundaries) if codes else None, codes)


def _provinces(filters: Filters, found: Resources) -> list[str]:
    return [code for code in filters.province if code in found.boundaries.provinces.index]


def _aimed(selection: str, box: BBox | None, provinces: Sequence[str]) -> dict[str, Any]:
    fit = None if box is None else [[box.south, box.west], [box.north, box.east]]
    return {"selection": selection, "fit": fit, "provinces": provinces}


def is_of_many(marks: dict[str, Any]) -> bool:
    """Tell whether `selection_marks` are of more incidents than are drawn one by one."""
    return "many" in marks


def _base_marks(filters: Filters, chosen: str | None, found: Resources) -> dict[str, Any]:
    """Return what the map gets once: where to ask and how to speak of groups, and the open incident's own mark."""
    table = found.table
    alone: tuple[Incident, ...] = ()
    if chosen:
        try:
            alone = (table.incident(chosen),)
        except UnknownIncidentError:
            alone = ()
    return marks_for(alone, found) | {
        "many": {
            "tiles": tiles_address(filters, table),
            "rule": table.rule.name,
            "kinds": to_show(Category, found.codes),
            "imported": bool(found.datasets),
        }
    }
