"""Progress of an import, its cancellation, and the report of what became of a file's rows."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

import pyarrow as pa

from geo.datasets.dataset import Deaths, PeopleSum, ReleaseDifference
from geo.imports.fields.cell_values import Repair
from geo.imports.fields.place_columns import ELSEWHERE, EXCHANGED
from geo.imports.fields.row_points import NAMEABLE, NAMED
from geo.imports.parts_made import PartResult, RejectedFile, Repeats, kinds_of
from geo.incident.record import Count, Record
from geo.language.messages import say


class Stage(StrEnum):
    """What an import is doing."""

    READING = "reading"
    COMPARING = "comparing"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far an import has come."""

    stage: Stage
    rows: int
    """Rows of the file mapped and written so far."""
    bytes_done: int
    """Bytes of the file on disk read so far."""
    bytes_total: int
    seconds_left: float | None
    """Estimated from the pace so far; None while it cannot be estimated."""

    @property
    def fraction(self) -> float:
        """Fraction of the file that is done, from 0 to 1."""
        return min(1.0, self.bytes_done / self.bytes_total) if self.bytes_total else 1.0


class Cancelled(Exception):  # noqa: N818  # not an error
    """Raised by a progress callback to cancel the import, which then leaves nothing behind."""


ProgressCallback = Callable[[Progress], None]
"""Called with the progress of an import; may raise Cancelled."""


@dataclass(slots=True)
class Pace:
    """Calls the progress callback, with the time left estimated from the pace so far."""

    bytes_total: int
    callback: ProgressCallback | None
    _began: float = field(default_factory=time.monotonic)
    _rows: int = 0
    _bytes: int = 0

    def done(self, *, rows: int, bytes_read: int) -> None:
        """Report that a block of `rows` rows is done; `bytes_read` is the offset in the file at which it ends."""
        self._rows += rows
        self._bytes = bytes_read
        self.tell(Stage.READING)

    def tell(self, stage: Stage) -> None:
        """Report the current stage."""
        if self.callback is not None:
            self.callback(
                Progress(
                    stage=stage,
                    rows=self._rows,
                    bytes_done=self._bytes,
                    bytes_total=self.bytes_total,
                    seconds_left=self._seconds_left(),
                )
            )

    def _seconds_left(self) -> float | None:
        if not self._bytes:
            return None
        return (time.monotonic() - self._began) * max(0, self.bytes_total - self._bytes) / self._bytes


# What became of every row of a file: accepted, repaired or rejected. Shown to the user, and stored as JSON.

MOST_NAMES: Final = 200
"""Largest number of names that the report lists per topic."""
MOST_REJECTIONS: Final = 1000
"""Largest number of rejected rows that the report itself lists; all are in the file of rejected rows."""


class Rejection(Record):
    """A row that was left out."""

    row: int
    """Number of the row in the file, from 1."""
    field: str
    """Field at fault; empty if it is the whole row."""
    raw: str
    """Original text of the field."""
    reason: str


class Example(Record):
    """A repaired row shown as an example."""

    row: int
    """Number of the row in the file, from 1."""
    text: str


class RepairCount(Record):
    """Number of rows repaired in one way."""

    kind: str
    words: str
    """What was wrong and how it was repaired."""
    rows: Count
    examples: tuple[Example, ...] = ()


class FaultCount(Record):
    """Number of rows rejected because of one field."""

    field: str
    """Empty for rows that are at fault as a whole."""
    rows: Count


class NameCount(Record):
    """Number of rows with a name."""

    name: str
    """Empty for rows without one."""
    rows: Count


class FieldUse(Record):
    """The column of a file that a field is read from."""

    field: str
    column: str


class FlagCount(Record):
    """Number of rows kept with a remark: something odd, or what a name was taken to mean."""

    what: str
    rows: Count


class Report(Record):
    """What an import did with a file, or would do."""

    file_name: str
    kind: str
    dataset: str
    """Id of the dataset."""
    version: str | None
    imported_at: datetime
    rows: Count
    """Data rows of the file: the sum of accepted, repaired and rejected ones."""
    accepted: Count
    """Rows imported unchanged."""
    repaired: Count
    """Rows imported after something in them was repaired."""
    rejected: Count
    """Rows left out."""
    repairs: tuple[RepairCount, ...] = ()
    """Repairs by kind; a row may have several."""
    faults: tuple[FaultCount, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    """The first rejected rows, at most MOST_REJECTIONS."""
    flags: tuple[FlagCount, ...] = ()
    killed: Deaths | None = None
    """Sums over the accepted and repaired rows; None if none of them gives a figure."""
    killed_rejected: Deaths | None = None
    """Sums over the rejected rows whose figures can be read; together with `killed`, the file's sums."""
    people: tuple[PeopleSum, ...] = ()
    """Sums of other measures over the accepted and repaired rows; only measures with a figure."""
    notes: tuple[str, ...] = ()
    """Findings about the file as a whole."""
    used: tuple[FieldUse, ...] = ()
    """Columns that fields are read from."""
    unused: tuple[str, ...] = ()
    """Columns that no field is read from; they are kept with each row."""
    elsewhere: tuple[NameCount, ...] = ()
    """Rejected rows outside the three countries, by the country they name."""
    exchanged: tuple[NameCount, ...] = ()
    """Rejected rows that name no country and would lie inside if latitude and longitude were exchanged."""
    named: tuple[NameCount, ...] = ()
    """Rows without coordinates that were placed by name, by the place the name was taken for."""
    nameable: tuple[NameCount, ...] = ()
    """Rows without coordinates that could be placed by name."""
    difference: ReleaseDifference | None = None
    """Difference from the previous release; None for a new dataset."""
    seconds: float = 0
    """Duration of the import."""
    committed: bool = False
    """Whether the release was put in place; False for a dry run, a discarded import or a file without a usable row."""

    def to_json(self) -> str:
        """Return the report as JSON."""
        return self.model_dump_json(indent=1) + "\n"


TOPICS: Final = (ELSEWHERE, EXCHANGED, NAMED, NAMEABLE)
"""Fields of a report that count rows by name."""


@dataclass(slots=True)
class Tally:
    """Running counts of rows; rejected rows are written to their file as they are added."""

    file: RejectedFile
    rows: int = 0
    accepted: int = 0
    repaired: int = 0
    rejected: int = 0
    sums: Deaths = field(default_factory=Deaths)
    rejected_sums: Deaths = field(default_factory=Deaths)
    figures: int = 0
    """Number of kept rows that give a figure of people killed."""
    rejected_figures: int = 0
    _topics: dict[str, Counter[str]] = field(default_factory=dict)
    _repairs: Counter[Repair] = field(default_factory=Counter)
    _examples: dict[Repair, tuple[tuple[int, str], ...]] = field(default_factory=dict)
    _faults: Counter[str] = field(default_factory=Counter)
    _flags: Counter[str] = field(default_factory=Counter)
    _rejections: list[Rejection] = field(default_factory=list)

    def add(self, part: PartResult) -> None:
        """Add the result of a block; blocks must be added in the order of the file."""
        self.rows += part.rows
        self.accepted += part.accepted
        self.repaired += part.repaired
        self.sums += part.sums
        self.rejected_sums += part.rejected_sums
        self.figures += part.figures
        self.rejected_figures += part.rejected_figures
        for topic, counted in part.counts.items():
            self._topics.setdefault(topic, Counter()).update(counted)
        self._repairs.update(part.repairs)
        self._flags.update(part.flags)
        self._examples = {**part.examples, **self._examples}
        self._reject(part.rejected)

    def repaired_by(self, kind: Repair) -> int:
        """Return the number of rows with a repair of this kind."""
        return self._repairs[kind]

    def take_out(self, repeats: Repeats) -> None:
        """Recount rows as rejected that were first counted as kept."""
        repaired = [texts for texts in repeats.repairs if texts]
        self.accepted -= len(repeats.repairs) - len(repaired)
        self.repaired -= len(repaired)
        self._repairs.subtract(kind for texts in repaired for kind in kinds_of(texts))
        self.sums -= repeats.sums
        self.rejected_sums += repeats.sums
        self.figures -= repeats.figures
        self.rejected_figures += repeats.figures
        self._reject(repeats.rejected)

    def counts(self) -> dict[str, Any]:
        """Return the fields of a report that are counts."""
        return {
            "rows": self.rows,
            "accepted": self.accepted,
            "repaired": self.repaired,
            "rejected": self.rejected,
            "repairs": tuple(self._repair_count(kind, rows) for kind, rows in self._repairs.most_common() if rows),
            "faults": tuple(FaultCount(field=name, rows=rows) for name, rows in self._faults.most_common()),
            "rejections": tuple(self._rejections),
            "flags": tuple(FlagCount(what=what, rows=rows) for what, rows in self._flags.most_common()),
            "killed": self.sums if self.figures else None,
            "killed_rejected": self.rejected_sums if self.rejected_figures else None,
            **{topic: self._counted(topic) for topic in TOPICS},
        }

    def _counted(self, topic: str) -> tuple["NameCount", ...]:
        counted = self._topics.get(topic, Counter())
        return tuple(NameCount(name=name, rows=rows) for name, rows in counted.most_common(MOST_NAMES) if rows)

    def _reject(self, rejected: pa.Table) -> None:
        self.rejected += rejected.num_rows
        self.file.add(rejected)
        for entry in rejected["field"].value_counts().to_pylist():
            self._faults[entry["values"] or ""] += entry["counts"]
        room = MOST_REJECTIONS - len(self._rejections)
        named = rejected.select(["row", "field", "raw", "reason"]).slice(0, max(room, 0))
        self._rejections += [
            Rejection.model_validate({name: "" if value is None else value for name, value in row.items()})
            for row in named.to_pylist()
        ]

    def _repair_count(self, kind: Repair, rows: int) -> RepairCount:
        examples = tuple(Example(row=row, text=text) for row, text in self._examples.get(kind, ()))
        return RepairCount(kind=kind.value, words=kind.words, rows=rows, examples=examples)


# Notes on the file as a whole that follow from the counts.

_NAMES_LISTED: Final = 10


def counts_notes(counts: Mapping[str, Any]) -> Iterator[str]:
    """Yield notes on what the counts show: rows that lie elsewhere, or have places by name alone."""
    elsewhere: tuple[NameCount, ...] = counts[ELSEWHERE]
    outside = sum(one.rows for one in elsewhere)
    if outside and outside == counts["rows"]:
        yield say("note-elsewhere-all", rows=outside, countries=_listed(elsewhere))
    elif outside:
        yield say("note-elsewhere-some", rows=outside, countries=_listed(elsewhere))
    exchanged = sum(one.rows for one in counts[EXCHANGED])
    if exchanged and exchanged == outside:
        yield say("note-exchanged-all")
    elif exchanged:
        yield say("note-exchanged-some", rows=exchanged)
    if counts[NAMED]:
        yield say("note-named", rows=sum(one.rows for one in counts[NAMED]), names=_listed(counts[NAMED]))
    if counts[NAMEABLE]:
        yield say("note-nameable", rows=sum(one.rows for one in counts[NAMEABLE]), names=_listed(counts[NAMEABLE]))


def _listed(names: Sequence[NameCount]) -> str:
    listed = [say("name-and-rows", name=one.name or say("elsewhere-unnamed"), rows=one.rows) for one in names]
    more = [say("names-more", count=len(listed) - _NAMES_LISTED)] if len(listed) > _NAMES_LISTED else []
    return say("list-semicolon").join([*listed[:_NAMES_LISTED], *more])
