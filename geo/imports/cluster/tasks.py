"""What workers are given to do; everything large they read and write themselves, and only counts come back.

A task may be done twice or again: it writes the same bytes under the same names.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa

from geo.imports.block import Block, Layout, Span
from geo.imports.cluster.alike import check_alike
from geo.imports.cluster.exchange import Exchange
from geo.imports.cluster.files import TROUBLE, File
from geo.imports.errors import UnreadableError
from geo.imports.mapping import Plan
from geo.imports.opening import open_rows, read_span, spans
from geo.imports.part import PartResult, make_part
from geo.imports.rejected import restored


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A file as workers are told of it."""

    file: File
    name: str
    table: str | None
    """Which of several tables in it."""
    layout: Layout | None
    """How to read it from the middle; None if that cannot be."""
    plan: Plan
    number: int
    """Its place among the files, from 0."""
    exchange: Exchange
    expected: str
    """What a worker has to be alike with, as `fingerprint` gives it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What a worker has made of a block."""

    key: str
    """Name of the part, and of its rejected rows, in the exchange."""
    result: PartResult
    """Without the rejected rows."""
    rejected: int
    """How many there are."""
    bytes_read: int
    """Of the file, for this block alone."""


def part_of(key: str) -> str:
    """Name the part of a block where it waits."""
    return f"{key}.parquet"


def rejected_of(key: str) -> str:
    """Name the file of a block's rejected rows."""
    return f"{key}.rejected.arrow"


def find_spans(given: Given, layout: Layout, block_rows: int) -> tuple[Span, ...]:
    """Find where the blocks of a file lie."""
    check_alike(given.expected)
    with _told(given):
        rows = open_rows(given.file, name=given.name, table=given.table)
        if rows.layout != layout:
            raise UnreadableError(given.name, "it has changed while it was being read; import it again")
        return spans(given.file, rows, block_rows=block_rows)


def make_block(given: Given, layout: Layout, number: int, span: Span) -> Left:
    """Read one block of a file, map it and leave its part."""
    check_alike(given.expected)
    with _told(given):
        return _leave(read_span(given.file, span, layout), number, given, bytes_read=span.stop - span.start)


def make_blocks(given: Given, block_rows: int) -> tuple[Left, ...]:
    """Read a file that cannot be read from the middle, map it block by block and leave its parts."""
    check_alike(given.expected)
    with _told(given):
        rows = restored(open_rows(given.file, name=given.name, table=given.table))
        left, before = [], 0
        for number, block in enumerate(rows.blocks(block_rows)):
            left.append(_leave(block, number, given, bytes_read=block.bytes_read - before))
            before = block.bytes_read
        return tuple(left)


def _leave(block: Block, number: int, given: Given, *, bytes_read: int) -> Left:
    key = f"{given.number:05d}-{number:05d}"
    result = given.exchange.leave(part_of(key), lambda path: make_part(block, given.plan, path))
    if result.rejected.num_rows:
        given.exchange.leave(rejected_of(key), _writer(result.rejected))
    nothing = result.rejected.schema.empty_table()
    kept = replace(result, rejected=nothing)
    return Left(key=key, result=kept, rejected=result.rejected.num_rows, bytes_read=bytes_read)


def _writer(rows: pa.Table) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        with pa.ipc.new_file(path, rows.schema) as file:
            file.write_table(rows)

    return write


@contextmanager
def _told(given: Given) -> Iterator[None]:
    """Name the file in whatever reading it raises."""
    try:
        yield
    except TROUBLE as error:
        raise UnreadableError(given.name, f"a worker cannot read it or leave its part: {error}") from error
