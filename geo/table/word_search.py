"""Word search in imported incidents: by the word indexes beside the parts, or by reading the texts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Self

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from geo.datasets.object_storage import storage_error
from geo.datasets.parts import examine
from geo.datasets.word_index import Held, pattern_of
from geo.language.folding import query_words
from geo.selection import CONDITIONS
from geo.table.shown_datasets import ImportedSource

# Gapless numbering of imported rows, so that a set of rows is a bit mask.

Refs = npt.NDArray[np.int64]
"""Values of `event.r`, shape (n,)."""
PART_BITS: Final = 32
"""Lower bits of `r`, holding the row number within its part; the bits above hold the part number, from 1 for imports.
"""
Mask = npt.NDArray[np.bool_]
"""Whether each row is selected, ordered by part and row, shape (all rows,)."""

_ROW_COUNTS: Final = "SELECT file_name, num_rows FROM parquet_file_metadata($files)"


class Numbering:
    """Where the rows of each part begin."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, files: Sequence[str]) -> None:
        cursor: Any = connection.cursor()
        rows = dict(cursor.execute(_ROW_COUNTS, {"files": list(files)}).fetchall())
        self.rows = tuple(int(rows[name]) for name in files)
        """Rows of each part."""
        self.starts = np.cumsum([0, *self.rows])
        """First row of each part, followed by the total number of rows."""

    def nothing(self) -> Mask:
        """Return a mask that selects no row."""
        return np.zeros(int(self.starts[-1]), np.bool_)

    def chosen(self, refs: Refs) -> Mask:
        """Return the mask that selects the given rows."""
        mask = self.nothing()
        parts, rows = self.parts_of(refs)
        mask[self.starts[parts] + rows] = True
        return mask

    def parts_of(self, refs: Refs) -> tuple[Refs, Refs]:
        """Return the part of each row, as a position among the files, and its row number in that part."""
        return (refs >> PART_BITS) - 1, refs & ((1 << PART_BITS) - 1)

    def refs(self, mask: Mask) -> Refs:
        """Return the rows that a mask selects, ascending."""
        places = np.flatnonzero(mask)
        of_part = np.diff(np.searchsorted(places, self.starts))
        moved = (np.arange(1, len(of_part) + 1, dtype=np.int64) << PART_BITS) - self.starts[:-1]
        return np.asarray(places + np.repeat(moved, of_part), np.int64)


# The word indexes of a dataset, which tell in which rows a word occurs.

_PARTS: Final = f"SELECT file_index, text, rows[1] FROM read_parquet($files) WHERE kind = '{Held.PART}'"
_HOLDING: Final = "SELECT kind, text, file_index::INTEGER AS file, rows FROM read_parquet($files) WHERE "
_OF_WORD: Final = f"""
{_HOLDING} kind = '{Held.WORD}' AND contains(text, $word)
UNION ALL {_HOLDING} kind = '{Held.ID}' AND (text = '' OR contains(text, $pattern))
"""
_OF_KEYS: Final = f"UNION ALL {_HOLDING} kind = '{Held.KEY}' AND list_contains($keys, text)"
"""A branch of its own, so that only row groups of this kind are read; halves the time."""
_AT_ONCE: Final = 256
"""Words whose row lists are in memory at once; a word may occur in any number of rows."""
_MUCH: Final = 8
"""If words occur in more than 1/8 of an index's rows, check whether all of its rows are already selected."""


@dataclass(frozen=True, slots=True)
class Holding:
    """The rows of a dataset in which a word occurs."""

    mask: Mask
    """In the order of its parts."""
    id_parts: set[int] = field(default_factory=set)
    """Positions of parts whose ids may contain the word too, which the indexes cannot tell."""


@dataclass(frozen=True, slots=True)
class Index:
    """All word indexes of a dataset."""

    connection: duckdb.DuckDBPyConnection
    files: tuple[str, ...]
    parts: npt.NDArray[np.int64]
    """Position of the first part of each index, followed by the number of parts; `rows` likewise for rows."""
    rows: npt.NDArray[np.int64]

    @classmethod
    def of(cls, connection: duckdb.DuckDBPyConnection, source: ImportedSource, rows: Sequence[int]) -> Self | None:
        """Return the indexes of a dataset with `rows` rows per part; None if it has none or they are of other parts."""
        if not source.words:
            return None
        listed = connection.cursor().execute(_PARTS, {"files": list(source.words)}).fetchall()
        names = [name.replace("\\", "/").rsplit("/", 1)[-1] for name in source.files]
        if [(name, count) for _, name, count in listed] != list(zip(names, rows, strict=True)):
            return None
        parts = np.searchsorted([index for index, _, _ in listed], np.arange(len(source.words) + 1))
        return cls(connection, source.words, parts, np.cumsum([0, *rows])[parts])

    def holding(self, word: str, keys: Sequence[str]) -> Holding:
        """Return the rows that contain a folded word, or all of its sound keys if it has any."""
        found = Holding(self._nothing())
        of_key = {key: self._nothing() for key in keys}
        full = np.zeros(len(self.files), np.bool_)
        for batch in self._ask(word, keys):
            spelt = pc.equal(batch["kind"], Held.WORD.value)
            self._take(found.mask, full, batch.filter(spelt))
            for row in batch.filter(pc.invert(spelt)).to_pylist():
                if row["kind"] == Held.KEY:
                    of_key[row["text"]][np.array(row["rows"]) + self.rows[row["file"]]] = True
                else:
                    found.id_parts.update(int(self.parts[row["file"]]) + part for part in row["rows"])
        if keys:
            np.logical_or(found.mask, np.logical_and.reduce(list(of_key.values())), out=found.mask)
        return found

    def _take(self, mask: Mask, full: Mask, words: pa.RecordBatch) -> None:
        """Select the rows of words; `full` marks indexes whose rows are all selected already."""
        words = words.filter(pa.array(~full[words["file"].to_numpy()]))
        lists = words["rows"]
        starts = self.rows[words["file"].to_numpy()]
        mask[lists.flatten().to_numpy() + np.repeat(starts, pc.list_value_length(lists).to_numpy())] = True
        if len(lists.flatten()) * _MUCH > len(mask) / len(full):
            for index in np.unique(words["file"].to_numpy()):
                full[index] = mask[self.rows[index] : self.rows[index + 1]].all()

    def _ask(self, word: str, keys: Sequence[str]) -> Iterator[pa.RecordBatch]:
        values: dict[str, Any] = {"files": list(self.files), "word": word, "pattern": pattern_of(word)}
        query = _OF_WORD
        if keys:
            query, values = query + _OF_KEYS, values | {"keys": list(keys)}
        relation: Any = self.connection.cursor().sql(query, params=values)
        yield from relation.to_arrow_reader(_AT_ONCE)

    def _nothing(self) -> Mask:
        return np.zeros(int(self.rows[-1]), np.bool_)


# Search over all datasets: by word index, or by reading the texts where there is none.

_IN_TEXTS: Final = f"""
SELECT r FROM (
    SELECT r, coalesce(search, '') AS search, coalesce(search_keys, []) AS search_keys FROM part_{{number}}
) WHERE {CONDITIONS["words"]}
"""
_IN_IDS: Final = "SELECT r FROM event WHERE dataset = $dataset AND (contains(key, $word){or_begins})"
_BEGINS: Final = " OR starts_with(key, $rest{n})"


class WordSearch:
    """Word search over all datasets, read-only; safe to share between threads."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, sources: Sequence[ImportedSource], numbering: Numbering
    ) -> None:
        self._connection, self._numbering = connection, numbering
        self._sources = tuple(sources)
        self._firsts = np.cumsum([0, *(len(source.files) for source in sources)]).tolist()
        self._indexes = [self._index(number) for number in range(len(self._sources))]

    def _index(self, number: int) -> Index | None:
        source, first = self._sources[number], self._firsts[number]
        try:
            return Index.of(self._connection, source, self._numbering.rows[first : first + len(source.files)])
        except duckdb.Error as error:
            self._do_without(number, error)
            return None

    def _do_without(self, number: int, error: Exception) -> None:
        """Note damaged indexes, so that they are reported; raise the error again if it comes from elsewhere."""
        if storage_error(error) is not None:
            raise error
        examine(map(Path, self._sources[number].words))

    def mask(self, q: str) -> Mask:
        """Return the rows that contain all words of a search, in any spelling."""
        words = query_words(q)
        mask = self._numbering.nothing()
        for number, index in enumerate(self._indexes):
            try:
                found = index and self._in_index(number, index, words)
            except (duckdb.Error, IndexError) as error:
                self._do_without(number, error)
                found = self._indexes[number] = None
            if found is None:
                mask |= self._in_texts(number, words)
            else:
                mask[slice(*self._numbering.starts[self._firsts[number : number + 2]])] = found
        return mask

    def _in_index(self, number: int, index: Index, words: Sequence[tuple[str, Sequence[str]]]) -> Mask:
        """Return the matching rows of one dataset, in the order of its parts."""
        own = np.ones(int(index.rows[-1]), np.bool_)
        for word, keys in words:
            found = index.holding(word, keys)
            own &= found.mask | self._in_ids(number, word, found.id_parts)
        return own

    def _in_texts(self, number: int, words: Sequence[tuple[str, Sequence[str]]]) -> Mask:
        """Return the matching rows of a dataset without indexes."""
        values = {"words": [word for word, _ in words], "keys": [" ".join(keys) for _, keys in words]}
        return self._numbering.chosen(self._refs(_IN_TEXTS.replace("{number}", str(number)), values))

    def _in_ids(self, number: int, word: str, parts: set[int]) -> Mask:
        """Return the rows, in some of a dataset's parts, whose id (dataset id and key) contains a word."""
        first, last = self._firsts[number : number + 2]
        inside = np.isin(np.arange(last - first), list(parts))
        asked = np.repeat(inside, self._numbering.rows[first:last])
        prefix = f"{self._sources[number].id}-"
        if not parts or word in prefix:
            return asked
        rests = [word[n:] for n in range(1, len(word)) if prefix.endswith(word[:n])]
        query = _IN_IDS.format(or_begins="".join(_BEGINS.format(n=n) for n in range(len(rests))))
        values = {"dataset": prefix[:-1], "word": word} | {f"rest{n}": rest for n, rest in enumerate(rests)}
        found = self._numbering.chosen(self._refs(query, values))
        return asked & found[slice(*self._numbering.starts[[first, last]])]

    def _refs(self, query: str, values: dict[str, Any]) -> Refs:
        return np.asarray(self._connection.cursor().execute(query, values).fetchnumpy()["r"], np.int64)
