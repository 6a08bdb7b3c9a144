"""The filter bar in the frame: every page obeys it, every link carries it."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from urllib.parse import urlencode, urlsplit

import streamlit as st

from geo.boundaries import Boundaries
from geo.event_groups import event_names
from geo.filters import Filters
from geo.table import IncidentTable
from geo.table_rows import CURATED
from geo.vocabulary import Category, Country, DatePrecision, Linked, LocationPrecision, Status, to_show
from ui.coded import coded_choice, coded_choices
from ui.resources import Resources
from ui.state import VIEW_KEYS, current_filters, more_filters_open, reset_filters, spell_as_known

_TEXT_HELP = (
    "All words must occur, in titles, summaries, places, actors, claims, speakers or sources. Names are found in "
    "their usual spellings and scripts: Angur Ada, سپین بولدک, Торхам."
)
_LINKED = {Linked.EACH.value: "count each", Linked.ONCE.value: "count once"}
_LINKED_HELP = (
    "Reports of different datasets that were found to be of one incident. Counted once, the record's report stays, or "
    "else the one of the dataset that comes first."
)
_MOST_PILLS = 20
_ACTOR_HELP = "Who took part, as the record names them; “(alleged)” where that is only alleged. One of them is enough."


def filter_bar(found: Resources) -> Filters:
    """Draw the filters and return the choice."""
    table = found.table
    first, last = found.days or (date.today(), date.today())  # noqa: DTZ011  # nothing to show
    provinces = _provinces(table, found.boundaries)
    countries = {country.value: country.label for country in Country}
    precisions = {precision.value: precision.label for precision in LocationPrecision}
    actors = table.actors()
    groups = event_names(table.event_groups)
    spell_as_known("actor", actors)
    years = [str(year) for year in range(first.year, last.year + 1)]
    if len(years) > _MOST_PILLS:
        st.multiselect("Year", years, key="year", bind="query-params", placeholder="any")
    else:
        st.pills("Year", years, selection_mode="multi", key="year", bind="query-params")
    for label in ("Since", "Until"):
        st.date_input(
            label,
            value=None,
            min_value=date(first.year, 1, 1),
            max_value=date(last.year, 12, 31),
            format="DD/MM/YYYY",
            key=label.lower(),
            bind="query-params",
        )
    _pills("Category", to_show(Category, found.codes), "category")
    coded_choices("Province", provinces, "province", st.multiselect, placeholder="any")
    coded_choices("Country", countries, "country", st.pills)
    statuses = to_show(Status, found.codes)
    _pills("Status", statuses, "status", help=_explain({status.value: status.words for status in statuses}))
    _datasets(found)
    st.text_input("Text", key="q", bind="query-params", placeholder="place, actor, claim, source", help=_TEXT_HELP)
    with st.expander("More filters", expanded=more_filters_open()):
        _less_used(precisions, to_show(DatePrecision, found.codes), actors, groups)
    return current_filters()


def _datasets(found: Resources) -> None:
    """Draw where incidents are from, and how linked reports count; neither while there is only the record."""
    if found.datasets:
        names = {CURATED: "the record"} | {dataset.id: dataset.title for dataset in found.datasets}
        coded_choices("Dataset", names, "dataset", st.pills)
    if found.linked:
        coded_choice("Linked reports", _LINKED, "linked", help=_LINKED_HELP)


def _less_used(
    precisions: dict[str, str], known_days: Sequence[DatePrecision], actors: list[str], groups: dict[str, str]
) -> None:
    """Draw how well place and day are known, who took part, and which wider event it belongs to."""
    known = {precision.label: precision.words for precision in LocationPrecision}
    coded_choices("Place known", precisions, "precision", st.pills, help=_explain(known))
    days = {precision.value: precision.words for precision in known_days}
    _pills("Day known", known_days, "date_precision", help=_explain(days))
    st.multiselect("Actor", actors, key="actor", bind="query-params", placeholder="any", help=_ACTOR_HELP)
    coded_choices("Wider event", groups, "group", st.multiselect, placeholder="any")


def filter_actions(filters: Filters) -> None:
    """Draw reset and the copyable link."""
    reset, share = st.columns(2)
    reset.button(
        "Reset", icon=":material/restart_alt:", on_click=reset_filters, disabled=not filters.active, width="stretch"
    )
    with share.popover("Link", icon=":material/link:", width="stretch"):
        st.caption("This link opens exactly what you see.")
        st.code(link_to_view(filters), language=None, wrap_lines=True)


def link_to_view(filters: Filters) -> str:
    """Return an address that opens the same page with the same choice and the same things open."""
    here = urlsplit(str(st.context.url))
    query = dict(filters.to_query())
    query |= {key: [value] for key in VIEW_KEYS if (value := st.query_params.get(key))}
    return here._replace(query=urlencode(query, doseq=True), fragment="").geturl()


def _pills(label: str, options: Sequence[StrEnum], key: str, **more: str) -> None:
    codes = [option.value for option in options]
    st.pills(label, codes, selection_mode="multi", key=key, bind="query-params", **more)  # type: ignore[call-overload]


def _explain(words: dict[str, str]) -> str:
    return "\n".join(f"- **{option}**: {meaning}" for option, meaning in words.items())


def _provinces(table: IncidentTable, layers: Boundaries) -> dict[str, str]:
    """Return the provinces that have incidents, by name, and after them the others."""
    used = {incident.province for incident in table.incidents}
    ordered = sorted(layers.provinces.itertuples(), key=lambda row: (row.province not in used, row.province))
    return {row.Index: row.province for row in ordered}
