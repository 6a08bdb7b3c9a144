"""One small file of each format, for a fuzzer to begin with."""

import gzip
import io
import json
import tempfile
import zipfile
from pathlib import Path

import geopandas as gpd
import openpyxl
import shapely

ROWS = 'id,event date,notes\n1,2025-10-11,"a ""b"",\nc"\n2,2025-10-12,é ش\n'


KML = """<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Folder><name>x</name><Placemark>
<name>a</name><description><![CDATA[<b>b</b>]]></description><TimeStamp><when>2025-10-11</when></TimeStamp><ExtendedData>
<Data name="id"><value>1</value></Data></ExtendedData><Polygon><outerBoundaryIs><LinearRing><coordinates>
70,34 70.1,34 70.1,34.1 70,34</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></Folder></kml>"""
ODS = """<d xmlns:office="o" xmlns:table="t" xmlns:text="x"><table:table table:name="a"><table:table-row>
<table:table-cell><text:p>id</text:p></table:table-cell><table:table-cell><text:p>notes</text:p></table:table-cell>
</table:table-row><table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="float"
office:value="1.5" table:number-rows-spanned="2"/><table:table-cell><text:p>b</text:p></table:table-cell>
</table:table-row></table:table></d>"""


def spreadsheet(content=ODS):
    """An OpenDocument spreadsheet with so much content."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("META-INF/manifest.xml", "<m/>")
        archive.writestr("content.xml", content)
    return made.getvalue()


def write_seeds(folder):
    """Write the seeds into a folder."""
    points = gpd.GeoDataFrame(
        {"id": [1, 2], "notes": ["a", None]}, geometry=shapely.points([[70, 34], [71, 35]]), crs=4326
    )
    points.to_file(folder / "points.gpkg", driver="GPKG")
    points.to_parquet(folder / "points.parquet")
    points.to_file(folder / "points.fgb", driver="FlatGeobuf")
    points.to_file(folder / "points.gml", driver="GML")
    (folder / "points.xsd").unlink(missing_ok=True)
    shapefile = io.BytesIO()
    with tempfile.TemporaryDirectory() as parts, zipfile.ZipFile(shapefile, "w") as archive:
        points.assign(notes=["é", "ش"]).to_file(Path(parts) / "points.shp", encoding="utf-8")
        for part in sorted(Path(parts).iterdir()):
            archive.write(part, part.name)
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
        "shapefile.zip": shapefile.getvalue(),
        "book.ods": spreadsheet(),
        "points.kml": KML.encode(),
        "points.gpx": b"<gpx><wpt lat='34' lon='70'><name>a</name><time>2025-10-11</time></wpt></gpx>",
        "lines.geojsonl": b"".join(json.dumps(feature).encode() + b"\n" for _ in range(3)),
        "answer.json": json.dumps({"count": 1, "data": [{"id": 1, "who": {"side": "A"}, "tags": ["a", "b"]}]}).encode(),
    }
    for name, data in texts.items():
        (folder / name).write_bytes(data)
