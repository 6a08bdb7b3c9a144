"""Incidents in several provinces, in words: which, how many, and what is claimed of all of them together."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from geo.casualties.measures import MEASURES
from geo.casualties.totals import Total
from geo.incident.record import Incident
from geo.incident.vocabulary import About
from geo.language.messages import say
from geo.language.wording import list_words

NO_PROVINCE_NAME: Final = say("province-none")
"""What the row is called of incidents in several provinces, or in one that is not known."""
WITH_OTHERS: Final = say("province-with-others")
"""In place of the toll of a province all of whose incidents lie in others too."""


def together(incidents: Iterable[Incident]) -> dict[str, list[Incident]]:
    """Sort incidents in several provinces by which these are, in words; the most incidents first."""
    found: defaultdict[str, list[Incident]] = defaultdict(list)
    for incident in incidents:
        found[list_words(sorted(incident.provinces))].append(incident)
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))


def shared_words(incidents: Sequence[Incident]) -> str:
    """Say of the selected incidents that lie in several provinces how many they are, and in which; empty for none."""
    if not incidents:
        return ""
    found = together(incidents)
    each = [say("province-shared-each", incidents=len(inside), names=names) for names, inside in found.items()]
    named = "; ".join(each if len(each) > 1 else found)
    return say("province-shared", incidents=len(incidents), names=named)


def counted_more_words(incidents: int, *, once: int, counted: int) -> str:
    """Say why counts by province add up to more than there are incidents; empty where they do not.

    `incidents` are those in several provinces, `once` is how many there are in all, `counted` what a column adds up to.
    """
    if not incidents:
        return ""
    return say("province-counted-more", incidents=incidents, row=NO_PROVINCE_NAME, counted=counted, once=once)


def tolls_together(incidents: Iterable[Incident], total: Callable[[Sequence[Incident], About], Total]) -> list[str]:
    """Say for each set of provinces how many incidents lie in all of them, and what these cost; `total` adds up."""
    return [
        say("province-together", names=names, incidents=len(inside), tolls=_tolls(inside, total))
        for names, inside in together(incidents).items()
    ]


def _tolls(incidents: Sequence[Incident], total: Callable[[Sequence[Incident], About], Total]) -> str:
    found = ((about, total(incidents, about).toll) for about in MEASURES)
    tolls = [say("toll-of", toll=toll, about=about) for about, toll in found if toll is not None]
    return list_words(tolls) or say("no-figure")
