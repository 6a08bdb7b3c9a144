"""One incident with its claims and sources, and what must agree within it."""

from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from geo.errors import InconsistentError
from geo.incident.claim import Claim, Source
from geo.incident.fields import Day, Kilometres, Latitude, Longitude, Record, Slug, Text
from geo.incident.movement import Movement
from geo.losses import LOSS_OF
from geo.vocabulary import (
    CATEGORY_OF,
    About,
    Category,
    Confidence,
    Country,
    DatePrecision,
    LocationPrecision,
    Status,
    Subtype,
)


class Incident(Record):
    """One incident with its claims and sources."""

    id: Slug
    category: Category
    subtype: Subtype
    title: Annotated[Text, Field(max_length=80)]
    summary: Annotated[Text, Field(max_length=400)]
    date_start: Day
    date_end: Day | None
    """None means that no end is on record, not that it lasts."""
    date_precision: DatePrecision
    place: Text
    aliases: tuple[Text, ...] = ()
    district: Text | None
    province: Text | None
    """As reported; None where an incident spans several or its province is unknown."""
    country: Country
    location_precision: LocationPrecision
    lon: Longitude | None
    lat: Latitude | None
    """Degrees, WGS84; the best point for the place, to be read with `uncertainty_km`."""
    uncertainty_km: Kilometres | None
    """Radius; for a border segment half its length along the line."""
    location_basis: Text | None
    location_confidence: Confidence | None
    location_note: Text | None = None
    movement: Movement | None = None
    actors: tuple[Text, ...]
    status: Status
    event_group: Slug | None
    claims: Annotated[tuple[Claim, ...], Field(min_length=1)]
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        faults = [*_date_faults(self), *_place_faults(self), *_claim_faults(self)]
        if CATEGORY_OF[self.subtype] is not self.category:
            belongs = CATEGORY_OF[self.subtype]
            faults.append(("subtype", f"{self.subtype} belongs to category {belongs}, not to {self.category}"))
        if faults:
            raise InconsistentError(faults)
        return self

    @classmethod
    def from_feature(cls, feature: dict[str, Any]) -> Self:
        """Read a GeoJSON Feature; raises pydantic.ValidationError with every fault."""
        geometry = feature.get("geometry") or {"coordinates": (None, None)}
        lon, lat = geometry["coordinates"][:2]
        return cls.model_validate({"id": feature.get("id"), **feature["properties"], "lon": lon, "lat": lat})

    def to_feature(self) -> dict[str, Any]:
        """Return a GeoJSON Feature, WGS84, geometry null when no place is known."""
        properties = self.model_dump(mode="json", exclude={"id", "lon", "lat"}, by_alias=True)
        point = None if self.lon is None else {"type": "Point", "coordinates": [self.lon, self.lat]}
        return {"type": "Feature", "id": self.id, "geometry": point, "properties": properties}


def _date_faults(incident: Incident) -> list[tuple[str, str]]:
    end = incident.date_end
    if end is not None and end < incident.date_start:
        return [("date_end", f"{end} precedes date_start {incident.date_start}")]
    return []


def _place_faults(incident: Incident) -> list[tuple[str, str]]:
    placed = [v is not None for v in (incident.lon, incident.lat, incident.uncertainty_km, incident.location_basis)]
    if any(placed) and not all(placed):
        return [("geometry", "coordinates, uncertainty_km and location_basis go together: give all or none")]
    if (incident.location_precision is LocationPrecision.COUNTRY) is all(placed):
        return [("location_precision", "is country exactly when there are no coordinates")]
    return []


def _claim_faults(incident: Incident) -> list[tuple[str, str]]:
    last = len(incident.sources) - 1
    faults = []
    for number, claim in enumerate(incident.claims):
        if claim.source > last:
            faults.append((f"claims[{number}].source", f"is {claim.source}, but the last source is number {last}"))
        if claim.about in (About.KILLED, About.INJURED) and claim.of not in LOSS_OF:
            words = ", ".join(sorted(LOSS_OF))
            faults.append((f"claims[{number}].of", f"{claim.of!r} is nobody a toll can be of; use one of: {words}"))
    return faults
