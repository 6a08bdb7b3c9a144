"""Where rows end: as Python's `csv` reads them, and whatever the chunks."""

import csv
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.imports.readers.delimited import cut_into_lots, cut_into_pieces
from geo.imports.readers.dialect import TOO_LONG, UNCLOSED, UNDOUBLED, record_ends
from geo.imports.readers.opening import open_rows
from geo.imports.readers.source import RECORD_BYTES
from tests.geo.imports.readers.reading import by_blocks, by_spans, csv_text, file_of

BYTES = st.text(st.sampled_from('",\n\ra'), max_size=60).map(lambda text: f"{text}\n".encode())


def rows_of(data):
    found = record_ends(data, ",", quoted=True, final=True)
    starts = np.append(0, found.ends[:-1])
    return [data[start:end] for start, end in zip(starts, found.ends, strict=True) if end - start > 1]


@pytest.mark.parametrize(
    ("data", "rows"),
    [
        pytest.param(b"1,2\n3,4\n", [b"1,2\n", b"3,4\n"], id="lines"),
        pytest.param(b"1,2\r\n\r\n\n3,4\n", [b"1,2\r", b"3,4\n"], id="blank lines are no rows"),
        pytest.param(b"1,2\r3,4\r", [b"1,2\r", b"3,4\r"], id="carriage returns only"),
        pytest.param(b'1,"a\nb"\n3,4\n', [b'1,"a\nb"\n', b"3,4\n"], id="a quoted line end"),
        pytest.param(b'1,"a""\n""b"\n3,4\n', [b'1,"a""\n""b"\n', b"3,4\n"], id="doubled quotation marks"),
        pytest.param(b'1,5" gun\n3,4\n', [b'1,5" gun\n', b"3,4\n"], id="a mark inside a value is a character"),
        pytest.param(b'1,"a"b\n3,4\n', [b'1,"a"b\n', b"3,4\n"], id="text after a closed value"),
        pytest.param(b'1,"a\n3,4\n', [b'1,"a\n', b"3,4\n"], id="a value never closed costs its line"),
        pytest.param(b'1,"a\n2,"b"\n3,4\n', [b'1,"a\n', b'2,"b"\n', b"3,4\n"], id="closed by the next value's mark"),
    ],
)
def test_rows(data, rows):
    assert rows_of(data) == rows


def test_a_value_never_closed_is_told():
    assert record_ends(b'1,"a\n3,4\n', ",", quoted=True, final=True).broken == {0: UNCLOSED}


@given(BYTES)
def test_unbroken_bytes_are_cut_as_python_reads_them(data):
    if record_ends(data, ",", quoted=True, final=True).broken:
        return
    expected = [row for row in csv.reader(io.StringIO(data.decode(), newline="")) if row]
    assert [next(csv.reader(io.StringIO(row.decode(), newline=""))) for row in rows_of(data)] == expected


@given(BYTES, st.integers(1, 9), st.integers(1, 4))
def test_chunks_make_no_difference(data, size, rows):
    whole = lots([data], rows)
    assert lots([data[at : at + size] for at in range(0, len(data), size)], rows) == whole


def lots(chunks, rows):
    """Rows of each lot with their faults, which do not depend on where blank lines went."""
    found = []
    for lot in cut_into_lots(cut_into_pieces(chunks, ",", quoted=True), rows=rows):
        held = []
        for piece in lot.pieces:
            starts = np.append(0, piece.ends[:-1])
            held += [
                (piece.data[start:end], piece.broken.get(number))
                for number, (start, end) in enumerate(zip(starts, piece.ends, strict=True))
                if end - start > 1
            ]
        found.append((lot.first_row, lot.rows, held))
    return found


@pytest.mark.parametrize(
    "quote",
    [
        pytest.param(b"", id="plain"),
        pytest.param(b'"', id="quoted"),
    ],
)
@pytest.mark.parametrize("size", [2**20, 3 * 2**20 + 1, 2**26], ids=str)
def test_a_row_that_is_too_long_is_cut_short_and_told(quote, size):
    data = b"1,2\n" + quote + b"x" * (2 * RECORD_BYTES) + quote + b",3\n4,5\n"
    ((_, rows, held),) = lots((data[at : at + size] for at in range(0, len(data), size)), 9)
    assert rows == 3
    assert [why for _, why in held] == [None, TOO_LONG, None]


@pytest.mark.parametrize(
    ("row", "read"),
    [
        pytest.param('1,"Khost "old" bazaar"', UNDOUBLED, id="a word in marks"),
        pytest.param('1,"Khost "old bazaar"', UNDOUBLED, id="one mark"),
        pytest.param('1,"a"b"', UNDOUBLED, id="without spaces"),
        pytest.param('"1 "x" y",Khost', UNDOUBLED, id="in the first column"),
        pytest.param('1,"Khost \\"old\\" bazaar"', UNDOUBLED, id="behind a backslash, in a file of doubled ones"),
        pytest.param('1,"Khost ""old"" bazaar"', ("1", 'Khost "old" bazaar'), id="doubled"),
        pytest.param('1,"""old"" bazaar"', ("1", '"old" bazaar'), id="doubled at the border"),
        pytest.param('1,5" gun and 6" gun', ("1", '5" gun and 6" gun'), id="in a value without marks around it"),
        pytest.param('1,"C:\\a\\"', ("1", "C:\\a\\"), id="a backslash at the end"),
    ],
)
def test_a_mark_that_is_not_doubled_costs_its_row(tmp_path, row, read):
    text = f'id,place\n0,"of ""all"" places"\n{row}\n2,"Kunar"\n'
    path = file_of(tmp_path, text.encode())
    expected = {1: ("0", 'of "all" places'), 2: read, 3: ("2", "Kunar")}
    assert by_blocks(path) == by_spans(path) == by_blocks(path, 1) == expected


DUMPED = [["1", 'Khost "old" bazaar', "x"], ["2", 'a "b", c', "C:\\"], ["3", 'two\n"lines"', ""], ["4", '"all"', "5"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_marks_behind_backslashes_are_read(tmp_path, delimiter):
    options = {"doublequote": False, "escapechar": "\\", "quoting": csv.QUOTE_ALL, "delimiter": delimiter}
    path = file_of(tmp_path, csv_text([["id", "place", "notes"], *DUMPED], **options).encode())
    assert [*by_blocks(path).values()] == [*by_spans(path, 1).values()] == [*map(tuple, DUMPED)]
    assert any("with a backslash" in note for note in open_rows(path).notes)


@given(st.text(st.sampled_from('",\n\\a'), max_size=40), st.integers(1, 9))
def test_chunks_make_no_difference_to_marks_behind_backslashes(text, size):
    data = f'1,"{text}"\n2,3\n'.encode()
    whole = [bytes(one.data) for one in cut_into_pieces([data], ",", quoted=True, escaped=True)]
    parts = (data[at : at + size] for at in range(0, len(data), size))
    assert b"".join(bytes(one.data) for one in cut_into_pieces(parts, ",", quoted=True, escaped=True)) == b"".join(
        whole
    )


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('id,place\n1,"C:\\a\\"\n', id="a backslash at the end of a value"),
        pytest.param('id,place\n1,"a ""b"" \\"c"\n', id="doubled ones as well"),
        pytest.param('id,place\n1,"a \\"b"\n2,"a "b" c"\n', id="more that are neither"),
        pytest.param("id,place\n1,a\\b\n", id="no marks"),
    ],
)
def test_backslashes_are_characters_elsewhere(tmp_path, text):
    rows = open_rows(file_of(tmp_path, text.encode()))
    assert rows.layout is not None
    assert not rows.layout.escaped
    assert not any("backslash" in note for note in rows.notes)
