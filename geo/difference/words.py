"""A difference in words that a journalist reads: what changed, and because of which claims."""

from collections.abc import Collection
from typing import Final

from geo.difference.model import (
    Difference,
    FieldChange,
    Figures,
    IncidentChange,
    PartChange,
    RegisterChange,
    TollChange,
)
from geo.difference.values import ARROW, field_words, name_words, value_words
from geo.vocabulary import Stance
from geo.wording import count_words

_FIGURE_FIELDS: Final = ("value", "low", "high", "of", "scope", "about")


def change_lines(change: IncidentChange, *, without: Collection[str] = ()) -> list[str]:
    """Say everything that changed in an incident, tolls first, each with the claims that made it.

    `without` names fields of the incident that are told elsewhere.
    """
    lines = []
    causes: set[int] = set()
    for toll in change.tolls:
        moved = [
            at for at, part in enumerate(change.claims) if toll.about in part.bears_on and any(map(_moves, part.fields))
        ] + [at for at, part in enumerate(change.claims) if toll.about in part.bears_on and part.what != "changed"]
        causes |= set(moved)
        because = "; ".join(_cause(change.claims[at]) for at in moved)
        lines.append(f"{toll_words(toll)}{f', because {because}' if because else ''}")
    lines += [field_words(field) for field in change.fields if field.field not in without]
    lines += [_part_line("claim", part, told=at in causes) for at, part in enumerate(change.claims)]
    lines += [_part_line("source", part) for part in change.sources]
    return [line for line in lines if line]


def toll_words(toll: TollChange) -> str:
    """Say what a toll was and is.

    >>> toll_words(TollChange(about="killed", old=Figures(low=17, high=71), new=Figures(low=71, high=71)))
    'killed 17–71 → 71'
    """
    before, after = (
        figures_words(figures) + (" (whole event)" if whole else "")
        for figures, whole in ((toll.old, toll.old_whole), (toll.new, toll.new_whole))
    )
    return f"{toll.about} {before} {ARROW} {after}"


def figures_words(figures: Figures | None) -> str:
    """Write a toll, or that there is none."""
    return "no figure" if figures is None else figures.words


def register_lines(change: RegisterChange) -> list[str]:
    """Say what changed in a register."""
    return [
        *(f"added: {row.name} ({row.id})" for row in change.added),
        *(f"removed: {row.name} ({row.id})" for row in change.removed),
        *(f"{row.name} ({row.id}): {'; '.join(field_words(field) for field in row.fields)}" for row in change.changed),
    ]


def summary_words(difference: Difference) -> str:
    """Say in one sentence how much changed."""
    if difference.empty:
        return "Nothing differs."
    incidents = {"added": difference.added, "removed": difference.removed, "changed": difference.changed}
    parts = [f"{count_words(len(rows), 'incident')} {what}" for what, rows in incidents.items() if rows]
    for name, register in (("claimant", difference.claimants), ("wider event", difference.event_groups)):
        counts = {"added": register.added, "removed": register.removed, "changed": register.changed}
        parts += [f"{count_words(len(rows), name)} {what}" for what, rows in counts.items() if rows]
    return f"{', '.join(parts)}."


def caveats(difference: Difference) -> list[str]:
    """Say what could not be compared; empty if everything could."""
    lines = []
    if difference.not_compared:
        lines.append(
            "Not compared, and in none of the numbers, because one of the versions holds them in a form that cannot "
            f"be read: {', '.join(difference.not_compared)}."
        )
    if difference.movement_not_compared:
        movements = count_words(len(difference.movement_not_compared), "incident")
        lines.append(
            f"The movement of {movements} was not compared, because one of the versions holds it in another form: "
            f"{', '.join(difference.movement_not_compared)}."
        )
    return lines


def _moves(change: FieldChange) -> bool:
    """Tell whether a field of a claim bears on a toll; who owns up to a figure, or only asserts it, does not."""
    if change.field == "stance":
        return not {change.old, change.new} <= {Stance.ASSERTS, Stance.ACKNOWLEDGES}
    return change.field in _FIGURE_FIELDS


def _cause(part: PartChange) -> str:
    if part.what != "changed":
        return _part_line("claim", part)
    moving = [field for field in part.fields if _moves(field)]
    if len(moving) == 1:
        return f"{name_words(moving[0])} of claim {part.number} ({part.label}) {value_words(moving[0])}"
    return f"claim {part.number} ({part.label}) changed: {', '.join(map(field_words, moving))}"


def _part_line(kind: str, part: PartChange, *, told: bool = False) -> str:
    """Say what became of a claim or source; where a toll told its part, the rest, which may be nothing."""
    if part.what != "changed":
        number = f" {part.number}" if part.what == "added" else ""
        return "" if told else f"{kind}{number} {part.what} ({part.label})"
    left = [field_words(field) for field in part.fields if not (told and _moves(field))]
    return f"{kind} {part.number} ({part.label}): {', '.join(left)}" if left else ""
