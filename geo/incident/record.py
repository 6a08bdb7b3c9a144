"""The incident record: one RFC 7946 Feature per incident, with its claims, sources, movement and event cluster."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, Final, Protocol, Self
from urllib.parse import parse_qsl, urlencode, urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from geo.incident.errors import InconsistentError
from geo.incident.losses import LOSS_OF
from geo.incident.vocabulary import (
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
from geo.language.messages import say

# Building blocks of an incident: frozen records, and field types.


MOST_COUNTED: Final = 100_000_000
"""Largest count of people or things. More is a typing error, and many programs lose integer precision beyond 2**53."""


def _countable(given: int) -> int:
    if given > MOST_COUNTED:
        raise ValueError(say("fault-too-large", most=MOST_COUNTED))
    return given


def _iso_day(given: Any) -> Any:
    if isinstance(given, date) or (isinstance(given, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", given)):
        return given
    raise ValueError(say("fault-no-day", given=repr(given))[:120])


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=100)]
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+\.[^\s/]+(/\S*)?$")]
Count = Annotated[
    int, Field(ge=0, strict=True, json_schema_extra={"maximum": MOST_COUNTED}), AfterValidator(_countable)
]
Day = Annotated[date, BeforeValidator(_iso_day)]
Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False, strict=True)]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False, strict=True)]
Kilometres = Annotated[float, Field(gt=0, le=2000, allow_inf_nan=False, strict=True)]


class Record(BaseModel):
    """Base of all parts of an incident: frozen, and without unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


# Claims, claimants and sources.


class Claimant(Record):
    """Somebody who makes claims; a row of `data/claimants.json`."""

    id: Slug
    name: Text
    side: Text
    """Country or party the claimant speaks for: AF, PK, TJ, TTP or other."""
    kind: ClaimantKind
    independent: Annotated[bool, Field(strict=True)]
    """Independent of the parties to the incidents."""
    note: str | None = None


class DatasetClaimant(Claimant):
    """Claimant of an imported dataset whose figures do not count all deaths."""

    whose: Text
    """Whose deaths they are, as a note beside each figure."""


def whose_losses(claimant: Claimant) -> str | None:
    """Return whose losses a claimant's figures are; None if they are everybody's."""
    return claimant.whose if isinstance(claimant, DatasetClaimant) else None


def name_of(claimant: str, claimants: Mapping[str, Claimant]) -> str:
    """Return a claimant's name, or its id if it is not in the register."""
    return claimants[claimant].name if claimant in claimants else claimant


class Source(Record):
    """Where a claim was published."""

    publisher: Text
    title: Text | None = None
    url: Url | None = None
    published: Day | None = None
    kind: SourceKind
    archived_url: Url | None = None

    @property
    def publication(self) -> str:
        """Key shared by entries for the same publication: the URL, or else publisher, title and day.

        URLs are compared without scheme, `www.`, fragment, trailing slash and `utm_` parameters.
        """
        if self.url is None:
            return "\n".join((plain_text(self.publisher), plain_text(self.title or ""), str(self.published or "")))
        try:
            parts = urlsplit(self.url)
        except ValueError:  # brackets in the host
            return self.url
        own = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name[:4] != "utm_"]
        host = parts.netloc.lower().removeprefix("www.")
        return f"{host}{parts.path.rstrip('/')}?{urlencode(own)}".rstrip("?")


def plain_text(text: str) -> str:
    """Fold only case and whitespace: the key of a publication must not change with the rules of search."""
    return " ".join(text.casefold().split())


class Claim(Record):
    """What one claimant says about one thing, according to one source."""

    by: Slug
    by_text: Text | None = None
    """The claimant as named in the source."""
    stance: Stance
    about: About
    value: Count | None = None
    low: Count | None = None
    """“At least”; on its own, or with `high` as a range."""
    high: Count | None = None
    """“Up to”."""
    of: Text | None = None
    """Whose loss, or which things."""
    scope: Scope
    note: Text | None = None
    source: Annotated[int, Field(ge=0)]
    """Index in the incident's `sources`, from 0."""

    @model_validator(mode="after")
    def _one_figure(self) -> Self:
        if self.value is not None and (self.low is not None or self.high is not None):
            raise ValueError(say("fault-value-and-range"))
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(say("fault-low-above-high", low=self.low, high=self.high))
        return self


# Movements of people across a border.


class Whereabouts(Record):
    """One end of a movement; without coordinates if only a district or province is known."""

    place: Text
    country: Country
    lon: Longitude | None = None
    lat: Latitude | None = None
    uncertainty_km: Kilometres | None = None

    @model_validator(mode="after")
    def _whole_point(self) -> Self:
        if len({self.lon is None, self.lat is None, self.uncertainty_km is None}) > 1:
            raise ValueError(say("fault-point-incomplete"))
        return self


class Movement(Record):
    """People crossing a border; the claims about `crossed` say who gives the numbers."""

    model_config = ConfigDict(validate_by_name=True, serialize_by_alias=True)

    origin: Annotated[Whereabouts, Field(alias="from")]
    destination: Annotated[Whereabouts, Field(alias="to")]
    people_low: Count
    people_high: Count | None = None
    """None means that no upper figure is claimed."""
    kind: Text


# An incident, and the consistency rules for its fields.


class Incident(Record):
    """One incident with its claims and sources."""

    imported: ClassVar[bool] = False
    """Whether it comes from an imported dataset, with a single publisher and a look of its own."""

    id: Slug
    category: Category
    subtype: Subtype
    title: Annotated[Text, Field(max_length=80)]
    summary: Annotated[Text, Field(max_length=400)]
    date_start: Day
    date_end: Day | None
    """None means that no end is on record, not that it is ongoing."""
    date_precision: DatePrecision
    place: Text
    aliases: tuple[Text, ...] = ()
    district: Text | None
    province: Text | None
    """As reported; None if unknown, or if there are several and none is primary."""
    provinces: tuple[Text, ...] = ()
    """All provinces, if sources place the incident in several, including `province` if given; otherwise left out."""
    country: Country
    location_precision: LocationPrecision
    lon: Longitude | None
    lat: Latitude | None
    """Degrees, WGS84; the best point for the place, to be read with `uncertainty_km`."""
    uncertainty_km: Kilometres | None
    """Radius; for a border segment, half its length along the line."""
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
        faults = [*_date_faults(self), *_place_faults(self), *_province_faults(self), *_claim_faults(self)]
        if (belongs := self.subtype.category) is not self.category:
            codes = {"subtype": self.subtype.value, "belongs": belongs.value, "category": self.category.value}
            message = say("fault-other-category", **codes)
            faults.append(("subtype", message))
        if faults:
            raise InconsistentError(faults)
        return self

    @property
    def lies_in(self) -> tuple[str, ...]:
        """Names of all provinces it lies in, as reported; empty if unknown."""
        return self.provinces or ((self.province,) if self.province else ())

    @classmethod
    def from_feature(cls, feature: dict[str, Any]) -> Self:
        """Parse a GeoJSON Feature; raises pydantic.ValidationError with every fault."""
        geometry = feature.get("geometry") or {"coordinates": (None, None)}
        lon, lat = geometry["coordinates"][:2]
        return cls.model_validate({"id": feature.get("id"), **feature["properties"], "lon": lon, "lat": lat})

    def to_feature(self) -> dict[str, Any]:
        """Return a GeoJSON Feature, WGS84; its geometry is null if no place is known."""
        properties = self.model_dump(mode="json", exclude={"id", "lon", "lat"}, by_alias=True)
        point = None if self.lon is None else {"type": "Point", "coordinates": [self.lon, self.lat]}
        return {"type": "Feature", "id": self.id, "geometry": point, "properties": properties}


class ImportedIncident(Incident):
    """A row of an imported dataset as an incident, with its publisher's claims, one a measure of people at most."""

    imported: ClassVar[bool] = True


def _date_faults(incident: Incident) -> list[tuple[str, str]]:
    end = incident.date_end
    if end is not None and end < incident.date_start:
        return [("date_end", say("fault-end-first", end=end, start=incident.date_start))]
    return []


def _place_faults(incident: Incident) -> list[tuple[str, str]]:
    placed = [v is not None for v in (incident.lon, incident.lat, incident.uncertainty_km, incident.location_basis)]
    if any(placed) and not all(placed):
        return [("geometry", say("fault-place-incomplete"))]
    if (incident.location_precision is LocationPrecision.COUNTRY) is all(placed):
        return [("location_precision", say("fault-country-with-point"))]
    return []


def _province_faults(incident: Incident) -> list[tuple[str, str]]:
    named, faults = incident.provinces, []
    if len(named) == 1:
        faults.append(("provinces", say("fault-one-province")))
    faults += [
        ("provinces", say("fault-province-twice", name=repr(name)))
        for name in sorted(set(named))
        if named.count(name) > 1
    ]
    if named and incident.province is not None and incident.province not in named:
        faults.append(("provinces", say("fault-province-not-named", name=repr(incident.province))))
    return faults


def _claim_faults(incident: Incident) -> list[tuple[str, str]]:
    last = len(incident.sources) - 1
    faults = []
    for number, claim in enumerate(incident.claims):
        if claim.source > last:
            message = say("fault-no-source", given=str(claim.source), last=str(last))
            faults.append((f"claims[{number}].source", message))
        if claim.about in (About.KILLED, About.INJURED) and claim.of not in LOSS_OF:
            message = say("fault-nobody", given=repr(claim.of), known=", ".join(sorted(LOSS_OF)))
            faults.append((f"claims[{number}].of", message))
        if claim.scope is Scope.GROUP and incident.event_group is None:
            faults.append((f"claims[{number}].scope", say("fault-group-of-none")))
    return faults


# Event clusters: one row of `data/event_groups.json` for each `event_group` of the incidents.


class EventGroup(Record):
    """An event cluster of several incidents; a row of `data/event_groups.json`."""

    id: Slug
    """Value of `event_group` in its incidents."""
    name: Annotated[Text, Field(max_length=60)]
    date_start: Day
    """First day of its first incident."""
    date_end: Day | None
    """Last day of its last incident; None means that one of them has no recorded end."""
    summary: Annotated[Text, Field(max_length=300)]

    @model_validator(mode="after")
    def _days_in_order(self) -> Self:
        if self.date_end is not None and self.date_end < self.date_start:
            raise ValueError(say("fault-cluster-end-first", end=self.date_end, start=self.date_start))
        return self


class _Dated(Protocol):
    @property
    def date_start(self) -> date: ...

    @property
    def id(self) -> str: ...


def oldest_first(each: _Dated) -> tuple[date, str]:
    """Sort key of incidents, event groups and changes to them: first day, then id."""
    return each.date_start, each.id


def event_names(groups: Mapping[str, EventGroup]) -> dict[str, str]:
    """Return the names of event groups by id, latest first."""
    ordered = sorted(groups.values(), key=oldest_first, reverse=True)
    return {group.id: group.name for group in ordered}
