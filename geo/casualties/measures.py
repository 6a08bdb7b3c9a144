"""The measures of people: what people are counted for, in tables, files, manifests, sums and on pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from geo.incident.vocabulary import About
from geo.language.messages import say


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleMeasure:
    """What people are counted for. Its columns begin with its code, and with `cluster_` for whole event clusters."""

    about: About
    """Which claims carry it; the code of the measure."""
    losses: bool
    """Whether a claim's `of` names whose loss it is (`geo.incident.losses`); else it is the claim's own words."""
    flows: bool = False
    """Whether people may be counted while something lasts: such figures are listed singly, and never in a total."""

    @property
    def words(self) -> str:
        """Name it before a number; the unit is people."""
        return say("manifest-people", about=self.about)


MEASURES: Final[Mapping[About, PeopleMeasure]] = MappingProxyType(
    {
        measure.about: measure
        for measure in (
            PeopleMeasure(about=About.KILLED, losses=True),
            PeopleMeasure(about=About.INJURED, losses=True),
            PeopleMeasure(about=About.CROSSED, losses=False, flows=True),
        )
    }
)
"""By what their claims are about, in the order in which they stand."""


def is_of_losses(about: About) -> bool:
    """Tell whether claims are about losses of people, each of whom belongs to a pool."""
    return about in MEASURES and MEASURES[about].losses
