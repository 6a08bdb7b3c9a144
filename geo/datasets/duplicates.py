"""Reports of different datasets that may be the same incident, with how much speaks for it; somebody has to decide."""

import math
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Final

import pyarrow as pa

from geo.datasets.columns import IMPORT_SCHEMA
from geo.datasets.pair_queries import BEST, CANDIDATE, PAIRS, REPORTS, SIZES, TOTAL
from geo.datasets.scan import answer, scanning

KM_CHOICES: Final = (1, 5)
DAY_CHOICES: Final = (1, 2)
_KM_PER_DEGREE: Final = 111.19
_FARTHEST_NORTH: Final = 60.0
"""Degrees of latitude up to which no pair is missed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Windows:
    """How far two reports may be apart to be the same incident."""

    km: float = 5
    days: int = 2
    """Between the days that each may be of: 0 where these overlap."""
    same_category: bool = False
    shared_actors: bool = False
    """At least one word of their actors' names must be the same, common ones aside."""

    def __post_init__(self) -> None:
        if not (0 < self.km <= 100 and 0 <= self.days <= 31):  # noqa: PLR2004  # beyond these everything is a pair
            raise ValueError(f"windows of {self.km:g} km and {self.days} days: give up to 100 km and up to 31 days")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Pairs of reports within the windows."""

    rows: pa.Table
    """Best first: a_dataset, a, b_dataset, b (ids), km, days, same_category, shared_actors (0 to 1), score (0 to 1),
    and title, place and date_start of each, as a_title and so on."""
    total: int
    """How many there are, those not in `rows` too."""


def candidates(
    parts: Sequence[Path], *, windows: Windows, curated: pa.Table | None = None, most: int = 1000
) -> Candidates:
    """Find reports that may be the same incident, in different datasets.

    Parameters
    ----------
    parts
        Parquet parts of the imported datasets.
    windows
        How far apart they may be.
    curated
        The record's own incidents, with the first columns of IMPORT_SCHEMA; none if None.
    most
        How many rows to return.

    Places known only to a province or a stretch of the border, or not at all, are left out: a distance between them
    means nothing. Beyond 60° north or south pairs may be missed.

    """
    if not parts:
        return Candidates(rows=pa.table({}), total=0)
    cell_lat = windows.km / _KM_PER_DEGREE * 1.001
    cell_lon = cell_lat / math.cos(math.radians(_FARTHEST_NORTH))
    with (
        tempfile.TemporaryDirectory(prefix="incident-map-") as scratch,
        scanning(Path(scratch), imported=parts) as connection,
    ):
        connection.register("curated", IMPORT_SCHEMA.empty_table() if curated is None else curated)
        connection.execute(REPORTS, {"cell_lon": cell_lon, "cell_lat": cell_lat})
        connection.execute(CANDIDATE)
        sizes = [dataset for dataset, _ in connection.execute(SIZES).fetchall()]
        for few, many in combinations(sizes, 2):
            wanted = {"km": float(windows.km), "days": windows.days}
            wanted |= {"category": windows.same_category, "actors": windows.shared_actors}
            connection.execute(PAIRS, {"few": few, "many": many, **wanted})
        total = connection.execute(TOTAL).fetchall()[0][0]
        return Candidates(rows=answer(connection, BEST, most=most), total=int(total))
