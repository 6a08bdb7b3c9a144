"""The codes of imported datasets only, and which codes are shown."""

from collections.abc import Collection
from enum import StrEnum
from typing import Final, TypeVar

from geo.vocabulary.kind import Category, Subtype
from geo.vocabulary.place_and_time import DatePrecision
from geo.vocabulary.standing import Status

_Code = TypeVar("_Code", bound=StrEnum)

IMPORTED_ONLY: Final[frozenset[StrEnum]] = frozenset(
    {Category.OTHER, DatePrecision.YEAR, Status.LEAD, *list(Subtype)[17:]}
)
"""Codes that imported datasets need and the curated record never uses."""


def to_show(vocabulary: type[_Code], found: Collection[str]) -> tuple[_Code, ...]:
    """Return the codes that a legend, a table or a choice shows: the curated record's, and of the others those found.

    >>> to_show(Category, ("strike",))[-1], to_show(Category, ("strike", "other"))[-1]
    (<Category.CLASH: 'clash'>, <Category.OTHER: 'other'>)
    """
    return tuple(code for code in vocabulary if code not in IMPORTED_ONLY or code in found)
