"""The incident card: what is known, who says it, what is disputed."""

from typing import Any

from geo.claims import RULE, RULE_SENTENCE, own_toll
from geo.describe import actors, figure, how_known, movement, when, where
from geo.dispute import disputed_points, speaker
from geo.errors import UnknownIncidentError
from geo.incident import Claim, Incident, Source
from geo.table import IncidentTable
from geo.vocabulary import About, Scope
from geo.wording import day_words
from ui.panel import panel, symbol
from ui.state import choose_incident

_KEY = "incident-card"


def incident_card(incident_id: str, table: IncidentTable, *, in_choice: bool) -> None:
    """Draw an incident's card with its event group, or say that there is no such incident."""
    try:
        incident = table.incident(incident_id)
    except UnknownIncidentError:
        panel("unknown.html", key=_KEY, on_choose=choose_or_close, focus=True, incident_id=incident_id)
        return
    panel(
        "card.html",
        key=_KEY,
        on_choose=choose_or_close,
        focus=True,
        in_choice=in_choice,
        **card_values(incident, table),
    )


def choose_or_close(incident_id: str) -> None:
    """Open another incident's card, or close this one if the id is empty."""
    choose_incident(incident_id or None)


def row(incident: Incident) -> dict[str, Any]:
    """Return what a list of incidents shows of one."""
    return {
        "id": incident.id,
        "title": incident.title,
        "when": when(incident),
        "status": incident.status.value,
        "symbol": symbol(incident.category, incident.status),
    }


def card_values(incident: Incident, table: IncidentTable) -> dict[str, Any]:
    """Return what the card's template shows of an incident."""
    tolls = [(about.value, *own_toll(incident, about)) for about in (About.KILLED, About.INJURED, About.CROSSED)]
    group = table.event_group(incident.event_group) if incident.event_group else ()
    return {
        "incident": incident,
        "symbol": symbol(incident.category, incident.status, 18),
        "when": when(incident),
        "where": where(incident),
        "how_known": how_known(incident),
        "border": _border(incident, table),
        "actors": actors(incident),
        "movement": movement(incident),
        "tolls": [
            {"about": about, "toll": str(toll), "whole": scope is Scope.GROUP} for about, toll, scope in tolls if toll
        ],
        "rule": RULE,
        "rule_sentence": RULE_SENTENCE,
        "disputed": disputed_points(incident, table.claimants),
        "claims": [_claim(claim, incident, table) for claim in incident.claims],
        "group": [row(other) for other in group if other.id != incident.id],
        "sources": [_source(source) for source in incident.sources],
    }


def _claim(claim: Claim, incident: Incident, table: IncidentTable) -> dict[str, Any]:
    claimant = table.claimants[claim.by]
    figures = " ".join(part for part in (figure(claim), claim.of or "", claim.about.value) if part)
    said = {About.EVENT: "", About.ATTRIBUTION: "who did it"}.get(claim.about, figures)
    return {
        "speaker": speaker(claim, table.claimants),
        "quoted": claim.by_text if claim.by_text != claimant.name else None,
        "independent": claimant.independent,
        "stance": claim.stance.value,
        "said": said,
        "scope": {Scope.GROUP: "whole event", Scope.CUMULATIVE: "running total"}.get(claim.scope, ""),
        "note": claim.note,
        "source": _source(incident.sources[claim.source]),
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        "publisher": source.publisher,
        "title": source.title,
        "url": source.url,
        "archived_url": source.archived_url,
        "published": day_words(source.published) if source.published else "undated",
        "kind": source.kind.value.replace("_", " "),
    }


def _border(incident: Incident, table: IncidentTable) -> str:
    place = table.placed(incident.id)
    if place.border is None or place.border_km is None:
        return ""
    distance = f"{place.border_km:,.1f} km" if place.border_km < 10 else f"{place.border_km:,.0f} km"  # noqa: PLR2004
    certain = "" if place.side_decided else ", too near for the side to be certain"
    return f"{distance} from the {place.border}{certain}"
