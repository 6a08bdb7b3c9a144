"""Claims brought together by what they are about, so that only claims about the same thing are compared."""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from geo.casualties import Said
from geo.incident.losses import LOSS_OF, VICTIMS_OF, Loss, own_side
from geo.incident.record import Claim, Incident
from geo.incident.vocabulary import About, Scope, Stance, is_of_losses

# Claims brought together by what they are about, so that only claims about the same thing are ever compared.

SAID_TO_BE_SO: Final = (Stance.ASSERTS, Stance.ACKNOWLEDGES)

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
        claim = self.claim
        return self.says_so and not (claim.value is claim.low is claim.high is None)

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

    @property
    def key(self) -> tuple[str, Scope, About, str]:
        """What tells it from every other."""
        return self.subject, self.scope, self.about, self.whom


def matters(incidents: Iterable[Incident]) -> tuple[Matter, ...]:
    """Bring together the claims of incidents by what they are about, in the order in which each thing comes up.

    Claims about a whole event group are one matter whichever of its incidents holds them. Running totals are left out:
    they cover different days, so that two of them are no contradiction.
    """
    found: defaultdict[tuple[str, Scope, About, str], list[Statement]] = defaultdict(list)
    for incident in incidents:
        for claim in incident.claims:
            if claim.scope is not Scope.CUMULATIVE:
                statement = Statement(claim=claim, incident=incident)
                found[matter_of(statement).key].append(statement)
    return tuple(
        Matter(subject=subject, scope=scope, about=about, whom=people, statements=tuple(statements))
        for (subject, scope, about, people), statements in found.items()
    )


def matter_of(statement: Statement) -> Matter:
    """Say what one claim is about, by itself."""
    claim, incident = statement.claim, statement.incident
    grouped = claim.scope is not Scope.INCIDENT and incident.event_group
    subject = (incident.event_group or "") if grouped else incident.id
    return Matter(subject=subject, scope=claim.scope, about=claim.about, whom=whom(claim), statements=(statement,))


def share_days(one: Incident, other: Incident) -> bool:
    """Tell whether two incidents may have been on one day; where no end is on record, the first day stands for it."""
    ends = [incident.date_end or incident.date_start for incident in (one, other)]
    return one.date_start <= ends[1] and other.date_start <= ends[0]


def whom(claim: Claim) -> str:
    """Name the people or things a claim is about; wordings for the same people are one."""
    pool = LOSS_OF.get(claim.of or "") if is_of_losses(claim.about) else None
    return pool.value if pool in _NAMED_BY_POOL and pool is not None else claim.of or ""


# Whether a toll is of people whose death or injury is denied: a denial must be held against those whom it is about.

_PARTS: Final = (
    *(Loss.PAKISTANI_FORCES, Loss.AFGHAN_FORCES, Loss.TALIBAN_FIGHTERS, Loss.TAJIK_FORCES),
    *(Loss.PAKISTANI_OTHERS, Loss.AFGHAN_OTHERS),
)
_NO_SOLDIERS: Final = (Loss.PAKISTANI_OTHERS, Loss.AFGHAN_OTHERS, Loss.OTHERS, Loss.PART_OF_OTHERS)
_OF_GROUND: Final = {
    "AF": {Loss.EVERYBODY: Loss.AFGHAN_SIDE} | dict.fromkeys(_NO_SOLDIERS[2:], Loss.AFGHAN_OTHERS),
    "PK": {Loss.EVERYBODY: Loss.PAKISTANI_SIDE} | dict.fromkeys(_NO_SOLDIERS[2:], Loss.PAKISTANI_OTHERS),
}
"""Whom people are taken for whose side a claim does not name, by the country that they were in."""


def includes(denied: str, said: str, *, ground: str) -> bool:
    """Tell whether to deny that any of `denied` died, or were hurt, is to deny it of all of `said`.

    Both are wordings of LOSS_OF; `ground` is the country of the incident that the toll is of, ISO 3166-1 alpha-2. A
    toll of more people than are denied may be of others, so it is not included; nor do those who call the dead
    militants say that they were civilians.

    >>> includes("civilians", "children", ground="AF"), includes("civilians", "militants", ground="AF")
    (True, False)
    >>> includes("people on the Afghan side", "people", ground="AF"), includes("Taliban forces", "people", ground="AF")
    (True, False)
    """
    if LOSS_OF[denied] is Loss.PART_OF_OTHERS:
        return said == denied
    if LOSS_OF[denied] in _NO_SOLDIERS and VICTIMS_OF.get(said) is not VICTIMS_OF.get(denied):
        return False
    pool = _OF_GROUND.get(own_side(said, ground) or "", {}).get(LOSS_OF[said], LOSS_OF[said])
    return all(LOSS_OF[denied].may_hold(part) for part in _PARTS if pool.may_hold(part))
