"""What a search looks through of imported rows.

Every word is found letter by letter in the folded text. By sound only names of places and actors are found, not those
within the dataset's notes: making keys of a million different notes would take longer than the whole import.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.boundaries import boundaries
from geo.folding import fold, keys_of, name_keys
from geo.imports.mapping.draft import BETWEEN, Draft
from geo.imports.mapping.reading import PLACES_KEPT, by_text, joined, one_line
from geo.search import SearchText, spellings_named

_TEXTS: Final = pa.list_(pa.string())


def searching(draft: Draft, columns: dict[str, pa.Array]) -> dict[str, pa.Array]:
    """Return `search`, `search_keys` and `actors_folded`, each of shape (rows,)."""
    actors = pc.binary_join(draft.actors, BETWEEN)
    areas = joined([draft.district, columns["province"], draft.province], BETWEEN)
    named = [
        (texts.dictionary_encode(), read) for texts, read in ((draft.place, _place), (areas, _place), (actors, _names))
    ]
    found = [([read(text) for text in texts.dictionary.to_pylist()], texts.indices) for texts, read in named]
    texts = [pa.array([name.text for name in names], pa.string()).take(at) for names, at in found]
    own = () if draft.title is None else (draft.title,)
    words = (*own, draft.kind_words, draft.words, draft.source_text, *draft.searched, columns["id"])
    further = [folded(text) for text in words]
    return {
        "search": joined([*texts, *further], " "),
        "search_keys": _merged(found),
        "actors_folded": by_text(actors, lambda text: [fold(a) for a in (text or "").split(BETWEEN) if a], _TEXTS),
    }


def folded(texts: pa.Array) -> pa.Array:
    """Fold texts as `geo.folding.fold` does, each distinct one once and most of them together; shape (rows,)."""
    encoded = texts.dictionary_encode()
    distinct = encoded.dictionary
    bare = pc.string_is_ascii(distinct)
    plain = pc.ascii_lower(distinct)
    for mark in "'`":
        plain = pc.replace_substring(plain, mark, "")
    plain = one_line(plain)
    if not pc.all(bare).as_py():
        other = [fold(text) for text in distinct.filter(pc.invert(bare)).to_pylist()]
        plain = pc.replace_with_mask(plain, pc.invert(bare), pa.array(other, pa.string()))
    return plain.take(encoded.indices)


@lru_cache(maxsize=PLACES_KEPT)
def _place(text: str) -> SearchText:
    """Return what a place's names are found by, with all their known spellings."""
    names = [part for part in text.split(BETWEEN) if part]
    spelt = [s for of in spellings_named(name_keys("\n".join(names).title()), boundaries().place_names) for s in of]
    words = [*names, *spelt]
    run = ["".join(two) for name in words for two in pairwise(name.split())]
    return SearchText(fold(" ".join(dict.fromkeys(words))), tuple(sorted({*keys_of(" ".join([*words, *run]))})))


@lru_cache(maxsize=PLACES_KEPT)
def _names(text: str) -> SearchText:
    """Return what actors are found by."""
    words = text.replace(BETWEEN, " ")
    return SearchText(fold(words), tuple(sorted({*keys_of(words)})))


def _merged(found: Sequence[tuple[list[SearchText], pa.Array]]) -> pa.ListArray:
    """Join the keys of a row's texts, given once per distinct text; shape (rows,)."""
    keys = pa.array([name.keys for names, _ in found for name in names], _TEXTS)
    starts = np.cumsum([0, *(len(names) for names, _ in found[:-1])])
    rows = np.column_stack([np.asarray(at) + start for (_, at), start in zip(found, starts, strict=True)]).ravel()
    lists = keys.take(pa.array(rows))
    ends = np.asarray(lists.offsets)[:: len(found)].astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(ends), lists.values)
