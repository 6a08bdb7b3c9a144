"""Marks on paper: nothing lies over anything, nothing is lost, and an area never becomes part of a dot."""

from pathlib import Path

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.casualties import RANGE
from geo.figure.paper_marks import place_many, place_marks
from geo.figure.sheet import Frame
from geo.places.boundaries import Boundaries
from geo.places.plane import REGION, BBox
from geo.selection import Filters
from geo.store.incident_store import StoreContents
from geo.symbology.marks import Marks, PointMark, marks_of
from geo.table.incident_table import IncidentTable
from tests.conftest import make_incident
from tests.geo.table.parts import imported, imported_row

_BOX = shapely.box(10, 30, 280, 190)
_PLACES = st.lists(st.tuples(st.floats(64, 74), st.floats(28, 38), st.floats(12, 40)), min_size=1, max_size=60)


def point(lon: float, lat: float, diameter_px: float = 12) -> PointMark:
    return PointMark(
        incident=make_incident(), lon=lon, lat=lat, radius_km=1, diameter_px=diameter_px, killed=None, heading_deg=None
    )


def placed(*points: PointMark, view: BBox = REGION):  # what place_marks returns
    return place_marks(Marks(points=points, areas=(), nowhere=()), Frame.around(view, _BOX), 1.0)


@given(_PLACES)
def test_points_never_overlap_and_none_is_lost(places: list[tuple[float, float, float]]) -> None:
    marks = placed(*(point(*place) for place in places))
    pairs = [(a, b) for n, a in enumerate(marks) for b in marks[:n]]
    assert all(((a.x - b.x) ** 2 + (a.y - b.y) ** 2) ** 0.5 >= a.radius + b.radius for a, b in pairs)
    assert sum(len(mark.points) for mark in marks) == len(places)


@pytest.mark.parametrize(
    ("lons", "symbols"),
    [
        pytest.param((69.0, 74.0), 2, id="far apart"),
        pytest.param((69.0, 69.01), 0, id="on top of each other"),
    ],
)
def test_a_symbol_stays_one_where_it_can(lons: tuple[float, float], symbols: int) -> None:
    assert sum(mark.is_symbol for mark in placed(*(point(lon, 33) for lon in lons))) == symbols


def test_a_larger_scale_takes_a_disc_apart() -> None:
    near = point(69.9, 33.3), point(70.1, 33.4)
    assert (len(placed(*near)), len(placed(*near, view=BBox(69.2, 32.8, 70.5, 33.9)))) == (1, 2)


def test_a_symbol_stands_exactly_on_its_place() -> None:
    mark = placed(point(69, 33))[0]
    assert ((mark.x, mark.y), mark.is_moved) == (mark.at, False)


@pytest.fixture(scope="module")
def all_marks(table: IncidentTable, layers: Boundaries):
    marks = marks_of(table.incidents, layers, rule=RANGE)
    return marks, place_marks(marks, Frame.around(REGION, _BOX), 1.0)


def test_no_mark_stands_for_points_and_areas(all_marks) -> None:
    assert not [mark for mark in all_marks[1] if mark.points and mark.areas]


def test_everything_that_has_a_place_is_on_the_sheet_once(all_marks, table: IncidentTable) -> None:
    marks, on_sheet = all_marks
    ids = [incident.id for mark in on_sheet for incident in mark.incidents]
    assert len(ids) == len(set(ids)) == len(table.incidents) - len(marks.nowhere)


def test_what_was_moved_has_a_line_to_its_place(all_marks) -> None:
    moved = [mark for mark in all_marks[1] if mark.is_moved]
    assert [mark.leader().coords[0] for mark in moved] == [mark.at for mark in moved] != []


def test_what_was_not_moved_has_none(all_marks) -> None:
    assert all(mark.leader().is_empty for mark in all_marks[1] if not mark.is_moved)


@pytest.mark.parametrize(
    "many",
    [
        pytest.param(False, id="few"),
        pytest.param(True, id="many"),
    ],
)
@pytest.mark.parametrize(
    ("statuses", "hollow"),
    [
        (["disputed"], True),
        (["reported"], False),
        (["disputed", "disputed"], True),
        (["disputed", "confirmed"], False),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, list) else None,
)
def test_a_badge_is_hollow_where_all_it_stands_for_is_disputed(
    statuses: list[str], *, hollow: bool, many: bool, contents: StoreContents, layers: Boundaries
) -> None:
    made = [
        make_incident(f"2025-01-0{n}-khost", status=status, location_precision="province", uncertainty_km=40)
        for n, status in enumerate(statuses, 1)
    ]
    frame = Frame.around(REGION, _BOX)
    if many:
        table = IncidentTable(made, contents.claimants, version="x")
        (mark,) = place_many(table.spots(Filters()), frame, 1.0)
    else:
        (mark,) = place_marks(marks_of(made, layers, rule=RANGE), frame, 1.0)
    assert (mark.is_badge, mark.count, mark.is_hollow) == (True, len(made), hollow)


@pytest.mark.parametrize("many", [pytest.param(False, id="few"), pytest.param(True, id="many")])
@pytest.mark.parametrize("precision", [pytest.param("near", id="disc"), pytest.param("province", id="badge")])
def test_the_outer_line_goes_as_far_as_the_share_of_imported_incidents(
    precision: str, *, many: bool, contents: StoreContents, tmp_path: Path
) -> None:
    province = {"uncertainty_km": 40} if precision == "province" else {}
    own = make_incident(location_precision=precision, **province)
    row = imported_row(1, location_precision=precision, **province)
    frame = Frame.around(REGION, _BOX)
    table = IncidentTable([own], contents.claimants, version="x", datasets=[imported(tmp_path, [row])])
    if many:
        (mark,) = place_many(table.spots(Filters()), frame, 1.0)
    else:
        (mark,) = place_marks(table.marks(Filters()), frame, 1.0)
    assert (mark.count, mark.is_badge, mark.imported) == (2, precision == "province", 0.5)
