"""Where and when, and how well either is known."""

from enum import StrEnum


class Country(StrEnum):
    """ISO 3166-1 alpha-2."""

    AF = "AF"
    PK = "PK"
    TJ = "TJ"

    @property
    def label(self) -> str:
        """Return the country's name."""
        return {"AF": "Afghanistan", "PK": "Pakistan", "TJ": "Tajikistan"}[self.value]


class DatePrecision(StrEnum):
    """How well the time is known; `date_start` and `date_end` span what is possible."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    """Of imported datasets only."""

    @property
    def words(self) -> str:
        """Say how the time is known."""
        return {
            "day": "day known",
            "week": "week known, day not",
            "month": "month known, day not",
            "year": "year known, month not",
        }[self.value]


class LocationPrecision(StrEnum):
    """How well the place is known; it decides what may be drawn."""

    EXACT = "exact"
    NEAR = "near"
    DISTRICT = "district"
    PROVINCE = "province"
    BORDER_SEGMENT = "border_segment"
    COUNTRY = "country"

    @property
    def label(self) -> str:
        """Return the code as words, for a choice."""
        return {"border_segment": "stretch of border", "country": "no place"}.get(self.value, self.value)

    @property
    def words(self) -> str:
        """Say how the place is known, for text after “place”."""
        return {
            "exact": "known exactly",
            "near": "known to within some kilometres",
            "district": "known to the district only",
            "province": "known to the province only",
            "border_segment": "known to a stretch of the border only",
            "country": "not stated",
        }[self.value]


class Confidence(StrEnum):
    """How far the coordinates themselves can be trusted."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
