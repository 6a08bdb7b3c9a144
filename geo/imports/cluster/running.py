"""The tasks of an import, given to the workers of a cluster and waited for."""

from collections.abc import Iterator, Sequence
from typing import Any

from distributed import Client, Future, as_completed
from distributed.client import FutureCancelledError
from distributed.comm.core import CommClosedError
from distributed.scheduler import KilledWorker

from geo.imports.cluster.errors import ClusterError
from geo.imports.cluster.tasks import Given, Left, find_spans, make_block, make_blocks
from geo.imports.progress import Pace


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
