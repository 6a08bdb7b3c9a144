"""Incidents close in place and time, which may be one incident reported twice; and their differences."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from geo.casualties import Rule, own_toll
from geo.incident.record import EventGroup, Incident, oldest_first
from geo.incident.vocabulary import MEASURES, Category, LocationPrecision, Subtype
from geo.language.folding import fold
from geo.language.messages import capitalised, list_words, say
from geo.places.plane import on_globe, squared
from geo.sentences import toll_words, when

# Incidents of the record that are close in place and time: two incidents, or one reported twice. Two places are near if
# their circles of uncertainty touch. If either is known only to a district or province, that area must be the same.
# Border segments and areas wider than WIDEST_KM are too imprecise to compare.

NEAR_DAYS: Final = 3
"""Largest gap in days between the possible days of either; 0 if they overlap."""
WIDEST_KM: Final = 60.0
"""Largest radius of a circle to be compared; provinces are compared by name instead."""

_EARTH_KM: Final = 6371.0088
_ALIKE: Final = (
    frozenset({Subtype.TROOP_FLIGHT, Subtype.REFUGEE_CROSSING, Subtype.MASS_RETURN}),
    frozenset({Subtype.CROSSING_CLOSED, Subtype.CROSSING_RESTRICTED}),
)
"""Subtypes that two reports of one crossing may have; any strikes and clashes may be one incident."""
_FIGHTING: Final = frozenset({Category.STRIKE, Category.CLASH})


class Nearness(StrEnum):
    """Why two places count as near."""

    CIRCLES = "circles"
    """Their circles of uncertainty touch."""
    DISTRICT = "district"
    """In the same district, with at least one known no more precisely."""
    PROVINCE = "province"
    """Likewise for the province."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Similar:
    """Two incidents with nearby places, ordered by first day."""

    one: Incident
    other: Incident
    days: int
    """Gap in days between the possible days of either; 0 if they overlap."""
    km: float
    """Distance between their best points."""
    nearness: Nearness

    @property
    def same_cluster(self) -> bool:
        """Whether the record assigns them to the same event cluster."""
        return self.one.event_group is not None and self.one.event_group == self.other.event_group

    @property
    def may_be_one(self) -> bool:
        """Whether they are also close in time, and of kinds that two reports of one incident may have."""
        return self.days <= NEAR_DAYS and alike(self.one, self.other)

    def beside(self, incident_id: str) -> Incident:
        """Return the other incident of the pair, given the id of one."""
        return self.other if self.one.id == incident_id else self.one


def similar_pairs(incidents: Iterable[Incident]) -> tuple[Similar, ...]:
    """Return all pairs of incidents close in place and time, each once, oldest first."""
    ordered = sorted(incidents, key=oldest_first)
    ground = _Ground(ordered)
    each = (ground.pairs(at, after=at + 1, most_days=NEAR_DAYS) for at in range(len(ordered)))
    return tuple(pair for pairs in each for pair in pairs)


def similar_to(incident: Incident, incidents: Iterable[Incident]) -> tuple[Similar, ...]:
    """Return the `similar_pairs` of one incident, possible duplicates first, then the closest."""
    found = [pair for pair in _pairs_of(incident, incidents) if pair.days <= NEAR_DAYS]
    return tuple(
        sorted(
            found, key=lambda pair: (not pair.may_be_one, pair.days, pair.km, oldest_first(pair.beside(incident.id)))
        )
    )


def on_other_days(incident: Incident, incidents: Iterable[Incident]) -> tuple[Similar, ...]:
    """Return pairs of an incident with similar ones nearby on other days, closest in time first.

    Among equally close ones, those in its own district come first.
    """
    found = [pair for pair in _pairs_of(incident, incidents) if pair.days > NEAR_DAYS and alike(pair.one, pair.other)]
    return tuple(
        sorted(found, key=lambda pair: (pair.days, not _in_one_district(pair), oldest_first(pair.beside(incident.id))))
    )


def alike(one: Incident, other: Incident) -> bool:
    """Tell whether two incidents are of kinds that two reports of one incident may have."""
    kinds = {one.subtype, other.subtype}
    return len(kinds) == 1 or {one.category, other.category} <= _FIGHTING or any(kinds <= group for group in _ALIKE)


def is_comparable(incident: Incident) -> bool:
    """Tell whether a place is known precisely enough to compare."""
    if incident.uncertainty_km is None:
        return False
    named = incident.location_precision is LocationPrecision.PROVINCE or incident.district is not None
    return named or incident.uncertainty_km <= WIDEST_KM


def _pairs_of(incident: Incident, incidents: Iterable[Incident]) -> list[Similar]:
    others = [other for other in incidents if other.id != incident.id]
    return _Ground([incident, *others]).pairs(0, after=1)


def _in_one_district(pair: Similar) -> bool:
    one, other = (_district(incident) for incident in (pair.one, pair.other))
    return one is not None and one == other


def _district(incident: Incident) -> tuple[str, ...] | None:
    """Return the identity of a district; None if none is reported."""
    if incident.district is None:
        return None
    return _folded(incident.province or ""), _folded(incident.district)


_folded = lru_cache(maxsize=8192)(fold)
"""Cached since place names are few, and each incident is compared with all others."""


class _Ground:
    """Places and days of incidents as columns, to compare one with all others at once."""

    def __init__(self, incidents: Sequence[Incident]) -> None:
        self._incidents = incidents
        point = [(i.lon, i.lat, i.uncertainty_km) for i in incidents]
        lon, lat, self._radius_km = np.array(point, float).reshape(-1, 3).T
        self._at = on_globe(lon, lat)
        self._start = np.array([i.date_start.toordinal() for i in incidents])
        self._end = np.array([(i.date_end or i.date_start).toordinal() for i in incidents])
        self._district = _numbered([_district(i) for i in incidents])
        self._lies_in = _membership([[(_folded(name),) for name in i.lies_in] for i in incidents])
        self._comparable = np.array([is_comparable(i) for i in incidents], bool)
        known = np.array([i.location_precision.value for i in incidents], object)
        self._to_district = known == LocationPrecision.DISTRICT
        self._to_province = known == LocationPrecision.PROVINCE

    def pairs(self, at: int, *, after: int, most_days: int | None = None) -> list[Similar]:
        """Return the pairs of an incident with nearby ones from position `after` on, in their order.

        If `most_days` is given, only those within that many days.
        """
        rest = slice(after, None)
        km = 2 * _EARTH_KM * np.arcsin(np.minimum(1, np.sqrt(squared(self._at[rest] - self._at[at])) / 2))
        days = np.maximum(
            0, np.maximum(self._start[rest], self._start[at]) - np.minimum(self._end[rest], self._end[at])
        )
        ways = self._ways(at, rest, km)
        near = np.logical_or.reduce(list(ways.values()))
        if most_days is not None:
            near &= days <= most_days
        return [
            self._pair(at, after + int(n), days=int(days[n]), km=float(km[n]), nearness=nearness)
            for n in np.flatnonzero(near)
            for nearness in [next(way for way, found in ways.items() if found[n])]
        ]

    def _ways(self, at: int, rest: slice, km: Any) -> dict[Nearness, npt.NDArray[np.bool_]]:
        """Return a mask of the other incidents for each kind of nearness."""
        touching = km <= self._radius_km[rest] + self._radius_km[at]
        comparable = self._comparable[rest] & self._comparable[at]
        narrow = np.maximum(self._radius_km[rest], self._radius_km[at]) <= WIDEST_KM
        coarse = self._to_province[rest] | self._to_province[at]
        district = self._to_district[rest] | self._to_district[at]
        same_district = (self._district[rest] == self._district[at]) & (self._district[at] > 0)
        same_province = (self._lies_in[rest] & self._lies_in[at]).any(axis=1)
        return {
            Nearness.CIRCLES: comparable & touching & narrow & ~coarse,
            Nearness.DISTRICT: comparable & same_district & district & ~coarse,
            Nearness.PROVINCE: comparable & touching & same_province & coarse,
        }

    def _pair(self, at: int, other: int, **found: Any) -> Similar:
        one, two = sorted((self._incidents[at], self._incidents[other]), key=oldest_first)
        return Similar(one=one, other=two, **found)


def _numbered(names: Iterable[tuple[str, ...] | None]) -> npt.NDArray[np.int64]:
    """Return a number for each name, 0 for None."""
    numbers: dict[tuple[str, ...], int] = {}
    return np.array([0 if name is None else numbers.setdefault(name, len(numbers) + 1) for name in names], np.int64)


def _membership(names: Sequence[Sequence[tuple[str, ...]]]) -> npt.NDArray[np.bool_]:
    """Return which of all names each row has, shape (rows, names)."""
    numbers: dict[tuple[str, ...], int] = {}
    numbered = [[numbers.setdefault(name, len(numbers)) for name in each] for each in names]
    having = np.zeros((len(names), len(numbers)), bool)
    for at, each in enumerate(numbered):
        having[at, each] = True
    return having


# Differences between two incidents close in place and time, in the same words on cards and pages.

HERE: Final = (say("similar-this-one"), say("similar-the-other"))
"""How a card refers to the two."""
IN_ORDER: Final = (say("similar-the-first"), say("similar-the-second"))
"""How a list of pairs refers to them."""

_SPOT_KM: Final = 0.5
"""Points closer than this are considered the same."""
_MONTH, _YEAR = 30.44, 365.25
_FEW_DAYS: Final = 60
_FEW_MONTHS: Final = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Comparison of two incidents in one respect."""

    name: str
    """The respect: day, place, kind, who took part, killed, injured, crossed."""
    differs: str
    """Sentence on the difference; empty if there is none."""


def differences(pair: Similar, first: Incident, rule: Rule, names: tuple[str, str]) -> list[str]:
    """Return a sentence for each difference between two incidents; `first` is the one mentioned first."""
    return [found.differs for found in _compared(pair, first, rule, names) if found.differs]


def the_same(pair: Similar, rule: Rule) -> str:
    """Say in what respects two incidents agree; empty if in none."""
    same = [found.name for found in _compared(pair, pair.one, rule, IN_ORDER) if not found.differs]
    return say("similar-the-same", fields=list_words(same)) if same else ""


def cluster_words(pair: Similar, clusters: Mapping[str, EventGroup]) -> str:
    """Say whether the record assigns two incidents to the same event cluster."""
    groups = [incident.event_group for incident in (pair.one, pair.other) if incident.event_group]
    named = [f"“{clusters[group].name}”" if group in clusters else group for group in groups]
    if pair.same_cluster:
        return say("similar-of-cluster", cluster=named[0])
    if len(groups) > 1:
        return say("similar-of-clusters", clusters=list_words(named))
    return say("similar-of-no-cluster")


def gap_words(days: int) -> str:
    """Say how far apart in time two incidents are.

    >>> gap_words(0), gap_words(2), gap_words(199), gap_words(1229)
    ('days that overlap', '2 days apart', 'about 7 months apart', 'about 3 years apart')
    """
    if days == 0:
        return say("pairs-days-overlap")
    if days < _FEW_DAYS:
        return say("similar-days-apart", days=days)
    months = round(days / _MONTH)
    span = say("months", count=months) if months < _FEW_MONTHS else say("years", count=round(days / _YEAR))
    return say("similar-about-apart", span=span)


def near_words() -> str:
    """Say what counts as near, for the head of a list."""
    return say("similar-means", days=NEAR_DAYS)


def nothing_near(incident: Incident) -> str:
    """Say that no other incident is near, or that its place is too imprecise to tell."""
    if not is_comparable(incident):
        return say("similar-known-too-coarsely")
    return say("similar-none-near", days=NEAR_DAYS)


def _compared(pair: Similar, first: Incident, rule: Rule, names: tuple[str, str]) -> Iterator[Compared]:
    second = pair.beside(first.id)
    yield _days(pair, first, second, names)
    yield _place(pair, first, second, names)
    yield _named(say("similar-kind"), names, first.subtype.label, second.subtype.label)
    yield _actors(first, second, names)
    for about in MEASURES:
        one, other = (own_toll(incident, about, rule) for incident in (first, second))
        if one is not None or other is not None:
            yield _named(about.label, names, toll_words(one), toll_words(other))


def _days(pair: Similar, first: Incident, second: Incident, names: tuple[str, str]) -> Compared:
    found = _named(say("similar-days"), names, when(first), when(second))
    spans = {(incident.date_start, incident.date_end) for incident in (first, second)}
    return found if len(spans) == 1 or not found.differs else _noted(found, gap_words(pair.days))


def _place(pair: Similar, first: Incident, second: Incident, names: tuple[str, str]) -> Compared:
    same = fold(first.place) == fold(second.place)
    if same and pair.km < _SPOT_KM and pair.nearness is Nearness.CIRCLES:
        return Compared(name=say("similar-place-name"), differs="")
    said = (
        say("similar-both", place=first.place)
        if same
        else say("similar-each", one=names[0], first=first.place, other=names[1], second=second.place)
    )
    return Compared(
        name=say("similar-place-name"),
        differs=say("similar-place", places=said, how_near=_how_near(pair, first, second)),
    )


def _how_near(pair: Similar, first: Incident, second: Incident) -> str:
    """Say why two places count as near."""
    if pair.nearness is Nearness.CIRCLES:
        radii = [say("pairs-km", km=incident.uncertainty_km) for incident in (first, second)]
        within = (
            say("similar-within", radius=radii[0])
            if radii[0] == radii[1]
            else say("similar-within-both", one=radii[0], other=radii[1])
        )
        return (
            say("similar-about-km", km=round(pair.km), within=within)
            if pair.km >= _SPOT_KM
            else say("similar-known-to", within=within)
        )
    shared = [name for name in first.lies_in if fold(name) in map(fold, second.lies_in)]
    area = first.district if pair.nearness is Nearness.DISTRICT else list_words(shared)
    better = [incident for incident in (first, second) if incident.location_precision.value != pair.nearness.value]
    return say("similar-area-of-one" if better else "similar-area-of-both", area=area, level=pair.nearness)


def _actors(first: Incident, second: Incident, names: tuple[str, str]) -> Compared:
    here, there = ({fold(actor): actor for actor in incident.actors} for incident in (first, second))
    lone = [[here[key] for key in here if key not in there], [there[key] for key in there if key not in here]]
    said = [
        say("similar-only-in", actors=list_words(actors), incident=name)
        for actors, name in zip(lone, names, strict=True)
        if actors
    ]
    return Compared(
        name=say("similar-took-part"), differs=say("similar-who-took-part", who="; ".join(said)) if said else ""
    )


def _named(name: str, names: tuple[str, str], one: str, other: str) -> Compared:
    differs = (
        ""
        if one == other
        else say("similar-differs", name=capitalised(name), first=names[0], one=one, second=names[1], other=other)
    )
    return Compared(name=name, differs=differs)


def _noted(found: Compared, note: str) -> Compared:
    return Compared(name=found.name, differs=f"{found.differs.removesuffix('.')}; {note}.")
