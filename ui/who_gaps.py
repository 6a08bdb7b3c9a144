"""The widest gaps between two accounts of the same people, ranked, each opening its incident."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

import streamlit as st

from geo.contradictions import Gap, GapOrder
from geo.incident import Claimant
from geo.wording import count_words
from ui.card import row
from ui.panel import panel
from ui.state import ask_for_map, pull_one, push_one
from ui.who_said import matter_words, said

_FIRST: Final = 12
"""How many stand open to the eye; the others are folded."""
_KEY: Final = "who-gaps"
_ORDERS: Final = {GapOrder.RATIO.value: "times over", GapOrder.DIFFERENCE.value: "people between"}


def gap_order() -> GapOrder:
    """Draw the choice of what makes one gap wider than another, and return it."""
    pull_one("gaps", list(_ORDERS))
    chosen = st.segmented_control(
        "Widest gaps by",
        list(_ORDERS),
        format_func=_ORDERS.__getitem__,
        key="gaps",
        on_change=push_one,
        args=("gaps", GapOrder.RATIO.value),
        required=True,
    )
    return GapOrder(chosen or GapOrder.RATIO)


def gaps_panel(gaps: Sequence[Gap], claimants: Mapping[str, Claimant], *, only: str | None) -> None:
    """Draw the gaps, widest first, on one scale of powers of ten; `only` names the claimant they are restricted to."""
    highest = max((gap.highest.highest for gap in gaps), default=10)
    scale = max(math.ceil(math.log10(highest)), 1)
    panel(
        "who_gaps.html",
        key=_KEY,
        on_choose=ask_for_map,
        only=claimants[only].name if only else None,
        first=_FIRST,
        ticks=[(f"{10**power:,}", round(100 * power / scale, 1)) for power in range(scale + 1)],
        gaps=[_gap(gap, claimants, scale) for gap in gaps],
    )


def _gap(gap: Gap, claimants: Mapping[str, Claimant], scale: int) -> dict[str, Any]:
    left, right = _at(gap.lowest.lowest, scale), _at(gap.highest.highest, scale)
    return {
        "matter": matter_words(gap.matter),
        "ratio": "from none" if math.isinf(gap.ratio) else f"{gap.ratio:,.1f} times",
        "difference": f"{count_words(gap.difference, 'person', 'people')} apart",
        "left": left,
        "width": round(right - left, 1),
        "lowest": said(gap.lowest, claimants),
        "highest": said(gap.highest, claimants),
        "incident": row(gap.highest.incident),
    }


def _at(people: int, scale: int) -> float:
    """Return where a number lies on the scale, per cent; none lies where one person does."""
    return round(100 * math.log10(max(people, 1)) / scale, 1)
