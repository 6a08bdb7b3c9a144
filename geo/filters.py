"""Which incidents are meant: one value that is a link, a command line and an SQL condition; `geo.choice` says it."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Final, Self

from geo.conditions import CONDITION, CONDITIONS, NO_LEADS
from geo.folding import fold, query_words
from geo.vocabulary import Category, Country, DatePrecision, Linked, LocationPrecision, Status, Subtype

__all__ = ["CONDITION", "Filters"]

_PROVINCE_CODE: Final = re.compile(r"[A-Z]{2}-[A-Z]{2,3}")
_LONGEST_TEXT: Final = 200


def _province(code: str) -> str:
    if not _PROVINCE_CODE.fullmatch(code):
        raise ValueError(f"{code!r} is no ISO 3166-2 code; write it as in AF-KHO")
    return code


def _day(text: str | date) -> date:
    return text if isinstance(text, date) else date.fromisoformat(text)


def _text(text: str) -> str:
    sound = str(text).replace("\0", " ").encode("utf-8", "replace").decode()
    return " ".join(sound.split())[:_LONGEST_TEXT].rstrip()


_EACH: Final[Mapping[str, Callable[[Any], Any]]] = {
    "year": int,
    "category": Category,
    "subtype": Subtype,
    "province": _province,
    "country": Country,
    "status": Status,
    "precision": LocationPrecision,
    "date_precision": DatePrecision,
    "actor": _text,
    "group": _text,
    "dataset": _text,
}
"""How one value of a repeated field is read; raises ValueError."""

_ONE: Final[Mapping[str, Callable[[Any], Any]]] = {"since": _day, "until": _day, "q": _text, "linked": Linked}
"""How a single field is read; raises ValueError."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """A choice of incidents; an empty field does not restrict. Values are kept sorted, so that equal choices are equal.

    An incident belongs to the day it began: years and `since`/`until` never count one twice.
    """

    year: tuple[int, ...] = ()
    since: date | None = None
    """First day an incident may begin, inclusive."""
    until: date | None = None
    """Last day an incident may begin, inclusive."""
    category: tuple[Category, ...] = ()
    subtype: tuple[Subtype, ...] = ()
    province: tuple[str, ...] = ()
    """ISO 3166-2."""
    country: tuple[Country, ...] = ()
    status: tuple[Status, ...] = ()
    precision: tuple[LocationPrecision, ...] = ()
    """How well the place is known."""
    date_precision: tuple[DatePrecision, ...] = ()
    """How well the day is known."""
    actor: tuple[str, ...] = ()
    q: str = ""
    """Words that must all occur in title, summary, place, actors, claims or sources; names in any spelling."""
    group: tuple[str, ...] = ()
    """Ids of event groups."""
    dataset: tuple[str, ...] = ()
    linked: Linked = Linked.EACH
    """Whether reports that somebody found to be of one incident count each or once."""

    def __post_init__(self) -> None:
        for name, read in _EACH.items():
            given = getattr(self, name)
            values = {read(value) for value in ((given,) if isinstance(given, str) else given)}
            object.__setattr__(self, name, tuple(sorted(values - {""})))
        object.__setattr__(self, "q", _text(self.q))
        object.__setattr__(self, "linked", Linked(self.linked))
        for name in ("since", "until"):
            given = getattr(self, name)
            object.__setattr__(self, name, None if given is None else _day(given))

    @classmethod
    def from_query(cls, query: Mapping[str, Sequence[str]]) -> Self:
        """Read URL parameters; unknown names and values that make no sense are ignored, as the widgets do."""
        read: dict[str, Any] = {}
        for name, each in _EACH.items():
            read[name] = tuple(_readable(each, query.get(name, ())))
        for name, one in _ONE.items():
            last = list(_readable(one, list(query.get(name, ()))[-1:]))
            if last:
                read[name] = last[0]
        return cls(**read)

    def to_query(self) -> dict[str, list[str]]:
        """Return URL parameters; fields that do not restrict are absent."""
        query: dict[str, list[str]] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value and value is not Linked.EACH:
                parts: tuple[Any, ...] = value if isinstance(value, tuple) else (value,)
                query[field.name] = [str(part) for part in parts]
        return query

    @property
    def active(self) -> tuple[str, ...]:
        """Names of the fields that restrict."""
        return tuple(self.to_query())

    def without(self, *names: str) -> "Filters":
        """Return the same choice without some fields."""
        kept = {field.name: getattr(self, field.name) for field in fields(self) if field.name not in names}
        return Filters(**kept)

    def in_province(self, code: str) -> "Filters | None":
        """Return the same choice in one province only, ISO 3166-2; None where it leaves that one out."""
        if self.province and code not in self.province:
            return None
        return replace(self, province=(code,))

    def parameters(self) -> dict[str, Any]:
        """Return the values that CONDITION binds; None where a field does not restrict."""
        chosen = {name: [str(value) for value in getattr(self, name)] or None for name in _EACH}
        words = query_words(self.q)
        return chosen | {
            "year": list(self.year) or None,
            "actor": [fold(actor) for actor in self.actor] or None,
            "since": self.since,
            "until": self.until,
            "words": [word for word, _ in words] or None,
            "keys": [" ".join(keys) for _, keys in words] or None,
        }

    def conditions(self) -> dict[str, str]:
        """Return what the choice means on a table of the columns of `incident`, by the value bound: of its fields only.

        Leads are meant only where `status` names them. `linked` is no column; whoever keeps the links adds to this.
        """
        bound = self.parameters()
        chosen = {name: text for name, text in CONDITIONS.items() if bound[name] is not None}
        return chosen if self.status else chosen | {"leads": NO_LEADS}


def _readable(read: Callable[[Any], Any], given: Iterable[str]) -> Iterable[Any]:
    for value in given:
        with suppress(ValueError):
            yield read(value)
