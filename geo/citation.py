"""Citations of sources and selections as text, BibTeX, RIS, CSL-JSON and a table."""

import json
import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final, Self
from urllib.parse import quote, urlencode, urlsplit

from geo import PROGRAM_FOLDER, __version__
from geo.evidence.reliability import CitedSource
from geo.export.csv_format import csv_metadata, csv_text
from geo.export.manifest import Withheld, credits_of, manifest
from geo.incident.errors import DataError, Fault, in_its_folder
from geo.incident.record import Incident
from geo.incident.vocabulary import Registry, SourceKind
from geo.language.messages import capitalised, day_words, say
from geo.places.boundaries import Boundaries, boundaries
from geo.selection import Filters
from geo.sentences import when
from geo.table.incident_table import IncidentTable

# Format-independent references, whose texts and URLs are sanitised here for all formats.

_KEY: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_HIDDEN: Final = ("Cc", "Cs", "Zl", "Zp")
"""Unicode categories that break lines or are not text."""
_IN_ADDRESSES: Final = "%/:?#[]@!$&'()*+,;=~"
"""Characters allowed in URLs by RFC 3986 besides letters and digits; a percent sign is an existing escape."""


class ReferenceKind(StrEnum):
    """Type of work; each format has its own name for it."""

    NEWS = "news"
    OFFICIAL = "official"
    WEB = "web"
    DATA = "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One cited work, with single-line texts and ASCII URLs."""

    key: str
    """Lower-case letters, digits and hyphens; unique among references written together."""
    kind: ReferenceKind
    author: str
    """An outlet, office or group of contributors, never split into given and family name."""
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
        """The title, or words for a missing one."""
        return self.title or say("cite-no-title")


def one_line(text: str) -> str:
    r"""Put text on one line, without line breaks and control characters.

    >>> one_line("Khost\r\nER  - \x1b")
    'Khost ER -'
    """
    return " ".join("".join(" " if unicodedata.category(c) in _HIDDEN else c for c in text).split())


def safe_address(url: str) -> str:
    r"""Percent-encode characters not allowed in a URL, so that no format can read them as markup.

    >>> safe_address("https://example.org/a?b={ü}\\&c=1%20")
    'https://example.org/a?b=%7B%C3%BC%7D%5C&c=1%20'
    """
    return quote(url, safe=_IN_ADDRESSES)


# References to sources.

_KINDS: Final = {
    SourceKind.OUTLET: ReferenceKind.NEWS,
    SourceKind.AGENCY: ReferenceKind.NEWS,
    SourceKind.OFFICIAL: ReferenceKind.OFFICIAL,
    SourceKind.AGGREGATOR_OR_MIRROR: ReferenceKind.WEB,
    SourceKind.SEED: ReferenceKind.NEWS,
}


def source_reference(source: CitedSource) -> Reference:
    """Return the reference of a source; without a date of access, since that is not on record."""
    note = say("cite-source-of", kind=capitalised(source.kind.listed), incidents=len(source.incidents))
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


# Settings made by whoever publishes the map, in `data/settings.toml`.

SETTINGS_FILE: Final = PROGRAM_FOLDER / "data" / "settings.toml"
_HOST: Final = re.compile(r"\w[\w.-]*")
_LONGEST_HOST: Final = 253


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings; None where not set."""

    address: str | None = None
    """Public URL of this copy, without a trailing slash."""

    @classmethod
    def read(cls, path: Path = SETTINGS_FILE) -> Self:
        """Read the file, if there is one; raises DataError for an invalid file."""
        try:
            given = tomllib.loads(path.read_text("utf-8"))
        except FileNotFoundError:
            return cls()
        except OSError as error:
            raise _unusable(path, "", say("settings-unreadable", reason=error.strerror or error)) from error
        except UnicodeDecodeError as error:
            raise _unusable(path, "", say("settings-not-utf-8")) from error
        except RecursionError as error:
            raise _unusable(path, "", say("settings-too-deep")) from error
        except ValueError as error:  # TOMLDecodeError, and the error for overlong numbers
            raise _unusable(path, "", say("settings-no-toml", error=error)) from error
        if unknown := sorted(given.keys() - {"address"}):
            raise _unusable(path, one_line(unknown[0]), say("settings-unknown"))
        try:
            return cls(address=_public_address(given.get("address", "")))
        except ValueError as error:
            raise _unusable(path, "address", say("settings-as-in", fault=error)) from error


def _public_address(given: object) -> str | None:
    """Return a URL that readers can open, without a trailing slash; None if empty. Raises ValueError."""
    if not isinstance(given, str):
        raise ValueError(say("address-no-text"))  # noqa: TRY004  # one exception type for all faults
    if not given:
        return None
    if any(unicodedata.category(c)[0] in "CZ" for c in given):
        raise ValueError(say("address-with-blank"))
    parts = urlsplit(given)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValueError(say("address-without-scheme", address=repr(given[:80])))
    if "@" in parts.netloc:
        raise ValueError(say("address-with-user"))
    if parts.path.strip("/") or "?" in given or "#" in given:
        raise ValueError(say("address-with-path", address=repr(given[:80])))
    _check_host(parts.hostname or "")
    if parts.port == 0 or parts.netloc.endswith(":"):
        raise ValueError(say("address-port"))
    return given.rstrip("/")


def _check_host(host: str) -> None:
    """Raise ValueError for an invalid host name or IP address."""
    if len(host) > _LONGEST_HOST:
        raise ValueError(say("address-host-too-long", most=_LONGEST_HOST))
    if not (_is_number(host) if ":" in host else _is_name(host)):
        raise ValueError(say("address-no-host", host=repr(host)))


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
    """Return the settings and no fault; or empty settings and the fault, if the file is invalid."""
    try:
        return Settings.read(), None
    except DataError as error:
        return Settings(), error.faults[0]


def _unusable(path: Path, field: str, message: str) -> DataError:
    named = in_its_folder(path)
    return DataError(named, [Fault(where=named, field=field, message=message)])


# Reference to a selection of incidents, with everything needed to see the same numbers.

AUTHOR: Final = say("cite-contributors")
TITLE: Final = say("cite-title")
LICENCE: Final = "CC BY 4.0"
NO_ADDRESS: Final = say("cite-no-address")
_SHORT: Final = 8
"""Number of characters of a version that are cited."""


def view_reference(
    filters: Filters,
    table: IncidentTable,
    layers: Boundaries,
    *,
    link: str | None = None,
    settings: Settings | None = None,
) -> Reference:
    """Return the reference of a selection as accessed today, at the publisher's URL.

    Without `settings`, they are read, which raises DataError for an invalid file. `link` is the URL of the selection on
    this server. If that is only reachable from this machine and no public URL is set, the part of it that follows the
    address of any copy of the program is cited.
    """
    made = manifest(filters, table, layers)
    chosen, everything = made["counts"]["total"] - made["counts"]["filtered_out"], made["counts"]["total"]
    link = link or f"/?{urlencode(filters.to_query(), doseq=True)}"
    public = _public(link, settings or Settings.read())
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


def incident_reference(incident: Incident, table: IncidentTable, *, link: str, settings: Settings) -> Reference:
    """Return the reference of one incident of the record, accessed today; `link` is its URL on this server."""
    public = _public(link, settings)
    notes = [LICENCE, None if public else say("cite-link", link=_below_host(link), no_address=NO_ADDRESS)]
    return Reference(
        key=f"incident-map-{incident.id}",
        kind=ReferenceKind.DATA,
        author=AUTHOR,
        title=say("cite-incident", title=incident.title, when=when(incident), record=TITLE),
        version=say("cite-versions", version=__version__, data_version=table.version[:_SHORT]),
        url=public,
        accessed=date.today(),  # noqa: DTZ011  # the user's local date
        note=". ".join(note for note in notes if note),
    )


def _public(link: str, settings: Settings) -> str | None:
    """Return a link that others can open; None if it only works on this machine."""
    if settings.address:
        return f"{settings.address}{_below_host(link)}"
    return link if _is_public(link) else None


def _changes(chosen: int, everything: int) -> str:
    """Say what was changed in the record, as its licence requires."""
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


# BibTeX in UTF-8: each reference is an `@misc`, which every style and parser supports.

_ESCAPES: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{character: f"\\{character}" for character in "%&#$_"},
    }
)
r"""BibTeX counts braces even after a backslash, so `\{` would end a field; braces are written by name."""

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def to_bibtex(references: Iterable[Reference]) -> str:
    """Write the entries, separated by blank lines."""
    return "\n".join(_bibtex_entry(reference) for reference in references)


def latex(text: str) -> str:
    r"""Escape text for LaTeX, keeping braces balanced.

    >>> latex("50% of {Khost} & Co_1")
    '50\\% of \\textbraceleft{}Khost\\textbraceright{} \\& Co\\_1'
    """
    return text.translate(_ESCAPES)


def _bibtex_entry(reference: Reference) -> str:
    fields = {"author": f"{{{latex(reference.author)}}}", "title": f"{{{latex(reference.titled)}}}"}
    fields["year"] = _bibtex_year(reference)
    if reference.issued:
        fields["day"] = str(reference.issued.day)
    if reference.version:
        fields["version"] = latex(reference.version)
    if reference.url:
        fields["url"] = reference.url
    if reference.accessed:
        fields["urldate"] = reference.accessed.isoformat()
    if reference.note:
        fields["note"] = latex(reference.note)
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items()]
    if reference.issued:  # a macro defined by every style, so not in braces
        lines.append(f"  month = {_MONTHS[reference.issued.month - 1]},\n")
    return f"@misc{{{reference.key},\n{''.join(lines)}}}\n"


def _bibtex_year(reference: Reference) -> str:
    """Return the year, since styles leave a gap without one: that of access for data, else that none is on record."""
    if reference.issued:
        return f"{reference.issued.year:04d}"
    if reference.kind is ReferenceKind.DATA and reference.accessed:
        return f"{reference.accessed.year:04d}"
    return latex(say("cite-no-year"))


# CSL-JSON (schema csl-data 1.0), exchanged by Zotero, pandoc and other citation programs.

_CSL_TYPES: Final = {
    ReferenceKind.NEWS: "article-newspaper",
    ReferenceKind.OFFICIAL: "report",
    ReferenceKind.WEB: "webpage",
    ReferenceKind.DATA: "dataset",
}


def to_csl_json(references: Iterable[Reference]) -> str:
    """Write a list of items."""
    return json.dumps([_item(reference) for reference in references], ensure_ascii=False, indent=1) + "\n"


def _item(reference: Reference) -> dict[str, Any]:
    where = "container-title" if reference.kind is ReferenceKind.NEWS else "publisher"
    item = {
        "id": reference.key,
        "type": _CSL_TYPES[reference.kind],
        "title": reference.titled,
        "author": [{"literal": reference.author}],
        where: reference.author,
        "issued": _csl_day(reference.issued),
        "version": reference.version,
        "URL": reference.url,
        "accessed": _csl_day(reference.accessed),
        "note": reference.note,
    }
    return {name: value for name, value in item.items() if value is not None}


def _csl_day(day: date | None) -> dict[str, Any] | None:
    return None if day is None else {"date-parts": [[day.year, day.month, day.day]]}


# Plain text citations.


def to_plain(references: Iterable[Reference]) -> str:
    """Write one citation per line."""
    return "".join(f"{plain_citation(reference)}\n" for reference in references)


def plain_citation(reference: Reference) -> str:
    """Write author, title, date, version, note, URL and date of access, as far as present."""
    head = f"{reference.author}: {reference.titled}"
    parts = [head, reference.issued and day_words(reference.issued), reference.version]
    text = ", ".join(part for part in parts if part) + "."
    if reference.note:
        text += f" {reference.note.rstrip('.')}."
    if reference.url:
        text += f" {reference.url}"
    if reference.accessed:
        text += say("cite-accessed", day=day_words(reference.accessed))
    return text


# RIS: one tag per line, CR LF line endings, UTF-8.

_RIS_TYPES: Final = {
    ReferenceKind.NEWS: "NEWS",
    ReferenceKind.OFFICIAL: "RPRT",
    ReferenceKind.WEB: "ELEC",
    ReferenceKind.DATA: "DATA",
}


def to_ris(references: Iterable[Reference]) -> str:
    """Write the records, each from `TY` to `ER`."""
    return "".join(
        "".join(f"{tag}  - {value}\r\n" for tag, value in _lines(reference)) + "\r\n" for reference in references
    )


def _lines(reference: Reference) -> Iterator[tuple[str, str]]:
    """Yield tags and values; authors go into the publication, since RIS parsers split authors at commas."""
    yield "TY", _RIS_TYPES[reference.kind]
    yield "ID", reference.key
    yield "TI", reference.titled
    yield "T2" if reference.kind is ReferenceKind.NEWS else "PB", reference.author
    if reference.issued:
        yield "PY", f"{reference.issued.year:04d}"
        yield "DA", _ris_day(reference.issued)
    if reference.version:
        yield "ET", reference.version
    if reference.url:
        yield "UR", reference.url
    if reference.accessed:
        yield "Y2", _ris_day(reference.accessed)
    if reference.note:
        yield "N1", reference.note
    yield "ER", ""


def _ris_day(day: date) -> str:
    return f"{day.isoformat().replace('-', '/')}/"


# Citation formats.


class CitationFormat(Registry):
    """A citation format; its value is the file name extension."""

    TEXT = "txt", say("cite-text"), "text/plain", to_plain
    BIBTEX = "bib", "BibTeX", "application/x-bibtex", to_bibtex
    RIS = "ris", "RIS", "application/x-research-info-systems", to_ris
    CSL_JSON = "json", "CSL-JSON", "application/vnd.citationstyles.csl+json", to_csl_json

    label: str
    """Common name."""
    media_type: str
    """Those of BibTeX and RIS are not registered with IANA."""
    write: Callable[[Iterable[Reference]], str]


def cite(references: Iterable[Reference], *, format: CitationFormat) -> str:  # noqa: A002  # called so everywhere
    """Write references in a format, in the order given."""
    return format.write(references)


# Sources as a table.

_HEADER: Final = (
    *("key", "publisher", "title", "published", "kind", "weak", "url", "archived_url", "incident_count", "claim_count"),
    *("incidents", "data_version"),
)


def sources_csv(sources: Sequence[CitedSource], *, version: str) -> str:
    """Write one CSV row per source; `incidents` are ids separated by spaces, `weak` marks aggregators and mirrors."""
    rows = (
        (
            *(source.key, source.publisher, source.title, source.published, source.kind, source.weak, source.url),
            *(source.archived_url, len(source.incidents), source.claims, " ".join(source.incidents), version),
        )
        for source in sources
    )
    return csv_text(_HEADER, rows)


# The description beside a CSV, including its citation.


def cited_metadata(
    filters: Filters,
    table: IncidentTable,
    *,
    name: str,
    settings: Settings | None = None,
    withheld: Withheld | None = None,
) -> bytes:
    """Describe the CSV of a selection, called `name`, with its citation, leaving out what is withheld."""
    layers = boundaries()
    citation = cite([view_reference(filters, table, layers, settings=settings)], format=CitationFormat.TEXT).strip()
    return csv_metadata(filters, table, layers, name=name, citation=citation, withheld=withheld)
