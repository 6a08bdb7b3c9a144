"""What an incident's fields say, in words: when, where and how well known, who, how many."""

from geo.claims import Rule, own_toll
from geo.incident import Claim, Incident
from geo.vocabulary import About, DatePrecision, LocationPrecision, Scope
from geo.wording import MONTHS, day_words, list_words, range_words, span_words


def when(incident: Incident) -> str:
    """Say when an incident took place, and no more exactly than it is known."""
    start, end = incident.date_start, incident.date_end
    if end is None:
        return f"from {day_words(start)}, no end on record"
    if incident.date_precision is DatePrecision.DAY:
        return span_words(start, end)
    if incident.date_precision is DatePrecision.MONTH and (start.year, start.month) == (end.year, end.month):
        return f"{MONTHS[start.month - 1]} {start.year}, day not known"
    if incident.date_precision is DatePrecision.YEAR and start.year == end.year:
        return f"{start.year}, month not known"
    if start == end:
        return f"about {day_words(start)}"
    return f"within {span_words(start, end)}"


def where(incident: Incident) -> str:
    """Name the place with its district, province and country, each once."""
    named: list[str] = []
    for name in (incident.place, incident.district, incident.province):
        if name and not any(name in earlier for earlier in named):
            named.append(name)
    country = incident.country.label
    return ", ".join(named if incident.province is None and country in incident.place else [*named, country])


def how_known(incident: Incident) -> str:
    """Say how well the place is known, with the radius."""
    words = f"Place {incident.location_precision.words}"
    if incident.uncertainty_km is None:
        return words
    if incident.location_precision is LocationPrecision.BORDER_SEGMENT:
        return f"{words}, about {2 * incident.uncertainty_km:,.0f} km of it"
    return f"{words}, within about {incident.uncertainty_km:g} km"


def deaths(incident: Incident, rule: Rule) -> str:
    """Give the deaths by a rule, with what they cover."""
    killed, scope = own_toll(incident, About.KILLED, rule)
    if killed is None:
        return "no figure for deaths"
    words = f"{killed} killed"
    return f"{words} in the whole event" if scope is Scope.GROUP else words


def figure(claim: Claim) -> str:
    """Write a claim's figure: 23, at least 200, up to 19, 15–20; empty if it gives none."""
    if claim.value is not None:
        return f"{claim.value:,}"
    if claim.low is not None and claim.high is not None:
        return f"{claim.low:,}–{claim.high:,}"
    if claim.low is not None:
        return f"at least {claim.low:,}"
    return "" if claim.high is None else f"up to {claim.high:,}"


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
    ends = [f"{end.place} ({end.country.label})" for end in (crossing.origin, crossing.destination)]
    return f"{people} {crossing.kind} crossed from {ends[0]} to {ends[1]}."
