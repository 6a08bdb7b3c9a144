"""What a user would otherwise write: a folium marker per incident through streamlit-folium, filtered by widgets.

It uses the same incidents, and the same Leaflet from its own server, since the network is off.
"""

import json
from pathlib import Path

import folium
import streamlit as st
from streamlit_folium import st_folium

INCIDENTS = Path(__file__).resolve().parents[1] / "data" / "incidents.geojson"
COLOURS = {"crossing": "blue", "strike": "orange", "clash": "purple"}


class OfflineMap(folium.Map):
    """folium's map, with Leaflet from this server."""

    default_js = (("leaflet", "/app/static/leaflet/leaflet.js"),)
    default_css = (("leaflet_css", "/app/static/leaflet/leaflet.css"),)


def markers(year: str | None) -> tuple[folium.Map, int]:
    """Return a map with a marker for each incident of a year, and their number."""
    plain = OfflineMap(location=[33.5, 69], zoom_start=6, tiles=None)
    shown = 0
    for feature in json.loads(INCIDENTS.read_text("utf-8"))["features"]:
        incident = feature["properties"]
        if feature["geometry"] is None or (year and not incident["date_start"].startswith(year)):
            continue
        lon, lat = feature["geometry"]["coordinates"]
        colour = COLOURS.get(incident["category"], "grey")
        folium.CircleMarker([lat, lon], radius=6, color=colour, fill=True, tooltip=incident["title"]).add_to(plain)
        shown += 1
    return plain, shown


if __name__ == "__main__":
    st.set_page_config(layout="wide")
    chosen = st.pills("Year", ["2021", "2022", "2023", "2024", "2025", "2026"], key="year")
    drawn, count = markers(chosen)
    st.markdown(f"**{count:,} of 232 incidents**")
    st_folium(drawn, use_container_width=True, height=560)
