"""Import of a file into a release: open, recognise, map block by block, compare, accept."""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Final

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
from pydantic import PlainSerializer, PlainValidator, TypeAdapter

from geo.apart import Talk, process
from geo.datasets.dataset import ENDS_OF_KILLED, OTHER_MEASURES, Dataset, Deaths, PeopleSum, dataset_id, ends_of
from geo.datasets.folder import DataFolder, Staging
from geo.datasets.parts import part_name, scanning
from geo.datasets.upsert import upsert
from geo.datasets.word_index import index_release
from geo.imports.blocks import ROW, Head, Rows
from geo.imports.fields.cell_values import Repair
from geo.imports.fields.column_mapping import (
    DATES,
    PARTS_OF_KILLED,
    PLAIN_FIELDS,
    Plan,
    guess_columns,
    keep_mapping,
    kept_mapping,
    lacking,
    make_plan,
    may_be_missed,
)
from geo.imports.fields.days import ORDER_FIELD, DatesSeen, DayOrder, dates_seen, may_be_half_exchanged
from geo.imports.fields.drafted_rows import column_of
from geo.imports.file_kind import FileKind, Recognised
from geo.imports.parts_made import (
    REJECTED_FILE,
    PartResult,
    RejectedFile,
    make_part,
    repaired_lines,
    restored,
    take_out_repeats,
)
from geo.imports.readers.opening import ENDINGS, open_rows
from geo.imports.readers.source import Asked, RemoteFile
from geo.imports.recognition import KINDS, cited, recognise
from geo.imports.report import FieldUse, Pace, Progress, ProgressCallback, Report, Stage, Tally, counts_notes
from geo.incident.errors import UnknownDatasetError, UnreadableError
from geo.incident.record import Record
from geo.incident.vocabulary import About
from geo.language.messages import list_words, say
from geo.places.gazetteer import read_gazetteer
from geo.places.locating import make_ready

# The description of a dataset, derived from its kind, its file and the parts of its release.


def _sums(about: About) -> str:
    low, high = ends_of(about)
    return f"count({low}), coalesce(sum({low}), 0), coalesce(sum({high}), 0)"


_PEOPLE: Final = f"SELECT {', '.join(map(_sums, OTHER_MEASURES))} FROM newer"  # noqa: S608  # of constants
_SUMMARY: Final = f"""
SELECT count(*), min(date_start), max(date_start), {", ".join(f"sum({end})" for end in ENDS_OF_KILLED.values())},
    coalesce(bool_and(contains(lower(source_text), 'synthetic')), false)
FROM newer
"""  # noqa: S608  # built from constants
"""Files written by `python -m geo synth` state that they are synthetic in the source of every row."""


def described(report: Report, staged: Path, *, retrieved_at: datetime, columns: tuple[str, ...]) -> Dataset:
    """Describe the dataset of a staged release; `columns` are the columns of `raw`."""
    publisher = KINDS[report.kind].publisher
    return Dataset(
        id=report.dataset,
        kind=report.kind,
        title=publisher.title if publisher and report.dataset == report.kind else _title(report),
        version=report.version,
        licence=publisher.licence if publisher else None,
        citation=cited(report.kind, version=report.version, retrieved_on=retrieved_at.date()),
        url=publisher.url if publisher else None,
        file_name=report.file_name,
        retrieved_at=retrieved_at,
        imported_at=report.imported_at,
        accepted=report.accepted,
        repaired=report.repaired,
        rejected=report.rejected,
        leads=publisher is not None and publisher.leads,
        columns=columns,
        **_summary(staged),
    )


def now() -> datetime:
    """Return the current time (UTC), truncated to seconds."""
    return datetime.now(UTC).replace(microsecond=0)


def _title(report: Report) -> str:
    publisher = KINDS[report.kind].publisher
    return f"{publisher.title}, {report.dataset}" if publisher else bare_name(report.file_name)


def bare_name(file_name: str) -> str:
    """Return a file's name without its endings.

    >>> bare_name("Kunar clashes.csv.gz"), bare_name(".csv")
    ('Kunar clashes', '.csv')
    """
    bare = file_name
    while (ending := Path(bare).suffix.lower()) in ENDINGS and Path(bare).stem:
        bare = bare[: -len(ending)]
    return bare


def _summary(staged: Path) -> dict[str, Any]:
    with _parts_of(staged) as connection:
        people = _people(connection)
        rows, first, last, low, best, high, synthetic = connection.execute(_SUMMARY).fetchall()[0]
    known = best is not None or low is not None or high is not None
    killed = Deaths(low=int(low or 0), best=int(best or 0), high=int(high or 0)) if known else None
    return {"rows": rows, "first": first, "last": last, "killed": killed, "synthetic": synthetic, "people": people}


def _parts_of(staged: Path) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
    return scanning(staged, newer=sorted(staged.glob("part-*.parquet")))


def _people(connection: duckdb.DuckDBPyConnection) -> tuple[PeopleSum, ...]:
    """Add up the people of each of OTHER_MEASURES that any row has a figure of."""
    found = iter(connection.execute(_PEOPLE).fetchall()[0])
    sums = zip(OTHER_MEASURES, found, found, found, strict=True)
    return tuple(PeopleSum(about=about, rows=rows, low=low, high=high) for about, rows, low, high in sums if rows)


# A file that is opened and recognised, with the plan for mapping its rows to incidents.


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """Everything known of a file before its rows are imported."""

    rows: Rows
    recognised: Recognised
    plan: Plan
    imported_at: datetime
    confirmed: bool = False
    """Whether the user has mapped this file's columns; if not, they are guessed, or mapped as for an earlier file."""
    told: tuple[str, ...] = ()
    """Notes on requests that were not met literally."""

    @property
    def goal(self) -> "Goal":
        """The dataset that the file goes into."""
        return Goal(name=self.rows.name, dataset=self.plan.dataset, kind=self.plan.kind.code)

    @property
    def notes(self) -> tuple[str, ...]:
        """Notes on the file as a whole."""
        return (
            *self.told,
            *self.rows.notes,
            *self.recognised.notes,
            *self._added(),
            *self._order(),
            *self._exchanged(),
            *self._missed(),
        )

    @property
    def used(self) -> tuple[FieldUse, ...]:
        """Columns that fields are read from."""
        named = {column: field for field, column in self.plan.columns.items()}
        made = dict.fromkeys(self.plan.point or (), say("field-geometry"))
        return tuple(
            FieldUse(field=named.get(name) or made[name], column=name)
            for name in self.rows.header
            if name in named or name in made
        )

    @property
    def unused(self) -> tuple[str, ...]:
        """Columns that no field is read from; they are kept with each row."""
        used = {*self.plan.columns.values(), *(self.plan.point or ())}
        return tuple(name for name in self.rows.header if name not in used)

    def _exchanged(self) -> Iterable[str]:
        """Note that a spreadsheet seems to have exchanged day and month in the values it stored as dates."""
        named = [self.plan.columns.get(field) for field in self.plan.kind.date_fields]
        if any(may_be_half_exchanged(self.rows.sample[name]) for name in named if name in self.rows.header):
            yield say("note-half-exchanged")

    def _missed(self) -> Iterable[str]:
        """Note which unused columns look like people, dates or places."""
        if not self.plan.kind.plain:
            return
        looks = {name: may_be_missed(name) for name in self.unused}
        for what in dict.fromkeys(filter(None, looks.values())):
            names = [repr(name[:60]) for name, looks_like in looks.items() if looks_like == what]
            yield say(f"note-unused-{what}", columns=list_words(names[:10]), count=len(names))

    def _added(self) -> Iterable[str]:
        """Note that figures for groups of people are added up, or that some of them are not used."""
        parts = [self.plan.columns[field] for field in PARTS_OF_KILLED if field in self.plan.columns]
        if self.plan.kind.plain and "killed" not in self.plan.columns and len(parts) > 1:
            yield say("note-added", columns=list_words([repr(name[:60]) for name in parts]))
        if left := self.plan.parts_left:
            yield say("note-parts-left", columns=list_words([repr(name[:60]) for name in left[:10]]), count=len(left))

    def _order(self) -> Iterable[str]:
        seen = self._dates_seen()
        if self._is_guessed(seen):
            yield say("note-date-order", **_guess(seen))
        if seen.short_year:
            yield say("note-short-year", example=seen.short_year[:40])

    def check_order(self, others: int) -> None:
        """Raise UnreadableError if the order of day and month was guessed and `others` rows contradict it."""
        if others and self._is_guessed(seen := self._dates_seen()):
            raise UnreadableError(self.rows.name, say("read-date-order", rows=others, **_guess(seen)))

    def _dates_seen(self) -> DatesSeen:
        return dates_seen(self.rows.sample, self.plan.columns, self.plan.kind.date_fields)

    def _is_guessed(self, seen: DatesSeen) -> bool:
        return seen.undecided and self.plan.order is None


def _guess(seen: DatesSeen) -> dict[str, str]:
    """Return the values for messages about a guessed order, with the setting for the other one."""
    setting = f"{ORDER_FIELD}={DayOrder.MONTH_DAY}"
    return {"example": seen.either[:40], "order": seen.order.words, "setting": setting}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted(Asked):
    """How to read and import a file; fields that are None are detected."""

    kind: Annotated[FileKind, PlainValidator(KINDS.__getitem__), PlainSerializer(str)] | None = None
    mapping: Mapping[str, str] | None = None
    """The file's column for each field. It overrides what is recognised, or for a plain file is the whole mapping. If
    None, a plain file gets the mapping confirmed for a file with the same columns, or a guess. ORDER_FIELD may give the
    order of day and month."""
    corrections: Mapping[str, str] | None = None
    """Like `mapping`, overriding it or what replaces it; "" for a field that no column holds."""
    dataset: str | None = None
    """Name of the dataset that the file goes into."""
    retrieved_at: datetime | None = None
    """When the file was fetched from its publisher, timezone-aware; now if None."""
    name: str | None = None
    """Name of the file, if its path does not show it."""
    by_name: bool = False
    """Whether rows without coordinates are placed by the place names they have."""
    gazetteer: Annotated[Path, PlainSerializer(lambda path: str(path.resolve()))] | None = None
    """File of places to look up before the built-in ones."""

    def opened(self, path: Path | RemoteFile) -> Rows:
        """Open a file, a file of rejected rows as if it were the original; raises as `open_rows` does."""
        return restored(self.as_it_is(path))

    def as_it_is(self, path: Path | RemoteFile) -> Rows:
        """Open a file like `opened`, but a file of rejected rows as it is."""
        try:
            return open_rows(path, self, name=self.name)
        except UnreadableError as error:
            found = None if self.tables else self._one_recognised(path, error.choices)
            if found is None:
                raise
            return found

    def _one_recognised(self, path: Path | RemoteFile, choices: Sequence[str]) -> Rows | None:
        """Open the only one of several tables that is of a publisher's kind; None if there are none or several."""
        if not 1 < len(choices) <= _TABLES_TRIED:
            return None
        found: list[tuple[str, Rows, FileKind]] = []
        for choice in choices:
            with suppress(UnreadableError):
                rows = replace(self, tables=(choice,)).as_it_is(path)
                kind = recognise(restored(rows)).kind
                if not kind.plain and not kind.refusal:
                    found.append((choice, rows, kind))
            if len(found) > 1:
                return None
        if not found:
            return None
        [(table, rows, kind)] = found
        others = [repr(choice[:60]) for choice in choices if choice != table]
        if len(others) > _TABLES_NAMED:
            others = [*others[:_TABLES_NAMED], say("note-more-columns", count=len(others) - _TABLES_NAMED)]
        words = {"table": repr(table[:60]), "kind": kind.words, "others": list_words(others)}
        return replace(rows, tables=tuple(choices)).noted(say("note-table-recognised", count=len(choices) - 1, **words))


_WANTED: Final = TypeAdapter(Wanted)
_TABLES_TRIED: Final = 30
"""Largest number of tables opened to find the one of a publisher's kind."""
_TABLES_NAMED: Final = 10


def planned(path: Path | RemoteFile, wanted: Wanted, folder: DataFolder) -> Planned:
    """Open a file and plan its import; `folder` holds the mappings confirmed for earlier files.

    Raises UnreadableError, stating the reason, if the file cannot be imported.
    """
    imported_at = now()
    rows = wanted.opened(path)
    recognised = _as_wanted(recognise(rows), wanted.kind, rows.name)
    if recognised.refusal:
        raise UnreadableError(rows.name, recognised.refusal)
    plain_name = bare_name(rows.name) if recognised.kind.named_by_file else recognised.kind.code
    plan = make_plan(
        recognised,
        retrieved_at=wanted.retrieved_at or imported_at,
        sample=rows.sample,
        dataset=dataset_id(wanted.dataset or plain_name),
        mapping=_mapping(recognised, rows, wanted, folder),
        point=rows.point if recognised.kind.geometry_counts else None,
        by_name=wanted.by_name,
        gazetteer=read_gazetteer(wanted.gazetteer) if wanted.gazetteer else (),
    )
    _check_plan(plan, rows)
    return Planned(
        rows=rows,
        recognised=recognised,
        plan=plan,
        imported_at=imported_at,
        confirmed=bool(wanted.mapping or wanted.corrections),
        told=tuple(_renamed(wanted.dataset, plan.dataset)),
    )


def _renamed(wanted: str | None, made: str) -> Iterable[str]:
    """Note that the id of the dataset differs from the name given."""
    if wanted is not None and wanted != made:
        yield say("note-dataset-id", name=repr(wanted[:60]), id=repr(made))


def _check_plan(plan: Plan, rows: Rows) -> None:
    """Raise UnreadableError for a plain file without a column for the date or the place."""
    missing = lacking(plan.columns, placed=plan.point is not None) if plan.kind.plain else ()
    if missing:
        columns = list_words([repr(name[:60]) for name in rows.header[:_COLUMNS_NAMED]])
        message = "read-no-date-column" if missing == DATES else "read-no-place-column"
        raise UnreadableError(rows.name, say(message, columns=columns, fields=", ".join(missing)))


_COLUMNS_NAMED: Final = 40


def _mapping(recognised: Recognised, rows: Rows, wanted: Wanted, folder: DataFolder) -> dict[str, str]:
    """Return the column for each field that overrides what was recognised; for a plain file, the whole mapping."""
    plain = recognised.kind.plain
    given = {**(wanted.mapping or {}), **(wanted.corrections or {})}
    for field, column in given.items():
        if field == ORDER_FIELD:
            _check_order(column, rows.name)
            continue
        if column and column not in rows.header:
            columns = ", ".join(rows.header)[:500]
            raise UnreadableError(rows.name, say("read-no-column", column=repr(column), columns=columns))
        known = PLAIN_FIELDS if plain else (*recognised.kind.columns, *recognised.columns)
        if field not in known:
            fields = ", ".join(dict.fromkeys((*known, ORDER_FIELD)))
            raise UnreadableError(rows.name, say("read-no-field", field=repr(field), fields=fields))
    suggested: Mapping[str, str] = {}
    if plain and wanted.mapping is None:
        suggested = kept_mapping(folder, rows.header) or guess_columns(rows.sample)
    return {field: column for field, column in {**suggested, **given}.items() if column}


def _check_order(order: str, name: str) -> None:
    if order and order not in list(DayOrder):
        orders = list_words(list(DayOrder), "or")
        raise UnreadableError(name, say("read-no-order", field=ORDER_FIELD, order=repr(order), orders=orders))


def _as_wanted(recognised: Recognised, kind: FileKind | None, name: str) -> Recognised:
    """Treat a file as another kind than it was recognised as, if its columns allow that."""
    if kind is None or kind is recognised.kind:
        return recognised
    if kind.plain:
        return replace(recognised, kind=kind, columns={}, refusal=None)
    if kind.family and kind.family == recognised.kind.family:
        return replace(recognised, kind=kind)
    if recognised.kind.plain and recognised.notes:
        kinds = {"kind": kind, "found": recognised.kind}
        raise UnreadableError(name, say("read-not-of-kind-because", because=recognised.notes[0], **kinds))
    raise UnreadableError(name, say("read-not-of-kind", kind=kind, found=recognised.kind))


# An import that is complete but not yet accepted.

REPORT_FILE: Final = "report.json"


class Made(Record):
    """Result of an import, in addition to the files of the staged release."""

    report: Report
    dataset: Dataset
    """The dataset as it will be once accepted."""
    header: tuple[str, ...]
    """Columns of the file."""
    mapping: dict[str, str] | None
    """Column for each field, to remember for the next file with these columns; None if the file is a publisher's, or
    nobody has confirmed the mapping."""
    parts: int
    """Number of leading parts that come from the file; the others are carried over from the previous release."""


@dataclass(slots=True)
class Prepared:
    """A staged release with its report, waiting to be accepted or discarded."""

    report: Report
    dataset: Dataset
    """The dataset as it will be once accepted."""
    staging: Staging
    _folder: DataFolder
    _made: Made

    @classmethod
    def of(cls, made: Made, staging: Staging, folder: DataFolder) -> "Prepared":
        """Keep the staged release until it is decided, and unlock the dataset meanwhile."""
        staging.rest()
        return cls(made.report, made.dataset, staging, folder, made)

    @property
    def rejected_file(self) -> Path | None:
        """The CSV file of rejected rows, until the import is accepted or discarded; None if there are none."""
        path = self.staging.path / REJECTED_FILE
        return path if path.exists() else None

    def repaired_lines(self) -> Iterator[bytes]:
        """Yield a CSV file of all repairs, one per line with row and incident, until it is accepted or discarded."""
        return repaired_lines(sorted(self.staging.path.glob("part-*.parquet"))[: self._made.parts])

    @property
    def usable(self) -> bool:
        """Whether any row of the file can be imported; if not, the import cannot be accepted."""
        return self.report.accepted + self.report.repaired > 0

    def accept(self) -> Report:
        """Put the release in place, and return the report as stored with it.

        Raises ValueError if no row is usable or the import was already accepted or discarded, OutdatedError if the
        dataset has changed since it was prepared, and DatasetBusyError if it is being imported elsewhere.
        """
        if not self.usable:
            raise ValueError(say("import-no-usable-row", file=self.report.file_name))
        done = self.report.model_copy(update={"committed": True})
        (self.staging.path / REPORT_FILE).write_text(done.to_json(), encoding="utf-8")
        self.dataset = self.staging.commit(self.dataset)
        self.report = done
        if self._made.mapping is not None:
            keep_mapping(self._folder, self._made.header, self._made.mapping)
        return done

    def discard(self) -> None:
        """Delete the staged release; does nothing if it was already accepted or discarded."""
        self.staging.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """The dataset that a file goes into, and the file's kind."""

    name: str
    """Name of the file."""
    dataset: str
    """Id of the dataset."""
    kind: str
    """Code of the kind."""

    def before(self, folder: DataFolder) -> Dataset | None:
        """Return the dataset that the file goes into; None if it is new.

        Raises UnreadableError if the dataset holds files of another kind.
        """
        try:
            found = folder.dataset(self.dataset)
        except UnknownDatasetError:
            return None
        if found.removed_at is not None:
            return None
        if found.kind != self.kind:
            values = {"dataset": found.id, "held": found.kind, "kind": self.kind}
            raise UnreadableError(self.name, say("read-kind-of-dataset", **values))
        return found


@contextmanager
def staged(folder: DataFolder, goal: Goal) -> Iterator[Staging]:
    """Lock a file's dataset while a release is staged; an error deletes what was staged.

    Raises UnreadableError if the dataset holds files of another kind, and DatasetBusyError if it is locked.
    """
    goal.before(folder)
    staging = folder.staging(goal.dataset)
    try:
        yield staging
    except BaseException:
        staging.close()
        raise


def completed(  # noqa: PLR0913  # a release has this many inputs
    folder: DataFolder,
    place: Path,
    file: Planned,
    tally: Tally,
    *,
    began: float,
    pace: Pace,
    of_files: Sequence[Sequence[Path]] = (),
) -> Made:
    """Complete a release whose parts are written: remove repeated ids, carry over rows of the previous one, report.

    `began` is the import's start by `time.monotonic`; `of_files` are the parts of each file if there are several, in
    which case repeated ids must already have been removed.
    """
    old = file.goal.before(folder)
    file.check_order(tally.repaired_by(Repair.DAY_MONTH))
    if not of_files:
        tally.take_out(take_out_repeats(place, id_column=column_of("id", file.plan)))
    with _parts_of(place) as connection:
        people = _people(connection)
    usable, parts = tally.accepted + tally.repaired > 0, len([*place.glob("part-*.parquet")])
    difference = None
    if old is not None and usable:
        version = file.plan.source_version
        difference = upsert(place, folder.files(old), old_version=old.version, new_version=version, of_files=of_files)
    if usable:
        index_release(place)
    counts = tally.counts()
    report = Report(
        file_name=file.rows.name,
        kind=file.plan.kind.code,
        dataset=file.plan.dataset,
        version=file.plan.source_version,
        imported_at=file.imported_at,
        difference=difference,
        seconds=round(time.monotonic() - began, 3),
        used=file.used,
        unused=file.unused,
        people=people,
        **counts | {"notes": (*file.notes, *counts_notes(counts))},
    )
    columns = (*file.rows.header, *(name for name in (old.columns if old else ()) if name not in file.rows.header))
    made = described(report, place, retrieved_at=file.plan.retrieved_at, columns=columns)
    pace.tell(Stage.DONE)
    return Made(
        report=report,
        dataset=made if old is None else made.model_copy(update={"enabled": old.enabled}),
        header=file.rows.header,
        mapping=file.plan.mapping if file.plan.kind.plain and file.confirmed else None,
        parts=parts,
    )


# The import of a trusted file, in this process.

_WORKERS: Final = 2
_AHEAD: Final = 2
"""Largest number of blocks in memory, being mapped or waiting for it."""


def prepare(path: Path, folder: DataFolder, *, progress: ProgressCallback | None = None, **wanted: Any) -> Prepared:
    """Run the import of a trusted file up to its acceptance; use `prepare_apart` for files from outside.

    The caller must accept or discard the result; the dataset is locked only while preparing and while accepting.

    Parameters
    ----------
    path
        The file, which this process reads.
    folder
        Where the dataset is kept.
    progress
        Called with the progress; may raise Cancelled, which leaves nothing behind.
    wanted
        Fields of Wanted: kind, mapping, dataset, retrieved_at, name, tables, header_row, encoding.

    Raises
    ------
    UnreadableError
        The file cannot be imported; the message says why.
    DatasetBusyError
        The dataset is being imported elsewhere.

    """
    began = time.monotonic()
    file = planned(path, Wanted(**wanted), folder)
    with staged(folder, file.goal) as staging:
        return Prepared.of(_filled(folder, staging.path, file, began=began, progress=progress), staging, folder)


def _filled(folder: DataFolder, place: Path, file: Planned, *, began: float, progress: ProgressCallback | None) -> Made:
    tally = Tally(RejectedFile(place / REJECTED_FILE, file.rows.header, delimiter=file.rows.delimiter))
    pace = Pace(bytes_total=file.rows.bytes_total, callback=progress)
    for part in _parts(file, place, pace):
        tally.add(part)
    pace.tell(Stage.COMPARING)
    pa.default_memory_pool().release_unused()  # blocks are no longer needed, and comparing has its own memory limit
    return completed(folder, place, file, tally, began=began, pace=pace)


def _parts(file: Planned, folder: Path, pace: Pace) -> Iterator[PartResult]:
    """Write the parts of a release and yield their results in file order, reading ahead while blocks are mapped."""
    pending: deque[Future[PartResult]] = deque()
    make_ready()
    with ThreadPoolExecutor(_WORKERS, thread_name_prefix="import") as workers:
        try:
            for number, block in enumerate(file.rows.blocks()):
                pending.append(workers.submit(make_part, block, file.plan, folder / part_name(number)))
                while len(pending) >= _AHEAD or (pending and pending[0].done()):
                    yield _counted(pending.popleft().result(), pace)
            while pending:
                yield _counted(pending.popleft().result(), pace)
        finally:
            workers.shutdown(cancel_futures=True)


def _counted(part: PartResult, pace: Pace) -> PartResult:
    pace.done(rows=part.rows, bytes_read=part.bytes_read)
    return part


# The same for files from outside: a look at one, and its import. A separate process does everything that touches the
# file's contents; this one locks the dataset and accepts or discards the release.

_SHOWN_CHARACTERS: Final = 1_000
_SAMPLE_CHARACTERS: Final = 4_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A first look at a file: its head, and what it is recognised as."""

    head: Head
    """Long texts in the sample are truncated."""
    recognised: Recognised


def look_apart(path: Path, asked: Asked, *, name: str, stopped: Callable[[], None] | None = None) -> Look:
    """Look at a file from outside, in a separate process; raises UnreadableError if it cannot be read.

    `stopped` is called several times a second, and may raise to stop.
    """
    given = _given(path, Wanted(name=name, **asdict(asked)))
    with process(_look, name=name, size=path.stat().st_size, stopped=stopped, **given) as one:
        message = one.hear()
    texts = [pa.array(column, pa.string()) for column in message["sample"]]
    sample = pa.table([*texts, pa.array(message["rows"], pa.int64())], names=[*message["head"]["header"], ROW])
    head: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in message["head"].items()
    }
    head["lines_above"] = tuple(map(tuple, head["lines_above"]))
    found = {**message["recognised"], "notes": tuple(message["recognised"]["notes"])}
    return Look(
        head=Head(**head, sample=sample, layout=None),
        recognised=Recognised(**found | {"kind": KINDS[found["kind"]]}),
    )


def _given(path: Path, wanted: Wanted) -> dict[str, Any]:
    return {"path": str(path.resolve()), "wanted": _WANTED.dump_python(wanted, mode="json")}


def _look(talk: Talk, path: str, wanted: dict[str, Any]) -> Any:
    """Serve `look_apart` in the separate process."""
    del talk
    rows = _WANTED.validate_python(wanted).opened(Path(path))
    found = recognise(rows)
    texts = rows.sample.select(rows.header)
    cut = [pc.utf8_slice_codeunits(column, 0, _SHOWN_CHARACTERS) for column in texts.columns]
    characters = sum(pc.sum(pc.utf8_length(column)).as_py() or 0 for column in cut)
    shown = max(1, min(texts.num_rows, texts.num_rows * _SAMPLE_CHARACTERS // max(characters, 1)))
    head = [field.name for field in fields(Head) if field.name not in {"sample", "layout"}]
    return {
        "head": {field: getattr(rows, field) for field in head},
        "sample": [column.slice(0, shown).to_pylist() for column in cut],
        "rows": rows.sample[ROW].slice(0, shown).to_pylist(),
        "recognised": {field.name: getattr(found, field.name) for field in fields(found)}
        | {"kind": found.kind.code, "columns": dict(found.columns)},
    }


def prepare_apart(
    path: Path,
    folder: DataFolder,
    *,
    progress: ProgressCallback | None = None,
    stopped: Callable[[], None] | None = None,
    **wanted: Any,
) -> Prepared:
    """Run the import of a file from outside up to its acceptance, like `prepare`, in a separate process.

    Also raises UnreadableError for a file that takes more memory, time or disk than its size justifies, or crashes the
    process that reads it. `stopped` is called several times a second; if it raises, the import ends at once and leaves
    nothing behind.
    """
    asked, size = Wanted(**wanted), path.stat().st_size
    values = {"folder": str(folder.path), **_given(path, asked)}
    with process(_import, name=asked.name or path.name, size=size, stopped=stopped, **values) as one:
        goal = Goal(**one.hear())
        with staged(folder, replace(goal, dataset=dataset_id(goal.dataset))) as staging:
            old = goal.before(folder)
            compared = sum(part.stat().st_size for part in folder.files(old)) if old else 0
            one.answer(str(staging.path), size=size + compared, watched=staging.path)
            while (message := one.hear()) and "made" not in message:
                if progress is not None:
                    progress(Progress(**message | {"stage": Stage(message["stage"])}))
            return Prepared.of(Made.model_validate(message["made"]), staging, folder)


def _import(talk: Talk, path: str, folder: str, wanted: dict[str, Any]) -> Any:
    """Serve `prepare_apart` in the separate process."""
    began, where = time.monotonic(), DataFolder(folder)
    file = planned(Path(path), _WANTED.validate_python(wanted), where)
    place = talk.ask(asdict(file.goal))
    made = _filled(where, Path(place), file, began=began, progress=lambda done: talk.tell(asdict(done)))
    return {"made": made.model_dump(mode="json")}
