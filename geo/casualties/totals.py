"""Totals of incidents under a rule.

A total is what the selected incidents' own claims add up to. Rival claims are never added; tolls of different people
are. What is claimed for a whole event cluster stands beside the total, and is an account in it only where all incidents
of the cluster are selected. A running total never counts; an unconfirmed figure, or a denial, gives none.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geo.casualties.rules import Rule, is_flow
from geo.casualties.tolls import (
    OfRivals,
    Pools,
    Said,
    Toll,
    added,
    by_victims,
    counted,
    one_account,
    pool_of,
    pools_of,
    span_of,
    stated,
)
from geo.incident.record import Claim, Incident
from geo.incident.vocabulary import About, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterToll:
    """What is claimed for a whole event cluster, of which at least one incident is selected."""

    cluster: str
    """Its id, an incident's `event_group`."""
    toll: Toll
    said: tuple[Said, ...]
    """The claims that it is made of, in record order."""
    incidents: tuple[Incident, ...]
    """All of the cluster."""
    selected: int
    """How many of them are selected."""
    counted: bool
    """Whether it is an account in the total: all of its incidents are selected, and none has its toll elsewhere."""

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Return what it is made of, in record order."""
        return tuple(said.claim for said in self.said)

    @property
    def by(self) -> tuple[str, ...]:
        """Return the ids of the claimants whose figures it is made of, in record order."""
        return tuple(dict.fromkeys(claim.by for claim in self.claims))

    @property
    def whose(self) -> tuple[str, ...]:
        """Return whose loss it is: the claims' own words where all use the same, else a word for each kind of people.

        Where a claim does not name them, they are the empty text.
        """
        own = tuple(dict.fromkeys(claim.of or "" for claim in self.claims))
        return own if len(own) == 1 else tuple(dict.fromkeys(str(pool_of(claim)) for claim in self.claims))

    def at_the_ends(self, about: About) -> tuple[str | None, str | None]:
        """Return who alone gives its lowest, and who its highest figure, by id; None where nobody does, or several."""
        of_each = {by: toll((said for said in self.said if said.claim.by == by), about) for by in self.by}
        lowest = [by for by, own in of_each.items() if own and own.low == self.toll.low]
        highest = [by for by, own in of_each.items() if own and own.high == self.toll.high]
        return (lowest[0] if len(lowest) == 1 else None, highest[0] if len(highest) == 1 else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """What a set of incidents adds up to."""

    toll: Toll | None
    """None where nobody whose figures count states one of them."""
    incidents_without_figure: int
    """How many of them have no figure of their own that counts."""
    clusters: tuple[ClusterToll, ...] = ()
    """What is claimed for whole event clusters, by the cluster's id; none of it is in `toll` unless it says so."""
    flows: tuple[Said, ...] = ()
    """Figures of people who crossed in the course of a closure, or of returns: never added, and in no total."""
    differing: tuple[str, ...] = ()
    """Ids of the incidents, and of clusters that count, of which rival accounts name different people."""


def toll(claims: Iterable[Said], about: About, of_rivals: OfRivals = span_of) -> Toll | None:
    """Return the toll of one incident or one cluster, None where no claim gives a figure."""
    return counted({}, [pools_of(claims, about, of_rivals)])


def own_toll(incident: Incident, about: About, rule: Rule) -> Toll | None:
    """Return what an incident's own claims say of it; None without a figure, and for a flow of people."""
    return None if is_flow(incident, about) else rule.states(counted({}, [_pools(incident, about, rule)]))


def cluster_tolls(
    incidents: Iterable[Incident],
    everything: Sequence[Incident],
    about: About,
    rule: Rule,
    *,
    shared: Iterable[Incident] = (),
) -> tuple[ClusterToll, ...]:
    """Return what is claimed for the whole of each event cluster that a set of incidents touches, by cluster id.

    Parameters are those of `total`.
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
        All incidents, among which those of the set's event clusters are found.
    about
        KILLED, INJURED or CROSSED.
    rule
        Whose claims count, and which end of their range is stated.
    shared
        Incidents that are selected with them and have their toll elsewhere, as those in several provinces have: of an
        event cluster they count as selected, and nothing else here is of them.

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
    """Tell whether a claim's figure counts for its incident's own toll."""
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
    """Return what is claimed for a whole cluster; a figure for a flow of people is listed with the other flows."""
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
