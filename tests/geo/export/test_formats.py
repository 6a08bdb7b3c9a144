"""Names of files."""

import re

import pytest
from hypothesis import given

from geo.export.formats import ExportFormat, file_name
from geo.export.writing import FORMATS
from geo.selection import Filters
from tests.geo.strategies import FILTERS


@pytest.mark.parametrize(
    ("filters", "name"),
    [
        pytest.param(Filters(), "incidents.csv", id="everything"),
        pytest.param(
            Filters(year=(2025, 2024), category=("strike",)), "incidents-2024-2025-strike.csv", id="years and kind"
        ),
        pytest.param(Filters(q="Spin Boldak/../etc"), "incidents-spin-boldak-etc.csv", id="path"),
        pytest.param(Filters(q="دهشت"), "incidents.csv", id="another script"),
    ],
)
def test_a_file_is_named_by_what_is_chosen(filters: Filters, name: str) -> None:
    assert file_name(filters, format=FORMATS["csv"]) == name


@given(FILTERS)
def test_every_file_system_takes_the_name(filters: Filters) -> None:
    assert re.fullmatch(r"incidents(-[a-z0-9]+)*\.gpkg", name := file_name(filters, format=FORMATS["gpkg"]))
    assert len(name) < 100


@pytest.mark.parametrize("file_format", FORMATS.values(), ids=FORMATS)
def test_each_format_has_a_media_type_and_a_label(file_format: ExportFormat) -> None:
    assert re.fullmatch(r"[a-z]+/[a-z0-9.+-]+", file_format.media_type)
    named = file_format.label.lower().endswith(file_format.ending) or file_format.label in ("GeoPackage", "Excel")
    assert named, f"a label ends with its ending, .{file_format.ending}, unless people know the format by another name"
