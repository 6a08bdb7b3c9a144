"""Casualties: tolls from rival claims, counting rules, totals of incidents, and the claims matrix.

A rule is identified by one code in links, on the command line and in manifests; its wording consists of messages named
by the code.

A total is what the selected incidents' own claims add up to. Rival claims are never added, tolls of different people
are. Claims about a whole event cluster are listed beside the total, and are part of it only if all incidents of the
cluster are selected. Running totals never count; unconfirmed figures and denials give no figure.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from itertools import groupby
from types import MappingProxyType
from typing import Final, NamedTuple, Self

from geo.incident.losses import LOSS_OF, VICTIMS_OF, Loss, Victims, own_side, side_of_people
from geo.incident.record import Claim, Claimant, Incident, Source
from geo.incident.vocabulary import MEASURES, About, Scope, Stance, is_of_losses
from geo.language.messages import capitalised, number_words, range_words, require, say

# Ranges of figures for people, and their combination.

_SPEAKS_FOR_A_FIGURE: Final = (Stance.ASSERTS, Stance.ACKNOWLEDGES)


@dataclass(frozen=True, slots=True)
class Toll:
    """A range of figures, people."""

    low: int
    high: int
    or_more: bool = False
    """Whether somebody says “at least” `high`."""
    low_or_more: bool = False
    """Whether the claimant of `low` says “at least”."""
    low_unknown: bool = False
    """Whether nobody gives a lower bound, only “up to”: `low` is then 0, and yields to a rival's figure."""

    def __str__(self) -> str:
        """Return the range as text."""
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
        """Return the span of two accounts of the same people."""
        highest = max(self, other, key=lambda toll: (toll.high, toll.or_more))
        lowest = min(self, other, key=lambda toll: (toll.low_unknown, toll.low, toll.low_or_more))
        return Toll(lowest.low, highest.high, highest.or_more, lowest.low_or_more, lowest.low_unknown)

    def raised_to(self, other: "Toll") -> "Toll":
        """Raise the high figure to that of another account, leaving the low one unchanged."""
        span = self.rival(other)
        return Toll(self.low, span.high, span.or_more, self.low_or_more, self.low_unknown)

    def lowest(self) -> "Toll":
        """Return the low end only."""
        return Toll(self.low, self.low, self.low_or_more, self.low_or_more, self.low_unknown)

    def highest(self) -> "Toll":
        """Return the high end only."""
        return Toll(self.high, self.high, self.or_more, self.or_more)


def stated(claim: Claim) -> Toll | None:
    """Return the figure a claim vouches for; None if it gives none, denies, or leaves it unconfirmed."""
    if claim.stance not in _SPEAKS_FOR_A_FIGURE:
        return None
    if claim.value is not None:
        return Toll(claim.value, claim.value)
    if claim.high is not None:
        return Toll(claim.low or 0, claim.high, low_unknown=claim.low is None)
    return None if claim.low is None else Toll(claim.low, claim.low, or_more=True, low_or_more=True)


def added(tolls: Iterable[Toll | None]) -> Toll | None:
    """Add up the known tolls; None if there are none."""
    known = [toll for toll in tolls if toll is not None]
    return reduce(Toll.__add__, known) if known else None


def spanned(tolls: Iterable[Toll | None]) -> Toll | None:
    """Return the span of rival accounts; None if there are none."""
    known = [toll for toll in tolls if toll is not None]
    return reduce(Toll.rival, known) if known else None


# Claims with their incidents, and the figures they vouch for.


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A claim with its incident."""

    claim: Claim
    incident: Incident

    @property
    def source(self) -> Source:
        """The source in which it was published."""
        return self.incident.sources[self.claim.source]


class Figure(NamedTuple):
    """A figure that somebody vouches for."""

    toll: Toll
    said: Said
    """The claim: `said.claim.by` is the claimant's id, `said.source.publication` the publication."""


OfRivals = Callable[[Sequence[Figure]], Toll | None]
"""Combines the rival figures (at least one) for the same people."""


def span_of(figures: Iterable[Figure]) -> Toll | None:
    """Return the span of rival figures, whoever states them."""
    return spanned(figure.toll for figure in figures)


# Spread of claims: highest over lowest.

_NEARLY_ONE: Final = 1.1


def dispute_ratio(toll: Toll | None) -> float | None:
    """Return a range's highest over its lowest figure: 1 if all agree, None without a figure.

    Infinite if only the lowest is 0. For a range over all claims, it measures how far they are apart; under another
    rule, how far apart the counting ones are.

    >>> dispute_ratio(Toll(32, 258)), dispute_ratio(Toll(0, 0)), dispute_ratio(Toll(0, 4)), dispute_ratio(None)
    (8.0625, 1.0, inf, None)
    """
    if toll is None:
        return None
    if toll.low == toll.high:
        return 1.0
    return toll.high / toll.low if toll.low else math.inf


def ratio_words(ratio: float | None) -> str:
    """Write a ratio, as in 8.1 times; empty if None.

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


# Combining claims about overlapping pools of people into one toll. An account adds figures for disjoint pools;
# different accounts are rivals. The low end is that of the lowest account that includes every pool it can; the high end
# that of the highest account.

Pool = Loss | str
"""Whose loss; for people who crossed, and for things, the claim's own words."""
Pools = Mapping[Pool, Toll]
"""Combined figure for each pool."""


def pool_of(claim: Claim) -> Pool:
    """Return the pool that a claim is about."""
    if is_of_losses(claim.about):
        return LOSS_OF.get(claim.of or "", Loss.EVERYBODY)
    return claim.of or ""


def pools_of(claims: Iterable[Said], about: About, of_rivals: OfRivals = span_of) -> dict[Pool, Toll]:
    """Combine the rival claims about each pool, by default into their span."""
    pools: defaultdict[Pool, list[Figure]] = defaultdict(list)
    for said in claims:
        toll = stated(said.claim) if said.claim.about is about else None
        if toll is not None:
            pools[pool_of(said.claim)].append(Figure(toll, said))
    return {pool: toll for pool, figures in pools.items() if (toll := of_rivals(figures))}


def counted(whole: Pools, members: Sequence[Pools]) -> Toll | None:
    """Return the toll of an event cluster; None without a figure.

    For people covered by both, the figures for the whole and the sum of the incidents' figures are rival accounts: the
    lower one gives the low end, the higher one the high end.

    Parameters
    ----------
    whole
        Figures for the cluster as a whole.
    members
        Figures for each of its incidents; they supply people not covered by figures for the whole.

    """
    return added(
        spanned([_combined(of_whole, of_members), added(map(_combined_incident, of_members))])
        if of_whole
        else added(map(_combined_incident, of_members))
        for of_whole, of_members in _disjoint_parts(whole, members)
    )


def one_account(whole: Pools, members: Sequence[Pools]) -> Toll | None:
    """Return one claimant's toll of an event cluster; None without a figure.

    Its figures for incidents are part of its figures for the whole, and can only raise the high end.
    """
    return added(_combined(of_whole, of_members) for of_whole, of_members in _disjoint_parts(whole, members))


def _disjoint_parts(whole: Pools, members: Sequence[Pools]) -> Iterator[tuple[Pools, list[Pools]]]:
    """Split figures into sets of pools that share no people."""
    for pools in _connected(frozenset(whole).union(*members)):
        yield _restricted(whole, pools), [_restricted(member, pools) for member in members]


def _combined(whole: Pools, members: Sequence[Pools]) -> Toll | None:
    """Combine overlapping pools."""
    named = frozenset(whole).union(*members)
    leading = frozenset(whole) - ({Loss.PART_OF_OTHERS} if len(named) > 1 else set())
    found = spanned(_account(whole, members, chosen) for chosen in _disjoint(leading, complete=True))
    highest = spanned(_account(whole, members, chosen) for chosen in _disjoint(frozenset(whole), complete=False))
    return found and highest and found.raised_to(highest)


def _account(whole: Pools, members: Sequence[Pools], chosen: frozenset[Pool]) -> Toll | None:
    """Add up chosen pools of the whole and the members' figures for people outside them."""
    rest = (
        _combined_incident(
            {pool: toll for pool, toll in member.items() if not any(_overlap(pool, other) for other in chosen)}
        )
        for member in members
    )
    return added([*(whole[pool] for pool in chosen), *rest])


def _combined_incident(pools: Pools) -> Toll | None:
    """Combine the pools of one incident."""
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
    """Partition pools into the smallest sets that share no people."""
    left = set(pools)
    while left:
        inside = {left.pop()}
        while touched := {pool for pool in left if any(_overlap(pool, other) for other in inside)}:
            inside |= touched
            left -= touched
        yield frozenset(inside)


@lru_cache(maxsize=4096)
def _disjoint(pools: frozenset[Pool], *, complete: bool) -> tuple[frozenset[Pool], ...]:
    """Return all sets of disjoint pools; if `complete`, only those to which no pool can be added."""
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


# Rival accounts of one toll that name different victims: militants in one, civilians in another.


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountOf:
    """The account of one kind of victims."""

    victims: Victims
    toll: Toll
    by: tuple[str, ...]
    """Ids of the claimants, in record order."""


def by_victims(claims: Iterable[Claim], about: About) -> tuple[AccountOf, ...]:
    """Return the figures for each kind of victims, civilians first; empty unless rival accounts name both.

    Figures of zero do not count, nor does a single claimant who distinguishes both.
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


# The counting rules, one entry each: whose figures count, how rivals are combined, and which end of the range is
# stated.


def _everybody(speaker: Claimant, side: str | None) -> bool:
    del speaker, side
    return True


def _of_that_side(speaker: Claimant, side: str | None) -> bool:
    return speaker.side == side


def _independent(speaker: Claimant, side: str | None) -> bool:
    del side
    return speaker.independent


def _whole(toll: Toll) -> Toll:
    return toll


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleKind:
    """Definition of a rule."""

    code: str
    counts: Callable[[Claimant, str | None], bool] = _everybody
    """Whether a claimant's figures count for losses of a side (as coded in the register; None for no side)."""
    of_rivals: OfRivals = span_of
    """How rival figures for the same people are combined; each has its claim, claimant and publication."""
    states: Callable[[Toll], Toll] = _whole
    """The end of a range that is stated, or the whole range."""
    states_a_range: bool = True
    """Whether a stated toll may be a range."""
    one_claimant: bool = False
    """Whether there is one such rule per claimant, whose figures alone count."""

    def __post_init__(self) -> None:
        require((f"counting-rule-{self.code}{ending}" for ending in ("", "-title", "-deaths", "-counts")), self)

    @property
    def counted(self) -> str:
        """Whose figures count, and which of them, in words."""
        return f"{say(f'counting-rule-{self.code}-counts')}."


RULES: Final[Mapping[str, RuleKind]] = MappingProxyType(
    {
        kind.code: kind
        for kind in (
            RuleKind(code="range"),
            RuleKind(code="lowest", states=Toll.lowest, states_a_range=False),
            RuleKind(code="highest", states=Toll.highest, states_a_range=False),
            RuleKind(code="own-side", counts=_of_that_side),
            RuleKind(code="independent", counts=_independent),
            RuleKind(code="claimant", one_claimant=True),
        )
    }
)
"""Rule kinds by code; the first is the default."""
_GENERAL: Final = tuple(kind for kind in RULES.values() if not kind.one_claimant)
_OF_ONE: Final = RULES["claimant"]
RULE_CODES: Final = (*(kind.code for kind in _GENERAL), f"{_OF_ONE.code}:ID")
"""Possible codes; ID stands for a claimant's id."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A counting rule; rules with equal codes are equal."""

    kind: RuleKind
    claimant: str | None = None
    """Id of the only claimant who counts; for that kind of rule only."""
    register: Mapping[str, Claimant] = field(default_factory=dict, compare=False, repr=False)
    """Claimants by id, for their side and independence; raises KeyError for a missing one."""

    @classmethod
    def parse(cls, code: str, register: Mapping[str, Claimant]) -> Self:
        """Parse a code, either of a kind or `claimant:ID`; raises ValueError."""
        found, _, claimant = code.partition(":")
        kind = RULES.get(found)
        if kind is None or kind.one_claimant is not bool(claimant):
            raise ValueError(f"{code!r} is no rule; write one of: {', '.join(RULE_CODES)}")
        if claimant and claimant not in register:
            raise ValueError(f"{claimant!r} is no claimant of the register")
        return cls(kind, claimant or None, register)

    @classmethod
    def of_claimant(cls, claimant: str, register: Mapping[str, Claimant]) -> Self:
        """Return the rule that counts only one claimant's figures."""
        return cls(_OF_ONE, claimant, register)

    @property
    def code(self) -> str:
        """The code in links, on the command line and in manifests."""
        return f"{self.kind.code}:{self.claimant}" if self.claimant else self.kind.code

    @property
    def name(self) -> str:
        """Short name, to stand beside a number."""
        return self._said("")

    @property
    def title(self) -> str:
        """Name as an option in a list."""
        return capitalised(self._said("-title"))

    @property
    def sentence(self) -> str:
        """What the rule does, in a sentence."""
        return say("counting-rules-sentence", counts=say(f"counting-rule-{self.kind.code}-counts"))

    @property
    def symbol_words(self) -> str:
        """What the size of a symbol stands for, in words."""
        return self._said("-deaths")

    def _said(self, ending: str) -> str:
        claimant = self.register[self.claimant].name if self.claimant else ""
        return say(f"counting-rule-{self.kind.code}{ending}", claimant=claimant)

    def as_dict(self) -> dict[str, str]:
        """Return the entry of the rule in a manifest."""
        return {"code": self.code, "name": self.name, "sentence": self.sentence}

    def counts(self, claim: Claim, incident: Incident) -> bool:
        """Tell whether a claim counts, leaving aside its stance and scope."""
        if self.claimant is not None:
            return claim.by == self.claimant
        if self.kind.counts is _everybody:
            return True
        return self.kind.counts(self.register[claim.by], _side_of_those_lost(claim, incident))

    def counts_publisher(self, publisher: Claimant) -> bool:
        """Tell whether a dataset's figures count; its publisher is never on the side of those who died."""
        return publisher.id == self.claimant if self.claimant else self.kind.counts(publisher, None)

    def states(self, toll: Toll | None) -> Toll | None:
        """Return the end of a range that the rule states, or the whole range."""
        return None if toll is None else self.kind.states(toll)


def _side_of_those_lost(claim: Claim, incident: Incident) -> str | None:
    if is_of_losses(claim.about):
        return own_side(claim.of or "", incident.country)
    return side_of_people(claim.of)


RANGE: Final = Rule(_GENERAL[0])
"""The default rule: from the lowest to the highest claim."""


def is_flow(incident: Incident, about: About) -> bool:
    """Tell whether figures are for an ongoing flow of people; they are listed singly and never totalled.

    A row of an imported dataset is none: it has one figure, which is for its own days.
    """
    return about in MEASURES and MEASURES[about].flows and incident.subtype.is_flow and not incident.imported


def rules(incidents: Iterable[Incident], register: Mapping[str, Claimant]) -> tuple[Rule, ...]:
    """List the selectable rules: the general ones, then one for each claimant whose figures can count, by name."""
    general = tuple(Rule(kind, register=register) for kind in _GENERAL)
    speakers = {claim.by for incident in incidents for claim in incident.claims if _can_count(claim, incident)}
    by_name = sorted(speakers, key=lambda by: (register[by].name, by))
    return general + tuple(Rule.of_claimant(by, register) for by in by_name)


def _can_count(claim: Claim, incident: Incident) -> bool:
    if is_flow(incident, claim.about):
        return False
    return claim.about in MEASURES and claim.scope is not Scope.CUMULATIVE and stated(claim) is not None


# Totals of incidents under a rule.


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterToll:
    """Claims about a whole event cluster of which at least one incident is selected."""

    cluster: str
    """Its id, the `event_group` of its incidents."""
    toll: Toll
    said: tuple[Said, ...]
    """The claims it is made from, in record order."""
    incidents: tuple[Incident, ...]
    """All incidents of the cluster."""
    selected: int
    """Number of them that are selected."""
    counted: bool
    """Whether it is part of the total: all its incidents are selected, and none has its toll elsewhere."""

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims it is made from, in record order."""
        return tuple(said.claim for said in self.said)

    @property
    def by(self) -> tuple[str, ...]:
        """Ids of the claimants of its figures, in record order."""
        return tuple(dict.fromkeys(claim.by for claim in self.claims))

    @property
    def whose(self) -> tuple[str, ...]:
        """Whose loss it is: the claims' wording if they agree, else the name of each pool.

        An empty string stands for claims that do not say.
        """
        own = tuple(dict.fromkeys(claim.of or "" for claim in self.claims))
        return own if len(own) == 1 else tuple(dict.fromkeys(str(pool_of(claim)) for claim in self.claims))

    def at_the_ends(self, about: About) -> tuple[str | None, str | None]:
        """Return the ids of the sole claimants of its lowest and highest figure; None for nobody or several."""
        of_each = {by: toll((said for said in self.said if said.claim.by == by), about) for by in self.by}
        lowest = [by for by, own in of_each.items() if own and own.low == self.toll.low]
        highest = [by for by, own in of_each.items() if own and own.high == self.toll.high]
        return (lowest[0] if len(lowest) == 1 else None, highest[0] if len(highest) == 1 else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """Total of a set of incidents."""

    toll: Toll | None
    """None if no counting claimant states a figure."""
    incidents_without_figure: int
    """Number of incidents without a counting figure of their own."""
    clusters: tuple[ClusterToll, ...] = ()
    """Claims about whole event clusters, by cluster id; in `toll` only if `counted`."""
    flows: tuple[Said, ...] = ()
    """Figures for people who crossed during a closure or return; never added up or totalled."""
    differing: tuple[str, ...] = ()
    """Ids of incidents, and of counted clusters, whose rival accounts name different people."""


def toll(claims: Iterable[Said], about: About, of_rivals: OfRivals = span_of) -> Toll | None:
    """Return the toll of one incident or cluster; None if no claim gives a figure."""
    return counted({}, [pools_of(claims, about, of_rivals)])


def own_toll(incident: Incident, about: About, rule: Rule) -> Toll | None:
    """Return the toll from an incident's own claims; None without a figure, and for a flow of people."""
    return None if is_flow(incident, about) else rule.states(counted({}, [_pools(incident, about, rule)]))


def cluster_tolls(
    incidents: Iterable[Incident],
    everything: Sequence[Incident],
    about: About,
    rule: Rule,
    *,
    shared: Iterable[Incident] = (),
) -> tuple[ClusterToll, ...]:
    """Return the claims about whole event clusters that some incidents belong to, by cluster id.

    Parameters as for `total`.
    """
    own = Counter(incident.event_group for incident in incidents)
    selected = own + Counter(incident.event_group for incident in shared)
    around: defaultdict[str, list[Incident]] = defaultdict(list)
    for incident in everything:
        if incident.event_group is not None and incident.event_group in selected:
            around[incident.event_group].append(incident)
    found = (
        _cluster(inside, about, rule, selected=selected[cluster], added_up=own[cluster])
        for cluster, inside in sorted(around.items())
    )
    return tuple(cluster for cluster in found if cluster is not None)


def total(
    incidents: Iterable[Incident],
    everything: Sequence[Incident],
    about: About,
    rule: Rule,
    *,
    shared: Iterable[Incident] = (),
) -> Total:
    """Add up a set of incidents.

    Parameters
    ----------
    incidents
        The set.
    everything
        All incidents, to find the others of the set's event clusters.
    about
        KILLED, INJURED or CROSSED.
    rule
        The counting rule.
    shared
        Incidents selected along with the set whose toll is stated elsewhere, such as those in several provinces. They
        only count as selected incidents of their clusters.

    """
    selected = list(incidents)
    clusters = cluster_tolls(selected, everything, about, rule, shared=shared)
    whole = {
        c.cluster: pools_of(_of_whole(c.incidents, about, rule), about, rule.kind.of_rivals)
        for c in clusters
        if c.counted
    }
    members: defaultdict[str | None, list[Pools]] = defaultdict(list)
    for incident in selected:
        if not is_flow(incident, about):
            at = incident.event_group if incident.event_group in whole else None
            members[at].append(_pools(incident, about, rule))
    own = [pools for inside in members.values() for pools in inside]
    singles = [counted({}, [pools]) for pools in members.pop(None, [])]
    together = one_account if rule.kind.one_claimant else counted
    of_clusters = [together(whole[cluster or ""], inside) for cluster, inside in members.items()]
    return Total(
        toll=rule.states(added([*singles, *of_clusters])),
        incidents_without_figure=len(selected) - sum(bool(pools) for pools in own),
        clusters=clusters,
        flows=tuple(said for incident in selected for said in _flows(incident, about, rule)),
        differing=_differing(selected, clusters, about, rule),
    )


def counts_alone(claim: Claim, incident: Incident, rule: Rule) -> bool:
    """Tell whether a claim's figure counts in its incident's own toll."""
    return claim.scope is Scope.INCIDENT and _counts(claim, incident, rule) and not is_flow(incident, claim.about)


def _counts(claim: Claim, incident: Incident, rule: Rule) -> bool:
    return stated(claim) is not None and rule.counts(claim, incident)


def _counting_claims(incident: Incident, about: About, rule: Rule, scope: Scope) -> list[Said]:
    return [
        Said(claim=claim, incident=incident)
        for claim in incident.claims
        if claim.about is about and claim.scope is scope and _counts(claim, incident, rule)
    ]


def _pools(incident: Incident, about: About, rule: Rule) -> Pools:
    return pools_of(_counting_claims(incident, about, rule, Scope.INCIDENT), about, rule.kind.of_rivals)


def _of_whole(incidents: Iterable[Incident], about: About, rule: Rule) -> list[Said]:
    return [said for incident in incidents for said in _counting_claims(incident, about, rule, Scope.GROUP)]


def _cluster(
    incidents: Sequence[Incident], about: About, rule: Rule, *, selected: int, added_up: int
) -> ClusterToll | None:
    """Return the claims about a whole cluster, leaving out flows of people, which are listed separately."""
    said = _of_whole([incident for incident in incidents if not is_flow(incident, about)], about, rule)
    found = rule.states(toll(said, about, rule.kind.of_rivals))
    if found is None:
        return None
    return ClusterToll(
        cluster=incidents[0].event_group or "",
        toll=found,
        said=tuple(said),
        incidents=tuple(incidents),
        selected=selected,
        counted=added_up == len(incidents),
    )


def _flows(incident: Incident, about: About, rule: Rule) -> list[Said]:
    if not is_flow(incident, about):
        return []
    return [said for scope in Scope for said in _counting_claims(incident, about, rule, scope)]


def _differing(
    incidents: Iterable[Incident], clusters: Iterable[ClusterToll], about: About, rule: Rule
) -> tuple[str, ...]:
    own = [i.id for i in incidents if _name_different(_counting_claims(i, about, rule, Scope.INCIDENT), about)]
    whole = [
        cluster.cluster
        for cluster in clusters
        if cluster.counted and _name_different(_of_whole(cluster.incidents, about, rule), about)
    ]
    return (*own, *whole)


def _name_different(claims: Iterable[Said], about: About) -> bool:
    return bool(by_victims((said.claim for said in claims), about))


# The claims matrix: who gives which figure for whose loss, in an incident or event cluster.

MATRIX_ABOUT: Final = (About.KILLED, About.INJURED, About.CAPTURED, About.CROSSED)
"""Measures that a matrix has columns for, in order."""
NOT_STATED: Final = say("loss-not-stated")
_ORDER: Final = {loss.value: number for number, loss in enumerate(Loss)}


@dataclass(frozen=True, slots=True, order=True)
class Column:
    """A measure for one pool of people or kind of thing."""

    about: About
    whose: str
    """Name of the pool (`geo.incident.losses.Loss`), or the claim's own words for things and people who crossed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixCell:
    """What one claimant says about one loss."""

    said: tuple[Said, ...]
    """In record order; never empty."""
    toll: Toll | None
    """Span of what it asserts or acknowledges; None if it denies, does not vouch, or gives no figure. Over the
    incidents of an event cluster, its figures are added; a figure for the cluster counts once, running totals never."""

    @property
    def stances(self) -> tuple[Stance, ...]:
        """Its stances, in vocabulary order."""
        taken = {said.claim.stance for said in self.said}
        return tuple(stance for stance in Stance if stance in taken)


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """All that one claimant says about losses."""

    claimant: Claimant
    cells: Mapping[Column, MatrixCell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Claimants by losses."""

    columns: tuple[Column, ...]
    """By measure, forces before others; only those with claims."""
    rows: tuple[MatrixRow, ...]
    """In the order in which claimants first mention a loss."""
    elsewhere: tuple[Said, ...]
    """Claims about anything else, which have no cell."""

    @property
    def abouts(self) -> tuple[About, ...]:
        """The measures with claims, in order."""
        return tuple(dict.fromkeys(column.about for column in self.columns))

    @property
    def whose(self) -> tuple[str, ...]:
        """Those whose loss is claimed, in order."""
        return tuple(dict.fromkeys(column.whose for column in sorted(self.columns, key=_of_whom)))

    def cell(self, by: str, about: About, whose: str) -> MatrixCell | None:
        """Return what a claimant, by id, says about a loss; None if nothing."""
        column = Column(about, whose)
        return next((row.cells[column] for row in self.rows if row.claimant.id == by and column in row.cells), None)


def matrix(incidents: Iterable[Incident], claimants: Mapping[str, Claimant]) -> Matrix:
    """Arrange the claims of an incident or event cluster side by side; raises KeyError for an unknown claimant.

    >>> matrix([], {}).rows
    ()
    """
    everything = [Said(claim=claim, incident=incident) for incident in incidents for claim in incident.claims]
    inside = [said for said in everything if said.claim.about in MATRIX_ABOUT]
    cells: defaultdict[str, defaultdict[Column, list[Said]]] = defaultdict(lambda: defaultdict(list))
    for said in inside:
        cells[said.claim.by][column_of(said.claim)].append(said)
    columns = sorted({column_of(said.claim) for said in inside}, key=_loss_sort_key)
    return Matrix(
        columns=tuple(columns),
        rows=tuple(
            MatrixRow(
                claimant=claimants[by],
                cells={column: _cell(by_column[column]) for column in columns if column in by_column},
            )
            for by, by_column in cells.items()
        ),
        elsewhere=tuple(said for said in everything if said.claim.about not in MATRIX_ABOUT),
    )


def column_of(claim: Claim) -> Column:
    """Return the column of a claim in a matrix; claims with equal columns are about the same people or things."""
    pool = pool_of(claim)
    return Column(claim.about, (pool.value if isinstance(pool, Loss) else pool) or NOT_STATED)


def _loss_sort_key(column: Column) -> tuple[int, int, str]:
    return (MATRIX_ABOUT.index(column.about), *_of_whom(column))


def _of_whom(column: Column) -> tuple[int, str]:
    return _ORDER.get(column.whose, len(_ORDER)), column.whose


def _cell(said: Sequence[Said]) -> MatrixCell:
    about = said[0].claim.about
    by_event = groupby(sorted(said, key=_event), key=_event)
    return MatrixCell(said=tuple(said), toll=added(_toll(list(inside), about) for _, inside in by_event))


def _event(said: Said) -> str:
    return said.incident.event_group or said.incident.id


def _toll(said: Sequence[Said], about: About) -> Toll | None:
    of: defaultdict[Scope, defaultdict[str, list[Said]]] = defaultdict(lambda: defaultdict(list))
    for each in said:
        of[each.claim.scope][each.incident.id].append(each)
    whole = (each for claims in of[Scope.GROUP].values() for each in claims)
    members = [pools_of(claims, about) for claims in of[Scope.INCIDENT].values()]
    return one_account(pools_of(whole, about), members)
