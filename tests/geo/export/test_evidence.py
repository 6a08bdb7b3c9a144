"""The page of claimants as files: its rows, each with speaker and source, and nothing that a spreadsheet would run."""

import csv
import io

import openpyxl
import pytest

from geo.contradictions import by_claimant, contradictions, widest_gaps
from geo.export.evidence import SHEETS, evidence_csv, evidence_workbook
from geo.filters import Filters
from geo.table import IncidentTable
from tests.conftest import make_claim, make_incident, make_source

CHOICES = [Filters(), Filters(year=(2025,)), Filters(q="no such thing")]


def rows_of(name, filters, table) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(evidence_csv(name, filters, table).decode())))


@pytest.mark.parametrize("filters", CHOICES, ids=["everything", "one-year", "nothing"])
def test_the_files_hold_what_the_page_shows(table, filters):
    incidents = table.selected(filters)
    assert {name: len(rows_of(name, filters, table)) for name in SHEETS} == {
        "claimants": len(by_claimant(incidents, table.claimants)),
        "contradictions": len(contradictions(incidents, table.claimants)),
        "gaps": len(widest_gaps(incidents)),
    }


def test_every_figure_has_its_speaker_and_its_source(table):
    for row in rows_of("gaps", Filters(), table):
        assert all(row[f"{end}_claimant"] and row[f"{end}_publisher"] for end in ("lowest", "highest"))
        assert int(row["highest"]) - int(row["lowest"]) == int(row["apart"])


def test_the_widest_gap_of_the_night_is_told(table):
    night = Filters(group=("durand-line-clashes-2025-10-11",))
    first = rows_of("gaps", night, table)[0]
    assert (first["lowest"], first["highest_figure"], first["times"]) == ("9", "at least 200", "22.22")
    assert first["highest_claimant"] == "Pakistan military (ISPR)"


def test_the_workbook_explains_every_column(table, layers):
    book = openpyxl.load_workbook(io.BytesIO(evidence_workbook(Filters(), table, layers)))
    headers = [(name, cell.value) for name in SHEETS for cell in book[name][1]]
    assert headers == [row[:2] for row in book["columns"].iter_rows(min_row=2, values_only=True)]


def test_no_cell_is_a_formula(claimants, layers):
    said = [make_claim(note="=1+1"), make_claim(by="pk-ispr", value=9, note="=1+1")]
    table = IncidentTable(
        [make_incident(claims=said, sources=[make_source(publisher="=1+1")])], claimants, version="=1+1"
    )
    book = openpyxl.load_workbook(io.BytesIO(evidence_workbook(Filters(), table, layers)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    plain = [cell for name in SHEETS for row in rows_of(name, Filters(), table) for cell in row.values()]
    assert "'=1+1" in plain
    assert not [cell for cell in plain if cell.startswith("=")]
