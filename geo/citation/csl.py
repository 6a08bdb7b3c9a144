"""CSL-JSON (schema csl-data 1.0): what Zotero, pandoc and other citation programs exchange."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from geo.citation.reference import Reference, ReferenceKind

_TYPES: Final = {
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
        "type": _TYPES[reference.kind],
        "title": reference.titled,
        "author": [{"literal": reference.author}],
        where: reference.author,
        "issued": _day(reference.issued),
        "version": reference.version,
        "URL": reference.url,
        "accessed": _day(reference.accessed),
        "note": reference.note,
    }
    return {name: value for name, value in item.items() if value is not None}


def _day(day: date | None) -> dict[str, Any] | None:
    return None if day is None else {"date-parts": [[day.year, day.month, day.day]]}
