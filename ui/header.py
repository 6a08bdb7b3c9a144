"""The head of a page: its title, how many incidents are meant, and which."""

import streamlit as st

from geo.boundaries import Boundaries
from geo.errors import Fault
from geo.filters import Filters
from geo.table import IncidentTable
from geo.wording import count_words
from ui.plain_text import plain
from ui.resources import Resources


def page_header(title: str, filters: Filters, table: IncidentTable, layers: Boundaries) -> int:
    """Draw the head and return how many incidents are chosen."""
    chosen = table.count(filters)
    names = layers.provinces["province"].to_dict()
    st.markdown(f"# {title}")
    st.markdown(f"**{chosen:,} of {count_words(table.whole(filters), 'incident')}** · {plain(filters.describe(names))}")
    return chosen


def record_header(title: str, filters: Filters, found: Resources) -> int:
    """Draw the head of a page about the record alone and return how many of its incidents are chosen.

    How many imported incidents of the choice the page leaves out stands below, with the reason.
    """
    chosen = page_header(title, filters, found.table.record(), found.boundaries)
    imported = found.table.count(filters) - chosen
    if imported:
        more = "The choice also has" if chosen else "The choice has"
        st.caption(
            f"{more} {count_words(imported, 'imported incident')}, which {'is' if imported == 1 else 'are'} not on "
            "this page: it is about the record’s claims and sources, and what is imported is one publisher’s word."
        )
    return chosen


def report_faults(faults: tuple[Fault, ...]) -> None:
    """Say what in the store could not be read; the other incidents are shown."""
    if not faults:
        return
    with st.expander(f"{count_words(len(faults), 'fault')} in the incident store: what is at fault is left out"):
        for fault in faults[:200]:
            st.markdown(f"- {plain(str(fault))}")
        st.caption("Mend data/incidents.geojson and reload; `python -m geo validate` lists the same.")


def nothing_chosen(filters: Filters, table: IncidentTable, faults: tuple[Fault, ...]) -> None:
    """Say that no incident is left, and what to do."""
    if not len(table) and faults:
        st.error("The incident store has no incident that can be read. What is wrong with it is listed above.")
    elif not len(table):
        st.info("The incident store is empty. README.md says how to add an incident.")
    elif len(filters.active) == 1:
        st.info("No incident matches. Change or reset it in the filter bar.")
    else:
        st.info("No incident matches. Remove one of the filters, or reset them all in the filter bar.")
