"""The incident record: one RFC 7946 Feature per incident, and what may stand in it.

Field names are the wire format. Everything is frozen; an invalid record cannot exist.
"""

import re
from datetime import date
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from geo.errors import InconsistentError
from geo.losses import LOSS_OF
from geo.vocabulary import (
    CATEGORY_OF,
    About,
    Category,
    ClaimantKind,
    Confidence,
    Country,
    DatePrecision,
    LocationPrecision,
    Scope,
    SourceKind,
    Stance,
    Status,
    Subtype,
)


def _iso_day(given: Any) -> Any:
    if isinstance(given, date) or (isinstance(given, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", given)):
        return given
    raise ValueError(f"expected a day as in 2025-10-11, not {given!r}"[:120])


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=100)]
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+\.[^\s/]+(/\S*)?$")]
Count = Annotated[int, Field(ge=0, strict=True)]
Day = Annotated[date, BeforeValidator(_iso_day)]
Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False, strict=True)]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False, strict=True)]
Kilometres = Annotated[float, Field(gt=0, le=2000, allow_inf_nan=False, strict=True)]


class Record(BaseModel):
    """What all parts of an incident share: frozen, and no field that is not named here."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Claimant(Record):
    """Somebody who speaks; a row of `data/claimants.json`."""

    id: Slug
    name: Text
    side: Text
    """Country or party the claimant speaks for: AF, PK, TJ, TTP or other."""
    kind: ClaimantKind
    independent: Annotated[bool, Field(strict=True)]
    """Of the parties to the incidents."""
    note: str | None = None


class Source(Record):
    """Where a claim was published."""

    publisher: Text
    title: Text | None = None
    url: Url | None = None
    published: Day | None = None
    kind: SourceKind
    archived_url: Url | None = None


class Claim(Record):
    """What one claimant says about one thing, as one source has it."""

    by: Slug
    by_text: Text | None = None
    """The speaker as quoted."""
    stance: Stance
    about: About
    value: Count | None = None
    low: Count | None = None
    """“At least”; alone, or with `high` as a range."""
    high: Count | None = None
    """“Up to”."""
    of: Text | None = None
    """Whose loss, or what."""
    scope: Scope
    note: Text | None = None
    source: Annotated[int, Field(ge=0)]
    """Position in the incident's `sources`, from 0."""

    @model_validator(mode="after")
    def _one_figure(self) -> Self:
        if self.value is not None and (self.low is not None or self.high is not None):
            raise ValueError("value and low/high stand together; keep value for an exact figure, low/high for a range")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"low {self.low:,} is above high {self.high:,}")
        return self


class Whereabouts(Record):
    """One end of a movement; without coordinates where only a district or province is known."""

    place: Text
    country: Country
    lon: Longitude | None = None
    lat: Latitude | None = None
    uncertainty_km: Kilometres | None = None

    @model_validator(mode="after")
    def _whole_point(self) -> Self:
        if len({self.lon is None, self.lat is None, self.uncertainty_km is None}) > 1:
            raise ValueError("lon, lat and uncertainty_km go together: give all three or none")
        return self


class Movement(Record):
    """People crossing a border; whose word the numbers are is in the claims about `crossed`."""

    model_config = ConfigDict(validate_by_name=True, serialize_by_alias=True)

    origin: Annotated[Whereabouts, Field(alias="from")]
    destination: Annotated[Whereabouts, Field(alias="to")]
    people_low: Count
    people_high: Count | None = None
    """None means that no upper figure is claimed."""
    kind: Text


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
