"""Word indexes of a release: Parquet files beside its parts, so that a search need not read all texts."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from scipy.sparse import csr_array

from geo.datasets.parts import file_fault, rows_in, state_of
from geo.language.messages import say

# The words of one part, with the rows that contain them.

_READ: Final = ("id", "search", "search_keys")
_MOST_PATTERNS: Final = 1_000
_DIGITS: Final = str.maketrans("123456789", "0" * 9)

Words = tuple[pa.Array, pa.ListArray]
"""Distinct words in a stable order, and the rows that contain each, from 0, ascending."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartWords:
    """The searchable content of a part."""

    name: str
    """Its file name."""
    rows: int
    id_patterns: tuple[str, ...]
    """Patterns of the ids, if each text ends with its row's id, which is then not among the words; a single empty
    pattern if there are too many."""
    words: Words
    """Words of `search`, separated by spaces."""
    keys: Words


def words_of(part: Path) -> PartWords:
    """Read a part and extract its words."""
    read = pq.read_table(part, columns=list(_READ), use_threads=False)
    ids, searched, keys = (read[name].combine_chunks() for name in _READ)
    texts = pc.split_pattern(searched, " ")
    with_ids = _end_with(texts, ids)
    return PartWords(
        name=part.name,
        rows=read.num_rows,
        id_patterns=_patterns(ids) if with_ids else (),
        words=_held(texts, but_the_last=with_ids),
        keys=_held(keys),
    )


def pattern_of(text: str) -> str:
    """Replace each digit by 0; an id can contain a word only if the id's pattern contains the word's.

    >>> pattern_of("afg1234")
    'afg0000'
    """
    return text.translate(_DIGITS)


def _patterns(ids: pa.Array) -> tuple[str, ...]:
    _, ends, text = ids.buffers()
    plain = np.frombuffer(text, np.uint8).copy()
    plain[(plain > ord("0")) & (plain <= ord("9"))] = ord("0")
    patterns = pa.StringArray.from_buffers(len(ids), ends, pa.py_buffer(plain), offset=ids.offset).unique()
    return tuple(patterns.to_pylist()) if len(patterns) <= _MOST_PATTERNS else ("",)


def _end_with(texts: pa.ListArray, ids: pa.Array) -> bool:
    """Tell whether each text ends with its row's id."""
    if texts.null_count or not len(ids):
        return False
    last = texts.values.take(pa.array(texts.offsets.to_numpy()[1:] - 1))
    return bool(pc.all(pc.equal(last, ids), skip_nulls=False).as_py())


def _held(lists: pa.ListArray, *, but_the_last: bool = False) -> Words:
    """Invert lists of words per row to lists of rows per word."""
    offsets = _ends(pc.fill_null(pc.list_value_length(lists), 0).to_numpy())
    encoded = lists.flatten().dictionary_encode("encode")
    codes = encoded.indices.to_numpy()
    if but_the_last:
        codes = np.delete(codes, offsets[1:] - 1)
        offsets -= np.arange(len(offsets), dtype=np.int32)
    shape = (len(lists), len(encoded.dictionary))
    words = csr_array((np.ones(len(codes), np.int8), codes, offsets), shape=shape).tocsc()
    first = np.ones(len(codes), bool)
    first[1:] = words.indices[1:] != words.indices[:-1]
    first[words.indptr[:-1][np.diff(words.indptr) > 0]] = True
    ends = _ends(first)[words.indptr]
    there = np.diff(ends) > 0
    kept = np.concatenate([ends[:1], ends[1:][there]])
    rows = pa.ListArray.from_arrays(pa.array(kept), pa.array(words.indices[first]))
    return encoded.dictionary.filter(pa.array(there)), rows


def _ends(lengths: npt.NDArray[Any]) -> npt.NDArray[np.int32]:
    """Return the offsets of lists of these lengths; 32 bits, which takes half the time."""
    return np.concatenate([np.zeros(1, np.int32), np.cumsum(lengths, dtype=np.int32)])


# The files of the index. Each covers some consecutive parts. A row is a word of the column `search`, as separated by
# spaces, or a key of `search_keys`, with the rows that contain it. Ids are unique, and would make up most of the words,
# so only their patterns are indexed.


class Held(StrEnum):
    """Kind of a row in the index."""

    PART = "part"
    """A part, by file name, in order; `rows` holds its number of rows."""
    ID = "id"
    """A pattern of ids (see `pattern_of`), empty if there are too many; `rows` holds the number of the part, from 0.
    Only for parts whose texts end with their row's id, which is then not a word."""
    KEY = "key"
    WORD = "word"


INDEX_SCHEMA: Final = pa.schema(
    [("kind", pa.string()), ("text", pa.string()), ("rows", pa.list_(pa.field("element", pa.int32())))]
)
"""For words and keys, `rows` is ascending without duplicates, counted from 0 over all parts of the index."""

PARTS_TOGETHER: Final = 8
"""Parts per index: a larger number repeats fewer words, but holds the rows of more parts in memory."""

_WORKERS: Final = 2
_GROUP_WORDS, _GROUP_ROWS = 16_384, 262_144
"""Maximum words, and approximate row numbers, per row group: the amount read to find one word."""
_ENCODING: Final = {"text": "DELTA_LENGTH_BYTE_ARRAY", "rows.list.element": "DELTA_BINARY_PACKED"}
_ROWS: Final = INDEX_SCHEMA.field("rows").type


def index_names(parts: int) -> tuple[str, ...]:
    """Return the file names of a release's indexes, given its number of parts.

    >>> index_names(PARTS_TOGETHER + 1)
    ('words-00000.parquet', 'words-00001.parquet')
    """
    return tuple(f"words-{number:05d}.parquet" for number in range(-(-parts // PARTS_TOGETHER)))


def index_release(folder: Path) -> None:
    """Write the indexes of a staged release whose parts are complete."""
    parts = sorted(folder.glob("part-*.parquet"))
    writing: Future[None] | None = None
    with ThreadPoolExecutor(_WORKERS, thread_name_prefix="index") as workers:
        for number, name in enumerate(index_names(len(parts))):
            together = list(workers.map(words_of, parts[number * PARTS_TOGETHER :][:PARTS_TOGETHER]))
            if writing is not None:
                writing.result()
            writing = workers.submit(_write, folder / name, together)
    if writing is not None:
        writing.result()


def _write(path: Path, parts: Sequence[PartWords]) -> None:
    with pq.ParquetWriter(
        path,
        INDEX_SCHEMA,
        compression="zstd",
        use_dictionary=["kind"],
        column_encoding=_ENCODING,
        write_statistics=["kind"],
        write_page_checksum=True,
    ) as file:
        file.write_table(_table(Held.PART, [part.name for part in parts], [[part.rows] for part in parts]))
        patterns = [(pattern, number) for number, part in enumerate(parts) for pattern in part.id_patterns]
        file.write_table(_table(Held.ID, [text for text, _ in patterns], [[number] for _, number in patterns]))
        starts = np.cumsum([0, *(part.rows for part in parts)])
        for kind, of_part in ((Held.KEY, [part.keys for part in parts]), (Held.WORD, [part.words for part in parts])):
            for texts, rows in _together(of_part, starts):
                file.write_table(_table(kind, texts, rows))


def _together(
    parts: Sequence[tuple[pa.Array, pa.ListArray]], starts: npt.NDArray[np.int64]
) -> Iterator[tuple[pa.Array, pa.ListArray]]:
    """Yield words with their rows in all parts, one row group at a time, most frequent words first."""
    encoded = pa.chunked_array([texts for texts, _ in parts], pa.string()).combine_chunks().dictionary_encode()
    words, codes = encoded.dictionary, encoded.indices.to_numpy()
    lists = pa.concat_arrays([_moved(rows, int(start)) for (_, rows), start in zip(parts, starts, strict=False)])
    lengths = np.diff(lists.offsets.to_numpy())
    counts = np.bincount(codes, lengths, len(words)).astype(np.int64)
    order = np.argsort(-counts, kind="stable")
    place = np.empty(len(words), np.int64)
    place[order] = np.arange(len(words))
    in_place = np.argsort(place[codes], kind="stable")
    ends = np.concatenate([[0], np.cumsum(np.bincount(place[codes], minlength=len(words)))])
    for start, stop in _cuts(counts[order]):
        rows = lists.take(pa.array(in_place[ends[start] : ends[stop]])).flatten()
        upto = np.concatenate([[0], np.cumsum(counts[order[start:stop]])]).astype(np.int32)
        yield words.take(pa.array(order[start:stop])), pa.ListArray.from_arrays(pa.array(upto), rows)


def _moved(rows: pa.ListArray, start: int) -> pa.ListArray:
    return pa.ListArray.from_arrays(rows.offsets, pc.add(rows.values, pa.scalar(start, pa.int32())))


def _cuts(counts: npt.NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Split words, given the number of rows of each, into row groups."""
    upto = np.cumsum(counts)
    start = 0
    while start < len(counts):
        full = int(np.searchsorted(upto, upto[start] - counts[start] + _GROUP_ROWS, "right"))
        stop = min(max(full, start + 1), start + _GROUP_WORDS, len(counts))
        yield start, stop
        start = stop


def _table(kind: Held, texts: Any, rows: Any) -> pa.Table:
    """Return index rows of one kind."""
    kinds = pa.repeat(pa.scalar(kind.value), len(texts))
    lists = rows.cast(_ROWS) if isinstance(rows, pa.Array) else pa.array(rows, _ROWS)
    return pa.Table.from_arrays([kinds, pa.array(texts, pa.string()), lists], schema=INDEX_SCHEMA)


# Damaged or missing indexes: without them a search reads all texts.


def index_fault(parts: Sequence[Path]) -> tuple[str, str]:
    """Return the first unusable index of some intact parts, and why, as a clause; empty if all are usable."""
    for number, name in enumerate(index_names(len(parts))):
        own = parts[number * PARTS_TOGETHER :][:PARTS_TOGETHER]
        path = own[0].with_name(name)
        why = file_fault(path, INDEX_SCHEMA)
        if not why and _about(path) != [(part.name, [rows_in(part)]) for part in own]:
            why = say("damage-other-parts")
        if why:
            return name, why
    return "", ""


def _about(path: Path) -> list[tuple[str, list[int]]]:
    """Return the parts that an index covers with their row counts, from its first row group."""
    try:
        return _read_about(path, state_of(path))
    except (pa.ArrowException, OSError, ValueError):
        return []


@lru_cache(maxsize=256)
def _read_about(path: Path, state: str) -> list[tuple[str, list[int]]]:
    """Read them once per state of the file, since every page asks; failures are not cached."""
    del state
    with pq.ParquetFile(path) as file:
        rows = file.read_row_group(0).to_pylist() if file.num_row_groups else []
    return [(row["text"], row["rows"]) for row in rows]
