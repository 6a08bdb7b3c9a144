"""What becomes of every row of a file, and what a newer file changes, shown before it is accepted."""

from functools import partial
from pathlib import Path
from typing import Any, Final

import pandas as pd
import streamlit as st

from geo.datasets.dataset import Deaths, FieldChange, ReleaseDifference, RowChange
from geo.imports.report import Report
from geo.language.messages import say
from geo.versions.difference_text import marked_words
from ui.datasets.import_form import REJECTED_SUFFIX
from ui.parts.panel import panel

# What becomes of every row of a file: counts that add up, repairs with examples, rejected rows with reasons.

_LONGEST_SHOWN: Final = 300


def report_panel(report: Report) -> None:
    """Draw what becomes of the rows."""
    panel("data_report.html", key="data-report", on_choose=lambda _: None, **report_values(report))


def report_values(report: Report) -> dict[str, Any]:
    """Return what the template shows of a report."""
    counts = {"accepted": report.accepted, "repaired": report.repaired, "rejected": report.rejected}
    kept, left_out = report.killed or Deaths(), report.killed_rejected or Deaths()
    return {
        "title": f"{report.file_name}: {say('rows', count=report.rows)}",
        "shares": [(name, round(100 * rows / report.rows, 2)) for name, rows in counts.items() if rows],
        "deaths": {kept, left_out} != {Deaths()},
        "outcomes": [
            ("accepted", say("rows-as-they-stand"), f"{report.accepted:,}", None),
            ("repaired", "repaired", f"{report.repaired:,}", None),
            ("kept", "imported", f"{report.accepted + report.repaired:,}", _figures(kept)),
            ("rejected", "rejected", f"{report.rejected:,}", _figures(left_out)),
            ("all", say("rows-in-file"), f"{report.rows:,}", _figures(_sum(kept, left_out))),
        ],
        "repairs": [
            {
                "words": repair.words,
                "rows": say("rows", count=repair.rows),
                "examples": [{"row": f"{e.row:,}", "text": e.text[:_LONGEST_SHOWN]} for e in repair.examples],
            }
            for repair in report.repairs
        ],
        "flags": [(flag.what, say("rows", count=flag.rows)) for flag in report.flags],
        "faults": [(fault.field or say("rows-whole-row"), say("rows", count=fault.rows)) for fault in report.faults],
        "notes": report.notes,
    }


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
    st.caption(say("rows-mend", first=first))


def report_downloads(report: Report, rejected: Path | None, *, key: str) -> None:
    """Draw buttons for the report and, where there are any, the rejected rows."""
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            say("report-as-json"),
            partial(_report, report),
            file_name=f"{report.dataset}-report.json",
            mime="application/json",
            key=f"{key}-report",
            on_click="ignore",
            icon=":material/download:",
        )
        if rejected is not None:
            st.download_button(
                say("rejected-as-csv"),
                rejected.read_bytes,
                file_name=f"{report.dataset}{REJECTED_SUFFIX}.csv",
                mime="text/csv",
                key=f"{key}-rejected",
                on_click="ignore",
                icon=":material/download:",
            )


def _report(report: Report) -> bytes:
    return report.to_json().encode()


def _figures(killed: Deaths) -> tuple[str, str, str]:
    return f"{killed.low:,}", f"{killed.best:,}", f"{killed.high:,}"


def _sum(one: Deaths, other: Deaths) -> Deaths:
    return Deaths(low=one.low + other.low, best=one.best + other.best, high=one.high + other.high)


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
    numbers = (("low", old.low, new.low), ("best", old.best, new.best), ("high", old.high, new.high))
    return {
        "versions": say(
            "difference-matched",
            old=found.old_version or say("difference-release-before"),
            new=found.new_version or say("difference-this-file"),
        ),
        "fates": [
            ("new", f"{found.new:,}", ""),
            ("changed", f"{found.changed:,}", ""),
            (say("difference-same"), f"{found.same:,}", ""),
            ("gone", f"{found.gone:,}", say("difference-taken-out")),
            ("kept", f"{found.kept:,}", say("difference-not-covered")),
        ],
        "after": say("rows", count=found.new_rows),
        "killed": [(name, f"{a:,}", f"{b:,}", f"{b - a:+,}" if a != b else "none") for name, a, b in numbers],
        "fields": [(field_words(field.field), say("rows", count=field.rows)) for field in found.fields],
    }


def change_groups(found: ReleaseDifference) -> list[tuple[str, list[dict[str, Any]], str | None]]:
    """Return changed, gone and new rows for the template, each with how many more there are."""
    groups = []
    for what, name in _NAMES.items():
        rows = [row for row in found.examples if row.what == what]
        more = getattr(found, what) - len(rows)
        if rows:
            groups.append((name, [_row(row) for row in rows], f"{more:,}" if more > 0 else None))
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
        return "nothing"
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…"
