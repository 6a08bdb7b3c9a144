"""What is written around the map: title, subtitle, and the footer that says what the map leaves out and rests on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from geo.casualties.rules import Rule
from geo.figure.lettering import LEADING, MM_PER_PT, Type, Weight, fitted, wrap
from geo.figure.options import FigureOptions, Paper
from geo.figure.paper_marks import PlacedMark
from geo.incident.dates import span_of_all
from geo.language.messages import say
from geo.language.wording import day_words
from geo.places.boundaries import BOUNDARY_NOTE, Boundaries
from geo.render.left_out import LeftOut
from geo.selection.filters import Filters
from geo.symbology.symbols import LIGHT
from geo.table.incident_table import IncidentTable
from geo.table.selection_in_words import choice_words

STANDING_TITLE: Final = say("figure-standing-title")

_TITLE_PT: Final = (17.0, 15.0, 13.0, 11.0)
_SUBTITLE_PT: Final = (9.5, 8.5, 7.5)
_NOTE_PT: Final = 8.5
_FOOTER_PT: Final = 5.8
_COLUMN_GAP_MM: Final = 7.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Set:
    """Words broken into lines."""

    lines: tuple[str, ...]
    style: Type

    @property
    def leading_mm(self) -> float:
        """From baseline to baseline."""
        return LEADING * self.style.size_mm


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """All that is written around the map, and the sentence on it if there is no incident."""

    title: Set
    subtitle: Set
    footer: tuple[Set, ...]
    """By column."""
    note: Set | None
    sizes: str
    """What the size of a symbol stands for."""


def title(options: FigureOptions) -> Set:
    """Set the title on one or two lines."""
    paper = options.size.paper
    sizes = [size * paper.scale for size in _TITLE_PT]
    text = options.title or STANDING_TITLE
    lines, size_pt = fitted(text, Weight.BOLD, sizes, within_mm=_inner(paper), lines=2)
    return Set(lines=tuple(lines), style=Type(size_pt=size_pt, colour=LIGHT.text, weight=Weight.BOLD))


def span_of(filters: Filters, table: IncidentTable) -> str:
    """Say over which days a selection lies, empty for none; of many, over which days they began."""
    began = table.whens(filters)
    return span_of_all(began, open_ended=False) if began else ""


def subtitle(filters: Filters, table: IncidentTable, layers: Boundaries, paper: Paper) -> Set:
    """Set the selection in words, with the days it spans unless it names days itself."""
    text, span = choice_words(filters, table, layers), span_of(filters, table)
    if span and not {"year", "since", "until"} & set(filters.active):
        text += f", {span}"
    sizes = [size * paper.scale for size in _SUBTITLE_PT]
    lines, size_pt = fitted(text, Weight.REGULAR, sizes, within_mm=_inner(paper), lines=2)
    return Set(lines=tuple(lines), style=Type(size_pt=size_pt, colour=LIGHT.muted))


def nothing_shown(filters: Filters, chosen: int, paper: Paper) -> Set:
    """Say why a map has no incident."""
    if chosen == 1:
        text = say("figure-one-not-on-map")
    elif chosen:
        text = say("figure-none-on-map", incidents=chosen)
    else:
        text = say("figure-no-match" if filters.active else "figure-no-incidents")
    style = Type(size_pt=_NOTE_PT * paper.scale, colour=LIGHT.text, weight=Weight.SEMIBOLD)
    return Set(lines=tuple(wrap(text, style.weight, style.size_pt, 0.6 * _inner(paper))), style=style)


def footer(
    made: dict[str, Any], left: LeftOut, paper: Paper, placed: Sequence[PlacedMark], rule: Rule
) -> tuple[Set, ...]:
    """Set the footer in the paper's columns; `placed` are the marks on the map, `rule` the one that sizes are by."""
    versions = {"data_version": made["data_version"][:8], "boundary_version": made["boundary_version"][:8]}
    last = say("figure-last-incident", when=made["last_incident_in_words"]) if made["last_incident"] else ""
    made_of = say("figure-made", **versions, last=last, day=day_words(made["made"]), code=made["code"])
    columns = [
        [left.sentences(), *_datasets(made), *_sizes(placed, rule)],
        [f"{made['credit']} {BOUNDARY_NOTE}", made_of],
    ]
    if paper.footer_columns == 1:
        columns = [columns[0] + columns[1]]
    style = Type(size_pt=_FOOTER_PT * paper.scale, colour=LIGHT.muted)
    wide = column_width_mm(paper)
    broken = [[line for text in column for line in wrap(text, style.weight, style.size_pt, wide)] for column in columns]
    return tuple(Set(lines=tuple(lines), style=style) for lines in broken)


def _datasets(made: dict[str, Any]) -> Iterator[str]:
    """Say how many incidents are from which dataset, and where the datasets differ, if there are several."""
    if "datasets_in_words" in made:
        yield made["datasets_in_words"]


def _sizes(placed: Sequence[PlacedMark], rule: Rule) -> Iterator[str]:
    """Say what number or size of a mark stands for, where one on the map has any."""
    if any(mark.grouped for mark in placed):
        yield say("figure-too-many")
    if any(mark.is_sized for mark in placed):
        name = "figure-size-by-highest" if rule.kind.states_a_range else "figure-size"
        yield say(name, rule=rule.name, rule_sentence=rule.sentence)


def footer_leading_mm(paper: Paper) -> float:
    """Return the distance between two lines of the footer."""
    return LEADING * _FOOTER_PT * paper.scale * MM_PER_PT


def column_width_mm(paper: Paper) -> float:
    """Return how wide a column of the footer is."""
    gaps = (paper.footer_columns - 1) * _COLUMN_GAP_MM * paper.scale
    return (_inner(paper) - gaps) / paper.footer_columns


def column_left_mm(paper: Paper, column: int) -> float:
    """Return where a column of the footer begins."""
    return paper.margin_mm + column * (column_width_mm(paper) + _COLUMN_GAP_MM * paper.scale)


def _inner(paper: Paper) -> float:
    return paper.width_mm - 2 * paper.margin_mm
