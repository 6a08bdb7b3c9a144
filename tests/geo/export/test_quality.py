"""The page on data quality as files."""

import csv
import io
from datetime import date

import openpyxl
import pytest

from geo.aggregate.coverage import coverage, coverage_by_ground
from geo.evidence.similar import similar_pairs
from geo.export.page_files import quality_csv, quality_workbook
from geo.selection import Filters
from geo.sentences import when
from geo.table.incident_table import IncidentTable
from tests.conftest import make_incident, make_source


def test_csv_has_a_row_for_each_chosen_incident(table):
    filters = Filters(year=(2025,))
    rows = list(csv.DictReader(io.StringIO(quality_csv(filters, table).decode("utf-8-sig"))))
    assert [row["incident"] for row in rows] == [incident.id for incident in table.selected(filters)]
    assert {row["data_version"] for row in rows} == {table.version}


@pytest.fixture(scope="module")
def book(table, layers):
    return openpyxl.load_workbook(io.BytesIO(quality_workbook(Filters(country=("TJ",)), table, layers)))


def test_the_workbook_holds_every_table_and_what_its_columns_mean(book):
    assert book.sheetnames == [
        *("incidents", "months", "by ground", "outlets", "weak sources", "may be one", "excluded"),
        *("columns", "about"),
    ]
    explained = {(row[0], row[1]) for row in book["columns"].iter_rows(min_row=2, values_only=True)}
    columns = {(name, cell.value) for name in book.sheetnames[:-2] for cell in book[name][1]}
    assert explained == columns


def test_months_and_incidents_agree(book, table):
    months = [row[1] for row in book["months"].iter_rows(min_row=2, values_only=True)]
    assert sum(months) == book["incidents"].max_row - 1 == table.count(Filters(country=("TJ",)))


def test_borders_and_provinces_stand_in_it_as_on_the_page(book, table, layers):
    head, *rows = book["by ground"].iter_rows(values_only=True)
    found = [dict(zip(head, row, strict=True)) for row in rows]
    shown = coverage_by_ground(Filters(country=("TJ",)), table, layers, coverage())
    counted = [(row.kind.value, row.code, row.year, row.incidents, row.outlets) for row in shown]
    assert [tuple(row[n] for n in ("kind", "code", "year", "incidents", "outlets")) for row in found] == counted
    assert all(row["gaps"] for row in found if row["code"] == "afghan_tajik_border" and row["year"] > 2021)


def test_months_are_those_of_the_choice(table, layers):
    made = openpyxl.load_workbook(io.BytesIO(quality_workbook(Filters(year=(2023,)), table, layers)))
    months = [row[0].date() for row in made["months"].iter_rows(min_row=2, values_only=True)]
    assert months == [date(2023, month, 1) for month in range(1, 13)]


def test_a_day_that_is_not_known_has_words_beside_it(table):
    rows = list(csv.DictReader(io.StringIO(quality_csv(Filters(), table).decode("utf-8-sig"))))
    assert {row["incident"]: row["when"] for row in rows} == {i.id: when(i) for i in table.incidents}


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


def test_pairs_that_may_be_one_stand_with_what_differs(table, layers):
    filters = Filters(year=(2025,))
    book = openpyxl.load_workbook(io.BytesIO(quality_workbook(filters, table, layers)))
    rows = list(book["may be one"].iter_rows(min_row=2, values_only=True))
    pairs = [pair for pair in similar_pairs(table.selected(filters)) if pair.may_be_one]
    assert [(row[0], row[2], row[6]) for row in rows] == [(p.one.id, p.other.id, p.same_cluster) for p in pairs]
    assert all(row[7] for row in rows)
