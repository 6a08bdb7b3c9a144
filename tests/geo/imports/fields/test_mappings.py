"""Mappings of plain files: remembered by their columns, in whatever order these stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.datasets.folder import DataFolder
from geo.imports.fields.column_mapping import MAPPINGS_FILE, keep_mapping, kept_mapping
from tests.geo.datasets.tables import commit, make_dataset, make_row

COLUMNS = ("Day", "y", "x")
MAPPING = {"date_start": "Day", "latitude": "y", "longitude": "x"}


@pytest.fixture
def folder(tmp_path):
    return DataFolder(tmp_path / "data")


def test_nothing_is_remembered_at_first(folder):
    assert kept_mapping(folder, COLUMNS) is None


@pytest.mark.parametrize(
    "columns",
    [
        pytest.param(COLUMNS, id="in order"),
        pytest.param(COLUMNS[::-1], id="in another order"),
    ],
)
def test_the_same_columns_have_it_again(folder, columns):
    keep_mapping(folder, COLUMNS, MAPPING)
    assert kept_mapping(folder, columns) == MAPPING


@pytest.mark.parametrize(
    "columns",
    [
        pytest.param(COLUMNS[:2], id="fewer"),
        pytest.param((*COLUMNS, "more"), id="more"),
        pytest.param(("day", "y", "x"), id="case"),
    ],
)
def test_other_columns_do_not(folder, columns):
    keep_mapping(folder, COLUMNS, MAPPING)
    assert kept_mapping(folder, columns) is None


def test_the_latest_one_counts(folder):
    keep_mapping(folder, COLUMNS, MAPPING)
    keep_mapping(folder, COLUMNS, {"date_start": "x"})
    assert kept_mapping(folder, COLUMNS) == {"date_start": "x"}


@pytest.mark.parametrize("content", ["", "{", "[1]", '[{"columns": "Day"}]', "\0"], ids=repr)
def test_a_file_that_makes_no_sense_is_begun_anew(folder, content):
    folder.path.mkdir()
    (folder.path / MAPPINGS_FILE).write_text(content, "utf-8")
    assert kept_mapping(folder, COLUMNS) is None
    keep_mapping(folder, COLUMNS, MAPPING)
    assert kept_mapping(folder, COLUMNS) == MAPPING


def test_what_is_remembered_is_no_change_of_the_datasets_and_outlasts_an_import(folder):
    before = folder.version
    keep_mapping(folder, COLUMNS, MAPPING)
    assert folder.version == before
    commit(folder, make_dataset(), make_row())
    assert kept_mapping(folder, COLUMNS) == MAPPING


@given(files=st.lists(st.tuples(st.sets(st.text(), min_size=1), st.dictionaries(st.text(), st.text())), max_size=5))
def test_any_names_come_back(tmp_path_factory, files):
    folder = DataFolder(tmp_path_factory.mktemp("data"))
    for columns, mapping in files:
        keep_mapping(folder, columns, mapping)
    for columns, mapping in {frozenset(columns): mapping for columns, mapping in files}.items():
        assert kept_mapping(folder, columns) == mapping
