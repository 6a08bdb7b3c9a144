"""How far apart the figures of two claimants for the same people are."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import permutations
from typing import Final

from geo.contradictions.statements import Matter, Statement, matters
from geo.incident import Incident
from geo.vocabulary import About

_PEOPLE: Final = (About.KILLED, About.INJURED, About.CROSSED)


class GapOrder(StrEnum):
    """What makes one gap wider than another."""

    RATIO = "ratio"
    DIFFERENCE = "difference"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """The lowest and the highest figure that two claimants give for the same people."""

    matter: Matter
    lowest: Statement
    highest: Statement

    @property
    def difference(self) -> int:
        """How many people lie between them."""
        return self.highest.highest - self.lowest.lowest

    @property
    def ratio(self) -> float:
        """Highest over lowest; infinite where the lowest is 0."""
        return self.highest.highest / self.lowest.lowest if self.lowest.lowest else math.inf

    def rank(self, order: GapOrder) -> tuple[float, float]:
        """Return what sorts the widest gap first."""
        widths = (-self.ratio, float(-self.difference))
        return widths if order is GapOrder.RATIO else (widths[1], widths[0])


def widest_gaps(incidents: Iterable[Incident], *, order: GapOrder = GapOrder.RATIO) -> tuple[Gap, ...]:
    """Return the gap of each matter in which two claimants' figures differ, widest first.

    Denied and unconfirmed figures are none; a figure for an incident is never held against one for its event group.
    """
    gaps = [gap for gap in map(_gap, matters(incidents)) if gap is not None]
    return tuple(sorted(gaps, key=lambda gap: (*gap.rank(order), gap.matter.subject, gap.matter.whom)))


def _gap(matter: Matter) -> Gap | None:
    if matter.about not in _PEOPLE:
        return None
    told: Sequence[Statement] = [s for s in matter.statements if s.gives_a_figure]
    apart = [
        Gap(matter=matter, lowest=low, highest=high)
        for low, high in permutations(told, 2)
        if low.by != high.by and low.lowest < high.highest
    ]
    return max(apart, key=lambda gap: (gap.ratio, gap.difference), default=None)
