"""RIS: one tag to a line, every line ended by CR LF, UTF-8."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from geo.citation.reference import Reference, ReferenceKind

_TYPES: Final = {
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
    yield "TY", _TYPES[reference.kind]
    yield "ID", reference.key
    yield "TI", reference.titled
    yield "T2" if reference.kind is ReferenceKind.NEWS else "PB", reference.author
    if reference.issued:
        yield "PY", f"{reference.issued.year:04d}"
        yield "DA", _day(reference.issued)
    if reference.version:
        yield "ET", reference.version
    if reference.url:
        yield "UR", reference.url
    if reference.accessed:
        yield "Y2", _day(reference.accessed)
    if reference.note:
        yield "N1", reference.note
    yield "ER", ""


def _day(day: date) -> str:
    return f"{day.isoformat().replace('-', '/')}/"
