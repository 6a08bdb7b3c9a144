"""GeoPackage: all incidents in one layer, the areas they are known to each once, circles and counts."""

import sqlite3
import warnings
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely
from pyproj import Geod

from geo.export.columns import GEOPACKAGE
from geo.export.formats import Contents
from geo.export.geopackage_format import SHOWS, write_geopackage
from geo.export.writing import FORMATS
from geo.incident.record import Incident
from geo.incident.vocabulary import LocationPrecision
from geo.places.boundaries import Boundaries
from geo.selection import Filters
from geo.store.incident_store import StoreContents
from geo.table.incident_table import IncidentTable
from tests.geo.export.conftest import EVERYTHING, NOTHING, Written
from tests.geo.table.parts import imported, imported_row

Layers = Callable[[str], gpd.GeoDataFrame]

LAYERS = {
    "incidents": "Point",
    "areas": "MultiPolygon",
    "stretches": "LineString",
    "uncertainty": "MultiPolygon",
    "provinces": "MultiPolygon",
    "borders": "LineString",
    "crossing_points": "Point",
    "towns": "Point",
    "neighbours": "MultiPolygon",
    "claims": None,
    "sources": None,
    "columns": None,
    "manifest": None,
    "layer_styles": None,
}


@pytest.mark.parametrize(
    "filters",
    [
        pytest.param(EVERYTHING, id="everything"),
        pytest.param(NOTHING, id="nothing"),
    ],
)
def test_layers(written: Written, filters: object) -> None:
    path = written(filters, FORMATS["gpkg"])  # type: ignore[arg-type]
    assert dict(pyogrio.list_layers(path)) == LAYERS
    assert pyogrio.list_layers(path)[0][0] == "incidents"


DRAWN_IN = {
    LocationPrecision.EXACT: "incidents",
    LocationPrecision.NEAR: "incidents",
    LocationPrecision.DISTRICT: "areas",
    LocationPrecision.PROVINCE: "areas",
    LocationPrecision.BORDER_SEGMENT: "stretches",
    LocationPrecision.COUNTRY: None,
}


@pytest.fixture(scope="module")
def layers_of(written: Written) -> Layers:
    """Read a layer of everything."""
    return lambda layer: pyogrio.read_dataframe(written(EVERYTHING, FORMATS["gpkg"]), layer=layer)


@pytest.mark.parametrize("precision", LocationPrecision)
def test_an_incident_is_drawn_where_it_is_known_to_be(
    layers_of: Layers, incidents: tuple[Incident, ...], precision: LocationPrecision
) -> None:
    rows = layers_of("incidents").set_index("id")
    areas = {layer: set(layers_of(layer)["area"]) for layer in ("areas", "stretches")}
    meant = [incident.id for incident in incidents if incident.location_precision is precision]
    assert meant
    for row in (rows.loc[each] for each in meant):
        found = [layer for layer, named in areas.items() if row["area"] in named]
        found += ["incidents"] if row.geometry is not None else []
        assert found == [DRAWN_IN[precision]] * (DRAWN_IN[precision] is not None)


def test_all_incidents_are_in_one_layer(layers_of: Layers, incidents: tuple[Incident, ...]) -> None:
    assert sorted(layers_of("incidents")["id"]) == sorted(incident.id for incident in incidents)


@pytest.mark.parametrize(
    ("layer", "rows"),
    [
        *(("incidents", 0), ("areas", 0), ("uncertainty", 0), ("claims", 0)),
        *(("provinces", 46), ("borders", 2), ("crossing_points", 30), ("towns", 162)),
    ],
)
def test_an_empty_choice_keeps_the_ground(written: Written, layer: str, rows: int) -> None:
    assert pyogrio.read_info(written(NOTHING, FORMATS["gpkg"]), layer=layer)["features"] == rows


def test_the_manifest_is_in_the_metadata_too(written: Written) -> None:
    info = pyogrio.read_info(written(EVERYTHING, FORMATS["gpkg"]), layer="incidents")
    path = written(EVERYTHING, FORMATS["gpkg"])
    with sqlite3.connect(path) as connection:
        (table,) = connection.execute("SELECT this_file FROM manifest WHERE about='Manifest'").fetchone()
    assert info["dataset_metadata"]["manifest"] == table


@pytest.mark.parametrize(
    "use_arrow",
    [
        pytest.param(False, id="rows"),
        pytest.param(True, id="Arrow"),
    ],
)
@pytest.mark.parametrize("layer", [*LAYERS])
def test_a_layer_is_read_without_a_warning(written: Written, layer: str, use_arrow: bool) -> None:  # noqa: FBT001
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(pyogrio.read_dataframe(written(EVERYTHING, FORMATS["gpkg"]), layer=layer, use_arrow=use_arrow))


def test_a_place_known_nearly_has_its_circle_and_no_other_has(
    layers_of: Layers, incidents: tuple[Incident, ...]
) -> None:
    rings = layers_of("uncertainty")
    near = Counter(
        (i.category.value, i.lon, i.lat, i.uncertainty_km)
        for i in incidents
        if i.location_precision is LocationPrecision.NEAR
    )
    circles = list(zip(*(rings[name] for name in ("category", "lon", "lat", "uncertainty_km")), strict=True))
    assert dict(zip(circles, rings["incidents"], strict=True)) == near
    assert len(circles) == len(near)
    for circle, geometry in zip(circles, rings.geometry, strict=True):
        _, lon, lat, radius_km = circle
        edge = shapely.get_coordinates(shapely.segmentize(geometry, 1e-3))  # the middles of the sides too
        radii_m = [Geod(ellps="WGS84").inv(lon, lat, *corner)[2] for corner in edge]
        assert radii_m == pytest.approx([1000 * radius_km] * len(radii_m), rel=0.005)


@pytest.mark.parametrize("layer", ["areas", "stretches"])
def test_an_area_stands_once_and_counts_the_incidents_known_to_it(layers_of: Layers, layer: str) -> None:
    rows = layers_of(layer).set_index("area")
    assert rows.index.is_unique
    assert not rows.geometry.to_wkb().duplicated().any()
    known_to = layers_of("incidents").groupby("area")
    for area, row in rows.iterrows():
        own = known_to.get_group(area)
        assert (row["incidents"], row["strikes"]) == (len(own), (own["category"] == "strike").sum())
        categories, statuses = set(own["category"]), set(own["status"])
        assert row["category"] == (categories.pop() if len(categories) == 1 else "several")
        assert row["status"] == statuses.pop() if len(statuses) == 1 else pd.isna(row["status"])
    assert rows["incidents"].max() > 1


def test_an_area_of_a_province_has_the_outline_of_the_layer_below(layers_of: Layers) -> None:
    provinces = layers_of("provinces").set_index("province_code").geometry
    alone = layers_of("areas").query("location_precision == 'province' and not area.str.contains(';')")
    assert len(alone)
    for area, shape in zip(alone["area"], alone.geometry, strict=True):
        assert shape.equals(provinces[area])


def test_areas_and_circles_are_counted_over_all_parts_and_written_once(
    table: IncidentTable, layers: Boundaries, layers_of: Layers, tmp_path: Path
) -> None:
    contents = Contents.of(EVERYTHING, table, layers)
    write_geopackage([contents, contents], tmp_path / "twice.gpkg")
    for layer in ("areas", "stretches", "uncertainty"):
        once, twice = layers_of(layer), pyogrio.read_dataframe(tmp_path / "twice.gpkg", layer=layer)
        assert list(twice["incidents"]) == list(2 * once["incidents"])


def test_thousands_known_to_a_province_are_one_area(
    contents: StoreContents, layers: Boundaries, tmp_path: Path
) -> None:
    rows = [imported_row(n, location_precision="province") for n in range(1, 3001)]
    table = IncidentTable.of(contents, [imported(tmp_path, rows)])
    chosen = Contents.parts(Filters(dataset=("acled",)), table, layers)
    write_geopackage(chosen, tmp_path / "many.gpkg")
    areas = pyogrio.read_dataframe(tmp_path / "many.gpkg", layer="areas")
    assert list(areas["incidents"]) == [3000]


def test_the_spatial_index_keeps_its_triggers(written: Written) -> None:
    with sqlite3.connect(written(EVERYTHING, FORMATS["gpkg"])) as connection:
        found = Counter(
            table
            for (table,) in connection.execute("SELECT tbl_name FROM sqlite_master WHERE name LIKE 'rtree%update%'")
        )
    assert found["areas"] == found["stretches"] == found["uncertainty"] == found["incidents"] > 0


@pytest.mark.parametrize("layer", GEOPACKAGE)
def test_each_column_has_its_meaning_and_what_people_call_it(written: Written, layer: str) -> None:
    path = written(EVERYTHING, FORMATS["gpkg"])
    fields = list(pyogrio.read_info(path, layer=layer)["fields"])
    explained = pyogrio.read_dataframe(path, layer="columns").query("layer == @layer")["column"]
    assert sorted(explained) == sorted(fields)
    with sqlite3.connect(path) as connection:
        wanted = "SELECT column_name, name, description FROM gpkg_data_columns WHERE table_name = ?"
        named = {column: (name, meaning) for column, name, meaning in connection.execute(wanted, (layer,))}
    assert sorted(named) == sorted(fields)
    assert all(name and name[0].isupper() and meaning for name, meaning in named.values())


def test_each_drawn_layer_says_what_it_shows(written: Written) -> None:
    with sqlite3.connect(written(EVERYTHING, FORMATS["gpkg"])) as connection:
        found = dict(connection.execute("SELECT table_name, description FROM gpkg_contents WHERE data_type='features'"))
    assert found == SHOWS


def test_programs_of_some_years_ago_know_its_version(written: Written) -> None:
    with sqlite3.connect(written(EVERYTHING, FORMATS["gpkg"])) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (10200,)
