"""The page of claimants as files: its rows, each with speaker and source, and nothing that a spreadsheet would run."""

import csv
import io

import openpyxl
import pytest

from geo.evidence.contradictions import by_claimant, contradictions, widest_gaps
from geo.export.page_files import SHEETS, evidence_csv, evidence_workbook
from geo.incident.vocabulary import Stance
from geo.selection import Filters
from geo.table.incident_table import IncidentTable
from tests.conftest import make_claim, make_incident, make_source

CHOICES = [
    pytest.param(Filters(), id="everything"),
    pytest.param(Filters(year=(2025,)), id="one-year"),
    pytest.param(Filters(q="no such thing"), id="nothing"),
]


def rows_of(name, filters, table) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(evidence_csv(name, filters, table).decode("utf-8-sig"))))


@pytest.mark.parametrize("filters", CHOICES)
def test_the_files_hold_what_the_page_shows(table, filters):
    incidents = table.selected(filters)
    assert {name: len(rows_of(name, filters, table)) for name in SHEETS} == {
        "claimants": len(by_claimant(incidents, table.claimants)),
        "denials": sum(claim.stance is Stance.DENIES for incident in incidents for claim in incident.claims),
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


@pytest.mark.parametrize("filters", CHOICES)
def test_each_denial_stands_once_and_says_what_stands_against_it(table, filters):
    rows = rows_of("denials", filters, table)
    keys = [(row["incident"], row["number"]) for row in rows]
    assert len(set(keys)) == len(keys)
    for row in rows:
        assert all(row[name] for name in ("claimant", "denies", "publisher", "answer", "data_version"))
        said = [row[name] for name in ("contradicts", "beside_it", "running_totals", "own_side_acknowledges")]
        assert (row["answer"] == "nobody on record says the opposite") is not any(said)


def test_a_denial_is_answered_by_an_incident_that_the_filters_leave_out(table):
    whole, part = "2026-02-26-durand-line-border-clash", "2026-02-26-goshta-durbaba-border-clash"
    filters = Filters(q=whole)
    assert part not in {incident.id for incident in table.selected(filters)}
    found = [
        row
        for row in rows_of("denials", filters, table)
        if (row["incident"], row["about"], row["of"]) == (whole, "captured", "Pakistani posts")
    ]
    assert [(part in row["contradicts"], row["answer"]) for row in found] == [(True, "those named in contradicts")]


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
