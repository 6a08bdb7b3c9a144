"""What a map of provinces shows, in the compact form that `static/map/choropleth.js` draws: a class for each province.

A province without a class says why: left out by the filters, no incident recorded, none recorded with the chosen
precision, no figure stated, or no border to measure by. These are never the lowest class.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd

from geo.aggregate.by_province import CATEGORY_COLUMNS
from geo.aggregate.classes import Classes, Measure
from geo.casualties.rules import Rule
from geo.incident.vocabulary import Registry
from geo.language.messages import say
from geo.language.wording import count_words
from geo.symbology.symbols import sequential


class Unclassed(Registry):
    """Why a province has no class: how a legend says it, and how the province is filled."""

    NONE = "none", say("unclassed-none"), "land"
    IMPRECISE = "imprecise", say("unclassed-coarse"), "hatch"
    NO_FIGURE = "no_figure", say("unclassed-no-figure"), "dots"
    NO_BORDER = "no_border", say("unclassed-no-border"), "neighbour"
    LEFT_OUT = "left_out", say("unclassed-left-out"), "neighbour"

    label: str
    fill: str
    """A field of Palette, or a pattern of `static/map/choropleth.js`."""


def classes_of(provinces: pd.DataFrame, measure: Measure, classes: Classes) -> pd.Series:
    """Return each province's class number, from 0, or why it has none, on the index of `by_province`."""
    found = classes.number(measure.of(provinces)).astype(object)
    why = pd.Series(Unclassed.NO_FIGURE, index=provinces.index, dtype=object)
    why = why.mask(provinces["incidents"] == 0, Unclassed.NONE)
    why = why.mask(provinces["known_only_coarsely"], Unclassed.IMPRECISE)
    if measure is Measure.BORDER:
        why = why.mask(provinces["border_km"].isna(), Unclassed.NO_BORDER)
    why = why.mask(provinces["left_out"] & (provinces["incidents"] == 0), Unclassed.LEFT_OUT)
    return found.where(found.notna(), why)


def choropleth(  # noqa: PLR0913  # all but the first three by name
    provinces: pd.DataFrame,
    measure: Measure,
    classes: Classes,
    *,
    rule: Rule,
    open_ended: bool = False,
    by_dataset: Mapping[str, str] = MappingProxyType({}),
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
    by_dataset
        How many incidents of a province are from which dataset, in words, by its code; empty where there is one only.

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
            code: {"k": k, "v": _value(value, k, measure, rule), "s": _split(row, by_dataset.get(code, ""))}
            for code, k, value, row in zip(provinces.index, found, values, provinces.itertuples(), strict=True)
        },
    }


def _value(value: float, found: int | str, measure: Measure, rule: Rule) -> str:
    if isinstance(found, str):  # pandas may keep the code alone
        return Unclassed(found).label
    said = {"measure": measure.label, "value": measure.write(value)}
    return (
        say("province-value-under", **said, rule=rule.name) if measure.counts_people else say("province-value", **said)
    )


def _split(row: Any, datasets: str) -> str:
    """Say how many incidents there are, of which kinds and from which datasets; empty where there is none."""
    if row.incidents == 0:
        return ""
    kinds = [(getattr(row, name), category) for name, category in CATEGORY_COLUMNS.items()]
    parts = ", ".join(count_words(number, kind.value, kind.plural) for number, kind in kinds if number)
    several = say("province-split-several", incidents=row.in_several) if row.in_several else ""
    of_each = say("province-split-datasets", datasets=datasets) if datasets else ""
    return say("province-split", incidents=row.incidents, kinds=parts, disputed=row.disputed) + several + of_each
