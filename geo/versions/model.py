"""What differs between two versions of the store; a value that is JSON as well, and is kept in the log of versions."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from geo.incident.record import Record
from geo.incident.vocabulary import About, Category, Status
from geo.language.wording import day_words, range_words


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
    """The incident's own tolls in which a claim counts, or counted, under the difference's rule."""
    fields: tuple[FieldChange, ...] = ()


class TollChange(Record):
    """What a toll was and is; None where nobody states a figure."""

    about: About
    old: Figures | None = None
    new: Figures | None = None


class IncidentRow(Record):
    """An incident that only one of the versions holds."""

    id: str
    title: str
    date_start: date
    when: str = ""
    """In words, no more exactly than it is known; logs of versions before 0.2.0 lack it."""
    category: Category
    status: Status
    claims: int = 0
    """How many claims it holds."""

    @property
    def days(self) -> str:
        """Say when it took place."""
        return self.when or day_words(self.date_start)


class IncidentChange(Record):
    """An incident that both versions hold, and not alike."""

    id: str
    title: str
    """In the new version."""
    date_start: date
    when: str = ""
    """In words, in the new version; logs of versions before 0.2.0 lack it."""
    when_before: str = ""
    """In words, in the old version, where that is something else."""
    fields: tuple[FieldChange, ...] = ()
    claims: tuple[PartChange, ...] = ()
    sources: tuple[PartChange, ...] = ()
    tolls: tuple[TollChange, ...] = ()

    @property
    def days(self) -> str:
        """Say when it took place."""
        return self.when or day_words(self.date_start)


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
    names: Mapping[str, str] = {}
    """What claimants, event clusters and incidents are called that changes name by their ids, by id."""
    not_compared: tuple[str, ...] = ()
    """Ids of incidents that one version holds in a form that cannot be read; left out of everything here."""
    movement_not_compared: tuple[str, ...] = ()
    """Ids of incidents whose movement alone one version holds in such a form."""
    filters: Mapping[str, tuple[str, ...]] = {}
    """As in a link, where the difference is of a selection: incidents that match in one of the versions or in both."""
    selection: str = ""
    """The filters in words."""
    entered: tuple[IncidentRow, ...] = ()
    """Incidents that both versions hold and only the new one has in the selection, as they now are, oldest first."""
    left: tuple[IncidentRow, ...] = ()
    """Likewise those that only the old one has in it, as they were."""

    @property
    def empty(self) -> bool:
        """Tell whether nothing differs."""
        registers = (self.claimants, self.event_groups)
        rows = [*self.added, *self.removed, *self.changed, *self.entered, *self.left]
        return not rows and all(not (r.added or r.removed or r.changed) for r in registers)

    @property
    def incidents(self) -> frozenset[str]:
        """Ids of the incidents that were added, removed or changed."""
        return frozenset(row.id for row in (*self.added, *self.removed)) | {change.id for change in self.changed}

    @property
    def claim_changes(self) -> Mapping[str, int]:
        """Count the claims that were added, removed and changed, those of incidents added and removed among them."""
        counts = Counter(claim.what for change in self.changed for claim in change.claims)
        return {
            "added": counts["added"] + sum(row.claims for row in self.added),
            "removed": counts["removed"] + sum(row.claims for row in self.removed),
            "changed": counts["changed"],
        }
