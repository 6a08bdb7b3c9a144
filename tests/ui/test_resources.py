"""What a server does once, when it starts, and what it keeps for the next visitor."""

import tempfile
from copy import copy
from dataclasses import replace

import pytest

from geo.casualties import rules
from geo.datasets.folder import FOLDER_VARIABLE, DataFolder
from geo.selection import Filters
from tests.geo.imports.files import acled_file, acled_row, import_file
from ui import resources


def test_what_was_left_by_one_that_was_killed_is_deleted(tmp_path, monkeypatch):
    folder, place = DataFolder(tmp_path / "data"), tmp_path / "temporary"
    import_file(acled_file(tmp_path / "acled.csv", acled_row(1)), folder)
    staged, uploaded = folder.path / "acled" / "staging-1234abcd", place / "incident-map-1234abcd"
    for left in (staged, uploaded):
        left.mkdir(parents=True)
        (left / ".lock").touch()
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder.path))
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    resources.sweep_temporary.cache_clear()
    resources.clear_left_overs.__wrapped__()
    assert (staged.exists(), uploaded.exists()) == (False, False)
    assert [dataset.rows for dataset in folder.datasets()] == [1]


@pytest.mark.parametrize(
    ("part", "filters", "rule", "scheme", "made"),
    [
        pytest.param("list", Filters(year=(2025,)), 0, "light", False, id="the same"),
        pytest.param("chart", Filters(year=(2025,)), 0, "light", True, id="another part"),
        pytest.param("list", Filters(year=(2024,)), 0, "light", True, id="another selection"),
        pytest.param("list", Filters(year=(2025,)), 1, "light", True, id="another rule"),
        pytest.param("list", Filters(year=(2025,)), 0, "dark", True, id="another scheme"),
    ],
)
def test_a_part_is_made_once_of_the_same(  # noqa: PLR0913, PLR0917  # a row of the table
    table, layers, monkeypatch, part, filters, rule, scheme, made
):
    seen = resources.Resources(table=table, rules=(), boundaries=layers, faults=())
    monkeypatch.setattr(resources, "scheme", lambda: "light")
    kept = seen.kept("list", Filters(year=(2025,)), lambda: "seen")
    monkeypatch.setattr(resources, "scheme", lambda: scheme)
    ruled = table.under(rules(table.incidents, table.claimants)[rule])
    assert replace(seen, table=ruled).kept(part, filters, lambda: "made") == ("made" if made else kept)


def test_a_part_is_made_anew_of_other_data(table, layers):
    seen = resources.Resources(table=table, rules=(), boundaries=layers, faults=())
    other = copy(table)
    other.version = "0" * 64
    assert seen.kept("list", Filters(), lambda: "seen") == "seen"
    assert replace(seen, table=other).kept("list", Filters(), lambda: "made") == "made"
