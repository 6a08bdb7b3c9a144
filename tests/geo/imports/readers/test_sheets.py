"""Sheets of spreadsheets in every format: chosen, hidden, merged, with what stands above the header."""

import zipfile

import openpyxl
import pytest

from geo.imports.readers.opening import open_rows
from geo.imports.readers.source import Asked
from geo.imports.readers.spreadsheet import Merged
from geo.incident.errors import UnreadableError
from tests.fuzz.seeds import OLD_WORKBOOK
from tests.geo.imports.readers.reading import by_blocks

# Workbooks written as each program does. A sheet is rows, ranges that are merged, and whether it is hidden.

HEADER = ("date", "place", "killed")
ROWS = [["2025-10-11", "Khost", 1], ["2025-10-12", "Kunar", 2]]
READ = {1: ("2025-10-11", "Khost", "1"), 2: ("2025-10-12", "Kunar", "2")}
NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
}


def write_xlsx(path, sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, (rows, merged, hidden) in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([value if value != "" else None for value in row])
        for top, left, bottom, right in merged:
            sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
        sheet.sheet_state = "hidden" if hidden else "visible"
    path.parent.mkdir(exist_ok=True)
    book.save(path)


def ods_cell(value, span):
    down, right = span
    spanned = f' table:number-rows-spanned="{down}" table:number-columns-spanned="{right}"' if span != (1, 1) else ""
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value}"{spanned}/>'
    if str(value).startswith("2025-"):
        return (
            f'<table:table-cell office:value-type="date" office:date-value="{value}"{spanned}>\n<text:p>?</text:p>'
            "</table:table-cell>"
        )
    text = f"<text:p>{value}</text:p>" if value else ""
    return f'<table:table-cell office:value-type="string"{spanned}>{text}</table:table-cell>'


def ods_rows(rows, merged):
    begins = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in merged}
    for number, row in enumerate(rows, 1):
        cells = "\n".join(ods_cell(value, begins.get((number, at), (1, 1))) for at, value in enumerate(row, 1))
        yield f'<table:table-row>\n{cells}<table:table-cell table:number-columns-repeated="16000"/></table:table-row>\n'


def ods(path, tables):
    declared = " ".join(f'xmlns:{name}="{url}"' for name, url in NAMES.items())
    styles = (
        '<office:automatic-styles><style:style style:name="h"><style:table-properties table:display="false"/>'
        "</style:style></office:automatic-styles>"
    )
    content = (
        f"<office:document-content {declared}>{styles}<office:body><office:spreadsheet>{tables}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<m/>")
        archive.writestr("content.xml", f"<?xml version='1.0'?>\n{content}")
    return path


def write_ods(path, sheets):
    tables = ""
    for title, (rows, merged, hidden) in sheets.items():
        style = ' table:style-name="h"' if hidden else ""
        tables += (
            f'<table:table table:name="{title}"{style}><table:table-column/>{"".join(ods_rows(rows, merged))}'
            '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row></table:table>'
        )
    ods(path, tables)


def test_days_of_an_ods_are_counted_from_where_it_says(tmp_path):
    cells = "".join(ods_rows([["date", "note"], [44479, "a"], ["2025-10-12", "b"]], ()))
    settings = (
        '<table:calculation-settings><table:null-date table:date-value="1904-01-01"/></table:calculation-settings>'
    )
    for begin, first in ((settings, "2025-10-11"), ("", "44479")):
        path = tmp_path / "rows.ods"
        ods(path, f'{begin}<table:table table:name="a">{cells}</table:table>')
        assert by_blocks(path) == {1: (first, "a"), 2: ("2025-10-12", "b")}
        assert any("counted from 1904" in note for note in open_rows(path).notes) is bool(begin)


@pytest.mark.parametrize(
    ("mode", "day", "said"),
    [pytest.param(b"\0", "2025-10-11", False, id="usual"), pytest.param(b"\1", "2029-10-12", True, id="1904")],
)
def test_an_xls_says_from_where_its_days_are_counted(tmp_path, mode, day, said):
    path = tmp_path / "rows.xls"
    path.write_bytes(OLD_WORKBOOK.replace(b"\x22\0\2\0\0\0", b"\x22\0\2\0" + mode + b"\0"))
    assert by_blocks(path)[1][0] == day
    assert any("counted from 1904" in note for note in open_rows(path).notes) is said


WRITERS = [pytest.param(write_xlsx, id="xlsx"), pytest.param(write_ods, id="ods")]
TABLE = [list(HEADER), *ROWS]


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize("block_rows", [1, 100])
def test_a_sheet_is_a_table(tmp_path, write, block_rows):
    path = tmp_path / "book.dat"
    write(path, {"only": (TABLE, (), False), "empty": ([], (), False)})
    assert open_rows(path).header == HEADER
    assert by_blocks(path, block_rows) == READ
    with zipfile.ZipFile(tmp_path / "book.zip", "w") as archive:
        archive.write(path, "book.ods" if write is write_ods else "book.xlsx")
    assert by_blocks(tmp_path / "book.zip") == READ


@pytest.mark.parametrize("write", WRITERS)
def test_several_sheets_are_named_with_their_counts_and_read_as_one(tmp_path, write):
    path = tmp_path / "book.dat"
    write(path, {"October": (TABLE, (), False), "November": (TABLE[:2], (), False)})
    with pytest.raises(UnreadableError, match=r"'October' \(2 rows\) and 'November' \(1 row\)") as refused:
        open_rows(path)
    assert refused.value.choices == ("October", "November")
    assert by_blocks(path, tables=("October",)) == READ
    rows = open_rows(path, Asked(tables=("October", "November")))
    assert rows.header == (*HEADER, "sheet")
    assert by_blocks(path, tables=["October", "November"]) == {
        1: (*READ[1], "October"),
        2: (*READ[2], "October"),
        3: (*READ[1], "November"),
    }
    with pytest.raises(UnreadableError, match="none is called 'May'"):
        open_rows(path, Asked(tables=("October", "May")))


@pytest.mark.parametrize("write", WRITERS)
def test_a_hidden_sheet_is_read_where_it_is_named(tmp_path, write):
    path = tmp_path / "book.dat"
    other = [["code", "words"], ["1", "a"]]
    write(path, {"incidents": (TABLE, (), False), "codes": (other, (), True)})
    assert by_blocks(path) == READ
    assert any("hidden sheet left out: 'codes'" in note for note in open_rows(path).notes)
    assert by_blocks(path, tables=("codes",)) == {1: ("1", "a")}


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize(
    ("rows", "merged", "header", "expected"),
    [
        pytest.param(
            [["date", "place"], ["2025-10-11", "a"], ["", "b"], ["", "c"], ["2025-10-12", "d"]],
            [(2, 1, 4, 1)],
            ("date", "place"),
            [("2025-10-11", "a"), ("2025-10-11", "b"), ("2025-10-11", "c"), ("2025-10-12", "d")],
            id="a day over three rows",
        ),
        pytest.param(
            [["date", "place", "n"], ["2025-10-11", "Khost", 1], ["", "", 2]],
            [(2, 1, 3, 1), (2, 2, 3, 2)],
            ("date", "place", "n"),
            [("2025-10-11", "Khost", "1"), ("2025-10-11", "Khost", "2")],
            id="two columns",
        ),
        pytest.param(
            [["Incidents", "", ""], ["date", "place", "n"], ["2025-10-11", "Khost", 1]],
            [(1, 1, 1, 3)],
            ("date", "place", "n"),
            [("2025-10-11", "Khost", "1")],
            id="a title over all",
        ),
        pytest.param(
            [["date", "Killed", "", "n"], ["", "men", "women", ""], ["2025-10-11", 1, 2, 3]],
            [(1, 1, 2, 1), (1, 2, 1, 3), (1, 4, 2, 4)],
            ("date", "Killed: men", "Killed: women", "n"),
            [("2025-10-11", "1", "2", "3")],
            id="a header of two rows",
        ),
        pytest.param(
            [["", "Killed", "", ""], ["date", "men", "women", "latitude"], ["2025-10-11", 1, 2, 3]],
            [(1, 2, 1, 3)],
            ("date", "Killed: men", "Killed: women", "latitude"),
            [("2025-10-11", "1", "2", "3")],
            id="groups above",
        ),
    ],
)
def test_what_is_merged_is_meant_for_all(tmp_path, write, rows, merged, header, expected):  # noqa: PLR0913, PLR0917
    path = tmp_path / "book.dat"
    write(path, {"only": (rows, merged, False)})
    assert open_rows(path).header == header
    assert [*by_blocks(path).values()] == expected
    down = any(bottom > top for top, _, bottom, _ in merged)
    assert any("merged over several rows" in note for note in open_rows(path).notes) is down


@pytest.mark.parametrize("write", WRITERS)
def test_what_is_merged_in_one_sheet_is_not_in_the_next(tmp_path, write):
    path = tmp_path / "book.dat"
    rows = [["date", "n"], ["2025-10-11", 1], ["", 2]]
    write(path, {"one": (rows, [(2, 1, 3, 1)], False), "two": (rows, (), False)})
    assert by_blocks(path, tables=["one", "two"]) == {
        1: ("2025-10-11", "1", "one"),
        2: ("2025-10-11", "2", "one"),
        3: ("2025-10-11", "1", "two"),
        4: ("", "2", "two"),
    }


COUNTED = [["date", "place", "killed", "year", "LAT_DD"], ["2025-10-11", "a", 12, 2025, 31.5]]
NOT_REPEATED = "over several rows was read in the first of them and not repeated"
NONE_REPEATED = NOT_REPEATED.replace("was", "were")
OVER_TWO = [(2, column, 3, column) for column in (1, 3, 4, 5)]


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize(
    ("rows", "merged", "expected", "notes"),
    [
        pytest.param(
            [*COUNTED, ["", "b", "", "", ""]],
            OVER_TWO,
            ("2025-10-11", "b", "", "2025", "31.5"),
            [
                "3 values merged over several rows were used for each of them",
                f"a number merged {NOT_REPEATED}, as it may be a count: 'killed'",
            ],
            id="a toll and what is none",
        ),
        pytest.param(
            [["date", "killed", "wounded"], ["2025-10-11", 1, 2], ["2025-10-12", "", ""]],
            [(2, 2, 3, 2), (2, 3, 3, 3)],
            ("2025-10-12", "", ""),
            [
                f"2 numbers merged {NONE_REPEATED}, as they may be counts: 'killed' and 'wounded'",
            ],
            id="only tolls",
        ),
        pytest.param(
            [["date", "killed"], ["2025-10-11", "many"], ["2025-10-12", ""]],
            [(2, 2, 3, 2)],
            ("2025-10-12", "many"),
            ["a value merged over several rows was used for each of them"],
            id="a word for a toll",
        ),
    ],
)
def test_a_merged_count_is_of_one_row(tmp_path, write, rows, merged, expected, notes):  # noqa: PLR0913, PLR0917
    path = tmp_path / "book.dat"
    write(path, {"only": (rows, merged, False)})
    assert by_blocks(path)[2] == expected
    assert [*open_rows(path).notes] == notes


def formulas_in_xlsx(path, times):
    rows = [["a", "b", "c"], *[["x", "=1+1", "y"]] * times]
    write_xlsx(path, {"only": (rows, (), False)})
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    extra = (
        b'<row r="90000"><c r="A90000" t="str"><f>T("")</f><v></v></c><c r="B90000"><f>1+1</f><v>2</v></c></row>'
        b'<row r="90001"><c r="A90001"><f t="shared" si="0"/></c><c r="B90001"><v>2</v></c></row></sheetData>'
    )
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b"</sheetData>", extra)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def formulas_in_ods(path, times):
    cells = '<table:table-cell table:formula="of:=1+1"/>', CELL, '<table:table-cell table:formula="of:=2"/>'
    stored = '<table:table-cell table:formula="of:=2" office:value-type="float" office:value="2"/>'
    empty = '<table:table-cell table:formula="of:=2" office:value-type="string"/>'
    rows = [CELL * 3, *["".join(cells[:2])] * times, cells[2] + CELL, stored + CELL, empty + CELL]
    inside = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    ods(path, f'<table:table table:name="a">{inside}</table:table>')


@pytest.mark.parametrize("write", [formulas_in_xlsx, formulas_in_ods], ids=["xlsx", "ods"])
@pytest.mark.parametrize("times", [0, 2, 5_000])
def test_formulas_without_a_result_are_counted(tmp_path, write, times):
    write(tmp_path / "x.dat", times)
    (note,) = [note for note in open_rows(tmp_path / "x.dat").notes if "formula" in note]
    cells = (
        f"{times + 1:,} cells hold formulas without a result, and were"
        if times
        else "1 cell holds a formula without a result, and was"
    )
    assert note.replace(",", "") == f"{cells} read as empty: open the file in a spreadsheet and save it".replace(
        ",", ""
    )


def hidden_in_xlsx(path, hidden):
    book = openpyxl.Workbook()
    for row in TABLE:
        book.active.append(row)
    for number in hidden:
        book.active.row_dimensions[number].hidden = True
    book.active.row_dimensions[9].hidden = True
    book.active.column_dimensions["C"].hidden = True
    book.save(path)


def hidden_in_ods(path, hidden):
    rows = [row.replace("\n", "") for row in ods_rows(TABLE, ())]
    for number in hidden:
        rows[number - 1] = rows[number - 1].replace("<table:table-row", '<table:table-row table:visibility="filter"')
    rows.append('<table:table-row table:visibility="collapse"><table:table-cell/></table:table-row>')
    ods(path, f'<table:table table:name="a">{"".join(rows)}</table:table>')


@pytest.mark.parametrize("write", [hidden_in_xlsx, hidden_in_ods], ids=["xlsx", "ods"])
@pytest.mark.parametrize(
    ("hidden", "note"),
    [
        pytest.param([], None, id="none"),
        pytest.param([2], "1 row is hidden in the sheet, and was read like the others", id="one"),
        pytest.param([2, 3], "2 rows are hidden in the sheet, and were read like the others", id="two"),
    ],
)
def test_hidden_rows_are_read_and_said(tmp_path, write, hidden, note):
    write(tmp_path / "x.dat", hidden)
    assert by_blocks(tmp_path / "x.dat") == READ
    found = [one for one in open_rows(tmp_path / "x.dat").notes if "hidden" in one]
    assert found == ([note] if note else [])


def test_merged_values_reach_no_row_that_is_blank(tmp_path):
    path = tmp_path / "book.xlsx"
    write_xlsx(path, {"only": ([["date", "n"], ["2025-10-11", 1]], [(2, 1, 1_000, 1)], False)})
    assert by_blocks(path) == {1: ("2025-10-11", "1")}


def test_only_so_many_ranges_are_kept():
    merged = Merged()
    for number in range(200_010):
        merged.add(number, 1, number + 1, 1)
    assert merged.ranges == 200_000


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        pytest.param('office:value-type="float" office:value="2.50"', "2.5", id="a number"),
        pytest.param('office:value-type="percentage" office:value="0.5"', "0.5", id="a share"),
        pytest.param('office:value-type="date" office:date-value="2025-10-11T00:00:00"', "2025-10-11", id="midnight"),
        pytest.param(
            'office:value-type="date" office:date-value="2025-10-11T08:30:00"', "2025-10-11 08:30:00", id="time"
        ),
        pytest.param('office:value-type="boolean" office:boolean-value="true"', "true", id="true"),
        pytest.param('office:value-type="string" office:string-value="x"', "x", id="a text aside"),
    ],
)
def test_values_are_read_and_not_how_they_look(tmp_path, cell, text):
    rows = (
        "<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p>"
        "</table:table-cell></table:table-row><table:table-row><table:table-cell "
        f"{cell}/><table:table-cell><office:annotation><dc:date>x</dc:date><text:p>said</text:p></office:annotation>"
        "<text:p>two<text:s text:c='2'/>words</text:p><text:p>on lines</text:p></table:table-cell></table:table-row>"
    )
    path = ods(tmp_path / "x.ods", f'<table:table table:name="a">{rows}</table:table>')
    assert by_blocks(path) == {1: (text, "two  words\non lines")}


CELL = "<table:table-cell><text:p>a</text:p></table:table-cell>"
LAST = "<table:table-row>" + CELL * 2 + "</table:table-row>"


@pytest.mark.parametrize(
    "inside",
    [
        pytest.param(
            LAST + f'<table:table-row table:number-rows-repeated="1e9">{CELL}</table:table-row>', id="no number"
        ),
        pytest.param(
            LAST + f'<table:table-row table:number-rows-repeated="99999999">{CELL}</table:table-row>',
            id="too many rows",
        ),
        pytest.param(LAST + "<a>" * 300, id="deep"),
        pytest.param(LAST + "</table:table-row>", id="broken"),
    ],
)
def test_a_sheet_made_to_harm_is_refused(tmp_path, inside):
    path = ods(tmp_path / "x.ods", f'<table:table table:name="a">{inside}</table:table>')
    with pytest.raises(UnreadableError, match="cannot be read as ODS"):
        by_blocks(path)


def test_an_old_workbook_is_read(tmp_path):
    path = tmp_path / "x.dat"
    path.write_bytes(OLD_WORKBOOK)
    rows = open_rows(path)
    assert (rows.header, rows.header_row) == (HEADER, 3)
    assert by_blocks(path) == {1: ("2025-10-11", "Khost", "1"), 2: ("2025-10-11", "Кунар", "2.5")}
    assert by_blocks(path, tables=("codes",)) == {1: ("x",)}


@pytest.mark.parametrize("content", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5_000), b"\xd0\xcf\x11\xe0"])
def test_a_damaged_old_workbook_is_refused(tmp_path, content):
    path = tmp_path / "x.xls"
    path.write_bytes(content)
    with pytest.raises(UnreadableError, match="a pre-2007 Office document"):
        open_rows(path)
