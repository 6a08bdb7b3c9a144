"""Tables of other types than text, and with geometries, as blocks of texts with longitude and latitude."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyproj
import shapely

from geo.apart import pulse
from geo.imports.blocks import ROW, Block, Malformed, Rows
from geo.imports.readers.delimited import empty_table
from geo.imports.readers.source import BATCH_BYTES, BLOCK_BYTES, COLUMNS, MIB, RAW_CHARACTERS, SAMPLE_ROWS, Source
from geo.imports.recognition import column_names
from geo.incident.errors import UnreadableError
from geo.language.messages import say
from geo.places.plane import WGS84

# Columns of other types than text, written as text the way a person would in a CSV file.


def text_column(column: pa.ChunkedArray, name: str) -> pa.ChunkedArray:
    """Write a column as texts without nulls: whole numbers without a point, dates and times as ISO, lists as JSON.

    Raises UnreadableError, in the name of the file, where the texts would pass BATCH_BYTES.
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
    if size > BATCH_BYTES:
        raise UnreadableError(name, say("read-large-rows", mb=BATCH_BYTES // MIB))


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


# Rows and tables that come in whatever portions, handed on as blocks of so many rows.


_PULSE_ROWS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Unread:
    """A row that cannot be read, in place of its values."""

    raw_text: str
    reason: str


def blocks_of_rows(
    rows: Iterable[Sequence[str] | Unread], header: tuple[str, ...], block_rows: int, consumed: Callable[[], int]
) -> Iterator[Block]:
    """Gather rows of as many values as the header has into blocks, smaller ones where they pass BLOCK_BYTES."""
    gathered = _Gathered(header)
    for row in rows:
        gathered.add(row)
        if not gathered.rows % _PULSE_ROWS:
            pulse()
        if gathered.rows == block_rows or gathered.size > BLOCK_BYTES:
            yield gathered.block(consumed())
            gathered = _Gathered(header, first_row=gathered.first_row + gathered.rows)
    if gathered.rows:
        yield gathered.block(consumed())


@dataclass(slots=True)
class _Gathered:
    header: tuple[str, ...]
    first_row: int = 1
    rows: int = 0
    size: int = 0
    values: list[Sequence[str]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    malformed: list[Malformed] = field(default_factory=list)

    def add(self, row: Sequence[str] | Unread) -> None:
        number = self.first_row + self.rows
        self.rows += 1
        if isinstance(row, Unread):
            self.malformed.append(Malformed(row=number, raw_text=row.raw_text[:RAW_CHARACTERS], reason=row.reason))
            return
        self.values.append(row)
        self.numbers.append(number)
        self.size += sum(map(len, row))

    def block(self, bytes_read: int) -> Block:
        columns = zip(*self.values, strict=True) if self.values else ((),) * len(self.header)
        arrays = [pa.array(column, pa.string()) for column in columns]
        return Block(
            first_row=self.first_row,
            table=pa.table([*arrays, pa.array(self.numbers, pa.int64())], names=[*self.header, ROW]),
            malformed=tuple(self.malformed),
            bytes_read=bytes_read,
        )


def blocks_of_tables(tables: Iterable[pa.Table], block_rows: int, consumed: Callable[[], int]) -> Iterator[Block]:
    """Cut tables of texts, one after the other, into blocks, smaller ones where they pass BLOCK_BYTES."""
    first_row = 1
    waiting: list[pa.Table] = []
    for part in (table.slice(at, 10_000) for table in tables for at in range(0, table.num_rows, 10_000)):
        pulse()
        waiting.append(part)
        while (held := sum(part.num_rows for part in waiting)) >= block_rows or _size(waiting) > BLOCK_BYTES:
            joined = pa.concat_tables(waiting)
            head = joined.slice(0, block_rows)
            waiting = [joined.slice(block_rows)] if held > block_rows else []
            yield _numbered(head, first_row, consumed())
            first_row += head.num_rows
    if waiting:
        yield _numbered(pa.concat_tables(waiting), first_row, consumed())


def rows_of_blocks(
    source: Source, header: tuple[str, ...], notes: tuple[str, ...], read: Callable[[int], Iterator[Block]]
) -> Rows:
    """Describe an opened file that is not delimited text, with a look at its first rows."""
    return Rows(
        name=source.name,
        header=header,
        headerless=False,
        notes=notes,
        encoding="utf-8",
        delimiter="",
        bytes_total=source.size,
        sample=next((block.table for block in read(SAMPLE_ROWS)), empty_table(header)),
        layout=None,
        read=read,
    )


def _size(tables: Iterable[pa.Table]) -> int:
    return sum(table.nbytes for table in tables)


def _numbered(table: pa.Table, first_row: int, bytes_read: int) -> Block:
    numbers = pa.array(range(first_row, first_row + table.num_rows), pa.int64())
    table = table.append_column(ROW, numbers).combine_chunks()
    return Block(first_row=first_row, table=table, malformed=(), bytes_read=bytes_read)


# Tables with a geometry column, Parquet's and GeoPackage's, as tables of texts with longitude and latitude.

_PLACE: Final = ("longitude", "latitude")
_DECIMALS: Final = 8
"""Kept of degrees that are computed: about a millimetre."""


@dataclass(frozen=True, slots=True)
class Typed:
    """How the columns of a table become texts."""

    name: str
    """The file's, for messages."""
    kept: tuple[int, ...]
    """Numbers of the columns that become texts."""
    header: tuple[str, ...]
    notes: tuple[str, ...]
    geometry: int | None
    """Number of the column with points in WKB, where no other columns say where a row is."""
    transformer: pyproj.Transformer | None
    """Turns coordinates into WGS84; None where they are."""

    @classmethod
    def of(cls, names: Sequence[str], *, geometry: int | None, crs: object, name: str) -> "Typed":
        """Plan a table's texts; raises UnreadableError for too many columns or an unknown coordinate system."""
        kept = tuple(number for number in range(len(names)) if number != geometry)
        if len(kept) > COLUMNS:
            raise UnreadableError(name, say("read-too-many-columns", columns=len(kept), most=COLUMNS))
        plain = [names[number] for number in kept]
        if set(_PLACE) <= {one.strip().lower() for one in plain}:
            geometry = None
        header, notes = column_names([*plain, *(() if geometry is None else _PLACE)])
        transformer = None if geometry is None else _to_wgs84(crs, name)
        return cls(name, kept, header, notes, geometry, transformer)

    def texts(self, table: pa.Table) -> pa.Table:
        """Write the values of some rows as texts, without nulls."""
        columns = [text_column(table.column(number), self.name) for number in self.kept]
        if self.geometry is not None:
            columns += _place(table.column(self.geometry), self.transformer)
        return pa.table(columns, names=list(self.header))

    def check_points(self, table: pa.Table) -> None:
        """Raise UnreadableError where the rows have shapes, and none of them is a point."""
        if self.geometry is None:
            return
        shapes = shapely.from_wkb(_wkb(table.column(self.geometry)), on_invalid="ignore")
        kinds = {shape.geom_type for shape in shapes if shape is not None}
        if kinds and "Point" not in kinds:
            raise UnreadableError(self.name, say("read-no-points", shapes=min(kinds)))


def _to_wgs84(crs: object, name: str) -> pyproj.Transformer | None:
    if crs is None:
        return None
    try:
        given = pyproj.CRS.from_user_input(crs)
        if given.equals(WGS84, ignore_axis_order=True) or given.to_authority() == ("OGC", "CRS84"):
            return None
        return pyproj.Transformer.from_crs(given, WGS84, always_xy=True)
    except pyproj.exceptions.ProjError as error:
        raise UnreadableError(name, say("read-unknown-crs")) from error


def _place(column: pa.ChunkedArray, transformer: pyproj.Transformer | None) -> list[pa.ChunkedArray]:
    """Write points as longitude and latitude, "" where there is none or another shape."""
    shapes = shapely.from_wkb(_wkb(column), on_invalid="ignore")
    x, y = shapely.get_x(shapes), shapely.get_y(shapes)
    if transformer is not None:
        x, y = (np.round(values, _DECIMALS) for values in transformer.transform(x, y))
    return [_texts(x), _texts(y)]


def _wkb(column: pa.ChunkedArray) -> np.ndarray:
    values = column.to_pylist()
    return np.array([value if isinstance(value, bytes) and value else None for value in values], object)


def _texts(values: np.ndarray) -> pa.ChunkedArray:
    return pa.chunked_array([[repr(value) if np.isfinite(value) else "" for value in values.tolist()]], pa.string())
