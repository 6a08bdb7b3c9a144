"""How many sources incidents rest on, which outlets, and how many of them only repeat others."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from geo.folding import fold
from geo.incident import Incident
from geo.sources import WEAK_KINDS, identity

_CARRIED: Final = re.compile(r" (?:/|citing) .*$|,? \(?as carried by .*$| \([^)]*\)$")
"""What stands behind an outlet's name: whose text it carries, or in which language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """Who published, and how much of the choice rests on it."""

    name: str
    incidents: int
    """Incidents with at least one source of the outlet."""
    alone: int
    """Of these, incidents with no other outlet."""
    weak: bool
    """All its entries are mirrors or aggregators."""


def sources_per_incident(incidents: Iterable[Incident]) -> pd.Series:
    """Count incidents by their number of sources, from 1 without gaps; one publication entered twice is one source."""
    numbers = Counter(len({identity(source) for source in incident.sources}) for incident in incidents)
    index = pd.RangeIndex(1, max(numbers, default=0) + 1, name="sources")
    return pd.Series([numbers[number] for number in index], index=index, name="incidents", dtype=int)


def outlet_name(publisher: str) -> str:
    """Return who published: the outlet, not the agency whose text it carries.

    >>> outlet_name("TRT World / AP"), outlet_name("AFP via La Gaceta"), outlet_name("Geo News (Urdu)")
    ('TRT World', 'La Gaceta', 'Geo News')
    """
    carrier = publisher.rsplit(" via ", maxsplit=1)[-1]
    return _CARRIED.sub("", carrier) or publisher


def outlets(incidents: Sequence[Incident]) -> tuple[Outlet, ...]:
    """List the outlets of a choice, those with most incidents first; “The” before a name makes no other outlet."""
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


def only_weak(incidents: Iterable[Incident]) -> tuple[Incident, ...]:
    """Return the incidents of which every source is a mirror or an aggregator."""
    return tuple(i for i in incidents if all(source.kind in WEAK_KINDS for source in i.sources))


def _commonest(names: Counter[str]) -> str:
    return min(names, key=lambda name: (-names[name], name))
