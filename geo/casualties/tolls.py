"""A range of figures for people, how rival claims about overlapping people become one, and how far apart they are."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from typing import Final, NamedTuple

from geo.casualties.measures import is_of_losses
from geo.incident.losses import LOSS_OF, VICTIMS_OF, Loss, Victims
from geo.incident.record import Claim, Incident, Source
from geo.incident.vocabulary import About, Stance
from geo.language.formatting import range_words
from geo.language.messages import number_words, say

# A range of figures for people, and how ranges are put together.

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
    low_unknown: bool = False
    """Nobody says how many at least, only “up to”: `low` is 0 for want of it, and gives way to what a rival states."""

    def __str__(self) -> str:
        """Write the range as text."""
        if self.low_unknown and not self.low:
            return say("toll-up-to", high=self.high)
        return range_words(self.low, self.high, or_more=self.or_more)

    def __add__(self, other: "Toll") -> "Toll":
        """Add tolls of different people."""
        return Toll(
            self.low + other.low,
            self.high + other.high,
            self.or_more or other.or_more,
            self.low_or_more or other.low_or_more,
            self.low_unknown or other.low_unknown,
        )

    def rival(self, other: "Toll") -> "Toll":
        """Span two accounts of the same people."""
        highest = max(self, other, key=lambda toll: (toll.high, toll.or_more))
        lowest = min(self, other, key=lambda toll: (toll.low_unknown, toll.low, toll.low_or_more))
        return Toll(lowest.low, highest.high, highest.or_more, lowest.low_or_more, lowest.low_unknown)

    def raised_to(self, other: "Toll") -> "Toll":
        """Let another account raise the highest figure, but not lower the lowest."""
        span = self.rival(other)
        return Toll(self.low, span.high, span.or_more, self.low_or_more, self.low_unknown)

    def lowest(self) -> "Toll":
        """Return the lower end alone."""
        return Toll(self.low, self.low, self.low_or_more, self.low_or_more, self.low_unknown)

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
        return Toll(claim.low or 0, claim.high, low_unknown=claim.low is None)
    return None if claim.low is None else Toll(claim.low, claim.low, or_more=True, low_or_more=True)


def added(tolls: Iterable[Toll | None]) -> Toll | None:
    """Add up what is known, None where nothing is."""
    known = [toll for toll in tolls if toll is not None]
    return reduce(Toll.__add__, known) if known else None


def spanned(tolls: Iterable[Toll | None]) -> Toll | None:
    """Span rival accounts, None where there is none."""
    known = [toll for toll in tolls if toll is not None]
    return reduce(Toll.rival, known) if known else None


# What is put together: a claim where it stands, and the figure that it vouches for.


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A claim where it stands."""

    claim: Claim
    incident: Incident

    @property
    def source(self) -> Source:
        """Return where it was published."""
        return self.incident.sources[self.claim.source]


class Figure(NamedTuple):
    """A figure that somebody vouches for."""

    toll: Toll
    said: Said
    """Who says so and where: `said.claim.by` is the claimant's id, `said.source.publication` the publication."""


OfRivals = Callable[[Sequence[Figure]], Toll | None]
"""Makes one of the rival figures for the same people; there is at least one."""


def span_of(figures: Iterable[Figure]) -> Toll | None:
    """Span rival figures, whoever states them."""
    return spanned(figure.toll for figure in figures)


# How far apart the claims are: the highest over the lowest.

_NEARLY_ONE: Final = 1.1


def dispute_ratio(toll: Toll | None) -> float | None:
    """Return a range's highest over its lowest figure: 1 where all agree, None where nobody states a figure.

    Where the lowest is nobody and the highest somebody it is infinite. Of a range from all claims it says how far these
    are apart; of one under another rule, how far apart those that count are.

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
        return say("ratio-all-agree")
    if math.isinf(ratio):
        return say("ratio-none-against-some")
    return say("ratio-times", ratio=number_words(ratio, 2 if ratio < _NEARLY_ONE else 1))


# Claims about overlapping pools of people, put together into one toll.
# An account takes figures for pools that can have nobody in common and adds them; different accounts are rivals. So
# the lowest is that of the lowest account that leaves out nobody it could count, and the highest that of the
# highest.

Pool = Loss | str
"""Whose loss; for people who crossed, and for things, the claim's own words."""
Pools = Mapping[Pool, Toll]
"""What figures there are for each pool, as one."""


def pool_of(claim: Claim) -> Pool:
    """Return whose loss a claim is about."""
    if is_of_losses(claim.about):
        return LOSS_OF.get(claim.of or "", Loss.EVERYBODY)
    return claim.of or ""


def pools_of(claims: Iterable[Said], about: About, of_rivals: OfRivals = span_of) -> dict[Pool, Toll]:
    """Return what becomes of the rival claims about each pool, to begin with their span."""
    pools: defaultdict[Pool, list[Figure]] = defaultdict(list)
    for said in claims:
        toll = stated(said.claim) if said.claim.about is about else None
        if toll is not None:
            pools[pool_of(said.claim)].append(Figure(toll, said))
    return {pool: toll for pool, figures in pools.items() if (toll := of_rivals(figures))}


def counted(whole: Pools, members: Sequence[Pools]) -> Toll | None:
    """Return the toll of an event cluster, None where nobody states a figure.

    Of people whom both speak of, what is said of the whole and the sum of what is said of the incidents are rival
    accounts: the lower is the lowest, the higher the highest.

    Parameters
    ----------
    whole
        What is said of the cluster as a whole.
    members
        What is said of each of its incidents; it fills in people whom nothing said of the whole is about.

    """
    return added(
        spanned([_counted_together(of_whole, of_members), added(map(_one, of_members))])
        if of_whole
        else added(map(_one, of_members))
        for of_whole, of_members in _apart(whole, members)
    )


def one_account(whole: Pools, members: Sequence[Pools]) -> Toll | None:
    """Return what one claimant says of an event cluster, None where it states no figure.

    What it says of the incidents is a part of what it says of the whole, and can raise its upper end only.
    """
    return added(_counted_together(of_whole, of_members) for of_whole, of_members in _apart(whole, members))


def _apart(whole: Pools, members: Sequence[Pools]) -> Iterator[tuple[Pools, list[Pools]]]:
    """Part what is said by sets of people that have nobody in common."""
    for pools in _connected(frozenset(whole).union(*members)):
        yield _restricted(whole, pools), [_restricted(member, pools) for member in members]


def _counted_together(whole: Pools, members: Sequence[Pools]) -> Toll | None:
    """Count pools of which each may hold people of another."""
    named = frozenset(whole).union(*members)
    leading = frozenset(whole) - ({Loss.PART_OF_OTHERS} if len(named) > 1 else set())
    found = spanned(_account(whole, members, chosen) for chosen in _disjoint(leading, complete=True))
    highest = spanned(_account(whole, members, chosen) for chosen in _disjoint(frozenset(whole), complete=False))
    return found and highest and found.raised_to(highest)


def _account(whole: Pools, members: Sequence[Pools], chosen: frozenset[Pool]) -> Toll | None:
    """Add up the chosen pools of the whole and what the members say of nobody in them."""
    rest = (
        _one({pool: toll for pool, toll in member.items() if not any(_overlap(pool, other) for other in chosen)})
        for member in members
    )
    return added([*(whole[pool] for pool in chosen), *rest])


def _one(pools: Pools) -> Toll | None:
    """Count one incident."""
    if len(pools) == 1:
        return next(iter(pools.values()))
    named = frozenset(pools)
    others = any(pool is not Loss.PART_OF_OTHERS and _overlap(pool, Loss.PART_OF_OTHERS) for pool in named)
    leading = named - {Loss.PART_OF_OTHERS} if others else named
    found, highest = (
        spanned(added(pools[pool] for pool in chosen) for chosen in _disjoint(of, complete=True))
        for of in (leading, named)
    )
    return found and highest and found.raised_to(highest)


def _overlap(one: Pool, other: Pool) -> bool:
    return one.may_hold(other) if isinstance(one, Loss) and isinstance(other, Loss) else one == other


def _restricted(pools: Pools, to: frozenset[Pool]) -> Pools:
    return {pool: toll for pool, toll in pools.items() if pool in to}


def _connected(pools: frozenset[Pool]) -> Iterator[frozenset[Pool]]:
    """Part the pools into the fewest sets that have nobody in common."""
    left = set(pools)
    while left:
        inside = {left.pop()}
        while touched := {pool for pool in left if any(_overlap(pool, other) for other in inside)}:
            inside |= touched
            left -= touched
        yield frozenset(inside)


@lru_cache(maxsize=4096)
def _disjoint(pools: frozenset[Pool], *, complete: bool) -> tuple[frozenset[Pool], ...]:
    """List the choices of pools that have nobody in common; `complete` ones only, to which none could be added."""
    choices = [frozenset[Pool]()]
    for pool in sorted(pools):
        choices += [chosen | {pool} for chosen in choices if not any(_overlap(pool, other) for other in chosen)]
    if not complete:
        return tuple(choices)
    return tuple(
        chosen
        for chosen in choices
        if all(pool in chosen or any(_overlap(pool, other) for other in chosen) for pool in pools)
    )


# Rival accounts of one toll that name different people: militants by one, civilians by another.


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountOf:
    """What is said of one kind of victims."""

    victims: Victims
    toll: Toll
    by: tuple[str, ...]
    """Ids of the claimants, in record order."""


def by_victims(claims: Iterable[Claim], about: About) -> tuple[AccountOf, ...]:
    """Return what claims say of each kind of victims, civilians first; nothing unless rival accounts name several.

    A figure of nobody names no one, and one claimant who speaks of both tells them apart.
    """
    of: defaultdict[Victims, list[Claim]] = defaultdict(list)
    for claim in claims:
        victims = VICTIMS_OF.get(claim.of or "")
        figure = stated(claim)
        if claim.about is about and victims is not None and figure is not None and (figure.high or figure.or_more):
            of[victims].append(claim)
    if len(of) < len(Victims) or len({claim.by for said in of.values() for claim in said}) == 1:
        return ()
    return tuple(
        AccountOf(
            victims=victims,
            toll=spanned(stated(claim) for claim in of[victims]) or Toll(0, 0),
            by=tuple(dict.fromkeys(claim.by for claim in of[victims])),
        )
        for victims in Victims
    )
