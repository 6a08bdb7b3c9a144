"""The map on a page, of few incidents or many: mounted once, then updated with what to show."""

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


def static_root() -> str:
    """Return the URL path of `static/`."""
    return f"{base_path()}/app/static"


def tiles_address(filters: Filters, table: IncidentTable) -> str:
    """Return the address of a selection's tiles, with `TILE` in place of zoom, column and row."""
    query = filters.to_query() | {"rule": [table.rule.code], "v": [table.version]}
    return f"{base_path()}/map/tiles/TILE?{urlencode(query, doseq=True)}"


def map_view(  # noqa: PLR0913  # all but the first are keyword-only
    marks: dict[str, Any],
    *,
    key: str,
    label: str,
    on_choose: Callable[[str], None],
    function: str = "show",
    height_px: int | None = None,
    view: BBox | None = None,
) -> None:
    """Draw the map; `on_choose` is called with the id of what is chosen on it, before the script reruns.

    `function` of `static/map/` draws the marks. Without `height_px` the map takes a share of the page height; without
    `view` it initially shows the whole region. The base map's code is the same on every run, and equal selections give
    equal bytes of marks, so that the browser never remounts the map and replaces only what changed.
    """
    from streamlit_folium import st_folium  # noqa: PLC0415  # registers its component, which needs a running script

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


# The marks of a selection: of few incidents one by one, of many the settings for requesting tiles.


def selection_marks(filters: Filters | None, found: Resources, *, chosen: str | None = None) -> dict[str, Any]:
    """Return what the map draws of a selection: its incidents, or for more than MANY the settings for tiles."""
    if filters is None:
        return marks_for((), found) | {"selected": chosen}
    marks, each_drawn = found.kept("marks", filters, lambda: _marks(filters, found))
    of_many = {} if each_drawn else _base_marks(filters, chosen, found)
    return of_many | marks | {"selected": chosen}


def _marks(filters: Filters, found: Resources) -> tuple[dict[str, Any], bool]:
    """Return marks and view, which depend only on the selection, and whether the marks are of single incidents."""
    drawn = found.table.marks(filters)
    marks = {} if drawn is None else incident_marks(drawn, rule=found.table.rule)
    return marks | _aim(filters, found), drawn is not None


def marks_for(incidents: Sequence[Incident], found: Resources) -> dict[str, Any]:
    """Return the marks of some incidents."""
    rule = found.table.rule
    return incident_marks(marks_of(incidents, found.boundaries, rule=rule), rule=rule)


def _aim(filters: Filters, found: Resources) -> dict[str, Any]:
    """Return where the map zooms to when the selection changes: `fit` is None for the whole region."""
    query = urlencode(filters.to_query(), doseq=True)
    box = around_selection(filters, found.table, found.boundaries) if query else None
    return _aimed(query, box, _provinces(filters, found))


def aim_at_provinces(filters: Filters, found: Resources) -> dict[str, Any]:
    """Return where the choropleth zooms to: the selected provinces, regardless of their incidents."""
    codes = _provinces(filters, found)
    return _aimed(",".join(codes), around_provinces(codes, found.boundaries) if codes else None, codes)


def _provinces(filters: Filters, found: Resources) -> list[str]:
    return [code for code in filters.province if code in found.boundaries.provinces.index]


def _aimed(selection: str, box: BBox | None, provinces: Sequence[str]) -> dict[str, Any]:
    fit = None if box is None else [[box.south, box.west], [box.north, box.east]]
    return {"selection": selection, "fit": fit, "provinces": provinces}


def is_of_many(marks: dict[str, Any]) -> bool:
    """Return whether `selection_marks` are of too many incidents to draw one by one."""
    return "many" in marks


def _base_marks(filters: Filters, chosen: str | None, found: Resources) -> dict[str, Any]:
    """Return the settings for tiles and groups, and the mark of the open incident."""
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
