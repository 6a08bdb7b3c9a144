"""The first and the last of many incidents, found by SQL, against the same found one by one."""

import duckdb
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from geo.incident.dates import When
from geo.table.event_index import LASTED, first_of, first_when, last_of, last_when
from tests.geo.incident.test_dates import WHENS

RANKS = {"day": 0, "week": 1, "month": 2, "year": 3}


def found(whens: list[When]) -> tuple[When, When]:
    incident = pa.table(
        {
            "date_start": pa.array([each.start for each in whens], pa.date32()),
            "date_end": pa.array([each.end for each in whens], pa.date32()),
            "date_precision": [each.precision.value for each in whens],
        }
    )
    with duckdb.connect() as connection:
        connection.register("incident", incident)
        query = f"SELECT {first_when(LASTED)}, {last_when(LASTED)} FROM incident"
        first, last = connection.execute(query).fetchall()[0]
    return first_of(first), last_of(last)


@given(st.lists(WHENS, min_size=1, max_size=8))
def test_the_first_and_the_last_are_those_that_began_so(whens: list[When]) -> None:
    first, last = found(whens)
    assert {first, last} <= set(whens)
    assert first.start == min(each.start for each in whens)
    assert last.start == max(each.start for each in whens)


@given(st.lists(WHENS, min_size=1, max_size=8))
def test_of_one_day_the_best_known_speaks(whens: list[When]) -> None:
    for end in found(whens):
        on_the_day = [RANKS[each.precision] for each in whens if each.start == end.start]
        assert RANKS[end.precision] == min(on_the_day)
