"""The incident card: what is known, who claims it, what is disputed, and notes on its tolls."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from geo.casualties import (
    RANGE,
    Column,
    Matrix,
    MatrixCell,
    Said,
    Total,
    by_victims,
    dispute_ratio,
    matrix,
    own_toll,
    ratio_words,
)
from geo.citation import incident_reference, plain_citation, usable_settings
from geo.evidence.denials import against_words, denials, denied_outright, disputed_points
from geo.evidence.similar import (
    HERE,
    Similar,
    cluster_words,
    differences,
    gap_words,
    near_words,
    nothing_near,
    on_other_days,
    similar_to,
    the_same,
)
from geo.incident.errors import UnknownIncidentError
from geo.incident.losses import after_figure
from geo.incident.record import Claim, Claimant, Incident, Source
from geo.incident.vocabulary import MEASURES, About, Scope, Stance, Status
from geo.language.messages import day_words, say
from geo.places.boundaries import border_words
from geo.sentences import (
    actors,
    cluster_parts,
    different_people,
    differing_words,
    figure,
    flow_claim,
    headline,
    how_known,
    movement,
    speaker,
    toll_words,
    when,
    where,
    with_names,
    without_figure_words,
)
from geo.table.incident_table import IncidentTable
from ui.parts.components import panel, symbol
from ui.state import EVENT_KEY, EVENTS_PAGE, INCIDENT_KEY, ask_for, link_to_incident, put_in_url


def beside_tolls(
    totals: Mapping[About, Total], table: IncidentTable, *, incidents: int | None = None
) -> dict[str, Any]:
    """Return the values of the macro `beside_tolls` for totals of the record, over `incidents` incidents if given."""
    notes = [differing_words(total, about) for about, total in totals.items()]
    if incidents:
        of_losses = [(total, about) for about, total in totals.items() if about is not About.CROSSED]
        notes += [without_figure_words(total, about, incidents) for total, about in of_losses]
    return {
        "notes": [note for note in notes if note],
        "clusters": [
            cluster_parts(found, about, claimants=table.claimants, clusters=table.event_groups)
            for about, total in totals.items()
            for found in total.clusters
        ],
        "flows": [
            flow_claim(said, table.claimants, names=table.names) for total in totals.values() for said in total.flows
        ],
    }


# The claims matrix of a card: whose loss, claimed by whom, how many, with stance and source.

_MOST_LINES: Final = 12
_MOST_CLAIMS: Final = 200
"""Largest number of lines drawn in a cell, and of claims on a card."""
_SCOPES: Final = {Scope.GROUP: say("scope-whole-cluster"), Scope.CUMULATIVE: say("scope-in-no-total")}
_COUNTS: Final = (Stance.ASSERTS, Stance.ACKNOWLEDGES)


def first_of(number: int, most: int) -> str:
    """Say that only the first `most` are listed; empty if all are."""
    return say("listed-first", shown=most, all=number) if number > most else ""


def card_matrix(incident: Incident, table: IncidentTable) -> dict[str, Any] | None:
    """Return template values of the claims matrix, None if no claim gives a figure."""
    found = matrix([incident], table.claimants)
    if not any(figure(said.claim) for row in found.rows for cell in row.cells.values() for said in cell.said):
        return None
    return {
        "abouts": [about.label for about in found.abouts],
        "losses": [{"whose": whose, "rows": _rows(found, whose)} for whose in found.whose],
    }


def _rows(found: Matrix, whose: str) -> list[dict[str, Any]]:
    rows = []
    for row in found.rows:
        cells = [row.cells.get(Column(about, whose)) for about in found.abouts]
        if any(cells):
            independent = row.claimant.independent
            shown = [_lines(cell) if cell else [] for cell in cells]
            rows.append({"claimant": row.claimant.name, "independent": independent, "cells": shown})
    return rows


def _lines(cell: MatrixCell) -> list[dict[str, Any]]:
    """Return one line for all figures that count, and one for each claim that does not."""
    counted = [said for said in cell.said if _counts(said)]
    lines = [_line(counted, "" if cell.toll is None else str(cell.toll))] if counted else []
    others = [said for said in cell.said if not _counts(said)]
    return lines + [_line([said], figure(said.claim)) for said in others[:_MOST_LINES]]


def _counts(said: Said) -> bool:
    return said.claim.stance in _COUNTS and said.claim.scope is not Scope.CUMULATIVE


def _line(said: Sequence[Said], words: str) -> dict[str, Any]:
    sources = {each.claim.source: each.source for each in said}
    return {
        "figure": words,
        "stance": ", ".join(dict.fromkeys(each.claim.stance.label for each in said)),
        "denied": said[0].claim.stance is Stance.DENIES,
        "scope": _SCOPES.get(said[0].claim.scope, ""),
        "sources": [
            {"number": number + 1, "publisher": source.publisher, "url": source.url}
            for number, source in sources.items()
        ],
    }


_KEY = "incident-card"
EVENT_PREFIX = "event:"
_MOST = 6
"""Largest number of nearby incidents on other days that are listed; the rest are counted."""


def incident_card(incident_id: str, table: IncidentTable, *, in_choice: bool) -> None:
    """Draw an incident's card, or say that there is no such incident; `in_choice` if it is in the selection."""
    try:
        incident = table.incident(incident_id)
    except UnknownIncidentError:
        panel("unknown.html", key=_KEY, on_choose=choose_or_close, opened=incident_id, incident_id=incident_id)
        return
    panel(
        "card.html",
        key=_KEY,
        on_choose=choose_or_close,
        opened=incident_id,
        in_choice=in_choice,
        **card_values(incident, table, address=link_to_incident(incident.id)),
    )


def choose_or_close(incident_id: str) -> None:
    """Open another incident's card or an event cluster's page, or close this card if the id is empty."""
    if incident_id.startswith(EVENT_PREFIX):
        ask_for(EVENTS_PAGE, EVENT_KEY, incident_id.removeprefix(EVENT_PREFIX))
    else:
        put_in_url(INCIDENT_KEY, incident_id or None)


def row(incident: Incident) -> dict[str, Any]:
    """Return template values of an incident in a list."""
    return {
        "id": incident.id,
        "title": incident.title,
        "when": when(incident),
        "status": incident.status.label,
        "symbol": symbol(incident.category, incident.status),
    }


def card_values(incident: Incident, table: IncidentTable, *, address: str = "") -> dict[str, Any]:
    """Return template values of a card; the incident is linked and cited by `address`, if given."""
    group = table.event_group(incident.event_group) if incident.event_group else ()
    denied = denials([incident], table.claimants, everything=group)
    against = {
        denial.number: against_words(denial, table.claimants) for denial in denied if denial.number <= _MOST_CLAIMS
    }
    return {
        "incident": incident,
        "headline": headline(incident),
        "denied": denied_outright(incident, table.claimants),
        "address": address,
        "citation": _citation(incident, table, address or f"/?{INCIDENT_KEY}={incident.id}"),
        "symbol": symbol(incident.category, incident.status, 18),
        "when": when(incident),
        "where": where(incident),
        "how_known": how_known(incident),
        "location_note": with_names(incident.location_note or "", table.names),
        "border": _border(incident, table),
        "actors": actors(incident),
        "movement": movement(incident),
        "tolls": [_toll(incident, about, table) for about in MEASURES if _has_figure(incident, about)],
        "beside": _beside(incident, table),
        "rule": table.rule.name,
        "rule_sentence": table.rule.sentence,
        "matrix": card_matrix(incident, table),
        "disputed": what_is_disputed(incident, table.claimants),
        "claims": [
            {**_claim(claim, incident, table), "against": against.get(number, "")}
            for number, claim in enumerate(incident.claims[:_MOST_CLAIMS], 1)
        ],
        "claims_listed": first_of(len(incident.claims), _MOST_CLAIMS),
        "event": table.event_groups.get(incident.event_group or ""),
        "group": [row(other) for other in group if other.id != incident.id],
        "similar": _similar(incident, table),
        "sources": [source_words(source) for source in incident.sources],
    }


def what_is_disputed(incident: Incident, claimants: Mapping[str, Claimant]) -> list[str]:
    """Return the disputed points; at least one for an incident whose status is disputed."""
    points = disputed_points(incident, claimants)
    return points or ([say("card-accounts-differ")] if incident.status is Status.DISPUTED else [])


def _citation(incident: Incident, table: IncidentTable, address: str) -> str:
    """Return the citation of an incident; empty for imported ones, whose publisher is to be cited instead."""
    if incident.imported:
        return ""
    settings, _ = usable_settings()
    return plain_citation(incident_reference(incident, table, link=address, settings=settings))


def _similar(incident: Incident, table: IncidentTable) -> dict[str, Any] | None:
    """Return template values of incidents close in place and time, with differences; None for an imported incident."""
    if incident.imported:
        return None
    near = similar_to(incident, table.incidents)
    elsewhen = on_other_days(incident, table.incidents)
    return {
        "means": f"{near_words()}.",
        "may_be_one": [similar_entry(pair, incident, table, HERE) for pair in near if pair.may_be_one],
        "other_kinds": [similar_entry(pair, incident, table, HERE) for pair in near if not pair.may_be_one],
        "other_days": [row(pair.beside(incident.id)) | {"gap": gap_words(pair.days)} for pair in elsewhen[:_MOST]],
        "more": max(0, len(elsewhen) - _MOST),
        "nothing": "" if near else nothing_near(incident),
    }


def similar_entry(pair: Similar, first: Incident, table: IncidentTable, names: tuple[str, str]) -> dict[str, Any]:
    """Return template values of the other incident of a pair: its event cluster, and what differs from `first`."""
    return row(pair.beside(first.id)) | {
        "cluster": cluster_words(pair, table.event_groups),
        "differs": differences(pair, first, table.rule, names),
        "same": the_same(pair, table.rule),
    }


def _toll(incident: Incident, about: About, table: IncidentTable) -> dict[str, str]:
    """Return an incident's own toll under the rule, the ratio between claims, and differences in whom they count."""
    ratio = dispute_ratio(own_toll(incident, about, RANGE))
    own = [claim for claim in incident.claims if claim.scope is Scope.INCIDENT]
    return {
        "about": about.label,
        "toll": toll_words(table.own_toll(incident, about)),
        "apart": "" if ratio in (None, 1.0) else ratio_words(ratio),
        "differ": different_people(by_victims(own, about), table.claimants),
    }


def _beside(incident: Incident, table: IncidentTable) -> dict[str, Any]:
    """Return the values of `beside_tolls`: claims for the whole event cluster, and figures for flows of people."""
    beside = beside_tolls({about: table.total([incident], about) for about in MEASURES}, table)
    size = len(table.event_group(incident.event_group)) if incident.event_group else 0
    one_of = say("card-one-of", size=size)
    return beside | {"notes": [], "clusters": [claim | {"selected": one_of} for claim in beside["clusters"]]}


def _has_figure(incident: Incident, about: About) -> bool:
    return own_toll(incident, about, RANGE) is not None


def counted_words(claim: Claim) -> str:
    """State a claim's figure with whom it counts and the measure, as in “12 soldiers killed”."""
    number = figure(claim)
    return " ".join(part for part in (number, after_figure(claim.of or "", number), claim.about.label) if part)


def _claim(claim: Claim, incident: Incident, table: IncidentTable) -> dict[str, Any]:
    claimant = table.claimants[claim.by]
    said = {About.EVENT: "", About.ATTRIBUTION: say("card-who-did-it")}.get(claim.about, counted_words(claim))
    return {
        "speaker": speaker(claim, table.claimants),
        "quoted": claim.by_text if claim.by_text != claimant.name else None,
        "independent": claimant.independent,
        "stance": claim.stance.label,
        "said": said,
        "scope": {Scope.GROUP: say("scope-whole-event-cluster"), Scope.CUMULATIVE: say("scope-in-no-total")}.get(
            claim.scope, ""
        ),
        "note": with_names(claim.note or "", table.names),
        "source": source_words(incident.sources[claim.source]),
    }


def source_words(source: Source) -> dict[str, Any]:
    """Return what a panel shows of a source."""
    return {
        "publisher": source.publisher,
        "title": source.title,
        "url": source.url,
        "archived_url": source.archived_url,
        "published": day_words(source.published) if source.published else say("source-undated"),
        "kind": source.kind.label,
    }


def _border(incident: Incident, table: IncidentTable) -> str:
    place = table.placed(incident.id)
    return border_words(incident, place.border, place.border_km)
