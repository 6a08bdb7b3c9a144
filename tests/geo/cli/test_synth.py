"""Made-up ACLED files: the documented columns and codes, on the ground they name, marked and reproducible."""

import csv
import io
from datetime import date

import numpy as np
import pytest

from geo.cli.synth_command import ACLED_COLUMNS, KINDS, synthetic_blocks, write_synthetic
from geo.places.locating import locate_province


@pytest.fixture(scope="module")
def rows(layers):
    return written(layers, 3_000)


def written(layers, count, seed=0):
    file = io.BytesIO()
    write_synthetic(file, count, layers, seed=seed)
    return list(csv.DictReader(io.StringIO(file.getvalue().decode())))


def test_columns_are_those_of_an_acled_file_in_order(rows):
    assert tuple(rows[0]) == ACLED_COLUMNS
    assert (len(ACLED_COLUMNS), ACLED_COLUMNS[0], ACLED_COLUMNS[-1]) == (31, "event_id_cnty", "timestamp")


def test_every_row_says_that_it_is_synthetic(rows):
    assert all(row["notes"].startswith("Synthetic row") and row["source"].startswith("Synthetic") for row in rows)
    assert {row["event_id_cnty"] for row in rows} == {f"SYN{number}" for number in range(1, 3_001)}


def test_actors_are_placeholders(rows):
    named = {row[name] for row in rows for name in ("actor1", "actor2", "assoc_actor_1", "assoc_actor_2")}
    assert all(name == "" or name.startswith("Synthetic") for name in named)


@pytest.mark.parametrize(
    ("column", "codes"),
    [
        ("time_precision", {"1", "2", "3"}),
        ("geo_precision", {"1", "2", "3"}),
        ("iso", {"4", "586", "762"}),
        ("disorder_type", {kind.disorder_type for kind in KINDS}),
        ("civilian_targeting", {"", "Civilian targeting"}),
    ],
)
def test_codes_are_the_documented_ones_and_all_occur(rows, column, codes):
    assert {row[column] for row in rows} == codes


def test_places_lie_in_the_province_and_country_they_name(rows):
    lon, lat = (np.array([float(row[name]) for row in rows]) for name in ("longitude", "latitude"))
    assert locate_province(lon, lat)["province"].tolist() == [row["admin1"] for row in rows]


def test_days_are_in_the_years_named_and_the_newest_first(rows):
    days = [date.fromisoformat(row["event_date"]) for row in rows]
    assert {str(day.year) for day in days} == {row["year"] for row in rows} == {str(y) for y in range(2017, 2027)}
    assert days[0] > days[-1]
    assert date(2017, 1, 1) <= min(days) <= max(days) <= date(2026, 9, 30)


def test_deaths_are_few_in_most_events_and_many_in_some(rows):
    killed = np.array([int(row["fatalities"]) for row in rows])
    assert np.median(killed) <= 1 < killed.mean() * 4 < killed.max()


def test_the_same_number_and_seed_give_the_same_file(layers):
    assert written(layers, 500, seed=7) == written(layers, 500, seed=7) != written(layers, 500, seed=8)


def test_blocks_hold_all_rows(layers):
    assert [block.num_rows for block in synthetic_blocks(200_001, layers)] == [100_000, 100_000, 1]
