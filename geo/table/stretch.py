"""A page deep in a long list, found by counting, so that only the rows around it are sorted."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, Final

from geo.filters import Filters
from geo.table.imported import Imported

_COUNTS: Final = "SELECT {key} AS key, count(*) FROM lean WHERE {where} AND {within} GROUP BY 1 ORDER BY key {way}"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some rows of a list that follow each other."""

    offset: int
    """Of the page among them."""
    condition: str = "true"
    """Which they are; likewise the `values` it binds."""
    values: Mapping[str, Any] = field(default_factory=dict)


def stretch_of(imported: Imported, filters: Filters, keys: Sequence[str], offset: int, limit: int) -> Stretch:
    """Return rows of a choice that hold those of a page, sorted by keys, each with ASC or DESC; none of them is null.

    A list of millions has thousands of days: those before the page are only counted.
    """
    stretch = Stretch(offset)
    for number, (key, way) in enumerate(key.rsplit(" ", 1) for key in keys):
        query = _COUNTS.replace("{key}", key).replace("{way}", way).replace("{within}", stretch.condition)
        counts = imported.ask(query, filters, **stretch.values).fetchall()
        upto = list(accumulate(rows for _, rows in counts))
        first, last = bisect_right(upto, stretch.offset), bisect_left(upto, stretch.offset + limit)
        values = [value for value, _ in counts[first : last + 1]]
        if not values:
            return Stretch(0, "false")
        stretch = Stretch(
            stretch.offset - (upto[first - 1] if first else 0),
            f"{stretch.condition} AND {key} BETWEEN $low{number} AND $high{number}",
            {**stretch.values, f"low{number}": min(values), f"high{number}": max(values)},
        )
        if len(values) > 1:
            break
    return stretch
