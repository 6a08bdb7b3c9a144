"""Files of each format with bytes changed, taken out and put in: a table in which no row is lost, or a sentence."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.checks import check
from tests.fuzz.seeds import write_seeds

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("seeds")
    write_seeds(folder)
    return folder


SEEDS = ("rows.csv", "wide.csv", "semicolon.csv", "events.tsv", "hashtags.csv", "points.geojson", "rows.csv.gz")
SEEDS += (
    "rows.zip",
    "book.xlsx",
    "points.gpkg",
    "points.parquet",
    "points.fgb",
    "points.gml",
    "points.kml",
    "points.kmz",
)
SEEDS += ("points.gpx", "shapefile.zip", "tab.zip", "mif.zip", "book.ods", "lines.geojsonl", "answer.json", "map.umap")
SEEDS += ("esri.json",)
"""All but old workbooks, of which calamine sets aside as much memory as a cell says: that ends with a process alone."""
EDITS = st.lists(
    st.tuples(
        st.floats(0, 1), st.integers(0, 4), st.binary(max_size=4) | st.sampled_from([b'"', b"\n", b",", b"\r", b"\0"])
    ),
    max_size=4,
)


def test_every_format_is_tried(folder):
    assert {path.name for path in folder.iterdir()} == {*SEEDS, "book.xls"}


@pytest.mark.parametrize("name", SEEDS)
@settings(max_examples=max(1, settings.default.max_examples // 4))
@given(edits=EDITS)
def test_a_changed_file_is_read_or_refused(folder, name, edits):
    data = (folder / name).read_bytes()
    for where, gone, put in edits:
        at = round(where * len(data))
        data = data[:at] + put + data[at + gone :]
    path = folder / "changed"
    path.write_bytes(data)
    check(path)


@given(data=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(folder, data):
    path = folder / "any"
    path.write_bytes(data)
    check(path)
