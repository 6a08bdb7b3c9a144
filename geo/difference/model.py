"""What differs between two versions of the store; a value that is JSON as well, and is kept in the log of versions."""

from datetime import date
from typing import Any, Literal

from geo.incident import Record
from geo.vocabulary import About, Category, Status
from geo.wording import range_words


class Figures(Record):
    """A toll under the difference's rule, people."""

    low: int
    high: int
    or_more: bool = False
    """Somebody says “at least” `high`."""

    @property
    def words(self) -> str:
        """Write the range as text."""
        return range_words(self.low, self.high, or_more=self.or_more)


class FieldChange(Record):
    """A field with what it held and what it holds, as JSON; None where it holds nothing."""

    field: str
    """Dotted where it lies in another: `movement.from.place`."""
    old: Any = None
    new: Any = None


class PartChange(Record):
    """A claim or source of an incident that was added, removed or changed."""

    what: Literal["added", "removed", "changed"]
    number: int
    """Position in the incident from 1: of the new version, or of the old one for what was removed."""
    label: str
    """What it is, in words, as it now is, or last was."""
    bears_on: tuple[About, ...] = ()
    """What a claim is, or was, about."""
    fields: tuple[FieldChange, ...] = ()


class TollChange(Record):
    """What a toll was and is; None where nobody states a figure."""

    about: About
    old: Figures | None = None
    new: Figures | None = None
    old_whole: bool = False
    """The figures are of the whole wider event that the incident belongs to; likewise `new_whole`."""
    new_whole: bool = False


class IncidentRow(Record):
    """An incident that only one of the versions holds."""

    id: str
    title: str
    date_start: date
    category: Category
    status: Status


class IncidentChange(Record):
    """An incident that both versions hold, and not alike."""

    id: str
    title: str
    """In the new version."""
    date_start: date
    fields: tuple[FieldChange, ...] = ()
    claims: tuple[PartChange, ...] = ()
    sources: tuple[PartChange, ...] = ()
    tolls: tuple[TollChange, ...] = ()


class Named(Record):
    """A row of a register."""

    id: str
    name: str


class NamedChange(Named):
    """A row of a register that both versions hold, and not alike."""

    fields: tuple[FieldChange, ...]


class RegisterChange(Record):
    """What differs between two versions of a register, by id."""

    added: tuple[Named, ...] = ()
    removed: tuple[Named, ...] = ()
    changed: tuple[NamedChange, ...] = ()


class Count(Record):
    """How many there were and are."""

    name: str
    old: int
    new: int


class Difference(Record):
    """Everything that differs between two versions of the store."""

    old_version: str
    """SHA-256, hexadecimal, as in every manifest."""
    new_version: str
    rule: str
    """The name of the rule under which every toll here was made."""
    rule_sentence: str
    added: tuple[IncidentRow, ...] = ()
    """Oldest first; likewise the two below."""
    removed: tuple[IncidentRow, ...] = ()
    changed: tuple[IncidentChange, ...] = ()
    claimants: RegisterChange = RegisterChange()
    event_groups: RegisterChange = RegisterChange()
    counts: tuple[Count, ...] = ()
    """Incidents, claims, source entries, and incidents by category and status: all of them, changed or not."""
    totals: tuple[TollChange, ...] = ()
    """Of all incidents together."""
    not_compared: tuple[str, ...] = ()
    """Ids of incidents that one version holds in a form that cannot be read; left out of everything here."""
    movement_not_compared: tuple[str, ...] = ()
    """Ids of incidents whose movement alone one version holds in such a form."""

    @property
    def empty(self) -> bool:
        """Tell whether nothing differs."""
        registers = (self.claimants, self.event_groups)
        rows = [*self.added, *self.removed, *self.changed]
        return not rows and all(not (r.added or r.removed or r.changed) for r in registers)
