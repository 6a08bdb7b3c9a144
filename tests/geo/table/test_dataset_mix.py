"""What a selection mixes: which months, provinces and kinds the datasets have in common, and how often each counts."""

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.incident.vocabulary import Category
from geo.selection import Filters
from geo.table.shown_datasets import Holding, Selected, mixture_of
from tests.geo.strategies import FILTERS


def held(dataset="acled", *, first="2021-01-04", last="2026-06-30", provinces=("AF-KHO",), kinds=("clash",)):
    return Holding(
        id=dataset,
        title=dataset,
        days=(date.fromisoformat(first), date.fromisoformat(last)),
        provinces=frozenset(provinces),
        categories=frozenset(map(Category, kinds)),
    )


RECORD = held("curated", provinces=("AF-KHO", "PK-KP", "TJ-GB"), kinds=("crossing", "clash"))
UCDP = held("ucdp", first="1989-03-18", last="2022-11-09", provinces=("AF-KHO", "PK-KP", "AF-HER"))
OLD = held("old", first="1990-01-01", last="1999-12-31")


def mixed(*holdings, filters=None):
    return mixture_of(filters or Filters(), holdings, {}, {})


@pytest.mark.parametrize(
    ("filters", "holdings", "period", "same"),
    [
        pytest.param({}, (RECORD, UCDP), ("2021-01-01", "2022-11-30"), False, id="from the later first month"),
        pytest.param({}, (RECORD, OLD), None, False, id="no month in both"),
        pytest.param({"year": (2021,)}, (RECORD, UCDP), ("2021-01-01", "2021-12-31"), True, id="a year of both"),
        pytest.param({"year": (2024,)}, (RECORD, UCDP), None, False, id="a year of one"),
        pytest.param(
            {"year": (2021, 2024)}, (RECORD, UCDP), ("2021-01-01", "2021-12-31"), False, id="years of both and of one"
        ),
        pytest.param(
            {"since": "2021-01-15", "until": "2022-06-10"},
            (RECORD, UCDP),
            ("2021-01-15", "2022-06-10"),
            True,
            id="days within both",
        ),
        pytest.param(
            {"since": "2022-06-20", "until": "2022-06-10"}, (RECORD, UCDP), None, True, id="an end before its start"
        ),
        pytest.param({}, (RECORD,), ("2021-01-01", "2026-06-30"), True, id="one dataset"),
    ],
)
def test_the_common_period_is_in_whole_months_within_the_selection(filters, holdings, period, same):
    found = mixed(*holdings, filters=Filters(**filters))
    assert found.period == (period and tuple(map(date.fromisoformat, period)))
    assert found.same_period is same


@pytest.mark.parametrize(
    ("filters", "provinces", "same"),
    [
        pytest.param({}, ("AF-KHO", "PK-KP"), False, id="all ground"),
        pytest.param({"country": ("PK",)}, ("PK-KP",), True, id="a country where they have the same"),
        pytest.param({"country": ("TJ",)}, (), False, id="a country of one"),
        pytest.param({"province": ("AF-KHO", "AF-HER")}, ("AF-KHO",), False, id="provinces of both and of one"),
    ],
)
def test_common_provinces_are_those_in_which_each_has_incidents(filters, provinces, same):
    found = mixed(RECORD, UCDP, filters=Filters(**filters))
    assert found.provinces == provinces
    assert found.same_provinces is same


EARLY_2021 = "2021-01-04", "2021-02-01"


def days(first, last):
    return Selected(incidents=1, days=(date.fromisoformat(first), date.fromisoformat(last)))


@pytest.mark.parametrize(
    ("selected", "apart"),
    [
        pytest.param({"curated": ("2021-01-04", "2021-02-01"), "ucdp": ("1989-03-18", "2020-12-03")}, True, id="apart"),
        pytest.param({"curated": EARLY_2021, "ucdp": ("1989-03-18", "2020-12-04")}, False, id="within a month"),
        pytest.param(
            {"curated": ("2021-01-04", "2021-02-01"), "ucdp": ("1989-03-18", "2021-01-04")}, False, id="a day"
        ),
        pytest.param(
            {
                "curated": EARLY_2021,
                "ucdp": ("2000-01-01", "2020-11-30"),
                "old": ("1990-01-01", "2000-01-01"),
            },
            False,
            id="two of three",
        ),
    ],
)
def test_datasets_are_apart_in_time_only_if_no_two_are_within_a_month(selected, apart):
    found = mixture_of(Filters(), (RECORD, UCDP, OLD), {name: days(*span) for name, span in selected.items()}, {})
    assert found.apart_in_time is apart


MONTHS = st.dates(date(1988, 1, 1), date(2027, 12, 31))
HOLDINGS = st.lists(
    st.builds(
        lambda ends, provinces, kinds: held(
            first=min(ends).isoformat(), last=max(ends).isoformat(), provinces=provinces, kinds=kinds
        ),
        st.tuples(MONTHS, MONTHS),
        st.sets(st.sampled_from(["AF-KHO", "AF-KNR", "PK-KP", "TJ-GB"])),
        st.sets(st.sampled_from(Category), min_size=1),
    ),
    min_size=1,
    max_size=4,
).map(lambda each: [replace(one, id=f"d{number}") for number, one in enumerate(each)])


@given(FILTERS, HOLDINGS)
def test_who_chooses_what_is_common_has_one_period_and_one_set_of_provinces(filters, holdings):
    found = mixed(*holdings, filters=filters)
    if found.period is None:
        return
    since, until = found.period
    common = replace(filters, since=since, until=until, province=found.provinces or filters.province)
    chosen = mixed(*holdings, filters=common)
    assert chosen.same_period
    assert chosen.period == found.period
    assert chosen.same_provinces or not found.provinces
    assert (filters.since or since) <= since <= until <= (filters.until or until)


@given(FILTERS, HOLDINGS)
def test_what_is_common_does_not_depend_on_the_order_of_datasets(filters, holdings):
    found = {
        (one.period, one.provinces, one.same_period, one.same_provinces)
        for order in permutations(holdings)
        for one in [mixed(*order, filters=filters)]
    }
    assert len(found) == 1
