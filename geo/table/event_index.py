"""The event index: incidents filtered, counted and fetched by SQL, for the record and imported datasets alike.

Each index has a relation `event` with one row per incident and the columns needed to count and draw it. A row is
identified by `r`: the number of its part in the upper bits, and its row number within the part in the lower 32 bits.
The record is part 0, ordered by date and id; the parts of imported datasets follow.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import Future
from datetime import date, timedelta
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, ClassVar, Final, Generic, TypeVar

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from geo.datasets.dataset import IMPORT_SCHEMA, LATER_COLUMNS, ends_of
from geo.datasets.object_storage import range_readers
from geo.datasets.parts import note_broken, with_later_columns
from geo.incident.dates import When
from geo.incident.errors import DamagedError, StorageError
from geo.incident.vocabulary import (
    NEAR_KM,
    NOT_KNOWN,
    About,
    Border,
    Category,
    Country,
    DatePrecision,
    Linked,
    LocationPrecision,
    Status,
    Subtype,
)
from geo.language.messages import say
from geo.places.boundaries import Boundaries, boundaries
from geo.selection import CONDITIONS, NO_LEADS, Filters
from geo.table.shown_datasets import ImportedSource
from geo.table.word_search import PART_BITS, Mask, Numbering, Refs, WordSearch

# The border line that an incident counts towards, in SQL; the same for the record and imported datasets.

_CODE: Final = " ".join(f"WHEN '{border.line}' THEN '{border}'" for border in Border)
NEAR_BORDER: Final = f"""
    CASE WHEN part.border_km IS NULL OR part.location_precision = '{LocationPrecision.COUNTRY}' THEN '{NOT_KNOWN}'
        WHEN part.border_km <= {NEAR_KM} THEN CASE part.border {_CODE} END
        WHEN part.border_km - coalesce(part.uncertainty_km, 0) > {NEAR_KM} THEN NULL
        ELSE '{NOT_KNOWN}' END
"""
"""SQL expression on a row of `part` with the columns of ROW_SCHEMA: a code of `Border`, by the best point. Null where
the place is certainly farther than NEAR_KM from both lines; NOT_KNOWN without a place, or where the best point is
farther away but the true place may be near."""
NEAR_OR_CROSSED: Final = (
    f"CASE {NEAR_BORDER} WHEN '{NOT_KNOWN}' THEN coalesce(part.crossed, '{NOT_KNOWN}') ELSE {NEAR_BORDER} END"
)
"""The same for a row of the record; where the place does not settle it, the line that people crossed."""


# The first and last of many incidents by one SQL aggregate, with enough to word their dates. Day, precision and
# duration are packed into one number, so that databases and data frames need only its minimum or maximum.

OPEN: Final = (1 << 16) - 1
"""Duration stored for incidents with no recorded end."""

_KNOWN: Final = list(DatePrecision)
"""Most precise first: of incidents that began on the same day, one whose day is known represents the others."""
_WORST: Final = len(_KNOWN) - 1
_EPOCH: Final = date(1970, 1, 1)
_LENGTHS: Final = OPEN + 1
_DAY: Final = len(_KNOWN) * _LENGTHS
_RANK: Final = (
    "CASE date_precision " + " ".join(f"WHEN '{code.value}' THEN {rank}" for rank, code in enumerate(_KNOWN)) + " END"
)
_PACKED: Final = f"(date_start - DATE '1970-01-01')::BIGINT * {_DAY} + ({{rank}}) * {_LENGTHS} + {{lasted}}"

LASTED: Final = f"CASE WHEN date_end IS NULL THEN {OPEN} ELSE least(greatest(date_end - date_start, 0), {OPEN - 1}) END"
"""SQL for the number of days from first to last day. The CASE is needed because `greatest` ignores nulls."""


def first_when(lasted: str) -> str:
    """Return SQL for the first incident of a group; `lasted` is the SQL for its duration in days."""
    return f"min({_PACKED.format(rank=_RANK, lasted=lasted)})"


def last_when(lasted: str) -> str:
    """Return SQL for the incident of a group that began last; `lasted` as in `first_when`."""
    return f"max({_PACKED.format(rank=f'{_WORST} - {_RANK}', lasted=lasted)})"


def first_of(packed: Any) -> When:
    """Unpack the result of `first_when`."""
    return _unpacked(int(packed), last=False)


def last_of(packed: Any) -> When:
    """Unpack the result of `last_when`."""
    return _unpacked(int(packed), last=True)


def _unpacked(packed: int, *, last: bool) -> When:
    days, rest = divmod(packed, _DAY)
    rank, lasted = divmod(rest, _LENGTHS)
    start = _EPOCH + timedelta(days=days)
    end = None if lasted == OPEN else start + timedelta(days=lasted)
    return When(start, end, _KNOWN[_WORST - rank if last else rank])


# Cache of recent answers.

_Question = TypeVar("_Question")
_Answer = TypeVar("_Answer")

_MOST_ANSWERS: Final = 8


class Cache(Generic[_Question, _Answer]):
    """Least-recently-used cache, safe to share between threads; concurrent askers of one question wait for one look-up.

    Parameters
    ----------
    most
        Largest number of answers kept.

    """

    def __init__(self, most: int = _MOST_ANSWERS) -> None:
        self._most = most
        self._answers: dict[_Question, Future[_Answer]] = {}
        self._lock = Lock()

    def get(self, question: _Question, look_up: Callable[[], _Answer]) -> _Answer:
        """Return the cached answer, or look it up; an exception raised by `look_up` is not cached."""
        with self._lock:
            kept = self._answers.pop(question, None)
            answer = self._answers[question] = kept or Future()
            if len(self._answers) > self._most:
                self._answers.pop(next(iter(self._answers)))
        if kept is None:
            try:
                answer.set_result(look_up())
            except BaseException as error:
                with self._lock:
                    if self._answers.get(question) is answer:
                        del self._answers[question]
                answer.set_exception(error)
                raise
        return answer.result()


# What every index can answer.

FIRST_IMPORTED: Final = 1 << PART_BITS
"""Lowest `r` of an imported incident."""
WORLD: Final = 1 << 30
"""Width of the Web Mercator square in the units of `x` and `y`, whose origin is the north-western corner."""
_X: Final = f"least({WORLD - 1}, floor({WORLD} * (0.5 + lon / 360)))::INTEGER"
_Y: Final = f"floor({WORLD} * (0.5 - asinh(tan(radians(greatest(-85, least(85, lat))))) / (2 * pi())))::INTEGER"


class EventIndex(ABC):
    """Read-only index of incidents; safe to share between threads."""

    by_province: ClassVar[str]
    """SQL for a selection with one row per province, with `lies_in` and `several`; {where} as in `ask`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self._cache: Cache[Any, list[tuple[Any, ...]]] = Cache()

    def ask(
        self, query: str, filters: Filters, *, held: Collection[str] = (), **bound: Any
    ) -> duckdb.DuckDBPyConnection:
        """Run a query against `event` for a selection; {where} in it is replaced by the selection's conditions.

        `held` names conditions to leave out, because the relation queried instead of `event` already satisfies them and
        lacks their columns.
        """
        cursor = self.connection.cursor()
        texts = self._conditions(filters, cursor)
        where = " AND ".join(text for name, text in texts.items() if name not in held) or "true"
        used = {name: value for name, value in filters.parameters().items() if f"${name}" in where}
        return cursor.execute(query.replace("{where}", where), used | bound)

    def ask_once(self, query: str, filters: Filters) -> list[tuple[Any, ...]]:
        """Run a query that depends on the selection only, not on the view; recent answers are cached."""
        return self._cache.get((query, filters), lambda: self.ask(query, filters).fetchall())

    def actors(self) -> list[str]:
        """List the actors, in no particular order."""
        found = self.connection.cursor().execute(self._actors).fetchall()
        return [actor for (actor,) in found]

    @abstractmethod
    def ref(self, incident_id: str) -> int | None:
        """Return the row of an incident; None if there is no such incident."""

    _actors = "SELECT DISTINCT unnest(actors) FROM event"

    @abstractmethod
    def _conditions(self, filters: Filters, cursor: duckdb.DuckDBPyConnection) -> dict[str, str]:
        """Return a selection's SQL conditions by parameter name, registering the tables they need with the cursor."""


# The record: held in memory as a whole, so every condition is a condition on a column.

_RECORD: Final = f"""
CREATE TABLE event AS
SELECT part.*, row_number() OVER (ORDER BY date_start, id) - 1 AS r, id AS key, {LASTED} AS lasted,
    {NEAR_OR_CROSSED} AS near_border, {_X} AS x, {_Y} AS y, NULL::INTEGER AS killed_low, NULL::INTEGER AS killed_high
FROM rows part ORDER BY r
"""
_EACH_PROVINCE: Final = """
CASE len(province_codes) WHEN 0 THEN [NULL] WHEN 1 THEN province_codes ELSE list_concat(province_codes, [NULL]) END
"""
"""One row per province; a null where none is known, and an additional null for incidents in several provinces."""


class RecordIndex(EventIndex):
    """The incidents of the record.

    Parameters
    ----------
    rows
        As returned by `geo.table.incident_rows.incident_rows`, sorted by date and id.

    """

    by_province: ClassVar[str] = (
        f"(SELECT *, unnest({_EACH_PROVINCE}) AS lies_in, len(province_codes) > 1 AS several "
        "FROM event WHERE {where})"
    )

    def __init__(self, rows: pa.Table) -> None:
        super().__init__(duckdb.connect())
        self.connection.register("rows", rows)
        self.connection.execute(_RECORD)
        self.connection.unregister("rows")
        self._refs = {name: number for number, name in enumerate(rows["id"].to_pylist())}

    def ref(self, incident_id: str) -> int | None:
        """Return the row of an incident; None if there is no such incident."""
        return self._refs.get(incident_id)

    def _conditions(self, filters: Filters, cursor: duckdb.DuckDBPyConnection) -> dict[str, str]:
        del cursor
        values = filters.parameters()
        return {name: text for name, text in CONDITIONS.items() if values[name] is not None}


# Imported datasets, opened once until they change: their columns in memory if they fit, otherwise read from the parts.
# Beside `event` there is `part`: all columns but the raw ones, as stored.

FITS: Final = 20_000_000
"""Largest number of rows held in memory, at about 70 bytes each."""
_MEMORY: Final = "1500MB"
"""DuckDB's memory limit; the process also holds the record, the boundaries and its libraries."""
_CODES: Final = {
    "category": Category,
    "subtype": Subtype,
    "country": Country,
    "status": Status,
    "location_precision": LocationPrecision,
    "date_precision": DatePrecision,
}
_BORDER_CODES: Final = (*Border, NOT_KNOWN)
_NAMES: Final = ", ".join(IMPORT_SCHEMA.names)
_ACTOR_SET: Final = "array_to_string(part.actors, chr(10))"
_SPOT: Final = (
    "CASE WHEN part.location_precision = 'district' THEN coalesce(part.district, part.place) ELSE part.place END"
)


def _columns(people: Iterable[About]) -> str:
    """Return SQL for the columns of `event`, with the figures of people other than the killed that are asked for."""
    ends = ((about, zip(("low", "high"), ends_of(about), strict=True)) for about in (About.KILLED, *people))
    figures = [f"{sql}::INTEGER AS {about}_{end}" for about, both in ends for end, sql in both]
    return f"{_COLUMNS}, {', '.join(figures)}"


_COLUMNS: Final = f"""
    part.r,
    date_start, {LASTED}::USMALLINT AS lasted, year::SMALLINT AS year, try_cast(dataset AS dataset_code) AS dataset,
    try_cast(province_code AS province_code) AS province_code,
    {", ".join(f"try_cast({name} AS {name}_code) AS {name}" for name in _CODES)},
    ({NEAR_BORDER})::border_code AS near_border, {_X} AS x, {_Y} AS y,
    uncertainty_km::FLOAT AS uncertainty_km, substr(id, len(dataset) + 2) AS key"""
_IN_MEMORY: Final = (
    f"""CREATE TABLE spot AS SELECT row_number() OVER () AS number, name
    FROM (SELECT {_SPOT} AS name FROM part GROUP BY name)""",
    f"""CREATE TABLE actor_set AS SELECT row_number() OVER ()::INTEGER AS number, {_ACTOR_SET} AS name,
    any_value(actors) AS actors, any_value(actors_folded) AS folded FROM part GROUP BY name""",
    f"""CREATE TABLE event AS SELECT {{columns}},
    spot.number::INTEGER AS spot, actor_set.number AS actor_set
    FROM part LEFT JOIN spot ON spot.name = {_SPOT} LEFT JOIN actor_set ON actor_set.name = {_ACTOR_SET}""",
)
GRID_BITS: Final = 18
"""Coordinate bits within a square of `grid_count`, which is a cell of the map at zoom 10."""
_GRID_COUNTS: Final = f"""
CREATE TABLE grid_count AS
SELECT x >> {GRID_BITS} AS x, y >> {GRID_BITS} AS y, location_precision, category, dataset, near_border,
    count(*) AS incidents, sum(killed_low)::BIGINT AS low, sum(killed_high)::BIGINT AS high,
    count(killed_low) AS figures, sum(x)::BIGINT AS sum_x, sum(y)::BIGINT AS sum_y,
    min(x) AS west, max(x) AS east, min(y) AS north, max(y) AS south, min(r) AS r
FROM event WHERE {NO_LEADS} AND x IS NOT NULL GROUP BY ALL
"""
"""Precomputed counts by small squares: millions of rows come down to some tens of thousands of squares."""
_REQUIRED: Final = (
    *("key", "dataset", "category", "subtype", "country", "status", "location_precision", "date_precision"),
    "date_start",
)
"""Columns that every incident has."""
_INVALID: Final = f"""
SELECT r >> {PART_BITS} FROM event WHERE {" OR ".join(f"{name} IS NULL" for name in _REQUIRED)} OR key = ''
    OR date_start NOT BETWEEN '{date.min}' AND '{date.max}' LIMIT 1
"""
_GRID_CONDITIONS: Final = {"leads", "category", "precision", "dataset", "border"}
"""Conditions that `grid_count` can answer; it contains no leads."""
_ON_DISK: Final = ("CREATE VIEW event AS SELECT {columns} FROM part",)


def _opened(sources: Sequence[ImportedSource], layers: Boundaries, *, in_memory: bool) -> duckdb.DuckDBPyConnection:
    """Return a connection with `part` and `event`, in memory also `actor_set` and `grid_count`; never uses the disk."""
    connection = duckdb.connect(config={"memory_limit": _MEMORY, "temp_directory": ""})
    for system in range_readers(name for source in sources for name in source.files):
        connection.register_filesystem(system)
    _make_types(connection, sources, layers)
    first = 1
    for number, source in enumerate(sources):
        _make_view(connection, f"part_{number}", source, first)
        first += len(source.files)
    all_parts = " UNION ALL ".join(f"SELECT * FROM part_{number}" for number in range(len(sources)))
    connection.execute(f"CREATE VIEW part AS {all_parts}")
    columns = _columns({about: None for source in sources for about in source.people})
    for query in (*_IN_MEMORY, _GRID_COUNTS) if in_memory else _ON_DISK:
        connection.execute(query.replace("{columns}", columns))
    return connection


def _check_codes(connection: duckdb.DuckDBPyConnection, files: Sequence[str]) -> None:
    """Raise StorageError for a part with unknown codes, such as one written by a newer version of the program."""
    for (part,) in connection.execute(_INVALID).fetchall():
        raise senseless_rows(files[part - 1])


def senseless_rows(file: str) -> StorageError:
    """Note that a part holds invalid rows, and return the error to raise."""
    reason = say("damage-rows")
    return DamagedError(file, reason) if note_broken(Path(file), reason) else StorageError(file, reason)


def _make_types(connection: duckdb.DuckDBPyConnection, sources: Sequence[ImportedSource], layers: Boundaries) -> None:
    values: dict[str, list[str]] = {name: [code.value for code in codes] for name, codes in _CODES.items()}
    values["border"] = [str(code) for code in _BORDER_CODES]
    values |= {"dataset": [source.id for source in sources], "province_code": [str(c) for c in layers.provinces.index]}
    for name, codes in values.items():
        connection.register("codes", pa.table({"code": codes}))
        connection.execute(f"CREATE TYPE {name.removesuffix('_code')}_code AS ENUM (SELECT code FROM codes)")
        connection.unregister("codes")


def _make_view(connection: Any, name: str, source: ImportedSource, first: int) -> None:
    """Create a view of a dataset's parts, through a relation, since a view's SQL takes no parameters."""
    query = (
        f"SELECT *, ((file_index + $first)::BIGINT << {PART_BITS}) | file_row_number AS r "
        "FROM read_parquet($files, union_by_name = true, file_row_number = true)"
    )
    rows = connection.sql(query, params={"files": list(source.files), "first": first})
    with_later_columns(rows).project(f"{_NAMES}, r").create_view(name)


_DISK_ONLY: Final = ("words", "group")
"""Fields whose columns are only on disk; the matching rows are looked up once and cached."""
_OF_GROUPS: Final = "SELECT r FROM part WHERE list_contains($values, event_group)"
_OF_ACTORS: Final = "SELECT r FROM part WHERE list_has_any($values, actors_folded)"
_ACTOR: Final = "actor_set IN (SELECT number FROM actor_set WHERE list_has_any($actor, folded))"
_ACTORS: Final = {
    True: "SELECT DISTINCT unnest(actors) AS actor FROM actor_set",
    False: "SELECT DISTINCT unnest(actors) AS actor FROM part",
}
_FACTS: Final = f"""
SELECT event.r, dataset::VARCHAR || '-' || key, dataset::VARCHAR, category::VARCHAR, subtype::VARCHAR, status::VARCHAR,
    date_start, CASE WHEN lasted < {OPEN} THEN date_start + lasted::INTEGER END, date_precision::VARCHAR,
    coalesce(spot.name, ''), location_precision::VARCHAR, x, y, uncertainty_km, killed_low, killed_high
FROM event JOIN wanted USING (r) LEFT JOIN spot ON spot.number = event.spot
"""
_FACTS_ON_DISK: Final = _FACTS.replace("coalesce(spot.name, '')", "''").replace(
    "LEFT JOIN spot ON spot.number = event.spot", ""
)
_EMPTIED: Final = {"search": "''", "search_keys": "[]"}
"""Columns that only searches read; they make up half the bytes of a row."""
_ROWS: Final = (
    "SELECT {columns}, file_row_number AS row FROM read_parquet($file, file_row_number = true) "
    "WHERE file_row_number IN (SELECT unnest($rows))"
)


@lru_cache(maxsize=1)  # takes seconds and hundreds of megabytes for millions of rows
def opened_parts(sources: tuple[ImportedSource, ...]) -> "ImportedParts":
    """Open the datasets for queries, in memory up to FITS rows; the last result is cached."""
    return ImportedParts(sources, in_memory=sum(source.rows for source in sources) <= FITS)


class ImportedParts:
    """The opened datasets, read-only; safe to share between threads."""

    def __init__(self, sources: Sequence[ImportedSource], *, in_memory: bool) -> None:
        self.sources = tuple(sources)
        self.measures = frozenset(about for source in sources for about in (About.KILLED, *source.people))
        """Measures of people of which any dataset has a figure, and killed."""
        self.files = tuple(name for source in sources for name in source.files)
        self.in_memory = in_memory
        self.connection = _opened(sources, boundaries(), in_memory=in_memory)
        if in_memory:
            _check_codes(self.connection, self.files)
        self.numbering = Numbering(self.connection, self.files)
        self._words = WordSearch(self.connection, sources, self.numbering)
        self._columns: dict[str, str] = {}
        self._matching: Cache[Any, npt.NDArray[np.uint8]] = Cache()

    def matching(self, filters: Filters) -> Mask:
        """Return the mask of rows that match the fields only on disk; recent masks are cached, one bit per row."""
        slow = self.slow(filters)
        bits = self._matching.get(slow, lambda: np.packbits(self._look_up(slow)))
        return np.unpackbits(bits, count=int(self.numbering.starts[-1])).view(np.bool_)

    def _look_up(self, slow: Any) -> Mask:
        q, groups, actors = slow
        mask = self._words.mask(q) if q else ~self.numbering.nothing()
        for query, values in ((_OF_GROUPS, groups), (_OF_ACTORS, actors)):
            if values:
                found = self.connection.cursor().execute(query, {"values": list(values)}).fetchnumpy()["r"]
                mask &= self.numbering.chosen(np.asarray(found, np.int64))
        return mask

    def slow(self, filters: Filters) -> Any:
        """Return the part of a selection that must be looked up on disk; None if there is none."""
        bound = filters.parameters()
        actors = () if self.in_memory else tuple(bound["actor"] or ())
        sought = (filters.q if bound["words"] else "", tuple(bound["group"] or ()), actors)
        return sought if any(sought) else None

    def rows(self, refs: Refs) -> pa.Table:
        """Return rows in the order of `refs`, reading only the pages that hold them.

        Columns as in IMPORT_SCHEMA, with the search columns left empty.
        """
        parts = list(self.by_part(refs))
        if not parts:
            return IMPORT_SCHEMA.empty_table()
        places = np.empty(len(refs), np.intp)
        places[np.argsort(refs, kind="stable")] = np.arange(len(refs))
        return pa.concat_tables(parts).take(pa.array(places))

    def file_of(self, ref: int) -> str:
        """Return the file that holds a row."""
        numbers, _ = self.numbering.parts_of(np.array([ref], np.int64))
        return self.files[int(numbers[0])]

    def by_part(self, refs: Refs) -> Iterator[pa.Table]:
        """Yield the same rows and columns part by part, in stored order."""
        numbers, within = self.numbering.parts_of(refs)
        for part in np.unique(numbers):
            bound = {"file": self.files[part], "rows": within[numbers == part].tolist()}
            query = _ROWS.replace("{columns}", self._columns_of(self.files[part]))
            found: Any = self.connection.cursor().sql(query, params=bound)
            table = found.to_arrow_table()
            yield table.sort_by("row").drop_columns("row").cast(IMPORT_SCHEMA)

    def _columns_of(self, file: str) -> str:
        """Return SQL for the columns of IMPORT_SCHEMA in a part; looked up once, since asking again takes as long."""
        if file not in self._columns:
            missing = set(LATER_COLUMNS).difference(self.connection.cursor().read_parquet(file).columns)
            instead = {**_EMPTIED, **dict.fromkeys(missing, "NULL")}
            self._columns[file] = ", ".join(f"{instead.get(name, name)} AS {name}" for name in IMPORT_SCHEMA.names)
        return self._columns[file]


class ImportedIndex(EventIndex):
    """The incidents of imported datasets.

    Parameters
    ----------
    parts
        The opened datasets.
    spare
        Ids of reports left out where linked reports count once.

    """

    by_province: ClassVar[str] = "(SELECT *, province_code AS lies_in, false AS several FROM event WHERE {where})"

    def __init__(self, parts: ImportedParts, spare: Collection[str] = ()) -> None:
        super().__init__(parts.connection)
        self.parts = parts
        self._spare_ids = sorted(spare)
        self._actors = _ACTORS[parts.in_memory]

    def has_grid_counts(self, filters: Filters) -> bool:
        """Tell whether `grid_count` can answer for a selection."""
        conditions = filters.conditions().keys()
        in_grid = "leads" in conditions and conditions <= _GRID_CONDITIONS and filters.linked is Linked.EACH
        return in_grid and self.parts.in_memory

    def _conditions(self, filters: Filters, cursor: duckdb.DuckDBPyConnection) -> dict[str, str]:
        texts = filters.conditions()
        if self.parts.in_memory and "actor" in texts:
            texts["actor"] = _ACTOR
        if self.parts.slow(filters) is not None:
            texts = {name: text for name, text in texts.items() if name not in _DISK_ONLY}
            if not self.parts.in_memory:
                texts.pop("actor", None)
            texts["matching"] = self._of_matching(cursor, self.parts.matching(filters))
        if filters.linked is Linked.ONCE and self._spare_ids:
            cursor.register("spare", pa.table({"r": self._spare}))
            texts["spare"] = "r NOT IN (SELECT r FROM spare)"
        return texts

    def _of_matching(self, cursor: duckdb.DuckDBPyConnection, mask: Mask) -> str:
        """Register the matching rows, or the others if they are fewer, and return the condition."""
        fewer = 2 * np.count_nonzero(mask) <= len(mask)
        rows = self.parts.numbering.refs(mask if fewer else ~mask)
        cursor.register("matching", pa.table({"r": rows}))
        return f"r {'' if fewer else 'NOT '}IN (SELECT r FROM matching)"

    @cached_property
    def _spare(self) -> Refs:
        return np.array([row for row in map(self.ref, self._spare_ids) if row is not None], np.int64)

    def ref(self, incident_id: str) -> int | None:
        """Return the row of an incident; None if there is no such incident."""
        if not self.parts.in_memory:
            return self._row("SELECT r FROM part WHERE id = $id", id=incident_id)
        for source in self.parts.sources:
            key = incident_id.removeprefix(f"{source.id}-")
            if key != incident_id:
                row = self._row(
                    "SELECT r FROM event WHERE dataset = $dataset AND key = $key", dataset=source.id, key=key
                )
                if row is not None:
                    return row
        return None

    def _row(self, query: str, **bound: Any) -> int | None:
        found = self.parts.connection.cursor().execute(query, bound).fetchone()
        return None if found is None else int(found[0])

    def facts(self, refs: Sequence[int]) -> list[tuple[Any, ...]]:
        """Return what a map says of rows, with the columns of `_FACTS`; on disk, the place is left empty."""
        cursor = self.parts.connection.cursor()
        cursor.register("wanted", pa.table({"r": pa.array(refs, pa.int64())}))
        return cursor.execute(_FACTS if self.parts.in_memory else _FACTS_ON_DISK).fetchall()
