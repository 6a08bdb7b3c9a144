"""The page of event clusters: the list, or one cluster day by day with its map and claims; and the panel of denials."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import groupby
from typing import Any, Final

import streamlit as st

from geo.casualties import Matrix, MatrixCell, Rule, Said, Total, matrix, rules, stated, total
from geo.evidence.denials import Answer, Denial, Matter, Statement, answer_words, denials, denied_words
from geo.figure.options import around_incidents
from geo.incident.dates import When, span_of_all
from geo.incident.record import EventGroup, Incident, event_names, oldest_first
from geo.incident.vocabulary import MEASURES, About, Category, DatePrecision, Scope, Stance, Status
from geo.language.messages import capitalised, day_words, month_words, say
from geo.places.boundaries import BOUNDARY_NOTE
from geo.render.left_out import left_out
from geo.selection import Filters
from geo.sentences import deaths, figure, how_known, toll_words, when, when_of, when_together, where, with_names
from geo.table.incident_table import IncidentTable
from ui.parts.card import counted_words, first_of, row, source_words, what_is_disputed
from ui.parts.components import panel, plain, symbol
from ui.parts.downloads import downloads
from ui.parts.filter_bar import one_to_open
from ui.parts.page_map import map_view, marks_for
from ui.resources import Resources
from ui.state import EVENT_KEY, MAP_PAGE, ask_for, ask_for_map, put_in_url, reset_filters, value_in_url

# Statements, as panels show them.

_SCOPES: Final = {
    Scope.INCIDENT: say("scope-one-incident"),
    Scope.GROUP: say("scope-whole-event-cluster"),
    Scope.CUMULATIVE: say("scope-in-no-total"),
}
_UNCOUNTED: Final = {About.EVENT: say("denial-that-it-happened"), About.ATTRIBUTION: say("card-who-did-it")}


def matter_words(matter: Matter) -> str:
    """Name what statements are about, as in “Pakistani forces killed, whole event cluster”."""
    named = _UNCOUNTED.get(matter.about) or f"{matter.whom or say('loss-number')} {matter.about.label}"
    words = say("denial-for-cluster", matter=named) if matter.scope is Scope.GROUP else named
    return capitalised(words)


def said(statement: Statement, table: IncidentTable, *, under: Scope = Scope.INCIDENT) -> dict[str, Any]:
    """Return template values of a statement, with its scope if that differs from `under`."""
    claim, claimant = statement.claim, table.claimants[statement.by]
    return {
        "speaker": claimant.name,
        "quoted": claim.by_text if claim.by_text != claimant.name else None,
        "stance": claim.stance.label,
        "what": _UNCOUNTED.get(claim.about, counted_words(claim)),
        "scope": "" if claim.scope is under else _SCOPES[claim.scope],
        "figure": figure(claim),
        "note": with_names(claim.note or "", table.names),
        "source": source_words(statement.source),
    }


# Who denies what: each denial once, with the claims that it contradicts, or a note that nobody says the opposite.

_FIRST_DENIALS: Final = 5
"""Least number of denials shown at first, in whole months; the others are folded."""
_SAID: Final = 4
"""Number of claims against a denial shown at first; the others are folded."""
_MOST_DENIALS: Final = 200
_MOST_SAID: Final = 50
"""Largest number of denials drawn at all, and of claims against each; complete lists are in the downloads."""


def denials_panel(incidents: Sequence[Incident], table: IncidentTable, *, key: str, only: str | None = None) -> None:
    """Draw the denials of incidents, latest first; `only` restricts them to a claimant who denies or is denied."""
    everybody = denials(incidents, table.claimants, everything=table.incidents)
    found = [denial for denial in everybody if only is None or only in denial.speakers]
    latest = sorted(found, key=lambda d: (d.statement.incident.date_start, d.statement.incident.id), reverse=True)
    inside = {incident.id for incident in incidents}
    shown = [(d.statement.incident, _denial(d, table, inside)) for d in latest[:_MOST_DENIALS]]
    months = [
        {"month": month, "denials": [one for _, one in group]}
        for month, group in groupby(shown, key=lambda one: month_words(one[0].date_start))
    ]
    first = _until_enough(months)
    panel(
        "who_denials.html",
        key=key,
        on_choose=ask_for_map,
        opened=only,
        only=table.claimants[only].name if only else None,
        counts=_counts(found),
        most_said=_SAID,
        first_of=first_of(len(found), _MOST_DENIALS),
        first=months[:first],
        folded=months[first:],
        more=say("more-denials", count=sum(len(month["denials"]) for month in months[first:])),
    )


def _until_enough(months: Sequence[Mapping[str, Any]]) -> int:
    """Return the number of months to show at first; all of them if only a few denials would be folded."""
    held = 0
    for number, month in enumerate(months, 1):
        held += len(month["denials"])
        if held >= _FIRST_DENIALS:
            left = sum(len(later["denials"]) for later in months[number:])
            return len(months) if left <= _FIRST_DENIALS else number
    return len(months)


def _counts(found: Sequence[Denial]) -> str:
    """State the number of denials, and how many of them nobody contradicts."""
    incidents = len({denial.statement.incident.id for denial in found})
    alone = sum(denial.answer is Answer.NOBODY for denial in found)
    without = say("denial-without-opposite", denials=alone) if alone and len(found) > 1 else ""
    return say("denial-counts", denials=len(found), incidents=incidents, without=without)


def _denial(denial: Denial, table: IncidentTable, inside: Collection[str]) -> dict[str, Any]:
    claim, claimant = denial.statement.claim, table.claimants[denial.statement.by]
    against = (*denial.opposite, *denial.beside, *denial.running)  # at most one of them is not empty
    return {
        "speaker": claimant.name,
        "quoted": claim.by_text if claim.by_text != claimant.name else None,
        "what": denied_words(claim),
        "note": with_names(claim.note or "", table.names),
        "source": source_words(denial.statement.source),
        "incident": row(denial.statement.incident),
        "answer": answer_words(denial.answer),
        "whole": denial.answer in (Answer.NOBODY, Answer.OWN_SIDE),
        "against": [_said(s, denial, table, inside) for s in against[:_MOST_SAID]],
        "claims": len(against),
        "listed": first_of(len(against), _MOST_SAID),
        "own_side": [_said(s, denial, table, inside) for s in denial.own_side[:_MOST_SAID]],
        "own_side_listed": first_of(len(denial.own_side), _MOST_SAID),
    }


def _said(statement: Statement, denial: Denial, table: IncidentTable, inside: Collection[str]) -> dict[str, Any]:
    """Return template values of a claim against a denial, with its incident if that is a different one."""
    other = statement.incident if statement.incident.id != denial.statement.incident.id else None
    shown = {**said(statement, table), "of": None, "outside": False}
    return shown if other is None else {**shown, "of": row(other), "outside": other.id not in inside}


# The claims matrix of an event cluster: who gives which figure for whose loss, and the totals under each rule.


def matrix_panel(incidents: Sequence[Incident], table: IncidentTable, *, key: str) -> None:
    """Draw the claims matrix of incidents, with a row for each claimant."""
    found = matrix(incidents, table.claimants)
    panel(
        "event_matrix.html",
        key=key,
        on_choose=ask_for_map,
        heads=[(about.label, list(inside)) for about, inside in groupby(found.columns, key=lambda c: c.about)],
        starts=_starts(found),
        rows=[
            {
                "claimant": row.claimant.name,
                "independent": row.claimant.independent,
                "cells": [
                    _cell(row.cells[column], table.names) if column in row.cells else None for column in found.columns
                ],
            }
            for row in found.rows
        ],
    )


def rule_rows(incidents: Sequence[Incident], table: IncidentTable) -> list[dict[str, Any]]:
    """Return the totals of incidents under each general rule, then by each claimant alone.

    Measures without any figure have no column, and claimants without a figure that counts have no row.
    """
    by_rule = [
        (rule, {about: total(incidents, table.incidents, about, rule) for about in MEASURES})
        for rule in rules(incidents, table.claimants)
    ]
    abouts = [about for about in MEASURES if any(_toll_cell(totals[about]) for _, totals in by_rule)]
    return [
        {
            "rule": rule.name,
            "sentence": rule.sentence,
            "alone": rule.kind.one_claimant,
            "tolls": {about.label: _toll_cell(totals[about]) for about in abouts},
        }
        for rule, totals in by_rule
        if not rule.kind.one_claimant or any(map(_toll_cell, totals.values()))
    ]


def _toll_cell(found: Total) -> dict[str, str] | None:
    """Return a total, and the figures claimed for whole clusters that it does not include; None if there is neither."""
    whole = [str(cluster.toll) for cluster in found.clusters if not cluster.counted]
    if found.toll is None and not whole:
        return None
    return {"toll": toll_words(found.toll), "whole": ", ".join(whole)}


def _starts(found: Matrix) -> list[bool]:
    """Return for each column whether it is the first of its measure."""
    kinds = [column.about for column in found.columns]
    return [at == 0 or kind is not kinds[at - 1] for at, kind in enumerate(kinds)]


def _counted(cell: MatrixCell) -> str:
    """Return the toll of a cell in words, a single figure as it was given; empty if nothing counts."""
    given = [said.claim for said in cell.said if stated(said.claim) is not None and not _is_running(said)]
    return figure(given[0]) if len(given) == 1 else "" if cell.toll is None else str(cell.toll)


def _is_running(said: Said) -> bool:
    return said.claim.scope is Scope.CUMULATIVE and stated(said.claim) is not None


def _cell(cell: MatrixCell, names: Mapping[str, str]) -> dict[str, Any]:
    sources = {(said.source.publisher, said.source.url): said.source for said in cell.said}
    return {
        "toll": _counted(cell),
        "running": [figure(said.claim) for said in cell.said if _is_running(said)],
        "stances": [stance.label for stance in cell.stances],
        "denied": cell.stances == (Stance.DENIES,),
        "notes": with_names("; ".join(dict.fromkeys(s.claim.note for s in cell.said if s.claim.note)), names),
        "sources": list(sources.values()),
    }


# The evidence of an event cluster: claims matrix, totals under each rule, disputed points, denials.


def event_evidence(chosen: Sequence[Incident], table: IncidentTable, *, split: bool) -> None:
    """Draw the evidence of an event's selected incidents; `split` if they are not all of its incidents."""
    st.markdown(f"## {say('event-figures')}")
    matrix_panel(chosen, table, key="event-matrix")
    st.caption(say("event-figures-about"))
    beside_totals, beside_disputed = st.columns(2, gap="medium")
    with beside_totals:
        st.markdown(f"## {say('event-rules')}")
        totals_panel(chosen, table, key="event-totals", split=split)
    with beside_disputed:
        st.markdown(f"## {say('event-disputed')}")
        _disputed(chosen, table)
    denials_panel(chosen, table, key="event-denials")


def totals_panel(incidents: Sequence[Incident], table: IncidentTable, *, key: str, split: bool) -> None:
    """Draw the totals of incidents under each rule; `split` if they are only part of an event cluster."""
    panel(
        "event_totals.html",
        key=key,
        on_choose=ask_for_map,
        rows=rule_rows(incidents, table),
        rule=table.rule.name,
        rule_sentence=table.rule.sentence,
        split=split,
    )


def _disputed(incidents: Sequence[Incident], table: IncidentTable) -> None:
    disputed = [(row(incident), what_is_disputed(incident, table.claimants)) for incident in incidents]
    panel(
        "event_disputed.html",
        key="event-disputed",
        on_choose=ask_for_map,
        disputed=[(entry, points) for entry, points in disputed if points],
    )


# The list of event clusters, latest first; each opens its page.

_LIST_KEY: Final = "event-list"


def event_list(incidents: Sequence[Incident], table: IncidentTable) -> None:
    """Draw the event clusters of the selected incidents and, folded below, those that the filters leave out."""
    rows = [_row(group, incidents, table) for group in latest_first(table)]
    panel(
        "event_list.html",
        key=_LIST_KEY,
        on_choose=partial(put_in_url, EVENT_KEY),
        events=[row for row in rows if row["chosen"]],
        others=[row for row in rows if not row["chosen"]],
        alone=sum(incident.event_group is None for incident in incidents),
    )


def latest_first(table: IncidentTable) -> list[EventGroup]:
    """Return the event clusters, latest start first."""
    return sorted(table.event_groups.values(), key=oldest_first, reverse=True)


def event_days(group: EventGroup, members: Sequence[Incident]) -> str:
    """Say when an event took place: by its incidents, or by the register if none of them can be read."""
    if members:
        return when_together(members)
    return span_of_all([When(group.date_start, group.date_end, DatePrecision.DAY)])


def of_all(chosen: int, everything: int) -> str:
    """Say how many of an event's incidents are in the selection."""
    return (
        say("incidents", count=everything)
        if chosen == everything
        else say("event-of-incidents", chosen=chosen, everything=everything)
    )


def _row(group: EventGroup, incidents: Sequence[Incident], table: IncidentTable) -> dict[str, Any]:
    members = table.event_group(group.id)
    chosen = [incident for incident in incidents if incident.event_group == group.id]
    kinds = {incident.category for incident in members}
    return {
        "id": group.id,
        "name": group.name,
        "when": event_days(group, members),
        "year": group.date_start.year,
        "summary": group.summary,
        "count": of_all(len(chosen), len(members)),
        "chosen": bool(chosen),
        "split": 0 < len(chosen) < len(members),
        "disputed": sum(incident.status is Status.DISPUTED for incident in members),
        "symbols": [symbol(category, Status.REPORTED) for category in Category if category in kinds],
    }


# An event cluster day by day: its incidents by start day, or by what is known of it.

_DAYS_KEY: Final = "event-days"


def days_panel(incidents: Sequence[Incident], rule: Rule) -> None:
    """Draw the incidents, oldest first, grouped by start day or what is known of it; deaths are by `rule`."""
    panel(
        "event_days.html",
        key=_DAYS_KEY,
        on_choose=ask_for_map,
        days=[
            (capitalised(head), [_entry(incident, rule) for incident in began])
            for head, began in groupby(sorted(incidents, key=_order), key=_day_head)
        ],
        rule=rule.name,
        rule_sentence=rule.sentence,
    )


def _order(incident: Incident) -> tuple[date, bool, str]:
    """Sort key: first possible day, then incidents whose day is known before the others."""
    return incident.date_start, not when_of(incident).day_known, _day_head(incident)


def _day_head(incident: Incident) -> str:
    """Return the heading for an incident: the day it began or, if not known, its date as far as known."""
    return day_words(incident.date_start) if when_of(incident).day_known else when(incident)


def _entry(incident: Incident, rule: Rule) -> dict[str, Any]:
    return {
        **row(incident),
        "lasting": None if when(incident) == _day_head(incident) else when(incident),
        "where": where(incident),
        "how_known": how_known(incident),
        "summary": incident.summary,
        "deaths": deaths(incident, rule),
    }


# The page of one event cluster: how much of it is selected, its map, days and evidence.


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenEvent:
    """The event cluster whose page is open."""

    group: EventGroup
    members: tuple[Incident, ...]
    """All incidents of the event cluster."""
    chosen: tuple[Incident, ...]
    """The selected ones, oldest first."""
    filters: Filters
    """The selection, restricted to the event."""


def event_choice(table: IncidentTable) -> None:
    """Draw the searchable choice of an event, and buttons to the previous, the next, the list and the map."""
    names = event_names(table.event_groups)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        one_to_open(say("event-cluster"), EVENT_KEY, names, placeholder=say("event-choose"), width=460)
        ids = list(names)[::-1]
        opened = value_in_url(EVENT_KEY)
        if opened in ids:
            at = ids.index(opened)
            _step(say("event-earlier"), ":material/chevron_left:", ids[at - 1] if at else None)
            _step(say("event-later"), ":material/chevron_right:", ids[at + 1] if at + 1 < len(ids) else None)
            st.button(say("event-all"), key="event-all", on_click=put_in_url, args=(EVENT_KEY, None))
            st.button(
                say("event-on-map"),
                key="event-on-map",
                icon=":material/map:",
                help=say("event-on-map-help"),
                on_click=ask_for,
                args=(MAP_PAGE, "group", opened),
            )


def opened_event(filters: Filters, table: IncidentTable) -> OpenEvent | None:
    """Return the event whose page is open, or None; warn if the link names one that does not exist."""
    group_id = value_in_url(EVENT_KEY)
    if group_id is None:
        return None
    group = table.event_groups.get(group_id)
    if group is None:
        st.warning(say("event-unknown", id=plain(group_id)))
        return None
    inside = replace(filters, group=(group_id,))
    return OpenEvent(group=group, members=table.event_group(group_id), chosen=table.selected(inside), filters=inside)


def event_page(event: OpenEvent, found: Resources) -> None:
    """Draw the page of an event: heading, map beside days, evidence, downloads."""
    _head(event)
    if not event.chosen:
        return
    beside_map, beside_days = st.columns([2, 1], gap="small")
    with beside_map:
        map_view(
            marks_for(event.chosen, found) | {"selected": None},
            key=f"event-map-{event.group.id}",
            label=say("event-map-label", name=event.group.name),
            on_choose=ask_for_map,
            view=around_incidents(event.members, found.boundaries),
        )
    with beside_days:
        days_panel(event.chosen, found.table.rule)
    st.caption(f"{left_out(event.filters, found.table).sentences()} {BOUNDARY_NOTE}")
    event_evidence(event.chosen, found.table, split=len(event.chosen) < len(event.members))
    st.markdown(f"## {say('event-files')}")
    downloads(event.filters, found.table)


def _head(event: OpenEvent) -> None:
    group, chosen, everything = event.group, len(event.chosen), len(event.members)
    st.markdown(f"## {plain(group.name)}")
    st.markdown(f"**{event_days(group, event.members)}** · {of_all(chosen, everything)} · {_sources(event.chosen)}")
    st.markdown(plain(group.summary))
    if chosen < everything:
        out = _left_out(chosen, everything)
        st.info(say("event-reset", left_out=out))
        st.button(say("event-show-whole"), key="event-whole", icon=":material/restart_alt:", on_click=reset_filters)


def _left_out(chosen: int, everything: int) -> str:
    if not chosen:
        return say("event-filters-leave-none", everything=everything)
    return say("event-split", chosen=chosen, everything=everything)


def _sources(incidents: Sequence[Incident]) -> str:
    sources = {(s.publisher, s.url or s.title) for incident in incidents for s in incident.sources}
    publishers = {publisher for publisher, _ in sources}
    if not sources:
        return say("event-no-source")
    return say("event-sources", sources=len(sources), publishers=len(publishers))


def _step(label: str, icon: str, group_id: str | None) -> None:
    st.button(label, key=label, icon=icon, on_click=put_in_url, args=(EVENT_KEY, group_id), disabled=group_id is None)
