"""The incidents as a table."""

import itertools
from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pytest

from geo.casualties import RULES, Rule
from geo.incident.errors import UnknownIncidentError
from geo.incident.vocabulary import About, Category
from geo.selection import Filters
from geo.table.incident_table import IncidentTable, Placed
from tests.conftest import HIGHEST, LOWEST, make_incident, without_place

EARLY = make_incident("2025-01-01-a")
LATE = make_incident("2025-03-05-b", date_start="2025-03-05", date_end=None, actors=["Taliban forces"])
CLASH = make_incident("2025-03-09-c", date_start="2025-03-09", date_end=None, category="clash", subtype="raid")
NOWHERE = without_place(id="2024-12-31-d", date_start="2024-12-31", event_group="e")


@pytest.fixture(scope="module")
def small(claimants):
    return IncidentTable([LATE, EARLY, NOWHERE, CLASH], claimants, version="v1")


def test_it_holds_all_incidents(table, incidents):
    assert len(table) == table.count(Filters()) == len(incidents)


def test_it_knows_the_event_clusters(table, contents, small):
    assert table.event_groups == contents.event_groups
    assert small.event_groups == {}


@pytest.mark.parametrize(("groups", "ids"), [(("e",), ["2024-12-31-d"]), (("x",), []), (("e", "x"), ["2024-12-31-d"])])
def test_an_event_cluster_can_be_chosen(small, groups, ids):
    assert list(small.select(Filters(group=groups)).index) == ids


def test_rows_come_oldest_first_by_id(small):
    assert list(small.select(Filters()).index) == ["2024-12-31-d", "2025-01-01-a", "2025-03-05-b", "2025-03-09-c"]
    assert small.selected(Filters(year=(2025,))) == (EARLY, LATE, CLASH)


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        pytest.param(Filters(year=(2025,)), 3, id="year"),
        pytest.param(Filters(since="2025-01-01", until="2025-03-05"), 2, id="inclusive-days"),
        pytest.param(Filters(category=(Category.CLASH,)), 1, id="category"),
        pytest.param(Filters(province=("AF-KHO",)), 3, id="province"),
        pytest.param(Filters(q="khost pakistan"), 4, id="text"),
        pytest.param(Filters(actor=("TALIBAN forces",)), 1, id="actor"),
        pytest.param(Filters(dataset=("curated",)), 4, id="dataset"),
        pytest.param(Filters(year=(1999,)), 0, id="none"),
    ],
)
def test_a_choice_is_counted_and_selected_alike(small, filters, count):
    assert small.count(filters) == count
    assert len(small.select(filters)) == len(small.selected(filters)) == count
    assert small.months(filters)["incidents"].sum() == count


def test_months_are_counted_by_category(small):
    months = small.months(Filters())
    counted = list(months[["category", "incidents", "over_the_end"]].itertuples(index=False, name=None))
    assert counted == [("strike", 1, 0), ("strike", 1, 0), ("clash", 1, 0), ("strike", 1, 0)]
    assert [str(month)[:10] for month in months["month"]] == ["2024-12-01", "2025-01-01", "2025-03-01", "2025-03-01"]


def test_categories_add_up_to_everything(table):
    parts = [table.count(Filters(category=(category,))) for category in Category]
    assert sum(parts) == len(table)


def test_years_add_up_to_everything(table):
    years = {incident.date_start.year for incident in table.incidents}
    assert sum(table.count(Filters(year=(year,))) for year in years) == len(table)


def test_an_incident_is_found_by_its_id(small):
    assert small.incident("2025-03-05-b") == LATE


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(IncidentTable.incident, id="incident"),
        pytest.param(IncidentTable.placed, id="placed"),
    ],
)
def test_an_unknown_id_is_named(small, ask):
    with pytest.raises(UnknownIncidentError, match="no incident has the id 'x'"):
        ask(small, "x")


def test_an_incident_is_placed_from_its_border(table):
    torkham = table.placed("2025-10-12-torkham-crossing-closed")
    assert (torkham.border, torkham.side) == ("Durand Line", "PK")
    assert torkham.border_km < 1
    khorog = table.placed("2021-07-05-tem-khorog-troop-flight")
    assert (khorog.border, khorog.side) == ("Afghan–Tajik border", "TJ")


def test_without_coordinates_nothing_is_known_of_the_border(small):
    assert small.placed("2024-12-31-d") == Placed(None, None, None, None, None)


def test_an_event_group_comes_oldest_first(table):
    group = table.event_group("spin-boldak-capture-july-2021")
    assert [i.date_start for i in group] == sorted(i.date_start for i in group)
    assert {i.id for i in group} >= {"2021-07-14-spin-boldak-captured", "2021-07-14-chaman-crossing-closed"}
    assert table.event_group("no-such-group") == ()


def test_actors_are_listed_once(table, incidents):
    assert table.actors() == sorted(set(itertools.chain.from_iterable(incident.actors for incident in incidents)))


def test_threads_may_ask_at_once(table):
    with ThreadPoolExecutor(8) as pool:
        counts = set(pool.map(lambda year: (year, table.count(Filters(year=(year,)))), [2021, 2025] * 40))
    assert len(counts) == 2


def test_no_incidents_are_an_empty_table(claimants):
    empty = IncidentTable([], claimants, version="v0")
    assert len(empty) == empty.count(Filters()) == len(empty.months(Filters())) == 0
    assert empty.actors() == []


def test_under_a_rule_only_tolls_differ(table):
    ruled, tolls = table.under(LOWEST), ["killed_low", "killed_high", "injured_low", "injured_high"]
    one, other = table.select(Filters()), ruled.select(Filters())
    made_by_rule = [name for name in one if name.split("_")[0] in ("killed", "injured", "crossed", "cluster")]
    pd.testing.assert_frame_equal(one.drop(columns=made_by_rule), other.drop(columns=made_by_rule))
    assert (other["killed_low"].dropna() == other["killed_high"].dropna()).all()
    assert not one[tolls].equals(other[tolls])
    assert (table.rule.code, ruled.rule.code) == ("range", "lowest")


def test_tables_under_different_rules_can_be_asked_at_once(table):
    ruled = [table.under(rule) for rule in (LOWEST, HIGHEST)] * 8
    with ThreadPoolExecutor(8) as pool:
        sums = list(pool.map(lambda one: int(one.select(Filters())["killed_high"].sum()), ruled))
    assert len(set(sums[::2])) == len(set(sums[1::2])) == 1
    assert sums[0] < sums[1]


def test_a_rule_looks_speakers_up_in_the_tables_own_register(table):
    ruled = table.under(Rule(RULES["independent"]))
    assert ruled.rule.register is table.claimants
    assert str(ruled.total(table.incidents, About.KILLED).toll) != str(table.total(table.incidents, About.KILLED).toll)
