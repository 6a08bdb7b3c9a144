"""Files that are no tables, or are made to harm: a sentence, or counted rows."""

import gzip
import json
import zipfile

import pytest

from geo.imports.readers import delimited as parsing
from geo.imports.readers import opening as packed
from geo.imports.readers.opening import open_rows
from geo.incident.errors import UnreadableError
from tests.geo.imports.readers.reading import by_blocks, by_spans, file_of
from tests.hostile import ENTITY, geopackage, shared, workbook

CSV = b"id,notes\n1,a\n2,b\n"


def geojson(*features):
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


DEEP = geojson({"properties": {"a": "HERE"}}).replace(b'"HERE"', b"[" * 981 + b"]" * 981)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"", "it is empty: 0 bytes", id="0 bytes"),
        pytest.param(b"\n\r\n", "it has no lines", id="blank lines"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(range(256)), r"a picture \(PNG\)", id="png"),
        pytest.param(b"%PDF-1.7\n" + bytes(range(256)), "a PDF", id="pdf"),
        pytest.param(b"MZ\x90\0\3" + bytes(1000), "a Windows program", id="exe"),
        pytest.param(b"\xd0\xcf\x11\xe0" + bytes(100), "save it as XLSX or CSV", id="xls"),
        pytest.param(bytes(range(256)) * 9, "neither text nor any other format", id="random"),
        pytest.param(b"\n<!DOCTYPE html><html>", "a web page without a table", id="login page"),
        pytest.param(b"<html><table><tr><td>User<td>Password</tr></table>", "without a table", id="login form"),
        pytest.param(b"<html><![x[<![", "without a table", id="declarations"),
        pytest.param(b"<html><td " + b"a" * 2**21, "hold more than 1 MB", id="tag left open"),
        pytest.param(b"<table>" * 201, "nested too deeply", id="tables in tables"),
        pytest.param(b",".join([b"c"] * 1_000_000), "columns or more; at most 1,000 are read", id="million columns"),
        pytest.param(
            b'id,"notes\n1,a\n', "its first line is not a header: a quotation mark is left open", id="open header"
        ),
        pytest.param(gzip.compress(CSV * 99)[:-12], "the download is incomplete", id="truncated gz"),
        pytest.param(b"\x1f\x8b\x08\0" + bytes(range(60)), "damaged and cannot be unpacked", id="damaged gz"),
        pytest.param(gzip.compress(gzip.compress(CSV)), "packed twice", id="gz in gz"),
        pytest.param(b"PK\x03\x04" + bytes(50), "it is damaged or truncated", id="truncated zip"),
        pytest.param(b"PAR1" + bytes(50) + b"PAR1", "cannot be read as Parquet", id="damaged parquet"),
        pytest.param(b"SQLite format 3\0" + bytes(100), "not a GeoPackage", id="sqlite"),
        pytest.param(b'{"data": []}', "no list of objects", id="json"),
        pytest.param(geojson({"properties": {"id": 1}})[:-9], "it is truncated or broken at character 59", id="broken"),
        pytest.param(b'{"features":[' + b"[" * 100_000, "nested too deeply", id="deep"),
        pytest.param(DEEP, "nested too deeply", id="981 deep"),
    ],
)
def test_what_is_no_table_is_refused_with_its_reason(tmp_path, content, reason):
    with pytest.raises(UnreadableError, match=f"table.csv: .*{reason}"):
        open_rows(file_of(tmp_path, content))


def packed_bomb(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.csv", b"id,notes\n" + b"1,2\n" * 400_000)
    return path


def test_a_zip_bomb_is_refused_while_it_is_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(packed, "PACKED_FREE_BYTES", 2**20)
    with pytest.raises(UnreadableError, match="more than 100 times its size"):
        by_blocks(packed_bomb(tmp_path / "bomb.zip"), 100_000)


def test_more_than_the_most_is_refused_while_it_is_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(packed, "UNPACKED_BYTES", 2**20)
    with pytest.raises(UnreadableError, match="it unpacks to more than"):
        by_blocks(packed_bomb(tmp_path / "large.zip"), 100_000)


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        pytest.param(b"id,notes\n", {}, id="header only"),
        pytest.param(b"id,notes", {}, id="header without a line end"),
        pytest.param(b"id,notes\r1,a\r2,b", {1: ("1", "a"), 2: ("2", "b")}, id="carriage returns only"),
        pytest.param(
            b"id,notes\n1\n2,b\n\n3,c,d\n",
            {1: "1 value where the header has 2", 2: ("2", "b"), 3: "3 values where the header has 2"},
            id="ragged rows",
        ),
        pytest.param(
            b'id,notes\n1,"a\n2,b\n',
            {
                1: "a quotation mark is opened and not closed properly; double those inside a value, or remove it",
                2: ("2", "b"),
            },
            id="an open quotation mark",
        ),
        pytest.param(b"id,notes\n1,\0a\n2,b\n", {1: ("1", " a"), 2: ("2", "b")}, id="zero bytes"),
        pytest.param(
            "id,notes\n1,é ش\n2,b".encode() + b"\xe9\n",
            {1: ("1", "é ش"), 2: ("2", "bé")},
            id="bytes of another encoding",
        ),
        pytest.param(b"id,notes,\n1,a,\n", {1: ("1", "a", "")}, id="a column without a name"),
        pytest.param(
            b"id,notes\n1,a,\n2,b,\n", {1: ("1", "a", ""), 2: ("2", "b", "")}, id="a delimiter after each row"
        ),
    ],
)
def test_faults_of_rows_cost_no_other_row(tmp_path, content, rows):
    path = file_of(tmp_path, content)
    assert by_blocks(path) == rows
    assert by_spans(path) == rows


def test_mended_rows_are_told(tmp_path):
    blocks = open_rows(file_of(tmp_path, "id,notes\n1,é\n".encode() + b"2,\0\n3,\xe9\n")).blocks()
    assert [(row.row, row.note) for block in blocks for row in block.repaired] == [
        (2, "zero bytes replaced by spaces"),
        (3, "bytes that are not UTF-8 read as Windows-1252"),
    ]


@pytest.mark.parametrize(
    "mark",
    [
        pytest.param(b"", id="plain"),
        pytest.param(b'"', id="quoted"),
    ],
)
def test_a_huge_value_is_one_malformed_row(tmp_path, mark):
    path = file_of(tmp_path, b"id,notes\n1,a\n2," + mark + b"x" * 20_000_000 + mark + b"\n3,c\n")
    rows = {1: ("1", "a"), 2: "the row is longer than 8 MB", 3: ("3", "c")}
    assert by_blocks(path) == rows
    assert by_spans(path, 1) == rows


def test_a_malformed_row_keeps_a_length_that_can_be_shown(tmp_path):
    rows = open_rows(file_of(tmp_path, b"id,notes\n" + b"x" * 20_000_000 + b"\n3,c\n"))
    assert [len(row.raw_text) for block in rows.blocks() for row in block.malformed] == [32_000]


def test_rows_of_which_hardly_one_fits_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(parsing, "MALFORMED_ROWS", 10)
    path = file_of(tmp_path, b"id,notes\n1,a\n" + b"2\n" * 30)
    with pytest.raises(UnreadableError, match="hardly any row from 1 on fits the header; row 2: 1 value where"):
        by_blocks(path, 100)


@pytest.mark.parametrize(
    ("properties", "header", "row"),
    [
        pytest.param(rb'{"\ud800key": "1", "\u0000": "2"}', ("?key", "\0"), ("1", "2"), id="in a key"),
        pytest.param(rb'{"a": "\udfff", "b": "\ud83d\ude00"}', ("a", "b"), ("?", "😀"), id="in a text"),
        pytest.param(rb'{"a": [{"\ud800": 1.50}], "b": null}', ("a", "b"), ('[{"?": "1.50"}]', ""), id="in a list"),
    ],
)
def test_half_a_character_is_a_question_mark(tmp_path, properties, header, row):
    path = file_of(tmp_path, geojson({"properties": "HERE"}).replace(b'"HERE"', properties))
    rows = open_rows(path)
    assert (rows.header, by_blocks(path)) == ((*header, "longitude", "latitude"), {1: (*row, "", "")})


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        pytest.param("CREATE VIEW v AS SELECT * FROM t", None, id="a view beside"),
        pytest.param("DROP TABLE t; CREATE VIEW t AS SELECT 1 AS fid", "views are not run", id="a view"),
        pytest.param("ALTER TABLE t ADD COLUMN b AS (1)", "views are not run", id="a column that is computed"),
        pytest.param(
            "ALTER TABLE gpkg_extensions RENAME TO e; CREATE VIEW gpkg_extensions AS SELECT * FROM e",
            "it is damaged",
            id="a view among the books",
        ),
    ],
)
def test_only_tables_of_a_geopackage_are_read(tmp_path, statement, reason):
    path = tmp_path / "points.gpkg"
    geopackage(path, "DELETE FROM t WHERE fid > 1", statement)
    if reason is None:
        assert by_blocks(path) == {1: ("2025-10-11", "71.0", "34.0")}
        return
    with pytest.raises(UnreadableError, match=reason):
        open_rows(path)


def test_a_workbook_with_abbreviations_of_its_own_is_refused(tmp_path):
    with pytest.raises(UnreadableError, match="cannot be read as XLSX"):
        open_rows(file_of(tmp_path, workbook(texts=shared("&a;", 1, head=ENTITY.format("x")))))


def test_several_tables_are_named(tmp_path):
    path = tmp_path / "two.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("../a.csv", "b.csv", "README.txt", "__MACOSX/._a.csv"):
            archive.writestr(name, CSV)
    with pytest.raises(UnreadableError, match=r"it holds 2 tables; name those to read: '../a.csv', 'b.csv'"):
        open_rows(path)
    assert by_blocks(path, tables=("../a.csv",)) == {1: ("1", "a"), 2: ("2", "b")}
    assert [one.name for one in tmp_path.parent.glob("a.csv")] == []
