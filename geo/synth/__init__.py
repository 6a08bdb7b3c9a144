"""Made-up ACLED files of any size, for tests and benchmarks: the documented columns, and no event that took place.

Every row says in `notes` and in `source` that it is synthetic, and its id begins with SYN, which no country's does.
"""

from collections.abc import Iterator
from typing import BinaryIO, Final

import numpy as np
import pyarrow as pa
from pyarrow import csv

from geo.boundaries import Boundaries
from geo.synth.places import gazetteer
from geo.synth.rows import ACLED_COLUMNS, event_rows

__all__ = ["ACLED_COLUMNS", "MOST_ROWS", "synthetic_blocks", "write_synthetic"]

MOST_ROWS: Final = 100_000_000
_BLOCK: Final = 100_000


def synthetic_blocks(rows: int, layers: Boundaries, *, seed: int = 0) -> Iterator[pa.Table]:
    """Return synthetic events, newest first, at most 100,000 to a table; the same for the same number and seed."""
    places = gazetteer(layers, rows, np.random.default_rng([seed, 0]))
    for block, start in enumerate(range(0, rows, _BLOCK), 1):
        numbers = np.arange(start, min(start + _BLOCK, rows))
        yield event_rows(numbers, rows, places, np.random.default_rng([seed, block]))


def write_synthetic(sink: BinaryIO, rows: int, layers: Boundaries, *, seed: int = 0) -> None:
    """Write synthetic events as a CSV with the columns of an ACLED file in their order; bounded memory at any size."""
    header = pa.schema([(name, pa.string()) for name in ACLED_COLUMNS]).empty_table()
    options = csv.WriteOptions(include_header=False, quoting_style="needed")
    csv.write_csv(header, sink, csv.WriteOptions(quoting_header="none"))
    for block in synthetic_blocks(rows, layers, seed=seed):
        csv.write_csv(block, sink, options)
