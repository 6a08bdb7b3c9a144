"""What is cited, of a source or of a whole selection, before any format is thought of; safe for all of them."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from typing import Final, Self
from urllib.parse import quote, urlencode, urlsplit

from geo import __version__
from geo.evidence.publications import KIND_WORDS, CitedSource
from geo.export.manifest import credits_of, manifest
from geo.incident.errors import DataError, Fault, in_its_folder
from geo.incident.vocabulary import SourceKind
from geo.language.messages import say
from geo.places.boundaries import Boundaries
from geo.selection.filters import Filters
from geo.table.incident_table import IncidentTable

# What is cited, before any format is thought of; text and addresses are made safe for all of them here.

_KEY: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_HIDDEN: Final = ("Cc", "Cs", "Zl", "Zp")
"""Unicode categories that end a line, or are no text."""
_IN_ADDRESSES: Final = "%/:?#[]@!$&'()*+,;=~"
"""What RFC 3986 lets stand in an address beside letters and digits; a percent sign is an escape already made."""


class ReferenceKind(StrEnum):
    """What kind of work; each format has its own name for it."""

    NEWS = "news"
    OFFICIAL = "official"
    WEB = "web"
    DATA = "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One cited work. Text is kept on one line, addresses in plain ASCII."""

    key: str
    """Lower-case letters, digits and hyphens; unique among references that are written together."""
    kind: ReferenceKind
    author: str
    """An outlet, an office or a group of contributors: never to be split into given and family name."""
    title: str | None
    issued: date | None = None
    version: str | None = None
    url: str | None = None
    accessed: date | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        if not _KEY.fullmatch(self.key):
            raise ValueError(f"{self.key!r} is no key; use lower-case letters, digits and hyphens")
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name == "url" and value is not None:
                object.__setattr__(self, "url", safe_address(value))
            elif type(value) is str:
                object.__setattr__(self, field.name, one_line(value) or None)

    @property
    def titled(self) -> str:
        """Return the title, or that there is none on record."""
        return self.title or say("cite-no-title")


def one_line(text: str) -> str:
    r"""Put text on one line, without characters that end lines or control terminals.

    >>> one_line("Khost\r\nER  - \x1b")
    'Khost ER -'
    """
    return " ".join("".join(" " if unicodedata.category(c) in _HIDDEN else c for c in text).split())


def safe_address(url: str) -> str:
    r"""Escape what an address may not hold, so that no format can read it as its own markup.

    >>> safe_address("https://example.org/a?b={ü}\\&c=1%20")
    'https://example.org/a?b=%7B%C3%BC%7D%5C&c=1%20'
    """
    return quote(url, safe=_IN_ADDRESSES)


# What is cited of a source.

_KINDS: Final = {
    SourceKind.OUTLET: ReferenceKind.NEWS,
    SourceKind.AGENCY: ReferenceKind.NEWS,
    SourceKind.OFFICIAL: ReferenceKind.OFFICIAL,
    SourceKind.AGGREGATOR_OR_MIRROR: ReferenceKind.WEB,
    SourceKind.SEED: ReferenceKind.NEWS,
}


def source_reference(source: CitedSource) -> Reference:
    """Describe a source; no day of access, since when its address was last opened is not on record."""
    kind = KIND_WORDS[source.kind]
    note = say("cite-source-of", kind=kind[:1].upper() + kind[1:], incidents=len(source.incidents))
    note += f": {', '.join(source.incidents)}"
    if source.archived_url:
        note += say("cite-archived", address=safe_address(source.archived_url))
    return Reference(
        key=source.key,
        kind=_KINDS[source.kind],
        author=source.publisher,
        title=source.title,
        issued=source.published,
        url=source.url,
        note=note,
    )


# What whoever publishes the map has set in `data/settings.toml`.

SETTINGS_FILE: Final = Path(__file__).resolve().parents[2] / "data" / "settings.toml"
_HOST: Final = re.compile(r"\w[\w.-]*")
_LONGEST_HOST: Final = 253
_EXAMPLE: Final = "write it as in https://map.example.org"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings; what is not set is None."""

    address: str | None = None
    """Where readers reach this copy, without a slash at its end."""

    @classmethod
    def read(cls, path: Path = SETTINGS_FILE) -> Self:
        """Read the file; nothing is set where there is none. Raises DataError for one that makes no sense."""
        try:
            given = tomllib.loads(path.read_text("utf-8"))
        except FileNotFoundError:
            return cls()
        except OSError as error:
            reason = (
                f"it cannot be read: {error.strerror or error}; put a file there that the program may read, or none"
            )
            raise _unusable(path, "", reason) from error
        except UnicodeDecodeError as error:
            raise _unusable(path, "", "it is not UTF-8; save it as UTF-8") from error
        except RecursionError as error:
            raise _unusable(path, "", "it is nested too deep; the only setting is address, a text") from error
        except ValueError as error:  # TOMLDecodeError, and that of a number which is too long
            raise _unusable(path, "", f'it is not TOML: {error}; write address = "", or the address') from error
        if unknown := sorted(given.keys() - {"address"}):
            raise _unusable(path, one_line(unknown[0]), "there is no such setting; the only one is address")
        try:
            return cls(address=_public_address(given.get("address", "")))
        except ValueError as error:
            raise _unusable(path, "address", f"{error}; {_EXAMPLE}") from error


def _public_address(given: object) -> str | None:
    """Return an address that readers can open, without a slash at its end, None for none; raises ValueError."""
    if not isinstance(given, str):
        raise ValueError("it is no text in quotes")  # noqa: TRY004  # one error for all that is wrong with it
    if not given:
        return None
    if any(unicodedata.category(c)[0] in "CZ" for c in given):
        raise ValueError("it has a blank or a control character in it")
    parts = urlsplit(given)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValueError(f"{given[:80]!r} is no address with https:// before it")
    if "@" in parts.netloc:
        raise ValueError("it has a user's name in it, which every citation would show")
    if parts.path.strip("/") or "?" in given or "#" in given:
        raise ValueError(f"{given[:80]!r} goes on after the host, and a view's own path stands there")
    _check_host(parts.hostname or "")
    if parts.port == 0 or parts.netloc.endswith(":"):
        raise ValueError("its port is none; leave it out, or give one from 1 to 65535")
    return given.rstrip("/")


def _check_host(host: str) -> None:
    """Raise ValueError for what can be no host's name or number."""
    if len(host) > _LONGEST_HOST:
        raise ValueError(f"its host has more than {_LONGEST_HOST} characters")
    if not (_is_number(host) if ":" in host else _is_name(host)):
        raise ValueError(f"{host!r} is no host's name")


def _is_number(host: str) -> bool:
    try:
        return bool(ip_address(host))
    except ValueError:
        return False


def _is_name(host: str) -> bool:
    try:
        return bool(_HOST.fullmatch(host)) and len(host.encode("idna")) <= _LONGEST_HOST
    except UnicodeError:
        return False


def usable_settings() -> tuple[Settings, Fault | None]:
    """Return the settings and no fault; or, where the file makes no sense, that nothing is set, and why."""
    try:
        return Settings.read(), None
    except DataError as error:
        return Settings(), error.faults[0]


def _unusable(path: Path, field: str, message: str) -> DataError:
    named = in_its_folder(path)
    return DataError(named, [Fault(where=named, field=field, message=message)])


# What is cited of a selection of incidents: everything that another person needs to see the same numbers.

AUTHOR: Final = say("cite-contributors")
TITLE: Final = say("cite-title")
LICENCE: Final = "CC BY 4.0"
NO_ADDRESS: Final = say("cite-no-address")
_SHORT: Final = 8
"""Characters of a version that are cited."""


def view_reference(
    filters: Filters,
    table: IncidentTable,
    layers: Boundaries,
    *,
    link: str | None = None,
    settings: Settings | None = None,
) -> Reference:
    """Describe a selection as accessed today, at the address that the publisher has set.

    Without `settings` they are read, which raises DataError for a bad file.

    `link` is the address that opens it here. That of a server which only its own machine reaches is no use to a reader:
    where none is set, the selection is then cited as what follows the address of any copy of the program.
    """
    made = manifest(filters, table, layers)
    chosen, everything = made["counts"]["total"] - made["counts"]["filtered_out"], made["counts"]["total"]
    link = link or f"/?{urlencode(filters.to_query(), doseq=True)}"
    published = (settings or Settings.read()).address
    public = f"{published}{_below_host(link)}" if published else link if _is_public(link) else None
    imported = credits_of(filters, table)
    notes = [
        say("cite-record", licence=LICENCE) if imported else LICENCE,
        *(credit.removesuffix(".") for credit in imported),
        say("cite-selection", filters=made["filters_in_words"], chosen=chosen, everything=everything),
        None if public else say("cite-link", link=_below_host(link), no_address=NO_ADDRESS),
        say("cite-rule", rule=made["rule"]["name"]),
        say("cite-boundary-version", version=made["boundary_version"][:_SHORT]),
        say("cite-changes", changes=_changes(chosen, everything)),
    ]
    return Reference(
        key=f"incident-map-{made['code']}",
        kind=ReferenceKind.DATA,
        author=AUTHOR,
        title=TITLE,
        version=say("cite-versions", version=__version__, data_version=table.version[:_SHORT]),
        url=public,
        accessed=made["made"],
        note=". ".join(note for note in notes if note),
    )


def _changes(chosen: int, everything: int) -> str:
    """Say what was done to the record, as its licence asks."""
    if chosen == everything:
        return say("cite-none")
    return say("cite-part-chosen")


def _below_host(link: str) -> str:
    address = urlsplit(link)
    return f"{address.path or '/'}?{address.query}".removesuffix("?")


def _is_public(link: str) -> bool:
    try:
        host = urlsplit(link).hostname or "localhost"
        return ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith((".local", ".localhost"))
