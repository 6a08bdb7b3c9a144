"""Incidents by province: how many, how many disputed, what they cost by the table's rule, how dense, when.

An incident belongs to the province its record reports. Those that span several, or whose province is not known, are in
no province; `without_province` counts them, so that nothing is lost.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

import pandas as pd

from geo.aggregate.measure import DENSITY_KM2, STRETCH_KM
from geo.aggregate.tolls import TOLL_TYPES, TOLLS, side_by_side, tolls_by
from geo.boundaries import Boundaries, border_length_km
from geo.filters import Filters
from geo.incident import Incident
from geo.nearest_border import AFGHAN_TAJIK_BORDER, DURAND_LINE
from geo.table import IncidentTable, TollsBy
from geo.vocabulary import Category

NO_PROVINCE: Final = "none"
"""Index of the row for incidents that are in no one province."""
NO_PROVINCE_NAME: Final = "Several or not known"

_CATEGORIES: Final = MappingProxyType(
    {
        Category.CROSSING: "crossings",
        Category.STRIKE: "strikes",
        Category.CLASH: "clashes",
        Category.OTHER: "others",
    }
)


def by_province(filters: Filters, table: IncidentTable, layers: Boundaries) -> pd.DataFrame:
    """Add up the incidents of a choice by the province that their records report.

    Parameters
    ----------
    filters, table
        Which incidents, of which.
    layers
        Whose provinces.

    Returns
    -------
    DataFrame
        One row for each of the 46 provinces, indexed by `province_code`. Counts: `incidents`, `crossings`, `strikes`,
        `clashes`, `others`, `disputed`. `disputed_share`, 0 to 1, is missing without incidents. For `killed`, `injured`
        and `crossed`: `_low` and `_high` by the table's rule, people, missing where nobody states a figure; `_or_more`
        where somebody says “at least”; `_split`, how many event groups count with the toll of the whole though only a
        part is in the row, so that these columns must not be added up; `_ratio`, the highest over the lowest of all
        claims whatever the rule, missing without a figure or where the lowest is nobody. `area_km2`, `border_km` (of
        both borders, missing where there is none), `per_10000_km2` and `per_100_km_border` (all of a province's
        incidents, near the border or not). `first` and `last` are days on which incidents began. `known_only_coarsely`
        is true where a choice by precision leaves none of the incidents that the rest of the choice would.
        Deaths by datasets beside the record are in columns of their own: `geo.aggregate.tolls_by`.

    """
    provinces = layers.provinces[["province", "country", "area_km2"]]
    counts = _counts(filters, table).reindex(provinces.index)
    added = provinces.join(_filled(counts)).join(_tolls(filters, table, layers).reindex(provinces.index))
    added["border_km"] = pd.Series(border_km(layers), dtype=float).reindex(provinces.index)
    return _derived(added).assign(known_only_coarsely=_known_only_coarsely(filters, table, added["incidents"]))


def without_province(filters: Filters, table: IncidentTable, layers: Boundaries) -> pd.DataFrame:
    """Add up the incidents of a choice that are in no one province: one row with the columns of `by_province`."""
    index = pd.Index([NO_PROVINCE], name="province_code")
    counts = _filled(_counts(filters, table).reindex(index))
    added = counts.join(_tolls(filters, table, layers).reindex(index))
    missing = pd.DataFrame({"province": NO_PROVINCE_NAME, "country": None, "area_km2": float("nan")}, index=index)
    return _derived(missing.join(added).assign(border_km=float("nan"))).assign(known_only_coarsely=False)


def border_km(layers: Boundaries) -> dict[str, float]:
    """Return how many kilometres of the two borders each province has, by code; those without are left out."""
    return {code: sum(parts.values()) for code, parts in border_parts(layers).items()}


@cache
def border_parts(layers: Boundaries) -> Mapping[str, Mapping[str, float]]:
    """Return each province's kilometres of each border, by code and by the border's name; takes a third of a second."""
    parts: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for name, line in ((DURAND_LINE, layers.durand_line), (AFGHAN_TAJIK_BORDER, layers.afghan_tajik_border)):
        for code, length_km in border_length_km(layers.provinces, line).items():
            parts[code][name] = length_km
    return MappingProxyType(parts)


def _counts(filters: Filters, table: IncidentTable) -> pd.DataFrame:
    """Count by province code, NO_PROVINCE among them; only provinces that have incidents."""
    months = table.province_months(filters)
    months = months.assign(province_code=months["province_code"].fillna(NO_PROVINCE))
    grouped = months.groupby("province_code")
    counts = grouped.agg(
        incidents=("incidents", "sum"), disputed=("disputed", "sum"), first=("first", "min"), last=("last", "max")
    )
    kinds = months.pivot_table(index="province_code", columns="category", values="incidents", aggfunc="sum")
    for category, name in _CATEGORIES.items():
        counts[name] = kinds.get(category.value, 0)
    return counts


def _filled(counts: pd.DataFrame) -> pd.DataFrame:
    numbers = ["incidents", *_CATEGORIES.values(), "disputed"]
    whole = {name: counts[name].astype(float).fillna(0).astype(int) for name in numbers}
    days = {name: pd.to_datetime(counts[name]) for name in ("first", "last")}
    return pd.DataFrame({**whole, **days}, index=counts.index)


def _tolls(filters: Filters, table: IncidentTable, layers: Boundaries) -> pd.DataFrame:
    inside: defaultdict[str, list[Incident]] = defaultdict(list)
    for incident in table.curated(filters):
        code = incident.province and layers.province_named(incident.province, incident.country)
        inside[code or NO_PROVINCE].append(incident)
    rows = {code or NO_PROVINCE: row for code, row in tolls_by(filters, table, inside, TollsBy.PROVINCE).items()}
    types = {f"{name}_{end}": kind for name in TOLLS for end, kind in TOLL_TYPES.items()}
    found = pd.DataFrame.from_dict(rows, orient="index") if rows else pd.DataFrame(columns=list(types))
    return found.astype(types | dict.fromkeys(side_by_side(found.columns), "Int64"))


def _derived(added: pd.DataFrame) -> pd.DataFrame:
    incidents = added["incidents"]
    return added.assign(
        **{f"{name}_split": added[f"{name}_split"].fillna(0) for name in TOLLS},
        disputed_share=(added["disputed"] / incidents).where(incidents > 0),
        per_10000_km2=incidents * DENSITY_KM2 / added["area_km2"],
        per_100_km_border=incidents * STRETCH_KM / added["border_km"],
    )


def _known_only_coarsely(filters: Filters, table: IncidentTable, incidents: pd.Series) -> pd.Series:
    if not filters.precision:
        return pd.Series(data=False, index=incidents.index)
    otherwise = _counts(filters.without("precision"), table)["incidents"].reindex(incidents.index)
    return (incidents == 0) & (otherwise.astype(float).fillna(0) > 0)
