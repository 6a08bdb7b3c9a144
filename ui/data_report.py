"""What becomes of every row of a file: counts that add up, repairs with examples, rejected rows with reasons."""

from functools import partial
from pathlib import Path
from typing import Any, Final

import pandas as pd
import streamlit as st

from geo.datasets.dataset import Deaths
from geo.imports.report import Report
from geo.wording import count_words
from ui.data_recognised import REJECTED_SUFFIX
from ui.panel import panel

_WHOLE_ROW: Final = "the whole row"
_LONGEST_SHOWN: Final = 300


def report_panel(report: Report) -> None:
    """Draw what becomes of the rows."""
    panel("data_report.html", key="data-report", on_choose=lambda _: None, **report_values(report))


def report_values(report: Report) -> dict[str, Any]:
    """Return what the template shows of a report."""
    counts = {"accepted": report.accepted, "repaired": report.repaired, "rejected": report.rejected}
    kept, left_out = report.killed or Deaths(), report.killed_rejected or Deaths()
    return {
        "title": f"{report.file_name}: {count_words(report.rows, 'row')}",
        "shares": [(name, round(100 * rows / report.rows, 2)) for name, rows in counts.items() if rows],
        "deaths": {kept, left_out} != {Deaths()},
        "outcomes": [
            ("accepted", "accepted as they stand", f"{report.accepted:,}", None),
            ("repaired", "repaired", f"{report.repaired:,}", None),
            ("kept", "imported", f"{report.accepted + report.repaired:,}", _figures(kept)),
            ("rejected", "rejected", f"{report.rejected:,}", _figures(left_out)),
            ("all", "rows in the file", f"{report.rows:,}", _figures(_sum(kept, left_out))),
        ],
        "repairs": [
            {
                "words": repair.words,
                "rows": count_words(repair.rows, "row"),
                "examples": [{"row": f"{e.row:,}", "text": e.text[:_LONGEST_SHOWN]} for e in repair.examples],
            }
            for repair in report.repairs
        ],
        "flags": [(flag.what, count_words(flag.rows, "row")) for flag in report.flags],
        "faults": [(fault.field or _WHOLE_ROW, count_words(fault.rows, "row")) for fault in report.faults],
        "notes": report.notes,
    }


def rejected_table(report: Report) -> None:
    """Draw the rows that were left out, as plain text."""
    if not report.rejections:
        return
    st.markdown("### Rejected rows")
    st.dataframe(
        pd.DataFrame(
            {
                "Row": [row.row for row in report.rejections],
                "Field": [row.field or _WHOLE_ROW for row in report.rejections],
                "What stands there": [row.raw[:_LONGEST_SHOWN] for row in report.rejections],
                "Why it is rejected": [row.reason for row in report.rejections],
            }
        ),
        hide_index=True,
        height=min(36 * (len(report.rejections) + 1) + 2, 420),
        column_config={
            "Row": st.column_config.NumberColumn(format="localized", width="small"),
            "Field": st.column_config.TextColumn(width="small"),
            "Why it is rejected": st.column_config.TextColumn(width="large"),
        },
        alt="Rejected rows, with field, text and reason",
    )
    named = len(report.rejections)
    first = f"The first {named:,} of {report.rejected:,}; all are in the CSV. " if report.rejected > named else ""
    st.caption(
        f"{first}Mend the rows in the CSV of rejected rows, and drop it here again: it goes into the same dataset, and "
        "adds to it."
    )


def report_downloads(report: Report, rejected: Path | None, *, key: str) -> None:
    """Draw buttons for the report and, where there are any, the rejected rows."""
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            "Report as JSON",
            partial(_report, report),
            file_name=f"{report.dataset}-report.json",
            mime="application/json",
            key=f"{key}-report",
            on_click="ignore",
            icon=":material/download:",
        )
        if rejected is not None:
            st.download_button(
                "Rejected rows as CSV",
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
