"""The incident card: what is known, who says it, what is disputed."""

from collections.abc import Iterator
from typing import Any

from geo.claims import RANGE, Toll, dispute_ratio, own_toll, ratio_words, toll
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
        "tolls": [entry for about in _PEOPLE for entry in _tolls(incident, about, table)],
        "rule": table.rule.name,
        "rule_sentence": table.rule.sentence,
        "matrix": card_matrix(incident, table),
        "disputed": disputed_points(incident, table.claimants),
        "claims": [_claim(claim, incident, table) for claim in incident.claims],
        "event": table.event_groups.get(incident.event_group or ""),
        "group": [row(other) for other in group if other.id != incident.id],
        "sources": [_source(source) for source in incident.sources],
    }


def _tolls(incident: Incident, about: About, table: IncidentTable) -> Iterator[dict[str, Any]]:
    """Yield an incident's toll by the rule, and its wider event's where it holds a figure for the whole of it.

    Each with how far apart all claims are; nothing where nobody gives a figure.
    """
    everybody, scope = own_toll(incident, about, RANGE)
    if everybody is not None and scope is Scope.INCIDENT:
        told, whose = table.own_toll(incident, about)
        yield _entry(about, told if whose is Scope.INCIDENT else None, dispute_ratio(everybody))
    for_event = toll((claim for claim in incident.claims if claim.scope is Scope.GROUP), about)
    if for_event is not None and incident.event_group:
        event = table.event_group(incident.event_group)
        yield _entry(about, table.total(event, about).toll, table.dispute_ratio(event, about), whole=True)


def _entry(about: About, told: Toll | None, ratio: float | None, *, whole: bool = False) -> dict[str, Any]:
    return {
        "about": about.value,
        "toll": None if told is None else str(told),
        "whole": whole,
        "apart": "" if ratio in (None, 1.0) else ratio_words(ratio),
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
