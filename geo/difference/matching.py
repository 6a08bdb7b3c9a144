"""Which claim or source of an older version is which of a newer one: they have no ids, so content decides."""

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from typing import Final, TypeVar

from geo.incident import Claim, Source
from geo.sources import identity

Part = TypeVar("Part", Claim, Source)
Pairs = list[tuple[int | None, int | None]]
"""Positions in the old and in the new list, from 0; None on one side for what was added or removed."""

_EQUAL: Final = 1000.0
_LEAST: Final = 6.0
"""Two parts that score less are different ones."""


def pair_sources(old: Sequence[Source], new: Sequence[Source]) -> Pairs:
    """Pair sources: the same address, or else much of publisher, title and day in common."""
    return _pair(old, new, _source_score)


def pair_claims(old: Sequence[Claim], new: Sequence[Claim], sources: Pairs) -> Pairs:
    """Pair claims: alike in speaker, subject, people, figure and words; `sources` are the pairs of their sources."""
    same_source = set(sources)

    def score(before: Claim, after: Claim) -> float:
        return _claim_score(before, after, same_source=(before.source, after.source) in same_source)

    return _pair(old, new, score)


def _pair(old: Sequence[Part], new: Sequence[Part], score: Callable[[Part, Part], float]) -> Pairs:
    """Pair the likest first, of equals the nearest in position; the same both ways."""
    scored = [
        (-likeness, abs(i - j), i + j, i, j)
        for i, before in enumerate(old)
        for j, after in enumerate(new)
        if (likeness := score(before, after)) >= _LEAST
    ]
    left_old: set[int] = set(range(len(old)))
    left_new: set[int] = set(range(len(new)))
    pairs: Pairs = []
    for *_, i, j in sorted(scored):
        if i in left_old and j in left_new:
            pairs.append((i, j))
            left_old.remove(i)
            left_new.remove(j)
    return [*pairs, *((i, None) for i in sorted(left_old)), *((None, j) for j in sorted(left_new))]


def _source_score(before: Source, after: Source) -> float:
    if before == after:
        return _EQUAL
    if identity(before) == identity(after):
        return _EQUAL / 2
    score = 4 * _likeness(before.publisher, after.publisher) + 4 * _likeness(before.title, after.title)
    score += 4 * _likeness(before.url, after.url) ** 2
    return score + (2 if before.published and before.published == after.published else 0)


def _claim_score(before: Claim, after: Claim, *, same_source: bool) -> float:
    alike = before.model_dump(exclude={"source"}) == after.model_dump(exclude={"source"})
    if alike and same_source:
        return _EQUAL
    figures = (before.value, before.low, before.high) == (after.value, after.low, after.high)
    told = (before.value, before.low, before.high) != (None, None, None)
    return sum(
        (
            4 * (before.by == after.by),
            3 * (before.about == after.about),
            2 * (before.of == after.of and before.of is not None),
            2 * (figures and told),
            before.stance == after.stance,
            before.scope == after.scope,
            1.5 * same_source,
            3 * _likeness(before.note, after.note),
            _likeness(before.by_text, after.by_text),
        )
    )


def _likeness(before: str | None, after: str | None) -> float:
    """Return 0 for texts with nothing in common to 1 for equal ones; the same both ways."""
    if not before or not after:
        return 0.0
    first, second = sorted((before, after))
    return SequenceMatcher(None, first, second, autojunk=False).ratio()
