"""Which column of a plain file holds what, guessed from the columns' names, for the user to confirm."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import pyarrow as pa

from geo.folding import fold
from geo.imports.block import ROW

PLAIN_FIELDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "id": ("id", "event id", "incident id", "uid", "uuid", "nr", "no", "number", "globaleventid"),
        "date_start": (
            *("date start", "start date", "date", "event date", "day", "incident date", "start", "when", "begin date"),
            *("تاریخ", "дата"),
        ),
        "date_end": ("date end", "end date", "end", "until"),
        "date_precision": ("date precision", "time precision"),
        "latitude": ("latitude", "lat", "y", "point y", "lat dd", "gps latitude", "عرض جغرافیایی", "широта"),
        "longitude": (
            "longitude",
            "lon",
            "lng",
            "long",
            "x",
            "point x",
            "lon dd",
            "gps longitude",
            "طول جغرافیایی",
            "долгота",
        ),
        "location_precision": ("location precision", "precision", "geo precision"),
        "uncertainty_km": ("uncertainty km", "radius km", "uncertainty", "accuracy km"),
        "country": ("country", "country name", "adm0 en", "adm0 name", "admin0", "کشور", "страна"),
        "province": (
            "province",
            "admin1",
            "adm1",
            "adm 1",
            "adm1 en",
            "adm1 name",
            "region",
            "wilayat",
            "ولایت",
            "область",
        ),
        "district": (
            "district",
            "admin2",
            "adm2",
            "adm 2",
            "adm2 en",
            "adm2 name",
            "tehsil",
            "agency",
            "ولسوالی",
            "район",
        ),
        "place": ("place", "location", "location name", "village", "town", "site", "locality", "where", "محل", "место"),
        "category": ("category", "event type", "type", "incident type", "kind"),
        "subtype": ("subtype", "sub type", "sub event type", "subcategory"),
        "title": ("title", "headline", "name", "event"),
        "summary": ("summary", "notes", "description", "details", "comment", "comments", "narrative"),
        "actors": ("actors", "actor", "actor1", "actor 1", "side a", "perpetrator", "group", "by"),
        "actor_2": ("actor2", "actor 2", "side b", "target", "victim"),
        "killed": ("killed", "deaths", "fatalities", "dead", "best", "killed best", "kia", "کشته", "убито"),
        "killed_low": ("killed low", "low", "deaths low", "killed min", "min killed"),
        "killed_high": ("killed high", "high", "deaths high", "killed max", "max killed"),
        "source": ("source", "sources", "publisher", "reported by"),
        "url": ("url", "link", "source url", "sourceurl", "web"),
    }
)
"""Fields that a plain file can be mapped to, each with the column names that are taken for it."""

NEEDED: Final = ("date_start",)
"""Fields without which no row can be an incident; a country or coordinates are needed as well."""


def guess_columns(sample: pa.Table) -> dict[str, str]:
    """Return the column of a file for each field that can be guessed; each column is used once."""
    named = {_plain(name): name for name in reversed(sample.column_names) if name != ROW}
    guessed: dict[str, str] = {}
    for field, names in PLAIN_FIELDS.items():
        for name in names:
            if name in named and named[name] not in guessed.values():
                guessed[field] = named[name]
                break
    return guessed


def _plain(name: str) -> str:
    """Write a column's name as words.

    >>> _plain("EventDate"), _plain("killed_low")
    ('event date', 'killed low')
    """
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return " ".join(fold(re.sub(r"[\W_]+", " ", spaced)).split())
