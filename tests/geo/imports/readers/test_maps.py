"""Files of maps: shapefiles, KML, GPX, GML, MapInfo, FlatGeobuf, Parquet with geometries of every kind."""

import json
import zipfile
from datetime import date

import geopandas as gpd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from shapely.geometry import mapping

from geo.apart import _CLOSED, python
from geo.imports.readers.opening import open_rows
from geo.imports.readers.source import Asked
from geo.incident.errors import UnreadableError
from tests.geo.imports.imported_rows import imported
from tests.geo.imports.readers.reading import by_blocks, file_of

PLACE = ("longitude", "latitude")


def frame(places=("Khost", "Kunar"), crs=4326, **more):
    points = gpd.points_from_xy([66.4, 70.1], [31.0, 33.9], crs=4326).to_crs(crs)
    return gpd.GeoDataFrame({"date": ["2025-10-11", "2025-10-12"], "place": places, **more}, geometry=points)


def near(path, **options):
    """Header, and rows with their places rounded."""
    rows = open_rows(path, Asked(**options))
    at = [rows.header.index(name) for name in rows.point]

    def rounded(row):
        return tuple(str(round(float(value), 6)) if n in at and value else value for n, value in enumerate(row))

    return rows.header, {number: rounded(row) for number, row in by_blocks(path, **options).items()}


ROWS = {1: ("2025-10-11", "Khost", "66.4", "31.0"), 2: ("2025-10-12", "Kunar", "70.1", "33.9")}
READ = (("date", "place", *PLACE), ROWS)


def zipped(path, *files, within=""):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.write(file, within + file.name)
    return path


def shapefile(folder, made, *, encoding="utf-8", without=(), name="incidents", ldid=None):  # noqa: PLR0913  # its parts
    """A shapefile in a zip file."""
    at = folder / name
    at.mkdir()
    made.to_file(at / f"{name}.shp", encoding=encoding)
    if ldid is not None:
        dbf = bytearray((at / f"{name}.dbf").read_bytes())
        dbf[29] = ldid
        (at / f"{name}.dbf").write_bytes(dbf)
    return [file for file in sorted(at.iterdir()) if file.suffix not in without]


PERSIAN = ("سپين بولدک", "پاراچنار")
RUSSIAN = ("Куляб", "Шугнан")


@pytest.mark.parametrize(
    ("places", "encoding", "without", "ldid", "note"),
    [
        pytest.param(("Khost", "Kunar"), "utf-8", (), None, None, id="ASCII"),
        pytest.param(PERSIAN, "utf-8", (), None, "as the file says", id="UTF-8"),
        pytest.param(PERSIAN, "utf-8", (".cpg",), 0, "guessed from its letters", id="UTF-8 unsaid"),
        pytest.param(PERSIAN, "cp1256", (), None, "cp1256, as the file says", id="1256"),
        pytest.param(PERSIAN, "cp1256", (".cpg",), 0, "Windows-1256", id="1256 unsaid"),
        pytest.param(PERSIAN, "cp1256", (".cpg",), 0x57, "Windows-1256", id="1256 under a number that says nothing"),
        pytest.param(RUSSIAN, "cp1251", (".cpg",), 0xC9, "cp1251, as the file says", id="1251 by its number"),
        pytest.param(RUSSIAN, "cp1251", (".cpg",), 0, "Windows-1251", id="1251 unsaid"),
    ],
)
def test_a_shapefile_is_read_in_its_encoding(  # noqa: PLR0913, PLR0917  # a table
    tmp_path, places, encoding, without, ldid, note
):
    files = shapefile(tmp_path, frame(places), encoding=encoding, without=without, ldid=ldid)
    path = zipped(tmp_path / "a.zip", *files, within="folder/")
    expected = {number: (row[0], places[number - 1], *row[2:]) for number, row in ROWS.items()}
    assert near(path) == (READ[0], expected)
    notes = [one for one in open_rows(path).notes if "encoding" in one]
    assert (notes == []) if note is None else (note in notes[0])


def test_the_encoding_of_a_shapefile_can_be_named(tmp_path):
    files = shapefile(tmp_path, frame(RUSSIAN), encoding="cp1251", without=(".cpg",), ldid=0)
    path = zipped(tmp_path / "a.zip", *files)
    assert by_blocks(path, encoding="cp1252")[1][1] == "Êóëÿá"
    assert open_rows(path, Asked(encoding="cp1251")).encoding == "cp1251"
    with pytest.raises(UnreadableError, match="the encoding 'x' is not known"):
        open_rows(path, Asked(encoding="x"))


@pytest.mark.parametrize(
    ("without", "crs", "note"),
    [
        pytest.param((), 32642, None, id="in metres"),
        pytest.param((".prj",), 4326, "names no coordinate system", id="without .prj"),
        pytest.param((".shx",), 4326, None, id="without .shx"),
    ],
)
def test_a_shapefile_is_read_in_its_coordinate_system(tmp_path, without, crs, note):
    path = zipped(tmp_path / "a.zip", *shapefile(tmp_path, frame(crs=crs), without=without))
    assert near(path) == READ
    assert any("coordinate system" in one for one in open_rows(path).notes) is (note is not None)


def test_several_shapefiles_are_named_with_their_counts(tmp_path):
    files = [*shapefile(tmp_path, frame(), name="a"), *shapefile(tmp_path, frame().iloc[:1], name="b")]
    path = zipped(tmp_path / "two.zip", *files)
    with pytest.raises(UnreadableError, match=r"'a.shp' \(2 rows\) and 'b.shp' \(1 row\)") as refused:
        open_rows(path)
    assert refused.value.choices == ("a.shp", "b.shp")
    assert near(path, tables=("b.shp",)) == (READ[0], {1: ROWS[1]})
    header, rows = near(path, tables=["a.shp", "b.shp"])
    assert header == ("date", "place", "file", *PLACE)
    assert [row[2] for row in rows.values()] == ["a.shp", "a.shp", "b.shp"]


def test_a_part_of_a_shapefile_is_refused(tmp_path):
    (file,) = [file for file in shapefile(tmp_path, frame()) if file.suffix == ".shp"]
    with pytest.raises(
        UnreadableError, match=r"put the \.shp, \.dbf, \.shx and \.prj of the same name together in a zip"
    ):
        open_rows(file)
    with pytest.raises(UnreadableError, match=r"lacks its \.dbf"):
        open_rows(zipped(tmp_path / "lone.zip", file))


def flatgeobuf(path):
    frame().to_file(path, driver="FlatGeobuf", SPATIAL_INDEX="NO")  # which changes the order


def gml(path):
    frame().to_file(path.with_suffix(".gml"), driver="GML")
    path.with_suffix(".gml").replace(path)


PLACEMARK = """<Placemark><ExtendedData><Data name='date'><value>{}</value></Data><SchemaData>
<SimpleData name='place'>{}</SimpleData></SchemaData></ExtendedData>
<Point><coordinates> {},{},0 </coordinates></Point></Placemark>"""
KML = "<?xml version='1.0'?><kml xmlns='http://www.opengis.net/kml/2.2'><Document>{}</Document></kml>"


def kml(path):
    path.write_text(KML.format("".join(PLACEMARK.format(*row) for row in ROWS.values())))


def kmz(path):
    inner = path.with_name("doc.kml")
    kml(inner)
    zipped(path, inner)


def kml_in_utf_16(path):
    kml(path)
    path.write_bytes(path.read_text().replace("1.0'", "1.0' encoding='UTF-16'").encode("utf-16"))


@pytest.mark.parametrize("write", [flatgeobuf, kml, kmz, kml_in_utf_16], ids=lambda write: write.__name__)
@pytest.mark.parametrize("packed", [False, True])
def test_a_map_reads_the_same_in_every_format(tmp_path, write, packed):
    path = tmp_path / ("x.kmz" if write is kmz else f"x.{write.__name__[:3].replace('fla', 'fgb')}")
    write(path)
    assert near(zipped(tmp_path / "packed.zip", path) if packed else path) == READ


@pytest.mark.parametrize("at", [0, 1])
def test_a_row_without_geometry_leaves_the_others_theirs(tmp_path, at):
    points = frame()
    points.loc[at, "geometry"] = None
    points.to_file(path := tmp_path / "x.fgb", driver="FlatGeobuf", SPATIAL_INDEX="NO")
    assert [bool(row[-1]) for row in near(path)[1].values()] == [at != 0, at != 1]


LINK = "<NetworkLink><name>x</name><Link><href>{}</href></Link></NetworkLink>"
ROW_A, ROW_B = (PLACEMARK.format(f"2025-10-1{at}", at, 66.4, 31.0) for at in "12")


def linking(*links):
    return KML.format("".join(map(LINK.format, links)))


@pytest.mark.parametrize(
    ("files", "places", "elsewhere"),
    [
        pytest.param(
            {"doc.kml": linking("layers/a.kml", "layers/b.kml"), "layers/a.kml": ROW_A, "layers/b.kml": ROW_B},
            ["1", "2"],
            False,
            id="as LIBKML writes it",
        ),
        pytest.param(
            {"doc.kml": linking("./a/x%20y.kml"), "a/x y.kml": linking("../b.kml") + ROW_A, "b.kml": ROW_B},
            ["1", "2"],
            False,
            id="one after the other",
        ),
        pytest.param(
            {"doc.kml": linking("doc.kml", "a.kml") + ROW_B, "a.kml": linking("doc.kml", "a.kml") + ROW_A},
            ["2", "1"],
            False,
            id="in a circle",
        ),
        pytest.param(
            {"doc.kml": linking("a.kml", "http://127.0.0.1/b.kml"), "a.kml": ROW_A, "b.kml": ROW_B},
            ["1"],
            True,
            id="one elsewhere",
        ),
        pytest.param({"doc.kml": linking("../b.kml") + ROW_A, "b.kml": ROW_B}, ["1"], True, id="out of the archive"),
        pytest.param({"doc.kml": linking("/b.kml") + ROW_A, "b.kml": ROW_B}, ["1"], True, id="from the root"),
        pytest.param({"doc.kml": linking("c.kml", "a.kml"), "a.kml": ROW_A}, ["1"], True, id="to what is not there"),
        pytest.param({"doc.kml": ROW_A, "b.kml": ROW_B}, ["1"], False, id="not linked"),
    ],
)
def test_files_of_a_kmz_that_are_linked_are_read(tmp_path, files, places, elsewhere):
    with zipfile.ZipFile(tmp_path / "x.kmz", "w") as archive:
        for name, content in files.items():
            head, _, more = content.rpartition("</Document></kml>")
            archive.writestr(name, f"{head}{more}</Document></kml>" if head else KML.format(content))
    rows = open_rows(tmp_path / "x.kmz")
    at = rows.header.index("place")
    assert [row[at] for row in by_blocks(tmp_path / "x.kmz").values()] == places
    assert any("was not fetched" in note for note in rows.notes) is elsewhere
    assert ("file" in rows.header) is (len(places) > 1)


def test_a_kmz_of_links_to_nothing_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "x.kmz", "w") as archive:
        archive.writestr("doc.kml", linking("a.kml"))
        archive.writestr("a.kml", KML.format(""))
    with pytest.raises(UnreadableError, match="it holds no placemarks"):
        open_rows(tmp_path / "x.kmz")


@pytest.mark.parametrize("packed", [pytest.param(False, id="as it is"), pytest.param(True, id="in a zip file")])
def test_a_table_of_dbase_is_read_alone(tmp_path, packed):
    frame(("خوست", "Kunar")).to_file(tmp_path / "x.shp", encoding="utf-8")
    alone = tmp_path / "alone"
    alone.mkdir()
    path = (tmp_path / "x.dbf").rename(alone / "x.dbf")
    path = zipped(alone / "x.zip", path) if packed else path
    assert by_blocks(path) == {1: ("2025-10-11", "خوست"), 2: ("2025-10-12", "Kunar")}
    assert any("table of dBASE alone" in note for note in open_rows(path).notes)


def test_a_gml_is_read_and_names_no_schema(tmp_path):
    path = tmp_path / "x.dat"
    gml(path)
    header, rows = near(path)
    assert {*READ[0]} <= {*header}
    assert [row[header.index("longitude")] for row in rows.values()] == ["66.4", "70.1"]
    assert [*tmp_path.glob("*.gfs")] == []


def test_a_gml_is_not_taken_for_a_list_of_other_files(tmp_path):
    path = tmp_path / "x.dat"
    gml(path)
    within = "<!-- <OGRVRTDataSource><OGRVRTLayer name='a'><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer>"
    text = path.read_text()
    at = text.index("?>") + 2
    path.write_text(f"{text[:at]}{within}</OGRVRTDataSource> -->{text[at:]}")
    assert len(near(path)[1]) == 2


@pytest.mark.parametrize(("ending", "beside"), [("tab", ("dat", "map", "id")), ("mif", ("mid",))])
def test_a_mapinfo_table_comes_in_a_zip_file(tmp_path, ending, beside):
    at = tmp_path / f"x.{ending}"
    frame().to_file(at, driver="MapInfo File", **({} if ending == "tab" else {"FORMAT": "MIF"}))
    path = zipped(tmp_path / "x.zip", at, *(at.with_suffix(f".{one}") for one in beside))
    assert near(path) == READ
    with pytest.raises(UnreadableError, match="part of a MapInfo table"):
        open_rows(at)


@pytest.mark.parametrize("kind", ["Type LINKED", 'Type NATIVE\n"IsSeamless" = "TRUE"', "create view x as select *"])
def test_a_mapinfo_table_of_others_is_refused(tmp_path, kind):
    files = [file_of(tmp_path, b"", f"x.{one}") for one in ("dat", "map", "id")]
    tab = file_of(tmp_path, f"!table\n!version 300\nDefinition Table\n{kind}\n".encode(), "x.tab")
    with pytest.raises(UnreadableError, match="only refers to other files"):
        open_rows(zipped(tmp_path / "x.zip", tab, *files))


FOLDERS = """<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>all</name>
<Folder><name>October</name><Placemark><name>a</name><TimeStamp><when>2025-10-11</when></TimeStamp>
<description><![CDATA[<b>Two</b> killed<br>in Khost &amp; Paktia]]></description>
<Point><coordinates>66.4,31.0</coordinates></Point></Placemark></Folder>
<Folder><name>November</name><Folder><Placemark><name>b</name>
<TimeSpan><begin>2025-11-01</begin><end>2025-11-03</end></TimeSpan>
<MultiGeometry><Point><coordinates>66.4,31.0</coordinates></Point></MultiGeometry></Placemark>
<Placemark><name>c</name><LineString><coordinates>66,31 67,31</coordinates></LineString></Placemark>
<Placemark><name>d</name><Polygon><outerBoundaryIs><LinearRing><coordinates>66,31 66.1,31 66.1,31.1 66,31
</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></Folder></Folder>
<NetworkLink><Link><href>http://127.0.0.1/x.kml</href></Link></NetworkLink></Document></kml>"""


def test_all_folders_of_a_kml_are_read(tmp_path):
    path = file_of(tmp_path, FOLDERS.encode())
    rows = open_rows(path)
    assert rows.header == ("name", "timestamp", "description", "begin", "end", "layer", *PLACE)
    assert [*by_blocks(path).values()][:3] == [
        ("a", "2025-10-11", "Two killed\nin Khost & Paktia", "2025-10-11", "2025-10-11", "October", "66.4", "31.0"),
        ("b", "", "", "2025-11-01", "2025-11-03", "November", "66.4", "31.0"),
        ("c", "", "", "", "", "November", "", ""),
    ]
    (block,) = rows.blocks()
    assert [(one.row, one.note.split(",")[0]) for one in block.repaired] == [
        (3, "its geometry is a LineString of 96 km"),
        (4, "its geometry is a Polygon of 15 km"),
    ]
    assert "what it only links to was not fetched" in rows.notes


@pytest.mark.parametrize(
    ("box", "more", "rows", "rejected"),
    [
        pytest.param((67, 32, 68, 33), {}, ["nowhere AF"], [], id="within a country"),
        pytest.param((67, 29.5, 68, 33), {}, [], ["no country has 90 %"], id="across the border"),
        pytest.param((67, 29.5, 68, 33), {"country": "Pakistan"}, ["nowhere PK"], [], id="that names one"),
        pytest.param((50, 32, 51, 33), {}, [], ["outside Afghanistan"], id="elsewhere"),
        pytest.param((-170, -80, 170, 80), {}, [], ["outside Afghanistan"], id="nearly all of the globe"),
        pytest.param((50, 32, 51, 33), {"country": "Pakistan"}, ["nowhere PK"], [], id="elsewhere, names one"),
    ],
)
def test_a_large_area_is_of_the_country_in_which_nearly_all_of_it_lies(tmp_path, box, more, rows, rejected):
    feature = {"type": "Feature", "properties": {"date": "2025-10-11"} | more, "geometry": mapping(shapely.box(*box))}
    path = file_of(tmp_path, json.dumps({"type": "FeatureCollection", "features": [feature]}).encode(), "x.geojson")
    found = imported(path)
    assert [row.split(" | ")[0] for row in found.rows] == rows
    assert [reason in said for said, reason in zip(found.rejected, rejected, strict=True)] == [True] * len(rejected)


STAMP, SPAN = "<TimeStamp><when>{}</when></TimeStamp>", "<TimeSpan><begin>{}</begin><end>{}</end></TimeSpan>"


@pytest.mark.parametrize(
    ("times", "days", "note"),
    [
        pytest.param(
            STAMP.format("2025-10-11") + SPAN.format("2025-10-01", "2025-10-31"),
            ("2025-10-11", "2025-10-11", "2025-10-11"),
            "a time stamp within its time span",
            id="stamp within",
        ),
        pytest.param(
            SPAN.format("2025-10-11T08:00:00Z", "2025-10-11") + STAMP.format("2025-10-11"),
            ("2025-10-11", "2025-10-11", "2025-10-11"),
            "a time stamp within its time span",
            id="the same day",
        ),
        pytest.param(
            SPAN.format("2025-10-01", "") + STAMP.format("2025-10-11"),
            ("2025-10-11", "2025-10-11", "2025-10-11"),
            "a time stamp within its time span",
            id="open end",
        ),
        pytest.param(
            STAMP.format("2025-11-11") + SPAN.format("2025-10-01", "2025-10-31"),
            ("2025-11-11", "2025-10-01", "2025-10-31"),
            "a time stamp outside of its time span",
            id="stamp outside",
        ),
        pytest.param(
            STAMP.format("upload") + SPAN.format("2025-10-01", "2025-10-31"),
            ("upload", "2025-10-01", "2025-10-31"),
            "a time stamp outside of its time span",
            id="no date",
        ),
    ],
)
def test_a_stamp_and_a_span_of_a_kml_say_one_thing(tmp_path, times, days, note):
    place = "<Point><coordinates>66.4,31.0</coordinates></Point>"
    path = file_of(tmp_path, KML.format(f"<Placemark><name>a</name>{times}{place}</Placemark>").encode())
    (values,) = by_blocks(path).values()
    row = dict(zip(open_rows(path).header, values, strict=True))
    assert tuple(row[name] for name in ("timestamp", "begin", "end")) == days
    assert any(note in said for said in open_rows(path).notes)


GPX = """<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">{}</gpx>"""
WAYPOINT = """<wpt lat="31.0" lon="66.4"><time>2025-10-11T08:00:00Z</time><name>a</name><extensions><x:killed
xmlns:x="y">2</x:killed></extensions></wpt><wpt lat="33.9" lon="70.1"><name>b</name></wpt>"""
TRACK = """<trk><trkseg><trkpt lat="31" lon="66"><time>2025-10-11</time></trkpt></trkseg></trk>"""


def test_fields_of_a_namespace_of_their_own_are_read(tmp_path):
    data = "<ExtendedData xmlns:m='x'><m:killed>2</m:killed><m:date>2025-10-11</m:date></ExtendedData>"
    path = file_of(tmp_path, KML.format(f"<Placemark>{data}</Placemark>").encode())
    assert (open_rows(path).header, by_blocks(path)) == (("killed", "date", *PLACE), {1: ("2", "2025-10-11", "", "")})


def test_waypoints_of_a_gpx_are_read(tmp_path):
    path = file_of(tmp_path, GPX.format(WAYPOINT + TRACK).encode())
    assert open_rows(path).header == ("time", "name", "killed", *PLACE)
    assert by_blocks(path) == {
        1: ("2025-10-11T08:00:00Z", "a", "2", "66.4", "31.0"),
        2: ("", "b", "", "70.1", "33.9"),
    }
    assert "only its waypoints were read, not its tracks or routes" in open_rows(path).notes


LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]>"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(GPX.format(TRACK), "tracks or routes and no waypoints", id="tracks"),
        pytest.param(GPX.format(""), "holds no waypoints", id="nothing"),
        pytest.param(LAUGHS + GPX.format(WAYPOINT), "damaged or truncated, or defines", id="abbreviations"),
        pytest.param(GPX.format(WAYPOINT)[:-20], "damaged or truncated", id="cut short"),
        pytest.param(
            "<?xml version='1.0'?>" + LAUGHS + FOLDERS, "defines its own entities", id="abbreviations of a KML"
        ),
        pytest.param("<kml><NetworkLink/></kml>", "only the address of a map elsewhere", id="an address"),
        pytest.param("<kml/>", "holds no placemarks", id="an empty map"),
        pytest.param("<?xml version='1.0'?><html/>", "web page", id="a web page"),
        pytest.param("<?xml version='1.0'?><rss/>", "neither KML, GPX nor GML", id="other XML"),
        pytest.param("<kml>" * 500, "damaged or truncated", id="deep"),
    ],
)
def test_xml_without_places_is_refused(tmp_path, content, reason):
    with pytest.raises(UnreadableError, match=reason):
        open_rows(file_of(tmp_path, content.encode()))


def with_geometry(path, column, *, field=None, **described):
    table = pa.table({"date": ["2025-10-11", "2025-10-12"], "place": ["Khost", "Kunar"]})
    table = table.append_column(field or "somewhere", column)
    if described:
        about = {"version": "1.1.0", "primary_column": "somewhere", "columns": {"somewhere": described}}
        table = table.replace_schema_metadata({"geo": json.dumps(about)})
    pq.write_table(table, path)


X, Y = [66.4, 70.1], [31.0, 33.9]
POINTS = shapely.points(X, Y)
STRUCT = pa.StructArray.from_arrays([pa.array(X), pa.array(Y)], ["x", "y"])
PAIRS = pa.FixedSizeListArray.from_arrays(pa.array([66.4, 31.0, 70.1, 33.9]), 2)
WKB, WKT = pa.array(shapely.to_wkb(POINTS).tolist()), pa.array(shapely.to_wkt(POINTS, rounding_precision=6).tolist())
UTM = pa.array(shapely.to_wkb(frame(crs=32642).geometry.values).tolist())
ARROW = {"ARROW:extension:name": "geoarrow.point", "ARROW:extension:metadata": "{}"}


@pytest.mark.parametrize(
    ("column", "options"),
    [
        pytest.param(WKB, {"encoding": "WKB"}, id="WKB"),
        pytest.param(UTM, {"encoding": "WKB", "crs": frame(crs=32642).crs.to_json_dict()}, id="metres"),
        pytest.param(STRUCT, {"encoding": "point"}, id="x and y"),
        pytest.param(PAIRS, {"encoding": "point"}, id="pairs"),
        pytest.param(WKT, {"encoding": "WKT"}, id="WKT said"),
        pytest.param(WKT, {"field": "geometry"}, id="WKT by name"),
        pytest.param(WKB, {"field": "the_geom"}, id="WKB by name"),
        pytest.param(WKB.dictionary_encode(), {"field": "geom"}, id="WKB, each once"),
        pytest.param(STRUCT, {"field": pa.field("x", STRUCT.type, metadata=ARROW)}, id="GeoArrow"),
        pytest.param(pa.array([[[66.4, 31.0]], [[70.1, 33.9]]]), {"encoding": "multipoint"}, id="points of one each"),
    ],
)
def test_geometries_of_a_parquet_file_are_found(tmp_path, column, options):
    path = tmp_path / "x.parquet"
    with_geometry(path, column, **options)
    assert near(path) == READ


def test_the_primary_geometry_of_several_wins(tmp_path):
    path = tmp_path / "x.parquet"
    made = frame().assign(other=gpd.points_from_xy([1, 2], [3, 4], crs=4326)).rename_geometry("somewhere")
    made.to_parquet(path)
    assert [row[-2:] for row in near(path)[1].values()] == [("66.4", "31.0"), ("70.1", "33.9")]


def test_a_text_of_a_name_is_no_geometry(tmp_path):
    path = tmp_path / "x.parquet"
    pq.write_table(pa.table({"location": ["Khost", "Kunar"], "point": ["a", "b"]}), path)
    assert (open_rows(path).header, open_rows(path).point) == (("location", "point"), None)


def test_what_cannot_be_read_of_a_geometry_is_said(tmp_path):
    path = tmp_path / "x.parquet"
    with_geometry(path, pa.array([b"\1\1", b""]), encoding="WKB")
    (block,) = open_rows(path).blocks()
    assert [(one.row, one.note) for one in block.repaired] == [
        (1, "its geometry cannot be read, so it has no point"),
        (2, "its geometry cannot be read, so it has no point"),
    ]


def test_the_process_that_reads_has_only_the_drivers_that_are_meant():
    code = "import pyogrio; print(sorted(pyogrio.list_drivers()))"
    ran = python(["-c", code], env=_CLOSED, stdout=-1)
    meant = ["ESRI Shapefile", "FlatGeobuf", "GML", "GPKG", "GeoJSON", "MapInfo File"]
    assert ran.stdout.read().decode().strip() == str(meant)
    ran.wait()


def test_a_shapefile_that_is_none_is_refused(tmp_path):
    files = shapefile(tmp_path, frame())
    (at,) = [file for file in files if file.suffix == ".shp"]
    at.write_bytes(b"<OGRVRTDataSource><OGRVRTLayer name='a'><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer>")
    with pytest.raises(UnreadableError, match="damaged and cannot be read as Shapefile"):
        open_rows(zipped(tmp_path / "a.zip", *files))


def test_numbers_of_a_table_are_written_as_they_are(tmp_path):
    made = frame(killed=[2, 3], share=[0.5, None], day=[date(2025, 10, 11), None])
    path = zipped(tmp_path / "a.zip", *shapefile(tmp_path, made))
    header, rows = near(path)
    values = dict(zip(header, rows[1], strict=True))
    assert (values["killed"], values["share"], values["day"]) == ("2", "0.5", "2025-10-11")
