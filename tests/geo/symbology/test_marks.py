"""What a map draws of incidents, and how exactly."""

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.casualties import RANGE
from geo.incident.vocabulary import LocationPrecision
from geo.places.plane import BBox
from geo.symbology.marks import border_stretch, marks_of
from tests.conftest import make_claim, make_incident, without_place
from tests.geo.strategies import incidents as any_incident

POINTS = ("exact", "near")
AREAS = ("district", "province", "border_segment")


@pytest.mark.parametrize("precision", POINTS)
def test_a_known_place_is_a_point_with_its_radius(layers, precision):
    marks = marks_of([make_incident(location_precision=precision)], layers, rule=RANGE)
    assert [(mark.lon, mark.lat, mark.radius_km) for mark in marks.points] == [(69.92, 33.34, 5)]
    assert marks.areas == marks.nowhere == ()


@pytest.mark.parametrize("precision", AREAS)
def test_an_area_is_a_badge_and_never_a_point(layers, precision):
    marks = marks_of([make_incident(location_precision=precision)], layers, rule=RANGE)
    assert [area.kind for area in marks.areas] == [precision]
    assert marks.points == marks.nowhere == ()


def test_without_a_place_nothing_is_drawn(layers):
    marks = marks_of([without_place()], layers, rule=RANGE)
    assert (marks.points, marks.areas, len(marks.nowhere)) == ((), (), 1)


@pytest.mark.parametrize(
    ("claims", "diameter"),
    [
        pytest.param([make_claim(value=100)], 22.5, id="deaths"),
        pytest.param([make_claim(value=3), make_claim(value=100)], 22.5, id="the-highest"),
        pytest.param([make_claim(value=100, scope="cumulative")], 12, id="cumulative"),
        pytest.param([make_claim(value=100, stance="denies")], 12, id="denied"),
    ],
)
def test_a_symbol_has_the_size_of_its_deaths(layers, claims, diameter):
    assert marks_of([make_incident(claims=claims)], layers, rule=RANGE).points[0].diameter_px == diameter


def area(layers, *incidents):
    (found,) = marks_of(incidents, layers, rule=RANGE).areas
    return found


def test_incidents_of_one_area_share_a_badge_latest_first(layers):
    early = make_incident("a", location_precision="district")
    late = make_incident("b", location_precision="district", date_start="2025-06-01", date_end=None)
    assert area(layers, early, late).incidents == (late, early)


def test_a_province_badge_stands_on_the_provinces_label(layers):
    found = area(layers, make_incident(location_precision="province"))
    khost = layers.provinces.loc["AF-KHO"]
    assert (found.name, found.province_code, found.radius_km, found.stretch) == ("Khost", "AF-KHO", None, None)
    assert (found.lon, found.lat) == (
        pytest.approx(khost["label_lon"], abs=1e-4),
        pytest.approx(khost["label_lat"], abs=1e-4),
    )


def test_a_district_badge_says_its_radius(layers):
    found = area(layers, make_incident(location_precision="district", district="Gurbuz", uncertainty_km=12))
    assert (found.name, found.radius_km, found.province_code) == ("Gurbuz", 12, None)


def test_a_stretch_is_of_the_nearer_border_and_twice_its_radius_long(layers):
    incident = make_incident(location_precision="border_segment", lon=71.09, lat=34.12, uncertainty_km=30)
    found = area(layers, incident)
    assert found.name == "the Khost border"
    assert layers.borders["durand_line"].geodesic_length_km(found.stretch) == pytest.approx(60, rel=0.25)
    distance, _ = layers.borders["durand_line"].measure(*shapely.get_coordinates(found.stretch).T)
    assert distance.max() < 0.01


def test_a_stretch_of_the_panj_is_of_the_afghan_tajik_border(layers):
    incident = make_incident(
        location_precision="border_segment", lon=70.2421, lat=37.8305, country="TJ", uncertainty_km=25
    )
    distance, _ = layers.borders["afghan_tajik_border"].measure(
        *shapely.get_coordinates(border_stretch(incident, layers)).T
    )
    assert distance.max() < 0.01


@given(st.lists(any_incident(), max_size=6, unique_by=lambda incident: incident.id))
def test_every_incident_is_drawn_once_or_nowhere(layers, incidents):
    marks = marks_of(incidents, layers, rule=RANGE)
    drawn = [mark.incident.id for mark in marks.points] + [i.id for badge in marks.areas for i in badge.incidents]
    assert sorted(drawn + [i.id for i in marks.nowhere]) == sorted(incident.id for incident in incidents)


def test_of_the_record_only_what_is_known_exactly_or_nearly_is_a_point(layers, incidents):
    marks = marks_of(incidents, layers, rule=RANGE)
    assert {mark.incident.location_precision for mark in marks.points} == {
        LocationPrecision.EXACT,
        LocationPrecision.NEAR,
    }
    assert {badge.kind for badge in marks.areas} == set(AREAS)
    assert [incident.id for incident in marks.nowhere] == ["2021-07-01-pak-afghan-border-troop-flight"]


@settings(max_examples=8)
@given(st.randoms())
def test_badges_come_in_the_same_order_whatever_comes_first(layers, incidents, random):
    shuffled = random.sample(incidents, len(incidents))
    assert [(badge.kind, badge.name) for badge in marks_of(shuffled, layers, rule=RANGE).areas] == [
        (badge.kind, badge.name) for badge in marks_of(incidents, layers, rule=RANGE).areas
    ]


def test_a_view_keeps_what_stands_in_it(layers, incidents):
    marks, view = marks_of(incidents, layers, rule=RANGE), BBox(69, 32, 72, 35)
    seen = marks.within(view)
    assert 0 < len(seen.points) < len(marks.points)
    assert 0 < len(seen.areas) < len(marks.areas)
    assert all(view.contains(mark.lon, mark.lat) for mark in [*seen.points, *seen.areas])
    assert seen.nowhere == marks.nowhere


def test_what_is_known_to_several_provinces_has_a_badge_of_its_own(layers):
    made = [
        make_incident("one", location_precision="province", province="Paktia", uncertainty_km=70),
        make_incident("two", location_precision="province", province="Paktia", provinces=("Paktia", "Khost")),
    ]
    found = {area.name: (area.province_code, len(area.incidents)) for area in marks_of(made, layers, rule=RANGE).areas}
    assert found == {"Paktia": ("AF-PIA", 1), "Paktia and Khost": (None, 1)}


def test_a_stretch_without_a_district_is_named_by_all_its_provinces(layers):
    made = make_incident(location_precision="border_segment", district=None, provinces=("Khost", "Paktia"))
    assert area(layers, made).name == "the Khost and Paktia border"
