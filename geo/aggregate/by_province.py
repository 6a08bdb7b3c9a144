"""Incidents by province: how many, how many disputed, casualties under the counting rule, how many near the border."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from geo.aggregate.classes import DENSITY_KM2, STRETCH_KM, Measure
from geo.incident.record import Incident
from geo.incident.vocabulary import IMPORTED_ONLY, MEASURES, NOT_KNOWN, About, Border, Category
from geo.language.formatting import range_words
from geo.places.boundaries import Boundaries, CrossingPoint, border_length_km
from geo.places.plane import CONFORMAL, WGS84
from geo.selection import Filters
from geo.sentences import NO_FIGURE, NO_PROVINCE_NAME, WITH_OTHERS, cluster_claims, flow_claim
from geo.table.event_index import first_of, last_of
from geo.table.incident_rows import toll_values
from geo.table.incident_table import IncidentTable
from geo.table.queries import TollsBy

# People killed, injured and who crossed, as columns of incidents added up, and how far the claims are apart.

ABOUT_OF_COLUMN: Final[Mapping[str, About]] = MappingProxyType({about.value: about for about in MEASURES})
"""First parts of the columns."""

TOLL_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {"low": "Int64", "high": "Int64", "or_more": "boolean", "without": "Int64", "differ": "Int64", "ratio": "Float64"}
)
"""Last parts of the columns, with pandas' types."""


CLUSTER_CLAIMS: Final = "cluster_claims"
FLOWS: Final = "crossed_flows"


def toll_row(incidents: Sequence[Incident], table: IncidentTable, *, shared: Sequence[Incident] = ()) -> dict[str, Any]:
    """Add up a set of incidents under the table's rule; `shared` are selected with them and have their toll elsewhere.

    For each of ABOUT_OF_COLUMN: `_low` and `_high`, people, None without a figure by the rule; `_or_more` where
    somebody says “at least”; `_without`, how many of the incidents have no figure of their own; `_differ`, of how many
    the accounts name different people; `_ratio`, the highest over the lowest of all claims whatever the rule, None
    without a figure or where the lowest is nobody. `cluster_claims` says in words what is claimed for whole event
    clusters, and `crossed_flows` which figures there are of people who crossed in the course of a closure or of
    returns: both are in no total, unless all incidents of the cluster are among these; empty where there are none.
    """
    row: dict[str, Any] = {}
    claims: list[str] = []
    flows: list[str] = []
    for name, about in ABOUT_OF_COLUMN.items():
        found = table.total(incidents, about, shared=shared)
        row |= toll_values(name, found.toll) | {
            f"{name}_without": found.incidents_without_figure,
            f"{name}_differ": len(found.differing),
            f"{name}_ratio": finite(table.dispute_ratio(incidents, about)),
        }
        claims += cluster_claims(found, about, claimants=table.claimants, clusters=table.event_groups)
        flows += [flow_claim(said, table.claimants) for said in found.flows]
    return row | {CLUSTER_CLAIMS: " | ".join(claims), FLOWS: " | ".join(flows)}


def tolls_by(
    filters: Filters,
    table: IncidentTable,
    own: Mapping[str, Sequence[Incident]],
    by: TollsBy,
    *,
    shared: Mapping[str, Sequence[Incident]] = MappingProxyType({}),
) -> dict[str, dict[str, Any]]:
    """Return the tolls of a selection by key, side by side where several datasets give some: they may overlap.

    Parameters
    ----------
    own
        The record's own incidents of the selection, by the same keys.
    by
        What the keys are of.
    shared
        Those of the selection that lie under a key and have their toll under another.

    Returns
    -------
    dict
        By key, "" for imported incidents without one: what `toll_row` returns, of the record or, where a selection has
        none of it, of the one imported dataset that it has; and `killed_low_` and `killed_high_` with the name of each
        other dataset, people, missing where it gives no figure or does not count under the rule.

    """
    found = table.tolls(filters, by)
    present = set(found["dataset"])
    only = present.pop() if len(present) == 1 and not own else None
    rows = {key: toll_row(own.get(key, ()), table, shared=shared.get(key, ())) for key in {**own, **shared}}
    for dataset, key, figures, low, high in found[["dataset", "key", "figures", "low", "high"]].itertuples(index=False):
        toll = table.toll_of(dataset, low, high) if figures else None
        suffix = "" if dataset == only else f"_{dataset}"
        row = rows.setdefault("" if pd.isna(key) else str(key), toll_row((), table))
        row |= {f"killed_low{suffix}": toll and toll.low, f"killed_high{suffix}": toll and toll.high}
        if not suffix:
            row["killed_or_more"] = toll and toll.or_more
    return rows


def toll_frame(tolls: Mapping[str, Mapping[str, Any]]) -> pd.DataFrame:
    """Return what `tolls_by` does as a frame of a row for each key."""
    types = {f"{name}_{end}": kind for name in ABOUT_OF_COLUMN for end, kind in TOLL_TYPES.items()}
    types |= dict.fromkeys((CLUSTER_CLAIMS, FLOWS), "object")
    found = pd.DataFrame.from_dict(dict(tolls), orient="index") if tolls else pd.DataFrame(columns=list(types))
    return found.astype(types | dict.fromkeys(side_by_side(found.columns), "Int64"))


def side_by_side(names: Iterable[str]) -> list[str]:
    """Return which columns of `tolls_by` are of a dataset beside the first, in their order."""
    return [name for name in names if name.startswith(("killed_low_", "killed_high_"))]


def tolls_beside(rows: pd.DataFrame) -> pd.DataFrame:
    """Write the deaths that datasets beside the first tell, in rows of `by_province`; empty where one tells none.

    A column for each dataset that tells any, by its id. They may overlap and are never added up.
    """
    written: dict[str, list[str]] = {}
    for low, high in zip(*[iter(side_by_side(rows.columns))] * 2, strict=True):
        both = zip(rows[low], rows[high], strict=True)
        written[low.removeprefix("killed_low_")] = ["" if pd.isna(a) else range_words(int(a), int(b)) for a, b in both]
    return pd.DataFrame({name: words for name, words in written.items() if any(words)}, index=rows.index, dtype=object)


def finite(ratio: float | None) -> float | None:
    """Return a ratio that a file can hold, to two decimals; None for none, and where the lowest claim is nobody."""
    return None if ratio is None or math.isinf(ratio) else round(ratio, 2)


def toll_of_row(row: Any, name: str) -> str:
    """Write a toll of a row of `by_province` or `people_by`: 32–258 or more; “no figure” where the incidents have none.

    Where all of them lie in other provinces too, that is said instead. `name` is one of ABOUT_OF_COLUMN.
    """
    low, high = getattr(row, f"{name}_low"), getattr(row, f"{name}_high")
    if pd.isna(low):
        return NO_FIGURE if getattr(row, f"{name}_without") else WITH_OTHERS if getattr(row, "in_several", 0) else ""
    return range_words(int(low), int(high), or_more=bool(getattr(row, f"{name}_or_more")))


# Which crossing points belong to a province: each belongs to one province on either side.


def crossing_points_of(code: str, layers: Boundaries) -> tuple[CrossingPoint, ...]:
    """Return the crossing points of a province, by name; empty for a province without any."""
    return tuple(point for point, codes in _provinces_of(layers) if code in codes)


@cache
def _provinces_of(layers: Boundaries) -> tuple[tuple[CrossingPoint, frozenset[str]], ...]:
    """Return each crossing point, by name, with the nearest province in each of its two countries."""
    ordered = sorted(layers.crossing_points, key=lambda point: point.name)
    places = gpd.GeoSeries.from_xy([p.lon for p in ordered], [p.lat for p in ordered], crs=WGS84).to_crs(CONFORMAL)
    plane = layers.provinces.to_crs(CONFORMAL)
    return tuple(
        (
            point,
            frozenset(
                str(plane.geometry[plane["country"] == country.value].distance(place).idxmin())
                for country in point.countries
            ),
        )
        for point, place in zip(ordered, places, strict=True)
    )


# Incidents by province: how many, how many disputed, what they cost by the table's rule, how dense, when.
# An incident belongs to the province its record reports. One that is reported in several is counted in each of
# them; its toll is given to none, for nobody says how many were where. `without_province` has these tolls, and
# counts the incidents of which they are together with those whose province is not known, so that nothing is lost.

NO_PROVINCE: Final = "none"
"""Index of the row for incidents in several provinces, or in one that is not known."""

CATEGORY_COLUMNS: Final = MappingProxyType({category.column: category for category in Category})
"""Categories by the columns that count them."""
RARE_COLUMNS: Final = tuple(name for name, category in CATEGORY_COLUMNS.items() if category in IMPORTED_ONLY)
"""Shown and written only where they count anything."""


def by_province(filters: Filters, table: IncidentTable, layers: Boundaries) -> pd.DataFrame:
    """Add up the incidents of a selection by the province that their records report.

    Parameters
    ----------
    filters, table
        Which incidents, of which.
    layers
        Whose provinces.

    Returns
    -------
    DataFrame
        One row for each of the 46 provinces, indexed by `province_code`. Counts: `incidents`, `in_several` (how many of
        them lie in other provinces too), those of CATEGORY_COLUMNS, `disputed`. `disputed_share`, 0 to 1, is missing
        without incidents. For `killed`, `injured` and `crossed`, of the incidents that lie in this province alone:
        `_low` and `_high` by the table's rule, people, missing where nobody states a figure; `_or_more` where somebody
        says “at least”; `_without`, `_differ`, `_ratio`, `cluster_claims` and `crossed_flows` as `toll_row` has them.
        `area_km2`, `border_km` (of both borders, missing where there is none), `per_10000_km2` and `per_100_km_border`
        (all of a province's incidents, near the border or not). `first` and `last` are days on which incidents began,
        `first_in_words` and `last_in_words` say when, no more exactly than it is known. `left_out` is true where a
        filter by province or country leaves a province out, and `known_only_coarsely` where one by precision leaves
        none of the incidents that the rest of the selection would.
        Deaths by datasets beside the record are in columns of their own: `geo.aggregate.tolls_by`.

    """
    provinces = layers.provinces[["province", "country", "area_km2"]]
    counts = _counts(filters, table).reindex(provinces.index)
    added = provinces.join(_filled(counts)).join(_tolls(filters, table).reindex(provinces.index))
    added["border_km"] = pd.Series(border_km(layers), dtype=float).reindex(provinces.index)
    return _derived(added).assign(
        known_only_coarsely=_known_only_coarsely(filters, table, added["incidents"]),
        left_out=[filters.in_province(code) is None for code in added.index],
    )


def without_province(filters: Filters, table: IncidentTable) -> pd.DataFrame:
    """Add up the incidents of a selection in several provinces, or in one not known: one row, as of `by_province`.

    `in_several` are the former; each of them is in the rows of its provinces too, without its toll.
    """
    index = pd.Index([NO_PROVINCE], name="province_code")
    counts = _filled(_counts(filters, table).reindex(index))
    added = counts.join(_tolls(filters, table).reindex(index))
    missing = pd.DataFrame({"province": NO_PROVINCE_NAME, "country": None, "area_km2": float("nan")}, index=index)
    return _derived(missing.join(added).assign(border_km=float("nan"))).assign(
        known_only_coarsely=False, left_out=False
    )


def counted_once(counts: pd.DataFrame) -> pd.DataFrame:
    """Keep what counts each incident once, of counts by province: of those in several the one without a province."""
    nowhere = counts["province_code"].isna() | (counts["province_code"] == NO_PROVINCE)
    return counts[nowhere | ~counts["several"].astype(bool)]


def province_not_known(filters: Filters, table: IncidentTable) -> int:
    """Count the incidents of a selection whose province is not known."""
    here = filters.in_province(NOT_KNOWN)
    return 0 if here is None else table.count(here)


def border_km(layers: Boundaries) -> dict[str, float]:
    """Return how many kilometres of the two borders each province has, by code; those without are left out."""
    return {code: sum(parts.values()) for code, parts in border_parts(layers).items()}


@cache
def border_parts(layers: Boundaries) -> Mapping[str, Mapping[Border, float]]:
    """Return each province's kilometres of each border, by code and border; takes a third of a second."""
    parts: defaultdict[str, dict[Border, float]] = defaultdict(dict)
    for border, line in layers.borders.items():
        for code, length_km in border_length_km(layers.provinces, line).items():
            parts[code][border] = length_km
    return MappingProxyType(parts)


def _counts(filters: Filters, table: IncidentTable) -> pd.DataFrame:
    """Count by province code, NO_PROVINCE among them; only provinces that have incidents."""
    months = table.province_months(filters)
    months = months.assign(province_code=months["province_code"].fillna(NO_PROVINCE))
    grouped = months.groupby("province_code")
    counts = grouped.agg(
        incidents=("incidents", "sum"), disputed=("disputed", "sum"), first=("first", "min"), last=("last", "max")
    )
    counts["in_several"] = months[months["several"].astype(bool)].groupby("province_code")["incidents"].sum()
    kinds = months.pivot_table(index="province_code", columns="category", values="incidents", aggfunc="sum")
    for name, category in CATEGORY_COLUMNS.items():
        counts[name] = kinds.get(category.value, 0)
    return counts


def _filled(counts: pd.DataFrame) -> pd.DataFrame:
    numbers = ["incidents", "in_several", *CATEGORY_COLUMNS, "disputed"]
    whole = {name: counts[name].astype(float).fillna(0).astype(int) for name in numbers}
    days: dict[str, pd.Series] = {}
    for name, unpacked in (("first", first_of), ("last", last_of)):
        found = [None if pd.isna(packed) else unpacked(packed) for packed in counts[name]]
        days[name] = pd.Series([when and when.start for when in found], counts.index, dtype="datetime64[s]")
        days[f"{name}_in_words"] = pd.Series([when and when.words for when in found], counts.index, dtype="string")
    return pd.DataFrame({**whole, **days}, index=counts.index)


def _tolls(filters: Filters, table: IncidentTable) -> pd.DataFrame:
    inside: defaultdict[str, list[Incident]] = defaultdict(list)  # "" as for imported incidents without one
    shared: defaultdict[str, list[Incident]] = defaultdict(list)
    for incident in table.curated(filters):
        codes = table.provinces_of(incident)
        inside[codes[0] if len(codes) == 1 else ""].append(incident)
        for code in codes if len(codes) > 1 else ():
            if filters.in_province(code):
                shared[code].append(incident)
    tolls = tolls_by(filters, table, inside, TollsBy.PROVINCE, shared=shared)
    return toll_frame({code or NO_PROVINCE: row for code, row in tolls.items()})


def _derived(added: pd.DataFrame) -> pd.DataFrame:
    incidents = added["incidents"]
    return added.assign(
        **{
            f"{name}_{part}": added[f"{name}_{part}"].fillna(0)
            for name in ABOUT_OF_COLUMN
            for part in ("without", "differ")
        },
        **{name: added[name].fillna("") for name in (CLUSTER_CLAIMS, FLOWS)},
        disputed_share=(added["disputed"] / incidents).where(incidents > 0),
        per_10000_km2=incidents * DENSITY_KM2 / added["area_km2"],
        per_100_km_border=incidents * STRETCH_KM / added["border_km"],
    )


def _known_only_coarsely(filters: Filters, table: IncidentTable, incidents: pd.Series) -> pd.Series:
    if not filters.precision:
        return pd.Series(data=False, index=incidents.index)
    otherwise = _counts(filters.without("precision"), table)["incidents"].reindex(incidents.index)
    return (incidents == 0) & (otherwise.astype(float).fillna(0) > 0)


# What classes are made from when they are to stay the same while the year changes.

_TIME = ("year", "since", "until")


def yearly_values(filters: Filters, table: IncidentTable, layers: Boundaries, measure: Measure) -> pd.Series:
    """Return a measure of each province in each single year, whatever years are selected; not missing.

    Index levels are year and province_code. The other filters hold.
    """
    anytime = filters.without(*_TIME)
    years = sorted(set(pd.DatetimeIndex(table.months(anytime)["month"]).year))
    each = {
        year: measure.of(by_province(Filters.from_query(anytime.to_query() | {"year": [str(year)]}), table, layers))
        for year in years
    }
    values = pd.concat(each, names=["year", "province_code"]) if each else pd.Series(dtype=float)
    return values.dropna()
