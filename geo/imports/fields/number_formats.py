"""Counts, codes and coordinates as files write them."""

import math
import re
from typing import Final

import pyarrow as pa

from geo.imports.fields.cell_values import Form, Reading, Repair

_LARGEST: Final = 10**8
"""More people than any incident could concern."""
_THOUSANDS: Final = re.compile(r"\d{1,3}(?:[, \u00a0\u2009\u202f'’٬]\d{3})+")
_WHOLE: Final = re.compile(r"(\d+)(?:[.,]0{1,2}|\.0{4,})")
"""Three zeros may be thousands."""
_NUMBER: Final = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,3})?", re.IGNORECASE)
_COMMA: Final = re.compile(r"[+-]?\d{1,3},\d+")
_COMPASS: Final = re.compile(r"[NSEW]")
_ANGLE: Final = re.compile(
    r"(?P<degrees>\d{1,3}(?:[.,]\d+)?)(?:\s*(?:°|º|deg|d|\s)\s*(?:(?P<minutes>\d{1,2}(?:[.,]\d+)?)\s*['′’m]?\s*"
    r"(?:(?P<seconds>\d{1,2}(?:[.,]\d+)?)\s*(?:\"|″|”|''|s)?)?)?)?"
)


def count(text: str) -> Reading:
    """Read a number of people or a code.

    >>> count("1,234").value, count("10.0").value, count("a dozen").fault
    (1234, 10, 'is no whole number from 0 on')
    """
    plain, repairs = _digits(text)
    if plain.isdecimal():
        value = int(plain) if len(plain) < 19 else _LARGEST  # noqa: PLR2004  # digits of an int64
    elif whole := _WHOLE.fullmatch(plain):
        value, repairs = int(whole[1][:19]), (*repairs, Repair.WHOLE_NUMBER)
    elif _THOUSANDS.fullmatch(plain):
        value, repairs = int(re.sub(r"\D", "", plain)[:19]), (*repairs, Repair.THOUSANDS)
    else:
        return Reading(None, fault="is no whole number from 0 on")
    if value >= _LARGEST:
        return Reading(None, fault="is no number of people: it is too large")
    return Reading(value, repairs)


def code(text: str) -> Reading:
    """Read a precision code; what is no number is no code, and no fault."""
    read = count(text)
    return Reading(None) if read.fault else read


def degrees(text: str) -> Reading:
    r"""Read a coordinate, degrees; south and west are negative.

    >>> degrees("34,33").value, degrees("70°30'00\"E").value, degrees("N 34.5").value
    (34.33, 70.5, 34.5)
    """
    plain, repairs = _digits(text)
    if _NUMBER.fullmatch(plain):
        value = float(plain)
    elif _COMMA.fullmatch(plain):
        value, repairs = float(plain.replace(",", ".")), (*repairs, Repair.DECIMAL_COMMA)
    else:
        value, repairs = _angle(plain), (*repairs, Repair.DEGREES)
    if not math.isfinite(value):
        return Reading(None, fault="is no coordinate; expected decimal degrees as in 34.5251")
    return Reading(value, repairs)


def kilometres(text: str) -> Reading:
    """Read a radius, kilometres."""
    read = degrees(text)
    if read.value is None or not 0 < read.value <= 2000:  # noqa: PLR2004  # as in the record
        return Reading(None, fault="is no radius in kilometres above 0 and up to 2,000")
    return read


def identifier(text: str) -> Reading:
    """Read an id; one that a spreadsheet turned into a decimal number is made whole again."""
    whole = _WHOLE.fullmatch(text)
    return Reading(whole[1], (Repair.WHOLE_NUMBER,)) if whole else Reading(text)


COUNT: Final = Form(kind=pa.int64(), read=count, usual=r"^[0-9]{1,8}$")
CODE: Final = Form(kind=pa.int64(), read=code, usual=r"^[0-9]{1,8}$")
DEGREES: Final = Form(kind=pa.float64(), read=degrees, usual=r"^-?[0-9]{1,3}(\.[0-9]{1,17})?$")
KILOMETRES: Final = Form(kind=pa.float64(), read=kilometres)
IDENTIFIER: Final = Form(kind=pa.string(), read=identifier, usual=r"^([^.,]*|.*[^0.,])$")


def latin_digits(text: str) -> str:
    """Write the digits of all scripts as 0 to 9.

    >>> latin_digits("۱۴۰۲")
    '1402'
    """
    return text if text.isascii() else "".join(str(int(c)) if c.isdecimal() else c for c in text)


def _digits(text: str) -> tuple[str, tuple[Repair, ...]]:
    """Write a number as Python does, and say whether its digits were of another script."""
    plain = text.strip().replace("\u2212", "-")
    if plain.isascii():
        return plain, ()
    latin = latin_digits(plain)
    return latin.replace("٫", "."), (Repair.DIGITS,) if latin != plain else ()


def _angle(text: str) -> float:
    letters = _COMPASS.findall(text)
    bare = _COMPASS.sub("", text, count=1).strip() if letters else text
    sign = -1.0 if bare.startswith("-") or (letters and letters[0] in "SW") else 1.0
    parts = _ANGLE.fullmatch(bare.lstrip("+-").strip())
    if len(letters) > 1 or not parts:
        return math.nan
    whole, minutes, seconds = (float((part or "0").replace(",", ".")) for part in parts.group(1, 2, 3))
    return sign * (whole + minutes / 60 + seconds / 3600) if max(minutes, seconds) < 60 else math.nan  # noqa: PLR2004
