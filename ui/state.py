"""Session state and the address bar; the only module that knows their keys."""

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

# State of a single page, synchronised with the URL. Streamlit itself binds the frame's widgets to the URL; those that
# show names for codes have a hidden twin (`ui/parts/filter_bar.py`).

_PAGE_KEY: Final = "page-last-run"
_CHANGED_KEY: Final = "page-just-changed"
_UNKNOWN_KEY: Final = "unknown-in-link"


def note_page(url_path: str) -> None:
    """Note the running page, and whether this is its first run after another page."""
    before = st.session_state.get(_PAGE_KEY)
    st.session_state[_PAGE_KEY] = url_path
    st.session_state[_CHANGED_KEY] = before is not None and before != url_path
    st.session_state[_UNKNOWN_KEY] = {}


def note_unknown(key: str, known: Collection[str]) -> None:
    """Note the value of a URL parameter as ignored if it is unknown; call before its widget is drawn."""
    if st.query_params.get(key) not in known:
        note_ignored(key)


def note_ignored(key: str) -> None:
    """Note that the page ignores the value of a URL parameter, if there is one."""
    in_url = st.query_params.get(key)
    if in_url:
        st.session_state[_UNKNOWN_KEY] |= {key: in_url}


def unknown_in_link() -> dict[str, str]:
    """Return the ignored URL parameters and their values; call after the page is drawn."""
    return dict(st.session_state[_UNKNOWN_KEY])


def pull_one(key: str, known: Sequence[str], *, default: str | None = None) -> None:
    """Set a single-choice widget from the URL before it is drawn; the `default` is the first code unless given."""
    usual = default or known[0]
    _restore(key, default=usual)
    note_unknown(key, known)
    in_url = st.query_params.get(key)
    code = in_url if in_url in known else usual
    if code != st.session_state.get(written(key)) or st.session_state.get(key) not in known:
        st.session_state[key] = st.session_state[written(key)] = code


def push_one(key: str, default: str) -> None:
    """Write a widget's code to the URL, or remove it if it is the default; a callback."""
    code = st.session_state[key]
    st.session_state[written(key)] = code
    set_query_param(key, [] if code == default else [code])


def _restore(key: str, *, default: str) -> None:
    """Restore a URL parameter lost in switching pages; what is open on a page stays behind."""
    before = st.session_state.get(written(key))
    if before not in (None, default) and st.session_state.get(_CHANGED_KEY) and key not in st.query_params:
        set_query_param(key, [str(before)])


def set_query_param(key: str, values: list[str]) -> None:
    """Set a URL parameter, or remove it if there are no values."""
    if values:
        st.query_params[key] = values
    elif key in st.query_params:
        del st.query_params[key]


def written(key: str) -> str:
    """Return the session key for the last value written to a URL parameter."""
    return f"{key}-in-url"


# The address bar, which only the browser can change without a new history entry; and a callback's request for the next
# run to open another page with the same selection.

EVENTS_PAGE: Final = "events"
MAP_PAGE: Final = ""
_FIGURE_PAGE: Final = "figure"
CHANGES_PAGE: Final = "changes"
"""Last parts of their URLs."""
_ASKED_KEY: Final = "page-asked-for"


@cache
def _address_bar() -> Any:
    """Return the component, made with the first page, since it cannot be made before the server has started."""
    script = Path(__file__).parent / "parts" / "address_bar.js"
    return st.components.v2.component("incident_map_address_bar", js=script.read_text("utf-8"))


def address_bar() -> None:
    """Make one user action one entry in the browser's history, and keep the selection in navigation links."""
    _address_bar()(key="address-bar", data={"shared": [*FILTER_KEYS, RULE_KEY], "figure": _FIGURE_PAGE})
    go_where_asked()


def go_where_asked() -> None:
    """Send the browser to the page a callback asked for; also called by fragments, which run without the frame."""
    asked = st.session_state.pop(_ASKED_KEY, None)
    if asked is not None:
        page, opened = asked
        go = {"from": st.session_state[_PAGE_KEY], "to": page, "opened": opened}
        _address_bar()(key="address-bar-go", data={"go": go, "once": uuid4().hex})


def base_path() -> str:
    """Return the base path of all URLs from the server's settings; usually empty."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}" if base else ""


def link_to_incident(incident_id: str) -> str:
    """Return a URL that opens an incident at its place on the map, whatever the selection."""
    return link_below("/", {INCIDENT_KEY: [incident_id]})


def ruled_query(filters: Filters, rule: str | None) -> dict[str, list[str]]:
    """Return the query of a selection under a rule, omitting the default rule."""
    return filters.to_query() | ({} if rule in (None, RANGE.code) else {RULE_KEY: [str(rule)]})


def link_below(path: str, query: Mapping[str, Sequence[str]]) -> str:
    """Return the URL of a path below the app's, whichever page is open."""
    here = urlsplit(str(st.context.url))
    root = here.path.removesuffix(st.session_state.get(_PAGE_KEY, "")).removesuffix("/")
    return here._replace(path=f"{root}{path}", query=urlencode(query, doseq=True), fragment="").geturl()


def ask_for(page: str, key: str, code: str) -> None:
    """Request a page with one value of a URL parameter; call in a callback."""
    st.session_state[_ASKED_KEY] = page, {key: [code]}


def ask_for_map(incident_id: str) -> None:
    """Request the map page with an incident open; call in a callback."""
    ask_for(MAP_PAGE, INCIDENT_KEY, incident_id)


# The selection shared by all pages: filters and rule, in widgets that Streamlit binds to the URL.

FILTER_KEYS: Final = tuple(name for name, entry in FIELDS.items() if entry.widget is not None)
"""Filter widgets; widget key, URL parameter and field of `Filters` have the same name."""

MORE_KEYS: Final = tuple(name for name in FILTER_KEYS if FIELDS[name].place is Place.MORE)
"""Filters behind “More filters”."""

RULE_KEY: Final = "rule"
"""The counting rule. It is not a filter, so resetting filters leaves it unchanged."""
_MORE_KEY: Final = "more-filters-open"


def current_filters() -> Filters:
    """Return the selection in the filter bar."""
    values = {key: st.session_state.get(key) for key in FILTER_KEYS}
    return Filters(**{key: value for key, value in values.items() if value})


def chosen_rule() -> str | None:
    """Return the code of the rule selected in the frame; None before it is drawn."""
    code: str | None = st.session_state.get(RULE_KEY)
    return code


def filter_bar_drawn() -> bool:
    """Tell whether the filter bar, which includes the rule, has been drawn in this session."""
    return RULE_KEY in st.session_state


def reset_filters(*names: str) -> None:
    """Clear the named filters, or all if none are named; a callback."""
    for key in names or FILTER_KEYS:
        empty = FIELDS[key].default
        st.session_state[key] = [] if FIELDS[key].many else empty and str(empty)


def set_filter(name: str, values: Sequence[str]) -> None:
    """Set the values of one filter; call in a callback."""
    st.session_state[name] = list(values)


def set_period(since: date | None, until: date | None) -> None:
    """Restrict the filters to a period, or remove the restriction; call in a callback."""
    st.session_state["since"], st.session_state["until"] = since, until
    st.session_state["year"] = []


def set_common(period: tuple[date, date] | None, provinces: Sequence[str] = ()) -> None:
    """Restrict the filters to a period and to provinces, each if given; a callback."""
    if period is not None:
        st.session_state["since"], st.session_state["until"] = period
    if provinces:
        st.session_state["province"] = list(provinces)


def more_filters_open() -> bool:
    """Tell whether the less common filters are shown: from the first use of one to the end of the session."""
    used = any(st.session_state.get(key) for key in MORE_KEYS) or any(key in st.query_params for key in MORE_KEYS)
    st.session_state[_MORE_KEY] = used or bool(st.session_state.get(_MORE_KEY))
    return bool(st.session_state[_MORE_KEY])


def named_key(key: str) -> str:
    """Return the key of the widget that shows a code widget's values by name."""
    return f"{key}-named"


def take_named(key: str) -> None:
    """Copy values chosen by name to the code widget; a callback."""
    st.session_state[key] = st.session_state[named_key(key)]


def spell_as_known(key: str, known: Sequence[str], spellings: Mapping[str, str]) -> None:
    """Match names in the URL to known ones, ignoring case and accents; call before the widget is first drawn.

    `spellings` are alternative words for some of them.
    """
    folded = {fold(name): name for name in known} | dict(spellings)
    given = st.query_params.get_all(key)
    if key not in st.session_state and any(name not in known for name in given):
        st.session_state[key] = [folded[fold(name)] for name in given if fold(name) in folded]


# What is open on a page, and parameters of single pages, in the URL.

INCIDENT_KEY: Final = "incident"
PROFILE_KEY: Final = "profile"
EVENT_KEY: Final = "event"
CLAIMANT_KEY: Final = "claimant"
SPEAKER_KEYS: Final = (CLAIMANT_KEY, "side", "kind", "gaps")
"""Parameters of the page of claimants: whom it shows, and how gaps are ranked."""
SOURCE_KEY: Final = "source"
SOURCE_KIND_KEY: Final = "source-kind"
PUBLISHER_KEY: Final = "publisher"
FROM_KEY: Final = "from"
TO_KEY: Final = "to"
SOURCE_KEYS: Final = (SOURCE_KEY, SOURCE_KIND_KEY, PUBLISHER_KEY, FROM_KEY, TO_KEY)
"""Parameters for the open source, the listed sources, and the versions compared."""
MAP_VIEW_KEY: Final = "view"
"""On the map page, the view a user has moved to, read only by the browser; on the figure page, its extent."""
VIEW_KEYS: Final = (
    *(RULE_KEY, INCIDENT_KEY, PROFILE_KEY, EVENT_KEY, *SPEAKER_KEYS, *SOURCE_KEYS),
    *("measure", "scheme", "classes", "limits", "lock", "timeline", "lanes"),
)
"""URL parameters beside the filters: what is open, and how provinces are shown."""


def value_in_url(key: str) -> str | None:
    """Return what is open under a URL parameter, such as the incident of INCIDENT_KEY; None if nothing is."""
    return st.query_params.get(key) or None


def put_in_url(key: str, code: str | None) -> None:
    """Open what has this id or code under a URL parameter, or close what is open there."""
    if code != value_in_url(key):
        set_query_param(key, [code] if code else [])


def choice_widget(key: str, known: Sequence[str]) -> str:
    """Set the widget that chooses what is open from the URL, before it is drawn, and return its key."""
    chosen = st.query_params.get(key)
    st.session_state[f"{key}-choice"] = chosen if chosen in known else None
    return f"{key}-choice"


# Widgets whose value is stored elsewhere or resets with the selection.


def hold(key: str, value: object) -> str:
    """Make a widget show a value stored elsewhere, before it is drawn, and return its key."""
    st.session_state[key] = value
    return key


def page_of_rows(key: str, of: str, pages: int) -> str:
    """Return the key of a table's page widget, reset to the first page when `of` changes."""
    page, known = f"{key}-page", f"{key}-pages-of"
    if st.session_state.get(known) != of or not 1 <= st.session_state.get(page, 1) <= pages:
        st.session_state[page] = 1
    st.session_state[known] = of
    return page
