"""Pairs of claimants who contradict each other: one denies what the other says, or their figures cannot both be right.

Figures contradict each other where no number fits both: 23 and 58 do, “at least 143” and 408 do not. A denial that
something happened contradicts all that is said of it. Those who speak for one party are taken to tell the same story,
but not one who acknowledges what the party denies. Who is blamed has no code in the record: two parties that both say
who did it contradict each other only where it has the incident as disputed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import Final

from geo.contradictions.statements import Matter, Statement, matters
from geo.incident import Claimant, Incident
from geo.vocabulary import About, Stance, Status

_COUNTED: Final = frozenset(About) - {About.EVENT, About.ATTRIBUTION}
"""What figures are given of."""
_NO_PARTY: Final = "other"
"""The side of those who speak for none of the parties: they have nothing in common."""


class Way(StrEnum):
    """How two claimants contradict each other."""

    DENIAL = "denial"
    FIGURES = "figures"
    ACCOUNTS = "accounts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Two statements that cannot both be right."""

    way: Way
    matter: Matter
    one: Statement
    """Of a denial, the denial; of figures, the lower one; of accounts of who did it, the one held first."""
    other: Statement

    @property
    def claimants(self) -> tuple[str, str]:
        """Their ids, in alphabetical order."""
        first, second = sorted((self.one.by, self.other.by))
        return first, second


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two claimants with all that they contradict each other about."""

    claimants: tuple[str, str]
    """Their ids; the one who denies more often, or else gives the lower figures, first."""
    contradictions: tuple[Contradiction, ...]

    @property
    def incidents(self) -> tuple[Incident, ...]:
        """The incidents whose records hold them, each once, oldest first; a denial is held beside what it denies."""
        held = {c.other.incident.id: c.other.incident for c in self.contradictions}
        return tuple(sorted(held.values(), key=lambda incident: (incident.date_start, incident.id)))

    def count(self, way: Way) -> int:
        """Count the incidents with a contradiction of one kind."""
        return len({c.other.incident.id for c in self.contradictions if c.way is way})


def contradictions(incidents: Sequence[Incident], claimants: Mapping[str, Claimant]) -> tuple[Contradiction, ...]:
    """List what claimants contradict each other about, once for each two of them and each thing, in record order."""
    found = matters(incidents)
    return (*_denials(found, claimants), *_rival_figures(found), *_rival_accounts(found, claimants))


def pairs(found: Iterable[Contradiction]) -> tuple[Pair, ...]:
    """Bring contradictions together by who contradicts whom, most incidents first."""
    by_claimants: defaultdict[tuple[str, str], list[Contradiction]] = defaultdict(list)
    for contradiction in found:
        by_claimants[contradiction.claimants].append(contradiction)
    made = [_pair(two, between) for two, between in by_claimants.items()]
    return tuple(sorted(made, key=lambda p: (-len(p.incidents), -len(p.contradictions), p.claimants)))


def _pair(two: tuple[str, str], between: Sequence[Contradiction]) -> Pair:
    first, second = two
    denies = {by: sum(c.way is Way.DENIAL and c.one.by == by for c in between) for by in two}
    lower = {by: sum(c.one.by == by for c in between) for by in two}
    ordered = two if (denies[first], lower[first]) >= (denies[second], lower[second]) else (second, first)
    return Pair(claimants=ordered, contradictions=tuple(between))


def _denials(found: Sequence[Matter], claimants: Mapping[str, Claimant]) -> Iterator[Contradiction]:
    of_subject: defaultdict[str, list[Matter]] = defaultdict(list)
    for matter in found:
        of_subject[matter.subject].append(matter)
    for matter in found:
        denials = [s for s in matter.statements if s.claim.stance is Stance.DENIES]
        denied = of_subject[matter.subject] if matter.about is About.EVENT else [matter]
        said = [s for other in denied for s in other.statements if _can_be_denied(s)]
        yield from _once(
            Contradiction(way=Way.DENIAL, matter=matter, one=denial, other=statement)
            for denial in denials
            for statement in said
            if _opposed(denial, statement, claimants)
        )


def _can_be_denied(statement: Statement) -> bool:
    """Tell whether something is said to have happened; that nobody died is not."""
    return statement.says_so and (not statement.gives_a_figure or statement.highest > 0)


def _opposed(denial: Statement, statement: Statement, claimants: Mapping[str, Claimant]) -> bool:
    if denial.by == statement.by:
        return False
    return statement.claim.stance is Stance.ACKNOWLEDGES or not _same_party(
        claimants[denial.by], claimants[statement.by]
    )


def _same_party(one: Claimant, other: Claimant) -> bool:
    """Tell whether two speak for one party."""
    return one.side == other.side != _NO_PARTY and not (one.independent or other.independent)


def _rival_figures(found: Iterable[Matter]) -> Iterator[Contradiction]:
    for matter in found:
        told: defaultdict[str, list[Statement]] = defaultdict(list)
        for statement in matter.statements:
            if matter.about in _COUNTED and statement.gives_a_figure:
                told[statement.by].append(statement)
        for one, other in combinations(told.values(), 2):
            if not any(_agree(a, b) for a in one for b in other):
                yield _widest(matter, one, other)


def _agree(one: Statement, other: Statement) -> bool:
    """Tell whether some number fits both."""
    return max(one.possible[0], other.possible[0]) <= min(one.possible[1], other.possible[1])


def _widest(matter: Matter, one: Sequence[Statement], other: Sequence[Statement]) -> Contradiction:
    low, high = max(
        ((a, b) if a.lowest <= b.lowest else (b, a) for a in one for b in other),
        key=lambda two: two[1].highest - two[0].lowest,
    )
    return Contradiction(way=Way.FIGURES, matter=matter, one=low, other=high)


def _rival_accounts(found: Iterable[Matter], claimants: Mapping[str, Claimant]) -> Iterator[Contradiction]:
    for matter in found:
        blames = [s for s in matter.statements if s.blames and s.incident.status is Status.DISPUTED]
        yield from _once(
            Contradiction(way=Way.ACCOUNTS, matter=matter, one=one, other=other)
            for one, other in combinations(blames, 2)
            if _two_parties(claimants[one.by], claimants[other.by])
        )


def _two_parties(one: Claimant, other: Claimant) -> bool:
    """Tell whether two speak for different parties."""
    sides = {one.side, other.side}
    return len(sides) > 1 and _NO_PARTY not in sides and not (one.independent or other.independent)


def _once(found: Iterable[Contradiction]) -> Iterator[Contradiction]:
    """Keep the first of what two claimants hold against each other in each incident."""
    seen = set()
    for contradiction in found:
        key = (contradiction.one.by, contradiction.other.by, contradiction.other.incident.id)
        if key not in seen:
            seen.add(key)
            yield contradiction
