"""What one field of a selection is: how it is read, what it means in SQL, how it is asked for and how it is said."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum, StrEnum, auto
from types import MappingProxyType
from typing import Any, Final

from geo.language.formatting import list_words
from geo.language.messages import say

LONGEST_TEXT: Final = 200


class Widget(Enum):
    """A kind of widget; the filter bar draws each kind."""

    PILLS = auto()
    """Any number of a few codes."""
    LIST = auto()
    """Any number of many codes."""
    ONE = auto()
    """One of a few codes, the default to begin with."""
    DAY = auto()
    TEXT = auto()


class Place(Enum):
    """Where in the filter bar a field stands, in this order; within each in the order of the fields."""

    FIRST = auto()
    LAST = auto()
    MORE = auto()
    """Behind “More filters”."""


class Known(Enum):
    """Lists of codes that depend on the incidents; whoever asks for a field supplies what the codes are called."""

    YEARS = auto()
    PROVINCES = auto()
    ACTORS = auto()
    EVENTS = auto()
    DATASETS = auto()
    """Only with imported datasets."""
    LINKED = auto()
    """Only with linked reports."""


Names = Mapping[Known, Mapping[str, str]]
"""What the codes of such lists are called; one without a name is said as it is."""
Said = Callable[[Any, Names], Iterable[str]]
"""Says of `Filters` what a field restricts them to, as parts of a phrase; none where it does not restrict."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterField:
    """All that there is to say of a field but its name and type; the entries stand in `geo.selection.filters`."""

    read: Callable[[Any], Any]
    """Reads one value; raises ValueError with a sentence that says what is accepted."""
    many: bool = True
    """Whether several values are alternatives."""
    default: Any = ()
    """What does not restrict."""
    condition: str | None = ""
    """SQL on the table of incidents, values bound as `$NAME`; empty for a column of the field's name, None for none."""
    of_imported: Callable[[Any], str] | None = None
    """The same on the table of imported incidents by the values, where it is another."""
    bind: Callable[[Any], Mapping[str, Any]] | None = None
    """Values that the condition binds by name, where they are other than the field's own."""
    choices: Mapping[str, str] | Known | None = None
    """The codes with their names, None where anything can be asked for."""
    spellings: Mapping[str, str] = field(default_factory=dict)
    """Codes by other words for them, which a link and a command line may have."""
    meanings: Mapping[str, str] = field(default_factory=dict)
    """Longer words for the codes, for a tooltip."""
    folded: bool = False
    """Whether names are the same whatever their case and accents."""
    label: str = ""
    """Of the widget, and of the field in a phrase."""
    widget: Widget | None = None
    """None for a field that is had in a link to a file and at the command line."""
    place: Place = Place.FIRST
    tip: str = ""
    placeholder: str = say("filter-any")
    metavar: str = "CODE"
    """What stands for a value in the help of a command."""
    help: str = ""
    """What a value is, for the help of a command; empty for the codes."""
    says: Said | str = ""
    """Or words in which {} stands for the names; empty for the label and the names."""
    said_as: Mapping[str, str] = field(default_factory=dict)
    """Names for such words, where they are other than those of the choices; in their order."""

    def __post_init__(self) -> None:
        if self.widget is not None and not self.label:
            raise ValueError("a field with a widget needs a label")

    def names(self, names: Names) -> Mapping[str, str]:
        """Return what the field's codes are called."""
        if isinstance(self.choices, Known):
            return names.get(self.choices, {})
        return self.choices or {}

    def said(self, name: str, filters: Any, names: Names) -> Iterable[str]:
        """Say what the field of this name restricts a selection to."""
        if not isinstance(self.says, str):
            return self.says(filters, names)
        value = getattr(filters, name)
        if value == self.default:
            return ()
        called = self.said_as or self.names(names)
        codes = [str(each) for each in (value if self.many else (value,))]
        codes = [code for code in self.said_as if code in codes] or codes
        words = self.says or f"{self.label.lower()} {{}}"
        return (words.replace("{}", list_words([called.get(code, code) for code in codes], "or")),)

    def bound(self, name: str, value: Any) -> Mapping[str, Any]:
        """Return the values that the condition of the field of this name binds; the first is None if unrestricted."""
        if self.condition is None:
            return {}
        if self.bind is not None:
            return self.bind(value)
        return {name: ([str(each) for each in value] or None) if self.many else value}

    @property
    def help_words(self) -> str:
        """Say what a value is at the command line."""
        spelt = {code: f"{word}/{code}" for word, code in self.spellings.items()}
        named = () if self.choices is None or isinstance(self.choices, Known) else self.choices
        codes = list_words([spelt.get(code, code) for code in named], "or")
        return self.help.replace("{codes}", codes) if self.help else codes


def several(read: Callable[[Any], Any], **entry: Any) -> Any:
    """Make a field of `Filters` whose several values are alternatives; `entry` as FilterField has it."""
    return field(default=(), metadata={"filter": FilterField(read=read, **entry)})


def coded(vocabulary: type[StrEnum], more: Mapping[str, str] = MappingProxyType({}), **entry: Any) -> Any:
    """Make such a field of the codes of a vocabulary and some more, called and explained as the vocabulary does."""
    names = {code.value: getattr(code, "label", code.value) for code in vocabulary} | dict(more)
    meanings = {code.value: code.meaning for code in vocabulary if hasattr(code, "meaning")}
    usual = {"widget": Widget.PILLS, "choices": names, "meanings": meanings}
    read, spellings = one_of(vocabulary, *more), entry.get("spellings", {})
    return several(lambda value: read(spellings.get(value, value)), **(usual | entry))


def single(read: Callable[[Any], Any], *, default: Any = None, **entry: Any) -> Any:
    """Make a field of `Filters` that has one value."""
    entries = FilterField(read=read, many=False, default=default, **entry)
    return field(default=default, metadata={"filter": entries})


# How values are read.


def one_of(vocabulary: type[StrEnum], *more: str) -> Callable[[Any], Any]:
    """Return what reads codes of a vocabulary, and of some more."""
    accepted = (*vocabulary, *more)

    def read(value: Any) -> Any:
        if value not in accepted:
            raise ValueError(f"{value!r} is none of: {', '.join(accepted)}")
        return value if value in more else vocabulary(value)

    return read


def read_year(value: Any) -> int:
    """Read a year in four digits."""
    text = str(value)
    if not (text.isascii() and text.isdigit() and len(text) == len("2025")):
        raise ValueError(f"{text!r} is no year; write it as in 2025")
    return int(text)


def read_day(value: str | date) -> date:
    """Read a day in ISO 8601."""
    try:
        if isinstance(value, datetime):  # a time of day, as pandas has it, is no part of a day
            return value.date()
        return value if isinstance(value, date) else date.fromisoformat(value)
    except (ValueError, TypeError):
        raise ValueError(f"{value!r} is no day; write it as in 2025-10-11") from None


def read_text(value: Any) -> str:
    """Read text: without line breaks, and not longer than anybody types."""
    sound = str(value).replace("\0", " ").encode("utf-8", "replace").decode()
    return " ".join(sound.split())[:LONGEST_TEXT].rstrip()
