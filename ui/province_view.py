"""The page of provinces: choropleth with ranking or profile, tables, and files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from operator import itemgetter
from typing import Any, Final

import altair as alt
import pandas as pd
import streamlit as st

from geo.aggregate.by_period import (
    TOTAL,
    Period,
    by_period,
    by_quarter,
    dataset_column,
    dataset_counts,
    incidents_by_dataset,
    people_by,
    pivot,
)
from geo.aggregate.by_province import (
    ABOUT_OF_COLUMN,
    CATEGORY_COLUMNS,
    CLUSTER_CLAIMS,
    FEWEST_CLASSES,
    FLOWS,
    MOST_CLASSES,
    RARE_COLUMNS,
    Classes,
    Measure,
    Scheme,
    border_parts,
    by_province,
    classify,
    counted_once,
    crossing_points_of,
    parse_limits,
    province_not_known,
    toll_of_row,
    tolls_beside,
    without_province,
    yearly_values,
)
from geo.casualties import Rule
from geo.export import csv_format, xlsx_format
from geo.export.page_files import provinces_csv, provinces_workbook
from geo.incident.record import Incident
from geo.incident.vocabulary import IMPORTED_ONLY, About, Category, Country, Status, borders_in_words
from geo.language.messages import list_words, number_words, period_words, say
from geo.places.boundaries import BOUNDARY_NOTE, Boundaries
from geo.render.left_out import left_out, left_out_of_chart
from geo.render.web_map import choropleth
from geo.selection import Filters
from geo.sentences import NO_PROVINCE_NAME, counted_more_words, shared_words, tolls_together
from geo.symbology.symbols import sequential
from geo.table.incident_rows import CURATED
from geo.table.incident_table import IncidentTable
from geo.table.queries import TollsBy
from geo.table.shown_datasets import Mixture, counts_words, differences, mixture_words, people_words
from ui.parts.card import EVENT_PREFIX, beside_tolls, row, what_is_disputed
from ui.parts.components import category_scale, panel, plain, scheme, symbol
from ui.parts.downloads import page_downloads
from ui.parts.filter_bar import choice_of_one, one_of_few, one_to_open
from ui.parts.page_frame import mixture_caption
from ui.parts.page_map import aim_at_provinces, map_view, selection_marks
from ui.parts.tables import (
    COUNTRIES,
    SORTS,
    WHEN,
    WIDE_PX,
    Cell,
    Column,
    draw_table,
    how_to_choose,
    table_html,
    trend_cell,
    when_cell,
)
from ui.resources import Resources, resources
from ui.state import (
    EVENT_KEY,
    EVENTS_PAGE,
    PROFILE_KEY,
    ask_for,
    ask_for_map,
    note_ignored,
    note_unknown,
    put_in_url,
    value_in_url,
)

# The panel beside the map: the ranking of provinces, or the open profile.

_PANEL_KEY: Final = "province-panel"
_PROVINCE_PREFIX: Final = "province:"


def ranking(
    provinces: pd.DataFrame, measure: Measure, rule: Rule, *, apart: int, by_dataset: Mapping[str, str]
) -> None:
    """Draw the provinces that have a value, highest first.

    `apart` is the number of incidents whose province is not known; `by_dataset` has counts per dataset in words, by
    province code.
    """
    values = measure.of(provinces).dropna().sort_values(ascending=False, kind="stable")
    highest = max(float(values.max()), 1e-9) if len(values) else 1.0
    panel(
        "ranking.html",
        key=_PANEL_KEY,
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


def profile_panel(  # noqa: PLR0913  # all contents of a profile
    province: Any,
    incidents: Sequence[Incident],
    filters: Filters,
    found: Resources,
    *,
    chosen: int,
    beside: Mapping[str, Mapping[str, str]],
) -> None:
    """Draw a province's profile.

    Tolls count only incidents that lie in this province alone; those of shared incidents are stated separately.
    `province` is a row of `by_province` with its code as Index; `incidents` are its selected incidents or the latest of
    them; `chosen` is the number of selected incidents anywhere; `beside` is the result of `_beside`.
    """
    table, here = found.table, filters.in_province(province.Index)
    inside = table.curated(here) if here else ()
    unshared = [incident for incident in inside if not incident.provinces]
    shared = [incident for incident in inside if incident.provinces]
    mixture = table.mixture(here) if here else Mixture(parts=())
    panel(
        "province.html",
        key=_PANEL_KEY,
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
            {about: table.total(unshared, about, shared=shared) for about in ABOUT_OF_COLUMN.values()}, table
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
        ask_for(EVENTS_PAGE, EVENT_KEY, choice.removeprefix(EVENT_PREFIX))
    elif choice and not choice.startswith(_PROVINCE_PREFIX):
        ask_for_map(choice)
    else:
        put_in_url(PROFILE_KEY, choice.removeprefix(_PROVINCE_PREFIX) or None)


def _share(incidents: int, chosen: int) -> str:
    if not incidents:
        return say("profile-none")
    return say("profile-share", incidents=incidents, percent=number_words(100 * incidents / chosen), chosen=chosen)


def _empty(province: Any, filters: Filters, found: Resources) -> str:
    """Say why the province has no incidents, and what to do."""
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


def _tolls(
    province: Any, beside: Mapping[str, Mapping[str, str]], *, alone: bool, none_of_record: bool
) -> list[tuple[str, str]]:
    """Return tolls by label; `alone` if incidents that the province shares have tolls of their own."""
    tolls: list[tuple[str, str]] = []
    for name, about in ABOUT_OF_COLUMN.items():
        own = "–" if none_of_record else toll_of_row(province, name)
        tolls += [(say("profile-alone", about=about.label) if alone else about.label, own), *beside[name].items()]
    return tolls


def _none_of_record(here: Mixture, everywhere: Mixture) -> bool:
    """Return whether the record has incidents in the selection, but none here."""
    present = {part.id for part in everywhere.present}
    return CURATED in present and CURATED in {part.id for part in here.parts if not part.incidents}


def _border(code: str, found: Resources) -> str:
    parts = border_parts(found.boundaries).get(code, {})
    if not parts:
        return say("profile-no-border", borders=borders_in_words("or"))
    named = [say("profile-border-part", km=round(km), line=border.words) for border, km in parts.items()]
    return say("profile-border", parts=list_words(named))


def _disputed(code: str, filters: Filters, found: Resources) -> list[tuple[str, list[str]]]:
    """List the record's disputed incidents, latest first, each with its disputed points."""
    here = filters.in_province(code)
    incidents = () if here is None else found.table.curated(here)
    return [
        (incident.title, what_is_disputed(incident, found.table.claimants))
        for incident in reversed(incidents)
        if incident.status is Status.DISPUTED
    ]


# The open profile below the map: its incidents on a map, and over time.

_HEIGHT_PX: Final = 320


def profile_details(province: Any, here: Filters | None, filters: Filters, found: Resources) -> None:
    """Draw the map and the timeline of a province, a row of `by_province` with its code as Index.

    `here` is the selection restricted to this province, None if it excludes the province.
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


# Options of the choropleth: its measure and classes, all kept in the link.

_MEASURES: Final = [Measure.DENSITY, *(measure for measure in Measure if measure is not Measure.DENSITY)]
"""Density comes first, as a map of counts makes large provinces stand out."""
_SCHEMES: Final = [Scheme.NATURAL, *(scheme for scheme in Scheme if scheme is not Scheme.NATURAL)]
_USUAL: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class MapChoice:
    """Options of the choropleth."""

    measure: Measure
    scheme: Scheme
    classes: int
    limits: tuple[float, ...]
    locked: bool
    """Whether the classes stay the same when another year is selected."""

    def classes_for(self, provinces: pd.DataFrame, filters: Filters) -> Classes:
        """Classify the values shown or, if locked, those of all single years."""
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
    """Draw the widgets of the options and return their values."""
    measure = Measure(
        choice_of_one(say("provinces-map-shows"), "measure", {m.value: m.label for m in _MEASURES}, width=230)
    )
    with st.popover(say("provinces-classes"), icon=":material/palette:"):
        explained = "\n".join(f"- **{scheme.label}**: {scheme.words}" for scheme in _SCHEMES)
        scheme = Scheme(
            choice_of_one(say("provinces-limits-by"), "scheme", {s.value: s.label for s in _SCHEMES}, help=explained)
        )
        limits = _own_limits() if scheme is Scheme.OWN else ()
        classes = _USUAL
        note_unknown("classes", [str(number) for number in range(FEWEST_CLASSES, MOST_CLASSES + 1)])
        note_unknown("lock", ["true", "false"])
        if scheme is not Scheme.OWN:
            classes = st.slider(
                say("provinces-how-many-classes"),
                FEWEST_CLASSES,
                MOST_CLASSES,
                _USUAL,
                key="classes",
                bind="query-params",
            )
        locked = st.toggle(say("provinces-lock"), key="lock", bind="query-params", help=say("provinces-lock-help"))
    if not limits:
        note_ignored("limits")
    usable = scheme if limits or scheme is not Scheme.OWN else _SCHEMES[0]
    return MapChoice(measure=measure, scheme=usable, classes=classes, limits=limits, locked=locked)


def _own_limits() -> tuple[float, ...]:
    text = st.text_input(say("provinces-own-limits"), key="limits", bind="query-params", placeholder="1, 5, 20")
    if not text.strip():
        return ()
    try:
        return parse_limits(text)
    except ValueError as error:
        st.error(say("provinces-limits-fault", error=plain(str(error)), scheme=_SCHEMES[0].label.lower()))
        return ()


# The choropleth, and the notes under it.

_MAP_KEY: Final = "province-map"


def map_of_provinces(  # noqa: PLR0913  # all but the first four are keyword-only
    provinces: pd.DataFrame,
    choice: MapChoice,
    classes: Classes,
    rule: Rule,
    *,
    by_dataset: Mapping[str, str],
    aim: Mapping[str, Any],
) -> None:
    """Draw the choropleth; choosing a province opens its profile.

    `by_dataset` has counts per dataset in words, by province code; `aim` is where the map zooms to.
    """
    drawn = choropleth(provinces, choice.measure, classes, rule=rule, open_ended=choice.locked, by_dataset=by_dataset)
    map_view(
        drawn | {"aim": aim, "selected": value_in_url(PROFILE_KEY)},
        key=_MAP_KEY,
        label=say("provinces-map-label", measure=choice.measure.label),
        on_choose=partial(put_in_url, PROFILE_KEY),
        function="choropleth",
    )


def map_notes(
    filters: Filters, choice: MapChoice, classes: Classes, *, provinces: pd.DataFrame, table: IncidentTable
) -> None:
    """Draw the notes: what the map of `provinces` counts and leaves out, its classes, and the rule."""
    chosen, whole, unknown = table.count(filters), table.whole(filters), province_not_known(filters, table)
    notes = [
        say("provinces-counted", counted=chosen - unknown, all=whole),
        _several_note(table.shared(filters)),
        say("provinces-not-on-map", unknown=unknown, filtered_out=whole - chosen),
        _mixed_note(filters, table),
        classes.outcome,
        _lock_note(filters, choice),
        say("provinces-limit-note") if choice.scheme is Scheme.OWN else "",
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
    """Say that the shading mixes datasets, and where they differ; empty if there is only one."""
    words = mixture_words(table.mixture(filters))
    return say("provinces-mixed-note", differences=words) if words else ""


def _rule_note(choice: MapChoice, rule: Rule) -> str:
    if not choice.measure.counts_people:
        return ""
    return say("provinces-rule-note", measure=choice.measure.label, rule=rule.name, rule_sentence=rule.sentence)


def _beside_note(choice: MapChoice, provinces: pd.DataFrame) -> str:
    shows_tolls = choice.measure.counts_people or choice.measure is Measure.RATIO
    if not shows_tolls or tolls_beside(provinces, About.KILLED).empty:
        return ""
    return say("provinces-beside-note")


def _lock_note(filters: Filters, choice: MapChoice) -> str:
    if not choice.locked:
        return ""
    single = len(filters.year) == 1 and not (filters.since or filters.until)
    return say("provinces-lock-single" if single else "provinces-lock-many")


def counted_provinces(filters: Filters, found: Resources) -> pd.DataFrame:
    """Return the table of `by_province`, cached."""
    return found.kept("provinces", filters, lambda: by_province(filters, found.table, found.boundaries))


# All provinces as a sortable table, the text alternative to the map.

_KEY: Final = "province-table"
TOLL_HEADS: Final = {"killed": say("column-killed"), "injured": say("column-injured"), "crossed": say("column-crossed")}
_COUNTED: Final = say("column-incidents")


def province_table(provinces: pd.DataFrame, filters: Filters, found: Resources) -> None:
    """Draw the provinces, most incidents first, then a row for incidents in several provinces or none.

    `provinces` is the table from `by_province`; requires at least one incident.
    """
    html, said = found.kept("province-table", filters, lambda: _table(provinces, filters, found.table))
    st.markdown(f"## {say('provinces-all')}")
    draw_table(html, key=_KEY, on_choose=_open_row, chosen=value_in_url(PROFILE_KEY))
    st.caption(said)


def _table(provinces: pd.DataFrame, filters: Filters, table: IncidentTable) -> tuple[str, str]:
    """Return the table as HTML, and its notes."""
    apart, trend = without_province(filters, table), by_quarter(filters, table)
    rows = pd.concat([provinces.sort_values(["incidents", "province"], ascending=[False, True]), apart])
    mixture, rule = table.mixture(filters), table.rule
    titles = dataset_titles(filters, table)
    counts = incidents_by_dataset(filters, table).reindex(rows.index, fill_value=0)
    shown = _shown(rows, _own(rows, counts))
    _insert(shown, _COUNTED, counts.rename(columns={dataset_column(d): f"{_COUNTED}, {titles[d]}" for d in titles}))
    beside = _insert_beside(shown, rows, titles)
    quarters: Any = trend.columns
    span = say(
        "provinces-trend-by-quarter", span=period_words(quarters[0].start_time.date(), quarters[-1].end_time.date())
    )
    heads = [str(head) for head in shown]
    most = int(trend.to_numpy().max())
    shown.insert(
        heads.index(next(iter(CATEGORY_COLUMNS.values())).head),
        say("column-trend"),
        [trend_cell(_counts(trend, code), most) for code in rows.index],
    )
    several, counted = int(apart["in_several"].iloc[0]), int(rows["incidents"].sum())
    once = counted - int(provinces["in_several"].sum())
    said = [
        counted_more_words(several, once=once, counted=counted),
        plain(counts_words(mixture)),
        say("provinces-table-rule", rule=plain(rule.name)),
        plain(people_words(mixture)),
        say("provinces-no-figure"),
        SORTS,
        how_to_choose(say("provinces-open-profile")),
    ]
    html = table_html(
        shown,
        ids=rows.index,
        label=say("provinces-table-label"),
        height=460,
        columns=_columns(span, rule, beside),
    )
    return html, " ".join(part for part in said if part)


def _insert(shown: pd.DataFrame, after: str, columns: pd.DataFrame) -> None:
    for at, head in enumerate(columns, list(shown).index(after) + 1):
        shown.insert(at, head, columns[head])


def _own(rows: pd.DataFrame, counts: pd.DataFrame) -> pd.Series:
    """Return the number of incidents behind the tolls of each row: the record's, if any are selected."""
    of_record = counts.get(dataset_column(CURATED))
    return rows["incidents"] if of_record is None or not of_record.any() else of_record


def dataset_titles(filters: Filters, table: IncidentTable) -> dict[str, str]:
    """Return the titles of a selection's datasets, by id."""
    return {part.id: part.title for part in table.mixture(filters).parts}


def _people_beside(rows: pd.DataFrame, about: str, names: Mapping[str, str]) -> pd.DataFrame:
    """Return columns of people of a measure as reported by imported datasets, headed by the datasets' names."""
    return tolls_beside(rows, about).rename(columns=lambda name: f"{TOLL_HEADS[about]}, {names.get(name, name)}")


def _insert_beside(shown: pd.DataFrame, rows: pd.DataFrame, names: Mapping[str, str]) -> list[str]:
    """Insert the columns of imported datasets after the record's column of each measure, and return their heads."""
    beside = {about: _people_beside(rows, about, names) for about in ABOUT_OF_COLUMN}
    for about, columns in beside.items():
        _insert(shown, TOLL_HEADS[about], columns)
    return [str(head) for columns in beside.values() for head in columns]


def _toll(record: Any, name: str) -> Cell:
    highest = getattr(record, f"{name}_high")
    return Cell(toll_of_row(record, name), "" if pd.isna(highest) else float(highest))


def _shown(rows: pd.DataFrame, own: pd.Series) -> pd.DataFrame:
    records = list(rows.assign(incidents=own).itertuples())
    tolls = {TOLL_HEADS[name]: [_toll(record, name) for record in records] for name in ABOUT_OF_COLUMN}
    return pd.DataFrame(
        {
            say("column-province"): rows["province"],
            say("column-country"): rows["country"].map(COUNTRIES),
            _COUNTED: rows["incidents"],
            **({say("column-in-several"): rows["in_several"]} if rows["in_several"].any() else {}),
            say("column-disputed"): rows["disputed"],
            say("column-disputed-share"): rows["disputed_share"] * 100,
            **tolls,
            **{
                category.head: rows[name]
                for name, category in CATEGORY_COLUMNS.items()
                if name not in RARE_COLUMNS or rows[name].any()
            },
            say("column-killed-ratio"): rows["killed_ratio"],
            **({say("column-cluster-claims"): rows[CLUSTER_CLAIMS]} if rows[CLUSTER_CLAIMS].ne("").any() else {}),
            **({say("column-crossed-flows"): rows[FLOWS]} if rows[FLOWS].ne("").any() else {}),
            say("column-per-10000-km2"): rows["per_10000_km2"],
            say("column-border-km"): rows["border_km"],
            say("column-per-100-km-border"): rows["per_100_km_border"],
            say("column-first"): _days(rows, "first"),
            say("column-last"): _days(rows, "last"),
        },
        index=rows.index,
    )


def _columns(span: str, rule: Rule, beside: Sequence[str]) -> dict[str, Column]:
    tolls = Column(help=say("provinces-tolls-help", rule=rule.name), right=True)
    hundredths = partial(number_words, decimals=2)
    return {
        say("column-in-several"): Column(help=say("provinces-in-several-help")),
        say("column-trend"): Column(help=span),
        say("column-disputed-share"): Column(words=lambda share: say("percent", percent=round(share))),
        say("column-killed-ratio"): Column(help=say("provinces-ratio-help"), words=partial(number_words, decimals=1)),
        say("column-cluster-claims"): Column(help=say("provinces-cluster-claims-help"), width_px=WIDE_PX, cut=True),
        say("column-crossed-flows"): Column(help=say("provinces-flows-help"), width_px=WIDE_PX, cut=True),
        say("column-per-10000-km2"): Column(words=hundredths),
        say("column-border-km"): Column(help=say("provinces-border-help", borders=borders_in_words())),
        say("column-per-100-km-border"): Column(help=say("provinces-per-border-help"), words=hundredths),
        say("column-first"): replace(WHEN, help=say("provinces-first-help")),
        say("column-last"): replace(WHEN, help=say("provinces-last-help")),
        **dict.fromkeys((*TOLL_HEADS.values(), *beside), tolls),
    }


def _days(rows: pd.DataFrame, end: str) -> list[Cell | None]:
    found = zip(rows[end], rows[f"{end}_in_words"], strict=True)
    return [None if pd.isna(day) else when_cell(day.date(), words) for day, words in found]


def _counts(trend: pd.DataFrame, code: str) -> list[int]:
    return [int(count) for count in trend.reindex([code], fill_value=0).to_numpy()[0]]


def _open_row(code: str) -> None:
    put_in_url(PROFILE_KEY, code if "-" in code else None)


# The same counts by year and category, as tables with totals.

_LAYOUTS: Final = {
    say("provinces-by-year"): ("province_code", "period"),
    say("provinces-by-category"): ("province_code", "category"),
    say("provinces-year-by-category"): ("period", "category"),
}
_HEADS: Final = {"province_code": say("column-province"), "period": say("column-year")}


def province_pivot(filters: Filters, found: Resources) -> pd.DataFrame:
    """Draw the chosen table and return it; its last row and column are totals."""
    st.markdown(f"## {say('provinces-cross-tables')}")
    layout = st.segmented_control(
        say("provinces-table"),
        list(_LAYOUTS),
        default=next(iter(_LAYOUTS)),
        key="province-pivot",
        label_visibility="collapsed",
    )
    rows, columns = _LAYOUTS[layout or next(iter(_LAYOUTS))]
    counts = found.kept("by-year", filters, lambda: by_period(filters, found.table, period="year"))
    shown = pivot(counts, rows, columns, names=found.boundaries.provinces_in_countries())
    if rows == "period":
        shown = shown.join(found.kept("people-by-year", filters, lambda: _people_by_year(filters, found.table)))
    st.dataframe(
        shown.rename_axis(_HEADS[rows]),
        height="content",
        width="content",
        alt=say("provinces-cross-label", layout=(layout or "").lower()),
    )
    people = f" {_of_people(filters, found.table)}" if rows == "period" else ""
    about = mixture_caption(filters, found.table)
    st.caption(f"{say('provinces-years')} {_adding_up(rows, counts)}{people}{about}")
    return shown.rename_axis(_HEADS[rows]).reset_index()


def _people_by_year(filters: Filters, table: IncidentTable) -> pd.DataFrame:
    """Return tolls by year in words, with all years as the last row; each dataset with tolls has its own column."""
    all_years = people_by(filters, table, TollsBy.ALL).rename(index={"": TOTAL})
    people = pd.concat([people_by(filters, table, TollsBy.YEAR), all_years])
    records = list(people.itertuples())
    tolls = {TOLL_HEADS[name]: [toll_of_row(record, name) for record in records] for name in ABOUT_OF_COLUMN}
    shown = pd.DataFrame(tolls, index=people.index)
    _insert_beside(shown, people, dataset_titles(filters, table))
    return shown


def _of_people(filters: Filters, table: IncidentTable) -> str:
    """Say by which rule people are counted, and which column has whose figures."""
    rule = say("provinces-years-people", rule=plain(table.rule.name), sentence=plain(table.rule.sentence))
    return " ".join(
        part for part in (rule, plain(people_words(table.mixture(filters))), say("provinces-no-figure")) if part
    )


def _adding_up(rows: str, counts: pd.DataFrame) -> str:
    """Explain the totals; the last row counts incidents in several provinces once."""
    several = int(counted_once(counts).query("several")["incidents"].sum())
    if rows != "province_code" or not several:
        return say("provinces-adding-up")
    return say("provinces-adding-up-once", several=several, no_province=NO_PROVINCE_NAME)


# Downloads.


def province_downloads(filters: Filters, table: IncidentTable, layers: Boundaries) -> None:
    """Draw the download buttons; a file is made only when requested."""
    workbook = partial(provinces_workbook, filters, table, layers)
    files = (
        (say("provinces-csv"), "provinces", csv_format.FORMAT, partial(provinces_csv, filters, table, layers)),
        (say("download-workbook"), "provinces", xlsx_format.FORMAT, workbook),
    )
    page_downloads(filters, files, note=say("provinces-files-note"))


# The choropleth with the ranking, or the open profile.

_MOST_LISTED = 200


def map_and_profiles(provinces: pd.DataFrame, choice: MapChoice, filters: Filters, found: Resources) -> None:
    """Draw the map, and the profile of the chosen province or else the ranking."""
    classes = choice.classes_for(provinces, filters)
    chosen = found.table.count(filters)
    opened = _opened(provinces)
    by_dataset = _by_dataset(filters, found)
    beside_map, beside = st.columns([2, 1], gap="small")
    with beside_map:
        aim = aim_at_provinces(filters, found)
        map_of_provinces(provinces, choice, classes, found.table.rule, by_dataset=by_dataset, aim=aim)
    here = None if opened is None else filters.in_province(opened.Index)
    with beside:
        if opened is None:
            unknown = province_not_known(filters, found.table)
            ranking(provinces, choice.measure, found.table.rule, apart=unknown, by_dataset=by_dataset)
        else:
            profile_panel(
                opened,
                _listed(here, found),
                filters,
                found,
                chosen=chosen,
                beside=_beside(provinces.loc[[opened.Index]], found),
            )
    map_notes(filters, choice, classes, provinces=provinces, table=found.table)
    if opened is not None:
        profile_details(opened, here, filters, found)


def province_choice_widget(layers: Boundaries) -> None:
    """Draw a select box of provinces, which opens a profile."""
    names = dict(sorted(layers.provinces_in_countries().items(), key=itemgetter(1)))
    one_to_open(say("provinces-open"), PROFILE_KEY, names, placeholder=say("column-province"), width=230)


def _opened(provinces: pd.DataFrame) -> Any:
    """Return the row of the province whose profile is open, or None; warn about an unknown code."""
    code = value_in_url(PROFILE_KEY)
    if code is None:
        return None
    if code not in provinces.index:
        st.warning(say("provinces-unknown", code=plain(code)))
        return None
    return next(provinces.loc[[code]].itertuples())


def _by_dataset(filters: Filters, found: Resources) -> dict[str, str]:
    """Return counts per dataset in words, by province code; empty if there is only one dataset."""
    return dataset_counts(incidents_by_dataset(filters, found.table), dataset_titles(filters, found.table))


def _beside(province: pd.DataFrame, found: Resources) -> dict[str, dict[str, str]]:
    """Return a province's tolls as reported by imported datasets, by measure and by labels that name the datasets."""
    names, beside = found.dataset_names, {}
    for name, about in ABOUT_OF_COLUMN.items():
        tolls = tolls_beside(province, name).iloc[0].items()
        beside[name] = {f"{about.label}, {names.get(str(dataset), dataset)}": str(toll) for dataset, toll in tolls}
    return beside


def _listed(here: Filters | None, found: Resources) -> Sequence[Incident]:
    """Return the latest of the selected incidents of a province, oldest first."""
    return () if here is None else found.table.newest(here, limit=_MOST_LISTED)[::-1]
