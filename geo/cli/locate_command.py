"""`locate`: where the points of a CSV file lie."""

import argparse
import sys
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from geo.cli.fault import CommandError
from geo.cli.output import STANDARD_OUTPUT, check_output, write_output
from geo.cli.points import PointsFile, coordinates, radii
from geo.cli.terminal import printable
from geo.errors import Fault
from geo.locate import locate
from geo.wording import count_words

_ADDED: Final = ("country", "province_code", "province", "border_km", "chainage_km", "side")
_UNSURE: Final = "side_decided"
_MOST_FAULTS: Final = 200

_EPILOG: Final = """\
Adds the columns
  country        ISO 3166-1 alpha-2; empty outside Afghanistan, Pakistan and Tajikistan
  province_code  ISO 3166-2; a point up to 2 km outside every province is given the nearest
  province       its name
  border_km      distance to the Durand Line, geodesic, km
  chainage_km    place along it, km from its south-western end
  side           AF or PK
  side_decided   with --uncertainty-km: false where the line is within that radius
The other columns stay as they are. A row without coordinates, or with impossible ones, gets empty cells; impossible
ones are named on standard error, with exit code 1. The file is written whole or not at all.

examples:
  python -m geo locate points.csv --lon lon --lat lat -o located.csv
  python -m geo locate acled.csv --lon longitude --lat latitude --prefix located_ -o out.csv
  cat points.csv | python -m geo locate - --lon x --lat y --uncertainty-km radius -o - | head
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command and its arguments."""
    parser.usage = "%(prog)s POINTS.csv --lon COL --lat COL -o OUT.csv [--uncertainty-km COL] [--prefix TEXT]"
    parser.description = (
        "Say for each point of a CSV file in which province it lies, how far from the Durand Line, where."
    )
    parser.epilog = _EPILOG
    parser.add_argument("points", metavar="POINTS.csv", help="UTF-8, with a header; - for standard input")
    parser.add_argument("--lon", required=True, metavar="COL", help="column of the longitude, degrees WGS84")
    parser.add_argument("--lat", required=True, metavar="COL", help="column of the latitude, degrees WGS84")
    parser.add_argument("--uncertainty-km", metavar="COL", help="column of the radius in which the place may really be")
    parser.add_argument("--prefix", default="", metavar="TEXT", help="what the names of added columns begin with")
    parser.add_argument("-o", "--output", required=True, metavar="OUT.csv", help="file to write, - for standard output")


def run(arguments: argparse.Namespace) -> int:
    """Write the file with columns added; 1 if coordinates are impossible."""
    check_output(arguments.output, [Path(arguments.points)])
    named = [name for name in (arguments.lon, arguments.lat, arguments.uncertainty_km) if name is not None]
    points = PointsFile.parse(arguments.points, _read(arguments.points), named=named)
    added = [arguments.prefix + name for name in (*_ADDED, *((_UNSURE,) if arguments.uncertainty_km else ()))]
    taken = [name for name in added if name in points.header]
    if taken:
        advice = "choose another --prefix, as in --prefix located_"
        raise CommandError(f"argument --prefix: {points.name} already has a column {taken[0]!r}; {advice}")
    lon, lat, faults = coordinates(points, arguments.lon, arguments.lat)
    radius_km = None
    if arguments.uncertainty_km:
        radius_km, wrong = radii(points, arguments.uncertainty_km)
        faults += wrong
    located = locate(lon, lat, uncertainty_km=radius_km)
    columns = [_written(located[name.removeprefix(arguments.prefix)]) for name in added]
    write_output(arguments.output, points.with_columns(added, columns))
    _report(points, faults, nowhere=int(np.isnan(lon).sum()))
    return 1 if faults else 0


def _read(name: str) -> bytes:
    if name == STANDARD_OUTPUT:
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror or error}") from error


def _written(column: pd.Series) -> list[str]:
    if column.dtype == float:
        return ["" if np.isnan(value) else f"{value:.3f}" for value in column.to_numpy()]
    if column.dtype == "boolean":
        return ["" if value is pd.NA else str(value).lower() for value in column]
    return column.astype(object).where(column.notna(), "").tolist()


def _report(points: PointsFile, faults: list[Fault], *, nowhere: int) -> None:
    lines = [printable(str(fault)) for fault in faults[:_MOST_FAULTS]]
    if len(faults) > _MOST_FAULTS:
        lines.append(f"… and {count_words(len(faults) - _MOST_FAULTS, 'more fault')}")
    lines.append(f"{points.name}: {count_words(len(points.rows), 'row')}, {nowhere:,} without a usable place")
    sys.stderr.write("\n".join(lines) + "\n")
