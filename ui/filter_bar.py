"""The filter bar in the frame: every page obeys it, every link carries it."""

from datetime import date
from urllib.parse import urlencode, urlsplit

import streamlit as st

from geo.boundaries import Boundaries
from geo.filters import Filters
from geo.table import IncidentTable
from geo.vocabulary import Category, Country, LocationPrecision, Status
from ui.state import CODED_KEYS, VIEW_KEYS, current_filters, pull_coded, push_coded, reset_filters


def filter_bar(table: IncidentTable, layers: Boundaries, *, page_changed: bool) -> Filters:
    """Draw the filters and return the choice."""
    first, last = _days(table)
    provinces = _provinces(table, layers)
    countries = {country.value: country.label for country in Country}
    precisions = {precision.value: precision.label for precision in LocationPrecision}
    for key, known in zip(CODED_KEYS, (provinces, countries, precisions), strict=True):
        pull_coded(key, list(known), page_changed=page_changed)
    years = [str(year) for year in range(first.year, last.year + 1)]
    st.pills("Year", years, selection_mode="multi", key="year", bind="query-params")
    since, until = st.columns(2)
    for column, label in ((since, "Since"), (until, "Until")):
        column.date_input(
            label,
            value=None,
            min_value=date(first.year, 1, 1),
            max_value=date(last.year, 12, 31),
            format="DD/MM/YYYY",
            key=label.lower(),
            bind="query-params",
        )
    _pills("Category", Category, "category")
    st.multiselect(
        "Province",
        list(provinces),
        format_func=provinces.__getitem__,
        key="province",
        on_change=push_coded,
        args=("province",),
        placeholder="any",
    )
    _coded_pills("Country", countries, "country")
    _pills("Status", Status, "status", help=_explain({status.value: status.words for status in Status}))
    known = {precision.label: precision.words for precision in LocationPrecision}
    _coded_pills("Place known", precisions, "precision", help=_explain(known))
    st.text_input("Text", key="q", bind="query-params", placeholder="in titles, places, actors, claims")
    return current_filters()


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


def _pills(label: str, options: type[Category] | type[Status], key: str, **more: str) -> None:
    codes = [option.value for option in options]
    st.pills(label, codes, selection_mode="multi", key=key, bind="query-params", **more)  # type: ignore[call-overload]


def _coded_pills(label: str, labels: dict[str, str], key: str, **more: str) -> None:
    st.pills(  # type: ignore[call-overload]
        label,
        list(labels),
        format_func=labels.__getitem__,
        selection_mode="multi",
        key=key,
        on_change=push_coded,
        args=(key,),
        **more,
    )


def _explain(words: dict[str, str]) -> str:
    return "\n".join(f"- **{option}**: {meaning}" for option, meaning in words.items())


def _days(table: IncidentTable) -> tuple[date, date]:
    days = [incident.date_start for incident in table.incidents] or [date.today()]  # noqa: DTZ011  # nothing to show
    return min(days), max(days)


def _provinces(table: IncidentTable, layers: Boundaries) -> dict[str, str]:
    """Return the provinces that have incidents, by name, and after them the others."""
    used = {incident.province for incident in table.incidents}
    ordered = sorted(layers.provinces.itertuples(), key=lambda row: (row.province not in used, row.province))
    return {row.Index: row.province for row in ordered}
