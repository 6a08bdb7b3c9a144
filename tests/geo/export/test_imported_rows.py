"""Imported incidents written many at once: the same rows as their records give."""

import pyarrow as pa
import pytest

from geo.claims import HIGHEST, LOWEST, RANGE, Rule, RuleKind
from geo.export.imported_rows import claim_rows, incident_rows, source_rows
from geo.export.rows import claim_table, incident_table, source_table
from geo.export.streaming import _neutral
from geo.filters import Filters
from geo.table import IncidentTable
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
        left_out = [name for name in ("side_probability",) if name in at_once.column_names]
        expected, made = (t.sort_by(key).drop_columns(left_out).to_pylist() for t in (one_by_one, at_once))
        assert made == expected


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\t=1", "＝1"])
def test_text_cannot_be_a_formula(text):
    assert _neutral(pa.table({"title": [text, "as it is", None]}))["title"].to_pylist() == [
        f"'{text}",
        "as it is",
        None,
    ]
