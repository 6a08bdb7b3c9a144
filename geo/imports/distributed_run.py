"""An import past one machine: blocks of files anywhere, mapped by Dask's workers into a release that waits."""

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
from aiohttp import ClientError
from botocore.exceptions import BotoCoreError
from distributed import Client, Future, LocalCluster, as_completed
from distributed.client import FutureCancelledError
from distributed.comm.core import CommClosedError
from distributed.scheduler import KilledWorker
from fsspec.core import OpenFile, url_to_fs

from geo import LIBRARY_FOLDER, PROGRAM_FOLDER
from geo.apart import TemporaryFolder
from geo.datasets.folder import DataFolder
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

# The workers of a cluster: the connection to them, whether they are alike, and where they leave what they make.

# Errors of imports on a cluster, each with a sentence for the person who started one.


class WorkersError(RuntimeError):
    """The cluster cannot be used; the message says what is wrong with it and what to do."""


class NoFilesError(ValueError):
    """There is nothing to import where a path, an address or a pattern points to; `pattern` holds it."""

    def __init__(self, pattern: str, reason: str) -> None:
        self.pattern = pattern
        super().__init__(f"{pattern}: {reason}")


# Files found by a path, an address or a pattern, wherever fsspec reads from.

File = Path | RemoteFile

TROUBLE: Final = (OSError, ClientError, BotoCoreError)
"""What reading from elsewhere raises."""
_WILD: Final = frozenset("*[")
"""Signs of a pattern; a question mark belongs to an address."""


def is_address(pattern: str) -> bool:
    """Tell an address, s3://bucket/*.csv, from a path.

    >>> is_address("s3://bucket/*.csv"), is_address("C:/acled.csv")
    (True, False)
    """
    return "://" in pattern


def find_files(pattern: str) -> tuple[File, ...]:
    """Return the files in the order of their paths; folders are not among them.

    Raises NoFilesError where there is none, or where nobody can look.
    """
    found = _elsewhere(pattern) if is_address(pattern) else _on_disk(pattern)
    if not found:
        raise NoFilesError(pattern, say("cluster-no-file"))
    return found


def file_name(file: File) -> str:
    """Return a file's own name."""
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
    except TROUBLE as error:
        raise NoFilesError(pattern, say("cluster-cannot-look", error=error)) from error
    if "file" in system.protocol:
        return tuple(sorted(Path(name).resolve() for name in names))
    return tuple(OpenFile(system, name) for name in sorted(names))


# Where workers leave what they make: a folder that all of them see, or a place in object storage.
# What is left there has its whole content from the first moment on, and the same content whoever makes it, so that
# a task may be done twice, and a worker may die at any time.

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A place for files; picklable, so that it can be sent to workers."""

    place: str
    """A folder's path, or an address that fsspec writes to."""

    def address(self, name: str) -> str:
        """Return where a file lies."""
        return f"{self.place}/{name}"

    def leave(self, name: str, make: Callable[[Path], Made]) -> Made:
        """Let a file be made, put it in its place whole, and return what making it returned."""
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
        """Take a file away to a path on this machine; raises WorkersError where it cannot be had."""
        try:
            if is_address(self.place):
                system, address = url_to_fs(self.address(name))
                system.get_file(address, str(to))
            else:
                Path(self.place, name).replace(to)
        except TROUBLE as error:
            raise WorkersError(say("cluster-part-lost", part=self.address(name), error=error)) from error

    def sees(self, name: str) -> bool:
        """Tell whether a file is there."""
        if is_address(self.place):
            system, address = url_to_fs(self.address(name))
            return bool(system.isfile(address))
        return Path(self.place, name).is_file()


@contextmanager
def exchange_within(folder: Path, address: str | None) -> Iterator[Exchange]:
    """Yield a place within a folder, or within that of an address, which is empty, and gone afterwards.

    Raises WorkersError where nothing can be written.
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
    except (*TROUBLE, ImportError, ValueError) as error:
        raise WorkersError(say("cluster-cannot-write", address=address, error=error)) from error
    try:
        yield exchange
    finally:
        system, path = url_to_fs(exchange.place)
        with suppress(*TROUBLE):  # what is left then is in nobody's way, and its name says what it is
            system.rm(path, recursive=True)


# Whether workers are alike: another version of a library or of this program could make other rows of a block.

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
    """Return what two processes have to have in common, a line each: name and version."""
    alike = {
        "Python": ".".join(platform.python_version_tuple()[:2]),
        **{name: version(name) for name in _LIBRARIES},
        _CODE: _digest(LIBRARY_FOLDER, "geo", "*.py", "*.csv", "*.ftl"),
        _LAYERS: _digest(PROGRAM_FOLDER, _LAYERS, "*.geojson"),
        "INCIDENT_MAP_LANGUAGE": LANGUAGE,
    }
    return "\n".join(f"{name} {value}" for name, value in alike.items())


def check_alike(expected: str) -> None:
    """Raise WorkersError if this process differs from the one whose fingerprint is given, naming what differs."""
    own = fingerprint()
    if own != expected:
        pairs = zip(own.splitlines(), expected.splitlines(), strict=False)
        different = "; ".join(_difference(here, there) for here, there in pairs if here != there)
        raise WorkersError(say("cluster-worker-differs", worker=platform.node(), differences=different))


def _difference(here: str, there: str) -> str:
    (name, own), other = here.rsplit(" ", 1), there.rsplit(" ", 1)[1]
    return say("cluster-difference", what=say("cluster-this-code") if name == _CODE else name, here=own, there=other)


def _digest(root: Path, folder: str, *patterns: str) -> str:
    """Return the start of a SHA-256 of files, the same for either kind of line end."""
    digest = hashlib.sha256()
    for path in sorted(path for pattern in patterns for path in (root / folder).rglob(pattern)):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:12]


# A connection to a scheduler, or to workers started on this machine.

LOCAL: Final = "local"
_PATIENCE_S: Final = 15
_SEEN: Final = "seen"


@contextmanager
def connected(address: str, *, workers: int | None = None) -> Iterator[Client]:
    """Yield a client of the scheduler at an address, or of so many workers on this machine for "local".

    Raises WorkersError where no scheduler answers, or none of its workers comes.
    """
    if address == LOCAL:
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
    """Raise WorkersError unless all workers have the same code and versions and see the exchange."""
    exchange.leave(_SEEN, lambda path: path.write_bytes(b""))
    try:
        answers = client.run(_looked, exchange, fingerprint(), on_error="return")
    except (ImportError, AttributeError, TypeError) as error:
        raise WorkersError(say("cluster-worker-lacks", error=error)) from error
    for worker, said in answers.items():
        if isinstance(said, WorkersError):
            raise said
        if isinstance(said, BaseException):
            raise WorkersError(say("cluster-worker-lacks", error=f"{worker}: {said}")) from said
        if not said:
            raise WorkersError(say("cluster-worker-sees-nothing", worker=worker, place=exchange.place))


def _looked(exchange: Exchange, expected: str) -> bool:
    check_alike(expected)
    return exchange.sees(_SEEN)


def _client(address: str) -> Any:
    # A client that found no scheduler stops its loop when it is collected, for which it waits while another one starts.
    gc.collect()
    gc.disable()
    try:
        return Client(address, timeout=_PATIENCE_S)
    except (OSError, ValueError) as error:
        raise WorkersError(say("cluster-no-scheduler", address=address, error=error)) from error
    finally:
        gc.enable()


# The import: planned, its blocks mapped, and put together.

# What workers are given to do; everything large they read and write themselves, and only counts come back.
# A task may be done twice or again: it writes the same bytes under the same names.


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A file as it is described to workers."""

    file: File
    name: str
    wanted: Wanted
    """How it is read."""
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
    with _naming_file(given):
        rows = given.wanted.as_it_is(given.file)
        if rows.layout != layout:
            raise UnreadableError(given.name, say("read-changed"))
        return spans(given.file, rows, block_rows=block_rows)


def make_block(given: Given, layout: Layout, number: int, span: Span) -> Left:
    """Read one block of a file, map it and leave its part."""
    check_alike(given.expected)
    with _naming_file(given):
        return _leave(read_span(given.file, span, layout), number, given, bytes_read=span.stop - span.start)


def make_blocks(given: Given, block_rows: int) -> tuple[Left, ...]:
    """Read a file that cannot be read from the middle, map it block by block and leave its parts."""
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
    """Add the name of the file to the errors that reading it raises."""
    try:
        yield
    except TROUBLE as error:
        raise UnreadableError(given.name, say("read-failed-on-worker", error=error)) from error


# The tasks of an import, given to the workers of a cluster and waited for.


def make_parts(client: Client, files: Sequence[Given], *, block_rows: int, pace: Pace) -> list[list[Left]]:
    """Let the parts of files be made, and return what was left of each file's blocks, in their order.

    Raises WorkersError where workers die of it again and again, or the scheduler is gone.
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
        raise WorkersError(say("cluster-workers-died", file=name, count=error.allowed_failures + 1)) from error
    except (FutureCancelledError, CommClosedError) as error:
        raise WorkersError(say("cluster-scheduler-gone", error=error)) from error


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
    take_out(found, column="id", found_in="id")
    return int(found.num_rows)


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
        raise UnreadableError(file_name(file), say("read-failed", error=error)) from error


def together(pattern: str, files: Sequence[Planned]) -> Planned:
    """Return what is known of files as if they were one, by the last of them; a single one as it is.

    Raises UnreadableError where they are not of one kind and one dataset.
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


# Parts read back as one GeoDataFrame of dask-geopandas, and every point looked for in the provinces once more.
# The join of an import is our own; this one is that of GEOS, on the workers, part by part. Whoever has damaged a
# part, or joined it with other provinces, is found out before the release stands.

_JOINED = "joined_province_code"


def check_places(client: Client, parts: Sequence[str]) -> None:
    """Raise WorkersError if a point of the parts at these addresses lies in another province than it is joined to.

    Points on a border of provinces may be joined to either; those outside of all, up to 2 km, to the nearest.
    """
    provinces = boundaries().provinces[["geometry"]].rename_axis("found").reset_index()
    points = dask_geopandas.read_parquet(list(parts), columns=["id", _JOINED, "geometry"])
    found = dask_geopandas.sjoin(provinces.set_crs(points.crs, allow_override=True), points, predicate="intersects")
    wrong = client.compute(found[["found", "id", _JOINED]].map_partitions(_in_another, meta={"id": "str"})).result()
    if len(wrong):
        raise WorkersError(say("cluster-wrong-provinces", count=len(wrong), example=wrong["id"].iloc[0]))


def _in_another(found: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the ids whose point lies in provinces, but not in the one that was joined."""
    right = found.loc[found["found"] == found[_JOINED], "id"]
    return found.loc[~found["id"].isin(right), ["id"]].drop_duplicates()


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerPool:
    """Workers, and how they are used."""

    client: Client
    """Connected; not needed any more once an import waits to be accepted."""
    exchange: str | None = None
    """An address that workers write their parts to, and this machine takes them from; if None they have to see the data
    folder."""
    block_rows: int = BLOCK_ROWS
    """Rows that a worker's thread holds at a time."""


def prepare_on(
    workers: WorkerPool, pattern: str, folder: DataFolder, *, progress: ProgressCallback | None = None, **wanted: Any
) -> Prepared:
    """Run an import up to its acceptance, the rows mapped and joined by the workers of a cluster.

    Parts, report and rejected rows are those of `prepare`. Several files make one release: row numbers are those of
    each file, and of rows with the same id that of the last file stands, as if the files had been imported one after
    the other in the order of their paths; but no file takes out rows of another because it does not have them.

    Parameters
    ----------
    workers
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
    WorkersError
        The cluster cannot do it.
    DatasetBusyError
        The dataset is being imported elsewhere.

    """
    began = time.monotonic()
    found = find_files(pattern)
    files = plan_files(found, Wanted(**wanted), folder)
    whole = together(pattern, files)
    with staged(folder, whole.goal) as staging:
        pace = Pace(bytes_total=whole.rows.bytes_total, callback=progress)
        with exchange_within(staging.path, workers.exchange) as shared:
            check_workers(workers.client, shared)
            given = _given(found, files, Wanted(**wanted), shared)
            left = make_parts(workers.client, given, block_rows=workers.block_rows, pace=pace)
            pace.tell(Stage.COMPARING)
            check_places(workers.client, [shared.address(part_of(one.key)) for of_file in left for one in of_file])
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
    note = say("note-rows-replaced", count=replaced)
    return replace(whole, rows=replace(whole.rows, notes=(*whole.rows.notes, note)))
