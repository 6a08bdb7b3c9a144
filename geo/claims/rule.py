"""The rule under which figures for people are made: whose claims are heard, and which end of their range is told.

A rule is one value: the code in a link, at the command line and in a manifest, and the words that stand beside every
number it makes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Self

from geo.claims.toll import Toll, stated
from geo.incident import Claim, Claimant, Incident
from geo.losses import own_side, side_of_people
from geo.vocabulary import About, Scope

_PEOPLE: Final = (About.KILLED, About.INJURED, About.CROSSED)


class RuleKind(StrEnum):
    """What a rule does."""

    RANGE = "range"
    LOWEST = "lowest"
    HIGHEST = "highest"
    OWN_SIDE = "own-side"
    INDEPENDENT = "independent"
    CLAIMANT = "claimant"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule; equal rules have equal codes."""

    kind: RuleKind
    claimant: str | None = None
    """Whose word counts, an id of the register; for CLAIMANT only."""
    register: Mapping[str, Claimant] = field(default_factory=dict, compare=False, repr=False)
    """Claimants by id, where sides and independence are looked up; raises KeyError for one who is not in it."""

    @classmethod
    def parse(cls, code: str, register: Mapping[str, Claimant]) -> Self:
        """Read a code: a kind, or `claimant:ID`; raises ValueError."""
        kind, _, claimant = code.partition(":")
        if kind not in list(RuleKind) or (kind == RuleKind.CLAIMANT) is not bool(claimant):
            accepted = ", ".join(kind for kind in RuleKind if kind is not RuleKind.CLAIMANT)
            raise ValueError(f"{code!r} is no rule; write one of: {accepted}, claimant:ID")
        if claimant and claimant not in register:
            raise ValueError(f"{claimant!r} is no claimant of the register")
        return cls(RuleKind(kind), claimant or None, register)

    @property
    def code(self) -> str:
        """Return what stands in a link, at the command line and in a manifest."""
        return f"{self.kind}:{self.claimant}" if self.claimant else self.kind.value

    @property
    def name(self) -> str:
        """Name the rule shortly, for beside a number."""
        return f"{_AS_TOLD}{self.register[self.claimant].name}" if self.claimant else _NAMES[self.kind]

    @property
    def title(self) -> str:
        """Return the name as a choice in a list has it."""
        short = self.name.removeprefix(_AS_TOLD)
        return short[:1].upper() + short[1:]

    @property
    def sentence(self) -> str:
        """Say what the rule does."""
        return f"{self.heard[:-1]}; {_ALWAYS}"

    @property
    def heard(self) -> str:
        """Say whose figures count, and which of them."""
        return _SENTENCES[self.kind]

    @property
    def symbol_words(self) -> str:
        """Say what the size of a symbol stands for."""
        if self.kind in (RuleKind.RANGE, RuleKind.HIGHEST):
            return "deaths, highest claim"
        return f"deaths, {self.name}"

    @property
    def tells_a_range(self) -> bool:
        """Tell whether a toll may have two ends."""
        return self.kind not in (RuleKind.LOWEST, RuleKind.HIGHEST)

    def as_dict(self) -> dict[str, str]:
        """Return the rule as a manifest holds it."""
        return {"code": self.code, "name": self.name, "sentence": self.sentence}

    def hears(self, claim: Claim, incident: Incident) -> bool:
        """Tell whether a claim counts, apart from its stance and its scope."""
        if self.kind is RuleKind.CLAIMANT:
            return claim.by == self.claimant
        if self.kind is RuleKind.INDEPENDENT:
            return self.register[claim.by].independent
        if self.kind is RuleKind.OWN_SIDE:
            return self.register[claim.by].side == _side_of_those_lost(claim, incident)
        return True

    def told(self, toll: Toll | None) -> Toll | None:
        """Return the end of a range that the rule tells, or the whole of it."""
        if toll is None:
            return None
        return {RuleKind.LOWEST: toll.lowest, RuleKind.HIGHEST: toll.highest}.get(self.kind, lambda: toll)()


def _side_of_those_lost(claim: Claim, incident: Incident) -> str | None:
    if claim.about in (About.KILLED, About.INJURED):
        return own_side(claim.of or "", incident.country)
    return side_of_people(claim.of)


_AS_TOLD: Final = "as told by "
_NAMES: Final = {
    RuleKind.RANGE: "lowest–highest claim",
    RuleKind.LOWEST: "lowest claim",
    RuleKind.HIGHEST: "highest claim",
    RuleKind.OWN_SIDE: f"{_AS_TOLD}the victims’ own side",
    RuleKind.INDEPENDENT: f"{_AS_TOLD}independent voices",
}
_SENTENCES: Final = {
    RuleKind.RANGE: "Lowest to highest figure that anybody asserts or acknowledges.",
    RuleKind.LOWEST: "The lowest figure that anybody asserts or acknowledges.",
    RuleKind.HIGHEST: "The highest figure that anybody asserts or acknowledges.",
    RuleKind.OWN_SIDE: (
        "Each loss as voices of the victims’ own side tell it; victims whose side a claim does not name are taken for "
        "those of the country they were in."
    ),
    RuleKind.INDEPENDENT: (
        "Only figures of voices that the register of claimants has as independent of the parties: UN, hospitals, third "
        "countries, media, residents."
    ),
    RuleKind.CLAIMANT: "Only figures that this one claimant asserts or acknowledges.",
}
_ALWAYS: Final = "rival claims are never added, a toll for a whole event counts once, running totals never."

RANGE: Final = Rule(RuleKind.RANGE)
"""From the lowest to the highest claim: what stands wherever nobody asks for another rule."""
LOWEST: Final = Rule(RuleKind.LOWEST)
HIGHEST: Final = Rule(RuleKind.HIGHEST)


def rules(incidents: Iterable[Incident], register: Mapping[str, Claimant]) -> tuple[Rule, ...]:
    """List the rules to choose from: the general ones, then each claimant whose figures can count, by name."""
    general = tuple(Rule(kind, register=register) for kind in RuleKind if kind is not RuleKind.CLAIMANT)
    speakers = {claim.by for incident in incidents for claim in incident.claims if _can_count(claim)}
    by_name = sorted(speakers, key=lambda by: (register[by].name, by))
    return general + tuple(Rule(RuleKind.CLAIMANT, by, register) for by in by_name)


def _can_count(claim: Claim) -> bool:
    return claim.about in _PEOPLE and claim.scope is not Scope.CUMULATIVE and stated(claim) is not None
