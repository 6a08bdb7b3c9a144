"""What workers are given to do; everything large they read and write themselves, and only counts come back."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from distributed import Client, Future, as_completed
from distributed.client import FutureCancelledError
from distributed.comm.core import CommClosedError
from distributed.scheduler import KilledWorker

from geo.datasets.parts import answer, scanning, write_part
from geo.imports.blocks import Block, Layout, Span
from geo.imports.cluster.exchange import TROUBLE, ClusterError, Exchange, File
from geo.imports.cluster.workers import check_alike
from geo.imports.fields.plan import Plan
from geo.imports.parts_made import PartResult, make_part
from geo.imports.progress import Pace
from geo.imports.readers.delimited import read_span, spans
from geo.imports.readers.opening import open_rows
from geo.imports.readers.source import UnreadableError
from geo.imports.rejected import restored

# What workers are given to do; everything large they read and write themselves, and only counts come back.
# A task may be done twice or again: it writes the same bytes under the same names.


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


# The tasks of an import, given to the workers of a cluster and waited for.


def make_parts(client: Client, files: Sequence[Given], *, block_rows: int, pace: Pace) -> list[list[Left]]:
    """Let the parts of files be made, and return what was left of each file's blocks, in their order.

    Raises ClusterError where workers die of it again and again, or the scheduler is gone.
    """
    left: list[list[Left]] = [[] for _ in files]
    bytes_read = 0
    for number, made in _answers(client, files, block_rows):
        left[number] += made
        bytes_read += sum(one.bytes_read for one in made)
        pace.done(rows=sum(one.result.rows for one in made), bytes_read=bytes_read)
    return [sorted(of_file, key=lambda one: one.key) for of_file in left]


def _answers(client: Client, files: Sequence[Given], block_rows: int) -> Iterator[tuple[int, Sequence[Left]]]:
    """Yield the number of a file with what was left of some of its blocks, as they come."""
    work: dict[Future[Any], tuple[Given, bool]] = {}

    def submit(function: Any, given: Given, *arguments: Any, cut: bool) -> Future[Any]:
        future = client.submit(function, given, *arguments, pure=False)
        work[future] = given, cut
        return future

    started = [
        submit(make_blocks, given, block_rows, cut=False)
        if given.layout is None
        else submit(find_spans, given, given.layout, block_rows, cut=True)
        for given in files
    ]
    waiting = as_completed(started)
    for future in waiting:
        given, cut = work.pop(future)
        answer = _answer(future, given.name)
        if cut:
            for number, span in enumerate(answer):
                waiting.add(submit(make_block, given, given.layout, number, span, cut=False))
        else:
            yield given.number, [answer] if isinstance(answer, Left) else answer


def _answer(future: Future[Any], name: str) -> Any:
    try:
        return future.result()
    except KilledWorker as error:
        raise ClusterError(
            f"{name}: {error.allowed_failures + 1} workers died of the same block; give each of them more memory, or "
            "fewer threads"
        ) from error
    except (FutureCancelledError, CommClosedError) as error:
        raise ClusterError(f"the scheduler is gone ({error}); nothing was changed: import again") from error


# Rows of a file that a later one of the same release holds as well.

_REPLACED: Final = """
SELECT id, filename FROM newer WHERE id IN (SELECT id FROM newer GROUP BY id HAVING count(*) > 1)
QUALIFY row_number() OVER (PARTITION BY id ORDER BY filename DESC) > 1
"""
"""Parts are numbered in the order of the files."""


def take_out_replaced(staged: Path) -> int:
    """Keep the last file's of rows with the same id, and return how many were taken out; no file has an id twice."""
    with scanning(staged, newer=sorted(staged.glob("part-*.parquet"))) as connection:
        found = answer(connection, _REPLACED)
    for name in pc.unique(found["filename"]).to_pylist():
        part = pq.ParquetFile(name).read()
        replaced = pc.is_in(part["id"], found.filter(pc.equal(found["filename"], name))["id"].combine_chunks())
        write_part(part.filter(pc.invert(replaced)).replace_schema_metadata(), Path(name))
    return int(found.num_rows)
