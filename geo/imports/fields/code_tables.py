"""Lookups in the published code tables: category by event type, and the meaning of precision codes."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa

from geo.imports.fields.cell_values import Places, Repair
from geo.imports.fields.drafted_rows import Cells
from geo.imports.fields.published_tables import (
    TABLES,
    UNCLASSIFIED,
    What,
    dates_by_code,
    places_by_code,
    table,
)

# Columns of codes, looked up in the published tables.


def places_coded(cells: Cells, dataset: str, field: str, *, missing: int) -> tuple[pa.Array, pa.Array]:
    """Return location precision and radius, km, by a column of precision codes.

    `missing` is the code assumed for cells with none or an unknown one, which is noted as a repair.
    """
    meanings = places_by_code(dataset, field)
    words = {code: place.precision.value for code, place in meanings.items()}
    at = _codes(cells, field, words, missing=missing)
    return _looked_up(at, list(words.values()), pa.string()), _looked_up(
        at, [place.uncertainty_km for place in meanings.values()], pa.float64()
    )


def dates_coded(cells: Cells, dataset: str, field: str, *, missing: int) -> pa.Array:
    """Return date precision by a column of precision codes; see `places_coded`."""
    words = {code: date.value for code, date in dates_by_code(dataset, field).items()}
    return _looked_up(_codes(cells, field, words, missing=missing), list(words.values()), pa.string())


def kinds(keys: pa.Array, known: Mapping[str, What], cells: Cells, field: str) -> tuple[pa.Array, pa.Array, pa.Array]:
    """Return category, subtype and words by keys of shape (rows,); unknown keys are unclassified, and noted."""
    encoded = keys.dictionary_encode(null_encoding="encode")
    found = [known.get(key or "") for key in encoded.dictionary.to_pylist()]
    at = np.asarray(encoded.indices)
    unknown = np.array([what is None for what in found], bool)[at]
    cells.ledger.repair(Repair.KIND_UNKNOWN, np.flatnonzero(unknown), f"{field}: {Repair.KIND_UNKNOWN.words}")
    whats = [what or UNCLASSIFIED for what in found]
    return (
        _looked_up(at, [what.category.value for what in whats], pa.string()),
        _looked_up(at, [what.subtype.value for what in whats], pa.string()),
        _looked_up(at, [what.words for what in whats], pa.string()),
    )


def _codes(cells: Cells, field: str, words: Mapping[int, str], *, missing: int) -> Places:
    """Return each row's position among the codes of a table."""
    codes = np.asarray(cells.codes(field).fill_null(-1))
    known = np.array(list(words))
    order = np.argsort(known)
    at = order[np.clip(np.searchsorted(known[order], codes), 0, len(known) - 1)]
    unknown = known[at] != codes
    said = f"{field}: {Repair.PRECISION_MISSING.words}: {words[missing]}"
    cells.ledger.repair(Repair.PRECISION_MISSING, np.flatnonzero(unknown), said)
    return np.where(unknown, list(words).index(missing), at)


def _looked_up(at: Places, meanings: Sequence[Any], kind: pa.DataType) -> pa.Array:
    return pa.array(meanings, kind).take(pa.array(at))


# The mapping's tables in docs/imports.md.

_BLOCK: Final = re.compile(r"<!-- table: (\w+) -->\n.*?<!-- end -->", re.DOTALL)


def with_tables(page: str) -> str:
    """Return a page with its tables, each between `<!-- table: name -->` and `<!-- end -->`, regenerated."""
    return _BLOCK.sub(lambda found: f"<!-- table: {found[1]} -->\n\n{_markdown(found[1])}\n<!-- end -->", page)


def refresh(path: Path) -> None:
    """Regenerate the tables of a page."""
    path.write_text(with_tables(path.read_text(encoding="utf-8")), encoding="utf-8")


def _markdown(name: str) -> str:
    rows = _rows(name)
    lines = [list(rows[0]), ["---"] * len(rows[0]), *(list(row.values()) for row in rows)]
    return "".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |\n" for line in lines)


def _rows(name: str) -> list[dict[str, str]]:
    if name in TABLES:
        return [{key: value.replace(";", "; ") for key, value in line.items()} for line in table(name)]
    return [{"code": repair.value, "what was wrong, and what was done": repair.words} for repair in Repair]
