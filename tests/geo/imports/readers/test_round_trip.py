"""Whatever table Python's `csv` writes comes back: each row once, under its number, with its values."""

import csv
from typing import NamedTuple

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from geo.imports.readers.opening import open_rows
from geo.imports.recognition import is_hashtag_row
from tests.geo.imports.readers.reading import HEADER, by_blocks, by_spans, csv_text, file_of, numbered

LINE_ENDS = "\r\n"
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
TRICKY = st.text(st.sampled_from("\",;\t|\n\r a1ش#é'\ufeff"), max_size=8)
TOLD = ("utf-8", "utf-8-sig", "utf-16")
NAMED = ("cp1252", "cp1256", "utf-16-le", "utf-16-be", "utf-32")


class Written(NamedTuple):
    data: bytes
    header: tuple[str, ...]
    rows: list[list[str]]
    options: dict[str, str]


@st.composite
def written(draw, encodings):
    """A table in any of the dialects that need no escape character."""
    encoding = draw(st.sampled_from(encodings))
    delimiter = draw(st.sampled_from(",;\t|"))
    quoting, ends = draw(st.sampled_from([(how, ends) for how in range(4) for ends in ("\r\n", "\n", "\r")]))
    unsafe = {csv.QUOTE_MINIMAL: set(LINE_ENDS) - set(ends), csv.QUOTE_NONE: {'"', delimiter, *LINE_ENDS}}
    cell = (TEXT | TRICKY).filter(lambda text: not set(text) & unsafe.get(quoting, set()))
    cell = cell.filter(lambda text: text.encode(encoding, "replace").decode(encoding, "replace") == text)
    width = draw(st.integers(2, len(HEADER)))
    rows = draw(st.lists(st.lists(cell, min_size=width, max_size=width), max_size=10))
    assume(not rows or not is_hashtag_row(rows[0]))
    header = HEADER[:width]
    text = csv_text([header, *rows], delimiter=delimiter, quoting=quoting, lineterminator=ends)
    return Written(text.encode(encoding), header, rows, {} if encoding in TOLD else {"encoding": encoding})


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("tables")


COMMA_IN_A_CELL = Written(b'"id";"event date"\r\n"";"\r,1"\r\n', ("id", "event date"), [["", "\r,1"]], {})
"""By its commas all but the first line can be read."""


@given(written(TOLD), st.integers(1, 5))
@example(COMMA_IN_A_CELL, 1)
def test_each_row_comes_back_once(folder, table, block_rows):
    path = file_of(folder, table.data)
    assert open_rows(path).header == table.header
    assert by_blocks(path, block_rows) == numbered(table.rows)


@given(written(NAMED), st.integers(1, 5))
def test_each_row_comes_back_where_the_encoding_is_named(folder, table, block_rows):
    assert by_blocks(file_of(folder, table.data), block_rows, **table.options) == numbered(table.rows)


@given(written(("utf-8", "utf-8-sig", "cp1252")), st.integers(1, 5))
def test_spans_hold_the_same_rows(folder, table, block_rows):
    path = file_of(folder, table.data)
    assert by_spans(path, block_rows, **table.options) == numbered(table.rows)


@given(st.lists(TEXT | TRICKY, max_size=10), st.integers(1, 5))
def test_a_single_column_comes_back(folder, values, block_rows):
    assume(not values or not is_hashtag_row(values[:1]))
    text = csv_text([["notes"], *([value] for value in values)], quoting=csv.QUOTE_ALL)
    path = file_of(folder, f"sep=,\n{text}".encode())
    assert by_blocks(path, block_rows) == numbered([value] for value in values)


@given(st.binary(max_size=200) | st.text(st.sampled_from('",;\t|\n\r a\0é'), max_size=60).map(str.encode))
def test_any_bytes_read_alike_by_blocks_and_by_spans(folder, tail):
    path = file_of(folder, b"sep=,\nid,notes\n" + tail)
    found = by_blocks(path, 2, encoding="utf-8")
    assert found == by_spans(path, 2, encoding="utf-8")


@given(st.text(st.sampled_from('",\n\r a'), max_size=60))
def test_any_bytes_read_alike_whatever_the_size_of_blocks(folder, tail):
    path = file_of(folder, b"sep=,\nid,notes\n" + tail.encode())
    assert by_blocks(path, 1) == by_blocks(path, 100)
