"""Ids, titles, summaries and search texts of imported rows."""

import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache, reduce
from itertools import pairwise
from typing import Any, Final

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from geo.datasets.dataset import OTHER_MEASURES
from geo.imports.fields.cell_values import PLACES_KEPT, Ledger, Repair, by_text, joined, one_line
from geo.imports.fields.drafted_rows import BETWEEN, Draft
from geo.imports.fields.place_columns import province_labels, province_named
from geo.language.folding import fold, keys_of, name_keys
from geo.language.messages import say
from geo.places.boundaries import boundaries
from geo.selection import SearchText, spellings_named

# Ids of rows: a slug of dataset and publisher's id, the same at every import of the same row.

ID_LENGTH: Final = 100

_PLAIN: Final = r"^([A-Z0-9]+(-[A-Z0-9]+)*|[a-z0-9]+(-[a-z0-9]+)*)$"
"""Ids that have a slug of their own: letters of one case, digits, and hyphens between them. With letters of both cases,
or `/`, `.` or spaces between numbers, another id could have the same slug."""
_MADE: Final = r"^row-[0-9a-f]{12}$"
_HASH_LENGTH: Final = 12


def source_ids(given: pa.Array, raw: pa.Table, ledger: Ledger, *, expected: bool) -> pa.Array:
    """Return the publisher's ids, or ids made from the rows' content where there are none; shape (rows,).

    With `expected`, for publishers that give ids, a row without one is noted as repaired.
    """
    at = np.flatnonzero(given.is_null())
    if not len(at):
        return given
    if expected:
        ledger.repair(Repair.ID_MISSING, at)
    rows = raw.take(pa.array(at))
    columns = [pc.fill_null(column.combine_chunks(), "") for column in rows.columns]
    texts = pc.binary_join_element_wise(*columns, "\x1f") if columns else pa.array([""] * len(at))
    made = pa.array([f"row-{_hash(text)}" for text in texts.to_pylist()], pa.string())
    return pc.replace_with_mask(given, given.is_null(), made)


def slugs(dataset: str, ids: pa.Array) -> pa.Array:
    """Return `{dataset}-{id}` as slugs; those of ids that are too long, or could share a slug, end with the id's hash.

    A slug depends only on dataset and id, so it is the same in every block of a file and every release of a dataset.

    >>> slugs("acled", pa.array(["AFG12", "حادثه 1"])).to_pylist()
    ['acled-afg12', 'acled-1-3a10afecedc2']
    """
    plain = pc.ascii_lower(ids)
    short = pc.less_equal(pc.utf8_length(ids), ID_LENGTH - len(dataset) - 1)
    usual = pc.and_(pc.match_substring_regex(ids, _PLAIN), short)
    if not pc.all(usual).as_py():
        odd = pc.invert(usual)
        plain = pc.replace_with_mask(
            plain, odd, pa.array([_slug_with_hash(i, dataset) for i in ids.filter(odd).to_pylist()], pa.string())
        )
    return pc.binary_join_element_wise(dataset, plain, "-")


def are_made(ids: pa.Array, given: pa.Array) -> pa.Array:
    """Tell which ids were made from a row's content; `given` are the ids in the file."""
    made = pc.match_substring_regex(ids, _MADE)
    return pc.fill_null(pc.and_(made, pc.not_equal(ids, pc.fill_null(given, ""))), False)  # noqa: FBT003  # fill value


def reject_repeats(  # noqa: PLR0913  # facts about the rows
    ids: pa.Array, raw: pa.Table, numbers: pa.Array, ledger: Ledger, *, made: pa.Array, written: pa.Array
) -> None:
    """Keep the first of rows with the same id, and reject the others, with the number of the first in the reason.

    Nothing is lost, since rejected rows can be imported afterwards, and then replace the first. `numbers` are the row
    numbers in the file, `made` tells which ids were made from content, and `written` are the ids as in the file: the
    reason says if these differ only in case.
    """
    kept = np.flatnonzero(ledger.kept)
    encoded = ids.take(pa.array(kept)).dictionary_encode()
    codes = np.asarray(encoded.indices)
    if len(encoded.dictionary) == len(codes):
        return
    _, first = np.unique(codes, return_index=True)
    later = np.flatnonzero(first[codes] != np.arange(len(codes)))
    at, of = kept[later], kept[first[codes[later]]]
    hashes = row_hashes(raw)
    stands = pc.cast(numbers.take(pa.array(of)), pa.string())
    same, nameless = pa.array(hashes[at] == hashes[of]), made.take(pa.array(at))
    reasons = repeat_reason(stands, same, nameless)
    in_case = pc.not_equal(written.take(pa.array(at)), written.take(pa.array(of)))
    said = pc.binary_join_element_wise(*_message_parts(say("reject-repeat-case", row=BETWEEN), stands), "")
    reasons = pc.if_else(in_case, said, reasons)
    for whole, field in ((nameless, ""), (pc.invert(nameless), "id")):
        ledger.reject(at[np.asarray(whole)], field=field, reason=reasons.filter(whole))


def repeat_reason(stands: pa.Array, same: pa.Array, made: pa.Array) -> pa.Array:
    """Return reasons that name the row repeated (`stands`), by whether both are the same, and have no id (`made`)."""
    alike, other, nameless = (
        pc.binary_join_element_wise(*_message_parts(said, stands), "")
        for said in (
            say("reject-repeat-same", row=BETWEEN),
            say("reject-repeat-other", row=BETWEEN),
            say("reject-repeat-nameless", row=BETWEEN),
        )
    )
    return pc.if_else(made, nameless, pc.if_else(same, alike, other))


def row_hashes(raw: pa.Table) -> npt.NDArray[np.uint64]:
    """Return a hash of each row's cells, shape (rows,); comparable only within one run."""
    if not raw.num_columns:
        return np.zeros(raw.num_rows, np.uint64)
    named = raw.rename_columns([f"c{number}" for number in range(raw.num_columns)])
    with duckdb.connect() as connection:
        connection.register("named", named)
        hashed: Any = connection.sql("SELECT hash(named) AS hashed FROM named").to_arrow_table()
    return np.asarray(hashed["hashed"].combine_chunks())


def _slug_with_hash(text: str, dataset: str) -> str:
    bare = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    room = ID_LENGTH - len(dataset) - _HASH_LENGTH - 2
    return "-".join(part for part in (bare[: max(room, 0)].strip("-"), _hash(text)) if part)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH_LENGTH]


# Titles and summaries: neutral, short, and with the dataset's own words in quotation marks.

TITLE_LENGTH: Final = 80
SUMMARY_LENGTH: Final = 400

_OUT_OF_ORDER: Final = f" {say('summary-out-of-order')}"


def titles(draft: Draft, province: pa.Array) -> pa.Array:
    """Return titles of what happened and where, of at most 80 characters; shape (rows,)."""
    where = by_text(joined([draft.place, province], BETWEEN), _where, pa.string())
    made = _cut(joined([draft.kind_words, where], ""), TITLE_LENGTH)
    return made if draft.title is None else pc.coalesce(_cut(draft.title, TITLE_LENGTH), made)


def summaries(draft: Draft, name: str, ledger: Ledger) -> pa.Array:
    """Return the dataset's words as quotations of at most 400 characters; shape (rows,)."""
    odd = out_of_order(draft.people)
    ledger.flag(say("flag-out-of-order"), int(np.asarray(odd).sum()))
    after = pc.if_else(odd, _OUT_OF_ORDER, "")
    said = say("summary-quoted", publisher=name, words=BETWEEN)
    room = SUMMARY_LENGTH - len(said) + 1
    short = _cut(one_line(draft.words), room)
    if pc.any(odd).as_py():
        short = pc.if_else(odd, _cut(short, room - len(_OUT_OF_ORDER)), short)
    quoted = pc.binary_join_element_wise(*_message_parts(said, short), after, "")
    return pc.coalesce(quoted, pc.binary_join_element_wise(say("summary-none", publisher=name), after, ""))


def _message_parts(said: str, texts: pa.Array) -> tuple[str, pa.Array, str]:
    """Return the parts of a message, to be joined, with each row's text in the place of BETWEEN."""
    before, after = said.split(BETWEEN)
    return before, texts, after


def out_of_order(people: dict[str, pa.Array]) -> pa.Array:
    """Tell where low is above best, best above high, or low above high; shape (rows,)."""
    low, best, high = (people[f"killed_{part}"] for part in ("low", "best", "high"))
    others = [(people[f"{about}_low"], people[f"{about}_high"]) for about in OTHER_MEASURES]
    pairs = ((low, best), (best, high), (low, high), *others)
    return reduce(pc.or_, [pc.fill_null(pc.greater(a, b), False) for a, b in pairs])  # noqa: FBT003  # filled in


@lru_cache(maxsize=PLACES_KEPT)
def _where(text: str | None) -> str:
    """Return the place for a title, with its province unless the place names it."""
    place, province = (text or BETWEEN).split(BETWEEN)[:2]
    bare = " ".join(place.split())
    named = province_named(bare, None)
    alone = not province or province.casefold() in bare.casefold() or (named and province_labels()[named] == province)
    return f": {bare}" if alone else f": {bare}, {province}"


def _cut(texts: pa.Array, length: int) -> pa.Array:
    """Shorten long texts after a word, ending them with “…”."""
    long = pc.fill_null(pc.greater(pc.utf8_length(texts), length), False)  # noqa: FBT003  # the fill value
    if not pc.any(long).as_py():
        return texts
    start = pc.utf8_slice_codeunits(texts.filter(long), 0, length - 1)
    whole_words = pc.replace_substring_regex(start, r"\s+\S{0,40}$", "")
    return pc.replace_with_mask(texts, long, pc.binary_join_element_wise(whole_words, "…", ""))


# Search texts of imported rows.
# Every word can be found in the folded text. By sound key, only names of places and actors can be found, not words in
# the dataset's notes: making keys of a million different notes would take longer than the whole import.

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
    title = () if draft.title is None else (draft.title,)
    words = (*title, draft.kind_words, draft.words, draft.source_text, *draft.searched, columns["id"])
    further = [folded(text) for text in words]
    return {
        "search": joined([*texts, *further], " "),
        "search_keys": _merged(found),
        "actors_folded": by_text(actors, lambda text: [fold(a) for a in (text or "").split(BETWEEN) if a], _TEXTS),
    }


_THOUSANDS: Final = "[0-9]['`]*,['`]*[0-9]"
"""A comma inside a number, which folding may remove."""


def folded(texts: pa.Array) -> pa.Array:
    """Fold texts as `fold` does, each distinct one once and most of them vectorised; shape (rows,)."""
    encoded = texts.dictionary_encode()
    distinct = encoded.dictionary
    bare = pc.and_not(pc.string_is_ascii(distinct), pc.match_substring_regex(distinct, _THOUSANDS))
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
    """Return the search text of a place's names, with all their known spellings."""
    names = [part for part in text.split(BETWEEN) if part]
    spelt = [s for of in spellings_named(name_keys("\n".join(names).title()), boundaries().place_names) for s in of]
    words = [*names, *spelt]
    run = ["".join(two) for name in words for two in pairwise(name.split())]
    return SearchText(fold(" ".join(dict.fromkeys(words))), tuple(sorted({*keys_of(" ".join([*words, *run]))})))


@lru_cache(maxsize=PLACES_KEPT)
def _names(text: str) -> SearchText:
    """Return the search text of actors."""
    words = text.replace(BETWEEN, " ")
    return SearchText(fold(words), tuple(sorted({*keys_of(words)})))


def _merged(found: Sequence[tuple[list[SearchText], pa.Array]]) -> pa.ListArray:
    """Concatenate the keys of each row's texts, which are given once per distinct text; shape (rows,)."""
    keys = pa.array([name.keys for names, _ in found for name in names], _TEXTS)
    starts = np.cumsum([0, *(len(names) for names, _ in found[:-1])])
    rows = np.column_stack([np.asarray(at) + start for (_, at), start in zip(found, starts, strict=True)]).ravel()
    lists = keys.take(pa.array(rows))
    ends = np.asarray(lists.offsets)[:: len(found)].astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(ends), lists.values)
