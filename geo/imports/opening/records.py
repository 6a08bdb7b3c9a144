"""Where the rows of delimited bytes end: quoted line ends belong to the value, a stray quotation mark costs one row.

Bytes have to be of an encoding in which the delimiter, quotation marks and line ends are the single bytes of ASCII.
What is decided about a row depends on its own bytes, never on how the file was cut into chunks.
"""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from geo.imports.opening.limits import RECORD_BYTES

LF: Final = ord("\n")
CR: Final = ord("\r")
_QUOTE: Final = ord('"')
_LONGEST: Final = RECORD_BYTES + 1
UNCLOSED: Final = "a quotation mark is opened and not closed properly; double those inside a value, or remove it"
TOO_LONG: Final = f"the row is longer than {RECORD_BYTES // 2**20} MB"


@dataclass(frozen=True, slots=True)
class Ends:
    """Where records end in some bytes; what follows the last end is not complete."""

    ends: npt.NDArray[np.int64]
    """Index after each record's line end; `\\r\\n` ends a record and an empty one."""
    broken: dict[int, str] = field(default_factory=dict)
    """Number of the record, from 0 → why it cannot be read."""


def record_ends(data: bytes, delimiter: str, *, quoted: bool, final: bool) -> Ends:
    """Find the ends of the records in bytes that begin with one, and with `final` end with a line end."""
    array = np.frombuffer(data, np.uint8)
    lines = np.flatnonzero((array == LF) | (array == CR))
    quotes = np.flatnonzero(array == _QUOTE) if quoted else np.empty(0, np.int64)
    if not len(quotes):
        return _checked(lines + 1)
    border = np.zeros(256, np.bool_)
    border[[LF, CR, ord(delimiter)]] = True
    opens = border[array[quotes - 1]] | (quotes == 0)
    followed = border[array[np.minimum(quotes + 1, len(data) - 1)]] | (quotes == len(data) - 1)
    if _paired(quotes, opens, followed):
        ends = lines[np.searchsorted(quotes, lines) % 2 == 0] + 1
        if _longest(ends, len(data)) <= _LONGEST and (not final or len(quotes) % 2 == 0):
            return _checked(ends)
    return _Careful(quotes.tolist(), opens.tolist(), followed.tolist(), lines.tolist(), len(data), final).read()


def first_line_end(data: bytes) -> int:
    """Give the index after the first line end, -1 where there is none."""
    found = [position for position in (data.find(b"\n"), data.find(b"\r")) if position >= 0]
    return min(found, default=-2) + 1


def _paired(quotes: npt.NDArray[np.int64], opens: npt.NDArray[np.bool_], followed: npt.NDArray[np.bool_]) -> bool:
    """Tell whether every other quotation mark opens a value, or goes on with it, and the others close one."""
    doubled = np.flatnonzero(np.diff(quotes) == 1)
    opens, followed = opens.copy(), followed.copy()
    opens[doubled + 1] = True
    followed[doubled] = True
    return bool(opens[0::2].all() and followed[1::2].all())


def _longest(ends: npt.NDArray[np.int64], size: int) -> int:
    return int(np.diff(ends, prepend=0, append=size).max(initial=0))


def _checked(ends: npt.NDArray[np.int64]) -> Ends:
    long = np.flatnonzero(np.diff(ends, prepend=0) > _LONGEST)
    return Ends(ends, dict.fromkeys(long.tolist(), TOO_LONG))


@dataclass(slots=True)
class _Careful:
    """Read quotation marks one by one, as Python's `csv` does, where not all of them come in pairs."""

    quotes: list[int]
    opens: list[bool]
    """Whether a mark stands where a value begins."""
    followed: list[bool]
    """Whether a delimiter, a line end or the end of the bytes comes after it."""
    lines: list[int]
    size: int
    final: bool
    ends: list[int] = field(default_factory=list)
    broken: dict[int, str] = field(default_factory=dict)
    start: int = 0
    quote: int = 0
    line: int = 0

    def read(self) -> Ends:
        """Go through marks and line ends in their order."""
        while self.line < len(self.lines) or self.quote < len(self.quotes):
            if self._line_is_next():
                self._end(self.lines[self.line] + 1)
            elif not self.opens[self.quote]:
                self.quote += 1
            elif not self._value():
                break
        checked = _checked(np.array(self.ends, np.int64))
        return Ends(checked.ends, self.broken | checked.broken)

    def _line_is_next(self) -> bool:
        if self.quote == len(self.quotes):
            return True
        return self.line < len(self.lines) and self.lines[self.line] < self.quotes[self.quote]

    def _end(self, end: int) -> None:
        self.ends.append(end)
        self.start = end
        self.line += 1

    def _value(self) -> bool:
        """Pass over a quoted value, or end its record where it is broken; False where more bytes are needed."""
        close = self._close()
        position = self.quotes[close] if close < len(self.quotes) else self.size
        if not self.final and position >= self.size - 1 and self.size - self.start <= _LONGEST:
            return False
        within = position < self.size and position - self.start <= RECORD_BYTES
        one_line = self.line == len(self.lines) or self.lines[self.line] > position
        if within and (one_line or self.followed[close]):
            self.quote = close + 1
            while self.line < len(self.lines) and self.lines[self.line] < position:
                self.line += 1
            return True
        return self._break()

    def _close(self) -> int:
        """Give the number of the mark that closes the value which the current mark opens."""
        close = self.quote + 1
        while close + 1 < len(self.quotes) and self.quotes[close + 1] == self.quotes[close] + 1:
            close += 2
        return close

    def _break(self) -> bool:
        """End the record with the line on which its value was opened."""
        if self.line == len(self.lines):
            return False
        self.broken[len(self.ends)] = UNCLOSED
        self._end(self.lines[self.line] + 1)
        while self.quote < len(self.quotes) and self.quotes[self.quote] < self.start:
            self.quote += 1
        return True
