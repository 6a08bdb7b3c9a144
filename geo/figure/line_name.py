"""The name of the Durand Line, written along it where it runs straight enough and nothing stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.figure.lettering import ASCENT, DESCENT, Type, Weight
from geo.figure.room import Room
from geo.figure.sheet import Sheet, text_box
from geo.symbols import LIGHT

NAME: Final = "Durand Line"
_SIZE_PT: Final = 8.0
_STEP_MM, _EVERY_MM = 2.0, 110.0
_OFF_MM: Final = (0.0, 2.0, 4.5)
"""How far from the line the name may stand, in this order."""

_STRAIGHT, _CROOKED = 0.7, 0.45
"""How far the line must get beside its name, and how far it may stray there, in the name's length."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineName:
    """A place for the name."""

    at: tuple[float, float]
    """Where the baseline starts, millimetres."""
    rotation: float
    """Degrees, anticlockwise."""
    along: float
    """Of its middle, millimetres from the start of the line."""
    crooked: float
    """How far the line strays beside it, millimetres."""
    style: Type

    def box(self) -> shapely.Polygon:
        """Return the room it takes."""
        return text_box(self.at, NAME, self.style, rotation=self.rotation)

    def draw(self, sheet: Sheet) -> None:
        """Write it."""
        sheet.text(self.at, NAME, self.style, rotation=self.rotation)


def line_names(line: BaseGeometry, room: Room, scale: float, *, avoiding: BaseGeometry) -> tuple[LineName, ...]:
    """Return where the name stands along what is seen of the line: close to it, or else a little off, or nowhere."""
    style = Type(size_pt=_SIZE_PT * scale, colour=LIGHT.durand_line, weight=Weight.SEMIBOLD)
    for off_mm in _OFF_MM:
        names: list[LineName] = []
        for part in getattr(line, "geoms", [line]):
            for name in sorted(_names(part, style, off_mm * scale), key=lambda name: name.crooked):
                near = any(abs(name.along - other.along) < _EVERY_MM * scale for other in names)
                if not near and room.is_free(name.box()) and not name.box().intersects(avoiding):
                    room.take(name.box())
                    names.append(name)
        if names:
            return tuple(names)
    return ()


def _names(line: shapely.LineString, style: Type, off_mm: float) -> Iterator[LineName]:
    """Return where the name could stand, on either side of each stretch as long as it."""
    wide = style.width_mm(NAME)
    for start in np.arange(0, line.length - wide, _STEP_MM):
        stretch = shapely.get_coordinates(shapely.line_interpolate_point(line, np.linspace(start, start + wide, 15)))
        first, last = sorted((stretch[0], stretch[-1]), key=lambda end: float(end[0]))
        chord = float(np.hypot(*(last - first)))
        if chord < _STRAIGHT * wide:
            continue
        ahead = (last - first) / chord
        up = np.array([-ahead[1], ahead[0]])
        off = (stretch - first) @ up
        if np.abs(off).max() > _CROOKED * wide:
            continue
        begin = (first + last) / 2 - ahead * wide / 2
        gap = 0.35 * style.size_mm + off_mm
        for side in (off.max() + gap + DESCENT * style.size_mm, off.min() - gap - ASCENT * style.size_mm):
            x, y = begin + up * side
            yield LineName(
                at=(float(x), float(y)),
                rotation=float(np.degrees(np.arctan2(ahead[1], ahead[0]))),
                along=float(start + wide / 2),
                crooked=float(off.max() - off.min()),
                style=style,
            )
