"""XLSX: sheets, dates that are dates, text that is never a formula."""

import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pytest
from openpyxl.utils import get_column_letter

from geo.export.columns import CLAIM_SCHEMA, DENIAL_SCHEMA, INCIDENT_SCHEMA, SOURCE_SCHEMA
from geo.export.formats import Contents
from geo.export.writing import FORMATS
from geo.export.xlsx_format import write_workbook
from geo.incident.errors import SheetFullError
from geo.incident.vocabulary import Stance
from geo.places.boundaries import boundaries
from geo.selection import Filters
from geo.table.incident_table import IncidentTable
from tests.geo.export.conftest import EVERYTHING, NOTHING, Written, hostile_incident
from tests.geo.export.readers import sheet_rows, workbook

pytestmark = pytest.mark.slow

OF_TJ = Filters(country=("TJ",))
SHEETS = {"incidents": INCIDENT_SCHEMA, "claims": CLAIM_SCHEMA, "denials": DENIAL_SCHEMA, "sources": SOURCE_SCHEMA}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "{=1+1}"])
def test_text_is_never_a_formula(export_of: Callable[..., Path], text: str) -> None:
    path = export_of([hostile_incident(text)], FORMATS["xlsx"])
    cells = [cell for sheet in workbook(path) for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value == text} == {"s"}
    with zipfile.ZipFile(path) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist() if "worksheets" in name)


@pytest.mark.parametrize(
    ("sheet", "names"),
    [pytest.param(sheet, schema.names, id=sheet) for sheet, schema in SHEETS.items()],
)
@pytest.mark.parametrize(
    "filters",
    [
        pytest.param(EVERYTHING, id="everything"),
        pytest.param(NOTHING, id="nothing"),
    ],
)
def test_each_sheet_has_a_frozen_header(written: Written, filters: object, sheet: str, names: list[str]) -> None:
    page = workbook(written(filters, FORMATS["xlsx"]))[sheet]  # type: ignore[arg-type]
    assert [cell.value for cell in page[1]] == names
    assert page.freeze_panes == "B2"


def test_days_are_dates(written: Written) -> None:
    page = workbook(written(EVERYTHING, FORMATS["xlsx"]))["incidents"]
    at = INCIDENT_SCHEMA.names.index("date_start") + 1
    assert isinstance(page.cell(2, at).value, datetime)
    assert page.cell(2, at).number_format == "yyyy-mm-dd"


def test_claims_and_sources_are_all_there(written: Written, table: IncidentTable) -> None:
    path = written(EVERYTHING, FORMATS["xlsx"])
    assert len(sheet_rows(path, "claims")) == sum(len(incident.claims) for incident in table.incidents)
    assert len(sheet_rows(path, "sources")) == sum(len(incident.sources) for incident in table.incidents)


def test_each_denial_has_a_row_with_its_answer(written: Written, table: IncidentTable) -> None:
    rows = sheet_rows(written(EVERYTHING, FORMATS["xlsx"]), "denials")
    assert [(row["incident"], row["number"]) for row in rows] == [
        (incident.id, number)
        for incident in table.selected(EVERYTHING)
        for number, claim in enumerate(incident.claims, 1)
        if claim.stance is Stance.DENIES
    ]
    assert all(row["claimant"] and row["denies"] and row["publisher"] and row["answer"] for row in rows)


@pytest.mark.parametrize(
    ("sheet", "rows"),
    [("incidents", "rows"), ("claims", "claims"), ("denials", "denials"), ("sources", "sources")],
)
def test_a_sheet_that_would_be_cut_off_is_told(table: IncidentTable, monkeypatch, tmp_path, sheet, rows) -> None:
    one = replace(
        Contents.of(OF_TJ, table, boundaries(), format="xlsx"),
        **{
            name: pa.table({"id": ["a", "b"][: 1 + (name == rows)]})
            for name in ("rows", "claims", "denials", "sources")
        },
    )
    monkeypatch.setattr("geo.export.xlsx_format.MOST_ROWS", 3)
    with pytest.raises(SheetFullError, match=f"'{sheet}' would have 4 rows"):
        write_workbook([one, one], tmp_path / "x")
    monkeypatch.setattr("geo.export.xlsx_format.MOST_ROWS", 1)
    with pytest.raises(SheetFullError, match=f"'{sheet}' would have 2 rows, .* at most 1; choose fewer incidents, or"):
        write_workbook([one], tmp_path / "y")


def test_every_column_is_explained(written: Written) -> None:
    explained = {(row["sheet"], row["column"]) for row in sheet_rows(written(EVERYTHING, FORMATS["xlsx"]), "columns")}
    assert explained == {(sheet, name) for sheet, schema in SHEETS.items() for name in schema.names}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("On a map", "Not on this map"),
        ("Rule", "rival claims are never added"),
        ("People killed", "lowest–highest claim"),
        ("Boundaries", "does not recognise the Durand Line"),
        ("Credit", "OpenStreetMap"),
    ],
)
def test_about_says_what_a_hostile_reader_asks(written: Written, line: str, says: str) -> None:
    about = {row["about"]: row["this file"] for row in sheet_rows(written(EVERYTHING, FORMATS["xlsx"]), "about")}
    assert says in about[line]


def test_about_counts_the_chosen(written: Written, table: IncidentTable) -> None:
    strikes = Filters(category=("strike",))
    about = {row["about"]: row["this file"] for row in sheet_rows(written(strikes, FORMATS["xlsx"]), "about")}
    assert about["Incidents"] == f"{table.count(strikes)} of {len(table)} incidents"


@pytest.mark.parametrize(
    ("sheet", "across"),
    [
        *(pytest.param(sheet, None, id=sheet) for sheet in SHEETS),
        pytest.param("columns", 1, id="columns"),
        pytest.param("about", 1, id="about"),
    ],
)
def test_a_sheet_prints_on_pages_that_fit(written: Written, sheet: str, across: int | None) -> None:
    page = workbook(written(EVERYTHING, FORMATS["xlsx"]))[sheet]
    setup = page.page_setup
    assert (setup.orientation, int(setup.paperSize), page.sheet_properties.pageSetUpPr.fitToPage) == (
        "landscape",
        9,
        True,
    )
    assert (page.print_title_rows, page.print_title_cols, setup.fitToHeight) == ("$1:$1", "$A:$A", 0)
    wide = sum(page.column_dimensions[get_column_letter(at)].width for at in range(1, page.max_column + 1))
    pages = setup.fitToWidth or 1
    assert wide / pages < 350  # characters that are still readable
    assert across in (None, pages)
