"""The difference of a selection: what matches in one version or the other, and numbers that follow from it."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.casualties import RANGE, Rule
from geo.places.boundaries import boundaries
from geo.selection import Filters
from geo.store.incident_store import IncidentStore
from geo.versions.comparing import compare, restricted, table_of, to_markdown, to_text
from geo.versions.released import Difference, Edition, Figures, read_edition, read_log, read_release, releases
from tests.conftest import make_claim, make_incident
from tests.geo.strategies import incidents
from tests.geo.versions.editions import edition

STRIKE = make_incident()
OTHER = make_incident("2024-05-05-kunar-raid", date_start="2024-05-05", date_end="2024-05-05", status="confirmed")
SETS = st.sets(st.sampled_from("abcd")).flatmap(lambda ids: st.tuples(*(incidents(id=name) for name in sorted(ids))))
SELECTIONS = st.builds(
    Filters,
    status=st.lists(st.sampled_from(["confirmed", "disputed", "reported"]), max_size=2),
    country=st.lists(st.sampled_from(["AF", "PK", "TJ"]), max_size=2),
)


def of(old: Edition, new: Edition, rule: Rule = RANGE, **filters) -> Difference:
    """What differs between two versions for a selection."""
    chosen = filters.pop("filters", None) or Filters(**filters)
    return part_of(compare(old, new, rule=rule), (table_of(old), table_of(new)), chosen, rule)


def part_of(whole: Difference, tables, filters: Filters, rule: Rule = RANGE) -> Difference:
    """What of a difference is a selection's."""
    return restricted(whole, tables, filters, rule=rule, layers=boundaries())


def number(found: Difference, name: str) -> tuple[int, int]:
    return next((count.old, count.new) for count in found.counts if count.name == name)


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        pytest.param((), (STRIKE,), "added", id="added"),
        pytest.param((STRIKE,), (), "removed", id="removed"),
        pytest.param((STRIKE,), (make_incident(title="Another"),), "changed", id="changed"),
        pytest.param((STRIKE,), (make_incident(status="confirmed"),), "left", id="left"),
        pytest.param((make_incident(status="confirmed"),), (STRIKE,), "entered", id="entered"),
    ],
)
def test_what_matches_in_one_of_the_versions_is_in_the_part_it_belongs_to(old, new, part) -> None:
    found = of(edition(*old), edition(*new), status=("reported",))
    assert [row.id for row in getattr(found, part)] == [STRIKE.id]
    assert found.incidents == {STRIKE.id}
    assert not of(edition(*old), edition(*new), status=("disputed",)).incidents


def test_numbers_are_those_of_the_incidents_that_match() -> None:
    before = edition(STRIKE, OTHER)
    after = edition(make_incident(claims=[make_claim(value=9), make_claim(about="injured")]), OTHER)
    found = of(before, after, year=(2025,))
    assert (number(found, "incidents"), number(found, "claims")) == ((1, 1), (1, 2))
    assert (found.totals[0].old, found.totals[0].new) == (Figures(low=4, high=4), Figures(low=9, high=9))


@cache
def released_and_shipped():
    """What the shipped record differs in from a released version, and a table of each."""
    old = read_edition(*read_release(releases(read_log())[0]))
    new = read_edition(*(file.read_bytes() for file in IncidentStore().files))
    return compare(old, new), (table_of(old), table_of(new))


@pytest.mark.parametrize(
    "filters",
    [
        pytest.param(Filters(year=(2025,)), id="year"),
        pytest.param(Filters(province=("AF-KHO",)), id="province"),
        pytest.param(Filters(status=("disputed",)), id="status"),
        pytest.param(Filters(group=("durand-line-clashes-2025-10-11",)), id="event-cluster"),
    ],
)
def test_totals_of_the_record_are_those_that_each_version_has_for_the_selection(filters) -> None:
    whole, tables = released_and_shipped()
    found = part_of(whole, tables, filters)
    for table, told in zip(tables, ("old", "new"), strict=True):
        for change in found.totals:
            toll = table.total(table.selected(filters), change.about).toll
            figures = getattr(change, told)
            assert (figures and (figures.low, figures.high)) == (toll and (toll.low, toll.high))


def test_of_the_registers_only_rows_are_left_that_the_selection_names() -> None:
    grouped = make_incident(event_group="of-it")
    beside = make_incident("beside", status="disputed", event_group="beside")
    old = edition(STRIKE, make_incident("beside", status="disputed"))
    new = edition(grouped, beside)
    assert [row.id for row in compare(old, new).event_groups.added] == ["beside", "of-it"]
    assert [row.id for row in of(old, new, status=("reported",)).event_groups.added] == ["of-it"]


def test_the_rule_holds_for_the_selection_too() -> None:
    claims = [make_claim(value=4), make_claim(value=9, by="unama")]
    rule = Rule.parse("highest", {})
    found = of(edition(), edition(make_incident(claims=claims)), rule, status=("reported",))
    assert found.totals[0].new == Figures(low=9, high=9)


@pytest.mark.parametrize("write", [to_text, to_markdown])
def test_a_document_says_which_selection_and_names_what_moved(write) -> None:
    found = of(edition(STRIKE), edition(make_incident(status="confirmed")), status=("reported",))
    text = write(found)
    assert "Only incidents that match the filters in one of the two versions, or in both: Incidents, reported." in text
    assert "Incidents that a change took out of the selection" in text
    assert text.startswith("1 incident changed, 1 incident left the selection.\n")


def test_a_selection_goes_through_json() -> None:
    found = of(edition(STRIKE), edition(OTHER), status=("reported",), q="khost")
    assert Difference.model_validate_json(found.model_dump_json(exclude_defaults=True)) == found
    assert found.filters == {"q": ("khost",), "status": ("reported",)}


@given(SETS, SETS, SELECTIONS)
def test_the_numbers_of_a_selection_add_up_and_one_of_everything_is_the_whole(old, new, filters) -> None:
    def match(incident) -> bool:
        countries = {incident.country, *(code[:2] for code in boundaries().provinces_of(incident))}
        return (not filters.status or incident.status in filters.status) and (
            not filters.country or not countries.isdisjoint(filters.country)
        )

    both = edition(*old), edition(*new)
    whole, tables = compare(*both), tuple(map(table_of, both))
    found = part_of(whole, tables, filters)
    before, after = number(found, "incidents")
    assert (before, after) == (sum(map(match, old)), sum(map(match, new)))
    assert after == before + sum(map(len, (found.added, found.entered))) - sum(map(len, (found.removed, found.left)))
    assert number(found, "claims")[1] == sum(len(incident.claims) for incident in new if match(incident))
    assert found.incidents == whole.incidents & {i.id for i in (*old, *new) if match(i)}
    assert {row.id for row in (*found.entered, *found.left)} <= {change.id for change in whole.changed}

    everything = part_of(whole, tables, Filters(country=("AF", "PK", "TJ")))
    assert everything.model_copy(update={"filters": {}, "selection": ""}) == whole.model_copy(
        update={"claimants": everything.claimants}
    )
