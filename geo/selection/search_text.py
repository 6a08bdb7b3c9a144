"""What a search looks through of an incident: its words, and the names in it in all their spellings and scripts."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from geo.incident.record import Claimant, Incident, name_of
from geo.language.folding import fold, keys_of, name_keys

Spellings = tuple[str, ...]
"""A place's name and the other spellings of it."""


@dataclass(frozen=True, slots=True)
class SearchText:
    """What a word is looked for in."""

    text: str
    """Folded; a word is found anywhere in it."""
    keys: tuple[str, ...]
    """Sound keys of the names in it; a word of another spelling is found if it sounds like one of them."""


def search_text(incident: Incident, claimants: Mapping[str, Claimant], names: Sequence[Spellings]) -> SearchText:
    """Gather an incident's titles, places, actors, claims with their speakers, and sources; `names` by place."""
    places = [incident.place, *incident.aliases, incident.district or "", *incident.lies_in]
    parts = [*_described(incident), *places, *_claimed(incident, claimants), *_published(incident)]
    slugs = f"{incident.id} {incident.event_group or ''}"
    keys = name_keys("\n".join([*parts, slugs.title()]))
    spelt = [spelling for spellings in spellings_named(keys, tuple(names)) for spelling in spellings]
    joined = [name for place in (*places, *spelt) for name in _joined(place)]
    return SearchText(
        text=fold("\n".join([*parts, slugs, *spelt])),
        keys=tuple(sorted({*keys, *keys_of(" ".join([*spelt, *joined]))})),
    )


def _described(incident: Incident) -> Iterable[str]:
    yield from (incident.title, incident.summary, *incident.actors)


def _claimed(incident: Incident, claimants: Mapping[str, Claimant]) -> Iterable[str]:
    for claim in incident.claims:
        yield from (name_of(claim.by, claimants), claim.by_text or "", claim.of or "", claim.note or "")


def _published(incident: Incident) -> Iterable[str]:
    for source in incident.sources:
        yield from (source.publisher, source.title or "")


def _joined(place: str) -> Iterable[str]:
    """Write neighbouring words of a name as one, as in Ghulamkhan."""
    return (first + second for first, second in pairwise(re.findall(r"[^\W_]+", place)))


def spellings_named(keys: Sequence[str], names: tuple[Spellings, ...]) -> Iterable[Spellings]:
    """Return the places of which a spelling occurs among a text's names, given as sound keys in order."""
    text, phrases = f" {' '.join(keys)} ", _phrases(names)
    numbers = {number for key in set(keys) for phrase, number in phrases.get(key, ()) if phrase in text}
    return (names[number] for number in sorted(numbers))


@lru_cache(maxsize=4)  # the same for all incidents
def _phrases(names: tuple[Spellings, ...]) -> Mapping[str, Sequence[tuple[str, int]]]:
    """Return the places' names as sound keys between spaces, with the number of the place, by their first key."""
    phrases: dict[str, list[tuple[str, int]]] = {}
    for number, spellings in enumerate(names):
        for keys in {tuple(keys_of(spelling)) for spelling in spellings} - {()}:
            phrases.setdefault(keys[0], []).append((f" {' '.join(keys)} ", number))
    return phrases
