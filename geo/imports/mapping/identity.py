"""Ids of rows: a slug of dataset and the publisher's id, the same at every import of the same row."""

import hashlib
import re
from typing import Any, Final

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from geo.imports.mapping.ledger import Ledger
from geo.imports.mapping.repair import Repair

ID_LENGTH: Final = 100

_PLAIN: Final = r"^[A-Za-z0-9]+([-_. /][A-Za-z0-9]+)*$"
_HASH_LENGTH: Final = 12


def source_ids(given: pa.Array, raw: pa.Table, ledger: Ledger, *, expected: bool) -> pa.Array:
    """Return the publisher's ids; where there is none, one made from the row's content, shape (rows,).

    `expected` where the publisher gives ids, so that a row without one is noted as repaired.
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
    """Return `{dataset}-{id}` as slugs; an id of other characters, or too long, ends with a hash of it.

    >>> slugs("acled", pa.array(["AFG12", "حادثه 1"])).to_pylist()
    ['acled-afg12', 'acled-1-3a10afecedc2']
    """
    plain = pc.replace_substring_regex(pc.ascii_lower(ids), "[-_. /]", "-")
    short = pc.less_equal(pc.utf8_length(ids), ID_LENGTH - len(dataset) - 1)
    usual = pc.and_(pc.match_substring_regex(ids, _PLAIN), short)
    if not pc.all(usual).as_py():
        odd = pc.invert(usual)
        plain = pc.replace_with_mask(
            plain, odd, pa.array([_odd(i, dataset) for i in ids.filter(odd).to_pylist()], pa.string())
        )
    return pc.binary_join_element_wise(dataset, plain, "-")


def reject_repeats(ids: pa.Array, raw: pa.Table, numbers: pa.Array, ledger: Ledger) -> None:
    """Keep the first of rows with the same id; `numbers` are those of the rows in the file.

    The others are rejected with the number of the first, as a repeat or as different; nothing is lost by that, because
    the rejected rows can be imported afterwards, and then replace what stands.
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
    same = pa.array(hashes[at] == hashes[of])
    ledger.reject(at, field="id", reason=repeat_reason(stands, same))


def repeat_reason(stands: pa.Array, same: pa.Array) -> pa.Array:
    """Say which row a rejected one repeats, given that row's number and whether the two are the same."""
    how = pc.if_else(
        same, ", the same as this one", ", with other values; import the rejected rows to replace it by this one"
    )
    return pc.binary_join_element_wise("stands already in row ", stands, how, "")


def row_hashes(raw: pa.Table) -> npt.NDArray[np.uint64]:
    """Return a hash of each row's cells, shape (rows,); equal for equal rows within one run."""
    if not raw.num_columns:
        return np.zeros(raw.num_rows, np.uint64)
    named = raw.rename_columns([f"c{number}" for number in range(raw.num_columns)])
    with duckdb.connect() as connection:
        connection.register("named", named)
        hashed: Any = connection.sql("SELECT hash(named) AS hashed FROM named").to_arrow_table()
    return np.asarray(hashed["hashed"].combine_chunks())


def _odd(text: str, dataset: str) -> str:
    bare = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    room = ID_LENGTH - len(dataset) - _HASH_LENGTH - 2
    return "-".join(part for part in (bare[: max(room, 0)].strip("-"), _hash(text)) if part)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH_LENGTH]
