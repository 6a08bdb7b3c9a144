"""The casualty counting rules: whose figures count, how rival ones become one, and which end of their range is stated.

A rule is one value: the code in a link, at the command line and in a manifest. The words that stand beside every number
it makes are messages named by the code.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Self

from geo.casualties.measures import MEASURES, is_of_losses
from geo.casualties.tolls import OfRivals, Toll, span_of, stated
from geo.incident.losses import own_side, side_of_people
from geo.incident.record import Claim, Claimant, Incident
from geo.incident.vocabulary import About, Scope
from geo.language.formatting import capitalised
from geo.language.messages import require, say

# The kinds of rules: each is one entry.


def _everybody(speaker: Claimant, side: str | None) -> bool:
    del speaker, side
    return True


def _of_that_side(speaker: Claimant, side: str | None) -> bool:
    return speaker.side == side


def _independent(speaker: Claimant, side: str | None) -> bool:
    del side
    return speaker.independent


def _whole(toll: Toll) -> Toll:
    return toll


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleKind:
    """What a rule does."""

    code: str
    counts: Callable[[Claimant, str | None], bool] = _everybody
    """Whether a claimant's figures count for losses of a side (as the register writes sides; None: people of none)."""
    of_rivals: OfRivals = span_of
    """What becomes of rival figures for the same people, each of which has its claim, claimant and publication."""
    states: Callable[[Toll], Toll] = _whole
    """Which end of a range is stated, or the whole of it."""
    states_a_range: bool = True
    """Whether a toll may have two ends."""
    one_claimant: bool = False
    """Whether each claimant has a rule of this kind, whose figures alone count."""

    def __post_init__(self) -> None:
        require((f"counting-rule-{self.code}{ending}" for ending in ("", "-title", "-deaths", "-counts")), self)

    @property
    def counted(self) -> str:
        """Say whose figures count, and which of them."""
        return f"{say(f'counting-rule-{self.code}-counts')}."


RULES: Final[Mapping[str, RuleKind]] = MappingProxyType(
    {
        kind.code: kind
        for kind in (
            RuleKind(code="range"),
            RuleKind(code="lowest", states=Toll.lowest, states_a_range=False),
            RuleKind(code="highest", states=Toll.highest, states_a_range=False),
            RuleKind(code="own-side", counts=_of_that_side),
            RuleKind(code="independent", counts=_independent),
            RuleKind(code="claimant", one_claimant=True),
        )
    }
)
"""The kinds of rules by their codes; the first is what stands wherever nobody asks for another."""
_GENERAL: Final = tuple(kind for kind in RULES.values() if not kind.one_claimant)
_OF_ONE: Final = RULES["claimant"]
RULE_CODES: Final = (*(kind.code for kind in _GENERAL), f"{_OF_ONE.code}:ID")
"""What a code may be, an id of the register in the place of ID."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule; equal rules have equal codes."""

    kind: RuleKind
    claimant: str | None = None
    """Whose figures alone count, an id of the register; for that kind only."""
    register: Mapping[str, Claimant] = field(default_factory=dict, compare=False, repr=False)
    """Claimants by id, where sides and independence are looked up; raises KeyError for one who is not in it."""

    @classmethod
    def parse(cls, code: str, register: Mapping[str, Claimant]) -> Self:
        """Read a code: that of a kind, or `claimant:ID`; raises ValueError."""
        found, _, claimant = code.partition(":")
        kind = RULES.get(found)
        if kind is None or kind.one_claimant is not bool(claimant):
            raise ValueError(f"{code!r} is no rule; write one of: {', '.join(RULE_CODES)}")
        if claimant and claimant not in register:
            raise ValueError(f"{claimant!r} is no claimant of the register")
        return cls(kind, claimant or None, register)

    @classmethod
    def of_claimant(cls, claimant: str, register: Mapping[str, Claimant]) -> Self:
        """Return the rule under which a claimant's figures alone count."""
        return cls(_OF_ONE, claimant, register)

    @property
    def code(self) -> str:
        """Return what stands in a link, at the command line and in a manifest."""
        return f"{self.kind.code}:{self.claimant}" if self.claimant else self.kind.code

    @property
    def name(self) -> str:
        """Name the rule shortly, for beside a number."""
        return self._said("")

    @property
    def title(self) -> str:
        """Return the name as a choice in a list has it."""
        return capitalised(self._said("-title"))

    @property
    def sentence(self) -> str:
        """Say what the rule does."""
        return say("counting-rules-sentence", counts=say(f"counting-rule-{self.kind.code}-counts"))

    @property
    def symbol_words(self) -> str:
        """Say what the size of a symbol stands for."""
        return self._said("-deaths")

    def _said(self, ending: str) -> str:
        claimant = self.register[self.claimant].name if self.claimant else ""
        return say(f"counting-rule-{self.kind.code}{ending}", claimant=claimant)

    def as_dict(self) -> dict[str, str]:
        """Return the rule as a manifest holds it."""
        return {"code": self.code, "name": self.name, "sentence": self.sentence}

    def counts(self, claim: Claim, incident: Incident) -> bool:
        """Tell whether a claim counts, apart from its stance and its scope."""
        if self.claimant is not None:
            return claim.by == self.claimant
        if self.kind.counts is _everybody:
            return True
        return self.kind.counts(self.register[claim.by], _side_of_those_lost(claim, incident))

    def counts_publisher(self, publisher: Claimant) -> bool:
        """Tell whether the figures of a dataset count; its publisher is no side of those who died."""
        return publisher.id == self.claimant if self.claimant else self.kind.counts(publisher, None)

    def states(self, toll: Toll | None) -> Toll | None:
        """Return the end of a range that the rule states, or the whole of it."""
        return None if toll is None else self.kind.states(toll)


def _side_of_those_lost(claim: Claim, incident: Incident) -> str | None:
    if is_of_losses(claim.about):
        return own_side(claim.of or "", incident.country)
    return side_of_people(claim.of)


RANGE: Final = Rule(_GENERAL[0])
"""From the lowest to the highest claim: what stands wherever nobody asks for another rule."""
LOWEST: Final = Rule(RULES["lowest"])
HIGHEST: Final = Rule(RULES["highest"])


def is_flow(incident: Incident, about: About) -> bool:
    """Tell whether figures are of people who cross while it lasts: they are listed singly, and never in a total."""
    return about in MEASURES and MEASURES[about].flows and incident.subtype.is_flow


def rules(incidents: Iterable[Incident], register: Mapping[str, Claimant]) -> tuple[Rule, ...]:
    """List the rules to choose from: the general ones, then each claimant whose figures can count, by name."""
    general = tuple(Rule(kind, register=register) for kind in _GENERAL)
    speakers = {claim.by for incident in incidents for claim in incident.claims if _can_count(claim, incident)}
    by_name = sorted(speakers, key=lambda by: (register[by].name, by))
    return general + tuple(Rule.of_claimant(by, register) for by in by_name)


def _can_count(claim: Claim, incident: Incident) -> bool:
    if is_flow(incident, claim.about):
        return False
    return claim.about in MEASURES and claim.scope is not Scope.CUMULATIVE and stated(claim) is not None
