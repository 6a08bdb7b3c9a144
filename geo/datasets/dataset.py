"""A dataset: what one publisher's files hold, what stands in its rows, its terms, and what a newer one changes."""

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import pyarrow as pa
from pydantic import AwareDatetime, Field, StringConstraints, ValidationError, model_validator

from geo.incident.dates import when_words
from geo.incident.record import Count, Record, Slug, Text
from geo.incident.vocabulary import DatePrecision
from geo.language.folding import fold
from geo.language.messages import say

# What stands in a row of an imported dataset: the fields of an incident, what the join adds, and the row as it is.

_TEXT = pa.string()

ROW_SCHEMA: Final = pa.schema(
    [
        ("id", _TEXT),
        ("dataset", _TEXT),
        ("category", _TEXT),
        ("subtype", _TEXT),
        ("title", _TEXT),
        ("summary", _TEXT),
        ("date_start", pa.date32()),
        ("date_end", pa.date32()),
        ("date_precision", _TEXT),
        ("year", pa.int32()),
        ("place", _TEXT),
        ("district", _TEXT),
        ("province", _TEXT),
        ("province_code", _TEXT),
        ("country", _TEXT),
        ("location_precision", _TEXT),
        ("lon", pa.float64()),
        ("lat", pa.float64()),
        ("uncertainty_km", pa.float64()),
        ("status", _TEXT),
        ("event_group", _TEXT),
        ("actors", pa.list_(_TEXT)),
        ("actors_folded", pa.list_(_TEXT)),
        ("claims", pa.int32()),
        ("sources", pa.int32()),
        ("search", _TEXT),
        ("search_keys", pa.list_(_TEXT)),
        ("border", _TEXT),
        ("border_km", pa.float64()),
        ("chainage_km", pa.float64()),
        ("side", _TEXT),
        ("side_decided", pa.bool_()),
        ("joined_province_code", _TEXT),
    ]
)
"""Columns and types of a row of the incident table; dates are days, distances kilometres, coordinates degrees WGS84."""

IMPORT_SCHEMA: Final = pa.schema(
    [
        *ROW_SCHEMA,
        ("killed_low", pa.int64()),
        ("killed_best", pa.int64()),
        ("killed_high", pa.int64()),
        ("killed_side_a", pa.int64()),
        ("killed_side_b", pa.int64()),
        ("killed_civilians", pa.int64()),
        ("killed_unknown", pa.int64()),
        ("source_text", _TEXT),
        ("source_url", _TEXT),
        ("location_note", _TEXT),
        ("repairs", pa.list_(_TEXT)),
        ("source_dataset", _TEXT),
        ("source_version", _TEXT),
        ("source_id", _TEXT),
        ("source_row", pa.int64()),
        ("retrieved_at", pa.timestamp("s", tz="UTC")),
    ]
)
"""Columns and types before `raw`, a struct of texts named as the columns of the file, and `geometry`, a point in WKB.

`id` is `{dataset}-{source_id}` as a slug. `killed_*` are what the dataset estimates; missing where it gives none.
`source_text` is what the dataset names as its sources, `repairs` what was repaired in the row, `source_row` the row's
number in the file, from 1. `location_note` says where the point and a name contradict each other.
"""


# A dataset: what one publisher's files hold, as it was imported last, and where it is from.

LONGEST_ID: Final = 40
_RESERVED: Final = {"curated", "con", "prn", "aux", "nul"} | {
    f"{port}{n}" for port in ("com", "lpt") for n in range(10)
}
"""The record's own dataset, and names that Windows keeps for its devices."""


ENDS_OF_KILLED: Final = {
    "low": "coalesce(killed_low, killed_best, 0 * killed_high)",
    "best": "coalesce(killed_best, killed_low, 0 * killed_high)",
    "high": "coalesce(killed_high, killed_best, killed_low)",
}
"""What a row adds to the sums, in SQL: where it gives a range or one end of it alone, its lowest figure is the best."""


class Deaths(Record):
    """People killed, added up over the rows of a dataset that give a figure, by ENDS_OF_KILLED; leads never count."""

    low: Count = 0
    best: Count = 0
    high: Count = 0

    def __add__(self, other: "Deaths") -> "Deaths":
        """Add those of other rows of the dataset."""
        return Deaths(low=self.low + other.low, best=self.best + other.best, high=self.high + other.high)

    def __sub__(self, other: "Deaths") -> "Deaths":
        """Take out those of some of the rows."""
        return Deaths(low=self.low - other.low, best=self.best - other.best, high=self.high - other.high)


Release = Annotated[str, StringConstraints(pattern=r"^(\w[\w-]*)?$")]
"""A name, which leads to no other folder."""


class Part(Record):
    """A file of a release."""

    name: Annotated[str, StringConstraints(pattern=r"^\w[\w.-]*$")]
    size: Count
    """In bytes."""


class Dataset(Record):
    """An imported dataset and the release that stands; JSON as `dataset.json`."""

    id: Annotated[Slug, Field(max_length=LONGEST_ID)]
    """The name of its folder, its rows' `dataset`, a value of the filter, and the id of who claims its figures."""
    kind: Text
    """How its file was read: the code of its kind, as acled or plain."""
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
    retrieved_at: AwareDatetime
    """When the file was fetched from the publisher, as far as is known, else when it was imported."""
    imported_at: AwareDatetime
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
    release: Release = ""
    """Name of the folder of its parts; empty until it is committed."""
    previous: Release | None = None
    """The release before, kept for who is still reading it."""
    parts: tuple[Part, ...] = ()
    """All parts of the release, in their order, so that a missing one is noticed in object storage; else empty."""
    removed_at: AwareDatetime | None = None
    """When it was removed; None while it is there."""

    @model_validator(mode="before")
    @classmethod
    def _named(cls, given: Any) -> Any:
        if isinstance(given, dict) and given.get("id") in _RESERVED:
            raise ValueError(say("dataset-name-reserved", name=repr(given["id"])))
        return given

    @property
    def file_rows(self) -> int:
        """Count the rows of the file of the last import."""
        return self.accepted + self.repaired + self.rejected


Content = bytes | OSError
"""What stands in a file, or why nobody knows."""


def content_of(path: Path) -> Content:
    """Read a file; what keeps it from being read is returned, for whoever names it."""
    try:
        return path.read_bytes()
    except OSError as error:
        return error


def read_dataset(path: Path) -> Dataset | None:
    """Read a dataset's description; None where there is none, or none that makes sense."""
    return parse_dataset(content_of(path))


def parse_dataset(content: Content) -> Dataset | None:
    """Read what stands in a dataset's description; None where it makes no sense."""
    found = _parsed(content)
    return found if isinstance(found, Dataset) else None


def senseless(content: Content) -> str:
    """Say why a description makes no sense, a clause for after a colon; empty if it does."""
    found = _parsed(content)
    return "" if isinstance(found, Dataset) else found


def _parsed(content: Content) -> Dataset | str:
    if isinstance(content, OSError):
        return os_reason(content)
    try:
        return Dataset.model_validate_json(content)
    except ValidationError as error:
        return first_reason(error)


def os_reason(error: OSError) -> str:
    """Say in the words of the operating system why a file cannot be read, a clause."""
    return say("damage-missing") if isinstance(error, FileNotFoundError) else str(error.strerror or error)


def first_reason(error: ValidationError) -> str:
    """Say what is wrong first with JSON that one of our programs has written, a clause."""
    found = error.errors(include_url=False)[0]
    field = ".".join(map(str, found["loc"]))
    if found["type"] == "json_invalid":
        return say("damage-no-json")
    if found["type"] == "extra_forbidden":
        return say("damage-newer", field=repr(field))
    return say("damage-field", field=field or repr(""), why=f"{found['msg'][:1].lower()}{found['msg'][1:]}")


def dataset_id(name: str) -> str:
    """Make a dataset's id of any name.

    >>> dataset_id("Kunar clashes (2nd draft).csv"), dataset_id("../../etc"), dataset_id("CON")
    ('kunar-clashes-2nd-draft-csv', 'etc', 'con-data')
    """
    words = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:LONGEST_ID].rstrip("-")
    if not words:
        return "dataset"
    return f"{words}-data" if words in _RESERVED else words


# How two releases of a dataset differ; a value that is shown before the newer one is accepted, and is JSON as well.

CHANGES_FILE: Final = "changes.parquet"
"""Beside the parts: every changed field of every changed row; columns id, field, old, new, all text."""


class FieldCount(Record):
    """How many changed rows hold another value in a field."""

    field: str
    rows: int


class FieldChange(Record):
    """What a field held and holds, as text; None where it holds nothing."""

    field: str
    old: str | None = None
    new: str | None = None


class RowChange(Record):
    """A row that one of the releases holds, or both, and not alike."""

    what: Literal["new", "changed", "gone"]
    id: str
    source_id: str | None
    title: str | None
    date_start: date | None
    date_end: date | None = None
    date_precision: DatePrecision = DatePrecision.DAY
    fields: tuple[FieldChange, ...] = ()
    """Of a changed row."""

    @property
    def when(self) -> str:
        """Say when it took place, no more exactly than it is known; empty without a day."""
        if self.date_start is None:
            return ""
        return when_words(self.date_start, self.date_end, self.date_precision)


class ReleaseDifference(Record):
    """What becomes of a dataset if the newer file is accepted: its rows are put in, by id, and some taken out."""

    old_version: str | None
    new_version: str | None
    old_rows: int
    new_rows: int
    """Rows that the dataset then holds: new, changed, the same and kept."""
    new: int
    changed: int
    same: int
    gone: int
    """Rows that the file no longer has although it covers them: it has others of their country, province and subtype,
    and begins before and ends after them in their country."""
    kept: int
    """Rows that the file does not cover, as those of other months or countries; they stay as they are."""
    fields: tuple[FieldCount, ...] = ()
    """Most changed first."""
    old_killed: Deaths
    new_killed: Deaths
    examples: tuple[RowChange, ...] = ()
    """The latest new, changed and gone rows; every changed field of every row is in the file of changes."""

    @property
    def empty(self) -> bool:
        """Tell whether nothing would change."""
        return not (self.new or self.changed or self.gone)
