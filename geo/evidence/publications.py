"""Every source of a set of incidents, once: entries for the same publication are merged."""

import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from geo.incident.record import Incident, oldest_first, plain_text
from geo.incident.vocabulary import SourceKind

WEAK_KINDS: Final = frozenset({SourceKind.AGGREGATOR_OR_MIRROR})
"""Kinds of source that only repeat what others published, and may vanish."""

_LONGEST_NAME: Final = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedSource:
    """One publication, and what in the record rests on it."""

    key: str
    """Stable and unique: the publisher's name and eight or more characters of what identifies the publication."""
    publication: str
    """The `Source.publication` of each of its entries."""
    publisher: str
    title: str | None
    url: str | None
    published: date | None
    kind: SourceKind
    archived_url: str | None
    incidents: tuple[str, ...]
    """Ids, oldest first."""
    claims: int
    """Claims of these incidents that name it as their source."""

    @property
    def weak(self) -> bool:
        """Tell whether it only repeats what others published."""
        return self.kind in WEAK_KINDS


def cited_sources(incidents: Iterable[Incident], chosen: Iterable[str] | None = None) -> tuple[CitedSource, ...]:
    """List the sources by publisher, then day and title.

    Parameters
    ----------
    incidents
        All incidents, so that a source is called the same under every selection.
    chosen
        Ids of the incidents to list sources of; None for all.

    """
    ordered = sorted(incidents, key=oldest_first)
    within = {incident.id for incident in ordered} if chosen is None else set(chosen)
    entries: defaultdict[str, list[tuple[Incident, int]]] = defaultdict(list)
    for incident in ordered:
        for number, source in enumerate(incident.sources):
            entries[source.publication].append((incident, number))
    keys = _keys(entries)
    merged = (_merged(keys[which], which, found, within) for which, found in entries.items())
    return tuple(sorted((source for source in merged if source.incidents), key=_sort_key))


def _merged(key: str, which: str, entries: list[tuple[Incident, int]], within: set[str]) -> CitedSource:
    each = [incident.sources[number] for incident, number in entries]
    inside = [(incident, number) for incident, number in entries if incident.id in within]
    return CitedSource(
        key=key,
        publication=which,
        publisher=_agreed(source.publisher for source in each),
        title=_agreed(source.title for source in each),
        url=_agreed(source.url for source in each),
        published=_agreed(source.published for source in each),
        kind=_agreed(source.kind for source in each),
        archived_url=_agreed(source.archived_url for source in each),
        incidents=tuple(dict.fromkeys(incident.id for incident, _ in inside)),
        claims=sum(claim.source == number for incident, number in inside for claim in incident.claims),
    )


def _agreed(values: Iterable[Any]) -> Any:
    """Return what most entries say, the longest of equals; None only where none says anything."""
    said = Counter(value for value in values if value is not None)
    return max(said, key=lambda value: (said[value], len(str(value)), str(value)), default=None)


def _keys(entries: dict[str, list[tuple[Incident, int]]]) -> dict[str, str]:
    """Name each publication by its publisher and as much of its digest as tells it from all others."""
    digests = {which: hashlib.sha256(which.encode()).hexdigest() for which in entries}
    length = 8
    while len({digest[:length] for digest in digests.values()}) < len(digests):
        length += 1
    names = {which: _agreed(i.sources[number].publisher for i, number in found) for which, found in entries.items()}
    return {which: f"{_slug(names[which])}-{digest[:length]}" for which, digest in digests.items()}


def _slug(publisher: str) -> str:
    latin = unicodedata.normalize("NFKD", publisher).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", latin).strip("-")[:_LONGEST_NAME].rstrip("-") or "source"


def _sort_key(source: CitedSource) -> tuple[str, str, str, str]:
    return plain_text(source.publisher), str(source.published or ""), source.title or "", source.key
