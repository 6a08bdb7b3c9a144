"""The words of one part of a release, with the rows that hold them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from scipy.sparse import csr_array

_READ: Final = ("id", "search", "search_keys")
_MOST_PATTERNS: Final = 1_000
_DIGITS: Final = str.maketrans("123456789", "0" * 9)

Words = tuple[pa.Array, pa.ListArray]
"""Each word once, in a stable order, and the rows that hold it, from 0, ascending."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartWords:
    """What a part holds that is searched."""

    name: str
    """Of its file."""
    rows: int
    id_patterns: tuple[str, ...]
    """Of the ids, if each text ends with the id of its row, which then is not among the words; one empty pattern if
    they are too many to tell."""
    words: Words
    """What stands in `search` between spaces."""
    keys: Words


def words_of(part: Path) -> PartWords:
    """Read a part and tell its words."""
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
    """Return a text with a 0 for each digit; a word can stand in an id only if its pattern stands in that of the id.

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
    """Tell whether the last word of each text is the row's id."""
    if texts.null_count or not len(ids):
        return False
    last = texts.values.take(pa.array(texts.offsets.to_numpy()[1:] - 1))
    return bool(pc.all(pc.equal(last, ids), skip_nulls=False).as_py())


def _held(lists: pa.ListArray, *, but_the_last: bool = False) -> Words:
    """Turn the words of rows into the rows of words."""
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
    """Return where parts of such lengths begin and end; 32 bits, which halves the time."""
    return np.concatenate([np.zeros(1, np.int32), np.cumsum(lengths, dtype=np.int32)])
