"""XLSX: cells as openpyxl understands them, and sheets that are made to harm."""

import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from geo.imports.readers.excel import cell_text, opened, sheet_rows
from geo.imports.readers.opening import open_rows
from geo.incident.errors import UnreadableError
from tests.geo.imports.readers.reading import by_blocks

TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)
CELL = st.one_of(
    st.none(),
    TEXT,
    TEXT.map(lambda text: CellRichText("a", TextBlock(InlineFont(b=True), f"{text} "), "b")),
    st.booleans(),
    st.integers(-(10**17), 10**17),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["#N/A", "#DIV/0!", 10.0, "010", date(2025, 10, 11), time(17, 30)]),
    st.datetimes(datetime(1901, 1, 1), datetime(2200, 1, 1)),  # noqa: DTZ001  # cells know no zone
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("books")


@given(st.lists(st.lists(CELL, min_size=1, max_size=4), min_size=1, max_size=6))
def test_a_cell_is_what_openpyxl_takes_it_for(folder, rows):
    book = openpyxl.Workbook()
    for row, values in enumerate(rows, 1):
        for column, value in enumerate(values, 1):
            cell = book.active.cell(row, column)
            cell.value = value
            if isinstance(value, str) and value.startswith("="):
                cell.data_type = "s"
    path = folder / "book.xlsx"
    book.save(path)
    plain = openpyxl.load_workbook(path, read_only=True, data_only=True)
    expected = [[cell_text(value) for value in row] for row in plain.active.iter_rows(max_col=4, values_only=True)]
    plain.close()
    with opened(path, "book.xlsx") as read, read.archive.open(*read.sheets.values()) as sheet:
        found = dict(sheet_rows(read, sheet, 4))
    assert [found.get(row, [""] * 4) for row in range(1, len(expected) + 1)] == expected


def with_sheet(folder, rows):
    """A workbook of which the one sheet has rows as they are given."""
    made, path = folder / "made.xlsx", folder / "table.xlsx"
    openpyxl.Workbook().save(made)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = content.replace(b"</sheetData>", rows + b"</sheetData>")
                assert rows in content
            archive.writestr(name, content)
    return path


def line(number, *cells):
    inside = "".join(f'<c r="{at}" t="str"><v>{text}</v></c>' for at, text in cells)
    return f'<row r="{number}">{inside}</row>'.encode()


HEAD = line(1, ("A1", "id"), ("B1", "notes"))


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        pytest.param(
            HEAD + b'<row><c t="inlineStr"><is><t>1</t><rPh><t>x</t></rPh></is></c><c><f>1+1</f><v>2</v></c></row>',
            {1: ("1", "2")},
            id="without addresses",
        ),
        pytest.param(
            HEAD + line(9, ("A9", "1"), ("B9", "a")) + line(4, ("A4", "2"), ("B4", "b")),
            {1: ("1", "a"), 2: ("2", "b")},
            id="out of order",
        ),
        pytest.param(
            HEAD + line(2, ("A2", "1"), ("XFD2", "far")) + line(1_048_576, ("A1048576", "2")),
            {1: "more values than the header's 2", 2: ("2", "")},
            id="far apart",
        ),
    ],
)
def test_every_row_that_stands_there_is_read(tmp_path, rows, found):
    assert by_blocks(with_sheet(tmp_path, rows)) == found


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        pytest.param(HEAD + b"<row>" + b"<c/>" * 20_000 + b"</row>" + HEAD, "it is damaged", id="a row of cells"),
        pytest.param(HEAD + line(1_048_577, ("A1", "x")), "more than 1,048,576 rows", id="rows"),
        pytest.param(HEAD + line(2, ("A2", "x"))[:-6], "it is damaged", id="broken off"),
        pytest.param(HEAD + b'<row><c t="s"><v>7</v></c></row>', "it is damaged", id="no such text"),
        pytest.param(HEAD + b'<row><c r="!1"><v>7</v></c></row>', "it is damaged", id="no such column"),
    ],
)
def test_a_sheet_made_to_harm_is_refused(tmp_path, rows, reason):
    with pytest.raises(UnreadableError, match=reason):
        by_blocks(with_sheet(tmp_path, rows))


def test_shared_texts_are_read_once(tmp_path, monkeypatch):
    path = tmp_path / "book.xlsx"
    book = openpyxl.Workbook()
    for values in (["id", "notes"], [1, "a"], [2, "b"]):
        book.active.append(values)
    book.save(path)
    rows = open_rows(path)
    monkeypatch.setattr("geo.imports.readers.excel.shared_texts", lambda _: pytest.fail("read again"))
    assert [block.table["notes"].to_pylist() for block in rows.blocks()] == [["a", "b"]]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        pytest.param("123456789012345678", "123456789012345678", id="an id"),
        pytest.param("-123456789012345678", "-123456789012345678", id="below zero"),
        pytest.param("1.234567890123457E+17", "123456789012345700", id="with an exponent"),
        pytest.param("12345678901234567890.0", "12345678901234567890", id="with a point"),
        pytest.param("9" * 400, "9" * 400, id="larger than any float"),
        pytest.param("1e999", "inf", id="no number of a spreadsheet"),
        pytest.param("0.10000000000000001", "0.1", id="a fraction"),
        pytest.param("3.0", "3", id="a small one with a point"),
    ],
)
def test_digits_of_a_number_are_kept(tmp_path, written, text):
    cells = f'<c r="A2"><v>{written}</v></c><c r="B2" t="str"><v>x</v></c>'
    path = with_sheet(tmp_path, HEAD + f'<row r="2">{cells}</row>'.encode())
    assert by_blocks(path) == {1: (text, "x")}
