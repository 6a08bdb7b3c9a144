"""The columns of an export's tables: types, and what each means; the same in every format."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

import pyarrow as pa

from geo.casualties.measures import MEASURES
from geo.incident.vocabulary import (
    AS_POINTS,
    About,
    Category,
    DatePrecision,
    Status,
    borders_in_words,
    codes_in_words,
)
from geo.language.formatting import list_words
from geo.language.messages import catalogue, say

_TEXT = pa.string()
Columns = Sequence[tuple[str, Any, str]]
"""Name, type and meaning of each."""


def schema_of(columns: Columns) -> pa.Schema:
    """Return names and types."""
    return pa.schema([(name, kind) for name, kind, _ in columns])


def meanings_of(columns: Columns) -> Mapping[str, str]:
    """Return meanings by name."""
    return MappingProxyType({name: meaning for name, _, meaning in columns})


_VALUES: Final = {
    "categories": codes_in_words(Category),
    "statuses": codes_in_words(Status),
    "date_precisions": codes_in_words(DatePrecision),
    "points": list_words(AS_POINTS),
    "borders": borders_in_words(),
}
"""What meanings may name."""


def meaning_of(table: str, column: str) -> str:
    """Say what a column means, by a message of its own or by one for every table that has a column of this name."""
    own = f"meaning-{table}-{column}"
    return say(own if own in catalogue() else f"meaning-{column}", **_VALUES)


def described(table: str, *columns: tuple[str, Any]) -> Columns:
    """Add to names and types what each means."""
    return tuple((name, kind, meaning_of(table, name)) for name, kind in columns)


_INT: Final = pa.int64()


def _toll_columns(about: About) -> Columns:
    parts = (("low", _INT), ("high", _INT), ("or_more", pa.bool_()), ("differ", _TEXT), ("ratio", pa.float64()))
    values = {"about": about, "column": f"{about}_high"}
    return [(f"{about}_{part}", kind, say(f"meaning-people-{part}", **values)) for part, kind in parts]


def _cluster_columns(about: About) -> Columns:
    named = f"cluster_{about}"
    return [
        (f"{named}_low", _INT, say("meaning-cluster-low", about=about)),
        (f"{named}_high", _INT, say("meaning-cluster-high", about=about)),
        (f"{named}_or_more", pa.bool_(), say("meaning-people-or_more", column=f"{named}_high")),
    ]


_INCIDENT: Final = (
    *described(
        "incidents",
        ("id", _TEXT),
        ("dataset", _TEXT),
        ("category", _TEXT),
        ("subtype", _TEXT),
        ("status", _TEXT),
        ("title", _TEXT),
        ("summary", _TEXT),
        ("date_start", pa.date32()),
        ("date_end", pa.date32()),
        ("date_precision", _TEXT),
        ("when", _TEXT),
        ("place", _TEXT),
        ("district", _TEXT),
        ("province", _TEXT),
        ("province_code", _TEXT),
        ("provinces", _TEXT),
        ("province_codes", _TEXT),
        ("country", _TEXT),
        ("location_precision", _TEXT),
        ("lon", pa.float64()),
        ("lat", pa.float64()),
        ("uncertainty_km", pa.float64()),
        ("actors", _TEXT),
        ("event_group", _TEXT),
    ),
    *(column for about in MEASURES for column in _toll_columns(about)),
    *described(
        "incidents",
        ("crossed_flows", _TEXT),
    ),
    *(column for about in MEASURES for column in _cluster_columns(about)),
    *described(
        "incidents",
        ("cluster_claims", _TEXT),
        ("toll_rule", _TEXT),
        ("claim_count", pa.int32()),
        ("claims_in_words", _TEXT),
        ("source_count", pa.int32()),
        ("source_urls", _TEXT),
        ("border", _TEXT),
        ("border_km", pa.float64()),
        ("chainage_km", pa.float64()),
        ("side", _TEXT),
        ("side_decided", pa.bool_()),
        ("side_probability", pa.float64()),
        ("joined_province_code", _TEXT),
        ("data_version", _TEXT),
    ),
)
_CLAIM: Final = described(
    "claims",
    ("incident", _TEXT),
    ("number", pa.int32()),
    ("by", _TEXT),
    ("claimant", _TEXT),
    ("claimant_side", _TEXT),
    ("claimant_kind", _TEXT),
    ("independent", pa.bool_()),
    ("by_text", _TEXT),
    ("stance", _TEXT),
    ("about", _TEXT),
    ("value", pa.int64()),
    ("low", pa.int64()),
    ("high", pa.int64()),
    ("of", _TEXT),
    ("scope", _TEXT),
    ("note", _TEXT),
    ("source", pa.int32()),
    ("publisher", _TEXT),
    ("url", _TEXT),
)
_SOURCE: Final = described(
    "sources",
    ("incident", _TEXT),
    ("number", pa.int32()),
    ("publisher", _TEXT),
    ("title", _TEXT),
    ("url", _TEXT),
    ("published", pa.date32()),
    ("kind", _TEXT),
    ("archived_url", _TEXT),
)

INCIDENT_SCHEMA: Final = schema_of(_INCIDENT)
"""One row per incident."""
CLAIM_SCHEMA: Final = schema_of(_CLAIM)
"""One row per claim of a selected incident."""
SOURCE_SCHEMA: Final = schema_of(_SOURCE)
"""One row per source of a selected incident."""

COMPUTED: Final = (
    *(
        "when",
        "province_code",
        "province_codes",
        "joined_province_code",
        "border",
        "border_km",
        "chainage_km",
        "side",
        "side_decided",
    ),
    "side_probability",
    *(name for about in MEASURES for name, _, _ in _toll_columns(about)),
    "crossed_flows",
    *(name for about in MEASURES for name, _, _ in _cluster_columns(about)),
    "cluster_claims",
    "toll_rule",
)
"""Of INCIDENT_SCHEMA, what is derived from an incident's record."""

MEANINGS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {"incidents": meanings_of(_INCIDENT), "claims": meanings_of(_CLAIM), "sources": meanings_of(_SOURCE)}
)
"""By table and column, what stands there."""

# The layers of a GeoPackage, and what people call columns where a program shows that beside the name.

_OF_AREA: Final = (
    *described(
        "areas",
        ("area", _TEXT),
        ("area_name", _TEXT),
        ("location_precision", _TEXT),
        ("uncertainty_km", pa.float64()),
        ("incidents", _INT),
    ),
    *((kind.column, _INT, say("meaning-of-category", incidents=kind.incidents)) for kind in Category),
    *described(
        "areas",
        ("category", _TEXT),
        ("status", _TEXT),
        ("dataset", _TEXT),
    ),
)
_LAYERS: Final[Mapping[str, Columns]] = {
    "incidents": (*_INCIDENT, *described("incidents", ("area", _TEXT), ("symbol_px", pa.float64()))),
    "areas": _OF_AREA,
    "stretches": _OF_AREA,
    "uncertainty": described(
        "uncertainty",
        ("category", _TEXT),
        ("lon", pa.float64()),
        ("lat", pa.float64()),
        ("uncertainty_km", pa.float64()),
        ("incidents", _INT),
    ),
    "provinces": described(
        "boundaries", ("province_code", _TEXT), ("province", _TEXT), ("country", _TEXT), ("area_km2", pa.float64())
    ),
    "borders": described("boundaries", ("border", _TEXT)),
    "neighbours": described("neighbours", ("country", _TEXT)),
    "towns": described("boundaries", ("name", _TEXT), ("country", _TEXT), ("rank", _INT)),
    "crossing_points": described(
        "boundaries", ("name", _TEXT), ("status_note", _TEXT), ("uncertainty_km", pa.float64())
    ),
    "claims": _CLAIM,
    "sources": _SOURCE,
}
GEOPACKAGE: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {layer: meanings_of(columns) for layer, columns in _LAYERS.items()}
)
"""By layer and column, what stands there."""
AREA_SCHEMA: Final = schema_of(_OF_AREA)
"""One row per area, or stretch of a border, that incidents are known to."""
RING_SCHEMA: Final = schema_of(_LAYERS["uncertainty"])
"""One row per circle that places known nearly lie in."""


def alias_of(column: str) -> str:
    """Return what people call a column."""
    kinds = {kind.column: kind for kind in Category}
    if column in kinds:
        return kinds[column].head
    for about, measure in MEASURES.items():
        if column.startswith(f"cluster_{about}_"):
            return say(f"cluster-alias-{column.removeprefix(f'cluster_{about}_')}", people=measure.words)
        if column.startswith(f"{about}_"):
            return say(f"people-alias-{column.removeprefix(f'{about}_')}", people=measure.words)
    return say(f"alias-{column}")
