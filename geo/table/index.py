"""The word indexes of a dataset, asked which of its rows hold a word."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Self

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from geo.datasets.part_words import pattern_of
from geo.datasets.word_index import Held
from geo.table.numbering import Choice
from geo.table.source import ImportedSource

_PARTS: Final = f"SELECT file_index, text, rows[1] FROM read_parquet($files) WHERE kind = '{Held.PART}'"
_HOLDING: Final = "SELECT kind, text, file_index::INTEGER AS file, rows FROM read_parquet($files) WHERE "
_OF_WORD: Final = f"""
{_HOLDING} kind = '{Held.WORD}' AND contains(text, $word)
UNION ALL {_HOLDING} kind = '{Held.ID}' AND (text = '' OR contains(text, $pattern))
"""
_OF_KEYS: Final = f"UNION ALL {_HOLDING} kind = '{Held.KEY}' AND list_contains($keys, text)"
"""Apart, so that of each kind only the row groups that have it are read: takes half as long."""
_AT_ONCE: Final = 256
"""Words whose rows are in memory at a time; a word may stand in any number of rows."""
_MUCH: Final = 8
"""Words in more than this part of the rows of an index may be the last that are needed of it."""


@dataclass(frozen=True, slots=True)
class Holding:
    """The rows of a dataset that hold a word."""

    choice: Choice
    """In the order of its parts."""
    id_parts: set[int] = field(default_factory=set)
    """Parts, by their place in it, in whose ids the word may stand too, which the indexes cannot tell."""


@dataclass(frozen=True, slots=True)
class Index:
    """All indexes of a dataset."""

    connection: duckdb.DuckDBPyConnection
    files: tuple[str, ...]
    parts: npt.NDArray[np.int64]
    """The place of the first part of each index, and in the end how many parts there are; likewise `rows`."""
    rows: npt.NDArray[np.int64]

    @classmethod
    def of(cls, connection: duckdb.DuckDBPyConnection, source: ImportedSource, rows: Sequence[int]) -> Self | None:
        """Return the indexes of a dataset whose parts have so many rows; None if it has none that are about these."""
        if not source.words:
            return None
        told = connection.cursor().execute(_PARTS, {"files": list(source.words)}).fetchall()
        names = [name.replace("\\", "/").rsplit("/", 1)[-1] for name in source.files]
        if [(name, count) for _, name, count in told] != list(zip(names, rows, strict=True)):
            return None
        parts = np.searchsorted([index for index, _, _ in told], np.arange(len(source.words) + 1))
        return cls(connection, source.words, parts, np.cumsum([0, *rows])[parts])

    def holding(self, word: str, keys: Sequence[str]) -> Holding:
        """Return the rows in which a folded word occurs, or all of its keys, if it has any."""
        found = Holding(self._nothing())
        of_key = {key: self._nothing() for key in keys}
        full = np.zeros(len(self.files), np.bool_)
        for batch in self._ask(word, keys):
            spelt = pc.equal(batch["kind"], Held.WORD.value)
            self._take(found.choice, full, batch.filter(spelt))
            for row in batch.filter(pc.invert(spelt)).to_pylist():
                if row["kind"] == Held.KEY:
                    of_key[row["text"]][np.array(row["rows"]) + self.rows[row["file"]]] = True
                else:
                    found.id_parts.update(int(self.parts[row["file"]]) + part for part in row["rows"])
        if keys:
            np.logical_or(found.choice, np.logical_and.reduce(list(of_key.values())), out=found.choice)
        return found

    def _take(self, choice: Choice, full: Choice, words: pa.RecordBatch) -> None:
        """Choose the rows of words; `full` says of which indexes all rows are chosen."""
        words = words.filter(pa.array(~full[words["file"].to_numpy()]))
        lists = words["rows"]
        starts = self.rows[words["file"].to_numpy()]
        choice[lists.flatten().to_numpy() + np.repeat(starts, pc.list_value_length(lists).to_numpy())] = True
        if len(lists.flatten()) * _MUCH > len(choice) / len(full):
            for index in np.unique(words["file"].to_numpy()):
                full[index] = choice[self.rows[index] : self.rows[index + 1]].all()

    def _ask(self, word: str, keys: Sequence[str]) -> Iterator[pa.RecordBatch]:
        values: dict[str, Any] = {"files": list(self.files), "word": word, "pattern": pattern_of(word)}
        query = _OF_WORD
        if keys:
            query, values = query + _OF_KEYS, values | {"keys": list(keys)}
        relation: Any = self.connection.cursor().sql(query, params=values)
        yield from relation.to_arrow_reader(_AT_ONCE)

    def _nothing(self) -> Choice:
        return np.zeros(int(self.rows[-1]), np.bool_)
