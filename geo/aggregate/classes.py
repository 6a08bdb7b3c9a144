"""Numbers put into classes for a map, so that legend and map say the same: which number, which limits."""

import math
import re
import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.language.messages import number_words, say

# What a map of provinces can show of `by_province`: which column, in which unit.

DENSITY_KM2: Final = 10_000
STRETCH_KM: Final = 100


class Measure(StrEnum):
    """A number of each province."""

    INCIDENTS = "incidents"
    DENSITY = "density"
    BORDER = "border"
    DISPUTED = "disputed"
    DEATHS_HIGHEST = "deaths-highest"
    DEATHS_LOWEST = "deaths-lowest"
    INJURED = "injured"
    CROSSED = "crossed"
    RATIO = "dispute-ratio"

    @property
    def label(self) -> str:
        """Name the measure as a title does."""
        return _LABELS[self][0]

    @property
    def column(self) -> str:
        """Name its column in `by_province`."""
        return _LABELS[self][1]

    @property
    def decimals(self) -> int:
        """How many decimals are written, and classed by."""
        return 2 if self in (Measure.DENSITY, Measure.BORDER) else int(self is Measure.RATIO)

    @property
    def counts_people(self) -> bool:
        """Tell whether it is a number of people, which stands under the table's rule."""
        return self in _PEOPLE

    @property
    def is_raw_count(self) -> bool:
        """Tell whether big provinces look heavier by their size alone."""
        return self is Measure.INCIDENTS or self.counts_people

    def of(self, provinces: pd.DataFrame) -> pd.Series:
        """Return the measure as it is written: rounded, shares in per cent; missing without incidents or a figure."""
        values = provinces[self.column].astype(float)
        shown = values * 100 if self is Measure.DISPUTED else values
        return shown.where(provinces["incidents"] > 0).round(self.decimals)

    def write(self, value: float) -> str:
        """Write a value, in per cent where it is a share.

        >>> Measure.DENSITY.write(1234.5), Measure.DISPUTED.write(50.0), Measure.CROSSED.write(1037.0)
        ('1,234.50', '50 %', '1,037')
        """
        number = number_words(value, self.decimals)
        return f"{number} %" if self is Measure.DISPUTED else number


_PEOPLE: Final = (Measure.DEATHS_HIGHEST, Measure.DEATHS_LOWEST, Measure.INJURED, Measure.CROSSED)
_LABELS: Final = {
    Measure.INCIDENTS: (say("column-incidents"), "incidents"),
    Measure.DENSITY: (say("measure-density"), "per_10000_km2"),
    Measure.BORDER: (say("measure-border"), "per_100_km_border"),
    Measure.DISPUTED: (say("measure-disputed"), "disputed_share"),
    Measure.DEATHS_HIGHEST: (say("measure-deaths-high"), "killed_high"),
    Measure.DEATHS_LOWEST: (say("measure-deaths-low"), "killed_low"),
    Measure.INJURED: (say("measure-injured"), "injured_high"),
    Measure.RATIO: (say("measure-ratio"), "killed_ratio"),
    Measure.CROSSED: (say("measure-crossed"), "crossed_high"),
}


# How limits between classes are found, and how somebody types their own.

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
    Scheme.QUANTILES: (say("scheme-quantiles"), say("scheme-quantiles-words")),
    Scheme.EQUAL: (say("scheme-equal"), say("scheme-equal-words")),
    Scheme.NATURAL: (say("scheme-natural"), say("scheme-natural-words")),
    Scheme.PRETTY: (say("scheme-round"), say("scheme-round-words")),
    Scheme.DEVIATIONS: (say("scheme-deviations"), say("scheme-deviations-words")),
    Scheme.OWN: (say("scheme-own"), say("scheme-own-words")),
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
        raise ValueError(say("limits-no-list", text=f"{text!r}")) from None
    check_limits(limits)
    return limits


def check_limits(limits: Sequence[float]) -> None:
    """Raise ValueError unless limits are at most six finite numbers from 0 that rise."""
    rising = all(low < high for low, high in pairwise(limits))
    if not limits or not rising or not all(map(math.isfinite, limits)) or limits[0] < 0:
        raise ValueError(say("limits-not-rising"))
    if len(limits) >= MOST:
        raise ValueError(say("limits-too-many", limits=len(limits), classes=len(limits) + 1, most=MOST - 1))


# Numbers put into classes for a map, so that legend and map say the same.
# Values are classed as they are written, to a number of decimals, and every class is named by the lowest and the
# highest written value that belongs to it: no value falls between two classes or into both.

Steps = npt.NDArray[np.int64]
"""Values in steps of the last decimal."""


_MULTIPLES: Final = {
    3: [-1, 1],
    4: [-1, 0, 1],
    5: [-2, -1, 1, 2],
    6: [-2, -1, 0, 1, 2],
    7: [-3, -2, -1, 1, 2, 3],
}
"""Standard deviations from the mean, by number of classes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Classes:
    """Classes from the lowest to the highest; none where there was nothing to class."""

    lowest: tuple[float, ...]
    """The lowest value of each class, inclusive."""
    highest: tuple[float, ...]
    """The highest value of each class, inclusive; higher values than the last belong to the last class too."""
    decimals: int
    outcome: str
    """What was made, and why it is not what was asked for if it is not; a sentence."""

    def __len__(self) -> int:
        """Count the classes."""
        return len(self.highest)

    def label(self, number: int, write: Callable[[float], str], *, open_ended: bool = False) -> str:
        """Write the values of a class, numbered from 0; `open_ended` where values may lie outside all classes."""
        low, high = write(self.lowest[number]), write(self.highest[number])
        if open_ended and number == len(self) - 1:
            return say("class-or-more", low=low)
        if open_ended and number == 0:
            return say("class-up-to", high=high)
        return high if low == high else f"{low}–{high}"

    def number(self, values: pd.Series) -> pd.Series:
        """Return the class of each value, from 0, on the same index; missing where the value is."""
        steps = values.astype(float) * 10**self.decimals
        limits = np.round(np.array(self.highest[:-1], float) * 10**self.decimals)
        found = np.searchsorted(limits, steps.fillna(0).round().to_numpy(), side="left")
        known = values.notna() & (len(self) > 0)
        return pd.Series(found, index=values.index, dtype="Int64").where(known)


def classify(
    values: Iterable[float],
    *,
    scheme: Scheme | str,
    classes: int,
    decimals: int = 0,
    limits: Sequence[float] = (),
) -> Classes:
    """Find classes for values.

    Parameters
    ----------
    values
        Numbers from 0; missing and infinite ones are left out.
    scheme, classes
        How to find limits, and how many classes, 3 to 7. Fewer come out where the values leave no more.
    decimals
        To how many the values are written.
    limits
        For Scheme.OWN, the highest value of each class but the last.

    Raises
    ------
    ValueError
        If the number of classes is none of 3 to 7, the scheme is unknown, or own limits are missing or do not rise.

    """
    scheme = Scheme(scheme)
    if not FEWEST <= classes <= MOST:
        raise ValueError(say("classes-told-apart", classes=classes, fewest=FEWEST, most=MOST))
    if scheme is Scheme.OWN:
        check_limits(limits)
    given = np.asarray([float(value) for value in values if pd.notna(value)], float)
    steps: Steps = np.round(given[np.isfinite(given)] * 10**decimals).astype(np.int64)
    if not len(steps):
        return Classes(lowest=(), highest=(), decimals=decimals, outcome=say("classes-nothing"))
    upper = _upper(steps, scheme, classes, np.asarray(limits, float) * 10**decimals)
    lower = np.concatenate([[steps.min() if scheme is not Scheme.OWN else min(steps.min(), 0)], upper[:-1] + 1])
    return Classes(
        lowest=tuple(float(step) for step in lower / 10**decimals),
        highest=tuple(float(step) for step in upper / 10**decimals),
        decimals=decimals,
        outcome=_outcome(steps, scheme, len(limits) + 1 if scheme is Scheme.OWN else classes, len(upper)),
    )


def _upper(steps: Steps, scheme: Scheme, classes: int, limits: npt.NDArray[np.float64]) -> Steps:
    """Return the highest step of each class; rising, the last is that of the highest value."""
    distinct = np.unique(steps)
    if scheme is Scheme.OWN:
        found = limits
    elif len(distinct) <= classes:
        return distinct
    else:
        found = _bins(steps, scheme, classes)
    top = max(steps.max(), int(np.floor(found[-1])) + 1) if scheme is Scheme.OWN else steps.max()
    inner = np.unique(np.floor(found + 1e-9).astype(np.int64))
    lowest = 0 if scheme is Scheme.OWN else steps.min()
    return np.append(inner[(inner >= lowest) & (inner < top)], top)


def _bins(steps: Steps, scheme: Scheme, classes: int) -> npt.NDArray[np.float64]:
    import mapclassify  # noqa: PLC0415  # with scikit-learn, half a second that only a shaded map needs

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that numba is missing and that quantiles tie, which is dealt with here
        made: Any
        if scheme is Scheme.QUANTILES:
            made = mapclassify.Quantiles(steps, k=classes)
        elif scheme is Scheme.EQUAL:
            made = mapclassify.EqualInterval(steps, k=classes)
        elif scheme is Scheme.NATURAL:
            made = mapclassify.FisherJenks(steps, k=classes)
        elif scheme is Scheme.PRETTY:
            made = mapclassify.PrettyBreaks(steps, k=classes)
        else:
            made = mapclassify.StdMean(steps, multiples=_MULTIPLES[classes])
    return np.asarray(made.bins, float)


def _outcome(steps: Steps, scheme: Scheme, asked: int, made: int) -> str:
    distinct = len(np.unique(steps))
    if distinct == 1:
        if steps[0] == 0:
            return say("classes-all-zero-class") if made == 1 else say("classes-all-zero")
        return say("classes-all-same-class") if made == 1 else say("classes-all-same")
    if scheme is not Scheme.OWN and distinct <= asked:
        return say("classes-few-values", distinct=distinct)
    if made == asked:
        return say("classes-all", classes=made, scheme=scheme.label.lower(), about=scheme.words)
    return say("classes-all-of", classes=made, scheme=scheme.label.lower(), about=scheme.words, asked=asked)
