"""What an incident's fields say, in words: when, where and how well known, who, how many."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from geo.casualties.rules import Rule
from geo.casualties.tolls import Toll
from geo.casualties.totals import own_toll
from geo.incident.dates import When, span_of_all
from geo.incident.record import Claim, Claimant, Incident, name_of
from geo.incident.vocabulary import About, Country, LocationPrecision
from geo.language.messages import say
from geo.language.wording import list_words, range_words, span_words
from geo.places.boundaries import boundaries


def when(incident: Incident) -> str:
    """Say when an incident took place, and no more exactly than it is known."""
    return when_of(incident).words


def when_of(incident: Incident) -> When:
    """Return an incident's days with how well they are known."""
    return When(incident.date_start, incident.date_end, incident.date_precision)


def when_together(incidents: Iterable[Incident]) -> str:
    """Say over which days incidents lie, those of an event cluster for one; raises ValueError without any."""
    return span_of_all(when_of(incident) for incident in incidents)


def where(incident: Incident) -> str:
    """Name the place with its district, provinces and country, each once; each country after its own provinces."""
    named: list[str] = []
    for name in (incident.place, incident.district):
        if name and not any(name in earlier for earlier in named):
            named.append(name)
    countries = _countries(incident)
    if not all(any(province in earlier for earlier in named) for province in incident.lies_in):
        if len(countries) > 1:
            each = (f"{list_words(provinces)}, {country}" for country, provinces in countries.items())
            return ", ".join([*named, "; ".join(each)])
        named.append(list_words(incident.lies_in))
    country = list_words(list(countries))
    return ", ".join(named if not incident.lies_in and country in incident.place else [*named, country])


def _countries(incident: Incident) -> dict[str, list[str]]:
    """Return the provinces that an incident lies in by the names of their countries."""
    if not incident.provinces:
        return {incident.country.label: list(incident.lies_in)}
    found: defaultdict[str, list[str]] = defaultdict(list)
    for province in incident.provinces:
        code = boundaries().province_anywhere(province, incident.country)
        country = Country(code[:2]) if code else incident.country
        found[country.label].append(province)
    return found


def named(incident: Incident) -> str:
    """Name an incident by what it is, its days and its place, to stand in a sentence: not by its id."""
    words, end = when(incident), incident.date_end
    place = incident.place.replace(" (", ", ").replace(")", "")
    bounded = end is not None and words == say("when-within", days=span_words(incident.date_start, end))
    name = "incident-named-within" if bounded else "incident-named"
    return say(name, category=incident.category, when=words, place=place)


_IDS: Final = re.compile(r"\b\d{4}-\d{2}-[a-z0-9]+(?:-[a-z0-9]+)*")


def incidents_in(text: str) -> list[str]:
    """Return what in a text has the form of an incident's id.

    >>> incidents_in("part of the 58 in 2025-10-11-durand-line-border-clash; not on 2025-10")
    ['2025-10-11-durand-line-border-clash']
    """
    return _IDS.findall(text)


def with_names(text: str, names: Mapping[str, str]) -> str:
    """Say ids of incidents in a text by what these are called; an id without a name stays.

    >>> with_names("held in 2025-10-11-durand-line-border-clash", {"2025-10-11-durand-line-border-clash": "the clash"})
    'held in the clash'
    """
    return _IDS.sub(lambda found: names.get(found[0], found[0]), text)


def how_known(incident: Incident) -> str:
    """Say how well the place is known, with the radius."""
    words = say("where-precision", precision=incident.location_precision.words)
    if incident.uncertainty_km is None:
        return words
    if incident.location_precision is LocationPrecision.BORDER_SEGMENT:
        return say("where-segment", words=words, km=round(2 * incident.uncertainty_km))
    return say("where-within", words=words, km=f"{incident.uncertainty_km:g}")


def deaths(incident: Incident, rule: Rule) -> str:
    """Give an incident's own deaths by a rule."""
    return deaths_of(own_toll(incident, About.KILLED, rule))


def deaths_of(killed: Toll | None) -> str:
    """Give deaths that were counted before.

    >>> deaths_of(None)
    'no figure for deaths'
    """
    return say("deaths-no-figure") if killed is None else say("deaths-killed", killed=killed)


def figure(claim: Claim) -> str:
    """Write a claim's figure: 23, at least 200, up to 19, 15–20; empty if it gives none."""
    if claim.value is not None:
        return say("number", number=claim.value)
    if claim.low is not None and claim.high is not None:
        return say("range", low=claim.low, high=claim.high)
    if claim.low is not None:
        return say("figure-at-least", number=claim.low)
    return "" if claim.high is None else say("figure-up-to", number=claim.high)


def actors(incident: Incident) -> str:
    """Name who took part."""
    return list_words(incident.actors)


def movement(incident: Incident) -> str:
    """Say who crossed, from where to where; empty for an incident without a movement."""
    crossing = incident.movement
    if crossing is None:
        return ""
    people = range_words(
        crossing.people_low,
        crossing.people_low if crossing.people_high is None else crossing.people_high,
        or_more=crossing.people_high is None,
    )
    start, end = (
        say("movement-end", place=end.place, country=end.country.label)
        for end in (crossing.origin, crossing.destination)
    )
    return say("movement", people=people, kind=crossing.kind, start=start, end=end)


def speaker(claim: Claim, claimants: Mapping[str, Claimant]) -> str:
    """Name who makes a claim, as the register has it."""
    return name_of(claim.by, claimants)
