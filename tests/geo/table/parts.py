"""Imported incidents made by hand, as parts that a table reads."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from geo.datasets.dataset import IMPORT_SCHEMA, OTHER_MEASURES
from geo.datasets.parts import write_part
from geo.incident.record import Claimant, Incident
from geo.incident.vocabulary import MEASURES
from geo.language.folding import fold
from geo.places.boundaries import boundaries
from geo.places.locating import locate_from_nearest_border
from geo.selection import search_text
from geo.table.clusters import Clusters
from geo.table.incident_rows import incidents_of
from geo.table.shown_datasets import ImportedSource

PUBLISHERS = {
    "acled": Claimant(id="acled", name="ACLED", side="other", kind="ngo", independent=True),
    "own-notes": Claimant(id="own-notes", name="Own notes", side="other", kind="ngo", independent=False),
}
_ENDS = ("low", "high")
KHOST = {"lon": 69.92, "lat": 33.34, "province": "Khost", "province_code": "AF-KHO", "country": "AF"}


def drawn_of(clusters: Clusters) -> int:
    """The number of incidents that the clusters of a view stand for."""
    return sum(each.count for each in (*clusters.cells, *clusters.badges)) + len(clusters.singles)


def imported_row(number: int, *, dataset: str = "acled", **changes: Any) -> dict[str, Any]:
    """A row of IMPORT_SCHEMA: a clash near Khost with three killed, with changes; its record says what finds it."""
    row: dict[str, Any] = dict.fromkeys(IMPORT_SCHEMA.names) | {
        "id": f"{dataset}-{number}",
        "dataset": dataset,
        "category": "clash",
        "subtype": "armed_clash",
        "title": f"Armed clash {number}",
        "summary": "Made by hand.",
        "date_start": datetime(2025, 3, 1, tzinfo=UTC).date(),
        "date_precision": "day",
        "place": "Khost",
        "location_precision": "exact",
        "uncertainty_km": 2.0,
        "status": "reported",
        "actors": ["Group A", "Group B"],
        "claims": 1,
        "sources": 1,
        "killed_low": 3,
        "killed_best": 3,
        "killed_high": 3,
        "source_dataset": dataset,
        "source_id": str(number),
        "source_row": number,
        "retrieved_at": datetime(2026, 1, 1, tzinfo=UTC),
    }
    row |= KHOST | changes
    row |= {"date_end": changes.get("date_end", row["date_start"]), "year": row["date_start"].year}
    stated = [any(row[f"{about}_{end}"] is not None for end in _ENDS) for about in MEASURES]
    row["claims"] = max(1, sum(stated))
    row["actors_folded"] = [fold(actor) for actor in row["actors"]]
    if "search" in changes:
        return row
    sought = search_text(record_of(row), PUBLISHERS, boundaries().place_names)
    return row | {"search": sought.text, "search_keys": list(sought.keys)}


def record_of(row: dict[str, Any]) -> Incident:
    """The record that the table makes of a row."""
    return incidents_of(pa.Table.from_pylist([row], IMPORT_SCHEMA), PUBLISHERS)[0]


def _measured(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Measure rows from the nearer border, as an import does."""
    lon, lat = ([float("nan") if row[name] is None else row[name] for row in rows] for name in ("lon", "lat"))
    placed = locate_from_nearest_border(lon, lat, boundaries())
    found = zip(rows, placed["border"], placed["border_km"], strict=True)
    return [row | ({} if pd.isna(km) else {"border": border, "border_km": float(km)}) for row, border, km in found]


def imported(folder: Path, rows: Iterable[dict[str, Any]], dataset: str = "acled", *, parts: int = 2) -> ImportedSource:
    """Write rows of one dataset as parts, each of its share."""
    table = pa.Table.from_pylist(_measured(list(rows)), IMPORT_SCHEMA)
    share = max(1, -(-table.num_rows // parts))
    files = []
    for number, start in enumerate(range(0, max(table.num_rows, 1), share)):
        raw = pa.StructArray.from_arrays(
            [table["source_id"].slice(start, share).combine_chunks()], [f"id of {dataset}"]
        )
        path = folder / f"{dataset}-{len(list(folder.iterdir()))}-{number}.parquet"
        write_part(table.slice(start, share).append_column("raw", raw), path)
        files.append(str(path))
    people = tuple(about for about in OTHER_MEASURES if any(table[f"{about}_{end}"].drop_null() for end in _ENDS))
    return ImportedSource(
        id=dataset, files=tuple(files), claimant=PUBLISHERS[dataset], rows=table.num_rows, people=people
    )
