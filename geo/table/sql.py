"""Fragments of SQL that the record and imported incidents share: along which border, first and last of many."""

from datetime import date, timedelta
from typing import Any, Final

from geo.incident.dates import When
from geo.incident.vocabulary import NEAR_KM, NOT_KNOWN, Border, DatePrecision, LocationPrecision

# Along which border line an incident counts, in SQL: the same for the record and for imported datasets.

_CODE: Final = " ".join(f"WHEN '{border.line}' THEN '{border}'" for border in Border)
NEAR_BORDER: Final = f"""
    CASE WHEN part.border_km IS NULL OR part.location_precision = '{LocationPrecision.COUNTRY}' THEN '{NOT_KNOWN}'
        WHEN part.border_km <= {NEAR_KM} THEN CASE part.border {_CODE} END
        WHEN part.border_km - coalesce(part.uncertainty_km, 0) > {NEAR_KM} THEN NULL
        ELSE '{NOT_KNOWN}' END
"""
"""Of a row of `part`, with the columns of ROW_SCHEMA: a code of `Border`, by the best point; null for a place that is
farther off from both lines; NOT_KNOWN without a place, or where the best point is farther off and the place may not be.
"""
NEAR_OR_CROSSED: Final = (
    f"CASE {NEAR_BORDER} WHEN '{NOT_KNOWN}' THEN coalesce(part.crossed, '{NOT_KNOWN}') ELSE {NEAR_BORDER} END"
)
"""Of a row of the record: where the place does not tell, the line that people crossed."""


# The first and the last of many incidents in one aggregate of SQL, with all that is needed to say when they were.
# Day, precision and length are packed into one number, of which databases and data frames take the lowest or
# highest.

OPEN: Final = (1 << 16) - 1
"""In place of how many days an incident lasted, where no end is on record."""

_KNOWN: Final = list(DatePrecision)
"""Best known first: of incidents that began on the same day one whose day is known speaks for the others."""
_WORST: Final = len(_KNOWN) - 1
_EPOCH: Final = date(1970, 1, 1)
_LENGTHS: Final = OPEN + 1
_DAY: Final = len(_KNOWN) * _LENGTHS
_RANK: Final = (
    "CASE date_precision " + " ".join(f"WHEN '{code.value}' THEN {rank}" for rank, code in enumerate(_KNOWN)) + " END"
)
_PACKED: Final = f"(date_start - DATE '1970-01-01')::BIGINT * {_DAY} + ({{rank}}) * {_LENGTHS} + {{lasted}}"

LASTED: Final = f"CASE WHEN date_end IS NULL THEN {OPEN} ELSE least(greatest(date_end - date_start, 0), {OPEN - 1}) END"
"""How many days after its first an incident's last day is, in SQL; `greatest` would take no end for the first day."""


def first_when(lasted: str) -> str:
    """Return the SQL of the first of a group of incidents, `lasted` being that of how long one lasted."""
    return f"min({_PACKED.format(rank=_RANK, lasted=lasted)})"


def last_when(lasted: str) -> str:
    """Return the SQL of the incident of a group that began last."""
    return f"max({_PACKED.format(rank=f'{_WORST} - {_RANK}', lasted=lasted)})"


def first_of(packed: Any) -> When:
    """Return what `first_when` found."""
    return _unpacked(int(packed), last=False)


def last_of(packed: Any) -> When:
    """Return what `last_when` found."""
    return _unpacked(int(packed), last=True)


def _unpacked(packed: int, *, last: bool) -> When:
    days, rest = divmod(packed, _DAY)
    rank, lasted = divmod(rest, _LENGTHS)
    start = _EPOCH + timedelta(days=days)
    end = None if lasted == OPEN else start + timedelta(days=lasted)
    return When(start, end, _KNOWN[_WORST - rank if last else rank])
