"""Import on a Dask cluster: workers map blocks of files, wherever these are, into one staged release."""

import gc
import glob
import hashlib
import logging
import os
import platform
import secrets
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, TypeVar

import dask_geopandas
import fsspec
import geopandas as gpd
import pyarrow as pa
from distributed import Client, Future, LocalCluster, as_completed
from distributed.client import FutureCancelledError
from distributed.comm.core import CommClosedError
from distributed.scheduler import KilledWorker
from fsspec.core import OpenFile, url_to_fs

from geo import LIBRARY_FOLDER, PROGRAM_FOLDER
from geo.apart import TemporaryFolder
from geo.datasets.folder import DataFolder
from geo.datasets.object_storage import is_address, remote_errors
from geo.datasets.parts import answer, part_name, scanning
from geo.imports.blocks import BLOCK_ROWS, Block, Layout, Span
from geo.imports.fields.column_mapping import Plan
from geo.imports.fields.drafted_rows import column_of
from geo.imports.parts_made import (
    REJECTED_FILE,
    PartResult,
    RejectedFile,
    make_part,
    take_out,
    take_out_repeats,
)
from geo.imports.pipeline import Planned, Prepared, Wanted, completed, now, planned, staged
from geo.imports.readers.delimited import read_span, spans
from geo.imports.readers.source import RemoteFile
from geo.imports.report import Pace, ProgressCallback, Stage, Tally
from geo.incident.errors import UnreadableError
from geo.language.messages import LANGUAGE, say
from geo.places.boundaries import boundaries

# Errors of imports on a cluster; their messages are shown to the person who started one.


class WorkersError(RuntimeError):
    """The cluster cannot be used; the message says what is wrong with it and what to do."""


class NoFilesError(ValueError):
    """A path, an address or a pattern, held by `pattern`, matches no file."""

    def __init__(self, pattern: str, reason: str) -> None:
        self.pattern = pattern
        super().__init__(f"{pattern}: {reason}")


# Finding files by a path, an address or a pattern, wherever fsspec reads from.

File = Path | RemoteFile

_WILD: Final = frozenset("*[")
"""Characters that make a pattern; a question mark does not, since it may be part of an address."""


def find_files(pattern: str) -> tuple[File, ...]:
    """Return the matching files, sorted by path; folders are left out.

    Raises NoFilesError if there are none, or the place cannot be listed.
    """
    found = _elsewhere(pattern) if is_address(pattern) else _on_disk(pattern)
    if not found:
        raise NoFilesError(pattern, say("cluster-no-file"))
    return found


def file_name(file: File) -> str:
    """Return a file's name without its folders."""
    return (file.as_posix() if isinstance(file, Path) else file.path).rsplit("/", 1)[-1]


def _on_disk(pattern: str) -> tuple[File, ...]:
    wild = _WILD & set(pattern)
    paths = [Path(name) for name in glob.glob(pattern, recursive=True)] if wild else [Path(pattern)]  # noqa: PTH207  # Path.glob takes no absolute pattern
    return tuple(sorted(path.resolve() for path in paths if path.is_file()))


def _elsewhere(pattern: str) -> tuple[File, ...]:
    try:
        system, path = url_to_fs(pattern)
        if not _WILD & set(path):
            names = [path] if system.isfile(path) else []
        else:
            names = [name for name, about in system.glob(path, detail=True).items() if about["type"] == "file"]
    except ImportError as error:
        raise NoFilesError(pattern, f"{error}") from error
    except ValueError as error:
        known = ", ".join(sorted(fsspec.available_protocols()))
        raise NoFilesError(pattern, say("cluster-no-protocol", error=error, known=known)) from error
    except remote_errors() as error:
        raise NoFilesError(pattern, say("cluster-cannot-look", error=error)) from error
    if "file" in system.protocol:
        return tuple(sorted(Path(name).resolve() for name in names))
    return tuple(OpenFile(system, name) for name in sorted(names))


# Where workers write their results: a folder that all of them see, or a place in object storage. A file appears there
# only when complete, and has the same content whoever writes it, so a task may run twice and a worker may die anytime.

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A place where workers write files; picklable, so that it can be sent to them."""

    place: str
    """A folder's path, or an address that fsspec writes to."""

    def address(self, name: str) -> str:
        """Return the address of a file."""
        return f"{self.place}/{name}"

    def leave(self, name: str, make: Callable[[Path], Made]) -> Made:
        """Call `make` with a temporary path, put the complete file in place, and return what `make` returned."""
        if is_address(self.place):
            with TemporaryFolder() as folder:
                path = folder / name
                made = make(path)
                system, address = url_to_fs(self.address(name))
                system.put_file(str(path), address)
            return made
        path = Path(self.place, name)
        new = path.with_name(f".{name}.{secrets.token_hex(4)}.new")
        try:
            made = make(new)
            new.replace(path)
        finally:
            new.unlink(missing_ok=True)
        return made

    def fetch(self, name: str, to: Path) -> None:
        """Fetch a file to a path on this machine; raises WorkersError if that fails."""
        try:
            if is_address(self.place):
                system, address = url_to_fs(self.address(name))
                system.get_file(address, str(to))
            else:
                Path(self.place, name).replace(to)
        except remote_errors() as error:
            raise WorkersError(say("cluster-part-lost", part=self.address(name), error=error)) from error

    def sees(self, name: str) -> bool:
        """Return whether a file exists."""
        if is_address(self.place):
            system, address = url_to_fs(self.address(name))
            return bool(system.isfile(address))
        return Path(self.place, name).is_file()


@contextmanager
def exchange_within(folder: Path, address: str | None) -> Iterator[Exchange]:
    """Create a temporary exchange within a folder or, if given, at an address.

    Raises WorkersError if nothing can be written at the address.
    """
    name = f"exchange-{secrets.token_hex(4)}"
    if address is None:
        place = folder / name
        place.mkdir()
        try:
            yield Exchange(place.as_posix())
        finally:
            shutil.rmtree(place, ignore_errors=True)
        return
    exchange = Exchange(f"{address.rstrip('/')}/{name}")
    try:
        exchange.leave("begun", lambda path: path.write_bytes(b""))
    except (*remote_errors(), ValueError) as error:  # type: ignore[misc]  # mypy knows no unpacked tuples here
        raise WorkersError(say("cluster-cannot-write", address=address, error=error)) from error
    try:
        yield exchange
    finally:
        system, path = url_to_fs(exchange.place)
        with suppress(*remote_errors()):  # leftovers do no harm, and are recognisable by their name
            system.rm(path, recursive=True)


# Checking that workers are alike: another version of a library or of this program could map a block differently.

_LIBRARIES: Final = (
    *("cloudpickle", "dask", "dask-geopandas", "distributed", "duckdb", "fsspec", "ftfy"),
    *(
        "geopandas",
        "hijridate",
        "jdatetime",
        "numpy",
        "openpyxl",
        "pandas",
        "pyarrow",
        "pyogrio",
        "pyproj",
        "python-calamine",
        "s3fs",
    ),
    *("shapely",),
)
_CODE: Final = "code"
_LAYERS: Final = "data/boundaries"


@cache
def fingerprint() -> str:
    """Return what workers must have in common, one "name version" per line."""
    alike = {
        "Python": ".".join(platform.python_version_tuple()[:2]),
        **{name: version(name) for name in _LIBRARIES},
        _CODE: _digest(LIBRARY_FOLDER, "geo", "*.py", "*.csv", "*.ftl"),
        _LAYERS: _digest(PROGRAM_FOLDER, _LAYERS, "*.geojson"),
        "INCIDENT_MAP_LANGUAGE": LANGUAGE,
    }
    return "\n".join(f"{name} {value}" for name, value in alike.items())


def check_alike(expected: str) -> None:
    """Raise WorkersError, naming the differences, if this process does not have the expected fingerprint."""
    actual = fingerprint()
    if actual != expected:
        pairs = zip(actual.splitlines(), expected.splitlines(), strict=False)
        different = "; ".join(_difference(here, there) for here, there in pairs if here != there)
        raise WorkersError(say("cluster-worker-differs", worker=platform.node(), differences=different))


def _difference(here: str, there: str) -> str:
    (name, local), other = here.rsplit(" ", 1), there.rsplit(" ", 1)[1]
    return say("cluster-difference", what=say("cluster-this-code") if name == _CODE else name, here=local, there=other)


def _digest(root: Path, folder: str, *patterns: str) -> str:
    """Return a shortened SHA-256 hash of files, independent of their line endings."""
    digest = hashlib.sha256()
    for path in sorted(path for pattern in patterns for path in (root / folder).rglob(pattern)):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:12]


# Connecting to a scheduler, or to workers started on this machine.

LOCAL_CLUSTER: Final = "local"
_PATIENCE_S: Final = 15
_SEEN: Final = "seen"


@contextmanager
def connected(address: str, *, workers: int | None = None) -> Iterator[Client]:
    """Yield a client of the scheduler at an address; for "local", of new workers here, one per CPU by default.

    Raises WorkersError if the scheduler does not answer, or fewer than `workers` (at least one) join it.
    """
    if address == LOCAL_CLUSTER:
        with (
            LocalCluster(
                n_workers=workers or os.cpu_count() or 1,
                threads_per_worker=1,
                dashboard_address="127.0.0.1:0",
                silence_logs=logging.CRITICAL,
            ) as cluster,
            Client(cluster) as client,
        ):
            yield client
        return
    with _client(address) as client:
        try:
            client.wait_for_workers(workers or 1, timeout=_PATIENCE_S)
        except TimeoutError as error:
            there = len(client.scheduler_info(n_workers=-1)["workers"])
            values = {"address": address, "there": there, "wanted": workers or 1}
            raise WorkersError(say("cluster-few-workers", **values)) from error
        yield client


def check_workers(client: Client, exchange: Exchange) -> None:
    """Raise WorkersError unless all workers have the same code and versions, and can read the exchange."""
    exchange.leave(_SEEN, lambda path: path.write_bytes(b""))
    try:
        answers = client.run(_looked, exchange, fingerprint(), on_error="return")
    except (ImportError, AttributeError, TypeError) as error:
        raise WorkersError(say("cluster-worker-lacks", error=error)) from error
    for worker, result in answers.items():
        if isinstance(result, WorkersError):
            raise result
        if isinstance(result, BaseException):
            raise WorkersError(say("cluster-worker-lacks", error=f"{worker}: {result}")) from result
        if not result:
            raise WorkersError(say("cluster-worker-sees-nothing", worker=worker, place=exchange.place))


def _looked(exchange: Exchange, expected: str) -> bool:
    check_alike(expected)
    return exchange.sees(_SEEN)


def _client(address: str) -> Any:
    # Garbage-collecting a client that found no scheduler stops its loop, and would block while another client starts.
    gc.collect()
    gc.disable()
    try:
        return Client(address, timeout=_PATIENCE_S)
    except (OSError, ValueError) as error:
        raise WorkersError(say("cluster-no-scheduler", address=address, error=error)) from error
    finally:
        gc.enable()


# The tasks of workers. They read and write everything large themselves, and return only counts. A task may run more
# than once: it writes the same bytes under the same names.


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Description of a file for the workers."""

    file: File
    name: str
    wanted: Wanted
    """How to read it."""
    layout: Layout | None
    """How to read it from the middle; None if that is impossible."""
    plan: Plan
    number: int
    """Its index among the files, from 0."""
    exchange: Exchange
    expected: str
    """The `fingerprint` that workers must have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What a worker made of a block."""

    key: str
    """Base name of the part and of its rejected rows in the exchange."""
    result: PartResult
    """The result without the rejected rows."""
    rejected: int
    """Number of rejected rows."""
    bytes_read: int
    """Bytes of the file read for this block alone."""


def part_of(key: str) -> str:
    """Return the name of a block's part in the exchange."""
    return f"{key}.parquet"


def rejected_of(key: str) -> str:
    """Return the name of the file with a block's rejected rows in the exchange."""
    return f"{key}.rejected.arrow"


def find_spans(given: Given, layout: Layout, block_rows: int) -> tuple[Span, ...]:
    """Find the spans of a file's blocks."""
    check_alike(given.expected)
    with _naming_file(given):
        rows = given.wanted.as_it_is(given.file)
        if rows.layout != layout:
            raise UnreadableError(given.name, say("read-changed"))
        return spans(given.file, rows, block_rows=block_rows)


def make_block(given: Given, layout: Layout, number: int, span: Span) -> Left:
    """Read one block of a file, map it and write its part to the exchange."""
    check_alike(given.expected)
    with _naming_file(given):
        return _leave(read_span(given.file, span, layout), number, given, bytes_read=span.stop - span.start)


def make_blocks(given: Given, block_rows: int) -> tuple[Left, ...]:
    """Read a file that cannot be read from the middle, map it block by block and write its parts to the exchange."""
    check_alike(given.expected)
    with _naming_file(given):
        rows = given.wanted.opened(given.file)
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
def _naming_file(given: Given) -> Iterator[None]:
    """Turn errors while reading a file into UnreadableError with its name."""
    try:
        yield
    except remote_errors() as error:
        raise UnreadableError(given.name, say("read-failed-on-worker", error=error)) from error


# Submitting the tasks of an import, and waiting for them.


def make_parts(client: Client, files: Sequence[Given], *, block_rows: int, pace: Pace) -> list[list[Left]]:
    """Have workers make the parts of files, and return the results of each file's blocks, in order.

    Raises WorkersError if workers die repeatedly, or the scheduler is gone.
    """
    left: list[list[Left]] = [[] for _ in files]
    bytes_read = 0
    for number, made in _answers(client, files, block_rows):
        left[number] += made
        bytes_read += sum(one.bytes_read for one in made)
        pace.done(rows=sum(one.result.rows for one in made), bytes_read=bytes_read)
    return [sorted(of_file, key=lambda one: one.key) for of_file in left]


def _answers(client: Client, files: Sequence[Given], block_rows: int) -> Iterator[tuple[int, Sequence[Left]]]:
    """Yield the number of a file with the results of some of its blocks, as they come in."""
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
        raise WorkersError(say("cluster-workers-died", file=name, count=error.allowed_failures + 1)) from error
    except (FutureCancelledError, CommClosedError) as error:
        raise WorkersError(say("cluster-scheduler-gone", error=error)) from error


# Rows of a file that are replaced by rows of a later file in the same release.

_REPLACED: Final = """
SELECT id, filename FROM newer WHERE id IN (SELECT id FROM newer GROUP BY id HAVING count(*) > 1)
QUALIFY row_number() OVER (PARTITION BY id ORDER BY filename DESC) > 1
"""
"""Relies on parts being numbered in the order of the files."""


def take_out_replaced(staged: Path) -> int:
    """Remove rows whose id a later file repeats, and return their number; ids must be unique within each file."""
    with scanning(staged, newer=sorted(staged.glob("part-*.parquet"))) as connection:
        found = answer(connection, _REPLACED)
    take_out(found, column="id", found_in="id")
    return int(found.num_rows)


# Files that are imported together: each is opened and planned separately, all go into one release of one dataset.

_AT_ONCE: Final = 8
"""Number of files opened at a time; opening them is limited by input and output, not by processors."""


def plan_files(files: Sequence[File], wanted: Wanted, folder: DataFolder) -> tuple[Planned, ...]:
    """Open files and plan their import; raises UnreadableError for the first one that cannot be imported."""
    wanted = replace(wanted, retrieved_at=wanted.retrieved_at or now())
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        return tuple(threads.map(lambda file: _planned(file, wanted, folder), files))


def _planned(file: File, wanted: Wanted, folder: DataFolder) -> Planned:
    try:
        return planned(file, wanted, folder)
    except remote_errors() as error:
        raise UnreadableError(file_name(file), say("read-failed", error=error)) from error


def together(pattern: str, files: Sequence[Planned]) -> Planned:
    """Describe several files as if they were one, with the plan of the last; return a single file unchanged.

    Raises UnreadableError if they are not of one kind, or do not go into one dataset.
    """
    first, last = files[0], files[-1]
    for file in files[1:]:
        if file.plan.kind != first.plan.kind:
            kinds = {"kind": file.plan.kind, "other": first.rows.name, "other_kind": first.plan.kind}
            raise UnreadableError(file.rows.name, say("read-kinds-differ", **kinds))
        if file.plan.dataset != first.plan.dataset:
            into = {"dataset": file.plan.dataset, "other": first.rows.name, "other_dataset": first.plan.dataset}
            raise UnreadableError(file.rows.name, say("read-datasets-differ", **into))
    if len(files) == 1:
        return first
    header = tuple(dict.fromkeys(name for file in reversed(files) for name in file.rows.header))
    return replace(
        last,
        rows=replace(
            last.rows,
            name=say("files-of-pattern", pattern=_last_of(pattern), count=len(files)),
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


# Checking the parts: they are read back as one GeoDataFrame of dask-geopandas, and the workers join every point to its
# province again, with GEOS instead of the import's own join. A damaged part, or one joined to other boundaries, is thus
# found before the release is put in place.

_JOINED = "joined_province_code"


def check_places(client: Client, parts: Sequence[str]) -> None:
    """Raise WorkersError if a point in the parts at these addresses lies in another province than it is joined to.

    Points on a border between provinces may be joined to either; those up to 2 km outside all provinces to the nearest.
    """
    provinces = boundaries().provinces[["geometry"]].rename_axis("found").reset_index()
    points = dask_geopandas.read_parquet(list(parts), columns=["id", _JOINED, "geometry"])
    found = dask_geopandas.sjoin(provinces.set_crs(points.crs, allow_override=True), points, predicate="intersects")
    wrong = client.compute(found[["found", "id", _JOINED]].map_partitions(_in_another, meta={"id": "str"})).result()
    if len(wrong):
        raise WorkersError(say("cluster-wrong-provinces", count=len(wrong), example=wrong["id"].iloc[0]))


def _in_another(found: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the ids of points that lie in some province, but not in the one they are joined to."""
    right = found.loc[found["found"] == found[_JOINED], "id"]
    return found.loc[~found["id"].isin(right), ["id"]].drop_duplicates()


def prepare_on(  # noqa: PLR0913  # the cluster, the files, and how to import them
    client: Client,
    pattern: str,
    folder: DataFolder,
    *,
    exchange: str | None = None,
    block_rows: int = BLOCK_ROWS,
    progress: ProgressCallback | None = None,
    **wanted: Any,
) -> Prepared:
    """Run an import up to its acceptance, with rows mapped and joined by the workers of a cluster.

    Parts, report and rejected rows are the same as from `prepare`. Several files make one release. Row numbers are
    those of each file, and of rows with the same id, the one from the last file is kept, as if the files had been
    imported one after another in the order of their paths; but a row is not removed because a later file lacks it.

    Parameters
    ----------
    client
        A connected client; no longer needed once the import is ready to be accepted.
    pattern
        A path, an address that fsspec reads, or a pattern of either.
    folder
        Where the dataset is kept.
    exchange
        Address to which workers write their parts for this machine to fetch; if None, they must have access to the data
        folder.
    block_rows
        Rows held by a worker's thread at a time.
    progress, wanted
        As for `geo.imports.pipeline.prepare`.

    Raises
    ------
    NoFilesError
        No file was found.
    UnreadableError
        A file cannot be imported; the message says why.
    WorkersError
        The cluster cannot be used; the message says why.
    DatasetBusyError
        The dataset is being imported elsewhere.

    """
    began = time.monotonic()
    found = find_files(pattern)
    files = plan_files(found, Wanted(**wanted), folder)
    whole = together(pattern, files)
    with staged(folder, whole.goal) as staging:
        pace = Pace(bytes_total=whole.rows.bytes_total, callback=progress)
        with exchange_within(staging.path, exchange) as shared:
            check_workers(client, shared)
            given = _given(found, files, Wanted(**wanted), shared)
            left = make_parts(client, given, block_rows=block_rows, pace=pace)
            pace.tell(Stage.COMPARING)
            check_places(client, [shared.address(part_of(one.key)) for of_file in left for one in of_file])
            release = _Release(staging.path, whole.rows.header, shared, several=len(files) > 1)
            of_files = [release.take(file, of_file) for file, of_file in zip(files, left, strict=True)]
        if len(files) > 1:
            whole = _with_replaced(whole, take_out_replaced(staging.path))
        made = completed(folder, staging.path, whole, release.tally, began=began, pace=pace, of_files=of_files)
        return Prepared.of(made, staging, folder)


def _given(found: Sequence[File], files: Sequence[Planned], wanted: Wanted, shared: Exchange) -> list[Given]:
    return [
        Given(
            file=file,
            name=planned.rows.name,
            wanted=replace(wanted, name=planned.rows.name, kind=None, mapping=None, corrections=None),
            layout=planned.rows.layout,
            plan=planned.plan,
            number=number,
            exchange=shared,
            expected=fingerprint(),
        )
        for number, (file, planned) in enumerate(zip(found, files, strict=True))
    ]


class _Release:
    """A staged release being filled with the workers' results, in the order of files and blocks."""

    def __init__(self, folder: Path, header: Sequence[str], shared: Exchange, *, several: bool) -> None:
        self._folder, self._header, self._shared, self._several = folder, header, shared, several
        self._parts = 0
        self.tally = Tally(RejectedFile(folder / REJECTED_FILE, header, delimiter=""))

    def take(self, file: Planned, left: Sequence[Left]) -> list[Path]:
        """Fetch the parts of a file and count its rows; returns the paths of the parts."""
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
        """Add the file's name to the reasons if there are several files, since row numbers are then ambiguous."""
        if not self._several:
            return rejected
        reasons = [f"{name}: {reason}" for reason in rejected["reason"].to_pylist()]
        at = rejected.schema.get_field_index("reason")
        return rejected.set_column(at, "reason", pa.array(reasons, pa.string()))


def _with_replaced(whole: Planned, replaced: int) -> Planned:
    if not replaced:
        return whole
    note = say("note-rows-replaced", count=replaced)
    return replace(whole, rows=replace(whole.rows, notes=(*whole.rows.notes, note)))
