"""How many sources incidents rest on, which outlets, and which sources are weak."""

from collections.abc import Sequence
from typing import Final

import pandas as pd
import streamlit as st

from geo.incident import Incident
from geo.quality import Outlet, only_weak, outlets, sources_per_incident
from geo.sources import CitedSource, cited_sources
from geo.wording import count_words
from ui.card import row
from ui.panel import panel
from ui.quality_bars import bars, in_chart, percent
from ui.sources_table import NOT_ON_RECORD
from ui.state import ask_for_map

_MOST: Final = 15


def sources_section(incidents: Sequence[Incident], everything: Sequence[Incident]) -> None:
    """Draw the section; there is at least one incident."""
    chosen, total = len(incidents), len(everything)
    counts = sources_per_incident(incidents)
    st.markdown("## How many sources")
    st.markdown(
        f"{percent(int(counts[1]), chosen)} rest on a single source: what it got wrong, the record has wrong. More "
        "sources are not more witnesses: several often carry one agency's text."
    )
    named = counts.rename(index=lambda number: count_words(int(number), "source"))
    bars(named, head="Sources", of=chosen, alt_text=f"Incidents by number of sources; {counts[1]:,} have one.")
    st.caption(f"{in_chart(chosen, chosen=chosen, total=total)} A publication entered twice is one source.")
    _outlets(outlets(incidents), chosen=chosen, total=total)
    _weak(incidents, everything)


def _outlets(found: Sequence[Outlet], *, chosen: int, total: int) -> None:
    st.markdown("## Which outlets")
    first = found[0]
    st.markdown(
        f"{count_words(len(found), 'outlet')} in all. {percent(first.incidents, chosen)} of the incidents have a "
        "source of the first below: what it does not reach, the record may miss. An agency's text counts for the "
        "outlet that carries it."
    )
    top = found[:_MOST]
    counts = pd.Series({outlet.name: outlet.incidents for outlet in top}, dtype=int)
    bars(counts, head="Outlet", of=chosen, alt_text=f"The {len(top)} outlets with most incidents, most first.")
    lone = sum(outlet.alone for outlet in found)
    st.caption(
        f"Incidents with at least one source of an outlet; an incident counts for each of its outlets, {lone:,} have "
        f"one only. {total - chosen:,} incidents are filtered out."
        + (f" {count_words(len(found) - _MOST, 'smaller outlet')} not in the chart." if len(found) > _MOST else "")
    )


def _weak(incidents: Sequence[Incident], everything: Sequence[Incident]) -> None:
    cited = cited_sources(everything, [incident.id for incident in incidents])
    weak = [source for source in cited if source.weak]
    st.markdown("## Weak sources")
    if not weak:
        st.markdown("None: no source of these incidents is a mirror or an aggregator.")
        return
    st.markdown(
        f"{len(weak):,} of {count_words(len(cited), 'source')}, {percent(len(weak), len(cited))}, are mirrors or "
        "aggregators. They repeat what others published, add nothing to its weight, and may vanish."
    )
    listed, resting = st.columns([3, 2], gap="medium")
    with listed:
        st.dataframe(
            _shown(weak),
            hide_index=True,
            height=340,
            placeholder=NOT_ON_RECORD,
            column_config={"Link": st.column_config.LinkColumn(display_text="open", width="small")},
            alt="Mirrors and aggregators among the sources of the chosen incidents, by publisher",
        )
    with resting:
        alone = only_weak(incidents)
        panel("quality_weak.html", key="quality-weak", on_choose=ask_for_map, incidents=[row(i) for i in alone])


def _shown(weak: Sequence[CitedSource]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Publisher": [source.publisher for source in weak],
            "Title": [source.title for source in weak],
            "Published": [source.published for source in weak],
            "Incidents": [len(source.incidents) for source in weak],
            "Link": [source.url for source in weak],
        }
    )
