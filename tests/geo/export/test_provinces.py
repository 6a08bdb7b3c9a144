"""The provinces as files: the rows of the page, and nothing that a spreadsheet would run."""

import csv
import io

import openpyxl
import pytest

from geo.export.page_files import provinces_csv, provinces_workbook
from geo.places.boundaries import Boundaries
from geo.selection import Filters
from geo.table.incident_table import IncidentTable
from tests.conftest import make_incident
from tests.geo.table.parts import imported, imported_row

pytestmark = pytest.mark.slow

CHOICES = [
    pytest.param(Filters(), id="everything"),
    pytest.param(Filters(year=(2025,)), id="one-year"),
    pytest.param(Filters(q="no such thing"), id="nothing"),
]


@pytest.mark.parametrize("filters", CHOICES)
def test_rows_add_up_to_the_choice(filters: Filters, table: IncidentTable, layers: Boundaries) -> None:
    rows = list(csv.DictReader(io.StringIO(provinces_csv(filters, table, layers).decode("utf-8-sig"))))
    assert len(rows) == 47
    assert sum(int(row["incidents"]) - int(row["in_several"]) for row in rows[:-1]) + int(
        rows[-1]["incidents"]
    ) == table.count(filters)
    assert int(rows[-1]["in_several"]) == len(table.shared(filters))


def test_every_row_names_its_rule_and_its_data(table: IncidentTable, layers: Boundaries) -> None:
    rows = csv.DictReader(io.StringIO(provinces_csv(Filters(), table, layers).decode("utf-8-sig")))
    assert {(row["toll_rule"], row["data_version"]) for row in rows} == {("lowest–highest claim", table.version)}


@pytest.mark.parametrize("filters", CHOICES)
def test_every_table_of_the_workbook_adds_up(filters: Filters, table: IncidentTable, layers: Boundaries) -> None:
    book = openpyxl.load_workbook(io.BytesIO(provinces_workbook(filters, table, layers)))
    for name in ("by year", "by category", "year by category"):
        rows = list(book[name].iter_rows(values_only=True))
        assert rows[-1][0] == rows[0][-1] == "All"
        assert rows[-1][-1] == table.count(filters)


def test_the_workbook_explains_every_column(table: IncidentTable, layers: Boundaries) -> None:
    book = openpyxl.load_workbook(io.BytesIO(provinces_workbook(Filters(), table, layers)))
    header = [cell.value for cell in book["provinces"][1]]
    explained = [row[1] for row in book["columns"].iter_rows(min_row=2, values_only=True)]
    assert header == explained


def test_no_cell_of_the_workbook_is_a_formula(claimants, layers: Boundaries) -> None:
    table = IncidentTable([make_incident(title="=1+1")], claimants, version="=1+1")
    book = openpyxl.load_workbook(io.BytesIO(provinces_workbook(Filters(q="=1+1"), table, layers)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(cell.value == "=1+1" for cell in cells)
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_no_cell_of_the_csv_is_a_formula(claimants, layers: Boundaries) -> None:
    table = IncidentTable([make_incident()], claimants, version="=1+1")
    rows = csv.reader(io.StringIO(provinces_csv(Filters(), table, layers).decode("utf-8-sig")))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]


def test_incidents_of_datasets_stand_in_columns_of_their_own(contents, layers: Boundaries, tmp_path) -> None:
    table = IncidentTable.of(contents, [imported(tmp_path, [imported_row(1), imported_row(2)])])
    rows = list(csv.DictReader(io.StringIO(provinces_csv(Filters(), table, layers).decode("utf-8-sig"))))
    columns = ("incidents_curated", "incidents_acled")
    assert all(int(row["incidents"]) == sum(int(row[column]) for column in columns) for row in rows)
    assert {row["province_code"]: row["incidents_acled"] for row in rows if row["incidents_acled"] != "0"} == {
        "AF-KHO": "2"
    }
    book = openpyxl.load_workbook(io.BytesIO(provinces_workbook(Filters(), table, layers)))
    explained = {row[1]: row[2] for row in book["columns"].iter_rows(min_row=2, values_only=True)}
    assert explained["incidents_acled"] == "Of these, incidents from acled; curated is the record itself"
    about = {row[0]: row[1] for row in book["about"].iter_rows(min_row=2, values_only=True)}
    assert about["Datasets"].startswith(f"By dataset: the record {len(contents.incidents)}, acled 2.")
    assert about["Figures of several datasets"] == "Figures of different datasets are not added: they may overlap."


def test_deaths_by_datasets_stand_in_columns_of_their_own(contents, layers: Boundaries, tmp_path) -> None:
    table = IncidentTable.of(contents, [imported(tmp_path, [imported_row(1, killed_low=3, killed_high=9)])])
    rows = {
        r["province_code"]: r
        for r in csv.DictReader(io.StringIO(provinces_csv(Filters(), table, layers).decode("utf-8-sig")))
    }
    told = {code: (row["killed_low_acled"], row["killed_high_acled"]) for code, row in rows.items()}
    assert {code: ends for code, ends in told.items() if any(ends)} == {"AF-KHO": ("3", "9")}
    book = openpyxl.load_workbook(io.BytesIO(provinces_workbook(Filters(), table, layers)))
    explained = {row[1]: row[2] for row in book["columns"].iter_rows(min_row=2, values_only=True)}
    assert "highest figure that acled gives" in explained["killed_high_acled"]


def test_other_people_of_datasets_stand_beside_those_of_their_measure(contents, layers: Boundaries, tmp_path) -> None:
    rows = [imported_row(1, injured_low=5, injured_high=7), imported_row(2, injured_low=20)]
    table = IncidentTable.of(contents, [imported(tmp_path, rows)])
    made = csv.DictReader(io.StringIO(provinces_csv(Filters(), table, layers).decode("utf-8-sig")))
    told = {row["province_code"]: (row["injured_low_acled"], row["injured_high_acled"]) for row in made}
    assert {code: ends for code, ends in told.items() if any(ends)} == {"AF-KHO": ("25", "27")}
    header = list(made.fieldnames or ())
    assert header.index("injured_low_acled") == header.index("injured_differ") + 1
    assert not [name for name in header if name.startswith("crossed_low_")]
    book = openpyxl.load_workbook(io.BytesIO(provinces_workbook(Filters(), table, layers)))
    explained = {row[1]: row[2] for row in book["columns"].iter_rows(min_row=2, values_only=True)}
    assert explained["injured_high_acled"].startswith("People injured, highest figure that acled gives")
