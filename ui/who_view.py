"""The page of claimants: who contradicts whom, where the figures lie widest apart, and who speaks."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from geo.contradictions import by_claimant, contradictions, pairs, widest_gaps
from geo.filters import Filters
from geo.incident import Claimant, Incident
from ui.resources import Resources
from ui.state import choose_claimant, claimant_widget
from ui.who_gaps import gap_order, gaps_panel
from ui.who_pairs import pairs_panel
from ui.who_table import speaker_choice, speaker_table

HOW_TO_READ = (
    "A contradiction is a denial of what another claimant says of the same incident, two figures for the same people "
    "that cannot both be right, or two parties’ accounts of who did it where the incident is disputed. Every figure "
    "stands with its speaker and source: two of them are rival accounts of the same people and are never added."
)


def contradiction_view(filters: Filters, found: Resources) -> None:
    """Draw the pairs beside the gaps, of all claimants or of one."""
    table = found.table
    incidents = table.selected(filters)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        only = _claimant_choice(by_claimant(incidents, table.claimants), table.claimants)
        order = gap_order()
    beside_pairs, beside_gaps = st.columns(2, gap="small")
    met = [p for p in pairs(contradictions(incidents, table.claimants)) if only in (None, *p.claimants)]
    gaps = [g for g in widest_gaps(incidents, order=order) if only in (None, g.lowest.by, g.highest.by)]
    with beside_pairs:
        pairs_panel(met, table.claimants, only=only)
    with beside_gaps:
        gaps_panel(gaps, table.claimants, only=only)


def speaker_view(incidents: Sequence[Incident], claimants: Mapping[str, Claimant]) -> None:
    """Draw the table of claimants under the choices of side and kind."""
    st.markdown("## Claimants")
    speakers = by_claimant(incidents, claimants)
    speaker_table(speaker_choice(speakers), everybody=len(speakers))


def _claimant_choice(speakers: pd.DataFrame, claimants: Mapping[str, Claimant]) -> str | None:
    """Draw the choice of one claimant and return its id, None for all."""
    names = {by: claimants[by].name for by in speakers.sort_values("name").index}
    key = claimant_widget(list(names))
    chosen: str | None = st.selectbox(
        "Claimant",
        list(names),
        format_func=names.__getitem__,
        index=None,
        key=key,
        placeholder="all",
        width=340,
        on_change=lambda: choose_claimant(st.session_state[key]),
    )
    return chosen
