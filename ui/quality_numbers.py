"""The page on data quality in five numbers."""

from collections.abc import Mapping, Sequence

import streamlit as st

from geo.incident import Claimant, Incident
from geo.quality import Voices, delays, precision_mix, sources_per_incident, voice_mix
from geo.wording import count_words
from ui.quality_bars import percent


def quality_numbers(incidents: Sequence[Incident], claimants: Mapping[str, Claimant]) -> None:
    """Draw the numbers; there is at least one incident."""
    chosen = len(incidents)
    mix = precision_mix(incidents)
    wait = delays(incidents).median
    single = int(sources_per_incident(incidents)[1])
    alone = int(voice_mix(incidents, claimants)[Voices.ONE.value])
    numbers = {
        "Place known as a point": (
            percent(int(mix.loc[["exact", "near"]].to_numpy().sum()), chosen),
            "Exactly or near",
        ),
        "Day known": (percent(int(mix["day"].sum()), chosen), "The others to a week or a month"),
        "Told by one side only": (percent(alone, chosen), Voices.ONE.words),
        "With a single source": (percent(single, chosen), "One publication, whoever repeats it"),
        "To the first report": (
            "not known" if wait is None else count_words(round(wait), "day"),
            "Median, where the day is known and a source is dated",
        ),
    }
    for beside, (label, (value, explained)) in zip(st.columns(len(numbers)), numbers.items(), strict=True):
        beside.metric(label, value, help=explained)
