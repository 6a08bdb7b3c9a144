"""A file on its way into a dataset: dropped, recognised, checked with what it changes, and accepted or left."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final

import pandas as pd
import streamlit as st
from streamlit.typing import UploadedFile

from geo.datasets.dataset import Deaths, FieldChange, ReleaseDifference, RowChange
from geo.datasets.folder import DataFolder
from geo.imports.fields.column_mapping import keep_mapping
from geo.imports.pipeline import Prepared
from geo.imports.recognition import KINDS
from geo.imports.report import Report
from geo.incident.errors import DatasetBusyError, OutdatedError
from geo.language.messages import number_words, say
from geo.versions.difference_text import marked_words
from ui.datasets.import_desk import (
    Desk,
    Upload,
    desk,
    editors_only,
    import_progress,
    look_progress,
    make_ready,
    take_upload,
)
from ui.datasets.import_form import (
    FIELD_WORDS,
    REJECTED_SUFFIX,
    mapping_form,
    reading_form,
    recognised_panel,
    size_words,
    still_needed,
    wanted_of,
)
from ui.parts.components import panel, plain, save_button
from ui.roles import let_upload
from ui.state import ask_for_dataset_on_map

# What becomes of every row of a file: counts that add up, repairs with examples, rejected rows with reasons.

_LONGEST_SHOWN: Final = 300


def report_panel(report: Report) -> None:
    """Draw what becomes of the rows."""
    panel("data_report.html", key="data-report", on_choose=lambda _: None, **report_values(report))


def report_values(report: Report) -> dict[str, Any]:
    """Return what the template shows of a report."""
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
        "notes": report.notes,
        "used": [(use.column, _field_words(use.field)) for use in report.used],
        "unused": report.unused,
    }


def _field_words(field: str) -> str:
    return FIELD_WORDS.get(field, field_words(field))


def rejected_table(report: Report) -> None:
    """Draw the rows that were left out, as plain text."""
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


def report_downloads(report: Report, rejected: Path | None, *, key: str) -> None:
    """Draw buttons for the report and, where there are any, the rejected rows."""
    with st.container(horizontal=True, gap="small"):
        name = f"{report.dataset}-report.json"
        save_button(say("report-as-json"), partial(_report, report), name, "application/json", key=f"{key}-report")
        if rejected is not None:
            name = f"{report.dataset}{REJECTED_SUFFIX}.csv"
            save_button(say("rejected-as-csv"), rejected.read_bytes, name, "text/csv", key=f"{key}-rejected")


def _report(report: Report) -> bytes:
    return report.to_json().encode()


def _figures(killed: Deaths | None) -> tuple[str, str, str]:
    if killed is None:
        return ("–",) * 3
    low, best, high = (say("number", number=each) for each in (killed.low, killed.best, killed.high))
    return low, best, high


# What a newer file of a dataset changes, shown before it is accepted.

_LONGEST_VALUE: Final = 160
_TEXTS: Final = ("title", "summary", "source_text")
_NAMES: Final = {"changed": say("difference-changed"), "gone": say("difference-gone"), "new": say("difference-new")}


def difference_panels(found: ReleaseDifference) -> None:
    """Draw counts and totals before and after, and beside them what changes row by row."""
    beside_counts, beside_rows = st.columns([5, 7], gap="small")
    with beside_counts:
        panel("data_difference.html", key="data-difference", on_choose=lambda _: None, **difference_values(found))
    with beside_rows:
        if found.empty:
            st.info(say("difference-nothing"))
        else:
            panel("data_changes.html", key="data-changes", on_choose=lambda _: None, groups=change_groups(found))


def difference_values(found: ReleaseDifference) -> dict[str, Any]:
    """Return what the template shows of counts and totals."""
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
    """Return changed, gone and new rows for the template, each with how many more there are."""
    groups = []
    for what, name in _NAMES.items():
        rows = [row for row in found.examples if row.what == what]
        more = getattr(found, what) - len(rows)
        if rows:
            groups.append((name, [_row(row) for row in rows], say("number", number=more) if more > 0 else None))
    return groups


def field_words(field: str) -> str:
    """Write the name of a column for a reader.

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
    """Return what went and what came: of texts word by word, of other values the old and the new one."""
    if field.field in _TEXTS and field.old and field.new:
        return [(what, text) for what, text in marked_words(field.old, field.new)]
    return [("removed", _value(field.old)), ("same", " → "), ("added", _value(field.new))]


def _value(text: str | None) -> str:
    if text is None:
        return say("value-none")
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…"


# A file on its way into a dataset: dropped, recognised, checked, and accepted or left.


def import_view(folder: DataFolder) -> bool:
    """Draw where the session's file stands, from the place to drop it to what became of it; tell if there is one."""
    on = desk()
    job = on.job
    if on.upload is None:
        _drop_zone(on, folder)
    elif job is None:
        _recognition(on, on.upload, folder)
    elif job.running:
        st.markdown(f"## {say('import-checking', name=plain(on.upload.name))}")
        import_progress()
    elif job.made is not None:
        _review(on, job.made)
    else:
        _stopped(on)
    return on.upload is not None


def _drop_zone(on: Desk, folder: DataFolder) -> None:
    st.markdown(f"## {say('import-a-file')}")
    held = {dataset.id: dataset for dataset in folder.datasets()}
    if on.done is not None and on.done.dataset in held:  # it may have been removed since
        kept = say("rows", count=on.done.accepted + on.done.repaired)
        st.success(
            say(
                "import-done", rows=kept, file_name=plain(on.done.file_name), dataset=plain(held[on.done.dataset].title)
            )
        )
        if held[on.done.dataset].enabled:
            st.button(
                say("import-see"),
                key="import-see",
                icon=":material/map:",
                on_click=ask_for_dataset_on_map,
                args=(on.done.dataset,),
            )
    make_ready()
    let_upload()
    key, most = f"data-upload-{on.uploads}", int(st.get_option("server.maxUploadSize"))
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


def _recognition(on: Desk, upload: Upload, folder: DataFolder) -> None:
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
        st.button(say("import-another-file"), on_click=on.clear, icon=":material/arrow_back:")
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
    _buttons(on, folder, wanted, possible=not refused and not lacks, refused=refused)


def _table_choice(upload: Upload, tables: Sequence[str], *, main: bool) -> None:
    """Draw a choice of the tables of a file that are to be read; `main` where nothing else can be done."""
    chosen = st.multiselect(
        say("import-several-tables", name=plain(upload.name)), tables, key=f"data-tables-{upload.number}"
    )
    words = say("import-read-tables", count=len(chosen))
    if st.button(words, disabled=not chosen, type="primary" if main else "secondary"):
        upload.reading = replace(upload.reading, tables=tuple(chosen))
        st.rerun()


def _buttons(on: Desk, folder: DataFolder, wanted: dict[str, Any], *, possible: bool, refused: bool) -> None:
    with st.container(horizontal=True, gap="small"):
        if not refused:
            st.button(
                say("import-check"),
                type="primary",
                disabled=not possible,
                on_click=_check,
                args=(on, folder, wanted),
                icon=":material/rule:",
                help=say("import-check-help"),
            )
        st.button(say("import-another-file"), on_click=on.clear, icon=":material/arrow_back:")


@editors_only
def _check(on: Desk, folder: DataFolder, wanted: dict[str, Any]) -> None:
    mapping, upload = wanted.get("mapping"), on.upload
    look = upload.look().look if upload else None
    if mapping and look:
        try:
            keep_mapping(folder, look.head.header, mapping)
        except (DatasetBusyError, OSError) as error:
            on.trouble = say("import-columns-not-kept", error=error)
    on.check(folder, **wanted)


def _review(on: Desk, made: Prepared) -> None:
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
            label, type="primary", disabled=not made.usable, on_click=_accept, args=(on,), icon=":material/check:"
        )
        st.button(say("import-back"), on_click=on.leave_job, icon=":material/arrow_back:")
        st.button(say("import-leave"), on_click=on.clear, icon=":material/close:")
    if report.difference is not None:
        difference_panels(report.difference)
    _places_by_name(on, report)
    report_panel(report)
    rejected_table(report)
    report_downloads(report, made.rejected_file, key="data-made")


def _places_by_name(on: Desk, report: Report) -> None:
    """Draw what names of places stand for, of rows without coordinates, with a way to place them so, or not to."""
    names = report.named or report.nameable
    if not names or on.upload is None:
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
            say("import-without-names"), on_click=_place_by_name, args=(on, False), icon=":material/location_off:"
        )
    else:
        st.button(say("import-place-by-name"), on_click=_place_by_name, args=(on, True), icon=":material/pin_drop:")

    let_upload()
    key = f"data-places-{on.upload.number}"
    with st.expander(say("import-own-places")):
        st.file_uploader(
            say("import-own-places-file"), key=key, on_change=_take_places, args=(on, key), max_upload_size=20
        )


_NAMES_SHOWN: Final = 7


@editors_only
def _place_by_name(on: Desk, by_name: bool) -> None:  # noqa: FBT001  # of a button
    on.check_again(by_name=by_name, gazetteer=on.upload.gazetteer if on.upload and by_name else None)


@editors_only
def _take_places(on: Desk, key: str) -> None:
    given = st.session_state[key]
    if on.upload is not None and isinstance(given, UploadedFile):
        on.upload.gazetteer = on.upload.folder.path / "places"
        on.upload.gazetteer.write_bytes(given.getvalue())
        on.check_again(by_name=True, gazetteer=on.upload.gazetteer)


@editors_only
def _accept(on: Desk) -> None:
    try:
        on.accept()
    except OutdatedError as error:
        on.trouble = say("import-checked-anew", name=error.name)
        on.check_again()
    except (DatasetBusyError, OSError) as error:
        on.trouble = say("import-not-accepted", error=error)


def _stopped(on: Desk) -> None:
    """Say why an import has ended with nothing."""
    job = on.job
    if job is not None and job.left:
        st.info(say("import-cancelled"))
    elif job is not None and job.failure:
        st.error(say("import-failed", failure=plain(job.failure)))
    else:
        st.error(say("import-broke-off"))
    with st.container(horizontal=True, gap="small"):
        st.button(say("import-back"), on_click=on.leave_job, icon=":material/arrow_back:")
        st.button(say("import-another-file"), on_click=on.clear, icon=":material/close:")
