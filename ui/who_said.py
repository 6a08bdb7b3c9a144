"""What somebody says of something, as the panels show it."""

from collections.abc import Mapping
from typing import Any, Final

from geo.contradictions import Matter, Statement
from geo.describe import figure
from geo.incident import Claimant
from geo.vocabulary import About, Scope
from geo.wording import day_words

_UNCOUNTED: Final = {About.EVENT: "that it happened as said", About.ATTRIBUTION: "who did it"}


def matter_words(matter: Matter) -> str:
    """Name what statements are about, as in “Pakistani forces killed, whole event”."""
    named = _UNCOUNTED.get(matter.about) or f"{matter.whom or 'number'} {matter.about.value}"
    words = f"{named}, whole event" if matter.scope is Scope.GROUP else named
    return words[:1].upper() + words[1:]


def said(statement: Statement, claimants: Mapping[str, Claimant]) -> dict[str, Any]:
    """Return what a panel shows of a statement."""
    claim, claimant = statement.claim, claimants[statement.by]
    counted = " ".join(part for part in (figure(claim), claim.of or "", claim.about.value) if part)
    return {
        "speaker": claimant.name,
        "quoted": claim.by_text if claim.by_text != claimant.name else None,
        "stance": claim.stance.value,
        "what": _UNCOUNTED.get(claim.about, counted),
        "figure": figure(claim),
        "note": claim.note,
        "source": source_words(statement),
    }


def source_words(statement: Statement) -> dict[str, Any]:
    """Return what a panel shows of a statement's source."""
    source = statement.source
    return {
        "publisher": source.publisher,
        "title": source.title,
        "url": source.url,
        "published": day_words(source.published) if source.published else "undated",
    }
