"""What a claim or a source is called where it stands for itself."""

from collections.abc import Mapping
from typing import Final

from geo.describe import figure
from geo.dispute import speaker
from geo.incident import Claim, Claimant, Source
from geo.vocabulary import Scope
from geo.wording import day_words

_SCOPE_WORDS: Final = {Scope.INCIDENT: "", Scope.GROUP: ", whole event", Scope.CUMULATIVE: ", running total"}


def source_label(source: Source) -> str:
    """Name a source: publisher, title, day."""
    title = f"“{source.title}”" if source.title else None
    day = day_words(source.published) if source.published else None
    return ", ".join(part for part in (source.publisher, title, day) if part)


def claim_label(claim: Claim, claimants: Mapping[str, Claimant]) -> str:
    """Say who claims what, without the words of the note."""
    said = " ".join(part for part in (claim.stance, figure(claim), claim.of, claim.about) if part)
    return f"{speaker(claim, claimants)} {said}{_SCOPE_WORDS[claim.scope]}"
