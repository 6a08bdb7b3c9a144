"""Pages of folium, pydeck and kepler.gl with the same incidents, made as their users would, without the network.

Each page is made in a separate process, timed from the moment the rows are loaded: `python -m benchmarks.peer_pages
KIND FOLDER PAGE_FOLDER [YEAR]`.

What they would load from elsewhere is put beside the page: Leaflet and its clusters from `static/`, deck.gl from within
the pydeck package, kepler.gl from within the keplergl package, whose widget is mounted as a notebook does. (The page
that keplergl itself saves takes React and kepler.gl from three hosts and cannot be opened with the network off.)
"""

import html
import json
import shutil
import signal
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import pandas as pd

from benchmarks.answering import frame
from benchmarks.measure import PATIENCE_S, ROOT
from geo.incident.vocabulary import Category

COLOURS: Final = {category.value: category.light for category in Category}
_LON, _LAT, _ZOOM = 69.2, 32.3, 5
_COLUMNS: Final = ["lon", "lat", "category", "date_start"]
_KEPLER: Final = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><link rel="stylesheet" href="widget.css"></head>
<body style="margin: 0"><div id="map" style="width: 100vw; height: 100vh"></div>
<script type="module">
  import widget from "./widget.js";
  const values = await (await fetch("values.json")).json();
  const model = {
    get: (name) => values[name],
    set: (name, value) => { values[name] = value; },
    on() {}, off() {}, send() {}, save_changes() {},
  };
  await widget.initialize?.({ model });
  await widget.render({ model, el: document.getElementById("map") });
</script></body></html>
"""


def rows_of(path: Path, year: str | None) -> pd.DataFrame:
    """Read incidents with coordinates, optionally of one year: lon, lat (degrees), category and day as text."""
    rows = frame(path, _COLUMNS).dropna(subset=["lon", "lat"])
    if year:
        rows = rows[rows["date_start"].dt.year == int(year)]
    rows = rows.assign(day=rows["date_start"].dt.strftime("%Y-%m-%d"), category=rows["category"].astype(str))
    return rows[["lon", "lat", "category", "day"]].reset_index(drop=True)


def _leaflet(page: Path, layer: Callable[[Any], None]) -> None:
    """Save a folium map with its scripts beside it, only Leaflet and its clusters, since nothing else is needed."""
    import folium  # noqa: PLC0415  # only in this process

    for name in ("leaflet", "markercluster"):
        shutil.copytree(ROOT / "static" / name, page.parent / name, dirs_exist_ok=True)
    plain = folium.Map(location=[_LAT, _LON], zoom_start=_ZOOM, tiles=None)
    plain.options["maxZoom"] = 18  # otherwise set by its tiles
    plain.default_js = [("leaflet", "leaflet/leaflet.js")]
    plain.default_css = [("leaflet_css", "leaflet/leaflet.css")]
    layer(plain)
    plain.save(page)


def _local(cluster: Any) -> Any:
    cluster.default_js = [("cluster", "markercluster/leaflet.markercluster.js")]
    cluster.default_css = [("cluster_css", "markercluster/MarkerCluster.css")]
    return cluster


def marker_cluster(rows: pd.DataFrame, page: Path) -> None:
    """Make a page with folium.plugins.MarkerCluster and a folium.CircleMarker per incident."""
    from folium import CircleMarker  # noqa: PLC0415
    from folium.plugins import MarkerCluster  # noqa: PLC0415

    def add(plain: Any) -> None:
        cluster = _local(MarkerCluster()).add_to(plain)
        for row in rows.itertuples():
            colour = COLOURS[row.category]
            tooltip = html.escape(f"{row.category}, {row.day}")
            CircleMarker([row.lat, row.lon], radius=6, color=colour, fill=True, tooltip=tooltip).add_to(cluster)

    _leaflet(page, add)


def fast_marker_cluster(rows: pd.DataFrame, page: Path) -> None:
    """Make a page with folium.plugins.FastMarkerCluster, whose markers the browser creates."""
    from folium.plugins import FastMarkerCluster  # noqa: PLC0415

    callback = (
        f"function (row) {{ return L.circleMarker([row[0], row[1]], {{radius: 6, color: {json.dumps(COLOURS)}[row[2]],"
        " fill: true}).bindTooltip(row[2] + ', ' + row[3]); }"
    )
    values = rows[["lat", "lon", "category", "day"]].to_numpy(object).tolist()
    _leaflet(page, lambda plain: _local(FastMarkerCluster(values, callback=callback)).add_to(plain))


def pydeck(rows: pd.DataFrame, page: Path) -> None:
    """Make a page with a pydeck ScatterplotLayer, including deck.gl."""
    import pydeck as pdk  # noqa: PLC0415

    colours = {name: [int(code[n : n + 2], 16) for n in (1, 3, 5)] for name, code in COLOURS.items()}
    layer = pdk.Layer(
        "ScatterplotLayer",
        rows.assign(colour=rows["category"].map(colours)),
        get_position=["lon", "lat"],
        get_fill_color="colour",
        get_radius=1,
        radius_min_pixels=5,
        radius_max_pixels=5,
        pickable=True,
    )
    view = pdk.ViewState(longitude=_LON, latitude=_LAT, zoom=_ZOOM - 1)
    deck = pdk.Deck([layer], initial_view_state=view, map_provider=None, tooltip={"text": "{category}, {day}"})
    deck.to_html(str(page), offline=True, open_browser=False, notebook_display=False)


def keplergl(rows: pd.DataFrame, page: Path) -> None:
    """Make a page with the keplergl widget, its rows as Arrow, the smaller of its two formats."""
    from keplergl import KeplerGl  # noqa: PLC0415
    from keplergl import widget as module  # noqa: PLC0415

    static = Path(module.__file__).parent / "static"
    for name in ("widget.js", "widget.css"):
        shutil.copy(static / name, page.parent)
    state = {"latitude": _LAT, "longitude": _LON, "zoom": _ZOOM - 1}
    config = {"version": "v1", "config": {"mapState": state, "mapStyle": {"styleType": "no_map"}}}
    widget = KeplerGl(data={"incidents": rows}, config=config, height=900, use_arrow=True)
    with (page.parent / "values.json").open("w", encoding="utf-8") as sink:
        json.dump(widget.get_state(["data", "config", "height", "mapbox_token", "theme", "app_name"]), sink)
    page.write_text(_KEPLER, encoding="utf-8")


KINDS: Final[Mapping[str, Callable[[pd.DataFrame, Path], None]]] = {
    "folium MarkerCluster": marker_cluster,
    "folium FastMarkerCluster": fast_marker_cluster,
    "pydeck": pydeck,
    "keplergl": keplergl,
}


def _give_up(*_: object) -> None:
    sys.exit(f"making the page takes more than {PATIENCE_S} s")


if __name__ == "__main__":
    kind, path, target, *chosen = sys.argv[1:]
    found = rows_of(Path(path), chosen[0] if chosen else None)
    signal.signal(signal.SIGALRM, _give_up)
    signal.alarm(PATIENCE_S)
    start = time.perf_counter()
    KINDS[kind](found, Path(target, "index.html"))
    print(json.dumps({"seconds": time.perf_counter() - start, "rows": len(found)}))
