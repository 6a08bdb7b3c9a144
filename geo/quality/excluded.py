"""What was considered for the record and left out, with the reason."""

import json
from functools import cache
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter

from geo.incident import Day, Record, Slug, Text

EXCLUDED_FILE: Final = Path(__file__).resolve().parents[2] / "data" / "excluded.json"


class Excluded(Record):
    """A row of `data/excluded.json`."""

    id: Slug
    title: Text
    date_start: Day
    date_end: Day | None
    reason: Text


@cache
def excluded(path: Path = EXCLUDED_FILE) -> tuple[Excluded, ...]:
    """Read the file, oldest first; raises pydantic.ValidationError with every fault."""
    rows = TypeAdapter(tuple[Excluded, ...]).validate_python(json.loads(path.read_text("utf-8")))
    return tuple(sorted(rows, key=lambda row: (row.date_start, row.id)))
