"""What stands beside and below the map of provinces: the provinces in order, or the open profile."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import altair as alt
import pandas as pd
import streamlit as st

from geo.aggregate.by_period import Period, by_period
from geo.aggregate.by_province import (
    ABOUT_OF_COLUMN,
    CATEGORY_COLUMNS,
    border_parts,
    crossing_points_of,
    toll_of_row,
)
from geo.aggregate.classes import Measure
from geo.casualties.rules import Rule
from geo.incident.record import Incident
from geo.incident.vocabulary import IMPORTED_ONLY, Category, Country, Status, borders_in_words
from geo.language.formatting import list_words, period_words
from geo.language.messages import number_words, say
from geo.places.boundaries import BOUNDARY_NOTE
from geo.render.left_out import left_out, left_out_of_chart
from geo.selection.filters import Filters
from geo.sentences import tolls_together
from geo.symbology.symbols import sequential
from geo.table.dataset_mix import Mixture, differences, people_words
from geo.table.incident_rows import CURATED
from geo.table.incident_table import IncidentTable
from ui.parts.card import EVENT_PREFIX, beside_tolls, row, what_is_disputed
from ui.parts.components import category_scale, panel, plain, scheme, symbol
from ui.parts.filter_bar import one_of_few
from ui.parts.header import mixture_caption
from ui.parts.page_map import map_view, selection_marks
from ui.resources import Resources
from ui.state import ask_for_event, ask_for_map, choose_profile

# What stands beside the map of provinces: the provinces in order, or the open profile in words and numbers.

_KEY: Final = "province-panel"
_PROVINCE_PREFIX: Final = "province:"


def ranking(
    provinces: pd.DataFrame, measure: Measure, rule: Rule, *, apart: int, by_dataset: Mapping[str, str]
) -> None:
    """Draw the provinces that have a value, highest first.

    Of `apart` incidents the province is not known; `by_dataset` says how many of a province are from which dataset, by
    code.
    """
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
                "datasets": by_dataset.get(str(code), "") if not measure.counts_people else "",
                "share": round(100 * value / highest, 1),
            }
            for code, value in values.items()
        ],
        apart=say("provinces-apart", incidents=apart) if apart else "",
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
    """Draw a province's profile, people by the incidents that lie in it alone; what it shares stands apart, in words.

    `province` is a row of `by_province` with its code as Index, `incidents` its chosen ones, or the latest of them,
    `chosen` how many there are in all provinces and none, `beside` what imported datasets tell of its dead.
    """
    table, here = found.table, filters.in_province(province.Index)
    inside = table.curated(here) if here else ()
    own = [incident for incident in inside if not incident.provinces]
    shared = [incident for incident in inside if incident.provinces]
    mixture = table.mixture(here) if here else Mixture(parts=())
    panel(
        "province.html",
        key=_KEY,
        on_choose=_chosen,
        opened=str(province.Index),
        province=province.province,
        country=Country(province.country).label,
        area_km2=int(province.area_km2),
        share=_share(province.incidents, chosen),
        empty=_empty(province, filters, found),
        kinds=_kinds(province),
        numbers=_numbers(province) if incidents else [],
        tolls=_tolls(
            province, beside, alone=bool(shared), none_of_record=_none_of_record(mixture, table.mixture(filters))
        ),
        datasets=[(part.title, say("number", number=part.incidents)) for part in mixture.parts]
        if mixture.mixed
        else [],
        apart=[words for words in (*differences(mixture), people_words(mixture)) if words],
        shared=tolls_together(shared, table.total),
        beside=beside_tolls(
            {about: table.total(own, about, shared=shared) for about in ABOUT_OF_COLUMN.values()}, table
        ),
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
    if choice.startswith(EVENT_PREFIX):
        ask_for_event(choice.removeprefix(EVENT_PREFIX))
    elif choice and not choice.startswith(_PROVINCE_PREFIX):
        ask_for_map(choice)
    else:
        choose_profile(choice.removeprefix(_PROVINCE_PREFIX) or None)


def _share(incidents: int, chosen: int) -> str:
    if not incidents:
        return say("profile-none")
    return say("profile-share", incidents=incidents, percent=number_words(100 * incidents / chosen), chosen=chosen)


def _empty(province: Any, filters: Filters, found: Resources) -> str:
    """Say why nothing is there, and what to do."""
    recorded = found.table.count(Filters(province=(province.Index,)))
    if not recorded:
        return say("profile-nothing-recorded", province=province.province)
    if province.known_only_coarsely:
        return say("profile-known-coarsely")
    advice = say("profile-remove-filter") if len(filters.active) > 1 else say("profile-change-filter")
    return say("profile-filters-leave-none", recorded=recorded, province=province.province, advice=advice)


def _kinds(province: Any) -> list[tuple[Any, str, str]]:
    counts = {category: getattr(province, name) for name, category in CATEGORY_COLUMNS.items()}
    return [
        (symbol(category, Status.REPORTED), category.label, say("number", number=count))
        for category, count in counts.items()
        if count or category not in IMPORTED_ONLY
    ]


def _numbers(province: Any) -> list[tuple[str, str]]:
    numbers = [
        (
            say("profile-disputed"),
            say("profile-disputed-count", count=province.disputed, percent=number_words(100 * province.disputed_share)),
        ),
        (say("profile-per-10000-km2"), number_words(province.per_10000_km2, 2)),
    ]
    if not pd.isna(province.per_100_km_border):
        numbers.append((say("profile-per-100-km-border"), number_words(province.per_100_km_border, 2)))
    if province.in_several:
        numbers.append((say("profile-in-others"), say("number", number=province.in_several)))
    return [*numbers, (say("profile-first"), province.first_in_words), (say("profile-last"), province.last_in_words)]


def _tolls(province: Any, beside: Mapping[str, str], *, alone: bool, none_of_record: bool) -> list[tuple[str, str]]:
    """Return tolls by what they count; `alone` tells that there are others, of what the province shares."""
    killed, *others = (
        (
            say("profile-alone", about=about.label) if alone else about.label,
            "–" if none_of_record else toll_of_row(province, name),
        )
        for name, about in ABOUT_OF_COLUMN.items()
    )
    return [killed, *beside.items(), *others]


def _none_of_record(here: Mixture, everywhere: Mixture) -> bool:
    """Tell whether tolls are the record's, which has incidents in the selection, but none of them here."""
    own = {part.id for part in everywhere.present}
    return CURATED in own and CURATED in {part.id for part in here.parts if not part.incidents}


def _border(code: str, found: Resources) -> str:
    parts = border_parts(found.boundaries).get(code, {})
    if not parts:
        return say("profile-no-border", borders=borders_in_words("or"))
    named = [say("profile-border-part", km=round(km), line=border.words) for border, km in parts.items()]
    return say("profile-border", parts=list_words(named))


def _disputed(code: str, filters: Filters, found: Resources) -> list[tuple[str, list[str]]]:
    """List the record's disputed incidents, latest first, with who denies what and whose figures differ."""
    here = filters.in_province(code)
    incidents = () if here is None else found.table.curated(here)
    return [
        (incident.title, what_is_disputed(incident, found.table.claimants))
        for incident in reversed(incidents)
        if incident.status is Status.DISPUTED
    ]


# The open profile below the map of provinces: its ground with its incidents, and when they took place.

_HEIGHT_PX: Final = 320


def profile_details(province: Any, here: Filters | None, filters: Filters, found: Resources) -> None:
    """Draw the map and the timeline of a province, a row of `by_province` with its code as Index.

    `here` is the selection in this province only, None where it leaves it out.
    """
    table = found.table
    marks = selection_marks(here, found)
    st.markdown(f"## {say('profile-where-and-when', province=plain(province.province))}")
    ground, time = st.columns([1, 1], gap="medium")
    with ground:
        map_view(
            {
                "code": province.Index,
                "marks": marks | {"selected": None, "scheme": scheme()},
            },
            key="profile-map",
            label=say("profile-map-label", province=province.province),
            on_choose=ask_for_map,
            function="province",
            height_px=_HEIGHT_PX,
        )
        counts = left_out(filters, table, province_code=province.Index)
        st.caption(f"{counts.sentences()}{mixture_caption(here, table) if here else ''} {BOUNDARY_NOTE}")
    with time:
        _timeline(province, filters, table)


def _timeline(province: Any, filters: Filters, table: IncidentTable) -> None:
    names = {period.value: say(f"step-{period}") for period in Period}
    period = Period(one_of_few(say("profile-incidents-by"), "timeline", names, default=Period.QUARTER))
    everywhere = by_period(filters, table, period=period)
    here = everywhere[everywhere["province_code"] == province.Index]
    here = here.groupby(["period", "category"], as_index=False)["incidents"].sum()
    if here.empty:
        st.caption(say("profile-no-incident", province=plain(province.province)))
        return
    st.altair_chart(_chart(here, everywhere["period"]), width="stretch", alt=_in_words(here, period))
    counts = left_out_of_chart(filters, table, period=period.value, province_code=province.Index)
    axis = say("profile-chart-note")
    inside = filters.in_province(province.Index) or filters
    st.caption(f"{counts.sentences()} {axis}{mixture_caption(inside, table)}")


def _chart(counts: pd.DataFrame, span: pd.Series) -> Any:
    dated = pd.DataFrame(
        {
            "start": counts["period"].dt.start_time,
            "end": counts["period"].dt.end_time.dt.ceil("D"),
            "category": [Category(category).label for category in counts["category"]],
            "incidents": counts["incidents"],
            "named": [_named(period) for period in counts["period"]],
            "order": [list(Category).index(Category(category)) for category in counts["category"]],
        }
    )
    domain = [f"{span.min().start_time:%Y-%m-%d}", f"{span.max().end_time:%Y-%m-%d}"]
    return (
        alt.Chart(dated, height=_HEIGHT_PX - 110)
        .mark_bar(binSpacing=1, orient="vertical")
        .encode(
            x=alt.X(
                "start:T",
                title=None,
                scale=alt.Scale(domain=domain),
                axis=alt.Axis(format="%Y", tickCount="year", grid=False),
            ),
            x2="end:T",
            y=alt.Y("incidents:Q", title=None, stack="zero", axis=alt.Axis(tickCount=4, tickMinStep=1, format="d")),
            color=alt.Color(
                "category:N",
                scale=category_scale(set(counts["category"])),
                legend=alt.Legend(orient="top", title=None, symbolType="square"),
            ),
            order="order:Q",
            tooltip=[
                alt.Tooltip("named:N", title=say("column-period")),
                alt.Tooltip("category:N", title=say("column-category")),
                alt.Tooltip("incidents:Q", title=say("column-incidents"), format=","),
            ],
        )
    )


def _in_words(counts: pd.DataFrame, period: Period) -> str:
    sums = counts.groupby("period")["incidents"].sum()
    highest: Any = sums.idxmax()
    return say(
        "profile-chart-label",
        period=say(f"step-{period}"),
        first=_named(sums.index[0]),
        last=_named(sums.index[-1]),
        most=int(sums.max()),
        peak=_named(highest),
    )


def _named(period: pd.Period) -> str:
    return period_words(period.start_time.date(), period.end_time.date())
