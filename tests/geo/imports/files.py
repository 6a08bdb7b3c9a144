"""Files as publishers make them, small and synthetic."""

import csv
from pathlib import Path
from typing import Any

from geo.datasets.folder import DataFolder
from geo.imports.pipeline import prepare
from geo.imports.report import Report
from geo.imports.sources.acled import ACLED


def acled_row(number: int = 1, **changes: Any) -> dict[str, str]:
    """A synthetic ACLED event at Khost, with changes."""
    row = {
        "event_id_cnty": f"AFG{number}",
        "event_date": "2025-10-11",
        "year": "2025",
        "time_precision": "1",
        "disorder_type": "Political violence",
        "event_type": "Battles",
        "sub_event_type": "Armed clash",
        "actor1": "Synthetic forces A",
        "actor2": "Synthetic forces B",
        "iso": "4",
        "country": "Afghanistan",
        "admin1": "Khost",
        "location": "Khost",
        "latitude": "33.34",
        "longitude": "69.92",
        "geo_precision": "1",
        "source": "Synthetic",
        "notes": f"Synthetic event {number}.",
        "fatalities": "2",
    }
    return dict.fromkeys(ACLED, "") | row | {name: str(value) for name, value in changes.items()}


def acled_file(path: Path, *rows: dict[str, str]) -> Path:
    """Write rows as an ACLED file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ACLED)
        writer.writeheader()
        writer.writerows(rows)
    return path


def import_file(path: Path, folder: DataFolder, *, dry_run: bool = False, **wanted: Any) -> Report:
    """Import a file, if any row of it is usable, and return the report."""
    made = prepare(path, folder, **wanted)
    try:
        return made.accept() if made.usable and not dry_run else made.report
    finally:
        made.discard()
