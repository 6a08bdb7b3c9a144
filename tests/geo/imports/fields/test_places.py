"""Where rows lie: inside, nearby, elsewhere, and where names and point contradict each other."""

import pytest
import shapely

from geo.imports.fields.cell_values import Repair
from geo.imports.recognition import KINDS
from geo.places.boundaries import boundaries
from tests.geo.imports.published import mapped, mapped_plain, only, refused

OUTSIDE = "outside Afghanistan, Pakistan and Tajikistan"


def at(lat, lon, **more):
    return {"latitude": lat, "longitude": lon, **more}


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(at("35.7", "51.4", country="Iran"), id="point outside"),
        pytest.param(at("", "", country="Iran"), id="no point"),
        pytest.param(at("", "", country="Iran", geo_precision="3"), id="no point, province only"),
    ],
)
def test_rows_of_other_countries_are_rejected(change):
    assert refused(mapped(KINDS["acled"], {"iso": "364", **change})) == ("country", "Iran", OUTSIDE)


def test_a_point_outside_of_a_row_without_a_country_is_rejected_by_the_point():
    assert refused(mapped(KINDS["acled"], at("35.7", "51.4", country="", iso=""))) == ("latitude", "35.7", OUTSIDE)


def test_a_row_with_neither_country_nor_point_is_rejected():
    field, _, reason = refused(mapped(KINDS["acled"], at("", "", country="", iso="")))
    assert field == "country"
    assert "no coordinates" in reason
    assert "placed by the name" in reason


OTHER = "names another country, though its point lies in Afghanistan, Pakistan or Tajikistan; the name counts"


@pytest.mark.parametrize(
    ("country", "iso"),
    [
        pytest.param("Iran", "364", id="by-name-and-code"),
        pytest.param("Syria", "", id="by-name"),
        pytest.param("Jammu and Kashmir, India", "", id="amid-other-words"),
    ],
)
def test_the_country_that_a_row_names_counts_before_its_point(country, iso):
    found = refused(mapped(KINDS["acled"], at("34.1214", "71.0697", country=country, iso=iso)))
    assert found == ("country", country, OTHER)


@pytest.mark.parametrize("name", ["South Asia", "Pakistan/Afghanistan", "region 7"])
def test_where_a_row_names_no_one_country_its_point_counts(name):
    row = only(mapped(KINDS["acled"], at("34.1214", "71.0697", country=name, iso="")))
    assert (row["country"], row["side"]) == ("AF", "AF")
    assert row["location_note"] == f"the file names “{name}”, which is not one country; the point lies in Afghanistan"
    found = refused(mapped(KINDS["acled"], at("", "", country=name, iso="")))
    assert found == ("country", name, "is not the name of one country, and there are no coordinates to tell it by")


def test_a_point_up_to_2_km_outside_is_given_the_nearest_province():
    herat = boundaries().provinces.geometry["AF-HER"]
    west = min(shapely.get_coordinates(herat), key=lambda corner: corner[0])
    row = only(mapped(KINDS["acled"], at(f"{west[1]}", f"{west[0] - 0.01}", admin1="Herat")))
    assert row["province_code"] == "AF-HER"
    assert row["location_note"] == "the point lies up to 2 km outside and was given the nearest province"


def test_without_coordinates_a_row_keeps_the_country_named():
    row = only(mapped(KINDS["acled"], at("", "")))
    assert (row["country"], row["location_precision"], row["lon"], row["geometry"]) == ("AF", "country", None, None)
    assert (row["uncertainty_km"], row["border_km"], row["side"], row["province_code"]) == (None, None, None, "AF-NAN")


@pytest.mark.parametrize(("missing", "other"), [("latitude", "longitude"), ("longitude", "latitude")])
def test_half_a_point_is_rejected(missing, other):
    assert refused(mapped(KINDS["acled"], {missing: ""})) == (missing, "", f"is missing, though {other} is given")


@pytest.mark.parametrize(
    ("field", "text"), [("latitude", "90.5"), ("latitude", "-90.5"), ("longitude", "180.5"), ("latitude", "north")]
)
def test_what_is_no_coordinate_is_rejected(field, text):
    assert refused(mapped(KINDS["acled"], {field: text}))[0] == field


def test_a_point_elsewhere_is_not_drawn_but_its_row_is_kept():
    result = mapped(KINDS["acled"], at("10.512", "20.501"))
    row = only(result)
    assert (row["country"], row["location_precision"], row["lon"], row["border_km"]) == ("AF", "country", None, None)
    assert result.repairs == {Repair.POINT_ELSEWHERE: 1}


def test_latitude_and_longitude_are_exchanged_where_that_lands_in_the_country_named():
    result = mapped(KINDS["acled"], at("71.0697", "34.1214"))
    row = only(result)
    assert (row["lon"], row["lat"], row["location_precision"]) == (71.0697, 34.1214, "near")
    assert row["repairs"] == [f"{Repair.SWAPPED.words}: 71.0697, 34.1214 read as 34.1214, 71.0697"]
    assert result.repairs == {Repair.SWAPPED: 1}


def test_nothing_is_exchanged_where_that_lands_in_another_country():
    result = mapped(KINDS["acled"], at("71.512", "34.011", country="Tajikistan", admin1="", iso="762"))
    assert result.repairs == {Repair.POINT_ELSEWHERE: 1}


FATA = "the file names the Federally Administered Tribal Areas (FATA), part of Khyber Pakhtunkhwa since 2018"
BOTH = (
    "the file names Pakistan, the point lies in Afghanistan; "
    f"the file names Khyber Pakhtunkhwa province, the point lies in Nangarhar; {FATA}"
)


@pytest.mark.parametrize(
    ("change", "note"),
    [
        pytest.param(
            {"admin1": "Kunar"}, "the file names Kunar province, the point lies in Nangarhar", id="another province"
        ),
        pytest.param({"admin1": "Ningarhar Province"}, None, id="another spelling"),
        pytest.param({"admin1": "Nowhere"}, "“Nowhere” is not the name of a province known here", id="unknown"),
        pytest.param({"country": "Pakistan", "admin1": "FATA", "iso": "586"}, BOTH, id="another country"),
    ],
)
def test_names_that_contradict_the_point_are_flagged(change, note):
    assert only(mapped(KINDS["acled"], {**at("34.1214", "71.0697"), **change}))["location_note"] == note


def test_contradictions_are_counted():
    result = mapped(KINDS["acled"], {"admin1": "Kunar"}, {})
    assert result.flags == {"point and names contradict each other": 1}


def test_what_is_named_after_a_former_unit_is_counted_in_its_province_and_said():
    khyber = at("34.0", "71.3") | {"country": "Pakistan", "iso": "586"}
    result = mapped(
        KINDS["acled"], khyber | {"admin1": "FATA"}, khyber | {"admin1": "KP"}, khyber | {"admin1": "F.A.T.A."}
    )
    assert result.rows["province_code"].to_pylist() == ["PK-KP"] * 3
    assert result.rows["location_note"].to_pylist() == [FATA, None, FATA]
    assert result.flags == {f"{FATA}, and is counted there": 2}


def test_without_a_name_the_province_is_that_of_the_point():
    row = only(mapped(KINDS["acled"], {"admin1": ""}))
    assert (row["province"], row["province_code"]) == ("Nangarhar", "AF-NAN")


def test_geometry_is_a_point_in_longitude_and_latitude():
    point = shapely.from_wkb(only(mapped(KINDS["acled"]))["geometry"])
    assert (point.geom_type, point.x, point.y) == ("Point", 71.0897, 34.1214)


def test_a_row_on_the_tajik_border_is_measured_from_it():
    row = only(mapped_plain({"date": "2025-10-11", "lat": "37.49", "lon": "71.56", "country": "Tajikistan"}))
    assert (row["border"], row["side"]) == ("Afghan–Tajik border", "TJ")
