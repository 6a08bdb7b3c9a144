"""A dataset: what one publisher's files hold, as it was imported last, and where it is from."""

import re
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import Field, ValidationError, model_validator

from geo.folding import fold
from geo.incident import Count, Record, Slug, Text

LONGEST_ID: Final = 40
_RESERVED: Final = {"curated", "con", "prn", "aux", "nul"} | {
    f"{port}{n}" for port in ("com", "lpt") for n in range(10)
}
"""The record's own dataset, and names that Windows keeps for its devices."""


class Deaths(Record):
    """People killed, added up over the rows of a dataset that give a figure; leads never count."""

    low: Count = 0
    best: Count = 0
    high: Count = 0


class Part(Record):
    """A file of a release."""

    name: Text
    size: Count
    """In bytes."""


class Dataset(Record):
    """An imported dataset and the release that stands; JSON as `dataset.json`."""

    id: Annotated[Slug, Field(max_length=LONGEST_ID)]
    """The name of its folder, its rows' `dataset`, a value of the filter, and the id of who claims its figures."""
    kind: Text
    """How its file was read: acled, ucdp-ged, ucdp-candidate, gdelt or plain."""
    title: Text
    version: Text | None = None
    """What the publisher calls the release, as far as the file says so."""
    licence: Text | None = None
    """The terms in a sentence; likewise `citation`, with the day of access. None where nobody has said."""
    citation: Text | None = None
    url: Text | None = None
    """Where the publisher offers it."""
    file_name: Text
    """As it was given; never the name of a path here."""
    retrieved_at: datetime
    """When the file was fetched from the publisher, as far as is known, else when it was imported."""
    imported_at: datetime
    rows: Count
    """Rows that the release holds: of the file, and those kept from releases before."""
    accepted: Count
    """Rows of the file, of the last import, that stand as they came; likewise `repaired` and `rejected`."""
    repaired: Count
    rejected: Count
    enabled: bool = True
    """Shown beside the record."""
    leads: bool = False
    """Its rows are leads: in no count and no total unless asked for."""
    synthetic: bool = False
    """Made up by a program, for tests and measurements."""
    first: date | None = None
    """First and last day on which a row of it begins."""
    last: date | None = None
    killed: Deaths | None = None
    """None where no row gives a figure."""
    columns: tuple[str, ...] = ()
    """Names of the file's own columns, which `raw` has."""
    release: str = ""
    """Name of the folder of its parts; empty until it is committed."""
    previous: str | None = None
    """The release before, kept for who is still reading it."""
    parts: tuple[Part, ...] = ()
    """All parts of the release, in their order, so that a missing one is noticed in object storage; else empty."""
    removed_at: datetime | None = None
    """When it was removed; None while it is there."""

    @model_validator(mode="before")
    @classmethod
    def _named(cls, given: Any) -> Any:
        if isinstance(given, dict) and given.get("id") in _RESERVED:
            raise ValueError(f"{given['id']!r} cannot be the name of a dataset; choose another")
        return given

    @property
    def file_rows(self) -> int:
        """Count the rows of the file of the last import."""
        return self.accepted + self.repaired + self.rejected


def read_dataset(path: Path) -> Dataset | None:
    """Read a dataset's description; None where there is none, or none that makes sense."""
    try:
        return parse_dataset(path.read_bytes())
    except FileNotFoundError:
        return None


def parse_dataset(content: bytes) -> Dataset | None:
    """Read what stands in a dataset's description; None where it makes no sense."""
    try:
        return Dataset.model_validate_json(content)
    except ValidationError:
        return None


def dataset_id(name: str) -> str:
    """Make a dataset's id of any name.

    >>> dataset_id("Kunar clashes (2nd draft).csv"), dataset_id("../../etc"), dataset_id("CON")
    ('kunar-clashes-2nd-draft-csv', 'etc', 'con-data')
    """
    words = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:LONGEST_ID].rstrip("-")
    if not words:
        return "dataset"
    return f"{words}-data" if words in _RESERVED else words
