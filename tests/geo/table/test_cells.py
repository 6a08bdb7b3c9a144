"""Cells counted by small squares are those counted row by row."""

import pytest

from geo.filters import Filters
from geo.table import cells
from geo.table.imported import Imported, Lean
from geo.table.lean import COARSE_BITS
from geo.table.mercator import Grid
from geo.viewport import BBox
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
    return Imported(Lean([imported(folder, many_rows), imported(folder, odd, "own-notes")], in_memory=True))


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(category=("strike",), dataset=("acled",)),
        Filters(precision=("exact", "border_segment")),
        Filters(status=("lead", "reported")),
        Filters(year=(2025,)),
    ],
    ids=["all", "category", "precision", "leads", "year"],
)
@pytest.mark.parametrize("zoom", [0, 6, 28 - COARSE_BITS, 13])
@pytest.mark.parametrize("view", [REGION, KHOST], ids=["region", "khost"])
def test_squares_count_as_rows_do(shown, monkeypatch, filters, zoom, view):
    grid = Grid.at(zoom)
    found = cells.cells(shown, filters, bits=grid.cell_bits, ends=grid.around(view))
    monkeypatch.setattr(cells, "_is_told_by_square", lambda _: False)
    assert sorted(found) == sorted(cells.cells(shown, filters, bits=grid.cell_bits, ends=grid.around(view)))


@pytest.mark.parametrize(
    ("filters", "told"),
    [
        (Filters(category=("clash",)), True),
        (Filters(status=("lead",)), False),
        (Filters(linked="once"), False),
        (Filters(q="khost"), False),
        (Filters(since="2025-01-01"), False),
    ],
    ids=lambda value: "" if isinstance(value, bool) else " ".join(value.active),
)
def test_only_what_squares_are_counted_by_is_told_by_them(filters, told):
    assert cells._is_told_by_square(filters) is told
