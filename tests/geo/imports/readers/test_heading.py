"""Headers as people make them: under titles and comments, of two lines, of hashtags, or none; rows of totals."""

import csv
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.imports.readers.heading import heading_of, is_data
from geo.imports.readers.opening import open_rows
from geo.imports.readers.source import Asked
from geo.incident.errors import UnreadableError
from tests.geo.imports.readers.reading import by_blocks, by_spans, file_of

NAMES = ("date", "latitude", "longitude", "killed", "country")
DATA = [
    ["2025-10-11", "31.0058", "66.3997", "2", "Afghanistan"],
    ["2025-10-12", "33.8992", "70.1008", "1", "Pakistan"],
]
TAGS = ["#date+occurred", "#geo+lat", "#geo+lon", "#affected+killed", "#country+name"]
TITLE = ["Incidents of October 2025", "", "", "", ""]
BLANK = [""] * 5
TWO = ("Date", "Place", "Killed: Civilians", "Killed: Soldiers", "Latitude")
TWO_DATA = [["2025-10-11", "Khost", "1", "2", "33.3"], ["2025-10-12", "Kunar", "3", "", "34.9"]]
NUMBERED = tuple(f"column {number}" for number in range(1, 6))

CASES = [
    pytest.param([NAMES, *DATA], NAMES, 1, False, id="as it should be"),
    pytest.param([TITLE, BLANK, NAMES, *DATA], NAMES, 3, False, id="under a title and a blank line"),
    pytest.param(
        [TITLE, ["Printed 1 November", "by hand", "", "", ""], NAMES, *DATA], NAMES, 3, False, id="two titles"
    ),
    pytest.param(
        [["", "Ministry", "", "", ""], TITLE, TITLE, NAMES, DATA[0]], NAMES, 4, False, id="three titles, one row"
    ),
    pytest.param([BLANK, BLANK, NAMES, *DATA], NAMES, 3, False, id="under blank lines"),
    pytest.param([["# made by hand", "", "", "", ""], NAMES, *DATA], NAMES, 2, False, id="under a comment"),
    pytest.param([["## a", "b", "c", "d", "e"], NAMES, *DATA], NAMES, 2, False, id="under a comment with commas"),
    pytest.param([NAMES, TAGS, *DATA], NAMES, 1, False, id="hashtags below"),
    pytest.param([TAGS, NAMES, *DATA], NAMES, 1, False, id="hashtags above"),
    pytest.param([TAGS, *DATA], tuple(TAGS), 1, False, id="hashtags alone"),
    pytest.param([TITLE, TAGS, *DATA], tuple(TAGS), 2, False, id="hashtags under a title"),
    pytest.param(DATA, NUMBERED, 0, True, id="none"),
    pytest.param([["11 Oct 2025", "x", "y", "1", "z"], *DATA], NUMBERED, 0, True, id="none, a day in words"),
    pytest.param(
        [["Date", "Place", "Killed", "", "Latitude"], ["", "", "Civilians", "Soldiers", ""], *TWO_DATA],
        TWO,
        1,
        False,
        id="parts below",
    ),
    pytest.param(
        [["", "", "Killed", "", ""], ["Date", "Place", "Civilians", "Soldiers", "Latitude"], *TWO_DATA],
        TWO,
        1,
        False,
        id="groups above",
    ),
    pytest.param(
        [
            ["Date", "Coordinates", "", "Killed", ""],
            ["", "lat", "lon", "men", "women"],
            ["2025-10-11", "33", "69", "1", "2"],
        ],
        ("Date", "lat", "lon", "Killed: men", "Killed: women"),
        1,
        False,
        id="coordinates below a group",
    ),
    pytest.param([["", "Weekly report", "", "", ""], NAMES, *DATA], NAMES, 2, False, id="a title in the second column"),
    pytest.param(
        [TITLE, ["Date", "Place", "Killed", "", "Latitude"], ["", "", "Civilians", "Soldiers", ""], *TWO_DATA],
        TWO,
        2,
        False,
        id="a title and parts below",
    ),
]


def as_csv(path, lines):
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(lines)


def as_xlsx(path, lines):
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append([value or None for value in line])
    book.save(path)


@pytest.mark.parametrize("write", [pytest.param(as_csv, id="csv"), pytest.param(as_xlsx, id="xlsx")])
@pytest.mark.parametrize(("lines", "header", "row", "headerless"), CASES)
def test_the_header_is_found(tmp_path, write, lines, header, row, headerless):  # noqa: PLR0913, PLR0917  # a table
    path = tmp_path / "table"
    write(path, lines)
    rows = open_rows(path)
    assert (rows.header, rows.header_row, rows.headerless) == (header, row, headerless)
    given = [tuple(line) for line in lines if any(is_data(value) for value in line)]
    assert [*by_blocks(path).values()] == given
    assert rows.lines_above[row - 1 if row else 0] == tuple(lines[row - 1 if row else 0])
    if write is as_csv:
        assert by_spans(path) == by_blocks(path)


@pytest.mark.parametrize(
    ("lines", "header"),
    [
        pytest.param(
            [("id", "", "notes"), ("a", "b", "c"), ("1", "b", "d")], ("id", "column 2", "notes"), id="no name"
        ),
        pytest.param([("province", "2019", "2020"), ("Kunar", "1", "2")], ("province", "2019", "2020"), id="years"),
        pytest.param([("#", "date", "place"), ("1", "2025-10-11", "x")], ("#", "date", "place"), id="a number sign"),
        pytest.param(
            [("#id", "date", "place"), ("1", "2025-10-11", "x")], ("#id", "date", "place"), id="a sign before"
        ),
        pytest.param([("title", "notes"), ("a", "b"), ("c", "d")], ("title", "notes"), id="texts only"),
        pytest.param([("notes",), ("a",), ("b",)], ("notes",), id="one column"),
        pytest.param([NAMES], NAMES, id="a header alone"),
    ],
)
def test_an_odd_first_line_is_still_the_header(tmp_path, lines, header):
    path = tmp_path / "table.csv"
    as_csv(path, lines)
    rows = open_rows(path)
    assert (rows.header, rows.header_row) == (header, 1)
    assert [*by_blocks(path).values()] == [tuple(line) for line in lines[1:]]


@pytest.mark.parametrize("write", [pytest.param(as_csv, id="csv"), pytest.param(as_xlsx, id="xlsx")])
@pytest.mark.parametrize(
    ("wanted", "header", "first"),
    [
        pytest.param(3, NAMES, tuple(DATA[0]), id="the third"),
        pytest.param(4, tuple(DATA[0]), tuple(DATA[1]), id="one with values"),
        pytest.param(0, NUMBERED, tuple(TITLE), id="none"),
    ],
)
def test_a_line_that_is_named_is_the_header(tmp_path, write, wanted, header, first):
    path = tmp_path / "table"
    write(path, [TITLE, BLANK, NAMES, *DATA])
    rows = open_rows(path, Asked(header_row=wanted))
    assert (rows.header, rows.header_row) == (header, wanted)
    assert by_blocks(path, header_row=wanted)[1] == first


@pytest.mark.parametrize("write", [pytest.param(as_csv, id="csv"), pytest.param(as_xlsx, id="xlsx")])
@pytest.mark.parametrize("wanted", [2, 99])
def test_a_line_with_nothing_in_it_is_no_header(tmp_path, write, wanted):
    path = tmp_path / "table"
    write(path, [TITLE, BLANK, NAMES, *DATA])
    with pytest.raises(UnreadableError, match=f"line {wanted} .* up to 5, or 0 for none"):
        open_rows(path, Asked(header_row=wanted))


def test_lines_are_counted_with_any_line_end(tmp_path):
    for end in ("\n", "\r\n", "\r"):
        path = file_of(tmp_path, end.join(["Incidents,,", "", "", "date,lat,lon", "2025-10-11,31.5,66.5", ""]).encode())
        rows = open_rows(path)
        assert (rows.header_row, rows.header, rows.lines_above[1:3]) == (4, ("date", "lat", "lon"), ((), ()))


@pytest.mark.parametrize(
    ("line", "rejected"),
    [
        pytest.param("Total,,,3,", True, id="English"),
        pytest.param("TOTAL:,2,,3,", True, id="capitals"),
        pytest.param(",Total,,3,", True, id="in the second column"),
        pytest.param("Итого,,,3,", True, id="Russian"),
        pytest.param("مجموع,,,۳,", True, id="Persian"),
        pytest.param('Grand total,,,"1,203",', True, id="thousands"),
        pytest.param("Total (2 incidents),,,3,", True, id="and more words"),
        pytest.param(" total killed:,,,3,", True, id="a blank before"),
        pytest.param("Totalitarian,,,3,", False, id="another word"),
        pytest.param("Summary,,,3,", False, id="a word that begins alike"),
        pytest.param("2025-10-13,33.1,70.1,Total,Pakistan", False, id="elsewhere in the row"),
        pytest.param("Total,,,3,Pakistan", False, id="a name beside it"),
        pytest.param("Total,2025-10-13,,3,", False, id="a day beside it"),
    ],
)
def test_a_row_of_totals_is_rejected(tmp_path, line, rejected):
    text = io.StringIO()
    csv.writer(text).writerows([NAMES, *DATA])
    path = file_of(tmp_path, (text.getvalue() + line + "\r\n").encode())
    found = by_blocks(path)
    assert (found[3] == "a row of totals, which would be counted twice") is rejected
    assert len(found) == 3
    assert by_spans(path) == found


CELL = st.text(st.characters(categories=("L", "N", "P", "Zs")), max_size=8)


@given(st.lists(st.lists(CELL, min_size=1, max_size=5), min_size=1, max_size=12), st.integers(0, 12) | st.none())
def test_any_lines_have_a_heading_or_a_reason(lines, wanted):
    numbered = [(number, tuple(line)) for number, line in enumerate(lines, 1) if any(value.strip() for value in line)]
    if not numbered:
        return
    try:
        found = heading_of(numbered, "x", wanted=wanted)
    except UnreadableError:
        assert wanted not in {None, 0, *(number for number, _ in numbered)}
        return
    assert len({*found.header}) == len(found.header) > 0
    assert 0 <= found.lines <= len(numbered)
    assert found.headerless is (found.row == 0)
    assert wanted is None or found.row == wanted
