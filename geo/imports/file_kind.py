"""What a kind of file is: who publishes it on which terms, the columns it is told by, and how its rows are read."""

import re
from collections.abc import Callable, Container, Iterable, Mapping
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
    """Columns without which a file is not of the kind; they stand together in no file of another kind."""
    one_of: tuple[str, ...] = ()
    """Columns of which it has at least one."""
    columns: tuple[str, ...] = ()
    """All that are documented, in their order."""
    values: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Patterns of values in the first line of a file without a header, by column; none if files have headers."""
    quoted: bool = True
    """Whether quotation marks in its texts are marks around a value."""
    called: Mapping[str, str] = field(default_factory=dict, hash=False)
    """What the publisher calls the fields judged alike for all kinds: id, date, country, latitude, longitude."""
    recognised_by: Callable[[Container[str]], bool] | None = None
    """Tells it from the names of all columns where the needed ones are not there."""
    refined: Callable[[Columns, Rows], tuple[str, str | None]] | None = None
    """Returns the code of the very kind, of this family, and the release as the publisher numbers them."""
    notes: Callable[[Columns], Iterable[str]] | None = None
    """Says what is unusual about a file, as sentences without a full stop."""
    family: str = ""
    """Kinds with one family have the same columns, and a file can be read as any of them."""

    @property
    def date_fields(self) -> tuple[str, ...]:
        """Return the fields whose dates tell whether days or months come first."""
        return self.called.get("date", "date_start"), "date_end"

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
    """Whether the file has no header, so that its columns are told from their number and the first values."""
    notes: tuple[str, ...]
    """What is unusual about the file, as sentences without a full stop."""
    refusal: str | None
    """Why the file cannot be imported as incidents, and what it is good for; None where it can."""


def names_in(text: str) -> tuple[str, ...]:
    """Read names with spaces between them."""
    return tuple(text.split())


_BETWEEN: Final = re.compile(r"[\s_-]+")


def plain_name(name: str) -> str:
    """Write a column's name so that case, spaces and hyphens do not matter.

    >>> plain_name(" Event-Date")
    'event_date'
    """
    return _BETWEEN.sub("_", name.strip()).lower()
