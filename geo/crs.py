"""Coordinate reference systems; coordinates are lon, lat in this order everywhere but inside folium."""

from typing import Final

WGS84: Final = "EPSG:4326"
"""Degrees, lon, lat: how everything is stored and exchanged (RFC 7946)."""

WEB_MERCATOR: Final = "EPSG:3857"
"""Metres, badly stretched: only for what a web map draws."""

CONFORMAL: Final = "+proj=lcc +lat_1=27 +lat_2=38 +lat_0=33 +lon_0=69 +datum=WGS84 +units=m +no_defs"
"""Lambert conformal conic for the region, metres; shapes are right, lengths within 1.2 % from 23° to 41° N."""

EQUAL_AREA: Final = "+proj=aea +lat_1=27 +lat_2=38 +lat_0=33 +lon_0=69 +datum=WGS84 +units=m +no_defs"
"""Albers equal-area conic for the region, metres; for areas and densities."""
