"""Type on a figure: the shipped fonts, how wide text is, where it breaks."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from matplotlib import font_manager
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

FONTS_FOLDER: Final = Path(__file__).resolve().parents[2] / "static" / "fonts"
FAMILIES: Final = ("Noto Sans", "Noto Sans Arabic", "sans-serif")
"""In a vector file that keeps text as text, the last is what a viewer without the first two falls back to."""

MM_PER_PT: Final = 25.4 / 72
ASCENT, DESCENT = 1.07, 0.30
"""Of a line of text above and below its baseline, in its size: all that a glyph of the shipped fonts may take."""

LEADING: Final = 1.38
"""From line to line, in the size of the type: no glyph can touch the line above."""

_WITHOUT_SEMIBOLD: Final = ("Noto Sans Arabic", "DejaVu Sans")
"""Their bold stands in for it; matplotlib would do the same, but complain each time."""

_ELLIPSIS: Final = "…"


class Weight(Enum):
    """The cuts that are shipped."""

    REGULAR = 400
    SEMIBOLD = 600
    BOLD = 700


@dataclass(frozen=True, slots=True, kw_only=True)
class Type:
    """How words are set."""

    size_pt: float
    colour: str
    weight: Weight = Weight.REGULAR

    @property
    def size_mm(self) -> float:
        """Return the size in millimetres."""
        return self.size_pt * MM_PER_PT

    def width_mm(self, text: str) -> float:
        """Return how wide a line is."""
        return width_mm(text, self.weight, self.size_pt)


@cache
def _register() -> None:
    known = {entry.fname for entry in font_manager.fontManager.ttflist}
    for path in sorted(FONTS_FOLDER.glob("*.ttf")):
        if str(path) not in known:
            font_manager.fontManager.addfont(path)
    for entry in list(font_manager.fontManager.ttflist):
        if entry.name in _WITHOUT_SEMIBOLD and entry.weight == Weight.BOLD.value and entry.style == "normal":
            font_manager.fontManager.ttflist.append(replace(entry, weight=Weight.SEMIBOLD.value))


@cache
def font(weight: Weight, size_pt: float) -> FontProperties:
    """Return a shipped font at a size in points."""
    _register()
    return FontProperties(family=list(FAMILIES), weight=weight.value, size=size_pt)


@lru_cache(maxsize=20_000)
def width_mm(text: str, weight: Weight, size_pt: float) -> float:
    """Return how wide a line of text is."""
    return float(text_to_path.get_text_width_height_descent(text, font(weight, size_pt), ismath=False)[0]) * MM_PER_PT


def wrap(text: str, weight: Weight, size_pt: float, within_mm: float) -> list[str]:
    """Break text into lines no wider than given; a word that is wider by itself is broken too."""
    lines: list[str] = []
    for paragraph in text.splitlines():
        line = ""
        for word in _breakable(paragraph.split(), weight, size_pt, within_mm):
            longer = f"{line} {word}" if line else word
            if line and width_mm(longer, weight, size_pt) > within_mm:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return lines


def _breakable(words: Iterable[str], weight: Weight, size_pt: float, within_mm: float) -> Iterable[str]:
    for word in words:
        rest = word
        while len(rest) > 1 and width_mm(rest, weight, size_pt) > within_mm:
            fits = max(_longest(rest, weight, size_pt, within_mm), 1)
            yield rest[:fits]
            rest = rest[fits:]
        yield rest


def _longest(text: str, weight: Weight, size_pt: float, within_mm: float) -> int:
    """Return how many characters from the start fit, by halving."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if width_mm(text[:middle], weight, size_pt) <= within_mm else (low, middle - 1)
    return low


def cut(text: str, weight: Weight, size_pt: float, within_mm: float) -> str:
    """Shorten a line to a width, with an ellipsis where something is left out."""
    if width_mm(text, weight, size_pt) <= within_mm:
        return text
    room = within_mm - width_mm(_ELLIPSIS, weight, size_pt)
    return text[: _longest(text, weight, size_pt, room)].rstrip() + _ELLIPSIS


def fitted(
    text: str, weight: Weight, sizes_pt: Iterable[float], *, within_mm: float, lines: int
) -> tuple[list[str], float]:
    """Set text in the first of some sizes in which it takes no more lines than given; in the last it is cut."""
    broken: list[str] = []
    size_pt = 0.0
    for size_pt in sizes_pt:
        broken = wrap(text, weight, size_pt, within_mm)
        if len(broken) <= lines:
            return broken, size_pt
    rest = " ".join(broken[lines - 1 :])
    return [*broken[: lines - 1], cut(rest, weight, size_pt, within_mm)], size_pt
