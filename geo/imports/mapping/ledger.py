"""What is found in the rows of a block while they are mapped: repairs, faults that reject a row, and oddities kept."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from geo.imports.mapping.repair import Repair

Places = npt.NDArray[np.int64]
"""Positions of rows in a block, from 0."""
Words: TypeAlias = Any
"""One text for all rows named, or an Arrow array with one for each."""

_KINDS: Final = tuple(Repair)


@dataclass(frozen=True, slots=True)
class _Entries:
    at: Places
    words: pa.Array
    kind: int = -1
    field: str = ""


class Ledger:
    """The notes on the rows of one block; a row may have many, but is rejected once, for the first fault found."""

    def __init__(self, rows: int) -> None:
        self.rows = rows
        self._repairs: list[_Entries] = []
        self._faults: list[_Entries] = []
        self._flags: Counter[str] = Counter()
        self._rejected = np.zeros(rows, bool)

    @property
    def kept(self) -> npt.NDArray[np.bool_]:
        """Tell which rows have no fault so far, shape (rows,)."""
        return ~self._rejected

    def repair(self, kind: Repair, at: Places, words: Words | None = None) -> None:
        """Note what was mended in rows; in the words of the kind if None are given."""
        if len(at):
            said = kind.words if words is None else words
            self._repairs.append(_Entries(at, _texts(said, len(at)), _KINDS.index(kind)))

    def reject(self, at: Places, *, field: str, reason: Words) -> None:
        """Note a fault that keeps rows out; later faults of the same row are not told."""
        new = np.flatnonzero(~self._rejected[at])
        if len(new):
            self._rejected[at[new]] = True
            self._faults.append(_Entries(at[new], _texts(reason, len(at)).take(pa.array(new)), field=field))

    def flag(self, what: str, count: int) -> None:
        """Count rows that are kept as they are though something in them is odd."""
        if count:
            self._flags[what] += count

    @property
    def flags(self) -> Mapping[str, int]:
        """Rows by oddity."""
        return dict(self._flags)

    def repaired_rows(self) -> npt.NDArray[np.bool_]:
        """Tell which rows are kept and were mended, shape (rows,)."""
        mended = np.zeros(self.rows, bool)
        for entries in self._repairs:
            mended[entries.at] = True
        return mended & self.kept

    def repairs_by_kind(self) -> dict[Repair, int]:
        """Count kept rows by what was mended in them; a row with two kinds counts in both."""
        rows = {kind: np.zeros(self.rows, bool) for kind in {entries.kind for entries in self._repairs}}
        for entries in self._repairs:
            rows[entries.kind][entries.at] = True
        counts = {_KINDS[kind]: int((mended & self.kept).sum()) for kind, mended in sorted(rows.items())}
        return {kind: count for kind, count in counts.items() if count}

    def repair_words(self) -> pa.ListArray:
        """Return what was mended in each row, rejected ones too, in the order found, nothing twice; shape (rows,)."""
        at, said, _ = _sorted(self._unique_repairs())
        offsets = np.concatenate([[0], np.cumsum(np.bincount(at, minlength=self.rows))]).astype(np.int32)
        return pa.ListArray.from_arrays(pa.array(offsets), said)

    def _unique_repairs(self) -> Iterable[_Entries]:
        constant: dict[str, list[Places]] = {}
        for entries in self._repairs:
            first = entries.words[0].as_py()
            if pc.all(pc.equal(entries.words, first)).as_py():
                constant.setdefault(first, []).append(entries.at)
            else:
                yield entries
        for words, places in constant.items():
            at = np.unique(np.concatenate(places))
            yield _Entries(at, _texts(words, len(at)))

    def faults(self) -> tuple[Places, pa.Array, pa.Array]:
        """Return the rejected rows in order: their places, the field at fault, and the reason."""
        at, reasons, order = _sorted(self._faults)
        fields = [pa.repeat(entries.field, len(entries.at)) for entries in self._faults]
        return at, _joined(fields).take(order), reasons


def _sorted(entries: Iterable[_Entries]) -> tuple[Places, pa.Array, pa.Array]:
    gathered = list(entries)
    at = np.concatenate([np.zeros(0, np.int64), *(e.at for e in gathered)])
    order = np.argsort(at, kind="stable")
    return at[order], _joined([e.words for e in gathered]).take(pa.array(order)), pa.array(order)


def _joined(arrays: Iterable[pa.Array]) -> pa.Array:
    return pa.chunked_array(list(arrays), pa.string()).combine_chunks()


def _texts(words: Words, count: int) -> pa.Array:
    return pa.repeat(pa.scalar(words, pa.string()), count) if isinstance(words, str) else words
