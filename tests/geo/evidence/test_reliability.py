"""What speaks for and against trusting the incidents: places, days, speakers, sources, delay, what was left out."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.evidence.reliability import (
    Speakers,
    delays,
    first_report,
    outlet_name,
    outlets,
    precision_mix,
    read_excluded,
    single_side_counts,
    sources_per_incident,
    speaker_counts,
    speakers_of,
    weakly_sourced,
)
from geo.incident.vocabulary import LocationPrecision, Stance
from tests.conftest import make_claim, make_incident, make_source, without_place
from tests.geo.strategies import incidents as any_incidents

# How well place and day are known.


def test_every_incident_stands_in_one_cell(incidents):
    mix = precision_mix(incidents)
    assert mix.to_numpy().sum() == len(incidents)
    for incident in incidents[:30]:
        assert mix.loc[incident.location_precision.value, incident.date_precision.value] > 0


@pytest.mark.parametrize(
    ("known_to", "columns"), [("month", ["day", "week", "month"]), ("year", ["day", "week", "month", "year"])]
)
def test_a_code_of_imported_datasets_alone_stands_in_it_where_it_is_used(known_to, columns):
    assert list(precision_mix([make_incident(date_precision=known_to)]).columns) == columns


def test_all_codes_stand_in_it_in_their_order():
    mix = precision_mix([make_incident(), make_incident("b", date_precision="month"), without_place(id="c")])
    assert list(mix.index) == [place.value for place in LocationPrecision]
    assert list(mix.columns) == ["day", "week", "month"]
    assert mix.loc["near"].tolist() == [1, 0, 1]
    assert mix.loc["country"].tolist() == [1, 0, 0]
    assert mix.to_numpy().sum() == 3


# Whether an incident is told by one side only, by the register of claimants.


def told_by(*speakers, **claim):
    return make_incident(claims=[make_claim(by=by, **claim) for by in speakers])


@pytest.mark.parametrize(
    ("speakers", "kind"),
    [
        (["taliban-government"], Speakers.ONE),
        (["taliban-government", "taliban-khost"], Speakers.ONE),
        (["taliban-government", "pk-ispr"], Speakers.SIDES),
        (["taliban-insurgents", "af-republic-government"], Speakers.SIDES),
        (["pk-ispr", "ttp"], Speakers.SIDES),
        (["pk-ispr", "unama"], Speakers.ONE_AND_INDEPENDENT),
        (["pk-ispr", "unama", "taliban-government"], Speakers.SIDES),
        (["unama"], Speakers.INDEPENDENT),
        (["wikipedia"], Speakers.UNKNOWN),
        (["pk-ispr", "wikipedia"], Speakers.ONE),
    ],
    ids=lambda value: value.name.lower() if isinstance(value, Speakers) else "+".join(value),
)
def test_who_speaks(claimants, speakers, kind):
    assert speakers_of(told_by(*speakers), claimants) is kind


def test_what_its_speaker_leaves_unconfirmed_does_not_count(claimants):
    claims = [make_claim(), make_claim(by="pk-ispr", stance=Stance.UNCONFIRMED)]
    assert speakers_of(make_incident(claims=claims), claimants) is Speakers.ONE


def test_a_denial_counts(claimants):
    claims = [make_claim(), make_claim(by="pk-ispr", stance=Stance.DENIES, value=None)]
    assert speakers_of(make_incident(claims=claims), claimants) is Speakers.SIDES


def test_the_mix_adds_up_and_names_the_lone_sides(incidents, claimants):
    mix = speaker_counts(incidents, claimants)
    assert list(mix.index) == [kind.value for kind in Speakers]
    assert mix.sum() == len(incidents)
    sides = single_side_counts(incidents, claimants)
    assert sides.sum() == mix[Speakers.ONE.value]
    assert sides.is_monotonic_decreasing


@pytest.mark.parametrize("kind", Speakers, ids=lambda kind: kind.name.lower())
def test_every_kind_is_explained(kind):
    assert kind.meaning
    assert kind.meaning != kind.value


# How many sources incidents rest on, and which outlets.

DAWN = make_source()
MIRROR = make_source(publisher="Mirror", url="https://mirror.example.org/a", kind="aggregator_or_mirror")


@pytest.mark.parametrize(
    ("publisher", "name"),
    [
        ("Dawn", "Dawn"),
        ("Dawn / AFP", "Dawn"),
        ("TRT World / AP", "TRT World"),
        ("AFP via La Gaceta", "La Gaceta"),
        ("Press TV via GlobalSecurity", "GlobalSecurity"),
        ("Al Arabiya (AFP)", "Al Arabiya"),
        ("ARY News (Urdu)", "ARY News"),
        ("Breitbart citing Pajhwok", "Breitbart"),
        ("Reuters, as carried by a Pakistani newspaper", "Reuters"),
        ("RFE/RL", "RFE/RL"),
        ("8am Media (Hasht-e Subh)", "8am Media"),
        (" / x", " / x"),
    ],
)
def test_an_agency_counts_for_the_outlet_that_carries_it(publisher, name):
    assert outlet_name(publisher) == name


@given(st.text(min_size=1, max_size=60).filter(str.strip))
def test_every_publisher_has_an_outlet(publisher):
    assert outlet_name(publisher)


def test_sources_are_counted_once_per_publication_without_gaps():
    made = [
        make_incident("a", sources=[DAWN, DAWN.model_copy(update={"title": "Again"})]),
        make_incident("b", sources=[DAWN, MIRROR, make_source(url="https://example.org/c")]),
    ]
    assert sources_per_incident(made).to_dict() == {1: 1, 2: 0, 3: 1}


def test_the_record_has_as_many_single_sources_as_its_description_says(incidents):
    counts = sources_per_incident(incidents)
    assert counts.sum() == len(incidents)
    assert counts[1] == 36


def test_outlets_come_by_incidents_and_know_what_rests_on_them_alone():
    made = [
        make_incident("a", sources=[DAWN, make_source(publisher="The Dawn / AP", url="https://example.org/2")]),
        make_incident("b", sources=[DAWN, MIRROR]),
    ]
    found = [(outlet.name, outlet.incidents, outlet.alone, outlet.weak) for outlet in outlets(made)]
    assert found == [("Dawn", 2, 1, False), ("Mirror", 1, 0, True)]


@given(st.lists(any_incidents(), max_size=6, unique_by=lambda incident: incident.id))
def test_outlets_cover_every_incident(made):
    found = outlets(made)
    assert bool(found) is bool(made)
    assert all(1 <= outlet.incidents <= len(made) and outlet.alone <= outlet.incidents for outlet in found)
    assert sum(outlet.alone for outlet in found) <= len(made)


@pytest.mark.parametrize(
    ("sources", "weak"),
    [
        pytest.param([MIRROR], True, id="mirror"),
        pytest.param([MIRROR, DAWN], False, id="both"),
        pytest.param([DAWN], False, id="outlet"),
    ],
)
def test_an_incident_on_mirrors_alone_is_found(sources, weak):
    assert bool(weakly_sourced([make_incident(sources=sources)])) is weak


def test_the_record_has_five_incidents_on_mirrors_alone(incidents):
    assert len(weakly_sourced(incidents)) == 5


# Days from event to first report.


def reported(*days, **changes):
    start = date(2025, 1, 1)
    sources = [
        make_source(url=f"https://example.org/{n}", published=None if d is None else start + timedelta(d))
        for n, d in enumerate(days)
    ]
    return make_incident(sources=sources, **changes)


def test_the_earliest_dated_source_counts():
    assert first_report(reported(9, None, 4)) == date(2025, 1, 5)
    assert first_report(reported(None)) is None


def test_what_cannot_be_measured_is_counted_apart():
    found = delays([reported(3, None), reported(None), reported(2, date_precision="week"), reported(0)])
    assert found.days == (0, 3)
    assert (found.undated, found.day_not_known, found.undated_sources, found.sources) == (1, 1, 2, 5)
    assert found.median == 1.5


def test_no_incidents_have_no_median():
    assert delays([]).median is None


@pytest.mark.parametrize(
    ("days", "name"),
    [
        (0, "same day"),
        (1, "1 day"),
        (3, "3 days"),
        (4, "4–7 days"),
        (7, "4–7 days"),
        (8, "8–30 days"),
        (30, "8–30 days"),
        (31, "over 30 days"),
        (-1, "before it began"),
    ],
)
def test_days_fall_into_classes(days, name):
    counts = delays([reported(days)]).distribution()
    assert counts[name] == counts.sum() == 1


def test_reports_before_the_event_stand_only_where_there_are_any():
    assert "before it began" not in delays([reported(0)]).distribution().index


@given(st.lists(any_incidents(), max_size=8))
def test_every_incident_is_measured_or_counted_apart(made):
    found = delays(made)
    assert len(found.days) + found.undated + found.day_not_known == len(made)
    assert found.distribution().sum() == len(found.days)
    assert list(found.days) == sorted(found.days)


def test_three_reports_of_the_record_are_dated_before_their_incident(incidents):
    # a sit-in against a rule to come, an opening announced, and a night that began later in Moscow
    assert [days for days in delays(incidents).days if days < 0] == [-10, -1, -1]


# What was considered and left out.


def test_each_has_a_reason_and_is_not_in_the_record(incidents):
    rows = read_excluded()
    assert rows
    assert all(row.reason and row.date_end is not None for row in rows)
    assert not {row.id for row in rows} & {incident.id for incident in incidents}
    assert [row.date_start for row in rows] == sorted(row.date_start for row in rows)
