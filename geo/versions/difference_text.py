"""A difference in words that a journalist reads, and as a document: plain text, Markdown, or JSON."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from difflib import SequenceMatcher
from typing import Final, Literal

from geo.incident.vocabulary import Stance
from geo.language.messages import say
from geo.versions.comparing import count_name, field_words, name_words, value_words
from geo.versions.released import (
    Difference,
    FieldChange,
    Figures,
    IncidentChange,
    PartChange,
    RegisterChange,
    TollChange,
)

# Which words of a text went and which came.

Mark = tuple[Literal["same", "removed", "added"], str]


def marked_words(old: str, new: str) -> list[Mark]:
    """Return the text in pieces; those without "added" make the old text, those without "removed" the new one.

    >>> marked_words("six key districts", "six districts")
    [('same', 'six '), ('removed', 'key '), ('same', 'districts')]
    """
    before, after = re.findall(r"\S+\s*|\s+", old), re.findall(r"\S+\s*|\s+", new)
    pieces: list[Mark] = []
    for what, i, i_end, j, j_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            pieces.append(("same", "".join(before[i:i_end])))
            continue
        if i_end > i:
            pieces.append(("removed", "".join(before[i:i_end])))
        if j_end > j:
            pieces.append(("added", "".join(after[j:j_end])))
    return pieces


# A difference in words that a journalist reads: what changed, and because of which claims.

_DAYS: Final = ("date_start", "date_end", "date_precision")
"""Fields that say together when an incident took place; one of them alone would show a day that is not known."""
_FIGURE_FIELDS: Final = ("value", "low", "high", "of", "scope", "about")


def change_lines(change: IncidentChange, names: Mapping[str, str], *, without: Collection[str] = ()) -> list[str]:
    """Say everything that changed in an incident, tolls first, each with the claims that made it.

    `names` are those of the difference; `without` names fields of the incident that are told elsewhere.
    """
    lines = []
    causes: set[int] = set()
    for toll in change.tolls:
        moved = [
            at for at, part in enumerate(change.claims) if toll.about in part.bears_on and any(map(_moves, part.fields))
        ] + [at for at, part in enumerate(change.claims) if toll.about in part.bears_on and part.what != "changed"]
        causes |= set(moved)
        because = "; ".join(_cause(change.claims[at], names) for at in moved)
        toll_line = toll_change_words(toll)
        lines.append(say("difference-because", toll=toll_line, causes=because) if because else toll_line)
    if change.when_before:
        lines.append(say("difference-when", old=change.when_before, new=change.when))
        without = {*without, *_DAYS}
    lines += [field_words(field, names) for field in change.fields if field.field not in without]
    lines += [_part_line("claim", part, names, told=at in causes) for at, part in enumerate(change.claims)]
    lines += [_part_line("source", part, names) for part in change.sources]
    return [line for line in lines if line]


def toll_change_words(toll: TollChange) -> str:
    """Say what a toll was and is.

    >>> toll_change_words(TollChange(about="killed", old=Figures(low=17, high=71), new=Figures(low=71, high=71)))
    'killed 17–71 → 71'
    """
    return say("difference-toll", about=toll.about, old=figures_words(toll.old), new=figures_words(toll.new))


def figures_words(figures: Figures | None) -> str:
    """Write a toll, or that there is none."""
    return say("no-figure") if figures is None else figures.words


def register_lines(change: RegisterChange) -> list[str]:
    """Say what changed in a register."""
    return [
        *(say("difference-register-added", name=row.name, id=row.id) for row in change.added),
        *(say("difference-register-removed", name=row.name, id=row.id) for row in change.removed),
        *(f"{row.name} ({row.id}): {'; '.join(field_words(field) for field in row.fields)}" for row in change.changed),
    ]


def summary_words(difference: Difference) -> str:
    """Say in one sentence how much changed."""
    if difference.empty:
        return say("difference-none")
    parts = []
    for name, register in (
        ("incidents", difference),
        ("claimants", difference.claimants),
        ("clusters", difference.event_groups),
    ):
        counts = {"added": register.added, "removed": register.removed, "changed": register.changed}
        parts += [say(f"changed-{name}-{what}", count=len(rows)) for what, rows in counts.items() if rows]
    moved = {"entered": difference.entered, "left": difference.left}
    parts += [say(f"changed-incidents-{what}", count=len(rows)) for what, rows in moved.items() if rows]
    return f"{', '.join(parts)}."


def claim_words(difference: Difference) -> str:
    """Say in one sentence how many claims changed; empty if none did."""
    parts = [say(f"changed-number-{what}", count=number) for what, number in difference.claim_changes.items() if number]
    return say("difference-claims", changes=", ".join(parts)) if parts else ""


def selection_words(difference: Difference) -> str:
    """Say in one sentence which incidents a difference is about; empty if about all."""
    if not difference.filters:
        return ""
    return say("difference-selection", filters=difference.selection)


def caveats(difference: Difference) -> list[str]:
    """Say what could not be compared; empty if everything could."""
    lines = []
    if difference.not_compared:
        lines.append(say("difference-not-compared", ids=", ".join(difference.not_compared)))
    if difference.movement_not_compared:
        ids = difference.movement_not_compared
        lines.append(say("difference-movement-not-compared", incidents=len(ids), ids=", ".join(ids)))
    return lines


def _moves(change: FieldChange) -> bool:
    """Tell whether a field of a claim bears on a toll; who owns up to a figure, or only asserts it, does not."""
    if change.field == "stance":
        return not {change.old, change.new} <= {Stance.ASSERTS, Stance.ACKNOWLEDGES}
    return change.field in _FIGURE_FIELDS


def _cause(part: PartChange, names: Mapping[str, str]) -> str:
    if part.what != "changed":
        return _part_line("claim", part, names)
    moving = [field for field in part.fields if _moves(field)]
    if len(moving) == 1:
        return say(
            "difference-field-of-claim",
            field=name_words(moving[0]),
            number=part.number,
            claim=part.label,
            change=value_words(moving[0], names),
        )
    fields = ", ".join(field_words(field, names) for field in moving)
    return say("difference-claim-changed", number=part.number, claim=part.label, fields=fields)


def _part_line(kind: str, part: PartChange, names: Mapping[str, str], *, told: bool = False) -> str:
    """Say what became of a claim or source; where a toll told its part, the rest, which may be nothing."""
    if part.what != "changed":
        return "" if told else say(f"part-{kind}-{part.what}", number=part.number, label=part.label)
    left = [field_words(field, names) for field in part.fields if not (told and _moves(field))]
    fields = ", ".join(left)
    return say(f"fields-of-{kind}", number=part.number, label=part.label, fields=fields) if left else ""


# A difference as a document: plain text, Markdown, or JSON.

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
    """Say how the totals changed; those that did not are left out."""
    counts = [
        say("difference-total", name=count_name(row.name), old=row.old, new=row.new)
        for row in difference.counts
        if row.old != row.new
    ]
    return counts + [toll_change_words(toll) for toll in difference.totals if toll.old != toll.new]


def _written(
    difference: Difference,
    *,
    title: Callable[[str], str],
    head: Callable[[str], str],
    point: Callable[[str], str],
) -> str:
    said = (summary_words(difference), claim_words(difference))
    parts = [f"{line}\n" for line in said if line]
    versions = say("difference-versions", old=difference.old_version[:8], new=difference.new_version[:8])
    parts += [f"{versions} {say('difference-rule', rule=difference.rule, rule_sentence=difference.rule_sentence)}\n"]
    parts += [point(line) for line in (selection_words(difference), *caveats(difference)) if line]
    for name, lines in _sections(difference):
        parts += [title(name), *map(point, lines)] if lines else []
    parts += [title(say("changes-incidents-changed"))] if difference.changed else []
    for change in difference.changed:
        parts.append(head(f"{change.title}, {change.days} ({change.id})"))
        parts += map(point, change_lines(change, difference.names))
    return "".join(parts)


def _sections(difference: Difference) -> Iterator[tuple[str, list[str]]]:
    """Yield what stands before the incidents that changed, under its headings."""
    yield say("changes-effect"), headline_lines(difference)
    yield say("claimants"), register_lines(difference.claimants)
    yield say("page-event-clusters"), register_lines(difference.event_groups)
    for name, rows in (
        (say("changes-incidents-added"), difference.added),
        (say("changes-incidents-removed"), difference.removed),
        (say("difference-brought-in"), difference.entered),
        (say("difference-taken-out-of-selection"), difference.left),
    ):
        yield name, [f"{row.title}, {row.days}, {row.status} ({row.id})" for row in rows]


def _escaped(text: str) -> str:
    r"""Escape what Markdown and HTML read as markup.

    >>> _escaped("*<b>*")
    '\\*\\<b\\>\\*'
    """
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))
