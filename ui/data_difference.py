"""What a newer file of a dataset changes, shown before it is accepted."""

from typing import Any, Final

import streamlit as st

from geo.datasets.release import FieldChange, ReleaseDifference, RowChange
from geo.difference.marking import marked_words
from geo.wording import count_words, day_words
from ui.panel import panel

_LONGEST_VALUE: Final = 160
_TEXTS: Final = ("title", "summary", "source_text")
_NAMES: Final = {"changed": "Changed", "gone": "Gone from the file", "new": "New"}


def difference_panels(found: ReleaseDifference) -> None:
    """Draw counts and totals before and after, and beside them what changes row by row."""
    beside_counts, beside_rows = st.columns([5, 7], gap="small")
    with beside_counts:
        panel("data_difference.html", key="data-difference", on_choose=lambda _: None, **difference_values(found))
    with beside_rows:
        if found.empty:
            st.info("The file changes nothing: every row of it stands in the dataset as it is.")
        else:
            panel("data_changes.html", key="data-changes", on_choose=lambda _: None, groups=change_groups(found))


def difference_values(found: ReleaseDifference) -> dict[str, Any]:
    """Return what the template shows of counts and totals."""
    old, new = found.old_killed, found.new_killed
    numbers = (("low", old.low, new.low), ("best", old.best, new.best), ("high", old.high, new.high))
    return {
        "versions": f"{found.old_version or 'the release before'} → {found.new_version or 'this file'}, matched by id",
        "fates": [
            ("new", f"{found.new:,}", ""),
            ("changed", f"{found.changed:,}", ""),
            ("the same", f"{found.same:,}", ""),
            ("gone", f"{found.gone:,}", "the file covers them and no longer has them; taken out"),
            ("kept", f"{found.kept:,}", "the file does not cover them"),
        ],
        "after": count_words(found.new_rows, "row"),
        "killed": [(name, f"{a:,}", f"{b:,}", f"{b - a:+,}" if a != b else "none") for name, a, b in numbers],
        "fields": [(field_words(field.field), count_words(field.rows, "row")) for field in found.fields],
    }


def change_groups(found: ReleaseDifference) -> list[tuple[str, list[dict[str, Any]], str | None]]:
    """Return changed, gone and new rows for the template, each with how many more there are."""
    groups = []
    for what, name in _NAMES.items():
        rows = [row for row in found.examples if row.what == what]
        more = getattr(found, what) - len(rows)
        if rows:
            groups.append((name, [_row(row) for row in rows], f"{more:,}" if more > 0 else None))
    return groups


def field_words(field: str) -> str:
    """Write the name of a column for a reader.

    >>> field_words("killed_low")
    'killed low'
    """
    return field.replace("_", " ")


def _row(row: RowChange) -> dict[str, Any]:
    day = f", {day_words(row.date_start)}" if row.date_start else ""
    return {
        "title": row.title or "without a title",
        "about": f"{row.source_id or row.id}{day}",
        "fields": [(field_words(field.field), _pieces(field)) for field in row.fields],
    }


def _pieces(field: FieldChange) -> list[tuple[str, str]]:
    """Return what went and what came: of texts word by word, of other values the old and the new one."""
    if field.field in _TEXTS and field.old and field.new:
        return [(what, text) for what, text in marked_words(field.old, field.new)]
    return [("removed", _value(field.old)), ("same", " → "), ("added", _value(field.new))]


def _value(text: str | None) -> str:
    if text is None:
        return "nothing"
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…"
