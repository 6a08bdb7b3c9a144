"""`locate`: where the points of a CSV file lie."""

import argparse
import csv
import io
import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.cli.terminal import STANDARD_OUTPUT, CommandError, check_output, printable, write_output
from geo.export.csv_format import delimited
from geo.incident.errors import DataError, Fault
from geo.language.number_words import count_words
from geo.places.locating import locate

# A CSV file of points as somebody has it: its delimiter, its columns, and where its coordinates make no sense.

_BOM: Final = b"\xef\xbb\xbf"
_DELIMITERS: Final = (",", ";", "\t", "|")
_LIMIT: Final = {"lon": 180.0, "lat": 90.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsFile:
    """The cells of a CSV file, all text, just as they stand."""

    name: str
    header: list[str]
    rows: list[list[str]]
    delimiter: str
    newline: str
    marked: bool
    """Begins with a byte order mark, by which Excel knows UTF-8."""

    @classmethod
    def parse(cls, name: str, raw: bytes, *, named: Sequence[str]) -> Self:
        """Read a file; the delimiter is the one that leaves the columns `named` in the header.

        Raises
        ------
        DataError
            It is not UTF-8 or no CSV, has no header, or rows are longer than the header.
        CommandError
            A column is not there.

        """
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            message = "is not UTF-8; save the file as UTF-8"
            raise DataError(name, [Fault(where=f"byte {error.start:,}", field="", message=message)]) from error
        if not text.strip():
            raise DataError(name, [Fault(where="row 1", field="", message="is empty; expected the names of columns")])
        delimiter = _delimiter(text.splitlines()[0], named)
        header, *rows = _parsed(name, text, delimiter)
        missing = [column for column in named if column not in header]
        if missing:
            raise CommandError(f"{name} has no column {missing[0]!r}; it has: {', '.join(header)}")
        return cls(
            name=name,
            header=header,
            rows=_even(name, header, rows),
            delimiter=delimiter,
            newline="\r\n" if b"\r\n" in raw else "\n",
            marked=raw.startswith(_BOM),
        )

    def column(self, name: str) -> list[str]:
        """Return the cells of a column."""
        at = self.header.index(name)
        return [row[at] for row in self.rows]

    def with_columns(self, names: Sequence[str], columns: Sequence[Sequence[str]]) -> bytes:
        """Write the file again with columns added at the end."""
        rows = ([*row, *added] for row, added in zip(self.rows, zip(*columns, strict=True), strict=True))
        text = delimited([[*self.header, *names], *rows], delimiter=self.delimiter, newline=self.newline)
        return (_BOM if self.marked else b"") + text.encode()


def coordinates(
    points: PointsFile, lon: str, lat: str
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], list[Fault]]:
    """Return lon and lat, degrees, not a number where there is none, and what is impossible, by row.

    A row without both coordinates has no place, which is no fault; one without one of them has a fault.
    """
    faults: list[Fault] = []
    read = np.full((2, len(points.rows)), np.nan)
    for number, pair in enumerate(zip(points.column(lon), points.column(lat), strict=True)):
        if not any(cell.strip() for cell in pair):
            continue
        for axis, (column, kind, cell) in enumerate(zip((lon, lat), ("lon", "lat"), pair, strict=True)):
            message, read[axis, number] = _degrees(cell, kind)
            if message:
                faults.append(Fault(where=f"row {number + 2:,}", field=column, message=message))
    wrong = np.isnan(read).any(axis=0)
    read[:, wrong] = np.nan
    return read[0], read[1], faults


def radii(points: PointsFile, column: str) -> tuple[npt.NDArray[np.float64], list[Fault]]:
    """Return radii, km, 0 where none is given, and what is impossible, by row."""
    faults, read = [], np.zeros(len(points.rows))
    for number, cell in enumerate(points.column(column)):
        if cell.strip():
            value = _number(cell)
            if value is None or value < 0:
                message = f"{cell!r} is no radius; expected kilometres, 0 or more"
                faults.append(Fault(where=f"row {number + 2:,}", field=column, message=message))
            else:
                read[number] = value
    return read, faults


def _degrees(cell: str, kind: str) -> tuple[str, float]:
    limit = _LIMIT[kind]
    if not cell.strip():
        return f"is empty; expected degrees from -{limit:g} to {limit:g}", math.nan
    value = _number(cell)
    if value is None:
        return f"{cell!r} is no number; write degrees as in 71.5", math.nan
    if abs(value) > limit:
        return f"{cell!r} is impossible; expected degrees from -{limit:g} to {limit:g}", math.nan
    return "", value


def _number(cell: str) -> float | None:
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if math.isfinite(value) and "_" not in cell else None


def _parsed(name: str, text: str, delimiter: str) -> list[list[str]]:
    """Return all rows, blank lines among them, so that row numbers are those of the file."""
    try:
        return list(csv.reader(io.StringIO(text.rstrip("\r\n"), newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise DataError(name, [Fault(where="file", field="", message=f"is no CSV: {error}")]) from error


def _delimiter(first: str, named: Sequence[str]) -> str:
    """Return the character that cuts the most of the named columns out of the header."""

    def fits(mark: str) -> tuple[int, int]:
        cells = next(csv.reader([first], delimiter=mark), [])
        return len(set(named) & set(cells)), first.count(mark)

    return max(_DELIMITERS, key=fits)


def _even(name: str, header: Sequence[str], rows: list[list[str]]) -> list[list[str]]:
    """Make rows as long as the header; raises DataError for longer ones, whose cells nobody could assign."""
    width, faults, even = len(header), [], []
    for number, row in enumerate(rows, 2):
        if any(row[width:]):
            message = f"has {count_words(len(row), 'cell')}, but the header has {width}"
            faults.append(Fault(where=f"row {number:,}", field="", message=message))
        even.append([*row[:width], *[""] * (width - len(row))])
    if faults:
        raise DataError(name, faults)
    return even


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
