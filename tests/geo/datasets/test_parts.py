"""Parts of releases: nothing lost, near things near, readable as GeoParquet."""

import json

import geopandas
import numpy as np
import pyarrow.parquet as pq
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.datasets.dataset import IMPORT_SCHEMA
from geo.datasets.parts import ROW_GROUP, curve_order, wkb_points, write_part
from tests.geo.datasets.tables import make_row, make_table

degrees = st.floats(-90, 90) | st.just(float("nan")) | st.just(float("inf"))


@given(st.lists(st.tuples(degrees, degrees, st.booleans())))
def test_points_are_the_wkb_of_shapely(points):
    lon, lat, drawn = np.array(points, float).reshape(-1, 3).T
    made = wkb_points(lon, lat, drawn.astype(bool)).to_pylist()
    expected = [
        shapely.to_wkb(shapely.Point(x, y), byte_order=1) if shown and np.isfinite(x) and np.isfinite(y) else None
        for x, y, shown in points
    ]
    assert made == expected


class TestCurve:
    def test_it_goes_from_cell_to_cell_without_a_jump(self):
        x, y = (axis.ravel() for axis in np.meshgrid(np.arange(16), np.arange(16)))
        order = curve_order((x + 0.5) * 22.5 - 180, (y + 0.5) * 11.25 - 90)
        steps = np.abs(np.diff(x[order])) + np.abs(np.diff(y[order]))
        assert set(steps) == {1}

    @given(st.lists(st.tuples(degrees, degrees)))
    def test_every_row_is_there_once_and_those_without_a_place_last(self, points):
        lon, lat = np.array(points, float).reshape(-1, 2).T
        order = curve_order(lon, lat)
        nowhere = ~(np.isfinite(lon) & np.isfinite(lat))
        assert sorted(order) == list(range(len(points)))
        assert list(nowhere[order]) == sorted(nowhere)
        assert list(order[nowhere[order]]) == sorted(order[nowhere[order]])


class TestPart:
    @pytest.fixture
    def path(self, tmp_path):
        return tmp_path / "part-00000.parquet"

    def test_geopandas_reads_it(self, path):
        write_part(make_table([make_row(1), make_row(2, location_precision="province")]), path)
        read = geopandas.read_parquet(path).set_index("id")
        assert read.crs == "OGC:CRS84"
        assert read.geometry["acled-afg1"] == shapely.Point(69.92, 33.34)
        assert read.geometry["acled-afg2"] is None

    @pytest.mark.parametrize(
        ("precision", "drawn"),
        [("exact", True), ("near", True), ("district", False), ("province", False), ("country", False)],
    )
    def test_a_point_is_there_only_where_one_may_be_drawn(self, path, precision, drawn):
        write_part(make_table([make_row(location_precision=precision)]), path)
        assert pq.read_table(path)["geometry"].null_count == (0 if drawn else 1)

    @given(st.lists(st.tuples(degrees, degrees), max_size=20))
    def test_rows_come_back_whole(self, tmp_path_factory, points):
        path = tmp_path_factory.mktemp("part") / "part-00000.parquet"
        rows = make_table(make_row(n, lon=lon, lat=lat) for n, (lon, lat) in enumerate(points))
        write_part(rows, path)
        read = pq.read_table(path).sort_by("source_row").drop_columns("geometry").replace_schema_metadata()
        assert str(read.to_pylist()) == str(rows.to_pylist())
        assert read.cast(rows.schema).schema == rows.schema

    def test_equal_rows_give_equal_files(self, path):
        rows = make_table(make_row(n, lon=60 + n % 7, lat=30 + n % 5) for n in range(50))
        write_part(rows, path)
        first = path.read_bytes()
        write_part(rows, path)
        assert path.read_bytes() == first

    def test_statistics_tell_where_row_groups_lie(self, path):
        rows = (make_row(n, lon=60 + n % 2 * 10, lat=30.0) for n in range(2 * ROW_GROUP))
        write_part(make_table(rows), path)
        file = pq.ParquetFile(path)
        lon = IMPORT_SCHEMA.get_field_index("lon")
        groups = [file.metadata.row_group(group).column(lon) for group in range(file.num_row_groups)]
        assert {column.path_in_schema for column in groups} == {"lon"}
        assert [(group.statistics.min, group.statistics.max) for group in groups] == [(60, 60), (70, 70)]

    def test_the_bounds_of_what_is_drawn_are_told(self, path):
        write_part(
            make_table([make_row(1), make_row(2, lon=71, lat=34), make_row(3, lon=0, location_precision="province")]),
            path,
        )
        told = json.loads(pq.read_schema(path).metadata[b"geo"])
        assert told["version"] == "1.1.0"
        assert told["columns"]["geometry"]["bbox"] == [69.92, 33.34, 71, 34]

    def test_a_part_without_rows_is_a_part(self, path):
        write_part(make_table([]), path)
        assert pq.read_table(path).num_rows == 0
