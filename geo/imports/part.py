"""One block of a file made into one part of a release; all that a worker does, wherever it runs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from geo.datasets.parts import write_part
from geo.imports.block import Block
from geo.imports.mapping import Plan, Repair, Sums, map_block
from geo.imports.rejected import without_marks

_EXAMPLES: Final = 3
_LOOKED_AT: Final = 2_000
"""Repaired rows of a block among which examples are sought."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartResult:
    """What became of the rows of a block; the kept ones are in its part. Small unless many rows are rejected."""

    rows: int
    accepted: int
    repaired: int
    rejected: pa.Table
    """As `Mapped.rejected`."""
    repairs: Mapping[Repair, int]
    examples: Mapping[Repair, tuple[tuple[int, str], ...]]
    """Rows with what was mended in them, by kind, a few each."""
    flags: Mapping[str, int]
    sums: Sums
    """Of the kept rows."""
    rejected_sums: Sums
    bytes_read: int
    """Of the file, up to the end of the block."""


def make_part(block: Block, plan: Plan, path: Path) -> PartResult:
    """Map a block and write its part; the same block and plan give the same file."""
    mapped = map_block(replace(block, table=without_marks(block.table)), plan)
    write_part(mapped.rows, path)
    return PartResult(
        rows=block.rows,
        accepted=mapped.accepted,
        repaired=mapped.repaired,
        rejected=mapped.rejected,
        repairs=mapped.repairs,
        examples=_examples(mapped.rows) if mapped.repairs else {},
        flags=mapped.flags,
        sums=mapped.sums,
        rejected_sums=mapped.rejected_sums,
        bytes_read=block.bytes_read,
    )


def kinds_of(repairs: Iterable[str]) -> set[Repair]:
    """Tell the kinds of repairs by what is said of them in a row."""
    said = list(repairs)
    return {kind for kind in Repair if any(kind.words in text for text in said)}


def _examples(rows: pa.Table) -> dict[Repair, tuple[tuple[int, str], ...]]:
    """Pick a few rows for each kind of repair, among the first ones of each wording."""
    mended = rows.select(["source_row", "repairs"]).filter(pc.greater(pc.list_value_length(rows["repairs"]), 0))
    found: dict[Repair, tuple[tuple[int, str], ...]] = {}
    for row in mended.slice(0, _LOOKED_AT).to_pylist():
        for text in row["repairs"]:
            for kind in kinds_of([text]):
                told = found.get(kind, ())
                if len(told) < _EXAMPLES and row["source_row"] not in dict(told):
                    found[kind] = (*told, (row["source_row"], text))
    return found
