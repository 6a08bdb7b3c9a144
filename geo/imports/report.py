"""How far an import has come, with a way out of it, and the count of what became of a file's rows."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

import pyarrow as pa

from geo.datasets.dataset import Deaths, ReleaseDifference
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
    """Rows of the file that are mapped and written."""
    bytes_done: int
    """Of the file as it lies on disk."""
    bytes_total: int
    seconds_left: float | None
    """By the pace until now; None while nobody can tell."""

    @property
    def fraction(self) -> float:
        """Return how much of the file is done, from 0 to 1."""
        return min(1.0, self.bytes_done / self.bytes_total) if self.bytes_total else 1.0


class Cancelled(Exception):  # noqa: N818  # nothing is wrong
    """Raised by a progress callback to cancel the import; nothing of it is left behind."""


ProgressCallback = Callable[[Progress], None]
"""A progress callback; may raise Cancelled."""


@dataclass(slots=True)
class Pace:
    """Tells of the progress, with the time left by the pace until now."""

    bytes_total: int
    callback: ProgressCallback | None
    _began: float = field(default_factory=time.monotonic)
    _rows: int = 0
    _bytes: int = 0

    def done(self, *, rows: int, bytes_read: int) -> None:
        """Tell that a block of so many rows is done, which ends at that byte of the file."""
        self._rows += rows
        self._bytes = bytes_read
        self.tell(Stage.READING)

    def tell(self, stage: Stage) -> None:
        """Tell what is being done now."""
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


# What became of every row of a file: accepted, repaired or rejected; a value that is shown, and is JSON as well.

MOST_NAMES: Final = 200
"""How many names of a topic the report has."""
MOST_REJECTIONS: Final = 1000
"""How many rejected rows the report itself names; all are in the file of rejected rows."""


class Rejection(Record):
    """A row that was left out."""

    row: int
    """Its number in the file, from 1."""
    field: str
    """Empty where the whole row is at fault."""
    raw: str
    """The text that stands there."""
    reason: str


class Example(Record):
    """A row as an example."""

    row: int
    """Its number in the file, from 1."""
    text: str


class RepairCount(Record):
    """How many rows were repaired in one way."""

    kind: str
    words: str
    """What was wrong and what was done."""
    rows: Count
    examples: tuple[Example, ...] = ()


class FaultCount(Record):
    """How many rows were rejected for a field."""

    field: str
    """Empty where whole rows are at fault."""
    rows: Count


class NameCount(Record):
    """How many rows there are of a name."""

    name: str
    """Empty where they have none."""
    rows: Count


class FieldUse(Record):
    """Which column of a file a field is read from."""

    field: str
    column: str


class FlagCount(Record):
    """How many rows are kept with something to know of them: what is odd, or what a name counts as."""

    what: str
    rows: Count


class Report(Record):
    """What an import did with a file, or would do."""

    file_name: str
    kind: str
    dataset: str
    """Id."""
    version: str | None
    imported_at: datetime
    rows: Count
    """Data rows of the file: accepted, repaired and rejected ones add up to it."""
    accepted: Count
    """Rows that stand as they came."""
    repaired: Count
    """Rows in which something was repaired."""
    rejected: Count
    """Rows that were left out."""
    repairs: tuple[RepairCount, ...] = ()
    """By kind; a row may have several."""
    faults: tuple[FaultCount, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    """The first of them."""
    flags: tuple[FlagCount, ...] = ()
    killed: Deaths | None = None
    """Added up over the accepted and repaired rows; None where no row gives a figure."""
    killed_rejected: Deaths | None = None
    """Likewise, over the rejected rows as far as their figures can be read: both together are the file's sums."""
    notes: tuple[str, ...] = ()
    """What was found of the file as a whole."""
    used: tuple[FieldUse, ...] = ()
    """Columns that fields are read from."""
    unused: tuple[str, ...] = ()
    """Columns that are kept with each row, and that nothing else is read from."""
    elsewhere: tuple[NameCount, ...] = ()
    """Rejected rows outside the three countries, by the country that they name."""
    exchanged: tuple[NameCount, ...] = ()
    """Those of them without a name that would lie inside with latitude and longitude exchanged."""
    named: tuple[NameCount, ...] = ()
    """Rows without coordinates that were placed by name, by what the name stands for."""
    nameable: tuple[NameCount, ...] = ()
    """Rows without coordinates that could be placed so."""
    difference: ReleaseDifference | None = None
    """To the release before; None for a dataset that is new."""
    seconds: float = 0
    """How long the import took."""
    committed: bool = False
    """The dataset stands; False for a dry run, one that was not accepted, and a file without a usable row."""

    def to_json(self) -> str:
        """Write the report as JSON."""
        return self.model_dump_json(indent=1) + "\n"


TOPICS: Final = (ELSEWHERE, EXCHANGED, NAMED, NAMEABLE)
"""Counts of rows by name that a report has, each under the name of its topic."""


@dataclass(slots=True)
class Tally:
    """Counts of rows until now; rejected ones are written to their file as they come."""

    file: RejectedFile
    rows: int = 0
    accepted: int = 0
    repaired: int = 0
    rejected: int = 0
    sums: Deaths = field(default_factory=Deaths)
    rejected_sums: Deaths = field(default_factory=Deaths)
    figures: int = 0
    """Kept rows that give a figure of people killed."""
    rejected_figures: int = 0
    _topics: dict[str, Counter[str]] = field(default_factory=dict)
    _repairs: Counter[Repair] = field(default_factory=Counter)
    _examples: dict[Repair, tuple[tuple[int, str], ...]] = field(default_factory=dict)
    _faults: Counter[str] = field(default_factory=Counter)
    _flags: Counter[str] = field(default_factory=Counter)
    _rejections: list[Rejection] = field(default_factory=list)

    def add(self, part: PartResult) -> None:
        """Count a block in; blocks come in the order of the file."""
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
        """Count the rows in which something was repaired so."""
        return self._repairs[kind]

    def take_out(self, repeats: Repeats) -> None:
        """Count rows as rejected that were counted as kept before."""
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


# What the counts mean, said of the file as a whole.

_NAMES_SAID: Final = 10


def counts_notes(counts: Mapping[str, Any]) -> Iterator[str]:
    """Say of what was counted what a reader has to know: that a file lies elsewhere, or has places by name alone."""
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
    said = [say("name-and-rows", name=one.name or say("elsewhere-unnamed"), rows=one.rows) for one in names]
    more = [say("names-more", count=len(said) - _NAMES_SAID)] if len(said) > _NAMES_SAID else []
    return say("list-semicolon").join([*said[:_NAMES_SAID], *more])
