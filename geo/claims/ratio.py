"""How far apart the claims are: the highest over the lowest."""

import math
from typing import Final

from geo.claims.toll import Toll

_NEARLY_ONE: Final = 1.1


def dispute_ratio(toll: Toll | None) -> float | None:
    """Return a range's highest over its lowest figure: 1 where all agree, None where nobody states a figure.

    Where the lowest is nobody and the highest somebody it is infinite. Of a range from all claims it says how far these
    are apart; of one under another rule, how far apart those who are heard are.

    >>> dispute_ratio(Toll(32, 258)), dispute_ratio(Toll(0, 0)), dispute_ratio(Toll(0, 4)), dispute_ratio(None)
    (8.0625, 1.0, inf, None)
    """
    if toll is None:
        return None
    if toll.low == toll.high:
        return 1.0
    return toll.high / toll.low if toll.low else math.inf


def ratio_words(ratio: float | None) -> str:
    """Write a ratio: 8.1 times; empty where there is none.

    >>> ratio_words(8.0625), ratio_words(46 / 45), ratio_words(1.0), ratio_words(math.inf)
    ('8.1 times', '1.02 times', 'all agree', 'none against some')
    """
    if ratio is None:
        return ""
    if ratio == 1:
        return "all agree"
    if math.isinf(ratio):
        return "none against some"
    return f"{ratio:,.2f} times" if ratio < _NEARLY_ONE else f"{ratio:,.1f} times"
