"""When something took place, in words that are no more exact than the day is known."""

from datetime import date, timedelta

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.incident.dates import When, span_of_all, when_column, when_words
from geo.incident.vocabulary import DatePrecision

DAYS = st.dates(date(1899, 1, 1), date(2100, 12, 31))
WHENS = st.builds(
    lambda start, lasted, known: When(start, None if lasted is None else start + timedelta(lasted), known),
    DAYS,
    st.none() | st.integers(0, 40) | st.integers(0, 4000),
    st.sampled_from(DatePrecision),
)


def day(text: str) -> date:
    return date.fromisoformat(text)


def at(start: str, end: str | None = "", precision: str = "day") -> When:
    """A day, or the days from one to another; no end on record where `end` is None."""
    last = None if end is None else day(end or start)
    return When(day(start), last, DatePrecision(precision))


@pytest.mark.parametrize(
    ("when", "words"),
    [
        pytest.param(at("2025-10-11"), "11 October 2025", id="day"),
        pytest.param(at("2025-10-11", "2025-10-12"), "11–12 October 2025", id="night"),
        pytest.param(at("2025-12-30", "2026-01-02"), "30 December 2025 – 2 January 2026", id="over new year"),
        pytest.param(at("2021-06-30", precision="week"), "about 30 June 2021", id="dated by a report"),
        pytest.param(at("2026-06-27", "2026-06-29", "week"), "within 27–29 June 2026", id="some days"),
        pytest.param(at("2026-04-01", "2026-04-30", "month"), "April 2026, day not known", id="month"),
        pytest.param(at("2023-10-03", "2023-11-02", "month"), "within 3 October – 2 November 2023", id="two months"),
        pytest.param(at("2021-06-01", "2022-06-30", "month"), "within June 2021 – June 2022", id="same month"),
        pytest.param(at("1994-01-01", "1994-12-31", "year"), "1994, month not known", id="year"),
        pytest.param(at("2025-07-01", "2025-09-30", "year"), "within July–September 2025", id="quarter"),
        pytest.param(at("1994-03-01", precision="year"), "1994, month not known", id="year of a day"),
        pytest.param(at("1994-11-01", "1995-02-01", "year"), "within 1 November 1994 – 1 February 1995", id="years"),
        pytest.param(at("2025-10-12", None), "from 12 October 2025, no end on record", id="no end"),
        pytest.param(
            at("2024-09-19", None, "week"), "from about 19 September 2024, no end on record", id="week, no end"
        ),
        pytest.param(
            at("2024-09-01", None, "month"), "from September 2024, day not known, no end on record", id="month, no end"
        ),
        pytest.param(at("2024-01-01", None, "year"), "from 2024, month not known, no end on record", id="year, no end"),
    ],
)
def test_when(when: When, words: str) -> None:
    assert when.words == words


@given(WHENS)
def test_no_day_stands_alone_where_it_is_not_known(when: When) -> None:
    """What is not known to the day says so, by a word before the days or by one after them."""
    says_so = ("within ", "about ", "from about ")
    assert when.day_known or when.words.startswith(says_so) or "not known" in when.words


@pytest.mark.parametrize(
    ("whens", "words"),
    [
        pytest.param([at("2026-04-01", "2026-04-30", "month")], "April 2026, day not known", id="one"),
        pytest.param([at("2026-06-27", "2026-06-29", "week")] * 2, "within 27–29 June 2026", id="alike"),
        pytest.param([at("2025-10-11"), at("2025-10-12")], "11–12 October 2025", id="both ends known"),
        pytest.param([at("2025-10-11"), at("2025-10-11")], "11 October 2025", id="the same day"),
        pytest.param(
            [at("2021-06-28", "2021-07-04", "week"), at("2021-07-05")], "within 28 June – 5 July 2021", id="first not"
        ),
        pytest.param(
            [at("2025-04-01"), at("2025-04-02", "2025-04-16", "week")], "within 1–16 April 2025", id="last not"
        ),
        pytest.param(
            [at("2025-04-01"), at("2025-04-01", "2025-04-16", "week"), at("2025-04-16")],
            "1–16 April 2025",
            id="one inside not",
        ),
        pytest.param(
            [at("2025-10-12", None), at("2025-10-15")], "from 12 October 2025, no end on record", id="one goes on"
        ),
        pytest.param(
            [at("2025-10-11", precision="week"), at("2025-10-15", None)],
            "from about 11 October 2025, no end on record",
            id="one goes on, first not known",
        ),
    ],
)
def test_days_of_several(whens: list[When], words: str) -> None:
    assert span_of_all(whens) == words


@pytest.mark.parametrize(
    ("whens", "words"),
    [
        pytest.param([at("2025-10-12", None), at("2025-10-15")], "12–15 October 2025", id="days on record"),
        pytest.param(
            [at("2025-10-12", None, "week"), at("2025-10-15")], "within 12–15 October 2025", id="first not known"
        ),
        pytest.param([at("2025-10-12", None)], "from 12 October 2025, no end on record", id="one says what it is"),
    ],
)
def test_the_time_that_incidents_are_known_from_ends(whens: list[When], words: str) -> None:
    assert span_of_all(whens, open_ended=False) == words


def test_nothing_has_no_days() -> None:
    with pytest.raises(ValueError, match="empty"):
        span_of_all([])


@given(st.lists(WHENS, min_size=1, max_size=6))
def test_days_of_several_are_known_only_where_an_end_of_them_is(whens: list[When]) -> None:
    words = span_of_all(whens)
    if not any(each.day_known for each in whens):
        assert words.startswith(("within ", "about ", "from ")) or "not known" in words
        assert not words.startswith("from ") or "about" in words or "not known" in words
    if all(each.day_known for each in whens):
        assert "about" not in words
        assert "within" not in words


@given(st.lists(WHENS, max_size=30))
def test_many_at_once_are_said_as_one_by_one(whens: list[When]) -> None:
    columns = (
        pa.array([each.start for each in whens], pa.date32()),
        pa.chunked_array([pa.array([each.end for each in whens], pa.date32())]),
        pa.array([each.precision.value for each in whens], pa.string()),
    )
    assert when_column(*columns).to_pylist() == [when_words(w.start, w.end, w.precision) for w in whens]
