"""People who cross a border, from where to where."""

from typing import Annotated, Self

from pydantic import ConfigDict, Field, model_validator

from geo.incident.fields import Count, Kilometres, Latitude, Longitude, Record, Text
from geo.vocabulary import (
    Country,
)


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
