"""How the map of provinces is made: what it shows and how numbers become classes, all of it in the link."""

from dataclasses import dataclass
from typing import Final

import pandas as pd
import streamlit as st

from geo.aggregate import Classes, Measure, Scheme, classify, parse_limits, yearly_values
from geo.aggregate.scheme import FEWEST, MOST
from geo.filters import Filters
from ui.resources import resources
from ui.state import pull_one, push_one

_MEASURES: Final = [Measure.DENSITY, *(measure for measure in Measure if measure is not Measure.DENSITY)]
"""A density first: a count makes big provinces look heavier."""
_SCHEMES: Final = [Scheme.NATURAL, *(scheme for scheme in Scheme if scheme is not Scheme.NATURAL)]
_USUAL: Final = 5
_LOCK: Final = (
    "Classes are made from the values of every single year, whatever years are chosen, so that maps of two years can "
    "be compared. The other filters still count."
)


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
        _coded("Map shows", "measure", {measure.value: measure.label for measure in _MEASURES}, width_px=230)
    )
    with st.popover("Classes", icon=":material/palette:"):
        explained = "\n".join(f"- **{scheme.label}**: {scheme.words}" for scheme in _SCHEMES)
        scheme = Scheme(_coded("Limits by", "scheme", {s.value: s.label for s in _SCHEMES}, explained=explained))
        limits = _own_limits() if scheme is Scheme.OWN else ()
        classes = _USUAL
        if scheme is not Scheme.OWN:
            classes = st.slider("How many classes", FEWEST, MOST, _USUAL, key="classes", bind="query-params")
        locked = st.toggle("Same classes every year", key="lock", bind="query-params", help=_LOCK)
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
    text = st.text_input(
        "Highest value of each class but the last", key="limits", bind="query-params", placeholder="1, 5, 20"
    )
    if not text.strip():
        return ()
    try:
        return parse_limits(text)
    except ValueError as error:
        st.error(f"{error}. Until then: {_SCHEMES[0].label.lower()}.")
        return ()
