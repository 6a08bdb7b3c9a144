"""Files read and mapped as an import does, each kept row as a line that a person can check."""

from dataclasses import dataclass
from tempfile import gettempdir
from typing import Any

from geo.datasets.folder import DataFolder
from geo.imports.parts_made import map_block
from geo.imports.pipeline import Wanted, planned

BOLDAK = "66.400 31.006 AF AF-KAN"
PARACHINAR = "70.101 33.899 PK PK-KP"
NEAR = "near 5 km"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedFile:
    """What became of a file."""

    kind: str
    counts: tuple[int, int, int]
    """Accepted, repaired, rejected."""
    rows: list[str]
    """As of `row`, in the order of the file."""
    repairs: list[list[str]]
    """Of each of them."""
    rejected: list[str]
    """Column, text and reason of each."""
    notes: str
    columns: dict[str, str]
    """Of the file, by field."""


def row(where: str = BOLDAK, days: str = "2025-10-11", killed: str = "2", known: str = NEAR) -> str:
    """A line: longitude, latitude, country and province; first and last day if there are two, and how well they are
    known if that is not the day; lowest, best and highest figure if they differ; how well the place is known."""
    return f"{where} | {days} | {killed} | {known}"


def told(kept: dict[str, Any]) -> str:
    """A kept row as such a line."""
    point = "nowhere" if kept["lon"] is None else f"{kept['lon']:.3f} {kept['lat']:.3f}"
    days = "/".join(dict.fromkeys(str(kept[name]) for name in ("date_start", "date_end")))
    days += f" {kept['date_precision']}" * (kept["date_precision"] != "day")
    ends = ["-" if kept[f"killed_{end}"] is None else str(kept[f"killed_{end}"]) for end in ("low", "best", "high")]
    radius = "" if kept["uncertainty_km"] is None else f" {kept['uncertainty_km']:g} km"
    where = " ".join(filter(None, (point, kept["country"], kept["province_code"])))
    return row(where, days, ends[0] if len({*ends}) == 1 else " ".join(ends), f"{kept['location_precision']}{radius}")


def imported(path, **wanted: Any) -> ImportedFile:
    """Import a file, but for the putting of its release in a folder."""
    file = planned(path, Wanted(**wanted), DataFolder(gettempdir() + "/no-such-data"))
    found = [map_block(block, file.plan) for block in file.rows.blocks()]
    kept = [one for part in found for one in part.rows.to_pylist()]
    rejected = [one for part in found for one in part.rejected.drop_columns("values").to_pylist()]
    return ImportedFile(
        kind=file.plan.kind.code,
        counts=(sum(part.accepted for part in found), sum(part.repaired for part in found), len(rejected)),
        rows=[told(one) for one in kept],
        repairs=[one["repairs"] for one in kept],
        rejected=[f"{one['field']} {one['raw']!r} {one['reason']}" for one in rejected],
        notes="\n".join(file.notes),
        columns=dict(file.plan.columns),
    )
