"""Comparison of two versions of the store: incidents, claims, sources, registers, totals; and its wording."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from types import MappingProxyType
from typing import Any, Final, Literal, Self, TypeVar

from geo.casualties import RANGE, Rule, Toll, counts_alone, own_toll, total
from geo.evidence.denials import denied_words
from geo.incident.losses import after_figure
from geo.incident.record import Claim, Claimant, EventGroup, Incident, Movement, Source, oldest_first
from geo.incident.vocabulary import (
    MEASURES,
    About,
    Category,
    ClaimantKind,
    Confidence,
    Country,
    DatePrecision,
    LocationPrecision,
    Scope,
    SourceKind,
    Stance,
    Status,
    Subtype,
    to_show,
)
from geo.language.messages import day_words, require, say
from geo.places.boundaries import Boundaries
from geo.selection import Filters
from geo.sentences import figure, incidents_in, named, speaker, when, with_names
from geo.table.incident_table import IncidentTable, choice_words
from geo.versions.released import (
    Count,
    Difference,
    Edition,
    FieldChange,
    Figures,
    IncidentChange,
    IncidentRow,
    Named,
    NamedChange,
    PartChange,
    RegisterChange,
    TollChange,
)

# Labels of claims and sources.

_SCOPE_WORDS: Final = {
    Scope.INCIDENT: "",
    Scope.GROUP: say("claim-of-cluster"),
    Scope.CUMULATIVE: say("claim-in-no-total"),
}
_SAID: Final = {stance: say(f"said-{stance}") for stance in Stance}
"""Singular and plural verb forms."""
_UNCOUNTED: Final[Mapping[str, str]] = {
    About.EVENT: say("claim-that-it-happened"),
    About.ATTRIBUTION: say("card-who-did-it"),
}


def source_label(source: Source) -> str:
    """Return the label of a source: publisher, title, day."""
    title = say("quoted", text=source.title) if source.title else None
    day = day_words(source.published) if source.published else None
    return ", ".join(part for part in (source.publisher, title, day) if part)


def claim_label(claim: Claim, claimants: Mapping[str, Claimant]) -> str:
    """Say who claims what, leaving out the note."""
    who = {"speaker": speaker(claim, claimants), "said": _SAID[claim.stance]}
    if claim.stance is Stance.DENIES:
        return say("claim-denied", **who, what=denied_words(claim))
    whom = " ".join(part for part in (figure(claim), after_figure(claim.of or "", figure(claim))) if part)
    if claim.about in _UNCOUNTED:
        what = _UNCOUNTED[claim.about]
        what = say("claim-with-whom", what=what, whom=whom) if whom else what
    elif figure(claim):
        what = say("toll-of", toll=whom, about=claim.about)
    else:
        what = say("claim-that-some-were", whom=claim.of or say("claim-some"), about=claim.about)
    return say("claim-said", **who, what=what, scope=_SCOPE_WORDS[claim.scope])


# Fields of a record in words: old and new values.

_DAYS: Final = ("date_start", "date_end", "published")
_IN_REGISTERS: Final = ("by", "event_group")
_CODE_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "category": {code: code.label for code in Category},
    "subtype": {code: code.label for code in Subtype},
    "status": {code: code.label for code in Status},
    "country": {code: code.label for code in Country},
    "date_precision": {code: code.label for code in DatePrecision},
    "location_precision": {code: code.label for code in LocationPrecision},
    "location_confidence": {code: code.label for code in Confidence},
    "stance": {code: code.label for code in Stance},
    "about": {about: about.label for about in About} | dict(_UNCOUNTED),
    "kind": {kind: kind.label for kind in SourceKind} | {kind: kind.label for kind in ClaimantKind},
    "side": {},
    "scope": {
        Scope.INCIDENT: say("scope-this-incident"),
        Scope.GROUP: say("scope-whole-event-cluster"),
        Scope.CUMULATIVE: say("scope-in-no-total"),
    },
}
"""Words for fields that hold codes rather than text."""


def field_words(change: FieldChange, names: Mapping[str, str] = MappingProxyType({})) -> str:
    """Describe a change of a field; for lists, what was removed and added. `names` are those of a Difference.

    >>> field_words(FieldChange(field="status", old="reported", new="confirmed"))
    'status reported → confirmed'
    """
    if not isinstance(change.old, list) and not isinstance(change.new, list):
        return f"{name_words(change)} {value_words(change, names)}"
    before, after = list(change.old or ()), list(change.new or ())
    gone, come = [v for v in before if v not in after], [v for v in after if v not in before]
    parts = [
        say(name, values=_value(values, change.field, names))
        for name, values in (("value-without", gone), ("value-with", come))
        if values
    ]
    return f"{name_words(change)} {', '.join(parts) or say('value-in-another-order')}"


def name_words(change: FieldChange) -> str:
    """Return the name of a field."""
    return say("list-comma").join(_field_name(part) for part in change.field.split("."))


_RECORDS: Final = (Incident, Claim, Source, Claimant, EventGroup, Movement)
_FIELDS: Final = {field.alias or name for record in _RECORDS for name, field in record.model_fields.items()}
require((f"record-field-{name}" for name in _FIELDS), "a field of the record")


def _field_name(name: str) -> str:
    """Return the name of a field; fields of older versions only are named as in their files."""
    return say(f"record-field-{name}") if name in _FIELDS else name.replace("_", " ")


def value_words(change: FieldChange, names: Mapping[str, str] = MappingProxyType({})) -> str:
    """Say what a field held and holds, without its name."""
    leaf = change.field.rsplit(".", 1)[-1]
    return say("value-change", old=_value(change.old, leaf, names), new=_value(change.new, leaf, names))


def _value(value: Any, field: str, names: Mapping[str, str]) -> str:
    """Write a stored value: codes as words, dates formatted, text in quotation marks."""
    if value is None:
        return say("value-none")
    if isinstance(value, str):
        return _text(value, field, names)
    if isinstance(value, Mapping):
        held = (f"{_field_name(key)} {_value(inner, key, names)}" for key, inner in value.items() if inner is not None)
        return f"({', '.join(held)})"
    if isinstance(value, Sequence):
        return ", ".join(_value(inner, field, names) for inner in value)
    if isinstance(value, bool):
        return say("value-yes" if value else "value-no")
    return say("number", number=value)


def _text(value: str, field: str, names: Mapping[str, str]) -> str:
    if field in _DAYS:
        return day_words(date.fromisoformat(value))
    if field in _IN_REGISTERS:
        return names.get(value, value)
    if field in _CODE_WORDS:
        return _CODE_WORDS[field].get(value, value)
    return say("quoted", text=with_names(value, names))


def _names(changes: Iterable[FieldChange], known: Mapping[str, str]) -> dict[str, str]:
    """Return the names of those whose ids appear in fields, by id."""
    found: set[str] = set()
    for change in changes:
        for value in (change.old, change.new):
            if isinstance(value, str):
                found |= {value} if change.field.rsplit(".", 1)[-1] in _IN_REGISTERS else set(incidents_in(value))
    return {id_: known[id_] for id_ in sorted(found & known.keys())}


_COUNTS: Final[Mapping[str, str]] = {
    "incidents": say("count-incidents"),
    "claims": say("count-claims"),
    "source entries": say("count-source-entries"),
    **{category.value: category.label for category in Category},
    **{status.value: status.label for status in Status},
}


def count_name(name: str) -> str:
    """Return the label of a Count in a Difference."""
    return _COUNTS.get(name, name)


# Matching claims and sources between versions by content, since they have no ids.

Part = TypeVar("Part", Claim, Source)
Pairs = list[tuple[int | None, int | None]]
"""Positions in the old and new list, from 0; None on one side for what was added or removed."""

_SAME_PUBLICATION: Final = 500.0
_LEAST: Final = 6.0
"""Lowest score at which two parts are matched."""


def pair_sources(old: Sequence[Source], new: Sequence[Source]) -> Pairs:
    """Match sources by URL, or by similarity of publisher, title and day."""
    return _pair(old, new, Source.__eq__, _source_score)


def pair_claims(old: Sequence[Claim], new: Sequence[Claim], sources: Pairs) -> Pairs:
    """Match claims by claimant, subject, people, figure and words; `sources` are the pairs of their sources."""
    same_source = set(sources)

    def same(before: Claim, after: Claim) -> bool:
        return (before.source, after.source) in same_source and {**dict(before), "source": 0} == {
            **dict(after),
            "source": 0,
        }

    def score(before: Claim, after: Claim) -> float:
        return _claim_score(before, after, same_source=(before.source, after.source) in same_source)

    return _pair(old, new, same, score)


def _pair(
    old: Sequence[Part],
    new: Sequence[Part],
    same: Callable[[Part, Part], bool],
    score: Callable[[Part, Part], float],
) -> Pairs:
    """Match identical parts, then the most similar, nearest positions first among equals; symmetric."""
    left_old: set[int] = set(range(len(old)))
    left_new: set[int] = set(range(len(new)))
    pairs: Pairs = []

    def take(scored: Iterable[tuple[float, int, int]]) -> None:
        for *_, i, j in sorted((-likeness, abs(i - j), i + j, i, j) for likeness, i, j in scored):
            if i in left_old and j in left_new:
                pairs.append((i, j))
                left_old.remove(i)
                left_new.remove(j)

    take((1.0, i, j) for i in left_old for j in left_new if same(old[i], new[j]))
    scored = ((score(old[i], new[j]), i, j) for i in left_old for j in left_new)
    take(each for each in scored if each[0] >= _LEAST)
    return [*pairs, *((i, None) for i in sorted(left_old)), *((None, j) for j in sorted(left_new))]


def _source_score(before: Source, after: Source) -> float:
    if before.publication == after.publication:
        return _SAME_PUBLICATION
    score = 4 * _likeness(before.publisher, after.publisher) + 4 * _likeness(before.title, after.title)
    score += 4 * _likeness(before.url, after.url) ** 2
    return score + (2 if before.published and before.published == after.published else 0)


def _claim_score(before: Claim, after: Claim, *, same_source: bool) -> float:
    figures = (before.value, before.low, before.high) == (after.value, after.low, after.high)
    stated = (before.value, before.low, before.high) != (None, None, None)
    return sum(
        (
            4 * (before.by == after.by),
            3 * (before.about == after.about),
            2 * (before.of == after.of and before.of is not None),
            2 * (figures and stated),
            before.stance == after.stance,
            before.scope == after.scope,
            1.5 * same_source,
            3 * _likeness(before.note, after.note),
            _likeness(before.by_text, after.by_text),
        )
    )


def _likeness(before: str | None, after: str | None) -> float:
    """Return the similarity of two texts from 0 to 1; symmetric."""
    if not before or not after:
        return 0.0
    if before == after:
        return 1.0
    first, second = sorted((before, after))
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


# Differences between two versions of one incident: fields, claims and sources.

_PARTS: Final = {"claims", "sources"}


def changed_fields(old: Mapping[str, Any], new: Mapping[str, Any], prefix: str = "") -> Iterator[FieldChange]:
    """Yield the fields that differ, in record order; absent ones are None."""
    for field in (*new, *(field for field in old if field not in new)):
        before, after = old.get(field), new.get(field)
        if before == after:
            continue
        if isinstance(before, Mapping) and isinstance(after, Mapping):
            yield from changed_fields(before, after, f"{prefix}{field}.")
        else:
            yield FieldChange(field=prefix + field, old=before, new=after)


def incident_fields(old: Incident, new: Incident, *, movement: bool) -> tuple[FieldChange, ...]:
    """Return the fields that differ, except claims and sources; `movement` includes that field."""
    left_out = _PARTS if movement else _PARTS | {"movement"}
    before, after = (i.model_dump(mode="json", by_alias=True, exclude=left_out) for i in (old, new))
    return tuple(changed_fields(before, after))


def changed_parts(
    old: Incident, new: Incident, rules: tuple[Rule, Rule]
) -> tuple[tuple[PartChange, ...], tuple[PartChange, ...]]:
    """Return the differences in claims and in sources; `rules` hold the old and new register of claimants."""
    sources = pair_sources(old.sources, new.sources)
    claims = pair_claims(old.claims, new.claims, sources)
    return (
        _changes(claims, _claims(old, rules[0]), _claims(new, rules[1], old=old, pairs=sources)),
        _changes(sources, _sources(old.sources), _sources(new.sources)),
    )


class _Part:
    """A claim or source with label and fields, and the toll in which it counts."""

    def __init__(self, label: str, fields: Mapping[str, Any], toll: About | None = None) -> None:
        self.label, self.fields, self.toll = label, fields, toll


def _changes(pairs: Pairs, old: Sequence[_Part], new: Sequence[_Part]) -> tuple[PartChange, ...]:
    found = []
    for i, j in pairs:
        before, after = None if i is None else old[i], None if j is None else new[j]
        fields = tuple(changed_fields(before.fields, after.fields)) if before and after else ()
        if before and after and not fields:
            continue
        tolls = {part.toll for part in (before, after) if part and part.toll}
        found.append(
            PartChange(
                what="changed" if before and after else "added" if after else "removed",
                number=(i if j is None else j) + 1,  # type: ignore[operator]  # one is not None
                label=(after or before).label,  # type: ignore[union-attr]
                bears_on=tuple(sorted(tolls)),
                fields=fields,
            )
        )
    return tuple(sorted(found, key=lambda part: (part.what != "changed", part.what, part.number)))


def _sources(sources: Iterable[Source]) -> list[_Part]:
    return [_Part(source_label(source), source.model_dump(mode="json")) for source in sources]


def _claims(incident: Incident, rule: Rule, *, old: Incident | None = None, pairs: Pairs | None = None) -> list[_Part]:
    """Prepare claims; the source of a claim keeps its old label if matched, lest it count as a change."""
    before = {j: i for i, j in pairs or () if i is not None and j is not None}
    parts = []
    for claim in incident.claims:
        called = incident.sources[claim.source]
        if old is not None and claim.source in before:
            called = old.sources[before[claim.source]]
        fields = claim.model_dump(mode="json") | {"source": source_label(called)}
        counts = claim.about in MEASURES and counts_alone(claim, incident, rule)
        parts.append(_Part(claim_label(claim, rule.register), fields, claim.about if counts else None))
    return parts


# Comparison of two versions of the store.


def compare(old: Edition, new: Edition, *, rule: Rule = RANGE) -> Difference:
    """Return everything that differs, ignoring the order of incidents and file layout.

    Each version is counted with its own register of claimants, if the rule depends on them. Incidents unreadable in
    either version are left out of both, and listed.
    """
    unread = old.at_fault | new.at_fault
    before = {incident.id: incident for incident in old.incidents if incident.id not in unread}
    after = {incident.id: incident for incident in new.incidents if incident.id not in unread}
    both = [(before[id_], after[id_]) for id_ in before.keys() & after.keys()]
    everything = tuple(before.values()), tuple(after.values())
    rules = replace(rule, register=old.claimants), replace(rule, register=new.claimants)
    no_movement = old.without_movement | new.without_movement
    changes = [_change(pair, rules, movement=pair[0].id not in no_movement) for pair in both]
    found = [change for change in changes if change is not None]
    fields = [field for change in found for field in change.fields]
    fields += [field for change in found for part in (*change.claims, *change.sources) for field in part.fields]
    registers = (old.claimants, old.event_groups, new.claimants, new.event_groups)
    known = {id_: row.name for register in registers for id_, row in register.items()}
    known |= {incident.id: named(incident) for incident in (*before.values(), *after.values())}
    return Difference(
        old_version=old.version,
        new_version=new.version,
        rule=rule.name,
        rule_sentence=rule.sentence,
        added=rows_of(after[id_] for id_ in after.keys() - before.keys()),
        removed=rows_of(before[id_] for id_ in before.keys() - after.keys()),
        changed=tuple(sorted(found, key=oldest_first)),
        claimants=_register(old.claimants, new.claimants),
        event_groups=_register(old.event_groups, new.event_groups),
        counts=counts_of(before.values(), after.values()),
        totals=totals_of(everything, everything, rules),
        names=_names(fields, known),
        not_compared=tuple(sorted(unread)),
        movement_not_compared=tuple(sorted(no_movement & before.keys() & after.keys())),
    )


def _change(pair: tuple[Incident, Incident], rules: tuple[Rule, Rule], *, movement: bool) -> IncidentChange | None:
    before, after = pair
    if before == after:
        return None
    fields = incident_fields(before, after, movement=movement)
    claims, sources = changed_parts(before, after, rules)
    if not (fields or claims or sources):
        return None
    tolls = (
        _toll_change(about, own_toll(before, about, rules[0]), own_toll(after, about, rules[1])) for about in MEASURES
    )
    return IncidentChange(
        id=after.id,
        title=after.title,
        date_start=after.date_start,
        when=when(after),
        when_before="" if when(before) == when(after) else when(before),
        fields=fields,
        claims=claims,
        sources=sources,
        tolls=tuple(toll for toll in tolls if toll is not None),
    )


def _toll_change(about: About, before: Toll | None, after: Toll | None) -> TollChange | None:
    old, new = _figures(before), _figures(after)
    return None if old == new else TollChange(about=about, old=old, new=new)


def _figures(toll: Toll | None) -> Figures | None:
    return None if toll is None else Figures(low=toll.low, high=toll.high, or_more=toll.or_more)


def rows_of(incidents: Iterable[Incident]) -> tuple[IncidentRow, ...]:
    """Return rows for incidents in only one version, oldest first."""
    ordered = sorted(incidents, key=oldest_first)
    return tuple(
        IncidentRow(
            id=i.id,
            title=i.title,
            date_start=i.date_start,
            when=when(i),
            category=i.category,
            status=i.status,
            claims=len(i.claims),
        )
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


def counts_of(old: Iterable[Incident], new: Iterable[Incident]) -> tuple[Count, ...]:
    """Count incidents, claims and source entries of both versions, and incidents by category and status."""
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


def totals_of(
    chosen: tuple[Sequence[Incident], Sequence[Incident]],
    everything: tuple[Sequence[Incident], Sequence[Incident]],
    rules: tuple[Rule, Rule],
) -> tuple[TollChange, ...]:
    """Add up selected incidents of both versions, each in the context of all incidents of its version."""
    found = []
    for about in MEASURES:
        old, new = (
            _figures(total(some, every, about, rule).toll)
            for some, every, rule in zip(chosen, everything, rules, strict=True)
        )
        found.append(TollChange(about=about, old=old, new=new))
    return tuple(found)


# Restricting a difference to a selection of incidents.


def table_of(edition: Edition) -> IncidentTable:
    """Return the contents of a version as a table that can be filtered."""
    return IncidentTable(
        edition.incidents, edition.claimants, version=edition.version, event_groups=edition.event_groups
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    """The compared incidents of one version, and those among them that match the filters."""

    everything: tuple[Incident, ...]
    chosen: tuple[Incident, ...]

    @classmethod
    def of(cls, table: IncidentTable, filters: Filters, not_compared: Collection[str]) -> Self:
        compared = [incident for incident in table.incidents if incident.id not in not_compared]
        chosen = [incident for incident in table.selected(filters) if incident.id not in not_compared]
        return cls(everything=tuple(compared), chosen=tuple(chosen))

    def ids(self) -> frozenset[str]:
        return frozenset(incident.id for incident in self.chosen)

    def beside(self) -> frozenset[str]:
        """Ids of the incidents that do not match."""
        return frozenset(incident.id for incident in self.everything) - self.ids()


def restricted(
    difference: Difference,
    tables: tuple[IncidentTable, IncidentTable],
    filters: Filters,
    *,
    rule: Rule,
    layers: Boundaries,
) -> Difference:
    """Restrict a difference to incidents that match the filters in either version.

    Counts and totals are those of the matching incidents of each version; incidents that entered or left the selection
    through a correction are listed. Of the registers, only rows named by these incidents remain.

    Parameters
    ----------
    difference
        Difference of the whole record.
    tables
        The old and new version, unfiltered.
    filters
        The selection.
    rule
        The rule of the difference.
    layers
        Boundaries with the names of provinces.

    """
    before, after = (_Side.of(table, filters, difference.not_compared) for table in tables)
    old, new, not_before, not_after = before.ids(), after.ids(), before.beside(), after.beside()
    either = (*before.chosen, *after.chosen)
    return difference.model_copy(
        update={
            "added": tuple(row for row in difference.added if row.id in new),
            "removed": tuple(row for row in difference.removed if row.id in old),
            "changed": tuple(change for change in difference.changed if change.id in old | new),
            "entered": rows_of(i for i in after.chosen if i.id in not_before),
            "left": rows_of(i for i in before.chosen if i.id in not_after),
            "claimants": _named(difference.claimants, {claim.by for i in either for claim in i.claims}),
            "event_groups": _named(difference.event_groups, {i.event_group for i in either}),
            "counts": counts_of(before.chosen, after.chosen),
            "totals": _totals(before, after, rule, tables),
            "movement_not_compared": tuple(id_ for id_ in difference.movement_not_compared if id_ in old | new),
            "filters": {name: tuple(values) for name, values in filters.to_query().items()},
            "selection": choice_words(filters, tables[1], layers),
        }
    )


def _totals(
    before: _Side, after: _Side, rule: Rule, tables: tuple[IncidentTable, IncidentTable]
) -> tuple[TollChange, ...]:
    old, new = (replace(rule, register=table.claimants) for table in tables)
    return totals_of((before.chosen, after.chosen), (before.everything, after.everything), (old, new))


def _named(change: RegisterChange, ids: Collection[str | None]) -> RegisterChange:
    """Return only the changes of rows with the given ids."""
    return RegisterChange(
        added=tuple(row for row in change.added if row.id in ids),
        removed=tuple(row for row in change.removed if row.id in ids),
        changed=tuple(row for row in change.changed if row.id in ids),
    )


# Word-level differences of a text.

Mark = tuple[Literal["same", "removed", "added"], str]


def marked_words(old: str, new: str) -> list[Mark]:
    """Return the text in pieces: all but "added" make up the old text, all but "removed" the new one.

    >>> marked_words("six key districts", "six districts")
    [('same', 'six '), ('removed', 'key '), ('same', 'districts')]
    """
    before, after = re.findall(r"\S+\s*|\s+", old), re.findall(r"\S+\s*|\s+", new)
    pieces: list[Mark] = []
    for what, i, i_end, j, j_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            pieces.append(("same", "".join(before[i:i_end])))
            continue
        if i_end > i:
            pieces.append(("removed", "".join(before[i:i_end])))
        if j_end > j:
            pieces.append(("added", "".join(after[j:j_end])))
    return pieces


# A difference in words for journalists: what changed, and because of which claims.

_WHEN_FIELDS: Final = ("date_start", "date_end", "date_precision")
"""Fields that together say when an incident took place; shown singly, they would suggest more precision than is known.
"""
_FIGURE_FIELDS: Final = ("value", "low", "high", "of", "scope", "about")


def change_lines(change: IncidentChange, names: Mapping[str, str], *, without: Collection[str] = ()) -> list[str]:
    """Describe all changes of an incident, tolls first, each with the claims that caused it.

    `names` are those of the difference; `without` names fields that are shown elsewhere.
    """
    lines = []
    causes: set[int] = set()
    for toll in change.tolls:
        moved = [
            at for at, part in enumerate(change.claims) if toll.about in part.bears_on and any(map(_moves, part.fields))
        ] + [at for at, part in enumerate(change.claims) if toll.about in part.bears_on and part.what != "changed"]
        causes |= set(moved)
        because = "; ".join(_cause(change.claims[at], names) for at in moved)
        toll_line = toll_change_words(toll)
        lines.append(say("difference-because", toll=toll_line, causes=because) if because else toll_line)
    if change.when_before:
        lines.append(say("difference-when", old=change.when_before, new=change.when))
        without = {*without, *_WHEN_FIELDS}
    lines += [field_words(field, names) for field in change.fields if field.field not in without]
    lines += [_part_line("claim", part, names, in_toll=at in causes) for at, part in enumerate(change.claims)]
    lines += [_part_line("source", part, names) for part in change.sources]
    return [line for line in lines if line]


def toll_change_words(toll: TollChange) -> str:
    """Describe a change of a toll.

    >>> toll_change_words(TollChange(about="killed", old=Figures(low=17, high=71), new=Figures(low=71, high=71)))
    'killed 17–71 → 71'
    """
    return say("difference-toll", about=toll.about, old=figures_words(toll.old), new=figures_words(toll.new))


def figures_words(figures: Figures | None) -> str:
    """Write a toll, or that there is none."""
    return say("no-figure") if figures is None else figures.words


def register_lines(change: RegisterChange) -> list[str]:
    """Describe the changes of a register."""
    return [
        *(say("difference-register-added", name=row.name, id=row.id) for row in change.added),
        *(say("difference-register-removed", name=row.name, id=row.id) for row in change.removed),
        *(f"{row.name} ({row.id}): {'; '.join(field_words(field) for field in row.fields)}" for row in change.changed),
    ]


def summary_words(difference: Difference) -> str:
    """Say in one sentence how much changed."""
    if difference.empty:
        return say("difference-none")
    parts = []
    for name, register in (
        ("incidents", difference),
        ("claimants", difference.claimants),
        ("clusters", difference.event_groups),
    ):
        counts = {"added": register.added, "removed": register.removed, "changed": register.changed}
        parts += [say(f"changed-{name}-{what}", count=len(rows)) for what, rows in counts.items() if rows]
    moved = {"entered": difference.entered, "left": difference.left}
    parts += [say(f"changed-incidents-{what}", count=len(rows)) for what, rows in moved.items() if rows]
    return f"{', '.join(parts)}."


def claim_words(difference: Difference) -> str:
    """Say in one sentence how many claims changed; empty if none did."""
    parts = [say(f"changed-number-{what}", count=number) for what, number in difference.claim_changes.items() if number]
    return say("difference-claims", changes=", ".join(parts)) if parts else ""


def selection_words(difference: Difference) -> str:
    """Say in one sentence which incidents a difference covers; empty if all."""
    if not difference.filters:
        return ""
    return say("difference-selection", filters=difference.selection)


def caveats(difference: Difference) -> list[str]:
    """Say what could not be compared; empty if everything could."""
    lines = []
    if difference.not_compared:
        lines.append(say("difference-not-compared", ids=", ".join(difference.not_compared)))
    if difference.movement_not_compared:
        ids = difference.movement_not_compared
        lines.append(say("difference-movement-not-compared", incidents=len(ids), ids=", ".join(ids)))
    return lines


def _moves(change: FieldChange) -> bool:
    """Tell whether a claim's field affects a toll; a change between asserting and acknowledging does not."""
    if change.field == "stance":
        return not {change.old, change.new} <= {Stance.ASSERTS, Stance.ACKNOWLEDGES}
    return change.field in _FIGURE_FIELDS


def _cause(part: PartChange, names: Mapping[str, str]) -> str:
    if part.what != "changed":
        return _part_line("claim", part, names)
    moving = [field for field in part.fields if _moves(field)]
    if len(moving) == 1:
        return say(
            "difference-field-of-claim",
            field=name_words(moving[0]),
            number=part.number,
            claim=part.label,
            change=value_words(moving[0], names),
        )
    fields = ", ".join(field_words(field, names) for field in moving)
    return say("difference-claim-changed", number=part.number, claim=part.label, fields=fields)


def _part_line(kind: str, part: PartChange, names: Mapping[str, str], *, in_toll: bool = False) -> str:
    """Describe the change of a claim or source; if a toll already covers part of it, only the rest, if any."""
    if part.what != "changed":
        return "" if in_toll else say(f"part-{kind}-{part.what}", number=part.number, label=part.label)
    left = [field_words(field, names) for field in part.fields if not (in_toll and _moves(field))]
    fields = ", ".join(left)
    return say(f"fields-of-{kind}", number=part.number, label=part.label, fields=fields) if left else ""


# Documents of a difference: plain text, Markdown, JSON.

_MARKUP: Final = re.compile(r"([\\`*_{}\[\]<>#|~$&])")


def to_json(difference: Difference) -> str:
    """Write everything as JSON, omitting empty and default values."""
    return difference.model_dump_json(indent=1, exclude_defaults=True) + "\n"


def to_text(difference: Difference) -> str:
    """Write the differences as plain text, one paragraph per incident."""
    return _written(difference, title="\n{}\n".format, head="\n{}\n".format, point="  {}\n".format)


def to_markdown(difference: Difference) -> str:
    """Write the differences as Markdown, with text from the record escaped."""
    return _written(
        difference,
        title=lambda text: f"\n## {_escaped(text)}\n\n",
        head=lambda text: f"\n### {_escaped(text)}\n\n",
        point=lambda text: f"- {_escaped(text)}\n",
    )


def headline_lines(difference: Difference) -> list[str]:
    """Say which counts and totals changed, and how."""
    counts = [
        say("difference-total", name=count_name(row.name), old=row.old, new=row.new)
        for row in difference.counts
        if row.old != row.new
    ]
    return counts + [toll_change_words(toll) for toll in difference.totals if toll.old != toll.new]


def _written(
    difference: Difference,
    *,
    title: Callable[[str], str],
    head: Callable[[str], str],
    point: Callable[[str], str],
) -> str:
    said = (summary_words(difference), claim_words(difference))
    parts = [f"{line}\n" for line in said if line]
    versions = say("difference-versions", old=difference.old_version[:8], new=difference.new_version[:8])
    parts += [f"{versions} {say('difference-rule', rule=difference.rule, rule_sentence=difference.rule_sentence)}\n"]
    parts += [point(line) for line in (selection_words(difference), *caveats(difference)) if line]
    for name, lines in _sections(difference):
        parts += [title(name), *map(point, lines)] if lines else []
    parts += [title(say("changes-incidents-changed"))] if difference.changed else []
    for change in difference.changed:
        parts.append(head(f"{change.title}, {change.days} ({change.id})"))
        parts += map(point, change_lines(change, difference.names))
    return "".join(parts)


def _sections(difference: Difference) -> Iterator[tuple[str, list[str]]]:
    """Yield the sections before the changed incidents, with their headings."""
    yield say("changes-effect"), headline_lines(difference)
    yield say("claimants"), register_lines(difference.claimants)
    yield say("page-event-clusters"), register_lines(difference.event_groups)
    for name, rows in (
        (say("changes-incidents-added"), difference.added),
        (say("changes-incidents-removed"), difference.removed),
        (say("difference-brought-in"), difference.entered),
        (say("difference-taken-out-of-selection"), difference.left),
    ):
        yield name, [f"{row.title}, {row.days}, {row.status} ({row.id})" for row in rows]


def _escaped(text: str) -> str:
    r"""Escape characters with a meaning in Markdown or HTML.

    >>> _escaped("*<b>*")
    '\\*\\<b\\>\\*'
    """
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))
