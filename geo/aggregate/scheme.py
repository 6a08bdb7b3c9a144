"""How limits between classes are found, and how somebody types their own."""

import math
import re
from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise
from typing import Final

FEWEST, MOST = 3, 7
"""How many classes can be asked for; more cannot be told apart on a map."""


class Scheme(StrEnum):
    """How limits between classes are found."""

    QUANTILES = "quantiles"
    EQUAL = "equal"
    NATURAL = "natural"
    PRETTY = "pretty"
    DEVIATIONS = "deviations"
    OWN = "own"

    @property
    def label(self) -> str:
        """Name the scheme."""
        return _SCHEMES[self][0]

    @property
    def words(self) -> str:
        """Say what the scheme does."""
        return _SCHEMES[self][1]


_SCHEMES: Final = {
    Scheme.QUANTILES: ("Quantiles", "about as many provinces in each class"),
    Scheme.EQUAL: ("Equal intervals", "classes of the same width"),
    Scheme.NATURAL: ("Natural breaks", "limits in the gaps between the values (Fisher–Jenks)"),
    Scheme.PRETTY: ("Round limits", "limits at round numbers, about as many classes as asked for"),
    Scheme.DEVIATIONS: ("Standard deviations", "limits at whole standard deviations from the mean"),
    Scheme.OWN: ("Own limits", "limits that you give"),
}


def parse_limits(text: str) -> tuple[float, ...]:
    """Read limits as somebody types them; raises ValueError.

    >>> parse_limits("1, 5; 20 100")
    (1.0, 5.0, 20.0, 100.0)
    """
    parts = [part for part in re.split(r"[,;\s]+", text) if part]
    try:
        limits = tuple(float(part) for part in parts)
    except ValueError:
        raise ValueError(f"{text!r} is no list of limits; write numbers that rise, as in 1, 5, 20") from None
    check_limits(limits)
    return limits


def check_limits(limits: Sequence[float]) -> None:
    """Raise ValueError unless limits are at most six finite numbers from 0 that rise."""
    rising = all(low < high for low, high in pairwise(limits))
    if not limits or not rising or not all(map(math.isfinite, limits)) or limits[0] < 0:
        raise ValueError("own limits must be numbers from 0 that rise, as in 1, 5, 20")
    if len(limits) >= MOST:
        raise ValueError(f"{len(limits)} limits make {len(limits) + 1} classes; give at most {MOST - 1}")
