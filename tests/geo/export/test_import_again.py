"""What is exported can be imported again: the same incidents, places, days and people, in every format that is read."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from geo.cli import main
from geo.datasets.folder import DataFolder
from geo.export.writing import FORMATS
from geo.incident.record import Incident
from geo.incident.vocabulary import MEASURES, About
from geo.selection import Filters
from geo.store.incident_store import StoreContents
from geo.table.incident_table import IncidentTable
from geo.table.shown_datasets import imported_sources

pytestmark = pytest.mark.slow

Rows = dict[str, dict[str, Any]]

FILES = {kind: f"incidents.{kind}" for kind in (*FORMATS, "csv.zip") if kind != "kml"}
"""By format; of several tables in a file, none is named. KML holds no columns that a program could tell apart."""


@pytest.fixture(scope="session")
def again(contents: StoreContents, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Rows]:
    """Export the record and import it again, once for each format; return rows by their ids in the record."""
    made: dict[str, Rows] = {}

    def rows(kind: str) -> Rows:
        if kind not in made:
            folder = tmp_path_factory.mktemp("again")
            name = FILES[kind]
            assert main(["export", "-o", str(folder / name)]) == 0
            words = ["--dataset", "again", "--yes", "--data", str(folder / "data")]
            assert main(["import", str(folder / name), *words]) == 0
            read = IncidentTable.of(contents, imported_sources(DataFolder(folder / "data")))
            found = [row for batch in read.batches(Filters(dataset=("again",))) for row in batch.to_pylist()]
            made[kind] = {row["source_id"]: row for row in found}
        return made[kind]

    return rows


FIELDS = {
    "kinds": ("category", "subtype", "title"),
    "places": ("lon", "lat", "place", "district", "country"),
    "provinces": ("province",),
    "precision": ("location_precision", "uncertainty_km", "date_precision"),
    "first days": ("date_start",),
    "last days": ("date_end",),
    "words": ("summary", "status", "event_group", "actors"),
}


@pytest.mark.parametrize("kind", FILES)
def test_every_incident_comes_back_once(
    again: Callable[[str], Rows], incidents: tuple[Incident, ...], kind: str
) -> None:
    assert sorted(again(kind)) == sorted(incident.id for incident in incidents)


@pytest.mark.parametrize(
    ("kind", "group"),
    [pytest.param(kind, group, id=f"{kind}-{group}") for kind in FILES for group in FIELDS],
)
def test_what_is_known_of_an_incident_comes_back(
    again: Callable[[str], Rows], incidents: tuple[Incident, ...], kind: str, group: str
) -> None:
    rows = again(kind)
    expected = {i.id: [_plain(getattr(i, name)) for name in FIELDS[group]] for i in incidents}
    found = {key: [_plain(row[name]) for name in FIELDS[group]] for key, row in rows.items()}
    assert {key: (found[key], value) for key, value in expected.items() if found[key] != value} == {}


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, (list, tuple)) else value


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("about", MEASURES)
def test_people_come_back(again: Callable[[str], Rows], table: IncidentTable, kind: str, about: About) -> None:
    ends = [f"{about}_low", f"{about}_high"]
    expected = {
        key: [None if pd.isna(v) else v for v in row] for key, *row in table.select(Filters())[ends].itertuples()
    }
    assert {key: [row[end] for end in ends] for key, row in again(kind).items()} == expected


def test_a_zip_is_imported_without_naming_what_is_inside(tmp_path: Path) -> None:
    path = tmp_path / "incidents.csv.zip"
    assert main(["export", "-o", str(path)]) == 0
    assert main(["import", str(path), "--dataset", "again", "--yes", "--data", str(tmp_path / "data")]) == 0
