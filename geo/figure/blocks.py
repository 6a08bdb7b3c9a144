"""Names of several lines as one block."""

from collections.abc import Iterable, Sequence
from typing import Any

import shapely

from geo.figure.lettering import ASCENT, DESCENT, LEADING, Type
from geo.figure.sheet import Sheet
from geo.geodesy import Floats


def broken(name: str) -> Iterable[tuple[str, ...]]:
    """Return a name on one line, then on two of about equal length, then a word to a line."""
    words = name.split()
    yield (name,)
    if len(words) > 1:
        breaks = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
        yield min(breaks, key=lambda pair: max(map(len, pair)))
    if len(words) > 2:  # noqa: PLR2004  # otherwise the same as before
        yield tuple(words)


def blocks(lines: Sequence[str], middles: Floats, style: Type) -> Any:
    """Return the room that lines take around each of some places, shape (n, 2)."""
    x, y = middles.T
    half_wide = max(style.width_mm(line) for line in lines) / 2
    half_high = ((len(lines) - 1) * LEADING + ASCENT + DESCENT) / 2 * style.size_mm
    return shapely.box(x - half_wide, y - half_high, x + half_wide, y + half_high)


def _baselines(lines: int, y: float, style: Type) -> list[float]:
    """Return where lines stand whose block, from ascent to descent, has its middle at a height."""
    top = y + ((lines - 1) / 2 * LEADING - (ASCENT - DESCENT) / 2) * style.size_mm
    return [top - number * LEADING * style.size_mm for number in range(lines)]


def write_block(sheet: Sheet, lines: Sequence[str], middle: shapely.Point, style: Type) -> None:
    """Write lines around the middle of their block."""
    for line, y in zip(lines, _baselines(len(lines), middle.y, style), strict=True):
        sheet.text((middle.x, y), line, style, ha="center")
