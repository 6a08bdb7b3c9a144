"""What differs between two forms of one incident: its fields, its claims and its sources."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from geo.difference.labels import claim_label, source_label
from geo.difference.matching import Pairs, pair_claims, pair_sources
from geo.difference.model import FieldChange, PartChange
from geo.incident import Claimant, Incident, Source
from geo.vocabulary import About

_PARTS: Final = {"claims", "sources"}


def changed_fields(old: Mapping[str, Any], new: Mapping[str, Any], prefix: str = "") -> Iterator[FieldChange]:
    """Yield the fields that differ, in the order of the record; what is absent is None."""
    for field in (*new, *(field for field in old if field not in new)):
        before, after = old.get(field), new.get(field)
        if before == after:
            continue
        if isinstance(before, Mapping) and isinstance(after, Mapping):
            yield from changed_fields(before, after, f"{prefix}{field}.")
        else:
            yield FieldChange(field=prefix + field, old=before, new=after)


def incident_fields(old: Incident, new: Incident, *, movement: bool) -> tuple[FieldChange, ...]:
    """Return the fields that differ beside claims and sources; `movement` tells whether to compare that too."""
    left_out = _PARTS if movement else _PARTS | {"movement"}
    before, after = (i.model_dump(mode="json", by_alias=True, exclude=left_out) for i in (old, new))
    return tuple(changed_fields(before, after))


def changed_parts(
    old: Incident, new: Incident, speakers: tuple[Mapping[str, Claimant], Mapping[str, Claimant]]
) -> tuple[tuple[PartChange, ...], tuple[PartChange, ...]]:
    """Return what differs in claims and in sources; `speakers` are the claimants of the old and of the new version."""
    sources = pair_sources(old.sources, new.sources)
    claims = pair_claims(old.claims, new.claims, sources)
    return (
        _changes(claims, _claims(old, speakers[0]), _claims(new, speakers[1], old=old, pairs=sources)),
        _changes(sources, _sources(old.sources), _sources(new.sources)),
    )


class _Part:
    """A claim or source as label and fields."""

    def __init__(self, label: str, fields: Mapping[str, Any], about: About | None = None) -> None:
        self.label, self.fields, self.about = label, fields, about


def _changes(pairs: Pairs, old: Sequence[_Part], new: Sequence[_Part]) -> tuple[PartChange, ...]:
    found = []
    for i, j in pairs:
        before, after = None if i is None else old[i], None if j is None else new[j]
        fields = tuple(changed_fields(before.fields, after.fields)) if before and after else ()
        if before and after and not fields:
            continue
        abouts = (part.about for part in (before, after) if part and part.about)
        found.append(
            PartChange(
                what="changed" if before and after else "added" if after else "removed",
                number=(i if j is None else j) + 1,  # type: ignore[operator]  # one of them is there
                label=(after or before).label,  # type: ignore[union-attr]
                bears_on=tuple(sorted(set(abouts))),
                fields=fields,
            )
        )
    return tuple(sorted(found, key=lambda part: (part.what != "changed", part.what, part.number)))


def _sources(sources: Iterable[Source]) -> list[_Part]:
    return [_Part(source_label(source), source.model_dump(mode="json")) for source in sources]


def _claims(
    incident: Incident, claimants: Mapping[str, Claimant], *, old: Incident | None = None, pairs: Pairs | None = None
) -> list[_Part]:
    """Name a claim's source by what it was called before, where it is the same one, so that it does not differ."""
    before = {j: i for i, j in pairs or () if i is not None and j is not None}
    parts = []
    for claim in incident.claims:
        called = incident.sources[claim.source]
        if old is not None and claim.source in before:
            called = old.sources[before[claim.source]]
        fields = claim.model_dump(mode="json") | {"source": source_label(called)}
        parts.append(_Part(claim_label(claim, claimants), fields, claim.about))
    return parts
