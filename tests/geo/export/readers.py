"""Exported files read back by programs that did not write them: one row per incident, by id."""

import csv
import io
import json
import sqlite3
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pyogrio

from geo.export.writing import FORMATS

KML = "{http://www.opengis.net/kml/2.2}"

Rows = list[dict[str, Any]]
Manifest = dict[str, Any]
Geometries = dict[str, Any]


def csv_rows(path: Path) -> Rows:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [_typed(row) for row in csv.DictReader(file)]


def geojson_rows(path: Path) -> Rows:
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return [_typed({"id": f["id"], **f["properties"]}) for f in features]


def gpkg_rows(path: Path) -> Rows:
    return _plain(pyogrio.read_dataframe(path, layer="incidents", use_arrow=True))


def workbook(path: Path) -> openpyxl.Workbook:
    """Open a workbook; read once for all that look into it."""
    return _workbook(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _workbook(path: Path, _: int) -> openpyxl.Workbook:
    return openpyxl.load_workbook(path)


def sheet_rows(path: Path, sheet: str = "incidents") -> Rows:
    header, *rows = workbook(path)[sheet].iter_rows(values_only=True)
    return [
        {name: value.date() if isinstance(value, datetime) else value for name, value in zip(header, row, strict=True)}
        for row in rows
    ]


def parquet_rows(path: Path) -> Rows:
    return pq.read_table(path).to_pylist()


def kml_rows(path: Path) -> Rows:
    placemarks = ET.parse(path).getroot().iter(f"{KML}Placemark")
    return [_typed({d.get("name"): d.text for d in placemark.iter(f"{KML}SimpleData")}) for placemark in placemarks]


def gpkg_geometries(path: Path) -> Geometries:
    """By id, the point of an incident, or what it is drawn in."""
    frame = gpd.read_file(path, layer="incidents")
    areas = pd.concat([gpd.read_file(path, layer=layer) for layer in ("areas", "stretches")])
    drawn = frame["area"].map(areas.set_index("area").geometry)
    return _by_id(frame.assign(geometry=frame.geometry.where(frame.geometry.notna(), drawn)))


def _by_id(frame: Any) -> Geometries:
    return dict(zip(frame["id"], frame["geometry"], strict=True))


def xlsx_manifest(path: Path) -> Manifest:
    return json.loads({row["about"]: row["this file"] for row in sheet_rows(path, "about")}["Manifest"])


def gpkg_manifest(path: Path) -> Manifest:
    with sqlite3.connect(path) as connection:
        return json.loads(connection.execute("SELECT this_file FROM manifest WHERE about='Manifest'").fetchone()[0])


def kml_manifest(path: Path) -> Manifest:
    described = ET.parse(path).getroot().findtext(f"{KML}Document/{KML}description")
    text = ET.fromstring(f"<all>{described}</all>").findall("p")[-1].text
    return json.loads(text.removeprefix("Manifest: "))


# By ending, and None for what a format does not have.

READERS: dict[str, Callable[[Path], Rows]] = {
    "csv": csv_rows,
    "geojson": geojson_rows,
    "gpkg": gpkg_rows,
    "xlsx": sheet_rows,
    "parquet": parquet_rows,
    "kml": kml_rows,
}
GEOMETRIES: dict[str, Callable[[Path], Geometries] | None] = {
    "csv": None,
    "geojson": lambda path: _by_id(gpd.read_file(path)),
    "gpkg": gpkg_geometries,
    "xlsx": None,
    "parquet": lambda path: _by_id(gpd.read_parquet(path)),
    "kml": None,
}
MANIFESTS: dict[str, Callable[[Path], Manifest] | None] = {
    "csv": None,
    "geojson": lambda path: json.loads(path.read_text(encoding="utf-8"))["manifest"],
    "gpkg": gpkg_manifest,
    "xlsx": xlsx_manifest,
    "parquet": lambda path: json.loads(pq.read_metadata(path).metadata[b"manifest"]),
    "kml": kml_manifest,
}
SIGNATURES = {
    "csv": b"\xef\xbb\xbfid,dataset",
    "geojson": b"{",
    "gpkg": b"SQLite format 3",
    "xlsx": b"PK",
    "parquet": b"PAR1",
    "kml": b"<?xml",
}
"""First bytes of a file."""
for _table in (READERS, GEOMETRIES, MANIFESTS, SIGNATURES):
    assert _table.keys() == FORMATS.keys(), f"formats in {__file__}: {_table.keys() ^ FORMATS.keys()}"


def rows_of(path: Path) -> Rows:
    """Return the rows of a file in the format of its ending; read once for all that look at them."""
    return _rows(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=16)
def _rows(path: Path, _: int) -> Rows:
    return READERS[path.suffix.removeprefix(".")](path)


def raw(rows: bytes) -> list[list[str]]:
    """The cells of a CSV file as they stand."""
    return list(csv.reader(io.StringIO(rows.decode("utf-8-sig"), newline="")))


def _typed(row: dict[str, Any]) -> dict[str, Any]:
    """Read numbers and days out of what text formats hold."""
    typed: dict[str, Any] = dict(row)
    for name in ("date_start", "date_end"):
        typed[name] = date.fromisoformat(row[name]) if row.get(name) else None
    for name in (f"{about}_{end}" for about in ("killed", "injured", "crossed") for end in ("low", "high")):
        typed[name] = int(row[name]) if row.get(name) not in (None, "") else None
    return typed


def _plain(frame: pd.DataFrame) -> Rows:
    rows = frame.drop(columns="geometry", errors="ignore").astype(object)
    return [
        {name: value.date() if isinstance(value, pd.Timestamp) else value for name, value in row.items()}
        for row in rows.where(rows.notna(), None).to_dict("records")
    ]
