"""How incidents and ground look, defined once for the web map, the figure, the charts and the legend.

Each category has a shape and a colour of its own; the colours stay apart under deuteranopia, protanopia and tritanopia,
and the shapes do without colour. Filled is confirmed or reported, hollow is disputed; the area grows with the deaths.
"""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Final

from geo.vocabulary import Category

_DIAMOND: Final = math.sqrt(math.pi / 2)
_TRIANGLE: Final = math.sqrt(4 * math.pi / (3 * math.sqrt(3)))
_SQUARE: Final = math.sqrt(math.pi) / 2

SHAPES: Final[Mapping[Category, tuple[tuple[float, float], ...]]] = MappingProxyType(
    {
        Category.CROSSING: ((0, -_DIAMOND), (_DIAMOND, 0), (0, _DIAMOND), (-_DIAMOND, 0)),
        Category.STRIKE: tuple(
            (_TRIANGLE * math.sin(turn), _TRIANGLE * math.cos(turn)) for turn in (0, 2 * math.pi / 3, 4 * math.pi / 3)
        ),
        Category.CLASH: tuple((math.cos(turn * math.pi / 24), math.sin(turn * math.pi / 24)) for turn in range(48)),
        Category.OTHER: ((-_SQUARE, -_SQUARE), (_SQUARE, -_SQUARE), (_SQUARE, _SQUARE), (-_SQUARE, _SQUARE)),
    }
)
"""Corners of each shape, x to the right and y down, with the area of a circle of radius 1: diamond, triangle pointing
down, circle, square."""

_SMALLEST_PX, _LARGEST_PX, _LARGEST_AT_DEATHS = 12.0, 40.0, 400


def symbol_diameter_px(deaths: int | None) -> float:
    """Return the diameter of a circle whose area grows with the deaths, 12 to 40 px.

    >>> symbol_diameter_px(None), symbol_diameter_px(100), symbol_diameter_px(10_000)
    (12.0, 22.5, 40.0)
    """
    share = min((deaths or 0) / _LARGEST_AT_DEATHS, 1)
    return round(math.sqrt(_SMALLEST_PX**2 + share * (_LARGEST_PX**2 - _SMALLEST_PX**2)), 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Colours of a scheme, hexadecimal."""

    crossing: str
    strike: str
    clash: str
    other: str
    """Of imported datasets only: quiet beside the three kinds that the map is about."""
    casing: str
    """Thin edge that keeps neighbouring symbols apart."""
    paper: str
    """Inside of a hollow symbol, and of panels on the map."""
    text: str
    muted: str
    land: str
    neighbour: str
    sea: str
    province_limit: str
    province_label: str
    town_label: str
    border: str
    durand_line: str
    durand_casing: str
    selected: str

    def of(self, category: Category) -> str:
        """Return a category's colour."""
        return self.as_dict()[category.value]

    def as_dict(self) -> dict[str, str]:
        """Return names and colours."""
        return asdict(self)


LIGHT: Final = Palette(
    crossing="#0072B2",
    strike="#D55E00",
    clash="#8E3B8A",
    other="#70777D",
    casing="#FFFFFF",
    paper="#FFFFFF",
    text="#26241F",
    muted="#6B675E",
    land="#F6F4EF",
    neighbour="#E9E6DE",
    sea="#DCE5E8",
    province_limit="#CFC9BC",
    province_label="#6B675E",
    town_label="#4A4740",
    border="#8C877B",
    durand_line="#2B2B2B",
    durand_casing="#FFFFFF",
    selected="#111111",
)
DARK: Final = Palette(
    crossing="#56B4E9",
    strike="#FF8C42",
    clash="#D58AD0",
    other="#A4ABB1",
    casing="#14171A",
    paper="#14171A",
    text="#ECE8DF",
    muted="#9AA3AD",
    land="#1E2227",
    neighbour="#191C20",
    sea="#12161B",
    province_limit="#353B43",
    province_label="#9AA3AD",
    town_label="#B6BDC5",
    border="#5B636D",
    durand_line="#E8E4DA",
    durand_casing="#14171A",
    selected="#FFFFFF",
)
