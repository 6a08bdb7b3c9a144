"""Imported incidents beside the record: found, counted, paged and added up as the record's own are."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import fsspec
import numpy as np
import pytest
from hypothesis import given, settings

from geo.casualties import RANGE, RULES, Rule
from geo.incident.errors import TooManyError, UnknownIncidentError
from geo.incident.vocabulary import About, LocationPrecision, Stance
from geo.places.plane import REGION
from geo.selection import Filters
from geo.symbology.time_lanes import LaneBy, Step
from geo.table import queries
from geo.table.event_index import ImportedIndex, ImportedParts
from geo.table.incident_table import MANY, IncidentTable
from geo.table.queries import Sort, TollsBy
from tests.conftest import HIGHEST, LOWEST
from tests.geo.strategies import FILTERS
from tests.geo.table.parts import PUBLISHERS, drawn_of, imported, imported_row, record_of

pytestmark = pytest.mark.slow

VARIED = [
    imported_row(
        1, title="Shelling near Spin Boldak", place="Spin Boldak", province="Kandahar", province_code="AF-KAN"
    ),
    imported_row(2, category="other", subtype="protest", killed_low=None, killed_best=None, killed_high=None),
    imported_row(3, killed_low=2, killed_best=4, killed_high=9, killed_civilians=1, killed_side_a=3),
    imported_row(4, status="lead", actors=["Group C"]),
    imported_row(5, location_precision="province", date_precision="month"),
    imported_row(6, lon=None, lat=None, location_precision="country", province=None, province_code=None),
    imported_row(7, date_start=date(2025, 3, 2), killed_low=None, killed_best=None, killed_high=7),
]
ONLY = Filters(dataset=("acled", "own-notes"))


@given(FILTERS)
def test_a_choice_means_the_same_of_imported_incidents_and_of_their_records(twins, filters):
    rows, records = twins
    choice = Filters(**{name: getattr(filters, name) for name in filters.active if name != "dataset"})
    expected = {i.id for i in records.selected(choice)}
    if "lead" not in choice.status:
        expected -= {"acled-4"}
    assert {i.id for i in rows.selected(choice)} == expected
    assert rows.count(choice) == len(expected)


@settings(max_examples=10)
@given(FILTERS)
def test_counts_mean_the_same_of_imported_incidents_and_of_their_records(twins, filters):
    kept = {name: getattr(filters, name) for name in filters.active if name not in {"dataset", "status"}}
    choice = Filters(**kept, status=("reported",))
    one, other = (
        [
            table.months(choice).to_csv(),
            table.province_months(choice).to_csv(),
            table.facets(choice).drop(columns="dataset").to_csv(),
            *(table.steps(choice, Step.WEEK, by).to_csv() for by in LaneBy),
            *(table.reaching_over(choice, period) for period in ("year", "month")),
            list(table.page(choice, limit=9, sort=Sort.OLDEST).index),
            drawn_of(table.clusters(choice, REGION, 7)),
        ]
        for table in twins
    )
    assert one == other


@pytest.fixture(scope="module")
def twins(claimants, tmp_path_factory):
    """The same incidents imported, and as if they were the record's own."""
    register = {**claimants, **PUBLISHERS}
    source = imported(tmp_path_factory.mktemp("twins"), VARIED)
    imported_ones = IncidentTable([], register, version="v0", datasets=[source])
    return imported_ones, IncidentTable([record_of(row) for row in VARIED], register, version="v0")


@given(FILTERS)
def test_on_disk_and_in_memory_hold_the_same(both_kinds, filters):
    in_memory, on_disk = (
        {row for (row,) in lean.ask("SELECT r FROM event WHERE {where}", filters).fetchall()} for lean in both_kinds
    )
    assert in_memory == on_disk


@pytest.fixture(scope="module")
def both_kinds(tmp_path_factory):
    source = imported(tmp_path_factory.mktemp("leans"), VARIED)
    return [ImportedIndex(ImportedParts([source], in_memory=kept)) for kept in (True, False)]


BORDERS = [
    pytest.param({"border": ("afghan_tajik_border",)}, id="tajik"),
    pytest.param({"border": ("durand_line",)}, id="durand"),
    pytest.param({"border": ("unknown",)}, id="not-known"),
    pytest.param({"border": ("durand_line", "unknown"), "category": ("clash",)}, id="two-and-a-category"),
    pytest.param({"province": ("unknown",)}, id="no-province"),
    pytest.param({"province": ("AF-KHO", "unknown")}, id="province-or-none"),
]


@pytest.mark.parametrize("given", BORDERS)
def test_places_mean_the_same_of_many_imported_incidents_and_of_their_records(many, records_of_many, given):
    filters = Filters(**given, dataset=("acled",))
    expected = records_of_many.count(Filters(**given))
    assert many.count(filters) == expected == int(many.facets(filters)["incidents"].sum())
    assert many.province_months(filters)["incidents"].sum() == expected
    assert expected < records_of_many.count(Filters())


@pytest.fixture(scope="module")
def records_of_many(many_rows, claimants):
    """The imported incidents of `many` as if they were the record's own."""
    return IncidentTable([record_of(row) for row in many_rows], {**claimants, **PUBLISHERS}, version="v0")


@pytest.fixture(scope="module")
def varied(contents, tmp_path_factory):
    """The shipped record beside `VARIED`, for tests that look at it."""
    return IncidentTable.of(contents, [imported(tmp_path_factory.mktemp("varied"), VARIED)])


def test_rows_have_the_same_columns_beside_datasets(varied, table):
    rows = varied.select(Filters())
    assert list(rows.columns) == list(table.select(Filters()).columns)
    assert list(rows.loc["acled-1", "province_codes"]) == ["AF-KAN"]
    assert list(rows.loc["acled-6", "province_codes"]) == []


def test_a_row_becomes_a_record_with_one_claim_of_its_publisher(varied):
    incident = varied.incident("acled-3")
    (claim,) = incident.claims
    assert (claim.by, claim.stance, claim.about, claim.low, claim.high) == ("acled", Stance.ASSERTS, About.KILLED, 2, 9)
    assert claim.note == "best estimate 4; by its estimate 3 of side A and 1 of civilians"


@pytest.mark.parametrize(
    ("number", "about"),
    [
        pytest.param(2, About.EVENT, id="no-figure"),
        pytest.param(1, About.KILLED, id="figure"),
    ],
)
def test_without_a_figure_the_claim_is_about_the_event(varied, number, about):
    assert [claim.about for claim in varied.incident(f"acled-{number}").claims] == [about]


def test_without_coordinates_an_incident_has_no_place(varied):
    assert varied.incident("acled-6").location_precision is LocationPrecision.COUNTRY


def test_an_unknown_id_is_named_beside_datasets_too(varied):
    with pytest.raises(UnknownIncidentError, match="no incident has the id 'acled-99'"):
        varied.incident("acled-99")


def test_leads_are_in_no_count_unless_their_status_is_named(varied, incidents):
    table = varied
    assert len(table) == len(incidents) + 6
    assert [i.id for i in table.selected(Filters(status=("lead",)))] == ["acled-4"]
    assert table.whole(Filters(status=("lead",))) == len(incidents) + 7


def test_the_record_is_as_it_was_beside_datasets(varied, table):
    joined = varied
    assert joined.curated(Filters()) == table.selected(Filters())
    assert joined.alone().select(Filters()).equals(table.select(Filters()))
    for about in (About.KILLED, About.INJURED, About.CROSSED):
        assert joined.totals(Filters(), about)["curated"] == table.total(table.incidents, about)


def test_more_than_many_are_not_taken_one_by_one(many):
    with pytest.raises(
        TooManyError, match=r"2,\d+ incidents are selected, and at most 2,000 can be handled one by one"
    ):
        many.selected(Filters())
    assert many.count(Filters()) > MANY


@pytest.mark.parametrize("sort", list(Sort))
def test_pages_are_the_whole_choice_in_order(many, sort):
    filters = Filters(year=(2025, 2026))
    pages = [many.page(filters, offset=start, limit=97, sort=sort) for start in range(0, many.count(filters), 97)]
    ids = [name for page in pages for name in page.index]
    assert len(ids) == len(set(ids)) == many.count(filters)
    keys = [row for page in pages for row in page[["killed_high", "date_start"]].fillna({"killed_high": -1}).to_numpy()]
    days = [day for _, day in keys]
    assert {
        Sort.OLDEST: days == sorted(days),
        Sort.NEWEST: days == sorted(days, reverse=True),
        Sort.DEADLIEST: [k for k, _ in keys] == sorted((k for k, _ in keys), reverse=True),
    }[sort]


@pytest.mark.parametrize("sort", list(Sort))
def test_a_page_deep_in_a_choice_is_the_same_as_if_all_were_sorted(many, sort, monkeypatch):
    filters = Filters(category=("clash", "strike"))
    asked = [(0, 1), (1, 40), (700, 40), (many.count(filters) - 3, 40), (3_000, 1)]
    pages = [list(many.page(filters, offset=offset, limit=limit, sort=sort).index) for offset, limit in asked]
    monkeypatch.setattr(queries, "_DEEP", -1)
    assert [list(many.page(filters, offset=o, limit=limit, sort=sort).index) for o, limit in asked] == pages


BY_DATASET = [
    (RANGE, {"acled": (8, 15), "own-notes": (3, 3)}),
    (LOWEST, {"acled": (8, 8), "own-notes": (3, 3)}),
    (HIGHEST, {"acled": (15, 15), "own-notes": (3, 3)}),
    (Rule(RULES["own-side"]), {"acled": None, "own-notes": None}),
    (Rule(RULES["independent"]), {"acled": (8, 15), "own-notes": None}),
    (Rule.of_claimant("own-notes", PUBLISHERS), {"acled": None, "own-notes": (3, 3)}),
]
assert {rule.kind.code for rule, _ in BY_DATASET} == {*RULES}, "a row for every rule"


@pytest.mark.parametrize(("rule", "told"), BY_DATASET, ids=lambda value: value.code if isinstance(value, Rule) else "")
def test_totals_stand_by_dataset_under_the_rule(beside, rule, told):
    rows = [
        imported_row(1),
        imported_row(2),
        VARIED[2],
        VARIED[1] | {"id": "acled-8"},
        imported_row(9, dataset="own-notes"),
    ]
    totals = beside(*rows).under(rule).totals(ONLY, About.KILLED)
    assert {name: found.toll and (found.toll.low, found.toll.high) for name, found in totals.items()} == told


def test_a_total_of_records_never_adds_up_datasets(beside):
    table = beside(imported_row(1), imported_row(2, dataset="own-notes"))
    assert table.total(table.selected(ONLY), About.KILLED).toll.low == 3


@pytest.mark.parametrize("by", list(TollsBy))
def test_tolls_by_anything_add_up_to_the_total(many, by):
    tolls = many.tolls(Filters(), by)
    whole = many.totals(Filters(), About.KILLED)["acled"].toll
    assert (tolls["low"].sum(), tolls["high"].sum()) == (whole.low, whole.high)


@pytest.mark.parametrize(
    ("links", "left"),
    [
        pytest.param([], {"acled-1", "acled-2", "own-notes-1"}, id="none"),
        pytest.param([("acled-1", "own-notes-1")], {"acled-1", "acled-2"}, id="two-datasets"),
        pytest.param([("acled-1", "own-notes-1"), ("acled-2", "own-notes-1")], {"acled-1"}, id="over-another"),
        pytest.param(
            [("2021-07-14-spin-boldak-captured", "acled-1")], {"acled-2", "own-notes-1"}, id="with-the-record"
        ),
        pytest.param([("acled-1", "gone-7")], {"acled-1", "acled-2", "own-notes-1"}, id="of-a-dataset-switched-off"),
    ],
)
def test_linked_reports_count_each_or_once(beside, links, left):
    table = beside(imported_row(1), imported_row(2), imported_row(1, dataset="own-notes"), links=links)
    once = Filters(dataset=ONLY.dataset, linked="once")
    assert {i.id for i in table.selected(once)} == left
    assert table.count(ONLY) == 3


def test_months_count_the_record_and_datasets_together(many):
    months, provinces = many.months(Filters()), many.province_months(Filters())
    once = provinces[provinces["province_code"].isna() | ~provinces["several"].astype(bool)]
    assert months["incidents"].sum() == once["incidents"].sum() == many.count(Filters())
    assert not months.duplicated(["month", "category"]).any()


def test_actors_of_datasets_are_listed_too(varied, table):
    assert set(varied.actors()) == {*table.actors(), "Group A", "Group B", "Group C"}


def test_the_version_changes_with_the_datasets(beside, table):
    first, second = beside(imported_row(1)), beside(imported_row(1), links=[("acled-1", table.incidents[0].id)])
    assert len({table.version, first.version, second.version}) == 3


@pytest.mark.parametrize(
    "in_memory",
    [
        pytest.param(True, id="in-memory"),
        pytest.param(False, id="on-disk"),
    ],
)
def test_parts_are_read_from_object_storage(tmp_path, in_memory):
    source = imported(tmp_path, VARIED)
    storage = fsspec.filesystem("memory")
    for file in source.files:
        storage.put(file, f"/bucket/{Path(file).name}")
    away = replace(source, files=tuple(f"memory://bucket/{Path(file).name}" for file in source.files))
    lean = ImportedIndex(ImportedParts([away], in_memory=in_memory))
    assert lean.ask("SELECT count(*) FROM event WHERE {where}", Filters(q="khost")).fetchall()[0][0] > 0
    assert len(lean.parts.rows(np.array([lean.ref("acled-3")]))) == 1


def test_the_record_by_itself_is_as_where_no_dataset_is_shown(many, table) -> None:
    record = many.under(LOWEST).record()
    assert (record.version, record.claimants, record.rule.code) == (table.version, table.claimants, LOWEST.code)
    assert record.selected(Filters()) == table.selected(Filters())
    assert len(record) == len(table)
