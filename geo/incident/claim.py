"""What somebody says about an incident, who that is, and where it was published."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from geo.incident.fields import Count, Day, Record, Slug, Text, Url
from geo.vocabulary import (
    About,
    ClaimantKind,
    Scope,
    SourceKind,
    Stance,
)


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
