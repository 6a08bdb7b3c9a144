"""Totals from rival claims, under a rule that is named wherever a number stands.

The rule here: the lowest and the highest that is asserted or acknowledged. Rival claims are never added; tolls of
different people are. A claim about a whole event group counts once, in place of its members' claims about the same
people; a running total never counts; an unconfirmed figure, or a denial, gives none.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from geo.incident import Claim, Incident
from geo.losses import LOSS_OF, Loss
from geo.vocabulary import About, Scope, Stance
from geo.wording import range_words

RULE: Final = "lowest–highest claim"
"""The short name, beside a number."""

RULE_SENTENCE: Final = (
    "Lowest to highest figure that anybody asserts or acknowledges; rival claims are never added, a toll for a whole "
    "event counts once, running totals never."
)

_SPEAKS_FOR_A_FIGURE: Final = (Stance.ASSERTS, Stance.ACKNOWLEDGES)


@dataclass(frozen=True, slots=True)
class Toll:
    """A range of figures, people."""

    low: int
    high: int
    or_more: bool = False
    """Somebody says “at least” `high`."""

    def __str__(self) -> str:
        """Write the range as text."""
        return range_words(self.low, self.high, or_more=self.or_more)

    def __add__(self, other: "Toll") -> "Toll":
        """Add tolls of different people."""
        return Toll(self.low + other.low, self.high + other.high, self.or_more or other.or_more)

    def rival(self, other: "Toll") -> "Toll":
        """Span two accounts of the same people."""
        highest = max(self, other, key=lambda toll: (toll.high, toll.or_more))
        return Toll(min(self.low, other.low), highest.high, highest.or_more)

    def raised_to(self, other: "Toll") -> "Toll":
        """Let another account raise the highest figure, but not lower the lowest."""
        return Toll(self.low, self.rival(other).high, self.rival(other).or_more)


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """What a set of incidents adds up to."""

    toll: Toll | None
    """None where nobody states a figure."""
    incidents_without_figure: int
    split_groups: tuple[str, ...]
    """Event groups of which only some incidents are in the set, though a toll for the whole group was counted."""


def toll(claims: Iterable[Claim], about: About) -> Toll | None:
    """Return the lowest and highest toll of one incident or one group, None where no claim gives a figure."""
    return _together(_pools(claims, about))


def own_toll(incident: Incident, about: About) -> tuple[Toll | None, Scope]:
    """Return an incident's toll, or else the one its record holds for its whole event group, and which of them."""
    own = toll(_of_scope(incident.claims, Scope.INCIDENT), about)
    if own is not None:
        return own, Scope.INCIDENT
    return toll(_of_scope(incident.claims, Scope.GROUP), about), Scope.GROUP


def total(incidents: Iterable[Incident], everything: Sequence[Incident], about: About) -> Total:
    """Add up a set of incidents.

    Parameters
    ----------
    incidents
        The set.
    everything
        All incidents, among which those of the set's event groups are found; a group's toll may be held by any of them.
    about
        KILLED, INJURED or CROSSED.

    """
    chosen = list(incidents)
    group_claims = _group_claims(everything, about)
    members: defaultdict[str | None, list[Incident]] = defaultdict(list)
    for incident in chosen:
        members[incident.event_group if incident.event_group in group_claims else None].append(incident)
    parts = [toll(_of_scope(incident.claims, Scope.INCIDENT), about) for incident in members.pop(None, [])]
    without = sum(part is None for part in parts)
    for group, inside in members.items():
        parts.append(_group_toll(group_claims[group or ""], inside, about))
    sizes = _group_sizes(everything)
    return Total(
        toll=_sum(parts),
        incidents_without_figure=without,
        split_groups=tuple(sorted(g for g, inside in members.items() if g and len(inside) < sizes[g])),
    )


def _group_toll(group: Sequence[Claim], inside: Sequence[Incident], about: About) -> Toll | None:
    """Count claims about the whole group once; members' claims fill in people the group's claims are not about."""
    accounts = [_pools(_of_scope(incident.claims, Scope.INCIDENT), about) for incident in inside]
    of_members = _sum([_together(account) for account in accounts])
    whole = _pools(group, about)
    filled = dict(whole)
    for pool in {pool for account in accounts for pool in account} - {Loss.EVERYBODY}:
        told = _sum([account.get(pool) for account in accounts])
        if told is not None:
            filled[pool] = filled[pool].raised_to(told) if pool in filled else told
    stated = _together(whole if Loss.EVERYBODY in whole else filled)
    return _raised(_raised(stated, _together(filled)), of_members)


def _pools(claims: Iterable[Claim], about: About) -> dict[Loss | str, Toll]:
    """Return the span of the claims about each pool of people."""
    pools: dict[Loss | str, Toll] = {}
    for claim in claims:
        figure = _figure(claim) if claim.about is about else None
        if figure is not None:
            pool = _pool(claim)
            pools[pool] = pools[pool].rival(figure) if pool in pools else figure
    return pools


def _together(pools: Mapping[Loss | str, Toll]) -> Toll | None:
    """Add up the pools; figures for everybody are rivals of the sum, figures for a part can only raise it."""
    left = dict(pools)
    everybody, part = left.pop(Loss.EVERYBODY, None), left.pop(Loss.PART_OF_OTHERS, None)
    with_part = left if part is None else left | {Loss.OTHERS: left.get(Loss.OTHERS, part).raised_to(part)}
    whole = _sum(with_part.values())
    if everybody is None:
        return whole
    stated = _sum(left.values())
    return _raised(everybody if stated is None else stated.rival(everybody), whole)


def _raised(stated: Toll | None, other: Toll | None) -> Toll | None:
    return stated if stated is None or other is None else stated.raised_to(other)


def _pool(claim: Claim) -> Loss | str:
    """Return whose loss a claim is about; for people who crossed, its own words."""
    if claim.about is About.CROSSED:
        return claim.of or ""
    return LOSS_OF.get(claim.of or "", Loss.EVERYBODY)


def _figure(claim: Claim) -> Toll | None:
    if claim.stance not in _SPEAKS_FOR_A_FIGURE:
        return None
    if claim.value is not None:
        return Toll(claim.value, claim.value)
    if claim.high is not None:
        return Toll(claim.low or 0, claim.high)
    return None if claim.low is None else Toll(claim.low, claim.low, or_more=True)


def _sum(parts: Iterable[Toll | None]) -> Toll | None:
    known = [part for part in parts if part is not None]
    return sum(known[1:], start=known[0]) if known else None


def _of_scope(claims: Iterable[Claim], scope: Scope) -> list[Claim]:
    return [claim for claim in claims if claim.scope is scope]


def _group_claims(incidents: Iterable[Incident], about: About) -> dict[str, list[Claim]]:
    """Return the claims that give a figure for a whole event group, by group."""
    found: defaultdict[str, list[Claim]] = defaultdict(list)
    for incident in incidents:
        if incident.event_group is not None:
            claims = [c for c in _of_scope(incident.claims, Scope.GROUP) if c.about is about and _figure(c)]
            found[incident.event_group] += claims
    return {group: claims for group, claims in found.items() if claims}


def _group_sizes(incidents: Iterable[Incident]) -> dict[str, int]:
    sizes: defaultdict[str, int] = defaultdict(int)
    for incident in incidents:
        if incident.event_group is not None:
            sizes[incident.event_group] += 1
    return sizes
