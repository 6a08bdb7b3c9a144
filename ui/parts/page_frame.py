"""What surrounds every page: the header with the selection, the side bar, and the drawing order on a first visit."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo.aggregate.coverage import coverage, gap_words
from geo.incident.errors import Fault
from geo.language.messages import day_words, say
from geo.render.left_out import PlaceNotKnown, place_not_known
from geo.selection import FIELDS, Filters
from geo.symbology.symbols import DARK, LIGHT
from geo.table.incident_rows import CURATED
from geo.table.incident_table import IncidentTable, choice_words
from geo.table.shown_datasets import Mixture, counts_words, mixture_words, period_words
from ui.parts.components import component, plain
from ui.parts.downloads import files_button
from ui.parts.filter_bar import asked_by_link, filter_actions, filter_bar, rule_switch, tell_ignored
from ui.resources import Resources
from ui.roles import readable
from ui.state import FILTER_KEYS, RULE_KEY, filter_bar_drawn, reset_filters, set_common, set_filter

# The page header: title, number of selected incidents, and the selection in words.

_MOST_FAULTS: Final = 200


def mixture_caption(filters: Filters, table: IncidentTable) -> str:
    """Return counts per dataset in words, to append to a caption; empty if there is only one dataset."""
    counts = plain(counts_words(table.mixture(filters)))
    return f" {counts}" if counts else ""


def _common_period(found: Mixture) -> None:
    """Draw a button that restricts the selection to the months all datasets cover, if they differ."""
    if found.period is None or found.same_period:
        return
    st.button(
        say("header-common-period"),
        key="common-period",
        icon=":material/date_range:",
        on_click=set_common,
        args=(found.period,),
        help=say("header-common-period-help", span=period_words(found.period)),
    )


def _common_provinces(found: Mixture) -> None:
    """Draw a button that restricts the selection to provinces, and months, in which all datasets have incidents."""
    if found.period is None or found.same_provinces or not found.provinces:
        return
    st.button(
        say("header-common-provinces" if found.same_period else "header-common-both", provinces=len(found.provinces)),
        key="common-provinces",
        icon=":material/select_all:",
        on_click=set_common,
        args=(None if found.same_period else found.period, found.provinces),
        help=say("header-common-provinces-help"),
    )


def page_header(title: str, filters: Filters, found: Resources, *, introduction: str = "") -> int:
    """Draw the header, with advice if no incident is selected, and return the number of selected incidents.

    `introduction` describes the record under the title while nothing is filtered. The header is always a single
    container, so that the map below keeps its position and is not remounted.
    """
    table, layers = found.table, found.boundaries
    with st.container():
        of_record = ("" if filters.active else introduction, gap_words(filters, layers, coverage()))
        words = choice_words(filters, table, layers)
        chosen = _head(title, words, filters, table, of_record, mixture=table.mixture(filters))
        if not chosen:
            nothing_chosen(filters, table, found.faults)
    return chosen


def record_header(title: str, filters: Filters, found: Resources) -> int:
    """Draw the header of a page about the record alone, and return the number of its selected incidents.

    If the selection has imported incidents, a caption says that the page leaves them out, and why.
    """
    words = choice_words(filters, found.table, found.boundaries)
    of_record = (gap_words(filters, found.boundaries, coverage()),)
    chosen = _head(title, words, filters, found.table.record(), of_record)
    imported = found.table.count(filters) - chosen
    if imported:
        st.caption(say("header-imported-left-out", record=chosen, imported=imported))
    return chosen


def _head(  # noqa: PLR0913  # all parts of a header
    title: str,
    words: str,
    filters: Filters,
    table: IncidentTable,
    of_record: Sequence[str],
    *,
    mixture: Mixture | None = None,
) -> int:
    """Draw the header; with a `mixture`, also counts per dataset and downloads."""
    chosen = table.count(filters)
    st.markdown(f"# {title}")
    if any(of_record):
        st.caption(plain(" ".join(filter(None, of_record))))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(say("header-count-md", chosen=chosen, all=table.whole(filters), selection=plain(words)))
        if mixture is not None:
            files_button(filters, table)
        if mixture is not None and mixture.mixed:
            _common_period(mixture)
            _common_provinces(mixture)
        if any(of_record):
            st.page_link("../pages/data/about.py", label=say("header-about"))
    if mixture is not None and mixture.mixed:
        st.caption(plain(mixture_words(mixture)))
    for unknown in place_not_known(filters, table):
        _offer(unknown)
    return chosen


def _offer(unknown: PlaceNotKnown) -> None:
    """State what a filter leaves out because the place is not known, with a button to show exactly that."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(f"{unknown.words}.", width="content")
        st.button(
            say("header-show-it") if unknown.incidents == 1 else say("header-show-them"),
            key=f"place-not-known-{unknown.by}",
            type="tertiary",
            icon=":material/search:",
            on_click=set_filter,
            args=(unknown.by, unknown.filters.to_query()[unknown.by]),
        )


def report_faults(found: Resources) -> None:
    """Show, above every page, which parts of the record and the datasets could not be read."""
    if found.held is not None:
        fault, *others = found.held.faults
        since = found.held.since
        when = {"time": f"{since:%H:%M}", "day": day_words(since.date())}
        st.warning(say("header-held-md", fault=plain(readable(str(fault))), others=len(others), **when))
    if found.faults:
        with st.expander(say("header-faults", count=len(found.faults))):
            for fault in found.faults[:_MOST_FAULTS]:
                st.markdown(f"- {plain(readable(str(fault)))}")
            st.caption(say("header-repair"))
    if found.dataset_faults:
        st.warning("\n".join(f"- {plain(readable(f'{fault}.'))}" for fault in found.dataset_faults[:_MOST_FAULTS]))


def nothing_chosen(filters: Filters, table: IncidentTable, faults: tuple[Fault, ...]) -> None:
    """Say that the selection is empty, and what to do."""
    if not len(table) and faults:
        st.error(say("header-store-unreadable"))
    elif not len(table):
        st.info(say("header-store-empty"))
    elif filters.since and filters.until and filters.since > filters.until:
        st.info(say("header-until-before-since"))
        _ways_out(filters, table)
    elif len(filters.active) == 1:
        st.info(say("header-change-filter"))
        _ways_out(filters, table)
    else:
        st.info(say("header-remove-filter"))
        _ways_out(filters, table)


def _ways_out(filters: Filters, table: IncidentTable) -> None:
    """Draw buttons to reset all filters, or to remove a single one if incidents are left then."""
    with st.container(horizontal=True, gap="small"):
        reset_button("reset-here")
        for name in filters.active if len(filters.active) > 1 else ():
            incidents = table.count(filters.without(name))
            if incidents and name in FILTER_KEYS:
                label = say("header-without", filter=plain(FIELDS[name].label), incidents=incidents)
                st.button(label, key=f"without-{name}", on_click=reset_filters, args=(name,))


def reset_button(key: str) -> None:
    """Draw a button that resets all filters."""
    st.button(say("header-reset"), key=key, icon=":material/restart_alt:", on_click=reset_filters)


def nothing_of_record(filters: Filters, found: Resources) -> None:
    """Say, on a page about the record alone, that none of its incidents is selected, and what to do."""
    record = found.of_record()
    leaves_out = bool(filters.dataset) and CURATED not in filters.dataset
    if not len(record.table) or not (leaves_out or found.table.count(filters)):
        nothing_chosen(filters, record.table, record.faults)
        return
    if leaves_out:
        st.info(say("header-record-left-out"))
        st.button(say("header-with-record"), key="with-record", on_click=reset_filters, args=("dataset",))
    else:
        st.info(say("header-only-imported"))
        _ways_out(filters, record.table)
    st.page_link("../pages/explore/map.py", label=say("header-see-imported"), icon=":material/map:")


# Styles beyond Streamlit's theme: less space above the title, and a label on the button for the filters.

_STYLE: Final = (Path(__file__).parent / "page_frame.css").read_text("utf-8")


def frame_style(active_filters: int) -> None:
    """Style the frame; on narrow screens, the button that opens the filter bar shows the number of active filters."""
    name = say("frame-filters-set", count=active_filters) if active_filters else say("frame-filters")
    names = f"--filters-button: '{name}'; --on-primary: light-dark({LIGHT.paper}, {DARK.paper});"
    st.html(f"<style>{_STYLE}\n:root {{ {names} }}</style>")


# A menu of pages for narrow screens, where Streamlit hides the navigation together with the filters.


def page_list(sections: Mapping[str, Sequence[st.Page]], here: str) -> None:
    """Draw the menu, with links to all pages that keep the selection; hidden on wide screens."""
    pages = [
        {"title": page.title, "path": page.url_path, "section": "" if number else section}
        for section, pages in sections.items()
        for number, page in enumerate(pages)
    ]
    html = "<details><summary></summary><nav><ul></ul></nav></details>"
    component("page_list", html, css=("page_list.css",))(
        key="page-list", data={"label": say("frame-pages"), "pages": pages, "here": here}
    )


# The side bar: filters, rule, and actions on the selection.


def side_bar(found: Resources, room: DeltaGenerator, note: DeltaGenerator) -> None:
    """Draw the bar into `room`, and into `note` a warning about values of the link that it ignored."""
    asked = asked_by_link()
    with room:
        filters = filter_bar(found)
        rule_switch(found.rules)
        filter_actions(filters)
    with note:
        tell_ignored(asked)


# A new visitor without filters gets the map first, and then the filter bar, which does not affect the map yet. The
# map is in an iframe, but shares the browser's main thread with the widgets and the table: sent together, they delay
# each other, and the map appears last.


def map_first(page: str) -> bool:
    """Return whether a session begins on the map page with a link without filters."""
    return page == "" and not filter_bar_drawn() and not any(key in st.query_params for key in (*FILTER_KEYS, RULE_KEY))
