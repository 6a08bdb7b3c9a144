"""The columns of synthetic events, made for many at once."""

from functools import cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from geo.boundaries import boundaries
from geo.synth.kinds import ACTORS, KINDS
from geo.synth.places import Gazetteer

ACLED_COLUMNS: Final = (
    *("event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type"),
    *("actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting"),
    *("iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision"),
    *("source", "source_scale", "notes", "fatalities", "tags", "timestamp"),
)
"""Of an ACLED event file, in its order."""

_FIRST, _DAYS = np.datetime64("2017-01-01"), 3560
"""From 1 January 2017 to 30 September 2026."""
_COUNTRIES: Final = {
    "AF": ("Afghanistan", 4, "South Asia"),
    "PK": ("Pakistan", 586, "South Asia"),
    "TJ": ("Tajikistan", 762, "Caucasus and Central Asia"),
}
_SCALES: Final = ("National", "Subnational", "Other", "New media", "International", "Other-National")
_SOURCES: Final = tuple(f"Synthetic source {number}" for number in range(1, 41))
_MARK: Final = "Synthetic row for tests and benchmarks, no real event:"
_MOST_KILLED: Final = 900

Numbers = npt.NDArray[Any]


def event_rows(numbers: Numbers, rows: int, places: Gazetteer, random: np.random.Generator) -> pa.Table:
    """Return the events with the given numbers of so many, columns as ACLED_COLUMNS."""
    count = len(numbers)
    kind = random.choice(len(KINDS), count, p=_kind_shares())
    place = random.choice(len(places.name), count, p=places.weight)
    country = _province_countries()[places.province[place]]
    columns = (
        _when(numbers, rows, random)
        | _what(kind, country, random)
        | _where(place, places, random)
        | _who(kind, country, random)
        | {"fatalities": pa.array(_killed(kind, random)), "tags": _tags(kind)}
    )
    columns["event_id_cnty"] = _joined("SYN", pa.array(numbers + 1).cast(pa.string()))
    columns["notes"] = _notes(columns)
    return pa.table({name: columns[name] for name in ACLED_COLUMNS})


@cache
def _kind_shares() -> Numbers:
    shares = np.array([kind.share for kind in KINDS])
    return np.asarray(shares / shares.sum())


@cache
def _province_countries() -> Numbers:
    """Return each province's country by position in _COUNTRIES."""
    return np.array([list(_COUNTRIES).index(country) for country in boundaries().provinces["country"]])


def _taken(values: Any, at: Numbers) -> pa.Array:
    """Pick texts by position."""
    return pa.array(list(values), pa.string()).take(pa.array(at))


def _joined(*parts: Any, between: str = "") -> Any:
    return pc.binary_join_element_wise(*parts, between)


def _when(numbers: Numbers, rows: int, random: np.random.Generator) -> dict[str, Any]:
    """Make days, newest first, more of them in some years than in others."""
    share = 1 - (numbers + random.random(len(numbers))) / rows
    day = np.minimum((_DAYS * (share + 0.035 * np.sin(2 * np.pi * 2 * share))).clip(0), _DAYS - 1).astype(int)
    precision = random.choice([1, 2, 3], len(numbers), p=[0.88, 0.09, 0.03])
    dates = _FIRST + day
    middle = dates.astype("datetime64[M]").astype("datetime64[D]") + 14
    dates = np.where(precision == 3, np.minimum(middle, _FIRST + _DAYS - 1), dates)  # noqa: PLR2004  # month known
    seconds = dates.astype("datetime64[s]").astype(np.int64) + random.integers(2 * 86400, 120 * 86400, len(numbers))
    return {
        "event_date": pa.array(dates).cast(pa.string()),
        "year": pa.array(dates.astype("datetime64[Y]").astype(int) + 1970),
        "time_precision": pa.array(precision),
        "timestamp": pa.array(seconds),
    }


def _what(kind: Numbers, country: Numbers, random: np.random.Generator) -> dict[str, Any]:
    countries = list(_COUNTRIES.values())
    source = random.integers(0, len(_SOURCES), len(kind)), random.integers(0, len(_SOURCES), len(kind))
    first, second = (_taken(_SOURCES, at) for at in source)
    both = pc.if_else(pa.array(random.random(len(kind)) < 0.2), _joined(first, second, between="; "), first)  # noqa: PLR2004  # share
    return {
        "disorder_type": _taken([each.disorder_type for each in KINDS], kind),
        "event_type": _taken([each.event_type for each in KINDS], kind),
        "sub_event_type": _taken([each.sub_event_type for each in KINDS], kind),
        "country": _taken([name for name, _, _ in countries], country),
        "iso": pa.array(np.array([iso for _, iso, _ in countries])[country]),
        "region": _taken([region for _, _, region in countries], country),
        "source": both,
        "source_scale": _taken(_SCALES, random.choice(len(_SCALES), len(kind), p=[0.5, 0.2, 0.1, 0.08, 0.07, 0.05])),
    }


def _where(place: Numbers, places: Gazetteer, random: np.random.Generator) -> dict[str, Any]:
    """Put one event in eight on its province's middle, as ACLED does when no more than the province is known."""
    provinces = boundaries().provinces
    precision = random.choice([1, 2, 3], len(place), p=[0.52, 0.36, 0.12])
    province, coarse = places.province[place], precision == 3  # noqa: PLR2004  # province known
    middle = provinces[["label_lon", "label_lat"]].to_numpy()[province]
    district = pa.array(place % 997).cast(pa.string())
    admin1 = _taken(provinces["province"], province)
    return {
        "admin1": admin1,
        "admin2": pc.if_else(pa.array(coarse), "", _joined("Synthetic district ", district)),
        "admin3": pa.array([""]).take(pa.array(np.zeros(len(place), int))),
        "location": pc.if_else(pa.array(coarse), admin1, _taken(places.name, place)),
        "latitude": pa.array(np.where(coarse, middle[:, 1], places.lat[place])),
        "longitude": pa.array(np.where(coarse, middle[:, 0], places.lon[place])),
        "geo_precision": pa.array(precision),
    }


def _who(kind: Numbers, country: Numbers, random: np.random.Generator) -> dict[str, Any]:
    names = {1: [each.actor1 for each in KINDS], 2: [each.actor2 for each in KINDS]}
    columns: dict[str, Any] = {}
    for side, roles in names.items():
        columns[f"actor{side}"] = _actors(np.array(roles, object)[kind], country, random)
        columns[f"inter{side}"] = _taken([ACTORS[role][1] for role in roles], kind)
        columns[f"assoc_actor_{side}"] = _taken(["", "Synthetic associates"], (random.random(len(kind)) < 0.04) * 1)  # noqa: PLR2004  # share
    together = [
        f"{ACTORS[k.actor1][1]}-{ACTORS[k.actor2][1]}" if k.actor2 else f"{ACTORS[k.actor1][1]} only" for k in KINDS
    ]
    aimed = ["Civilian targeting" if each.actor2 == "civilians" else "" for each in KINDS]
    return columns | {"interaction": _taken(together, kind), "civilian_targeting": _taken(aimed, kind)}


def _actors(roles: Numbers, country: Numbers, random: np.random.Generator) -> pa.Array:
    """Name an actor for each role; the first of a role's names is the most frequent."""
    countries = [name for name, _, _ in _COUNTRIES.values()]
    names = [name.format(where) for where in countries for parts, _ in ACTORS.values() for name in parts]
    sizes = [len(parts) for parts, _ in ACTORS.values()]
    start = dict(zip(ACTORS, np.cumsum([0, *sizes[:-1]]), strict=True))
    first = np.array([start[role] for role in roles])
    many = np.array([len(ACTORS[role][0]) for role in roles])
    which = np.floor(many * random.random(len(roles)) ** 2).astype(int)
    return _taken(names, country * sum(sizes) + first + which)


def _killed(kind: Numbers, random: np.random.Generator) -> Numbers:
    """Draw deaths: nobody in many events, a few in most others, hundreds in hardly any."""
    deadly = random.random(len(kind)) < np.array([each.deadly for each in KINDS])[kind]
    return np.where(deadly, np.minimum(1 + np.floor(2.2 * random.pareto(1.7, len(kind))), _MOST_KILLED), 0).astype(int)


def _tags(kind: Numbers) -> pa.Array:
    shown = [each.disorder_type == "Demonstrations" for each in KINDS]
    return _taken(["crowd size=no report" if crowd else "" for crowd in shown], kind)


def _notes(columns: dict[str, Any]) -> pa.Array:
    killed = columns["fatalities"].cast(pa.string())
    words = [f"{_MARK} on", columns["event_date"], "in", _joined(columns["location"], ","), columns["sub_event_type"]]
    return _joined(*words, "by", _joined(columns["actor1"], "."), killed, "fatalities.", between=" ")
