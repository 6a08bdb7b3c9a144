"""Reports that may be the same incident: found within the windows, and no others."""

import math
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.datasets.links import MatchWindows, candidates
from geo.places.plane import GEOD
from tests.geo.datasets.tables import make_parts, make_row, make_table

KM_NORTH = 1 / 110.9
"""Degrees of latitude at Khost."""


def pairs(folder, *reports, curated=None, **windows):
    """Ids of the pairs found, best first."""
    parts = make_parts(folder, reports)
    found = candidates(parts, windows=MatchWindows(**windows), curated=None if curated is None else make_table(curated))
    assert found.total == found.rows.num_rows
    return [(row["a"], row["b"]) for row in found.rows.to_pylist()]


def other(**changes):
    """A report of UCDP like that of ACLED, with changes."""
    return make_row(2, "ucdp-ged", **changes)


@pytest.mark.parametrize(
    ("changes", "windows", "found"),
    [
        pytest.param({}, {}, True, id="alike"),
        pytest.param({"lat": 33.34 + 0.9 * KM_NORTH}, {"km": 1}, True, id="near"),
        pytest.param({"lat": 33.34 + 1.1 * KM_NORTH}, {"km": 1}, False, id="not near"),
        pytest.param({"lat": 33.34 - 4.9 * KM_NORTH}, {"km": 5}, True, id="within 5 km"),
        pytest.param({"lat": 33.34 - 5.1 * KM_NORTH}, {"km": 5}, False, id="beyond 5 km"),
        pytest.param({"date_start": date(2025, 1, 2)}, {"days": 1}, True, id="next day"),
        pytest.param({"date_start": date(2024, 12, 30)}, {"days": 1}, False, id="2 days"),
        pytest.param({"date_start": date(2024, 12, 30)}, {"days": 2}, True, id="within 2 days"),
        pytest.param({"date_start": date(2024, 12, 1), "date_end": date(2025, 1, 31)}, {"days": 0}, True, id="a month"),
        pytest.param({"date_end": None}, {}, True, id="no end"),
        pytest.param({"category": "strike"}, {}, True, id="category"),
        pytest.param({"category": "strike"}, {"same_category": True}, False, id="not the category"),
        pytest.param({"actors": ["Taliban forces"]}, {"shared_actors": True}, True, id="actors"),
        pytest.param(
            {"actors": ["Military forces of Tajikistan"]}, {"shared_actors": True}, False, id="not the actors"
        ),
        pytest.param({"actors": []}, {}, True, id="no actors"),
        pytest.param({"location_precision": "district"}, {}, True, id="district"),
        pytest.param({"location_precision": "province"}, {}, False, id="province"),
        pytest.param({"lon": None, "lat": None}, {}, False, id="no place"),
    ],
)
def test_pairs_are_those_within_the_windows(tmp_path, changes, windows, found):
    assert bool(pairs(tmp_path, make_row(), other(**changes), **windows)) is found


def test_reports_of_one_dataset_are_no_pair(tmp_path):
    assert pairs(tmp_path, make_row(1), make_row(2)) == []


def test_the_record_is_compared_as_well(tmp_path):
    record = [make_row(7, "curated")]
    assert pairs(tmp_path, make_row(), curated=record) == [("acled-afg1", "curated-afg7")]


def test_more_likely_ones_come_first(tmp_path):
    near, far = other(), make_row(3, "ucdp-ged", lat=33.34 + 4 * KM_NORTH, category="strike", actors=["x y z"])
    assert pairs(tmp_path, make_row(), near, far) == [("acled-afg1", near["id"]), ("acled-afg1", far["id"])]


def test_no_more_are_returned_than_wanted_and_all_are_counted(tmp_path):
    parts = make_parts(tmp_path, [make_row(), *(make_row(n, "ucdp-ged") for n in range(5))])
    found = candidates(parts, windows=MatchWindows(), most=2)
    assert (found.rows.num_rows, found.total) == (2, 5)


def test_without_datasets_there_is_nothing():
    assert candidates([], windows=MatchWindows()).total == 0


@pytest.mark.parametrize("windows", [{"km": 0}, {"km": math.inf}, {"days": -1}, {"days": 400}])
def test_windows_without_sense_are_refused(windows):
    with pytest.raises(ValueError, match="windows"):
        MatchWindows(**windows)


places = st.tuples(st.floats(69.9, 70.1), st.floats(33.3, 33.4), st.integers(0, 9), st.integers(0, 20))


@given(st.lists(places, max_size=12), st.lists(places, max_size=12), st.sampled_from([1, 5]), st.sampled_from([1, 2]))
def test_the_grid_misses_no_pair_and_tells_none_twice(tmp_path_factory, ours, theirs, km, days):
    def reports(dataset, given_places):
        for number, (lon, lat, day, length) in enumerate(given_places):
            start = date(2025, 1, 1) + timedelta(day)
            yield make_row(number, dataset, lon=lon, lat=lat, date_start=start, date_end=start + timedelta(length))

    ours, theirs = list(reports("acled", ours)), list(reports("gdelt", theirs))
    found = pairs(tmp_path_factory.mktemp("pairs"), *ours, *theirs, km=km, days=days)
    near, nearly = (
        {(a["id"], b["id"]) for a in ours for b in theirs if _apart(a, b, km * factor, days)} for factor in (0.99, 1.01)
    )
    assert near <= set(found) <= nearly
    assert len(set(found)) == len(found)


def _apart(a, b, km, days):
    """Tell whether two reports are within a window; on the ellipsoid, from which a sphere differs by less than 1 %."""
    _, _, metres = GEOD.inv(a["lon"], a["lat"], b["lon"], b["lat"])
    gap = max((a["date_start"] - b["date_end"]).days, (b["date_start"] - a["date_end"]).days, 0)
    return metres <= km * 1000 and gap <= days
