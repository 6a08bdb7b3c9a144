"""On whose word the chosen incidents rest."""

from collections.abc import Mapping, Sequence

import streamlit as st

from geo.contradictions import side_words
from geo.incident import Claimant, Incident
from geo.quality import Voices, lone_sides, voice_mix
from geo.wording import list_words
from ui.plain_text import plain
from ui.quality_bars import bars, in_chart, percent


def voices_section(incidents: Sequence[Incident], claimants: Mapping[str, Claimant], *, total: int) -> None:
    """Draw the section; there is at least one incident."""
    mix = voice_mix(incidents, claimants)
    chosen, alone = len(incidents), int(mix[Voices.ONE.value])
    st.markdown("## On whose word")
    st.markdown(
        f"{percent(alone, chosen)} are told by one side only{_by_whom(incidents, claimants)}. Nobody contradicts them "
        "there, which is not the same as being right. Sides and independence are those of the register of claimants; "
        "a claim that its speaker leaves unconfirmed is no voice."
    )
    bars(mix, head="Who speaks", of=chosen, alt_text=f"Incidents by who speaks about them; {alone:,} by one side only.")
    explained = "; ".join(f"{kind.value}: {kind.words}" for kind in Voices if mix[kind.value])
    st.caption(f"{in_chart(chosen, chosen=chosen, total=total)} {explained[:1].upper()}{explained[1:]}.")


def _by_whom(incidents: Sequence[Incident], claimants: Mapping[str, Claimant]) -> str:
    sides = lone_sides(incidents, claimants)
    named = [f"{count:,} by {plain(side_words(str(side)))}" for side, count in sides.items()]
    return f": {list_words(named)}" if named else ""
