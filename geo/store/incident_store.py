"""The curated store: read with a report of all faults, and written so that a one-word edit is a one-line diff."""

import hashlib
import json
import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final, NoReturn, TypeVar

from filelock import FileLock, Timeout
from pydantic import ValidationError

from geo import INSTALLED, PROGRAM_FOLDER
from geo.datasets.folder import clear_half_written, replace_file
from geo.incident.errors import (
    DataError,
    Fault,
    InconsistentError,
    ShippedStoreError,
    StoreChangedError,
    StoreLockedError,
)
from geo.incident.record import Claimant, EventGroup, Incident, Whereabouts, oldest_first
from geo.incident.vocabulary import IMPORTED_ONLY
from geo.language.messages import list_words, say
from geo.places.boundaries import Boundaries, boundaries
from geo.places.plane import BBox

# Parse a file's bytes as JSON, or report the single fault that prevents it.


def parse(raw: bytes) -> tuple[Any, list[Fault]]:
    """Return the document and no faults; or None and why it cannot be read."""
    try:
        return json.loads(raw.decode("utf-8-sig"), parse_constant=_refuse_constant), []
    except UnicodeDecodeError as error:
        where = say("fault-where-byte", byte=error.start)
        return None, [Fault(where=where, field="", message=say("fault-not-utf-8"))]
    except json.JSONDecodeError as error:
        where = say("fault-where-line", line=error.lineno, column=error.colno)
        message = say("fault-not-json", why=f"{error.msg[:1].lower()}{error.msg[1:]}")
        return None, [Fault(where=where, field="", message=message)]
    except (ValueError, RecursionError) as error:
        return None, [Fault(where=say("fault-where-file"), field="", message=say("fault-not-json", why=error))]


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(say("fault-no-json-number", given=name))


# Values of the right type that no page or file can handle.

EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
"""Range of dates in the record: a workbook cannot hold earlier ones, and a chart has a slot for each month between."""
REACH: Final = BBox(55.0, 18.0, 84.0, 47.0)
"""Extent of points in the record, degrees WGS84: the three countries and their surroundings. A circle of 2,000 km
around any point stays within valid coordinates and within what a figure can show."""
LONGEST: Final = 2_000
"""Maximum length of any text, in characters."""
LONGEST_NAME: Final = 200
"""Maximum length of names drawn in a figure or on one line of a list; fitting one ten times as long takes minutes."""
_NAMES: Final = re.compile(r"(place|district|aliases\[\d+\]|actors\[\d+\])$")
_INVALID_CHARACTER: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF))
    + "]"
)
"""Control characters, lone surrogates and Unicode noncharacters, which no file may contain."""


def unbearable(value: Any, field: str = "") -> Iterator[tuple[str, str]]:
    """Yield the field and fault of each text in a JSON value that is too long or contains invalid characters."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from unbearable(inner, f"{field}.{key}".lstrip("."))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from unbearable(inner, f"{field}[{number}]")
    elif isinstance(value, str):
        if none := _INVALID_CHARACTER.search(value):
            code, at = f"U+{ord(none[0]):04X}", str(none.start() + 1)
            yield field, say("fault-no-character", code=code, at=at)
        elif len(value) > (most := LONGEST_NAME if _NAMES.search(field) else LONGEST):
            yield field, say("fault-too-long", characters=len(value), most=most)


def _far_off(days: Mapping[str, date | None]) -> Iterator[tuple[str, str]]:
    for field, day in days.items():
        if day is not None and not EARLIEST <= day <= LATEST:
            yield field, say("fault-day-far-off", day=str(day), earliest=str(EARLIEST), latest=str(LATEST))


def _out_of_bounds(incident: Incident) -> Iterator[tuple[str, str]]:
    """Yield the field and fault of each date and point of an incident that is out of range for the record."""
    yield from _far_off({"date_start": incident.date_start, "date_end": incident.date_end})
    yield from _far_off({f"sources[{n}].published": source.published for n, source in enumerate(incident.sources)})
    moved = incident.movement
    places: dict[str, Incident | Whereabouts] = {"geometry": incident}
    places |= {"movement.from": moved.origin, "movement.to": moved.destination} if moved else {}
    for field, place in places.items():
        if place.lon is not None and place.lat is not None and not REACH.contains(place.lon, place.lat):
            edges = {"west": REACH.west, "east": REACH.east, "south": REACH.south, "north": REACH.north}
            yield field, say("fault-far-away", lon=place.lon, lat=place.lat, **edges)


# The faults of one record, in words, by field.


def faults_of(error: ValidationError, where: str) -> Iterator[Fault]:
    """Yield a fault for everything pydantic found wrong with a record."""
    for found in error.errors(include_url=False):
        inner = found.get("ctx", {}).get("error")
        if isinstance(inner, InconsistentError):
            yield from (Fault(where=where, field=field, message=message) for field, message in inner.faults)
            continue
        if found["type"] == "too_short" and found["input"]:  # its items are invalid and reported themselves
            continue
        field = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in found["loc"]).lstrip(".")
        yield Fault(where=where, field=field, message=_message(found))


def _message(found: Any) -> str:
    own_words = found.get("ctx", {}).get("error")
    if own_words is not None:
        return str(own_words)
    message, given = found["msg"][:1].lower() + found["msg"][1:], found["input"]
    if found["type"] in ("missing", "extra_forbidden") or isinstance(given, (dict, list)):
        return str(message)
    return say("fault-given", message=message, given=json.dumps(given, default=str)[:80])


# The two registers beside the incident file, claimants and event groups, and their faults.

CLAIMANTS_FILE: Final = "claimants.json"
EVENT_GROUPS_FILE: Final = "event_groups.json"
_Row = TypeVar("_Row", Claimant, EventGroup)


def read_claimants(raw: bytes) -> tuple[dict[str, Claimant], list[Fault]]:
    """Return the valid claimants of a register by id, and all its faults."""
    document, faults = parse(raw)
    if not faults and not (isinstance(document, list) and document):
        faults = [Fault(where=say("fault-where-file"), field="", message=say("fault-no-claimants"))]
    return _read_register(CLAIMANTS_FILE, Claimant, document, faults)


def read_event_groups(raw: bytes | None) -> tuple[dict[str, EventGroup], list[Fault]]:
    """Return the valid event groups of a register by id, and all its faults; `raw` is None if there is no such file."""
    if raw is None:
        return {}, [Fault(where=EVENT_GROUPS_FILE, field="", message=say("fault-register-missing"))]
    document, faults = parse(raw)
    if not faults and not isinstance(document, list):
        faults = [Fault(where=say("fault-where-file"), field="", message=say("fault-no-clusters"))]
    return _read_register(EVENT_GROUPS_FILE, EventGroup, document, faults)


def _read_register(
    file: str, record: type[_Row], document: Any, faults: list[Fault]
) -> tuple[dict[str, _Row], list[Fault]]:
    """Read the rows of a register; if it already has faults, only those are returned."""
    rows: dict[str, _Row] = {}
    for number, given in enumerate(document if not faults else (), 1):
        where = say("fault-where-row", row=str(number))
        named = dict(unbearable(given))
        faults += [Fault(where=where, field=field, message=message) for field, message in named.items()]
        try:
            row = record.model_validate(given)
        except ValidationError as error:
            faults += [fault for fault in faults_of(error, where) if fault.field not in named]
            continue
        if isinstance(row, EventGroup):
            far_off = _far_off({"date_start": row.date_start, "date_end": row.date_end})
            faults += [Fault(where=where, field=field, message=message) for field, message in far_off]
        if row.id in rows:
            faults.append(Fault(where=where, field="id", message=say("fault-row-twice", id=repr(row.id))))
        rows.setdefault(row.id, row)
    return rows, [Fault(where=f"{file}, {f.where}", field=f.field, message=f.message) for f in faults]


def unused_groups(incidents: Iterable[Incident], groups: Iterable[str]) -> list[Fault]:
    """Return a fault for each registered event group that no incident belongs to."""
    used = {incident.event_group for incident in incidents}
    return [
        Fault(where=EVENT_GROUPS_FILE, field=group, message=say("fault-cluster-unused"))
        for group in groups
        if group not in used
    ]


# The incident file and all its faults, by incident and field.

_FEATURE_KEYS: Final = {"type", "id", "geometry", "properties"}
_NOT_PROPERTIES: Final = {"id", "lon", "lat"}
_CODED: Final = ("category", "subtype", "date_precision", "status")


def read_incidents(
    raw: bytes, claimants: Mapping[str, Claimant], groups: Collection[str] | None
) -> tuple[tuple[Incident, ...], list[Fault]]:
    """Return the valid incidents of a FeatureCollection in file order, and all its faults.

    Without registered claimants no incident is valid; since that is the register's fault, it is not reported for every
    claim. Provinces must be among those of the boundaries. `groups` are the registered event groups; None if unknown,
    in which case they are not checked.
    """
    document, faults = parse(raw)
    features = document.get("features") if isinstance(document, dict) else None
    if not faults and not isinstance(features, list):
        faults = [Fault(where=say("fault-where-file"), field="features", message=say("fault-no-features"))]
    incidents: dict[str, Incident] = {}
    for number, feature in enumerate(features or () if not faults else ()):
        incident, found = _read_feature(number, feature)
        if incident is not None:
            found += _unknown_claimants(incident, claimants) if claimants else []
            found += _unknown_group(incident, groups) if groups is not None else []
            found += _unknown_provinces(incident, boundaries())
            if incident.id in incidents:
                found.append(Fault(where=incident.id, field="id", message=say("fault-id-used")))
        faults += found
        if incident is not None and not found:
            incidents[incident.id] = incident
    return tuple(incidents.values()) if claimants else (), faults


def _read_feature(number: int, feature: Any) -> tuple[Incident | None, list[Fault]]:
    where = say("fault-where-feature", number=str(number + 1))
    if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
        return None, [Fault(where=where, field="properties", message=say("fault-no-feature"))]
    where = feature["id"] if isinstance(feature.get("id"), str) and feature["id"] else where
    wrong = [*_shape_faults(feature), *unbearable(feature.get("properties")), *unbearable(feature.get("id"), "id")]
    faults = [Fault(where=where, field=field, message=message) for field, message in wrong]
    named = {fault.field for fault in faults}
    try:
        incident = Incident.from_feature(feature | ({"geometry": None} if "geometry" in named else {}))
    except ValidationError as error:
        return None, faults + [fault for fault in faults_of(error, where) if fault.field not in named]
    faults += _imported_codes(incident)
    faults += [Fault(where=where, field=field, message=message) for field, message in _out_of_bounds(incident)]
    return (None if faults else incident), faults


def _imported_codes(incident: Incident) -> list[Fault]:
    return [
        Fault(where=incident.id, field=field, message=say("fault-imported-only", code=getattr(incident, field).value))
        for field in _CODED
        if getattr(incident, field) in IMPORTED_ONLY
    ]


def _shape_faults(feature: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if feature.get("type") != "Feature":
        yield "type", say("fault-not-feature")
    for key in sorted(feature.keys() - _FEATURE_KEYS):
        yield key, say("fault-not-of-feature")
    for key in sorted(feature["properties"].keys() & _NOT_PROPERTIES):
        yield f"properties.{key}", say("fault-not-a-property")
    if feature.get("geometry") is not None and not _is_point(feature["geometry"]):
        yield "geometry", say("fault-no-point", example='{"type": "Point", "coordinates": [lon, lat]}')


def _is_point(geometry: Any) -> bool:
    coordinates = geometry.get("coordinates") if isinstance(geometry, dict) else None
    return isinstance(coordinates, list) and len(coordinates) in (2, 3) and geometry.get("type") == "Point"


def _unknown_claimants(incident: Incident, claimants: Mapping[str, Claimant]) -> list[Fault]:
    return [
        Fault(where=incident.id, field=f"claims[{number}].by", message=_not_registered(claim.by, CLAIMANTS_FILE))
        for number, claim in enumerate(incident.claims)
        if claim.by not in claimants
    ]


def _unknown_group(incident: Incident, groups: Collection[str]) -> list[Fault]:
    if incident.event_group is None or incident.event_group in groups:
        return []
    message = _not_registered(incident.event_group, EVENT_GROUPS_FILE)
    return [Fault(where=incident.id, field="event_group", message=message)]


def _not_registered(given: str, file: str) -> str:
    return say("fault-not-registered", given=repr(given), file=file)


def _unknown_provinces(incident: Incident, layers: Boundaries) -> list[Fault]:
    """Return a fault for each unknown province, and for one in another country than the incident's.

    Several provinces of one incident may lie in different countries.
    """
    where, given = incident.id, incident.province
    faults = [
        Fault(where=where, field=field, message=_no_province(name, layers))
        for field, names in (("province", (given,)), ("provinces", incident.provinces))
        for name in names
        if name is not None and layers.province_anywhere(name, incident.country) is None
    ]
    if not faults and given and not incident.provinces and layers.province_named(given, incident.country) is None:
        code = layers.province_anywhere(given, incident.country)
        lies_in = layers.provinces["country"][code]
        message = say("fault-other-country", province=repr(given), lies_in=lies_in, country=incident.country.value)
        faults.append(Fault(where=where, field="province", message=message))
    return faults


def _no_province(name: str, layers: Boundaries) -> str:
    close = [repr(other) for other in get_close_matches(name, layers.provinces["province"], n=3)]
    if close:
        return say("fault-province-close", given=repr(name), close=list_words(close, "or"))
    return say("fault-no-province", given=repr(name))


# Canonical form of the incident store, in which a one-word edit is a one-line diff. Incidents are sorted by first day,
# then id; keys are in the order of the record; one value per line, except a point's coordinates; whole numbers have no
# fraction; nulls are left out of claims, sources and movements.

_COORDINATES = re.compile(r'("coordinates": \[)\s+(\S+)\s+(\S+)\s+(\])')


def dump_incidents(incidents: Iterable[Incident]) -> str:
    """Write incidents as a GeoJSON FeatureCollection (RFC 7946, WGS84) in canonical form."""
    ordered = sorted(incidents, key=oldest_first)
    document = {"type": "FeatureCollection", "features": [to_feature(incident) for incident in ordered]}
    return _COORDINATES.sub(r"\1\2 \3\4", _dump(document))


def _dump(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def to_feature(incident: Incident) -> Any:
    """Return an incident as a GeoJSON feature in canonical form."""
    feature = incident.to_feature()
    properties = feature["properties"]
    for key in ("aliases", "provinces", "location_note", "movement"):
        if not properties[key]:
            del properties[key]
    for key in ("claims", "sources"):
        properties[key] = [_without_nulls(part) for part in properties[key]]
    if "movement" in properties:
        properties["movement"] = _without_nulls(properties["movement"])
    return _whole_numbers(feature)


def _without_nulls(value: Mapping[str, Any]) -> dict[str, Any]:
    kept = {key: inner for key, inner in value.items() if inner is not None}
    return {key: _without_nulls(inner) if isinstance(inner, Mapping) else inner for key, inner in kept.items()}


def _whole_numbers(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _whole_numbers(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_whole_numbers(inner) for inner in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


# Read, validate and write the curated incident store. Reading is tolerant: a faulty incident is left out and reported.
# Writing is strict and atomic: a new file is written beside the old one, flushed to disk and moved into place, under a
# lock that the operating system releases if its holder dies.

STORE_VARIABLE: Final = "INCIDENT_MAP_STORE"
SHIPPED_FILE: Final = PROGRAM_FOLDER / "data" / "incidents.geojson"
"""The record shipped with the program: editable in a clone, read-only when installed."""
INCIDENTS_FILE: Final = Path(os.environ.get(STORE_VARIABLE) or SHIPPED_FILE).expanduser().absolute()
"""The default record: the path in INCIDENT_MAP_STORE at start-up, else the shipped one."""
DATA_FOLDER: Final = INCIDENTS_FILE.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreContents:
    """Result of one reading of the store."""

    path: Path
    incidents: tuple[Incident, ...]
    """Valid incidents in file order."""
    claimants: Mapping[str, Claimant]
    """By id."""
    event_groups: Mapping[str, EventGroup]
    """By id, in file order."""
    faults: tuple[Fault, ...]
    """All faults, in file order; faulty incidents are not in `incidents`."""
    version: str
    """SHA-256 of the store and its two registers, in hexadecimal."""

    def require_valid(self) -> "StoreContents":
        """Return the contents; raise DataError with all faults if there are any."""
        if self.faults:
            raise DataError(self.path.name, self.faults)
        return self


@dataclass(frozen=True, slots=True)
class IncidentStore:
    """An incident file and the registers beside it, `claimants.json` and `event_groups.json`."""

    path: Path = INCIDENTS_FILE

    @property
    def files(self) -> tuple[Path, Path, Path]:
        """The incident file, the claimant register and the event group register."""
        return self.path, self.path.with_name(CLAIMANTS_FILE), self.path.with_name(EVENT_GROUPS_FILE)

    def read(self) -> StoreContents:
        """Read the three files.

        Raises FileNotFoundError if incidents or claimants are missing, but nothing for bad content. A missing or
        unreadable register of event groups is a fault that leaves out no incident.
        """
        return self.understood(*self.raw())

    def raw(self) -> tuple[bytes, bytes, bytes | None]:
        """Return the bytes of the three files; None for a missing event group register. Raises OSError."""
        store, claimant_rows, group_rows = self.files
        return store.read_bytes(), claimant_rows.read_bytes(), group_rows.read_bytes() if group_rows.exists() else None

    def understood(self, raw: bytes, register: bytes, group_register: bytes | None) -> StoreContents:
        """Parse the content of the three files; raises nothing for bad content."""
        claimants, claimant_faults = read_claimants(register)
        groups, group_faults = read_event_groups(group_register)
        incidents, faults = read_incidents(raw, claimants, groups if groups or not group_faults else None)
        found = [*claimant_faults, *group_faults, *faults]
        return StoreContents(
            path=self.path,
            incidents=incidents,
            claimants=claimants,
            event_groups=groups,
            faults=tuple(found or unused_groups(incidents, groups)),
            version=hashlib.sha256(b"\0".join((raw, register, group_register or b""))).hexdigest(),
        )

    def write(self, incidents: Iterable[Incident], *, version: str, timeout_s: float = 10) -> str:
        """Replace the incidents and return the new version.

        Parameters
        ----------
        incidents
            All incidents of the new store.
        version
            Version that the change is based on.
        timeout_s
            Seconds to wait for another writer.

        Raises
        ------
        ShippedStoreError
            The store belongs to an installed program and is read-only.
        DataError
            The incidents are inconsistent or name an unknown claimant or event group; nothing was written.
        StoreChangedError
            The store is no longer at the given version; nothing was written.
        StoreLockedError
            Another process did not finish in time; nothing was written.

        """
        if INSTALLED and self.path.resolve().is_relative_to(PROGRAM_FOLDER):
            raise ShippedStoreError(str(self.path), STORE_VARIABLE)
        try:
            with FileLock(self.path.with_name(f".{self.path.name}.lock"), timeout=timeout_s):
                found = self.read()
                if found.version != version:
                    raise StoreChangedError(str(self.path))
                text = dump_incidents(incidents)
                _, faults = read_incidents(text.encode(), found.claimants, found.event_groups)
                if faults:
                    raise DataError(self.path.name, faults)
                clear_half_written(self.path)
                replace_file(self.path, text)
                return self.read().version
        except Timeout as error:
            raise StoreLockedError(str(self.path), timeout_s) from error

    def update(self, change: Callable[[tuple[Incident, ...]], Iterable[Incident]]) -> str:
        """Read, change and write; also raises DataError if the current store has faults.

        A registered event group without incidents is tolerated, since its row is written before its first incident.
        """
        contents = self.read()
        if contents.faults != tuple(unused_groups(contents.incidents, contents.event_groups)):
            contents.require_valid()
        return self.write(change(contents.incidents), version=contents.version)
