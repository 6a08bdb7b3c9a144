"""Incidents by province and by period: nothing lost, nothing counted twice, missing told from zero."""

from collections import defaultdict
from datetime import date
from functools import cache

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.aggregate.by_period import TOTAL, Period, by_period, by_quarter, grouped, people_by, pivot
from geo.aggregate.by_province import (
    ABOUT_OF_COLUMN,
    NO_PROVINCE,
    Measure,
    border_km,
    border_parts,
    by_province,
    counted_once,
    crossing_points_of,
    province_not_known,
    toll_of_row,
    toll_row,
    without_province,
    yearly_values,
)
from geo.incident.record import Incident
from geo.incident.vocabulary import NOT_KNOWN, About, Border, Category, LocationPrecision, Status, to_show
from geo.places.boundaries import Boundaries, boundaries
from geo.selection import Filters
from geo.sentences import cluster_claims, when
from geo.table.incident_table import IncidentTable
from geo.table.queries import TollsBy
from tests.conftest import make_claim, make_incident, shipped_table, without_place
from tests.geo.strategies import FILTERS
from tests.geo.strategies import incidents as any_incident

pytestmark = pytest.mark.slow

SHIPPED = shipped_table()
LAYERS = boundaries()
EVERYTHING = Filters()


def table_of(*incidents: Incident) -> IncidentTable:
    return IncidentTable(incidents, SHIPPED.claimants, version="made by hand")


@cache
def shipped_rows(filters: Filters = EVERYTHING) -> pd.DataFrame:
    """Return the shipped incidents by province; counted once for all that look at a choice."""
    return by_province(filters, SHIPPED, LAYERS)


@given(filters=FILTERS)
def test_every_table_of_a_choice_adds_up_to_it(filters: Filters) -> None:
    inside, apart = by_province(filters, SHIPPED, LAYERS), without_province(filters, SHIPPED)
    chosen, shared = SHIPPED.count(filters), len(SHIPPED.shared(filters))
    assert len(inside) == 46
    alone = inside["incidents"] - inside["in_several"]
    assert alone.sum() + apart["incidents"].sum() == chosen
    assert apart["in_several"].to_list() == [shared]
    assert (inside[[category.column for category in to_show(Category, ())]].sum(axis=1) == inside["incidents"]).all()

    rows = pd.concat([inside, apart])
    expected = rows.loc[rows["incidents"] > 0, "incidents"].to_dict()
    by = {period: by_period(filters, SHIPPED, period=period) for period in Period}
    for counts in by.values():
        assert counts.groupby("province_code")["incidents"].sum().to_dict() == expected

    counts = by[Period.YEAR]
    for down, across in (("province_code", "period"), ("province_code", "category"), ("period", "category")):
        laid_out = pivot(counts, down, across, names={})
        assert laid_out.loc[TOTAL, TOTAL] == chosen
        assert (laid_out.drop(columns=TOTAL).sum(axis=1) == laid_out[TOTAL]).all()
        several = int(counts[counts["several"]]["incidents"].sum()) - shared
        repeated = several if down == "province_code" else 0
        assert laid_out.drop(index=TOTAL)[TOTAL].sum() == laid_out.loc[TOTAL, TOTAL] + repeated


def codes(incident: Incident) -> set[str]:
    """The provinces that an incident lies in."""
    return set(LAYERS.provinces_of(incident))


MADE = st.lists(any_incident(), max_size=6, unique_by=lambda incident: incident.id)


@settings(max_examples=settings.default.max_examples // 2)
@given(made=MADE, filters=FILTERS)
def test_each_incident_is_counted_once_in_each_of_its_provinces(made: list[Incident], filters: Filters) -> None:
    table = table_of(*made)
    selected = table.selected(filters)
    inside, apart = by_province(filters, table, LAYERS), without_province(filters, table).loc[NO_PROVINCE]
    meant = {code for code in filters.province if code != NOT_KNOWN} or set(inside.index)
    meant = {code for code in meant if not filters.country or code[:2] in filters.country}
    for code, row in inside[inside["incidents"] > 0].iterrows():
        here = [incident for incident in selected if code in codes(incident)]
        assert (row["incidents"], code in meant) == (len(here), True)
        assert row["in_several"] == sum(len(codes(incident)) > 1 for incident in here)
        assert row["disputed"] == sum(incident.status is Status.DISPUTED for incident in here)
    assert inside["incidents"].sum() == sum(len(codes(incident) & meant) for incident in selected)
    assert apart["in_several"] == sum(len(codes(incident)) > 1 for incident in selected)
    assert apart["incidents"] == sum(len(codes(incident)) != 1 for incident in selected)
    months = counted_once(table.province_months(filters))
    assert months["incidents"].sum() == len(selected) == table.count(filters)


@settings(max_examples=settings.default.max_examples // 2)
@given(made=MADE)
def test_no_province_has_the_toll_of_an_incident_that_lies_in_others_too(made: list[Incident]) -> None:
    alone = [incident.model_copy(update={"event_group": None}) for incident in made]
    table = table_of(*alone)
    without_shared = table_of(*(incident for incident in alone if len(codes(incident)) < 2))
    rows, fewer = (by_province(EVERYTHING, each, LAYERS) for each in (table, without_shared))
    figures = [f"{name}_{end}" for name in ABOUT_OF_COLUMN for end in ("low", "high", "or_more", "without", "ratio")]
    pd.testing.assert_frame_equal(rows[figures], fewer[figures])
    apart = without_province(EVERYTHING, table).loc[NO_PROVINCE]
    for name, about in ABOUT_OF_COLUMN.items():
        toll = table.total([incident for incident in alone if len(codes(incident)) != 1], about).toll
        found = None if pd.isna(apart[f"{name}_low"]) else (apart[f"{name}_low"], apart[f"{name}_high"])
        assert found == (toll and (toll.low, toll.high))


TOGETHER = make_incident(
    "together", province=None, provinces=("Paktia", "Kunar"), claims=[make_claim(value=30)], date_start="2024-05-01"
)


def test_an_incident_in_several_provinces_stands_in_each_and_its_toll_in_none() -> None:
    table = table_of(make_incident("one", province="Kunar", claims=[make_claim(value=2)]), TOGETHER, without_place())
    rows = by_province(EVERYTHING, table, LAYERS)
    shown = rows.loc[["AF-KNR", "AF-PIA", "AF-KHO"], ["incidents", "in_several", "strikes", "killed_high"]]
    assert shown.fillna(-1).to_numpy().tolist() == [[2, 1, 2, 2], [1, 1, 1, -1], [0, 0, 0, -1]]
    apart = without_province(EVERYTHING, table).iloc[0]
    assert (apart["incidents"], apart["in_several"], apart["killed_high"]) == (2, 1, 34)
    assert province_not_known(EVERYTHING, table) == 1


@pytest.mark.parametrize(
    ("provinces", "counted"),
    [
        pytest.param(("AF-PIA",), {"AF-PIA": 1}, id="one-of-its"),
        pytest.param(("AF-PIA", "AF-KHO"), {"AF-PIA": 1, "AF-KHO": 1}, id="one-of-its-and-another"),
        pytest.param(("AF-PIA", "AF-KNR", "unknown"), {"AF-PIA": 1, "AF-KNR": 1}, id="both"),
    ],
)
def test_a_choice_of_provinces_counts_in_these_alone(provinces: tuple, counted: dict[str, int]) -> None:
    rows = by_province(Filters(province=provinces), table_of(make_incident(), TOGETHER), LAYERS)
    assert rows.loc[rows["incidents"] > 0, "incidents"].to_dict() == counted


def test_a_choice_of_countries_counts_in_their_provinces_alone() -> None:
    over_the_line = make_incident(
        "both", province=None, provinces=("Khost", "Balochistan"), country="AF", claims=[make_claim(scope="group")]
    )
    rows = by_province(Filters(country=("AF",)), table_of(over_the_line), LAYERS)
    assert rows.loc[rows["incidents"] > 0, "incidents"].to_dict() == {"AF-KHO": 1}
    assert list(rows.index[rows["cluster_claims"] != ""]) == ["AF-KHO"]
    assert set(rows.index[~rows["left_out"]]) == {code for code in rows.index if code.startswith("AF-")}


def test_a_pivot_counts_an_incident_in_several_provinces_once_in_the_end() -> None:
    counts = by_period(EVERYTHING, table_of(make_incident(), TOGETHER), period="year")
    laid_out = pivot(counts, "province_code", "period", names=LAYERS.provinces_in_countries())
    assert laid_out["2024"].to_dict() == {
        "Khost, AF": 0,
        "Kunar, AF": 1,
        "Paktia, AF": 1,
        "Several or not known": 1,
        TOTAL: 1,
    }
    assert laid_out.loc[TOTAL].to_list() == [1, 1, 2]
    assert pivot(counts, "period", "category", names={}).loc["2024", "strike"] == 1
    crossed = pivot(counts, "period", "province_code", names={})
    assert crossed.loc["2024"].to_dict() == {"AF-KHO": 0, "AF-KNR": 1, "AF-PIA": 1, "Several or not known": 1, TOTAL: 1}


@pytest.mark.parametrize("code", ["AF-KHO", "PK-KP", "TJ-GB"])
@pytest.mark.parametrize(("name", "about"), [("killed", About.KILLED), ("crossed", About.CROSSED)])
def test_tolls_are_those_of_the_rule(code: str, name: str, about: About) -> None:
    inside = [i for i in SHIPPED.selected(Filters(province=(code,))) if not i.provinces]
    row = shipped_rows().loc[code]
    toll = SHIPPED.total(inside, about).toll
    found = None if pd.isna(row[f"{name}_low"]) else (row[f"{name}_low"], row[f"{name}_high"])
    assert found == (toll and (toll.low, toll.high))


def test_a_claim_for_a_whole_cluster_shades_no_province_that_has_only_a_part_of_it() -> None:
    whole = make_claim(value=9, scope="group")
    table = table_of(
        make_incident("one", event_group="night", claims=[whole]),
        make_incident("two", event_group="night", province="Kunar", district=None),
    )
    rows = by_province(EVERYTHING, table, LAYERS).loc[["AF-KHO", "AF-KNR"]]
    assert [toll_of_row(row, "killed") for row in rows.itertuples()] == ["no figure", "4"]
    assert rows["killed_high"].tolist() == [pd.NA, 4]
    assert all("9 civilians killed" in words and "1 of its 2 incidents" in words for words in rows["cluster_claims"])


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("AF-HEL", id="two-here-and-one-here-and-elsewhere"),
        pytest.param("AF-PKA", id="none-here-alone"),
        pytest.param("PK-KP", id="many-clusters"),
    ],
)
def test_a_province_says_of_a_cluster_what_a_filter_by_province_says(code: str) -> None:
    selected = SHIPPED.curated(Filters(province=(code,)))
    totals = [(about, SHIPPED.total(selected, about)) for about in ABOUT_OF_COLUMN.values()]
    said = [
        claim
        for about, total in totals
        for claim in cluster_claims(total, about, claimants=SHIPPED.claimants, clusters=SHIPPED.event_groups)
    ]
    for filters in (EVERYTHING, Filters(province=(code,))):
        row = shipped_rows(filters).loc[code]
        assert row["cluster_claims"] == " | ".join(said)


def test_the_night_along_the_whole_line_is_selected_in_each_of_its_provinces() -> None:
    rows = shipped_rows()
    night = [words for words in rows["cluster_claims"]["AF-HEL"].split(" | ") if "11–12 October 2025" in words]
    assert night
    assert all(words.endswith("3 of its 7 incidents are selected, so it is in no total.") for words in night)


def test_a_cluster_wholly_in_a_province_counts_there_only_without_other_provinces() -> None:
    whole = make_incident("one", event_group="night", province="Kunar", claims=[make_claim(value=9, scope="group")])
    table = table_of(whole, TOGETHER.model_copy(update={"event_group": "night"}))
    row = by_province(EVERYTHING, table, LAYERS).loc["AF-KNR"]
    assert toll_of_row(row, "killed") == "no figure"
    assert row["cluster_claims"].endswith(
        "All 2 of its incidents are selected, some lie in other provinces too, so it is in no total."
    )


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        pytest.param([make_claim(value=4), make_claim(value=9)], "4–9", id="rivals-span"),
        pytest.param([make_claim(low=200)], "200 or more", id="at-least"),
        pytest.param([make_claim(value=0)], "0", id="nobody-killed-is-a-figure"),
        pytest.param([make_claim(about="event", value=None, of=None)], "no figure", id="no-figure"),
    ],
)
def test_toll_in_words(claims: list, words: str) -> None:
    rows = by_province(EVERYTHING, table_of(make_incident(claims=claims)), LAYERS)
    assert toll_of_row(next(rows.loc[["AF-KHO"]].itertuples()), "killed") == words


def test_days_are_those_on_which_the_first_and_the_last_began() -> None:
    table = table_of(
        make_incident("a", date_start="2025-03-01", date_end="2025-03-09"),
        make_incident("b", date_start="2024-12-31", date_end=None, category="clash", subtype="raid"),
    )
    row = by_province(EVERYTHING, table, LAYERS).loc["AF-KHO"]
    assert (row["first"].date(), row["last"].date()) == (date(2024, 12, 31), date(2025, 3, 1))


@pytest.mark.parametrize("end", ["first", "last"])
def test_days_are_said_no_more_exactly_than_they_are_known(table: IncidentTable, end: str) -> None:
    rows = shipped_rows()
    inside = defaultdict(list)
    for incident in table.incidents:
        for code in LAYERS.provinces_of(incident):
            inside[code].append(incident)
    for code, incidents in inside.items():
        day = (min if end == "first" else max)(incident.date_start for incident in incidents)
        on_it = [incident for incident in incidents if incident.date_start == day]
        known = [incident for incident in on_it if incident.date_precision == "day"] or on_it
        assert rows[f"{end}_in_words"][code] in {when(incident) for incident in known}


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
    row = shipped_rows().loc["AF-PIA"]
    assert row["per_10000_km2"] == pytest.approx(row["incidents"] / row["area_km2"] * 10_000)
    assert row["per_100_km_border"] == pytest.approx(row["incidents"] / row["border_km"] * 100)


@pytest.mark.parametrize("code", ["AF-KAB", "PK-SD", "TJ-SU"])
def test_no_border_no_density_along_it(code: str) -> None:
    row = shipped_rows().loc[code]
    assert pd.isna(row["border_km"])
    assert pd.isna(row["per_100_km_border"])


def test_an_incident_in_no_one_province_is_counted_apart() -> None:
    table = table_of(without_place(), make_incident("b"))
    assert without_province(EVERYTHING, table)["incidents"].to_list() == [1]


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
    whole = layers.borders["durand_line"].length_km + layers.borders["afghan_tajik_border"].length_km
    for country in ("AF", None):
        inside = layers.provinces["country"] == "AF"
        codes = layers.provinces.index[inside if country else ~inside]
        assert sum(lengths.get(code, 0) for code in codes) == pytest.approx(whole, rel=0.01)


def test_badakhshan_has_both_borders(layers: Boundaries) -> None:
    assert set(border_parts(layers)["AF-BDS"]) == set(Border)


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


def test_pooled_values_do_not_depend_on_the_time_chosen() -> None:
    expected = yearly_values(EVERYTHING, SHIPPED, LAYERS, Measure.INCIDENTS)
    part = yearly_values(Filters(year=(2025,), since=date(2024, 1, 1)), SHIPPED, LAYERS, Measure.INCIDENTS)
    pd.testing.assert_series_equal(part, expected)


def test_pooled_values_are_those_of_single_years() -> None:
    pooled = yearly_values(Filters(year=(2021,)), SHIPPED, LAYERS, Measure.INCIDENTS)
    one_year = shipped_rows(Filters(year=(2025,)))["incidents"]
    assert pooled[2025].to_dict() == one_year[one_year > 0].to_dict()


def test_nothing_to_pool_where_nothing_is_chosen() -> None:
    assert yearly_values(Filters(q="no such thing"), SHIPPED, LAYERS, Measure.DENSITY).empty


@pytest.mark.parametrize(
    ("by", "key", "toll", "keys"),
    [
        pytest.param(TollsBy.ALL, "", "11–13", 1, id="all"),
        pytest.param(TollsBy.YEAR, "2024", "7–9", 3, id="year"),
        pytest.param(TollsBy.QUARTER, "2024Q4", "7–9", 6, id="quarter"),
        pytest.param(TollsBy.MONTH, "2024-12", "7–9", 14, id="month"),
        pytest.param(TollsBy.CATEGORY, "strike", "7–9", len(to_show(Category, ())), id="category"),
    ],
)
def test_people_are_added_up_by_period_without_gaps(by: TollsBy, key: str, toll: str, keys: int) -> None:
    night, day, later = (
        make_incident("a", date_start="2024-12-31", claims=[make_claim(value=4), make_claim(value=6)]),
        make_incident("b", date_start="2024-12-01", claims=[make_claim(value=3)], event_group="g"),
        make_incident("c", category="clash", subtype="border_clash", date_start="2026-01-01", date_end=None),
    )
    table = table_of(night, day, later)
    people = people_by(EVERYTHING, table, by)
    assert len(people) == keys
    assert toll_of_row(people.loc[key], "killed") == toll
    groups = grouped(table.incidents, by)
    assert set(groups) <= set(people.index)
    for row in people.itertuples():
        inside = toll_row(groups.get(row.Index, []), table)
        assert (row.killed_without, row.cluster_claims) == (inside["killed_without"], inside["cluster_claims"])
        assert (None if pd.isna(row.killed_high) else row.killed_high) == inside["killed_high"]
    assert people_by(Filters(year=("1990",)), table, TollsBy.MONTH).empty
