"""The sources as a table that sorts, with a row to choose."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
import streamlit as st

from geo.sources import KIND_WORDS, CitedSource
from geo.wording import count_words
from ui.row_choice import chosen_row, remember_rows
from ui.state import choose_source

_KEY: Final = "source-table"
NOT_ON_RECORD: Final = "not on record"


def source_table(sources: Sequence[CitedSource], *, everything: int) -> None:
    """Draw the sources, those of most incidents first; choosing a row opens it.

    `everything` is how many there are of any kind and publisher.
    """
    if not sources:
        st.info("No source of this kind and publisher. Set one of them to any.")
        return
    ordered = sorted(sources, key=lambda source: -len(source.incidents))
    st.dataframe(
        _shown(ordered),
        key=_KEY,
        on_select=_row_chosen,
        selection_mode="single-row",
        hide_index=True,
        height=560,
        placeholder=NOT_ON_RECORD,
        column_config=_columns(),
        alt="Sources of the chosen incidents, those of most incidents first",
    )
    remember_rows(_KEY, (source.key for source in ordered))
    weak = sum(source.weak for source in sources)
    st.caption(
        f"{len(sources):,} of {count_words(everything, 'source')} of the chosen incidents, {weak:,} of them weak: "
        "aggregators and mirrors, which only repeat others and may vanish. Entries for one publication are merged. "
        "Click a column's head to sort, a row to see its incidents."
    )


def _shown(sources: Sequence[CitedSource]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Publisher": [source.publisher for source in sources],
            "Title": [source.title for source in sources],
            "Published": [source.published for source in sources],
            "Incidents": [len(source.incidents) for source in sources],
            "Link": [source.url for source in sources],
            "Kind": [KIND_WORDS[source.kind] for source in sources],
            "Weak": [source.weak for source in sources],
            "Claims": [source.claims for source in sources],
            "Archived": [source.archived_url for source in sources],
        }
    )


def _columns() -> dict[str, Any]:
    column = st.column_config
    return {
        "Publisher": column.TextColumn(width=150),
        "Title": column.TextColumn(width=250),
        "Published": column.DateColumn(format="D MMM YYYY", width=100),
        "Weak": column.CheckboxColumn(help="Aggregator or mirror"),
        "Incidents": column.NumberColumn(format="localized", width="small", help="Of those chosen"),
        "Claims": column.NumberColumn(format="localized", help="Claims of these incidents that rest on it"),
        "Link": column.LinkColumn(display_text="open", width=100, help="Addresses were not opened again after coding"),
        "Archived": column.LinkColumn(display_text="open"),
    }


def _row_chosen() -> None:
    source = chosen_row(_KEY)
    if source:
        choose_source(source)
