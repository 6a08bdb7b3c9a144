"""Tables of HTML, as programs write them under the ending of a workbook."""

import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.imports.readers.opening import open_rows
from geo.incident.errors import UnreadableError
from tests.geo.imports.imported_rows import imported, row
from tests.geo.imports.readers.reading import by_blocks, file_of

HEAD = "<tr><th>date<th>lat<th>lon<th>killed"
LINE = "<tr><td>2025-10-11<td>31.0058<td>66.3997<td>2"
ROW = ("2025-10-11", "31.0058", "66.3997", "2")
ROWS = {1: ROW}


@pytest.mark.parametrize(
    ("page", "rows"),
    [
        pytest.param(f"<html><body><table>{HEAD}{LINE}</table></body></html>", ROWS, id="without end tags"),
        pytest.param(
            "<!DOCTYPE html><table><thead><tr><th>date</th><th>lat</th><th>lon</th><th>killed</th></tr></thead><tbody>"
            "<tr><td>2025-10-11</td><td>31.0058</td><td>66.3997</td><td>2</td></tr></tbody></table>",
            ROWS,
            id="whole",
        ),
        pytest.param(f"<TABLE>{HEAD.upper().lower()}{LINE}</TABLE>", ROWS, id="capitals"),
        pytest.param(f"<html><table><tr><td>menu</table><table>{HEAD}{LINE}</table>", ROWS, id="beside a layout"),
        pytest.param(f"<html><table><tr><td><table>{HEAD}{LINE}</table></table>", ROWS, id="within a layout"),
        pytest.param(f"<html><table>{HEAD}<script>x<y</script>{LINE}</table>", ROWS, id="scripts"),
        pytest.param(f"<table>{HEAD}{LINE.replace('2025-10-11', '2025-10-11&nbsp; <b>')}</table>", ROWS, id="marks"),
        pytest.param(
            f"<table>{HEAD}<tr><td rowspan=2>2025-10-11<td>31.0058<td>66.3997<td>2<tr><td>31.1<td>66.4<td>1</table>",
            {1: ROW, 2: ("2025-10-11", "31.1", "66.4", "1")},
            id="a cell over two rows",
        ),
        pytest.param(
            f"<table><tr><th colspan=4>Clashes{HEAD}{LINE}</table>",
            ROWS,
            id="a title over all",
        ),
    ],
)
def test_a_table_of_a_page_is_read(tmp_path, page, rows):
    assert by_blocks(file_of(tmp_path, page.encode(), "x.xls")) == rows


def test_what_is_read_of_it_is_imported(tmp_path):
    path = file_of(tmp_path, f"<html><table>{HEAD}{LINE}</table>".encode(), "x.xls")
    assert (imported(path).rows, imported(path).kind) == ([row()], "plain")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
def test_letters_are_read_in_their_encoding(tmp_path, encoding):
    words = "خوست ولایت کابل شهر مرز درگیری"
    page = f"<html><table><tr><td>date<td>place<tr><td>2025-10-11<td>{words}</table>"
    path = file_of(tmp_path, page.encode(encoding, "replace"), "x.html")
    assert by_blocks(path)[1][0] == "2025-10-11"
    if encoding != "cp1256":
        assert by_blocks(path)[1][1] == words


def test_of_several_tables_those_to_be_read_are_named(tmp_path):
    path = file_of(tmp_path, f"<html><table>{HEAD}{LINE}</table><table>{HEAD}{LINE}{LINE}</table>".encode())
    with pytest.raises(UnreadableError, match=r"'table 1' \(1 row\) and 'table 2' \(2 rows\)"):
        open_rows(path)
    assert len(by_blocks(path, tables=("table 2",))) == 2


TAGS = ["<table>", "</table>", "<tr>", "<td>", "</td>", "<td rowspan=9 colspan=9>", "<td colspan=99999>", "x", "<!--"]


@given(st.lists(st.sampled_from([*TAGS, "&#0;", "<script>", "<td rowspan=-1>", "2025-10-11"]), max_size=60))
def test_no_page_breaks_the_reader(tmp_path_factory, parts):
    path = file_of(tmp_path_factory.mktemp("page"), ("<html>" + "".join(parts)).encode())
    with suppress(UnreadableError):
        by_blocks(path)


def test_a_binary_workbook_is_named_with_the_way_out(tmp_path):
    with zipfile.ZipFile(tmp_path / "x.xlsb", "w") as book:
        book.writestr("xl/workbook.bin", b"\0")
    with pytest.raises(UnreadableError, match=r"binary workbook of Excel \(XLSB\); save it as XLSX or CSV"):
        open_rows(tmp_path / "x.xlsb")
