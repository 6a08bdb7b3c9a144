"""Titles and summaries: neutral, short, and with the dataset's own words marked as such."""

from functools import lru_cache
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.imports.mapping.draft import BETWEEN, Draft
from geo.imports.mapping.ledger import Ledger
from geo.imports.mapping.names import province_labels, province_named
from geo.imports.mapping.reading import PLACES_KEPT, by_text, joined, one_line

TITLE_LENGTH: Final = 80
SUMMARY_LENGTH: Final = 400

_OUT_OF_ORDER: Final = " The file's low, best and high are not in this order; all three are kept as they stand."


def titles(draft: Draft, province: pa.Array) -> pa.Array:
    """Return what happened and where, in at most 80 characters; shape (rows,)."""
    where = by_text(joined([draft.place, province], BETWEEN), _where, pa.string())
    made = _cut(joined([draft.kind_words, where], ""), TITLE_LENGTH)
    return made if draft.title is None else pc.coalesce(_cut(draft.title, TITLE_LENGTH), made)


def summaries(draft: Draft, name: str, ledger: Ledger) -> pa.Array:
    """Return the dataset's words, quoted, in at most 400 characters; shape (rows,)."""
    odd = out_of_order(draft.deaths)
    ledger.flag("low, best and high not in this order", int(np.asarray(odd).sum()))
    after = pc.if_else(odd, _OUT_OF_ORDER, "")
    before = f"{name}: “"
    room = SUMMARY_LENGTH - len(before) - 1
    short = _cut(one_line(draft.words), room)
    if pc.any(odd).as_py():
        short = pc.if_else(odd, _cut(short, room - len(_OUT_OF_ORDER)), short)
    quoted = pc.binary_join_element_wise(before, short, "”", after, "")
    return pc.coalesce(quoted, pc.binary_join_element_wise(f"{name} describes it no further.", after, ""))


def out_of_order(deaths: dict[str, pa.Array]) -> pa.Array:
    """Tell where low is above best, best above high, or low above high; shape (rows,)."""
    low, best, high = (deaths[f"killed_{part}"] for part in ("low", "best", "high"))
    wrong = [pc.fill_null(pc.greater(a, b), False) for a, b in ((low, best), (best, high), (low, high))]  # noqa: FBT003
    return pc.or_(pc.or_(wrong[0], wrong[1]), wrong[2])


@lru_cache(maxsize=PLACES_KEPT)
def _where(text: str | None) -> str:
    """Say where, after what; the province only where the place does not name it."""
    place, province = (text or BETWEEN).split(BETWEEN)[:2]
    bare = " ".join(place.split())
    named = province_named(bare, None)
    alone = not province or province.casefold() in bare.casefold() or (named and province_labels()[named] == province)
    return f": {bare}" if alone else f": {bare}, {province}"


def _cut(texts: pa.Array, length: int) -> pa.Array:
    """Shorten texts at a word, ending them with “…”."""
    long = pc.fill_null(pc.greater(pc.utf8_length(texts), length), False)  # noqa: FBT003  # what is filled in
    if not pc.any(long).as_py():
        return texts
    start = pc.utf8_slice_codeunits(texts.filter(long), 0, length - 1)
    whole_words = pc.replace_substring_regex(start, r"\s+\S{0,40}$", "")
    return pc.replace_with_mask(texts, long, pc.binary_join_element_wise(whole_words, "…", ""))
