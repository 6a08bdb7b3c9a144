"""Incidents near each other in place and days: which are, in which way, and that nobody's order decides it."""

import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.evidence.similar import NEAR_DAYS, Nearness, is_comparable, on_other_days, similar_pairs, similar_to
from tests.conftest import make_incident, without_place
from tests.geo.strategies import incidents as any_incident

KM_EAST = 1 / 93.0
"""Degrees of longitude in a kilometre, at the latitude of Khost."""
FIRST = make_incident("first", lon=69.92, lat=33.34, uncertainty_km=5)


def second(km=0.0, **changes):
    """Another incident, some kilometres east of the first."""
    return make_incident("second", **({"lon": 69.92 + km * KM_EAST, "lat": 33.34, "uncertainty_km": 5} | changes))


DISTRICT = {"location_precision": "district", "uncertainty_km": 18}
PROVINCE = {"location_precision": "province", "uncertainty_km": 70, "district": None}
STRETCH = {"location_precision": "border_segment", "district": None, "province": None}


@pytest.mark.parametrize(
    ("one", "other", "nearness"),
    [
        pytest.param(FIRST, second(9.5), Nearness.CIRCLES, id="circles-touch"),
        pytest.param(FIRST, second(10.5), None, id="circles-do-not"),
        pytest.param(FIRST, second(22, **DISTRICT, district="Gurbuz"), Nearness.CIRCLES, id="district-circle-touches"),
        pytest.param(FIRST, second(30, **DISTRICT, district="Gurbuz"), None, id="another-district"),
        pytest.param(FIRST, second(30, **DISTRICT, district="KHOST"), Nearness.DISTRICT, id="same-district"),
        pytest.param(FIRST, second(30, district="Khost"), None, id="same-district-but-both-are-points"),
        pytest.param(
            FIRST, second(30, **DISTRICT, district="Khost", province="Kunar"), None, id="namesake-in-another-province"
        ),
        pytest.param(FIRST, second(60, **PROVINCE), Nearness.PROVINCE, id="same-province"),
        pytest.param(FIRST, second(10, **PROVINCE | {"province": "Paktia"}), None, id="another-province"),
        pytest.param(
            FIRST,
            second(60, **PROVINCE | {"province": None, "provinces": ("Paktia", "Khost")}),
            Nearness.PROVINCE,
            id="one-of-several-provinces",
        ),
        pytest.param(
            FIRST,
            second(60, **PROVINCE | {"province": None, "provinces": ("Khyber Pakhtunkhwa", "Khost"), "country": "PK"}),
            Nearness.PROVINCE,
            id="one-of-several-provinces-of-two-countries",
        ),
        pytest.param(FIRST, second(20, **STRETCH, uncertainty_km=22), Nearness.CIRCLES, id="short-stretch"),
        pytest.param(FIRST, second(20, **STRETCH, uncertainty_km=260), None, id="stretch-too-long-to-compare"),
        pytest.param(FIRST, without_place(id="second"), None, id="no-place"),
    ],
)
def test_what_is_near_in_place(one, other, nearness):
    found = similar_pairs([one, other])
    assert [pair.nearness for pair in found] == ([] if nearness is None else [nearness])


@pytest.mark.parametrize(
    ("span", "days"),
    [
        pytest.param(("2025-01-01", "2025-01-01"), 0, id="same-day"),
        pytest.param(("2025-01-04", "2025-01-04"), 3, id="three-days"),
        pytest.param(("2025-01-05", "2025-01-05"), None, id="four-days"),
        pytest.param(("2024-12-20", "2024-12-29"), 3, id="before"),
        pytest.param(("2024-12-01", "2025-02-01"), 0, id="all-around"),
        pytest.param(("2024-12-01", None), None, id="an-end-not-on-record-is-no-end-later"),
    ],
)
def test_what_is_near_in_days(span, days):
    found = similar_pairs([FIRST, second(date_start=span[0], date_end=span[1])])
    assert [pair.days for pair in found] == ([] if days is None else [days])
    elsewhen = on_other_days(FIRST, [FIRST, second(date_start=span[0], date_end=span[1])])
    assert bool(elsewhen) is (days is None)


@pytest.mark.parametrize(
    ("one", "other", "may_be_one"),
    [
        pytest.param(("strike", "air_strike"), ("strike", "drone_strike"), True, id="two-strikes"),
        pytest.param(("strike", "artillery"), ("clash", "border_clash"), True, id="strike-and-clash"),
        pytest.param(("crossing", "troop_flight"), ("crossing", "refugee_crossing"), True, id="people-crossing"),
        pytest.param(("crossing", "crossing_closed"), ("crossing", "crossing_restricted"), True, id="gate-shut"),
        pytest.param(("crossing", "crossing_closed"), ("crossing", "crossing_reopened"), False, id="shut-and-opened"),
        pytest.param(("crossing", "crossing_closed"), ("clash", "border_clash"), False, id="gate-and-clash"),
    ],
)
def test_only_like_kinds_may_be_one(one, other, may_be_one):
    made = [
        make_incident(name, category=category, subtype=subtype)
        for name, (category, subtype) in (("first", one), ("second", other))
    ]
    (pair,) = similar_pairs(made)
    assert pair.may_be_one is may_be_one


@pytest.mark.parametrize(
    ("groups", "same"),
    [(("war", "war"), True), (("war", "raid"), False), (("war", None), False), ((None, None), False)],
    ids=str,
)
def test_one_cluster_is_one_named_by_both(groups, same):
    one, other = groups
    (pair,) = similar_pairs([make_incident("first", event_group=one), make_incident("second", event_group=other)])
    assert pair.same_cluster is same


def test_those_that_may_be_one_come_first_and_then_the_nearest():
    made = [
        make_incident("gate", category="crossing", subtype="crossing_closed"),
        make_incident("far", lon=69.92 + 8 * KM_EAST),
        make_incident("later", date_start="2025-01-03", date_end="2025-01-03"),
        make_incident("near", lon=69.92 + KM_EAST),
    ]
    found = similar_to(FIRST, [*made, FIRST])
    assert [pair.beside("first").id for pair in found] == ["near", "far", "later", "gate"]


def test_on_other_days_the_nearest_in_time_come_first_and_of_these_the_same_district():
    made = [
        make_incident("a-year", date_start="2024-01-01", date_end="2024-01-01"),
        make_incident("a-week", date_start="2025-01-09", date_end="2025-01-09", district="Gurbuz"),
        make_incident("a-month", date_start="2025-02-01", date_end="2025-02-01", district="Gurbuz"),
        make_incident("a-month-before", date_start="2024-12-01", date_end="2024-12-01"),
        make_incident(
            "gate", date_start="2025-02-09", date_end="2025-02-09", category="crossing", subtype="mass_return"
        ),
    ]
    found = on_other_days(FIRST, made)
    assert [pair.beside("first").id for pair in found] == ["a-week", "a-month-before", "a-month", "a-year"]


def test_on_other_days_no_list_of_the_record_goes_back_in_time(incidents):
    for incident in incidents:
        days = [pair.days for pair in on_other_days(incident, incidents)]
        assert days == sorted(days)


def test_the_strikes_on_spera_are_told_apart_by_their_days(incidents):
    spera = [i for i in incidents if i.district == "Spera" and i.subtype in ("air_strike", "drone_strike")]
    assert len(spera) >= 3
    for incident in spera:
        others = {pair.beside(incident.id).id for pair in on_other_days(incident, incidents)}
        assert others >= {other.id for other in spera if other is not incident}


def test_the_two_nights_at_torkham_may_be_one_and_are_of_one_cluster(incidents):
    torkham = next(i for i in incidents if i.id == "2025-03-03-torkham-border-clash")
    pair = next(p for p in similar_to(torkham, incidents) if p.beside(torkham.id).id.startswith("2025-03-05-torkham"))
    assert (pair.may_be_one, pair.same_cluster, pair.days, pair.nearness) == (True, True, 2, Nearness.CIRCLES)


def test_a_place_known_too_coarsely_is_compared_with_none(incidents):
    coarse = [incident for incident in incidents if not is_comparable(incident)]
    assert coarse
    assert not [pair for incident in coarse for pair in similar_to(incident, incidents)]


NEIGHBOURS = st.lists(
    st.builds(
        lambda number, start, length, lon, lat, km, precision, district, subtype, group: make_incident(
            f"i{number}",
            date_start=start,
            date_end=start + timedelta(length),
            lon=lon,
            lat=lat,
            uncertainty_km=km,
            location_precision=precision,
            district=district,
            category="clash" if subtype == "border_clash" else "strike",
            subtype=subtype,
            event_group=group,
        ),
        st.integers(0, 10_000),
        st.dates(date(2025, 1, 1), date(2025, 1, 20)),
        st.integers(0, 5),
        st.floats(69.5, 70.5),
        st.floats(33.0, 34.0),
        st.floats(0.1, 90),
        st.sampled_from(["exact", "near", "district", "province", "border_segment"]),
        st.sampled_from([None, "Khost", "Spera"]),
        st.sampled_from(["border_clash", "air_strike"]),
        st.sampled_from([None, "war"]),
    ),
    max_size=12,
    unique_by=lambda incident: incident.id,
)


@given(NEIGHBOURS, st.randoms())
def test_pairs_do_not_depend_on_order_and_hold_nobody_with_itself(made, random):
    found = similar_pairs(made)
    shuffled = list(made)
    random.shuffle(shuffled)
    assert similar_pairs(shuffled) == found
    assert all(pair.one.id != pair.other.id and pair.days <= NEAR_DAYS for pair in found)
    assert len({(pair.one.id, pair.other.id) for pair in found}) == len(found)


@given(NEIGHBOURS)
def test_what_is_near_one_has_that_one_near(made):
    found = similar_pairs(made)
    for incident in made:
        own = similar_to(incident, made)
        assert set(own) == {pair for pair in found if incident.id in (pair.one.id, pair.other.id)}
        for pair in own:
            assert pair in similar_to(pair.beside(incident.id), made)
        for pair in on_other_days(incident, made):
            assert pair in on_other_days(pair.beside(incident.id), made)


@given(st.lists(any_incident(), max_size=6, unique_by=lambda incident: incident.id))
def test_any_valid_incidents_can_be_compared(made):
    for pair in similar_pairs(made):
        assert pair.beside(pair.one.id) is pair.other
        assert pair.km >= 0


def test_three_hundred_incidents_take_less_than_a_twentieth_of_a_second(incidents):
    made = [i.model_copy(update={"id": f"{i.id}-{n}"}) for n in range(2) for i in incidents][:300]
    took = []
    for _ in range(5):
        began = time.process_time()  # others may use the processors too
        similar_pairs(made)
        took.append(time.process_time() - began)
    assert min(took) < 0.05
