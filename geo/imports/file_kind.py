"""A kind of file: who publishes it on which terms, the columns it is recognised by, and how its rows are read."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from geo.imports.blocks import Rows
from geo.incident.vocabulary import ClaimantKind
from geo.language.messages import say

Columns = Mapping[str, str]
"""Documented column → the file's column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """Who publishes files of a kind, and what they ask for."""

    title: str
    name: str
    """Of the claimant that the dataset is."""
    url: str
    licence: str
    reference: str
    """What their terms ask to cite; day of access and version come after it."""
    lets_pass_on: bool
    """Whether their terms let single incidents be passed on."""
    kind: ClaimantKind
    note: str
    leads: bool = False
    """Whether its rows are leads: in no count and no total unless asked for."""
    party: bool = False
    """Whether it is a party to the incidents that it counts."""
    whose: str | None = None
    """Whose deaths its figures are, said beside each, where they are not those of everybody who died."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKind:
    """A kind of file; the modules of `geo.imports.sources` have theirs as KINDS."""

    code: str
    """At the command line, in reports and stored with datasets; the id of the dataset unless another is given."""
    words: str
    """What people call it."""
    offered: tuple[str, str] | None = None
    """What the import page says that it takes, and more about it; one entry of a family."""
    draft: Callable[[Any], Any] | None = None
    """Reads the columns of a block of `Cells` as a `Draft`; None for files that hold no events."""
    refusal: str | None = None
    """Why such files cannot be imported as incidents, and what they are good for; None where they can."""
    publisher: Publisher | None = None
    """None where the file does not say whose it is, and its columns are mapped by the user."""
    publisher_short: str = say("import-the-file")
    """In summaries, before what the file says."""
    product: str = ""
    """In a note on a file that is nearly of the kind; empty for no such note."""
    needed: tuple[str, ...] = ()
    """Columns without which a file is not of the kind."""
    distinctive: tuple[str, ...] = ()
    """Columns that files of other kinds lack."""
    least: int = 0
    """How many of these it has at least."""
    usual: tuple[str, ...] = ()
    """Columns that it can do without, of which it is said what is not known for lack of them."""
    ids: tuple[str, ...] = ()
    """Columns of which each holds the publisher's own ids; where there is none, it is said what ids are made of."""
    columns: tuple[str, ...] = ()
    """All that are documented, in their order."""
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    """Other names that documented columns had in some release."""
    last: int = 0
    """How many of the last columns may be missing from a file without a header."""
    first: str = ""
    """A column of `values` that may stand before all others in a file without a header; "" for none."""
    values: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Patterns of values in the first line of a file without a header, by column; none if files have headers."""
    quoted: bool = True
    """Whether quotation marks in its texts are marks around a value."""
    called: Mapping[str, str] = field(default_factory=dict, hash=False)
    """What the publisher calls the fields judged alike for all kinds: id, date, country, latitude, longitude."""
    recognised_by: Callable[[Collection[str]], bool] | None = None
    """Tells it from the plain names of all columns where no file of events is recognised."""
    confirmed_by: Callable[[Columns, Rows], bool] | None = None
    """Tells from what a file holds whether it is the publisher's, or somebody else's with columns of the same names."""
    refined: Callable[[Columns, Rows], tuple[str, str | None]] | None = None
    """Returns the code of the very kind, of this family, and the release as the publisher numbers them."""
    notes: Callable[[Columns], Iterable[str]] | None = None
    """Says what is unusual about a file, as sentences without a full stop."""
    geometry_counts: bool = True
    """Whether a row lies where the file's geometry is, and not where its columns of coordinates say."""
    family: str = ""
    """Kinds with one family have the same columns, and a file can be read as any of them."""

    @property
    def date_fields(self) -> tuple[str, ...]:
        """Return the fields whose dates tell whether days or months come first."""
        return self.called.get("date", "date_start"), "date_end"

    @property
    def named_by_file(self) -> bool:
        """Tell whether a dataset of such files is called as the file is, since nobody publishes them under a name."""
        return self.publisher is None

    @property
    def plain(self) -> bool:
        """Tell whether the user says which column holds what."""
        return not self.columns

    def __str__(self) -> str:
        """Return the code."""
        return self.code


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """What a file was recognised as."""

    kind: FileKind
    version: str | None
    """The release as its publisher numbers them, where the file tells; None where not."""
    columns: Columns
    """For those that the file has; empty for a plain file."""
    headerless: bool
    """Whether the file has no header, so that its columns are recognised by their number and the first values."""
    notes: tuple[str, ...]
    """What is unusual about the file, as sentences without a full stop."""
    refusal: str | None
    """Why the file cannot be imported as incidents, and what it is good for; None where it can."""


def names_in(text: str) -> tuple[str, ...]:
    """Read names with spaces between them."""
    return tuple(text.split())


_BETWEEN: Final = re.compile(r"[\W_]+")


def plain_name(name: str) -> str:
    """Write a column's name so that case, spaces, underscores, hyphens and dots do not matter.

    >>> plain_name(" Event-Date"), plain_name("Means.of.attack")
    ('eventdate', 'meansofattack')
    """
    return _BETWEEN.sub("", name).lower()


LONGEST_IN_SHAPEFILE: Final = 10
"""Letters of a column's name that a shapefile keeps."""
_BEFORE_NUMBER: Final = 8
"""Letters that it keeps of a name that would stand there twice, before a number."""


def columns_of(kind: FileKind, header: Sequence[str]) -> dict[str, str]:
    """Return the columns of a file by what their publisher calls them, also where a shapefile has cut the names.

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
    """Tell names that a shapefile has cut; those that begin alike are numbered there in their order."""
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
