"""KML: well-formed whatever the text, and markup in it is never markup in a balloon."""

import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pyogrio
import pytest

from geo.export import ExportFormat
from geo.incident import Incident
from tests.geo.export.conftest import EVERYTHING, HOSTILE, Written, hostile_incident
from tests.geo.export.readers import KML


def test_gdal_reads_a_layer_per_category(written: Written, incidents: tuple[Incident, ...]) -> None:
    path = written(EVERYTHING, ExportFormat.KML)
    counts = {layer: pyogrio.read_info(path, layer=layer)["features"] for layer, _ in pyogrio.list_layers(path)}
    assert counts == {
        name: sum(incident.category == category for incident in incidents)
        for name, category in (("Crossings", "crossing"), ("Strikes", "strike"), ("Clashes", "clash"))
    }


def test_a_balloon_shows_markup_as_text(export_of: Callable[..., Path]) -> None:
    root = ET.parse(export_of([hostile_incident(HOSTILE)], ExportFormat.KML)).getroot()
    described = next(root.iter(f"{KML}Placemark")).findtext(f"{KML}description")
    assert "&lt;img src=x onerror=alert(1)&gt;" in described
    assert "<img" not in described
    assert {style.findtext(f"{KML}text") for style in root.iter(f"{KML}BalloonStyle")} == {"$[description]"}


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\ufffe"], ids=["NUL", "escape", "noncharacter"])
def test_characters_that_xml_cannot_hold_are_replaced(export_of: Callable[..., Path], character: str) -> None:
    root = ET.parse(export_of([hostile_incident(f"a{character}b")], ExportFormat.KML)).getroot()
    assert next(root.iter(f"{KML}Placemark")).findtext(f"{KML}name") == "a\ufffdb"


def test_an_incident_has_its_days(written: Written) -> None:
    root = ET.parse(written(EVERYTHING, ExportFormat.KML)).getroot()
    first = root.find(f".//{KML}Placemark[@id='2021-02-01-shultan-kunar-artillery']/{KML}TimeSpan")
    assert [first.findtext(f"{KML}{end}") for end in ("begin", "end")] == ["2021-02-01", "2021-02-02"]


def test_only_places_known_exactly_or_nearly_are_points(written: Written, incidents: tuple[Incident, ...]) -> None:
    root = ET.parse(written(EVERYTHING, ExportFormat.KML)).getroot()
    pins = {p.get("id") for p in root.iter(f"{KML}Placemark") if p.find(f"{KML}Point") is not None}
    assert pins == {i.id for i in incidents if i.location_precision in ("exact", "near")}
