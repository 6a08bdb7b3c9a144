"""Where rows end: as Python's `csv` reads them, and whatever the chunks."""

import csv
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.imports.readers.delimited import cut_into_lots, cut_into_pieces
from geo.imports.readers.dialect import TOO_LONG, UNCLOSED, record_ends
from geo.imports.readers.source import RECORD_BYTES

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
