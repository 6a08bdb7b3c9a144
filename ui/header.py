"""The head of a page: its title, how many incidents are meant, and which."""

from typing import Final

import streamlit as st

from geo.boundaries import Boundaries
from geo.choice import choice_words
from geo.errors import Fault
from geo.filters import Filters
from geo.table import IncidentTable
from geo.table_rows import CURATED
from geo.wording import count_words
from ui.plain_text import plain
from ui.resources import Resources


def page_header(title: str, filters: Filters, table: IncidentTable, layers: Boundaries) -> int:
    """Draw the head and return how many incidents are chosen."""
    return _head(title, choice_words(filters, table, layers), filters, table)


def record_header(title: str, filters: Filters, found: Resources) -> int:
    """Draw the head of a page about the record alone and return how many of its incidents are chosen.

    How many imported incidents of the choice the page leaves out stands below, with the reason.
    """
    words = choice_words(filters, found.table, found.boundaries)
    chosen = _head(title, words, filters, found.table.record())
    imported = found.table.count(filters) - chosen
    if imported:
        more = "The choice also has" if chosen else "The choice has"
        st.caption(
            f"{more} {count_words(imported, 'imported incident')}, which {'is' if imported == 1 else 'are'} not on "
            "this page: it is about the record’s claims and sources, and what is imported is one publisher’s word."
        )
    return chosen


def _head(title: str, words: str, filters: Filters, table: IncidentTable) -> int:
    chosen = table.count(filters)
    st.markdown(f"# {title}")
    st.markdown(f"**{chosen:,} of {count_words(table.whole(filters), 'incident')}** · {plain(words)}")
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
    elif filters.since and filters.until and filters.since > filters.until:
        st.info("No incident matches: Until is before Since. Change one of the two in the filter bar.")
    elif len(filters.active) == 1:
        st.info("No incident matches. Change the filter, or reset it in the filter bar.")
    else:
        st.info("No incident matches. Remove one of the filters, or reset them all in the filter bar.")


def nothing_of_record(filters: Filters, found: Resources) -> None:
    """Say, on a page about the record alone, that none of its incidents is left, and what to do."""
    record = found.of_record()
    leaves_out = bool(filters.dataset) and CURATED not in filters.dataset
    if not len(record.table) or not (leaves_out or found.table.count(filters)):
        nothing_chosen(filters, record.table, record.faults)
        return
    if leaves_out:
        st.info("The choice leaves the record out. Choose “the record”, too, under Dataset in the filter bar.")
    else:
        st.info("Only imported incidents match. Remove one of the filters, or reset them all in the filter bar.")
    st.page_link(_MAP, label="See imported incidents on the map", icon=":material/map:")


_MAP: Final = "pages/explore/map.py"
