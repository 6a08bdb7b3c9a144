"""The page of provinces: its map by class with what stands beside it, its tables and files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from operator import itemgetter
from typing import Any, Final

import pandas as pd
import streamlit as st

from geo.aggregate.by_period import (
    TOTAL,
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
    FLOWS,
    RARE_COLUMNS,
    by_province,
    counted_once,
    province_not_known,
    toll_of_row,
    tolls_beside,
    without_province,
    yearly_values,
)
from geo.aggregate.classes import FEWEST, MOST, Classes, Measure, Scheme, classify, parse_limits
from geo.casualties.rules import Rule
from geo.export import csv_format, xlsx_format
from geo.export.page_files import provinces_csv, provinces_workbook
from geo.incident.record import Incident
from geo.incident.vocabulary import About, borders_in_words
from geo.language.formatting import period_words
from geo.language.messages import number_words, say
from geo.places.boundaries import BOUNDARY_NOTE, Boundaries
from geo.render.web_map import choropleth
from geo.selection.filters import Filters
from geo.sentences import NO_PROVINCE_NAME, counted_more_words, shared_words
from geo.table.dataset_mix import counts_words, mixture_words, people_words
from geo.table.incident_rows import CURATED
from geo.table.incident_table import IncidentTable
from geo.table.queries import TollsBy
from ui.parts.components import plain
from ui.parts.downloads import page_downloads
from ui.parts.header import mixture_caption
from ui.parts.page_map import map_view
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
from ui.province_profile import profile_details, profile_panel, ranking
from ui.resources import Resources, resources
from ui.state import (
    PROFILE_KEY,
    choice_widget,
    choose_profile,
    chosen_profile,
    note_ignored,
    note_unknown,
    pull_one,
    push_one,
)

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
        note_unknown("classes", [str(number) for number in range(FEWEST, MOST + 1)])
        note_unknown("lock", ["true", "false"])
        if scheme is not Scheme.OWN:
            classes = st.slider(
                say("provinces-how-many-classes"), FEWEST, MOST, _USUAL, key="classes", bind="query-params"
            )
        locked = st.toggle(say("provinces-lock"), key="lock", bind="query-params", help=say("provinces-lock-help"))
    if not limits:
        note_ignored("limits")
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
        st.error(say("provinces-limits-fault", error=plain(str(error)), scheme=_SCHEMES[0].label.lower()))
        return ()


# The map of provinces by class, and under it what it leaves out and how it was made.

_MAP_KEY: Final = "province-map"


def map_of_provinces(
    provinces: pd.DataFrame, choice: MapChoice, classes: Classes, rule: Rule, *, by_dataset: Mapping[str, str]
) -> None:
    """Draw the provinces by class; choosing one opens its profile.

    `by_dataset` says how many incidents of a province are from which dataset, by its code.
    """
    drawn = choropleth(provinces, choice.measure, classes, rule=rule, open_ended=choice.locked, by_dataset=by_dataset)
    map_view(
        drawn | {"selected": chosen_profile()},
        key=_MAP_KEY,
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


# What the page counts.


def counted_provinces(filters: Filters, found: Resources) -> pd.DataFrame:
    """Return the provinces as `by_province` counts them."""
    return found.kept("provinces", filters, lambda: by_province(filters, found.table, found.boundaries))


# All provinces as a table that sorts: the map's text twin, with a small trend and a row to choose.

_KEY: Final = "province-table"
TOLL_HEADS: Final = {"killed": say("column-killed"), "injured": say("column-injured"), "crossed": say("column-crossed")}
_COUNTED: Final = say("column-incidents")


def province_table(provinces: pd.DataFrame, filters: Filters, found: Resources) -> None:
    """Draw the provinces, most incidents first, then the row of incidents in several or none.

    `provinces` are as `by_province` returns them; there is at least one incident.
    """
    html, said = found.kept("province-table", filters, lambda: _table(provinces, filters, found.table))
    st.markdown(f"## {say('provinces-all')}")
    draw_table(html, key=_KEY, on_choose=_open_row, chosen=chosen_profile())
    st.caption(said)


def _table(provinces: pd.DataFrame, filters: Filters, table: IncidentTable) -> tuple[str, str]:
    """Return the table, and what is said of it."""
    apart, trend = without_province(filters, table), by_quarter(filters, table)
    rows = pd.concat([provinces.sort_values(["incidents", "province"], ascending=[False, True]), apart])
    mixture, rule = table.mixture(filters), table.rule
    titles = dataset_titles(filters, table)
    counts = incidents_by_dataset(filters, table).reindex(rows.index, fill_value=0)
    shown, beside = _shown(rows, _own(rows, counts)), deaths_beside(rows, titles)
    _insert(shown, _COUNTED, counts.rename(columns={dataset_column(d): f"{_COUNTED}, {titles[d]}" for d in titles}))
    _insert(shown, TOLL_HEADS["killed"], beside)
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
        columns=_columns(span, rule, list(map(str, beside))),
    )
    return html, " ".join(part for part in said if part)


def _insert(shown: pd.DataFrame, after: str, columns: pd.DataFrame) -> None:
    for at, head in enumerate(columns, list(shown).index(after) + 1):
        shown.insert(at, head, columns[head])


def _own(rows: pd.DataFrame, counts: pd.DataFrame) -> pd.Series:
    """Return how many incidents the tolls of rows are of: the record's, if it has any in the selection."""
    own = counts.get(dataset_column(CURATED))
    return rows["incidents"] if own is None or not own.any() else own


def dataset_titles(filters: Filters, table: IncidentTable) -> dict[str, str]:
    """Return what the datasets of a selection are called, by id."""
    return {part.id: part.title for part in table.mixture(filters).parts}


def deaths_beside(rows: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Return what imported datasets tell of people killed, beside the record, under heads with their names."""
    return tolls_beside(rows).rename(columns=lambda name: f"{TOLL_HEADS['killed']}, {names.get(name, name)}")


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
    choose_profile(code if "-" in code else None)


# The same counts by year and by category, as tables that add up.

_LAYOUTS: Final = {
    say("provinces-by-year"): ("province_code", "period"),
    say("provinces-by-category"): ("province_code", "category"),
    say("provinces-year-by-category"): ("period", "category"),
}
_HEADS: Final = {"province_code": say("column-province"), "period": say("column-year")}


def province_pivot(filters: Filters, found: Resources) -> pd.DataFrame:
    """Draw one of the tables and return it; its last row and column add the others up."""
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
    """Write tolls by year, and of all years as the last row, in words; of each dataset that tells any on its own."""
    all_years = people_by(filters, table, TollsBy.ALL).rename(index={"": TOTAL})
    people = pd.concat([people_by(filters, table, TollsBy.YEAR), all_years])
    records = list(people.itertuples())
    tolls = {TOLL_HEADS[name]: [toll_of_row(record, name) for record in records] for name in ABOUT_OF_COLUMN}
    shown = pd.DataFrame(tolls, index=people.index)
    _insert(shown, TOLL_HEADS["killed"], deaths_beside(people, dataset_titles(filters, table)))
    return shown


def _of_people(filters: Filters, table: IncidentTable) -> str:
    """Say by what rule people are counted, and whose figures stand where."""
    rule = say("provinces-years-people", rule=plain(table.rule.name), sentence=plain(table.rule.sentence))
    return " ".join(
        part for part in (rule, plain(people_words(table.mixture(filters))), say("provinces-no-figure")) if part
    )


def _adding_up(rows: str, counts: pd.DataFrame) -> str:
    """Say what the last row and column are; the last row has those in several provinces once."""
    several = int(counted_once(counts).query("several")["incidents"].sum())
    if rows != "province_code" or not several:
        return say("provinces-adding-up")
    return say("provinces-adding-up-once", several=several, no_province=NO_PROVINCE_NAME)


# What the page of provinces shows, as files.


def province_downloads(filters: Filters, table: IncidentTable, layers: Boundaries) -> None:
    """Draw the buttons; a file is made only when it is asked for."""
    workbook = partial(provinces_workbook, filters, table, layers)
    files = (
        (say("provinces-csv"), "provinces", csv_format.FORMAT, partial(provinces_csv, filters, table, layers)),
        (say("download-workbook"), "provinces", xlsx_format.FORMAT, workbook),
    )
    page_downloads(filters, files, note=say("provinces-files-note"))


# The map of provinces with what stands beside and below it: the ranking, or the open profile.

_MOST_LISTED = 200


def map_and_profiles(provinces: pd.DataFrame, choice: MapChoice, filters: Filters, found: Resources) -> None:
    """Draw the map, and the profile of the chosen province or the provinces in order."""
    classes = choice.classes_for(provinces, filters)
    chosen = found.table.count(filters)
    opened = _opened(provinces)
    by_dataset = _by_dataset(filters, found)
    beside_map, beside = st.columns([2, 1], gap="small")
    with beside_map:
        map_of_provinces(provinces, choice, classes, found.table.rule, by_dataset=by_dataset)
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
    """Draw the list of provinces, which opens a profile as the map and the table do."""
    names = dict(sorted(layers.provinces_in_countries().items(), key=itemgetter(1)))
    key = choice_widget(PROFILE_KEY, list(names))
    st.selectbox(
        say("provinces-open"),
        list(names),
        format_func=names.__getitem__,
        index=None,
        key=key,
        placeholder=say("column-province"),
        width=230,
        on_change=lambda: choose_profile(st.session_state[key]),
    )


def _opened(provinces: pd.DataFrame) -> Any:
    """Return the row of the province whose profile is open, None without one."""
    code = chosen_profile()
    if code is None:
        return None
    if code not in provinces.index:
        st.warning(say("provinces-unknown", code=plain(code)))
        return None
    return next(provinces.loc[[code]].itertuples())


def _by_dataset(filters: Filters, found: Resources) -> dict[str, str]:
    """Say of each province how many of its incidents are from which dataset; nothing where there is one only."""
    return dataset_counts(incidents_by_dataset(filters, found.table), dataset_titles(filters, found.table))


def _beside(province: pd.DataFrame, found: Resources) -> dict[str, str]:
    """Return what imported datasets tell of a province's dead, by words that name them."""
    told = deaths_beside(province, found.dataset_names)
    return {str(head).replace(say("column-killed"), About.KILLED.label, 1): str(told[head].iloc[0]) for head in told}


def _listed(here: Filters | None, found: Resources) -> Sequence[Incident]:
    """Return the latest of the selected incidents of a province, oldest first."""
    return () if here is None else found.table.newest(here, limit=_MOST_LISTED)[::-1]
