"""Whether an incident is told by one side only."""

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

import pandas as pd

from geo.incident import Claimant, Incident
from geo.vocabulary import Stance

_NO_PARTY: Final = "other"
"""The register's side of claimants that speak for no party to the incidents."""


class Voices(StrEnum):
    """Who speaks about an incident; only claims that somebody stands by, or denies, are a voice."""

    SIDES = "several sides"
    ONE_AND_INDEPENDENT = "one side and independent voices"
    INDEPENDENT = "independent voices only"
    ONE = "one side only"
    UNKNOWN = "unknown voices only"

    @property
    def words(self) -> str:
        """Say what it means."""
        return {
            "several sides": "officials, forces or armed groups of at least two sides speak, agreeing or not",
            "one side and independent voices": "one side, and at least one claimant independent of the parties",
            "independent voices only": "no side, only claimants independent of the parties",
            "one side only": "one side, and nobody else",
            "unknown voices only": "only claimants of whom the register cannot say for whom they speak",
        }[self.value]


def voices(incident: Incident, claimants: Mapping[str, Claimant]) -> Voices:
    """Say who speaks about an incident, by the register of claimants."""
    sides, independent = _speakers(incident, claimants)
    if len(sides) > 1:
        return Voices.SIDES
    if sides:
        return Voices.ONE_AND_INDEPENDENT if independent else Voices.ONE
    return Voices.INDEPENDENT if independent else Voices.UNKNOWN


def voice_mix(incidents: Iterable[Incident], claimants: Mapping[str, Claimant]) -> pd.Series:
    """Count incidents by who speaks about them; all kinds stand in it, in their order."""
    counts = Counter(voices(incident, claimants) for incident in incidents)
    index = pd.Index([kind.value for kind in Voices], name="voices")
    return pd.Series([counts[kind] for kind in Voices], index=index, name="incidents", dtype=int)


def lone_sides(incidents: Iterable[Incident], claimants: Mapping[str, Claimant]) -> pd.Series:
    """Count the incidents of which one side alone speaks, by the register's name of the side, most first."""
    alone = Counter(
        next(iter(_speakers(incident, claimants)[0]))
        for incident in incidents
        if voices(incident, claimants) is Voices.ONE
    )
    ordered = sorted(alone.items(), key=lambda side: (-side[1], side[0]))
    return pd.Series(dict(ordered), name="incidents", dtype=int).rename_axis("side")


def _speakers(incident: Incident, claimants: Mapping[str, Claimant]) -> tuple[set[str], bool]:
    """Return the sides that speak, and whether somebody independent does."""
    speakers = {claim.by for claim in incident.claims if claim.stance is not Stance.UNCONFIRMED}
    registered = [claimants[by] for by in speakers if by in claimants]
    sides = {c.side for c in registered if not c.independent and c.side != _NO_PARTY}
    return sides, any(claimant.independent for claimant in registered)
