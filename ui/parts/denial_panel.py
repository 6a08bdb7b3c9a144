"""Who denies what: every denial once, beside what it contradicts, or that nobody says the opposite."""

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from typing import Any, Final

from geo.evidence.denials import Answer, Denial, answer_words, denials, denied_words
from geo.evidence.statements import Matter, Statement
from geo.incident.record import Incident
from geo.incident.vocabulary import About, Scope
from geo.language.formatting import capitalised, day_words, month_words
from geo.language.messages import say
from geo.sentences import figure, with_names
from geo.table.incident_table import IncidentTable
from ui.parts.card import counted_words, first_of, row
from ui.parts.components import panel
from ui.state import ask_for_map

# What somebody says of something, as the panels show it.

_SCOPES: Final = {
    Scope.INCIDENT: say("scope-one-incident"),
    Scope.GROUP: say("scope-whole-event-cluster"),
    Scope.CUMULATIVE: say("scope-in-no-total"),
}
_UNCOUNTED: Final = {About.EVENT: say("denial-that-it-happened"), About.ATTRIBUTION: say("card-who-did-it")}


def matter_words(matter: Matter) -> str:
    """Name what statements are about, as in “Pakistani forces killed, whole event cluster”."""
    named = _UNCOUNTED.get(matter.about) or f"{matter.whom or say('loss-number')} {matter.about.label}"
    words = say("denial-for-cluster", matter=named) if matter.scope is Scope.GROUP else named
    return capitalised(words)


def said(statement: Statement, table: IncidentTable, *, under: Scope = Scope.INCIDENT) -> dict[str, Any]:
    """Return what a panel shows of a statement, with what it covers where that is not what it stands under."""
    claim, claimant = statement.claim, table.claimants[statement.by]
    return {
        "speaker": claimant.name,
        "quoted": claim.by_text if claim.by_text != claimant.name else None,
        "stance": claim.stance.label,
        "what": _UNCOUNTED.get(claim.about, counted_words(claim)),
        "scope": "" if claim.scope is under else _SCOPES[claim.scope],
        "figure": figure(claim),
        "note": with_names(claim.note or "", table.names),
        "source": source_words(statement),
    }


def source_words(statement: Statement) -> dict[str, Any]:
    """Return what a panel shows of a statement's source."""
    source = statement.source
    return {
        "publisher": source.publisher,
        "title": source.title,
        "url": source.url,
        "published": day_words(source.published) if source.published else say("source-undated"),
    }


# Who denies what: every denial once, beside what it contradicts, or the statement that nobody says the opposite.

_FIRST_DENIALS: Final = 5
"""How many stand open to the eye at least, in whole months; the others are folded."""
_SAID: Final = 4
"""How many claims against a denial stand open to the eye; the others are folded."""
_MOST_DENIALS: Final = 200
_MOST_SAID: Final = 50
"""How many are drawn at all, of denials and of claims against one: thousands are for a file, not for the eye."""


def denials_panel(incidents: Sequence[Incident], table: IncidentTable, *, key: str, only: str | None = None) -> None:
    """Draw the denials of incidents, latest first; `only` is the claimant who denies or is denied."""
    everybody = denials(incidents, table.claimants, everything=table.incidents)
    found = [denial for denial in everybody if only is None or only in denial.speakers]
    latest = sorted(found, key=lambda d: (d.statement.incident.date_start, d.statement.incident.id), reverse=True)
    inside = {incident.id for incident in incidents}
    shown = [(d.statement.incident, _denial(d, table, inside)) for d in latest[:_MOST_DENIALS]]
    months = [
        {"month": month, "denials": [one for _, one in group]}
        for month, group in groupby(shown, key=lambda one: month_words(one[0].date_start))
    ]
    first = _until_enough(months)
    panel(
        "who_denials.html",
        key=key,
        on_choose=ask_for_map,
        opened=only,
        only=table.claimants[only].name if only else None,
        counts=_counts(found),
        most_said=_SAID,
        first_of=first_of(len(found), _MOST_DENIALS),
        first=months[:first],
        folded=months[first:],
        more=say("more-denials", count=sum(len(month["denials"]) for month in months[first:])),
    )


def _until_enough(months: Sequence[Mapping[str, Any]]) -> int:
    """Return how many months hold the first denials; all of them where only a few would be folded."""
    held = 0
    for number, month in enumerate(months, 1):
        held += len(month["denials"])
        if held >= _FIRST_DENIALS:
            left = sum(len(later["denials"]) for later in months[number:])
            return len(months) if left <= _FIRST_DENIALS else number
    return len(months)


def _counts(found: Sequence[Denial]) -> str:
    """Count the denials, and say of how many nobody says the opposite."""
    incidents = len({denial.statement.incident.id for denial in found})
    alone = sum(denial.answer is Answer.NOBODY for denial in found)
    without = say("denial-without-opposite", denials=alone) if alone and len(found) > 1 else ""
    return say("denial-counts", denials=len(found), incidents=incidents, without=without)


def _denial(denial: Denial, table: IncidentTable, inside: Collection[str]) -> dict[str, Any]:
    claim, claimant = denial.statement.claim, table.claimants[denial.statement.by]
    against = (*denial.opposite, *denial.beside, *denial.running)  # only one of them holds anything
    return {
        "speaker": claimant.name,
        "quoted": claim.by_text if claim.by_text != claimant.name else None,
        "what": denied_words(claim),
        "note": with_names(claim.note or "", table.names),
        "source": source_words(denial.statement),
        "incident": row(denial.statement.incident),
        "answer": answer_words(denial.answer),
        "whole": denial.answer in (Answer.NOBODY, Answer.OWN_SIDE),
        "against": [_said(s, denial, table, inside) for s in against[:_MOST_SAID]],
        "claims": len(against),
        "listed": first_of(len(against), _MOST_SAID),
        "own_side": [_said(s, denial, table, inside) for s in denial.own_side[:_MOST_SAID]],
        "own_side_listed": first_of(len(denial.own_side), _MOST_SAID),
    }


def _said(statement: Statement, denial: Denial, table: IncidentTable, inside: Collection[str]) -> dict[str, Any]:
    """Return what is shown of a claim against a denial, with its incident where that is another one."""
    other = statement.incident if statement.incident.id != denial.statement.incident.id else None
    shown = {**said(statement, table), "of": None, "outside": False}
    return shown if other is None else {**shown, "of": row(other), "outside": other.id not in inside}
