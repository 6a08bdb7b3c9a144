"""A few of the files that are made to harm; `make hostile` tries all of them."""

import socket
from itertools import islice

import pytest

from geo.datasets.folder import DataFolder
from tests.geo.datasets.tables import left_in
from tests.hostile import BYTES, FILES, SECONDS, all_files, measured, outcome, outside, write

MADE = dict(islice(all_files(), FILES))
CHANGED = [name for name in MADE if name.startswith(("cut/", "changed/"))][::5]


@pytest.fixture
def folder(tmp_path):
    return DataFolder(tmp_path / "data")


def test_there_are_as_many_as_are_promised():
    assert len(MADE) == FILES
    assert {name.split("/")[0] for name in MADE} > {
        *("text", "geojson", "json", "map", "sheet", "workbook", "parquet", "geopackage")
    }


@pytest.mark.parametrize(
    ("name", "said"),
    [
        pytest.param("text/lying-large.zip", "", id="sizes that are none"),
        pytest.param("text/link.zip", "", id="a link"),
        pytest.param("text/traversal.zip", "read: 50 rows", id="a name that leads elsewhere"),
        pytest.param("text/same-id.csv", "read: 100000 rows", id="an id that is quotation marks"),
        pytest.param("geojson/deep-990", "nested too deeply", id="deep"),
        pytest.param("geojson/half-character-in-key", "read: 1 rows", id="half a character"),
        pytest.param("json/crs-that-opens-files", "coordinate system is not known", id="a coordinate system of files"),
        pytest.param(
            "json/collections-in-collections", "no column was recognised as the date", id="collections in collections"
        ),
        pytest.param("map/laughs.kml", "defines its own entities", id="abbreviations of a map"),
        pytest.param("map/abroad.gml", "defines its own entities", id="an abbreviation of a file"),
        pytest.param("map/schema-abroad.gml", "read: 1 rows", id="a schema elsewhere"),
        pytest.param("map/shapefile-of-vrt.zip", "cannot be read as Shapefile", id="a shapefile that is none"),
        pytest.param("map/prj-of-a-file.zip", "read: 50 rows", id="a coordinate system elsewhere"),
        pytest.param(
            "map/lying-row-size.zip", "cannot be read as Shapefile", id="a table that is shorter than it says"
        ),
        pytest.param("map/of-others.zip", "only refers to other files", id="a table of others"),
        pytest.param("sheet/laughs", "cannot be read as ODS", id="abbreviations of a sheet"),
        pytest.param("workbook/target-outside", "no sheet", id="a part outside"),
        pytest.param("workbook/laughs-in-texts", "damaged", id="abbreviations of abbreviations"),
        pytest.param("parquet/lying-footer", "damaged", id="a footer of another size"),
        pytest.param("geopackage/endless-view", "views are not run", id="an endless view"),
        *(pytest.param(name, "", id=name) for name in CHANGED),
    ],
)
def test_it_is_read_or_refused_in_a_sentence(tmp_path, folder, name, said):
    MADE[name](tmp_path / "file")
    found = outcome(tmp_path / "file", folder)
    assert said in found
    assert "that opened it crashed" not in found
    assert left_in(folder.path) == []


@pytest.mark.parametrize("name", outside(9))
def test_nothing_is_fetched(tmp_path, folder, name):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0)
        write(tmp_path / "file", outside(listening.getsockname()[1])[name])
        outcome(tmp_path / "file", folder)
        with pytest.raises(BlockingIOError):
            listening.accept()


@pytest.mark.slow
@pytest.mark.usefixtures("readers_apart")
@pytest.mark.parametrize(
    ("name", "said"),
    [
        pytest.param("parquet/many-columns", "of memory", id="memory"),
        pytest.param("geopackage/deep-geometry", "crashed", id="a crash"),
    ],
)
def test_what_no_reader_withstands_ends_with_its_process(tmp_path, folder, name, said):
    MADE[name](tmp_path / "file")
    found, seconds, held = measured(tmp_path / "file", folder)
    assert said in found
    assert (seconds < SECONDS, held < BYTES) == (True, True)
    assert left_in(folder.path) == []
