"""GeoParquet: for geopandas and for DuckDB, claims nested."""

import duckdb
import geopandas as gpd
import pyarrow.parquet as pq
import pytest
import shapely

from geo.export.writing import FORMATS
from geo.table.incident_table import IncidentTable
from tests.geo.export.conftest import EVERYTHING, NOTHING, Written


@pytest.mark.parametrize(
    "filters",
    [
        pytest.param(EVERYTHING, id="everything"),
        pytest.param(NOTHING, id="nothing"),
    ],
)
def test_geopandas_knows_where_it_lies(written: Written, table: IncidentTable, filters: object) -> None:
    frame = gpd.read_parquet(written(filters, FORMATS["parquet"]))  # type: ignore[arg-type]
    assert frame.crs.equals("OGC:CRS84")
    assert len(frame) == table.count(filters)  # type: ignore[arg-type]


def test_claims_are_nested(written: Written, table: IncidentTable) -> None:
    path = written(EVERYTHING, FORMATS["parquet"])
    said = duckdb.sql(f"SELECT id, len(claims), claims[1].claimant FROM '{path}'").fetchall()
    assert {row[0]: row[1:] for row in said} == {
        incident.id: (len(incident.claims), table.claimants[incident.claims[0].by].name) for incident in table.incidents
    }


def test_readers_skip_what_lies_elsewhere(written: Written) -> None:
    path, box = written(EVERYTHING, FORMATS["parquet"]), (68.0, 36.5, 75.0, 39.0)
    inside, everything = gpd.read_parquet(path, bbox=box), gpd.read_parquet(path)
    touched = everything[everything.geometry.notna()].cx[box[0] : box[2], box[1] : box[3]]
    assert 0 < len(touched) <= len(inside) < len(everything)
    assert set(touched["id"]) <= set(inside["id"])


def test_each_geometry_has_its_box_and_no_other_row_has(written: Written) -> None:
    rows = pq.read_table(written(EVERYTHING, FORMATS["parquet"]), columns=["bbox", "geometry"]).to_pylist()
    shapes = [row["geometry"] and shapely.from_wkb(row["geometry"]) for row in rows]
    assert None in shapes
    edges = ("xmin", "ymin", "xmax", "ymax")
    assert [row["bbox"] for row in rows] == [shape and dict(zip(edges, shape.bounds, strict=True)) for shape in shapes]
