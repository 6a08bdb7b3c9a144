"""The merged matrix of a wider event: who gives which figure for whose loss, and what each rule makes of it."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, Final

from geo.claims import Cell, Matrix, RuleKind, Said, matrix, rules, total
from geo.claims.toll import stated
from geo.describe import figure
from geo.incident import Claimant, Incident
from geo.table import IncidentTable
from geo.vocabulary import About, Scope, Stance
from ui.panel import panel
from ui.state import ask_for_map

TOLLS: Final = (About.KILLED, About.INJURED, About.CROSSED)


def matrix_panel(incidents: Sequence[Incident], claimants: Mapping[str, Claimant], *, key: str) -> None:
    """Draw the matrix of incidents, a row for each claimant."""
    found = matrix(incidents, claimants)
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
                "cells": [_cell(row.cells[column]) if column in row.cells else None for column in found.columns],
            }
            for row in found.rows
        ],
    )


def rule_rows(incidents: Sequence[Incident], table: IncidentTable) -> list[dict[str, Any]]:
    """Return what each general rule gives for incidents, then each claimant's word alone.

    Losses that nobody gives a figure for have no column, and claimants whose figures do not count no row.
    """
    told = [
        (rule, {about: total(incidents, table.incidents, about, rule).toll for about in TOLLS})
        for rule in rules(incidents, table.claimants)
    ]
    abouts = [about for about in TOLLS if any(tolls[about] for _, tolls in told)]
    return [
        {
            "rule": rule.name,
            "sentence": rule.sentence,
            "alone": rule.kind is RuleKind.CLAIMANT,
            "tolls": {about.value: str(tolls[about]) if tolls[about] else None for about in abouts},
        }
        for rule, tolls in told
        if rule.kind is not RuleKind.CLAIMANT or any(tolls.values())
    ]


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


def _cell(cell: Cell) -> dict[str, Any]:
    sources = {(said.source.publisher, said.source.url): said.source for said in cell.said}
    return {
        "toll": _counted(cell),
        "running": [figure(said.claim) for said in cell.said if _is_running(said)],
        "stances": [stance.value for stance in cell.stances],
        "denied": cell.stances == (Stance.DENIES,),
        "notes": "; ".join(dict.fromkeys(said.claim.note for said in cell.said if said.claim.note)),
        "sources": list(sources.values()),
    }
