"""The published mapping tables: kinds of events, precision codes, names of countries and columns."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from geo.incident.vocabulary import Category, Country, DatePrecision, LocationPrecision, Subtype

_FOLDER: Final = Path(__file__).resolve().parent
TABLES: Final = tuple(sorted(path.stem for path in _FOLDER.glob("*.csv")))
"""Names of the tables, as in docs/imports.md."""


@dataclass(frozen=True, slots=True, kw_only=True)
class What:
    """The kind of incident that a dataset's kind of event becomes."""

    category: Category
    subtype: Subtype
    words: str
    """Its name in a title."""


UNCLASSIFIED: Final = What(category=Category.OTHER, subtype=Subtype.UNCLASSIFIED, words="Incident")


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """Location precision and radius of a precision code; no radius if it depends on the province."""

    precision: LocationPrecision
    uncertainty_km: float | None


def table(name: str) -> list[dict[str, str]]:
    """Read a table, one dictionary per line."""
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def places_by_code(dataset: str, field: str) -> Mapping[int, Where]:
    """Return location precisions by a dataset's precision codes."""
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
    """Return date precisions by a dataset's precision codes."""
    lines = (line for line in table("precision_codes") if (line["dataset"], line["field"]) == (dataset, field))
    return MappingProxyType({int(line["code"]): DatePrecision(line["precision"]) for line in lines})


@cache
def countries_by(column: str) -> Mapping[str, Country]:
    """Return countries by each `;`-separated name or code in a column of their table."""
    return MappingProxyType(
        {name: Country(line["country"]) for line in table("country_names") for name in line[column].split(";")}
    )


@cache
def kinds_in(name: str, *keys: str) -> Mapping[tuple[str, ...], What]:
    """Return kinds by the codes in the given columns of a publisher's table, in lower case."""
    return MappingProxyType(
        {
            tuple(line[key].lower() for key in keys): What(
                category=Category(line["category"]), subtype=Subtype(line["subtype"]), words=line["words"]
            )
            for line in table(name)
        }
    )
