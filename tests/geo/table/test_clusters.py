"""Clusters of a view: nothing lost, nothing twice, the same wherever the view is, no more exact than is known."""

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.incident.vocabulary import Category, LocationPrecision
from geo.places.boundaries import boundaries
from geo.places.plane import REGION, BBox
from geo.selection import Filters
from geo.table.clusters import Grid, Ground, disc_px, to_units
from geo.table.incident_table import IncidentTable
from tests.conftest import make_incident
from tests.geo.table.parts import drawn_of, imported_row

WORLD = BBox(-180, -85, 180, 85)
VIEWS = st.builds(
    lambda lon, lat, wide, high: BBox(lon, lat, lon + wide, lat + high),
    st.floats(60, 76),
    st.floats(24, 40),
    st.floats(0.05, 6),
    st.floats(0.05, 5),
)
CHOICES = st.builds(
    Filters,
    year=st.lists(st.integers(2019, 2026), max_size=3).map(tuple),
    category=st.lists(st.sampled_from(Category), max_size=2).map(tuple),
    precision=st.lists(st.sampled_from(LocationPrecision), max_size=3).map(tuple),
)


def stands(incident, ground):
    if incident.lon is None:
        return False
    lon, lat = incident.lon, incident.lat
    if incident.location_precision is LocationPrecision.PROVINCE:
        codes = ground.layers.provinces_of(incident)
        if len(codes) == 1:
            row = ground.layers.provinces.loc[codes[0]]
            lon, lat = row["label_lon"], row["label_lat"]
    (x,), (y,) = to_units([lon], [lat])
    return ground.holds(x, y)


@given(CHOICES, st.floats(3, 12))
def test_clusters_of_the_whole_world_add_up_to_the_choice(many, filters, zoom):
    nowhere = sum(i.lon is None for i in many.curated(filters))
    assert drawn_of(many.clusters(filters, WORLD, zoom)) == many.count(filters) - nowhere


@given(CHOICES, VIEWS, st.integers(4, 16))
def test_clusters_of_a_view_add_up_to_what_lies_on_its_ground(many, placed, filters, view, zoom):
    ground = Ground.around(view, zoom, boundaries())
    inside = [
        incident
        for year, category, precision, incident in placed
        if (not filters.year or year in filters.year)
        and (not filters.category or category in filters.category)
        and (not filters.precision or precision in filters.precision)
        and stands(incident, ground)
    ]
    assert drawn_of(many.clusters(filters, view, zoom)) == len(inside)


@given(VIEWS, VIEWS, st.integers(5, 12))
def test_the_same_ground_looks_the_same_from_every_view(many, one, other, zoom):
    both = [{cell.key: cell for cell in many.clusters(Filters(), view, zoom).cells} for view in (one, other)]
    shared = both[0].keys() & both[1].keys()
    assert [both[0][key] for key in shared] == [both[1][key] for key in shared]
    wider = BBox(min(one.west, other.west), min(one.south, other.south), max(one.east, other.east), 42)
    assert both[0].keys() | both[1].keys() <= {cell.key for cell in many.clusters(Filters(), wider, zoom).cells}


@pytest.mark.parametrize("zoom", [4, 6, 8, 11])
def test_no_disc_covers_another(many, zoom):
    found = many.clusters(Filters(), REGION, zoom)
    px = Grid.at(zoom).px
    discs = [(*(int(v[0]) for v in to_units([c.lon], [c.lat])), disc_px(c.count) / 2) for c in found.cells]
    gaps = [
        math.hypot(ax - bx, ay - by) / px - (ar + br) for (ax, ay, ar), (bx, by, br) in itertools.combinations(discs, 2)
    ]
    assert min(gaps, default=0) > -0.01


def test_counts_and_deaths_of_a_disc_are_those_of_its_incidents(beside):
    rows = [
        imported_row(1),
        imported_row(2, category="strike", subtype="shelling_or_missile", killed_low=2, killed_high=5),
    ]
    cell = next(c for c in beside(*rows).clusters(Filters(dataset=("acled",)), REGION, 6).cells)
    assert (cell.count, cell.counts) == (2, ((Category.STRIKE, 1), (Category.CLASH, 1)))
    assert [(k.dataset, k.low, k.high) for k in cell.killed] == [("acled", 5, 8)]


def test_deaths_of_datasets_are_told_side_by_side(beside):
    rows = [imported_row(1), imported_row(2, dataset="own-notes", killed_low=4, killed_high=4)]
    filters = Filters(dataset=("acled", "own-notes"))
    cell = next(c for c in beside(*rows).clusters(filters, REGION, 6).cells)
    assert [(k.dataset, k.low, k.high) for k in cell.killed] == [("acled", 3, 3), ("own-notes", 4, 4)]


def test_discs_and_badges_know_how_many_of_their_incidents_are_imported(beside):
    rows = [imported_row(1), imported_row(2), imported_row(3, location_precision="province")]
    found = beside(*rows).clusters(Filters(), REGION, 6)
    assert sum(each.imported for each in (*found.cells, *found.badges)) == 3
    assert sum(each.count - each.imported for each in found.cells) > 0
    alone = beside(*rows).clusters(Filters(dataset=("acled",)), REGION, 6)
    assert [each.imported for each in (*alone.cells, *alone.badges)] == [2, 1]


def test_incidents_at_one_spot_have_nothing_to_zoom_into(beside):
    table = beside(imported_row(1), imported_row(2))
    assert table.clusters(Filters(dataset=("acled",)), REGION, 18).cells[0].bounds is None


def test_an_incident_alone_is_told_as_it_is(beside):
    table = beside(imported_row(7, location_precision="near", uncertainty_km=12.0))
    (single,) = table.clusters(Filters(dataset=("acled",)), REGION, 8).singles
    assert (single.id, single.place, single.uncertainty_km) == ("acled-7", "Khost", 12.0)
    assert (single.lon, single.lat) == pytest.approx((69.92, 33.34), abs=1e-5)
    assert (single.killed.low, single.killed.high) == (3, 3)


@pytest.mark.parametrize("precision", ["province", "district"])
def test_what_is_known_coarsely_is_a_badge_and_never_a_dot(beside, precision):
    table = beside(*(imported_row(n, location_precision=precision, lon=69.5 + n / 50) for n in range(3)))
    found = table.clusters(Filters(dataset=("acled",)), REGION, 15)
    assert (found.cells, found.singles) == ((), ())
    assert {badge.kind for badge in found.badges} == {precision}
    assert sum(badge.count for badge in found.badges) == 3


def test_a_badge_knows_how_many_of_its_incidents_are_disputed(beside, incidents):
    one = imported_row(1, location_precision="province")
    found = beside(one).clusters(Filters(), REGION, 6).badges
    disputed = [i.status == "disputed" for i in incidents if i.location_precision == "province" and i.lon is not None]
    provinces = [badge for badge in found if badge.kind == "province"]
    assert sum(badge.hollow for badge in provinces) == sum(disputed) > 0
    assert all(badge.hollow <= badge.count for badge in found)


def test_a_province_has_its_badge_where_its_name_stands(beside, layers):
    (badge,) = (
        beside(imported_row(1, location_precision="province")).clusters(Filters(dataset=("acled",)), REGION, 6).badges
    )
    khost = layers.provinces.loc["AF-KHO"]
    assert (badge.name, badge.province_code) == ("Khost", "AF-KHO")
    assert (badge.lon, badge.lat) == (pytest.approx(khost["label_lon"]), pytest.approx(khost["label_lat"]))


def test_what_is_known_to_several_provinces_has_a_badge_of_its_own_that_lists_it(claimants):
    known = {"location_precision": "province", "province": "Paktia", "uncertainty_km": 70, "lon": 69.4, "lat": 33.6}
    made = [
        make_incident("one", **known),
        make_incident("two", **known | {"provinces": ("Paktia", "Khost")}),
        make_incident("three", **known | {"provinces": ("Khost", "Paktia")}),
        make_incident("four", **known | {"provinces": ("Paktia", "Kunar")}),
    ]
    table = IncidentTable(made, claimants, version="v")
    badges = {badge.name: badge for badge in table.clusters(Filters(), WORLD, 6).badges}
    listed = {
        name: {each.id for each in table.listed(Filters(), badge, limit=9)} for name, badge in sorted(badges.items())
    }
    assert listed == {"Khost and Paktia": {"two", "three"}, "Paktia": {"one"}, "Paktia and Kunar": {"four"}}
    assert {name: badge.count for name, badge in badges.items()} == {name: len(ids) for name, ids in listed.items()}
