"""What stands beside the map of provinces: the provinces in order, or the open profile in words and numbers."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from geo.aggregate import TOLLS, Measure, border_parts, crossing_points_of, toll_words
from geo.claims import Rule
from geo.dispute import disputed_points
from geo.filters import Filters
from geo.incident import Incident
from geo.ramp import sequential
from geo.vocabulary import IMPORTED_ONLY, Category, Country, Status
from geo.wording import count_words, day_words, list_words
from ui.card import row
from ui.panel import panel, symbol
from ui.resources import Resources
from ui.scheme import scheme
from ui.state import ask_for_map, choose_profile

_KEY: Final = "province-panel"
_PROVINCE_PREFIX: Final = "province:"


def ranking(provinces: pd.DataFrame, measure: Measure, rule: Rule, *, apart: int) -> None:
    """Draw the provinces that have a value, highest first; `apart` incidents are in no one province."""
    values = measure.of(provinces).dropna().sort_values(ascending=False, kind="stable")
    highest = max(float(values.max()), 1e-9) if len(values) else 1.0
    panel(
        "ranking.html",
        key=_KEY,
        on_choose=_chosen,
        title=measure.label,
        rule=rule.name if measure.counts_people else "",
        rule_sentence=rule.sentence,
        colour=sequential(1, dark=scheme() == "dark")[0],
        provinces=[
            {
                "code": f"{_PROVINCE_PREFIX}{code}",
                "name": provinces["province"][str(code)],
                "country": provinces["country"][str(code)],
                "value": measure.write(value),
                "share": round(100 * value / highest, 1),
            }
            for code, value in values.items()
        ],
        apart=f"{count_words(apart, 'incident')} in several provinces, or in one that is not known." if apart else "",
    )


def profile_panel(  # noqa: PLR0913  # what there is to say of a province
    province: Any,
    incidents: Sequence[Incident],
    filters: Filters,
    found: Resources,
    *,
    chosen: int,
    beside: Mapping[str, str],
) -> None:
    """Draw a province's profile.

    `province` is a row of `by_province` with its code as Index, `incidents` its chosen ones, or the latest of them,
    `chosen` how many there are in all provinces and none, `beside` what imported datasets tell of its dead.
    """
    panel(
        "province.html",
        key=_KEY,
        on_choose=_chosen,
        focus=True,
        province=province.province,
        country=Country(province.country).label,
        area_km2=int(province.area_km2),
        share=_share(province.incidents, chosen),
        empty=_empty(province, filters, found),
        kinds=_kinds(province),
        numbers=_numbers(province) if incidents else [],
        tolls=_tolls(province, beside),
        apart=bool(beside),
        split=any(getattr(province, f"{name}_split") for name in TOLLS),
        rule=found.table.rule.name,
        rule_sentence=found.table.rule.sentence,
        border=_border(province.Index, found),
        crossing_points=crossing_points_of(province.Index, found.boundaries),
        disputed=_disputed(province.Index, filters, found),
        incidents=[row(incident) for incident in reversed(incidents)],
        more=province.incidents - len(incidents),
    )


def _chosen(choice: str) -> None:
    """Open a province's profile or an incident, or close the profile if the choice is empty."""
    if choice and not choice.startswith(_PROVINCE_PREFIX):
        ask_for_map(choice)
    else:
        choose_profile(choice.removeprefix(_PROVINCE_PREFIX) or None)


def _share(incidents: int, chosen: int) -> str:
    if not incidents:
        return "No incident among those chosen"
    return f"{count_words(incidents, 'incident')}, {100 * incidents / chosen:.0f} % of the {chosen:,} chosen"


def _empty(province: Any, filters: Filters, found: Resources) -> str:
    """Say why nothing is there, and what to do."""
    recorded = found.table.count(Filters(province=(province.Index,)))
    if not recorded:
        return f"No incident is recorded in {province.province}. That is no proof that there was none."
    if province.known_only_coarsely:
        return "Incidents are recorded here, but none is known with the precision that the filter asks for."
    advice = "Remove a filter to see more." if len(filters.active) > 1 else "Change or reset the filter."
    return f"{count_words(recorded, 'incident')} recorded in {province.province}; the filters leave none. {advice}"


def _kinds(province: Any) -> list[tuple[Any, str, str]]:
    counts = (province.crossings, province.strikes, province.clashes, province.others)
    return [
        (symbol(category, Status.REPORTED), category.value, f"{count:,}")
        for category, count in zip(Category, counts, strict=True)
        if count or category not in IMPORTED_ONLY
    ]


def _numbers(province: Any) -> list[tuple[str, str]]:
    numbers = [
        ("disputed", f"{province.disputed:,} ({100 * province.disputed_share:.0f} %)"),
        ("per 10,000 km²", f"{province.per_10000_km2:,.2f}"),
    ]
    if not pd.isna(province.per_100_km_border):
        numbers.append(("per 100 km of border", f"{province.per_100_km_border:,.2f}"))
    first, last = province.first.date(), province.last.date()
    return [*numbers, ("first", day_words(first)), ("last", day_words(last))]


def _tolls(province: Any, beside: Mapping[str, str]) -> list[tuple[str, str]]:
    killed, *others = ((name, toll_words(province, name)) for name in TOLLS)
    return [killed, *beside.items(), *others]


def _border(code: str, found: Resources) -> str:
    parts = border_parts(found.boundaries).get(code, {})
    if not parts:
        return "It has no part of the Durand Line or the Afghan–Tajik border."
    return f"Its part of the border: {list_words([f'{km:,.0f} km of the {name}' for name, km in parts.items()])}."


def _disputed(code: str, filters: Filters, found: Resources) -> list[tuple[str, list[str]]]:
    """List the record's disputed incidents, latest first, with who denies what and whose figures differ."""
    here = filters.in_province(code)
    incidents = () if here is None else found.table.curated(here)
    return [
        (incident.title, disputed_points(incident, found.table.claimants) or [f"{Status.DISPUTED.words}.".capitalize()])
        for incident in reversed(incidents)
        if incident.status is Status.DISPUTED
    ]
