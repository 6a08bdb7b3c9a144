"""Groups of many incidents in the compact form that `static/map/many.js` reads.

Deaths stand in a group by dataset, each under the rule: what two datasets tell of the same ground is never added.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from geo.incident import Incident
from geo.symbols import symbol_diameter_px
from geo.table.clusters import Badge, Cell, Clusters, Counts, Killed, Single
from geo.vocabulary import Category, DatePrecision
from geo.webmap.marks import member_mark
from geo.wording import MONTHS, day_words, range_words

_PLACES: Final = 5
"""Decimals of a degree: about a metre."""


def group_marks(
    clusters: Clusters, *, names: Mapping[str, str], record: Callable[[str], Incident | None]
) -> dict[str, Any]:
    """Return what the map draws of a choice around a view.

    Parameters
    ----------
    clusters
        As the table found them.
    names
        What datasets are called beside their numbers of deaths, by id; empty where there is one dataset only.
    record
        Finds an incident of the curated record by its id, None for an imported one: only the record's have titles that
        somebody wrote.

    """
    covers = clusters.covers
    return {
        "covers": [covers.west, covers.south, covers.east, covers.north],
        "groups": [
            *(_cell(cell, names) for cell in clusters.cells),
            *(_badge(badge, names) for badge in clusters.badges),
        ],
        "points": [_point(single, record(single.id)) for single in clusters.singles],
    }


def listed_marks(group: Cell | Badge, incidents: Sequence[Incident]) -> dict[str, Any]:
    """Return the list of a group's incidents, which may be fewer than it stands for."""
    if isinstance(group, Badge):
        name = f"somewhere in {group.name}"
    else:
        name = "in one place" if group.bounds is None else "close together"
    return {
        "name": name,
        "at": [round(group.lat, _PLACES), round(group.lon, _PLACES)],
        "total": group.count,
        "of": [member_mark(incident) for incident in incidents],
    }


def _group(group: Cell | Badge, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "key": group.key,
        "at": [round(group.lat, _PLACES), round(group.lon, _PLACES)],
        "n": group.count,
        "c": _numbers(group.counts),
        "k": killed_words(group.killed, names),
    }


def _cell(cell: Cell, names: Mapping[str, str]) -> dict[str, Any]:
    box = cell.bounds
    if box is None:
        return _group(cell, names)
    edges = (box.west, box.south, box.east, box.north)
    return {**_group(cell, names), "box": [round(edge, _PLACES) for edge in edges]}


def _badge(badge: Badge, names: Mapping[str, str]) -> dict[str, Any]:
    return {**_group(badge, names), "s": badge.disputed, "kind": badge.kind.value, "name": badge.name}


def _numbers(counts: Counts) -> list[int]:
    """Return a number for every category, in the vocabulary's order."""
    found = dict(counts)
    return [found.get(category, 0) for category in Category]


def killed_words(killed: Sequence[Killed], names: Mapping[str, str]) -> list[str]:
    """Say how many were killed by each dataset's word."""
    return [_killed(one, f"{names[one.dataset]}: " if names else "") for one in killed]


def _killed(killed: Killed, whose: str) -> str:
    return f"{whose}{range_words(killed.low, killed.high, or_more=killed.or_more)} killed"


def _point(single: Single, recorded: Incident | None) -> dict[str, Any]:
    return {
        "id": single.id,
        "c": single.category.value,
        "s": single.status.value,
        "t": recorded.title if recorded else f"{single.subtype.words.capitalize()}, {single.place}",
        "w": began_words(single),
        "at": [round(single.lat, _PLACES), round(single.lon, _PLACES)],
        "p": single.place,
        "k": "no figure for deaths" if single.killed is None else _killed(single.killed, ""),
        "d": symbol_diameter_px(single.killed.high if single.killed else None),
        "r": single.uncertainty_km,
    }


def began_words(single: Single) -> str:
    """Say when an incident began, and no more exactly than it is known."""
    start = single.date_start
    return {
        DatePrecision.DAY: day_words(start),
        DatePrecision.WEEK: f"about {day_words(start)}",
        DatePrecision.MONTH: f"{MONTHS[start.month - 1]} {start.year}, day not known",
        DatePrecision.YEAR: f"{start.year}, month not known",
    }[single.date_precision]
