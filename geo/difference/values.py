"""The fields of a record in words: what they held and what they hold."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from geo.difference.model import FieldChange
from geo.wording import day_words

ARROW: Final = "→"
_DAYS: Final = ("date_start", "date_end", "published")
_NAMES: Final = {"by": "speaker", "by_text": "speaker as quoted", "of": "of whom or what"}
"""Of fields whose own name is no word for people."""
_CODES: Final = frozenset(
    (
        *("category", "subtype", "status", "country", "event_group", "side", "by", "stance", "about", "scope", "kind"),
        *("date_precision", "location_precision", "location_confidence"),
    )
)
"""Fields that hold a word of a vocabulary or register, not text."""


def field_words(change: FieldChange) -> str:
    """Say what a field held and holds; of a list, what was taken out and put in.

    >>> field_words(FieldChange(field="status", old="reported", new="confirmed"))
    'status reported → confirmed'
    """
    if not isinstance(change.old, list) and not isinstance(change.new, list):
        return f"{name_words(change)} {value_words(change)}"
    before, after = list(change.old or ()), list(change.new or ())
    gone, come = [v for v in before if v not in after], [v for v in after if v not in before]
    parts = [f"without {_value(gone, change.field)}"] * bool(gone) + [f"with {_value(come, change.field)}"] * bool(come)
    return f"{name_words(change)} {', '.join(parts) or 'in another order'}"


def name_words(change: FieldChange) -> str:
    """Name a field."""
    return _NAMES.get(change.field, change.field.replace(".", ", ").replace("_", " "))


def value_words(change: FieldChange) -> str:
    """Say what a field held and holds, without its name."""
    leaf = change.field.rsplit(".", 1)[-1]
    return f"{_value(change.old, leaf)} {ARROW} {_value(change.new, leaf)}"


def _value(value: Any, field: str) -> str:
    """Write a stored value: codes as words, days as people write them, text in quotation marks."""
    if value is None:
        return "none"
    if isinstance(value, str):
        return _text(value, field)
    if isinstance(value, Mapping):
        return f"({', '.join(f'{key} {_value(inner, key)}' for key, inner in value.items() if inner is not None)})"
    if isinstance(value, Sequence):
        return ", ".join(_value(inner, field) for inner in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int) else f"{value:g}"


def _text(value: str, field: str) -> str:
    if field in _DAYS:
        return day_words(date.fromisoformat(value))
    return value.replace("_", " ") if field in _CODES else f"“{value}”"
