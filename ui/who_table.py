"""Who speaks: a table of claimants that sorts, by choice of side and kind; a row restricts the page to one of them."""

from typing import Any, Final

import pandas as pd
import streamlit as st

from geo.contradictions import side_words
from geo.vocabulary import ClaimantKind
from geo.wording import count_words
from ui.one_of import ANY, one_of
from ui.row_choice import chosen_row, remember_rows
from ui.state import choose_claimant

_KEY: Final = "who-table"


def speaker_choice(speakers: pd.DataFrame) -> pd.DataFrame:
    """Draw the choices of side and kind and return the speakers that they leave, as `by_claimant` has them."""
    beside_side, beside_kind, _ = st.columns([1, 1, 2])
    with beside_side:
        side = one_of("Side", "side", {side: side_words(side) for side in _present(speakers["side"])})
    with beside_kind:
        kind = one_of("Kind", "kind", {kind: ClaimantKind(kind).words for kind in _present(speakers["kind"])})
    chosen = speakers[(speakers["side"] == side) | (side == ANY)]
    return chosen[(chosen["kind"] == kind) | (kind == ANY)]


def speaker_table(speakers: pd.DataFrame, *, everybody: int) -> None:
    """Draw the speakers, those who speak of most incidents first; `everybody` is how many there are in the choice."""
    if speakers.empty:
        st.info("Nobody of this side and kind speaks in the incidents chosen. Set side or kind to any.")
        return
    st.dataframe(
        _shown(speakers),
        key=_KEY,
        on_select=_row_chosen,
        selection_mode="single-row",
        hide_index=True,
        height=min(460, 38 + 35 * len(speakers)),
        column_config=_columns(),
        alt="Claimants by how many incidents they speak of, most first",
    )
    remember_rows(_KEY, speakers.index)
    st.caption(
        f"{len(speakers):,} of {count_words(everybody, 'claimant')} in the choice. All columns but Figures count "
        "incidents; one that is asserted and denied by the same claimant counts in both. Click a column's head to "
        "sort, the magnifying glass to search, a row to see above whom the claimant contradicts."
    )


def _shown(speakers: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Claimant": speakers["name"],
            "Side": speakers["side"].map(side_words),
            "Independent": speakers["independent"],
            "Speaks of": speakers["incidents"],
            "Contradicted": speakers["contradicted"],
            "Asserts": speakers["asserts"],
            "Acknowledges": speakers["acknowledges"],
            "Denies": speakers["denies"],
            "Unconfirmed": speakers["unconfirmed"],
            "Figures": speakers["figures"],
            "Kind": [ClaimantKind(kind).words for kind in speakers["kind"]],
        }
    )


def _columns() -> dict[str, Any]:
    column = st.column_config
    return {
        "Claimant": column.TextColumn(width=280),
        "Independent": column.CheckboxColumn(help="Of the parties to the incidents, as the claimant register has it"),
        "Speaks of": column.NumberColumn(format="localized", help="Incidents with a claim of this claimant"),
        "Acknowledges": column.NumberColumn(help="Concedes what another says, or a loss of its own side"),
        "Unconfirmed": column.NumberColumn(
            help="Has not commented, is checking, or passes on what it could not verify"
        ),
        "Figures": column.NumberColumn(format="localized", help="Numbers asserted or acknowledged"),
        "Contradicted": column.NumberColumn(help="Incidents in which another claimant contradicts this one"),
    }


def _present(codes: pd.Series) -> list[str]:
    return sorted(codes.unique())


def _row_chosen() -> None:
    claimant = chosen_row(_KEY)
    if claimant:
        choose_claimant(claimant)
