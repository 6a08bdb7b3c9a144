"""Totals of incidents under a rule.

Rival claims are never added; tolls of different people are. A claim about a whole event group counts once, in place of
its members' claims about the same people; a running total never counts; an unconfirmed figure, or a denial, gives none.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from geo.claims.pools import Pools, counted, pools_of
from geo.claims.rule import Rule
from geo.claims.toll import Toll, added
from geo.incident import Claim, Incident
from geo.vocabulary import About, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """What a set of incidents adds up to."""

    toll: Toll | None
    """None where nobody who is heard states a figure."""
    incidents_without_figure: int
    split_groups: tuple[str, ...]
    """Event groups of which only some incidents are in the set, though a toll for the whole group was counted."""


def toll(claims: Iterable[Claim], about: About) -> Toll | None:
    """Return the lowest to highest toll of one incident or one group, None where no claim gives a figure."""
    return counted({}, [pools_of(claims, about)])


def own_toll(incident: Incident, about: About, rule: Rule) -> tuple[Toll | None, Scope]:
    """Return an incident's toll, or else the one its record holds for its whole event group, and which of them."""
    own = counted({}, [_pools(incident, about, Scope.INCIDENT, rule)])
    if own is not None:
        return rule.told(own), Scope.INCIDENT
    return rule.told(counted(_pools(incident, about, Scope.GROUP, rule), [])), Scope.GROUP


def total(incidents: Iterable[Incident], everything: Sequence[Incident], about: About, rule: Rule) -> Total:
    """Add up a set of incidents.

    Parameters
    ----------
    incidents
        The set.
    everything
        All incidents, among which those of the set's event groups are found; a group's toll may be held by any of them.
    about
        KILLED, INJURED or CROSSED.
    rule
        Whose claims are heard, and which end of their range is told.

    """
    chosen = list(incidents)
    touched = {incident.event_group for incident in chosen} - {None}
    around = [incident for incident in everything if incident.event_group in touched]
    whole = _whole_tolls(around, about, rule)
    members: defaultdict[str | None, list[Pools]] = defaultdict(list)
    for incident in chosen:
        group = incident.event_group if incident.event_group in whole else None
        members[group].append(_pools(incident, about, Scope.INCIDENT, rule))
    singles = [counted({}, [pools]) for pools in members.pop(None, [])]
    of_groups = [counted(whole[group or ""], inside) for group, inside in members.items()]
    sizes = Counter(incident.event_group for incident in around)
    return Total(
        toll=rule.told(added([*singles, *of_groups])),
        incidents_without_figure=singles.count(None),
        split_groups=tuple(sorted(g for g, inside in members.items() if g and len(inside) < sizes[g])),
    )


def _pools(incident: Incident, about: About, scope: Scope, rule: Rule) -> Pools:
    heard = (claim for claim in incident.claims if claim.scope is scope and rule.hears(claim, incident))
    return pools_of(heard, about)


def _whole_tolls(incidents: Iterable[Incident], about: About, rule: Rule) -> Mapping[str, Pools]:
    """Return what those who are heard say of whole event groups, by group; only groups with a figure."""
    heard: defaultdict[str, list[Claim]] = defaultdict(list)
    for incident in incidents:
        if incident.event_group is not None:
            of_group = (claim for claim in incident.claims if claim.scope is Scope.GROUP)
            heard[incident.event_group] += [claim for claim in of_group if rule.hears(claim, incident)]
    pools = {group: pools_of(claims, about) for group, claims in heard.items()}
    return {group: found for group, found in pools.items() if found}
