"""JSON of every kind that holds rows: GeoJSON and its relatives, answers of APIs, lists and lines."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.imports.readers.opening import open_rows
from geo.imports.readers.source import Asked
from geo.imports.readers.typed import crs_named
from geo.incident.errors import UnreadableError
from tests.geo.imports.readers.reading import by_blocks, file_of

POINT = {"type": "Point", "coordinates": [66.4, 31.0]}
PLACE = ("longitude", "latitude")


def feature(geometry=POINT, **properties):
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features, **more):
    return {"type": "FeatureCollection", "features": list(features), **more}


def lines(*values, before=""):
    return "".join(f"{before}{json.dumps(value)}\n" for value in values)


ONE, TWO = feature(id="1", date="2025-10-11"), feature(id="2", date="2025-10-12", geometry=None)
PLACED = (("id", "date", *PLACE), {1: ("1", "2025-10-11", "66.4", "31.0"), 2: ("2", "2025-10-12", "", "")})
FIRST = (PLACED[0], {1: PLACED[1][1]})
RECORDS = [{"id": "1", "date": "2025-10-11"}, {"id": "2", "date": "2025-10-12"}]
PLAIN = (("id", "date"), {1: ("1", "2025-10-11"), 2: ("2", "2025-10-12")})
ESRI = {
    "fields": [{"name": "id", "type": "esriFieldTypeString"}, {"name": "date", "type": "esriFieldTypeDate"}],
    "features": [
        {"attributes": {"id": "1", "date": 1760140800000}, "geometry": {"x": 66.4, "y": 31.0}},
        {"attributes": {"id": "2", "date": None}, "geometry": {"x": "NaN", "y": "NaN"}},
    ],
}
IN_ESRI = (("id", "date", *PLACE), {1: ("1", "1760140800000", "66.4", "31.0"), 2: ("2", "", "", "")})


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(json.dumps(collection(ONE, TWO)), PLACED, id="a collection"),
        pytest.param(json.dumps(collection(ONE, TWO), indent=1), PLACED, id="a collection on many lines"),
        pytest.param("\ufeff" + json.dumps(collection(ONE, TWO)), PLACED, id="a byte order mark"),
        pytest.param(json.dumps({"data": collection(ONE, TWO), "ok": True}), PLACED, id="a collection inside"),
        pytest.param(json.dumps(ONE), FIRST, id="a feature"),
        pytest.param(json.dumps(ONE, indent=2), FIRST, id="a feature on many lines"),
        pytest.param(lines(ONE, TWO), PLACED, id="lines"),
        pytest.param(lines(ONE, TWO).replace("\n", "\r\n\r\n"), PLACED, id="lines with blank ones"),
        pytest.param(lines(ONE, TWO, before="\x1e"), PLACED, id="a text sequence"),
        pytest.param(lines(ONE, before="\x1e"), FIRST, id="a text sequence of one"),
        pytest.param(json.dumps([ONE, TWO]), PLACED, id="a list of features"),
        pytest.param(lines(collection(ONE), collection(TWO)), PLACED, id="lines of collections"),
        pytest.param(json.dumps(ESRI), IN_ESRI, id="Esri"),
        pytest.param(json.dumps(ESRI | {"spatialReference": {"wkid": 4326}}), IN_ESRI, id="Esri in degrees"),
        pytest.param(json.dumps(RECORDS), PLAIN, id="a list"),
        pytest.param(lines(*RECORDS), PLAIN, id="lines of objects"),
        pytest.param(lines(RECORDS[:1], RECORDS[1:]), PLAIN, id="a list after a list"),
        pytest.param(lines([], RECORDS[:1], [], RECORDS[1:]), PLAIN, id="lists, of which some are empty"),
        pytest.param(lines(RECORDS[0], RECORDS[1:]), PLAIN, id="a list after an object"),
        pytest.param(lines(RECORDS[:1], RECORDS[1]), PLAIN, id="an object after a list"),
        pytest.param(json.dumps({"status": 200, "count": 2, "data": RECORDS, "messages": []}), PLAIN, id="ACLED"),
        pytest.param(json.dumps({"TotalCount": 2, "NextPageUrl": "", "Result": RECORDS}), PLAIN, id="UCDP"),
        pytest.param(json.dumps({"count": 2, "next": None, "results": RECORDS}), PLAIN, id="Kobo"),
        pytest.param(json.dumps({"value": {"items": RECORDS}}), PLAIN, id="a list within an object"),
        pytest.param(json.dumps(ONE | {"bbox": [0] * 400_000}), FIRST, id="a feature of more than a megabyte"),
        pytest.param(json.dumps(RECORDS[0]), (PLAIN[0], {1: PLAIN[1][1]}), id="an object"),
    ],
)
@pytest.mark.parametrize("block_rows", [1, 100])
def test_rows_are_found_wherever_they_stand(tmp_path, content, expected, block_rows):
    path = file_of(tmp_path, content.encode())
    rows = open_rows(path)
    assert (rows.header, by_blocks(path, block_rows)) == expected
    assert rows.point == (PLACE if set(PLACE) <= {*rows.header} else None)


@pytest.mark.parametrize(
    ("record", "columns", "values"),
    [
        pytest.param({"a": {"b": {"c": 1}}, "d": 2}, ("a/b/c", "d"), ("1", "2"), id="nested"),
        pytest.param({"a": ["x", 2, None, True]}, ("a",), ("x; 2; ; true",), id="a list of values"),
        pytest.param({"a": [{"b": 1}]}, ("a",), ('[{"b": "1"}]',), id="a list of objects"),
        pytest.param({"a": [], "b": {}, "c": None}, ("a", "b", "c"), ("", "", ""), id="nothing"),
        pytest.param(
            {"n": 1.50, "big": 12345678901234567890}, ("n", "big"), ("1.5", "12345678901234567890"), id="numbers"
        ),
        pytest.param(
            {"group/day": "x", "_geolocation": [31.0, 66.4]}, ("group/day", *PLACE), ("x", "66.4", "31.0"), id="Kobo"
        ),
        pytest.param({"a": 1, "_geolocation": [None, None]}, ("a", *PLACE), ("1", "", ""), id="Kobo without a place"),
        pytest.param({"a": 1, "at": {"lat": 31.0, "lng": 66.4}}, ("a", *PLACE), ("1", "66.4", "31.0"), id="an object"),
        pytest.param({"a": 1, "at": [{"lon": 66.4, "lat": 31.0}]}, ("a", *PLACE), ("1", "66.4", "31.0"), id="Ushahidi"),
        pytest.param(
            {"a": 1, "at": {"lat": 31.0, "n": 2}}, ("a", "at/lat", "at/n"), ("1", "31.0", "2"), id="half of one"
        ),
        pytest.param({"a": 1, "where": POINT}, ("a", *PLACE), ("1", "66.4", "31.0"), id="a geometry in a field"),
        pytest.param(
            {"longitude": 1, "Latitude": 2, "g": POINT},
            ("longitude", "Latitude", "longitude (geometry)", "latitude (geometry)"),
            ("1", "2", "66.4", "31.0"),
            id="columns of the same names",
        ),
    ],
)
def test_fields_become_columns(tmp_path, record, columns, values):
    path = file_of(tmp_path, json.dumps([record]).encode())
    assert (open_rows(path).header, by_blocks(path)) == (columns, {1: values})


def test_layers_of_a_map_stand_in_a_column(tmp_path):
    layers = [
        collection(ONE, _umap_options={"name": "October"}),
        collection(TWO, _umap_options={"name": "November"}),
    ]
    path = file_of(tmp_path, json.dumps({"type": "umap", "properties": {"name": "x"}, "layers": layers}).encode())
    assert open_rows(path).header == ("id", "date", "layer", *PLACE)
    assert [row[2] for row in by_blocks(path).values()] == ["October", "November"]


METRES = {"type": "Point", "coordinates": [7391580.0, 3632749.0]}
UTM = {"type": "Point", "coordinates": [251508.0, 3432855.0]}


OGC = "http://www.opengis.net/def/crs/"


def esri(more):
    return {"features": [{"attributes": {"a": 1}, "geometry": {"x": 7391580.0, "y": 3632749.0} | more}]}


def crs(name):
    return {"crs": {"type": "name", "properties": {"name": name}}}


@pytest.mark.parametrize(
    ("content", "place"),
    [
        pytest.param(crs("EPSG:32642") | collection(feature(UTM)), (66.397, 31.003), id="before"),
        pytest.param(collection(feature(UTM), **crs("urn:ogc:def:crs:EPSG::32642")), (66.397, 31.003), id="behind"),
        pytest.param(collection(feature(METRES), **crs(f"{OGC}EPSG/0/3857")), (66.4, 31), id="an address"),
        pytest.param(collection(feature(), **crs("urn:ogc:def:crs:OGC:1.3:CRS84")), (66.4, 31), id="CRS84"),
        pytest.param(collection(feature(), **crs("EPSG:4326")), (66.4, 31), id="4326"),
        pytest.param(collection(feature(), crs=None), (66.4, 31), id="null"),
        pytest.param(esri({}) | {"spatialReference": {"wkid": 102100, "latestWkid": 3857}}, (66.4, 31), id="Esri"),
        pytest.param(esri({"spatialReference": {"wkid": 102100}}), (66.4, 31), id="Esri, with each geometry"),
    ],
)
def test_coordinates_are_turned_into_degrees(tmp_path, content, place):
    path = file_of(tmp_path, json.dumps(content).encode())
    rows = open_rows(path)
    assert [float(rows.sample[name][0].as_py()) for name in rows.point] == pytest.approx(place, abs=1e-3)


@pytest.mark.parametrize(
    "name",
    [
        "EPSG:999999",
        "/etc/passwd",
        "+proj=utm +zone=42",
        "/vsicurl/http://127.0.0.1/x",
        "OGC:CRS83",
        "",
        "EPSG",
        "4326",
        7,
    ],
)
def test_an_unknown_coordinate_system_is_refused(tmp_path, name):
    path = file_of(tmp_path, json.dumps(collection(feature(), **crs(name))).encode())
    with pytest.raises(UnreadableError, match="its coordinate system is not known"):
        open_rows(path)


@given(st.text(max_size=30))
def test_any_name_of_a_coordinate_system_is_a_code_or_refused(name):
    try:
        found = crs_named(name, "x")
    except UnreadableError:
        return
    assert found is None or found.split(":")[0] in {"EPSG", "ESRI"}


TWO_LISTS = {"events": RECORDS, "sites": [{"name": "x"}], "count": 3}


def test_several_lists_are_named_with_their_counts(tmp_path):
    path = file_of(tmp_path, json.dumps(TWO_LISTS).encode())
    with pytest.raises(UnreadableError, match=r"'events' \(2 rows\) and 'sites' \(1 row\)") as refused:
        open_rows(path)
    assert refused.value.choices == ("events", "sites")
    assert by_blocks(path, tables=("events",)) == PLAIN[1]
    assert open_rows(path, Asked(tables=("events", "sites"))).header == ("id", "date", "name", "layer")
    with pytest.raises(UnreadableError, match="it holds no table 'x'"):
        open_rows(path, Asked(tables=("x",)))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param("{}", "no list of objects", id="an empty object"),
        pytest.param("[]", "no list of objects", id="an empty list"),
        pytest.param("[1, 2, [3]]", "no list of objects", id="a list of numbers"),
        pytest.param('{"status": 200, "count": 0, "data": []}', "no list of objects", id="an answer without records"),
        pytest.param('{"type": "FeatureCollection", "features": []}', "no list of objects", id="an empty collection"),
        pytest.param('{"features": []}', "no list of objects", id="no features"),
        pytest.param(json.dumps(RECORDS)[:-8], "truncated", id="a list that breaks off"),
        pytest.param(lines(*RECORDS)[:-9], "truncated", id="lines that break off"),
        pytest.param(lines(*RECORDS) + "x", "it is broken", id="lines and something else"),
        pytest.param(json.dumps(RECORDS) + "x", "it is broken", id="a list and something else"),
        pytest.param(json.dumps({"data": RECORDS}) + "x", "it is broken", id="an answer and something else"),
        pytest.param('[{"a": 1}] [{"a": 2}', "truncated", id="a second list that breaks off"),
        pytest.param('{"a": 1 "b": 2}', "truncated or broken", id="no comma"),
        pytest.param("{'a': 1}", "it is broken", id="Python's quotation marks"),
        pytest.param('{"a": ' * 5_000, "nested too deeply|truncated|broken", id="deep"),
    ],
)
def test_what_has_no_rows_is_refused(tmp_path, content, reason):
    with pytest.raises(UnreadableError, match=reason):
        open_rows(file_of(tmp_path, content.encode()))


VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("json")


@given(st.lists(st.dictionaries(st.text(max_size=5), VALUE, max_size=4), min_size=1, max_size=4), st.booleans())
def test_each_record_is_a_row(folder, records, in_lines):
    text = lines(*records) if in_lines else json.dumps(records)
    path = file_of(folder, text.encode())
    try:
        rows = open_rows(path)
    except UnreadableError:
        assert in_lines or not any(records) or any(one.keys() & {"features", "crs"} for one in records)
        return
    assert len(by_blocks(path, 2)) == rows.sample.num_rows
    assert not any(records) or in_lines or rows.sample.num_rows == len(records)


ADDRESS = "https://127.0.0.1/?page=2"
OF_ALL = "more rows elsewhere: 2 of 500 are in it; fetch the other pages"
AND_MORE = "more rows elsewhere, and 2 are in it; fetch the other pages"


@pytest.mark.parametrize(
    ("content", "note"),
    [
        pytest.param({"count": 500, "next": ADDRESS, "previous": None, "results": RECORDS}, OF_ALL, id="Kobo"),
        pytest.param({"count": 500, "next": None, "previous": ADDRESS, "results": RECORDS}, OF_ALL, id="the last page"),
        pytest.param(
            {"TotalCount": 500, "TotalPages": 250, "NextPageUrl": ADDRESS, "Result": RECORDS}, OF_ALL, id="UCDP"
        ),
        pytest.param({"status": 200, "count": 2, "total": 500, "data": RECORDS}, OF_ALL, id="ACLED"),
        pytest.param({"result": {"records": RECORDS, "total": 500}}, OF_ALL, id="an answer within an object"),
        pytest.param({"meta": {"total_count": 500}, "objects": RECORDS}, OF_ALL, id="said aside"),
        pytest.param({"@odata.nextLink": ADDRESS, "value": RECORDS}, AND_MORE, id="only an address"),
        pytest.param(ESRI | {"exceededTransferLimit": True}, AND_MORE, id="Esri"),
        pytest.param(collection(ONE, TWO, properties={"exceededTransferLimit": True}), AND_MORE, id="Esri's GeoJSON"),
        pytest.param(collection(ONE, TWO, numberMatched=500, numberReturned=2), OF_ALL, id="WFS"),
        pytest.param({"count": 2, "next": None, "results": RECORDS}, None, id="all of them"),
        pytest.param(
            {"TotalCount": 2, "TotalPages": 1, "NextPageUrl": "", "Result": RECORDS}, None, id="all in one page"
        ),
        pytest.param(ESRI | {"exceededTransferLimit": False}, None, id="Esri, all of them"),
        pytest.param({"data": RECORDS, "deaths": {"total": 500}}, None, id="a total of something else"),
        pytest.param([{"count": 500, "next": ADDRESS}] * 2, None, id="columns of these names"),
    ],
)
def test_a_page_is_not_taken_for_the_whole(tmp_path, content, note):
    notes = open_rows(file_of(tmp_path, json.dumps(content).encode())).notes
    assert [one.partition("says that there are ")[2] for one in notes if "elsewhere" in one] == ([note] if note else [])


def test_one_row_of_a_page_is_one(tmp_path):
    content = {"count": 500, "next": ADDRESS, "results": RECORDS[:1]}
    assert any("1 of 500 is in it" in note for note in open_rows(file_of(tmp_path, json.dumps(content).encode())).notes)


@pytest.mark.parametrize(
    ("content", "names"),
    [
        pytest.param(
            '[{"id": "1", "id": "2"}]',
            "a name appears twice in one object, and its last value was read: 'id'",
            id="one",
        ),
        pytest.param('[{"id": "1", "id": "2"}, {"id": "2", "a": 1, "a": 2}]', "2 names appear twice", id="two"),
        pytest.param('[{"id": "2"}, {"id": "2"}]', None, id="in two objects"),
    ],
)
def test_the_last_of_members_of_one_name_is_read(tmp_path, content, names):
    path = file_of(tmp_path, content.encode())
    assert by_blocks(path)[1][0] == "2"
    found = [note for note in open_rows(path).notes if "twice" in note]
    assert [names in note for note in found] == ([True] if names else [])
