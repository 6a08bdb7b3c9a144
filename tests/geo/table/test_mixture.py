"""What of a selection is from which dataset, as the table finds it."""

from datetime import date

import pytest
from hypothesis import given

from geo.aggregate.by_province import without_province
from geo.cli.aggregate_command import added_up
from geo.incident.vocabulary import Linked, Status
from geo.places.boundaries import boundaries
from geo.selection import Filters
from geo.table.incident_table import IncidentTable
from geo.table.queries import TollsBy
from tests.conftest import make_incident
from tests.geo.strategies import FILTERS
from tests.geo.table.parts import imported, imported_row

SPAN = date(1999, 5, 2), date(2003, 8, 30)


@pytest.fixture
def together(beside):
    """The record beside a dataset of Khost, with a lead, and one of Herat."""
    first, last = ({"date_start": day} for day in SPAN)
    herat = {"lon": 62.2, "lat": 34.35, "province": "Herat", "province_code": "AF-HER"}
    return beside(
        imported_row(1, **first),
        imported_row(2, **last, date_precision="month"),
        imported_row(3, date_start=date(1980, 1, 1), status="lead", province_code="AF-KAB"),
        imported_row(1, dataset="own-notes", category="other", subtype="protest", **herat),
    )


def test_a_dataset_holds_what_its_incidents_are_of_and_leads_only_where_they_are_asked_for(together):
    acled = together.mixture(Filters(year=(1950,))).parts[1]
    assert (acled.held, acled.provinces) == ((date(1999, 5, 1), date(2003, 8, 31)), {"AF-KHO"})
    leads = together.mixture(Filters(status=tuple(Status))).parts[1]
    assert leads.held[0] == date(1980, 1, 1)
    assert leads.provinces == {"AF-KHO", "AF-KAB"}


def test_days_that_are_not_known_may_be_any_of_their_month(together):
    assert together.mixture(Filters(dataset=("acled", "own-notes"))).parts[0].selected.days == (
        date(1999, 5, 2),
        date(2003, 8, 31),
    )


def test_a_selection_of_one_dataset_mixes_nothing(together):
    assert not together.mixture(Filters(dataset=("acled",))).mixed
    assert not together.record().mixture(Filters()).mixed
    assert [part.id for part in together.mixture(Filters()).parts] == ["curated", "acled", "own-notes"]


def test_an_imported_incident_without_a_province_leaves_the_record_its_toll(beside, table):
    nowhere = beside(imported_row(1, province=None, province_code=None, lon=None, lat=None))
    own, both = (without_province(Filters(), each).iloc[0] for each in (table, nowhere))
    tolls = ["killed_low", "killed_high", "injured_high", "crossed_high"]
    assert both[tolls].to_list() == own[tolls].to_list()
    assert both["killed_high_acled"] >= 0
    assert both["incidents"] == own["incidents"] + 1


def test_what_a_dataset_has_at_other_times_is_counted_where_it_has_nothing_now(together):
    acled = together.mixture(Filters(year=(2025,), province=("AF-KHO",))).parts[1]
    assert (acled.incidents, acled.at_any_time.incidents) == (0, 2)


@given(FILTERS)
def test_the_datasets_add_up_to_the_selection(many, filters):
    found = many.mixture(filters)
    assert sum(part.incidents for part in found.parts) == many.count(filters)
    for part in found.parts:
        if not filters.dataset or part.id in filters.dataset:
            alone = Filters.from_query(filters.to_query() | {"dataset": [part.id]})
            assert part.incidents == many.count(alone)


@pytest.mark.parametrize(
    ("filters", "pairs"),
    [
        pytest.param(Filters(), 2, id="all"),
        pytest.param(Filters(dataset=("acled", "own-notes")), 1, id="one report is left out"),
        pytest.param(Filters(year=(1999,)), 0, id="the other reports are of other years"),
        pytest.param(Filters(linked=Linked.ONCE), 0, id="once"),
    ],
)
def test_linked_pairs_count_where_both_reports_are_selected(beside, incidents, filters, pairs):
    links = [("acled-1", "own-notes-1"), (incidents[0].id, "acled-2"), ("acled-1", "gone-9")]
    rows = imported_row(1, date_start=SPAN[0]), imported_row(2), imported_row(1, dataset="own-notes")
    assert beside(*rows, links=links).mixture(filters).linked == pairs


def test_near_a_border_datasets_are_compared_by_what_they_hold_there(together):
    herat = together.mixture(Filters())
    border = together.mixture(Filters(border=("durand_line",)))
    assert [part.id for part in herat.parts] == ["curated", "acled", "own-notes"]
    assert [part.id for part in border.parts] == ["curated", "acled"]
    assert all(code[:2] in ("AF", "PK") for part in border.parts for code in part.provinces)


def test_an_incident_in_several_provinces_counts_once_in_each_and_once_by_year(claimants, tmp_path):
    wide = make_incident("wide", province=None, provinces=("Khost", "Kunar"), district=None)
    source = imported(tmp_path, [imported_row(1)])
    table = IncidentTable([make_incident("one"), wide], claimants, version="v", datasets=[source])
    (year,) = added_up(Filters(), table, boundaries(), by=TollsBy.YEAR)
    assert (year["incidents"], year["incidents_curated"], year["incidents_acled"]) == (3, 2, 1)
    rows = {row["province_code"]: row for row in added_up(Filters(), table, boundaries(), by=TollsBy.PROVINCE)}
    assert [rows[code]["incidents_curated"] for code in ("AF-KHO", "AF-KNR", "AF-PIA")] == [2, 1, 0]
    assert all(row["incidents"] == row["incidents_curated"] + row["incidents_acled"] for row in rows.values())
