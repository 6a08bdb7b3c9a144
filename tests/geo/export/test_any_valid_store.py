"""Whatever validates can be written in every format, and drawn."""

import io
import tempfile
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.export.writing import FORMATS, export
from geo.figure.drawing import write_figure
from geo.figure.options import EXTENTS, FigureFormat, FigureOptions
from geo.places.boundaries import boundaries
from geo.selection import Filters
from geo.table.incident_table import IncidentTable
from tests.geo.stores import store_of
from tests.geo.strategies import valid_stores

pytestmark = pytest.mark.slow
FEW = settings(max_examples=2 if settings.default.max_examples <= 20 else settings.default.max_examples)
"""A figure takes seconds; `--hypothesis-profile=fuzz` tries thousands."""
OPENED = {"xlsx": lambda raw: openpyxl.load_workbook(io.BytesIO(raw)), "kml": ET.fromstring}


@FEW
@given(valid_stores(), st.sampled_from(["all", "selection"]))
def test_what_validates_is_written_and_drawn(incidents, extent) -> None:
    with tempfile.TemporaryDirectory() as folder:
        table = IncidentTable.of(store_of(Path(folder), *incidents).read().require_valid())
    for ending, each in FORMATS.items():
        raw = export(Filters(), table, boundaries(), format=each)
        OPENED.get(ending, len)(raw)
    view = EXTENTS[extent](Filters(), table, boundaries())
    ET.fromstring(write_figure(Filters(), table, boundaries(), FigureOptions(view=view, format=FigureFormat.SVG))[0])
