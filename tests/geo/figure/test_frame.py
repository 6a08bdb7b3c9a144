"""The frame: places on the sheet, true scale and true north, and the extents people ask for."""

import math

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from geo.figure.drawing import plan, preview
from geo.figure.options import (
    FigureOptions,
    around_chosen_provinces,
    around_incidents,
    around_provinces,
    around_selection,
    ground_shown,
)
from geo.figure.panels import scale_bar
from geo.figure.sheet import Frame
from geo.places.boundaries import Boundaries
from geo.places.plane import GROUND, REGION, BBox
from geo.selection import Filters
from geo.table.incident_table import IncidentTable
from tests.conftest import make_incident
from tests.geo.table.parts import imported, imported_row

_BOX = shapely.box(10, 30, 280, 190)
_LON, _LAT = st.floats(61, 76), st.floats(25, 40)
_VIEWS = [REGION, BBox(69, 32.8, 70.5, 33.9), BBox(60.6, 29.5, 62, 30.4), BBox(70, 38, 75, 40)]


@given(_LON, _LAT)
def test_a_place_comes_back_from_the_sheet(lon: float, lat: float) -> None:
    frame = Frame.around(REGION, _BOX)
    assert frame.earth(*frame.on_sheet(lon, lat)) == pytest.approx((lon, lat), abs=1e-9)


@pytest.mark.parametrize("view", _VIEWS, ids=str)
def test_the_view_is_inside(view: BBox) -> None:
    frame = Frame.around(view, _BOX)
    edge = shapely.segmentize(view.polygon().exterior, 0.1)
    assert all(frame.contains(lon, lat) for lon, lat in edge.coords)


@pytest.mark.parametrize("view", _VIEWS, ids=str)
def test_the_scale_bar_is_true_at_the_centre(view: BBox) -> None:
    frame = Frame.around(view, _BOX)
    bar, (x, y) = scale_bar(frame, 1.0), _BOX.centroid.coords[0]
    ends = frame.earth(x - bar.length_mm / 2, y), frame.earth(x + bar.length_mm / 2, y)
    assert Geod(ellps="WGS84").inv(*ends[0], *ends[1])[2] / 1000 == pytest.approx(bar.km, rel=0.005)


@pytest.mark.parametrize("view", _VIEWS, ids=str)
def test_a_ring_is_true_to_scale(view: BBox) -> None:
    frame = Frame.around(view, _BOX)
    lon, lat = frame.earth(*_BOX.centroid.coords[0])
    ring = frame.circle(lon, lat, 10)
    assert math.sqrt(ring.area / math.pi) == pytest.approx(10 * frame.mm_per_km(), rel=0.005)


@pytest.mark.parametrize(
    ("lon", "turned"),
    [
        pytest.param(62, 1, id="in the west"),
        pytest.param(69, 0, id="in the middle"),
        pytest.param(76, -1, id="east"),
    ],
)
def test_north_leans_towards_the_middle(lon: float, turned: int) -> None:
    north = Frame.around(REGION, _BOX).north_deg(lon, 33)
    assert (north > 1) - (north < -1) == turned


@pytest.mark.parametrize("code", ["AF-KHO", "PK-BA", "TJ-DU"])
def test_a_province_lies_in_its_extent(code: str, layers: Boundaries) -> None:
    assert around_provinces([code], layers).polygon().contains_properly(layers.provinces.geometry[code])


@pytest.mark.parametrize(
    "filters",
    [
        pytest.param(Filters(), id="everything"),
        pytest.param(Filters(year=(2025,), category=("strike",)), id="strikes 2025"),
        pytest.param(Filters(province=("AF-KHO",)), id="Khost"),
    ],
)
def test_all_incidents_with_a_place_lie_in_their_extent(
    filters: Filters, table: IncidentTable, layers: Boundaries
) -> None:
    chosen = table.selected(filters)
    view = around_incidents(chosen, layers)
    assert all(view.contains(i.lon, i.lat) for i in chosen if i.lon is not None and i.lat is not None)


def test_the_extent_of_nothing_is_the_region(layers: Boundaries) -> None:
    assert around_incidents([], layers) == REGION


def test_one_exact_place_is_shown_with_ground_around_it(layers: Boundaries, table: IncidentTable) -> None:
    exact = next(i for i in table.incidents if i.location_precision == "exact")
    view = around_incidents([exact], layers)
    assert (view.east - view.west, view.north - view.south) == pytest.approx((0.8, 0.8))


@pytest.mark.parametrize(
    "most",
    [
        pytest.param(0, id="counted-by-place"),
        pytest.param(2_000, id="one-by-one"),
    ],
)
def test_the_extent_of_a_choice_holds_its_points_and_its_provinces(
    contents, layers: Boundaries, tmp_path, monkeypatch, most: int
) -> None:
    monkeypatch.setattr("geo.table.incident_table.MANY", most)
    rows = [
        imported_row(1, lon=69.92, lat=33.34),
        imported_row(2, location_precision="province", province="Zabul", province_code="AF-ZAB", lon=67.0, lat=32.3),
    ]
    table = IncidentTable.of(contents, [imported(tmp_path, rows)])
    view = around_selection(Filters(dataset=("acled",)), table, layers)
    assert view.contains(69.92, 33.34)
    assert view.polygon().contains_properly(layers.provinces.geometry["AF-ZAB"])


@pytest.mark.parametrize(
    ("provinces", "reaches"),
    [
        pytest.param(("Khost", "Zabul"), False, id="in another province too"),
        pytest.param(("Khost",), True, id="in it alone"),
    ],
)
def test_the_extent_of_provinces_does_not_reach_for_what_lies_in_others_too(
    provinces: tuple[str, ...], *, reaches: bool, claimants, layers: Boundaries
) -> None:
    both = make_incident(
        province=provinces[0] if len(provinces) == 1 else None,
        provinces=provinces if len(provinces) > 1 else (),
        lon=67.0,
        lat=32.3,
        location_precision="district",
        uncertainty_km=60,
    )
    table = IncidentTable([both], claimants, version="0" * 64)
    filters = Filters(province=("AF-KHO",))
    assert around_selection(filters, table, layers).contains(67.0, 32.3) is reaches
    made = plan(filters, table, layers, FigureOptions(view=ground_shown(None, filters, table, layers)))
    said = "1 of the selected lies in other provinces too, where its mark may stand."
    assert made.options.view == around_chosen_provinces(filters, layers)
    assert (said in " ".join(made.explained.footer)) is not reaches


@pytest.mark.slow
def test_all_ground_that_there_is_can_be_drawn(layers: Boundaries, table: IncidentTable) -> None:
    options = FigureOptions(view=GROUND, legend=False, key=False, inset=False)
    picture, notes = preview(Filters(category=("crossing",), year=(2021,)), table, layers, dpi=40, options=options)
    assert (picture[:4], notes) == (b"\x89PNG", ())
