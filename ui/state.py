"""Session state and the address bar: the only module that knows their keys."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

import streamlit as st

from geo.casualties import RANGE
from geo.language.folding import fold
from geo.selection import FIELDS, Filters, Place

# What belongs to one page only, kept in step with the address bar.
# Streamlit binds the frame's widgets to it by itself, those with names beside their codes through a hidden twin
# (`ui/parts/filter_bar.py`).

_PAGE_KEY: Final = "page-last-run"
_CHANGED_KEY: Final = "page-just-changed"
_UNKNOWN_KEY: Final = "unknown-in-link"


def note_page(url_path: str) -> None:
    """Note which page runs, and whether this is its first run after another page's."""
    before = st.session_state.get(_PAGE_KEY)
    st.session_state[_PAGE_KEY] = url_path
    st.session_state[_CHANGED_KEY] = before is not None and before != url_path
    st.session_state[_UNKNOWN_KEY] = {}


def note_unknown(key: str, known: Collection[str]) -> None:
    """Note what the link says under a key, before its widget is drawn, where nothing has that value."""
    if st.query_params.get(key) not in known:
        note_ignored(key)


def note_ignored(key: str) -> None:
    """Note that the page can do nothing with what the link says under a key, if it says anything."""
    in_url = st.query_params.get(key)
    if in_url:
        st.session_state[_UNKNOWN_KEY] |= {key: in_url}


def unknown_in_link() -> dict[str, str]:
    """Return what of the link this page could not take, by parameter; once it is drawn."""
    return dict(st.session_state[_UNKNOWN_KEY])


def pull_one(key: str, known: Sequence[str], *, default: str | None = None) -> None:
    """Bring a widget of one code in step with the URL, before it is drawn; without a `default` that is the first."""
    usual = default or known[0]
    _restore(key, default=usual)
    note_unknown(key, known)
    in_url = st.query_params.get(key)
    code = in_url if in_url in known else usual
    if code != st.session_state.get(written(key)) or st.session_state.get(key) not in known:
        st.session_state[key] = st.session_state[written(key)] = code


def push_one(key: str, default: str) -> None:
    """Write the code that a widget holds into the URL, none for the default; its callback."""
    code = st.session_state[key]
    st.session_state[written(key)] = code
    set_query(key, [] if code == default else [code])


def _restore(key: str, *, default: str) -> None:
    """Put back into the URL what a switch of pages has dropped from it; what is open there stays behind."""
    before = st.session_state.get(written(key))
    if before not in (None, default) and st.session_state.get(_CHANGED_KEY) and key not in st.query_params:
        set_query(key, [str(before)])


def set_query(key: str, values: list[str]) -> None:
    """Write values into the URL, or take a key out of it."""
    if values:
        st.query_params[key] = values
    elif key in st.query_params:
        del st.query_params[key]


def written(key: str) -> str:
    """Return where the session keeps what was last written into the URL under a key."""
    return f"{key}-in-url"


# The address bar itself, which only the browser can change without a new entry in its history, and what a callback asks
# of the next run: another page, with the same selection.

_EVENTS_PAGE: Final = "events"
_MAP_PAGE: Final = ""
_FIGURE_PAGE: Final = "figure"
CHANGES_PAGE: Final = "changes"
"""What its address ends with."""
_ASKED_KEY: Final = "page-asked-for"


@cache
def _address_bar() -> Any:
    """Return the component, which is made by the first page: a server that has not started yet knows none."""
    script = Path(__file__).parent / "parts" / "address_bar.js"
    return st.components.v2.component("incident_map_address_bar", js=script.read_text("utf-8"))


def address_bar() -> None:
    """Let one action of a visitor be one entry in the browser's history, and the navigation carry the selection."""
    _address_bar()(key="address-bar", data={"shared": [*FILTER_KEYS, RULE_KEY], "figure": _FIGURE_PAGE})
    go_where_asked()


def go_where_asked() -> None:
    """Send the browser to the page that a callback asked for; fragments call it too, which run without the frame."""
    asked = st.session_state.pop(_ASKED_KEY, None)
    if asked is not None:
        page, opened = asked
        go = {"from": st.session_state[_PAGE_KEY], "to": page, "opened": opened}
        _address_bar()(key="address-bar-go", data={"go": go, "once": uuid4().hex})


def base_path() -> str:
    """Return what stands before the path of every address, from the server's settings; empty for most servers."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}" if base else ""


def link_to_incident(incident_id: str) -> str:
    """Return an address that opens an incident at its place on the map, regardless of the selection."""
    return link_below("/", {INCIDENT_KEY: [incident_id]})


def ruled_query(filters: Filters, rule: str | None) -> dict[str, list[str]]:
    """Return the query of a selection under a rule, which is left out where it is the usual one."""
    return filters.to_query() | ({} if rule in (None, RANGE.code) else {RULE_KEY: [str(rule)]})


def link_below(path: str, query: Mapping[str, Sequence[str]]) -> str:
    """Return the address of a path below that of the app, whichever page is open now."""
    here = urlsplit(str(st.context.url))
    root = here.path.removesuffix(st.session_state.get(_PAGE_KEY, "")).removesuffix("/")
    return here._replace(path=f"{root}{path}", query=urlencode(query, doseq=True), fragment="").geturl()


def ask_for_map(incident_id: str) -> None:
    """Ask that the browser goes to the map page with an incident open; for use in a callback."""
    st.session_state[_ASKED_KEY] = _MAP_PAGE, {INCIDENT_KEY: [incident_id]}


def ask_for_event_on_map(group_id: str) -> None:
    """Ask that the browser goes to the map page with an event cluster and no other selected; for use as a callback."""
    st.session_state[_ASKED_KEY] = _MAP_PAGE, {"group": [group_id]}


def ask_for_dataset_on_map(dataset_id: str) -> None:
    """Ask that the browser goes to the map page with the incidents of one dataset; for use as a callback."""
    st.session_state[_ASKED_KEY] = _MAP_PAGE, {"dataset": [dataset_id]}


def ask_for_event(group_id: str) -> None:
    """Ask that the browser goes to the page of an event cluster; for use in a callback."""
    st.session_state[_ASKED_KEY] = _EVENTS_PAGE, {EVENT_KEY: [group_id]}


# The selection that every page obeys: the filters and the rule, in widgets that Streamlit binds to the address bar.

FILTER_KEYS: Final = tuple(name for name, entry in FIELDS.items() if entry.widget is not None)
"""Filter widgets; key, URL parameter and field of `Filters` are one name."""

MORE_KEYS: Final = tuple(name for name in FILTER_KEYS if FIELDS[name].place is Place.MORE)
"""Filters that stand behind “More filters”."""

RULE_KEY: Final = "rule"
"""Under which people are counted. It is no filter: resetting these leaves it."""
_MORE_KEY: Final = "more-filters-open"


def current_filters() -> Filters:
    """Return what the filter bar says."""
    values = {key: st.session_state.get(key) for key in FILTER_KEYS}
    return Filters(**{key: value for key, value in values.items() if value})


def chosen_rule() -> str | None:
    """Return the code of the rule that the switch in the frame holds; None before it is drawn."""
    code: str | None = st.session_state.get(RULE_KEY)
    return code


def filter_bar_drawn() -> bool:
    """Tell whether the filter bar stood on the page in this session already; the rule switch is a part of it."""
    return RULE_KEY in st.session_state


def reset_filters(*names: str) -> None:
    """Empty some filters, or all of them where none is named; for use as a callback."""
    for key in names or FILTER_KEYS:
        empty = FIELDS[key].default
        st.session_state[key] = [] if FIELDS[key].many else empty and str(empty)


def set_filter(name: str, values: Sequence[str]) -> None:
    """Let one filter hold these values and no others; for use in a callback."""
    st.session_state[name] = list(values)


def set_period(since: date | None, until: date | None) -> None:
    """Restrict the filters to a period, or to none; for use in a callback."""
    st.session_state["since"], st.session_state["until"] = since, until
    st.session_state["year"] = []


def set_common(period: tuple[date, date] | None, provinces: Sequence[str] = ()) -> None:
    """Restrict the filters to days, if any are given, and to provinces, likewise; for use as a callback."""
    if period is not None:
        st.session_state["since"], st.session_state["until"] = period
    if provinces:
        st.session_state["province"] = list(provinces)


def more_filters_open() -> bool:
    """Tell whether the less used filters are shown: once one of them is set, for the rest of the session."""
    used = any(st.session_state.get(key) for key in MORE_KEYS) or any(key in st.query_params for key in MORE_KEYS)
    st.session_state[_MORE_KEY] = used or bool(st.session_state.get(_MORE_KEY))
    return bool(st.session_state[_MORE_KEY])


def named_key(key: str) -> str:
    """Return the key of the widget that shows by name what a widget of codes holds."""
    return f"{key}-named"


def take_named(key: str) -> None:
    """Copy what was chosen by name into the widget of codes; its callback."""
    st.session_state[key] = st.session_state[named_key(key)]


def spell_as_known(key: str, known: Sequence[str], spellings: Mapping[str, str]) -> None:
    """Match names in the link to known ones, regardless of case and accents; before the widget is first drawn.

    `spellings` are other words for some of them.
    """
    folded = {fold(name): name for name in known} | dict(spellings)
    given = st.query_params.get_all(key)
    if key not in st.session_state and any(name not in known for name in given):
        st.session_state[key] = [folded[fold(name)] for name in given if fold(name) in folded]


# What is open on a page, and what only one page asks, as the address bar holds it.

INCIDENT_KEY: Final = "incident"
PROFILE_KEY: Final = "profile"
EVENT_KEY: Final = "event"
CLAIMANT_KEY: Final = "claimant"
SPEAKER_KEYS: Final = (CLAIMANT_KEY, "side", "kind", "gaps")
"""Who is meant on the page of claimants, and by what gaps are ranked."""
SOURCE_KEY: Final = "source"
SOURCE_KIND_KEY: Final = "source-kind"
PUBLISHER_KEY: Final = "publisher"
FROM_KEY: Final = "from"
TO_KEY: Final = "to"
SOURCE_KEYS: Final = (SOURCE_KEY, SOURCE_KIND_KEY, PUBLISHER_KEY, FROM_KEY, TO_KEY)
"""Which source is open, which are listed, and between which versions changes are shown."""
MAP_VIEW_KEY: Final = "view"
"""Of the map page what somebody has moved the map to, which the browser alone reads; of the figure page its extent."""
VIEW_KEYS: Final = (
    *(RULE_KEY, INCIDENT_KEY, PROFILE_KEY, EVENT_KEY, *SPEAKER_KEYS, *SOURCE_KEYS),
    *("measure", "scheme", "classes", "limits", "lock", "timeline", "lanes"),
)
"""What a link holds beside the filters: what is open, and how provinces are shown."""


def chosen_incident() -> str | None:
    """Return the id of the incident whose card is open, as the URL has it."""
    return st.query_params.get(INCIDENT_KEY) or None


def choose_incident(incident_id: str | None) -> None:
    """Open an incident's card, or close it."""
    if incident_id != chosen_incident():
        set_query(INCIDENT_KEY, [incident_id] if incident_id else [])


def chosen_profile() -> str | None:
    """Return the code of the province whose profile is open, as the URL has it."""
    return st.query_params.get(PROFILE_KEY) or None


def choose_profile(code: str | None) -> None:
    """Open a province's profile, or close it."""
    if code != chosen_profile():
        set_query(PROFILE_KEY, [code] if code else [])


def chosen_event() -> str | None:
    """Return the id of the event cluster whose page is open, as the URL has it."""
    return st.query_params.get(EVENT_KEY) or None


def choose_event(group_id: str | None) -> None:
    """Open an event cluster, or close it."""
    set_query(EVENT_KEY, [group_id] if group_id else [])


def chosen_claimant() -> str | None:
    """Return the id of the claimant that the page of claimants is about, as the URL has it."""
    return st.query_params.get(CLAIMANT_KEY) or None


def choose_claimant(claimant_id: str | None) -> None:
    """Restrict the page of claimants to one, or to none."""
    set_query(CLAIMANT_KEY, [claimant_id] if claimant_id else [])


def chosen_source() -> str | None:
    """Return the key of the source that is open, as the URL has it."""
    return st.query_params.get(SOURCE_KEY) or None


def choose_source(key: str | None) -> None:
    """Open a source, or close it."""
    set_query(SOURCE_KEY, [key] if key else [])


def choose_publisher(publisher: str) -> None:
    """Restrict the sources to those of a publisher; for use in a callback."""
    set_query(PUBLISHER_KEY, [publisher])


def view_of_map() -> str | None:
    """Return what a moved map showed when the figure page was opened from it, as west,south,east,north; else None."""
    return st.query_params.get(MAP_VIEW_KEY) or None


def choice_widget(key: str, known: Sequence[str]) -> str:
    """Bring the widget that chooses what is open in step with the URL, before it is drawn, and return its key."""
    chosen = st.query_params.get(key)
    st.session_state[f"{key}-choice"] = chosen if chosen in known else None
    return f"{key}-choice"


# Widgets whose value is kept elsewhere or starts anew with another selection.


def hold(key: str, value: object) -> str:
    """Let a widget show what is kept elsewhere, before it is drawn, and return its key."""
    st.session_state[key] = value
    return key


def page_of_rows(key: str, of: str, pages: int) -> str:
    """Return the key of the widget that turns a table's pages, set to the first page when `of` is another choice."""
    page, known = f"{key}-page", f"{key}-pages-of"
    if st.session_state.get(known) != of or not 1 <= st.session_state.get(page, 1) <= pages:
        st.session_state[page] = 1
    st.session_state[known] = of
    return page
