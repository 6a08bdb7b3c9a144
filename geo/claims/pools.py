"""Claims about overlapping pools of people, put together into one toll.

An account takes figures for pools that can have nobody in common and adds them; different accounts are rivals. So the
lowest is that of the lowest account that leaves out nobody it could count, and the highest that of the highest.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from geo.claims.toll import Toll, added, spanned, stated
from geo.incident import Claim
from geo.losses import LOSS_OF, Loss
from geo.vocabulary import About

Pool = Loss | str
"""Whose loss; for people who crossed, and for things, the claim's own words."""
Pools = Mapping[Pool, Toll]
"""The span of the figures for each pool."""


def pool_of(claim: Claim) -> Pool:
    """Return whose loss a claim is about."""
    if claim.about in (About.KILLED, About.INJURED):
        return LOSS_OF.get(claim.of or "", Loss.EVERYBODY)
    return claim.of or ""


def pools_of(claims: Iterable[Claim], about: About) -> dict[Pool, Toll]:
    """Return the span of the claims about each pool."""
    pools: dict[Pool, Toll] = {}
    for claim in claims:
        figure = stated(claim) if claim.about is about else None
        if figure is not None:
            pool = pool_of(claim)
            pools[pool] = pools[pool].rival(figure) if pool in pools else figure
    return pools


def counted(whole: Pools, members: Sequence[Pools]) -> Toll | None:
    """Return the toll of a wider event, None where nobody states a figure.

    Parameters
    ----------
    whole
        What is said of the event as a whole.
    members
        What is said of each of its incidents: it fills in people whom nothing said of the whole is about, and where it
        exceeds that it raises the highest. A single incident is an event without a whole.

    """
    everything = frozenset(whole).union(*members)
    return added(
        _counted_together(_restricted(whole, pools), [_restricted(member, pools) for member in members])
        for pools in _connected(everything)
    )


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
