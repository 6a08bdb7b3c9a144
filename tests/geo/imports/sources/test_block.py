"""What holds for any rows whatever: nothing crashes, and every row is accounted for."""

import pickle

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.datasets.dataset import IMPORT_SCHEMA
from geo.imports.blocks import Malformed
from geo.imports.fields.column_mapping import make_plan
from geo.imports.fields.drafted_rows import MappedBlock
from geo.imports.file_kind import FileKind, Recognised
from geo.imports.parts_made import map_block
from geo.imports.recognition import KINDS
from geo.incident.record import Claimant
from geo.incident.vocabulary import ClaimantKind, Country, LocationPrecision, Subtype
from geo.table.incident_rows import incidents_of
from tests.geo.imports.published import COLUMNS, FETCHED, block_of, mapped, plain, recognised, sheet

pytestmark = pytest.mark.slow

ODD = st.sampled_from(
    [
        *("", "NA", "0", "1", "3", "1.0", "-1", "1e999", "nan", "34,1", "71.1°E", "99999", "1402-01-12", "31/12/2025"),
        *(
            "Ø®ÙˆØ³Øª",
            "\ufeff\u00a0",
            "\x00",
            "\x1f",
            "a\x1fb\x1fc",
            "=1+1",
            "Afghanistan",
            "Pakistan",
            "Iran",
            "\n",
            "“",
        ),
    ]
)
CELL = ODD | st.text(max_size=12)
PLAIN = {field: field for field in ("id", "date_start", "date_end", "latitude", "longitude", "country", "province")}
PLAIN |= {field: field for field in ("place", "category", "killed", "killed_low", "actors", "summary", "title", "url")}
PLAIN |= {field: field for field in ("location_precision", "date_precision", "uncertainty_km", "source")}


class Claimants(dict):
    """Every dataset speaks."""

    def __missing__(self, dataset):
        return Claimant(id=dataset, name=dataset, side="other", kind=ClaimantKind.NGO, independent=True)


@st.composite
def files(draw: st.DrawFn) -> tuple[FileKind, list[str], list[dict[str, str]]]:
    """Rows of a kind, some cells of each replaced by anything."""
    kind = draw(st.sampled_from([*COLUMNS, KINDS["plain"]]))
    columns = list(PLAIN) if kind == KINDS["plain"] else list(COLUMNS[kind][0])
    changes = draw(st.lists(st.dictionaries(st.sampled_from(columns), CELL, max_size=8), max_size=6))
    usual = {"date_start": "2025-10-11", "latitude": "34.1", "longitude": "71.0", "country": "Afghanistan"}
    rows = [{**usual, **change} for change in changes] if kind == KINDS["plain"] else sheet(kind, *changes)[1]
    return kind, columns, rows


def map_rows(kind: FileKind, columns: list[str], rows: list[dict[str, str]], **more: object) -> MappedBlock:
    block = block_of(columns, rows, **more)
    found: Recognised = plain({}) if kind == KINDS["plain"] else recognised(columns, block)
    mapping = PLAIN if kind == KINDS["plain"] else None
    return map_block(block, make_plan(found, retrieved_at=FETCHED, sample=block.table, mapping=mapping))


@given(files())
def test_any_cells_give_rows_that_are_all_accounted_for(file):
    kind, columns, rows = file
    result = map_rows(kind, columns, rows)
    assert result.accepted + result.repaired + result.rejected.num_rows == len(rows)
    assert result.accepted + result.repaired == result.rows.num_rows
    numbers = result.rows["source_row"].to_pylist() + result.rejected["row"].to_pylist()
    assert sorted(numbers) == list(range(1, len(rows) + 1))
    assert [row["raw"] for row in result.rows.to_pylist()] == [
        {column: rows[number - 1].get(column, "") for column in columns}
        for number in result.rows["source_row"].to_pylist()
    ]


@given(files())
def test_kept_rows_are_incidents(file):
    for row in map_rows(*file).rows.to_pylist():
        assert Subtype(row["subtype"]).category == row["category"]
        assert row["country"] in set(Country)
        assert row["date_start"] <= row["date_end"]
        assert 0 < len(row["title"]) <= 80
        assert 0 < len(row["summary"]) <= 400
        located = [row[name] is not None for name in ("lon", "lat", "uncertainty_km", "border_km")]
        assert all(located) or not any(located)
        assert (row["location_precision"] == LocationPrecision.COUNTRY) is not all(located)
        assert (row["geometry"] is not None) <= (row["location_precision"] in {"exact", "near"})


@given(files())
def test_kept_rows_can_be_shown_as_incidents_of_the_record(file):
    result = map_rows(*file)
    assert len(incidents_of(result.rows, Claimants())) == result.rows.num_rows


@given(files())
def test_kept_and_rejected_deaths_are_those_of_the_rows(file):
    result = map_rows(*file)
    ends = zip(*(result.rows[f"killed_{end}"].to_pylist() for end in ("best", "low")), strict=True)
    assert result.sums.best == sum(next((end for end in row if end is not None), 0) for row in ends)


@pytest.mark.parametrize("kind", [*COLUMNS, KINDS["plain"]])
def test_a_block_without_rows_gives_none(kind):
    columns = list(PLAIN) if kind == KINDS["plain"] else list(COLUMNS[kind][0])
    lost = Malformed(row=1, raw_text="x", reason="has 1 value")
    result = map_rows(kind, columns, [], malformed=(lost,))
    assert (result.rows.num_rows, result.rejected.num_rows) == (0, 1)


def test_columns_and_types_are_those_of_imported_rows():
    schema = mapped(KINDS["acled"]).rows.schema
    assert [*schema][: len(IMPORT_SCHEMA)] == [*IMPORT_SCHEMA]
    assert schema.names[len(IMPORT_SCHEMA) :] == ["raw", "geometry"]
    assert schema.field("geometry").type == pa.binary()


def test_rejected_rows_hold_the_columns_of_the_file():
    values = mapped(KINDS["acled"], {"latitude": "x"}).rejected.schema.field("values").type
    assert [field.name for field in values] == list(COLUMNS[KINDS["acled"]][0])


def test_a_plan_can_be_handed_to_a_worker():
    columns, rows = sheet(KINDS["acled"], {})
    block = block_of(columns, rows)
    plan = make_plan(recognised(columns, block), retrieved_at=FETCHED, sample=block.table)
    assert pickle.loads(pickle.dumps(plan)) == plan
    assert map_block(block, pickle.loads(pickle.dumps(plan))).rows.equals(map_block(block, plan).rows)


def test_rows_are_the_same_however_the_file_is_cut_into_blocks():
    columns, rows = sheet(KINDS["acled"], {}, {"admin1": "Kunar"}, {"fatalities": "x"}, {"latitude": "34,1"})
    whole = block_of(columns, rows)
    plan = make_plan(recognised(columns, whole), retrieved_at=FETCHED, sample=whole.table)
    parts = [map_block(block_of(columns, [row], first=number), plan).rows for number, row in enumerate(rows, 1)]
    assert pa.concat_tables(parts).combine_chunks().equals(map_block(whole, plan).rows.combine_chunks())
