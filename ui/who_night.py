"""A worked example: one night in all its accounts, what each rule makes of them, and why they cannot be added."""

from collections.abc import Sequence
from typing import Any, Final

import streamlit as st

from geo.contradictions import Matter, matters
from geo.filters import Filters
from geo.incident import Incident
from geo.table import IncidentTable
from geo.vocabulary import About, Scope
from geo.wording import count_words
from ui.event_evidence import totals_panel
from ui.event_list import of_all
from ui.event_matrix import matrix_panel
from ui.panel import panel
from ui.plain_text import plain
from ui.state import ask_for_event, ask_for_map
from ui.who_said import matter_words, said

_NIGHT: Final = "durand-line-clashes-2025-10-11"


def worked_example(filters: Filters, table: IncidentTable) -> None:
    """Draw the example as far as the filters leave it; nothing if the record does not hold the night."""
    group = table.event_groups.get(_NIGHT)
    if group is None:
        return
    members = table.event_group(_NIGHT)
    chosen = [incident for incident in table.selected(filters) if incident.event_group == _NIGHT]
    st.markdown(f"## A worked example: {plain(group.name)}")
    if not chosen:
        st.info("The filters leave out this event. Reset them to read the example.")
        return
    st.markdown(f"{plain(group.summary)} **{of_all(len(chosen), len(members))}** of this event are told here.")
    matrix_panel(chosen, table.claimants, key="night-matrix")
    beside_sum, beside_rules = st.columns(2, gap="medium")
    with beside_sum:
        _sum_panel(chosen, table)
    with beside_rules:
        st.markdown("### What each rule gives")
        totals_panel(chosen, table, key="night-totals", split=len(chosen) < len(members))
    st.button("This event day by day", icon=":material/event_note:", on_click=ask_for_event, args=(_NIGHT,))


def _sum_panel(incidents: Sequence[Incident], table: IncidentTable) -> None:
    """Draw the accounts of the dead, and the number that adding them up would make."""
    of_dead = [matter for matter in matters(incidents) if matter.about is About.KILLED]
    figures = [s for matter in of_dead for s in matter.statements if s.gives_a_figure]
    st.markdown("### Why the figures cannot be added")
    panel(
        "who_night.html",
        key="night-sum",
        on_choose=ask_for_map,
        figures=count_words(len(figures), "figure"),
        sum=sum(s.highest for s in figures),
        whole=[_account(matter, table) for matter in of_dead if matter.scope is Scope.GROUP],
        parts=[_account(matter, table) for matter in of_dead if matter.scope is Scope.INCIDENT],
    )


def _account(matter: Matter, table: IncidentTable) -> dict[str, Any]:
    return {
        "matter": matter_words(matter),
        "said": [said(s, table.claimants) for s in matter.statements if s.gives_a_figure],
    }
