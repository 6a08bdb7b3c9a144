"""A block of rows as incidents: what is kept, what was mended, what is rejected, and that this is every row."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pyarrow as pa

from geo.imports.mapping.repair import Repair


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """People killed as the dataset's rows add up, by its low, best and high estimate."""

    low: int = 0
    best: int = 0
    high: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        """Add up the sums of two blocks of one dataset."""
        return Sums(low=self.low + other.low, best=self.best + other.best, high=self.high + other.high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """One block's rows; `accepted + repaired + rejected.num_rows` is the number of its rows, always."""

    rows: pa.Table
    """IMPORT_SCHEMA, then `raw` and `geometry`, in the order of the file."""
    accepted: int
    """Kept rows in which nothing had to be mended."""
    repaired: int
    """Kept rows in which something was."""
    rejected: pa.Table
    """REJECTED_SCHEMA, then `values`, the cells of the row as they came; null where the row could not be read."""
    repairs: Mapping[Repair, int]
    """Kept rows by what was mended in them; a row with two kinds counts in both."""
    flags: Mapping[str, int]
    """Kept rows by what is odd about them and was left as it is."""
    sums: Sums
    """Of the kept rows."""
    rejected_sums: Sums
    """Of the rejected rows, as far as their figures can be read."""


REJECTED_SCHEMA: Final = pa.schema(
    [("row", pa.int64()), ("field", pa.string()), ("raw", pa.string()), ("reason", pa.string())]
)
"""Number of the row in the file, the field at fault, its text, and why the row cannot be taken."""
