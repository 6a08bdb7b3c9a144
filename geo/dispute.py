"""What the claims of an incident contradict each other about, as sentences."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from geo.describe import figure
from geo.incident import Claim, Claimant, Incident
from geo.losses import LOSS_OF
from geo.vocabulary import About, Scope, Stance
from geo.wording import list_words

_DENIED = {
    About.EVENT: "that it happened as said",
    About.ATTRIBUTION: "who did it",
    About.KILLED: "the dead",
    About.INJURED: "the injured",
    About.CROSSED: "the crossing",
    About.CAPTURED: "the capture",
    About.DESTROYED: "the destruction",
    About.ABANDONED: "the abandonment",
}


def disputed_points(incident: Incident, claimants: Mapping[str, Claimant]) -> list[str]:
    """List denials, and figures that rival claimants give for the same people or posts; empty if there are none."""
    return [*_denials(incident, claimants), *_rival_figures(incident, claimants)]


def speaker(claim: Claim, claimants: Mapping[str, Claimant]) -> str:
    """Name who makes a claim, as the register has it."""
    return claimants[claim.by].name if claim.by in claimants else claim.by


def _denials(incident: Incident, claimants: Mapping[str, Claimant]) -> Iterable[str]:
    deniers: defaultdict[About, list[str]] = defaultdict(list)
    for claim in incident.claims:
        name = speaker(claim, claimants)
        if claim.stance is Stance.DENIES and name not in deniers[claim.about]:
            deniers[claim.about].append(name)
    for about, names in deniers.items():
        if names:
            yield f"Denied, {_DENIED[about]}: {list_words(names)}."


def _rival_figures(incident: Incident, claimants: Mapping[str, Claimant]) -> Iterable[str]:
    rivals: defaultdict[tuple[About, str, Scope], dict[str, list[str]]] = defaultdict(dict)
    for claim in incident.claims:
        if claim.stance is not Stance.DENIES and figure(claim) and claim.scope is not Scope.CUMULATIVE:
            speakers = rivals[claim.about, _whose(claim), claim.scope].setdefault(figure(claim), [])
            if speaker(claim, claimants) not in speakers:
                speakers.append(speaker(claim, claimants))
    for (about, of, _), said in rivals.items():
        if len(said) > 1:
            accounts = "; ".join(f"{number} by {list_words(names)}" for number, names in said.items())
            yield f"{_upper(of)} {about}: {accounts}."


def _whose(claim: Claim) -> str:
    """Name the people or things a figure is about; wordings for the same people are one."""
    if claim.about in (About.KILLED, About.INJURED) and claim.of is not None and claim.of in LOSS_OF:
        return LOSS_OF[claim.of].value
    return claim.of or "number"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
