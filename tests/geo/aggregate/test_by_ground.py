"""What was found along each border and in each province, and in how many sources: every incident once in either."""

from collections import Counter

import pytest
from hypothesis import given

from geo.aggregate.coverage import Coverage, GroundKind, GroundYear, coverage, coverage_by_ground
from geo.evidence.reliability import delays, outlets
from geo.incident.vocabulary import NEAR_KM, NOT_KNOWN, Border, Country
from geo.places.boundaries import boundaries
from geo.selection import Filters
from geo.table.incident_table import IncidentTable
from tests.conftest import make_incident, make_source, shipped_table, without_place
from tests.geo.strategies import FILTERS

LAYERS = boundaries()
SHIPPED = shipped_table()
KNOWN = Coverage.model_validate(
    {
        "first_day": "2024-03-01",
        "last_day": "2025-06-30",
        "worked_on": "2025-12-01",
        "thin": [
            {"since": "2024-01-01", "until": "2024-12-31", "borders": ["afghan_tajik_border"], "reason": "few"},
            {"since": "2025-05-01", "until": "2025-06-30", "countries": ["AF", "PK", "TJ"], "reason": "late"},
        ],
    }
)
PANJ = {"lon": 69.10, "lat": 37.20, "province": "Khatlon", "district": None, "country": "TJ"}
MADE = (
    make_incident("a", date_start="2024-03-05", date_end="2024-03-05", sources=[make_source(published="2024-03-06")]),
    make_incident(
        "b",
        date_start="2024-07-05",
        date_end="2024-07-05",
        sources=[
            make_source(published="2024-07-08"),
            make_source(publisher="The Dawn", url="https://x.org/1"),
            make_source(publisher="Tolo", url="https://x.org/2"),
        ],
    ),
    make_incident("c", date_start="2024-07-25", date_end="2024-07-31", date_precision="week"),
    make_incident("d", date_start="2025-01-01", **PANJ),
    without_place(id="e", date_start="2025-02-01", date_end="2025-02-01"),
)


@pytest.fixture(scope="module")
def rows(claimants: object) -> dict[tuple[str, int], GroundYear]:
    found = coverage_by_ground(Filters(), IncidentTable(MADE, claimants, version="v"), LAYERS, KNOWN)
    return {(row.code if row.code != NOT_KNOWN else f"no {row.kind}", row.year): row for row in found}


def test_each_border_and_each_province_with_incidents_has_every_year(rows: dict) -> None:
    grounds = ("durand_line", "afghan_tajik_border", "AF-KHO", "TJ-KT")
    assert set(rows) == {(code, year) for code in grounds for year in (2024, 2025)} | {
        ("no border", 2025),
        ("no province", 2025),
    }


@pytest.mark.parametrize(
    ("ground", "expected"),
    [
        pytest.param(
            ("durand_line", 2024),
            {
                "incidents": 3,
                "source_entries": 5,
                "outlets": 2,
                "single_source": 2,
                "months_found": 2,
                "months": 10,
                "median_delay_days": 2,
            },
            id="a border",
        ),
        pytest.param(("AF-KHO", 2024), {"name": "Khost, AF", "incidents": 3, "outlets": 2}, id="a province"),
        pytest.param(
            ("AF-KHO", 2025),
            {
                "incidents": 0,
                "source_entries": 0,
                "outlets": 0,
                "months_found": 0,
                "months": 6,
                "median_delay_days": None,
            },
            id="a year without any",
        ),
        pytest.param(("TJ-KT", 2025), {"incidents": 1, "months_found": 1, "median_delay_days": None}, id="undated"),
        pytest.param(
            ("no border", 2025), {"name": f"over {NEAR_KM} km off, or not known", "incidents": 1}, id="no place"
        ),
        pytest.param(("no province", 2025), {"name": "province not known", "incidents": 1}, id="no province"),
    ],
)
def test_what_a_row_counts(rows: dict, ground: tuple[str, int], expected: dict[str, object]) -> None:
    assert {name: getattr(rows[ground], name) for name in expected} == expected


def test_shares_are_of_the_rows_own_incidents(rows: dict) -> None:
    found, empty = rows["durand_line", 2024], rows["AF-KHO", 2025]
    assert (found.sources_per_incident, found.single_share) == (5 / 3, 2 / 3)
    assert (empty.sources_per_incident, empty.single_share) == (None, None)


@pytest.mark.parametrize(
    ("ground", "reasons"),
    [
        pytest.param(("durand_line", 2024), [], id="thin along the other border"),
        pytest.param(("afghan_tajik_border", 2024), ["few"], id="thin along it"),
        pytest.param(("TJ-KT", 2024), ["few"], id="thin in its province"),
        pytest.param(("AF-KHO", 2025), ["late"], id="thin everywhere"),
        pytest.param(("afghan_tajik_border", 2025), ["late"], id="only the gaps of the year"),
        pytest.param(("no border", 2025), ["late"], id="along no border: only what is thin everywhere"),
    ],
)
def test_a_row_names_the_gaps_of_its_ground_and_year(rows: dict, ground: tuple[str, int], reasons: list[str]) -> None:
    assert [period.reason for period in rows[ground].gaps] == reasons


@given(FILTERS)
def test_every_incident_counts_once_among_borders_and_once_in_each_of_its_provinces(filters: Filters) -> None:
    found = coverage_by_ground(filters, SHIPPED, LAYERS, coverage())
    chosen = SHIPPED.selected(filters)
    provinces = {
        i.id: [c for c in SHIPPED.provinces_of(i) if not filters.province or c in filters.province] for i in chosen
    }
    for kind, times in (
        (GroundKind.BORDER, dict.fromkeys(provinces, 1)),
        (GroundKind.PROVINCE, {name: len(codes) or 1 for name, codes in provinces.items()}),
    ):
        expected: Counter[int] = Counter()
        for incident in chosen:
            expected[incident.date_start.year] += times[incident.id]
        by_year: Counter[int] = Counter()
        for row in (row for row in found if row.kind is kind):
            by_year[row.year] += row.incidents
        assert +by_year == expected


@given(FILTERS)
def test_a_row_holds_no_more_than_there_is(filters: Filters) -> None:
    for row in coverage_by_ground(filters, SHIPPED, LAYERS, coverage()):
        assert 0 <= row.single_source <= row.incidents <= row.source_entries
        assert row.months_found <= min(row.incidents, row.months)
        assert (row.incidents == 0) == (row.outlets == 0)


@pytest.mark.parametrize("border", Border)
def test_the_rows_of_a_border_are_those_of_the_record_by_hand(table: IncidentTable, border: Border) -> None:
    along = {incident.id for incident in table.selected(Filters(border=(border,)))}
    for row in coverage_by_ground(Filters(), table, LAYERS, coverage()):
        if row.code != border:
            continue
        inside = [i for i in table.incidents if i.id in along and i.date_start.year == row.year]
        assert row.incidents == len(inside)
        assert row.outlets == len(outlets(inside))
        assert row.median_delay_days == delays(inside).median
        assert {Country(i.country) for i in inside} <= set(border.countries)
