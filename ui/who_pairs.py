"""Who contradicts whom: pairs of claimants in order, each opening out to what both say."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, Final

from geo.contradictions import Contradiction, Pair, Way
from geo.incident import Claimant
from geo.wording import count_words
from ui.card import row
from ui.panel import panel
from ui.state import ask_for_map
from ui.who_camps import camps_table
from ui.who_said import matter_words, said

_FIRST: Final = 12
"""How many stand open to the eye; the others are folded."""
_KEY: Final = "who-pairs"
_WAYS: Final = {
    Way.DENIAL: "denied",
    Way.FIGURES: "with rival figures",
    Way.ACCOUNTS: "with rival accounts of who did it",
}


def pairs_panel(found: Sequence[Pair], claimants: Mapping[str, Claimant], *, only: str | None) -> None:
    """Draw the camps, then the pairs, most incidents first; `only` is the claimant they are restricted to."""
    most = max((len(pair.incidents) for pair in found), default=1)
    panel(
        "who_pairs.html",
        key=_KEY,
        on_choose=ask_for_map,
        only=claimants[only].name if only else None,
        first=_FIRST,
        camps=camps_table([each for pair in found for each in pair.contradictions], claimants),
        pairs=[_pair(pair, claimants, most) for pair in found],
    )


def _pair(pair: Pair, claimants: Mapping[str, Claimant], most: int) -> dict[str, Any]:
    first, second = (claimants[by].name for by in pair.claimants)
    ways = [(pair.count(way), words) for way, words in _WAYS.items()]
    return {
        "first": first,
        "second": second,
        "incidents": count_words(len(pair.incidents), "incident"),
        "ways": ", ".join(f"{number:,} {way}" for number, way in ways if number),
        "share": round(100 * len(pair.incidents) / most, 1),
        "in": _by_incident(pair.contradictions, claimants),
    }


def _by_incident(found: Sequence[Contradiction], claimants: Mapping[str, Claimant]) -> list[dict[str, Any]]:
    ordered = sorted(found, key=lambda c: (c.other.incident.date_start, c.other.incident.id))
    return [
        {
            "incident": row(incident),
            "about": [
                {
                    "matter": matter_words(contradiction.matter),
                    "said": [said(s, claimants) for s in (contradiction.one, contradiction.other)],
                }
                for contradiction in inside
            ],
        }
        for incident, inside in groupby(ordered, key=lambda c: c.other.incident)
    ]
