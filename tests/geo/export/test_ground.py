"""Nothing is exported more exactly than it is known."""

import pytest
import shapely
from pyproj import Geod

from geo.export.formats import ExportFormat, ground
from geo.export.writing import FORMATS
from geo.incident.record import Incident
from geo.incident.vocabulary import LocationPrecision
from geo.places.boundaries import Boundaries
from tests.conftest import make_incident, without_place
from tests.geo.export.conftest import EVERYTHING, Written
from tests.geo.export.readers import GEOMETRIES

SHAPES = {
    LocationPrecision.EXACT: {"Point"},
    LocationPrecision.NEAR: {"Point"},
    LocationPrecision.DISTRICT: {"Polygon", "MultiPolygon"},
    LocationPrecision.PROVINCE: {"Polygon", "MultiPolygon"},
    LocationPrecision.BORDER_SEGMENT: {"LineString"},
    LocationPrecision.COUNTRY: {None},
}


@pytest.mark.parametrize("file_format", [FORMATS[ending] for ending, read in GEOMETRIES.items() if read])
def test_only_places_known_exactly_or_nearly_are_points(
    written: Written, incidents: tuple[Incident, ...], file_format: ExportFormat
) -> None:
    read = GEOMETRIES[file_format.ending]
    assert read is not None
    shapes = read(written(EVERYTHING, file_format))
    for incident in incidents:
        shape = shapes[incident.id]
        assert (shape and shape.geom_type) in SHAPES[incident.location_precision], incident.id


def test_a_district_is_the_disc_that_it_lies_in(layers: Boundaries) -> None:
    disc = ground(make_incident(location_precision="district", uncertainty_km=20), layers)
    radii_m = [Geod(ellps="WGS84").inv(69.92, 33.34, lon, lat)[2] for lon, lat in shapely.get_coordinates(disc)]
    assert radii_m == pytest.approx([20_000] * len(radii_m), abs=1)


def test_a_province_is_its_outline(layers: Boundaries) -> None:
    shape = ground(make_incident(location_precision="province", uncertainty_km=60), layers)
    khost = layers.provinces.geometry["AF-KHO"]
    assert shape is not None
    assert shapely.hausdorff_distance(shape, khost) < 0.011
    assert shape.area == pytest.approx(khost.area, rel=0.02)


def test_several_provinces_are_all_of_their_outlines(layers: Boundaries) -> None:
    made = make_incident(location_precision="province", provinces=("Khost", "Paktia"), uncertainty_km=60)
    shape = ground(made, layers)
    both = shapely.union_all(layers.provinces.geometry[["AF-KHO", "AF-PIA"]].to_numpy())
    assert shape is not None
    assert shape.area == pytest.approx(both.area, rel=0.02)


def test_a_province_that_the_layers_do_not_have_is_a_disc(layers: Boundaries) -> None:
    shape = ground(make_incident(location_precision="province", province=None, uncertainty_km=60), layers)
    assert shape is not None
    assert shape.contains(shapely.Point(69.92, 33.34))


def test_a_stretch_lies_on_the_border(layers: Boundaries) -> None:
    shape = ground(make_incident(location_precision="border_segment", lon=71.05, lat=34.44, uncertainty_km=30), layers)
    assert shape is not None
    assert layers.borders["durand_line"].geodesic_length_km(shape) == pytest.approx(60, rel=0.2)
    assert shapely.hausdorff_distance(shape, layers.borders["durand_line"].stretch(1942.6, 2002.6)) < 0.02


def test_without_a_place_there_is_no_geometry(layers: Boundaries) -> None:
    assert ground(without_place(), layers) is None
