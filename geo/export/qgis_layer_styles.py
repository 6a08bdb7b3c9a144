"""The table in which QGIS looks for the styles of a GeoPackage's layers."""

import sqlite3
from collections.abc import Collection
from typing import Final

from geo.export.qgis_style import SHOWS, styles

_CREATE_STYLES: Final = """
    CREATE TABLE layer_styles (
        id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_catalog TEXT, f_table_schema TEXT, f_table_name TEXT,
        f_geometry_column TEXT, styleName TEXT, styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT,
        owner TEXT, ui TEXT, update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')));
    INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change)
        SELECT 'layer_styles', 'attributes', 'layer_styles', max(last_change) FROM gpkg_contents;
"""
_ADD_STYLE: Final = """
    INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML,
        styleSLD, useAsDefault, description, owner, update_time)
    SELECT '', '', ?, ?, ?, ?, '', 1, ?, '', last_change FROM gpkg_contents WHERE table_name = 'layer_styles'
"""


def add_styles(connection: sqlite3.Connection, found: Collection[str], *, geometry: str) -> None:
    """Add the table with a default style for each layer, as old as the file; `found` are the data's categories."""
    connection.executescript(_CREATE_STYLES)
    rows = [(layer, geometry, layer, qml, SHOWS[layer]) for layer, qml in styles(found).items()]
    connection.executemany(_ADD_STYLE, rows)
