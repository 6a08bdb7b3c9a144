"""The line under a map that says what the map leaves out."""

from geo.filters import Filters
from geo.table import IncidentTable


def not_on_map(filters: Filters, table: IncidentTable) -> str:
    """Count what is not drawn as a point: without a place, filtered out, known to an area only."""
    chosen = table.select(filters)
    known_to = chosen["location_precision"].value_counts()
    nowhere = int(known_to.get("country", 0))
    out = len(table) - len(chosen)
    areas = {name: int(known_to.get(name, 0)) for name in ("district", "province", "border_segment")}
    return (
        f"Not on this map: {nowhere:,} without a place, {out:,} filtered out. Drawn as badges, not points: "
        f"{areas['district']:,} known to the district only, {areas['province']:,} to the province only, "
        f"{areas['border_segment']:,} to a stretch of the border only."
    )
