"""An import from a file to a release: opened, recognised, mapped block by block, compared, and accepted or not."""

import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

from geo.datasets import DataFolder
from geo.datasets.parts import part_name
from geo.imports.part import PartResult, make_part
from geo.imports.planned import Planned, Wanted, planned
from geo.imports.prepared import Prepared, before, prepared
from geo.imports.progress import Pace, Stage, Told
from geo.imports.rejected import REJECTED_FILE, RejectedFile
from geo.imports.report import Report
from geo.imports.tally import Tally

_WORKERS: Final = 2
_AHEAD: Final = 3
"""Blocks in memory, being mapped or waiting for that."""


def import_file(
    path: Path,
    folder: DataFolder,
    *,
    dry_run: bool = False,
    progress: Told | None = None,
    accept: Callable[[Prepared], bool] | None = None,
    **wanted: Any,
) -> Report:
    """Import a file and return what became of its rows.

    Parameters
    ----------
    path
        The file.
    folder
        Where the dataset is kept.
    dry_run
        Only report; nothing stays.
    progress
        Told how far it has come; may raise Cancelled, and nothing stays.
    accept
        Asked before anything is changed, with the report, the difference and the rejected rows; always if None.
    wanted
        Fields of Wanted: kind, mapping, dataset, retrieved_at, name, table.

    Raises
    ------
    UnreadableError
        The file cannot be imported, with a sentence that says why.
    DatasetBusyError
        The dataset is being imported elsewhere.

    """
    made = prepare(path, folder, progress=progress, **wanted)
    try:
        if made.usable and not dry_run and (accept is None or accept(made)):
            return made.accept()
        return made.report
    finally:
        made.discard()


def prepare(path: Path, folder: DataFolder, *, progress: Told | None = None, **wanted: Any) -> Prepared:
    """Do everything of an import but accept it; parameters and errors as of `import_file`.

    The caller accepts what is returned or discards it; the dataset is locked until then.
    """
    began = time.monotonic()
    file = planned(path, Wanted(**wanted), folder)
    before(folder, file)
    staging = folder.staging(file.plan.dataset)
    try:
        rejected = RejectedFile(staging.path / REJECTED_FILE, file.rows.header, delimiter=file.rows.delimiter)
        tally = Tally(rejected)
        pace = Pace(bytes_total=file.rows.bytes_total, told=progress)
        for part in _parts(file, staging.path, pace):
            tally.add(part)
        pace.tell(Stage.COMPARING)
        made = prepared(folder, staging, file, tally)
        made.report = made.report.model_copy(update={"seconds": round(time.monotonic() - began, 3)})
        pace.tell(Stage.DONE)
    except BaseException:
        staging.close()
        raise
    return made


def _parts(file: Planned, folder: Path, pace: Pace) -> Iterator[PartResult]:
    """Make the parts of a release, in the order of the file; a block is read while others are mapped and written."""
    pending: deque[Future[PartResult]] = deque()
    with ThreadPoolExecutor(_WORKERS, thread_name_prefix="import") as workers:
        try:
            for number, block in enumerate(file.rows.blocks()):
                pending.append(workers.submit(make_part, block, file.plan, folder / part_name(number)))
                while len(pending) >= _AHEAD or (pending and pending[0].done()):
                    yield _told(pending.popleft().result(), pace)
            while pending:
                yield _told(pending.popleft().result(), pace)
        finally:
            workers.shutdown(cancel_futures=True)


def _told(part: PartResult, pace: Pace) -> PartResult:
    pace.done(rows=part.rows, bytes_read=part.bytes_read)
    return part
