"""Points in one text, in every way to write them: they are read back within what the writing says, or not at all."""

import json
import math

import mgrs
import pyproj
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.imports.fields.cell_values import Repair
from geo.imports.fields.coordinates import TENTH_KM, WHOLE_KM, degrees, point
from geo.places.boundaries import boundaries

WEST, SOUTH, EAST, NORTH = boundaries().provinces.total_bounds
LON, LAT = st.floats(WEST + 0.6, EAST - 0.6), st.floats(SOUTH + 0.6, NORTH - 0.6)
GEOD = pyproj.Geod(ellps="WGS84")
AT = (31.0058, 66.3997)
"""Latitude and longitude of Spin Boldak."""


def read(text):
    """Latitude, longitude and radius, km; None for no point."""
    found = point(text).value
    return found and (found.lat, found.lon, found.within_km)


def km_between(one, other):
    return GEOD.inv(one[1], one[0], other[1], other[0])[2] / 1000


# Ways to write a point, each with how far, in metres, it may be from what is meant.


def sexagesimal(value, form):
    seconds = round(abs(value) * 3600)
    return form.format(seconds // 3600, seconds // 60 % 60, seconds % 60)


ANGLES = [
    "{}°{:02}'{:02}\"",
    "{}° {:02}′ {:02}″",
    "{} {:02} {:02}",
    "{}:{:02}:{:02}",
    "{}d{:02}m{:02}s",
    "{} deg {} min {} sec",
    "{}º{:02}’{:02}’’",
]
PAIRS = [
    "{lat} N, {lon} E",
    "{lon} E, {lat} N",
    "N{lat} E{lon}",
    "E {lon} N {lat}",
    "{lat} N {lon} E",
    "lat {lat} lon {lon}",
    "lon: {lon}; lat: {lat}",
]
PLAIN = [
    "{lat}, {lon}",
    "{lat} {lon}",
    "{lon} {lat}",
    "{lat};{lon}",
    "[{lon}, {lat}]",
    "({lat},{lon})",
    "{lat}/{lon}",
    "geo:{lat},{lon}",
]
PLAIN += ["POINT ({lon} {lat})", "SRID=4326;POINT({lon} {lat})", "MULTIPOINT(({lon} {lat}))", "{lat} {lon} 1500.0 4.8"]
PLAIN += [
    "https://maps.example/@{lat},{lon},15z",
    '{{"lat": {lat}, "lng": "{lon}"}}',
    '{{"type": "Point", "coordinates": [{lon}, {lat}]}}',
]


def to_utm(lat, lon):
    zone = int((lon + 180) // 6) + 1
    return zone, pyproj.Transformer.from_crs(4326, 32600 + zone, always_xy=True).transform(lon, lat)


@st.composite
def written(draw, lat, lon):
    kind = draw(st.sampled_from(["decimal", "comma", "angles", "shape", "utm"]))
    if kind == "decimal":
        return draw(st.sampled_from(PLAIN)).format(lat=f"{lat:.5f}", lon=f"{lon:.5f}"), 2
    if kind == "comma":
        form = draw(
            st.sampled_from(["{lat}, {lon}", "{lat}; {lon}", "{lat} {lon}", "{lat} N, {lon} E", "{lon}° E {lat}° N"])
        )
        return form.format(lat=f"{lat:.5f}".replace(".", ","), lon=f"{lon:.5f}".replace(".", ",")), 2
    if kind == "angles":
        angle = draw(st.sampled_from(ANGLES))
        return draw(st.sampled_from(PAIRS)).format(lat=sexagesimal(lat, angle), lon=sexagesimal(lon, angle)), 25
    if kind == "shape":
        shape = shapely.Point(lon, lat)
        form = draw(st.sampled_from(["wkb", "ewkb", "geojson"]))
        if form == "geojson":
            return json.dumps({"type": "Feature", "geometry": shapely.geometry.mapping(shape)}), 0.01
        shape = shapely.set_srid(shape, 4326) if form == "ewkb" else shape
        return shapely.to_wkb(
            shape, hex=True, include_srid=form == "ewkb", byte_order=draw(st.sampled_from([0, 1]))
        ), 0.01
    zone, (east, north) = to_utm(lat, lon)
    form = draw(
        st.sampled_from(
            [
                "{0} {1:.0f} {2:.0f}",
                "{0}N {1:.0f}E {2:.0f}N",
                "UTM zone {0}, {1:.1f}, {2:.1f}",
                "{1:.0f} {2:.0f} {0}",
                "{0} {2:.0f} {1:.0f}",
            ]
        )
    )
    return form.format(zone, east, north), 1


@given(LAT, LON, st.data())
def test_a_point_is_read_back_from_any_form(lat, lon, data):
    text, metres = data.draw(written(lat, lon))
    found = read(text)
    assert found, text
    assert km_between(found, (lat, lon)) * 1000 <= metres


@given(LAT, LON, st.integers(1, 5), st.sampled_from(["{}", "{} ", "mgrs {}"]), st.booleans())
def test_a_point_lies_within_the_radius_that_its_square_leaves(lat, lon, digits, form, small):
    text = mgrs.MGRS().toMGRS(lat, lon, MGRSPrecision=digits)
    head, numbers = text[: -2 * digits], text[-2 * digits :]
    spaced = f"{head[:-2]} {head[-2:]} {numbers[:digits]} {numbers[digits:]}"
    found = [read(form.format(one.lower() if small else one)) for one in (text, spaced)]
    assert found[0] == found[1]
    side_km = 10 ** (5 - digits) / 1000
    assert km_between(found[0], (lat, lon)) <= (found[0][2] or side_km / math.sqrt(2)) * 1.01
    assert found[0][2] == pytest.approx(side_km / math.sqrt(2) if side_km >= 1 else 0)


@given(LAT, LON, st.sampled_from([0, 1]), st.sampled_from(["{}, {}", "{} {}", "{} N, {} E", "{}°N {}°E"]))
def test_a_point_lies_within_the_radius_that_rounding_leaves(lat, lon, decimals, form):
    found = read(form.format(f"{lat:.{decimals}f}", f"{lon:.{decimals}f}"))
    assert found[2] in ({WHOLE_KM} if decimals == 0 else {TENTH_KM, WHOLE_KM})
    assert km_between(found, (lat, lon)) <= found[2]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("31,0058, 66,3997", id="decimal commas, comma between"),
        pytest.param("31,0058 66,3997", id="decimal commas, space between"),
        pytest.param("۳۱٫۰۰۵۸، ۶۶٫۳۹۹۷", id="Persian digits and marks"),
        pytest.param("latitude 31.0058; longitude 66.3997", id="words, of which letters are of the compass"),
        pytest.param("31.0058 degrees, 66.3997 degrees", id="degrees"),
        pytest.param("31.0058 DEG 66.3997 DEG", id="capital letters"),
        pytest.param("66.3997, 31.0058N", id="one letter, behind the second"),
        pytest.param("66.3997 east, 31.0058 north", id="directions in words"),
        pytest.param("31.0058° с.ш., 66.3997° в.д.", id="Russian letters"),
        pytest.param("3.10058e1, 6.63997e1", id="exponents"),
        pytest.param(
            "https://www.google.com/maps/place/A/@31.5,66.9,12z/data=!3d31.0058!4d66.3997",
            id="place on a map of another middle",
        ),
        pytest.param(
            "https://www.openstreetmap.org/?mlat=31.0058&mlon=66.3997#map=5/30.1/60.2", id="mark on such a map"
        ),
    ],
)
def test_a_pair_is_read_as_it_is_meant(text):
    assert read(text)[:2] == pytest.approx(AT)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("31,0058", id="one number with a decimal comma"),
        pytest.param("34,69", id="one number, or two"),
        pytest.param("31,0058,66,3997", id="commas that are all alike"),
        pytest.param("34 5 69 2", id="two angles, or a height"),
        pytest.param("36.5,66.5;33.2,70.1", id="two points"),
        pytest.param("31.0058N 66.3997N", id="two latitudes"),
        pytest.param("31.0058E, 66.3997E", id="two longitudes"),
        pytest.param("251734 3433148", id="UTM without its zone"),
        pytest.param("61R 251734 3433148", id="UTM of no zone"),
        pytest.param("42R 3433148 4433148", id="UTM of two northings"),
        pytest.param("42R 251734 4433148", id="UTM of another band"),
        pytest.param("42R 251734 3833148", id="UTM of the next band"),
        pytest.param("42R TV 51508 328", id="MGRS with uneven digits"),
        pytest.param("42R TV 51508", id="MGRS with half its digits"),
        pytest.param("42RTV", id="MGRS of 100 km"),
        pytest.param("42RIV5173433147", id="MGRS with a letter that it lacks"),
        pytest.param("MULTIPOINT((66.3997 31.0058),(66.4 31.1))", id="two points of a shape"),
        pytest.param("LINESTRING(66 31, 67 32)", id="line"),
        pytest.param("POINT EMPTY", id="no point"),
        pytest.param("POINT(nan nan)", id="no numbers"),
        pytest.param("SRID=999999;POINT(1 2)", id="no coordinate system"),
        pytest.param('{"geometry": null}', id="geometry that is null"),
        pytest.param('{"geometry": "x"}', id="geometry that is a text"),
        pytest.param('{"lat": 1' + 400 * "0" + ', "lon": 66}', id="number above all"),
        pytest.param(2000 * "[", id="deep"),
        pytest.param("91.0, 66.0", id="off the globe"),
        pytest.param("Kabul", id="name"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_may_be_several_points_is_none(text):
    assert point(text).value is None
    assert point(text).fault


@pytest.mark.parametrize("text", ["31.5°30'", "31 30.5 30", "--31", "31°60'", "31°00'60\"", "31-00-21", "31.0.5"])
def test_an_angle_that_is_none_is_no_coordinate(text):
    assert degrees(text).fault


@pytest.mark.parametrize(
    ("text", "value"), [("3,10E+01", 31.0), ("3.10E+05", 310000.0), ("310.058", 310.058), ("31.005.812", 31005812.0)]
)
def test_what_a_spreadsheet_made_of_a_coordinate_keeps_its_digits(text, value):
    assert degrees(text).value == value


@given(
    st.text(max_size=80)
    | st.lists(
        st.sampled_from([*"0123456789.,-+NSEW°'\"[]{}:;/ ", "lat", "lon", "42R", "POINT", "e1"]), max_size=20
    ).map("".join)
    | st.dictionaries(
        st.sampled_from(["type", "coordinates", "geometry", "lat", "lon"]),
        st.none() | st.floats() | st.text(max_size=3) | st.lists(st.floats(), max_size=3),
    ).map(json.dumps)
)
def test_no_text_breaks_the_reader(text):
    found = point(text)
    assert (found.value is None) is bool(found.fault)
    if found.value:
        assert abs(found.value.lat) <= 90
        assert abs(found.value.lon) <= 180
        assert found.value.within_km >= 0
        assert set(found.repairs) <= {Repair.DIGITS}
