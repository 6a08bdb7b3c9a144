"""What the claims of a wider event say together: the merged matrix, totals under each rule, disputed points."""

from collections.abc import Sequence

import streamlit as st

from geo.dispute import disputed_points
from geo.incident import Incident
from geo.table import IncidentTable
from ui.card import row
from ui.event_matrix import matrix_panel, rule_rows
from ui.panel import panel
from ui.state import ask_for_map


def event_evidence(chosen: Sequence[Incident], table: IncidentTable, *, split: bool) -> None:
    """Draw the evidence of an event's chosen incidents; `split` tells that they are not all of it."""
    st.markdown("## Who gives which figure")
    matrix_panel(chosen, table.claimants, key="event-matrix")
    st.caption(
        "Each cell holds the figures of one claimant for one loss, over the incidents chosen: its own figures for "
        "different incidents add up, one for the whole event counts once, running totals never. Cells of one column "
        "may be about the same people, so they are never added; what each rule makes of them stands below."
    )
    beside_totals, beside_disputed = st.columns(2, gap="medium")
    with beside_totals:
        st.markdown("## What each rule gives")
        totals_panel(chosen, table, key="event-totals", split=split)
    with beside_disputed:
        st.markdown("## What is disputed, and by whom")
        _disputed(chosen, table)


def totals_panel(incidents: Sequence[Incident], table: IncidentTable, *, key: str, split: bool) -> None:
    """Draw what each rule gives for incidents; `split` tells that they are only a part of a wider event."""
    panel(
        "event_totals.html",
        key=key,
        on_choose=ask_for_map,
        rows=rule_rows(incidents, table),
        rule=table.rule.name,
        rule_sentence=table.rule.sentence,
        split=split,
    )


def _disputed(incidents: Sequence[Incident], table: IncidentTable) -> None:
    disputed = [(row(incident), disputed_points(incident, table.claimants)) for incident in incidents]
    panel(
        "event_disputed.html",
        key="event-disputed",
        on_choose=ask_for_map,
        disputed=[(entry, points) for entry, points in disputed if points],
    )
