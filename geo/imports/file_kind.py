"""Kinds of file: who publishes them under which terms, the columns that identify them, and how rows are read."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from geo.imports.blocks import Rows
from geo.incident.vocabulary import ClaimantKind
from geo.language.messages import say

Columns = Mapping[str, str]
"""Maps documented column names to the names in the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """The publisher of files of a kind, and its terms."""

    title: str
    name: str
    """Name of the claimant that the dataset becomes."""
    url: str
    licence: str
    reference: str
    """Reference that the terms ask for; version and day of access are appended."""
    lets_pass_on: bool
    """Whether the terms allow passing on single incidents."""
    kind: ClaimantKind
    note: str
    leads: bool = False
    """Whether the rows are leads, which counts and totals exclude unless asked for."""
    party: bool = False
    """Whether the publisher is a party to the incidents it reports."""
    whose: str | None = None
    """Whose deaths the figures cover, stated beside each, if not those of everybody who died."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKind:
    """A kind of file; each module of `geo.imports.sources` lists its own in KINDS."""

    code: str
    """Code used on the command line, in reports and in stored datasets; also the default id of the dataset."""
    words: str
    """Name shown to people."""
    offered: tuple[str, str] | None = None
    """Name and description on the import page's list of supported files; set on one kind of a family."""
    draft: Callable[[Any], Any] | None = None
    """Reads a block's `Cells` into a `Draft`; None for files that hold no events."""
    refusal: str | None = None
    """Why such files cannot be imported as incidents, and what to use them for; None if they can."""
    publisher: Publisher | None = None
    """None for plain files, whose publisher is unknown and whose columns the user maps."""
    publisher_short: str = say("import-the-file")
    """Short name that introduces the file's text in summaries."""
    product: str = ""
    """Name used in the note on a file that is nearly of this kind; empty for no such note."""
    needed: tuple[str, ...] = ()
    """Columns that a file of this kind must have."""
    distinctive: tuple[str, ...] = ()
    """Columns that files of other kinds lack."""
    least: int = 0
    """Minimum number of distinctive columns in a file of this kind."""
    usual: tuple[str, ...] = ()
    """Optional columns whose absence is noted."""
    ids: tuple[str, ...] = ()
    """Columns that hold the publisher's own ids; if a file has none of them, a note says what ids are made from."""
    columns: tuple[str, ...] = ()
    """All documented columns, in their order."""
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    """Other names that documented columns have had in some release."""
    last: int = 0
    """Number of trailing columns that may be missing from a file without a header."""
    first: str = ""
    """A column of `values` that may precede all others in a file without a header; "" for none."""
    values: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Patterns, by column, that identify the first line of a file without a header; empty if files have headers."""
    quoted: bool = True
    """Whether quotation marks enclose values in its text."""
    called: Mapping[str, str] = field(default_factory=dict, hash=False)
    """The publisher's names for the fields that all kinds share: id, date, country, latitude, longitude."""
    recognised_by: Callable[[Collection[str]], bool] | None = None
    """Recognises the kind by the plain names of all columns, when no kind with events has matched."""
    confirmed_by: Callable[[Columns, Rows], bool] | None = None
    """Checks by its contents that a file is the publisher's, and not another with columns of the same names."""
    refined: Callable[[Columns, Rows], tuple[str, str | None]] | None = None
    """Returns the code of the exact kind within this family, and the publisher's version number."""
    notes: Callable[[Columns], Iterable[str]] | None = None
    """Yields what is unusual about a file, as sentences without a full stop."""
    geometry_counts: bool = True
    """Whether the file's geometries take precedence over its coordinate columns."""
    family: str = ""
    """Kinds of one family have the same columns, and a file can be read as any of them."""

    @property
    def date_fields(self) -> tuple[str, ...]:
        """Fields whose values show whether dates are written day first or month first."""
        return self.called.get("date", "date_start"), "date_end"

    @property
    def named_by_file(self) -> bool:
        """Whether a dataset of such files is named after the file, for lack of a publisher's title."""
        return self.publisher is None

    @property
    def plain(self) -> bool:
        """Whether this is the kind for files whose columns the user maps."""
        return not self.columns

    def __str__(self) -> str:
        """Return the code."""
        return self.code


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """Result of recognising a file."""

    kind: FileKind
    version: str | None
    """The publisher's version number, if it can be told from the file."""
    columns: Columns
    """Documented columns that the file has; empty for a plain file."""
    headerless: bool
    """Whether the file has no header; its columns are then recognised by their number and the first values."""
    notes: tuple[str, ...]
    """What is unusual about the file, as sentences without a full stop."""
    refusal: str | None
    """Why the file cannot be imported as incidents, and what to use it for; None if it can."""


def names_in(text: str) -> tuple[str, ...]:
    """Split space-separated names."""
    return tuple(text.split())


_BETWEEN: Final = re.compile(r"[\W_]+")


def plain_name(name: str) -> str:
    """Normalise a column's name so that case, spaces, underscores, hyphens and dots do not matter.

    >>> plain_name(" Event-Date"), plain_name("Means.of.attack")
    ('eventdate', 'meansofattack')
    """
    return _BETWEEN.sub("", name).lower()


LONGEST_IN_SHAPEFILE: Final = 10
"""Number of letters to which a shapefile truncates a column's name."""
_BEFORE_NUMBER: Final = 8
"""Number of letters it keeps of a name that would occur twice, before appending a number."""


def columns_of(kind: FileKind, header: Sequence[str]) -> dict[str, str]:
    """Map documented column names to those of a file, including names that a shapefile has truncated.

    >>> kind = FileKind(code="x", words="x", columns=("sub_event_type", "assoc_actor_1", "assoc_actor_2"))
    >>> columns_of(kind, ["Sub Event Type", "ASSOC_ACTO", "ASSOC_AC_1"])
    {'sub_event_type': 'Sub Event Type', 'assoc_actor_1': 'ASSOC_ACTO', 'assoc_actor_2': 'ASSOC_AC_1'}
    """
    given = {plain_name(name): name for name in reversed(header)}
    whole = {
        documented: next((given[plain] for name in names if (plain := plain_name(name)) in given), None)
        for documented, names in ((name, (name, *kind.also.get(name, ()))) for name in kind.columns)
    }
    found = {documented: name for documented, name in whole.items() if name is not None}
    found |= _cut_names([name for name in kind.columns if name not in found], header, set(found.values()))
    return {name: found[name] for name in kind.columns if name in found}


def _cut_names(documented: Sequence[str], header: Sequence[str], used: Collection[str]) -> dict[str, str]:
    """Match names truncated by a shapefile, which numbers those with the same beginning in their order."""
    given = {name.strip().lower().replace(" ", "_"): name for name in reversed(header) if name not in used}
    starts: dict[str, list[str]] = {}
    for name in documented:
        if len(name) > LONGEST_IN_SHAPEFILE:
            starts.setdefault(name[:LONGEST_IN_SHAPEFILE].lower().replace(" ", "_"), []).append(name)
    found: dict[str, str] = {}
    for start, names in starts.items():
        numbered = [f"{start[:_BEFORE_NUMBER]}_{number}" for number in range(1, len(names))]
        cut = [given[name] for name in (start, *numbered) if name in given]
        if start in given and len(cut) in (1, len(names)):
            found |= dict(zip(names, cut, strict=False))
    return found
