"""A dataset: what one publisher's files hold, the schema of its rows, its terms, and what a newer release changes."""

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import pyarrow as pa
from pydantic import AwareDatetime, Field, StringConstraints, ValidationError, model_validator

from geo.incident.dates import when_words
from geo.incident.record import Count, Record, Slug, Text
from geo.incident.vocabulary import MEASURES, About, DatePrecision
from geo.language.folding import fold
from geo.language.messages import range_words, say

# The rows of an imported dataset: fields of an incident, joined columns, and the original row.

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
"""Columns and types of a row of the incident table; distances in kilometres, coordinates in WGS84 degrees."""

OTHER_MEASURES: Final[tuple[About, ...]] = tuple(about for about in MEASURES if about is not About.KILLED)
"""Measures of people of which imported rows have a low and a high figure, and no best one or parts as of the killed."""
SIDES: Final = ("killed_side_a", "killed_side_b", "killed_civilians", "killed_unknown")
"""Columns of parts of the killed."""
LATER_COLUMNS: Final = tuple(f"{about}_{end}" for about in OTHER_MEASURES for end in ("low", "high"))
"""Columns of IMPORT_SCHEMA that releases of earlier versions lack; they are read as if empty."""
PEOPLE_COLUMNS: Final = ("killed_low", "killed_best", "killed_high", *SIDES, *LATER_COLUMNS)
"""Columns of numbers of people."""

IMPORT_SCHEMA: Final = pa.schema(
    [
        *ROW_SCHEMA,
        *((name, pa.int64()) for name in PEOPLE_COLUMNS),
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
"""Columns and types of imported rows, followed in the file by `raw`, a struct of texts named like the columns of the
publisher's file, and `geometry`, a WKB point.

`id` is `{dataset}-{source_id}` as a slug. PEOPLE_COLUMNS are the dataset's own estimates, missing where it gives none.
`source_text` is what the dataset names as its sources, `repairs` lists what was repaired in the row, and `source_row`
is the row number in the file, from 1. `location_note` says where point and place name contradict each other."""


# A dataset, as imported last, and where it comes from.

LONGEST_ID: Final = 40
_RESERVED: Final = {"curated", "con", "prn", "aux", "nul"} | {
    f"{port}{n}" for port in ("com", "lpt") for n in range(10)
}
"""The record's own dataset code, and device names reserved by Windows."""


ENDS_OF_KILLED: Final = {
    "low": "coalesce(killed_low, killed_best, 0 * killed_high)",
    "best": "coalesce(killed_best, killed_low, 0 * killed_high)",
    "high": "coalesce(killed_high, killed_best, killed_low)",
}
"""SQL for what a row adds to the sums of deaths; a missing figure is taken from the others of the row, or 0 if they
only give an upper one."""


class Deaths(Record):
    """People killed, summed over the rows of a dataset that give a figure, by ENDS_OF_KILLED; leads never count."""

    low: Count = 0
    best: Count = 0
    high: Count = 0

    def __add__(self, other: "Deaths") -> "Deaths":
        """Add the sums of other rows of the dataset."""
        return Deaths(low=self.low + other.low, best=self.best + other.best, high=self.high + other.high)

    def __sub__(self, other: "Deaths") -> "Deaths":
        """Subtract the sums of some of the rows."""
        return Deaths(low=self.low - other.low, best=self.best - other.best, high=self.high - other.high)


Sum = Annotated[int, Field(ge=0)]
"""People summed over any number of rows: of some that are within the limits of a single figure, more than those."""


class PeopleSum(Record):
    """People of one of OTHER_MEASURES, summed over the rows of a dataset that give a figure, as `ends_of` says."""

    about: About
    rows: Count
    """Number of rows that give a figure."""
    low: Sum
    high: Sum

    @property
    def words(self) -> str:
        """How many people, in a phrase."""
        return say("people-sum", about=self.about, people=range_words(self.low, self.high), rows=self.rows)


def ends_of(about: About) -> tuple[str, str]:
    """Return SQL for the low and the high figure of a row; one that it lacks is the other, or 0 below an upper one."""
    return f"coalesce({about}_low, 0 * {about}_high)", f"coalesce({about}_high, {about}_low)"


Release = Annotated[str, StringConstraints(pattern=r"^(\w[\w-]*)?$")]
"""A folder name that cannot lead to another folder."""


class Part(Record):
    """A file of a release."""

    name: Annotated[str, StringConstraints(pattern=r"^\w[\w.-]*$")]
    size: Count
    """In bytes."""


class Dataset(Record):
    """An imported dataset and its current release; JSON as `dataset.json`."""

    id: Annotated[Slug, Field(max_length=LONGEST_ID)]
    """The name of its folder, the `dataset` of its rows, its value in the filter, and the id of its claimant."""
    kind: Text
    """The code of the kind of file it was read as, such as `acled` or `plain`."""
    title: Text
    version: Text | None = None
    """The publisher's name for the release, if the file gives one."""
    licence: Text | None = None
    """Terms of use in one sentence; None if nobody has stated them. So too `citation`, which includes the day of
    access."""
    citation: Text | None = None
    url: Text | None = None
    """Where the publisher offers it."""
    file_name: Text
    """File name as given by the user, without its path."""
    retrieved_at: AwareDatetime
    """When the file was fetched from the publisher if known, otherwise when it was imported."""
    imported_at: AwareDatetime
    rows: Count
    """Number of rows in the release: those of the file and those kept from earlier releases."""
    accepted: Count
    """Rows of the last imported file that were taken unchanged; `repaired` and `rejected` count the others."""
    repaired: Count
    rejected: Count
    enabled: bool = True
    """Whether it is shown beside the record."""
    leads: bool = False
    """Whether its rows are leads, which are in no count or total unless asked for."""
    synthetic: bool = False
    """Whether it was made up by a program, for tests and benchmarks."""
    first: date | None = None
    """First and last day on which any of its rows begins."""
    last: date | None = None
    killed: Deaths | None = None
    """None if no row gives a figure."""
    people: tuple[PeopleSum, ...] = ()
    """Those of OTHER_MEASURES of which any row gives a figure."""
    columns: tuple[str, ...] = ()
    """Names of the file's own columns, found in `raw`."""
    release: Release = ""
    """Name of the folder of its parts; empty until committed."""
    previous: Release | None = None
    """The release before, kept for readers still using it."""
    parts: tuple[Part, ...] = ()
    """All files of the release, in order, so that a missing one is noticed in object storage; empty on disk."""
    removed_at: AwareDatetime | None = None
    """When it was removed; None if it was not."""

    @model_validator(mode="before")
    @classmethod
    def _named(cls, given: Any) -> Any:
        if isinstance(given, dict) and given.get("id") in _RESERVED:
            raise ValueError(say("dataset-name-reserved", name=repr(given["id"])))
        return given

    @property
    def file_rows(self) -> int:
        """Number of rows of the last imported file."""
        return self.accepted + self.repaired + self.rejected


Content = bytes | OSError
"""The content of a file, or the error that prevented reading it."""


def content_of(path: Path) -> Content:
    """Read a file; an error is returned, so that the caller can report it."""
    try:
        return path.read_bytes()
    except OSError as error:
        return error


def read_dataset(path: Path) -> Dataset | None:
    """Read a dataset's description; None if it is missing or invalid."""
    return parse_dataset(content_of(path))


def parse_dataset(content: Content) -> Dataset | None:
    """Parse a dataset's description; None if it is invalid."""
    found = _parsed(content)
    return found if isinstance(found, Dataset) else None


def senseless(content: Content) -> str:
    """Return why a description is invalid, as a clause to follow a colon; empty if it is valid."""
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
    """Return the operating system's reason why a file cannot be read, as a clause."""
    return say("damage-missing") if isinstance(error, FileNotFoundError) else str(error.strerror or error)


def first_reason(error: ValidationError) -> str:
    """Return the first fault of JSON written by the program, as a clause."""
    found = error.errors(include_url=False)[0]
    field = ".".join(map(str, found["loc"]))
    if found["type"] == "json_invalid":
        return say("damage-no-json")
    if found["type"] == "extra_forbidden":
        return say("damage-newer", field=repr(field))
    return say("damage-field", field=field or repr(""), why=f"{found['msg'][:1].lower()}{found['msg'][1:]}")


def dataset_id(name: str) -> str:
    """Make a dataset id from any name.

    >>> dataset_id("Kunar clashes (2nd draft).csv"), dataset_id("../../etc"), dataset_id("CON")
    ('kunar-clashes-2nd-draft-csv', 'etc', 'con-data')
    """
    words = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:LONGEST_ID].rstrip("-")
    if not words:
        return "dataset"
    return f"{words}-data" if words in _RESERVED else words


# The difference between two releases of a dataset: shown before the newer one is accepted, and stored as JSON.

CHANGES_FILE: Final = "changes.parquet"
"""File beside the parts with every changed field of every changed row; columns id, field, old, new, all text."""


class FieldCount(Record):
    """Number of changed rows whose value differs in a field."""

    field: str
    rows: int


class FieldChange(Record):
    """Old and new value of a field, as text; None for an empty one."""

    field: str
    old: str | None = None
    new: str | None = None


class RowChange(Record):
    """A row that differs between two releases or is in only one of them."""

    what: Literal["new", "changed", "gone"]
    id: str
    source_id: str | None
    title: str | None
    date_start: date | None
    date_end: date | None = None
    date_precision: DatePrecision = DatePrecision.DAY
    fields: tuple[FieldChange, ...] = ()
    """For a changed row."""

    @property
    def when(self) -> str:
        """The date in words, only as precise as it is known; empty without a day."""
        if self.date_start is None:
            return ""
        return when_words(self.date_start, self.date_end, self.date_precision)


class ReleaseDifference(Record):
    """What happens to a dataset if the newer file is accepted: its rows are put in by id, and some taken out."""

    old_version: str | None
    new_version: str | None
    old_rows: int
    new_rows: int
    """Number of rows afterwards: new, changed, same and kept."""
    new: int
    changed: int
    same: int
    gone: int
    """Rows no longer in the file although it covers them: it has other rows of their country, province and subtype, and
    its rows in their country begin before and end after them."""
    kept: int
    """Rows that the file does not cover, such as those of other months or countries; they stay unchanged."""
    fields: tuple[FieldCount, ...] = ()
    """Most changed first."""
    old_killed: Deaths
    new_killed: Deaths
    examples: tuple[RowChange, ...] = ()
    """The latest new, changed and gone rows; the file of changes has every changed field of every row."""

    @property
    def empty(self) -> bool:
        """Whether nothing would change."""
        return not (self.new or self.changed or self.gone)
