"""An import on a cluster, from files anywhere to a release that waits to be accepted as any other."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import dask_geopandas
import geopandas as gpd
import pyarrow as pa
from distributed import Client

from geo.datasets.folder import DataFolder
from geo.datasets.parts import part_name
from geo.imports.blocks import BLOCK_ROWS
from geo.imports.cluster.exchange import TROUBLE, ClusterError, Exchange, File, exchange_within, file_name, find_files
from geo.imports.cluster.tasks import Given, Left, make_parts, part_of, rejected_of, take_out_replaced
from geo.imports.cluster.workers import check_workers, fingerprint
from geo.imports.fields.draft import column_of
from geo.imports.parts_made import PartResult, take_out_repeats
from geo.imports.pipeline import Planned, Prepared, Wanted, before, now, planned, prepared
from geo.imports.progress import Pace, Stage, Told
from geo.imports.readers.source import UnreadableError
from geo.imports.rejected import REJECTED_FILE, RejectedFile
from geo.imports.report import Tally
from geo.language.wording import count_words
from geo.places.boundaries import boundaries

# Files that are imported together: each opened and planned by itself, all into one release of one dataset.

_AT_ONCE: Final = 8
"""Files opened at a time; their beginnings are waited for, not worked on."""


def plan_files(files: Sequence[File], wanted: Wanted, folder: DataFolder) -> tuple[Planned, ...]:
    """Open the files and plan their import; raises UnreadableError for the first that cannot be imported."""
    wanted = replace(wanted, retrieved_at=wanted.retrieved_at or now())
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        return tuple(threads.map(lambda file: _planned(file, wanted, folder), files))


def _planned(file: File, wanted: Wanted, folder: DataFolder) -> Planned:
    try:
        return planned(file, wanted, folder)
    except TROUBLE as error:
        raise UnreadableError(file_name(file), f"it cannot be read: {error}") from error


def together(pattern: str, files: Sequence[Planned]) -> Planned:
    """Return what is known of files as if they were one, by the last of them; a single one as it is.

    Raises UnreadableError where they are not of one kind and one dataset.
    """
    first, last = files[0], files[-1]
    for file in files[1:]:
        if file.plan.kind != first.plan.kind:
            raise UnreadableError(
                file.rows.name,
                f"it is of kind {file.plan.kind}, and {first.rows.name} of kind {first.plan.kind}; import files of one "
                "kind together, or say which with --from",
            )
        if file.plan.dataset != first.plan.dataset:
            raise UnreadableError(
                file.rows.name,
                f"it would go into the dataset {file.plan.dataset}, and {first.rows.name} into {first.plan.dataset}; "
                "name one for all with --dataset",
            )
    if len(files) == 1:
        return first
    header = tuple(dict.fromkeys(name for file in reversed(files) for name in file.rows.header))
    return replace(
        last,
        rows=replace(
            last.rows,
            name=f"{_last_of(pattern)}, {count_words(len(files), 'file')}",
            header=header,
            notes=tuple(f"{file.rows.name}: {note}" for file in files for note in file.notes),
            bytes_total=sum(file.rows.bytes_total for file in files),
        ),
        recognised=replace(last.recognised, notes=()),
    )


def _last_of(pattern: str) -> str:
    r"""Return the last part of a pattern.

    >>> _last_of("s3://bucket/acled/*.csv"), _last_of(r"C:\acled\*.csv")
    ('*.csv', '*.csv')
    """
    return pattern.replace("\\", "/").rsplit("/", 1)[-1]


# Parts read back as one GeoDataFrame of dask-geopandas, and every point looked for in the provinces once more.
# The join of an import is our own; this one is that of GEOS, on the workers, part by part. Whoever has damaged a
# part, or joined it with other provinces, is found out before the release stands.

_JOINED = "joined_province_code"


def check_places(client: Client, parts: Sequence[str]) -> None:
    """Raise ClusterError if a point of the parts at these addresses lies in another province than it is joined to.

    Points on a border of provinces may be joined to either; those outside of all, up to 2 km, to the nearest.
    """
    provinces = boundaries().provinces[["geometry"]].rename_axis("found").reset_index()
    points = dask_geopandas.read_parquet(list(parts), columns=["id", _JOINED, "geometry"])
    found = dask_geopandas.sjoin(provinces.set_crs(points.crs, allow_override=True), points, predicate="intersects")
    wrong = client.compute(found[["found", "id", _JOINED]].map_partitions(_elsewhere, meta={"id": "str"})).result()
    if len(wrong):
        raise ClusterError(
            f"{count_words(len(wrong), 'row')}, {wrong['id'].iloc[0]} among them, do not lie in the province that a "
            "worker joined them to; nothing was changed: import again, and see that the workers' disks are sound"
        )


def _elsewhere(found: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the ids whose point lies in provinces, but not in the one that was joined."""
    right = found.loc[found["found"] == found[_JOINED], "id"]
    return found.loc[~found["id"].isin(right), ["id"]].drop_duplicates()


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
        As of `geo.imports.pipeline.import_file`.

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
