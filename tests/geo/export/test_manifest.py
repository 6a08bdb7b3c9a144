"""What made an export."""

import json
from dataclasses import asdict

import pytest
from hypothesis import given

from geo import __version__
from geo.casualties import RANGE
from geo.export.manifest import manifest, short_code, to_json
from geo.places.boundaries import BOUNDARY_NOTE
from geo.places.plane import BBox
from geo.render.left_out import left_out
from geo.selection import Filters
from geo.table.incident_table import IncidentTable
from geo.table.shown_datasets import mixture_words
from tests.conftest import LOWEST
from tests.geo.strategies import FILTERS
from tests.geo.table.parts import imported, imported_row

NAMES = ("filters", "view", "options", "data_version", "boundary_version", "app_version")
STRIKES = Filters(category=("strike",), year=(2025,))


def test_it_says_what_the_file_was_made_from(table, layers):
    made = manifest(STRIKES, table, layers, view=BBox(69, 32, 72, 35), size="A4")
    assert made["filters"] == {"year": ["2025"], "category": ["strike"]}
    assert made["filters_in_words"] == "Strikes, 2025"
    assert made["view"] == "69,32,72,35"
    assert made["options"] == {"size": "A4"}
    assert (made["data_version"], made["boundary_version"]) == (table.version, layers.version)
    assert made["app_version"] == __version__
    assert made["rule"] == RANGE.as_dict()
    assert made["boundary_note"] == BOUNDARY_NOTE
    assert made["counts"] == asdict(left_out(STRIKES, table, view=BBox(69, 32, 72, 35)))


@given(FILTERS)
def test_the_filters_can_be_read_back(table, layers, filters):
    made = json.loads(to_json(manifest(filters, table, layers)))
    assert Filters.from_query(made["filters"]) == filters


def test_equal_choices_have_equal_manifests(table, layers):
    assert to_json(manifest(STRIKES, table, layers, size="A4")) == to_json(manifest(STRIKES, table, layers, size="A4"))


@pytest.mark.parametrize(
    "change",
    [{"filters": {"year": ["2024"]}}, {"view": "69,32,72,35"}, {"options": {"dpi": 600}}, {"data_version": "other"}],
    ids=lambda change: next(iter(change)),
)
def test_the_code_changes_with_what_shapes_the_file(table, layers, change):
    made = manifest(STRIKES, table, layers)
    shaped_by = {name: made[name] for name in (*NAMES, "rule")} | {"rule": made["rule"]["code"]}
    assert short_code(shaped_by) == made["code"]
    assert short_code(shaped_by | change) != made["code"]
    assert len(made["code"]) == 8


def test_another_rule_is_named_and_changes_the_code(table, layers):
    made = manifest(STRIKES, table.under(LOWEST), layers)
    assert made["rule"]["code"] == "lowest"
    assert made["code"] != manifest(STRIKES, table, layers)["code"]


def test_a_nearly_equal_view_has_another_code(table, layers):
    codes = {manifest(STRIKES, table, layers, view=BBox(69, 32, 72 + step / 1e7, 35))["code"] for step in range(3)}
    assert len(codes) == 3


def test_several_datasets_are_named_with_what_each_has(contents, layers, tmp_path):
    table = IncidentTable.of(contents, [imported(tmp_path, [imported_row(1), imported_row(2)])])
    filters = Filters(year=(2025,))
    made = json.loads(to_json(manifest(filters, table, layers)))
    own = sum(incident.date_start.year == 2025 for incident in contents.incidents)
    assert [(part["id"], part["incidents"]) for part in made["datasets"]] == [("curated", own), ("acled", 2)]
    assert made["datasets_in_words"] == mixture_words(table.mixture(filters))
    alone = manifest(Filters(dataset=("acled",)), table, layers)
    assert not {"datasets", "datasets_in_words"} & set(alone)
