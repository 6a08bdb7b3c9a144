"""Numbers put into classes for a map, so that legend and map say the same.

Values are classed as they are written, to a number of decimals, and every class is named by the lowest and the highest
written value that belongs to it: no value falls between two classes or into both.
"""

import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import mapclassify
import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.aggregate.scheme import FEWEST, MOST, Scheme, check_limits
from geo.wording import count_words

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
            return f"{low} or more"
        if open_ended and number == 0:
            return f"up to {high}"
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
        raise ValueError(f"{classes} classes cannot be told apart; ask for {FEWEST} to {MOST}")
    if scheme is Scheme.OWN:
        check_limits(limits)
    given = np.asarray([float(value) for value in values if pd.notna(value)], float)
    steps: Steps = np.round(given[np.isfinite(given)] * 10**decimals).astype(np.int64)
    if not len(steps):
        return Classes(lowest=(), highest=(), decimals=decimals, outcome="There is nothing to class.")
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
        whose = "is zero" if steps[0] == 0 else "is the same"
        return f"Every value {whose}, so there is one class." if made == 1 else f"Every value {whose}."
    if scheme is not Scheme.OWN and distinct <= asked:
        return f"Only {distinct} different values, so each is a class of its own."
    words = f"{count_words(made, 'class', 'classes')}, {scheme.label.lower()}: {scheme.words}"
    return f"{words}." if made == asked else f"{words}; the values leave {made} of {asked}."
