"""Coordinates as files write them: degrees, a pair in one text, WKT and other geometries, MGRS and UTM."""

import json
import math
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final
from urllib.parse import unquote

import mgrs
import pyarrow as pa
import pyproj
import shapely

from geo.imports.fields.cell_values import Form, Reading, Repair
from geo.imports.fields.counts import plain_number
from geo.language.messages import say
from geo.places.boundaries import boundaries
from geo.places.plane import WGS84

# One coordinate: decimal degrees, or degrees, minutes and seconds in the many ways to write them.

_NUMBER: Final = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,3})?", re.IGNORECASE)
_COMMA: Final = re.compile(r"[+-]?\d{1,3},\d+")
_POINTS_LOST: Final = re.compile(r"[+-]?\d{1,3}(?:[.,' ]\d{3}){2,}|[+-]?\d{5,}")
"""Digits in threes, or many without a separator: a decimal number that a spreadsheet read as a whole one."""
_SHORTENED: Final = re.compile(r"[+-]?\d,\d{1,17}e[+-]?\d{1,2}", re.IGNORECASE)
"""A number with a decimal comma and an exponent."""
_COMPASS: Final = re.compile(r"[NSEW]")
_SIGNS: Final = str.maketrans(
    {
        **dict.fromkeys("º˚∘*", "°"),
        **dict.fromkeys("’‘′ʹ´`ʼ", "'"),
        **dict.fromkeys("”“″‟„‶", '"'),
        **dict.fromkeys("−–—", "-"),
        "٫": ".",
        "،": ",",
    }
)
_AXIS: Final = re.compile(r"\b(?:latitude|longitude|lat|lon|long|lng)\b\.?\s*[:=]?\s*", re.IGNORECASE)
_WORDS: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), sign)
    for pattern, sign in (
        (r"\s*(?:degrees?|deg)\b\.?", "°"),
        (r"(?<=\d)\s*(?:minutes?|mins?)\b\.?", "'"),
        (r"(?<=\d)\s*(?:seconds?|secs?)\b\.?", '"'),
        (r"(?<=\d)\s*d(?=[\d\s])", "°"),
        (r"(?<=\d)\s*m(?=[\d\sNSEW]|$)", "'"),
        (r"(?<=\d)\s*s(?=\s*[NSEW]?$)", '"'),
        (r"\bnorth\b|с\.?\s?ш\.?|شمالی|شمال", "N"),
        (r"\beast\b|в\.?\s?д\.?|شرقی|شرق", "E"),
        (r"\bsouth\b|ю\.?\s?ш\.?|جنوبی|جنوب", "S"),
        (r"\bwest\b|з\.?\s?д\.?|غربی|غرب", "W"),
        (r"''", '"'),
    )
)
_ANGLE: Final = re.compile(
    r"(?P<degrees>\d{1,3}(?:[.,]\d+)?)\s*(?:(?:°|:|\s)\s*(?:(?P<minutes>\d{1,2}(?:[.,]\d+)?)\s*(?:'|:)?\s*"
    r"(?:(?P<seconds>\d{1,2}(?:[.,]\d+)?)\s*\"?)?)?)?"
)
_HYPHENS: Final = re.compile(r"(\d{1,3})\s*-\s*(\d{1,2}(?:[.,]\d+)?)(?:\s*-\s*(\d{1,2}(?:[.,]\d+)?))?")
"""Degrees, minutes and seconds with hyphens, as in 34-31-12N; without a compass letter it may be a date."""
_DECIMALS: Final = re.compile(r"[.,]")
_MAX_LENGTH: Final = 200
_SIXTY: Final = 60


def degrees(text: str) -> Reading:
    r"""Parse a coordinate, degrees; south and west are negative.

    >>> degrees("34,33").value, degrees("70°30'00\"E").value, degrees("N 34.5").value
    (34.33, 70.5, 34.5)
    """
    if len(text) > _MAX_LENGTH:
        return Reading(None, fault=say("reject-no-coordinate"))
    plain, repairs = plain_number(text)
    if _NUMBER.fullmatch(plain):
        value = float(plain)
    elif _COMMA.fullmatch(plain) or _SHORTENED.fullmatch(plain):
        value, repairs = float(plain.replace(",", ".")), (*repairs, Repair.DECIMAL_COMMA)
    elif _POINTS_LOST.fullmatch(plain):
        value = float(re.sub(r"[.,' ]", "", plain))  # off the globe: repaired later if the country is known
    else:
        value, repairs = _angle(plain), (*repairs, Repair.DEGREES)
    if not math.isfinite(value):
        return Reading(None, fault=say("reject-no-coordinate"))
    return Reading(value, repairs)


DEGREES: Final = Form(kind=pa.float64(), read=degrees, usual=r"^-?[0-9]{1,3}(\.[0-9]{1,17})?$")


def _in_signs(text: str) -> str:
    """Replace the words for degrees, minutes, seconds and compass points by signs and letters."""
    plain = text.translate(_SIGNS)
    for word, sign in _WORDS:
        plain = word.sub(sign, plain)
    return plain.strip()


def _angle(text: str) -> float:
    plain = _in_signs(_AXIS.sub("", text))
    letters = _COMPASS.findall(plain)
    bare = _COMPASS.sub("", plain, count=1).strip() if letters else plain
    sign = -1.0 if bare.startswith("-") or (letters and letters[0] in "SW") else 1.0
    bare = bare.removeprefix("-").removeprefix("+").strip()
    if letters and (found := _HYPHENS.fullmatch(bare)):
        bare = ":".join(filter(None, found.groups()))
    parts = _ANGLE.fullmatch(bare)
    if len(letters) > 1 or not parts:
        return math.nan
    given = [part for part in parts.group(1, 2, 3) if part]
    if any(_DECIMALS.search(part) for part in given[:-1]):  # 31.5°30' is neither
        return math.nan
    whole, minutes, seconds = (float((part or "0").replace(",", ".")) for part in parts.group(1, 2, 3))
    if max(minutes, seconds) >= _SIXTY:
        return math.nan
    return float(sign * (whole + minutes / _SIXTY + seconds / _SIXTY**2))


# A point in one text.


@dataclass(frozen=True, slots=True)
class LonLat:
    """A point, degrees in WGS84."""

    lon: float
    lat: float
    within_km: float = 0.0
    """Radius left open by the way it is written; 0 if that is less than a kilometre."""

    def __str__(self) -> str:
        """Return latitude and longitude, as people write them."""
        return f"{self.lat:g}, {self.lon:g}"


_MAX_POINT_LENGTH: Final = 2000
_WKT: Final = re.compile(r"^(?:SRID=(\d{1,6});)?\s*(?:MULTI)?POINT\b", re.IGNORECASE)
_OTHER_WKT: Final = re.compile(
    r"^(?:SRID=\d+;)?\s*(?:(?:MULTI)?(?:LINESTRING|POLYGON)|GEOMETRYCOLLECTION)\b", re.IGNORECASE
)
_HEX: Final = re.compile(r"(?:[0-9A-Fa-f]{2}){21,60}")
_ADDRESS: Final = re.compile(r"^(?:https?://|geo:)", re.IGNORECASE)
_DEGREES_IN_ADDRESS: Final = r"(-?\d{1,3}\.\d+)"
_IN_ADDRESS: Final = tuple(
    re.compile(before + _DEGREES_IN_ADDRESS + between + _DEGREES_IN_ADDRESS, re.IGNORECASE)
    for before, between in (("!3d", "!4d"), (r"\bmlat=", "&mlon="), (r"(?:@|[?&/=:])", r"(?:,|/)\s*"))
)
"""Patterns for the place itself, before those for the centre of the map that shows it."""
_MGRS: Final = re.compile(
    r"(?:MGRS:?\s*)?(\d{1,2}[\s-]*[C-HJ-NP-X][\s-]*[A-HJ-NP-Z]{2})[\s,;-]*(?:((?:\d\d){1,5})|(\d{1,5})[\s,;-]+(\d{1,5}))",
    re.IGNORECASE,
)
"""A square of the grid, then digits in one group or in two of the same length."""
_UTM: Final = re.compile(
    r"(?:zone\s*)?(\d{1,2})\s*([A-Z])?[\s,;]+(\d{5,7}(?:\.\d+)?)\s*m?\s*E?[\s,;]+(\d{5,8}(?:\.\d+)?)\s*m?\s*N?",
    re.IGNORECASE,
)
_UTM_BEHIND: Final = re.compile(
    r"(\d{5,7}(?:\.\d+)?)\s*m?\s*E?[\s,;]+(\d{5,8}(?:\.\d+)?)\s*m?\s*N?[\s,;]+(?:zone\s*|utm\s*)?(\d{1,2})\s*([A-Z])?",
    re.IGNORECASE,
)
_ZONES: Final = 60
_SOUTHERN_BANDS: Final = "CDEFGHJKLM"
_EASTINGS: Final = (100_000, 1_000_000)
"""Range of UTM eastings, metres; northings of the region lie outside it."""
_BANDS: Final = "CDEFGHJKLMNPQRSTUVWX"
"""UTM bands of 8 degrees of latitude each, from 80 degrees south."""
_HIGHEST_BAND: Final = 12
"""Height of the last band, degrees."""
_BETWEEN_PAIR: Final = r"\s*[,;/|]\s*|\s+"
_PAIR_COMMA: Final = re.compile(r"([+-]?\d{1,3},\d+)(?:\s*[;/|]\s*|,?\s+)([+-]?\d{1,3},\d+)")
_NUMBERS: Final = re.compile(
    rf"[\s\[(]*([+-]?\d{{1,3}}(?:\.\d+)?)({_BETWEEN_PAIR})([+-]?\d{{1,3}}(?:\.\d+)?)"
    rf"((?:(?:{_BETWEEN_PAIR})[+-]?\d+(?:\.\d+)?){{0,2}})[\s\])]*"
)
_SPLIT: Final = re.compile(r"\s*[;|/]\s*|\s*,\s+|\s*,(?=\s*[+-]?\d)|\s+(?=[+-]?\d{1,3}(?:\.\d+)?\s*°)")
_ANGLES: Final = re.compile(r"[°'\":NSEWe]")
"""Characters that tell angles from plain numbers, in which there may be commas."""


def point(text: str) -> Reading:
    """Parse a point as LonLat: a pair of coordinates, WKT, GeoJSON, hexadecimal WKB, a map link, MGRS or UTM.

    A pair without letters is latitude and longitude, unless only the other order lies in the region.

    >>> str(point("31.0058, 66.3997").value), str(point("POINT (66.3997 31.0058)").value), point("Kabul").value
    ('31.0058, 66.3997', '31.0058, 66.3997', None)
    """
    if len(text) > _MAX_POINT_LENGTH:
        return Reading(None, fault=say("reject-no-point-text"))
    plain, repairs = plain_number(text)
    plain = plain.strip().strip("()" if not plain.upper().startswith(("POINT", "SRID", "MULTI")) else "").strip()
    if _OTHER_WKT.match(plain):
        return Reading(None, fault=say("reject-other-shape"))
    for read in (_wkt, _geojson, _hexadecimal, _address, _mgrs, _utm, _pair):
        with suppress(*_FAULTS):
            found = read(plain)
            if found is not None and abs(found.lat) <= 90 and abs(found.lon) <= 180:  # noqa: PLR2004  # of the globe
                return Reading(found, repairs)
    return Reading(None, fault=say("reject-no-point-text"))


_FAULTS: Final = (
    *(ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError, StopIteration),
    *(shapely.errors.ShapelyError, mgrs.core.MGRSError),
)


def _wkt(text: str) -> LonLat | None:
    found = _WKT.match(text)
    if found is None:
        return None
    bare = re.sub(r"^SRID=\d+;\s*", "", text, flags=re.IGNORECASE)
    return _one_point(shapely.from_wkt(bare), int(found[1]) if found[1] else None)


def _hexadecimal(text: str) -> LonLat | None:
    if not _HEX.fullmatch(text):
        return None
    shape = shapely.from_wkb(bytes.fromhex(text))
    return _one_point(shape, int(shapely.get_srid(shape)) or None)


def _one_point(shape: Any, srid: int | None) -> LonLat | None:
    parts = shapely.get_parts(shape)
    if shape.is_empty or len(parts) != 1 or parts[0].geom_type != "Point":
        return None
    x, y = parts[0].x, parts[0].y
    if srid not in (None, 4326):
        x, y = to_wgs84(f"EPSG:{srid}")(x, y)
    return LonLat(float(x), float(y))


@cache
def to_wgs84(crs: str) -> Callable[[Any, Any], tuple[Any, Any]]:
    """Return a function from x and y to longitude and latitude; raises ValueError for an unknown CRS."""
    try:
        transform = pyproj.Transformer.from_crs(crs, WGS84, always_xy=True).transform
    except pyproj.exceptions.ProjError as error:
        raise ValueError(crs) from error
    return transform


def _geojson(text: str) -> LonLat | None:
    if not text.startswith(("{", "[")):
        return None
    value = json.loads(text)
    if isinstance(value, dict):
        value = value.get("geometry", value)
        if value.get("type") == "MultiPoint" and len(value["coordinates"]) == 1:
            return LonLat(float(value["coordinates"][0][0]), float(value["coordinates"][0][1]))
        if value.get("type") == "Point":
            return LonLat(float(value["coordinates"][0]), float(value["coordinates"][1]))
        names = {str(name).lower(): name for name in value}
        lat = next(value[names[name]] for name in ("lat", "latitude", "y") if name in names)
        lon = next(value[names[name]] for name in ("lon", "lng", "long", "longitude", "x") if name in names)
        return LonLat(float(lon), float(lat))
    return _ordered(float(value[0]), float(value[1]))


def _address(text: str) -> LonLat | None:
    plain = unquote(text) if _ADDRESS.match(text) else ""
    found = next((found for form in _IN_ADDRESS if (found := form.search(plain))), None)
    return LonLat(float(found[2]), float(found[1])) if found else None


def _mgrs(text: str) -> LonLat | None:
    found = _MGRS.fullmatch(text)
    if found is None or len(found[3] or "") != len(found[4] or ""):
        return None
    digits = found[2] or found[3] + found[4]
    lat, lon = _converter().toLatLon(re.sub(r"[\s-]+", "", found[1]).upper() + digits)
    side_km = 10 ** (5 - len(digits) // 2) / 1000
    corner = side_km / 2 * math.sqrt(2)
    return LonLat(lon, lat, corner if side_km >= 1 else 0.0)


@cache
def _converter() -> mgrs.MGRS:
    return mgrs.MGRS()


def _utm(text: str) -> LonLat | None:
    plain = re.sub(r"^utm[\s:]*", "", text, flags=re.IGNORECASE)
    if found := _UTM.fullmatch(plain):
        zone, band, east, north = found.groups()
    elif found := _UTM_BEHIND.fullmatch(plain):
        east, north, zone, band = found.groups()
    else:
        return None
    if not 1 <= int(zone) <= _ZONES:
        return None
    metres = sorted((float(east), float(north)), key=lambda number: not _EASTINGS[0] <= number < _EASTINGS[1])
    if not _EASTINGS[0] <= metres[0] < _EASTINGS[1]:
        return None
    letter = (band or "N").upper()
    south = letter in _SOUTHERN_BANDS  # S is a band of the northern hemisphere, where the region lies
    x, y = to_wgs84(f"EPSG:{327 if south else 326}{int(zone):02}")(*metres)
    of_band = 8 * _BANDS.find(letter) - 80
    high = _HIGHEST_BAND if letter == _BANDS[-1] else 8
    return LonLat(x, y) if letter == "N" or of_band - 1 <= y <= of_band + high + 1 else None


def _pair(text: str) -> LonLat | None:
    """Parse two coordinates, which may be followed by height and accuracy, as Kobo writes them."""
    text = text.translate(_SIGNS)
    if found := _PAIR_COMMA.fullmatch(text):
        return _plain_pair(*found.groups())
    if found := _NUMBERS.fullmatch(text):
        first, between, second, more = found.groups()
        whole = first.lstrip("+-").isdecimal() and second.lstrip("+-").isdecimal()
        kinds = {between.strip(), *(mark.strip() for mark in re.findall(_BETWEEN_PAIR, more))}
        if (whole and (more or between == ",")) or len(kinds) > 1:  # 34,65 may be one number, and 34 5 69 2 two angles
            return None
        return _plain_pair(first, second)
    return _pair_of_angles(text)


def _plain_pair(*texts: str) -> LonLat:
    first, second = (float(text.replace(",", ".")) for text in texts)
    return replace(_ordered(first, second), within_km=rounded_km(*texts))


def _pair_of_angles(text: str) -> LonLat | None:
    """Parse two coordinates with signs, words or letters, which may also tell latitude from longitude."""
    axes = list(_AXIS.finditer(text))
    plain = text if axes else _in_signs(text)
    letters = list(_COMPASS.finditer(_in_signs(text)))
    if len(axes) == _PAIR:
        parts = [plain[: axes[1].start()], plain[axes[1].start() :]]
    elif len(letters) == _PAIR:
        at = letters[1].start() if letters[0].start() == 0 else letters[0].end()
        parts = [plain[:at], plain[at:]]
    else:
        parts = _SPLIT.split(plain) if _ANGLES.search(plain) else []
    parts = [part.strip(" \t,;|/") for part in parts if part.strip()]
    if len(parts) != _PAIR or any(degrees(part).fault for part in parts):
        return None
    first, second = (float(degrees(part).value) for part in parts)
    along = [_axis(part) for part in parts]
    if along[0] and along[0] == along[1]:
        return None
    km = rounded_km(*(_in_signs(_AXIS.sub("", part)) for part in parts))
    if not any(along):
        return replace(_ordered(first, second), within_km=km)
    return LonLat(first, second, km) if along[0] == "lon" or along[1] == "lat" else LonLat(second, first, km)


_PAIR: Final = 2


def _axis(text: str) -> str:
    """Return lat or lon, by the word or compass letter in a coordinate; "" if it has none."""
    if word := _AXIS.search(text):
        return word[0][:3].lower().replace("lng", "lon")
    letter = _COMPASS.search(_in_signs(text))
    return "" if letter is None else "lat" if letter[0] in "NS" else "lon"


def _ordered(first: float, second: float) -> LonLat:
    """Interpret a pair as latitude and longitude, unless only the other order lies in the region."""
    west, south, east, north = _region()
    if not (south <= first <= north and west <= second <= east) and west <= first <= east and south <= second <= north:
        return LonLat(first, second)
    return LonLat(second, first)


@cache
def _region() -> tuple[float, float, float, float]:
    west, south, east, north = boundaries().provinces.total_bounds
    return float(west), float(south), float(east), float(north)


_BEFORE, _BEHIND = r"^(?:[NSEW]\s*)?[+-]?", r"\s*°?\s*[NSEW]?$"
WHOLE = rf"{_BEFORE}([0-9]{{1,3}}([.,]0*)?|[0-9]([.,][0-9])?[Ee]\+?0?[1-9]){_BEHIND}"
TENTH = rf"{_BEFORE}([0-9]{{1,3}}[.,][0-9]0*|[0-9][.,][0-9]{{2}}[Ee]\+?0?[1-9]){_BEHIND}"
"""Patterns of coordinates in whole and tenth degrees, also with an exponent, as spreadsheets shorten them."""
WHOLE_KM, TENTH_KM = 75.0, 8.0
"""From the centre to the corner of a square of one degree, and of a tenth, in the south of the region."""


def rounded_km(first: str, second: str) -> float:
    """Return the radius, km, left open by a pair of coordinates in whole or tenth degrees; 0 for all others."""
    return float(left_open_km(*([bool(re.match(form, text)) for text in (first, second)] for form in (WHOLE, TENTH))))


def left_open_km(whole: Sequence[Any], tenth: Sequence[Any]) -> Any:
    """Return the same for one pair or for arrays, given whether each coordinate is in whole and in tenth degrees."""
    both_whole = whole[0] & whole[1]
    both = (whole[0] | tenth[0]) & (whole[1] | tenth[1])
    return WHOLE_KM * both_whole + TENTH_KM * (both ^ both_whole)


POINT: Final = pa.struct([("lon", pa.float64()), ("lat", pa.float64()), ("within_km", pa.float64())])


POINT_FORM: Final = Form(kind=POINT, read=point)
"""Parses a column of points, each in one text."""
