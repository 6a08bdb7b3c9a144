"""The columns of an export's tables: types, and what each means; the same in every format."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

import pyarrow as pa

from geo.casualties.measures import MEASURES
from geo.incident.vocabulary import AS_POINTS, About, Category, DatePrecision, Status, codes_in_words
from geo.language.number_words import list_words

_TEXT = pa.string()
Columns = Sequence[tuple[str, Any, str]]
"""Name, type and meaning of each."""


def schema_of(columns: Columns) -> pa.Schema:
    """Return names and types."""
    return pa.schema([(name, kind) for name, kind, _ in columns])


def meanings_of(columns: Columns) -> Mapping[str, str]:
    """Return meanings by name."""
    return MappingProxyType({name: meaning for name, _, meaning in columns})


def _toll_columns(about: About) -> list[tuple[str, Any, str]]:
    return [
        (
            f"{about}_low",
            pa.int64(),
            f"People {about} in this incident, lowest figure under toll_rule; empty where nobody gives one",
        ),
        (f"{about}_high", pa.int64(), f"People {about} in this incident, highest figure under toll_rule"),
        (f"{about}_or_more", pa.bool_(), f"Whether somebody says “at least” {about}_high"),
        (
            f"{about}_differ",
            _TEXT,
            f"Where accounts of the {about} name different people, civilians or militants: which and by whom",
        ),
        (
            f"{about}_ratio",
            pa.float64(),
            "Highest over lowest of all claims, whatever the rule; empty without a figure, or where the lowest is 0",
        ),
    ]


def _cluster_columns(about: About) -> list[tuple[str, Any, str]]:
    whole = f"People {about}, as claimed for the whole event_group"
    return [
        (f"cluster_{about}_low", pa.int64(), f"{whole}, lowest figure; the same in each of its rows: never add it up"),
        (f"cluster_{about}_high", pa.int64(), f"{whole}, highest figure; likewise"),
        (f"cluster_{about}_or_more", pa.bool_(), f"Whether somebody says “at least” cluster_{about}_high"),
    ]


_INCIDENT: Final = (
    ("id", _TEXT, "The incident's id"),
    ("dataset", _TEXT, "Where it is from; curated is the store itself"),
    ("category", _TEXT, codes_in_words(Category)),
    ("subtype", _TEXT, "What exactly, within the category"),
    ("status", _TEXT, f"{codes_in_words(Status)}: whether the core of the incident is accepted, not its toll"),
    ("title", _TEXT, "Title"),
    ("summary", _TEXT, "Summary"),
    ("date_start", pa.date32(), "First day; where date_precision is not day, the first that is possible"),
    ("date_end", pa.date32(), "Last day, inclusive, or the last that is possible; empty where no end is on record"),
    ("date_precision", _TEXT, f"{codes_in_words(DatePrecision)}: how well the time is known"),
    ("when", _TEXT, "When, in words that are no more exact than the day is known"),
    ("place", _TEXT, "Place as reported"),
    ("district", _TEXT, "District (admin-2) as reported"),
    ("province", _TEXT, "Province (admin-1) as reported, of several the first; empty where not known or none is first"),
    ("province_code", _TEXT, "Its ISO 3166-2 code"),
    ("provinces", _TEXT, "All provinces that it lies in as reported, separated by semicolons"),
    ("province_codes", _TEXT, "Their ISO 3166-2 codes, separated by semicolons"),
    ("country", _TEXT, "ISO 3166-1 alpha-2"),
    ("location_precision", _TEXT, f"How well the place is known; only {list_words(AS_POINTS)} may be drawn as points"),
    ("lon", pa.float64(), "Degrees WGS84, best point for the place; read it with uncertainty_km"),
    ("lat", pa.float64(), "Degrees WGS84, likewise"),
    ("uncertainty_km", pa.float64(), "Radius in km; for a border segment half its length"),
    ("actors", _TEXT, "Who took part, separated by semicolons"),
    ("event_group", _TEXT, "Joins incidents of one event cluster"),
    *(column for about in MEASURES for column in _toll_columns(about)),
    (
        "crossed_flows",
        _TEXT,
        "Figures of people who crossed in the course of a closure or of returns, each for its day; never add them up",
    ),
    *(column for about in MEASURES for column in _cluster_columns(about)),
    (
        "cluster_claims",
        _TEXT,
        "The same in words: by whom, days and places of the cluster, how many of its incidents are selected",
    ),
    ("toll_rule", _TEXT, "The rule under which every figure for people in this row was made"),
    ("claim_count", pa.int32(), "How many claims the record holds"),
    ("claims_in_words", _TEXT, "Who says what, claims separated by |"),
    ("source_count", pa.int32(), "How many sources the record holds"),
    ("source_urls", _TEXT, "Their addresses, separated by spaces"),
    ("border", _TEXT, "The nearer of the two borders"),
    ("border_km", pa.float64(), "Distance to it from the best point, km"),
    ("chainage_km", pa.float64(), "Place along it from its south-western end, km"),
    ("side", _TEXT, "Country on whose side the best point lies, ISO 3166-1 alpha-2"),
    (
        "side_decided",
        pa.bool_(),
        "True where side_probability is 1; if imported and without one, where border_km is over uncertainty_km",
    ),
    (
        "side_probability",
        pa.float64(),
        "How likely that side is, any spot as likely; empty for a stretch of border, or if imported in a large file",
    ),
    ("joined_province_code", _TEXT, "ISO 3166-2 code of the province that the best point lies in"),
    ("data_version", _TEXT, "SHA-256 of the data that the row was made from"),
)
_CLAIM: Final = (
    ("incident", _TEXT, "The incident's id"),
    ("number", pa.int32(), "Position among the incident's claims, from 1"),
    ("by", _TEXT, "The claimant's id"),
    ("claimant", _TEXT, "Who says it"),
    ("claimant_side", _TEXT, "Country or party that the claimant speaks for"),
    ("claimant_kind", _TEXT, "What kind of claimant"),
    ("independent", pa.bool_(), "Whether the claimant is independent of the parties"),
    ("by_text", _TEXT, "The speaker as quoted"),
    ("stance", _TEXT, "asserts, denies, acknowledges or unconfirmed"),
    ("about", _TEXT, "What the claim is about"),
    ("value", pa.int64(), "An exact figure"),
    ("low", pa.int64(), "At least"),
    ("high", pa.int64(), "Up to"),
    ("of", _TEXT, "Whose loss, or what"),
    ("scope", _TEXT, "What the figure covers: incident, group (the whole event cluster), cumulative (never add it up)"),
    ("note", _TEXT, "Note"),
    ("source", pa.int32(), "Number of its source among the incident's sources, from 1"),
    ("publisher", _TEXT, "That source's publisher"),
    ("url", _TEXT, "That source's address"),
)
_SOURCE: Final = (
    ("incident", _TEXT, "The incident's id"),
    ("number", pa.int32(), "Position among the incident's sources, from 1"),
    ("publisher", _TEXT, "Publisher"),
    ("title", _TEXT, "Title"),
    ("url", _TEXT, "Address"),
    ("published", pa.date32(), "Day of publication"),
    ("kind", _TEXT, "outlet, agency, official, aggregator_or_mirror or seed"),
    ("archived_url", _TEXT, "Address of an archived copy"),
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
