"""What the released versions of the record brought, incident by incident, for who follows it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from geo.casualties import RANGE
from geo.language.messages import say
from geo.places.boundaries import Boundaries
from geo.selection import Filters
from geo.table.incident_table import IncidentTable
from geo.versions.comparing import restricted
from geo.versions.difference_text import change_lines
from geo.versions.released import Difference, IncidentChange, IncidentRow, Version


class What(StrEnum):
    """What became of an incident, in the order in which it is told."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What became of one incident with a version."""

    version: str
    before: str
    """The version that it is compared with."""
    released: date
    what: What
    incident: str
    """Its id."""
    title: str
    when: str
    """When it took place, in words, no more exactly than it is known."""
    lines: tuple[str, ...]
    """What changed, a sentence or clause each; figures for people are those from the lowest to the highest claim."""

    @property
    def headline(self) -> str:
        """Say in a line what became of which incident."""
        return say(f"news-title-{self.what}", title=self.title, when=self.when)


def news(log: Iterable[Version], of_version: Callable[[Version], Difference]) -> tuple[News, ...]:
    """Return what happened to incidents, the newest version first, within one the new incidents, then the changed.

    Of equal ones those that took place last come first. `of_version` returns what of a version's difference is meant.
    """
    return tuple(each for version in log for each in _of_version(version, of_version(version)))


def chosen(
    version: Version, filters: Filters, tables: tuple[IncidentTable, IncidentTable], layers: Boundaries
) -> Difference:
    """Return what of a version is about a selection; `tables` are those of the version before and of this one."""
    return restricted(version.difference, tables, filters, rule=RANGE, layers=layers)


def _of_version(version: Version, difference: Difference) -> Iterator[News]:
    def made(what: What, row: IncidentRow | IncidentChange, lines: Sequence[str]) -> News:
        return News(
            version=version.version,
            before=version.before,
            released=version.date,
            what=what,
            incident=row.id,
            title=row.title,
            when=row.days,
            lines=tuple(lines),
        )

    moved = {row.id: say("news-entered") for row in difference.entered}
    moved |= {row.id: say("news-left") for row in difference.left}
    for added in reversed(difference.added):
        yield made(What.ADDED, added, [_row_words(added)])
    for change in reversed(difference.changed):
        first = [moved[change.id]] if change.id in moved else []
        yield made(What.CHANGED, change, [*first, *change_lines(change, difference.names)])
    for removed in reversed(difference.removed):
        yield made(What.REMOVED, removed, [_row_words(removed)])


def _row_words(row: IncidentRow) -> str:
    return say("news-row", category=row.category, status=row.status, claims=row.claims)
