"""Some 450 files that are made to harm whoever reads them, each to end soon, in little memory, in a sentence.

`make hostile` tries all of them as an import does, in a process apart, and prints what became of each; it takes about
twenty minutes of a processor. `make hostile-app` drops them on the page of a running app, in Chromium, while another
viewer loads the map again and again. `tests/test_hostile.py` tries some.
"""

import asyncio
import gzip
import io
import json
import random
import re
import shutil
import sqlite3
import struct
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from itertools import islice
from pathlib import Path
from threading import Event, Thread

import geopandas as gpd
import psutil
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from playwright.sync_api import Page, sync_playwright

from benchmarks.measure import ROOT
from benchmarks.serving import served
from benchmarks.viewers import viewers
from geo.datasets.folder import DataFolder
from geo.imports.pipeline import prepare_apart
from geo.incident.errors import UnreadableError
from tests.browser.conftest import FLAGS
from tests.fuzz.seeds import OLD_WORKBOOK, mapinfo_parts, spreadsheet, write_seeds
from tests.geo.datasets.tables import left_in

FILES = 450
SECONDS, BYTES = 60, 2 * 2**30
"""Most that each may take."""
KEPT = "mappings.json"
"""Which column holds what, as a page keeps it."""
OTHERS_WAIT = 2
"""Seconds in which the map of another viewer is to be there meanwhile."""
MB = 2**20
OUTSIDE = "incident-map-was-here"
"""What files are called that are to be written elsewhere."""
Make = Callable[[Path], object]

CSV = b"id,date,country,latitude,longitude,title\n" + b"".join(
    b"%d,2025-10-11,Pakistan,34.0,71.3,t\n" % number for number in range(50)
)


# Text, and text that is packed.


def packed(*entries: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return into.getvalue()


def link(name: str, to: str) -> tuple[zipfile.ZipInfo, bytes]:
    entry = zipfile.ZipInfo(name)
    entry.create_system, entry.external_attr = 3, 0o120777 << 16
    return entry, to.encode()


def overlapping() -> bytes:
    """An archive of many entries that are all the same bytes."""
    one = packed(("a.csv", b"id,date\n" + b"1,2\n" * 500_000))
    at = one.index(b"PK\x01\x02")
    central, end = one[at : one.index(b"PK\x05\x06")], one[one.index(b"PK\x05\x06") :]
    many = 5_000
    return one[:at] + central * many + end[:8] + struct.pack("<HHII", many, many, len(central) * many, at) + b"\0\0"


def with_sizes(archive: bytes, size: int) -> bytes:
    """An archive whose entries say that they are so large."""
    changed = bytearray(archive)
    for mark, place in ((b"PK\x03\x04", 18), (b"PK\x01\x02", 20)):
        at = -1
        while (at := archive.find(mark, at + 1)) >= 0:
            changed[at + place : at + place + 8] = struct.pack("<II", size, size)
    return bytes(changed)


TEXTS: Mapping[str, bytes | Callable[[], bytes]] = {
    "bomb.csv.gz": lambda: gzip.compress(bytes(1_000 * MB), 9),
    "bomb-of-rows.csv.gz": lambda: gzip.compress(b"date,country\n" + b",\n" * (30 * MB), 9),
    "bomb.zip": lambda: packed(("a.csv", b"id,date\n" + b" " * 300 * MB)),
    "bomb-in-bomb.zip": lambda: packed(("a.csv.gz", gzip.compress(gzip.compress(bytes(100 * MB))))),
    "overlapping.zip": overlapping,
    "many-entries.zip": lambda: packed(*((f"{number}.csv", b"") for number in range(12_000))),
    "one-line.csv.gz": lambda: gzip.compress(b"date,country\n" + b"x" * (60 * MB), 9),
    "quote-left-open.csv": b'date,country\n"' + b"x,\n" * 700_000,
    "quotes.csv": b"date,country\n" + b'"' * 20 * MB,
    "columns.csv": b",".join(b"c%d" % number for number in range(900)) + b"\n" + (b"," * 899 + b"\n") * 3_000,
    "million-columns.csv": b"," * 1_000_000,
    "one-name.csv": b",".join([b"a"] * 999) + b"\n1\n",
    "same-id.csv": b"id,date,country\n" + b'"""""",2025-10-11,Pakistan\n' * 100_000,
    "digits.csv": b"date,country,killed\n2025-10-11,Pakistan," + b"9" * 4 * MB,
    "zeros.csv": bytes(5 * MB),
    "half-characters.csv": "date,country\n".encode("utf-16") + b"\x00\xd8" * 100_000,
    "mojibake.csv": b"date,country,title\n" + "2025-10-11,Pakistan,ÃƒÂ¢Ã¢â€šÂ¬\n".encode() * 20_000,
    "dates.csv": b"date,country\n" + b"".join(b"%d-%d-%d,Pakistan\n" % (n, n, n) for n in range(200_000)),
    "formulas.csv": CSV.replace(b",t\n", b",=HYPERLINK(1)\n"),
    "traversal.zip": packed((f"../../../../tmp/{OUTSIDE}.csv", CSV)),
    "absolute.zip": packed((f"/tmp/{OUTSIDE}.csv", CSV)),
    "backslashes.zip": packed((f"..\\..\\{OUTSIDE}.csv", CSV)),
    "zero-in-name.zip": packed(("a\0b.csv", CSV)),
    "link.zip": packed(link("a.csv", "/etc/passwd")),
    "link-and-file.zip": packed(link("a", "/tmp"), (f"a/{OUTSIDE}.csv", CSV)),
    "name.csv.gz": gzip.compress(CSV)[:3] + b"\x08" + gzip.compress(CSV)[4:10] + b"../../x\0" + gzip.compress(CSV)[10:],
    "lying-small.zip": with_sizes(packed(("a.csv", CSV)), 1),
    "lying-large.zip": with_sizes(packed(("a.csv", CSV)), 2**32 - 2),
    "lying.csv.gz": gzip.compress(CSV)[:-4] + b"\xff\xff\xff\xff",
    "lying-count.zip": packed(("a.csv", CSV))[:-12] + b"\xff\xff\xff\xff" + packed(("a.csv", CSV))[-8:],
}


# Tables of web pages.

PAGES: Mapping[str, bytes | Callable[[], bytes]] = {
    "tables-in-tables.html": b"<html>" + b"<table><tr><td>" * 100_000,
    "empty-tables.html": b"<html>" + b"<table></table>" * 100_000,
    "rows.html": b"<html><table>" + b"<tr><td>date<td>country" * 50_000,
    "wide-cells.html": b"<html><table>" + b"<tr><td colspan=999999999 rowspan=999999999>a" * 100_000,
    "wide-rows.html": b"<html><table>" + (b"<tr>" + b"<td>" * 999 + b"a") * 300,
    "tag-left-open.html": b"<html><table><tr><td " + b"a" * 3 * MB,
    "tags-left-open.html": b"<html><table>" + b"<td " * MB,
    "comment-left-open.html": b"<html><table><tr><td>a<!--" + b"-" * 3 * MB,
    "comments-left-open.html": b"<html><table>" + b"<!-" * MB,
    "declarations.html": b"<!DOCTYPE html>" + b"<![" * MB,
    "references.html": b"<html><table><tr><td>date<td>b<tr><td>" + b"&#9999999999999;&lt" * 50_000,
    "references-left-open.html": b"<html><table><tr><td>" + b"&a" * MB,
    "one-cell.html": b"<html><table><tr><td>a<td>" + b"x" * 60 * MB,
    "script-left-open.html": b"<html><table><script>" + b"</scrip" * MB,
}


# GeoJSON.


def geojson(*features: bytes) -> bytes:
    return b'{"type":"FeatureCollection","features":[' + b",".join(features) + b"]}"


def feature(properties: bytes = b'{"date":"2025-10-11"}', coordinates: bytes = b"[71,34]", more: bytes = b"") -> bytes:
    point = b'{"type":"Point","coordinates":%s}' % coordinates
    return b'{"type":"Feature","properties":%s,"geometry":%s%s}' % (properties, point, more)


def nested(depth: int) -> bytes:
    return b"[" * depth + b"]" * depth


GEOJSON: Mapping[str, bytes | Callable[[], bytes]] = {
    **{f"deep-{depth}": geojson(feature(b'{"date":%s}' % nested(depth))) for depth in (300, 900, 981, 990, 5_000)},
    "deep-open": b'{"features":[' + b"[" * 10_000_000,
    "deep-geometry": geojson(feature(coordinates=nested(970))),
    "deep-objects": geojson(feature(b'{"a":' * 985 + b"1" + b"}" * 985)),
    "half-character-in-key": geojson(feature(b'{"date":"2025-10-11","\\ud800key":"1","\\u0000":2}')),
    "half-character-in-value": geojson(feature(b'{"date":"\\udfff","title":"\\ud83d"}')),
    "half-character-in-list": geojson(feature(b'{"date":["\\udfff",{"\\ud800":1}]}')),
    "numbers": geojson(feature(b'{"date":%s}' % (b"9" * 5_000_000))),
    "no-numbers": geojson(feature(coordinates=b"[NaN,Infinity]"), feature(coordinates=b'["a",{}]')),
    "large-exponents": geojson(feature(coordinates=b"[1e400,-1e999999]")),
    "keys": geojson(*(feature(b'{"k%d":1}' % number) for number in range(3_000))),
    "long-key": geojson(feature(b'{"%s":1}' % (b"k" * 10 * MB))),
    "feature-without-end": b'{"features":[{"properties":{"a":"' + b"x" * 40 * MB,
    "endless-blanks": b'{"features":[' + b" " * 40 * MB,
    "empty-features": geojson(*[b"{}"] * 500_000),
    "ids-of-lists": geojson(*[feature(more=b',"id":[]')] * 20_000),
    "bomb.gz": lambda: gzip.compress(geojson(*[feature()] * 400_000), 9),
    "crs-of-a-file": b'{"crs":{"properties":{"name":"/vsicurl/http://127.0.0.1/x"}},' + geojson(feature())[1:],
}


# JSON of other kinds, Esri's and uMap's among them.


def esri(*geometries: bytes) -> bytes:
    rows = (b'{"attributes":{"date":"2025-10-11"},"geometry":%s}' % geometry for geometry in geometries)
    return b'{"geometryType":"esriGeometryPolygon","features":[' + b",".join(rows) + b"]}"


UMAP_LAYER = b'{%s,"_umap_options":{"name":%s}}'


def umap(*layers: bytes) -> bytes:
    return b'{"type":"umap","properties":{},"layers":[' + b",".join(layers) + b"]}"


JSON: Mapping[str, bytes | Callable[[], bytes]] = {
    "lists-in-lists": b"[" * 5_000_000,
    "objects-in-objects": b'{"a":' * 2_000_000,
    "list-without-end": b'[{"date":"2025-10-11"},' * 1 + b'{"a":"' + b"x" * 40 * MB,
    "many-lists": b"{" + b",".join(b'"l%d":[{"a":1}]' % n for n in range(200_000)) + b"}",
    "many-members": b"{" + b",".join(b'"m%d":1' % n for n in range(1_000_000)) + b"}",
    "many-columns": b"[" + b",".join(b'{"k%d":1}' % n for n in range(5_000)) + b"]",
    "wide-nesting": b"[" + b",".join(b'{"a":{"k%d":{"x":1}}}' % n for n in range(5_000)) + b"]",
    "empty-objects": b"[" + b",".join([b"{}"] * 2_000_000) + b"]",
    "lines-of-nothing": b"{}\n" * 2_000_000,
    "separators": b"\x1e" * 20 * MB,
    "sequence-of-halves": b'\x1e{"a":1}\n\x1e{"a"',
    "layers-of-layers": b'{"layers":[' + b'{"features":[' * 5_000,
    "long-number": b'[{"date":' + b"9" * 20 * MB + b"}]",
    "numbers-as-coordinates": b'[{"type":"Feature","geometry":{"type":"Point","coordinates":[1e999,-1e999]}}]',
    "many-positions": lambda: (
        b'{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":['
        + b",".join([b"[70,34]"] * 1_000_000)
        + b"]}}"
    ),
    "collections-in-collections": b'[{"a":1,"g":'
    + b'{"type":"GeometryCollection","geometries":[' * 300
    + b"]}" * 300
    + b"}]",
    "crs-that-opens-files": b'{"crs":{"properties":{"name":"+proj=utm +nadgrids=/etc/passwd"}},'
    + geojson(feature())[1:],
    "wkid-of-digits": b'{"spatialReference":{"wkid":' + b"9" * 4_000 + b'},"features":[{"attributes":{"a":1}}]}',
    "bomb.gz": lambda: gzip.compress(b"[" + b'{"date":""},' * 8_000_000 + b"{}]", 9),
    "geolocation-of-lists": b'[{"_geolocation":[[[1]],{}]}]' * 1,
    "esri-positions": lambda: esri(b'{"rings":[[' + b",".join([b"[70,34]"] * 1_000_000) + b"]]}"),
    "esri-rings": lambda: esri(b'{"rings":[' + b",".join([b"[[70,34],[71,34],[71,35],[70,34]]"] * 200_000) + b"]}"),
    "esri-deep": esri(b'{"rings":%s}' % nested(900)),
    "esri-curves": esri(b'{"curveRings":[[[70,34],{"a":[[71,34],[70,34],0,1]}]]}'),
    "esri-no-numbers": esri(b'{"x":1e999,"y":"NaN"}', b'{"x":{},"y":[]}', b"[]", b"7"),
    "esri-crs-without-end": b'{"spatialReference":{"wkt":"%s"},' % (b"PROJCS[" * 100_000)
    + esri(b'{"x":70,"y":34}')[1:],
    "umap-layers": lambda: umap(*(UMAP_LAYER % (geojson(feature())[1:-1], b'"%d"' % n) for n in range(30_000))),
    "umap-name": umap(UMAP_LAYER % (geojson(feature())[1:-1], b'"' + b"x" * 10 * MB + b'"')),
    "umap-name-of-lists": umap(UMAP_LAYER % (geojson(feature())[1:-1], nested(500))),
    "umap-without-end": b'{"type":"umap","layers":[' + (UMAP_LAYER % (geojson(feature())[1:-1], b'"a"')) * 3,
}


# Maps: KML, GPX, GML, shapefiles, FlatGeobuf, MapInfo.

XML = b"<?xml version='1.0'?>"
MANY_LAUGHS = (
    b"<!DOCTYPE x [<!ENTITY a0 'ha'>" + b"".join(b"<!ENTITY a%d '%s'>" % (n + 1, b"&a%d;" % n * 10) for n in range(12))
) + b"]>"
ABROAD = b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
PLACEMARK = b"<Placemark><name>%s</name><Point><coordinates>70,34</coordinates></Point></Placemark>"
GML = (
    b"<ogr:FeatureCollection xmlns:ogr='http://ogr.maptools.org/' xmlns:gml='http://www.opengis.net/gml' "
    b"xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xmlns:xlink='http://www.w3.org/1999/xlink'%s>%s"
    b"</ogr:FeatureCollection>"
)
MEMBER = (
    b"<gml:featureMember><ogr:t fid='a%d'><ogr:geometryProperty><gml:Point srsName='EPSG:4326'><gml:coordinates>70,34"
    b"</gml:coordinates></gml:Point></ogr:geometryProperty><ogr:date>2025-10-11</ogr:date>%s</ogr:t></gml:featureMember>"
)
VRT = (
    b"<OGRVRTDataSource><OGRVRTLayer name='a'><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer>"
    b"</OGRVRTDataSource>"
)


LINK = b"<NetworkLink><Link><href>%d.kml</href></Link></NetworkLink>"
GML_GEOMETRY = b"<gml:featureMember><ogr:t fid='a1'><ogr:geometryProperty>%s"
GML_LINE = (
    GML_GEOMETRY % b"<gml:LineString><gml:posList>%s</gml:posList></gml:LineString>"
    + b"</ogr:geometryProperty></ogr:t></gml:featureMember>"
)


def shapefile(**changed_parts: Callable[[bytes], bytes]) -> bytes:
    """A sound one in a zip file, with some of its files changed."""
    with tempfile.TemporaryDirectory() as folder:
        points = gpd.GeoDataFrame({"date": ["2025-10-11"] * 50}, geometry=shapely.points([[71, 34]] * 50), crs=4326)
        points.to_file(Path(folder, "a.shp"))
        parts = {path.suffix[1:]: path.read_bytes() for path in sorted(Path(folder).iterdir())}
    parts |= {name: change(parts.get(name, b"")) for name, change in changed_parts.items()}
    return packed(*((f"a.{name}", content) for name, content in parts.items()))


def dbf(change: Callable[[bytes], bytes]) -> bytes:
    """The table of such a shapefile alone."""
    with zipfile.ZipFile(io.BytesIO(shapefile())) as archive:
        return change(archive.read("a.dbf"))


def put(at: int, value: bytes) -> Callable[[bytes], bytes]:
    return lambda content: content[:at] + value + content[at + len(value) :]


def in_the_first_feature(value: bytes) -> Callable[[bytes], bytes]:
    """Change a FlatGeobuf file where its first feature begins, after the head and an index of 55 nodes."""
    return lambda content: put(12 + int.from_bytes(content[8:12], "little") + 55 * 40, value)(content)


def flatgeobuf(change: Callable[[bytes], bytes]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        points = gpd.GeoDataFrame({"date": ["2025-10-11"] * 50}, geometry=shapely.points([[71, 34]] * 50), crs=4326)
        points.to_file(Path(folder, "a.fgb"), driver="FlatGeobuf")
        return change(Path(folder, "a.fgb").read_bytes())


def tab(text: bytes) -> bytes:
    return packed(("a.tab", b"!table\n!version 300\n" + text), ("a.dat", b""), ("a.map", b""), ("a.id", b""))


def mapinfo(**changed_parts: Callable[[bytes], bytes]) -> bytes:
    """A sound table of MapInfo's in a zip file, with some of its files changed."""
    parts = mapinfo_parts("TAB")
    parts |= {name: change(parts[name]) for name, change in changed_parts.items()}
    return packed(*((f"a.{name}", content) for name, content in parts.items()))


def mif(columns: bytes = b"Columns 1\n a Char(10)", data: bytes = b"Point 70 34", head: bytes = b"") -> bytes:
    text = b'Version 300\nCharset "Neutral"\nDelimiter ","\n%s%s\nData\n\n%s\n' % (head, columns, data)
    return packed(("a.mif", text), ("a.mid", b'"x"\n'))


def outside(port: int) -> Mapping[str, bytes | Callable[[], bytes]]:
    """Files that have something fetched from a port of this machine by whoever follows what stands in them."""
    there = b"http://127.0.0.1:%d/x" % port
    there_by_gdal = b"/vsicurl/" + there
    schema = b" xsi:schemaLocation='http://ogr.maptools.org/ %s'"
    link_there = b"<NetworkLink><Link><href>%s</href></Link></NetworkLink>"
    vrt = VRT.replace(b"/etc/passwd", there_by_gdal)
    return {
        "doctype-abroad.kml": XML + b"<!DOCTYPE x SYSTEM '%s'><kml>" % there + PLACEMARK % b"a" + b"</kml>",
        "parameter-abroad.kml": XML + b"<!DOCTYPE x [<!ENTITY %% a SYSTEM '%s'> %%a;]><kml/>" % there,
        "doctype-abroad.gpx": XML + b"<!DOCTYPE x SYSTEM '%s'><gpx><wpt lat='34' lon='70'/></gpx>" % there,
        "network-link.kml": b"<kml>" + link_there % there + PLACEMARK % b"a" + b"</kml>",
        "network-link.kmz": packed(
            (
                "doc.kml",
                b"<kml>" + link_there % there + link_there % b"../../etc/passwd" + link_there % b"b.kml" + b"</kml>",
            ),
            ("b.kml", b"<kml>" + PLACEMARK % b"a" + link_there % b"doc.kml" + link_there % there_by_gdal + b"</kml>"),
        ),
        "schema-abroad.gml": XML + GML % (schema % there, MEMBER % (1, b"")),
        "schema-by-gdal.gml": XML + GML % (schema % there_by_gdal, MEMBER % (1, b"")),
        "schema-abroad-in-utf-16.gml": (XML + GML % (schema % there, MEMBER % (1, b""))).decode().encode("utf-16"),
        "xlink.gml": XML + GML % (b"", MEMBER % (1, b"<ogr:a xlink:href='%s'/>" % there)),
        "geometry-abroad.gml": XML
        + GML % (b"", (MEMBER % (1, b"")).replace(b"<gml:Point ", b"<gml:Point xlink:href='%s#a' " % there)),
        "crs-abroad.gml": XML + GML % (b"", (MEMBER % (1, b"")).replace(b"EPSG:4326", there)),
        "crs-by-gdal.gml": XML + GML % (b"", (MEMBER % (1, b"")).replace(b"EPSG:4326", there_by_gdal)),
        "vrt-within.gml": XML + b"<!-- " + vrt + b" -->" + GML % (b"", MEMBER % (1, b"")),
        "vrt.xml": XML + vrt,
        "shapefile-of-vrt.zip": lambda: shapefile(shp=lambda _: vrt),
        "prj-of-a-file.zip": lambda: shapefile(prj=lambda _: there_by_gdal),
        "prj-abroad.zip": lambda: shapefile(prj=lambda _: there),
        "names-by-gdal.zip": packed((there_by_gdal.decode() + ".kml", b"<kml>" + PLACEMARK % b"a" + b"</kml>")),
        "of-others.tab.zip": tab(b"Definition Table\n Type LINKED\nopen table '%s'\n" % there_by_gdal),
        "crs-abroad.geojson": b'{"crs":{"type":"link","properties":{"href":"%s","name":"%s"}},' % (there, there)
        + geojson(feature())[1:],
        "remote.umap": umap(
            b'{"type":"FeatureCollection","features":[],"_umap_options":{"remoteData":{"url":"%s","format":"geojson"}}}'
            % there
        ),
    }


MAPS: Mapping[str, bytes | Callable[[], bytes]] = {
    **outside(9),
    "laughs.kml": XML + MANY_LAUGHS + b"<kml>" + PLACEMARK % b"&a12;" + b"</kml>",
    "laughs.gpx": XML + MANY_LAUGHS + b"<gpx><wpt lat='1' lon='2'><name>&a12;</name></wpt></gpx>",
    "laughs.gml": XML + MANY_LAUGHS + GML % (b"", MEMBER % (1, b"<ogr:a>&a12;</ogr:a>")),
    "abroad.kml": XML + ABROAD + b"<kml>" + PLACEMARK % b"&a;" + b"</kml>",
    "abroad.gml": XML + ABROAD + GML % (b"", MEMBER % (1, b"<ogr:a>&a;</ogr:a>")),
    "schema-here.gml": XML + GML % (b" xsi:schemaLocation='http://ogr.maptools.org/ /etc/passwd'", MEMBER % (1, b"")),
    "deep.gml": XML + GML % (b"", b"<gml:a>" * 100_000),
    "many.gml": lambda: XML + GML % (b"", b"".join(MEMBER % (n, b"") for n in range(40_000))),
    "columns.gml": lambda: (
        XML + GML % (b"", b"".join(MEMBER % (n, b"<ogr:c%d>1</ogr:c%d>" % (n, n)) for n in range(5_000)))
    ),
    "deep.kml": b"<kml>" + b"<Folder>" * 1_000_000,
    "long-name.kml": b"<kml>" + PLACEMARK % (b"x" * 40 * MB) + b"</kml>",
    "long-attribute.kml": b"<kml a='" + b"x" * 40 * MB + b"'/>",
    "positions.kml": lambda: (
        b"<kml><Placemark><LineString><coordinates>"
        + b"70,34 " * 2_000_000
        + b"</coordinates></LineString></Placemark></kml>"
    ),
    "placemarks.kml": lambda: b"<kml>" + b"<Placemark/>" * 1_000_000 + b"</kml>",
    "data.kml": lambda: (
        b"<kml><Placemark>"
        + b"".join(b"<Data name='k%d'><value>1</value></Data>" % n for n in range(50_000))
        + b"</Placemark></kml>"
    ),
    "same-data.kml": lambda: b"<kml><Placemark>" + b"<Data name='k'><value>%s</value></Data>" % (b"x" * 100) * 100_000,
    "tags.kml": b"<kml><Placemark><description><![CDATA[" + b"<" * 10 * MB + b"]]></description></Placemark></kml>",
    "half.gpx": b"<gpx><wpt lat='1' lon='2'>",
    "no-numbers.gpx": b"<gpx><wpt lat='NaN' lon='x'/><wpt/></gpx>",
    "other-encoding.kml": b"<?xml version='1.0' encoding='utf-7'?><kml/>",
    "lying-rows.zip": lambda: shapefile(dbf=put(4, b"\xff\xff\xff\x7f")),
    "lying-head.zip": lambda: shapefile(dbf=put(8, b"\xff\xff\xff\xff")),
    "lying-record.zip": lambda: shapefile(shp=put(104, b"\x7f\xff\xff\xff")),
    "lying-parts.zip": lambda: shapefile(
        shp=put(108, struct.pack("<i", 5) + bytes(32) + struct.pack("<ii", 2**31 - 1, 2**31 - 1))
    ),
    "shx-elsewhere.zip": lambda: shapefile(shx=put(100, b"\x7f\xff\xff\xff")),
    "prj-of-nonsense.zip": lambda: shapefile(prj=lambda _: b"GEOGCS[" * 100_000),
    "cpg-of-nonsense.zip": lambda: shapefile(cpg=lambda _: b"../../etc/passwd\0" * 100),
    "no-shx.zip": lambda: shapefile(shx=lambda _: b""),
    "empty-dbf.zip": lambda: shapefile(dbf=lambda _: b""),
    "bomb-of-dbf.zip": lambda: shapefile(dbf=lambda _: bytes(300 * MB)),
    "many-shapefiles.zip": lambda: packed(*((f"{n}.{part}", b"") for n in range(3_000) for part in ("shp", "dbf"))),
    "lying-rows.dbf": lambda: dbf(put(4, b"\xff\xff\xff\x7f")),
    "lying-head.dbf": lambda: dbf(put(8, b"\xff\xff")),
    "rows-of-no-size.dbf": lambda: dbf(put(4, b"\xff\xff\xff\x7f\x41\0\0\0")),
    "lying-column.dbf": lambda: dbf(put(48, b"\0")),
    "other-case.zip": lambda: packed(("A.SHP", b"\0\0'\n"), ("a.dbf", b"\3"), ("../a.DBF", b"\3")),
    "lying-size.fgb": lambda: flatgeobuf(put(8, b"\xff\xff\xff\x7f")),
    "lying-head.fgb": lambda: flatgeobuf(put(12, b"\xff" * 40)),
    "magic-alone.fgb": b"fgb\x03fgb\x00",
    "of-others.zip": tab(b"Definition Table\n Type LINKED\nopen table '/etc/passwd'\n"),
    "seamless.zip": tab(b'Definition Table\n Type NATIVE\n"\\IsSeamless" = "TRUE"\n'),
    "empty-map.zip": tab(b'Definition Table\n Type NATIVE Charset "Neutral"\n Fields 1\n a Char (10) ;\n'),
    "kmz-in-kmz.zip": lambda: packed(("doc.kmz", packed(("doc.kmz", packed(("doc.kml", b"<kml/>")))))),
    "bomb.kmz": lambda: packed(("doc.kml", b"<kml>" + b"<Placemark/>" * 20_000_000)),
    "laughs.kmz": packed(("doc.kml", XML + MANY_LAUGHS + b"<kml>" + PLACEMARK % b"&a12;" + b"</kml>")),
    "laughs-in-utf-16.kml": (XML + MANY_LAUGHS + b"<kml>" + PLACEMARK % b"&a12;" + b"</kml>").decode().encode("utf-16"),
    "deep.kmz": packed(("doc.kml", b"<kml>" + b"<Folder>" * 1_000_000)),
    "traversal.kmz": packed((f"../../../../tmp/{OUTSIDE}.kml", b"<kml>" + PLACEMARK % b"a" + b"</kml>")),
    "link.kmz": packed(link("doc.kml", "/etc/passwd")),
    "lying-large.kmz": with_sizes(packed(("doc.kml", b"<kml>" + PLACEMARK % b"a" + b"</kml>")), 2**32 - 2),
    "links-in-a-circle.kmz": lambda: packed(
        *(
            (f"{n or 'doc'}.kml", b"<kml>" + b"".join(LINK % (n * 7 + step) for step in range(300)) + b"</kml>")
            for n in range(400)
        )
    ),
    "numbers.kml": b"<kml><Placemark><Point><coordinates>1e999,-1e999 NaN,x ,</coordinates></Point></Placemark></kml>",
    "abroad.gpx": XML + ABROAD + b"<gpx><wpt lat='34' lon='70'><name>&a;</name></wpt></gpx>",
    "deep.gpx": b"<gpx>" + b"<extensions>" * 1_000_000,
    "long-name.gpx": b"<gpx><wpt lat='34' lon='70'><name>" + b"x" * 40 * MB + b"</name></wpt></gpx>",
    "waypoints.gpx": lambda: b"<gpx>" + b"<wpt/>" * 1_000_000 + b"</gpx>",
    "extensions.gpx": lambda: (
        b"<gpx><wpt lat='34' lon='70'><extensions>"
        + b"".join(b"<k%d>1</k%d>" % (n, n) for n in range(50_000))
        + b"</extensions></wpt></gpx>"
    ),
    "tracks.gpx": lambda: b"<gpx><trk><trkseg>" + b"<trkpt lat='34' lon='70'/>" * 1_000_000 + b"</trkseg></trk></gpx>",
    "positions.gml": lambda: XML + GML % (b"", GML_LINE % (b"70 34 " * 2_000_000)),
    "deep-geometry.gml": XML + GML % (b"", GML_GEOMETRY % (b"<gml:MultiGeometry><gml:geometryMember>" * 90)),
    "long-text.gml": XML + GML % (b"", MEMBER % (1, b"<ogr:a>" + b"x" * 40 * MB + b"</ogr:a>")),
    "crs-without-end.gml": XML + GML % (b"", (MEMBER % (1, b"")).replace(b"EPSG:4326", b"PROJCS[" * 50_000)),
    "traversal-of-a-shapefile.zip": packed(
        *((f"../../../../tmp/{OUTSIDE}.{part}", b"\0\0'\n") for part in ("shp", "dbf", "shx"))
    ),
    "links-for-a-shapefile.zip": packed(*(link(f"a.{part}", "/etc/passwd") for part in ("shp", "dbf", "shx", "prj"))),
    "lying-length.zip": lambda: shapefile(shp=put(24, b"\x7f\xff\xff\xff")),
    "lying-row-size.zip": lambda: shapefile(dbf=put(10, b"\xff\xff")),
    "rows-of-no-size.zip": lambda: shapefile(dbf=put(4, b"\xff\xff\xff\x7f\x41\0\0\0")),
    "lying-column.zip": lambda: shapefile(dbf=put(48, b"\0")),
    "lying-count.fgb": lambda: flatgeobuf(
        lambda content: content.replace(struct.pack("<Q", 50), struct.pack("<Q", 2**40))
    ),
    "lying-node.fgb": lambda: flatgeobuf(lambda content: content[:200] + b"\xff" * 2_000 + content[2_200:]),
    "lying-feature.fgb": lambda: flatgeobuf(in_the_first_feature(b"\xff\xff\xff\x7f")),
    "feature-elsewhere.fgb": lambda: flatgeobuf(in_the_first_feature(b"\x60\0\0\0\xff\xff\xff\x7f")),
    "lying-rows.tab.zip": lambda: mapinfo(dat=put(4, b"\xff\xff\xff\x7f")),
    "lying-head.tab.zip": lambda: mapinfo(dat=put(8, b"\xff\xff\xff\xff")),
    "lying-map.tab.zip": lambda: mapinfo(map=put(256, b"\xff" * 200)),
    "map-in-a-circle.tab.zip": lambda: mapinfo(map=lambda content: content[:512] + content[512:1024] * 200),
    "lying-id.tab.zip": lambda: mapinfo(id=lambda _: b"\xff\xff\xff\x7f" * 200),
    "columns.mif.zip": mif(b"Columns 2000000000\n a Char(10)"),
    "many-columns.mif.zip": lambda: mif(b"Columns 50000\n" + b"".join(b" a%d Char(10)\n" % n for n in range(50_000))),
    "wide-column.mif.zip": mif(b"Columns 1\n a Char(2147483647)"),
    "positions.mif.zip": mif(data=b"Pline 2000000000\n70 34"),
    "parts.mif.zip": mif(data=b"Region 2000000000\n 2000000000\n70 34"),
    "crs-of-nonsense.mif.zip": mif(head=b'CoordSys Earth Projection 99999, 104, "m", 1e999\n'),
    "bomb.mif.zip": lambda: mif(data=b"Point 70 34\n" * 10_000_000),
}


# OpenDocument spreadsheets, and old workbooks.

TABLE = b"<d xmlns:table='t' xmlns:office='o' xmlns:text='x'><table:table table:name='a'>"
HEADS = (
    b"<table:table-row>"
    + b"".join(b"<table:table-cell><text:p>%s</text:p></table:table-cell>" % name for name in (b"date", b"country"))
    + b"</table:table-row>"
)
ODS_ROW = b"<table:table-row%s><table:table-cell%s><text:p>%s</text:p></table:table-cell></table:table-row>"


def ods(rows: bytes, *, before: bytes = b"") -> Callable[[], bytes]:
    return lambda: spreadsheet(before + TABLE + HEADS + rows + b"</table:table></d>")


CELL_OF_TEXT = b"\xfd\0\x0a\0"


def old(record: bytes, at: int, value: bytes) -> bytes:
    """An old workbook with each record of a kind changed, so many bytes after its beginning."""
    content, found = OLD_WORKBOOK, -1
    while (found := OLD_WORKBOOK.find(record, found + 1)) >= 0:
        content = put(found + at, value)(content)
    return content


SPREADSHEETS: Mapping[str, bytes | Callable[[], bytes]] = {
    "laughs": ods(ODS_ROW % (b"", b"", b"&a12;"), before=XML + MANY_LAUGHS),
    "abroad": ods(ODS_ROW % (b"", b"", b"&a;"), before=XML + ABROAD),
    "rows-repeated": ods(ODS_ROW % (b" table:number-rows-repeated='1048570'", b"", b"a")),
    "rows-repeated-often": ods(ODS_ROW % (b" table:number-rows-repeated='1048570'", b"", b"a") * 5),
    "long-rows-repeated": ods(ODS_ROW % (b" table:number-rows-repeated='1000000'", b"", b"x" * 1_000_000)),
    "cells-repeated": ods(ODS_ROW % (b"", b" table:number-columns-repeated='999999999'", b"a")),
    "spans": ods(
        ODS_ROW % (b"", b" table:number-rows-spanned='1048576' table:number-columns-spanned='16384'", b"a") * 50_000
    ),
    "no-number": ods(ODS_ROW % (b" table:number-rows-repeated='-1'", b"", b"a")),
    "spaces": ods(ODS_ROW % (b"", b"", b"<text:s text:c='999999999'/>" * 5_000)),
    "deep": ods(b"<table:table>" * 200_000),
    "sheets": lambda: spreadsheet(
        b"<d xmlns:table='t'>" + b"<table:table table:name='a'></table:table>" * 200_000 + b"</d>"
    ),
    "long-text": ods(ODS_ROW % (b"", b"", b"x" * 100 * MB)),
    "no-content": lambda: packed(("META-INF/manifest.xml", b""), ("content.xml", b"")),
    "bomb": lambda: spreadsheet(TABLE + HEADS + (ODS_ROW % (b"", b"", b"")) * 2_000_000),
    "lying-small": lambda: with_sizes(spreadsheet(), 1),
    "columns": ods(b"<table:table-row>" + b"<table:table-cell><text:p>a</text:p></table:table-cell>" * 30_000),
    "traversal": lambda: packed(("../../META-INF/manifest.xml", b""), ("../../content.xml", b"")),
    "links": lambda: packed(("META-INF/manifest.xml", b""), link("content.xml", "/etc/passwd")),
    "lying-large": lambda: with_sizes(spreadsheet(), 2**32 - 2),
    "old-of-nothing": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4_000),
    "old-of-sectors": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 4_000,
    "old-sectors-in-a-circle": put(512, bytes(512))(OLD_WORKBOOK),
    "old-lying-head": put(44, b"\xff\xff\xff\x7f" * 10)(OLD_WORKBOOK),
    "old-lying-record": old(CELL_OF_TEXT, 2, b"\xff\xff"),
    "old-cell-far-off": old(CELL_OF_TEXT, 4, b"\xff\xff\xff\0"),
    "old-cell-farther-off": old(CELL_OF_TEXT, 4, b"\xff\xff\xff\xff"),
    "old-text-that-is-not-there": old(CELL_OF_TEXT, 10, b"\xff\xff\xff\xff"),
    "old-lying-texts": old(b"\xfc\0", 4, b"\xff\xff\xff\xff\xff\xff\xff\xff"),
    "old-lying-size": old(b"\0\x02\x0e\0", 4, b"\xff" * 12),
    "old-sheet-elsewhere": old(b"\x85\0", 4, b"\xff\xff\xff\xff"),
    "old-merged": old(b"\xe5\0", 6, b"\0\0\xff\xff\0\0\xff\xff"),
}


# Workbooks.

NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
TYPES = f"""<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>
<Override PartName="/xl/sharedStrings.xml" ContentType="{KIND}.sharedStrings+xml"/></Types>"""
BOOK = f'<workbook {NS} xmlns:r="{RELS}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>'
RELATION = '<Relationship Id="r1" Type="{1}/worksheet" Target="{2}"/>'
RELATED = f'<Relationships xmlns="{{0}}/relationships">{RELATION}</Relationships>'
HEAD = '<row r="1"><c t="str"><v>date</v></c><c t="str"><v>country</v></c></row>'
ENTITY = '<!DOCTYPE x [<!ENTITY a "{}">]>'


def workbook(  # noqa: PLR0913  # the parts that a workbook has
    rows: str = "", *, texts: str = "", types: str = TYPES, book: str = BOOK, head: str = "", target: str = "sheet.xml"
) -> bytes:
    sheet = f"{head}<worksheet {NS}><sheetData>{HEAD}{rows}</sheetData></worksheet>"
    return packed(
        ("[Content_Types].xml", types.encode()),
        ("xl/workbook.xml", book.encode()),
        ("xl/_rels/workbook.xml.rels", RELATED.format(PACKAGE, RELS, target).encode()),
        ("xl/sharedStrings.xml", (texts or f"<sst {NS}/>").encode()),
        ("xl/sheet.xml", sheet.encode()),
    )


def shared(text: str, times: int, *, head: str = "") -> str:
    return f"{head}<sst {NS}>" + f"<si><t>{text}</t></si>" * times + "</sst>"


LONG = ENTITY.format("A" * 200_000)
LAUGHS = "<!DOCTYPE x [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{n + 1} '{f'&a{n};' * 10}'>" for n in range(12)) + "]>"
WORKBOOKS: Mapping[str, Callable[[], bytes]] = {
    "entity-in-texts": lambda: workbook(texts=shared("&a;" * 50, 1_100, head=LONG)),
    "entity-in-cells": lambda: workbook('<row><c t="str"><v>&a;</v></c></row>' * 55_000, head=LONG),
    "laughs-in-texts": lambda: workbook(texts=shared("&a12;", 1, head=LAUGHS)),
    "laughs-in-types": lambda: workbook(types=LAUGHS + TYPES.replace("<Default", "&a12;<Default")),
    "laughs-in-workbook": lambda: workbook(book=LAUGHS + BOOK.replace("</sheets>", "&a12;</sheets>")),
    "long-text-often": lambda: workbook(
        '<row><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>' * 50_000, texts=shared("x" * 500_000, 1)
    ),
    "other-file": lambda: workbook(
        '<row><c t="str"><v>&a;</v></c></row>', head='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    ),
    "other-address": lambda: workbook(book=f'<!DOCTYPE x SYSTEM "http://127.0.0.1/x">{BOOK}'),
    "target-outside": lambda: workbook(target="../../../../../etc/passwd"),
    "target-of-target": lambda: workbook(target="workbook.xml"),
    "row-a-billion": lambda: workbook('<row r="1000000000"><c t="str"><v>a</v></c></row>'),
    "row-of-no-number": lambda: workbook('<row r="1e999"><c/></row>'),
    "column-zzz": lambda: workbook('<row r="2"><c r="ZZZZZZ2" t="str"><v>a</v></c></row>'),
    "cells": lambda: workbook("<row>" + "<c/>" * 2_000_000 + "</row>"),
    "empty-rows": lambda: workbook("<row/>" * 3_000_000),
    "text-that-is-not-there": lambda: workbook('<row><c t="s"><v>-1</v></c><c t="s"><v>99</v></c></row>'),
    "deep": lambda: workbook("<row>" * 200_000),
    "deep-types": lambda: workbook(types="<a>" * 300_000),
    "deep-workbook": lambda: workbook(book=BOOK.replace("</sheets>", "<a>" * 200_000)),
    "long-number": lambda: workbook(f"<row><c><v>{'9' * 3_000_000}.5</v></c></row>"),
    "sheets": lambda: workbook(
        book=BOOK.replace("<sheets>", "<sheets>" + '<sheet name="b" sheetId="2" r:id="r1"/>' * 50_000)
    ),
    "lying-small": lambda: with_sizes(workbook("<row><c><v>1</v></c></row>" * 1000), 1),
    "lying-large": lambda: with_sizes(workbook(), 2**32 - 2),
}


# Parquet.


def many_columns(path: Path) -> None:
    long = pa.array(["x" * 12_000], pa.string())
    column = pa.DictionaryArray.from_arrays(pa.array([0] * 10_000, pa.int32()), long)
    pq.write_table(pa.table({f"c{number}": column for number in range(80)}), path, compression="zstd")


def nested_lists(path: Path) -> None:
    kind = pa.int8()
    for _ in range(60):
        kind = pa.list_(kind)
    value: list[object] = []
    for _ in range(59):
        value = [value]
    pq.write_table(pa.table({"date": pa.array([value], kind)}), path)


def with_metadata(path: Path, **described: object) -> None:
    table = pa.table({"date": ["2025-10-11"], "geometry": [b"\1\1"]})
    pq.write_table(table.replace_schema_metadata({"geo": json.dumps(described)}), path)


def lying_footer(path: Path) -> None:
    pq.write_table(pa.table({"date": ["2025-10-11"]}), path)
    content = path.read_bytes()
    path.write_bytes(content[:-8] + struct.pack("<I", 2**31 - 1) + content[-4:])


PARQUET: Mapping[str, Make] = {
    "many-columns": many_columns,
    "nested": nested_lists,
    "nothing-often": lambda path: pq.write_table(pa.table({"date": pa.nulls(60_000_000)}), path),
    "one-value-often": lambda path: pq.write_table(
        pa.table({name: pa.repeat("2025-10-11", 1_500_000) for name in ("date", "country", "a", "b", "c", "d")}), path
    ),
    "long-value-often": lambda path: pq.write_table(pa.table({"date": ["x" * MB] * 1_500}), path),
    "large-list": lambda path: pq.write_table(
        pa.table({"date": pa.array([[0] * 20_000_000], pa.list_(pa.int8()))}), path, compression="zstd"
    ),
    "columns": lambda path: pq.write_table(pa.table({f"c{n}": [1] for n in range(5_000)}), path),
    "row-groups": lambda path: pq.write_table(pa.table({"date": ["a"] * 2_000}), path, row_group_size=1),
    "times": lambda path: pq.write_table(pa.table({"date": pa.array([2**63 - 1], pa.timestamp("us"))}), path),
    "geometry-of-nothing": lambda path: with_metadata(path, primary_column="geometry", columns={"geometry": {}}),
    "metadata-of-lists": lambda path: with_metadata(path, primary_column=[], columns=[[]]),
    "crs-without-end": lambda path: with_metadata(
        path, primary_column="geometry", columns={"geometry": {"crs": "+proj=pipeline " * 20_000}}
    ),
    "lying-footer": lying_footer,
}


# GeoPackages.


def geopackage(path: Path, *statements: str) -> None:
    """A sound one with a table `t` of points, changed by statements."""
    points = gpd.GeoDataFrame({"date": ["2025-10-11"] * 3}, geometry=shapely.points([[71, 34]] * 3), crs=4326)
    named = path.with_name("points.gpkg")
    points.to_file(named, driver="GPKG", layer="t")
    named.replace(path)
    with sqlite3.connect(path) as connection:
        for name, arguments in (("ST_IsEmpty", 1), ("ST_MinX", 1), ("ST_MaxX", 1), ("ST_MinY", 1), ("ST_MaxY", 1)):
            connection.create_function(name, arguments, lambda _: 0)
        for statement in statements:
            connection.executescript(statement)
    connection.close()


def in_its_place(rest: str) -> str:
    """A view that stands where the table did."""
    return f"DROP TABLE t; DROP TABLE IF EXISTS rtree_t_geom; CREATE VIEW t AS {rest};"


ENDLESS = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x AS fid, '2025-10-11' AS date FROM c"
BOOKS = "CREATE TABLE kept AS SELECT * FROM {0}; DROP TABLE {0}; CREATE VIEW {0} AS {1};"
WKB_DEEP = "x'" + "47500001E6100000" + "0107000000010000" * 1 + "00" + "010700000001000000" * 20_000 + "'"
ROWS = (
    "INSERT INTO t (date) WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT {1}) SELECT {0} FROM c;"
)
GEOPACKAGES: Mapping[str, tuple[str, ...]] = {
    "endless-view": (in_its_place(ENDLESS),),
    "large-view": (in_its_place("SELECT 1 AS fid, hex(zeroblob(400000000)) AS date"),),
    "view-of-itself": (in_its_place("SELECT * FROM t"),),
    "endless-contents": (BOOKS.format("gpkg_contents", ENDLESS),),
    "endless-columns": (BOOKS.format("gpkg_geometry_columns", ENDLESS),),
    "endless-extensions": (BOOKS.format("gpkg_extensions", ENDLESS),),
    "computed-column": ("ALTER TABLE t ADD COLUMN much TEXT AS (hex(zeroblob(400000000)));",),
    "endless-trigger": ("CREATE TRIGGER more AFTER INSERT ON t BEGIN INSERT INTO t SELECT NULL, '', '' FROM t; END;",),
    "virtual-table": ("DROP TABLE t; CREATE VIRTUAL TABLE t USING fts5(date);",),
    "rows-of-nothing": (ROWS.format("''", 300_000),),
    "deep-geometry": (f"UPDATE t SET geom = {WKB_DEEP};",),
    "lying-geometry": ("UPDATE t SET geom = x'47500001E61000000102000000FFFFFFFF';",),
    "no-geometry": ("UPDATE t SET geom = 'text';",),
    "crs-of-nonsense": ("UPDATE gpkg_spatial_ref_sys SET definition = 'GEOGCS[' || hex(zeroblob(2000000));",),
    "names": ('ALTER TABLE t RENAME COLUMN date TO "a\'; DROP TABLE t; --";',),
    "layers": tuple(
        f"CREATE TABLE t{n} (fid INTEGER PRIMARY KEY, date TEXT);"
        f"INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('t{n}', 'attributes', 't{n}');"
        for n in range(300)
    ),
    "columns": tuple(f"ALTER TABLE t ADD COLUMN c{n} TEXT;" for n in range(1_500)),
}


def page_in_a_circle(path: Path) -> None:
    """A table whose page of pages points to itself."""
    geopackage(path, ROWS.format("'xxxxxxxxxxxxxxxxxxxxxxxx'", 20_000))
    with sqlite3.connect(path) as connection:
        ((page,),) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 't'").fetchall()
        ((size,),) = connection.execute("PRAGMA page_size").fetchall()
    connection.close()
    content = bytearray(path.read_bytes())
    begin = (page - 1) * size
    content[begin + 8 : begin + 12] = struct.pack(">I", page)
    path.write_bytes(content)


# Sound files, cut short and with bytes changed.

CUTS = (0.02, 0.5, 0.9, 0.999)


def changed(content: bytes, seed: int) -> bytes:
    """A file with some bytes changed, some of them numbers that may be sizes."""
    dice, new = random.Random(seed), bytearray(content)
    for _ in range(dice.choice((1, 3, 30))):
        at = dice.randrange(len(new))
        put = dice.choice((b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\0", bytes([dice.randrange(256)])))
        new[at : at + len(put)] = put
    return bytes(new)


def all_files() -> Iterator[tuple[str, Make]]:
    """Yield the names of the files and how they are made, always the same."""
    kinds = (
        ("text", TEXTS),
        ("page", PAGES),
        ("geojson", GEOJSON),
        ("json", JSON),
        ("map", MAPS),
        ("sheet", SPREADSHEETS),
    )
    for folder, made in (*kinds, ("workbook", WORKBOOKS)):
        for name, content in made.items():
            yield f"{folder}/{name}", lambda path, content=content: write(path, content)
    yield from ((f"parquet/{name}", make) for name, make in PARQUET.items())
    for name, statements in GEOPACKAGES.items():
        yield f"geopackage/{name}", lambda path, statements=statements: geopackage(path, *statements)
    yield "geopackage/page-in-a-circle", page_in_a_circle
    with tempfile.TemporaryDirectory() as folder:
        write_seeds(Path(folder))
        seeds = {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())}
    for name, content in seeds.items():
        for cut in CUTS:
            short = content[: int(cut * len(content))]
            yield f"cut/{cut}-of-{name}", lambda path, short=short: path.write_bytes(short)
    number = 0
    while True:
        for name, content in seeds.items():
            new = changed(content, number)
            yield f"changed/{number}-{name}", lambda path, new=new: path.write_bytes(new)
            number += 1


def write(path: Path, content: bytes | Callable[[], bytes]) -> None:
    path.write_bytes(content if isinstance(content, bytes) else content())


# Tried as an import does.


def outcome(path: Path, folder: DataFolder) -> str:
    """Try to import a file, and say in a sentence what became of it; nothing stays."""
    try:
        made = prepare_apart(path, folder)
    except UnreadableError as error:
        return error.reason
    report = made.report
    made.discard()
    return f"read: {report.rows} rows, {report.rejected} of them rejected"


@contextmanager
def watched(process: psutil.Process) -> Iterator[list[int]]:
    """Yield a list of one number: the most bytes that any process held that this one has started."""
    done, most = Event(), [0]

    def watch() -> None:
        while not done.wait(0.02):
            for child in process.children(recursive=True):
                with suppress(psutil.Error):
                    most[0] = max(most[0], child.memory_info().rss)

    watching = Thread(target=watch)
    watching.start()
    try:
        yield most
    finally:
        done.set()
        watching.join()


def measured(path: Path, folder: DataFolder) -> tuple[str, float, int]:
    """Likewise, with the seconds and the most bytes that its process held."""
    with watched(psutil.Process()) as most:
        began = time.monotonic()
        said = outcome(path, folder)
        return said, time.monotonic() - began, most[0]


class App:
    """A server and a browser that drops files on it, while another viewer loads the map once a second."""

    def __init__(self, port: int, process: int, page: Page) -> None:
        self._server, self._page, self._port = psutil.Process(process), page, port
        self._waited: list[float] = []
        self._stop = Event()
        self._viewer = Thread(target=lambda: asyncio.run(self._load()), daemon=True)
        page.goto(f"http://localhost:{port}/datasets")
        page.locator("input[type=file]").first.wait_for(state="attached")
        self._viewer.start()

    async def _load(self) -> None:
        while not self._stop.is_set():
            async with viewers(self._port, 1) as (viewer,):
                self._waited.append(await viewer.load())
            await asyncio.sleep(1)

    @property
    def others(self) -> str:
        """How long another viewer waited meanwhile."""
        times = sorted(self._waited)
        late = sum(one > OTHERS_WAIT for one in times)
        return (
            f"{len(times)} loads of the map by another viewer, at most {times[-1]:.2f} s, {late} over {OTHERS_WAIT} s"
        )

    def __call__(self, path: Path) -> tuple[str, float, int]:
        """Drop a file, check its rows where it can be, and leave it again; what was said, seconds, most bytes."""
        page = self._page
        with watched(self._server) as most:
            began = time.monotonic()
            page.locator("input[type=file]").first.set_input_files(path)
            another, check, discard = (
                page.get_by_role("button", name=name) for name in ("Choose another file", "Check every row", "Discard")
            )
            another.wait_for()
            if check.count() and check.is_enabled():
                check.click()
                check.wait_for(state="hidden")
                discard.or_(another).wait_for()
            seconds = time.monotonic() - began
        if page.locator("[data-testid=stException]").count():
            raise RuntimeError(f"{path.name}: {page.locator('[data-testid=stException]').inner_text()}")
        kept = page.get_by_role("button", name=re.compile(r"Import [\d,]+ rows?|Import nevertheless|Accept"))
        told = page.locator("[data-testid=stAlert]").all_inner_texts()
        said = f"read: {kept.first.inner_text()}" if kept.count() and kept.first.is_enabled() else " ".join(told)
        discard.or_(another).first.click()
        page.locator("[data-testid=stFileUploader]").first.wait_for()
        return " ".join(said.split()), seconds, most[0]

    def close(self) -> None:
        self._stop.set()
        self._viewer.join()


@contextmanager
def app(data: Path) -> Iterator[App]:
    """Serve the app over a folder of datasets, and open its page of them."""
    with served(ROOT / "app.py", data) as (port, process), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page()
        page.set_default_timeout(2 * SECONDS * 1000)
        opened = App(port, process, page)
        yield opened
        opened.close()
        browser.close()


def asked_for(wanted: str) -> Iterator[tuple[str, Make]]:
    """Yield the files whose names hold a word; those of a folder, if that is what is named."""
    if Path(wanted or "-").is_dir():
        for path in sorted(Path(wanted).iterdir()):
            yield path.name, lambda to, path=path: to.write_bytes(path.read_bytes())
    else:
        yield from (one for one in islice(all_files(), FILES) if wanted in one[0])


def main() -> int:
    """Try all files, or those that a word is given of, and print what became of them."""
    given = sys.argv[1:]
    in_app = "--app" in given
    wanted = next((word for word in given if word != "--app"), "")
    ends: Counter[str] = Counter()
    beyond, slowest, largest = [], 0.0, 0
    with tempfile.TemporaryDirectory() as place, app(Path(place, "data")) if in_app else nullcontext() as tried_in:
        folder = DataFolder(Path(place, "data"))
        for name, make in asked_for(wanted):
            path = Path(place, name.replace("/", "-"))
            make(path)
            said, seconds, held = tried_in(path) if tried_in else measured(path, folder)
            size = path.stat().st_size
            path.unlink()
            left = [*Path(tempfile.gettempdir()).glob(f"{OUTSIDE}*"), *sorted(set(left_in(folder.path)) - {KEPT})]
            print(f"{seconds:5.1f} s {held / MB:5.0f} MB  {name} ({size:,} bytes): {said}", *left, flush=True)  # noqa: T201
            ends["read" if said.startswith("read:") else "refused"] += 1
            slowest, largest = max(slowest, seconds), max(largest, held)
            if seconds > SECONDS or held > BYTES or left:
                beyond.append(name)
        if tried_in:
            print(tried_in.others)  # noqa: T201
    print(f"{dict(ends)}, at most {slowest:.1f} s and {largest / MB:.0f} MB; beyond the limits: {beyond}")  # noqa: T201
    return bool(beyond)


if __name__ == "__main__":
    sys.exit(main())
