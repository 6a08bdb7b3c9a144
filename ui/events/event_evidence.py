"""What the claims of an event cluster say together: merged matrix, totals under each rule, disputed points."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

import streamlit as st

from geo.casualties.matrix import Cell, Matrix, Said, matrix
from geo.casualties.measures import MEASURES
from geo.casualties.rules import rules
from geo.casualties.tolls import stated
from geo.casualties.totals import Total, total
from geo.incident.record import Incident
from geo.incident.vocabulary import Scope, Stance
from geo.language.messages import say
from geo.table.incident_table import IncidentTable
from geo.text.casualty_sentences import toll_words
from geo.text.describing import figure, with_names
from ui.parts.card import row, what_is_disputed
from ui.parts.denial_panel import denials_panel
from ui.parts.panel import panel
from ui.state import ask_for_map

# The merged matrix of an event cluster: who gives which figure for whose loss, and what each rule makes of it.


def matrix_panel(incidents: Sequence[Incident], table: IncidentTable, *, key: str) -> None:
    """Draw the matrix of incidents, a row for each claimant."""
    found = matrix(incidents, table.claimants)
    panel(
        "event_matrix.html",
        key=key,
        on_choose=ask_for_map,
        heads=[(about.value, list(inside)) for about, inside in groupby(found.columns, key=lambda c: c.about)],
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
    """Return what each general rule gives for incidents, then each claimant's word alone.

    Losses that nobody gives a figure for have no column, and claimants whose figures do not count no row.
    """
    told = [
        (rule, {about: total(incidents, table.incidents, about, rule) for about in MEASURES})
        for rule in rules(incidents, table.claimants)
    ]
    abouts = [about for about in MEASURES if any(_told(totals[about]) for _, totals in told)]
    return [
        {
            "rule": rule.name,
            "sentence": rule.sentence,
            "alone": rule.kind.one_claimant,
            "tolls": {about.value: _told(totals[about]) for about in abouts},
        }
        for rule, totals in told
        if not rule.kind.one_claimant or any(map(_told, totals.values()))
    ]


def _told(found: Total) -> dict[str, str] | None:
    """Return a total and, where it is in none, what is claimed for the whole cluster; None without either."""
    whole = [str(cluster.toll) for cluster in found.clusters if not cluster.counted]
    if found.toll is None and not whole:
        return None
    return {"toll": toll_words(found.toll), "whole": ", ".join(whole)}


def _starts(found: Matrix) -> list[bool]:
    """Tell of each column whether it is the first of its kind of loss."""
    kinds = [column.about for column in found.columns]
    return [at == 0 or kind is not kinds[at - 1] for at, kind in enumerate(kinds)]


def _counted(cell: Cell) -> str:
    """Write the toll of a cell, a single figure as it was given; empty where nothing counts."""
    given = [said.claim for said in cell.said if stated(said.claim) is not None and not _is_running(said)]
    return figure(given[0]) if len(given) == 1 else "" if cell.toll is None else str(cell.toll)


def _is_running(said: Said) -> bool:
    return said.claim.scope is Scope.CUMULATIVE and stated(said.claim) is not None


def _cell(cell: Cell, names: Mapping[str, str]) -> dict[str, Any]:
    sources = {(said.source.publisher, said.source.url): said.source for said in cell.said}
    return {
        "toll": _counted(cell),
        "running": [figure(said.claim) for said in cell.said if _is_running(said)],
        "stances": [stance.value for stance in cell.stances],
        "denied": cell.stances == (Stance.DENIES,),
        "notes": with_names("; ".join(dict.fromkeys(s.claim.note for s in cell.said if s.claim.note)), names),
        "sources": list(sources.values()),
    }


# What the claims of an event cluster say together: merged matrix, totals under each rule, disputed points, denials.


def event_evidence(chosen: Sequence[Incident], table: IncidentTable, *, split: bool) -> None:
    """Draw the evidence of an event's chosen incidents; `split` tells that they are not all of it."""
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
    """Draw what each rule gives for incidents; `split` tells that they are only a part of an event cluster."""
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
