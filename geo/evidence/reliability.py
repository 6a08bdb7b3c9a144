"""Reliability of incidents: precision of place and time, who speaks, and the sources they rest on."""

import hashlib
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from statistics import median
from typing import Any, Final

import pandas as pd
from pydantic import TypeAdapter

from geo import PROGRAM_FOLDER
from geo.incident.record import Claimant, Day, Incident, Record, Slug, Text, oldest_first, plain_text
from geo.incident.vocabulary import DatePrecision, LocationPrecision, SourceKind, Stance, to_show
from geo.language.folding import fold
from geo.language.messages import say

# The distinct sources of a set of incidents: entries for the same publication are merged.

WEAK_KINDS: Final = frozenset({SourceKind.AGGREGATOR_OR_MIRROR})
"""Kinds of source that only repeat what others published, and may disappear."""

_LONGEST_NAME: Final = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedSource:
    """One publication, and the incidents and claims that cite it."""

    key: str
    """Stable unique key: the publisher's name and at least eight characters of the publication's hash."""
    publication: str
    """The `Source.publication` of its entries."""
    publisher: str
    title: str | None
    url: str | None
    published: date | None
    kind: SourceKind
    archived_url: str | None
    incidents: tuple[str, ...]
    """Ids, oldest first."""
    claims: int
    """Number of claims of these incidents that cite it."""

    @property
    def weak(self) -> bool:
        """Whether it only repeats what others published."""
        return self.kind in WEAK_KINDS


def cited_sources(incidents: Iterable[Incident], chosen: Iterable[str] | None = None) -> tuple[CitedSource, ...]:
    """List the sources by publisher, then day and title.

    Parameters
    ----------
    incidents
        All incidents, so that the key of a source does not depend on the selection.
    chosen
        Ids of the incidents whose sources to list; None for all.

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
    """Return the most frequent value, the longest among equals; None only if all are None."""
    said = Counter(value for value in values if value is not None)
    return max(said, key=lambda value: (said[value], len(str(value)), str(value)), default=None)


def _keys(entries: dict[str, list[tuple[Incident, int]]]) -> dict[str, str]:
    """Return a key for each publication: its publisher, and enough of its hash to be unique."""
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


# Delay between the start of an incident and its first dated report.

_CLASSES: Final = (
    (say("delay-same-day"), 0),
    (say("delay-1-day"), 1),
    (say("delay-2-days"), 2),
    (say("delay-3-days"), 3),
    (say("delay-4-7-days"), 7),
    (say("delay-8-30-days"), 30),
    (say("delay-over-30-days"), None),
)
"""Class names and upper limits in days."""
BEFORE: Final = say("delay-before")


@dataclass(frozen=True, slots=True, kw_only=True)
class Delays:
    """Days from the first day of each incident to its first dated report."""

    days: tuple[int, ...]
    """For incidents with a known day and a dated source, ascending; negative if a report is dated earlier."""
    undated: int
    """Number of incidents without a dated source."""
    day_not_known: int
    """Number of incidents with a dated source whose own day is unknown."""
    undated_sources: int
    """Number of source entries without a date, any of which could be an earlier report."""
    sources: int

    @property
    def median(self) -> float | None:
        """Median in days; None without any."""
        return median(self.days) if self.days else None

    def distribution(self) -> pd.Series:
        """Count incidents by class of delay, in order; “before it began” only if there are any."""
        counts = dict.fromkeys((BEFORE, *(name for name, _ in _CLASSES)), 0)
        for days in self.days:
            counts[_class(days)] += 1
        if not counts[BEFORE]:
            del counts[BEFORE]
        return pd.Series(counts, name="incidents", dtype=int).rename_axis("days")


def first_report(incident: Incident) -> date | None:
    """Return the day of the earliest dated source; None if there is none."""
    return min((source.published for source in incident.sources if source.published is not None), default=None)


def delays(incidents: Iterable[Incident]) -> Delays:
    """Measure the delays of a selection."""
    days, undated, unknown, entries = [], 0, 0, []
    for incident in incidents:
        entries += [source.published for source in incident.sources]
        first = first_report(incident)
        if first is None:
            undated += 1
        elif incident.date_precision is DatePrecision.DAY:
            days.append((first - incident.date_start).days)
        else:
            unknown += 1
    return Delays(
        days=tuple(sorted(days)),
        undated=undated,
        day_not_known=unknown,
        undated_sources=entries.count(None),
        sources=len(entries),
    )


def _class(days: int) -> str:
    if days < 0:
        return BEFORE
    return next(name for name, last in _CLASSES if last is None or days <= last)


# What was considered for the record and rejected, with reasons.

EXCLUDED_FILE: Final = PROGRAM_FOLDER / "data" / "excluded.json"


class Excluded(Record):
    """A row of `data/excluded.json`."""

    id: Slug
    title: Text
    date_start: Day
    date_end: Day | None
    reason: Text


@cache
def read_excluded() -> tuple[Excluded, ...]:
    """Read the file, oldest first; raises pydantic.ValidationError with every fault."""
    rows = TypeAdapter(tuple[Excluded, ...]).validate_python(json.loads(EXCLUDED_FILE.read_text("utf-8")))
    return tuple(sorted(rows, key=oldest_first))


# Location and date precision combined.


def precision_mix(incidents: Iterable[Incident]) -> pd.DataFrame:
    """Count incidents by location precision (rows) and date precision (columns).

    All codes are included, in vocabulary order, even without incidents; date precisions used only by imported datasets
    appear only if present.
    """
    counts = Counter((incident.location_precision, incident.date_precision) for incident in incidents)
    days = to_show(DatePrecision, {day for _, day in counts})
    return pd.DataFrame(
        [[counts[place, day] for day in days] for place in LocationPrecision],
        index=pd.Index([place.value for place in LocationPrecision], name="location_precision"),
        columns=pd.Index([day.value for day in days], name="date_precision"),
        dtype=int,
    )


# Sources and outlets per incident, and sources that only repeat others.

_CARRIED: Final = re.compile(r" (?:/|citing) .*$|,? \(?as carried by .*$| \([^)]*\)$")
"""What follows an outlet's name: whose text it carries, or the language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """An outlet and its share of a selection."""

    name: str
    incidents: int
    """Number of incidents with at least one source of this outlet."""
    alone: int
    """Number of those with no other outlet."""
    weak: bool
    """Whether all its entries are mirrors or aggregators."""


def sources_per_incident(incidents: Iterable[Incident]) -> pd.Series:
    """Count incidents by number of sources, from 1 without gaps; duplicate entries of a publication count once."""
    numbers = Counter(len({source.publication for source in incident.sources}) for incident in incidents)
    index = pd.RangeIndex(1, max(numbers, default=0) + 1, name="sources")
    return pd.Series([numbers[number] for number in index], index=index, name="incidents", dtype=int)


def outlet_name(publisher: str) -> str:
    """Return the outlet that published, rather than the agency whose text it carries.

    >>> outlet_name("TRT World / AP"), outlet_name("AFP via La Gaceta"), outlet_name("Geo News (Urdu)")
    ('TRT World', 'La Gaceta', 'Geo News')
    """
    carrier = publisher.rsplit(" via ", maxsplit=1)[-1]
    return _CARRIED.sub("", carrier) or publisher


def outlets(incidents: Sequence[Incident]) -> tuple[Outlet, ...]:
    """List the outlets of a selection, most incidents first; a leading “The” is ignored in comparing names."""
    named: defaultdict[str, Counter[str]] = defaultdict(Counter)
    used: defaultdict[str, set[str]] = defaultdict(set)
    alone: Counter[str] = Counter()
    strong: set[str] = set()
    for incident in incidents:
        keys = set()
        for source in incident.sources:
            name = outlet_name(source.publisher)
            key = fold(name).removeprefix("the ")
            keys.add(key)
            named[key][name] += 1
            if source.kind not in WEAK_KINDS:
                strong.add(key)
        for key in keys:
            used[key].add(incident.id)
        alone.update(keys if len(keys) == 1 else ())
    found = (
        Outlet(name=_commonest(names), incidents=len(used[key]), alone=alone[key], weak=key not in strong)
        for key, names in named.items()
    )
    return tuple(sorted(found, key=lambda outlet: (-outlet.incidents, fold(outlet.name))))


def weakly_sourced(incidents: Iterable[Incident]) -> tuple[Incident, ...]:
    """Return the incidents whose sources are all mirrors or aggregators."""
    return tuple(i for i in incidents if all(source.kind in WEAK_KINDS for source in i.sources))


def _commonest(names: Counter[str]) -> str:
    return min(names, key=lambda name: (-names[name], name))


# Who speaks about an incident, and whether only one side does.

_NO_PARTY: Final = "other"
"""Side in the register of claimants who speak for no party."""


class Speakers(StrEnum):
    """Which sides speak about an incident; unconfirmed claims do not count."""

    SIDES = say("speakers-several")
    ONE_AND_INDEPENDENT = say("speakers-one-and-independent")
    INDEPENDENT = say("speakers-independent")
    ONE = say("speakers-one")
    UNKNOWN = say("speakers-unknown")

    @property
    def meaning(self) -> str:
        """What it means, in words."""
        return {
            Speakers.SIDES: say("speakers-several-words"),
            Speakers.ONE_AND_INDEPENDENT: say("speakers-one-and-independent-words"),
            Speakers.INDEPENDENT: say("speakers-independent-words"),
            Speakers.ONE: say("speakers-one-words"),
            Speakers.UNKNOWN: say("speakers-unknown-words"),
        }[self]


def speakers_of(incident: Incident, claimants: Mapping[str, Claimant]) -> Speakers:
    """Return who speaks about an incident, by the register of claimants."""
    sides, independent = _speakers(incident, claimants)
    if len(sides) > 1:
        return Speakers.SIDES
    if sides:
        return Speakers.ONE_AND_INDEPENDENT if independent else Speakers.ONE
    return Speakers.INDEPENDENT if independent else Speakers.UNKNOWN


def speaker_counts(incidents: Iterable[Incident], claimants: Mapping[str, Claimant]) -> pd.Series:
    """Count incidents by who speaks about them; all kinds are included, in order."""
    counts = Counter(speakers_of(incident, claimants) for incident in incidents)
    index = pd.Index([kind.value for kind in Speakers], name="speakers")
    return pd.Series([counts[kind] for kind in Speakers], index=index, name="incidents", dtype=int)


def single_side_counts(incidents: Iterable[Incident], claimants: Mapping[str, Claimant]) -> pd.Series:
    """Count the incidents about which only one side speaks, by side, most first."""
    alone = Counter(
        next(iter(_speakers(incident, claimants)[0]))
        for incident in incidents
        if speakers_of(incident, claimants) is Speakers.ONE
    )
    ordered = sorted(alone.items(), key=lambda side: (-side[1], side[0]))
    return pd.Series(dict(ordered), name="incidents", dtype=int).rename_axis("side")


def _speakers(incident: Incident, claimants: Mapping[str, Claimant]) -> tuple[set[str], bool]:
    """Return the sides that speak, and whether anybody independent does."""
    speakers = {claim.by for claim in incident.claims if claim.stance is not Stance.UNCONFIRMED}
    registered = [claimants[by] for by in speakers if by in claimants]
    sides = {c.side for c in registered if not c.independent and c.side != _NO_PARTY}
    return sides, any(claimant.independent for claimant in registered)
