"""One small file of each format, for a fuzzer to begin with."""

import gzip
import io
import json
import zipfile

import geopandas as gpd
import openpyxl
import shapely

ROWS = 'id,event date,notes\n1,2025-10-11,"a ""b"",\nc"\n2,2025-10-12,é ش\n'


def write_seeds(folder):
    """Write the seeds into a folder."""
    points = gpd.GeoDataFrame(
        {"id": [1, 2], "notes": ["a", None]}, geometry=shapely.points([[70, 34], [71, 35]]), crs=4326
    )
    points.to_file(folder / "points.gpkg", driver="GPKG")
    points.to_parquet(folder / "points.parquet")
    feature = {
        "type": "Feature",
        "properties": {"id": 1, "n": 1.5},
        "geometry": {"type": "Point", "coordinates": [70, 34]},
    }
    book = openpyxl.Workbook()
    for row in (["id", "notes"], [1, "a"], [2, None]):
        book.active.append(row)
    book.save(folder / "book.xlsx")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("rows.csv", ROWS)
    gdelt = "\t".join(["1", "20251011", "202510", "2025", "2025.7", *["x"] * 24, "4", *["y"] * 31])
    texts = {
        "rows.csv": ROWS.encode("utf-8-sig"),
        "wide.csv": ROWS.encode("utf-16"),
        "semicolon.csv": ROWS.replace(",", ";").encode("cp1252", "replace"),
        "events.tsv": gdelt.encode() + b"\n",
        "hashtags.csv": b"id,date\n#event+id,#date\n1,2025-10-11\n",
        "points.geojson": json.dumps({"type": "FeatureCollection", "features": [feature, feature]}).encode(),
        "rows.csv.gz": gzip.compress(ROWS.encode()),
        "rows.zip": packed.getvalue(),
    }
    for name, data in texts.items():
        (folder / name).write_bytes(data)
