"""Cells counted by small squares are those counted row by row."""

import pytest

from geo.places.plane import BBox
from geo.selection import Filters
from geo.table import clusters as cells
from geo.table.clusters import Grid
from geo.table.event_index import GRID_BITS, ImportedIndex, ImportedParts
from tests.geo.table.parts import imported, imported_row

REGION, KHOST = BBox(60, 28, 76, 40), BBox(69.5, 33, 70.5, 33.8)


@pytest.fixture(scope="module")
def shown(many_rows, tmp_path_factory):
    """Two datasets with leads, rows without a place and rows without figures."""
    folder = tmp_path_factory.mktemp("cells")
    odd = [
        imported_row(1, dataset="own-notes", status="lead"),
        imported_row(2, dataset="own-notes", lon=None, lat=None, location_precision="country"),
        imported_row(3, dataset="own-notes", killed_low=None, killed_best=None, killed_high=None),
        imported_row(4, dataset="own-notes", location_precision="border_segment"),
    ]
    return ImportedIndex(
        ImportedParts([imported(folder, many_rows), imported(folder, odd, "own-notes")], in_memory=True)
    )


@pytest.mark.parametrize(
    "filters",
    [
        pytest.param(Filters(), id="all"),
        pytest.param(Filters(category=("strike",), dataset=("acled",)), id="category"),
        pytest.param(Filters(precision=("exact", "border_segment")), id="precision"),
        pytest.param(Filters(status=("lead", "reported")), id="leads"),
        pytest.param(Filters(year=(2025,)), id="year"),
        pytest.param(Filters(border=("afghan_tajik_border",)), id="border"),
        pytest.param(Filters(border=("durand_line", "unknown"), category=("clash",)), id="border-and-category"),
    ],
)
@pytest.mark.parametrize("zoom", [0, 6, 28 - GRID_BITS, 13])
@pytest.mark.parametrize("view", [pytest.param(REGION, id="region"), pytest.param(KHOST, id="khost")])
def test_squares_count_as_rows_do(shown, monkeypatch, filters, zoom, view):
    grid = Grid.at(zoom)
    found = cells.cells(shown, filters, bits=grid.cell_bits, ends=grid.around(view))
    monkeypatch.setattr(ImportedIndex, "has_grid_counts", lambda *_: False)
    assert sorted(found) == sorted(cells.cells(shown, filters, bits=grid.cell_bits, ends=grid.around(view)))


@pytest.mark.parametrize(
    ("filters", "told"),
    [
        (Filters(category=("clash",)), True),
        (Filters(border=("unknown",)), True),
        (Filters(province=("unknown",)), False),
        (Filters(status=("lead",)), False),
        (Filters(linked="once"), False),
        (Filters(q="khost"), False),
        (Filters(since="2025-01-01"), False),
    ],
    ids=lambda value: "" if isinstance(value, bool) else " ".join(value.active),
)
def test_only_what_squares_are_counted_by_is_asked_of_them(shown, filters, told):
    assert shown.has_grid_counts(filters) is told
