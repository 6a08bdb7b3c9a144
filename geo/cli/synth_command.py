"""`synth`: synthetic ACLED files of any size, for tests and benchmarks: documented columns, and no real event."""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, BinaryIO, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from geo.cli.shared import STANDARD_OUTPUT, check_output, output_file, with_examples
from geo.incident.vocabulary import Border
from geo.language.messages import say
from geo.places.boundaries import BorderLine, Boundaries, boundaries
from geo.places.locating import locate_province
from geo.places.plane import GEOD, Floats

# Kinds of event from ACLED's codebook, in a mix like the region's, and placeholder actors.


@dataclass(frozen=True, slots=True)
class Kind:
    """A sub-event type: its event and disorder types, how often it occurs, how deadly it is, who faces whom."""

    sub_event_type: str
    event_type: str
    disorder_type: str
    share: float
    """Of all events, before normalisation."""
    deadly: float
    """Probability that anybody dies."""
    actor1: str
    actor2: str
    """Both are roles in ACTORS; empty for nobody."""


_VIOLENCE: Final = "Political violence"
_BATTLES: Final = "Battles"
_REMOTE: Final = "Explosions/Remote violence"
_CIVILIANS: Final = "Violence against civilians"
_STRATEGIC: Final = "Strategic developments"
_DEMONSTRATIONS: Final = "Demonstrations"

KINDS: Final = (
    Kind("Armed clash", _BATTLES, _VIOLENCE, 36, 0.72, "rebels", "state"),
    Kind("Government regains territory", _BATTLES, _VIOLENCE, 0.9, 0.55, "state", "rebels"),
    Kind("Non-state actor overtakes territory", _BATTLES, _VIOLENCE, 2.1, 0.45, "rebels", "state"),
    Kind("Air/drone strike", _REMOTE, _VIOLENCE, 7.5, 0.74, "state", "rebels"),
    Kind("Suicide bomb", _REMOTE, _VIOLENCE, 0.8, 0.8, "rebels", "civilians"),
    Kind("Shelling/artillery/missile attack", _REMOTE, _VIOLENCE, 4.6, 0.38, "state", "rebels"),
    Kind("Remote explosive/landmine/IED", _REMOTE, _VIOLENCE, 11.5, 0.5, "rebels", "state"),
    Kind("Grenade", _REMOTE, _VIOLENCE, 1.6, 0.16, "unidentified", "civilians"),
    Kind("Chemical weapon", _REMOTE, _VIOLENCE, 0.02, 0.3, "unidentified", "civilians"),
    Kind("Sexual violence", _CIVILIANS, _VIOLENCE, 0.3, 0.1, "unidentified", "civilians"),
    Kind("Attack", _CIVILIANS, _VIOLENCE, 11.4, 0.75, "unidentified", "civilians"),
    Kind("Abduction/forced disappearance", _CIVILIANS, _VIOLENCE, 2.8, 0.02, "rebels", "civilians"),
    Kind("Excessive force against protesters", "Protests", _VIOLENCE, 0.15, 0.6, "protesters", "state"),
    Kind("Protest with intervention", "Protests", _DEMONSTRATIONS, 0.6, 0.0, "protesters", "state"),
    Kind("Peaceful protest", "Protests", _DEMONSTRATIONS, 11.9, 0.0, "protesters", ""),
    Kind("Violent demonstration", "Riots", _DEMONSTRATIONS, 1.1, 0.06, "rioters", "state"),
    Kind("Mob violence", "Riots", _VIOLENCE, 1.0, 0.3, "rioters", "civilians"),
    Kind("Agreement", _STRATEGIC, _STRATEGIC, 0.3, 0.0, "state", "rebels"),
    Kind("Arrests", _STRATEGIC, _STRATEGIC, 1.4, 0.0, "state", "civilians"),
    Kind("Change to group/activity", _STRATEGIC, _STRATEGIC, 1.1, 0.0, "rebels", ""),
    Kind("Disrupted weapons use", _STRATEGIC, _STRATEGIC, 1.9, 0.0, "state", "rebels"),
    Kind("Headquarters or base established", _STRATEGIC, _STRATEGIC, 0.1, 0.0, "rebels", ""),
    Kind("Looting/property destruction", _STRATEGIC, _STRATEGIC, 1.3, 0.0, "rebels", "civilians"),
    Kind("Non-violent transfer of territory", _STRATEGIC, _STRATEGIC, 0.4, 0.0, "rebels", "state"),
    Kind("Other", _STRATEGIC, _STRATEGIC, 0.4, 0.0, "state", ""),
)

_GROUPS: Final = tuple(f"Synthetic armed group {letter}" for letter in "ABCDEFGHIJKL")
_MILITIAS: Final = tuple(f"Synthetic militia {letter}" for letter in "ABCDEF")
ACTORS: Final[dict[str, tuple[tuple[str, ...], str]]] = {
    "rebels": (_GROUPS, "Rebel group"),
    "state": (
        tuple(f"Synthetic {forces} of {{}}" for forces in ("police forces", "military forces", "border forces")),
        "State forces",
    ),
    "unidentified": (("Synthetic unidentified armed group ({})", *_MILITIAS), "Political militia"),
    "civilians": (("Synthetic civilians ({})",), "Civilians"),
    "protesters": (("Synthetic protesters ({})",), "Protesters"),
    "rioters": (("Synthetic rioters ({})",), "Rioters"),
    "": (("",), ""),
}
"""By role: placeholder names, with {} for the country, and ACLED's name for the kind of actor."""


# Where events take place: real towns and crossing points, and made-up villages scattered along the borders.

_MIN_VILLAGES, _MAX_VILLAGES = 4_000, 80_000
_ROWS_TO_A_PLACE: Final = 12
_AT_TOWNS, _AT_TAJIK_BORDER = 0.35, 0.15
"""Shares of the villages around towns and along the Tajik border; the others lie along the Durand Line."""
_ACROSS_KM: Final = 22.0
"""Mean distance of a village from its border."""
_AROUND_TOWN_KM: Final = 14.0
_HOT_SPOTS: Final = 40
_HEAVIEST: Final = 25.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetteer:
    """Places and how often events happen there; each array of shape (n,)."""

    name: npt.NDArray[np.object_]
    lon: Floats
    lat: Floats
    """Degrees, WGS84, four decimals, as ACLED writes them."""
    province: npt.NDArray[np.intp]
    """Row number in `boundaries().provinces`."""
    weight: Floats
    """Probability that an event is there; they add up to 1."""


def gazetteer(layers: Boundaries, rows: int, random: np.random.Generator) -> Gazetteer:
    """Make the places for `rows` events; each lies in a province of the layers."""
    villages = int(np.clip(rows // _ROWS_TO_A_PLACE, _MIN_VILLAGES, _MAX_VILLAGES))
    towns, points = layers.towns, layers.crossing_points
    spread = (_around_towns, _AT_TOWNS), (_along_tajik_border, _AT_TAJIK_BORDER)
    near = [place(layers, int(share * villages), random) for place, share in spread]
    near.append(_along(layers.borders[Border.DURAND_LINE], villages - sum(len(part) for part in near), random))
    named = np.concatenate(
        [np.column_stack([towns.geometry.x, towns.geometry.y]), [[point.lon, point.lat] for point in points]]
    )
    lon, lat = np.concatenate([named, *near]).round(4).T
    names = [*towns["name"], *(point.name for point in points), *(f"Synthetic village {n}" for n in range(villages))]
    weight = np.minimum(random.pareto(1.2, len(lon)), _HEAVIEST) + 0.2
    weight[: len(named)] *= 12
    code = locate_province(lon, lat)["province_code"].cat.codes.to_numpy()
    inside = code >= 0
    return Gazetteer(
        name=np.array(names, object)[inside],
        lon=lon[inside],
        lat=lat[inside],
        province=code[inside].astype(np.intp),
        weight=weight[inside] / weight[inside].sum(),
    )


def _around_towns(layers: Boundaries, count: int, random: np.random.Generator) -> Floats:
    towns = layers.towns
    at = random.choice(len(towns), count, p=_shares(1 / towns["rank"].to_numpy(float)))
    lon_lat = np.column_stack([towns.geometry.x, towns.geometry.y])[at]
    return _moved(lon_lat, random.exponential(_AROUND_TOWN_KM, count), random)


def _along_tajik_border(layers: Boundaries, count: int, random: np.random.Generator) -> Floats:
    return _along(layers.borders[Border.AFGHAN_TAJIK_BORDER], count, random)


def _along(border: BorderLine, count: int, random: np.random.Generator) -> Floats:
    """Scatter places along a border, dense around hot spots and thinning out with distance from it."""
    length_km = border.length_km
    spots, width_km = random.uniform(0, length_km, _HOT_SPOTS), random.exponential(18, _HOT_SPOTS)
    spot = random.choice(_HOT_SPOTS, count, p=_shares(random.pareto(1.2, _HOT_SPOTS) + 0.1))
    hot = random.normal(spots[spot], width_km[spot])
    chainage = np.where(random.random(count) < 0.7, hot, random.uniform(0, length_km, count))  # noqa: PLR2004  # share
    return _moved(border.point_at(chainage % length_km), random.exponential(_ACROSS_KM, count), random)


def _moved(lon_lat: Floats, by_km: Floats, random: np.random.Generator) -> Floats:
    turn = random.uniform(0, 360, len(by_km))
    lon, lat, _ = GEOD.fwd(lon_lat[:, 0], lon_lat[:, 1], turn, 1000 * by_km)
    return np.column_stack([lon, lat])


def _shares(weights: Floats) -> Floats:
    return np.asarray(weights / weights.sum(), float)


# The columns of events.

ACLED_COLUMNS: Final = (
    *("event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type"),
    *("actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting"),
    *("iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision"),
    *("source", "source_scale", "notes", "fatalities", "tags", "timestamp"),
)
"""Columns of an ACLED event file, in order."""

_FIRST, _DAYS = np.datetime64("2017-01-01"), 3560
"""The first day and the number of days: 1 January 2017 to 30 September 2026."""
_COUNTRIES: Final = {
    "AF": ("Afghanistan", 4, "South Asia"),
    "PK": ("Pakistan", 586, "South Asia"),
    "TJ": ("Tajikistan", 762, "Caucasus and Central Asia"),
}
_SCALES: Final = ("National", "Subnational", "Other", "New media", "International", "Other-National")
_SOURCES: Final = tuple(f"Synthetic source {number}" for number in range(1, 41))
_MARK: Final = "Synthetic row for tests and benchmarks, no real event:"
_MAX_KILLED: Final = 900

Numbers = npt.NDArray[Any]


def event_rows(numbers: Numbers, rows: int, places: Gazetteer, random: np.random.Generator) -> pa.Table:
    """Return the events with the given numbers, out of `rows`, with the columns ACLED_COLUMNS."""
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
    """Return each province's country as a position in _COUNTRIES."""
    return np.array([list(_COUNTRIES).index(country) for country in boundaries().provinces["country"]])


def _taken(values: Any, at: Numbers) -> pa.Array:
    """Pick texts by position."""
    return pa.array(list(values), pa.string()).take(pa.array(at))


def _joined(*parts: Any, between: str = "") -> Any:
    return pc.binary_join_element_wise(*parts, between)


def _when(numbers: Numbers, rows: int, random: np.random.Generator) -> dict[str, Any]:
    """Draw days, newest first, more of them in some years than in others."""
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
    """Place one event in eight at the centre of its province, as ACLED does if only the province is known."""
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
    """Draw an actor for each role; the first of a role's names is the most frequent."""
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
    return np.where(deadly, np.minimum(1 + np.floor(2.2 * random.pareto(1.7, len(kind))), _MAX_KILLED), 0).astype(int)


def _tags(kind: Numbers) -> pa.Array:
    shown = [each.disorder_type == "Demonstrations" for each in KINDS]
    return _taken(["crowd size=no report" if crowd else "" for crowd in shown], kind)


def _notes(columns: dict[str, Any]) -> pa.Array:
    killed = columns["fatalities"].cast(pa.string())
    words = [f"{_MARK} on", columns["event_date"], "in", _joined(columns["location"], ","), columns["sub_event_type"]]
    return _joined(*words, "by", _joined(columns["actor1"], "."), killed, "fatalities.", between=" ")


# Files. Every row says in `notes` and in `source` that it is synthetic, and its id begins with SYN, unlike ACLED's.

MOST_ROWS: Final = 100_000_000
_BLOCK: Final = 100_000


def synthetic_blocks(rows: int, layers: Boundaries, *, seed: int = 0) -> Iterator[pa.Table]:
    """Yield synthetic events, newest first, in tables of at most 100,000; reproducible by number and seed."""
    places = gazetteer(layers, rows, np.random.default_rng([seed, 0]))
    for block, start in enumerate(range(0, rows, _BLOCK), 1):
        numbers = np.arange(start, min(start + _BLOCK, rows))
        yield event_rows(numbers, rows, places, np.random.default_rng([seed, block]))


def write_synthetic(sink: BinaryIO, rows: int, layers: Boundaries, *, seed: int = 0) -> None:
    """Write synthetic events as a CSV with the columns of an ACLED file, in bounded memory."""
    header = pa.schema([(name, pa.string()) for name in ACLED_COLUMNS]).empty_table()
    options = csv.WriteOptions(include_header=False, quoting_style="needed")
    csv.write_csv(header, sink, csv.WriteOptions(quoting_header="none"))
    for block in synthetic_blocks(rows, layers, seed=seed):
        csv.write_csv(block, sink, options)


# The command.


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command and its arguments."""
    parser.usage = "%(prog)s N -o FILE.csv [--seed S]"
    parser.description = say("help-synth")
    parser.epilog = with_examples(
        say("help-synth-more"),
        "python -m geo synth 10000 -o synthetic.csv",
        "python -m geo synth 1000000 --seed 7 -o million.csv",
    )
    parser.add_argument("rows", type=_count, metavar="N", help=say("help-synth-rows", most=MOST_ROWS))
    parser.add_argument("-o", "--output", required=True, metavar="FILE.csv", help=say("help-output"))
    parser.add_argument("--seed", type=_seed, default=0, metavar="S", help=say("help-synth-seed"))


def run(arguments: argparse.Namespace) -> int:
    """Write the file, completely or not at all."""
    check_output(arguments.output, [])
    if arguments.output == STANDARD_OUTPUT:
        sys.stdout.flush()
        write_synthetic(sys.stdout.buffer, arguments.rows, boundaries(), seed=arguments.seed)
        return 0
    with output_file(arguments.output, "csv") as new, new.open("wb") as file:
        write_synthetic(file, arguments.rows, boundaries(), seed=arguments.seed)
    sys.stderr.write(f"{arguments.output}: {say('cli-synthetic-events', count=arguments.rows)}\n")
    return 0


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_ROWS):
        raise argparse.ArgumentTypeError(say("cli-no-number-of-events", given=repr(text), most=str(MOST_ROWS)))
    return int(text)


def _seed(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= len("999999999")):
        raise argparse.ArgumentTypeError(say("cli-no-seed", given=repr(text)))
    return int(text)
