"""`figure`: a map of the selected incidents for a report."""

import argparse
import sys
from typing import Final

from geo.cli.common_options import add_choice_options, chosen
from geo.cli.terminal import STANDARD_OUTPUT, check_output, ending, write_output
from geo.figure.drawing import write_figure
from geo.figure.options import HIGHEST_DPI, LOWEST_DPI, FigureFormat, FigureSize, around_choice
from geo.language.number_words import count_words
from geo.places.boundaries import boundaries
from geo.places.plane import REGION, BBox
from geo.selection.filters import Filters
from geo.store.incident_store import IncidentStore
from geo.table.incident_table import IncidentTable

_SIZES: Final = "\n".join(f"  {size.value.lower():<14} {size.words}" for size in FigureSize)
_ALL: Final = "all"
_VIEW_HELP: Final = f"""\
ground to show: {_ALL} for the three countries, or a box in degrees
(default: what fits the selected incidents; the three countries if all are selected)"""
_EPILOG: Final = f"""\
sizes:
{_SIZES}

The ending of the file's name says the format, unless --format does. The manifest is in the file's metadata.

examples:
  python -m geo figure -o map.pdf
  python -m geo figure --category strike --year 2025 --title "Strikes in 2025" -o strikes.png
  python -m geo figure --province AF-KHO -o khost.pdf
  python -m geo figure --province AF-KHO --view all -o khost-in-the-region.pdf
  python -m geo figure --province AF-KHO --view 68.5,32.5,71,34.2 --size slide-16x9 -o khost.svg
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command and its arguments."""
    parser.usage = (
        "%(prog)s [filters] [--size SIZE] [--view all|W,S,E,N] [--title TEXT] [--dpi DPI] -o FILE.(png|svg|pdf)"
    )
    parser.description = "Draw a map of exactly the selected incidents for print: PNG, SVG (text stays text) or PDF."
    parser.epilog = _EPILOG
    parser.add_argument("-o", "--output", required=True, metavar="FILE", help="file to write, - for standard output")
    parser.add_argument("--format", choices=[each.value for each in FigureFormat], help="default: by the file's ending")
    parser.add_argument("--size", type=_size, default=FigureSize.A4_LANDSCAPE, metavar="SIZE", help="see below")
    parser.add_argument("--view", type=_view, metavar="all|W,S,E,N", help=_VIEW_HELP)
    parser.add_argument("--title", metavar="TEXT", help="title (default: what the map shows)")
    parser.add_argument("--dpi", type=_dpi, default=300, help=f"of a PNG, {LOWEST_DPI} to {HIGHEST_DPI} (default: 300)")
    add_choice_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Draw and write the figure."""
    wanted = ending(arguments.output, arguments.format, FigureFormat)
    check_output(arguments.output, IncidentStore(arguments.store).files)
    filters, table = chosen(arguments)
    drawn = write_figure(
        filters,
        table,
        boundaries(),
        size=arguments.size,
        view=arguments.view or _fitted(filters, table),
        title=arguments.title,
        format=wanted,
        dpi=arguments.dpi,
    )
    write_output(arguments.output, drawn)
    if arguments.output != STANDARD_OUTPUT:
        counted = f"{table.count(filters):,} of {count_words(len(table), 'incident')}"
        sys.stderr.write(f"{arguments.output}: {counted}\n")
    return 0


def _size(text: str) -> FigureSize:
    for size in FigureSize:
        if size.value.lower() == text.lower():
            return size
    accepted = ", ".join(size.value.lower() for size in FigureSize)
    raise argparse.ArgumentTypeError(f"{text!r} is none of: {accepted}")


def _fitted(filters: Filters, table: IncidentTable) -> BBox:
    """Return the extent of the selected incidents; that of the three countries where none is left out."""
    return REGION if table.count(filters) == len(table) else around_choice(filters, table, boundaries())


def _view(text: str) -> BBox:
    if text.lower() == _ALL:
        return REGION
    try:
        return BBox.parse(text)
    except ValueError:
        message = f"{text!r} is no box; write west,south,east,north in degrees, as in 69,32,72,35, or {_ALL}"
        raise argparse.ArgumentTypeError(message) from None


def _dpi(text: str) -> int:
    if not text.isdecimal() or not LOWEST_DPI <= int(text) <= HIGHEST_DPI:
        raise argparse.ArgumentTypeError(f"{text!r} is no possible resolution; give {LOWEST_DPI} to {HIGHEST_DPI}")
    return int(text)
