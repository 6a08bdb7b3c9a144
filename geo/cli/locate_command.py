"""`locate`: where the points of a CSV file lie."""

import argparse
import csv
import io
import math
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

import numpy as np
import pandas as pd

from geo.cli.shared import (
    STANDARD_OUTPUT,
    CommandError,
    check_output,
    printable,
    unreadable,
    with_examples,
    write_output,
)
from geo.export.csv_format import delimited
from geo.incident.errors import DataError, Fault
from geo.language.messages import say
from geo.places.locating import locate
from geo.places.plane import Floats

# A CSV file of points: its delimiter, its columns, and its impossible coordinates.

_BOM: Final = b"\xef\xbb\xbf"
_DELIMITERS: Final = (",", ";", "\t", "|")
_LIMIT: Final = {"lon": 180, "lat": 90}


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsFile:
    """The cells of a CSV file as text, unchanged."""

    name: str
    header: list[str]
    rows: list[list[str]]
    delimiter: str
    newline: str
    marked: bool
    """Whether it begins with a byte order mark, by which Excel recognises UTF-8."""

    @classmethod
    def parse(cls, name: str, raw: bytes, *, named: Sequence[str]) -> Self:
        """Parse a file; the delimiter is the one that gives the columns `named` in the header.

        Raises
        ------
        DataError
            It is not UTF-8 or not CSV, has no header, or has rows longer than the header.
        CommandError
            A column is missing.

        """
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            where = say("fault-where-byte", byte=error.start)
            raise DataError(name, [Fault(where=where, field="", message=say("fault-not-utf-8"))]) from error
        if not text.strip():
            raise DataError(name, [Fault(where=_row(1), field="", message=say("points-empty"))])
        delimiter = _delimiter(text.splitlines()[0], named)
        header, *rows = _parsed(name, text, delimiter)
        missing = [column for column in named if column not in header]
        if missing:
            known = ", ".join(header)
            raise CommandError(say("cli-no-column", file=name, column=repr(missing[0]), known=known))
        return cls(
            name=name,
            header=header,
            rows=_padded(name, header, rows),
            delimiter=delimiter,
            newline="\r\n" if b"\r\n" in raw else "\n",
            marked=raw.startswith(_BOM),
        )

    def column(self, name: str) -> list[str]:
        """Return the cells of a column."""
        at = self.header.index(name)
        return [row[at] for row in self.rows]

    def with_columns(self, names: Sequence[str], columns: Sequence[Sequence[str]]) -> bytes:
        """Return the file with columns added at the end."""
        rows = ([*row, *added] for row, added in zip(self.rows, zip(*columns, strict=True), strict=True))
        text = delimited([[*self.header, *names], *rows], delimiter=self.delimiter, newline=self.newline)
        return (_BOM if self.marked else b"") + text.encode()


def coordinates(points: PointsFile, lon: str, lat: str) -> tuple[Floats, Floats, list[Fault]]:
    """Return lon and lat, degrees, NaN where there is none, and the faults of impossible ones.

    A row with neither coordinate has no place, which is no fault; a row with only one has a fault.
    """
    faults: list[Fault] = []
    read = np.full((2, len(points.rows)), np.nan)
    for number, pair in enumerate(zip(points.column(lon), points.column(lat), strict=True)):
        if not any(cell.strip() for cell in pair):
            continue
        for axis, (column, kind, cell) in enumerate(zip((lon, lat), ("lon", "lat"), pair, strict=True)):
            message, read[axis, number] = _degrees(cell, kind)
            if message:
                faults.append(Fault(where=_row(number + 2), field=column, message=message))
    wrong = np.isnan(read).any(axis=0)
    read[:, wrong] = np.nan
    return read[0], read[1], faults


def radii(points: PointsFile, column: str) -> tuple[Floats, list[Fault]]:
    """Return radii, km, 0 where none is given, and the faults of impossible ones."""
    faults, read = [], np.zeros(len(points.rows))
    for number, cell in enumerate(points.column(column)):
        if cell.strip():
            value = _number(cell)
            if value is None or value < 0:
                message = say("points-no-radius", given=repr(cell))
                faults.append(Fault(where=_row(number + 2), field=column, message=message))
            else:
                read[number] = value
    return read, faults


def _degrees(cell: str, kind: str) -> tuple[str, float]:
    limit = _LIMIT[kind]
    if not cell.strip():
        return say("points-no-degrees", limit=limit), math.nan
    value = _number(cell)
    if value is None:
        return say("points-no-number", given=repr(cell)), math.nan
    if abs(value) > limit:
        return say("points-impossible", given=repr(cell), limit=limit), math.nan
    return "", value


def _row(number: int) -> str:
    return say("fault-where-row", row=number)


def _number(cell: str) -> float | None:
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if math.isfinite(value) and "_" not in cell else None


def _parsed(name: str, text: str, delimiter: str) -> list[list[str]]:
    """Return all rows, including blank lines, so that row numbers are those of the file."""
    try:
        return list(csv.reader(io.StringIO(text.rstrip("\r\n"), newline=""), delimiter=delimiter))
    except csv.Error as error:
        fault = Fault(where=say("fault-where-file"), field="", message=say("points-no-csv", error=error))
        raise DataError(name, [fault]) from error


def _delimiter(first: str, named: Sequence[str]) -> str:
    """Return the delimiter that gives the most of the named columns in the header."""

    def fits(mark: str) -> tuple[int, int]:
        cells = next(csv.reader([first], delimiter=mark), [])
        return len(set(named) & set(cells)), first.count(mark)

    return max(_DELIMITERS, key=fits)


def _padded(name: str, header: Sequence[str], rows: list[list[str]]) -> list[list[str]]:
    """Pad rows to the length of the header; raises DataError for longer ones, whose cells have no column."""
    width, faults, even = len(header), [], []
    for number, row in enumerate(rows, 2):
        if any(row[width:]):
            message = say("points-row-too-long", count=len(row), header=str(width))
            faults.append(Fault(where=_row(number), field="", message=message))
        even.append([*row[:width], *[""] * (width - len(row))])
    if faults:
        raise DataError(name, faults)
    return even


_ADDED: Final = ("country", "province_code", "province", "border_km", "chainage_km", "side")
_SIDE_DECIDED: Final = "side_decided"
_MAX_FAULTS: Final = 200
_MAX_ROWS: Final = 20


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command and its arguments."""
    parser.usage = "%(prog)s POINTS.csv --lon COL --lat COL -o OUT.csv [--uncertainty-km COL] [--prefix TEXT]"
    parser.description = say("help-locate")
    parser.epilog = with_examples(
        say("help-locate-more"),
        "python -m geo locate points.csv --lon lon --lat lat -o located.csv",
        "python -m geo locate acled.csv --lon longitude --lat latitude --prefix located_ -o out.csv",
        "cat points.csv | python -m geo locate - --lon x --lat y --uncertainty-km radius -o - | head",
    )
    parser.add_argument("points", metavar="POINTS.csv", help=say("help-locate-points"))
    parser.add_argument("--lon", required=True, metavar="COL", help=say("help-locate-lon"))
    parser.add_argument("--lat", required=True, metavar="COL", help=say("help-locate-lat"))
    parser.add_argument("--uncertainty-km", metavar="COL", help=say("help-locate-uncertainty"))
    parser.add_argument("--prefix", default="", metavar="TEXT", help=say("help-locate-prefix"))
    parser.add_argument("-o", "--output", required=True, metavar="OUT.csv", help=say("help-output"))


def run(arguments: argparse.Namespace) -> int:
    """Write the file with columns added; return 1 if coordinates are impossible."""
    check_output(arguments.output, [Path(arguments.points)])
    named = [name for name in (arguments.lon, arguments.lat, arguments.uncertainty_km) if name is not None]
    points = PointsFile.parse(arguments.points, _read(arguments.points), named=named)
    added = [arguments.prefix + name for name in (*_ADDED, *((_SIDE_DECIDED,) if arguments.uncertainty_km else ()))]
    taken = [name for name in added if name in points.header]
    if taken:
        raise CommandError.of("--prefix", say("cli-column-taken", file=points.name, column=repr(taken[0])))
    lon, lat, faults = coordinates(points, arguments.lon, arguments.lat)
    radius_km = None
    if arguments.uncertainty_km:
        radius_km, wrong = radii(points, arguments.uncertainty_km)
        faults += wrong
    located = locate(lon, lat, uncertainty_km=radius_km)
    columns = [_as_texts(located[name.removeprefix(arguments.prefix)]) for name in added]
    write_output(arguments.output, points.with_columns(added, columns))
    blank = _without_country(points, (arguments.lon, arguments.lat), located, lon)
    _report(points, faults, blank, nowhere=int(np.isnan(lon).sum()))
    return 1 if faults else 0


def _read(name: str) -> bytes:
    if name == STANDARD_OUTPUT:
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise unreadable(name, error) from error


def _as_texts(column: pd.Series) -> list[str]:
    if column.dtype == float:
        return ["" if np.isnan(value) else f"{value:.3f}" for value in column.to_numpy()]
    if column.dtype == "boolean":
        return ["" if value is pd.NA else str(value).lower() for value in column]
    return column.astype(object).where(column.notna(), "").tolist()


def _without_country(
    points: PointsFile, named: Sequence[str], located: pd.DataFrame, lon: Floats
) -> dict[str, list[int]]:
    """Return the row numbers, counting the header, of rows without a country, by the message that says why."""
    empty = np.array([not any(map(str.strip, cells)) for cells in zip(*map(points.column, named), strict=True)], bool)
    outside = np.isfinite(lon) & located["country"].isna().to_numpy()
    where = {"points-blank": empty, "points-outside": outside}
    return {name: (np.flatnonzero(rows) + 2).tolist() for name, rows in where.items()}


def _report(points: PointsFile, faults: list[Fault], blank: Mapping[str, list[int]], *, nowhere: int) -> None:
    lines = [str(fault) for fault in faults[:_MAX_FAULTS]]
    if len(faults) > _MAX_FAULTS:
        lines.append(say("points-more-faults", count=len(faults) - _MAX_FAULTS))
    for name, rows in blank.items():
        if rows:
            shown = [f"{row:,}" for row in rows[:_MAX_ROWS]]
            shown += [say("cli-and-more", count=len(rows) - _MAX_ROWS)] if len(rows) > _MAX_ROWS else []
            lines.append(say(name, count=len(rows), rows=", ".join(shown)))
    lines.append(say("points-located", file=points.name, rows=len(points.rows), nowhere=nowhere))
    sys.stderr.write("".join(f"{printable(line)}\n" for line in lines))
