"""Compare two versions of the store."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from geo.claims import RANGE, Rule, Toll, own_toll, total
from geo.difference.edition import Edition
from geo.difference.model import (
    Count,
    Difference,
    Figures,
    IncidentChange,
    IncidentRow,
    Named,
    NamedChange,
    RegisterChange,
    TollChange,
)
from geo.difference.parts import changed_fields, changed_parts, incident_fields
from geo.event_groups import EventGroup
from geo.incident import Claimant, Incident
from geo.vocabulary import About, Category, Scope, Status, to_show

TOLLS: Final = (About.KILLED, About.INJURED, About.CROSSED)


def compare(old: Edition, new: Edition, *, rule: Rule = RANGE) -> Difference:
    """Say everything that differs; neither the order of incidents in a file nor its layout counts.

    Each version is counted with its own register of claimants, if the rule asks who speaks.

    Incidents that one of the versions holds in a form that cannot be read are left out of both, and named.
    """
    unread = old.at_fault | new.at_fault
    before = {incident.id: incident for incident in old.incidents if incident.id not in unread}
    after = {incident.id: incident for incident in new.incidents if incident.id not in unread}
    both = [(before[id_], after[id_]) for id_ in before.keys() & after.keys()]
    rules = replace(rule, register=old.claimants), replace(rule, register=new.claimants)
    no_movement = old.without_movement | new.without_movement
    changes = (_change(pair, rules, movement=pair[0].id not in no_movement) for pair in both)
    return Difference(
        old_version=old.version,
        new_version=new.version,
        rule=rule.name,
        rule_sentence=rule.sentence,
        added=_rows(after[id_] for id_ in after.keys() - before.keys()),
        removed=_rows(before[id_] for id_ in before.keys() - after.keys()),
        changed=tuple(sorted((c for c in changes if c is not None), key=lambda c: (c.date_start, c.id))),
        claimants=_register(old.claimants, new.claimants),
        event_groups=_register(old.event_groups, new.event_groups),
        counts=_counts(before.values(), after.values()),
        totals=_totals((tuple(before.values()), tuple(after.values())), rules),
        not_compared=tuple(sorted(unread)),
        movement_not_compared=tuple(sorted(no_movement & before.keys() & after.keys())),
    )


def _change(pair: tuple[Incident, Incident], rules: tuple[Rule, Rule], *, movement: bool) -> IncidentChange | None:
    before, after = pair
    fields = incident_fields(before, after, movement=movement)
    claims, sources = changed_parts(before, after, (rules[0].register, rules[1].register))
    if not (fields or claims or sources):
        return None
    tolls = (
        _toll_change(about, own_toll(before, about, rules[0]), own_toll(after, about, rules[1])) for about in TOLLS
    )
    return IncidentChange(
        id=after.id,
        title=after.title,
        date_start=after.date_start,
        fields=fields,
        claims=claims,
        sources=sources,
        tolls=tuple(toll for toll in tolls if toll is not None),
    )


def _toll_change(
    about: About, before: tuple[Toll | None, Scope], after: tuple[Toll | None, Scope]
) -> TollChange | None:
    old, new = _figures(before[0]), _figures(after[0])
    whole = tuple(toll is not None and scope is Scope.GROUP for toll, scope in (before, after))
    if (old, whole[0]) == (new, whole[1]):
        return None
    return TollChange(about=about, old=old, new=new, old_whole=whole[0], new_whole=whole[1])


def _figures(toll: Toll | None) -> Figures | None:
    return None if toll is None else Figures(low=toll.low, high=toll.high, or_more=toll.or_more)


def _rows(incidents: Iterable[Incident]) -> tuple[IncidentRow, ...]:
    ordered = sorted(incidents, key=lambda incident: (incident.date_start, incident.id))
    return tuple(
        IncidentRow(id=i.id, title=i.title, date_start=i.date_start, category=i.category, status=i.status)
        for i in ordered
    )


def _register(old: Mapping[str, Claimant | EventGroup], new: Mapping[str, Claimant | EventGroup]) -> RegisterChange:
    changed = []
    for id_ in sorted(old.keys() & new.keys()):
        fields = tuple(changed_fields(old[id_].model_dump(mode="json"), new[id_].model_dump(mode="json")))
        if fields:
            changed.append(NamedChange(id=id_, name=new[id_].name, fields=fields))
    return RegisterChange(
        added=tuple(Named(id=id_, name=new[id_].name) for id_ in sorted(new.keys() - old.keys())),
        removed=tuple(Named(id=id_, name=old[id_].name) for id_ in sorted(old.keys() - new.keys())),
        changed=tuple(changed),
    )


def _counts(old: Iterable[Incident], new: Iterable[Incident]) -> tuple[Count, ...]:
    before, after = _counted(old), _counted(new)
    return tuple(Count(name=name, old=before[name], new=after[name]) for name in before)


def _counted(incidents: Iterable[Incident]) -> dict[str, int]:
    every = tuple(incidents)
    return {
        "incidents": len(every),
        "claims": sum(len(incident.claims) for incident in every),
        "source entries": sum(len(incident.sources) for incident in every),
        **{category.value: sum(i.category is category for i in every) for category in to_show(Category, ())},
        **{status.value: sum(i.status is status for i in every) for status in to_show(Status, ())},
    }


def _totals(
    both: tuple[tuple[Incident, ...], tuple[Incident, ...]], rules: tuple[Rule, Rule]
) -> tuple[TollChange, ...]:
    found = []
    for about in TOLLS:
        old, new = (_figures(total(every, every, about, rule).toll) for every, rule in zip(both, rules, strict=True))
        found.append(TollChange(about=about, old=old, new=new))
    return tuple(found)
