"""Read, validate and write the curated incident store.

Reading is tolerant: a faulty incident is left out and reported, the others are kept. Writing is strict, and atomic: a
new file is written beside the old one, flushed to disk and put in its place, under a lock that the operating system
drops when its holder dies.
"""

import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NoReturn

from filelock import FileLock, Timeout
from pydantic import TypeAdapter, ValidationError

from geo.canonical import dump_incidents
from geo.errors import DataError, Fault, InconsistentError, StoreChangedError, StoreLockedError
from geo.incident import Claimant, Incident

DATA_FOLDER: Final = Path(__file__).resolve().parents[1] / "data"
INCIDENTS_FILE: Final = DATA_FOLDER / "incidents.geojson"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreContents:
    """What one reading of the store found."""

    path: Path
    incidents: tuple[Incident, ...]
    """Valid incidents in file order."""
    claimants: Mapping[str, Claimant]
    """By id."""
    faults: tuple[Fault, ...]
    """Everything wrong, in file order; faulty incidents are not among `incidents`."""
    version: str
    """SHA-256 of the store and the claimant register, hexadecimal."""

    def require_valid(self) -> "StoreContents":
        """Return the contents; raise DataError with all faults if there are any."""
        if self.faults:
            raise DataError(self.path.name, self.faults)
        return self


@dataclass(frozen=True, slots=True)
class IncidentStore:
    """An incident file with the claimant register beside it (`claimants.json`)."""

    path: Path = INCIDENTS_FILE

    def read(self) -> StoreContents:
        """Read both files as they are now; raises FileNotFoundError, and nothing else for bad content."""
        raw, register = self.path.read_bytes(), (self.path.parent / "claimants.json").read_bytes()
        version = hashlib.sha256(raw + b"\0" + register).hexdigest()
        claimants, register_faults = _read_claimants(register)
        incidents, faults = _read_incidents(raw, claimants)
        return StoreContents(
            path=self.path,
            incidents=incidents,
            claimants=claimants,
            faults=(*register_faults, *faults),
            version=version,
        )

    def write(self, incidents: Iterable[Incident], *, version: str, timeout_s: float = 10) -> str:
        """Replace the incidents and return the new version.

        Parameters
        ----------
        incidents
            All incidents of the new store.
        version
            The version that the change was made from.
        timeout_s
            How long to wait for another writer.

        Raises
        ------
        DataError
            The incidents contradict each other or name an unknown claimant; nothing was written.
        StoreChangedError
            The store is no longer the version given; nothing was written.
        StoreLockedError
            Another process did not finish in time; nothing was written.

        """
        try:
            with FileLock(self.path.with_name(f".{self.path.name}.lock"), timeout=timeout_s):
                if self.read().version != version:
                    raise StoreChangedError(str(self.path))
                text = dump_incidents(incidents)
                _, faults = _read_incidents(text.encode(), self.read().claimants)
                if faults:
                    raise DataError(self.path.name, faults)
                _replace(self.path, text)
                return self.read().version
        except Timeout as error:
            raise StoreLockedError(str(self.path), timeout_s) from error

    def update(self, change: Callable[[tuple[Incident, ...]], Iterable[Incident]]) -> str:
        """Read, change and write; raises DataError, too, if what is there now has faults."""
        contents = self.read().require_valid()
        return self.write(change(contents.incidents), version=contents.version)


def _replace(path: Path, text: str) -> None:
    """Put a complete file in the place of the old one; a crash at any moment leaves one or the other."""
    for left_over in path.parent.glob(f".{path.name}.*.new"):
        left_over.unlink(missing_ok=True)
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    with new.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _read_incidents(raw: bytes, claimants: Mapping[str, Claimant]) -> tuple[tuple[Incident, ...], list[Fault]]:
    document, faults = _parse(raw)
    features = document.get("features") if isinstance(document, dict) else None
    if not faults and not isinstance(features, list):
        message = "is missing or no list; the file must be a GeoJSON FeatureCollection"
        faults = [Fault(where="file", field="features", message=message)]
    incidents: dict[str, Incident] = {}
    for number, feature in enumerate(features or () if not faults else ()):
        incident, found = _read_feature(number, feature)
        if incident is not None:
            found += _unknown_claimants(incident, claimants)
            if incident.id in incidents:
                found.append(Fault(where=incident.id, field="id", message="is used by an earlier incident too"))
        faults += found
        if incident is not None and not found:
            incidents[incident.id] = incident
    return tuple(incidents.values()), faults


def _read_feature(number: int, feature: Any) -> tuple[Incident | None, list[Fault]]:
    where = f"feature {number + 1}"
    if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
        return None, [Fault(where=where, field="properties", message="is missing; expected a GeoJSON Feature")]
    where = feature["id"] if isinstance(feature.get("id"), str) and feature["id"] else where
    geometry = feature.get("geometry")
    if geometry is not None and not _is_point(geometry):
        message = 'expected null or {"type": "Point", "coordinates": [lon, lat]}'
        return None, [Fault(where=where, field="geometry", message=message)]
    try:
        return Incident.from_feature(feature), []
    except ValidationError as error:
        return None, list(_faults_of(error, where))


def _is_point(geometry: Any) -> bool:
    coordinates = geometry.get("coordinates") if isinstance(geometry, dict) else None
    return isinstance(coordinates, list) and len(coordinates) in (2, 3) and geometry.get("type") == "Point"


def _faults_of(error: ValidationError, where: str) -> Iterator[Fault]:
    for found in error.errors(include_url=False):
        inner = found.get("ctx", {}).get("error")
        if isinstance(inner, InconsistentError):
            yield from (Fault(where=where, field=field, message=message) for field, message in inner.faults)
            continue
        field = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in found["loc"]).lstrip(".")
        given = found["input"]
        message = found["msg"][:1].lower() + found["msg"][1:]
        if found["type"] not in ("missing", "extra_forbidden") and not isinstance(given, (dict, list)):
            message += f", not {json.dumps(given, ensure_ascii=False, default=str)[:80]}"
        yield Fault(where=where, field=field, message=message)


def _unknown_claimants(incident: Incident, claimants: Mapping[str, Claimant]) -> list[Fault]:
    return [
        Fault(where=incident.id, field=f"claims[{number}].by", message=f"{claim.by!r} is not in claimants.json")
        for number, claim in enumerate(incident.claims)
        if claim.by not in claimants
    ]


def _read_claimants(raw: bytes) -> tuple[dict[str, Claimant], list[Fault]]:
    document, faults = _parse(raw)
    faults = [Fault(where=f"claimants.json, {f.where}", field=f.field, message=f.message) for f in faults]
    claimants: tuple[Claimant, ...] = ()
    if not faults:
        try:
            claimants = TypeAdapter(tuple[Claimant, ...]).validate_python(document)
        except ValidationError as error:
            faults = list(_faults_of(error, "claimants.json"))
    faults += [
        Fault(where="claimants.json", field="id", message=f"{claimant_id!r} stands {times} times")
        for claimant_id, times in Counter(c.id for c in claimants).items()
        if times > 1
    ]
    return {claimant.id: claimant for claimant in claimants}, faults


def _parse(raw: bytes) -> tuple[Any, list[Fault]]:
    try:
        return json.loads(raw.decode("utf-8-sig"), parse_constant=_refuse_constant), []
    except UnicodeDecodeError as error:
        return None, [Fault(where=f"byte {error.start:,}", field="", message="is not UTF-8; save the file as UTF-8")]
    except json.JSONDecodeError as error:
        where = f"line {error.lineno:,}, column {error.colno:,}"
        return None, [Fault(where=where, field="", message=f"is not JSON: {error.msg[:1].lower()}{error.msg[1:]}")]
    except (ValueError, RecursionError) as error:
        return None, [Fault(where="file", field="", message=f"is not JSON: {error}")]


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON number")
