"""What a rule makes of a dataset's figures: a dataset is one voice, that of its publisher."""

from typing import Final

from geo.claims import Rule, RuleKind, Toll
from geo.incident import Claimant
from geo.table.clusters import Killed

_EVERYBODY: Final = (RuleKind.RANGE, RuleKind.LOWEST, RuleKind.HIGHEST)


def hears(rule: Rule, claimant: Claimant) -> bool:
    """Tell whether a rule counts what a publisher says; none of them is a side of those who died."""
    if rule.kind is RuleKind.CLAIMANT:
        return rule.claimant == claimant.id
    return rule.kind in _EVERYBODY or (rule.kind is RuleKind.INDEPENDENT and claimant.independent)


def told(rule: Rule, claimant: Claimant, low: int | None, high: int | None) -> Toll | None:
    """Return the figures of one dataset, or a sum of them, under a rule; None where it gives none or is not heard."""
    if low is None or high is None or not hears(rule, claimant):
        return None
    return rule.told(Toll(int(low), int(high)))


def killed(dataset: str, toll: Toll | None) -> Killed | None:
    """Return a toll with the name of the dataset whose it is."""
    return None if toll is None else Killed(dataset=dataset, low=toll.low, high=toll.high, or_more=toll.or_more)
