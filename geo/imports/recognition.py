"""Recognise whose file it is by its columns, in any order and case; the file's name does not matter."""

import pkgutil
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from importlib import import_module
from itertools import count
from types import MappingProxyType
from typing import Final

from geo.datasets.dataset import Dataset
from geo.imports import sources
from geo.imports.blocks import ROW, Rows
from geo.imports.file_kind import FileKind, Recognised, columns_of, plain_name
from geo.incident.record import Claimant, DatasetClaimant
from geo.incident.vocabulary import ClaimantKind
from geo.language.messages import day_words, list_words, say


def _found_kinds() -> Mapping[str, FileKind]:
    modules = (import_module(f"{sources.__name__}.{module.name}") for module in pkgutil.iter_modules(sources.__path__))
    entries: list[FileKind] = [kind for module in modules for kind in module.KINDS]
    kinds = {kind.code: kind for kind in sorted(entries, key=lambda kind: (kind.plain, kind.code))}
    if len(kinds) < len(entries) or any(kind.draft is None and kind.refusal is None for kind in entries):
        raise ValueError("two kinds of file have one code, or one has neither a draft nor a refusal")
    return MappingProxyType(kinds)


KINDS: Final = _found_kinds()
"""Kinds of file by code, collected from KINDS of each module of `geo.imports.sources`; plain files last."""
PLAIN: Final = KINDS["plain"]


# Column names.

_HASHTAG: Final = re.compile(r"#[a-z][a-z0-9_]*(\s*\+[a-z0-9_]+)*", re.IGNORECASE)


def kind_without_header(first: Sequence[str]) -> FileKind | None:
    """Return the kind of file whose first line already holds the values of an event; None if it is a header.

    The kind's columns are adjusted to the file's: with the optional first column, or without the optional last ones.
    """
    for kind in KINDS.values():
        for columns in (kind.columns, (kind.first, *kind.columns)) if kind.first else (kind.columns,):
            names = columns[: len(first)]
            values = dict(zip(names, first, strict=False))
            matches = all(
                re.fullmatch(test, values.get(name, "").strip())
                for name, test in kind.values.items()
                if name in kind.columns or name in names
            )
            if kind.values and len(columns) - kind.last <= len(first) <= len(columns) and matches:
                return replace(kind, columns=names)
    return None


def is_hashtag_row(values: Sequence[str]) -> bool:
    """Return whether a row holds HXL hashtags, which files on the Humanitarian Data Exchange have under their header.

    >>> is_hashtag_row(["#date+start", "", "#geo+lat"]), is_hashtag_row(["#1 hit", ""])
    (True, False)
    """
    used = [value.strip() for value in values if value.strip()]
    return bool(used) and all(_HASHTAG.fullmatch(value) for value in used)


def column_names(header: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return a unique, non-empty name for each column, and notes on the names that had to be changed.

    >>> column_names(["id", "", "id "])
    (('id', 'column 2', 'id (2)'), ('1 column has no name', "'id' names 2 columns"))
    """
    given = [value.strip().lstrip("\ufeff").strip() for value in header]
    names: dict[str, None] = {ROW: None}
    for number, name in enumerate(given, start=1):
        wanted = name or say("column-without-name", number=str(number))
        copies = (f"{wanted} ({copy})" for copy in count(2))
        names[wanted if wanted not in names else next(copy for copy in copies if copy not in names)] = None
    nameless = given.count("")
    notes = [say("note-nameless-columns", count=nameless)] if nameless else []
    times = Counter(name for name in given if name)
    notes += [say("note-name-repeated", name=repr(name[:60]), count=many) for name, many in times.items() if many > 1]
    return tuple(names)[1:], tuple(notes)


_MADE_BY_GIS: Final = frozenset(
    (
        "fid",
        "geom",
        "geometry",
        "gid",
        "globalid",
        "objectid",
        "ogcfid",
        "shape",
        "shapearea",
        "shapeleng",
        "shapelength",
    )
)
"""Plain names of columns that GIS programs add themselves."""
_MAX_SHARE_LACKING: Final = 0.4
"""Largest share of a kind's columns that a file may lack for a note that it is nearly of that kind."""


def recognise(rows: Rows) -> Recognised:
    """Recognise an opened file by its columns and, if these are not conclusive, by its contents."""
    nearly: list[str] = []
    for kind in KINDS.values():
        if not kind.needed:
            continue
        columns = _with_point(kind, columns_of(kind, rows.header), rows)
        if _lacking(kind, columns):
            nearly += _nearly(kind, columns)
        elif kind.confirmed_by and not kind.confirmed_by(columns, rows):
            nearly += [say("note-unlike", product=kind.product)] if not kind.refusal else []
        else:
            return _found(kind, columns, rows)
    given = {plain_name(name) for name in rows.header}
    other = next((kind for kind in KINDS.values() if kind.recognised_by and kind.recognised_by(given)), PLAIN)
    return Recognised(
        kind=other, version=None, columns={}, headerless=rows.headerless, notes=tuple(nearly), refusal=other.refusal
    )


def _with_point(kind: FileKind, columns: dict[str, str], rows: Rows) -> dict[str, str]:
    """Use the points of a file's geometries if it has no coordinate columns."""
    names = [kind.called.get(name, name) for name in ("longitude", "latitude")]
    if rows.point is None or not set(names) <= set(kind.columns) or set(names) & set(columns):
        return columns
    found = columns | dict(zip(names, rows.point, strict=True))
    return {name: found[name] for name in kind.columns if name in found}


def _lacking(kind: FileKind, columns: Mapping[str, str]) -> list[str]:
    """Return the columns that a file lacks to be of a kind; with one coordinate, it also lacks the other."""
    lacking = [name for name in kind.needed if name not in columns]
    point = [kind.called.get(name, name) for name in ("longitude", "latitude")]
    lone = [name for name in point if name in kind.columns and name not in columns]
    if len(lone) == 1:
        lacking += lone
    distinctive = [name for name in kind.distinctive if name in columns]
    if len(distinctive) < kind.least and not lacking:
        lacking += [name for name in kind.distinctive if name not in columns][: kind.least - len(distinctive)]
    return lacking


def _found(kind: FileKind, columns: dict[str, str], rows: Rows) -> Recognised:
    code, version = kind.refined(columns, rows) if kind.refined else (kind.code, None)
    return Recognised(
        kind=KINDS[code],
        version=version,
        columns=columns,
        headerless=rows.headerless,
        notes=tuple(_noted(kind, columns, rows)),
        refusal=kind.refusal,
    )


def _noted(kind: FileKind, columns: Mapping[str, str], rows: Rows) -> Iterable[str]:
    if kind.refusal:
        return
    if kind.notes:
        yield from kind.notes(columns)
    if kind.ids and not any(name in columns for name in kind.ids):
        yield say("note-no-ids", column=kind.ids[0])
    lacking = [name for name in kind.usual if name not in columns]
    if lacking:
        yield say("note-lacking", product=kind.product, columns=list_words(lacking))
    known = {*columns.values(), *(rows.point or ())}
    extra = [name for name in rows.header if name not in known and plain_name(name) not in _MADE_BY_GIS]
    if extra:
        yield say("note-extra-columns", columns=list_words(_some(extra)))


def _nearly(kind: FileKind, columns: Mapping[str, str]) -> Iterable[str]:
    """Note which columns are missing from a file that has most of those of a known kind."""
    expected = list(dict.fromkeys((*kind.needed, *kind.usual, *kind.distinctive)))
    lacking = [name for name in (*kind.needed, *kind.usual) if name not in columns]
    missing = [name for name in expected if name not in columns]
    if kind.product and not kind.refusal and len(missing) <= _MAX_SHARE_LACKING * len(expected):
        yield say("note-nearly", product=kind.product, columns=list_words(lacking or missing))


def _some(names: Sequence[str]) -> list[str]:
    shown = [repr(name[:60]) for name in names[:10]]
    return shown if len(names) <= len(shown) else [*shown, say("note-more-columns", count=len(names) - len(shown))]


# The claimant of a dataset, and how it is cited.


def cited(kind: str, *, version: str | None, retrieved_on: date) -> str | None:
    """Return the citation for data of a kind, with version and day of access; None for kinds without a publisher."""
    publisher = KINDS[kind].publisher
    if publisher is None:
        return None
    named = publisher.reference
    if version:
        named = say("dataset-reference", reference=named, version=version)
    return say("dataset-citation", reference=named, url=publisher.url, day=day_words(retrieved_on))


def may_be_passed_on(dataset: Dataset) -> bool:
    """Return whether single incidents of a dataset may be passed on: only if the publisher's terms say so.

    Synthetic data may always be passed on.
    """
    publisher = KINDS[dataset.kind].publisher if dataset.kind in KINDS else None
    return dataset.synthetic or (publisher is not None and publisher.lets_pass_on)


def claimant(dataset: Dataset) -> Claimant:
    """Return the claimant of a dataset's figures.

    Publishers of event data count as independent unless they are a party or publish leads; a plain file, whose author
    is unknown, does not.
    """
    publisher = KINDS[dataset.kind].publisher if dataset.kind in KINDS else None
    if publisher is None:
        note = say("claimant-imported-from", file=dataset.file_name)
        return Claimant(
            id=dataset.id, name=dataset.title, side="other", kind=ClaimantKind.MEDIA, independent=False, note=note
        )
    speaker = Claimant(
        id=dataset.id,
        name=publisher.name,
        side="other",
        kind=publisher.kind,
        independent=not publisher.leads and not publisher.party,
        note=publisher.note,
    )
    return DatasetClaimant(**speaker.model_dump(), whose=publisher.whose) if publisher.whose else speaker
