"""The steps of an import: upload, recognition, column mapping, check with report and changes, acceptance."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import partial
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import streamlit as st
from streamlit.typing import UploadedFile

from geo.datasets.dataset import Deaths, FieldChange, ReleaseDifference, RowChange, dataset_id
from geo.datasets.folder import DataFolder
from geo.imports.blocks import ROW, Head
from geo.imports.fields.column_mapping import DATES, PLAIN_FIELDS, guess_columns, keep_mapping, kept_mapping, lacking
from geo.imports.fields.days import ORDER_FIELD, DatesSeen, DayOrder, dates_seen
from geo.imports.file_kind import FileKind, Recognised
from geo.imports.pipeline import Prepared, bare_name
from geo.imports.readers.dialect import DELIMITERS, PAGES
from geo.imports.recognition import KINDS, PLAIN
from geo.imports.report import Report
from geo.incident.errors import DatasetBusyError, OutdatedError
from geo.language.messages import day_words, list_words, number_words, say
from geo.versions.comparing import marked_words
from ui.datasets.import_session import (
    ImportSession,
    Upload,
    current_import,
    editors_only,
    import_progress,
    look_progress,
    make_ready,
    take_upload,
)
from ui.parts.components import panel, plain, save_button
from ui.roles import let_upload
from ui.state import MAP_PAGE, ask_for


def tell_trouble() -> None:
    """Show, once, why the last action failed, if it did."""
    session = current_import()
    if session.trouble:
        st.error(plain(session.trouble))
        session.trouble = None


# Column mapping of a plain table: guessed or remembered, and confirmed by the user.

FIELD_WORDS: Final = {field: say(f"field-{field.replace('_', '-')}") for field in PLAIN_FIELDS}
_FIRST: Final = (
    *("date_start", "latitude", "longitude", "coordinates", "country", "province", "place", "category"),
    *("title", "killed", "injured", "crossed", "source", "id"),
)
_PREVIEW_ROWS: Final = 5
_COLUMNS: Final = 4


def mapping_form(upload: Upload, rows: Head, folder: DataFolder) -> dict[str, str]:
    """Draw the file's first rows and a choice of column for each field; return the mapping from field to column."""
    remembered = kept_mapping(folder, rows.header)
    guess = remembered if remembered is not None else guess_columns(rows.sample)
    st.markdown(f"### {say('form-columns')}")
    whence = say("form-confirmed") if remembered is not None else say("form-guessed")
    st.caption(say("form-check", whence=whence))
    preview(rows.sample)
    more = [field for field in PLAIN_FIELDS if field not in _FIRST]
    chosen = _choices(_FIRST, upload, rows, guess)
    with st.expander(say("form-more-fields", fields=list_words([FIELD_WORDS[field].lower() for field in more]))):
        chosen |= _choices(more, upload, rows, guess)
    mapping = {field: column for field, column in chosen.items() if column is not None}
    order = _order(upload, dates_seen(rows.sample, mapping, PLAIN.date_fields), guess.get(ORDER_FIELD))
    return mapping | ({ORDER_FIELD: order} if order else {})


def _order(upload: Upload, seen: DatesSeen, remembered: str | None) -> str | None:
    """Draw the choice of day or month first, if some dates are ambiguous, and return it; else return `remembered`.

    A caption says what the unambiguous dates suggest.
    """
    if not seen.either:
        return remembered
    orders = {order.value: order.words for order in DayOrder}
    chosen = st.radio(
        say("form-dates", example=plain(seen.either)),
        list(orders),
        index=list(orders).index(remembered if remembered in orders else seen.order),
        format_func=orders.__getitem__,
        horizontal=True,
        key=upload.key("order"),
    )
    st.caption(date_order_words(seen))
    return chosen


def date_order_words(seen: DatesSeen) -> str:
    """Say what the unambiguous dates suggest about the order of day and month."""
    if seen.day_first and seen.month_first:
        return say("form-dates-told", day_first=seen.day_first, month_first=seen.month_first)
    if seen.undecided:
        return say("form-dates-either")
    only = say("dates", count=seen.day_first or seen.month_first)
    return say("form-dates-told-one", dates=only)


def still_needed(mapping: Mapping[str, str], *, placed: bool) -> str | None:
    """Return what a mapping still needs before rows can become incidents, or None; `placed` if rows have geometries.

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
    """Draw the first rows of a file unchanged."""
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
                placeholder=say("value-none"),
                key=upload.key(f"column-{field}"),
            )
    return chosen


# Recognition of an uploaded file, and the options of its import.

REJECTED_SUFFIX: Final = "-rejected"
"""Suffix of the name of a file of rejected rows; the rest of the name is the dataset's id."""

_MOST_COLUMNS: Final = 80
_FIRST_FETCHED: Final = date(1990, 1, 1)


def recognised_panel(upload: Upload, rows: Head, found: Recognised) -> None:
    """Draw what the file was recognised as: kind, version, columns, delimiter and encoding, peculiarities."""
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
    """Draw choices of header line and text encoding, for files where these are uncertain."""
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
    """Draw the options of an import, and return them as fields of `geo.imports.pipeline.Wanted`."""
    alike = [kind for kind in KINDS.values() if kind.family and kind.family == found.kind.family]
    kinds = list(dict.fromkeys([found.kind.code, *(kind.code for kind in alike), PLAIN.code]))
    *beside_kind, beside_dataset, beside_day = st.columns([2, 2, 1.3][-min(len(kinds) + 1, 3) :], gap="small")
    kind = found.kind
    for beside in beside_kind:  # empty for a plain table, which can be read as nothing else
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
    """Return a size in words, from bytes.

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
        known = DELIMITERS.get(rows.delimiter)
        between = say(f"form-separated-{known}") if known else repr(rows.delimiter)
        facts.append((say("form-written-as"), say("form-text-in", upper=rows.encoding.upper(), between=between)))
    publisher = found.kind.publisher
    if publisher:
        facts.append((say("form-terms"), publisher.licence))
    return facts


def _kind(upload: Upload, choices: list[str]) -> FileKind:
    """Draw the choice of the kind of file, and return it."""
    chosen = st.selectbox(
        say("form-read-as"),
        choices,
        format_func=lambda code: KINDS[code].words,
        key=upload.key("kind"),
    )
    return KINDS[chosen]


def _dataset(upload: Upload, kind: FileKind, folder: DataFolder) -> str:
    default = bare_name(upload.name).removesuffix(REJECTED_SUFFIX) if kind.named_by_file else kind.code
    existing = [dataset.id for dataset in folder.datasets() if dataset.kind == kind.code]
    chosen = st.selectbox(
        say("form-into"),
        list(dict.fromkeys([dataset_id(default), *existing])),
        accept_new_options=True,
        key=upload.key(f"dataset-{kind}"),
        help=say("form-into-help"),
    )
    return dataset_id(chosen or default)


def _effects(dataset: str, kind: FileKind, folder: DataFolder) -> None:
    """Say what happens to a dataset that exists already."""
    found = next((each for each in folder.datasets() if each.id == dataset), None)
    if found is None:
        st.caption(say("form-new-dataset", dataset=plain(dataset)))
    elif found.kind != kind.code:
        st.caption(say("form-other-kind", dataset=plain(found.title)))
    else:
        st.caption(
            say("form-existing", dataset=plain(found.title), rows=found.rows, date=day_words(found.imported_at.date()))
        )


# The import report: counts of rows, repairs with examples, rejected rows with reasons.

_LONGEST_SHOWN: Final = 300


def report_panel(report: Report) -> None:
    """Draw the import report."""
    panel("data_report.html", key="data-report", on_choose=lambda _: None, **report_values(report))


def report_values(report: Report) -> dict[str, Any]:
    """Return template values of an import report."""
    counts = {"accepted": report.accepted, "repaired": report.repaired, "rejected": report.rejected}
    kept, left_out = report.killed, report.killed_rejected
    return {
        "title": f"{report.file_name}: {say('rows', count=report.rows)}",
        "shares": [(name, round(100 * rows / report.rows, 2)) for name, rows in counts.items() if rows],
        "deaths": bool(kept or left_out),
        "outcomes": [
            ("accepted", say("rows-as-they-stand"), say("number", number=report.accepted), None),
            ("repaired", say("rows-were-repaired"), say("number", number=report.repaired), None),
            ("kept", say("rows-imported"), say("number", number=report.accepted + report.repaired), _figures(kept)),
            ("rejected", say("rows-were-rejected"), say("number", number=report.rejected), _figures(left_out)),
            (
                "all",
                say("rows-in-file"),
                say("number", number=report.rows),
                _figures((kept or Deaths()) + (left_out or Deaths())),
            ),
        ],
        "repairs": [
            {
                "words": repair.words,
                "rows": say("rows", count=repair.rows),
                "examples": [{"row": e.row, "text": e.text[:_LONGEST_SHOWN]} for e in repair.examples],
            }
            for repair in report.repairs
        ],
        "flags": [(flag.what, say("rows", count=flag.rows)) for flag in report.flags],
        "faults": [(fault.field or say("rows-whole-row"), say("rows", count=fault.rows)) for fault in report.faults],
        "notes": (*(people.words for people in report.people), *report.notes),
        "used": [(use.column, _field_words(use.field)) for use in report.used],
        "unused": report.unused,
    }


def _field_words(field: str) -> str:
    return FIELD_WORDS.get(field, field_words(field))


def rejected_table(report: Report) -> None:
    """Draw the rejected rows, if any, as a table of plain text."""
    if not report.rejections:
        return
    st.markdown(f"### {say('rows-rejected')}")
    st.dataframe(
        pd.DataFrame(
            {
                say("column-row"): [row.row for row in report.rejections],
                say("column-field"): [row.field or say("rows-whole-row") for row in report.rejections],
                say("rows-text"): [row.raw[:_LONGEST_SHOWN] for row in report.rejections],
                say("rows-why"): [row.reason for row in report.rejections],
            }
        ),
        hide_index=True,
        height=min(36 * (len(report.rejections) + 1) + 2, 420),
        column_config={
            say("column-row"): st.column_config.NumberColumn(format="localized", width="small"),
            say("column-field"): st.column_config.TextColumn(width="small"),
            say("rows-why"): st.column_config.TextColumn(width="large"),
        },
        alt=say("rows-rejected-label"),
    )
    named = len(report.rejections)
    first = say("rows-first-named", shown=named, rejected=report.rejected) if report.rejected > named else ""
    st.caption(say("rows-repair", first=first))


def report_downloads(made: Prepared, *, key: str) -> None:
    """Draw download buttons for the report and, if any, rejected and repaired rows."""
    report, rejected = made.report, made.rejected_file
    with st.container(horizontal=True, gap="small"):
        name = f"{report.dataset}-report.json"
        save_button(say("report-as-json"), partial(_report, report), name, "application/json", key=f"{key}-report")
        if rejected is not None:
            name = f"{report.dataset}{REJECTED_SUFFIX}.csv"
            save_button(say("rejected-as-csv"), rejected.read_bytes, name, "text/csv", key=f"{key}-rejected")
        if report.repaired:
            name = f"{report.dataset}-repaired.csv"
            save_button(say("repaired-as-csv"), partial(_repaired, made), name, "text/csv", key=f"{key}-repaired")


def _repaired(made: Prepared) -> bytes:
    return b"".join(made.repaired_lines())


def _report(report: Report) -> bytes:
    return report.to_json().encode()


def _figures(killed: Deaths | None) -> tuple[str, str, str]:
    if killed is None:
        return ("–",) * 3
    low, best, high = (say("number", number=each) for each in (killed.low, killed.best, killed.high))
    return low, best, high


# Changes that a newer file makes to a dataset, shown before it is accepted.

_LONGEST_VALUE: Final = 160
_TEXTS: Final = ("title", "summary", "source_text")
_NAMES: Final = {"changed": say("difference-changed"), "gone": say("difference-gone"), "new": say("difference-new")}


def difference_panels(found: ReleaseDifference) -> None:
    """Draw counts and totals before and after, beside the changes row by row."""
    beside_counts, beside_rows = st.columns([5, 7], gap="small")
    with beside_counts:
        panel("data_difference.html", key="data-difference", on_choose=lambda _: None, **difference_values(found))
    with beside_rows:
        if found.empty:
            st.info(say("difference-nothing"))
        else:
            panel("data_changes.html", key="data-changes", on_choose=lambda _: None, groups=change_groups(found))


def difference_values(found: ReleaseDifference) -> dict[str, Any]:
    """Return template values of counts and totals."""
    old, new = found.old_killed, found.new_killed
    numbers = (
        (say("rows-low"), old.low, new.low),
        (say("rows-best"), old.best, new.best),
        (say("rows-high"), old.high, new.high),
    )
    return {
        "versions": say(
            "difference-matched",
            old=found.old_version or say("difference-release-before"),
            new=found.new_version or say("difference-this-file"),
        ),
        "fates": [
            (say("difference-is-new"), say("number", number=found.new), ""),
            (say("difference-is-changed"), say("number", number=found.changed), ""),
            (say("difference-same"), say("number", number=found.same), ""),
            (say("difference-is-gone"), say("number", number=found.gone), say("difference-taken-out")),
            (say("difference-is-kept"), say("number", number=found.kept), say("difference-not-covered")),
        ],
        "after": say("rows", count=found.new_rows),
        "killed": [
            (name, *map(number_words, (a, b)), number_words(b - a, signed=True) if a != b else say("value-none"))
            for name, a, b in numbers
        ],
        "fields": [(field_words(field.field), say("rows", count=field.rows)) for field in found.fields],
    }


def change_groups(found: ReleaseDifference) -> list[tuple[str, list[dict[str, Any]], str | None]]:
    """Return template values of changed, gone and new rows, each group with the number of further rows."""
    groups = []
    for what, name in _NAMES.items():
        rows = [row for row in found.examples if row.what == what]
        more = getattr(found, what) - len(rows)
        if rows:
            groups.append((name, [_row(row) for row in rows], say("number", number=more) if more > 0 else None))
    return groups


def field_words(field: str) -> str:
    """Return the name of a column in words.

    >>> field_words("killed_low")
    'killed low'
    """
    return field.replace("_", " ")


def _row(row: RowChange) -> dict[str, Any]:
    day = f", {row.when}" if row.when else ""
    return {
        "title": row.title or say("difference-no-title"),
        "about": f"{row.source_id or row.id}{day}",
        "fields": [(field_words(field.field), _pieces(field)) for field in row.fields],
    }


def _pieces(field: FieldChange) -> list[tuple[str, str]]:
    """Return the pieces of a change: texts compared word by word, other values as old and new."""
    if field.field in _TEXTS and field.old and field.new:
        return [(what, text) for what, text in marked_words(field.old, field.new)]
    return [("removed", _value(field.old)), ("same", " → "), ("added", _value(field.new))]


def _value(text: str | None) -> str:
    if text is None:
        return say("value-none")
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…"


# The steps of an import.


def import_view(folder: DataFolder) -> bool:
    """Draw the current step of the session's import, and return whether it has a file."""
    session = current_import()
    job = session.job
    if session.upload is None:
        _drop_zone(session, folder)
    elif job is None:
        _recognition(session, session.upload, folder)
    elif job.running:
        st.markdown(f"## {say('import-checking', name=plain(session.upload.name))}")
        import_progress()
    elif job.made is not None:
        _review(session, job.made)
    else:
        _stopped(session)
    return session.upload is not None


def _drop_zone(session: ImportSession, folder: DataFolder) -> None:
    st.markdown(f"## {say('import-a-file')}")
    held = {dataset.id: dataset for dataset in folder.datasets()}
    if session.done is not None and session.done.dataset in held:  # may have been removed since
        kept = say("rows", count=session.done.accepted + session.done.repaired)
        st.success(
            say(
                "import-done",
                rows=kept,
                file_name=plain(session.done.file_name),
                dataset=plain(held[session.done.dataset].title),
            )
        )
        if held[session.done.dataset].enabled:
            st.button(
                say("import-see"),
                key="import-see",
                icon=":material/map:",
                on_click=ask_for,
                args=(MAP_PAGE, "dataset", session.done.dataset),
            )
    make_ready()
    let_upload()
    key, most = f"data-upload-{session.uploads}", int(st.get_option("server.maxUploadSize"))
    beside_place, beside_kinds = st.columns(2, gap="medium")
    with beside_place:
        st.file_uploader(
            say("import-drop"),
            key=key,
            on_change=take_upload,
            args=(key,),
        )
        st.caption(say("import-drop-help", most=most))
    with beside_kinds:
        panel(
            "data_kinds.html",
            key="data-kinds",
            on_choose=lambda _: None,
            kinds=[kind.offered for kind in KINDS.values() if kind.offered],
        )


def _recognition(session: ImportSession, upload: Upload, folder: DataFolder) -> None:
    st.markdown(f"## {say('import-a-file')}")
    opened = upload.look()
    if opened.running:
        look_progress()
        return
    if opened.tables:
        _table_choice(upload, opened.tables, main=True)
    elif opened.look is None:
        failure = plain(opened.failure or say("import-look-broke-off"))
        st.error(say("import-impossible", name=plain(upload.name), size=size_words(upload.size), failure=failure))
    if opened.look is None:
        st.button(say("import-another-file"), on_click=session.clear, icon=":material/arrow_back:")
        return
    make_ready()
    head, recognised = opened.look.head, opened.look.recognised
    recognised_panel(upload, head, recognised)
    if head.tables:
        with st.expander(say("import-other-tables")):
            _table_choice(upload, head.tables, main=False)
    reading_form(upload, head)
    wanted: dict[str, Any] = {}
    refused, lacks = bool(recognised.refusal), None
    if not refused:
        wanted = wanted_of(upload, recognised, folder)
        if wanted["kind"].plain:
            wanted["mapping"] = mapping_form(upload, head, folder)
            lacks = still_needed(wanted["mapping"], placed=head.point is not None)
    if lacks:
        st.warning(lacks)
    _buttons(session, folder, wanted, possible=not refused and not lacks, refused=refused)


def _table_choice(upload: Upload, tables: Sequence[str], *, main: bool) -> None:
    """Draw a choice of a file's tables to read; `main` if this is the only possible step."""
    chosen = st.multiselect(
        say("import-several-tables", name=plain(upload.name)), tables, key=f"data-tables-{upload.number}"
    )
    words = say("import-read-tables", count=len(chosen))
    if st.button(words, disabled=not chosen, type="primary" if main else "secondary"):
        upload.reading = replace(upload.reading, tables=tuple(chosen))
        st.rerun()


def _buttons(
    session: ImportSession, folder: DataFolder, wanted: dict[str, Any], *, possible: bool, refused: bool
) -> None:
    with st.container(horizontal=True, gap="small"):
        if not refused:
            st.button(
                say("import-check"),
                type="primary",
                disabled=not possible,
                on_click=_check,
                args=(session, folder, wanted),
                icon=":material/rule:",
                help=say("import-check-help"),
            )
        st.button(say("import-another-file"), on_click=session.clear, icon=":material/arrow_back:")


@editors_only
def _check(session: ImportSession, folder: DataFolder, wanted: dict[str, Any]) -> None:
    mapping, upload = wanted.get("mapping"), session.upload
    look = upload.look().look if upload else None
    if mapping and look:
        try:
            keep_mapping(folder, look.head.header, mapping)
        except (DatasetBusyError, OSError) as error:
            session.trouble = say("import-columns-not-kept", error=error)
    session.check(folder, **wanted)


def _review(session: ImportSession, made: Prepared) -> None:
    report = made.report
    st.markdown(f"## {say('import-what-it-does')}")
    kept = report.accepted + report.repaired
    if made.usable:
        st.markdown(say("import-dry-run", seconds=number_words(report.seconds, 1)))
    else:
        st.error(say("import-no-row"))
    with st.container(horizontal=True, gap="small"):
        label = say("import-rows", rows=kept)
        if report.difference is not None:
            label = say("import-nevertheless") if report.difference.empty else say("import-accept")
        st.button(
            label, type="primary", disabled=not made.usable, on_click=_accept, args=(session,), icon=":material/check:"
        )
        st.button(say("import-back"), on_click=session.leave_job, icon=":material/arrow_back:")
        st.button(say("import-leave"), on_click=session.clear, icon=":material/close:")
    if report.difference is not None:
        difference_panels(report.difference)
    _places_by_name(session, report)
    report_panel(report)
    rejected_table(report)
    report_downloads(made, key="data-made")


def _places_by_name(session: ImportSession, report: Report) -> None:
    """Draw the places found by name for rows without coordinates, with a button to use or ignore them."""
    names = report.named or report.nameable
    if not names or session.upload is None:
        return
    rows = sum(one.rows for one in names)
    st.markdown(f"### {say('import-named' if report.named else 'import-nameable', rows=rows)}")
    st.caption(say("import-by-name-help"))
    st.dataframe(
        pd.DataFrame(
            {say("column-by-name"): [one.name for one in names], say("rows-rows"): [one.rows for one in names]}
        ),
        hide_index=True,
        height=300 if len(names) > _NAMES_SHOWN else "auto",
        column_config={say("rows-rows"): st.column_config.NumberColumn(format="localized", width="small")},
        alt=say("column-by-name"),
    )
    if report.named:
        st.button(
            say("import-without-names"), on_click=_place_by_name, args=(session, False), icon=":material/location_off:"
        )
    else:
        st.button(
            say("import-place-by-name"), on_click=_place_by_name, args=(session, True), icon=":material/pin_drop:"
        )

    let_upload()
    key = f"data-places-{session.upload.number}"
    with st.expander(say("import-own-places")):
        st.file_uploader(
            say("import-own-places-file"), key=key, on_change=_take_places, args=(session, key), max_upload_size=20
        )


_NAMES_SHOWN: Final = 7


@editors_only
def _place_by_name(session: ImportSession, by_name: bool) -> None:  # noqa: FBT001  # a button's callback
    session.check_again(by_name=by_name, gazetteer=session.upload.gazetteer if session.upload and by_name else None)


@editors_only
def _take_places(session: ImportSession, key: str) -> None:
    given = st.session_state[key]
    if session.upload is not None and isinstance(given, UploadedFile):
        session.upload.gazetteer = session.upload.folder.path / "places"
        session.upload.gazetteer.write_bytes(given.getvalue())
        session.check_again(by_name=True, gazetteer=session.upload.gazetteer)


@editors_only
def _accept(session: ImportSession) -> None:
    try:
        session.accept()
    except OutdatedError as error:
        session.trouble = say("import-checked-anew", name=error.name)
        session.check_again()
    except (DatasetBusyError, OSError) as error:
        session.trouble = say("import-not-accepted", error=error)


def _stopped(session: ImportSession) -> None:
    """Draw the reason why an import ended without a result."""
    job = session.job
    if job is not None and job.left:
        st.info(say("import-cancelled"))
    elif job is not None and job.failure:
        st.error(say("import-failed", failure=plain(job.failure)))
    else:
        st.error(say("import-broke-off"))
    with st.container(horizontal=True, gap="small"):
        st.button(say("import-back"), on_click=session.leave_job, icon=":material/arrow_back:")
        st.button(say("import-another-file"), on_click=session.clear, icon=":material/close:")
