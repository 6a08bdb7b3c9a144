"""Day and month in dates that could be either: what a file tells, and what whoever imports it says."""

from datetime import date

import pytest

from geo.imports.fields.days import ORDER_FIELD, DatesSeen, DayOrder
from tests.geo.imports.published import mapped_plain

DAY, MONTH = DayOrder


@pytest.mark.parametrize(
    ("dates", "order", "either", "undecided"),
    [
        (["03/25/2025", "03/04/2025"], MONTH, "03/04/2025", False),
        (["25/03/2025", "03/04/2025"], DAY, "03/04/2025", False),
        (["03/04/2025"], DAY, "03/04/2025", True),
        (["03/04/2025", "25/03/2025", "03/25/2025"], DAY, "03/04/2025", True),
        (["03/03/2025"], DAY, "", False),
        (["2025-10-11", None, ""], DAY, "", False),
        (["25-03-25", "x"], DAY, "", False),
    ],
)
def test_dates_that_can_only_be_one_tell_the_order(dates, order, either, undecided) -> None:
    seen = DatesSeen.of(dates)
    assert (seen.order, seen.either, seen.undecided) == (order, either, undecided)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        pytest.param({}, date(2025, 4, 3), id="told-from-the-file"),
        pytest.param({ORDER_FIELD: "day-month"}, date(2025, 4, 3), id="day-month"),
        pytest.param({ORDER_FIELD: "month-day"}, date(2025, 3, 4), id="month-day"),
    ],
)
def test_what_is_said_is_over_what_the_file_tells(said, day) -> None:
    columns = {"date_start": "Day", "country": "Land"}
    rows = [{"Day": text, "Land": "Pakistan"} for text in ("03/04/2025", "25/04/2025")]
    kept = mapped_plain(*rows, mapping=columns | said).rows.to_pylist()
    assert [row["date_start"] for row in kept] == [day, date(2025, 4, 25)]
