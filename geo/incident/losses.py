"""Whose loss a casualty claim is about: which claims are rivals, and which are about different people and add up.

A pool is a set of people, composed of disjoint parts. Pools without a common part are different people, and only their
tolls may be added; all others are rivals, even if they merely may share people. People outside the state forces form
one pool unless the claim names their side, since that is what the parties contest: the same dead are civilians to one
and militants to another, and must not be added.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from geo.language.messages import say


class Loss(StrEnum):
    """A pool of people."""

    PAKISTANI_FORCES = say("loss-pakistani_forces")
    AFGHAN_FORCES = say("loss-afghan_forces")
    """Forces of the Republic before 15 August 2021, of the Taliban authorities after; with those said to fight beside
    them."""
    TALIBAN_FIGHTERS = say("loss-taliban_fighters")
    TAJIK_FORCES = say("loss-tajik_forces")
    PAKISTANI_OTHERS = say("loss-pakistani_others")
    AFGHAN_OTHERS = say("loss-afghan_others")
    OTHERS = say("loss-others")
    """On either side."""
    PART_OF_OTHERS = say("loss-part_of_others")
    """Children, for example: a lower bound of the whole, used only if nobody states the whole."""
    PAKISTANI_SIDE = say("loss-pakistani_side")
    AFGHAN_SIDE = say("loss-afghan_side")
    EVERYBODY = say("loss-everybody")

    def may_hold(self, other: "Loss") -> bool:
        """Tell whether a person may belong to both pools."""
        return bool(_PARTS[self] & _PARTS[other])


_ELSEWHERE: Final = "other people outside the state forces"
_OUTSIDE: Final = frozenset({Loss.PAKISTANI_OTHERS, Loss.AFGHAN_OTHERS, _ELSEWHERE})
_OF_PAKISTAN: Final = frozenset({Loss.PAKISTANI_FORCES, Loss.PAKISTANI_OTHERS})
_OF_AFGHANISTAN: Final = frozenset({Loss.AFGHAN_FORCES, Loss.TALIBAN_FIGHTERS, Loss.AFGHAN_OTHERS})
_PARTS: Final[Mapping[Loss, frozenset[str]]] = MappingProxyType(
    {loss: frozenset({loss}) for loss in Loss}
    | {
        Loss.OTHERS: _OUTSIDE,
        Loss.PART_OF_OTHERS: _OUTSIDE,
        Loss.PAKISTANI_SIDE: _OF_PAKISTAN,
        Loss.AFGHAN_SIDE: _OF_AFGHANISTAN,
        Loss.EVERYBODY: _OF_PAKISTAN | _OF_AFGHANISTAN | _OUTSIDE | {Loss.TAJIK_FORCES},
    }
)

LOSS_OF: Final[Mapping[str, Loss]] = MappingProxyType(
    dict.fromkeys(
        ("Pakistani soldiers", "Frontier Corps soldiers", "Federal Constabulary personnel"), Loss.PAKISTANI_FORCES
    )
    | dict.fromkeys(
        (
            "Afghan soldiers",
            "Taliban forces",
            "Taliban and affiliated fighters",
            "Afghan Taliban and TTP",
            "militants and Afghan Taliban",
        ),
        Loss.AFGHAN_FORCES,
    )
    | dict.fromkeys(("Taliban fighters",), Loss.TALIBAN_FIGHTERS)
    | dict.fromkeys(("Tajik border guards", "Tajik security officers"), Loss.TAJIK_FORCES)
    | dict.fromkeys(("Pakistani civilians",), Loss.PAKISTANI_OTHERS)
    | dict.fromkeys(
        ("Afghan civilians", "civilians in Afghanistan", "civilians on the Afghan side"), Loss.AFGHAN_OTHERS
    )
    | dict.fromkeys(
        (
            "civilians",
            "Chinese workers",
            "workers",
            "patients and staff",
            "militants",
            "TTP members",
            "attackers",
            "suspected attackers",
            "alleged infiltrators",
            "alleged smugglers",
        ),
        Loss.OTHERS,
    )
    | dict.fromkeys(
        (
            "children",
            "women and children",
            "madrasa students",
            "journalists",
            "a journalist and an Afghan officer",
            "Hafiz Gul Bahadur group commanders",
            "bodies seen by reporters",
        ),
        Loss.PART_OF_OTHERS,
    )
    | dict.fromkeys(("people on the Pakistani side",), Loss.PAKISTANI_SIDE)
    | dict.fromkeys(("people on the Afghan side", "Afghans"), Loss.AFGHAN_SIDE)
    | dict.fromkeys(("people", "members of both forces"), Loss.EVERYBODY)
)
"""Accepted wordings of a casualty claim's `of`, with the pool of each; the store accepts no others."""

SINGULAR_OF: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Pakistani soldiers": "Pakistani soldier",
        "Frontier Corps soldiers": "Frontier Corps soldier",
        "Federal Constabulary personnel": "member of the Federal Constabulary",
        "Afghan soldiers": "Afghan soldier",
        "Taliban forces": "member of the Taliban forces",
        "Taliban and affiliated fighters": "Taliban or affiliated fighter",
        "Afghan Taliban and TTP": "member of the Afghan Taliban or TTP",
        "militants and Afghan Taliban": "militant or member of the Afghan Taliban",
        "Taliban fighters": "Taliban fighter",
        "Tajik border guards": "Tajik border guard",
        "Tajik security officers": "Tajik security officer",
        "Pakistani civilians": "Pakistani civilian",
        "Afghan civilians": "Afghan civilian",
        "civilians in Afghanistan": "civilian in Afghanistan",
        "civilians on the Afghan side": "civilian on the Afghan side",
        "civilians": "civilian",
        "Chinese workers": "Chinese worker",
        "workers": "worker",
        "patients and staff": "patient or member of staff",
        "militants": "militant",
        "TTP members": "TTP member",
        "attackers": "attacker",
        "suspected attackers": "suspected attacker",
        "alleged infiltrators": "alleged infiltrator",
        "alleged smugglers": "alleged smuggler",
        "children": "child",
        "women and children": "woman or child",
        "madrasa students": "madrasa student",
        "journalists": "journalist",
        "a journalist and an Afghan officer": "journalist or Afghan officer",
        "Hafiz Gul Bahadur group commanders": "Hafiz Gul Bahadur group commander",
        "bodies seen by reporters": "body seen by reporters",
        "people on the Pakistani side": "person on the Pakistani side",
        "people on the Afghan side": "person on the Afghan side",
        "Afghans": "Afghan",
        "people": "person",
        "members of both forces": "member of either force",
    }
)
"""Singular of each wording."""


def after_figure(of: str, figure: str) -> str:
    """Return a wording of `of` to follow a figure: in the singular for one; unknown wordings are unchanged.

    >>> after_figure("journalists", "1"), after_figure("children", "at least 1"), after_figure("people", "0–1")
    ('journalist', 'child', 'people')
    """
    one = figure.rsplit(" ", 1)[-1] == "1"
    return SINGULAR_OF.get(of, of) if one else of


class Victims(StrEnum):
    """Who the people outside the state forces were, by a claim's wording; rival accounts contest exactly that."""

    CIVILIANS = "civilians"
    MILITANTS = "militants"


VICTIMS_OF: Final[Mapping[str, Victims]] = MappingProxyType(
    dict.fromkeys(
        (
            *("civilians", "Afghan civilians", "Pakistani civilians", "civilians in Afghanistan"),
            *("civilians on the Afghan side", "Chinese workers", "workers", "patients and staff", "children"),
            *("women and children", "madrasa students", "journalists"),
        ),
        Victims.CIVILIANS,
    )
    | dict.fromkeys(
        (
            *("militants", "TTP members", "attackers", "suspected attackers", "alleged infiltrators"),
            "Hafiz Gul Bahadur group commanders",
        ),
        Victims.MILITANTS,
    )
)
"""The wordings that settle it; the others are about forces or people in general."""

_SIDE_OF_POOL: Final[Mapping[Loss, str]] = MappingProxyType(
    {
        Loss.PAKISTANI_FORCES: "PK",
        Loss.PAKISTANI_OTHERS: "PK",
        Loss.PAKISTANI_SIDE: "PK",
        Loss.AFGHAN_FORCES: "AF",
        Loss.AFGHAN_OTHERS: "AF",
        Loss.AFGHAN_SIDE: "AF",
        Loss.TALIBAN_FIGHTERS: "Taliban",
        Loss.TAJIK_FORCES: "TJ",
    }
)
_SIDE_OF_WORDING: Final[Mapping[str, str | None]] = MappingProxyType(
    {"Chinese workers": "CN", "TTP members": "TTP"}
    | dict.fromkeys(
        (
            "militants",
            "attackers",
            "suspected attackers",
            "alleged infiltrators",
            "alleged smugglers",
            "Hafiz Gul Bahadur group commanders",
            "members of both forces",
        )
    )
)
"""Wordings with a side of their own, or None: armed people of no stated party have no side to speak for them."""
_SIDE_OF_PEOPLE: Final[Mapping[str, str]] = MappingProxyType(
    {"Afghan": "AF", "Afghans": "AF", "Pakistani": "PK", "Tajik": "TJ"}
)


def own_side(of: str, ground: str) -> str | None:
    """Return the side of the people in a toll, as coded in the claimant register; None if they have none.

    Civilians, children and others whose side the claim does not name are assigned to `ground`, the country of the
    incident, ISO 3166-1 alpha-2.
    """
    loss = LOSS_OF[of]
    if loss in _SIDE_OF_POOL:
        return _SIDE_OF_POOL[loss]
    return _SIDE_OF_WORDING.get(of, ground)


def side_of_people(of: str | None) -> str | None:
    """Return the side of people who crossed, by the first word of their description; None if it names none.

    >>> side_of_people("Afghan soldiers and border police"), side_of_people(None)
    ('AF', None)
    """
    return _SIDE_OF_PEOPLE.get((of or "").split(" ", 1)[0])
