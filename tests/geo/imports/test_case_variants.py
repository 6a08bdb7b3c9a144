"""The shapes of `test_cases.py` once more, in another order, language, form or format: the same incidents."""

import csv
import io
import json
import zipfile
from datetime import date

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
import shapely
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from pyproj import Geod

from geo.incident.errors import UnreadableError
from tests.geo.imports.files import acled_row
from tests.geo.imports.imported_rows import PARACHINAR, imported, row
from tests.geo.imports.published import (
    AWSD_EVENT,
    GTD_EVENT,
    UCDP_EVENT,
)
from tests.geo.imports.readers.test_sheets import write_ods

# How a test writes a file. Each returns what writes it into a folder.

HEADER = ("date", "latitude", "longitude", "killed", "country")
LINES = [
    HEADER,
    ("2025-10-11", "31.0058", "66.3997", "2", "Afghanistan"),
    ("2025-10-12", "33.8992", "70.1008", "1", "Pakistan"),
]
TWO = [row(), row(PARACHINAR, "2025-10-12", "1")]
ONE = TWO[:1]
POINTS = [(66.3997, 31.0058), (70.1008, 33.8992)]


def written(name, content):
    def write(folder):
        path = folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def table(*lines, name="rows.csv", encoding="utf-8", **options):
    text = io.StringIO(newline="")
    csv.writer(text, **options).writerows(lines)
    return written(name, text.getvalue().encode(encoding))


def columns(**values):
    """A file of one row, with a day and a figure."""
    given = {"date": "2025-10-11", "killed": "2"} | values
    return table(list(given), list(given.values()))


def each(column, *texts, **more):
    """A file with a row for each text of a column, all of them of the same day and place."""
    usual = {
        "date": "2025-10-11",
        "latitude": "31.0058",
        "longitude": "66.3997",
        "killed": "2",
        "country": "Afghanistan",
    }
    usual |= more
    lines = [{"id": f"r{number}"} | usual | {column: text} for number, text in enumerate(texts)]
    return table(list(lines[0]), *(line.values() for line in lines))


def data(value, name="rows.json"):
    return written(name, json.dumps(value, ensure_ascii=False))


def lines_of(*values, name="rows.ndjson", before="", after="\n"):
    return written(name, "".join(f"{before}{json.dumps(value)}{after}" for value in values))


def book(*sheets, merged=()):
    """A workbook; each sheet is a list of lines."""

    def write(folder):
        made = openpyxl.Workbook()
        made.remove(made.active)
        for number, lines in enumerate(sheets):
            sheet = made.create_sheet(f"sheet {number}")
            for line in lines:
                sheet.append([value if value != "" else None for value in line])
            for cells in merged:
                sheet.merge_cells(cells)
        made.save(folder / "rows.xlsx")
        return folder / "rows.xlsx"

    return write


def from_1904(folder):
    """A workbook whose days are counted from 1904, with one that is not written as a day."""
    path = book(
        LINES[:1],
    )(folder)
    made = openpyxl.load_workbook(path)
    made.epoch = CALENDAR_MAC_1904
    made.active.append([(date(2025, 10, 11) - CALENDAR_MAC_1904.date()).days, *LINES[1][1:]])
    made.save(path)
    return path


def open_document(*sheets):
    def write(folder):
        path = folder / "rows.ods"
        write_ods(path, {f"sheet {number}": (lines, (), False) for number, lines in enumerate(sheets)})
        return path

    return write


def feature(geometry, **properties):
    return {"type": "Feature", "properties": {"date": "2025-10-11", "killed": 2} | properties, "geometry": geometry}


def point(lon=66.3997, lat=31.0058, kind="Point"):
    return {"type": kind, "coordinates": [[lon, lat]] if kind == "MultiPoint" else [lon, lat]}


def collection(*features, **more):
    return {"type": "FeatureCollection", **more, "features": list(features)}


def frame(crs=4326, *, many=False, **more):
    shapes = [shapely.Point(xy) for xy in POINTS]
    geometry = [shapely.MultiPoint([shape]) for shape in shapes] if many else shapes
    told = {"date": ["2025-10-11", "2025-10-12"], "killed": [2, 1], "country": ["Afghanistan", "Pakistan"], **more}
    return gpd.GeoDataFrame(told, geometry=geometry, crs=4326).to_crs(crs)


def layer(name, made, **options):
    def write(folder):
        made.to_file(folder / name, **options)
        return folder / name

    return write


def parquet(made, **options):
    def write(folder):
        made.to_parquet(folder / "rows.parquet", **options)
        return folder / "rows.parquet"

    return write


def packed(write, *, ending=".zip", without=(), into="rows"):
    """What another writes, all files that it leaves in a zip file."""

    def pack(folder):
        inside = folder / "inside"
        inside.mkdir()
        write(inside)
        path = folder / f"{into}{ending}"
        with zipfile.ZipFile(path, "w") as archive:
            for file in sorted(inside.iterdir()):
                if file.suffix not in without:
                    archive.write(file, file.name)
        return path

    return pack


def at_boldak(event, **changes):
    return {**event, "latitude": "31.0058", "longitude": "66.3997", **changes}


ACLED_TWO = [
    acled_row(1, event_date="2025-05-16", admin1="Kandahar", latitude="31.0058", longitude="66.3997"),
    acled_row(
        2, event_date="2025-05-16", admin1="", country="Pakistan", iso="586", latitude="33.8992", longitude="70.1008"
    ),
]
ACLED_READ = [row(days="2025-05-16"), row(PARACHINAR, "2025-05-16")]
MILLISECONDS = 1747353600000
"""Midnight UTC of 16 May 2025."""


def placed(event, number, **changes):
    """An event of ACLED as a Feature, as ArcGIS makes them."""
    left = {name: value for name, value in event.items() if name not in ("latitude", "longitude")} | changes
    return {"type": "Feature", "properties": left, "geometry": point(*POINTS[number])}


def table_of(*events, **options):
    names = list(dict.fromkeys(name for event in events for name in event))
    return table(names, *([event.get(name, "") for name in names] for event in events), **options)


def backwards(event):
    return dict(reversed(event.items()))


KML = """<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder><name>A</name>
<Placemark><name>One</name><ExtendedData><SchemaData schemaUrl="#s"><SimpleData name="killed">2</SimpleData>
<SimpleData name="date">2025-10-11</SimpleData></SchemaData></ExtendedData>
<Point><coordinates>66.3997,31.0058</coordinates></Point></Placemark></Folder></Document></kml>"""
KML_WHEN = """<kml xmlns="http://earth.google.com/kml/2.1"><Placemark><name>One</name><TimeStamp><when>2025-10-11</when></TimeStamp>
<ExtendedData><Data name="killed"><value>2</value></Data></ExtendedData>
<Point><coordinates> 66.3997,31.0058,1200 </coordinates></Point></Placemark></kml>"""

GDELT_1_LINE = "\t".join(
    {
        0: "1",
        1: "20251011",
        2: "202510",
        3: "2025",
        4: "2025.7781",
        25: "1",
        26: "190",
        27: "190",
        28: "19",
        29: "4",
        30: "-10",
        31: "3",
        32: "3",
        33: "3",
        34: "-5",
        49: "4",
        50: "Spin Boldak, Kandahar, Afghanistan",
        51: "AF",
        52: "AF23",
        53: "31.0058",
        54: "66.3997",
        55: "-1",
        56: "20251012",
    }.get(number, "")
    for number in range(57)
)
LEAD = [row(killed="-", known="near 25 km")]

FACTS = ("2025-10-11", "31.0058", "66.3997", "2", "Afghanistan")
NAMES = {
    "German": ("Datum", "Breitengrad", "Längengrad", "Getötete", "Land"),
    "French": ("Date de l'incident", "latitude", "longitude", "tués", "pays"),
    "Russian": ("Дата", "Широта", "Долгота", "Убито", "Страна"),
    "Persian": ("تاریخ", "عرض جغرافیایی", "طول جغرافیایی", "کشته", "کشور"),
}

OUTSIDE = "outside Afghanistan, Pakistan and Tajikistan"
NOWHERE_AF = row("nowhere AF", known="country")


def said(*days):
    return [row(days=text) for text in days]


def killed(*figures):
    return [row(killed=figure) for figure in figures]


VARIANTS = [
    pytest.param(
        data({"filename": "", "data": [backwards(event) for event in ACLED_TWO], "count": 2}),
        ACLED_READ,
        id="ACLED API: data before the rest, columns backwards",
    ),
    pytest.param(data(list(map(backwards, ACLED_TWO))), ACLED_READ, id="ACLED array: columns backwards"),
    pytest.param(lines_of(*ACLED_TWO), ACLED_READ, id="ACLED array: a line each"),
    pytest.param(
        data(collection(*(placed(e, n, event_date=MILLISECONDS) for n, e in enumerate(ACLED_TWO))), "rows.geojson"),
        ACLED_READ,
        id="ACLED from ArcGIS: points alone",
    ),
    pytest.param(
        data(
            {
                "fields": [{"name": "event_date", "type": "esriFieldTypeDate"}],
                "spatialReference": {"wkid": 4326},
                "features": [
                    {"attributes": event | {"event_date": MILLISECONDS}, "geometry": {"x": lon, "y": lat}}
                    for event, (lon, lat) in zip(ACLED_TWO, POINTS, strict=True)
                ],
            }
        ),
        ACLED_READ,
        id="ACLED from ArcGIS: attributes and x, y",
    ),
    pytest.param(
        table_of(*({name[:10]: value for name, value in event.items()} for event in ACLED_TWO)),
        ACLED_READ,
        id="ten letters: CSV, small letters",
    ),
    pytest.param(
        packed(
            layer(
                "acled.shp",
                gpd.GeoDataFrame(
                    [{name[:10].upper(): value for name, value in event.items()} for event in ACLED_TWO],
                    geometry=[shapely.Point(xy) for xy in POINTS],
                    crs=4326,
                ),
            )
        ),
        ACLED_READ,
        id="ten letters: shapefile",
    ),
    pytest.param(
        each("latitude", "۳۱°۰۰′۲۰٫۸۸″", "31°00'20.88\" с.ш.", "31:00:20.88 N"), 3 * ONE, id="DMS: other scripts"
    ),
    pytest.param(each("latitude", "31-00-20.88N", "N 31-00.348"), 2 * ONE, id="DMS: hyphens"),
    pytest.param(columns(coordinates="31-00-20.88N 066-23-58.92E"), ONE, id="DMS: hyphens, in one column"),
    pytest.param(columns(GPS="N31°00'20.88\" E66°23'58.92\""), ONE, id="DMS: in one column"),
    pytest.param(
        each("latitude", "31.0058, 66.3997", "31°00'20.88\"N 66°23'58.92\"E", longitude=""),
        2 * ONE,
        id="pair: in the column of latitudes",
    ),
    pytest.param(each("longitude", "31.0058, 66.3997", latitude="31.0058, 66.3997"), ONE, id="pair: in both columns"),
    pytest.param(
        data(
            [
                {
                    "_id": {"$oid": f"68e9b300000000000000000{number}"},
                    "date": {"$date": day},
                    "killed": {"$numberLong": "2"},
                    "latitude": {"$numberDouble": "31.0058"},
                    "longitude": 66.3997,
                    "country": "Afghanistan",
                }
                for number, day in enumerate(("2025-10-11T00:00:00Z", {"$numberLong": "1760140800000"}))
            ]
        ),
        2 * ONE,
        id="JSON of MongoDB: values with their types",
    ),
    pytest.param(from_1904, ONE, id="workbook of 1904: numbers that are not written as days"),
    pytest.param(columns(coordinates="66°23,982' E; 31°00,348' N"), ONE, id="DMS: decimal minutes, east first"),
    pytest.param(
        data(
            collection(
                feature(point(251734.34, 3433147.98)), crs={"type": "name", "properties": {"name": "EPSG:32642"}}
            ),
            "rows.geojson",
        ),
        ONE,
        id="crs: before the features",
    ),
    pytest.param(
        data(
            {
                **collection(feature(point())),
                "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}},
            },
            "rows.geojson",
        ),
        ONE,
        id="crs: CRS84 after the features",
    ),
    pytest.param(data(feature(point(kind="MultiPoint")), "rows.geojson"), ONE, id="single Feature: MultiPoint"),
    pytest.param(data({**feature(point()), "id": "f7", "bbox": [66, 31, 67, 32]}), ONE, id="single Feature: in .json"),
    pytest.param(
        lines_of(feature(point()), feature(point(*POINTS[1]), date="2025-10-12", killed=1), name="rows.geojson"),
        TWO,
        id="GeoJSON lines: in .geojson",
    ),
    pytest.param(
        lines_of(
            feature(point()),
            feature(point(*POINTS[1]), date="2025-10-12", killed=1),
            name="r.geojsonl",
            after="\r\n\r\n",
        ),
        TWO,
        id="GeoJSON lines: blank lines between",
    ),
    pytest.param(
        lines_of(
            feature(point()), feature(point(*POINTS[1]), date="2025-10-12", killed=1), name="r.json", before="\x1e"
        ),
        TWO,
        id="text sequence: in .json",
    ),
    pytest.param(
        lines_of(feature(point()), name="r.geojsons", before="\x1e", after=""), ONE, id="text sequence: no end of line"
    ),
    pytest.param(columns(wkt="MULTIPOINT ((66.3997 31.0058))"), ONE, id="MultiPoint: WKT"),
    pytest.param(packed(layer("rows.shp", frame(many=True))), TWO, id="MultiPoint: shapefile"),
    pytest.param(
        columns(latitude="66.3997", longitude="31.0058", country="AFG"), ONE, id="swapped: with a country, put right"
    ),
    pytest.param(
        data(collection(feature(point(31.0058, 66.3997), country="Afghanistan")), "rows.geojson"),
        ONE,
        id="swapped: GeoJSON with a country",
    ),
    pytest.param(columns(coordinates="66.3997, 31.0058"), ONE, id="swapped: in one column, only one order lies there"),
    pytest.param(layer("rows.gpkg", frame(32643)), TWO, id="other CRS: UTM 43"),
    pytest.param(
        layer("rows.fgb", frame(24313), driver="FlatGeobuf", SPATIAL_INDEX="NO"),
        TWO,
        id="other CRS: Kalianpur, FlatGeobuf",
    ),
    pytest.param(parquet(frame(3857)), TWO, id="other CRS: GeoParquet in Web Mercator"),
    pytest.param(written("20251012.export.CSV", GDELT_1_LINE + "\n"), LEAD, id="GDELT 1.0: no header"),
    pytest.param(
        packed(written("20251012.export.CSV", GDELT_1_LINE + "\thttps://example.org\n")),
        LEAD,
        id="GDELT 1.0: in a zip file",
    ),
    pytest.param(
        each(
            "country",
            "Afganistan",
            "AFGHANISTAN",
            "Islamic Emirate of Afghanistan",
            "Афганистан",
            "افغانستان",
            "أفغانستان",
            "Афғонистон",
            "Афганистан ",
            "004",
            latitude="",
            longitude="",
        ),
        9 * [NOWHERE_AF],
        id="countries: languages and codes",
    ),
    pytest.param(
        each("country", "AF - Afghanistan", "Afghanistan [AFG]", "Kandahar, Afghanistan"),
        3 * ONE,
        id="countries: amid words",
    ),
    pytest.param(
        each("country", "Pakistan"),
        [row("66.400 31.006 PK")],
        id="contradiction: country and point are both kept, a province of the other country is not",
    ),
    pytest.param(
        each("country", "Af-Pak", "both", "Kabul/Islamabad"), 3 * ONE, id="contradiction: no one country, the point"
    ),
    pytest.param(open_document([list(map(str, line)) for line in LINES]), TWO, id="ODS: columns of coordinates"),
    pytest.param(
        packed(open_document([["", "Title", "", "", ""], *([*map(str, line)] for line in LINES)])),
        TWO,
        id="ODS: title, zipped",
    ),
    pytest.param(columns(geom="SRID=4326;POINT(66.3997 31.0058)"), ONE, id="WKT in CSV: EWKT"),
    pytest.param(columns(wkb_geometry=shapely.to_wkb(shapely.Point(POINTS[0]), hex=True)), ONE, id="WKT in CSV: WKB"),
    pytest.param(
        table(("WKT", "killed", "date"), ("POINT Z (66.3997 31.0058 1200)", "2", "2025/10/11"), delimiter="\t"),
        ONE,
        id="WKT in CSV: tabs and heights",
    ),
    pytest.param(layer("rows.gpkg", frame(many=True)), TWO, id="GeoPackage: MultiPoints"),
    pytest.param(layer("rows.gpkg", frame(32642, many=True)), TWO, id="GeoPackage: MultiPoints in UTM"),
    pytest.param(parquet(frame(), geometry_encoding="WKB"), TWO, id="GeoParquet: WKB"),
    pytest.param(parquet(frame(), geometry_encoding="geoarrow"), TWO, id="GeoParquet: GeoArrow"),
    pytest.param(
        parquet(pd.DataFrame(frame().drop(columns="geometry")).assign(geom=[shapely.Point(xy).wkt for xy in POINTS])),
        TWO,
        id="GeoParquet: WKT",
    ),
    pytest.param(
        packed(layer("rows.shp", frame(place=["سپین بولدک", "پاراچنار"]), encoding="utf-8")), TWO, id="shapefile: UTF-8"
    ),
    pytest.param(
        packed(layer("rows.shp", frame(place=["چمن", "تورخم"]), encoding="cp1256"), without=(".cpg",)),
        TWO,
        id="shapefile: cp1256 without .cpg",
    ),
    pytest.param(packed(layer("rows.shp", frame(32642)), without=(".cpg",)), TWO, id="shapefile: UTM"),
    pytest.param(
        table_of(backwards(at_boldak(GTD_EVENT, provstate="Kandahar")), delimiter=";"),
        [row(days="2020-06-15", killed="3")],
        id="GTD: columns backwards, semicolons",
    ),
    pytest.param(
        book([list(GTD_EVENT), list(at_boldak(GTD_EVENT, iday="0", nkill="-99", provstate="Kandahar").values())]),
        [row(days="2020-06-01/2020-06-30 month", killed="-")],
        id="GTD: workbook, day and figure not known",
    ),
    pytest.param(
        table_of(backwards(AWSD_EVENT | {"Latitude": "31.0058", "Longitude": "66.3997", "Region": "Kandahar"})),
        [row(days="2024-05-16")],
        id="AWSD: columns backwards",
    ),
    pytest.param(
        book([list(AWSD_EVENT), list((AWSD_EVENT | {"Latitude": "", "Longitude": "", "Day": ""}).values())]),
        [row("nowhere AF AF-NAN", "2024-05-01/2024-05-31 month", known="country")],
        id="AWSD: workbook, no point and no day",
    ),
    pytest.param(written("rows.kml", KML), ONE, id="KML: data of a schema"),
    pytest.param(written("rows.kml", KML_WHEN), ONE, id="KML: date of the time stamp, old namespace"),
    pytest.param(packed(written("doc.kml", KML), ending=".kmz"), ONE, id="KMZ: doc.kml"),
    pytest.param(
        data(
            [
                {"id": "T1", "date": "10/25/2025", "latitude": 31.0058, "longitude": 66.3997, "filters": []},
                {"id": "T2", "date": "10/11/2025", "latitude": 33.8992, "longitude": 70.1008, "filters": []},
            ]
        ),
        [row(days="2025-10-25", killed="-"), row(PARACHINAR, killed="-")],
        id="TimeMap: numbers, another date tells the order",
    ),
    pytest.param(
        data(
            {
                "events": [
                    {"eventId": "T1", "date": "13/10/2025", "latitude": "31.0058", "longitude": "66.3997", "killed": 2}
                ]
            }
        ),
        said("2025-10-13"),
        id="TimeMap: within an object, day first",
    ),
    pytest.param(
        table(
            ("Liste der Vorfälle",),
            (),
            NAMES["German"],
            FACTS,
            ("Summe", "", "", "2", ""),
            delimiter=";",
            encoding="cp1252",
        ),
        ONE,
        id="title rows: German, semicolons, Windows-1252",
    ),
    pytest.param(
        table(("Incidents", "", "", "", ""), *LINES, name="rows.tsv", delimiter="\t"), TWO, id="title rows: tabs"
    ),
    pytest.param(columns(Koordinaten="31,0058; 66,3997"), ONE, id="lat-lon in one column: decimal commas"),
    pytest.param(columns(location="[31.0058, 66.3997]"), ONE, id="lat-lon in one column: called location"),
    pytest.param(columns(_gps="31.0058 66.3997 1203.5 4.7"), ONE, id="lat-lon in one column: with height and accuracy"),
    pytest.param(columns(grid="42R TV 51734 33147"), ONE, id="MGRS: with spaces"),
    pytest.param(columns(mgrs="42rtv5133"), [row("66.397 31.009 AF AF-KAN")], id="MGRS: small letters, 1 km"),
    pytest.param(columns(utm="42R 251734 3433148"), ONE, id="UTM: zone first"),
    pytest.param(columns(coordinates="251734E 3433148N 42N"), ONE, id="UTM: zone last"),
    pytest.param(
        each("date", "1760184000", "1760184000000", "1760184000.0"), 3 * ONE, id="epoch: seconds, milliseconds"
    ),
    pytest.param(
        data([{"date": 1760212800, "lat": 31.0058, "lon": 66.3997, "killed": 2}]),
        said("2025-10-12"),
        id="epoch: JSON, past midnight",
    ),
    pytest.param(
        each(
            "killed", "mindestens 5", "zwischen 3 und 5", "не менее 5", "حداقل ۵", "۵ تا ۷", "jusqu'à 5", "two or three"
        ),
        killed("5 - -", "3 - 5", "5 - -", "5 - -", "5 - 7", "- - 5", "2 - 3"),
        id="words in killed: languages",
    ),
    pytest.param(
        each("killed", "3 killed, 10 injured", "10 (3 killed)", "5 missing", "2.000", "3+2", "?", "N/A", "1.5"),
        killed(*(8 * ["-"])),
        id="words in killed: what gives no figure",
    ),
    pytest.param(
        each("date", "Oktober 2025", "октябрь 2025", "10.2025", "Oct-25", "Mizan 1404"),
        [*said(*(4 * ["2025-10-01/2025-10-31 month"])), *said("2025-09-23/2025-10-22 month")],
        id="partial dates: languages",
    ),
    pytest.param(
        each("date", "28.12.2024-3.1.2025", "30 Sep - 2 Oct 2025", "2025-W41", "Q4 2025"),
        said(
            "2024-12-28/2025-01-03 week",
            "2025-09-30/2025-10-02 week",
            "2025-10-06/2025-10-12 week",
            "2025-10-01/2025-12-31 year",
        ),
        id="partial dates: over months, weeks, quarters",
    ),
    pytest.param(
        each(
            "date",
            "11. Oktober 2025",
            "11 octobre 2025",
            "11 октября 2025 г.",
            "۱۱ اکتبر ۲۰۲۵",
            "۱۱ اکتوبر ۲۰۲۵",
            "11 اکتوبر 2025",
            "11-oktabr 2025",
            "11 октябри соли 2025",
            "١١ أكتوبر ٢٠٢٥",
            "۱۹ میزان ۱۴۰۴",
            "۱۴۰۴/۰۷/۱۹",
            "19 Rabi al-Thani 1447",
        ),
        12 * ONE,
        id="dates of the world: languages and calendars",
    ),
    pytest.param(
        each("date", "2025-10-10T19:30:00Z", "2025-10-10T19:29:00Z", "2025-10-11T00:10:00+05:00"),
        said("2025-10-11", "2025-10-10", "2025-10-10"),
        id="dates of the world: the day in Kabul",
    ),
    pytest.param(
        each(
            "date",
            "2025-10-10T19:10:00Z",
            "2025-10-11T00:10:00+05:00",
            country="Pakistan",
            latitude="33.8992",
            longitude="70.1008",
        ),
        2 * [row(PARACHINAR)],
        id="dates of the world: the day in Karachi",
    ),
    pytest.param(
        each(
            "date", "2025-10-10T19:10:00Z", "11.10.2025 04:00 +05:00", country="TJ", latitude="38.56", longitude="68.77"
        ),
        2 * [row("68.770 38.560 TJ TJ-DU")],
        id="dates of the world: the day in Dushanbe",
    ),
    pytest.param(
        each("date", "2025-10-10T19:00:00Z", country="", latitude="33.8992", longitude="70.1008"),
        [row(PARACHINAR)],
        id="dates of the world: the day where the point lies",
    ),
    pytest.param(
        data({"TotalCount": 1, "Result": [at_boldak(UCDP_EVENT, adm_1="Kandahar province")], "NextPageUrl": ""}),
        [row(killed="4 5 9", known="exact 1.5 km")],
        id="UCDP API: result",
    ),
    pytest.param(
        data([backwards(at_boldak(UCDP_EVENT, adm_1="", where_prec=2, best=0, low=0, high=3))]),
        [row(killed="0 0 3", known="near 25 km")],
        id="UCDP API: array, numbers",
    ),
    pytest.param(
        table(*LINES[1:], delimiter=";"),
        [row(killed="-"), row(PARACHINAR, "2025-10-12", "-")],
        id="headerless: semicolons",
    ),
    pytest.param(
        table(
            ("Afghanistan", "11.10.2025", "66.3997", "31.0058"),
            ("Pakistan", "12.10.2025", "70.1008", "33.8992"),
            delimiter="\t",
        ),
        [row(killed="-"), row(PARACHINAR, "2025-10-12", "-")],
        id="headerless: tabs, another order",
    ),
    pytest.param(
        each("latitude", "34.0", "34", "34.", longitude="69.0"),
        3 * [row("69.000 34.000 AF AF-LOG", known="near 75 km")],
        id="rounded: to degrees",
    ),
    pytest.param(
        columns(coordinates="34.5, 69.2"),
        [row("69.200 34.500 AF AF-KAB", known="near 8 km")],
        id="rounded: in one text",
    ),
    pytest.param(
        each("latitude", "30.375321", longitude="69.345116", country="Pakistan"),
        [row("nowhere PK", known="country")],
        id="rounded: middle of Pakistan",
    ),
    pytest.param(
        book([["Incidents 2025"], [], HEADER, (date(2025, 10, 11), 31.0058, 66.3997, 2, "Afghanistan")]),
        ONE,
        id="title above: real dates",
    ),
    pytest.param(
        book([["Vorfälle", "", "", "", ""], ["Stand: 1.11.2025"], NAMES["German"], FACTS], merged=("A1:E1",)),
        ONE,
        id="title above: merged, German",
    ),
    pytest.param(
        book(
            [
                ["Date", "Coordinates", "", "Killed", ""],
                ["", "Latitude", "Longitude", "Civilians", "Police"],
                ["2025-10-11", 31.0058, 66.3997, 1, 1],
            ],
            merged=("B1:C1", "D1:E1"),
        ),
        ONE,
        id="two header rows: merged",
    ),
    pytest.param(
        book(
            [
                ["Date", "Latitude", "Longitude", "Killed"],
                ["2025-10-11", 31.0058, 66.3997, 2],
                ["", 33.8992, 70.1008, 2],
            ],
            merged=("A2:A3",),
        ),
        [row(), row(PARACHINAR)],
        id="merged cells: a date of two rows",
    ),
    pytest.param(each("id", "2.02501E+11", "2,02501E+11"), 2 * ONE, id="mangled by Excel: ids"),
    pytest.param(
        each("latitude", "310.058", "31.005.800", "31005800", longitude="663.997"),
        3 * ONE,
        id="mangled by Excel: coordinates",
    ),
    pytest.param(
        each("killed", "7-May", "07-May", "May-07", "2025-05-07 00:00:00"),
        killed(*(4 * ["5 - 7"])),
        id="mangled by Excel: ranges",
    ),
    pytest.param(columns(**{"Lat/Lng": "31.0058/66.3997"}), ONE, id="lat/long column: slash"),
    pytest.param(columns(**{"GPS coordinates": "31.0058 N, 66.3997 E"}), ONE, id="lat/long column: letters"),
    pytest.param(
        table(("date", "lat", "lon", "Nombre de morts"), ("2025-10-11", "31.0058", "66.3997", "2")),
        ONE,
        id="death columns: French",
    ),
    pytest.param(
        table(
            ("date", "lat", "lon", "civilians_killed", "soldiers_killed"),
            ("2025-10-11", "31.0058", "66.3997", "1", "1"),
        ),
        ONE,
        id="death columns: groups",
    ),
    pytest.param(
        table(
            ("#date+start", "#geo+lat", "#geo+lon", "#affected+killed+total"), ("2025-10-11", "31.0058", "66.3997", "2")
        ),
        ONE,
        id="HXL tags alone: others",
    ),
    pytest.param(
        book([["#affected+killed", "#date+occurred", "#geo+lon", "#geo+lat"], [2, "2025-10-11", 66.3997, 31.0058]]),
        ONE,
        id="HXL tags alone: workbook",
    ),
    pytest.param(columns(POINT_X="66.3997", POINT_Y="31.0058"), ONE, id="capital letters: POINT_X"),
    pytest.param(columns(LAT_DD="31.0058", LONG_DD="66.3997"), ONE, id="capital letters: LAT_DD"),
    *(pytest.param(table(names, FACTS), ONE, id=f"names of columns: {language}") for language, names in NAMES.items()),
    pytest.param(book(LINES, LINES[:1]), TWO, id="several sheets: one is empty"),
    pytest.param(
        table(
            ("start", "end", "incident date", "lat", "lon", "killed"),
            ("2025-11-01T08:00:00", "2025-11-01T08:30:00", "2025-10-11", "31.0058", "66.3997", "2"),
        ),
        ONE,
        id="several dates: survey and incident",
    ),
    pytest.param(
        table(
            ("date_reported", "publication date", "date of event", "lat", "lon", "killed"),
            ("2025-11-01", "2025-11-02", "2025-10-11", "31.0058", "66.3997", "2"),
        ),
        ONE,
        id="several dates: published and reported",
    ),
    pytest.param(
        each("date", "\u200e2025-10-11\u200e", "\u202a2025-10-11\u202c", "2025\u201110\u201111", "\u200f۱۱ اکتبر ۲۰۲۵"),
        4 * ONE,
        id="bidi marks: dates",
    ),
    pytest.param(each("killed", "\u200f2", "2\u00a0", "\ufeff2", "\u20662\u2069"), 4 * ONE, id="bidi marks: figures"),
    pytest.param(
        each("country", "\u200fافغانستان\u200e", "AF\u200b", "Afghanistan\u00a0"),
        3 * ONE,
        id="bidi marks: names and codes",
    ),
    pytest.param(
        each("latitude", "\u200e31.0058", "31.0058\u00a0", "31.0058\u200e°\u200e N"),
        3 * ONE,
        id="bidi marks: coordinates",
    ),
    pytest.param(table(*LINES, encoding="utf-16"), TWO, id="encoding: UTF-16"),
    pytest.param(table(*LINES, encoding="utf-8-sig"), TWO, id="encoding: UTF-8 with its mark"),
    pytest.param(
        table(NAMES["Russian"], (*FACTS[:4], "Афганистан"), encoding="cp1251"), ONE, id="encoding: Windows-1251"
    ),
    pytest.param(table(NAMES["German"], FACTS, encoding="latin-1"), ONE, id="encoding: Latin-1"),
]


@pytest.mark.parametrize(("write", "rows"), VARIANTS)
def test_another_form_gives_the_same_incidents(tmp_path, write, rows):
    found = imported(write(tmp_path))
    assert found.rows == rows, found.rejected


REFUSED = [
    pytest.param(
        table(("Year", "Incidents", "Killed", "Country"), ("2024", "500", "1200", "Pakistan")),
        "counts",
        id="counts: incidents of a year",
    ),
    pytest.param(
        book(LINES[:2], [LINES[0], LINES[2]]),
        "2 sheets with tables; name those to read",
        id="several sheets",
    ),
    pytest.param(
        data(
            {"killed": [{"date": "2025-10-11", "country": "PK"}], "injured": [{"date": "2025-10-11", "country": "PK"}]}
        ),
        "'killed' .* and 'injured'",
        id="several lists",
    ),
    pytest.param(
        table(
            ("country", "admin1", "month", "year", "events", "fatalities"),
            ("Pakistan", "Sindh", "May", "2025", "3", "4"),
            delimiter=";",
        ),
        "counts",
        id="counts: of ACLED, semicolons",
    ),
    pytest.param(
        data(
            [
                {
                    "location_code": "AFG",
                    "admin1_code": "AF01",
                    "event_type": "civilian_targeting",
                    "events": 3,
                    "fatalities": 1,
                    "reference_period_start": "2025-01-01",
                    "has_hrp": True,
                }
            ]
        ),
        "counts of events and deaths",
        id="counts: HAPI in JSON",
    ),
    pytest.param(
        table(("country", "killed", "lat", "lon"), ("Pakistan", "2", "33.9", "70.1")), "date", id="no date: CSV"
    ),
    pytest.param(data([{"place": "Khost", "killed": 2, "lat": 33.3, "lon": 69.9}]), "date", id="no date: JSON"),
    pytest.param(
        table(("date_reported", "country"), ("2025-10-11", "Pakistan")), "date", id="no date: only that of the report"
    ),
]


@pytest.mark.parametrize(("write", "sentence"), REFUSED)
def test_what_is_no_list_of_incidents_is_refused(tmp_path, write, sentence):
    with pytest.raises(UnreadableError, match=sentence):
        imported(write(tmp_path))


REJECTED = [
    pytest.param(
        each("country", "Iran", "Iraq", latitude="", longitude=""),
        2 * [f"country {{}} {OUTSIDE}"],
        id="elsewhere: by name",
    ),
    pytest.param(
        each("country", "", latitude="35.7", longitude="51.4"), [f"latitude '35.7' {OUTSIDE}"], id="elsewhere: by point"
    ),
    pytest.param(
        each("country", "Iran"),
        ["country 'Iran' names another country"],
        id="contradiction: another country, though its point lies inside",
    ),
    pytest.param(
        each("country", "", latitude="66.3997", longitude="31.0058"),
        [f"latitude '66.3997' {OUTSIDE}"],
        id="swapped: nothing tells",
    ),
    pytest.param(
        each("date", "12-Oct", "05/06", "2025-13", "2024-2025", "Spring 2025", "FY2025", "2025-00-11", "19 Mizan 1447"),
        8 * ["date {}"],
        id="dates: what may be several",
    ),
]


@pytest.mark.parametrize(("write", "reasons"), REJECTED)
def test_what_cannot_be_told_is_rejected(tmp_path, write, reasons):
    found = imported(write(tmp_path))
    assert found.rows == []
    for said_of_row, reason in zip(found.rejected, reasons, strict=True):
        begins, _, ends = reason.partition("{}")
        assert said_of_row.startswith(begins)
        assert ends in said_of_row


@pytest.mark.parametrize(
    ("write", "table_wanted"),
    [
        pytest.param(book(LINES[:2], [LINES[0], LINES[2]]), "sheet 1", id="sheet"),
        pytest.param(open_document(LINES[:2], [LINES[0], LINES[2]]), "sheet 1", id="sheet of an ODS"),
        pytest.param(
            packed(
                lambda folder: [
                    table(*lines, name=f"{name}.csv")(folder)
                    for name, lines in (("a", LINES[:2]), ("b", (LINES[0], LINES[2])))
                ]
            ),
            "b.csv",
            id="file in a zip file",
        ),
        pytest.param(
            lambda folder: [
                layer("rows.gpkg", frame()[at:end], layer=name)(folder) for name, at, end in (("a", 0, 1), ("b", 1, 2))
            ][-1],
            "b",
            id="layer",
        ),
    ],
)
def test_the_table_that_is_named_is_read(tmp_path, write, table_wanted):
    path = write(tmp_path)
    assert imported(path, tables=(table_wanted,)).rows == TWO[1:]


def test_a_point_that_stands_for_a_shape_is_no_more_exact_than_the_shape(tmp_path):
    ends = [(70.1008, 33.8992), (70.2008, 33.8992)]
    shape = {"type": "MultiPoint", "coordinates": ends}
    [found] = imported(data(collection(feature(shape)), "rows.geojson")(tmp_path)).rows
    lon, lat = map(float, found.split()[:2])
    farthest = max(Geod(ellps="WGS84").inv(lon, lat, *end)[2] / 1000 for end in ends)
    assert float(found.rsplit(" ", 2)[1]) >= farthest


def test_ids_that_differ_in_case_alone_are_told_apart_from_repeats(tmp_path):
    found = imported(table((*HEADER, "id"), (*LINES[1], "AFG12"), (*LINES[1], "afg12"), (*LINES[1], "AFG12"))(tmp_path))
    assert found.rows == ONE
    case = "differs from the id of row 1 only in letter case, and both would share one address; give it another"
    assert found.rejected == [f"id 'afg12' {case}", "id 'AFG12' is already in row 1, the same as this one"]
