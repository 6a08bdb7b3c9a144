"""The page on data quality as files."""

import csv
import io

import openpyxl
import pytest

from geo.export.quality import quality_csv, quality_workbook
from geo.filters import Filters
from geo.table import IncidentTable
from tests.conftest import make_incident, make_source


def test_csv_has_a_row_for_each_chosen_incident(table):
    filters = Filters(year=(2025,))
    rows = list(csv.DictReader(io.StringIO(quality_csv(filters, table).decode())))
    assert [row["incident"] for row in rows] == [incident.id for incident in table.selected(filters)]
    assert {row["data_version"] for row in rows} == {table.version}


@pytest.fixture(scope="module")
def book(table, layers):
    return openpyxl.load_workbook(io.BytesIO(quality_workbook(Filters(country=("TJ",)), table, layers)))


def test_the_workbook_holds_every_table_and_what_its_columns_mean(book):
    assert book.sheetnames == ["incidents", "months", "outlets", "weak sources", "excluded", "columns", "about"]
    explained = {(row[0], row[1]) for row in book["columns"].iter_rows(min_row=2, values_only=True)}
    columns = {(name, cell.value) for name in book.sheetnames[:-2] for cell in book[name][1]}
    assert explained == columns


def test_months_and_incidents_agree(book, table):
    months = [row[1] for row in book["months"].iter_rows(min_row=2, values_only=True)]
    assert sum(months) == book["incidents"].max_row - 1 == table.count(Filters(country=("TJ",)))


def test_no_cell_is_a_formula(claimants, layers):
    hostile = make_incident(title="=1+1", sources=[make_source(publisher="=2+2", kind="aggregator_or_mirror")])
    table = IncidentTable([hostile], claimants, version="v")
    book = openpyxl.load_workbook(io.BytesIO(quality_workbook(Filters(), table, layers)))
    types = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in types
    assert b"'=1+1" in quality_csv(Filters(), table)


def test_an_empty_choice_is_a_file_without_rows(table, layers):
    nothing = Filters(q="nosuchthing")
    assert quality_csv(nothing, table).count(b"\n") == 1
    assert quality_workbook(nothing, table, layers)
