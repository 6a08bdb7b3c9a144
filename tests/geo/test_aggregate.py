"""Incidents by province and by period: nothing lost, nothing counted twice, missing told from zero."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings

from geo.aggregate import (
    Measure,
    Period,
    border_km,
    border_parts,
    by_period,
    by_province,
    by_quarter,
    crossing_points_of,
    pivot,
    toll_words,
    without_province,
    yearly_values,
)
from geo.aggregate.by_period import TOTAL
from geo.boundaries import Boundaries, boundaries
from geo.filters import Filters
from geo.incident import Incident
from geo.store import IncidentStore
from geo.table import IncidentTable
from geo.vocabulary import About, Category, LocationPrecision, Status, to_show
from tests.conftest import make_claim, make_incident, without_place
from tests.geo.strategies import FILTERS

SHIPPED = IncidentTable.of(IncidentStore().read())
LAYERS = boundaries()
EVERYTHING = Filters()


def table_of(*incidents: Incident) -> IncidentTable:
    return IncidentTable(incidents, SHIPPED.claimants, version="made by hand")


@settings(max_examples=60)
@given(filters=FILTERS)
def test_provinces_and_those_without_one_add_up_to_the_choice(filters: Filters) -> None:
    inside, apart = by_province(filters, SHIPPED, LAYERS), without_province(filters, SHIPPED, LAYERS)
    assert len(inside) == 46
    assert inside["incidents"].sum() + apart["incidents"].sum() == SHIPPED.count(filters)


@settings(max_examples=60)
@given(filters=FILTERS)
def test_categories_add_up_to_the_incidents_of_each_province(filters: Filters) -> None:
    provinces = by_province(filters, SHIPPED, LAYERS)
    assert (provinces[["crossings", "strikes", "clashes"]].sum(axis=1) == provinces["incidents"]).all()


@settings(max_examples=40)
@given(filters=FILTERS)
def test_every_period_adds_up_to_the_same_incidents_by_province(filters: Filters) -> None:
    rows = pd.concat([by_province(filters, SHIPPED, LAYERS), without_province(filters, SHIPPED, LAYERS)])
    expected = rows.loc[rows["incidents"] > 0, "incidents"].to_dict()
    for period in Period:
        counts = by_period(filters, SHIPPED, period=period)
        assert counts.groupby("province_code")["incidents"].sum().to_dict() == expected


@settings(max_examples=40)
@given(filters=FILTERS)
def test_a_pivot_adds_up_along_both_sides(filters: Filters) -> None:
    counts = by_period(filters, SHIPPED, period="year")
    for rows, columns in (("province_code", "period"), ("province_code", "category"), ("period", "category")):
        laid_out = pivot(counts, rows, columns, names={})
        assert laid_out.loc[TOTAL, TOTAL] == SHIPPED.count(filters)
        assert (laid_out.drop(columns=TOTAL).sum(axis=1) == laid_out[TOTAL]).all()


@pytest.mark.parametrize("code", ["AF-KHO", "PK-KP", "TJ-GB"])
@pytest.mark.parametrize(("name", "about"), [("killed", About.KILLED), ("crossed", About.CROSSED)])
def test_tolls_are_those_of_the_rule(code: str, name: str, about: About) -> None:
    inside = SHIPPED.selected(Filters(province=(code,)))
    row = by_province(EVERYTHING, SHIPPED, LAYERS).loc[code]
    toll = SHIPPED.total(inside, about).toll
    found = None if pd.isna(row[f"{name}_low"]) else (row[f"{name}_low"], row[f"{name}_high"])
    assert found == (toll and (toll.low, toll.high))


def test_a_toll_for_a_whole_event_is_marked_in_every_province_that_shares_it() -> None:
    whole = make_claim(value=9, scope="group")
    table = table_of(
        make_incident("one", event_group="night", claims=[whole]),
        make_incident("two", event_group="night", province="Kunar", district=None),
    )
    rows = by_province(EVERYTHING, table, LAYERS).loc[["AF-KHO", "AF-KNR"]]
    assert [toll_words(row, "killed") for row in rows.itertuples()] == ["9*", "9*"]


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        pytest.param([make_claim(value=4), make_claim(value=9)], "4–9", id="rivals-span"),
        pytest.param([make_claim(low=200)], "200 or more", id="at-least"),
        pytest.param([make_claim(value=0)], "0", id="nobody-killed-is-a-figure"),
        pytest.param([make_claim(about="event", value=None, of=None)], "", id="no-figure"),
    ],
)
def test_toll_in_words(claims: list, words: str) -> None:
    rows = by_province(EVERYTHING, table_of(make_incident(claims=claims)), LAYERS)
    assert toll_words(next(rows.loc[["AF-KHO"]].itertuples()), "killed") == words


def test_days_are_those_on_which_the_first_and_the_last_began() -> None:
    table = table_of(
        make_incident("a", date_start="2025-03-01", date_end="2025-03-09"),
        make_incident("b", date_start="2024-12-31", date_end=None, category="clash", subtype="raid"),
    )
    row = by_province(EVERYTHING, table, LAYERS).loc["AF-KHO"]
    assert (row["first"].date(), row["last"].date()) == (date(2024, 12, 31), date(2025, 3, 1))


@pytest.mark.parametrize("column", ["disputed_share", "killed_low", "first"])
def test_missing_without_incidents(column: str) -> None:
    assert pd.isna(by_province(EVERYTHING, table_of(make_incident()), LAYERS).loc["AF-KNR", column])


def test_disputed_share_is_of_the_provinces_own_incidents() -> None:
    table = table_of(
        make_incident("a", status=Status.DISPUTED), make_incident("b"), make_incident("c", province="Kunar")
    )
    shares = by_province(EVERYTHING, table, LAYERS)["disputed_share"]
    assert (shares["AF-KHO"], shares["AF-KNR"]) == (0.5, 0)


def test_densities_are_per_area_and_per_border() -> None:
    row = by_province(EVERYTHING, SHIPPED, LAYERS).loc["AF-PIA"]
    assert row["per_10000_km2"] == pytest.approx(row["incidents"] / row["area_km2"] * 10_000)
    assert row["per_100_km_border"] == pytest.approx(row["incidents"] / row["border_km"] * 100)


@pytest.mark.parametrize("code", ["AF-KAB", "PK-SD", "TJ-SU"])
def test_no_border_no_density_along_it(code: str) -> None:
    row = by_province(EVERYTHING, SHIPPED, LAYERS).loc[code]
    assert pd.isna(row["border_km"])
    assert pd.isna(row["per_100_km_border"])


def test_an_incident_in_no_one_province_is_counted_apart() -> None:
    table = table_of(without_place(), make_incident("b"))
    assert without_province(EVERYTHING, table, LAYERS)["incidents"].to_list() == [1]


@pytest.mark.parametrize(
    ("precision", "coarsely"),
    [
        pytest.param((LocationPrecision.EXACT,), True, id="only-otherwise-known"),
        pytest.param((LocationPrecision.NEAR,), False, id="known-so"),
        pytest.param((), False, id="no-precision-chosen"),
    ],
)
def test_zero_is_told_from_not_recorded_this_precisely(precision: tuple, *, coarsely: bool) -> None:
    rows = by_province(Filters(precision=precision), table_of(make_incident()), LAYERS)
    assert rows.loc["AF-KHO", "known_only_coarsely"] == coarsely
    assert not rows.loc["AF-KNR", "known_only_coarsely"]


def test_parts_of_the_border_make_up_both_borders(layers: Boundaries) -> None:
    lengths = border_km(layers)
    whole = layers.durand_line.length_km + layers.afghan_tajik_border.length_km
    for country in ("AF", None):
        inside = layers.provinces["country"] == "AF"
        codes = layers.provinces.index[inside if country else ~inside]
        assert sum(lengths.get(code, 0) for code in codes) == pytest.approx(whole, rel=0.01)


def test_badakhshan_has_both_borders(layers: Boundaries) -> None:
    assert set(border_parts(layers)["AF-BDS"]) == {"Durand Line", "Afghan–Tajik border"}


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("AF-NAN", "Torkham"),
        ("PK-KP", "Torkham"),
        ("AF-KAN", "Chaman-Spin Boldak (Friendship Gate)"),
        ("TJ-GB", "Ishkashim"),
    ],
)
def test_a_crossing_point_belongs_to_a_province_on_either_side(code: str, name: str, layers: Boundaries) -> None:
    assert name in [point.name for point in crossing_points_of(code, layers)]


def test_each_crossing_point_belongs_to_two_provinces(layers: Boundaries) -> None:
    found = [point for code in layers.provinces.index for point in crossing_points_of(code, layers)]
    assert len(found) == 2 * len(layers.crossing_points)


def test_quarters_have_no_gaps() -> None:
    table = table_of(
        make_incident("a", date_start="2021-02-01"), make_incident("b", date_start="2022-08-01", date_end=None)
    )
    assert list(by_quarter(EVERYTHING, table).loc["AF-KHO"]) == [1, 0, 0, 0, 0, 0, 1]


def test_years_without_incidents_stand_as_zero_in_a_pivot() -> None:
    table = table_of(
        make_incident("a", date_start="2021-02-01"), make_incident("b", date_start="2023-08-01", date_end=None)
    )
    laid_out = pivot(by_period(EVERYTHING, table, period="year"), "period", "category", names={})
    assert laid_out["strike"].to_dict() == {"2021": 1, "2022": 0, "2023": 1, TOTAL: 2}
    assert list(laid_out.columns) == [*(category.value for category in to_show(Category, ())), TOTAL]


def test_a_pivot_names_provinces() -> None:
    counts = by_period(EVERYTHING, table_of(make_incident(), without_place(id="b")), period="year")
    laid_out = pivot(counts, "province_code", "period", names=LAYERS.provinces_in_countries())
    assert list(laid_out.index) == ["Khost, AF", "Several or not known", TOTAL]


@pytest.mark.parametrize("filters", [EVERYTHING, Filters(year=(2025,)), Filters(since=date(2024, 1, 1))], ids=str)
def test_pooled_values_do_not_depend_on_the_time_chosen(filters: Filters) -> None:
    expected = yearly_values(EVERYTHING, SHIPPED, LAYERS, Measure.INCIDENTS)
    pd.testing.assert_series_equal(yearly_values(filters, SHIPPED, LAYERS, Measure.INCIDENTS), expected)


def test_pooled_values_are_those_of_single_years() -> None:
    pooled = yearly_values(Filters(year=(2021,)), SHIPPED, LAYERS, Measure.INCIDENTS)
    one_year = by_province(Filters(year=(2025,)), SHIPPED, LAYERS)["incidents"]
    assert pooled[2025].to_dict() == one_year[one_year > 0].to_dict()


def test_nothing_to_pool_where_nothing_is_chosen() -> None:
    assert yearly_values(Filters(q="no such thing"), SHIPPED, LAYERS, Measure.DENSITY).empty
