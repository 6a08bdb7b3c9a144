"""A range of figures for people, and how ranges are put together."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Final

from geo.incident import Claim
from geo.vocabulary import Stance
from geo.wording import range_words

_SPEAKS_FOR_A_FIGURE: Final = (Stance.ASSERTS, Stance.ACKNOWLEDGES)


@dataclass(frozen=True, slots=True)
class Toll:
    """A range of figures, people."""

    low: int
    high: int
    or_more: bool = False
    """Somebody says “at least” `high`."""
    low_or_more: bool = False
    """Whoever says `low` says “at least”."""

    def __str__(self) -> str:
        """Write the range as text."""
        return range_words(self.low, self.high, or_more=self.or_more)

    def __add__(self, other: "Toll") -> "Toll":
        """Add tolls of different people."""
        return Toll(
            self.low + other.low,
            self.high + other.high,
            self.or_more or other.or_more,
            self.low_or_more or other.low_or_more,
        )

    def rival(self, other: "Toll") -> "Toll":
        """Span two accounts of the same people."""
        highest = max(self, other, key=lambda toll: (toll.high, toll.or_more))
        lowest = min(self, other, key=lambda toll: (toll.low, toll.low_or_more))
        return Toll(lowest.low, highest.high, highest.or_more, lowest.low_or_more)

    def raised_to(self, other: "Toll") -> "Toll":
        """Let another account raise the highest figure, but not lower the lowest."""
        span = self.rival(other)
        return Toll(self.low, span.high, span.or_more, self.low_or_more)

    def lowest(self) -> "Toll":
        """Return the lower end alone."""
        return Toll(self.low, self.low, self.low_or_more, self.low_or_more)

    def highest(self) -> "Toll":
        """Return the upper end alone."""
        return Toll(self.high, self.high, self.or_more, self.or_more)


def stated(claim: Claim) -> Toll | None:
    """Return the figure that a claim vouches for, None where it gives none, denies or leaves it unconfirmed."""
    if claim.stance not in _SPEAKS_FOR_A_FIGURE:
        return None
    if claim.value is not None:
        return Toll(claim.value, claim.value)
    if claim.high is not None:
        return Toll(claim.low or 0, claim.high)
    return None if claim.low is None else Toll(claim.low, claim.low, or_more=True, low_or_more=True)


def added(tolls: Iterable[Toll | None]) -> Toll | None:
    """Add up what is known, None where nothing is."""
    known = [toll for toll in tolls if toll is not None]
    return reduce(Toll.__add__, known) if known else None


def spanned(tolls: Iterable[Toll | None]) -> Toll | None:
    """Span rival accounts, None where there is none."""
    known = [toll for toll in tolls if toll is not None]
    return reduce(Toll.rival, known) if known else None
