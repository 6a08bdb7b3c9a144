"""The map of provinces by class, and under it what it leaves out and how it was made."""

from typing import Final

import pandas as pd
import streamlit as st

from geo.aggregate import Classes, Measure, Scheme, tolls_beside
from geo.boundaries import BOUNDARY_NOTE
from geo.choropleth import choropleth
from geo.claims import Rule
from geo.filters import Filters
from geo.table import IncidentTable
from geo.wording import count_words
from ui.map_view import map_view
from ui.plain_text import plain
from ui.province_choice import MapChoice
from ui.state import choose_profile, chosen_profile

_KEY: Final = "province-map"


def province_map(provinces: pd.DataFrame, choice: MapChoice, classes: Classes, rule: Rule) -> None:
    """Draw the provinces by class; choosing one opens its profile."""
    drawn = choropleth(provinces, choice.measure, classes, rule=rule, open_ended=choice.locked)
    map_view(
        drawn | {"selected": chosen_profile()},
        key=_KEY,
        label=f"Map of provinces. {choice.measure.label}",
        on_choose=choose_profile,
        function="choropleth",
    )


def map_notes(
    filters: Filters, choice: MapChoice, classes: Classes, *, provinces: pd.DataFrame, table: IncidentTable
) -> None:
    """Say what the map of `provinces` counts and leaves out, how its classes were made, and under which rule."""
    chosen, whole, inside = table.count(filters), table.whole(filters), int(provinces["incidents"].sum())
    notes = [
        f"{inside:,} of {count_words(whole, 'incident')} are counted in provinces.",
        f"Not on this map: {chosen - inside:,} in several provinces or in one not known,",
        f"{whole - chosen:,} filtered out.",
        classes.outcome,
        _lock_note(filters, choice),
        _scheme_note(choice),
        "Big provinces look heavier on a map of counts; a number per 10,000 km² does not have this fault."
        if choice.measure.is_raw_count
        else "",
        "All incidents of a province are divided by its part of the two borders, near the border or not."
        if choice.measure is Measure.BORDER
        else "",
        _rule_note(choice, table.rule),
        _beside_note(choice, provinces),
        BOUNDARY_NOTE,
    ]
    st.caption(plain(" ".join(note for note in notes if note)))


def _rule_note(choice: MapChoice, rule: Rule) -> str:
    if not choice.measure.counts_people:
        return ""
    shared = "A toll that provinces share counts in each: the map does not add up."
    return f"{choice.measure.label}, {rule.name}. {rule.sentence} {shared}"


def _beside_note(choice: MapChoice, provinces: pd.DataFrame) -> str:
    told = choice.measure.counts_people or choice.measure is Measure.RATIO
    if not told or tolls_beside(provinces).empty:
        return ""
    return "People are those of the record’s claims; what imported datasets tell stands in the table, never added up."


def _lock_note(filters: Filters, choice: MapChoice) -> str:
    if not choice.locked:
        return ""
    single = len(filters.year) == 1 and not (filters.since or filters.until)
    words = "The classes are those of single years and stay when the year changes"
    return f"{words}." if single else f"{words}; choose one year to compare it with others."


def _scheme_note(choice: MapChoice) -> str:
    return "A province on a limit belongs to the lower class." if choice.scheme is Scheme.OWN else ""
