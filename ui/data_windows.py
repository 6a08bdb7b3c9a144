"""How far two reports may be apart to be shown as a possible duplicate."""

import streamlit as st

from geo.datasets.duplicates import DAY_CHOICES, KM_CHOICES, Windows
from geo.wording import count_words


def choose_windows() -> Windows:
    """Draw the windows and return them."""
    beside_km, beside_days, beside_more = st.columns([1, 1, 2], gap="small", vertical_alignment="bottom")
    km = beside_km.segmented_control(
        "At most apart",
        KM_CHOICES,
        format_func=lambda km: f"{km} km",
        default=max(KM_CHOICES),
        required=True,
        key="data-pair-km",
        persist_state="session",
    )
    days = beside_days.segmented_control(
        "Days between",
        DAY_CHOICES,
        format_func=lambda days: count_words(days, "day"),
        default=max(DAY_CHOICES),
        required=True,
        key="data-pair-days",
        persist_state="session",
    )
    with beside_more.container(horizontal=True, gap="medium"):
        category = st.toggle("Same category", key="data-pair-category", persist_state="session")
        actors = st.toggle("Actors in common", key="data-pair-actors", persist_state="session")
    return Windows(km=int(km), days=int(days), same_category=category, shared_actors=actors)


def none_words(windows: Windows) -> str:
    """Say that no pair is within the windows."""
    narrowed = windows.same_category or windows.shared_actors or windows.km < max(KM_CHOICES)
    return "No two reports are that close. " + (
        "Widen the windows to see more." if narrowed else "Nothing is to decide."
    )
