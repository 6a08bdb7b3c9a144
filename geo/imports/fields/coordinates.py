"""Coordinates as files write them: degrees, a pair in one text, WKT and other geometries, MGRS and UTM."""

import json
import math
import re
from collections.abc import Callable
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
"""Digits in threes, or many without any mark: a decimal number that a spreadsheet took for a large whole one."""
_SHORTENED: Final = re.compile(r"[+-]?\d,\d{1,17}e[+-]?\d{1,2}", re.IGNORECASE)
"""With an exponent and a decimal comma."""
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
_WORDS: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), sign)
    for pattern, sign in (
        (r"\b(?:latitude|longitude|lat|lon|long|lng)\b\.?\s*[:=]?\s*", ""),
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
_LONGEST: Final = 200
_SIXTY: Final = 60


def degrees(text: str) -> Reading:
    r"""Read a coordinate, degrees; south and west are negative.

    >>> degrees("34,33").value, degrees("70°30'00\"E").value, degrees("N 34.5").value
    (34.33, 70.5, 34.5)
    """
    if len(text) > _LONGEST:
        return Reading(None, fault=say("reject-no-coordinate"))
    plain, repairs = plain_number(text)
    if _NUMBER.fullmatch(plain):
        value = float(plain)
    elif _COMMA.fullmatch(plain) or _SHORTENED.fullmatch(plain):
        value, repairs = float(plain.replace(",", ".")), (*repairs, Repair.DECIMAL_COMMA)
    elif _POINTS_LOST.fullmatch(plain):
        value = float(re.sub(r"[.,' ]", "", plain))  # on no globe: put right where the country is known
    else:
        value, repairs = _angle(plain), (*repairs, Repair.DEGREES)
    if not math.isfinite(value):
        return Reading(None, fault=say("reject-no-coordinate"))
    return Reading(value, repairs)


DEGREES: Final = Form(kind=pa.float64(), read=degrees, usual=r"^-?[0-9]{1,3}(\.[0-9]{1,17})?$")


def _angle(text: str) -> float:
    plain = text.translate(_SIGNS)
    for word, letter in _WORDS:
        plain = word.sub(letter, plain)
    plain = plain.strip()
    letters = _COMPASS.findall(plain)
    bare = _COMPASS.sub("", plain, count=1).strip() if letters else plain
    sign = -1.0 if bare.startswith("-") or (letters and letters[0] in "SW") else 1.0
    parts = _ANGLE.fullmatch(bare.lstrip("+-").strip())
    if len(letters) > 1 or not parts:
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
    """Radius that the way it is written leaves open; 0 where that is less than a kilometre."""

    def __str__(self) -> str:
        """Write it as people do."""
        return f"{self.lat:g}, {self.lon:g}"


_LONGEST_POINT: Final = 2000
_WKT: Final = re.compile(r"^(?:SRID=(\d{1,6});)?\s*(?:MULTI)?POINT\b", re.IGNORECASE)
_OTHER_WKT: Final = re.compile(
    r"^(?:SRID=\d+;)?\s*(?:(?:MULTI)?(?:LINESTRING|POLYGON)|GEOMETRYCOLLECTION)\b", re.IGNORECASE
)
_HEX: Final = re.compile(r"(?:[0-9A-Fa-f]{2}){21,60}")
_ADDRESS: Final = re.compile(r"^(?:https?://|geo:)", re.IGNORECASE)
_IN_ADDRESS: Final = re.compile(r"(?:@|[?&/=:]|!3d)(-?\d{1,2}\.\d+)(?:,|%2C|!4d|/)\s*(-?\d{1,3}\.\d+)", re.IGNORECASE)
_MGRS: Final = re.compile(r"(\d{1,2})\s*([C-HJ-NP-X])\s*([A-HJ-NP-Z]{2})\s*(\d{2,5})\s*(\d{2,5})", re.IGNORECASE)
_MGRS_DIGITS: Final = re.compile(r"\d{1,2}[C-HJ-NP-X][A-HJ-NP-Z]{2}((?:\d\d){1,5})", re.IGNORECASE)
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
_PAIR_COMMA: Final = re.compile(r"([+-]?\d{1,3},\d+)\s*[;/|\s]\s*([+-]?\d{1,3},\d+)")
_PLAIN_NUMBER: Final = re.compile(r"[+-]?\d+(?:\.\d+)?")
_NUMBERS: Final = re.compile(r"[\s\[(]*[+-]?\d+(?:\.\d+)?(?:[\s,;/|]+[+-]?\d+(?:\.\d+)?){1,3}[\s\])]*")
_SPLIT: Final = re.compile(r"\s*[;|/]\s*|\s*,\s+|\s*,(?=\s*[+-]?\d)|\s+(?=[NSEW][\s\d])|(?<=[NSEW])\s*,?\s*(?=[+-]?\d)")


def point(text: str) -> Reading:
    """Read a point, as LonLat: a pair of coordinates, WKT, a geometry of GeoJSON or in hexadecimal WKB, MGRS or UTM.

    A pair without letters is latitude and longitude, unless only the other order lies in the region.

    >>> str(point("31.0058, 66.3997").value), str(point("POINT (66.3997 31.0058)").value), point("Kabul").value
    ('31.0058, 66.3997', '31.0058, 66.3997', None)
    """
    plain, repairs = plain_number(text)
    plain = plain.strip().strip("()" if not plain.upper().startswith(("POINT", "SRID", "MULTI")) else "").strip()
    if len(plain) > _LONGEST_POINT:
        return Reading(None, fault=say("reject-no-point-text"))
    if _OTHER_WKT.match(plain):
        return Reading(None, fault=say("reject-other-shape"))
    for read in (_wkt, _geojson, _hexadecimal, _address, _mgrs, _utm, _pair):
        with suppress(*_FAULTS):
            found = read(plain)
            if found is not None and abs(found.lat) <= 90 and abs(found.lon) <= 180:  # noqa: PLR2004  # of the globe
                return Reading(found, repairs)
    return Reading(None, fault=say("reject-no-point-text"))


_FAULTS: Final = (
    *(ValueError, TypeError, KeyError, IndexError, RecursionError, StopIteration),
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
        x, y = _to_wgs84(f"EPSG:{srid}")(x, y)
    return LonLat(float(x), float(y))


@cache
def _to_wgs84(crs: str) -> Callable[[float, float], tuple[float, float]]:
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
    found = _IN_ADDRESS.search(unquote(text)) if _ADDRESS.match(text) else None
    return LonLat(float(found[2]), float(found[1])) if found else None


def _mgrs(text: str) -> LonLat | None:
    bare = re.sub(r"[\s,;-]+", "", text).upper()
    found = _MGRS_DIGITS.fullmatch(bare)
    if found is None:
        return None
    lat, lon = _converter().toLatLon(bare)
    side_km = 10 ** (5 - len(found[1]) // 2) / 1000
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
    south = (band or "N").upper() in _SOUTHERN_BANDS  # an S alone is a band of the north, in which the region lies
    x, y = _to_wgs84(f"EPSG:{327 if south else 326}{int(zone):02}")(float(east), float(north))
    return LonLat(x, y)


def _pair(text: str) -> LonLat | None:
    """Read two coordinates; what follows them is height and accuracy, as Kobo writes them."""
    if _NUMBERS.fullmatch(text):
        first, second = _PLAIN_NUMBER.findall(text)[:2]
        return replace(_ordered(float(first), float(second)), within_km=rounded_km(first, second))
    if found := _PAIR_COMMA.fullmatch(text):
        first, second = (part.replace(",", ".") for part in found.groups())
        return _ordered(float(first), float(second))
    parts = [part for part in _SPLIT.split(text.translate(_SIGNS)) if part.strip()]
    if len(parts) != 2 or any(degrees(part).fault for part in parts):  # noqa: PLR2004  # of a pair
        return None
    first, second = (float(degrees(part).value) for part in parts)
    letters = [{*part.upper()} & {*"NSEW"} for part in parts]
    if letters[0] & {*"EW"} or parts[0].strip().lower().startswith("lo"):
        return LonLat(first, second)
    return LonLat(second, first) if letters[0] & {*"NS"} else _ordered(first, second)


def _ordered(first: float, second: float) -> LonLat:
    """Take a pair as latitude and longitude, unless only the other order lies in the region."""
    west, south, east, north = _region()
    if not (south <= first <= north and west <= second <= east) and west <= first <= east and south <= second <= north:
        return LonLat(first, second)
    return LonLat(second, first)


@cache
def _region() -> tuple[float, float, float, float]:
    west, south, east, north = boundaries().provinces.total_bounds
    return float(west), float(south), float(east), float(north)


WHOLE = r"^-?([0-9]{1,3}([.,]0*)?|[0-9]([.,][0-9])?[Ee]\+?0?1)$"
TENTH = r"^-?([0-9]{1,3}[.,][0-9]0*|[0-9][.,][0-9]{2}[Ee]\+?0?1)$"
"""Coordinates that are written in whole degrees, and in tenths; with an exponent, as spreadsheets shorten them."""
WHOLE_KM, TENTH_KM = 75.0, 8.0
"""From the middle to the corner of a square of one degree, and of a tenth, in the south of the region."""


def rounded_km(first: str, second: str) -> float:
    """Return the radius, km, that a pair of coordinates in whole or tenth degrees leaves open; 0 for all others."""
    whole = [bool(re.match(WHOLE, text)) for text in (first, second)]
    tenth = [bool(re.match(TENTH, text)) for text in (first, second)]
    if all(whole):
        return WHOLE_KM
    return TENTH_KM if all(one or other for one, other in zip(whole, tenth, strict=True)) else 0.0


POINT: Final = pa.struct([("lon", pa.float64()), ("lat", pa.float64()), ("within_km", pa.float64())])


class _Value(dict[str, float]):
    def __str__(self) -> str:
        return str(LonLat(self["lon"], self["lat"]))


def _as_value(text: str) -> Reading:
    read = point(text)
    if read.value is None:
        return read
    found: LonLat = read.value
    return Reading(_Value(lon=found.lon, lat=found.lat, within_km=found.within_km), read.repairs)


POINT_FORM: Final = Form(kind=POINT, read=_as_value)
"""Reads a column of points in one text."""
