"""What notebooks get: frames with an honest geometry, sums as elsewhere, and a sentence for each mistake."""

import re
import warnings
from collections.abc import Callable
from datetime import date
from pathlib import Path

import geopandas as gpd
import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
import shapely
from matplotlib.figure import Figure
from pyproj import Geod

from geo.casualties import RULES
from geo.incident.record import Incident
from geo.incident.vocabulary import About, DrawnAs
from geo.notebook import Selection, located, open_table, select
from geo.places.boundaries import Boundaries
from geo.places.plane import CONFORMAL
from geo.selection import Filters
from geo.store.incident_store import IncidentStore
from geo.table.incident_table import IncidentTable

ROOT = Path(__file__).resolve().parents[2]
BLOCKS = re.findall(r"^```python\n(.*?)^```$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
GEOD = Geod(ellps="WGS84")
TORKHAM = {"lon": [71.0985], "lat": [34.1275]}


@pytest.fixture(scope="module")
def everything(table: IncidentTable) -> Selection:
    return select(table)


# The README.


@pytest.mark.slow
def test_every_block_of_the_readme_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many_datasets: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("INCIDENT_MAP_DATA", str(many_datasets))
    mpl.use("agg")
    space: dict[str, object] = {}
    for block in BLOCKS:
        exec(compile(block, "README.md", "exec"), space)  # our own
    assert len(space["frame"]) == len(space["strikes"])  # type: ignore[arg-type]
    assert dict(space["counted"]).keys() == {"curated", "acled"}  # type: ignore[call-overload]
    assert (tmp_path / "strikes.pdf").read_bytes().startswith(b"%PDF")


def test_no_task_of_the_readme_takes_more_than_three_lines() -> None:
    opened, *tasks = BLOCKS
    assert "open_table" in opened
    assert len(tasks) == 10
    assert [block for block in tasks if len(block.splitlines()) > 3] == []


# Frames.


def test_geometry_is_no_more_exact_than_the_place_is_known(
    everything: Selection, incidents: tuple[Incident, ...], layers: Boundaries
) -> None:
    frame = everything.incidents()
    assert frame.crs == "EPSG:4326"
    assert set(frame.index) == {incident.id for incident in incidents}
    seen = set()
    for incident in incidents:
        shape = frame.geometry[incident.id]
        drawn_as = incident.location_precision.drawn_as if incident.lon is not None else DrawnAs.NOTHING
        seen.add(drawn_as)
        if drawn_as is DrawnAs.NOTHING:
            assert shape is None, incident.id
        elif drawn_as is DrawnAs.POINT:
            assert shape == shapely.Point(incident.lon, incident.lat), incident.id
        elif drawn_as is DrawnAs.STRETCH:
            assert shape.geom_type == "LineString", incident.id
        elif drawn_as is DrawnAs.CIRCLE:
            area_km2 = abs(GEOD.geometry_area_perimeter(shape)[0]) / 1e6
            assert area_km2 == pytest.approx(np.pi * (incident.uncertainty_km or 0) ** 2, rel=0.01), incident.id
        else:
            whole = shapely.union_all(layers.provinces.geometry[list(layers.provinces_of(incident))].to_numpy())
            assert shape.symmetric_difference(whole).area < 0.02 * whole.area, incident.id
    assert seen == set(DrawnAs)


def test_no_row_is_a_point_by_its_columns_where_its_geometry_is_none(everything: Selection) -> None:
    frame = everything.incidents()
    assert frame[frame.geometry.isna()][["lon", "lat"]].isna().all(axis=None)


def test_a_frame_carries_what_made_it(table: IncidentTable) -> None:
    frame = select(table, year=2025, category="strike").incidents()
    assert frame.attrs["manifest"]["filters"] == {"year": ["2025"], "category": ["strike"]}
    assert frame.attrs["manifest"]["data_version"] == table.version


@pytest.mark.parametrize("rule", [code for code, kind in RULES.items() if not kind.one_claimant] + ["claimant:unama"])
def test_totals_are_those_of_the_table_under_the_rule(table: IncidentTable, rule: str) -> None:
    chosen = select(table, year=2025).under(rule)
    rows = chosen.totals()
    assert set(rows["rule"]) == {rule}
    for about in (About.KILLED, About.INJURED, About.CROSSED):
        row, toll = rows.loc[("curated", about.value)], chosen.table.totals(chosen.filters, about)["curated"].toll
        assert (toll is None) == pd.isna(row["low"])
        if toll is not None:
            assert (row["low"], row["high"], row["or_more"]) == (toll.low, toll.high, toll.or_more)


def test_provinces_have_every_incident_and_their_outlines(everything: Selection, layers: Boundaries) -> None:
    rows = everything.by_province()
    assert rows.crs == "EPSG:4326"
    assert list(rows.index) == [*layers.provinces.index, "none"]
    assert rows.geometry["none"] is None
    assert rows.geometry.drop("none").geom_equals(layers.provinces.geometry).all()
    assert rows["incidents"].sum() - rows["in_several"].drop("none").sum() == len(everything)


def test_months_have_every_incident_and_no_gaps(everything: Selection, incidents: tuple[Incident, ...]) -> None:
    counts = everything.by_month()
    assert counts.to_numpy().sum() == len(incidents)
    assert list(counts.index) == list(pd.period_range(counts.index[0], counts.index[-1], freq="M"))
    began = pd.Series([f"{incident.date_start:%Y-%m} {incident.category}" for incident in incidents])
    for name, number in began.value_counts().items():
        month, category = str(name).split()
        assert counts.loc[pd.Period(month, "M"), category] == number


def test_nothing_selected_gives_empty_frames(table: IncidentTable) -> None:
    nothing = select(table, since="2099-01-01")
    assert len(nothing) == 0
    assert [len(made) for made in (nothing.incidents(), nothing.claims(), nothing.totals(), nothing.by_month())] == [
        0
    ] * 4
    assert nothing.by_province()["incidents"].sum() == 0


def test_claims_have_their_claimants(
    everything: Selection, incidents: tuple[Incident, ...], table: IncidentTable
) -> None:
    rows = everything.claims()
    assert len(rows) == sum(len(incident.claims) for incident in incidents)
    for incident in incidents[::40]:
        names = [table.claimants[claim.by].name for claim in incident.claims]
        assert list(rows.loc[incident.id, "claimant"]) == names


def test_imported_datasets_come_in_parts_and_whole(many_datasets: Path) -> None:
    both = select(open_table(data=many_datasets))
    parts = list(both.batches())
    assert len(parts) == 2
    assert all(part.crs == "EPSG:4326" for part in parts)
    whole = both.incidents()
    assert len(whole) == len(both) == sum(map(len, parts))
    assert set(whole["dataset"]) == {"curated", "acled"}
    assert whole["killed_high"].dtype == "Int64"
    assert set(both.totals().index.get_level_values("dataset")) == {"curated", "acled"}


# Own points.


@pytest.mark.parametrize(
    ("points", "code", "border", "km"),
    [
        pytest.param(pd.DataFrame(TORKHAM, index=["x"]), "PK-KP", "Durand Line", 1, id="degrees"),
        pytest.param(
            gpd.GeoDataFrame(geometry=gpd.points_from_xy(*TORKHAM.values()), crs=4326).to_crs(CONFORMAL),
            "PK-KP",
            "Durand Line",
            1,
            id="geometry in metres",
        ),
        pytest.param(
            pd.DataFrame({"lon": [71.5], "lat": [37.9]}), "AF-BDS", "Afghan–Tajik border", 5, id="other border"
        ),
        pytest.param(pd.DataFrame({"lon": ["50"], "lat": ["10"]}), None, "Durand Line", 9_999, id="outside, as texts"),
    ],
)
def test_own_points_are_located_on_their_own_index(
    points: pd.DataFrame, code: str | None, border: str, km: float
) -> None:
    found = located(points)
    assert type(found) is type(points)
    assert list(found.index) == list(points.index)
    row = found.iloc[0]
    assert (row["province_code"] == code) if code else pd.isna(row["province_code"])
    assert row["border"] == border
    assert row["border_km"] < km


def test_a_point_without_coordinates_is_nowhere() -> None:
    found = located(pd.DataFrame({"lon": [71.0985, None], "lat": [34.1275, 34.0]}))
    assert found.iloc[1][["province", "border", "border_km"]].isna().all()


@pytest.mark.parametrize(
    ("points", "says"),
    [
        pytest.param(pd.DataFrame({"x": [71], "lat": [34]}), "no column 'lon'; name those of degrees", id="no column"),
        pytest.param(pd.DataFrame({"lon": ["71 E"], "lat": [34]}), "'lon' is no column of degrees", id="no number"),
        pytest.param(pd.DataFrame(TORKHAM).assign(border=""), "have a column 'border' already", id="taken"),
        pytest.param(gpd.GeoDataFrame(geometry=[shapely.Point(71, 34)]), "name no coordinate system", id="no system"),
        pytest.param(
            gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 1, 1)], crs=4326), "has Polygons; only points", id="areas"
        ),
    ],
)
def test_points_that_cannot_be_located_are_refused(points: pd.DataFrame, says: str) -> None:
    with pytest.raises(ValueError, match=re.escape(says)):
        located(points)


# Own axes.


@pytest.mark.slow
def test_the_map_on_own_axes_says_what_it_leaves_out_and_takes_points_in_degrees(table: IncidentTable) -> None:
    fig = Figure(figsize=(5, 5))
    axes = fig.subplots()
    drawn = select(table, province="AF-KHO").draw(axes, points=pd.DataFrame(TORKHAM), view="af")
    assert "18 of 300 incidents shown" in drawn.notes
    assert "OpenStreetMap" in drawn.notes
    assert axes.texts[0].get_text().replace("\n", " ") == drawn.notes
    (x, y), (point,) = drawn.at(71.0985, 34.1275), axes.collections[0].get_offsets()
    assert tuple(point) == pytest.approx((float(x), float(y)))
    fig.canvas.draw()
    west, east = axes.get_xlim()
    assert west < float(x) < east
    left, right = (axes.transData.transform((end, float(y)))[0] for end in (west, east))
    assert (left, right) == pytest.approx((axes.bbox.x0, axes.bbox.x1), abs=0.5)


@pytest.mark.slow
def test_many_incidents_are_drawn_as_discs(many_datasets: Path) -> None:
    fig = Figure(figsize=(5, 5))
    drawn = select(open_table(data=many_datasets)).draw(fig.subplots(), view="all", noted=False)
    assert "3,3" in drawn.notes.split(" of ")[1]
    assert list(drawn.axes.texts) == []


def test_axes_that_are_too_small_are_refused(everything: Selection) -> None:
    with pytest.raises(ValueError, match="the axes are 20 by 20 mm; a map needs 30 each way"):
        everything.draw(Figure(figsize=(0.787, 0.787)).add_axes((0, 0, 1, 1)))


# Mistakes.


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        pytest.param({"year": 2025}, {"year": (2025,)}, id="one year"),
        pytest.param({"year": np.int64(2025)}, {"year": (2025,)}, id="numpy's"),
        pytest.param({"year": range(2023, 2026)}, {"year": (2023, 2024, 2025)}, id="a range"),
        pytest.param({"category": "strike"}, {"category": ("strike",)}, id="one text"),
        pytest.param({"province": pd.Series(["AF-KHO"])}, {"province": ("AF-KHO",)}, id="a column"),
        pytest.param({"since": pd.Timestamp("2025-10-11")}, {"since": date(2025, 10, 11)}, id="pandas' day"),
    ],
)
def test_a_single_value_stands_where_there_can_be_several(given: dict[str, object], meant: dict[str, object]) -> None:
    assert Filters(**given) == Filters(**meant)  # type: ignore[arg-type]
    assert hash(Filters(**given)) == hash(Filters(**meant))  # type: ignore[arg-type]


@pytest.mark.parametrize("given", ["Khost", ["KHOST"], "af-kho", "AF-KHO"], ids=str)
def test_provinces_go_by_name_too(given: object, everything: Selection) -> None:
    assert select(everything.table, province=given).filters == Filters(province=("AF-KHO",))


@pytest.mark.parametrize(
    ("option", "error", "says"),
    [
        pytest.param({"size": "A5"}, ValueError, "size: 'A5' is none of: A4-landscape", id="a paper"),
        pytest.param({"sizes": "A4"}, TypeError, "a figure has no option 'sizes'; it has: size, view", id="an option"),
    ],
)
def test_a_figure_that_cannot_be_is_refused_with_what_there_is(
    option: dict[str, object], error: type[Exception], says: str, everything: Selection
) -> None:
    with pytest.raises(error, match=re.escape(says)):
        everything.figure(**option)


@pytest.mark.parametrize(
    ("given", "error", "says"),
    [
        pytest.param({"years": 2025}, TypeError, "'years' is not a filter; did you mean 'year'?", id="nearly a name"),
        pytest.param(
            {"colour": "red"}, TypeError, "'colour' is not a filter; use one of: year, since, until", id="no name"
        ),
        pytest.param({"category": "war"}, ValueError, "'war' is none of: crossing, ", id="category"),
        pytest.param({"year": "20x"}, ValueError, "'20x' is no year; write it as in 2025", id="year"),
        pytest.param({"since": 2025}, ValueError, "2025 is no day; write it as in 2025-10-11", id="day"),
    ],
)
def test_wrong_filters_are_refused_in_a_sentence(
    table: IncidentTable, given: dict[str, object], error: type[Exception], says: str
) -> None:
    for refused in (Filters, lambda **filters: select(table, **filters)):
        with pytest.raises(error, match=re.escape(says)):
            refused(**given)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        pytest.param({"province": "Khst"}, "province: 'Khst' is none of: AF-", id="province"),
        pytest.param({"province": ["AF-KHO", "AF-XXX"]}, "'AF-XXX' is none of: AF-", id="one of two provinces"),
        pytest.param({"province": "x"}, "AF-KHO (Khost), ", id="provinces by name"),
        pytest.param({"actor": "Afgan Taliban"}, "none of: Afghan Taliban, ", id="actor"),
        pytest.param({"group": 5}, "group: '5' is none of: ", id="group"),
        pytest.param({"dataset": "acled"}, "'acled' is none of: curated (the record)", id="dataset"),
    ],
)
def test_what_no_incident_can_have_is_refused_with_what_there_is(
    table: IncidentTable, given: dict[str, object], says: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(says)):
        select(table, **given)


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        pytest.param(lambda _: open_table("nowhere.geojson"), FileNotFoundError, "there is no file nowhere", id="file"),
        pytest.param(lambda _: open_table(5), TypeError, "store is the path of the incident file, not 5", id="number"),
        pytest.param(lambda _: open_table("."), IsADirectoryError, "a folder of datasets by data=", id="a folder"),
        pytest.param(
            lambda _: open_table(data="/nowhere/folder"), FileNotFoundError, "there is no folder /nowhere", id="folder"
        ),
        pytest.param(lambda _: open_table(data=5), TypeError, "data is a folder of imported", id="number as folder"),
        pytest.param(lambda _: open_table(rule=None), TypeError, "a rule is named by its code", id="no rule"),
        pytest.param(lambda _: select(None), TypeError, "select(open_table(), year=2025)", id="no table"),
        pytest.param(lambda s: s.under(5), TypeError, "a rule is named by its code", id="number as rule"),
        pytest.param(lambda s: s.draw(None), TypeError, "plt.subplots()", id="no axes"),
        pytest.param(lambda _: located([1, 2]), TypeError, "or a DataFrame with degrees, not a list", id="no frame"),
    ],
)
def test_wrong_arguments_are_refused_in_a_sentence(
    everything: Selection, call: Callable[[Selection], object], error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=re.escape(says)):
        call(everything)


@pytest.mark.parametrize(
    ("lon", "lat", "warned"),
    [
        pytest.param([71.0985, 69.2], [34.1275, 34.5], "", id="as they are"),
        pytest.param([34.1275, 34.5], [71.0985, 69.2], "2 of 2 points", id="exchanged"),
        pytest.param([71.0985, 34.5, 10.0], [34.1275, 69.2, 10.0], "1 of 3 points", id="one of them"),
        pytest.param([10.0, None], [10.0, 34.0], "", id="elsewhere, and none"),
    ],
)
def test_exchanged_degrees_are_warned_of(lon: list[float], lat: list[float], warned: str) -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        located(pd.DataFrame({"lon": lon, "lat": lat}))
    assert [str(one.message)[: len(warned)] for one in caught] == ([warned] if warned else [])
    assert all(one.filename == __file__ for one in caught)


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(ValueError, match="'sum' is no rule; write one of: range, lowest"):
        open_table(rule="sum")


def test_faulty_incidents_are_left_out_with_a_warning(tmp_path: Path) -> None:
    for file in IncidentStore().files:
        (tmp_path / file.name).write_bytes(file.read_bytes())
    store = tmp_path / "incidents.geojson"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        whole = len(open_table(store))
    store.write_text(store.read_text("utf-8").replace('"status": "disputed"', '"status": "sure"', 1), "utf-8")
    with pytest.warns(UserWarning, match="status: .*sure"):
        assert len(open_table(store)) == whole - 1
