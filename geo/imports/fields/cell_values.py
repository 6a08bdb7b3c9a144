"""Cells parsed into values, and what is noted on the way: repairs, faults that reject a row, flags."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from geo.language.messages import say

# Kinds of repair, with their words in reports and in the documentation.


class Repair(StrEnum):
    """A kind of repair; the value is its code in reports."""

    words: str
    """What was wrong and what was done."""

    ENCODING = "encoding"
    GEOMETRY = "geometry"
    STRAY_CHARACTERS = "stray_characters"
    MOJIBAKE = "mojibake"
    DIGITS = "digits"
    WHOLE_NUMBER = "whole_number"
    THOUSANDS = "thousands"
    DECIMAL_COMMA = "decimal_comma"
    DEGREES = "degrees"
    SWAPPED = "swapped_coordinates"
    POINT_ELSEWHERE = "point_elsewhere"
    HIJRI = "hijri_date"
    EXCEL_DAY = "excel_day"
    SHORT_YEAR = "short_year"
    DAY_MONTH = "day_month"
    DATES_EXCHANGED = "dates_exchanged"
    DATE_MISSING = "date_missing"
    PRECISION_MISSING = "precision_missing"
    KIND_UNKNOWN = "kind_unknown"
    ID_MISSING = "id_missing"
    ID_CUT = "id_cut"
    WEEKDAY = "weekday"
    EPOCH = "epoch"
    LOCAL_DAY = "local_day"
    SEVERAL_DATES = "several_dates"
    NO_FIGURE = "no_figure"
    ABOUT = "about"
    MORE_THAN = "more_than"
    UNKNOWN_CODE = "unknown_code"
    WORDS_BESIDE = "words_beside"
    RANGE_AS_DATE = "range_as_date"
    PLACES_DIFFER = "places_differ"
    POINT_LOST = "point_lost"
    ROUNDED = "rounded"
    CENTRE = "centre"
    BY_NAME = "by_name"
    COLUMNS_DIFFER = "columns_differ"

    def __init__(self, code: str) -> None:
        self.words = say(f"repair-{code}")


# Notes on the rows of a block while they are mapped: repairs, faults that reject a row, flags and counts.

Places = npt.NDArray[np.int64]
"""Positions of rows in a block, from 0."""
Words: TypeAlias = Any
"""One text for all rows concerned, or an Arrow array with one for each."""

_KINDS: Final = tuple(Repair)


@dataclass(frozen=True, slots=True)
class _Entries:
    at: Places
    words: pa.Array
    kind: int = -1
    field: str = ""


class Ledger:
    """Notes on the rows of one block; a row may have many, but is rejected once, for the first fault found."""

    def __init__(self, rows: int) -> None:
        self.rows = rows
        self._repairs: list[_Entries] = []
        self._faults: list[_Entries] = []
        self._flags: Counter[str] = Counter()
        self._counts: dict[str, Counter[str]] = {}
        self._named: dict[str, list[_Entries]] = {}
        self._rejected = np.zeros(rows, bool)

    @property
    def kept(self) -> npt.NDArray[np.bool_]:
        """Return a mask of rows that have no fault so far, shape (rows,)."""
        return ~self._rejected

    def repair(self, kind: Repair, at: Places, words: Words | None = None) -> None:
        """Note a repair of rows, in the words of its kind if None are given."""
        if len(at):
            said = kind.words if words is None else words
            self._repairs.append(_Entries(at, _texts(said, len(at)), _KINDS.index(kind)))

    def reject(self, at: Places, *, field: str, reason: Words) -> None:
        """Reject rows for a fault; later faults of the same row are not reported."""
        new = np.flatnonzero(~self._rejected[at])
        if len(new):
            self._rejected[at[new]] = True
            self._faults.append(_Entries(at[new], _texts(reason, len(at)).take(pa.array(new)), field=field))

    def flag(self, what: str, count: int) -> None:
        """Count kept rows that the report mentions: for an oddity, or for what a name in them was taken as."""
        if count:
            self._flags[what] += count

    def count(self, topic: str, rows: Mapping[str, int]) -> None:
        """Add to the counts of rows of a topic, by value."""
        self._counts.setdefault(topic, Counter()).update(rows)

    def count_kept(self, topic: str, at: Places, names: pa.Array) -> None:
        """Add rows to the counts of a topic, by name; only those kept in the end are counted."""
        if len(at):
            self._named.setdefault(topic, []).append(_Entries(at, names))

    @property
    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """Numbers of rows by topic and value; of `count_kept`, only rows not rejected so far."""
        found = {topic: Counter(counted) for topic, counted in self._counts.items()}
        for topic, entries in self._named.items():
            names = [name for one in entries for name in one.words.filter(pa.array(self.kept[one.at])).to_pylist()]
            found.setdefault(topic, Counter()).update(names)
        return {topic: dict(counted) for topic, counted in found.items() if counted}

    @property
    def flags(self) -> Mapping[str, int]:
        """Numbers of rows by flag."""
        return dict(self._flags)

    def repaired_rows(self) -> npt.NDArray[np.bool_]:
        """Return a mask of rows that are kept and were repaired, shape (rows,)."""
        repaired = np.zeros(self.rows, bool)
        for entries in self._repairs:
            repaired[entries.at] = True
        return repaired & self.kept

    def repairs_by_kind(self) -> dict[Repair, int]:
        """Count kept rows by kind of repair; a row with two kinds counts in both."""
        rows = {kind: np.zeros(self.rows, bool) for kind in {entries.kind for entries in self._repairs}}
        for entries in self._repairs:
            rows[entries.kind][entries.at] = True
        counts = {_KINDS[kind]: int((repaired & self.kept).sum()) for kind, repaired in sorted(rows.items())}
        return {kind: count for kind, count in counts.items() if count}

    def repair_words(self) -> pa.ListArray:
        """Return the repairs of each row, even if rejected, in the order found, without repetition; shape (rows,)."""
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
        """Return the rejected rows in order: their positions, the fields at fault, and the reasons."""
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


# Cells parsed into values: those in the usual form all at once, others once per distinct text.

SHOWN: Final = 60
"""Longest text quoted in a message, in characters."""
PLACES_KEPT: Final = 100_000
"""Size of caches of place names between blocks; a country's dataset has fewer places."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The result of parsing a text: a value and its repairs, or a fault."""

    value: Any
    repairs: tuple[Repair, ...] = ()
    fault: str = ""
    """Why it cannot be read, as the rest of a sentence that begins with the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How the texts of a column are parsed."""

    kind: pa.DataType
    read: Callable[[str], Reading]
    """Parses any text; never raises."""
    usual: str | None = None
    """Pattern of texts that Arrow can cast by itself."""


def read_column(cells: pa.Array, form: Form, *, field: str, ledger: Ledger) -> pa.Array:
    """Parse a column, shape (rows,); missing and faulty cells are null; repairs and faults go to the ledger."""
    odd = cells.is_valid()
    values = pa.nulls(len(cells), form.kind)
    if form.usual is not None:
        usual = pc.fill_null(pc.match_substring_regex(cells, form.usual), False)  # noqa: FBT003  # the fill value
        values = pc.if_else(usual, cells, pa.scalar(None, pa.string())).cast(form.kind)
        odd = pc.and_(odd, pc.invert(usual))
    at = np.flatnonzero(odd.to_numpy(zero_copy_only=False))
    if not len(at):
        return values
    encoded = cells.filter(odd).dictionary_encode()
    texts = encoded.dictionary.to_pylist()
    readings = [form.read(text) for text in texts]
    _note(list(zip(texts, readings, strict=True)), np.asarray(encoded.indices), at, field=field, ledger=ledger)
    read = pa.array([_packed(reading.value, form.kind) for reading in readings], form.kind)
    if form.usual is None:  # there are no other values
        which = np.full(len(cells), -1)
        which[at] = np.asarray(encoded.indices)
        return read.take(pa.array(which, mask=which < 0))
    return pc.replace_with_mask(values, odd, read.take(encoded.indices))


def _packed(value: Any, kind: pa.DataType) -> Any:
    """Return a value as Arrow takes it: one of several fields by the names of its attributes."""
    if value is None or not pa.types.is_struct(kind):
        return value
    return {field.name: getattr(value, field.name) for field in kind}


def by_text(texts: pa.Array, meaning: Callable[[str | None], Any], kind: pa.DataType) -> pa.Array:
    """Look up the meaning of texts, once per distinct text; null counts as a text."""
    encoded = texts.dictionary_encode(null_encoding="encode")
    return pa.array([meaning(text) for text in encoded.dictionary.to_pylist()], kind).take(encoded.indices)


def joined(columns: Sequence[pa.Array], between: str) -> pa.Array:
    """Join the texts of each row; missing ones are empty."""
    return pc.binary_join_element_wise(*columns, between, null_handling="replace", null_replacement="")


def one_line(texts: pa.Array) -> pa.Array:
    """Collapse white space to single spaces, and strip it from the ends; shape (rows,)."""
    spaced = pc.match_substring_regex(texts, r"  |[\t-\r\x1c-\x1f]")
    if pc.any(spaced).as_py():
        texts = pc.replace_substring_regex(texts, r"[\s\x0b\x1c-\x1f]+", " ")
    return pc.ascii_trim(texts, " ")


def shown(text: str) -> str:
    """Quote a text in a message, shortened.

    >>> shown("34,33")
    '“34,33”'
    """
    text = text.replace("\x1f", "-")  # between the parts of a date in three columns
    return f"“{text}”" if len(text) <= SHOWN else f"“{text[: SHOWN - 1]}…”"


def _note(found: Sequence[tuple[str, Reading]], codes: Places, at: Places, *, field: str, ledger: Ledger) -> None:
    for kind in sorted({kind for _, reading in found for kind in reading.repairs}):
        concerned = np.array([kind in reading.repairs for _, reading in found])[codes]
        words = kind.words
        if kind is not Repair.WHOLE_NUMBER:
            said = [_repaired(kind, field, *one) if kind in one[1].repairs else "" for one in found]
            words = pa.array(said, pa.string()).take(codes[concerned])
        ledger.repair(kind, at[concerned], words)
    faulty = np.array([bool(reading.fault) for _, reading in found])[codes]
    if faulty.any():
        reasons = [r.fault and say("reject-cell", text=shown(text), fault=r.fault) for text, r in found]
        ledger.reject(at[faulty], field=field, reason=pa.array(reasons, pa.string()).take(codes[faulty]))


def _repaired(kind: Repair, field: str, text: str, reading: Reading) -> str:
    return say("repaired-value", field=field, text=shown(text), value=str(reading.value), repair=kind.words)
