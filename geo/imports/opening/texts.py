"""Columns of other types than text, written as text the way a person would in a CSV file."""

import json
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from geo.imports.errors import UnreadableError
from geo.imports.opening.limits import BLOCK_BYTES, MIB


def text_column(column: pa.ChunkedArray, name: str) -> pa.ChunkedArray:
    """Write a column as texts without nulls: whole numbers without a point, dates and times as ISO, lists as JSON.

    Raises UnreadableError, in the name of the file, where the texts would pass BLOCK_BYTES.
    """
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _spread(column, name)
    if pa.types.is_floating(kind):
        column = pc.if_else(pc.is_nan(column), None, column)
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind):
        return _by_hand(column)
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        _check_size(pc.sum(pc.binary_length(column)).as_py() or 0, name)
    try:
        texts = pc.fill_null(column.cast(pa.string()), "")
        return _without_zeros(texts) if pa.types.is_timestamp(kind) else texts
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return _by_hand(column)


def _spread(column: pa.ChunkedArray, name: str) -> pa.ChunkedArray:
    """Write out values that stand once and are pointed to, after looking how much that makes."""
    chunks = []
    for chunk in column.chunks:
        values = text_column(pa.chunked_array([chunk.dictionary]), name).combine_chunks()
        lengths = pc.take(pc.binary_length(values), chunk.indices)
        _check_size(pc.sum(lengths).as_py() or 0, name)
        chunks.append(pc.fill_null(pc.take(values, chunk.indices), ""))
    return pa.chunked_array(chunks, pa.string())


def _check_size(size: int, name: str) -> None:
    if size > BLOCK_BYTES:
        raise UnreadableError(name, f"a few of its rows hold more than {BLOCK_BYTES // MIB} MB; is it a table?")


def _without_zeros(times: pa.ChunkedArray) -> pa.ChunkedArray:
    """Leave fractions of a second that are nought away, and midnight, which stands for the day."""
    times = pc.replace_substring_regex(times, r"\.0+(Z?)$", r"\1")
    return pc.replace_substring_regex(times, r" 00:00:00Z?$", "")


def _by_hand(column: pa.ChunkedArray) -> pa.ChunkedArray:
    values = [_text(value) for chunk in column.chunks for value in chunk]
    return pa.chunked_array([pa.array(values, pa.string())])


def _text(value: pa.Scalar) -> str:
    """Write one value of a type that has no plain text of its own."""
    try:
        plain = value.as_py()
    except (ValueError, OverflowError, pa.ArrowException):
        return str(value)
    if plain is None:
        return ""
    if isinstance(plain, bytes):
        return _decoded(plain)
    if isinstance(plain, list | dict | tuple):
        return json.dumps(plain, ensure_ascii=False, default=_in_json)
    return str(plain)


def _in_json(value: Any) -> str:
    return _decoded(value) if isinstance(value, bytes) else str(value)


def _decoded(value: bytes) -> str:
    r"""Read bytes as text where they are; as hexadecimal digits where not.

    >>> _decoded("Khost".encode()), _decoded(b"\xff\x00")
    ('Khost', 'ff00')
    """
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.hex()
