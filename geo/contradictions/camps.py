"""Contradictions between camps: those who speak for a side, and the independent voices of a country."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

import pandas as pd

from geo.contradictions.pairs import Contradiction
from geo.incident import Claimant

_OF: Final = {"AF": "Afghan", "PK": "Pakistani", "TJ": "Tajik"}
_OUTSIDE: Final = "UN, foreign states, media and others"
_UNKNOWN: Final = "Voices of unknown standing"


def camp(claimant: Claimant) -> str:
    """Name the camp of a claimant by the register: its side, and whether it speaks for it."""
    of = _OF.get(claimant.side)
    if of is not None:
        return f"{of} media and witnesses" if claimant.independent else f"{of} officials and forces"
    if claimant.independent:
        return _OUTSIDE
    return _UNKNOWN if claimant.side == "other" else claimant.side


def between_camps(found: Iterable[Contradiction], claimants: Mapping[str, Claimant]) -> pd.DataFrame:
    """Count the incidents in which camps contradict each other.

    Returns
    -------
    DataFrame
        Camps by camps, symmetric, the camps with most incidents first; on the diagonal are contradictions inside a
        camp. Camps without any are left out.

    """
    met: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for contradiction in found:
        one, other = (camp(claimants[by]) for by in contradiction.claimants)
        met[one, other].add(contradiction.other.incident.id)
        met[other, one].add(contradiction.other.incident.id)
    of_camp: defaultdict[str, set[str]] = defaultdict(set)
    for (one, _), incidents in met.items():
        of_camp[one] |= incidents
    order = sorted(of_camp, key=lambda name: (-len(of_camp[name]), name))
    counts = [[len(met.get((one, other), ())) for other in order] for one in order]
    return pd.DataFrame(counts, index=order, columns=order, dtype=int)
