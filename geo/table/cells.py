"""Imported incidents counted by the cells of a view: row by row, or by small squares that were counted before."""

from typing import Any, Final

from geo.filters import Filters
from geo.table.imported import Imported
from geo.table.lean import COARSE_BITS
from geo.table.mercator import Ends
from geo.vocabulary import Linked

SUMS: Final = """count(*) AS incidents, coalesce(sum(killed_low), 0)::BIGINT, coalesce(sum(killed_high), 0)::BIGINT,
    count(killed_low), sum(x)::BIGINT, sum(y)::BIGINT, min(x), max(x), min(y), max(y), min(r)"""
_SUMS_OF_SUMS: Final = """sum(incidents)::BIGINT, coalesce(sum(low), 0)::BIGINT, coalesce(sum(high), 0)::BIGINT,
    sum(figures)::BIGINT, sum(sum_x)::BIGINT, sum(sum_y)::BIGINT, min(west), max(east), min(north), max(south),
    min(r)"""
_CELLS: Final = """
SELECT * REPLACE (location_precision::VARCHAR AS location_precision, category::VARCHAR AS category,
    dataset::VARCHAR AS dataset)
FROM (
    SELECT x >> $bits, y >> $bits, location_precision, category, dataset, {sums}
    FROM {table}
    WHERE {where} AND x BETWEEN $west AND $east AND y BETWEEN $north AND $south
    GROUP BY ALL
)
"""
_BY_ROW: Final = _CELLS.replace("{table}", "lean").replace("{sums}", SUMS)
_BY_SQUARE: Final = _CELLS.replace("{table}", "coarse").replace("{sums}", _SUMS_OF_SUMS)
_TOLD_BY_SQUARE: Final = {"leads", "category", "precision", "dataset"}
"""Conditions that squares are counted by; leads are in none."""


def cells(imported: Imported, filters: Filters, *, bits: int, ends: Ends) -> list[tuple[Any, ...]]:
    """Count a choice by cells whose coordinates are so many bits long, within ends that are ends of cells.

    Returns column and line of the cell, precision, category, dataset, and SUMS.
    """
    by_square = bits >= COARSE_BITS and imported.lean.in_memory and _is_told_by_square(filters)
    moved = COARSE_BITS if by_square else 0
    west, east, north, south = (end >> moved for end in ends)
    bound = {"bits": bits - moved, "west": west, "east": east, "north": north, "south": south}
    if not by_square:
        return imported.ask(_BY_ROW, filters, **bound).fetchall()
    values = filters.parameters()
    texts = {name: text for name, text in filters.conditions().items() if name != "leads"}
    query = _BY_SQUARE.replace("{where}", " AND ".join(texts.values()) or "true")
    return imported.lean.connection.cursor().execute(query, {name: values[name] for name in texts} | bound).fetchall()


def _is_told_by_square(filters: Filters) -> bool:
    conditions = filters.conditions().keys()
    return "leads" in conditions and conditions <= _TOLD_BY_SQUARE and filters.linked is Linked.EACH
