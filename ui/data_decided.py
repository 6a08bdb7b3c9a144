"""What was decided about pairs of reports, and a way to take a decision back."""

from collections.abc import Sequence
from typing import Final

import pandas as pd
import streamlit as st

from geo.datasets import DataFolder
from geo.datasets.links import Link, Verdict, undo
from geo.errors import DataError, DatasetBusyError
from geo.wording import count_words
from ui.data_desk import Desk

_MOST: Final = 500


def decided_list(links: Sequence[Link], folder: DataFolder, on: Desk) -> None:
    """Draw the decisions, latest first, whatever the windows; a chosen one can be taken back."""
    if not links:
        return
    verdicts = [link.verdict for link in links]
    linked, rejected = verdicts.count(Verdict.LINKED), verdicts.count(Verdict.REJECTED)
    with st.expander(f"{count_words(len(links), 'decision')} in all: {linked:,} linked, {rejected:,} rejected"):
        latest = sorted(links, key=lambda link: link.decided_at, reverse=True)[:_MOST]
        chosen = st.dataframe(
            pd.DataFrame([_row(link) for link in latest]),
            key="data-decided",
            on_select="rerun",
            selection_mode="single-row",
            hide_index=True,
            height=min(36 * (len(latest) + 1) + 2, 300),
            column_config={"Decided": st.column_config.DatetimeColumn(format="D MMM YYYY, HH:mm")},
            alt="Decisions about pairs of reports, latest first",
        )
        rows = [row for row in chosen["selection"]["rows"] if row < len(latest)]
        st.button(
            "Take this decision back",
            key="data-decided-undo",
            disabled=not rows,
            on_click=_take_back,
            args=(latest[rows[0]] if rows else None, folder, on),
            icon=":material/undo:",
        )
        st.caption("Click a row to choose it. Decisions are kept in links.json, in the folder of the datasets.")


def _row(link: Link) -> dict[str, object]:
    return {
        "Decided": link.decided_at,
        "Verdict": link.verdict.value,
        "One report": link.a.id,
        "The other": link.b.id,
    }


def _take_back(link: Link | None, folder: DataFolder, on: Desk) -> None:
    if link is None:
        return
    try:
        undo(folder, link.a, link.b)
    except (DatasetBusyError, DataError, OSError) as error:
        on.trouble = f"The decision still stands: {error}"
    else:
        on.decided = [key for key in on.decided if key != (link.a, link.b)]
