"""What stands around every page: its head, with how many incidents are meant; the bar beside it; what is seen first."""

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
from ui.parts.components import plain
from ui.parts.downloads import files_button
from ui.parts.filter_bar import asked_by_link, filter_actions, filter_bar, rule_switch, tell_ignored
from ui.resources import Resources
from ui.roles import readable
from ui.state import FILTER_KEYS, RULE_KEY, filter_bar_drawn, reset_filters, set_common, set_filter

# The head of a page: its title, how many incidents are meant, and which.

_MOST_FAULTS: Final = 200

# What the head of a page says of a selection of several datasets, with buttons for what is common to them.


def mixture_caption(filters: Filters, table: IncidentTable) -> str:
    """Return how many incidents are from which dataset, for after a caption's last word; empty where there is one."""
    counts = plain(counts_words(table.mixture(filters)))
    return f" {counts}" if counts else ""


def _common_period(found: Mixture) -> None:
    """Offer the months that all datasets have, where they have others too."""
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
    """Offer the provinces in which all datasets have incidents, with the months that all have."""
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
    """Draw the head, with what is from which dataset, and return how many incidents are selected; of none, what to do.

    `introduction` says under the title what the record is, while nothing is selected. It is one block of the page
    however much it says, so that the map below keeps its place and is not mounted again.
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
    """Draw the head of a page about the record alone and return how many of its incidents are chosen.

    How many imported incidents of the selection the page leaves out stands below, with the reason.
    """
    words = choice_words(filters, found.table, found.boundaries)
    of_record = (gap_words(filters, found.boundaries, coverage()),)
    chosen = _head(title, words, filters, found.table.record(), of_record)
    imported = found.table.count(filters) - chosen
    if imported:
        st.caption(say("header-imported-left-out", record=chosen, imported=imported))
    return chosen


def _head(  # noqa: PLR0913  # all that stands at the head of a page
    title: str,
    words: str,
    filters: Filters,
    table: IncidentTable,
    of_record: Sequence[str],
    *,
    mixture: Mixture | None = None,
) -> int:
    """Draw it; with what is from which dataset, and with files, where a `mixture` is given."""
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
    """Say what a filter leaves out for want of a known place, and offer to show just that."""
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
    """Say, over every page, what of the record and the datasets could not be read; all else is shown."""
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
    """Say that no incident is left, and what to do."""
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
    """Offer to reset the filters, and to undo one of several where what is left then has incidents."""
    with st.container(horizontal=True, gap="small"):
        reset_button("reset-here")
        for name in filters.active if len(filters.active) > 1 else ():
            incidents = table.count(filters.without(name))
            if incidents and name in FILTER_KEYS:
                label = say("header-without", filter=plain(FIELDS[name].label), incidents=incidents)
                st.button(label, key=f"without-{name}", on_click=reset_filters, args=(name,))


def reset_button(key: str) -> None:
    """Draw a button that resets all filters, where the filters leave nothing to show."""
    st.button(say("header-reset"), key=key, icon=":material/restart_alt:", on_click=reset_filters)


def nothing_of_record(filters: Filters, found: Resources) -> None:
    """Say, on a page about the record alone, that none of its incidents is left, and what to do."""
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


# What Streamlit's theme cannot say: less air over the title, and a named button for the filters.

_STYLE: Final = (Path(__file__).parent / "page_frame.css").read_text("utf-8")


def frame_style(active_filters: int) -> None:
    """Style the frame; on a narrow screen the button that opens the filter bar tells how many filters are set."""
    name = say("frame-filters-set", count=active_filters) if active_filters else say("frame-filters")
    names = f"--filters-button: '{name}'; --on-primary: light-dark({LIGHT.paper}, {DARK.paper});"
    st.html(f"<style>{_STYLE}\n:root {{ {names} }}</style>")


# The pages by a button of their own on a narrow screen, where Streamlit puts the navigation away with the filters.

_PARTS: Final = Path(__file__).parent
_PAGE_LIST: Final = st.components.v2.component(
    "incident_map_page_list",
    html="<details><summary></summary><nav><ul></ul></nav></details>",
    css=(_PARTS / "page_list.css").read_text("utf-8"),
    js=(_PARTS / "page_list.js").read_text("utf-8"),
)


def page_list(sections: Mapping[str, Sequence[st.Page]], here: str) -> None:
    """Draw the button, and behind it a link to each page that keeps the selection; a wide screen does not show it."""
    pages = [
        {"title": page.title, "path": page.url_path, "section": "" if number else section}
        for section, pages in sections.items()
        for number, page in enumerate(pages)
    ]
    _PAGE_LIST(key="page-list", data={"label": say("frame-pages"), "pages": pages, "here": here})


# The bar beside every page: the filters, the rule, and what can be done with the selection.


def side_bar(found: Resources, room: DeltaGenerator, note: DeltaGenerator) -> None:
    """Draw the bar into the room it has, and note over the page what of the link it could not take."""
    asked = asked_by_link()
    with room:
        filters = filter_bar(found)
        rule_switch(found.rules)
        filter_actions(filters)
    with note:
        tell_ignored(asked)


# A new visitor who has chosen nothing sees the map first; the filter bar, which changes nothing on it then,
# follows.
# The map is drawn in a frame of its own, but by the same thread of the browser that puts the widgets and the table
# together. Sent together they make each other wait, and the map is there last.


def map_first(page: str) -> bool:
    """Tell whether a session begins on the map, by a link that chooses nothing."""
    return page == "" and not filter_bar_drawn() and not any(key in st.query_params for key in (*FILTER_KEYS, RULE_KEY))
