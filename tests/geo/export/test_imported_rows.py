"""Imported incidents written many at once: the same rows as their records give."""

import csv
import json
from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.casualties import RULES, Rule
from geo.datasets.dataset import IMPORT_SCHEMA
from geo.export.columns import (
    INCIDENT_SCHEMA,
    claim_table,
    imported_claim_rows,
    imported_incident_rows,
    imported_source_rows,
    incident_table,
    source_table,
)
from geo.export.formats import Contents, grounds
from geo.export.geojson_format import features, imported_features
from geo.export.writing import FORMATS
from geo.incident.record import DatasetClaimant
from geo.incident.vocabulary import MEASURES, About
from geo.places.boundaries import boundaries
from geo.selection import Filters
from geo.table.incident_rows import incidents_of
from geo.table.incident_table import IncidentTable
from tests.geo.table.parts import PUBLISHERS, imported, imported_row

pytestmark = pytest.mark.slow

RETURN = dict.fromkeys(("killed_low", "killed_best", "killed_high")) | {
    "category": "crossing",
    "subtype": "mass_return",
}
ROWS = [
    imported_row(1),
    imported_row(2, killed_low=None, killed_best=None, killed_high=None, source_text="One; Two", place=None),
    imported_row(3, killed_low=2, killed_best=4, killed_high=9, killed_civilians=1, source_version="25.1"),
    imported_row(4, killed_low=0, killed_best=0, killed_high=3, location_precision="province"),
    imported_row(5, lon=None, lat=None, location_precision="country", province=None, province_code=None),
    imported_row(7, date_end=date(2025, 3, 7), date_precision="week"),
    imported_row(8, date_end=date(2025, 3, 31), date_precision="month"),
    imported_row(9, date_end=None, district="Nadir Shah Kot", event_group="spring-2025"),
    imported_row(11, chainage_km=1_900.25, side="AF", side_decided=True, joined_province_code="AF-KHO"),
    imported_row(10, killed_low=1, killed_best=1, killed_high=1),
    imported_row(6, killed_low=None, killed_best=None, killed_high=7, source_url="https://example.org/a"),
    imported_row(11, injured_low=5, injured_high=5, crossed_low=0, crossed_high=0),
    imported_row(12, injured_low=2, injured_high=9),
    imported_row(13, killed_low=None, killed_best=None, killed_high=None, injured_low=20),
    imported_row(14, **RETURN, crossed_high=1),
]


EMPTY = {
    *("side_probability", "crossed_flows", *(f"{about}_differ" for about in MEASURES)),
    *(name for name in INCIDENT_SCHEMA.names if name.startswith("cluster_")),
}
"""Columns that no imported incident fills."""


@pytest.mark.parametrize(
    "rule", [Rule(kind) for kind in RULES.values() if not kind.one_claimant], ids=lambda rule: rule.code
)
def test_rows_made_at_once_are_those_of_the_records(claimants, tmp_path, rule):
    source = imported(tmp_path, ROWS)
    table = IncidentTable([], {**claimants, **PUBLISHERS}, version="v", datasets=[source]).under(rule)
    rows = pa.concat_tables(table.batches(Filters()))
    chosen = table.selected(Filters())
    for one_by_one, at_once, key in (
        (incident_table(Filters(), table), imported_incident_rows(rows, table), "id"),
        (claim_table(chosen, table.claimants), imported_claim_rows(rows, table), "incident"),
        (source_table(chosen), imported_source_rows(rows, table), "incident"),
    ):
        left_out = [name for name in ("side_probability", "side_decided") if name in at_once.column_names]
        expected, made = (t.sort_by(key).drop_columns(left_out).to_pylist() for t in (one_by_one, at_once))
        assert made == expected


def test_every_column_is_filled_or_known_to_be_empty(claimants, tmp_path):
    table = IncidentTable([], {**claimants, **PUBLISHERS}, version="v", datasets=[imported(tmp_path, ROWS)])
    made = imported_incident_rows(pa.concat_tables(table.batches(Filters())), table)
    empty = {name for name in made.column_names if made[name].null_count == len(made)}
    assert empty == EMPTY, "`imported_incident_rows` of geo/export/columns.py"


def test_whose_deaths_a_figure_counts_stands_beside_it_and_beside_no_other(claimants, tmp_path):
    publisher = DatasetClaimant(**PUBLISHERS["acled"].model_dump(), whose="porters only")
    table = IncidentTable([], {**claimants, "acled": publisher}, version="v", datasets=[imported(tmp_path, ROWS)])
    rows = pa.concat_tables(table.batches(Filters()))
    chosen = claim_table(table.selected(Filters()), table.claimants).sort_by("incident")
    at_once = imported_claim_rows(rows, table).sort_by("incident")
    assert at_once["note"].to_pylist() == chosen["note"].to_pylist()
    noted = {row["incident"]: row["note"] for row in at_once.to_pylist()}
    assert (noted["acled-1"], noted["acled-2"]) == ("porters only", None)
    assert noted["acled-3"] == "porters only; best estimate 4; by its estimate 1 of civilians"
    words = imported_incident_rows(rows, table)["claims_in_words"].to_pylist()
    assert "ACLED: asserts killed 3 (people), porters only" in words


def test_a_low_above_the_high_keeps_its_column_and_is_written_lower_first(claimants, tmp_path):
    source = imported(tmp_path, [imported_row(1, killed_low=18, killed_best=18, killed_high=17)])
    table = IncidentTable([], {**claimants, **PUBLISHERS}, version="v", datasets=[source])
    rows = pa.concat_tables(table.batches(Filters()))
    (made,), (claim,) = imported_incident_rows(rows, table).to_pylist(), imported_claim_rows(rows, table).to_pylist()
    assert (made["killed_low"], made["killed_high"], claim["low"], claim["high"]) == (18, 17, 18, 17)
    assert "asserts killed 17–18 (people)" in made["claims_in_words"]
    assert table.total(table.selected(Filters()), About.KILLED).toll.low == 17


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
            date_precision=st.sampled_from(["day", "week", "month", "year"]),
            date_end=st.none() | st.dates(date(2025, 3, 1), date(2026, 3, 1)),
            killed_low=KILLED,
            killed_best=KILLED,
            killed_high=KILLED,
            killed_civilians=KILLED,
            injured_low=KILLED,
            injured_high=KILLED,
            crossed_low=KILLED,
            crossed_high=KILLED,
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
        rows=imported_incident_rows(imported_rows, table),
        grounds=tuple(grounds(imported_rows, boundaries())),
        claims=imported_claim_rows(imported_rows, table),
        sources=imported_source_rows(imported_rows, table),
        manifest={},
        about=[],
        layers=boundaries(),
        claimants=PUBLISHERS,
    )
    one_by_one = features(incidents_of(imported_rows, PUBLISHERS), contents.rows.to_pylist(), contents.grounds)
    expected = [json.dumps(feature, ensure_ascii=False) for feature in one_by_one]
    assert list(imported_features(contents)) == expected


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\t=1", "＝1"])
def test_text_cannot_be_a_formula_in_a_file_written_part_by_part(contents, layers, tmp_path, monkeypatch, text):
    monkeypatch.setattr("geo.table.incident_table.MANY", 1)
    source = imported(tmp_path, [imported_row(1, title=text), imported_row(2, title="as it is")])
    parts = Contents.parts(Filters(dataset=("acled",)), IncidentTable.of(contents, [source]), layers)
    FORMATS["csv"].write(parts, tmp_path / "many.csv")
    with (tmp_path / "many.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["title"] for row in csv.DictReader(file)] == [f"'{text}", "as it is"]
