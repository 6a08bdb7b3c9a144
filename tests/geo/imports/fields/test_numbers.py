"""Counts and coordinates as files write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.imports.fields.cell_values import Repair
from geo.imports.fields.coordinates import degrees
from geo.imports.fields.counts import count, identifier, kilometres


@pytest.mark.parametrize(
    ("text", "value", "repairs"),
    [
        ("0", 0, ()),
        ("12", 12, ()),
        ("10.0", 10, (Repair.WHOLE_NUMBER,)),
        ("10,0", 10, (Repair.WHOLE_NUMBER,)),
        ("1,234", 1234, (Repair.THOUSANDS,)),
        ("1 234 567", 1234567, (Repair.THOUSANDS,)),
        ("1'234", 1234, (Repair.THOUSANDS,)),
        ("1.234", 1234, (Repair.THOUSANDS,)),
        ("۱۲", 12, (Repair.DIGITS,)),
        ("١٢", 12, (Repair.DIGITS,)),
    ],
)
def test_counts_are_read(text, value, repairs):
    read = count(text)
    assert (read.value, read.repairs, read.fault) == (value, repairs, "")


@pytest.mark.parametrize("text", ["", "-1", "1.5", "25.000", "1,23", "12-15", "dozens", "²", "1e3", "1" + "0" * 8, "٫"])
def test_what_is_no_count_is_a_fault(text):
    assert count(text).fault


@pytest.mark.parametrize(
    ("text", "value", "repairs"),
    [
        ("34.1214", 34.1214, ()),
        ("-0.5", -0.5, ()),
        ("3.41e1", 34.1, ()),
        ("34,1214", 34.1214, (Repair.DECIMAL_COMMA,)),
        ("34.5°", 34.5, (Repair.DEGREES,)),
        ("34.5°N", 34.5, (Repair.DEGREES,)),
        ("N 34.5", 34.5, (Repair.DEGREES,)),
        ("70.25 W", -70.25, (Repair.DEGREES,)),
        ("34°30′N", 34.5, (Repair.DEGREES,)),
        ("34° 30' 36\" N", 34.51, (Repair.DEGREES,)),
        ("34 30 36", 34.51, (Repair.DEGREES,)),
        ("۳۴٫۵", 34.5, (Repair.DIGITS,)),
    ],
)
def test_coordinates_are_read(text, value, repairs):
    read = degrees(text)
    assert read.value == pytest.approx(value)
    assert (read.repairs, read.fault) == (repairs, "")


@pytest.mark.parametrize("text", ["", "north", "34.33.12", "nan", "inf", "1e400", "34°70'", "N34S", "34,1,2", "°", "-"])
def test_what_is_no_coordinate_is_a_fault(text):
    assert degrees(text).fault


@pytest.mark.parametrize(("text", "good"), [("5", True), ("2,5", True), ("0", False), ("-1", False), ("2001", False)])
def test_a_radius_is_above_0_and_up_to_2000_km(text, good):
    assert bool(kilometres(text).fault) is not good


@pytest.mark.parametrize(
    ("text", "value"), [("401115.0", "401115"), ("AFG12", "AFG12"), ("1.5", "1.5"), ("a.0", "a.0")]
)
def test_an_identifier_that_a_spreadsheet_made_decimal_is_made_whole(text, value):
    assert identifier(text).value == value


@given(st.integers(0, 10**8 - 1))
def test_every_whole_number_is_read_as_it_is_written(number):
    assert count(str(number)).value == number
    assert count(f"{number:,}").value == number


@given(st.floats(-180, 180, allow_nan=False))
def test_every_coordinate_is_read_as_it_is_written(value):
    assert degrees(f"{value:.6f}").value == pytest.approx(value, abs=1e-6)


@given(st.text())
def test_no_text_breaks_the_readers(text):
    for read in (count(text), degrees(text), kilometres(text)):
        assert (read.value is None) is bool(read.fault)
