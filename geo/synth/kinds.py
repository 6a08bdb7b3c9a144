"""What synthetic events are made of: the kinds of ACLED's codebook in a mix like the region's, placeholder actors."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Kind:
    """A sub-event type: where it belongs, how often it occurs, how deadly it is, who faces whom."""

    sub_event_type: str
    event_type: str
    disorder_type: str
    share: float
    """Of all events, before the shares are brought to 1."""
    deadly: float
    """How likely somebody dies, 0 to 1."""
    actor1: str
    actor2: str
    """Roles of ACTORS; empty for nobody."""


_VIOLENCE: Final = "Political violence"
_BATTLES: Final = "Battles"
_REMOTE: Final = "Explosions/Remote violence"
_CIVILIANS: Final = "Violence against civilians"
_STRATEGIC: Final = "Strategic developments"
_SHOWN: Final = "Demonstrations"

KINDS: Final = (
    Kind("Armed clash", _BATTLES, _VIOLENCE, 36, 0.72, "rebels", "state"),
    Kind("Government regains territory", _BATTLES, _VIOLENCE, 0.9, 0.55, "state", "rebels"),
    Kind("Non-state actor overtakes territory", _BATTLES, _VIOLENCE, 2.1, 0.45, "rebels", "state"),
    Kind("Air/drone strike", _REMOTE, _VIOLENCE, 7.5, 0.74, "state", "rebels"),
    Kind("Suicide bomb", _REMOTE, _VIOLENCE, 0.8, 0.8, "rebels", "civilians"),
    Kind("Shelling/artillery/missile attack", _REMOTE, _VIOLENCE, 4.6, 0.38, "state", "rebels"),
    Kind("Remote explosive/landmine/IED", _REMOTE, _VIOLENCE, 11.5, 0.5, "rebels", "state"),
    Kind("Grenade", _REMOTE, _VIOLENCE, 1.6, 0.16, "unidentified", "civilians"),
    Kind("Chemical weapon", _REMOTE, _VIOLENCE, 0.02, 0.3, "unidentified", "civilians"),
    Kind("Sexual violence", _CIVILIANS, _VIOLENCE, 0.3, 0.1, "unidentified", "civilians"),
    Kind("Attack", _CIVILIANS, _VIOLENCE, 11.4, 0.75, "unidentified", "civilians"),
    Kind("Abduction/forced disappearance", _CIVILIANS, _VIOLENCE, 2.8, 0.02, "rebels", "civilians"),
    Kind("Excessive force against protesters", "Protests", _VIOLENCE, 0.15, 0.6, "protesters", "state"),
    Kind("Protest with intervention", "Protests", _SHOWN, 0.6, 0.0, "protesters", "state"),
    Kind("Peaceful protest", "Protests", _SHOWN, 11.9, 0.0, "protesters", ""),
    Kind("Violent demonstration", "Riots", _SHOWN, 1.1, 0.06, "rioters", "state"),
    Kind("Mob violence", "Riots", _VIOLENCE, 1.0, 0.3, "rioters", "civilians"),
    Kind("Agreement", _STRATEGIC, _STRATEGIC, 0.3, 0.0, "state", "rebels"),
    Kind("Arrests", _STRATEGIC, _STRATEGIC, 1.4, 0.0, "state", "civilians"),
    Kind("Change to group/activity", _STRATEGIC, _STRATEGIC, 1.1, 0.0, "rebels", ""),
    Kind("Disrupted weapons use", _STRATEGIC, _STRATEGIC, 1.9, 0.0, "state", "rebels"),
    Kind("Headquarters or base established", _STRATEGIC, _STRATEGIC, 0.1, 0.0, "rebels", ""),
    Kind("Looting/property destruction", _STRATEGIC, _STRATEGIC, 1.3, 0.0, "rebels", "civilians"),
    Kind("Non-violent transfer of territory", _STRATEGIC, _STRATEGIC, 0.4, 0.0, "rebels", "state"),
    Kind("Other", _STRATEGIC, _STRATEGIC, 0.4, 0.0, "state", ""),
)

_GROUPS: Final = tuple(f"Synthetic armed group {letter}" for letter in "ABCDEFGHIJKL")
_MILITIAS: Final = tuple(f"Synthetic militia {letter}" for letter in "ABCDEF")
ACTORS: Final[dict[str, tuple[tuple[str, ...], str]]] = {
    "rebels": (_GROUPS, "Rebel group"),
    "state": (
        tuple(f"Synthetic {forces} of {{}}" for forces in ("police forces", "military forces", "border forces")),
        "State forces",
    ),
    "unidentified": (("Synthetic unidentified armed group ({})", *_MILITIAS), "Political militia"),
    "civilians": (("Synthetic civilians ({})",), "Civilians"),
    "protesters": (("Synthetic protesters ({})",), "Protesters"),
    "rioters": (("Synthetic rioters ({})",), "Rioters"),
    "": (("",), ""),
}
"""By role: placeholder names, {} for the country's, and what ACLED calls the kind of actor."""
