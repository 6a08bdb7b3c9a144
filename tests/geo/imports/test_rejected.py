"""Rejected rows written down, and read again as they came."""

import csv
import io

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.imports.blocks import ROW
from geo.imports.parts_made import MARKS, RejectedFile, guarded, without_marks

HEADER = ("id", "notes")


def rejected(*rows):
    """Rejected rows as the mapping gives them: row, values or the text of what could not be read."""
    values = pa.struct([(name, pa.string()) for name in HEADER])
    entries = [
        {"row": row, "field": "notes", "raw": given if isinstance(given, str) else "", "reason": "is wrong",
         "values": None if isinstance(given, str) else dict(zip(HEADER, given, strict=True))}
        for row, given in rows
    ]  # fmt: skip
    schema = pa.schema([("row", pa.int64()), *((name, pa.string()) for name in ("field", "raw", "reason"))])
    return pa.Table.from_pylist(entries, schema.append(pa.field("values", values)))


def written(path, *batches, delimiter=","):
    file = RejectedFile(path, HEADER, delimiter=delimiter)
    for batch in batches:
        file.add(rejected(*batch))
    return list(csv.reader(io.StringIO(path.read_bytes().decode(), newline="")))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "rejected.csv"


def test_the_header_is_written_once_and_rows_in_their_order(path):
    lines = written(path, [(3, ("a", "x")), (2, "b,y")], [(7, ("c", "z"))])
    assert lines[0] == [*HEADER, *MARKS]
    assert [line[:3] for line in lines[1:]] == [["b", "y", "2"], ["a", "x", "3"], ["c", "z", "7"]]


def test_without_rows_there_is_no_file(path):
    RejectedFile(path, HEADER, delimiter=",").add(rejected())
    assert not path.exists()


@pytest.mark.parametrize(
    ("text", "delimiter", "cells"),
    [
        ("a,b,c", ",", ["a", "b"]),
        ("a", ",", ["a", ""]),
        ("a;b", ";", ["a", "b"]),
        ('"a', ",", ["a", ""]),
        ("", ",", ["", ""]),
        ("=cmd()", ",", ["'=cmd()", ""]),
    ],
)
def test_a_row_that_fits_no_header_is_cut_as_far_as_it_goes(path, text, delimiter, cells):
    (_, line) = written(path, [(1, text)], delimiter=delimiter)
    assert line[:2] == cells


def test_columns_of_an_earlier_rejection_are_not_written_twice(path):
    RejectedFile(path, (*HEADER, *MARKS), delimiter=",").add(rejected((1, ("a", "x"))))
    assert next(csv.reader(path.open(encoding="utf-8"))) == [*HEADER, *MARKS]


@given(st.lists(st.tuples(st.text(), st.text()), min_size=1))
def test_rows_come_back_as_they_came(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("rejected") / "rejected.csv"
    sound = [tuple(cell.encode("utf-8", "replace").decode() for cell in row) for row in rows]
    head, *lines = written(path, [(number, row) for number, row in enumerate(sound, 1)])
    table = pa.table({name: [line[at] for line in lines] for at, name in enumerate(head)})
    read = without_marks(table.append_column(ROW, pa.array(range(len(lines)))))
    assert read.column_names == [*HEADER, ROW]
    assert list(zip(*(read[name].to_pylist() for name in HEADER), strict=True)) == sound


@given(st.text() | st.sampled_from(["=1+1", "@x", "-1", "+1,5", "'=x", "''-", "\t", "＝1"]))
def test_no_cell_is_a_formula(text):
    cell = guarded(text)
    assert not cell.startswith(("=", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
    assert not cell.startswith(("+", "-")) or cell.strip("+-.,0123456789eE") == ""


def test_a_table_without_the_marks_is_not_touched():
    table = pa.table({"id": ["'=1"], "rejected_row": ["1"]})
    assert without_marks(table) is table
