"""GeoParquet: for geopandas and for DuckDB, claims nested."""

import duckdb
import geopandas as gpd
import pytest

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
