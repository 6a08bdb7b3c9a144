"""The published tables of the mapping: which event type is which category, and what precision codes mean."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from geo.vocabulary import Category, Country, DatePrecision, LocationPrecision, Subtype

TABLES: Final = (
    "acled_event_types",
    "ucdp_types_of_violence",
    "gdelt_cameo_codes",
    "precision_codes",
    "country_names",
    "province_names",
)
"""Names of the tables, as in docs/imports.md."""

_FOLDER: Final = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True, kw_only=True)
class What:
    """What kind of incident a dataset's kind of event is."""

    category: Category
    subtype: Subtype
    words: str
    """How a title calls it."""


UNCLASSIFIED: Final = What(category=Category.OTHER, subtype=Subtype.UNCLASSIFIED, words="Incident")


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """How well a place is known by a precision code; no radius where it depends on the province."""

    precision: LocationPrecision
    uncertainty_km: float | None


def table(name: str) -> list[dict[str, str]]:
    """Read a table, one dictionary per line."""
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def acled_kinds() -> Mapping[tuple[str, ...], What]:
    """Return kinds by event type and sub-event type, both in lower case; "" for any other sub-event type."""
    return _kinds("acled_event_types", ("event_type", "sub_event_type"))


@cache
def ucdp_kinds() -> Mapping[tuple[str, ...], What]:
    """Return kinds by type of violence."""
    return _kinds("ucdp_types_of_violence", ("type_of_violence",))


@cache
def cameo_kinds() -> Mapping[tuple[str, ...], What]:
    """Return kinds by CAMEO code; the longest beginning of an event's code counts."""
    return _kinds("gdelt_cameo_codes", ("code",))


@cache
def places_by_code(dataset: str, field: str) -> Mapping[int, Where]:
    """Return how well a place is known, by the dataset's precision code."""
    lines = (line for line in table("precision_codes") if (line["dataset"], line["field"]) == (dataset, field))
    return MappingProxyType(
        {
            int(line["code"]): Where(
                precision=LocationPrecision(line["precision"]),
                uncertainty_km=float(line["uncertainty_km"]) if line["uncertainty_km"] else None,
            )
            for line in lines
        }
    )


@cache
def dates_by_code(dataset: str, field: str) -> Mapping[int, DatePrecision]:
    """Return how well a time is known, by the dataset's precision code."""
    lines = (line for line in table("precision_codes") if (line["dataset"], line["field"]) == (dataset, field))
    return MappingProxyType({int(line["code"]): DatePrecision(line["precision"]) for line in lines})


@cache
def countries_by(column: str) -> Mapping[str, Country]:
    """Return countries by a column of their table: each `;`-separated name or code."""
    return MappingProxyType(
        {name: Country(line["country"]) for line in table("country_names") for name in line[column].split(";")}
    )


def _kinds(name: str, keys: tuple[str, ...]) -> Mapping[tuple[str, ...], What]:
    return MappingProxyType(
        {
            tuple(line[key].lower() for key in keys): What(
                category=Category(line["category"]), subtype=Subtype(line["subtype"]), words=line["words"]
            )
            for line in table(name)
        }
    )
