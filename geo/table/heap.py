"""Incidents of one cell on their way into a disc, and discs that would cover each other put together."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from geo.table.mercator import Grid

SINGLE_PX: Final = 20.0
_SMALLEST_PX, _LARGEST_PX, _TENFOLD_PX = 30.0, 58.0, 7.0


def disc_px(count: int) -> float:
    """Return the diameter of the disc for so many incidents, pixels: it grows with their order of magnitude.

    >>> disc_px(1), disc_px(10), disc_px(100_000_000)
    (20.0, 37.0, 58.0)
    """
    if count == 1:
        return SINGLE_PX
    return min(_SMALLEST_PX + _TENFOLD_PX * math.log10(count), _LARGEST_PX)


@dataclass(slots=True, eq=False)
class Heap:
    """A growing set of incidents; coordinates in units of the Web Mercator square."""

    cell: tuple[int, int]
    count: int = 0
    sum_x: int = 0
    sum_y: int = 0
    ends: tuple[int, int, int, int] = (1 << 31, -1, 1 << 31, -1)
    """West, east, north, south."""
    counts: Counter[str] = field(default_factory=Counter)
    killed: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0]))
    """By dataset: low, high, and how many of its incidents give a figure."""
    record: list[str] = field(default_factory=list)
    """Ids of the record's own incidents."""
    row: int = -1
    """`r` of an imported one, the lowest."""
    x: float = 0.0
    y: float = 0.0
    """Where it is drawn."""

    def take(self, category: str, dataset: str, sums: Sequence[int]) -> None:
        """Take in imported incidents of one category and dataset.

        `sums` are how many, killed low and high, how many give a figure, x and y added up, west, east, north, south,
        and the lowest row.
        """
        count, low, high, known, x, y, west, east, north, south, row = sums
        self.count += count
        self.sum_x += x
        self.sum_y += y
        old = self.ends
        self.ends = (min(old[0], west), max(old[1], east), min(old[2], north), max(old[3], south))
        self.counts[category] += count
        killed = self.killed[dataset]
        killed[0] += low
        killed[1] += high
        killed[2] += known
        self.row = row if self.row < 0 else min(self.row, row)

    def add(self, other: "Heap") -> None:
        """Take in another's incidents; the place where it is drawn stays."""
        self.count += other.count
        self.sum_x += other.sum_x
        self.sum_y += other.sum_y
        mine, its = self.ends, other.ends
        self.ends = (min(mine[0], its[0]), max(mine[1], its[1]), min(mine[2], its[2]), max(mine[3], its[3]))
        self.counts.update(other.counts)
        self.record += other.record
        for dataset, figures in other.killed.items():
            self.killed[dataset] = [a + b for a, b in zip(self.killed[dataset], figures, strict=True)]
        self.row = other.row if self.row < 0 else min(self.row, other.row) if other.row >= 0 else self.row

    def put(self, grid: Grid) -> None:
        """Say where it is drawn: one incident at its place, more at their middle, so far inside the tile as to fit."""
        self.x, self.y = self.sum_x / self.count, self.sum_y / self.count
        if self.count > 1:
            room = grid.px * disc_px(self.count) / 2
            left, top = (int(value) & ~(grid.tile - 1) for value in (self.x, self.y))
            self.x = min(max(self.x, left + room), left + grid.tile - room)
            self.y = min(max(self.y, top + room), top + grid.tile - room)


def merged(heaps: Iterable[Heap], grid: Grid) -> list[Heap]:
    """Put heaps of one tile together until none covers another, larger ones taking in smaller; in a stable order."""
    kept = sorted(heaps, key=_weightiest_first)
    before = len(kept) + 1
    while len(kept) < before:
        before = len(kept)
        for heap in kept:
            heap.put(grid)
        kept = _once(kept, grid)
    return kept


def _once(heaps: list[Heap], grid: Grid) -> list[Heap]:
    rest, kept = heaps, []
    while rest:
        first, *others = rest
        near = [heap for heap in others if _covers(first, heap, grid)]
        rest = [heap for heap in others if heap not in near]
        for heap in near:
            first.add(heap)
        kept.append(first)
    return sorted(kept, key=_weightiest_first)


def _weightiest_first(heap: Heap) -> tuple[int, tuple[int, int]]:
    return -heap.count, heap.cell


def _covers(one: Heap, other: Heap, grid: Grid) -> bool:
    reach = grid.px * (disc_px(one.count) + disc_px(other.count)) / 2
    return math.hypot(one.x - other.x, one.y - other.y) < reach
