"""The incident card: what is known, who says it, what is disputed."""

from typing import Any

from geo.claims import RANGE, dispute_ratio, own_toll, ratio_words
from geo.describe import actors, figure, how_known, movement, when, where
from geo.dispute import disputed_points, speaker
from geo.errors import UnknownIncidentError
from geo.incident import Claim, Incident, Source
from geo.side import border_words
from geo.table import IncidentTable
from geo.vocabulary import About, Scope
from geo.wording import day_words
from ui.card_matrix import card_matrix
from ui.panel import panel, symbol
from ui.state import ask_for_event, choose_incident

_KEY = "incident-card"
_EVENT_PREFIX = "event:"
_PEOPLE = (About.KILLED, About.INJURED, About.CROSSED)


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
    """Open another incident's card or a wider event's page, or close this card if the id is empty."""
    if incident_id.startswith(_EVENT_PREFIX):
        ask_for_event(incident_id.removeprefix(_EVENT_PREFIX))
    else:
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
        "tolls": [entry for about in _PEOPLE if (entry := _toll(incident, about, table))],
        "rule": table.rule.name,
        "rule_sentence": table.rule.sentence,
        "matrix": card_matrix(incident, table),
        "disputed": disputed_points(incident, table.claimants),
        "claims": [_claim(claim, incident, table) for claim in incident.claims],
        "event": table.event_groups.get(incident.event_group or ""),
        "group": [row(other) for other in group if other.id != incident.id],
        "sources": [_source(source) for source in incident.sources],
    }


def _toll(incident: Incident, about: About, table: IncidentTable) -> dict[str, Any] | None:
    """Return an incident's toll by the rule, and how far apart all claims are; None where nobody gives a figure."""
    everybody, _ = own_toll(incident, about, RANGE)
    if everybody is None:
        return None
    toll, scope = table.own_toll(incident, about)
    return {
        "about": about.value,
        "toll": None if toll is None else str(toll),
        "whole": toll is not None and scope is Scope.GROUP,
        "apart": ratio_words(dispute_ratio(everybody)) if everybody.low != everybody.high else "",
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
    return border_words(incident, place.border, place.border_km)
