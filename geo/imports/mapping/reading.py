"""Cells read as values: the usual form all at once, odd ones once per distinct text, by the import doctor."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.imports.mapping.ledger import Ledger, Places
from geo.imports.mapping.repair import Repair

SHOWN: Final = 60
"""Characters of a text that are quoted in a message."""
PLACES_KEPT: Final = 100_000
"""Places that are remembered from block to block; a country's dataset has fewer."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text was read as: a value, with what was mended in it, or a fault."""

    value: Any
    repairs: tuple[Repair, ...] = ()
    fault: str = ""
    """Why it cannot be read, as the rest of a sentence that begins with the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How the texts of a column are read."""

    kind: pa.DataType
    read: Callable[[str], Reading]
    """Reads any text; never raises."""
    usual: str | None = None
    """Pattern of texts that Arrow reads by itself."""


def read_column(cells: pa.Array, form: Form, *, field: str, ledger: Ledger) -> pa.Array:
    """Read a column, shape (rows,); missing cells and faults are null, and repairs and faults stand in the ledger."""
    odd = cells.is_valid()
    values = pa.nulls(len(cells), form.kind)
    if form.usual is not None:
        usual = pc.fill_null(pc.match_substring_regex(cells, form.usual), False)  # noqa: FBT003  # what is filled in
        values = pc.if_else(usual, cells, pa.scalar(None, pa.string())).cast(form.kind)
        odd = pc.and_(odd, pc.invert(usual))
    at = np.flatnonzero(odd.to_numpy(zero_copy_only=False))
    if not len(at):
        return values
    encoded = cells.filter(odd).dictionary_encode()
    texts = encoded.dictionary.to_pylist()
    readings = [form.read(text) for text in texts]
    _note(list(zip(texts, readings, strict=True)), np.asarray(encoded.indices), at, field=field, ledger=ledger)
    read = pa.array([reading.value for reading in readings], form.kind).take(encoded.indices)
    return pc.replace_with_mask(values, odd, read)


def by_text(texts: pa.Array, meaning: Callable[[str | None], Any], kind: pa.DataType) -> pa.Array:
    """Look up each text's meaning, asking once per distinct text; null is a text of its own."""
    encoded = texts.dictionary_encode(null_encoding="encode")
    return pa.array([meaning(text) for text in encoded.dictionary.to_pylist()], kind).take(encoded.indices)


def joined(columns: Sequence[pa.Array], between: str) -> pa.Array:
    """Join texts of a row; what is missing is empty."""
    return pc.binary_join_element_wise(*columns, between, null_handling="replace", null_replacement="")


def one_line(texts: pa.Array) -> pa.Array:
    """Write every run of white space as one space, and none at the ends; shape (rows,)."""
    spaced = pc.match_substring_regex(texts, r"  |[\t-\r\x1c-\x1f]")
    if pc.any(spaced).as_py():
        texts = pc.replace_substring_regex(texts, r"[\s\x0b\x1c-\x1f]+", " ")
    return pc.ascii_trim(texts, " ")


def shown(text: str) -> str:
    """Quote a text in a message, shortened.

    >>> shown("34,33")
    '“34,33”'
    """
    return f"“{text}”" if len(text) <= SHOWN else f"“{text[: SHOWN - 1]}…”"


def _note(found: Sequence[tuple[str, Reading]], codes: Places, at: Places, *, field: str, ledger: Ledger) -> None:
    for kind in sorted({kind for _, reading in found for kind in reading.repairs}):
        concerned = np.array([kind in reading.repairs for _, reading in found])[codes]
        words = [_mended(kind, field, text, reading.value) for text, reading in found]
        said = kind.words if kind is Repair.WHOLE_NUMBER else pa.array(words, pa.string()).take(codes[concerned])
        ledger.repair(kind, at[concerned], said)
    faulty = np.array([bool(reading.fault) for _, reading in found])[codes]
    if faulty.any():
        reasons = [f"{shown(text)} {reading.fault}" for text, reading in found]
        ledger.reject(at[faulty], field=field, reason=pa.array(reasons, pa.string()).take(codes[faulty]))


def _mended(kind: Repair, field: str, text: str, value: object) -> str:
    return f"{field}: {shown(text)} read as {value} ({kind.words})"
