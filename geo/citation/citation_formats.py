"""Citations as text, BibTeX, RIS and CSL-JSON, sources as a table, and how to cite an export."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, Final

from geo.citation.references import Reference, ReferenceKind, Settings, view_reference
from geo.evidence.publications import CitedSource
from geo.export.csv_format import csv_metadata, csv_text
from geo.language.messages import say
from geo.language.wording import day_words
from geo.places.boundaries import boundaries
from geo.selection.filters import Filters
from geo.table.incident_table import IncidentTable

# BibTeX, UTF-8: one `@misc` per reference, which every style and every reader knows.

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
r"""BibTeX counts braces even after a backslash, so that `\{` would end a field: braces get their names."""

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def to_bibtex(references: Iterable[Reference]) -> str:
    """Write the entries, a blank line between them."""
    return "\n".join(_entry(reference) for reference in references)


def latex(text: str) -> str:
    r"""Escape text for LaTeX, so that braces stay balanced.

    >>> latex("50% of {Khost} & Co_1")
    '50\\% of \\textbraceleft{}Khost\\textbraceright{} \\& Co\\_1'
    """
    return text.translate(_ESCAPES)


def _entry(reference: Reference) -> str:
    fields = {"author": f"{{{latex(reference.author)}}}", "title": f"{{{latex(reference.titled)}}}"}
    if reference.issued:
        fields |= {"year": f"{reference.issued.year:04d}", "day": str(reference.issued.day)}
    if reference.version:
        fields["version"] = latex(reference.version)
    if reference.url:
        fields["url"] = reference.url
    if reference.accessed:
        fields["urldate"] = reference.accessed.isoformat()
    if reference.note:
        fields["note"] = latex(reference.note)
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items()]
    if reference.issued:  # a macro of every style, so without braces
        lines.append(f"  month = {_MONTHS[reference.issued.month - 1]},\n")
    return f"@misc{{{reference.key},\n{''.join(lines)}}}\n"


# CSL-JSON (schema csl-data 1.0): what Zotero, pandoc and other citation programs exchange.

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


# Citations as people read them.


def to_plain(references: Iterable[Reference]) -> str:
    """Write one citation to a line."""
    return "".join(f"{plain_citation(reference)}\n" for reference in references)


def plain_citation(reference: Reference) -> str:
    """Write author, title, day, version, note, address and day of access, as far as there are any."""
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


# RIS: one tag to a line, every line ended by CR LF, UTF-8.

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
    """Yield tags with their values; an author stands as publication, since readers split authors at commas."""
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


# Citations: of the sources of the chosen incidents, and of the selection itself, as text, BibTeX, RIS and CSL-JSON.


class CitationFormat(StrEnum):
    """How a citation is written; the value is the ending of the file's name."""

    TEXT = "txt"
    BIBTEX = "bib"
    RIS = "ris"
    CSL_JSON = "json"

    @property
    def label(self) -> str:
        """Return the name that people know it by."""
        return {"txt": say("cite-text"), "bib": "BibTeX", "ris": "RIS", "json": "CSL-JSON"}[self.value]

    @property
    def media_type(self) -> str:
        """Return the media type; BibTeX and RIS have none registered with IANA."""
        return {
            "txt": "text/plain",
            "bib": "application/x-bibtex",
            "ris": "application/x-research-info-systems",
            "json": "application/vnd.citationstyles.csl+json",
        }[self.value]


def cite(references: Iterable[Reference], *, format: CitationFormat) -> str:  # noqa: A002  # what it is called everywhere
    """Write references in a format, in the order given."""
    write = {
        CitationFormat.TEXT: to_plain,
        CitationFormat.BIBTEX: to_bibtex,
        CitationFormat.RIS: to_ris,
        CitationFormat.CSL_JSON: to_csl_json,
    }
    return write[format](references)


# Sources as a table.

_HEADER: Final = (
    *("key", "publisher", "title", "published", "kind", "weak", "url", "archived_url", "incident_count", "claim_count"),
    *("incidents", "data_version"),
)


def sources_csv(sources: Sequence[CitedSource], *, version: str) -> str:
    """Write one row per source; `incidents` are ids separated by spaces, `weak` marks aggregators and mirrors."""
    rows = (
        (
            *(source.key, source.publisher, source.title, source.published, source.kind, source.weak, source.url),
            *(source.archived_url, len(source.incidents), source.claims, " ".join(source.incidents), version),
        )
        for source in sources
    )
    return csv_text(_HEADER, rows)


# The description that lies beside a CSV, and says how to cite it.


def cited_metadata(filters: Filters, table: IncidentTable, *, name: str, settings: Settings | None = None) -> bytes:
    """Describe the CSV of a selection, which is called `name`, with its citation."""
    layers = boundaries()
    citation = cite([view_reference(filters, table, layers, settings=settings)], format=CitationFormat.TEXT).strip()
    return csv_metadata(filters, table, layers, name=name, citation=citation)
