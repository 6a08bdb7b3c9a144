"""Contradictions between claimants about the same thing: of what kind, and how far apart."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, product
from operator import itemgetter
from typing import Any, Final, Self

import pandas as pd

from geo.evidence.denials import NO_PARTY, Matter, Statement, denials, matter_of, matters, share_days, whom
from geo.incident.record import Claim, Claimant, Incident, oldest_first
from geo.incident.vocabulary import MEASURES, About, Country, Scope, Stance, Status
from geo.language.messages import say
from geo.sentences import figure

# Pairs of claimants who contradict each other: one denies what the other says, or their figures cannot both be right.
# Figures contradict each other if no number fits both: 23 and 58 do, “at least 143” and 408 do not. So do a figure for
# a part and a smaller one for the whole, and the same number of people who crossed on the same days, given by one
# claimant for one place and by another for more than that place. What a denial contradicts is decided in
# `geo.evidence.denials`. Claimants of one party are assumed to tell the same story, except one who acknowledges what
# the party denies. Who is blamed has no code in the record, so two parties that each name a culprit contradict each
# other only if the incident is marked as disputed.

_COUNTED: Final = frozenset(About) - {About.EVENT, About.ATTRIBUTION}
"""What figures are given for."""


_Whose = tuple[str, About, str]
"""Event cluster, or incident without one; measure; whom it counts."""


class Way(StrEnum):
    """Kind of contradiction."""

    DENIAL = "denial"
    FIGURES = "figures"
    PART = "part"
    ACCOUNTS = "accounts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Two statements that cannot both be right."""

    way: Way
    matter: Matter
    one: Statement
    """The denial; the lower figure; the figure for the whole; or the account recorded first."""
    other: Statement

    @property
    def claimants(self) -> tuple[str, str]:
        """Ids of both claimants, in alphabetical order."""
        first, second = sorted((self.one.by, self.other.by))
        return first, second


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two claimants and all their contradictions."""

    claimants: tuple[str, str]
    """Ids: first the one who denies more often, or else gives the lower figures."""
    contradictions: tuple[Contradiction, ...]

    @property
    def incidents(self) -> tuple[Incident, ...]:
        """Incidents that hold the contradicted claims, without duplicates, oldest first."""
        held = {c.other.incident.id: c.other.incident for c in self.contradictions}
        return tuple(sorted(held.values(), key=oldest_first))

    def count(self, way: Way) -> int:
        """Count the incidents with a contradiction of one kind."""
        return len({c.other.incident.id for c in self.contradictions if c.way is way})


def contradictions(incidents: Sequence[Incident], claimants: Mapping[str, Claimant]) -> tuple[Contradiction, ...]:
    """List contradictions, once per pair of claimants and matter, in record order."""
    found = matters(incidents)
    return (
        *_denials(incidents, claimants),
        *_rival_figures(found),
        *_parts_and_wholes(incidents),
        *_rival_accounts(found, claimants),
    )


def pairs(found: Iterable[Contradiction]) -> tuple[Pair, ...]:
    """Group contradictions by pair of claimants, most incidents first."""
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


def _denials(incidents: Sequence[Incident], claimants: Mapping[str, Claimant]) -> Iterator[Contradiction]:
    seen: set[tuple[object, ...]] = set()
    everybody = denials(incidents, claimants, everything=incidents)
    for found in everybody:
        matter, by = matter_of(found.statement), found.statement.by
        held = (matter.key, by, found.opposite and id(found.opposite), found.own_side and id(found.own_side))
        if held in seen:  # equal denials share their opposing statements
            continue
        seen.add(held)
        for statement in (*found.opposite, *found.own_side):
            key = (matter.key, by, statement.claim.by, statement.incident.id)
            if key not in seen:
                seen.add(key)
                yield Contradiction(way=Way.DENIAL, matter=matter, one=found.statement, other=statement)


# For a claimant with many figures, only the extremes are compared instead of every pair of figures, since an incident
# may have thousands.


@dataclass(frozen=True, slots=True, kw_only=True)
class _Figures:
    """Figures of one claimant on one matter."""

    least: Statement
    numbers: Sequence[tuple[int, int, Statement]]
    """Distinct figures: lowest number, highest number, and the first statement that gives them."""
    spans: Sequence[tuple[float, float]]
    """Disjoint intervals of the numbers its figures allow, ascending."""

    @classmethod
    def of(cls, stated: Sequence[Statement]) -> Self:
        spans: list[tuple[float, float]] = []
        for low, high in sorted({statement.possible for statement in stated}):
            if spans and low <= spans[-1][1]:
                spans[-1] = (spans[-1][0], max(high, spans[-1][1]))
            else:
                spans.append((low, high))
        once = {(statement.least_named, statement.most_named): statement for statement in reversed(stated)}
        return cls(
            least=min(stated, key=lambda statement: statement.least_named),
            numbers=[(low, high, statement) for (low, high), statement in once.items()],
            spans=spans,
        )

    def agrees(self, other: Self) -> bool:
        """Tell whether any number fits both."""
        mine, theirs = 0, 0
        while mine < len(self.spans) and theirs < len(other.spans):
            (low, high), (lowest, highest) = self.spans[mine], other.spans[theirs]
            if max(low, lowest) <= min(high, highest):
                return True
            if high < highest:
                mine += 1
            else:
                theirs += 1
        return False


def _rival_figures(found: Iterable[Matter]) -> Iterator[Contradiction]:
    for matter in found:
        stated: defaultdict[str, list[Statement]] = defaultdict(list)
        for statement in matter.statements:
            if matter.about in _COUNTED and statement.gives_a_figure:
                stated[statement.by].append(statement)
        for one, other in combinations(map(_Figures.of, stated.values()), 2):
            if not one.agrees(other):
                yield _widest(matter, one, other)


def _widest(matter: Matter, one: _Figures, other: _Figures) -> Contradiction:
    lows = one.least.least_named, other.least.least_named
    apart = [
        *((high - lows[0], one.least, statement) for low, high, statement in other.numbers if lows[0] <= low),
        *((high - lows[1], other.least, statement) for low, high, statement in one.numbers if lows[1] < low),
    ]
    _, low, high = max(apart, key=itemgetter(0))
    return Contradiction(way=Way.FIGURES, matter=matter, one=low, other=high)


def _parts_and_wholes(incidents: Iterable[Incident]) -> Iterator[Contradiction]:
    """Compare figures for more than an incident with figures for the incident that exceed them."""
    wholes: defaultdict[_Whose, defaultdict[str, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    parts: defaultdict[tuple[str, _Whose], defaultdict[str, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    for incident in incidents:
        for claim in incident.claims:
            statement = Statement(claim=claim, incident=incident)
            whose = (incident.event_group or incident.id, claim.about, whom(claim))
            if claim.about in MEASURES and statement.gives_a_figure:
                of_part = claim.scope is Scope.INCIDENT
                (parts[incident.id, whose] if of_part else wholes[whose])[claim.by].append(statement)
    for (_, whose), stated in parts.items():
        for part, whole in product(stated.values(), wholes[whose].values()):
            if part[0].by != whole[0].by and not _leave_room(whole, part):
                low = min(whole, key=lambda statement: statement.most_named)
                high = max(part, key=lambda statement: statement.least_named)
                yield Contradiction(way=Way.PART, matter=matter_of(high), one=low, other=high)


def _leave_room(wholes: Sequence[Statement], parts: Sequence[Statement]) -> bool:
    """Tell whether any part fits into any whole."""
    if parts[0].claim.about is not About.CROSSED:  # the smallest part and largest whole suffice
        parts = [min(parts, key=lambda s: s.possible[0])]
        wholes = [max(wholes, key=lambda s: (s.claim.scope is Scope.CUMULATIVE, s.possible[1]))]
    return any(_leaves_room(one, other) for one in wholes for other in parts)


def _leaves_room(whole: Statement, part: Statement) -> bool:
    """Tell whether a part fits into a whole; a running total may cover other days, so only equal numbers contradict."""
    same_number = figure(whole.claim) == figure(part.claim) and share_days(whole.incident, part.incident)
    if part.claim.about is About.CROSSED and same_number:
        return False
    return whole.claim.scope is Scope.CUMULATIVE or part.possible[0] <= whole.possible[1]


def _rival_accounts(found: Iterable[Matter], claimants: Mapping[str, Claimant]) -> Iterator[Contradiction]:
    for matter in found:
        disputed = (s for s in matter.statements if s.blames and s.incident.status is Status.DISPUTED)
        blames: dict[tuple[str, str], Statement] = {}
        for statement in disputed:
            blames.setdefault((statement.by, statement.incident.id), statement)
        yield from _once(
            Contradiction(way=Way.ACCOUNTS, matter=matter, one=one, other=other)
            for one, other in combinations(blames.values(), 2)
            if _two_parties(claimants[one.by], claimants[other.by])
        )


def _two_parties(one: Claimant, other: Claimant) -> bool:
    """Tell whether two claimants speak for different parties."""
    sides = {one.side, other.side}
    return len(sides) > 1 and NO_PARTY not in sides and not (one.independent or other.independent)


def _once(found: Iterable[Contradiction]) -> Iterator[Contradiction]:
    """Keep the first contradiction of two claimants for each matter and incident."""
    seen = set()
    for contradiction in found:
        one, other = contradiction.one, contradiction.other
        key = (contradiction.matter.key, one.by, other.by, other.incident.id)
        if key not in seen:
            seen.add(key)
            yield contradiction


# Contradictions between camps: claimants who speak for a side, and independent claimants of a country.

_OF: Final = {"AF": say("camp-afghan"), "PK": say("camp-pakistani"), "TJ": say("camp-tajik")}


def camp(claimant: Claimant) -> str:
    """Return the camp of a claimant, by its side and independence in the register."""
    of = _OF.get(claimant.side)
    if of is not None:
        return say("camp-media", country=of) if claimant.independent else say("camp-officials", country=of)
    if claimant.independent:
        return say("camp-others")
    return say("camp-unknown") if claimant.side == "other" else claimant.side


def between_camps(found: Iterable[Contradiction], claimants: Mapping[str, Claimant]) -> pd.DataFrame:
    """Count the incidents in which camps contradict each other.

    Returns
    -------
    DataFrame
        Camps by camps, symmetric, camps with most incidents first; the diagonal counts contradictions within a camp.
        Camps without contradictions are left out.

    """
    met: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for contradiction in found:
        one, other = (camp(claimants[by]) for by in contradiction.claimants)
        met[one, other].add(contradiction.other.incident.id)
        met[other, one].add(contradiction.other.incident.id)
    of_camp: defaultdict[str, set[str]] = defaultdict(set)
    for (one, _), incidents in met.items():
        of_camp[one] |= incidents
    order = sorted(of_camp, key=lambda name: (-len(of_camp[name]), name))
    counts = [[len(met.get((one, other), ())) for other in order] for one in order]
    return pd.DataFrame(counts, index=order, columns=order, dtype=int)


# Gaps between the figures of two claimants for the same people.


class GapOrder(StrEnum):
    """Measure by which gaps are ranked."""

    RATIO = "ratio"
    DIFFERENCE = "difference"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """The lowest and highest figure that two claimants give for the same people."""

    matter: Matter
    lowest: Statement
    highest: Statement

    @property
    def difference(self) -> int:
        """Number of people between them."""
        return self.highest.most_named - self.lowest.least_named

    @property
    def ratio(self) -> float:
        """Highest over lowest; infinite if the lowest is 0."""
        return self.highest.most_named / self.lowest.least_named if self.lowest.least_named else math.inf

    def rank(self, order: GapOrder) -> tuple[float, float]:
        """Return a key that sorts the widest gap first."""
        widths = (-self.ratio, float(-self.difference))
        return widths if order is GapOrder.RATIO else (widths[1], widths[0])


def widest_gaps(incidents: Iterable[Incident], *, order: GapOrder = GapOrder.RATIO) -> tuple[Gap, ...]:
    """Return the gap of each matter on which two claimants' figures differ, widest first.

    Denied and unconfirmed figures are ignored; a figure for an incident is never compared with one for its event
    cluster.
    """
    gaps = [gap for gap in map(_gap, matters(incidents)) if gap is not None]
    return tuple(sorted(gaps, key=lambda gap: (*gap.rank(order), gap.matter.subject, gap.matter.whom)))


def _gap(matter: Matter) -> Gap | None:
    if matter.about not in MEASURES:
        return None
    stated: Sequence[Statement] = [s for s in matter.statements if s.gives_a_figure]
    apart = [
        Gap(matter=matter, lowest=low, highest=high)
        for low in _of_two(sorted(stated, key=lambda s: s.least_named))
        for high in _of_two(sorted(stated, key=lambda s: -s.most_named))
        if low.by != high.by and low.least_named < high.most_named
    ]
    return max(apart, key=lambda gap: (gap.ratio, gap.difference), default=None)


def _of_two(stated: Sequence[Statement]) -> list[Statement]:
    """Return the first statement, and the first by a different claimant."""
    return [*stated[:1], *[s for s in stated if s.by != stated[0].by][:1]]


# Claimants: how often each speaks, with which stance, and how often it is contradicted.

_SIDES: Final = {country.value: country.label for country in Country} | {
    "CN": say("country-CN"),
    "other": say("camp-none"),
}


def side_words(side: str) -> str:
    """Return the name of a claimant's side.

    >>> side_words("AF"), side_words("TTP"), side_words("other")
    ('Afghanistan', 'TTP', 'none of the parties')
    """
    return _SIDES.get(side, side)


def by_claimant(
    incidents: Sequence[Incident],
    claimants: Mapping[str, Claimant],
    *,
    found: Sequence[Contradiction] | None = None,
) -> pd.DataFrame:
    """Count what each claimant says about incidents, most first; pass `found` if contradictions are already known.

    Returns
    -------
    DataFrame
        Indexed by claimant id, without silent ones: `name`, `side` (code), `kind`, `independent`; number of incidents
        in which it speaks (`incidents`), and in which it `asserts`, `acknowledges`, `denies` or leaves `unconfirmed`;
        `figures`, number of figures asserted or acknowledged; `contradicted`, number of incidents in which it is
        contradicted.

    """
    against = _contradicted(contradictions(incidents, claimants) if found is None else found)
    said: defaultdict[str, list[tuple[str, Claim]]] = defaultdict(list)
    for incident in incidents:
        for claim in incident.claims:
            said[claim.by].append((incident.id, claim))
    speakers = [claimant for claimant in claimants.values() if claimant.id in said]
    rows = [_row(claimant, said[claimant.id], len(against.get(claimant.id, ()))) for claimant in speakers]
    frame = pd.DataFrame(rows, columns=_COLUMNS).set_index("id")
    return frame.sort_values(["incidents", "name"], ascending=[False, True])


_COLUMNS: Final = (
    *("id", "name", "side", "kind", "independent", "incidents"),
    *(stance.value for stance in (Stance.ASSERTS, Stance.ACKNOWLEDGES, Stance.DENIES, Stance.UNCONFIRMED)),
    *("figures", "contradicted"),
)


def _row(claimant: Claimant, said: Sequence[tuple[str, Claim]], contradicted: int) -> dict[str, Any]:
    return {
        "id": claimant.id,
        "name": claimant.name,
        "side": claimant.side,
        "kind": claimant.kind.value,
        "independent": claimant.independent,
        "incidents": len({incident for incident, _ in said}),
        **{stance.value: len({incident for incident, c in said if c.stance is stance}) for stance in Stance},
        "figures": sum(c.stance in (Stance.ASSERTS, Stance.ACKNOWLEDGES) and figure(c) != "" for _, c in said),
        "contradicted": contradicted,
    }


def _contradicted(found: Iterable[Contradiction]) -> dict[str, set[str]]:
    against: dict[str, set[str]] = {}
    for contradiction in found:
        for by in contradiction.claimants:
            against.setdefault(by, set()).add(contradiction.other.incident.id)
    return against
