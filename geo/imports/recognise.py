"""Whose file it is, told from its columns: not from its name, and in whatever order and case they stand."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import pyarrow.compute as pc

from geo.imports.block import Rows
from geo.imports.headers import ACLED, ACLED_BEFORE_2023, ACLED_WEEKLY, GDELT, UCDP_GED, names_in
from geo.wording import list_words


class Kind(StrEnum):
    """Kinds of file, by publisher and product."""

    ACLED = "acled"
    ACLED_WEEKLY = "acled-weekly"
    UCDP_GED = "ucdp-ged"
    UCDP_CANDIDATE = "ucdp-candidate"
    GDELT = "gdelt"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """What a file was recognised as."""

    kind: Kind
    version: str | None
    """The release as its publisher numbers them, where the file tells; None where not."""
    columns: Mapping[str, str]
    """Documented column → the file's column, for those that the file has; empty for a plain file."""
    headerless: bool
    """Whether the file has no header, so that its columns are told from their number and the first values."""
    notes: tuple[str, ...]
    """What is unusual about the file, as sentences without a full stop."""
    refusal: str | None
    """Why the file cannot be imported as incidents, and what it is good for; None where it can."""


_NEEDED: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.ACLED: names_in("event_date event_type sub_event_type actor1 latitude longitude fatalities"),
    Kind.UCDP_GED: names_in("id type_of_violence side_a date_start date_end best low high latitude longitude"),
    Kind.GDELT: names_in("GLOBALEVENTID SQLDATE EventCode ActionGeo_Type ActionGeo_Lat ActionGeo_Long"),
    Kind.ACLED_WEEKLY: names_in("week events fatalities"),
}
"""Columns without which a file is not of the kind; they stand together in no file of another kind."""
_DOCUMENTED: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.ACLED: (*ACLED, *ACLED_BEFORE_2023),
    Kind.UCDP_GED: UCDP_GED,
    Kind.UCDP_CANDIDATE: UCDP_GED,
    Kind.GDELT: GDELT,
    Kind.ACLED_WEEKLY: ACLED_WEEKLY,
}
_PUBLISHER: Final = {Kind.ACLED: "ACLED", Kind.UCDP_GED: "UCDP GED", Kind.GDELT: "GDELT", Kind.ACLED_WEEKLY: "ACLED"}
_MONTHLY: Final = frozenset(("country", "month", "year", "events", "fatalities"))
"""Columns of ACLED's monthly counts on the Humanitarian Data Exchange."""
_AGGREGATES: Final = (
    "it holds ACLED's counts by week or month and area, not events: a row has no day, place or actors of its own, so it"
    " cannot be shown as incidents; such counts are good for colouring provinces, and ACLED's event file is what to"
    " import here"
)


def recognise(rows: Rows) -> Recognised:
    """Recognise an opened file by its columns, and a UCDP candidate file by its unchecked events as well."""
    given = {_plain(name): name for name in reversed(rows.header)}
    for kind, needed in _NEEDED.items():
        missing = [name for name in needed if _plain(name) not in given]
        if not missing and (kind is not Kind.ACLED or not _lacks_id(given)):
            return _found(kind, given, rows)
    refusal = _AGGREGATES if given.keys() >= _MONTHLY and "event_date" not in given else None
    return Recognised(
        kind=Kind.ACLED_WEEKLY if refusal else Kind.PLAIN,
        version=None,
        columns={},
        headerless=rows.headerless,
        notes=tuple(_nearly(given)),
        refusal=refusal,
    )


def _plain(name: str) -> str:
    """Write a column's name so that case, spaces and hyphens do not matter.

    >>> _plain(" Event-Date")
    'event_date'
    """
    return re.sub(r"[\s_-]+", "_", name.strip()).lower()


def _lacks_id(given: Mapping[str, str]) -> bool:
    return not {"event_id_cnty", "event_id_no_cnty", "data_id"} & given.keys()


def _found(kind: Kind, given: Mapping[str, str], rows: Rows) -> Recognised:
    columns = {name: given[_plain(name)] for name in _DOCUMENTED[kind] if _plain(name) in given}
    notes = []
    version = None
    if kind is Kind.ACLED and "disorder_type" not in columns:
        notes.append("columns of ACLED's files before March 2023")
    if kind is Kind.UCDP_GED:
        version = _release(rows.name)
        if version.count(".") > 1 if version else rows.headerless or _unchecked(columns, rows):
            kind = Kind.UCDP_CANDIDATE
    if kind is Kind.GDELT:
        notes.append("GDELT codes news reports by machine: its rows are leads to follow up, and are never counted")
    extra = [name for name in rows.header if name not in columns.values()]
    if extra:
        notes.append(f"columns beyond the documented ones are kept with each row: {list_words(_some(extra))}")
    return Recognised(
        kind=kind,
        version=version,
        columns=columns,
        headerless=rows.headerless,
        notes=tuple(notes),
        refusal=_AGGREGATES if kind is Kind.ACLED_WEEKLY else None,
    )


def _unchecked(columns: Mapping[str, str], rows: Rows) -> bool:
    """Tell whether events wait to be checked, as only candidate files have them."""
    if "code_status" not in columns:
        return False
    values = pc.unique(rows.sample[columns["code_status"]]).to_pylist()
    return any(value.strip().lower().startswith("check") for value in values)


def _release(name: str) -> str | None:
    """Read UCDP's release from the name of a file, the only place where it stands.

    >>> _release("GEDEvent_v26_0_8.csv"), _release("ged251-csv.zip"), _release("GEDEvent_v26_01_26_06.csv")
    ('26.0.8', '25.1', '26.0.1-6')
    """
    if found := re.search(r"ged(\d\d)(\d)\b", name, re.IGNORECASE):
        return f"{found[1]}.{found[2]}"
    if found := re.search(r"v(\d\d)_(\d\d)_\1_(\d\d)(?!\d)", name, re.IGNORECASE):
        return f"{found[1]}.0.{int(found[2])}-{int(found[3])}"
    if found := re.search(r"(?:v|ged[_-])(\d\d)[._](\d{1,2})(?:[._](\d{1,2}))?(?!\d)", name, re.IGNORECASE):
        return ".".join(str(int(part)) for part in found.groups() if part is not None)
    return None


def _nearly(given: Mapping[str, str]) -> Iterable[str]:
    """Say what a file lacks that has most of the columns of a known kind."""
    for kind, publisher in _PUBLISHER.items():
        missing = [name for name in _NEEDED[kind] if _plain(name) not in given]
        if kind is Kind.ACLED and _lacks_id(given):
            missing.append("event_id_cnty")
        if len(missing) < len(_NEEDED[kind]) / 2 and kind is not Kind.ACLED_WEEKLY:
            yield f"it has most columns of a file of {publisher}, but lacks {list_words(missing)}"


def _some(names: Sequence[str]) -> list[str]:
    shown = [repr(name[:60]) for name in names[:10]]
    return shown if len(names) <= len(shown) else [*shown, f"{len(names) - len(shown):,} more"]
