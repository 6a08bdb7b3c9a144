"""Who speaks: for each claimant how often, in which way, and how often another contradicts it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from geo.contradictions.pairs import contradictions
from geo.describe import figure
from geo.incident import Claimant, Incident
from geo.vocabulary import Country, Stance

_SIDES: Final = {country.value: country.label for country in Country} | {"CN": "China", "other": "none of the parties"}


def side_words(side: str) -> str:
    """Name the side of a claimant.

    >>> side_words("AF"), side_words("TTP"), side_words("other")
    ('Afghanistan', 'TTP', 'none of the parties')
    """
    return _SIDES.get(side, side)


def by_claimant(incidents: Sequence[Incident], claimants: Mapping[str, Claimant]) -> pd.DataFrame:
    """Count what each claimant says of incidents, those who say most first.

    Returns
    -------
    DataFrame
        Indexed by claimant id, without those who say nothing: `name`, `side` (code), `kind`, `independent`; in how many
        incidents it speaks (`incidents`) and `asserts`, `acknowledges`, `denies` or leaves `unconfirmed`; `figures`,
        how many numbers it asserts or acknowledges; `contradicted`, in how many incidents another claimant contradicts
        it.

    """
    against = _contradicted(incidents, claimants)
    rows = []
    for claimant in claimants.values():
        said = [(i.id, claim) for i in incidents for claim in i.claims if claim.by == claimant.id]
        if said:
            rows.append(_row(claimant, said, len(against.get(claimant.id, ()))))
    frame = pd.DataFrame(rows, columns=_COLUMNS).set_index("id")
    return frame.sort_values(["incidents", "name"], ascending=[False, True])


_COLUMNS: Final = (
    *("id", "name", "side", "kind", "independent", "incidents"),
    *(stance.value for stance in (Stance.ASSERTS, Stance.ACKNOWLEDGES, Stance.DENIES, Stance.UNCONFIRMED)),
    *("figures", "contradicted"),
)


def _row(claimant: Claimant, said: Sequence[tuple[str, Any]], contradicted: int) -> dict[str, Any]:
    return {
        "id": claimant.id,
        "name": claimant.name,
        "side": claimant.side,
        "kind": claimant.kind.value,
        "independent": claimant.independent,
        "incidents": len({incident for incident, _ in said}),
        **{stance.value: len({incident for incident, c in said if c.stance is stance}) for stance in Stance},
        "figures": sum(c.stance in (Stance.ASSERTS, Stance.ACKNOWLEDGES) and figure(c) != "" for _, c in said),
        "contradicted": contradicted,
    }


def _contradicted(incidents: Sequence[Incident], claimants: Mapping[str, Claimant]) -> dict[str, set[str]]:
    against: dict[str, set[str]] = {}
    for found in contradictions(incidents, claimants):
        for by in found.claimants:
            against.setdefault(by, set()).add(found.other.incident.id)
    return against
