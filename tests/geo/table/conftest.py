"""Tables with imported incidents."""

from collections.abc import Callable
from datetime import date

import pytest

from geo.cli.synth_command import synthetic_blocks
from geo.table.incident_table import IncidentTable
from tests.geo.table.parts import imported, imported_row, record_of

ENGLISH = {"Battles": "clash", "Explosions/Remote violence": "strike"}
PRECISION = {1: "exact", 2: "near", 3: "province"}


def synthetic_rows(layers, count, seed=0):
    """Rows of IMPORT_SCHEMA made of synthetic events, one in nine known to a district."""
    codes = {name: code for code, name in layers.provinces["province"].items()}
    for block in synthetic_blocks(count, layers, seed=seed):
        for number, event in enumerate(block.to_pylist(), 1):
            category = ENGLISH.get(event["event_type"], "other")
            subtype = {"clash": "armed_clash", "strike": "shelling_or_missile"}.get(category, "protest")
            precision = "district" if number % 9 == 0 else PRECISION[event["geo_precision"]]
            yield imported_row(
                number,
                category=category,
                subtype=subtype,
                date_start=date.fromisoformat(event["event_date"]),
                place=event["location"],
                province=event["admin1"],
                province_code=codes[event["admin1"]],
                country={4: "AF", 586: "PK", 762: "TJ"}[event["iso"]],
                location_precision=precision,
                lon=event["longitude"],
                lat=event["latitude"],
                actors=[actor for actor in (event["actor1"], event["actor2"]) if actor],
                killed_low=event["fatalities"],
                killed_high=event["fatalities"] + number % 3,
                search=event["location"].lower(),
                search_keys=[],
            )


@pytest.fixture(scope="session")
def many_rows(layers):
    """2,100 imported rows along the borders."""
    return list(synthetic_rows(layers, 2_100))


@pytest.fixture(scope="session")
def many(contents, many_rows, tmp_path_factory) -> IncidentTable:
    """The shipped record beside 2,100 imported incidents."""
    return IncidentTable.of(contents, [imported(tmp_path_factory.mktemp("many"), many_rows)])


@pytest.fixture
def beside(contents, tmp_path) -> Callable[..., IncidentTable]:
    """Make a table of the shipped record and rows by hand."""

    def make(*rows, links=(), datasets=("acled", "own-notes")):
        sources = [
            imported(tmp_path, [row for row in rows if row["dataset"] == name], name)
            for name in datasets
            if any(row["dataset"] == name for row in rows)
        ]
        return IncidentTable.of(contents, sources, links=links)

    return make


@pytest.fixture(scope="session")
def placed(contents, many_rows):
    """Of everything in `many`: year, category, precision, record."""
    everything = (*contents.incidents, *map(record_of, many_rows))
    return [(i.date_start.year, i.category, i.location_precision, i) for i in everything]
