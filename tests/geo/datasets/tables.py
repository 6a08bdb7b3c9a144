"""Rows of imported datasets, made by hand."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from geo.datasets.dataset import IMPORT_SCHEMA, Dataset
from geo.datasets.folder import DataFolder
from geo.datasets.parts import part_name, write_part
from geo.datasets.word_index import index_release

MOMENT = datetime(2026, 11, 24, tzinfo=UTC)


def make_row(number: int = 1, dataset: str = "acled", **changes: Any) -> dict[str, Any]:
    """A clash near Khost city by IMPORT_SCHEMA, with changes."""
    start = changes.get("date_start", date(2025, 1, 1))
    actors = changes.get("actors", ["Taliban", "Frontier Corps"])
    return {
        "id": f"{dataset}-afg{number}",
        "dataset": dataset,
        "category": "clash",
        "subtype": "armed_clash",
        "title": "Armed clash near Khost",
        "summary": f"Row {number}",
        "date_start": start,
        "date_end": start,
        "date_precision": "day",
        "year": start.year,
        "place": "Khost",
        "province": "Khost",
        "province_code": "AF-KHO",
        "country": "AF",
        "location_precision": "exact",
        "lon": 69.92,
        "lat": 33.34,
        "status": "reported",
        "actors": actors,
        "actors_folded": [actor.lower() for actor in actors],
        "killed_low": 1,
        "killed_best": 2,
        "killed_high": 3,
        "source_text": "Dawn",
        "repairs": [],
        "source_dataset": dataset,
        "source_id": f"AFG{number}",
        "source_row": number,
        "raw": {"event_id_cnty": f"AFG{number}", "notes": f"Row {number}"},
        **changes,
    }


def make_table(rows: Iterable[dict[str, Any]]) -> pa.Table:
    """Rows as the mapping gives them, without geometry."""
    raw = pa.struct([("event_id_cnty", pa.string()), ("notes", pa.string())])
    return pa.Table.from_pylist(list(rows), IMPORT_SCHEMA.append(pa.field("raw", raw)))


def make_parts(folder: Path, *parts: Iterable[dict[str, Any]]) -> list[Path]:
    """Write parts into a folder and return them."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, rows in enumerate(parts):
        write_part(make_table(rows), folder / part_name(number))
    return sorted(folder.glob("part-*.parquet"))


def make_dataset(dataset_id: str = "acled", **changes: Any) -> Dataset:
    """What is said of a dataset of one row."""
    fields: dict[str, Any] = {
        "id": dataset_id,
        "kind": "acled",
        "title": "ACLED",
        "file_name": "acled.csv",
        "retrieved_at": MOMENT,
        "imported_at": MOMENT,
        "rows": 1,
        "accepted": 1,
        "repaired": 0,
        "rejected": 0,
    }
    return Dataset.model_validate(fields | changes)


def commit(folder: DataFolder, dataset: Dataset, *rows: dict[str, Any]) -> Dataset:
    """Put a release into a folder."""
    with folder.staging(dataset.id) as staging:
        make_parts(staging.path, rows)
        index_release(staging.path)
        return staging.commit(dataset)


def left_in(folder: Path) -> list[str]:
    """Names of all files and folders, those of locks aside."""
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*"))
    return sorted(name for name in found if not name.startswith(".locks"))


SECRET = "Only ACLED has this"


def mixed_folder(path: Path) -> DataFolder:
    """Three events of ACLED, two of UCDP and one of a plain file, all near Khost on days of January 2025."""
    folder = DataFolder(path)
    near = {"uncertainty_km": 2.0, "claims": 1, "sources": 1, "retrieved_at": MOMENT}
    secret = near | dict.fromkeys(("title", "place", "summary"), SECRET)
    held = {
        "acled": ("acled", [make_row(n, **secret) for n in (1, 2, 3)]),
        "ucdp-ged": ("ucdp-ged", [make_row(n, "ucdp-ged", **near, date_start=date(2025, 1, 2)) for n in (1, 2)]),
        "own-notes": ("plain", [make_row(1, "own-notes", **secret)]),
    }
    for name, (kind, rows) in held.items():
        commit(folder, make_dataset(name, kind=kind, title=name.upper(), rows=len(rows), accepted=len(rows)), *rows)
    return folder
