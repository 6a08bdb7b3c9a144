"""What a dropped file was recognised as, which column holds what, and what is wanted of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any, Final

import pyarrow as pa
import streamlit as st

from geo.datasets.dataset import dataset_id
from geo.datasets.folder import DataFolder
from geo.imports.blocks import ROW, Head
from geo.imports.fields.column_mapping import DATES, PLAIN_FIELDS, guess_columns, kept_mapping, lacking
from geo.imports.fields.days import ORDER_FIELD, DatesSeen, DayOrder, dates_seen
from geo.imports.file_kind import FileKind, Recognised
from geo.imports.pipeline import bare_name
from geo.imports.readers.dialect import PAGES
from geo.imports.recognition import KINDS, PLAIN
from geo.language.formatting import day_words, list_words
from geo.language.messages import number_words, say
from ui.datasets.import_desk import Upload, desk
from ui.parts.components import panel, plain

# What could not be done on the page of datasets, told once.


def tell_trouble() -> None:
    """Say why what was asked for last could not be done, if so."""
    on = desk()
    if on.trouble:
        st.error(plain(on.trouble))
        on.trouble = None


# Which column of a plain file holds what: guessed, or as it was confirmed before, and confirmed by the user.

FIELD_WORDS: Final[Mapping[str, str]] = {
    "id": say("field-id"),
    "date_start": say("field-date-start"),
    "date_end": say("field-date-end"),
    "year": say("field-year"),
    "month": say("field-month"),
    "day": say("field-day"),
    "date_precision": say("field-date-precision"),
    "coordinates": say("field-coordinates"),
    "latitude": say("field-latitude"),
    "longitude": say("field-longitude"),
    "location_precision": say("field-location-precision"),
    "uncertainty_km": say("field-radius"),
    "country": say("column-country"),
    "province": say("column-province"),
    "district": say("field-district"),
    "place": say("column-place"),
    "category": say("column-category"),
    "subtype": say("field-subtype"),
    "title": say("column-title"),
    "summary": say("field-description"),
    "actors": say("field-actors"),
    "actor_2": say("field-other-actors"),
    "killed": say("field-killed"),
    "killed_low": say("field-killed-low"),
    "killed_civilians": say("field-killed-civilians"),
    "killed_soldiers": say("field-killed-soldiers"),
    "killed_police": say("field-killed-police"),
    "killed_fighters": say("field-killed-fighters"),
    "killed_high": say("field-killed-high"),
    "source": say("field-source"),
    "url": say("column-link"),
}
_FIRST: Final = (
    *("date_start", "latitude", "longitude", "coordinates", "country", "province", "place", "category"),
    *("title", "killed", "source", "id"),
)
_PREVIEW_ROWS: Final = 5
_COLUMNS: Final = 4


def mapping_form(upload: Upload, rows: Head, folder: DataFolder) -> dict[str, str]:
    """Draw the file's first rows and a choice of column for each field, and return the column by field."""
    kept = kept_mapping(folder, rows.header)
    guess = kept if kept is not None else guess_columns(rows.sample)
    st.markdown(f"### {say('form-columns')}")
    said = say("form-confirmed") if kept is not None else say("form-guessed")
    st.caption(say("form-check", whence=said))
    preview(rows.sample)
    more = [field for field in PLAIN_FIELDS if field not in _FIRST]
    chosen = _choices(_FIRST, upload, rows, guess)
    with st.expander(say("form-more-fields", fields=list_words([FIELD_WORDS[field].lower() for field in more]))):
        chosen |= _choices(more, upload, rows, guess)
    mapping = {field: column for field, column in chosen.items() if column is not None}
    order = _order(upload, dates_seen(rows.sample, mapping, PLAIN.date_fields), guess.get(ORDER_FIELD))
    return mapping | ({ORDER_FIELD: order} if order else {})


def _order(upload: Upload, seen: DatesSeen, kept: str | None) -> str | None:
    """Draw what comes first in dates that could be either, day or month, and return it; what was kept where none could.

    A caption says what the other dates of the file tell.
    """
    if not seen.either:
        return kept
    orders = {order.value: order.words for order in DayOrder}
    chosen = st.radio(
        say("form-dates", example=plain(seen.either)),
        list(orders),
        index=list(orders).index(kept if kept in orders else seen.order),
        format_func=orders.__getitem__,
        horizontal=True,
        key=upload.key("order"),
    )
    st.caption(order_words(seen))
    return chosen


def order_words(seen: DatesSeen) -> str:
    """Say what dates that can be read in one order only tell of the others."""
    if seen.day_first and seen.month_first:
        return say("form-dates-told", day_first=seen.day_first, month_first=seen.month_first)
    if seen.undecided:
        return say("form-dates-either")
    only = say("dates", count=seen.day_first or seen.month_first)
    return say("form-dates-told-one", dates=only)


def still_needed(mapping: Mapping[str, str], *, placed: bool) -> str | None:
    """Say what a mapping needs before any row can be an incident; None if nothing. `placed` where geometries say where.

    >>> still_needed({"date_start": "Day", "country": "Land"}, placed=False)
    >>> still_needed({"latitude": "y", "longitude": "x"}, placed=False)
    'Choose the column with the day it began.'
    """
    missing = lacking(mapping, placed=placed)
    if missing == DATES:
        words = FIELD_WORDS[DATES[0]]
        return say("form-choose-field", field=words[0].lower() + words[1:])
    return say("form-choose-place") if missing else None


def preview(sample: pa.Table) -> None:
    """Draw the first rows of a file as they stand in it."""
    rows = sample.slice(0, _PREVIEW_ROWS).select([name for name in sample.column_names if name != ROW])
    st.dataframe(rows.to_pandas(), hide_index=True, alt=say("form-first-rows"))


def _choices(
    fields: tuple[str, ...] | list[str], upload: Upload, rows: Head, guess: Mapping[str, str]
) -> dict[str, str | None]:
    chosen: dict[str, str | None] = {}
    for start in range(0, len(fields), _COLUMNS):
        for beside, field in zip(st.columns(_COLUMNS), fields[start : start + _COLUMNS], strict=False):
            column = guess.get(field)
            chosen[field] = beside.selectbox(
                FIELD_WORDS[field],
                rows.header,
                index=rows.header.index(column) if column in rows.header else None,
                placeholder="none",
                key=upload.key(f"column-{field}"),
            )
    return chosen


# What a dropped file was recognised as, and what is wanted of it, before any of its rows is imported.

REJECTED_SUFFIX: Final = "-rejected"
"""Ends the name of the file of rejected rows, which belong into the dataset that the rest of the name says."""

_DELIMITERS: Final = {",": "commas", ";": "semicolons", "\t": "tabs", "|": say("form-vertical-bars")}
_MOST_COLUMNS: Final = 80
_FIRST_FETCHED: Final = date(1990, 1, 1)


def recognised_panel(upload: Upload, rows: Head, found: Recognised) -> None:
    """Draw what the file was recognised as: kind, version, columns, how it is written, what is unusual."""
    panel(
        "data_recognised.html",
        key=f"data-recognised-{upload.number}",
        on_choose=lambda _: None,
        kind=found.kind.words,
        name=upload.name,
        size=size_words(upload.size),
        refusal=found.refusal and say("form-refused", refusal=found.refusal),
        facts=_facts(rows, found),
        notes=[*rows.notes, *found.notes],
    )


_ENCODINGS: Final = ("utf-8", "utf-16-le", *PAGES)
_LONGEST_LINE: Final = 90


def reading_form(upload: Upload, rows: Head) -> None:
    """Draw which line is the header and which encoding the texts have, where a file leaves that open."""
    textual = bool(rows.delimiter) or rows.encoding != "utf-8"
    if not rows.lines_above and not textual:
        return
    with st.expander(say("form-read-otherwise")):
        lines = {0: say("form-header-none")} | {
            number: say("form-header-line", number=number, line=" | ".join(filter(None, line))[:_LONGEST_LINE])
            for number, line in enumerate(rows.lines_above, start=1)
        }
        row = rows.header_row if rows.header_row in lines else None
        chosen = st.selectbox(
            say("form-header"),
            list(lines),
            index=None if row is None else list(lines).index(row),
            format_func=lines.__getitem__,
            key=upload.key("header"),
        )
        if chosen is not None and chosen != row:
            upload.reading = replace(upload.reading, header_row=chosen)
            st.rerun()
        if textual:
            known = list(dict.fromkeys((rows.encoding, *_ENCODINGS)))
            encoding = st.selectbox(
                say("form-encoding"), known, format_func=_encoding_words, key=upload.key("encoding")
            )
            if encoding != rows.encoding:
                upload.reading = replace(upload.reading, encoding=encoding)
                st.rerun()


def _encoding_words(encoding: str) -> str:
    return say(f"encoding-{encoding}") if encoding in PAGES else encoding.upper()


def wanted_of(upload: Upload, found: Recognised, folder: DataFolder) -> dict[str, Any]:
    """Draw what can be chosen for a file, and return it as fields of `geo.imports.pipeline.Wanted`."""
    alike = [kind for kind in KINDS.values() if kind.family and kind.family == found.kind.family]
    kinds = list(dict.fromkeys([found.kind.code, *(kind.code for kind in alike), PLAIN.code]))
    *beside_kind, beside_dataset, beside_day = st.columns([2, 2, 1.3][-min(len(kinds) + 1, 3) :], gap="small")
    kind = found.kind
    for beside in beside_kind:  # a plain table can be read as nothing else
        with beside:
            kind = _kind(upload, kinds)
    with beside_dataset:
        dataset = _dataset(upload, kind, folder)
    with beside_day:
        today = datetime.now(UTC).date()
        day = st.date_input(
            say("form-fetched"),
            today,
            min_value=_FIRST_FETCHED,
            max_value=today,
            format="DD/MM/YYYY",
            key=f"data-fetched-{upload.number}",
            help=say("form-fetched-help"),
        )
    _effects(dataset, kind, folder)
    fetched = datetime.combine(day, time(), UTC) if isinstance(day, date) and day != today else None
    return {"kind": kind, "dataset": dataset, "retrieved_at": fetched}


_KB: Final = 1000
_MB: Final = 1_000_000


def size_words(size: int) -> str:
    """Write a size in bytes.

    >>> size_words(110_461), size_words(550_078_523), size_words(12)
    ('110 KB', '550.1 MB', '12 bytes')
    """
    if size < _KB:
        return say("bytes", count=size)
    return say("size-kb", size=round(size / _KB)) if size < _MB else say("size-mb", size=number_words(size / _MB, 1))


def _facts(rows: Head, found: Recognised) -> list[tuple[str, str]]:
    named = ", ".join(rows.header[:_MOST_COLUMNS])
    more = say("form-more-columns", header=len(rows.header) - _MOST_COLUMNS) if len(rows.header) > _MOST_COLUMNS else ""
    header = say("form-no-header") if found.headerless else ""
    version = found.version or say("form-not-said")
    facts = [(say("form-version"), version)] if not found.kind.plain else []
    facts.append((say("columns", count=len(rows.header)), f"{named}{more}{header}"))
    if rows.delimiter:
        between = _DELIMITERS.get(rows.delimiter, repr(rows.delimiter))
        facts.append((say("form-written-as"), say("form-text-in", upper=rows.encoding.upper(), between=between)))
    publisher = found.kind.publisher
    if publisher:
        facts.append((say("form-terms"), publisher.licence))
    return facts


def _kind(upload: Upload, choices: list[str]) -> FileKind:
    """Let a file be read as whatever its columns allow."""
    chosen = st.selectbox(
        say("form-read-as"),
        choices,
        format_func=lambda code: KINDS[code].words,
        key=upload.key("kind"),
    )
    return KINDS[chosen]


def _dataset(upload: Upload, kind: FileKind, folder: DataFolder) -> str:
    own = bare_name(upload.name).removesuffix(REJECTED_SUFFIX) if kind.named_by_file else kind.code
    there = [dataset.id for dataset in folder.datasets() if dataset.kind == kind.code]
    chosen = st.selectbox(
        say("form-into"),
        list(dict.fromkeys([dataset_id(own), *there])),
        accept_new_options=True,
        key=upload.key(f"dataset-{kind}"),
        help=say("form-into-help"),
    )
    return dataset_id(chosen or own)


def _effects(dataset: str, kind: FileKind, folder: DataFolder) -> None:
    """Say what becomes of a dataset that is there already."""
    there = next((held for held in folder.datasets() if held.id == dataset), None)
    if there is None:
        st.caption(say("form-new-dataset", dataset=plain(dataset)))
    elif there.kind != kind.code:
        st.caption(say("form-other-kind", dataset=plain(there.title)))
    else:
        st.caption(
            say("form-existing", dataset=plain(there.title), rows=there.rows, date=day_words(there.imported_at.date()))
        )
