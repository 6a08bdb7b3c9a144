"""Names of files."""

import re

import pytest
from hypothesis import given

from geo.export import ExportFormat, file_name
from geo.filters import Filters
from tests.geo.strategies import FILTERS


@pytest.mark.parametrize(
    ("filters", "name"),
    [
        (Filters(), "incidents.csv"),
        (Filters(year=(2025, 2024), category=("strike",)), "incidents-2024-2025-strike.csv"),
        (Filters(q="Spin Boldak/../etc"), "incidents-spin-boldak-etc.csv"),
        (Filters(q="دهشت"), "incidents.csv"),
    ],
    ids=["everything", "years and kind", "path", "another script"],
)
def test_a_file_is_named_by_what_is_chosen(filters: Filters, name: str) -> None:
    assert file_name(filters, format=ExportFormat.CSV) == name


@given(FILTERS)
def test_every_file_system_takes_the_name(filters: Filters) -> None:
    assert re.fullmatch(r"incidents(-[a-z0-9]+)*\.gpkg", name := file_name(filters, format=ExportFormat.GPKG))
    assert len(name) < 100


@pytest.mark.parametrize("file_format", ExportFormat)
def test_each_format_has_a_media_type_and_a_label(file_format: ExportFormat) -> None:
    assert re.fullmatch(r"[a-z]+/[a-z0-9.+-]+", file_format.media_type)
    assert file_format.label.lower().endswith(str(file_format)) or file_format.label in ("GeoPackage", "Excel")
