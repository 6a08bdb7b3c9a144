"""Where a row lies when several columns say it, when they say it roughly, and when only a name says it."""

import pytest

from geo.imports.fields.cell_values import Repair
from geo.imports.fields.column_mapping import make_plan
from geo.imports.fields.coordinates import TENTH_KM, WHOLE_KM
from geo.imports.fields.row_points import NAMEABLE, NAMED
from geo.imports.parts_made import map_block
from geo.places.gazetteer import NamedPlace
from tests.geo.imports.published import FETCHED, block_of, only, plain

BOLDAK, WESH = {"lat": "31.0058", "lon": "66.3997"}, NamedPlace("Wesh", ("Weesh",), ("AF",), 66.45, 30.95, 2.0)


def mapped(*rows, point=None, **options):
    rows = [{"date": "2025-10-11", "country": "Afghanistan"} | row for row in rows]
    block = block_of(list(dict.fromkeys(column for row in rows for column in row)), rows)
    plan = make_plan(plain({}), retrieved_at=FETCHED, sample=block.table, point=point, **options)
    return map_block(block, plan)


def where(row):
    return (row["lon"], row["lat"], row["location_precision"], row["uncertainty_km"])


GEOMETRY = {"geometry x": "66.5", "geometry y": "31.25"}
POINT = ("geometry x", "geometry y")


class TestSeveralColumns:
    def test_the_geometry_counts_before_columns_and_the_difference_is_noted(self):
        result = mapped(BOLDAK | GEOMETRY, point=POINT)
        row = only(result)
        assert (row["lon"], row["lat"]) == (66.5, 31.25)
        assert result.repairs == {Repair.PLACES_DIFFER: 1}
        assert row["repairs"] == [f"{Repair.PLACES_DIFFER.words}: 31.0058, 66.3997 / 31.25, 66.5"]

    def test_the_geometry_counts_before_a_text_and_the_text_before_columns(self):
        text = {"coordinates": "31.111, 66.444"}
        assert only(mapped(BOLDAK | text))["lon"] == 66.444
        assert only(mapped(BOLDAK | text | GEOMETRY, point=POINT))["lon"] == 66.5

    def test_what_differs_by_less_than_a_kilometre_is_no_difference(self):
        result = mapped(BOLDAK | {"geometry x": "66.4", "geometry y": "31.006"}, point=POINT)
        assert result.repairs == {}
        assert only(result)["lon"] == 66.4

    def test_a_row_without_a_geometry_has_its_columns(self):
        result = mapped(BOLDAK | {"geometry x": "", "geometry y": ""}, point=POINT)
        assert only(result)["lon"] == 66.3997
        assert result.repairs == {}

    def test_half_a_geometry_is_none(self):
        assert only(mapped(BOLDAK | {"geometry x": "66.5", "geometry y": ""}, point=POINT))["lon"] == 66.3997


@pytest.mark.parametrize(
    ("lat", "lon", "precision", "km"),
    [
        pytest.param("31.0058", "66.3997", "near", 5, id="to metres"),
        pytest.param("31.01", "66.40", "near", 5, id="to hundredths"),
        pytest.param("31.0", "66.4", "near", TENTH_KM, id="to tenths"),
        pytest.param("31.00", "66.40", "near", TENTH_KM, id="to tenths, zeros behind"),
        pytest.param("31", "66.4", "near", TENTH_KM, id="one of them whole"),
        pytest.param("31", "66.3997", "near", 5, id="one of them exact"),
        pytest.param("31", "66", "near", WHOLE_KM, id="to degrees"),
        pytest.param("31° N", "66° E", "near", WHOLE_KM, id="to degrees, with signs"),
        pytest.param("31,0", "66,4", "near", TENTH_KM, id="decimal commas"),
        pytest.param("۳۱", "۶۶", "near", WHOLE_KM, id="Persian digits"),
        pytest.param("3.10E+01", "6.64E+01", "near", TENTH_KM, id="shortened by a spreadsheet"),
        pytest.param("3.10E+05", "6.64E+05", "near", TENTH_KM, id="shortened without its point"),
    ],
)
def test_a_point_is_no_more_exact_than_it_is_written(lat, lon, precision, km):
    assert where(only(mapped({"lat": lat, "lon": lon})))[2:] == (precision, km)


def test_what_is_said_to_be_exact_is_near_where_it_is_rounded():
    rounded = {"lat": "31.0", "lon": "66.4", "location precision": "exact"}
    assert where(only(mapped(rounded)))[2:] == ("near", TENTH_KM)
    assert where(only(mapped(BOLDAK | {"location precision": "exact"})))[2] == "exact"
    assert where(only(mapped(rounded | {"location precision": "province"})))[2] == "province"
    assert where(only(mapped(rounded | {"uncertainty km": "20", "location precision": "near"})))[3] == 20


@pytest.mark.parametrize(
    ("lat", "lon", "country"),
    [
        ("33.93911", "67.709953", "Afghanistan"),
        ("30.375321", "69.345116", "Pakistan"),
        ("38.861034", "71.276093", "Tajikistan"),
        ("33", "65", "AF"),
    ],
)
def test_the_middle_of_a_country_is_no_place(lat, lon, country):
    result = mapped({"lat": lat, "lon": lon, "country": country})
    assert where(only(result)) == (None, None, "country", None)
    assert result.repairs == {Repair.CENTRE: 1}


@pytest.mark.parametrize(
    ("lat", "lon", "country", "expected"),
    [
        pytest.param("310058", "663997", "Afghanistan", (66.3997, 31.0058), id="put back"),
        pytest.param("31.005.812", "66.399.734", "Afghanistan", (66.399734, 31.005812), id="in threes"),
        pytest.param("310058", "663997", "Tajikistan", None, id="not in another country"),
        pytest.param("310058", "663997", "", None, id="not without a country"),
        pytest.param("3433148", "251734", "Afghanistan", None, id="metres of UTM"),
        pytest.param(
            "3529284", "7458406", "Pakistan", None, id="metres of Web Mercator that would land in the country"
        ),
    ],
)
def test_a_point_that_is_lost_is_put_back_only_where_nothing_else_is_meant(lat, lon, country, expected):
    result = mapped({"lat": lat, "lon": lon, "country": country})
    if expected is None:
        assert result.rows.num_rows == 0
        assert "decimal point" in result.rejected["reason"][0].as_py()
    else:
        row = only(result)
        assert (row["lon"], row["lat"]) == expected
        assert result.repairs == {Repair.POINT_LOST: 1}


class TestByName:
    def test_nothing_is_placed_by_name_unasked_and_what_could_be_is_counted(self):
        result = mapped({"place": "Spin Boldak"}, {"place": "Atlantis"}, BOLDAK | {"place": "Kandahar"})
        assert result.rows["lon"].to_pylist() == [None, None, 66.3997]
        assert result.counts[NAMEABLE] == {"Spin Boldak → Spin Boldak, within 5 km": 1}
        assert NAMED not in result.counts

    def test_what_is_asked_for_is_placed_noted_and_counted(self):
        named = {"place": "Spin Boldak"}
        result = mapped(named | {"id": "1"}, named | {"id": "2"}, {"place": "Atlantis", "id": "3"}, by_name=True)
        rows = result.rows.to_pylist()
        assert [row["location_precision"] for row in rows] == ["near", "near", "country"]
        assert rows[0]["repairs"] == [f"{Repair.BY_NAME.words}: Spin Boldak → Spin Boldak, within 5 km"]
        assert result.repairs == {Repair.BY_NAME: 2}
        assert result.counts == {NAMED: {"Spin Boldak → Spin Boldak, within 5 km": 2}}

    @pytest.mark.parametrize(
        ("row", "precision", "radius", "province"),
        [
            pytest.param(
                {"place": "Spin Boldak", "province": "Kandahar"}, "near", 5, "AF-KAN", id="town before its province"
            ),
            pytest.param(
                {"place": "Atlantis", "province": "Kandahar"},
                "province",
                ...,
                "AF-KAN",
                id="province where the town is unknown",
            ),
            pytest.param({"province": "Kandahar"}, "province", ..., "AF-KAN", id="province alone"),
            pytest.param({"place": "Helmand"}, "province", ..., "AF-HEL", id="place that is a province"),
            pytest.param(
                {"district": "Spin Boldak"}, "district", 40, "AF-KAN", id="district with the name of its town"
            ),
            pytest.param({"place": "Ishkashim", "country": ""}, None, None, None, id="name in two countries"),
            pytest.param(
                {"place": "Spin Boldak", "country": "Pakistan"}, "country", None, None, id="town of another country"
            ),
            pytest.param({"place": "Spin Boldak", "country": "Iran"}, None, None, None, id="elsewhere"),
            pytest.param({"place": "somewhere"}, "country", None, None, id="no name"),
        ],
    )
    def test_the_most_exact_name_that_is_known_counts(self, row, precision, radius, province):
        result = mapped(row, by_name=True)
        found = [
            (kept["location_precision"], kept["uncertainty_km"], kept["province_code"])
            for kept in result.rows.to_pylist()
        ]
        if radius is ...:
            [(_, radius, _)] = found
            assert radius > 50
        assert found == ([(precision, radius, province)] if precision else [])

    def test_a_point_is_not_replaced_by_a_name(self):
        result = mapped(BOLDAK | {"place": "Kabul"}, by_name=True)
        assert only(result)["lon"] == 66.3997
        assert not result.counts

    def test_rows_that_are_rejected_are_not_counted_as_placed(self):
        boldak = {"place": "Spin Boldak"}
        assert not mapped(boldak | {"date": "soon"}, by_name=True).counts
        [counted] = mapped(boldak, boldak, by_name=True).counts.values()
        assert set(counted.values()) == {1}

    def test_rows_that_only_a_name_would_keep_are_counted_as_those_that_could_be(self):
        row = {"province": "Balochistan", "country": ""}
        without = mapped(row)
        assert without.rows.num_rows == 0
        assert without.counts == {NAMEABLE: {"Balochistan → the province Balochistan": 1}}
        assert only(mapped(row, by_name=True))["province_code"] == "PK-BA"

    def test_places_of_ones_own_come_first(self):
        own = NamedPlace("Spin Boldak", (), ("AF",), 66.5, 31.1, 1.0)
        result = mapped({"place": "Weesh"}, {"place": "Spin Boldak"}, by_name=True, gazetteer=(WESH, own))
        assert [where(row) for row in result.rows.to_pylist()] == [(66.45, 30.95, "near", 2), (66.5, 31.1, "near", 1)]

    def test_of_two_places_of_ones_own_with_one_name_none_is_taken(self):
        own = [NamedPlace("Spin Boldak", (), ("AF",), lon, 31.1, 1.0) for lon in (66.0, 66.5)]
        assert where(only(mapped({"place": "Spin Boldak"}, by_name=True, gazetteer=tuple(own))))[0] is None

    def test_a_place_of_ones_own_in_the_wrong_country_is_not_drawn(self):
        swapped = NamedPlace("Wesh", (), ("AF",), 30.95, 66.45, 2.0)
        result = mapped({"place": "Wesh"}, by_name=True, gazetteer=(swapped,))
        assert where(only(result)) in [(66.45, 30.95, "near", 2.0), (None, None, "country", None)]
        assert {Repair.SWAPPED, Repair.POINT_ELSEWHERE} & result.repairs.keys()
