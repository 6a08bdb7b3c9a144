"""How soon the chosen incidents were reported."""

from collections.abc import Sequence

import streamlit as st

from geo.incident import Incident
from geo.quality import delays
from geo.wording import count_words
from ui.quality_bars import bars, in_chart, percent


def delay_section(incidents: Sequence[Incident], *, total: int) -> None:
    """Draw the section; there is at least one incident."""
    found = delays(incidents)
    chosen, known = len(incidents), len(found.days)
    st.markdown("## Days from event to first report")
    if found.median is None:
        st.markdown("No chosen incident has both a known day and a dated source.")
        return
    soon = sum(days <= 1 for days in found.days)
    st.markdown(
        f"The median is {count_words(round(found.median), 'day')}; {percent(soon, known)} were reported by the day "
        "after. A long wait may lie in the place, or in which reports were found. "
        f"{found.undated_sources:,} of {count_words(found.sources, 'source entry', 'source entries')} have no date, so "
        "that a first report may be earlier than it seems here."
    )
    bars(
        found.distribution(),
        head="First report",
        of=known,
        alt_text=f"Incidents by days to the first dated report; the median is {found.median:g}.",
    )
    left = f"without a dated source ({found.undated:,}) or with an unknown day ({found.day_not_known:,})"
    st.caption(in_chart(known, chosen=chosen, total=total, why_not=left))
