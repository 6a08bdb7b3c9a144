"""Export, open each file in each program that people open it with, and write what was found into docs/clients.md.

`make clients` takes some two minutes. What is missing of Debian's packages is installed where that may be done, and
named where not. A check that fails is written down as such, and the command ends with 1.
"""

import importlib.metadata
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import geopandas as gpd
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import shapely
from PIL import Image
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from geo.cli import main as command
from geo.export.columns import INCIDENT_SCHEMA
from geo.export.geopackage_format import SHOWS
from geo.export.writing import FORMATS
from geo.incident.vocabulary import Category
from geo.symbology.symbols import LIGHT

ROOT = Path(__file__).resolve().parents[2]
PAGE, PICTURE, PICTURE_OF_MANY = (ROOT / "docs" / name for name in ("clients.md", "qgis.png", "qgis-many.png"))
SCHEMA = ROOT / "tests/geo/export/kml_schema/ogckml22.xsd"
PACKAGES = {
    "qgis": "qgis",
    "ogrinfo": "gdal-bin",
    "soffice": "libreoffice-calc",
    "xmllint": "libxml2-utils",
}
"""By command, the package of Debian that has it."""
PYTHON = "/usr/bin/python3"
"""Debian's, for which its QGIS is made."""
MANY = 50_000
HAS = 75
"""Columns of a row of incidents, at least as many as clients have to see."""


class WrongError(Exception):
    """What a client made of a file is not what it should be."""


def check(condition: object, said: str) -> None:
    if not condition:
        raise WrongError(said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One client with one format."""

    client: str
    version: Callable[[], str]
    of: str
    looked_at: str
    look: Callable[[], str]
    """Returns what was found; raises WrongError."""


# What is needed.


def install() -> None:
    """Install what is missing; ends the program where that cannot be done."""
    missing = [package for name, package in PACKAGES.items() if shutil.which(name) is None]
    if subprocess.run([PYTHON, "-c", "import qgis.core"], capture_output=True, check=False).returncode:
        missing.append("python3-qgis")
    if not missing:
        return
    asked = ["apt-get", "install", "--yes", "--no-install-recommends", *missing]
    if os.geteuid() or not shutil.which("apt-get"):
        sys.exit(f"missing: install them with  sudo {' '.join(asked)}")
    subprocess.run(["apt-get", "update", "--quiet"], check=True)
    subprocess.run(asked, check=True, env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"})


def run(*words: object, **options: Any) -> str:
    """Run a command and return what it says on both channels."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": str(FOLDER)}
    done = subprocess.run(
        [str(word) for word in words],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        timeout=600,
        **options,
    )
    check(done.returncode == 0, f"{words[0]} ends with {done.returncode}: {done.stderr[-300:]}")
    return done.stdout + done.stderr


def first_number(*words: str) -> Callable[[], str]:
    return cache(lambda: re.search(r"\d+(\.\d+)+", run(*words))[0])


def of_package(name: str) -> Callable[[], str]:
    return lambda: importlib.metadata.version(name)


# The files.

FOLDER = Path(tempfile.mkdtemp(prefix="clients-"))


def file(ending: str, name: str = "record") -> Path:
    return FOLDER / f"{name}.{ending}"


def write_files() -> None:
    for ending in (*FORMATS, "csv.zip", "gpkg.zip"):
        check(command(["export", "-o", str(file(ending))]) == 0, f"{ending} is not written")
    many, data = FOLDER / "synthetic.csv", FOLDER / "data"
    check(command(["synth", str(MANY), "-o", str(many)]) == 0, "no made-up file")
    check(command(["import", str(many), "--yes", "--data", str(data)]) == 0, "the made-up file is not imported")
    check(command(["export", "--data", str(data), "-o", str(file("gpkg", "many"))]) == 0, "many are not written")


@cache
def record() -> pd.DataFrame:
    """The rows as the record has them: read from Parquet, by what wrote nothing of the other formats."""
    return pq.read_table(file("parquet")).to_pandas().set_index("id")


def incidents() -> int:
    return len(record())


def killed() -> int:
    return int(record()["killed_high"].sum())


# QGIS.


@cache
def qgis(name: str) -> dict[str, Any]:
    """What QGIS says of a project and of the files, of all at once."""
    picture = PICTURE if name == "record" else PICTURE_OF_MANY
    layers = [f"{file('gpkg', name)}|layername={layer}" for layer in SHOWS]
    others = [file(ending) for ending in ("csv", "geojson", "kml")] if name == "record" else []
    said = run(PYTHON, ROOT / "tests/clients/in_qgis.py", file("qgs", name), picture, *layers, *others)
    with Image.open(picture) as drawn:
        drawn.convert("RGB").save(picture, optimize=True)
    return json.loads(re.search("^SAID (.*)$", said, re.MULTILINE)[1])


def qgis_file(part: str) -> dict[str, Any]:
    return next(each for each in qgis("record")["files"] if each["source"].endswith(part))


def qgis_opens_the_project() -> str:
    found = qgis("record")["project"]
    check(found["read"] and not found["invalid"] and not found["errors"], f"{found['invalid']} {found['errors']}")
    drawn = [layer["id"].removeprefix("incident_map_") for layer in found["layers"] if layer["spatial"]]
    check(drawn == list(SHOWS), f"the layers lie as {drawn}")
    check(found["relations"] == 4, f"{found['relations']} relations")
    return f"{len(found['layers'])} layers and 4 relations, all valid; {', '.join(drawn)} lie one over the other"


def qgis_draws_the_colours() -> str:
    found = qgis("record")["project"]
    wanted = {category.value: LIGHT.of(category).lower() for category in Category if category is not Category.OTHER}
    wanted |= {
        "land": LIGHT.land.lower(),
        "countries around": LIGHT.neighbour.lower(),
        "line": LIGHT.cased_line.lower(),
    }
    missing = [name for name, colour in wanted.items() if colour not in found["colours"]]
    check(not missing, f"not drawn in their colours: {missing}")
    return f"drawn in {found['seconds']} s, with the colours of {', '.join(wanted)}"


def qgis_labels() -> str:
    labels = {name.removeprefix("incident_map_"): many for name, many in qgis("record")["project"]["labels"].items()}
    least = {"areas": 20, "stretches": 5, "provinces": 15, "borders": 2, "towns": 5}
    few = {name: labels.get(name, 0) for name, many in least.items() if labels.get(name, 0) < many}
    check(not few, f"too few labels: {few}")
    return ", ".join(f"{labels[name]} of {name}" for name in least)


def qgis_names_columns() -> str:
    layers = [each for each in qgis("record")["files"] if "layername=" in each["source"]]
    check(len(layers) == len(SHOWS) and all(each["valid"] for each in layers), "a layer does not open")
    nameless = {
        f"{each['source'].rpartition('=')[2]}.{name}"
        for each in layers
        for name, alias in each["aliases"].items()
        if not alias and name != "fid"
    }
    check(not nameless, f"no alias: {sorted(nameless)[:5]}")
    check(all(each["abstract"] for each in layers), "a layer is not described")
    plain = [each["source"] for each in layers if each["renderer"] in (None, "QgsNullSymbolRenderer")]
    check(not plain, f"no style: {plain}")
    columns = sum(len(each["aliases"]) - 1 for each in layers)
    return (
        f"{len(layers)} layers opened without the project come with style and description, {columns} columns with alias"
    )


def qgis_draws_many() -> str:
    found = qgis("many")["project"]
    rows = {layer["id"].removeprefix("incident_map_"): layer for layer in found["layers"]}
    check(not found["errors"] and not found["invalid"], f"{found['errors']}")
    check(rows["incidents"]["rows"] == MANY + incidents(), f"{rows['incidents']['rows']} incidents")
    check(rows["areas"]["rows"] < 1000, f"{rows['areas']['rows']} areas")
    check(rows["incidents"]["renderer"] == "QgsPointClusterRenderer", rows["incidents"]["renderer"])
    return f"{rows['incidents']['rows']:,} incidents, {rows['areas']['rows']} areas, drawn in {found['seconds']} s"


def qgis_reads_csv() -> str:
    found = qgis_file("record.csv")
    kinds = found["fields"]
    check(found["rows"] == incidents(), f"{found['rows']} rows")
    wanted = {"id": "String", "date_start": "Date", "killed_high": "Integer64", "border_km": "Real"}
    wrong = {name: kinds.get(name) for name, kind in wanted.items() if kinds.get(name) != kind}
    check(not wrong and list(kinds) == INCIDENT_SCHEMA.names, f"{wrong}")
    return f"{found['rows']} rows, {len(kinds)} columns; ids are text, days dates, numbers numbers"


def qgis_reads_geojson() -> str:
    found = qgis_file("record.geojson")
    check(found["valid"], "it does not open")
    names = {"killed_low", "killed_high", "side", "border_km"}
    check(names <= set(found["fields"]), f"{names - set(found['fields'])} are no columns")
    check(found["fields"]["killed_high"] in ("Integer", "Integer64"), found["fields"]["killed_high"])
    return "tolls, side and border_km are columns, with their types"


def qgis_reads_kml() -> str:
    found = qgis_file("record.kml")
    check(found["valid"] and len(set(found["sublayers"])) == 3, "it does not open")
    return f"folders as layers: {', '.join(sorted(set(found['sublayers'])))}"


# GDAL by itself.


def ogr(ending: str, layer: str | None = None, rows: int | None = None) -> Callable[[], str]:
    def look() -> str:
        said = run("ogrinfo", "-ro", "-so", "-al", file(ending))
        warnings = [line for line in said.splitlines() if line.startswith(("Warning", "ERROR"))]
        check(not warnings, f"{warnings[:2]}")
        counts = {}
        for block in said.split("Layer name: ")[1:]:
            counts[block.splitlines()[0]] = int(re.search(r"Feature Count: (\d+)", block)[1])
        found = counts[layer] if layer else sum(counts.values())
        check(found == (rows or incidents()), f"{counts}")
        return f"{len(counts)} layer{'s' * (len(counts) > 1)}, {found} incidents, no warning"

    return look


def ogr_descriptions() -> str:
    said = run("ogrinfo", "-ro", "-so", file("gpkg"), "incidents")
    text = SHOWS["incidents"]
    check(f"DESCRIPTION={text}" in said, "no description")
    return f"“{text[: text.index(':')]} …”"


# LibreOffice.


AS_ITS_DIALOG_PROPOSES = "Text - txt - csv (StarCalc):44,34,76,1"
"""Commas, quotation marks, and UTF-8, which the dialog knows by the mark; without a window there is no dialog."""


def office(source: Path, ending: str, *, read_as: str = "") -> Path:
    """Open a file in LibreOffice, and save it as another kind."""
    folder = FOLDER / f"office-{source.suffix[1:]}-{ending}"
    profile = f"-env:UserInstallation=file://{FOLDER}/office"
    reading = [f"--infilter={read_as}"] if read_as else []
    run("soffice", profile, "--headless", *reading, "--convert-to", ending, "--outdir", folder, source)
    return folder / f"{source.stem}.{ending}"


def office_reads_csv() -> str:
    made = office(file("csv"), "xlsx", read_as=AS_ITS_DIALOG_PROPOSES)
    header, *rows = openpyxl.load_workbook(made, read_only=True).active.iter_rows(values_only=True)
    check(list(header) == INCIDENT_SCHEMA.names, f"first column {header[0]!r}")
    check(len(rows) == incidents(), f"{len(rows)} rows")
    titles = dict(zip((row[0] for row in rows), (row[header.index("summary")] for row in rows), strict=True))
    own = record()["summary"].to_dict()
    foreign = [key for key, text in own.items() if not text.isascii()]
    wrong = [key for key in foreign if titles.get(key) != own[key].strip()]
    check(foreign and not wrong, f"other letters in {wrong[:3]}")
    return f"{len(rows)} rows; {len(foreign)} summaries with other signs than those of ASCII are as written"


def office_reads_xlsx() -> str:
    made = office(file("xlsx"), "ods")
    sheets = pd.read_excel(made, sheet_name=None, engine="calamine")
    check(len(sheets["incidents"]) == incidents(), f"{len(sheets['incidents'])} rows")
    check(int(sheets["incidents"]["killed_high"].sum()) == killed(), "another sum of killed_high")
    return f"{len(sheets)} sheets, {incidents()} incidents, killed_high adds up to {killed():,}"


def office_prints_xlsx() -> str:
    pages = PdfReader(office(file("xlsx"), "pdf")).pages
    across = [page for page in pages if page.mediabox.width > page.mediabox.height]
    check(len(across) == len(pages), f"{len(pages) - len(across)} pages upright")
    texts = [page.extract_text() for page in pages]
    headed = [
        text for text in texts if re.match(r"(id|incident|sheet|about)\b", text.splitlines()[1])
    ]  # after the footer
    check(len(headed) == len(pages), f"{len(pages) - len(headed)} pages without their header")
    return f"{len(pages)} pages of A4 across, the header and the first column on each"


# Python.


def geopandas_reads(ending: str, **options: Any) -> Callable[[], str]:
    def look() -> str:
        path = file(ending)
        frame = gpd.read_parquet(path) if ending == "parquet" else gpd.read_file(path, **options)
        check(len(frame) == incidents(), f"{len(frame)} rows")
        check(frame.crs.to_epsg() == 4326 or frame.crs.to_authority() == ("OGC", "CRS84"), f"{frame.crs}")
        check(int(frame["killed_high"].fillna(0).sum()) == killed(), "another sum of killed_high")
        return (
            f"{len(frame)} rows, {int(frame.geometry.notna().sum())} with a geometry, WGS 84, killed_high {killed():,}"
        )

    return look


def geopandas_reads_a_region() -> str:
    box = (68.0, 36.5, 75.0, 39.0)
    inside = gpd.read_parquet(file("parquet"), bbox=box)
    check(0 < len(inside) < incidents(), f"{len(inside)} rows")
    return f"{len(inside)} rows of a region, by the covering column"


def parquet_says_what_it_is() -> str:
    geo = json.loads(pq.read_metadata(file("parquet")).metadata[b"geo"])
    column = geo["columns"][geo["primary_column"]]
    check(geo["version"] == "1.1.0" and set(column) >= {"encoding", "geometry_types", "bbox", "covering"}, f"{column}")
    paths = column["covering"]["bbox"]
    schema = pq.read_schema(file("parquet"))
    check(all(schema.field(path[0]).type.get_field_index(path[1]) >= 0 for path in paths.values()), f"{paths}")
    return "GeoParquet 1.1: encoding, types, bbox, covering; the columns that it names are there"


def pandas_reads_csv() -> str:
    frame = pd.read_csv(file("csv"))
    check(list(frame.columns) == INCIDENT_SCHEMA.names, f"first column {frame.columns[0]!r}")
    check((len(frame), int(frame["killed_high"].sum())) == (incidents(), killed()), f"{len(frame)} rows")
    return f"{len(frame)} rows; the byte-order mark is not in the first name"


def duck(query: str) -> Any:
    return duckdb.sql(query).fetchall()


def duckdb_reads_csv() -> str:
    ((rows, dead),) = duck(f"SELECT count(*), sum(killed_high) FROM read_csv('{file('csv')}')")
    kinds = dict(row[:2] for row in duck(f"DESCRIBE SELECT * FROM read_csv('{file('csv')}')"))
    check((rows, int(dead)) == (incidents(), killed()), f"{rows} rows, {dead} killed")
    check((kinds["id"], kinds["date_start"], kinds["border_km"]) == ("VARCHAR", "DATE", "DOUBLE"), f"{kinds}")
    return f"{rows} rows, killed_high {dead:,}; days are dates"


def duckdb_reads_parquet() -> str:
    path = file("parquet")
    ((rows, claims, south),) = duck(f"SELECT count(*), sum(len(claims)), min(bbox.ymin) FROM '{path}'")
    check(rows == incidents() and claims > rows and 20 < south < 40, f"{rows} rows, {claims} claims")
    return f"{rows} rows with {claims:,} claims nested in them, and the boxes of their geometries"


def duckdb_has_its_extension() -> str:
    try:
        duck("INSTALL spatial; LOAD spatial")
    except duckdb.Error as error:
        return f"not tried: the extension comes over the network ({str(error).splitlines()[0][:60]}…)"
    ((rows,),) = duck(f"SELECT count(*) FROM ST_Read('{file('gpkg')}', layer='incidents')")
    check(rows == incidents(), f"{rows} rows")
    return f"{rows} rows of the GeoPackage"


def workbook_by_openpyxl() -> str:
    book = openpyxl.load_workbook(file("xlsx"))
    sheet = book["incidents"]
    check(sheet.max_row - 1 == incidents(), f"{sheet.max_row - 1} rows")
    formulas = [cell.coordinate for page in book for row in page.iter_rows() for cell in row if cell.data_type == "f"]
    check(not formulas, f"formulas: {formulas[:3]}")
    titles = {page.title: page.print_title_rows for page in book}
    check(set(titles.values()) == {"$1:$1"}, f"{titles}")
    return f"{len(book.sheetnames)} sheets, {incidents()} incidents, no formula, the first row printed on each page"


def workbook_by_calamine() -> str:
    header, *rows = CalamineWorkbook.from_path(str(file("xlsx"))).get_sheet_by_name("incidents").to_python()
    days = [row[header.index("date_start")] for row in rows]
    check(len(rows) == incidents() and all(isinstance(day, date) for day in days), f"{len(rows)} rows")
    return f"{len(rows)} rows, days are dates"


# Rules that others have written.


def kml_by_schema() -> str:
    said = run("xmllint", "--noout", "--nonet", "--schema", SCHEMA, file("kml"))
    check(said.strip().endswith("validates"), said[-200:])
    return "valid by ogckml22.xsd of 23 January 2008"


def rfc_7946() -> str:
    document = json.loads(file("geojson").read_text("utf-8"))
    features = document["features"]
    check(document["type"] == "FeatureCollection" and "crs" not in document, "no FeatureCollection, or one with a crs")
    check({f["type"] for f in features} == {"Feature"} and len({f["id"] for f in features}) == incidents(), "ids")
    check(all({"geometry", "properties"} <= set(f) for f in features), "a feature lacks a member")
    check(
        not any({"coordinates", "geometries", "features"} & set(f) for f in features), "a member that it may not have"
    )
    rings = 0
    for feature in features:
        if feature["geometry"] is None:
            continue
        shape = shapely.geometry.shape(feature["geometry"])
        west, south, east, north = shape.bounds
        check(shape.is_valid and -180 <= west <= east <= 180 and -90 <= south <= north <= 90, feature["id"])
        for part in shapely.get_parts(shape):
            if part.geom_type == "Polygon":
                rings += 1
                check(part.exterior.is_ccw and not any(hole.is_ccw for hole in part.interiors), feature["id"])
    return (
        f"{len(features)} features in WGS 84, {rings} outer rings anticlockwise, no crs, no member that is not allowed"
    )


QGIS = {"client": "QGIS", "version": lambda: qgis("record")["version"]}
GDAL = {"client": "GDAL (ogrinfo)", "version": first_number("ogrinfo", "--version")}
OFFICE = {"client": "LibreOffice Calc", "version": first_number("soffice", "--version")}
GEOPANDAS = {"client": "geopandas", "version": of_package("geopandas")}
XMLLINT = {"client": "xmllint", "version": first_number("dpkg-query", "-W", "-f=${Version}", "libxml2-utils")}
DUCKDB = {"client": "DuckDB", "version": of_package("duckdb")}


def checks() -> Iterator[Check]:
    """All of them, in the order of the page."""
    gpkg, csv, xlsx, geojson, kml, parquet = "GeoPackage", "CSV", "XLSX", "GeoJSON", "KML", "GeoParquet"
    rows: list[tuple[dict[str, Any], str, str, Callable[[], str]]] = [
        (QGIS, f"{gpkg} with its project", "opens, layers in their order", qgis_opens_the_project),
        (QGIS, f"{gpkg} with its project", "colours of the map", qgis_draws_the_colours),
        (QGIS, f"{gpkg} with its project", "labels that are placed", qgis_labels),
        (QGIS, f"{gpkg} without it", "styles, descriptions, aliases", qgis_names_columns),
        (QGIS, f"{gpkg} of {MANY:,} more", "no heap of areas", qgis_draws_many),
        (QGIS, f"{csv} with its .csvt", "types of columns", qgis_reads_csv),
        (QGIS, geojson, "what one styles by", qgis_reads_geojson),
        (QGIS, kml, "layers", qgis_reads_kml),
        (GDAL, gpkg, "rows, warnings", ogr("gpkg", "incidents")),
        (GDAL, gpkg, "description of a layer", ogr_descriptions),
        (GDAL, csv, "rows, warnings", ogr("csv")),
        (GDAL, geojson, "rows, warnings", ogr("geojson")),
        (GDAL, kml, "rows, warnings", ogr("kml")),
        (OFFICE, csv, "letters, rows, as its dialog proposes", office_reads_csv),
        (OFFICE, xlsx, "sheets, sums", office_reads_xlsx),
        (OFFICE, xlsx, "pages as printed", office_prints_xlsx),
        (GEOPANDAS, gpkg, "rows, sums, coordinates", geopandas_reads("gpkg", layer="incidents")),
        (GEOPANDAS, geojson, "rows, sums, coordinates", geopandas_reads("geojson")),
        (GEOPANDAS, parquet, "rows, sums, coordinates", geopandas_reads("parquet")),
        (GEOPANDAS, parquet, "a region alone", geopandas_reads_a_region),
        ({"client": "pyarrow", "version": of_package("pyarrow")}, parquet, "metadata", parquet_says_what_it_is),
        ({"client": "pandas", "version": of_package("pandas")}, csv, "names, sums", pandas_reads_csv),
        (DUCKDB, csv, "rows, types", duckdb_reads_csv),
        (DUCKDB, parquet, "rows, nested claims", duckdb_reads_parquet),
        (DUCKDB, gpkg, "by its extension", duckdb_has_its_extension),
        ({"client": "openpyxl", "version": of_package("openpyxl")}, xlsx, "formulas, titles", workbook_by_openpyxl),
        ({"client": "calamine", "version": of_package("python-calamine")}, xlsx, "rows, days", workbook_by_calamine),
        (
            {"client": "xmllint", "version": first_number("dpkg-query", "-W", "-f=${Version}", "libxml2-utils")},
            kml,
            "OGC's schema",
            kml_by_schema,
        ),
        ({"client": "RFC 7946", "version": lambda: "2016"}, geojson, "what it asks for", rfc_7946),
    ]
    return (Check(**client, of=of, looked_at=looked_at, look=look) for client, of, looked_at, look in rows)


PREFACE = """\
# Exports in the programs that open them

Written by `make clients`, which exports the record, and once more with {many:,} made-up incidents beside it, opens each
file in each program, and writes down what it found; it was last run on {day}, in {system}.

| program | version | file | looked at | found |
| --- | --- | --- | --- | --- |
"""
AFTERWARDS = """
The project beside a GeoPackage, as QGIS draws it at once: first the record, then with {many:,} imported incidents.

![The record in QGIS](qgis.png)

![The record and {many:,} imported incidents in QGIS](qgis-many.png)

What to know:

- Unpack the zip of a GeoPackage before you open `NAME.qgs`; the project looks for `NAME.gpkg` beside it.
- A CSV begins with a byte-order mark, by which Excel and LibreOffice's dialog know that it is UTF-8. `NAME.csvt`, with
  the types of the columns, lies beside it where the command line writes it, and in its zip; QGIS needs it there.
- QGIS reads GeoParquet where its GDAL is built with Parquet; Debian's is not.
- KML colours the pins that programs have; what is disputed has a pale pin and an unfilled area.
- Excel itself, Google Earth and ArcGIS are not among these, because they do not run here.
"""


def main() -> int:
    install()
    write_files()
    lines, failed = [], 0
    for each in checks():
        try:
            found = each.look()
        except Exception as error:  # noqa: BLE001  # whatever goes wrong is what was found
            failed += 1
            found = f"**fails**: {type(error).__name__}: {error}"
            traceback.print_exc()
        cells = [each.client, each.version(), each.of, each.looked_at, found]
        lines.append("| " + " | ".join(" ".join(cell.replace("|", "\\|").split()) for cell in cells) + " |\n")
        sys.stdout.write(lines[-1])
        sys.stdout.flush()
    system = re.search(r'PRETTY_NAME="(.*?)"', Path("/etc/os-release").read_text("utf-8"))[1]
    preface = PREFACE.format(many=MANY, day=date.today(), system=system)  # noqa: DTZ011  # the day where the person is
    PAGE.write_text(preface + "".join(lines) + AFTERWARDS.format(many=MANY), "utf-8")
    shutil.rmtree(FOLDER)
    sys.stdout.write(f"{PAGE.relative_to(ROOT)}: {len(lines)} looked at, {failed} fail\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
