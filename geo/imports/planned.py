"""A file opened and recognised, with the plan by which its rows become incidents."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from geo.datasets import DataFolder
from geo.datasets.dataset import dataset_id
from geo.datasets.mappings import kept_mapping
from geo.imports.block import Rows
from geo.imports.described import bare_name, now
from geo.imports.errors import UnreadableError
from geo.imports.mapping import PLAIN_FIELDS, Plan, guess_columns, make_plan
from geo.imports.mapping.day_order import ORDER_FIELD, DayOrder, dates_seen
from geo.imports.opening import open_rows
from geo.imports.opening.source import RemoteFile
from geo.imports.recognise import Kind, Recognised, recognise
from geo.imports.rejected import restored

_UCDP: frozenset[Kind] = frozenset((Kind.UCDP_GED, Kind.UCDP_CANDIDATE))


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """Everything that is known of a file before its rows are read."""

    rows: Rows
    recognised: Recognised
    plan: Plan
    imported_at: datetime

    @property
    def notes(self) -> tuple[str, ...]:
        """Say what was found of the file as a whole."""
        return (*self.rows.notes, *self.recognised.notes, *self._order())

    def _order(self) -> Iterable[str]:
        seen = dates_seen(self.rows.sample, self.plan.columns)
        if seen.undecided and self.plan.order is None:
            yield (
                f"nothing tells whether dates such as {seen.either[:40]} begin with the day or the month; they are "
                f"read with {seen.order.words}, unless the mapping says {ORDER_FIELD}={DayOrder.MONTH_DAY}"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is wanted of a file; what is None is told from it."""

    kind: Kind | None = None
    mapping: Mapping[str, str] | None = None
    """Column of the file by field: over what is recognised, or of a plain file all of it; as confirmed for a file with
    its columns, or guessed, if None. Under ORDER_FIELD it may say the order of day and month."""
    corrections: Mapping[str, str] | None = None
    """Likewise, over `mapping` or what takes its place; "" for a field that no column holds."""
    dataset: str | None = None
    """Name of the dataset it goes into."""
    retrieved_at: datetime | None = None
    """When it was fetched from its publisher, aware; now if None."""
    name: str | None = None
    """What the file is called, where its path does not say."""
    table: str | None = None
    """Which of several tables in it."""


def planned(path: Path | RemoteFile, wanted: Wanted, folder: DataFolder) -> Planned:
    """Open a file and plan its import; `folder` holds mappings that were confirmed for files like it.

    Raises UnreadableError for a file that cannot be imported, with a sentence that says why.
    """
    imported_at = now()
    rows = restored(open_rows(path, name=wanted.name, table=wanted.table))
    recognised = _as_wanted(recognise(rows), wanted.kind, rows.name)
    if recognised.refusal:
        raise UnreadableError(rows.name, recognised.refusal)
    plain_name = bare_name(rows.name) if recognised.kind is Kind.PLAIN else recognised.kind.value
    plan = make_plan(
        recognised,
        retrieved_at=wanted.retrieved_at or imported_at,
        sample=rows.sample,
        dataset=dataset_id(wanted.dataset or plain_name),
        mapping=_mapping(recognised, rows, wanted, folder),
    )
    return Planned(rows=rows, recognised=recognised, plan=plan, imported_at=imported_at)


def _mapping(recognised: Recognised, rows: Rows, wanted: Wanted, folder: DataFolder) -> dict[str, str]:
    """Return what a mapping asks for over what was recognised; of a plain file all of it."""
    plain = recognised.kind is Kind.PLAIN
    given = {**(wanted.mapping or {}), **(wanted.corrections or {})}
    for field, column in given.items():
        if field == ORDER_FIELD:
            _check_order(column, rows.name)
            continue
        if column and column not in rows.header:
            raise UnreadableError(rows.name, f"it has no column {column!r}; it has {', '.join(rows.header)[:500]}")
        if plain and field not in PLAIN_FIELDS:
            raise UnreadableError(
                rows.name, f"there is no field {field!r} to map to; there are {', '.join(PLAIN_FIELDS)}, {ORDER_FIELD}"
            )
    suggested: Mapping[str, str] = {}
    if plain and wanted.mapping is None:
        suggested = kept_mapping(folder, rows.header) or guess_columns(rows.sample)
    return {field: column for field, column in {**suggested, **given}.items() if column}


def _check_order(order: str, name: str) -> None:
    if order and order not in list(DayOrder):
        raise UnreadableError(name, f"{ORDER_FIELD} cannot be {order!r}; it is {' or '.join(DayOrder)}")


def _as_wanted(recognised: Recognised, kind: Kind | None, name: str) -> Recognised:
    """Read a file as another kind than it was recognised as, where its columns allow that."""
    if kind is None or kind is recognised.kind:
        return recognised
    if kind is Kind.PLAIN:
        return replace(recognised, kind=kind, columns={}, refusal=None)
    if {kind, recognised.kind} <= _UCDP:
        return replace(recognised, kind=kind)
    lacking = f": {recognised.notes[0]}" if recognised.kind is Kind.PLAIN and recognised.notes else ""
    raise UnreadableError(name, f"it is no file of kind {kind}, but {recognised.kind}{lacking}")
