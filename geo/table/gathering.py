"""What a view holds, gathered into heaps: imported incidents by SQL, the record's own one by one."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from geo.boundaries import Boundaries
from geo.claims import Rule
from geo.filters import Filters
from geo.incident import Claimant, Incident
from geo.table.cells import SUMS, cells
from geo.table.clusters import Single
from geo.table.drawing import Heaps
from geo.table.heap import Heap
from geo.table.heard import killed, told
from geo.table.imported import Imported
from geo.table.mercator import Ground, to_degrees, to_units
from geo.vocabulary import Category, Country, DatePrecision, LocationPrecision, Status, Subtype

POINTS: Final = (LocationPrecision.EXACT, LocationPrecision.NEAR)
AREAS: Final = (LocationPrecision.DISTRICT, LocationPrecision.BORDER_SEGMENT)

PROVINCES: Final = f"""
SELECT coalesce(enum_code(province_code), -1)::INTEGER, coalesce(enum_code(country), 0)::INTEGER, 'province',
    category::VARCHAR, dataset::VARCHAR, * EXCLUDE (province_code, country, category, dataset)
FROM (
    SELECT province_code, country, category, dataset, {SUMS}
    FROM lean WHERE {{where}} AND location_precision = 'province' AND x IS NOT NULL
    GROUP BY ALL
)
"""
_DECIMALS: Final = 5
"""Of a degree: about a metre."""


def gather(imported: Imported | None, record: Sequence[Incident], filters: Filters, ground: Ground) -> Heaps:
    """Gather what a choice has on the ground within the ends; `record` is what the record has of the choice."""
    heaps: dict[str, dict[tuple[int, int], Heap]] = {kind.value: {} for kind in LocationPrecision}
    heaps[LocationPrecision.NEAR] = heaps[LocationPrecision.EXACT]
    for column, line, precision, category, dataset, *sums in _of_imported(imported, filters, ground):
        inside = heaps[precision]
        heap = inside.get((column, line))
        if heap is None:
            heap = inside[column, line] = Heap((column, line))
        heap.take(category, dataset, sums)
    for kind, heap in _of_record(record, ground):
        inside = heaps[kind]
        if heap.cell in inside:
            inside[heap.cell].add(heap)
        else:
            inside[heap.cell] = heap
    return Heaps(
        points=tuple(heaps[LocationPrecision.EXACT].values()),
        areas={kind: tuple(heaps[kind].values()) for kind in AREAS},
        provinces=tuple(heaps[LocationPrecision.PROVINCE].values()),
    )


def facts(
    imported: Imported | None, refs: Sequence[int], rule: Rule, claimants: Mapping[str, Claimant]
) -> dict[int, Single]:
    """Return what imported rows say, by their numbers."""
    if imported is None or not refs:
        return {}
    return {row[0]: _single(row, rule, claimants) for row in imported.facts(refs)}


def _single(row: tuple[Any, ...], rule: Rule, claimants: Mapping[str, Claimant]) -> Single:
    _, name, dataset, category, subtype, status, began, day, place, precision, x, y, radius_km, low, high = row
    lon, lat = to_degrees(x + 0.5, y + 0.5)
    return Single(
        id=name,
        dataset=dataset,
        category=Category(category),
        subtype=Subtype(subtype),
        status=Status(status),
        date_start=began,
        date_precision=DatePrecision(day),
        place=place,
        location_precision=LocationPrecision(precision),
        lon=round(lon, _DECIMALS),
        lat=round(lat, _DECIMALS),
        uncertainty_km=round(radius_km or 0.0, 3),
        killed=killed(dataset, told(rule, claimants[dataset], low, high)),
    )


def _of_record(record: Sequence[Incident], ground: Ground) -> Iterable[tuple[LocationPrecision, Heap]]:
    placed = [incident for incident in record if incident.lon is not None]
    x, y = to_units([incident.lon or 0.0 for incident in placed], [incident.lat or 0.0 for incident in placed])
    bits = ground.grid.cell_bits
    for incident, east, south in zip(placed, x.tolist(), y.tolist(), strict=True):
        kind = incident.location_precision
        if kind is LocationPrecision.PROVINCE:
            yield kind, _heap(_province_of(incident, ground.layers), incident, east, south)
        elif ground.holds(east, south):
            cell = (east >> bits, south >> bits)
            yield LocationPrecision.EXACT if kind in POINTS else kind, _heap(cell, incident, east, south)


def _province_of(incident: Incident, layers: Boundaries) -> tuple[int, int]:
    code = incident.province and layers.province_named(incident.province, incident.country)
    position = -1 if code is None else int(layers.provinces.index.get_loc(code))
    return position, list(Country).index(incident.country)


def _heap(cell: tuple[int, int], incident: Incident, x: int, y: int) -> Heap:
    heap = Heap(cell, 1, x, y, (x, x, y, y), record=[incident.id])
    heap.counts[incident.category] += 1
    return heap


def _of_imported(imported: Imported | None, filters: Filters, ground: Ground) -> list[tuple[Any, ...]]:
    """Return cell, precision, category, dataset and what `Heap.take` adds up, of all but those without a place."""
    if imported is None:
        return []
    by_cell = cells(imported, filters, bits=ground.grid.cell_bits, ends=ground.ends)
    drawn = {*POINTS, *AREAS}
    return [row for row in by_cell if row[2] in drawn] + imported.ask_once(PROVINCES, filters)
