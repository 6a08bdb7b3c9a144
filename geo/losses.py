"""Whose loss a casualty claim is about: which claims are rivals, and which are about different people and add up.

Claims about soldiers of one side are rivals of each other. Everybody outside the state forces is one pool, because the
parties contest exactly that: the same dead are civilians to one and militants to another, and may not be added.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Loss(StrEnum):
    """A pool of people who cannot belong to another pool; tolls of different pools add up."""

    PAKISTANI_FORCES = "Pakistani forces"
    AFGHAN_FORCES = "Afghan forces"
    """Of the Republic before 15 August 2021, of the Taliban authorities after; with those said to fight beside them."""
    TALIBAN_FIGHTERS = "Taliban fighters before August 2021"
    TAJIK_FORCES = "Tajik forces"
    OTHERS = "people outside the state forces"
    PART_OF_OTHERS = "some of the people outside the state forces"
    """Children, say: never less than the whole, so it bounds a toll only where nobody states the whole."""
    EVERYBODY = "everybody, sides together"
    """A rival of the sum of the pools."""


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
    | dict.fromkeys(
        (
            "civilians",
            "civilians in Afghanistan",
            "civilians on the Afghan side",
            "Afghan civilians",
            "Pakistani civilians",
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
    | dict.fromkeys(
        (
            "people",
            "people on the Afghan side",
            "people on the Pakistani side",
            "Afghans",
            "members of both forces",
        ),
        Loss.EVERYBODY,
    )
)
"""The wordings of a casualty claim's `of`, each with its pool; the store accepts no other."""
