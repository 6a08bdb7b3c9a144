"""Whether the store is sound, how fresh it is, and what was left out of it."""

import pandas as pd
import streamlit as st

from geo.quality import coverage, excluded
from geo.wording import count_words, day_words
from ui.plain_text import plain
from ui.resources import Resources


def store_section(found: Resources) -> None:
    """Draw the state of the store as a whole, whatever the filters."""
    table, faults = found.table, found.faults
    st.markdown("## The store as a whole")
    st.caption("Whatever the filters say.")
    if faults:
        at_fault = "what is at fault is left out and listed at the top of the page"
        st.warning(f"{count_words(len(faults), 'fault')}: {at_fault}. `python -m geo validate` lists the same.")
    else:
        st.success("Valid: every incident, claim, claimant and event group passes all checks.")
    claims = sum(len(incident.claims) for incident in table.incidents)
    sources = sum(len(incident.sources) for incident in table.incidents)
    last = max((incident.date_start for incident in table.incidents), default=None)
    lines = {
        "Last incident": day_words(last) if last else "none",
        "Covered until": day_words(coverage().last_day),
        "Holds": f"{count_words(len(table), 'incident')}, {count_words(claims, 'claim')} by "
        f"{count_words(len(table.claimants), 'claimant')}, {count_words(sources, 'source entry', 'source entries')}",
        "Data version": table.version,
        "Boundary version": found.boundaries.version,
    }
    st.dataframe(
        pd.DataFrame({"": lines.keys(), "The store": lines.values()}),
        hide_index=True,
        width="stretch",
        height="content",
        alt="The state of the store",
    )


def excluded_section() -> None:
    """Draw what was considered and left out, with the reason."""
    rows = excluded()
    st.markdown("## Considered and left out")
    st.markdown(
        f"{count_words(len(rows), 'incident')} coded and then left out of the record, so that nobody has to guess "
        "whether they were overlooked. data/README.md says what the record does not hold at all."
    )
    for row in rows:
        st.markdown(f"- **{plain(row.title)}**, {day_words(row.date_start)}: {plain(row.reason)}.")
