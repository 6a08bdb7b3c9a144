"""What stands beside a toll in words: claims for whole event clusters, flows of people, other victims."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from geo.casualties.matrix import Said
from geo.casualties.tolls import AccountOf, Toll
from geo.casualties.totals import ClusterToll, Total
from geo.incident.losses import after_figure
from geo.incident.record import Claimant, EventGroup, Incident, name_of
from geo.incident.vocabulary import About, Scope
from geo.language.messages import say
from geo.language.wording import list_words
from geo.text.describing import figure, speaker, when, when_together, with_names

NO_FIGURE: Final = say("no-figure")
_MOST_NAMED: Final = 4
"""Places and speakers that are named one by one; more are counted."""


def toll_words(toll: Toll | None) -> str:
    """Write a toll, or that nobody states a figure: which is not the same as nobody lost."""
    return NO_FIGURE if toll is None else str(toll)


def total_words(total: Total | None) -> str:
    """Write a total; where single figures of a flow are all there is, that no total stands under them."""
    if total is not None and total.toll is None and total.flows:
        return say("total-below")
    return toll_words(total.toll if total else None)


def cluster_claim(
    found: ClusterToll, about: About, *, claimants: Mapping[str, Claimant], clusters: Mapping[str, EventGroup]
) -> str:
    """Say what is claimed for a whole event cluster: how many of whom, by whom, which cluster, its days and places.

    And how many of its incidents are selected, so that a reader knows whether the figure is in the total.
    """
    said = cluster_parts(found, about, claimants=claimants, clusters=clusters)
    return say("cluster-claim", **{name: said[name] for name in _CLAIM})


_CLAIM: Final = ("what", "by", "ends", "name", "days", "places", "covers", "selected")


def cluster_parts(
    found: ClusterToll, about: About, *, claimants: Mapping[str, Claimant], clusters: Mapping[str, EventGroup]
) -> dict[str, str]:
    """Return the parts of `cluster_claim`, for a panel that makes a link of the cluster's name."""
    return {
        "id": found.cluster,
        "toll": str(found.toll),
        "about": about.value,
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
    return " ".join(part for part in (str(found.toll), *whose, about.value) if part)


def _ends(found: ClusterToll, about: About, claimants: Mapping[str, Claimant]) -> str:
    """Say who alone gives the lowest and the highest figure, of a range by several; empty where nobody does."""
    if found.toll.low == found.toll.high or len(found.by) == 1:
        return ""
    ends = zip(("cluster-lowest-by", "cluster-highest-by"), found.at_the_ends(about), strict=True)
    named = [say(end, speaker=name_of(by, claimants)) for end, by in ends if by]
    return say("cluster-ends", ends=", ".join(named)) if named else ""


def _covers(found: ClusterToll, claimants: Mapping[str, Claimant]) -> str:
    """Say which places figures cover by their notes, where these name some of the cluster; empty for none."""
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
    """Say how many of a cluster's incidents are selected, and what follows for the total."""
    size = len(found.incidents)
    if found.counted:
        return say("cluster-counted", incidents=size)
    if found.selected == size:
        return say("cluster-in-other-provinces", incidents=size)
    return say("cluster-partly-selected", selected=found.selected, incidents=size)


def cluster_claims(
    total: Total, about: About, *, claimants: Mapping[str, Claimant], clusters: Mapping[str, EventGroup]
) -> list[str]:
    """Say it of each event cluster that a selection touches."""
    return [cluster_claim(found, about, claimants=claimants, clusters=clusters) for found in total.clusters]


_SCOPES: Final = {Scope.GROUP: say("flow-of-cluster"), Scope.CUMULATIVE: say("flow-running-total")}


def flow_claim(
    said: Said, claimants: Mapping[str, Claimant], *, names: Mapping[str, str] = MappingProxyType({})
) -> str:
    """Say how many people crossed, where and when, of a flow that goes on: no total stands under such figures.

    `names` are what incidents are called whose ids stand in notes, by id.
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
    """Say whom rival accounts of one toll name; empty where they name the same."""
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
    """Say in how many incidents the accounts behind a total name different people; empty for none."""
    if not total.differing:
        return ""
    return say("toll-differing", about=about, cases=len(total.differing))


def without_figure_words(total: Total, about: About, incidents: int) -> str:
    """Say how many of the selected incidents have no figure of their own; empty for none."""
    if not total.incidents_without_figure:
        return ""
    return say("toll-without-figure", about=about, without=total.incidents_without_figure, incidents=incidents)


def places_of(incidents: Iterable[Incident]) -> str:
    """Name where incidents lie: their provinces, or the place of one that has none."""
    return _some(sorted({name for i in incidents for name in (i.lies_in or (i.place,))}), "names-other-places")


def _some(names: Sequence[str], others: str) -> str:
    """List names; of many, the first, and how many more there are, by the message `others`."""
    if len(names) <= _MOST_NAMED:
        return list_words(names)
    return list_words([*names[: _MOST_NAMED - 1], say(others, count=len(names) - _MOST_NAMED + 1)])
