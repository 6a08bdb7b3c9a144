"""A difference as a document: plain text, Markdown, or JSON."""

import re
from collections.abc import Callable
from typing import Final

from geo.difference.model import Difference
from geo.difference.values import ARROW
from geo.difference.words import caveats, change_lines, register_lines, summary_words, toll_words
from geo.wording import day_words

_MARKUP: Final = re.compile(r"([\\`*_{}\[\]<>#|~$&])")


def to_json(difference: Difference) -> str:
    """Write everything as JSON; what is empty or as usual is absent."""
    return difference.model_dump_json(indent=1, exclude_defaults=True) + "\n"


def to_text(difference: Difference) -> str:
    """Write what differs as plain text, a paragraph to an incident."""
    return _written(difference, title="\n{}\n".format, head="\n{}\n".format, point="  {}\n".format)


def to_markdown(difference: Difference) -> str:
    """Write what differs as Markdown; text from the record stays text."""
    return _written(
        difference,
        title=lambda text: f"\n## {_escaped(text)}\n\n",
        head=lambda text: f"\n### {_escaped(text)}\n\n",
        point=lambda text: f"- {_escaped(text)}\n",
    )


def headline_lines(difference: Difference) -> list[str]:
    """Say how the totals of the whole record changed; those that did not are left out."""
    counts = [f"{row.name} {row.old:,} {ARROW} {row.new:,}" for row in difference.counts if row.old != row.new]
    return counts + [toll_words(toll) for toll in difference.totals if toll.old != toll.new]


def _written(
    difference: Difference,
    *,
    title: Callable[[str], str],
    head: Callable[[str], str],
    point: Callable[[str], str],
) -> str:
    parts = [f"{summary_words(difference)}\n", f"Data version {difference.old_version[:8]} {ARROW} "]
    parts += [f"{difference.new_version[:8]}. Rule for people: {difference.rule}. {difference.rule_sentence}\n"]
    parts += [point(line) for line in caveats(difference)]
    for name, lines in (
        ("Effect on the totals", headline_lines(difference)),
        ("Claimants", register_lines(difference.claimants)),
        ("Wider events", register_lines(difference.event_groups)),
    ):
        parts += [title(name), *map(point, lines)] if lines else []
    for name, rows in (("Incidents added", difference.added), ("Incidents removed", difference.removed)):
        told = (f"{row.title}, {day_words(row.date_start)}, {row.status} ({row.id})" for row in rows)
        parts += [title(name), *map(point, told)] if rows else []
    parts += [title("Incidents changed")] if difference.changed else []
    for change in difference.changed:
        parts.append(head(f"{change.title}, {day_words(change.date_start)} ({change.id})"))
        parts += map(point, change_lines(change))
    return "".join(parts)


def _escaped(text: str) -> str:
    r"""Escape what Markdown and HTML read as markup.

    >>> _escaped("*<b>*")
    '\\*\\<b\\>\\*'
    """
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))
