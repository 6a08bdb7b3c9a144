"""Imported incidents: counted, added up and fetched by SQL, however many they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, Final

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from geo.boundaries import boundaries
from geo.filters import Filters
from geo.table.kept import Kept
from geo.table.lean import FITS, open_lean
from geo.table.numbering import Choice, Numbering
from geo.table.rows import Refs
from geo.table.source import ImportedSource
from geo.table.words import Words
from geo.vocabulary import Linked

_SLOW: Final = ("words", "group")
"""Fields whose columns are on disk only; what they mean is looked up once and kept."""
_OF_GROUPS: Final = "SELECT r FROM part WHERE list_contains($values, event_group)"
_OF_ACTORS: Final = "SELECT r FROM part WHERE list_has_any($values, actors_folded)"
_ACTOR: Final = "cast_list IN (SELECT number FROM cast_list WHERE list_has_any($actor, folded))"

_FACTS: Final = """
SELECT lean.r, dataset::VARCHAR || '-' || key, dataset::VARCHAR, category::VARCHAR, subtype::VARCHAR, status::VARCHAR,
    date_start, date_precision::VARCHAR, coalesce(spot.name, ''), location_precision::VARCHAR, x, y, uncertainty_km,
    killed_low, killed_high
FROM lean JOIN wanted USING (r) LEFT JOIN spot ON spot.number = lean.spot
"""
_FACTS_ON_DISK: Final = _FACTS.replace("coalesce(spot.name, '')", "''").replace(
    "LEFT JOIN spot ON spot.number = lean.spot", ""
)


@lru_cache(maxsize=1)  # seconds and hundreds of megabytes for millions of rows, the same while the record changes
def lean_of(sources: tuple[ImportedSource, ...], *, fits: int = FITS) -> "Lean":
    """Return the datasets opened for questions."""
    return Lean(sources, in_memory=sum(source.rows for source in sources) <= fits)


class Lean:
    """The datasets, read-only; safe to share between threads."""

    def __init__(self, sources: Sequence[ImportedSource], *, in_memory: bool) -> None:
        self.sources = tuple(sources)
        self.files = tuple(name for source in sources for name in source.files)
        self.in_memory = in_memory
        self.connection = open_lean(sources, boundaries(), in_memory=in_memory)
        self.numbering = Numbering(self.connection, self.files)
        self._words = Words(self.connection, sources, self.numbering)
        self._found: Kept[Any, npt.NDArray[np.uint8]] = Kept()

    def found(self, filters: Filters) -> Choice:
        """Return the rows that match the fields which are on disk only; the last answers are kept, a bit for a row."""
        slow = self.slow(filters)
        bits = self._found.get(slow, lambda: np.packbits(self._look_up(slow)))
        return np.unpackbits(bits, count=int(self.numbering.starts[-1])).view(np.bool_)

    def _look_up(self, slow: Any) -> Choice:
        q, groups, actors = slow
        choice = self._words.choice(q) if q else ~self.numbering.nothing()
        for query, values in ((_OF_GROUPS, groups), (_OF_ACTORS, actors)):
            if values:
                found = self.connection.cursor().execute(query, {"values": list(values)}).fetchnumpy()["r"]
                choice &= self.numbering.chosen(np.asarray(found, np.int64))
        return choice

    def slow(self, filters: Filters) -> Any:
        """Return the part of a choice that is looked up on disk, None if there is none."""
        bound = filters.parameters()
        actors = () if self.in_memory else tuple(bound["actor"] or ())
        sought = (filters.q if bound["words"] else "", tuple(bound["group"] or ()), actors)
        return sought if any(sought) else None


@dataclass(frozen=True)
class Imported:
    """The datasets, and which of their reports are spare where linked ones count once."""

    lean: Lean
    spare: frozenset[str] = field(default=frozenset())
    """Ids of incidents."""
    _kept: Kept[Any, list[tuple[Any, ...]]] = field(default_factory=Kept, compare=False, repr=False)

    def ask(self, query: str, filters: Filters, **bound: Any) -> duckdb.DuckDBPyConnection:
        """Ask `lean` about a choice: {where} in the query stands for its conditions."""
        cursor = self.lean.connection.cursor()
        texts, values = filters.conditions(), filters.parameters()
        if self.lean.in_memory and "actor" in texts:
            texts["actor"] = _ACTOR
        if self.lean.slow(filters) is not None:
            texts = {name: text for name, text in texts.items() if name not in _SLOW}
            if not self.lean.in_memory:
                texts.pop("actor", None)
            texts["found"] = self._of_found(cursor, self.lean.found(filters))
        if filters.linked is Linked.ONCE and self.spare:
            cursor.register("spare", pa.table({"r": self._spare}))
            texts["spare"] = "r NOT IN (SELECT r FROM spare)"
        used = {name: values[name] for name in texts if name in values}
        return cursor.execute(query.replace("{where}", " AND ".join(texts.values()) or "true"), used | bound)

    def _of_found(self, cursor: duckdb.DuckDBPyConnection, choice: Choice) -> str:
        """Register the rows that were found, or the others if these are fewer, and return the condition."""
        fewer = 2 * np.count_nonzero(choice) <= len(choice)
        rows = self.lean.numbering.refs(choice if fewer else ~choice)
        cursor.register("found", pa.table({"r": rows}))
        return f"r {'' if fewer else 'NOT '}IN (SELECT r FROM found)"

    def ask_once(self, query: str, filters: Filters) -> list[tuple[Any, ...]]:
        """Ask what a choice alone decides, wherever the view is; the last answers are kept."""
        return self._kept.get((query, filters), lambda: self.ask(query, filters).fetchall())

    @cached_property
    def _spare(self) -> Refs:
        return np.array([row for row in map(self.ref, sorted(self.spare)) if row is not None], np.int64)

    def ref(self, incident_id: str) -> int | None:
        """Return the row of an incident; None where no dataset has it."""
        return next(iter(self.refs_of([incident_id])), None)

    def refs_of(self, ids: Iterable[str]) -> list[int]:
        """Return the rows of incidents that are there, in no order."""
        wanted = list(ids)
        if not self.lean.in_memory:
            return self._found("SELECT r FROM part WHERE id IN (SELECT unnest($ids))", ids=wanted)
        found = []
        for source in self.lean.sources:
            keys = [name.removeprefix(f"{source.id}-") for name in wanted if name.startswith(f"{source.id}-")]
            if keys:
                query = "SELECT r FROM lean WHERE dataset = $dataset AND key IN (SELECT unnest($keys))"
                found += self._found(query, dataset=source.id, keys=keys)
        return found

    def _found(self, query: str, **bound: Any) -> list[int]:
        return [row for (row,) in self.lean.connection.cursor().execute(query, bound).fetchall()]

    def facts(self, refs: Sequence[int]) -> list[tuple[Any, ...]]:
        """Return what a map says of rows: r, id, dataset, what, when, where (units, km), killed; place where kept."""
        cursor = self.lean.connection.cursor()
        cursor.register("wanted", pa.table({"r": pa.array(refs, pa.int64())}))
        return cursor.execute(_FACTS if self.lean.in_memory else _FACTS_ON_DISK).fetchall()
