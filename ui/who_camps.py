"""Between which camps the contradictions are, as a table of counts."""

from collections.abc import Mapping, Sequence
from string import ascii_uppercase
from typing import Any, Final

from geo.contradictions import Contradiction, between_camps
from geo.incident import Claimant

_DARKEST: Final = 40
"""Per cent of the theme's colour behind the highest count; with more the number on it could not be read."""


def camps_table(found: Sequence[Contradiction], claimants: Mapping[str, Claimant]) -> dict[str, Any]:
    """Return what the panel shows: half of a symmetric table, each camp with a letter that stands over its column."""
    counts = between_camps(found, claimants)
    highest = max(int(counts.to_numpy().max(initial=0)), 1)
    return {
        "letters": list(zip(ascii_uppercase, map(str, counts.columns), strict=False))[: len(counts)],
        "rows": [
            {
                "letter": letter,
                "camp": camp,
                "cells": [_cell(incidents, highest) for incidents in counts.iloc[at, : at + 1].tolist()],
            }
            for at, (letter, camp) in enumerate(zip(ascii_uppercase, map(str, counts.index), strict=False))
        ],
    }


def _cell(incidents: int, highest: int) -> dict[str, Any]:
    return {"incidents": incidents, "shade": round(_DARKEST * incidents / highest)}
