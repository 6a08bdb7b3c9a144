"""Claims brought together by what they are about, so that only claims about the same thing are ever compared."""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from geo.claims import Said
from geo.describe import figure
from geo.incident import Claim, Incident
from geo.losses import LOSS_OF, Loss
from geo.vocabulary import About, Scope, Stance

SAID_TO_BE_SO: Final = (Stance.ASSERTS, Stance.ACKNOWLEDGES)

_OF_PEOPLE: Final = (About.KILLED, About.INJURED)
_NAMED_BY_POOL: Final = frozenset(Loss) - {Loss.PART_OF_OTHERS, Loss.EVERYBODY}
"""Pools whose people are the same whatever they are called; of the others the very words must be the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Said):
    """A claim where it stands, to be held against others."""

    @property
    def by(self) -> str:
        """The claimant's id."""
        return self.claim.by

    @property
    def says_so(self) -> bool:
        """Whether it asserts or acknowledges."""
        return self.claim.stance in SAID_TO_BE_SO

    @property
    def blames(self) -> bool:
        """Whether it says that somebody else did it; who speaks of an own act acknowledges it."""
        return self.claim.about is About.ATTRIBUTION and self.claim.stance is Stance.ASSERTS

    @property
    def gives_a_figure(self) -> bool:
        """Whether it asserts or acknowledges a number."""
        return self.says_so and figure(self.claim) != ""

    @property
    def lowest(self) -> int:
        """The lowest number it names; of “up to 19” that is 19. Without a figure, 0."""
        claim = self.claim
        return next((n for n in (claim.value, claim.low, claim.high) if n is not None), 0)

    @property
    def highest(self) -> int:
        """The highest number it names; of “at least 200” that is 200. Without a figure, 0."""
        claim = self.claim
        return next((n for n in (claim.value, claim.high, claim.low) if n is not None), 0)

    @property
    def possible(self) -> tuple[float, float]:
        """The numbers it allows, both ends inclusive: “at least 200” has no upper end, “up to 19” starts from 0."""
        claim = self.claim
        if claim.value is not None:
            return claim.value, claim.value
        return claim.low or 0, math.inf if claim.high is None else claim.high


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One thing that claims are about: of one incident or one event group, the same people or posts."""

    subject: str
    """Id of the incident; for claims about a whole event group, the group's."""
    scope: Scope
    about: About
    whom: str
    """Whose loss, or what; empty where the claims do not say."""
    statements: tuple[Statement, ...]
    """In the order of the records."""


def matters(incidents: Iterable[Incident]) -> tuple[Matter, ...]:
    """Bring together the claims of incidents by what they are about, in the order in which each thing comes up.

    Claims about a whole event group are one matter whichever of its incidents holds them. Running totals are left out:
    they cover different days, so that two of them are no contradiction.
    """
    found: defaultdict[tuple[str, Scope, About, str], list[Statement]] = defaultdict(list)
    for incident in incidents:
        for claim in incident.claims:
            if claim.scope is not Scope.CUMULATIVE:
                grouped = claim.scope is Scope.GROUP and incident.event_group
                subject = (incident.event_group or "") if grouped else incident.id
                found[subject, claim.scope, claim.about, whom(claim)].append(Statement(claim=claim, incident=incident))
    return tuple(
        Matter(subject=subject, scope=scope, about=about, whom=people, statements=tuple(statements))
        for (subject, scope, about, people), statements in found.items()
    )


def whom(claim: Claim) -> str:
    """Name the people or things a claim is about; wordings for the same people are one."""
    pool = LOSS_OF.get(claim.of or "") if claim.about in _OF_PEOPLE else None
    return pool.value if pool in _NAMED_BY_POOL and pool is not None else claim.of or ""
