"""The map of provinces by class, how it is made, and what it leaves out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd
import streamlit as st
from geo.render.choropleth import choropleth

from geo.aggregate.by_province import province_not_known, tolls_beside, yearly_values
from geo.aggregate.classes import FEWEST, MOST, Classes, Measure, Scheme, classify, parse_limits
from geo.casualties.rules import Rule
from geo.incident.record import Incident
from geo.language.messages import say
from geo.places.boundaries import BOUNDARY_NOTE
from geo.selection.filters import Filters
from geo.sentences import shared_words
from geo.table.incident_table import IncidentTable
from geo.table.mixture import mixture_words
from ui.parts.page_map import map_view
from ui.parts.panel import plain
from ui.resources import resources
from ui.state import choose_profile, chosen_profile, pull_one, push_one

# How the map of provinces is made: what it shows and how numbers become classes, all of it in the link.

_MEASURES: Final = [Measure.DENSITY, *(measure for measure in Measure if measure is not Measure.DENSITY)]
"""A density first: a count makes big provinces look heavier."""
_SCHEMES: Final = [Scheme.NATURAL, *(scheme for scheme in Scheme if scheme is not Scheme.NATURAL)]
_USUAL: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class MapChoice:
    """What somebody chose for the map of provinces."""

    measure: Measure
    scheme: Scheme
    classes: int
    limits: tuple[float, ...]
    locked: bool
    """Whether the classes stay the same when the year changes."""

    def classes_for(self, provinces: pd.DataFrame, filters: Filters) -> Classes:
        """Make the classes: from the values shown, or if locked from those of every single year."""
        found = resources()
        values = (
            yearly_values(filters, found.table, found.boundaries, self.measure)
            if self.locked
            else self.measure.of(provinces)
        )
        return classify(
            values, scheme=self.scheme, classes=self.classes, decimals=self.measure.decimals, limits=self.limits
        )


def map_choice() -> MapChoice:
    """Draw the choices and return them."""
    measure = Measure(
        _coded(
            say("provinces-map-shows"), "measure", {measure.value: measure.label for measure in _MEASURES}, width_px=230
        )
    )
    with st.popover(say("provinces-classes"), icon=":material/palette:"):
        explained = "\n".join(f"- **{scheme.label}**: {scheme.words}" for scheme in _SCHEMES)
        scheme = Scheme(
            _coded(say("provinces-limits-by"), "scheme", {s.value: s.label for s in _SCHEMES}, explained=explained)
        )
        limits = _own_limits() if scheme is Scheme.OWN else ()
        classes = _USUAL
        if scheme is not Scheme.OWN:
            classes = st.slider(
                say("provinces-how-many-classes"), FEWEST, MOST, _USUAL, key="classes", bind="query-params"
            )
        locked = st.toggle(say("provinces-lock"), key="lock", bind="query-params", help=say("provinces-lock-help"))
    usable = scheme if limits or scheme is not Scheme.OWN else _SCHEMES[0]
    return MapChoice(measure=measure, scheme=usable, classes=classes, limits=limits, locked=locked)


def _coded(
    label: str, key: str, labels: dict[str, str], *, explained: str | None = None, width_px: int | None = None
) -> str:
    codes = list(labels)
    pull_one(key, codes)
    return st.selectbox(
        label,
        codes,
        format_func=labels.__getitem__,
        key=key,
        on_change=push_one,
        args=(key, codes[0]),
        help=explained,
        width=width_px or "stretch",
    )


def _own_limits() -> tuple[float, ...]:
    text = st.text_input(say("provinces-own-limits"), key="limits", bind="query-params", placeholder="1, 5, 20")
    if not text.strip():
        return ()
    try:
        return parse_limits(text)
    except ValueError as error:
        st.error(say("provinces-limits-fault", error=error, scheme=_SCHEMES[0].label.lower()))
        return ()


# The map of provinces by class, and under it what it leaves out and how it was made.

_KEY: Final = "province-map"


def map_of_provinces(
    provinces: pd.DataFrame, choice: MapChoice, classes: Classes, rule: Rule, *, by_dataset: Mapping[str, str]
) -> None:
    """Draw the provinces by class; choosing one opens its profile.

    `by_dataset` says how many incidents of a province are from which dataset, by its code.
    """
    drawn = choropleth(provinces, choice.measure, classes, rule=rule, open_ended=choice.locked, by_dataset=by_dataset)
    map_view(
        drawn | {"selected": chosen_profile()},
        key=_KEY,
        label=say("provinces-map-label", measure=choice.measure.label),
        on_choose=choose_profile,
        function="choropleth",
    )


def map_notes(
    filters: Filters, choice: MapChoice, classes: Classes, *, provinces: pd.DataFrame, table: IncidentTable
) -> None:
    """Say what the map of `provinces` counts and leaves out, how its classes were made, and under which rule."""
    chosen, whole, unknown = table.count(filters), table.whole(filters), province_not_known(filters, table)
    notes = [
        say("provinces-counted", counted=chosen - unknown, all=whole),
        _several_note(table.shared(filters)),
        say("provinces-not-on-map", unknown=unknown, filtered_out=whole - chosen),
        _mixed_note(filters, table),
        classes.outcome,
        _lock_note(filters, choice),
        _scheme_note(choice),
        say("provinces-raw-count") if choice.measure.is_raw_count else "",
        say("provinces-border-count") if choice.measure is Measure.BORDER else "",
        _rule_note(choice, table.rule),
        _beside_note(choice, provinces),
        BOUNDARY_NOTE,
    ]
    st.caption(plain(" ".join(note for note in notes if note)))


def _several_note(shared: Sequence[Incident]) -> str:
    if not shared:
        return ""
    return say("provinces-several-note", sentence=shared_words(shared))


def _mixed_note(filters: Filters, table: IncidentTable) -> str:
    """Say that what is shaded mixes datasets, and where these differ; empty where there is one only."""
    words = mixture_words(table.mixture(filters))
    return say("provinces-mixed-note", differences=words) if words else ""


def _rule_note(choice: MapChoice, rule: Rule) -> str:
    if not choice.measure.counts_people:
        return ""
    return say("provinces-rule-note", measure=choice.measure.label, rule=rule.name, rule_sentence=rule.sentence)


def _beside_note(choice: MapChoice, provinces: pd.DataFrame) -> str:
    told = choice.measure.counts_people or choice.measure is Measure.RATIO
    if not told or tolls_beside(provinces).empty:
        return ""
    return say("provinces-beside-note")


def _lock_note(filters: Filters, choice: MapChoice) -> str:
    if not choice.locked:
        return ""
    single = len(filters.year) == 1 and not (filters.since or filters.until)
    return say("provinces-lock-single" if single else "provinces-lock-many")


def _scheme_note(choice: MapChoice) -> str:
    return say("provinces-limit-note") if choice.scheme is Scheme.OWN else ""
