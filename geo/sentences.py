"""Sentences about incidents: when, where, who and how many; notes beside tolls; incidents in several provinces."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from geo.casualties import AccountOf, ClusterToll, Rule, Said, Toll, Total, own_toll
from geo.incident.dates import When, span_of_all
from geo.incident.losses import after_figure
from geo.incident.record import Claim, Claimant, EventGroup, Incident, name_of
from geo.incident.vocabulary import MEASURES, About, Country, LocationPrecision, Scope, Status
from geo.language.messages import list_words, range_words, say, span_words
from geo.places.boundaries import boundaries


def when(incident: Incident) -> str:
    """Say when an incident took place, only as precisely as it is known."""
    return when_of(incident).words


def when_of(incident: Incident) -> When:
    """Return an incident's dates with their precision."""
    return When(incident.date_start, incident.date_end, incident.date_precision)


def when_together(incidents: Iterable[Incident]) -> str:
    """Say on which days several incidents took place, such as those of an event cluster; raises ValueError if empty."""
    return span_of_all(when_of(incident) for incident in incidents)


def where(incident: Incident) -> str:
    """Name the place, district, provinces and country without repetition, each country after its own provinces."""
    named: list[str] = []
    for name in (incident.place, incident.district):
        if name and not any(name in earlier for earlier in named):
            named.append(name)
    countries = {country.label: provinces for country, provinces in countries_of(incident).items()}
    if not all(any(province in earlier for earlier in named) for province in incident.lies_in):
        if len(countries) > 1:
            each = (f"{list_words(provinces)}, {country}" for country, provinces in countries.items())
            return ", ".join([*named, "; ".join(each)])
        named.append(list_words(incident.lies_in))
    country = list_words(list(countries))
    return ", ".join(named if not incident.lies_in and country in incident.place else [*named, country])


def countries_of(incident: Incident) -> dict[Country, list[str]]:
    """Return an incident's provinces by their country."""
    if not incident.provinces:
        return {incident.country: list(incident.lies_in)}
    found: defaultdict[Country, list[str]] = defaultdict(list)
    for province in incident.provinces:
        code = boundaries().province_anywhere(province, incident.country)
        found[Country(code[:2]) if code else incident.country].append(province)
    return found


def named(incident: Incident) -> str:
    """Name an incident within a sentence by category, days and place, rather than by id."""
    words, end = when(incident), incident.date_end
    place = incident.place.replace(" (", ", ").replace(")", "")
    bounded = end is not None and words == say("when-within", days=span_words(incident.date_start, end))
    name = "incident-named-within" if bounded else "incident-named"
    return say(name, category=incident.category, when=words, place=place)


_IDS: Final = re.compile(r"\b\d{4}-\d{2}-[a-z0-9]+(?:-[a-z0-9]+)*")


def incidents_in(text: str) -> list[str]:
    """Return everything in a text that looks like an incident's id.

    >>> incidents_in("part of the 58 in 2025-10-11-durand-line-border-clash; not on 2025-10")
    ['2025-10-11-durand-line-border-clash']
    """
    return _IDS.findall(text)


def with_names(text: str, names: Mapping[str, str]) -> str:
    """Replace incident ids in a text by names; ids without a name stay.

    >>> with_names("held in 2025-10-11-durand-line-border-clash", {"2025-10-11-durand-line-border-clash": "the clash"})
    'held in the clash'
    """
    return _IDS.sub(lambda found: names.get(found[0], found[0]), text)


def how_known(incident: Incident) -> str:
    """Say how precisely the place is known, with the radius."""
    words = say("where-precision", precision=incident.location_precision.meaning)
    if incident.uncertainty_km is None:
        return words
    if incident.location_precision is LocationPrecision.BORDER_SEGMENT:
        return say("where-segment", words=words, km=round(2 * incident.uncertainty_km))
    return say("where-within", words=words, km=incident.uncertainty_km)


def deaths(incident: Incident, rule: Rule) -> str:
    """Describe an incident's own deaths under a rule."""
    return deaths_of(own_toll(incident, About.KILLED, rule))


def deaths_of(killed: Toll | None) -> str:
    """Describe a death toll.

    >>> deaths_of(None)
    'no figure for deaths'
    """
    return say("deaths-no-figure") if killed is None else say("deaths-killed", killed=killed)


def figure(claim: Claim) -> str:
    """Write a claim's figure: 23, at least 200, up to 19, 15–20; empty if there is none."""
    if claim.value is not None:
        return say("number", number=claim.value)
    if claim.low is not None and claim.high is not None:
        return say("range", low=claim.low, high=claim.high)
    if claim.low is not None:
        return say("figure-at-least", number=claim.low)
    return "" if claim.high is None else say("figure-up-to", number=claim.high)


def actors(incident: Incident) -> str:
    """List the actors."""
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
    words = say("movement", people=people, kind=crossing.kind, start=start, end=end)
    return say("disputed-words", words=words) if incident.status is Status.DISPUTED else words


def headline(incident: Incident) -> str:
    """Return the heading of an incident: its title, qualified where the title alone would state a disputed fact."""
    return say("disputed-words", words=incident.title) if incident.status is Status.DISPUTED else incident.title


def speaker(claim: Claim, claimants: Mapping[str, Claimant]) -> str:
    """Return the registered name of a claim's claimant."""
    return name_of(claim.by, claimants)


# Notes beside a toll: claims about whole event clusters, flows of people, differing victims.

NO_FIGURE: Final = say("no-figure")
_MOST_NAMED: Final = 4
"""Largest number of names to list; beyond that, the rest are counted."""


def toll_words(toll: Toll | None) -> str:
    """Write a toll, or that nobody states a figure, which is not the same as zero."""
    return NO_FIGURE if toll is None else str(toll)


def total_words(total: Total | None) -> str:
    """Write a total; if there are only single figures of a flow, say that there is no total."""
    if total is not None and total.toll is None and total.flows:
        return say("total-below")
    return toll_words(total.toll if total else None)


def cluster_claim(
    found: ClusterToll, about: About, *, claimants: Mapping[str, Claimant], clusters: Mapping[str, EventGroup]
) -> str:
    """Describe the claims about a whole event cluster: how many of whom, by whom, which cluster, when and where.

    Also says how many of its incidents are selected, and so whether the figure is in the total.
    """
    said = cluster_parts(found, about, claimants=claimants, clusters=clusters)
    return say("cluster-claim", **{name: said[name] for name in _CLAIM})


_CLAIM: Final = ("what", "by", "ends", "name", "days", "places", "covers", "selected")


def cluster_parts(
    found: ClusterToll, about: About, *, claimants: Mapping[str, Claimant], clusters: Mapping[str, EventGroup]
) -> dict[str, str]:
    """Return the parts of `cluster_claim`, for a panel that links the cluster's name."""
    return {
        "id": found.cluster,
        "toll": str(found.toll),
        "about": about.label,
        "what": _what(found, about),
        "by": _some([name_of(by, claimants) for by in found.by], "names-others"),
        "ends": _ends(found, about, claimants),
        "covers": _covers(found, claimants),
        "name": clusters[found.cluster].name if found.cluster in clusters else found.cluster,
        "days": when_together(found.incidents),
        "places": places_of(found.incidents),
        "selected": selected_of(found),
    }


def _what(found: ClusterToll, about: About) -> str:
    """Say how many of whom."""
    if len(found.whose) > 1:
        return say("cluster-all-sides", toll=found.toll, about=about)
    whose = [after_figure(of, str(found.toll)) for of in found.whose]
    return " ".join(part for part in (str(found.toll), *whose, about.label) if part)


def _ends(found: ClusterToll, about: About, claimants: Mapping[str, Claimant]) -> str:
    """Name the sole claimants of the lowest and highest figure in a range by several; empty if there are none."""
    if found.toll.low == found.toll.high or len(found.by) == 1:
        return ""
    ends = zip(("cluster-lowest-by", "cluster-highest-by"), found.at_the_ends(about), strict=True)
    named = [say(end, speaker=name_of(by, claimants)) for end, by in ends if by]
    return say("cluster-ends", ends=", ".join(named)) if named else ""


def _covers(found: ClusterToll, claimants: Mapping[str, Claimant]) -> str:
    """Quote notes on the places that figures cover, if they name places of the cluster; empty if none do."""
    fields = (name for i in found.incidents for name in (i.place, i.district, *i.lies_in))
    places = {name for name in fields if name}
    firsts = ((claim.by, (claim.note or "").split(";")[0]) for claim in found.claims)
    noted = [
        say("cluster-note", speaker=name_of(by, claimants), note=note)
        for by, note in firsts
        if any(place in note for place in places)
    ]
    return say("cluster-notes", notes="; ".join(dict.fromkeys(noted))) if noted else ""


def selected_of(found: ClusterToll) -> str:
    """Say how many of a cluster's incidents are selected, and whether it is in the total."""
    size = len(found.incidents)
    if found.counted:
        return say("cluster-counted", incidents=size)
    if found.selected == size:
        return say("cluster-in-other-provinces", incidents=size)
    return say("cluster-partly-selected", selected=found.selected, incidents=size)


def cluster_claims(
    total: Total, about: About, *, claimants: Mapping[str, Claimant], clusters: Mapping[str, EventGroup]
) -> list[str]:
    """Describe the claims about each event cluster in a total."""
    return [cluster_claim(found, about, claimants=claimants, clusters=clusters) for found in total.clusters]


_SCOPES: Final = {Scope.GROUP: say("flow-of-cluster"), Scope.CUMULATIVE: say("flow-in-no-total")}


def flow_claim(
    said: Said, claimants: Mapping[str, Claimant], *, names: Mapping[str, str] = MappingProxyType({})
) -> str:
    """Describe a figure for an ongoing flow: how many people crossed, where and when.

    `names` replaces incident ids in notes, by id.
    """
    claim, number = said.claim, figure(said.claim)
    return say(
        "flow-claim",
        number=number,
        whom=after_figure(claim.of or "people", number),
        place=said.incident.place,
        when=when(said.incident),
        speaker=speaker(claim, claimants),
        scope=_SCOPES.get(claim.scope, ""),
        note=say("flow-note", note=with_names(claim.note, names)) if claim.note else "",
    )


def different_people(accounts: Sequence[AccountOf], claimants: Mapping[str, Claimant]) -> str:
    """Say whom rival accounts of one toll name; empty if there are none."""
    named = [
        say(
            "toll-account",
            victims=account.victims,
            toll=account.toll,
            by=_some([name_of(by, claimants) for by in account.by], "names-others"),
        )
        for account in accounts
    ]
    return say("toll-different-people", accounts="; ".join(named)) if named else ""


def differing_words(total: Total, about: About) -> str:
    """Say for how many incidents the accounts behind a total name different people; empty if for none."""
    if not total.differing:
        return ""
    return say("toll-differing", about=about, cases=len(total.differing))


def without_figure_words(total: Total, about: About, incidents: int) -> str:
    """Say how many of the selected incidents have no figure of their own; empty if none."""
    if not total.incidents_without_figure:
        return ""
    return say("toll-without-figure", about=about, without=total.incidents_without_figure, incidents=incidents)


def places_of(incidents: Iterable[Incident]) -> str:
    """Name the provinces of incidents, or the place of one that has none."""
    return _some(sorted({name for i in incidents for name in (i.lies_in or (i.place,))}), "names-other-places")


def _some(names: Sequence[str], others: str) -> str:
    """List names; if there are many, the first ones and the number of the rest, by the message `others`."""
    if len(names) <= _MOST_NAMED:
        return list_words(names)
    return list_words([*names[: _MOST_NAMED - 1], say(others, count=len(names) - _MOST_NAMED + 1)])


# Incidents in several provinces: which provinces, how many incidents, and their tolls.

NO_PROVINCE_NAME: Final = say("province-none")
"""Name of the row for incidents in several provinces or an unknown one."""
WITH_OTHERS: Final = say("province-with-others")
"""Replaces the toll of a province whose incidents all lie in others too."""


def together(incidents: Iterable[Incident]) -> dict[str, list[Incident]]:
    """Group incidents in several provinces by the names of these, most incidents first."""
    found: defaultdict[str, list[Incident]] = defaultdict(list)
    for incident in incidents:
        found[list_words(sorted(incident.provinces))].append(incident)
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))


def shared_words(incidents: Sequence[Incident]) -> str:
    """Say how many selected incidents lie in several provinces, and in which; empty if none do."""
    if not incidents:
        return ""
    found = together(incidents)
    each = [say("province-shared-each", incidents=len(inside), names=names) for names, inside in found.items()]
    named = "; ".join(each if len(each) > 1 else found)
    return say("province-shared", incidents=len(incidents), names=named)


def counted_more_words(incidents: int, *, once: int, counted: int) -> str:
    """Say why counts by province add up to more than the number of incidents; empty if they do not.

    `incidents` is the number in several provinces, `once` the number of all incidents, `counted` the sum of a column.
    """
    if not incidents:
        return ""
    return say("province-counted-more", incidents=incidents, row=NO_PROVINCE_NAME, counted=counted, once=once)


def tolls_together(incidents: Iterable[Incident], total: Callable[[Sequence[Incident], About], Total]) -> list[str]:
    """Say for each set of provinces how many incidents lie in all of them, and their tolls, computed by `total`."""
    return [
        say("province-together", names=names, incidents=len(inside), tolls=_tolls(inside, total))
        for names, inside in together(incidents).items()
    ]


def _tolls(incidents: Sequence[Incident], total: Callable[[Sequence[Incident], About], Total]) -> str:
    found = ((about, total(incidents, about).toll) for about in MEASURES)
    tolls = [say("toll-of", toll=toll, about=about) for about, toll in found if toll is not None]
    return list_words(tolls) or say("no-figure")
