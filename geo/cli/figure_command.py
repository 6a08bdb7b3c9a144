"""`figure`: a map of the selected incidents for a report."""

import argparse
import sys
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, Final, NamedTuple

from geo.cli.shared import (
    STANDARD_OUTPUT,
    CommandError,
    add_choice_options,
    check_output,
    chosen,
    ending,
    with_examples,
    write_output,
)
from geo.datasets.dataset import os_reason
from geo.figure.drawing import manifest_of, write_figure
from geo.figure.options import (
    ALL,
    EXTENTS,
    HIGHEST_DPI,
    LONGEST,
    LOWEST_DPI,
    USUAL_DPI,
    FigureFormat,
    FigureOptions,
    FigureSize,
    Style,
    TypeSize,
    extent_of,
    ground_shown,
)
from geo.incident.errors import UnreadableError
from geo.language.messages import list_words, say
from geo.places.boundaries import boundaries
from geo.places.plane import GROUND, BBox
from geo.selection import FIELDS, Filters
from geo.store.incident_store import IncidentStore

_PARTS: Final = "legend", "inset", "key"


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command and its arguments."""
    parser.usage = (
        "%(prog)s [filters] [--size SIZE] [--view VIEW] [--title TEXT] [--type S|M|L] [--style STYLE] [--dpi DPI] "
        "-o FILE.(png|svg|pdf)\n       %(prog)s --again FIGURE -o FILE.(png|svg|pdf)"
    )
    parser.description = say("help-figure")
    lines = "\n".join(f"  {size.value.lower():<14} {size.words}" for size in FigureSize)
    parser.epilog = with_examples(
        say("help-figure-more", sizes=lines),
        "python -m geo figure -o map.pdf",
        'python -m geo figure --category strike --year 2025 --title "Strikes in 2025" -o strikes.png',
        "python -m geo figure --province AF-KHO --type L --style grey -o khost.pdf",
        "python -m geo figure --province AF-KHO --view all -o khost-in-the-region.pdf",
        "python -m geo figure --province AF-KHO --view 68.5,32.5,71,34.2 --size slide-16x9 -o khost.svg",
        "python -m geo figure --again khost.pdf -o khost-again.pdf",
    )
    formats, sizes, styles = ([each.value for each in kind] for kind in (FigureFormat, TypeSize, Style))
    add = parser.add_argument
    add("-o", "--output", required=True, metavar="FILE", help=say("help-output"))
    add("--format", choices=formats, help=say("help-format-by-ending"))
    add("--size", type=_size, default=FigureSize.A4_LANDSCAPE, metavar="SIZE", help=say("help-figure-size"))
    add("--view", type=_view, metavar="VIEW", help=say("help-figure-view", extents=", ".join(EXTENTS), all=ALL))
    for name in LONGEST:
        add(f"--{name}", metavar="TEXT", help=say(f"help-figure-text-{name}"))
    add("--type", choices=sizes, default=TypeSize.MEDIUM.value, help=say("help-figure-type"))
    add("--style", choices=styles, default=Style.COLOUR.value, help=say("help-figure-style"))
    for name in _PARTS:
        add(f"--no-{name}", dest=name, action="store_false", help=say(f"help-figure-no-{name}"))
    add("--outlines", action="store_true", help=say("help-figure-outlines"))
    dpi = {"lowest": str(LOWEST_DPI), "highest": str(HIGHEST_DPI)}
    add("--dpi", type=_dpi, default=USUAL_DPI, help=say("help-figure-dpi", **dpi))
    add_choice_options(parser)
    usual = vars(parser.parse_args(["-o", STANDARD_OUTPUT]))
    add("--again", type=Path, metavar="FIGURE", help=say("help-figure-again"))
    parser.set_defaults(usual=usual)


def run(arguments: argparse.Namespace) -> int:
    """Draw and write the figure."""
    wanted = ending(arguments.output, arguments.format, FigureFormat)
    check_output(arguments.output, IncidentStore(arguments.store).files)
    before = _before(arguments)
    filters, table = chosen(arguments)
    if before:
        options = replace(before.options, format=FigureFormat(wanted))
    else:
        view = ground_shown(arguments.view, filters, table, boundaries())
        given = {field.name: getattr(arguments, field.name) for field in fields(FigureOptions)}
        options = FigureOptions(**given | {"view": view, "format": wanted})
    drawn, notes = write_figure(filters, table, boundaries(), options)
    for note in (*notes, *([_compared(before.manifest, manifest_of(drawn))] if before else [])):
        sys.stderr.write(f"{note}\n")
    write_output(arguments.output, drawn)
    if arguments.output != STANDARD_OUTPUT:
        counted = say("counted-of", chosen=table.count(filters), total=len(table))
        sys.stderr.write(f"{arguments.output}: {counted}\n")
    return 0


_WITH_AGAIN: Final = frozenset(("output", "format", "store", "data"))


class _Before(NamedTuple):
    manifest: dict[str, Any]
    options: FigureOptions


def _before(arguments: argparse.Namespace) -> _Before | None:
    """Return the figure to make again, if any, after setting its filters and rule."""
    if arguments.again is None:
        return None
    for name, value in arguments.usual.items():
        if name not in _WITH_AGAIN and getattr(arguments, name) != value:
            raise CommandError.of("--again", say("cli-again-with", option=name.replace("_", "-")))
    try:
        made = manifest_of(arguments.again.read_bytes())
        filters = Filters.from_query(made["filters"])
        options = FigureOptions.again(made)
        arguments.rule = str(made["rule"]["code"])
    except OSError as error:
        raise CommandError.of("--again", UnreadableError(arguments.again, os_reason(error))) from error
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise CommandError.of("--again", say("figure-without-manifest")) from error
    for name in FIELDS:
        setattr(arguments, name, getattr(filters, name))
    return _Before(made, options)


def _compared(before: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """Say whether a figure that was made again is as it was, by its manifests, or what has changed since."""
    if now["code"] == before["code"]:
        return say("figure-again-same", code=now["code"])
    changed = [words for name, words in _MADE_FROM.items() if before.get(name) != now[name]]
    return say(
        "figure-again-differs",
        before=before["code"],
        now=now["code"],
        changed=list_words(changed or [say("figure-again-format")]),
    )


_MADE_FROM: Final = {
    "data_version": say("figure-again-data"),
    "boundary_version": say("figure-again-boundaries"),
    "app_version": say("figure-again-program"),
}


def _size(text: str) -> FigureSize:
    for size in FigureSize:
        if size.value.lower() == text.lower():
            return size
    accepted = ", ".join(size.value.lower() for size in FigureSize)
    raise argparse.ArgumentTypeError(say("cli-none-of", given=repr(text), known=accepted))


def _view(text: str) -> str | BBox:
    if text.lower() in EXTENTS:
        return text.lower()
    try:
        return extent_of(text)
    except ValueError:
        known = {"known": ", ".join(EXTENTS), "ground": str(GROUND)}
        raise argparse.ArgumentTypeError(say("cli-no-box", given=repr(text), **known)) from None


def _dpi(text: str) -> int:
    if not text.isdecimal() or not LOWEST_DPI <= int(text) <= HIGHEST_DPI:
        dpi = {"lowest": str(LOWEST_DPI), "highest": str(HIGHEST_DPI)}
        raise argparse.ArgumentTypeError(say("cli-no-resolution", given=repr(text), **dpi))
    return int(text)
