"""What a map of provinces shows, in the compact form that `static/map/choropleth.js` draws: a class for each province.

A province without a class says why: no incident recorded, none recorded with the chosen precision, no figure stated,
or no border to measure by. These are never the lowest class.
"""

from enum import StrEnum
from typing import Any, Final

import pandas as pd

from geo.aggregate.classify import Classes
from geo.aggregate.measure import Measure
from geo.claims import Rule
from geo.ramp import sequential
from geo.wording import count_words


class Unclassed(StrEnum):
    """Why a province has no class."""

    NONE = "none"
    IMPRECISE = "imprecise"
    NO_FIGURE = "no_figure"
    NO_BORDER = "no_border"

    @property
    def label(self) -> str:
        """Say it, for a legend."""
        return _WHY[self]


_WHY: Final = {
    Unclassed.NONE: "No incident recorded",
    Unclassed.IMPRECISE: "None recorded with this precision",
    Unclassed.NO_FIGURE: "Incidents, but no figure",
    Unclassed.NO_BORDER: "No border here",
}


def classes_of(provinces: pd.DataFrame, measure: Measure, classes: Classes) -> pd.Series:
    """Return each province's class number, from 0, or why it has none, on the index of `by_province`."""
    found = classes.number(measure.of(provinces)).astype(object)
    why = pd.Series(Unclassed.NO_FIGURE, index=provinces.index, dtype=object)
    why = why.mask(provinces["incidents"] == 0, Unclassed.NONE)
    why = why.mask(provinces["known_only_coarsely"], Unclassed.IMPRECISE)
    if measure is Measure.BORDER:
        why = why.mask(provinces["border_km"].isna(), Unclassed.NO_BORDER)
    return found.where(found.notna(), why)


def choropleth(
    provinces: pd.DataFrame, measure: Measure, classes: Classes, *, rule: Rule, open_ended: bool = False
) -> dict[str, Any]:
    """Return what the map draws; equal numbers give equal values.

    Parameters
    ----------
    provinces
        As `by_province` returns them.
    measure, classes
        What is shown, and its classes.
    rule
        Under which the numbers of people were made.
    open_ended
        Whether the classes were made from other values than these, so that some may lie outside.

    """
    found = classes_of(provinces, measure, classes)
    counted = found.value_counts()
    legend: list[dict[str, Any]] = [
        {
            "k": number,
            "label": classes.label(number, measure.write, open_ended=open_ended),
            "n": int(counted.get(number, 0)),
        }
        for number in range(len(classes))
    ]
    legend += [{"k": why.value, "label": why.label, "n": int(counted[why])} for why in Unclassed if why in counted]
    values = measure.of(provinces)
    return {
        "title": measure.label,
        "rule": rule.name if measure.counts_people else "",
        "ramps": {
            scheme: list(sequential(max(len(classes), 1), dark=scheme == "dark"))[: len(classes)]
            for scheme in ("light", "dark")
        },
        "legend": legend,
        "provinces": {
            code: {"k": k, "v": _value(value, k, measure, rule), "s": _split(row)}
            for code, k, value, row in zip(provinces.index, found, values, provinces.itertuples(), strict=True)
        },
    }


def _value(value: float, found: int | Unclassed, measure: Measure, rule: Rule) -> str:
    if isinstance(found, Unclassed):
        return found.label
    under = f" ({rule.name})" if measure.counts_people else ""
    return f"{measure.label}: {measure.write(value)}{under}"


def _split(row: Any) -> str:
    """Say how many incidents there are, of which kinds; empty where there is none."""
    if row.incidents == 0:
        return ""
    kinds = (
        *((row.crossings, "crossing", None), (row.strikes, "strike", None), (row.clashes, "clash", "clashes")),
        (row.others, "other", "others"),
    )
    parts = ", ".join(count_words(number, singular, plural) for number, singular, plural in kinds if number)
    return f"{count_words(row.incidents, 'incident')}: {parts}; {row.disputed:,} disputed"
