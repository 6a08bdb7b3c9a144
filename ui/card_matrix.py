"""The claims matrix of an incident's card: whose loss, by whom, how many, with stance and source."""

from collections.abc import Sequence
from typing import Any, Final

from geo.claims import Cell, Column, Matrix, Said, matrix
from geo.describe import figure
from geo.incident import Incident
from geo.table import IncidentTable
from geo.vocabulary import Scope, Stance

_SCOPES: Final = {Scope.GROUP: "whole event", Scope.CUMULATIVE: "running total"}
_COUNTS: Final = (Stance.ASSERTS, Stance.ACKNOWLEDGES)


def card_matrix(incident: Incident, table: IncidentTable) -> dict[str, Any] | None:
    """Return what the card's template shows of the matrix, None where no claim gives a figure."""
    found = matrix([incident], table.claimants)
    if not any(figure(said.claim) for row in found.rows for cell in row.cells.values() for said in cell.said):
        return None
    return {
        "abouts": [about.value for about in found.abouts],
        "losses": [{"whose": whose, "rows": _rows(found, whose)} for whose in found.whose],
    }


def _rows(found: Matrix, whose: str) -> list[dict[str, Any]]:
    rows = []
    for row in found.rows:
        cells = [row.cells.get(Column(about, whose)) for about in found.abouts]
        if any(cells):
            independent = row.claimant.independent
            shown = [_lines(cell) if cell else [] for cell in cells]
            rows.append({"claimant": row.claimant.name, "independent": independent, "cells": shown})
    return rows


def _lines(cell: Cell) -> list[dict[str, Any]]:
    """Return one line for the figures that count together, and one for each claim that counts for nothing."""
    counted = [said for said in cell.said if _counts(said)]
    lines = [_line(counted, "" if cell.toll is None else str(cell.toll))] if counted else []
    return lines + [_line([said], figure(said.claim)) for said in cell.said if not _counts(said)]


def _counts(said: Said) -> bool:
    return said.claim.stance in _COUNTS and said.claim.scope is not Scope.CUMULATIVE


def _line(said: Sequence[Said], words: str) -> dict[str, Any]:
    sources = {each.claim.source: each.source for each in said}
    return {
        "figure": words,
        "stance": ", ".join(dict.fromkeys(each.claim.stance.value for each in said)),
        "denied": said[0].claim.stance is Stance.DENIES,
        "scope": _SCOPES.get(said[0].claim.scope, ""),
        "sources": [
            {"number": number + 1, "publisher": source.publisher, "url": source.url}
            for number, source in sources.items()
        ],
    }
