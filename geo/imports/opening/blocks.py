"""Rows and tables that come in whatever portions, handed on as blocks of so many rows."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

import pyarrow as pa

from geo.imports.block import ROW, Block, Malformed, Rows
from geo.imports.opening.limits import BLOCK_BYTES, RAW_CHARACTERS, SAMPLE_ROWS
from geo.imports.opening.parsing import empty_table
from geo.imports.opening.source import Source


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
    for table in chain.from_iterable(_slices(table) for table in tables):
        waiting.append(table)
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


def _slices(table: pa.Table) -> Iterator[pa.Table]:
    return (table.slice(at, 10_000) for at in range(0, table.num_rows, 10_000))


def _size(tables: Iterable[pa.Table]) -> int:
    return sum(table.nbytes for table in tables)


def _numbered(table: pa.Table, first_row: int, bytes_read: int) -> Block:
    numbers = pa.array(range(first_row, first_row + table.num_rows), pa.int64())
    table = table.append_column(ROW, numbers).combine_chunks()
    return Block(first_row=first_row, table=table, malformed=(), bytes_read=bytes_read)
