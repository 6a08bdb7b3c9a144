"""An import on a cluster, from files anywhere to a release that waits to be accepted as any other."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
from distributed import Client

from geo.datasets import DataFolder
from geo.datasets.parts import part_name
from geo.imports.block import BLOCK_ROWS
from geo.imports.cluster.alike import fingerprint
from geo.imports.cluster.connect import check_workers
from geo.imports.cluster.exchange import Exchange, exchange_within
from geo.imports.cluster.files import File, find_files
from geo.imports.cluster.places import check_places
from geo.imports.cluster.replaced import take_out_replaced
from geo.imports.cluster.running import make_parts
from geo.imports.cluster.tasks import Given, Left, part_of, rejected_of
from geo.imports.cluster.together import plan_files, together
from geo.imports.mapping.rejecting import column_of
from geo.imports.part import PartResult
from geo.imports.planned import Planned, Wanted
from geo.imports.prepared import Prepared, before, prepared
from geo.imports.progress import Pace, Stage, Told
from geo.imports.rejected import REJECTED_FILE, RejectedFile
from geo.imports.repeats import take_out_repeats
from geo.imports.tally import Tally
from geo.wording import count_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Workers, and how they are used."""

    client: Client
    """Connected; not needed any more once an import waits to be accepted."""
    exchange: str | None = None
    """An address that workers write their parts to, and this machine takes them from; if None they have to see the data
    folder."""
    block_rows: int = BLOCK_ROWS
    """Rows that a worker's thread holds at a time."""


def prepare_on(
    cluster: Cluster, pattern: str, folder: DataFolder, *, progress: Told | None = None, **wanted: Any
) -> Prepared:
    """Do everything of an import but accept it, the rows mapped and joined by the workers of a cluster.

    Parts, report and rejected rows are those of `prepare`. Several files make one release: row numbers are those of
    each file, and of rows with the same id that of the last file stands, as if the files had been imported one after
    the other in the order of their paths; but no file takes out rows of another because it does not have them.

    Parameters
    ----------
    cluster
        Who does it.
    pattern
        A path, an address that fsspec reads, or a pattern of either.
    folder
        Where the dataset is kept.
    progress, wanted
        As of `geo.imports.run.import_file`.

    Raises
    ------
    NoFilesError
        There is no file.
    UnreadableError
        A file cannot be imported, with a sentence that says why.
    ClusterError
        The cluster cannot do it.
    DatasetBusyError
        The dataset is being imported elsewhere.

    """
    began = time.monotonic()
    found = find_files(pattern)
    files = plan_files(found, Wanted(**wanted), folder)
    whole = together(pattern, files)
    before(folder, whole)
    staging = folder.staging(whole.plan.dataset)
    try:
        pace = Pace(bytes_total=whole.rows.bytes_total, told=progress)
        with exchange_within(staging.path, cluster.exchange) as shared:
            check_workers(cluster.client, shared)
            given = _given(found, files, wanted.get("table"), shared)
            left = make_parts(cluster.client, given, block_rows=cluster.block_rows, pace=pace)
            pace.tell(Stage.COMPARING)
            check_places(cluster.client, [shared.address(part_of(one.key)) for of_file in left for one in of_file])
            release = _Release(staging.path, whole.rows.header, shared, several=len(files) > 1)
            of_files = [release.take(file, of_file) for file, of_file in zip(files, left, strict=True)]
        if len(files) > 1:
            whole = _with_replaced(whole, take_out_replaced(staging.path))
        made = prepared(folder, staging, whole, release.tally, of_files=of_files)
        made.report = made.report.model_copy(update={"seconds": round(time.monotonic() - began, 3)})
        pace.tell(Stage.DONE)
    except BaseException:
        staging.close()
        raise
    return made


def _given(found: Sequence[File], files: Sequence[Planned], table: str | None, shared: Exchange) -> list[Given]:
    return [
        Given(
            file=file,
            name=planned.rows.name,
            table=table,
            layout=planned.rows.layout,
            plan=planned.plan,
            number=number,
            exchange=shared,
            expected=fingerprint(),
        )
        for number, (file, planned) in enumerate(zip(found, files, strict=True))
    ]


class _Release:
    """A staged release, filled with what the workers left, in the order of files and blocks."""

    def __init__(self, folder: Path, header: Sequence[str], shared: Exchange, *, several: bool) -> None:
        self._folder, self._header, self._shared, self._several = folder, header, shared, several
        self._parts = 0
        self.tally = Tally(RejectedFile(folder / REJECTED_FILE, header, delimiter=""))

    def take(self, file: Planned, left: Sequence[Left]) -> list[Path]:
        """Take the parts of a file in and count its rows; returns where they are."""
        self.tally.file = RejectedFile(self._folder / REJECTED_FILE, self._header, delimiter=file.rows.delimiter)
        parts = []
        for one in left:
            parts.append(self._folder / part_name(self._parts))
            self._shared.fetch(part_of(one.key), parts[-1])
            self._parts += 1
            result = self._with_rejected(one)
            self.tally.add(replace(result, rejected=self._named(result.rejected, file.rows.name)))
        repeats = take_out_repeats(self._folder, parts, id_column=column_of("id", file.plan))
        self.tally.take_out(replace(repeats, rejected=self._named(repeats.rejected, file.rows.name)))
        return parts

    def _with_rejected(self, one: Left) -> PartResult:
        if not one.rejected:
            return one.result
        path = self._folder / "rejected.arrow"
        self._shared.fetch(rejected_of(one.key), path)
        with pa.ipc.open_file(path) as file:
            rejected = file.read_all()
        path.unlink()
        return replace(one.result, rejected=rejected)

    def _named(self, rejected: pa.Table, name: str) -> pa.Table:
        """Name the file in the reasons where there are several, for row numbers alone do not tell then."""
        if not self._several:
            return rejected
        reasons = [f"{name}: {reason}" for reason in rejected["reason"].to_pylist()]
        at = rejected.schema.get_field_index("reason")
        return rejected.set_column(at, "reason", pa.array(reasons, pa.string()))


def _with_replaced(whole: Planned, replaced: int) -> Planned:
    if not replaced:
        return whole
    note = f"{count_words(replaced, 'row')} replaced by one of a later file with the same id"
    return replace(whole, rows=replace(whole.rows, notes=(*whole.rows.notes, note)))
