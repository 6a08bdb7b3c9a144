"""Imported incidents whose texts hold words: by the indexes beside the parts, or by reading texts that have none."""

from collections.abc import Sequence
from typing import Any, Final

import duckdb
import numpy as np

from geo.folding import query_words
from geo.table.index import Index
from geo.table.numbering import Choice, Numbering
from geo.table.rows import Refs
from geo.table.source import ImportedSource

_IN_TEXTS: Final = "SELECT r FROM part_{number} WHERE {words}"
_WORD: Final = "(contains(search, $word{n}) OR list_has_all(search_keys, $keys{n}))"
_IN_IDS: Final = "SELECT r FROM lean WHERE dataset = $dataset AND (contains(key, $word){or_begins})"
_BEGINS: Final = " OR starts_with(key, $rest{n})"


class Words:
    """The words of all datasets, read-only; safe to share between threads."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, sources: Sequence[ImportedSource], numbering: Numbering
    ) -> None:
        self._connection, self._numbering = connection, numbering
        self._sources = tuple(sources)
        self._firsts = np.cumsum([0, *(len(source.files) for source in sources)]).tolist()
        self._indexes = [
            Index.of(connection, source, numbering.rows[first : first + len(source.files)])
            for source, first in zip(sources, self._firsts, strict=False)
        ]

    def choice(self, q: str) -> Choice:
        """Return the rows in which all words of a search occur, in any spelling."""
        words = query_words(q)
        choice = self._numbering.nothing()
        for number, index in enumerate(self._indexes):
            if index is None:
                choice |= self._in_texts(number, words)
                continue
            own = choice[slice(*self._numbering.starts[self._firsts[number : number + 2]])]
            own[:] = True
            for word, keys in words:
                found = index.holding(word, keys)
                own &= found.choice | self._in_ids(number, word, found.id_parts)
        return choice

    def _in_texts(self, number: int, words: Sequence[tuple[str, Sequence[str]]]) -> Choice:
        """Return the rows of a dataset without indexes."""
        values: dict[str, Any] = {}
        for n, (word, keys) in enumerate(words):
            values |= {f"word{n}": word, f"keys{n}": list(keys) or [""]}
        texts = " AND ".join(_WORD.format(n=n) for n in range(len(words)))
        return self._numbering.chosen(self._refs(_IN_TEXTS.format(number=number, words=texts), values))

    def _in_ids(self, number: int, word: str, parts: set[int]) -> Choice:
        """Return in which rows of some of a dataset's parts a word stands in the id: the dataset's own and a key."""
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
