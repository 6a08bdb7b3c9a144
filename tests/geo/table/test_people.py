"""People of imported incidents by measure: claims of their dataset, its own sums, and nothing without a figure."""

from dataclasses import replace

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.aggregate.by_province import tolls_by
from geo.casualties import RANGE, Toll
from geo.datasets.dataset import LATER_COLUMNS, OTHER_MEASURES
from geo.incident.vocabulary import MEASURES, About
from geo.selection import Filters
from geo.table import incident_table
from geo.table.event_index import ImportedIndex, ImportedParts
from geo.table.incident_table import IncidentTable
from geo.table.queries import TollsBy, tolls
from tests.conftest import HIGHEST, LOWEST, make_claim, make_incident
from tests.geo.table.parts import PUBLISHERS, imported, imported_row, record_of

NONE_KILLED = dict.fromkeys(("killed_low", "killed_best", "killed_high"))
RETURNS = NONE_KILLED | {"category": "crossing", "subtype": "mass_return"}
ROWS = [
    imported_row(1, injured_low=5, injured_high=7),
    imported_row(2, injured_low=20, province_code="AF-PKA"),
    imported_row(3, **RETURNS, crossed_low=4_120, crossed_high=4_120),
    imported_row(4, **RETURNS, crossed_high=90),
    imported_row(5, **NONE_KILLED),
]
SUMS = {About.KILLED: Toll(6, 6), About.INJURED: Toll(25, 27), About.CROSSED: Toll(4_120, 4_210)}


@pytest.fixture
def source(tmp_path):
    return imported(tmp_path, ROWS)


def table_of(*sources, incidents=()):
    return IncidentTable(incidents, PUBLISHERS, version="v", datasets=sources)


@pytest.mark.parametrize(
    ("changes", "claims"),
    [
        pytest.param({}, [("killed", 3, None, None)], id="killed"),
        pytest.param(
            {"injured_low": 5, "injured_high": 7},
            [("killed", 3, None, None), ("injured", None, 5, 7)],
            id="killed and injured",
        ),
        pytest.param(NONE_KILLED | {"injured_low": 20}, [("injured", None, 20, None)], id="at least"),
        pytest.param(NONE_KILLED | {"crossed_high": 90}, [("crossed", None, None, 90)], id="up to"),
        pytest.param(NONE_KILLED | {"crossed_low": 0, "crossed_high": 0}, [("crossed", 0, None, None)], id="nobody"),
        pytest.param(NONE_KILLED | {"injured_low": 9, "injured_high": 2}, [("injured", None, 2, 9)], id="swapped"),
        pytest.param(NONE_KILLED, [("event", None, None, None)], id="no figure is no claim of 0"),
    ],
)
def test_each_measure_is_a_claim_of_its_own(changes, claims):
    incident = record_of(imported_row(1, **changes))
    assert [(claim.about, claim.value, claim.low, claim.high) for claim in incident.claims] == claims
    assert {claim.by for claim in incident.claims} == {"acled"}


@pytest.mark.parametrize("in_memory", [True, False])
@pytest.mark.parametrize("about", MEASURES)
def test_sums_are_of_one_dataset_and_one_measure(source, about, in_memory):
    index = ImportedIndex(ImportedParts([source], in_memory=in_memory))
    (row,) = tolls(index, Filters(), TollsBy.ALL, about).itertuples()
    assert Toll(row.low, row.high) == SUMS[about]


@pytest.mark.parametrize(
    ("rule", "injured"),
    [(RANGE, Toll(25, 27)), (LOWEST, Toll(25, 25)), (HIGHEST, Toll(27, 27))],
    ids=["range", "lowest", "highest"],
)
def test_a_rule_states_the_end_it_states_of_the_killed(source, rule, injured):
    assert table_of(source).totals(Filters(), About.INJURED, rule=rule)["acled"].toll == injured


def test_figures_of_returns_are_added_up_in_a_dataset_and_not_in_the_record(source):
    claims = [make_claim(about="crossed", value=300, of="returnees")]
    own = make_incident(category="crossing", subtype="mass_return", claims=claims)
    totals = table_of(source, incidents=[own]).totals(Filters(), About.CROSSED)
    assert (totals["curated"].toll, len(totals["curated"].flows)) == (None, 1)
    assert (totals["acled"].toll, totals["acled"].flows) == (Toll(4_120, 4_210), ())


def test_a_dataset_without_figures_of_a_measure_says_nothing_of_it(tmp_path):
    table = table_of(imported(tmp_path, [imported_row(1)]))
    assert {about: table.totals(Filters(), about) for about in OTHER_MEASURES} == {
        about: {} for about in OTHER_MEASURES
    }
    assert list(table.totals(Filters(), About.KILLED)) == ["acled"]


def test_datasets_stand_side_by_side_by_measure(tmp_path):
    notes = [imported_row(1, dataset="own-notes", injured_low=1, injured_high=1)]
    table = table_of(imported(tmp_path, ROWS), imported(tmp_path, notes, "own-notes"))
    row = tolls_by(Filters(), table, {}, TollsBy.ALL)[""]
    assert (row["injured_low_acled"], row["injured_high_acled"], row["injured_low_own-notes"]) == (25, 27, 1)
    assert (row["crossed_low_acled"], row["killed_low_acled"], row["killed_low_own-notes"]) == (4_120, 6, 3)
    assert "crossed_low_own-notes" not in row
    assert (row["killed_low"], row["injured_low"], row["crossed_low"]) == (None, None, None)


def test_the_only_dataset_of_a_selection_has_the_plain_columns(source):
    row = tolls_by(Filters(), table_of(source), {}, TollsBy.PROVINCE)
    assert (row["AF-KHO"]["injured_low"], row["AF-KHO"]["injured_high"], row["AF-PKA"]["injured_low"]) == (5, 7, 20)
    assert (row["AF-KHO"]["crossed_high"], row["AF-PKA"]["crossed_low"]) == (4_210, None)


@pytest.mark.parametrize("in_memory", [True, False])
@pytest.mark.parametrize("old", [pytest.param(slice(None), id="all parts"), pytest.param(slice(1), id="one part")])
def test_releases_without_the_later_columns_are_read(tmp_path, monkeypatch, in_memory, old):
    source = imported(tmp_path, [imported_row(n, injured_low=n, injured_high=n) for n in (1, 2, 3, 4)])
    for name in source.files[old]:
        pq.write_table(pq.read_table(name).drop_columns(list(LATER_COLUMNS)), name)
    if old == slice(None):
        source = replace(source, people=())
    monkeypatch.setattr(incident_table, "opened_parts", lambda sources: ImportedParts(sources, in_memory=in_memory))
    table = table_of(source)
    left = [] if old == slice(None) else [3, 4]
    assert [len(incident.claims) for incident in table.selected(Filters())] == [1] * (4 - len(left)) + [2] * len(left)
    rows = [row for batch in table.batches(Filters()) for row in batch["injured_low"].to_pylist()]
    assert rows == [None] * (4 - len(left)) + left
    assert [total.toll for total in table.totals(Filters(), About.INJURED).values()] == ([Toll(7, 7)] if left else [])


FIGURE = st.none() | st.integers(0, 9)


@given(st.lists(st.tuples(FIGURE, FIGURE, FIGURE, FIGURE), min_size=1, max_size=6), st.sampled_from(OTHER_MEASURES))
def test_a_sum_is_that_of_the_single_incidents(tmp_path_factory, figures, about):
    rows = [
        imported_row(number, search="", search_keys=[], **NONE_KILLED, **dict(zip(LATER_COLUMNS, ends, strict=True)))
        for number, ends in enumerate(figures, 1)
    ]
    table = table_of(imported(tmp_path_factory.mktemp("people"), rows))
    each = table.total(table.selected(Filters()), about).toll
    found = table.totals(Filters(), about)
    assert bool(found) is (each is not None)
    for total in found.values():
        ends = sorted((total.toll.low, total.toll.high))
        low, high = (f"{about}_low", f"{about}_high")
        swapped = any(row[low] is not None and row[high] is not None and row[low] > row[high] for row in rows)
        assert swapped or ends == [each.low, each.high]
