"""Incidents by province, and provinces in classes for a choropleth."""

import math
import re
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import nonmember
from functools import cache
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.incident.record import Incident
from geo.incident.vocabulary import IMPORTED_ONLY, MEASURES, NOT_KNOWN, About, Border, Category, Registry
from geo.language.messages import Words, number_words, range_words, say
from geo.places.boundaries import Boundaries, CrossingPoint, border_length_km
from geo.places.plane import CONFORMAL, WGS84
from geo.selection import Filters
from geo.sentences import NO_FIGURE, NO_PROVINCE_NAME, WITH_OTHERS, cluster_claims, flow_claim
from geo.table.event_index import first_of, last_of
from geo.table.incident_rows import toll_values
from geo.table.incident_table import IncidentTable
from geo.table.queries import TollsBy

# Measures of `by_province` that a map can show: their columns and units.

DENSITY_KM2: Final = 10_000
STRETCH_KM: Final = 100


class Measure(Registry):
    """A number per province."""

    INCIDENTS = "incidents", "incidents", 0, False
    DENSITY = "density", "per_10000_km2", 2, False
    BORDER = "border", "per_100_km_border", 2, False
    DISPUTED = "disputed", "disputed_share", 0, False
    DEATHS_HIGHEST = "deaths-highest", "killed_high", 0, True
    DEATHS_LOWEST = "deaths-lowest", "killed_low", 0, True
    INJURED = "injured", "injured_high", 0, True
    CROSSED = "crossed", "crossed_high", 0, True
    RATIO = "dispute-ratio", "killed_ratio", 1, False

    column: str
    """Its column in `by_province`."""
    decimals: int
    """Number of decimals, used both to write values and to class them."""
    counts_people: bool
    """Whether it is a number of people, which depends on the table's rule."""
    label = nonmember(Words("measure"))

    @property
    def is_raw_count(self) -> bool:
        """Whether large provinces stand out by size alone."""
        return self is Measure.INCIDENTS or self.counts_people

    def of(self, provinces: pd.DataFrame) -> pd.Series:
        """Return the measure as it is written: rounded, shares in per cent; missing without incidents or a figure."""
        values = provinces[self.column].astype(float)
        shown = values * 100 if self is Measure.DISPUTED else values
        return shown.where(provinces["incidents"] > 0).round(self.decimals)

    def write(self, value: float) -> str:
        """Write a value; shares in per cent.

        >>> Measure.DENSITY.write(1234.5), Measure.DISPUTED.write(50.0), Measure.CROSSED.write(1037.0)
        ('1,234.50', '50 %', '1,037')
        """
        number = number_words(value, self.decimals)
        return f"{number} %" if self is Measure.DISPUTED else number


# Class breaks: schemes to find them, and reading those that a user types.

FEWEST_CLASSES, MOST_CLASSES = 3, 7
"""Allowed numbers of classes; more cannot be told apart on a map."""


class Scheme(Registry):
    """Method for finding class breaks."""

    QUANTILES = "quantiles", "Quantiles"
    EQUAL = "equal", "EqualInterval"
    NATURAL = "natural", "FisherJenks"
    PRETTY = "pretty", "PrettyBreaks"
    DEVIATIONS = "deviations", "StdMean"
    OWN = "own", ""

    classifier: str
    """Its class in mapclassify."""
    label = nonmember(Words("scheme"))
    words = nonmember(Words("scheme", "words"))
    """What the scheme does."""


def parse_limits(text: str) -> tuple[float, ...]:
    """Parse class limits as typed by a user; raises ValueError.

    >>> parse_limits("1, 5; 20 100")
    (1.0, 5.0, 20.0, 100.0)
    """
    parts = [part for part in re.split(r"[,;\s]+", text) if part]
    try:
        limits = tuple(float(part) for part in parts)
    except ValueError:
        raise ValueError(say("limits-no-list", text=f"{text!r}")) from None
    check_limits(limits)
    return limits


def check_limits(limits: Sequence[float]) -> None:
    """Raise ValueError unless limits are one to six rising finite numbers from 0."""
    rising = all(low < high for low, high in pairwise(limits))
    if not limits or not rising or not all(map(math.isfinite, limits)) or limits[0] < 0:
        raise ValueError(say("limits-not-rising"))
    if len(limits) >= MOST_CLASSES:
        raise ValueError(say("limits-too-many", limits=len(limits), classes=len(limits) + 1, most=MOST_CLASSES - 1))


# Values put into classes for a map, with legend and map guaranteed to agree. Values are classed as written, rounded to
# a number of decimals, and each class is named by the lowest and highest written value it can hold, so no value falls
# between two classes or into both.

Steps = npt.NDArray[np.int64]
"""Values as integer multiples of the last decimal."""


_MULTIPLES: Final = {
    3: [-1, 1],
    4: [-1, 0, 1],
    5: [-2, -1, 1, 2],
    6: [-2, -1, 0, 1, 2],
    7: [-3, -2, -1, 1, 2, 3],
}
"""Class breaks in standard deviations from the mean, by number of classes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Classes:
    """Classes from lowest to highest; empty if there were no values."""

    lowest: tuple[float, ...]
    """Lowest value of each class, inclusive."""
    highest: tuple[float, ...]
    """Highest value of each class, inclusive; values above the last belong to the last class too."""
    decimals: int
    outcome: str
    """Sentence saying what was made, and why it differs from what was asked for, if it does."""

    def __len__(self) -> int:
        """Return the number of classes."""
        return len(self.highest)

    def label(self, number: int, write: Callable[[float], str], *, open_ended: bool = False) -> str:
        """Write the range of class `number`, from 0; with `open_ended`, values may lie outside all classes."""
        low, high = write(self.lowest[number]), write(self.highest[number])
        if open_ended and number == len(self) - 1:
            return say("class-or-more", low=low)
        if open_ended and number == 0:
            return say("class-up-to", high=high)
        return high if low == high else f"{low}–{high}"

    def number(self, values: pd.Series) -> pd.Series:
        """Return the class number of each value, from 0, on the same index; missing where the value is."""
        steps = values.astype(float) * 10**self.decimals
        limits = np.round(np.array(self.highest[:-1], float) * 10**self.decimals)
        found = np.searchsorted(limits, steps.fillna(0).round().to_numpy(), side="left")
        known = values.notna() & (len(self) > 0)
        return pd.Series(found, index=values.index, dtype="Int64").where(known)


def classify(
    values: Iterable[float],
    *,
    scheme: Scheme | str,
    classes: int,
    decimals: int = 0,
    limits: Sequence[float] = (),
) -> Classes:
    """Classify values.

    Parameters
    ----------
    values
        Numbers from 0; missing and infinite ones are left out.
    scheme, classes
        Method, and number of classes, 3 to 7. There may be fewer if the values do not allow more.
    decimals
        Number of decimals with which values are written.
    limits
        For Scheme.OWN: highest value of each class except the last.

    Raises
    ------
    ValueError
        If `classes` is not 3 to 7, the scheme is unknown, or own limits are missing or not rising.

    """
    scheme = Scheme(scheme)
    if not FEWEST_CLASSES <= classes <= MOST_CLASSES:
        raise ValueError(say("classes-told-apart", classes=classes, fewest=FEWEST_CLASSES, most=MOST_CLASSES))
    if scheme is Scheme.OWN:
        check_limits(limits)
    given = np.asarray([float(value) for value in values if pd.notna(value)], float)
    steps: Steps = np.round(given[np.isfinite(given)] * 10**decimals).astype(np.int64)
    if not len(steps):
        return Classes(lowest=(), highest=(), decimals=decimals, outcome=say("classes-nothing"))
    upper = _upper(steps, scheme, classes, np.asarray(limits, float) * 10**decimals)
    lower = np.concatenate([[steps.min() if scheme is not Scheme.OWN else min(steps.min(), 0)], upper[:-1] + 1])
    return Classes(
        lowest=tuple(float(step) for step in lower / 10**decimals),
        highest=tuple(float(step) for step in upper / 10**decimals),
        decimals=decimals,
        outcome=_outcome(steps, scheme, len(limits) + 1 if scheme is Scheme.OWN else classes, len(upper)),
    )


def _upper(steps: Steps, scheme: Scheme, classes: int, limits: npt.NDArray[np.float64]) -> Steps:
    """Return the highest step of each class, rising; the last class ends at the highest value."""
    distinct = np.unique(steps)
    if scheme is Scheme.OWN:
        found = limits
    elif len(distinct) <= classes:
        return distinct[-1:] if _nearly_same(steps) else distinct
    else:
        found = _bins(steps, scheme, classes)
    top = max(steps.max(), int(np.floor(found[-1])) + 1) if scheme is Scheme.OWN else steps.max()
    inner = np.unique(np.floor(found + 1e-9).astype(np.int64))
    lowest = 0 if scheme is Scheme.OWN else steps.min()
    return np.append(inner[(inner >= lowest) & (inner < top)], top)


_NEAR: Final = 0.05
"""If few distinct values differ by less than this share of the highest, they form one class, lest colours exaggerate.
"""


def _nearly_same(steps: Steps) -> bool:
    return bool(steps.max() - steps.min() < _NEAR * steps.max())


def _bins(steps: Steps, scheme: Scheme, classes: int) -> npt.NDArray[np.float64]:
    import mapclassify  # noqa: PLC0415  # loads scikit-learn: half a second that only a choropleth needs

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # numba missing; tied quantiles, which are handled here
        options = {"multiples": _MULTIPLES[classes]} if scheme is Scheme.DEVIATIONS else {"k": classes}
        made = getattr(mapclassify, scheme.classifier)(steps, **options)
    return np.asarray(made.bins, float)


def _outcome(steps: Steps, scheme: Scheme, asked: int, made: int) -> str:
    distinct = len(np.unique(steps))
    if distinct == 1:
        if steps[0] == 0:
            return say("classes-all-zero-class") if made == 1 else say("classes-all-zero")
        return say("classes-all-same-class") if made == 1 else say("classes-all-same")
    if scheme is not Scheme.OWN and distinct <= asked:
        if made == 1:
            return say("classes-nearly-same")
        return say("classes-few-values", distinct=distinct)
    if made == asked:
        return say("classes-all", classes=made, scheme=scheme.label.lower(), about=scheme.words)
    return say("classes-all-of", classes=made, scheme=scheme.label.lower(), about=scheme.words, asked=asked)


# People killed, injured and crossed as columns summed over incidents, and the spread between claims.

ABOUT_OF_COLUMN: Final[Mapping[str, About]] = MappingProxyType({about.value: about for about in MEASURES})
"""Measure by the prefix of its columns."""

TOLL_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {"low": "Int64", "high": "Int64", "or_more": "boolean", "without": "Int64", "differ": "Int64", "ratio": "Float64"}
)
"""Suffixes of the columns, with their pandas types."""


CLUSTER_CLAIMS: Final = "cluster_claims"
FLOWS: Final = "crossed_flows"


def toll_row(incidents: Sequence[Incident], table: IncidentTable, *, shared: Sequence[Incident] = ()) -> dict[str, Any]:
    """Add up a set of incidents under the table's rule; `shared` are selected with them but have their toll elsewhere.

    For each prefix in ABOUT_OF_COLUMN: `_low` and `_high`, people, None without a figure under the rule; `_or_more`,
    whether somebody says “at least”; `_without`, number of incidents with no figure of their own; `_differ`, number of
    incidents and counted clusters whose rival accounts name different people; `_ratio`, highest over lowest of all
    claims regardless of the rule, None without a figure or if the lowest is 0. `cluster_claims` describes claims about
    whole event clusters, and `crossed_flows` figures for people who crossed during a closure or return; both are left
    out of totals, unless all incidents of the cluster are included, and are empty if there are none.
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
    """Return the tolls of a selection by key; those of several datasets stay in separate columns, as they may overlap.

    Parameters
    ----------
    own
        The record's incidents of the selection, by the same keys.
    by
        What the keys stand for.
    shared
        Selected incidents that belong to a key but have their toll under another.

    Returns
    -------
    dict
        By key ("" for imported incidents without one): the result of `toll_row`, for the record, or for the only
        imported dataset if nothing of the record is selected; and `killed_low_ID` and `killed_high_ID` for each other
        dataset, people, missing where it gives no figure or does not count under the rule. Likewise `injured` and
        `crossed` for those of them that give any figure.

    """
    found = {name: table.tolls(filters, by, about) for name, about in ABOUT_OF_COLUMN.items()}
    present = set(found[About.KILLED]["dataset"])
    only = present.pop() if len(present) == 1 and not own else None
    rows = {key: toll_row(own.get(key, ()), table, shared=shared.get(key, ())) for key in {**own, **shared}}
    for name, sums in found.items():
        for dataset, key, figures, low, high in sums[["dataset", "key", "figures", "low", "high"]].itertuples(
            index=False
        ):
            toll = table.toll_of(dataset, low, high) if figures else None
            suffix = "" if dataset == only else f"_{dataset}"
            row = rows.setdefault("" if pd.isna(key) else str(key), toll_row((), table))
            row |= {f"{name}_low{suffix}": toll and toll.low, f"{name}_high{suffix}": toll and toll.high}
            if not suffix:
                row[f"{name}_or_more"] = toll and toll.or_more
    return rows


def toll_frame(tolls: Mapping[str, Mapping[str, Any]]) -> pd.DataFrame:
    """Return the result of `tolls_by` as a frame with one row per key."""
    types = {f"{name}_{end}": kind for name in ABOUT_OF_COLUMN for end, kind in TOLL_TYPES.items()}
    types |= dict.fromkeys((CLUSTER_CLAIMS, FLOWS), "object")
    found = pd.DataFrame.from_dict(dict(tolls), orient="index") if tolls else pd.DataFrame(columns=list(types))
    return found.astype(types | dict.fromkeys(side_by_side(found.columns), "Int64"))


def side_by_side(names: Iterable[str], *abouts: str) -> list[str]:
    """Return the columns of `tolls_by` that belong to datasets after the first, in order; of some measures, or all."""
    beginnings = tuple(f"{about}_{end}_" for about in abouts or ABOUT_OF_COLUMN for end in ("low", "high"))
    return [name for name in names if name.startswith(beginnings)]


def datasets_beside(names: Iterable[str], about: str) -> list[str]:
    """Return the ids of the datasets that have columns of a measure among those of `side_by_side`."""
    return [name.removeprefix(low) for name in names if name.startswith(low := f"{about}_low_")]


def tolls_beside(rows: pd.DataFrame, about: str) -> pd.DataFrame:
    """Write the people of a measure given by datasets after the first, for rows of `by_province`; empty for none.

    One column per dataset that gives any, named by its id. They may overlap and are never added up.
    """
    written: dict[str, list[str]] = {}
    for dataset in datasets_beside(rows.columns, about):
        both = zip(rows[f"{about}_low_{dataset}"], rows[f"{about}_high_{dataset}"], strict=True)
        written[dataset] = ["" if pd.isna(a) else range_words(int(a), int(b)) for a, b in both]
    return pd.DataFrame({name: words for name, words in written.items() if any(words)}, index=rows.index, dtype=object)


def finite(ratio: float | None) -> float | None:
    """Round a ratio to two decimals; None without one, or if it is infinite because the lowest claim is 0."""
    return None if ratio is None or math.isinf(ratio) else round(ratio, 2)


def toll_of_row(row: Any, name: str) -> str:
    """Write a toll of a row of `by_province` or `people_by`: 32–258 or more; “no figure” if the incidents have none.

    If all of them also lie in other provinces, says so instead. `name` is one of ABOUT_OF_COLUMN.
    """
    low, high = getattr(row, f"{name}_low"), getattr(row, f"{name}_high")
    if pd.isna(low):
        return NO_FIGURE if getattr(row, f"{name}_without") else WITH_OTHERS if getattr(row, "in_several", 0) else ""
    return range_words(int(low), int(high), or_more=bool(getattr(row, f"{name}_or_more")))


# Crossing points by province: each belongs to one province on either side.


def crossing_points_of(code: str, layers: Boundaries) -> tuple[CrossingPoint, ...]:
    """Return the crossing points of a province, by name; empty if it has none."""
    return tuple(point for point, codes in _provinces_of(layers) if code in codes)


@cache
def _provinces_of(layers: Boundaries) -> tuple[tuple[CrossingPoint, frozenset[str]], ...]:
    """Return each crossing point, sorted by name, with the nearest province in each of its two countries."""
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


# Incidents by province: counts, disputed ones, tolls under the table's rule, density, dates. An incident belongs to the
# province its record reports. One reported in several is counted in each, but its toll is given to none of them, since
# nobody says how many people were where. `without_province` has those tolls, and counts such incidents together with
# those whose province is unknown, so that nothing is lost.

NO_PROVINCE: Final = "none"
"""Index label of the row for incidents in several provinces or in an unknown one."""

CATEGORY_COLUMNS: Final = MappingProxyType({category.column: category for category in Category})
"""Categories by the columns that count them."""
RARE_COLUMNS: Final = tuple(name for name, category in CATEGORY_COLUMNS.items() if category in IMPORTED_ONLY)
"""Columns shown and written only if they are not all zero."""


def by_province(filters: Filters, table: IncidentTable, layers: Boundaries) -> pd.DataFrame:
    """Add up the incidents of a selection by the province that their records report.

    Parameters
    ----------
    filters, table
        The selection, and the table to select from.
    layers
        Boundaries with the provinces.

    Returns
    -------
    DataFrame
        One row for each of the 46 provinces, indexed by `province_code`. Counts: `incidents`, `in_several` (those that
        also lie in other provinces), those of CATEGORY_COLUMNS, `disputed`. `disputed_share`, 0 to 1, is missing
        without incidents. `killed`, `injured` and `crossed` cover incidents in this province alone: `_low` and `_high`
        under the table's rule, people, missing without a figure; `_or_more`, whether somebody says “at least”;
        `_without`, `_differ`, `_ratio`, `cluster_claims` and `crossed_flows` as in `toll_row`. `area_km2`, `border_km`
        (both borders, missing if there is none), `per_10000_km2` and `per_100_km_border` (all incidents of the
        province, near the border or not). `first` and `last` are days on which incidents began; `first_in_words` and
        `last_in_words` give them only as precisely as they are known. `left_out` is true if a filter by province or
        country excludes the province, and `known_only_coarsely` if the precision filter excludes all incidents that the
        other filters would leave. People of further datasets have their own columns; see `tolls_by`.

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
    """Add up the incidents of a selection in several provinces or an unknown one: one row, as in `by_province`.

    `in_several` counts the former; each of them is also counted, without its toll, in the rows of its provinces.
    """
    index = pd.Index([NO_PROVINCE], name="province_code")
    counts = _filled(_counts(filters, table).reindex(index))
    added = counts.join(_tolls(filters, table).reindex(index))
    missing = pd.DataFrame({"province": NO_PROVINCE_NAME, "country": None, "area_km2": float("nan")}, index=index)
    return _derived(missing.join(added).assign(border_km=float("nan"))).assign(
        known_only_coarsely=False, left_out=False
    )


def counted_once(counts: pd.DataFrame) -> pd.DataFrame:
    """Keep the counts that include each incident once: of those in several provinces, the row without a province."""
    nowhere = counts["province_code"].isna() | (counts["province_code"] == NO_PROVINCE)
    return counts[nowhere | ~counts["several"].astype(bool)]


def province_not_known(filters: Filters, table: IncidentTable) -> int:
    """Count the incidents of a selection whose province is unknown."""
    here = filters.in_province(NOT_KNOWN)
    return 0 if here is None else table.count(here)


def border_km(layers: Boundaries) -> dict[str, float]:
    """Return the length of both borders in each province, km, by code; provinces without a border are left out."""
    return {code: sum(parts.values()) for code, parts in border_parts(layers).items()}


@cache
def border_parts(layers: Boundaries) -> Mapping[str, Mapping[Border, float]]:
    """Return the length of each border in each province, km, by code and border; takes a third of a second."""
    parts: defaultdict[str, dict[Border, float]] = defaultdict(dict)
    for border, line in layers.borders.items():
        for code, length_km in border_length_km(layers.provinces, line).items():
            parts[code][border] = length_km
    return MappingProxyType(parts)


def _counts(filters: Filters, table: IncidentTable) -> pd.DataFrame:
    """Count by province code, including NO_PROVINCE; only provinces with incidents."""
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
    inside: defaultdict[str, list[Incident]] = defaultdict(list)  # "" as for imported incidents without a province
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


# Values for classes that stay the same from year to year.

_TIME = ("year", "since", "until")


def yearly_values(filters: Filters, table: IncidentTable, layers: Boundaries, measure: Measure) -> pd.Series:
    """Return a measure of each province in every year, ignoring the selection's dates; missing values are dropped.

    Index levels are year and province_code. All other filters apply.
    """
    anytime = filters.without(*_TIME)
    years = sorted(set(pd.DatetimeIndex(table.months(anytime)["month"]).year))
    each = {
        year: measure.of(by_province(Filters.from_query(anytime.to_query() | {"year": [str(year)]}), table, layers))
        for year in years
    }
    values = pd.concat(each, names=["year", "province_code"]) if each else pd.Series(dtype=float)
    return values.dropna()
