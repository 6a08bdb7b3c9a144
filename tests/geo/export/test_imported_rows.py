"""Imported incidents written many at once: the same rows as their records give."""

import json

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.boundaries import boundaries
from geo.claims import HIGHEST, LOWEST, RANGE, Rule, RuleKind
from geo.datasets.columns import IMPORT_SCHEMA
from geo.export.contents import Contents
from geo.export.geojson import features
from geo.export.ground import grounds
from geo.export.imported_features import imported_features
from geo.export.imported_rows import claim_rows, incident_rows, source_rows
from geo.export.rows import claim_table, incident_table, source_table
from geo.export.streaming import _neutral
from geo.filters import Filters
from geo.table import IncidentTable
from geo.table.records import records
from tests.geo.table.parts import PUBLISHERS, imported, imported_row

ROWS = [
    imported_row(1),
    imported_row(2, killed_low=None, killed_best=None, killed_high=None, source_text="One; Two", place=None),
    imported_row(3, killed_low=2, killed_best=4, killed_high=9, killed_civilians=1, source_version="25.1"),
    imported_row(4, killed_low=0, killed_best=0, killed_high=3, location_precision="province"),
    imported_row(5, lon=None, lat=None, location_precision="country", province=None, province_code=None),
    imported_row(6, killed_low=None, killed_best=None, killed_high=7, source_url="https://example.org/a"),
]


@pytest.mark.parametrize(
    "rule", [RANGE, LOWEST, HIGHEST, Rule(RuleKind.OWN_SIDE), Rule(RuleKind.INDEPENDENT)], ids=lambda rule: rule.code
)
def test_rows_made_at_once_are_those_of_the_records(claimants, tmp_path, rule):
    source = imported(tmp_path, ROWS)
    table = IncidentTable([], {**claimants, **PUBLISHERS}, version="v", datasets=[source]).under(rule)
    rows = pa.concat_tables(table.batches(Filters()))
    chosen = table.selected(Filters())
    for one_by_one, at_once, key in (
        (incident_table(Filters(), table), incident_rows(rows, table), "id"),
        (claim_table(chosen, table.claimants), claim_rows(rows, table), "incident"),
        (source_table(chosen), source_rows(rows, table), "incident"),
    ):
        left_out = [name for name in ("side_probability", "side_decided") if name in at_once.column_names]
        expected, made = (t.sort_by(key).drop_columns(left_out).to_pylist() for t in (one_by_one, at_once))
        assert made == expected


def text(**options):
    return st.text(st.characters(exclude_categories=("Cs", "Cc")), **options).map(str.strip)


TEXT, WORDS = text(), text(min_size=1, max_size=90).filter(bool)
KILLED = st.none() | st.integers(0, 30)


@given(
    st.lists(
        st.builds(
            lambda number, **changes: imported_row(number, search="", **changes),
            st.integers(1, 99),
            title=WORDS,
            summary=st.none() | WORDS.map(lambda words: words * 9),
            place=st.none() | TEXT,
            district=st.none() | TEXT,
            location_note=st.none() | TEXT,
            actors=st.lists(WORDS, max_size=3),
            source_text=st.none() | WORDS,
            source_url=st.none() | st.just("https://example.org/ä?q=“1”"),
            location_precision=st.sampled_from(["exact", "near", "district", "province", "country"]),
            lon=st.none() | st.floats(60, 75) | st.just(70.0),
            uncertainty_km=st.floats(0.5, 200) | st.just(25.0),
            killed_low=KILLED,
            killed_best=KILLED,
            killed_high=KILLED,
            killed_civilians=KILLED,
            border_km=st.none() | st.floats(0, 900),
            side_decided=st.none() | st.booleans(),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_features_made_at_once_are_those_of_the_records(rows):
    imported_rows = pa.Table.from_pylist(rows, IMPORT_SCHEMA)
    table = IncidentTable([], PUBLISHERS, version="v")
    contents = Contents(
        incidents=(),
        imported=imported_rows,
        rows=incident_rows(imported_rows, table),
        grounds=tuple(grounds(imported_rows, boundaries())),
        claims=claim_rows(imported_rows, table),
        sources=source_rows(imported_rows, table),
        manifest={},
        about=[],
    )
    one_by_one = features(records(imported_rows, PUBLISHERS), contents.rows.to_pylist(), contents.grounds)
    expected = [json.dumps(feature, ensure_ascii=False) for feature in one_by_one]
    assert list(imported_features(contents, PUBLISHERS["acled"])) == expected


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\t=1", "＝1"])
def test_text_cannot_be_a_formula(text):
    assert _neutral(pa.table({"title": [text, "as it is", None]}))["title"].to_pylist() == [
        f"'{text}",
        "as it is",
        None,
    ]
