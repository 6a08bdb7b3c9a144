"""The same table in every format that is read."""

import gzip
import json
import zipfile
from datetime import date

import geopandas as gpd
import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from geo.imports.readers.delimited import spans
from geo.imports.readers.opening import open_rows
from geo.incident.errors import UnreadableError
from tests.geo.imports.readers.reading import by_blocks, csv_text

HEADER = ("id", "day", "notes", "longitude", "latitude")
DAY = date(2025, 10, 11)
ROWS = {1: ("1", "2025-10-11", "a", "70.5", "34.25"), 2: ("2", "2025-10-12", "", "71.0", "35.0")}


def frame(crs=4326):
    days = pd.to_datetime(["2025-10-11", "2025-10-12"])
    points = gpd.points_from_xy([70.5, 71.0], [34.25, 35.0], crs=4326).to_crs(crs)
    return gpd.GeoDataFrame({"id": [1, 2], "day": days, "notes": ["a", None]}, geometry=points)


def write_csv(path, **options):
    path.write_bytes(csv_text([HEADER, *ROWS.values()], **options).encode())


def write_tsv(path):
    write_csv(path, delimiter="\t")


def write_semicolons(path):
    write_csv(path, delimiter=";", lineterminator="\n")


def write_separator_line(path):
    path.write_bytes(b"sep=|\r\n" + csv_text([HEADER, *ROWS.values()], delimiter="|").encode())


def write_hashtags(path):
    path.write_bytes(csv_text([HEADER, ["#id", "#date", "", "#geo+lon", "#geo+lat"], *ROWS.values()]).encode())


def write_xlsx(path):
    book = openpyxl.Workbook()
    for row in (HEADER, (1, DAY, "a", 70.5, "34.25"), (), (2, "2025-10-12", None, "71.0", "35.0")):
        book.active.append(row)
    book.create_sheet("empty")
    book.save(path)


def write_geojson(path):
    features = [
        {
            "type": "Feature",
            "properties": {"id": 1, "day": "2025-10-11", "notes": "a"},
            "geometry": point("70.5", "34.25"),
        },
        {"type": "Feature", "properties": {"id": 2, "day": "2025-10-12"}, "geometry": point("71.0", "35.0")},
    ]
    text = json.dumps({"type": "FeatureCollection", "name": "x", "features": features})
    path.write_text(text.replace('"<', "").replace('>"', ""))


def point(*position):
    return {"type": "Point", "coordinates": [f"<{number}>" for number in position]}


def write_gpkg(path):
    frame().to_file(path, driver="GPKG")


def write_geoparquet(path):
    frame().to_parquet(path)


def write_projected(path):
    frame(3857).to_parquet(path)


def write_gz(path):
    write_csv(path)
    path.write_bytes(gzip.compress(path.read_bytes()))


def packing(write, name):
    def write_zip(path):
        inner = path.with_name(name)
        write(inner)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(inner, f"folder/{name}")

    return write_zip


@pytest.mark.parametrize(
    "write",
    [
        pytest.param(write_csv, id="csv"),
        pytest.param(write_tsv, id="tsv"),
        pytest.param(write_semicolons, id="semicolons"),
        pytest.param(write_separator_line, id="sep="),
        pytest.param(write_hashtags, id="hxl"),
        pytest.param(write_xlsx, id="xlsx"),
        pytest.param(write_geojson, id="geojson"),
        pytest.param(write_gpkg, id="geopackage"),
        pytest.param(write_geoparquet, id="geoparquet"),
        pytest.param(write_projected, id="geoparquet in metres"),
        pytest.param(write_gz, id="csv.gz"),
        pytest.param(packing(write_csv, "rows.csv"), id="csv in zip"),
        pytest.param(packing(write_xlsx, "rows.xlsx"), id="xlsx in zip"),
        pytest.param(packing(write_geojson, "rows.geojson"), id="geojson in zip"),
        pytest.param(packing(write_gpkg, "rows.gpkg"), id="geopackage in zip"),
        pytest.param(packing(write_geoparquet, "rows.parquet"), id="geoparquet in zip"),
    ],
)
@pytest.mark.parametrize("block_rows", [1, 100])
def test_a_table_reads_the_same_in_every_format(tmp_path, write, block_rows):
    path = tmp_path / "named as nothing.dat"
    write(path)
    assert open_rows(path).header == HEADER
    assert by_blocks(path, block_rows) == ROWS


def test_a_table_that_is_named_twice_is_read_once(tmp_path):
    path = tmp_path / "two.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("a.csv", "b.csv"):
            archive.writestr(name, "id,notes\n1,x\n")
    assert by_blocks(path, tables=("a.csv", "a.csv")) == {1: ("1", "x")}


def test_bytes_read_reach_the_size_of_the_file(tmp_path):
    path = tmp_path / "rows.csv"
    write_csv(path)
    assert [block.bytes_read for block in open_rows(path).blocks()] == [path.stat().st_size]


def test_sheets_are_chosen_by_name(tmp_path):
    path = tmp_path / "book.xlsx"
    book = openpyxl.Workbook()
    for sheet in (book.active, book.create_sheet("other")):
        sheet.append(["id", "notes"])
        sheet.append([1, sheet.title])
    book.save(path)
    with pytest.raises(UnreadableError, match=r"name those to read: 'Sheet' \(1 row\) and 'other' \(1 row\)"):
        open_rows(path)
    assert by_blocks(path, tables=("other",)) == {1: ("1", "other")}


def test_layers_are_chosen_by_name(tmp_path):
    path = tmp_path / "two.gpkg"
    frame().to_file(path, driver="GPKG", layer="one")
    frame().rename(columns=lambda name: {"id": "road", "day": "surface", "notes": "lanes"}.get(name, name)).to_file(
        path, driver="GPKG", layer="two"
    )
    with pytest.raises(
        UnreadableError, match=r"2 layers with different columns.*: 'one' \(2 rows\) and 'two' \(2 rows\)"
    ):
        open_rows(path)
    assert by_blocks(path, tables=("one",)) == ROWS


@pytest.mark.parametrize("block_rows", [1, 100])
def test_layers_with_like_columns_are_one_table(tmp_path, block_rows):
    path = tmp_path / "two.gpkg"
    frame().to_file(path, driver="GPKG", layer="one")
    frame().rename(columns={"notes": "colour"}).to_file(path, driver="GPKG", layer="two")
    rows = open_rows(path)
    assert rows.header == ("id", "day", "notes", "colour", "layer", "longitude", "latitude")
    assert by_blocks(path, block_rows) == {
        1: ("1", "2025-10-11", "a", "", "one", "70.5", "34.25"),
        2: ("2", "2025-10-12", "", "", "one", "71.0", "35.0"),
        3: ("1", "2025-10-11", "", "a", "two", "70.5", "34.25"),
        4: ("2", "2025-10-12", "", "", "two", "71.0", "35.0"),
    }
    assert by_blocks(path, tables=("two",)) == ROWS


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        pytest.param(pa.array([1, None], pa.int64()), ("1", ""), id="int"),
        pytest.param(pa.array([1.0, float("nan")]), ("1", ""), id="float"),
        pytest.param(pa.array([True, False]), ("true", "false"), id="bool"),
        pytest.param(pa.array(["a", "b"]).dictionary_encode(), ("a", "b"), id="dictionary"),
        pytest.param(pa.array([b"Khost", b"\xff\x00"]), ("Khost", "ff00"), id="binary"),
        pytest.param(pa.array([["a", "é"], None]), ('["a", "é"]', ""), id="list"),
        pytest.param(pa.array([{"x": 1}, None]), ('{"x": 1}', ""), id="struct"),
        pytest.param(
            pa.array([0, 1500], pa.timestamp("ms")), ("1970-01-01", "1970-01-01 00:00:01.500"), id="timestamp"
        ),
        pytest.param(pa.array([None, None], pa.null()), ("", ""), id="null"),
    ],
)
def test_odd_types_become_texts(tmp_path, values, texts):
    path = tmp_path / "odd.parquet"
    pq.write_table(pa.table({"id": ["1", "2"], "value": values}), path)
    assert tuple(row[1] for row in by_blocks(path).values()) == texts


def shape_file(tmp_path, shapes, kind):
    made = gpd.GeoDataFrame({"id": range(len(shapes))}, geometry=shapes, crs=4326)
    path = tmp_path / f"shapes.{kind}"
    if kind == "parquet":
        made.to_parquet(path)
    else:
        made.to_file(path, driver={"gpkg": "GPKG", "geojson": "GeoJSON"}[kind])
    return path


@pytest.mark.parametrize("kind", ["gpkg", "geojson", "parquet"])
@pytest.mark.parametrize(
    ("shape", "placed", "note"),
    [
        pytest.param(shapely.MultiPoint([[70, 34]]), True, None, id="one point of many"),
        pytest.param(shapely.GeometryCollection([shapely.Point(70, 34)]), True, None, id="a collection of one"),
        pytest.param(
            shapely.MultiPoint([[70, 34], [70.1, 34]]), True, "MultiPoint of 9 km, represented", id="points nearby"
        ),
        pytest.param(shapely.box(70, 34, 70.1, 34.1), True, "Polygon of 14 km, represented by one", id="a small area"),
        pytest.param(shapely.box(70, 34, 71, 35), False, "Polygon of 144 km, and a point stands", id="a large area"),
        pytest.param(shapely.LineString([[70, 34], [71, 34]]), False, "LineString of 92 km", id="a road"),
        pytest.param(shapely.Point(), False, None, id="nothing"),
    ],
)
def test_each_shape_is_a_row_and_only_small_ones_have_a_point(tmp_path, kind, shape, placed, note):
    path = shape_file(tmp_path, [shapely.Point(70.5, 34.5), shape], kind)
    rows = open_rows(path)
    (block,) = rows.blocks()
    assert (rows.header, rows.point) == (("id", "longitude", "latitude"), ("longitude", "latitude"))
    lon, lat = (block.table[name][1].as_py() for name in rows.point)
    assert shapely.Point(float(lon), float(lat)).intersects(shape) if placed else (lon, lat) == ("", "")
    if note is None:
        assert block.repaired == ()
    else:
        ((row, said, about),) = [(one.row, one.note, one.kind) for one in block.repaired]
        assert (row, about) == (2, "geometry")
        assert note in said


@pytest.mark.parametrize("kind", ["gpkg", "geojson", "parquet"])
def test_columns_of_the_file_do_not_hide_its_geometry(tmp_path, kind):
    made = frame().rename(columns={"id": "latitude", "notes": "Longitude"})
    path = tmp_path / f"points.{kind}"
    made.to_parquet(path) if kind == "parquet" else made.to_file(
        path, driver={"gpkg": "GPKG", "geojson": "GeoJSON"}[kind]
    )
    rows = open_rows(path)
    assert rows.point == ("longitude (geometry)", "latitude (geometry)")
    assert rows.sample.select(rows.point).to_pylist()[0] == dict(zip(rows.point, ("70.5", "34.25"), strict=True))


def test_packed_text_has_no_spans(tmp_path):
    path = tmp_path / "rows.csv.gz"
    write_gz(path)
    with pytest.raises(UnreadableError, match="it can only be read from its beginning"):
        spans(path, open_rows(path))
