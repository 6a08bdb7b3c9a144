"""The filter bar and the rule switch, which apply to every page and are part of every link."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

import streamlit as st

from geo.casualties import Rule
from geo.incident.record import event_names
from geo.incident.vocabulary import NOT_KNOWN, Linked
from geo.language.folding import fold
from geo.language.messages import say
from geo.places.boundaries import Boundaries
from geo.selection import FIELDS, FilterField, Filters, Known, Names, Place, Widget
from geo.table.incident_table import IncidentTable, known_names
from ui.parts.components import component, panel, plain
from ui.resources import Resources
from ui.standalone import embed_snippet
from ui.state import (
    FILTER_KEYS,
    MAP_VIEW_KEY,
    RULE_KEY,
    VIEW_KEYS,
    choice_widget,
    chosen_rule,
    current_filters,
    filter_bar_drawn,
    link_below,
    more_filters_open,
    named_key,
    pull_one,
    push_one,
    put_in_url,
    reset_filters,
    ruled_query,
    spell_as_known,
    take_named,
    unknown_in_link,
)

# Choices shown by name and kept in the link by code. Streamlit writes into the link what a bound widget shows, so a
# hidden twin that shows codes is bound instead, with the parameter's name as key. What is chosen by name is copied into
# it, and back before each drawing. Writing to the link from the script would add an extra entry to the browser history.


def coded_choices(label: str, names: Mapping[str, str], key: str, draw: Callable[..., Any], **more: Any) -> None:
    """Draw a choice of any number of codes with `draw`, `st.pills` or `st.multiselect`; `names` is by code."""
    with _hidden(key):
        st.multiselect(label, list(names), key=key, bind="query-params")
    if draw is st.pills:
        more["selection_mode"] = "multi"
    _named(label, names, key, draw, **more)


def coded_choice(label: str, names: Mapping[str, str], key: str, **more: Any) -> str:
    """Draw a choice of one code, by default the first, and return it; `names` is by code."""
    with _hidden(key):
        st.selectbox(label, list(names), key=key, bind="query-params")
    _named(label, names, key, st.selectbox, **more)
    return str(st.session_state[key])


def _named(label: str, names: Mapping[str, str], key: str, draw: Callable[..., Any], **more: Any) -> None:
    st.session_state[named_key(key)] = st.session_state[key]
    shown = {code: plain(name) for code, name in names.items()} if draw is st.pills else names  # lists show no Markdown
    draw(
        label,
        list(names),
        format_func=shown.__getitem__,
        key=named_key(key),
        on_change=take_named,
        args=(key,),
        **more,
    )


def _hidden(key: str) -> Any:
    return st.container(key=f"coded-{key}")


# Choices of one code, outside the filters; shown by name and kept in the link.

ANY: Final = "any"


def choice_of_one(
    label: str,
    key: str,
    names: Mapping[str, str],
    *,
    default: str | None = None,
    draw: Callable[..., Any] = st.selectbox,
    **more: Any,
) -> str:
    """Draw the choice and return the code; `names` is by code, and the first is the default unless one is given."""
    usual = str(default or next(iter(names)))  # Streamlit would store an enum member by its name
    pull_one(key, list(names), default=usual)
    chosen = draw(
        label, list(names), format_func=names.__getitem__, key=key, on_change=push_one, args=(key, usual), **more
    )
    return str(chosen or usual)


def one_or_any(label: str, key: str, names: Mapping[str, str]) -> str:
    """Draw the choice and return the code, by default ANY; `names` is by code."""
    return choice_of_one(label, key, {ANY: say("filter-any"), **names})


def one_of_few(label: str, key: str, names: Mapping[str, str], *, default: str) -> str:
    """Draw the choice as a segmented control and return the code; `names` is by code."""
    shown = {code: plain(name) for code, name in names.items()}
    return choice_of_one(label, key, shown, default=default, draw=st.segmented_control, required=True)


def one_to_open(label: str, key: str, names: Mapping[str, str], **more: Any) -> str | None:
    """Draw a select box of what is open under a URL parameter and return its code; None if nothing is."""
    widget = choice_widget(key, list(names))
    chosen: str | None = st.selectbox(
        label,
        list(names),
        format_func=names.__getitem__,
        index=None,
        key=widget,
        on_change=lambda: put_in_url(key, st.session_state[widget]),
        **more,
    )
    return chosen


def any_of(*keys: str) -> None:
    """Draw a button that resets such choices to ANY, for when together they leave nothing to show."""
    st.button(
        say("filter-show-all"), key="-".join(("any", *keys)), icon=":material/restart_alt:", on_click=_any, args=keys
    )


def _any(*keys: str) -> None:
    for key in keys:
        st.session_state[key] = ANY
        push_one(key, ANY)


# The rule switch: the casualty counting rule behind every number of people in the app.


def rule_switch(rules: Sequence[Rule]) -> None:
    """Draw the switch; the first rule is the default for links without a rule."""
    titles = {rule.code: rule.title for rule in rules}
    chosen = coded_choice(say("filter-rule"), titles, RULE_KEY, help=say("filter-rule-help"))
    st.caption(plain(next(rule.kind.counted for rule in rules if rule.code == chosen)))


# Unknown values in a link: widgets ignore them silently, so a warning is shown once.


def asked_by_link() -> dict[str, list[str]]:
    """Return the link's filter values by parameter; empty once the filter bar has been drawn in this session."""
    if filter_bar_drawn():
        return {}
    return {key: st.query_params.get_all(key) for key in (*FILTER_KEYS, RULE_KEY) if key in st.query_params}


def tell_ignored(asked: dict[str, list[str]]) -> None:
    """Warn about values of the link that the filter bar ignored; call it after drawing the bar."""
    rules = [value for value in asked.get(RULE_KEY, ()) if value.strip() and fold(value) != fold(chosen_rule() or "")]
    ignored = [*current_filters().not_taken(asked), *(f"{RULE_KEY}={value}" for value in rules)]
    if ignored:
        st.warning(say("filter-not-in-link", ignored=plain(", ".join(ignored))))


def tell_unknown() -> None:
    """Warn about values of the link that the page ignored; call it after drawing the page."""
    ignored = [f"{key}={value}" for key, value in unknown_in_link().items()]
    if ignored:
        st.warning(say("filter-not-in-link", ignored=plain(", ".join(ignored))))


# The filter bar.

_MOST_PILLS = 20


def filter_bar(found: Resources) -> Filters:
    """Draw the filters and return the selection."""
    known = found.kept("known", None, lambda: _known(found))
    for place in Place:
        shown = {name: entry for name, entry in FIELDS.items() if entry.widget and entry.place is place}
        with st.expander(say("filter-more"), expanded=more_filters_open()) if place is Place.MORE else nullcontext():
            for name, entry in shown.items():
                if not isinstance(entry.choices, Known) or entry.choices in known:
                    _draw(name, entry, entry.names(known), found)
    component("typed_dates")(key="typed-dates", data={})
    return current_filters()


def _draw(name: str, entry: FilterField, names: Mapping[str, str], found: Resources) -> None:
    """Draw the widget of a field; `names` are the names of its codes."""
    shown = {code: called for code, called in names.items() if found.offers(entry, code)}
    meanings = {called: entry.meanings[code] for code, called in shown.items() if code in entry.meanings}
    tip = entry.tip or explained(meanings) or None
    if entry.folded or entry.spellings:
        spell_as_known(name, list(shown), entry.spellings)
    _DRAWERS[entry.widget](name, entry, shown, tip, found)


def _codes(name: str, entry: FilterField, shown: Mapping[str, str], tip: str | None, _: Resources) -> None:
    as_list = entry.widget is Widget.LIST or len(shown) > _MOST_PILLS
    draw: Callable[..., Any] = st.multiselect if as_list else st.pills
    more: dict[str, Any] = {"placeholder": entry.placeholder} if as_list else {}
    if any(code != (called if as_list else plain(called)) for code, called in shown.items()):
        coded_choices(entry.label, shown, name, draw, help=tip, **more)
    else:
        more |= {} if as_list else {"selection_mode": "multi"}
        draw(entry.label, list(shown), key=name, bind="query-params", help=tip, **more)


def _one(name: str, entry: FilterField, shown: Mapping[str, str], tip: str | None, _: Resources) -> None:
    coded_choice(entry.label, shown, name, help=tip)


def _day(name: str, entry: FilterField, _: Mapping[str, str], tip: str | None, found: Resources) -> None:
    first, last = found.period
    ends: dict[str, Any] = {"min_value": first, "max_value": last, "format": "DD/MM/YYYY"}
    st.date_input(entry.label, value=None, key=name, bind="query-params", help=tip, **ends)


def _text(name: str, entry: FilterField, _: Mapping[str, str], tip: str | None, __: Resources) -> None:
    st.text_input(entry.label, key=name, bind="query-params", placeholder=entry.placeholder, help=tip)


_DRAWERS: Final[Mapping[Widget | None, Callable[..., None]]] = {
    Widget.PILLS: _codes,
    Widget.LIST: _codes,
    Widget.ONE: _one,
    Widget.DAY: _day,
    Widget.TEXT: _text,
}


def _known(found: Resources) -> Names:
    """Return names by code for lists that depend on the incidents; lists that offer no choice are absent."""
    first, last = found.period
    known: dict[Known, Mapping[str, str]] = {
        **known_names(found.table, found.boundaries),
        Known.YEARS: {str(year): str(year) for year in range(first.year, last.year + 1)},
        Known.PROVINCES: _provinces(found.table, found.boundaries),
        Known.EVENTS: event_names(found.table.event_groups),
    }
    if not found.datasets:
        del known[Known.DATASETS]
    if found.linked:
        known[Known.LINKED] = {Linked.EACH.value: say("filter-count-each"), Linked.ONCE.value: say("filter-count-once")}
    return known


_SHARE_PX: Final = 240


def filter_actions(filters: Filters) -> None:
    """Draw the reset button and, in a popover, links to copy: for other sites, and for programs."""
    reset, share = st.columns(2)
    reset.button(
        say("filter-reset"),
        icon=":material/restart_alt:",
        on_click=reset_filters,
        disabled=not filters.active,
        width="stretch",
    )
    with (
        share.popover(say("column-link"), icon=":material/link:", width="stretch"),
        st.container(height=_SHARE_PX, border=False),  # fixed height, so that the popover opens where it fits
    ):
        query = ruled_query(filters, chosen_rule())
        frames = {
            "frame": embed_snippet(link_below("/embed", query)),
            "frame_viewed": embed_snippet(link_below("/embed", query | {MAP_VIEW_KEY: ["VIEW"]})),
        }
        panel("share.html", key="share", on_choose=lambda _: None, addresses=_addresses(filters), **frames)


def _addresses(filters: Filters) -> list[tuple[str, str]]:
    """Return labels and addresses of the HTTP answers for programs: feed, CSV of the selection, API description."""
    return [
        (say("link-feed"), link_below("/feed.atom", filters.to_query())),
        (say("link-csv"), link_below("/incidents.csv", ruled_query(filters, chosen_rule()))),
        (say("link-api"), link_below("/api", {})),
    ]


def link_to_view(filters: Filters) -> str:
    """Return an address that opens the same page with the same selection and open items."""
    here = urlsplit(str(st.context.url))
    query = dict(filters.to_query())
    query |= {key: [value] for key in VIEW_KEYS if (value := st.query_params.get(key))}
    return here._replace(query=urlencode(query, doseq=True), fragment="").geturl()


def explained(words: Mapping[str, str]) -> str:
    """Return a Markdown list of codes and their meanings, for a tooltip."""
    return "\n".join(f"- **{option}**: {meaning}" for option, meaning in words.items())


def _provinces(table: IncidentTable, layers: Boundaries) -> dict[str, str]:
    """Return province names by code: those with incidents by name, then the others, and last “not known”."""
    used = {code for incident in table.incidents for code in table.provinces_of(incident)}
    ordered = sorted(layers.provinces.itertuples(), key=lambda row: (row.Index not in used, row.province))
    return {row.Index: row.province for row in ordered} | {NOT_KNOWN: say("filter-not-known")}
