"""How incidents and the base map look: one definition for the web map, the figure, charts, tables and QGIS.

Sizes are CSS pixels of the web map unless named `mm`, which is on A4. The browser receives what it draws with
(`web_symbols`); nothing under `static/` defines a colour, size or opacity of its own.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from types import MappingProxyType
from typing import Any, Final, Literal

from geo.incident.vocabulary import IMPORTED_ONLY, Border, Category, LocationPrecision, Look, Status
from geo.language.messages import capitalised, list_words

# Shapes: one per category, so that categories can be told apart without colour.


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Outline of a symbol."""

    corners: tuple[tuple[float, float], ...]
    """Vertices, x to the right and y down, enclosing the area of a circle of radius 1."""
    qgis: str
    """Name of the marker in QGIS."""
    qgis_turn_deg: int = 0
    signs: tuple[str, str]
    """The shape as a text character, filled and hollow."""

    @property
    def reach(self) -> float:
        """Distance of the farthest vertex from the centre."""
        return max(math.hypot(x, y) for x, y in self.corners)


_DIAMOND: Final = math.sqrt(math.pi / 2)
_TRIANGLE: Final = math.sqrt(4 * math.pi / (3 * math.sqrt(3)))
_SQUARE: Final = math.sqrt(math.pi) / 2
_SHAPES: Final = {
    "diamond": Shape(
        corners=((0, -_DIAMOND), (_DIAMOND, 0), (0, _DIAMOND), (-_DIAMOND, 0)), qgis="diamond", signs=("◆", "◇")
    ),
    "triangle": Shape(
        corners=tuple(
            (_TRIANGLE * math.sin(turn), _TRIANGLE * math.cos(turn)) for turn in (0, 2 * math.pi / 3, 4 * math.pi / 3)
        ),
        qgis="equilateral_triangle",
        qgis_turn_deg=180,  # points down
        signs=("▼", "▽"),
    ),
    "circle": Shape(
        corners=tuple((math.cos(turn * math.pi / 24), math.sin(turn * math.pi / 24)) for turn in range(48)),
        qgis="circle",
        signs=("●", "○"),
    ),
    "square": Shape(
        corners=((-_SQUARE, -_SQUARE), (_SQUARE, -_SQUARE), (_SQUARE, _SQUARE), (-_SQUARE, _SQUARE)),
        qgis="square",
        signs=("■", "□"),
    ),
}
SHAPES: Final[Mapping[Category, Shape]] = MappingProxyType({each: _SHAPES[each.shape] for each in Category})


# Sizes: the area of a symbol grows with deaths, that of a disc with its number of incidents.

_SMALLEST_PX, _LARGEST_PX, _LARGEST_AT_DEATHS = 12.0, 40.0, 400


def symbol_diameter_px(deaths: int | None) -> float:
    """Return the diameter in pixels, 12 to 40, of a circle whose area grows with the deaths.

    >>> symbol_diameter_px(None), symbol_diameter_px(100), symbol_diameter_px(10_000)
    (12.0, 22.5, 40.0)
    """
    share = min((deaths or 0) / _LARGEST_AT_DEATHS, 1)
    return round(math.sqrt(_SMALLEST_PX**2 + share * (_LARGEST_PX**2 - _SMALLEST_PX**2)), 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stroke:
    """The coloured edge of a hollow symbol: a share of its radius, within limits."""

    share: float = 0.25
    least: float = 2.0
    most: float = 3.2
    chart: float = 0.36
    """Share of the radius in a chart."""
    card: float = 0.28
    """Share of the half-width in a card."""
    qgis: float = 2.0

    def of(self, radius: float) -> float:
        """Return the stroke width for a radius."""
        return max(self.least, min(self.most, radius * self.share))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Disc:
    """A disc for several incidents, with a ring by category and a number."""

    least: float = 9.5
    step: float = 1.4
    """Multiplied by the square root of the number."""
    most: float = 20.0
    """Largest radius to the middle of the ring."""
    edge: float = 2.5
    """Distance from the middle of the ring to the edge of the disc."""
    ring: float = 4.0
    casing: float = 1.5
    large: float = 15.0
    """Radius above which the number is set in larger type."""
    paper_large: float = 17.0
    """The same on paper, for the radius to the edge."""

    def radius(self, incidents: int) -> float:
        """Return the radius to the edge."""
        return float(min(self.least + self.step * math.sqrt(incidents), self.most)) + self.edge


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """A disc for many incidents, which grows with the digits of their number."""

    least: float = 30.0
    tenfold: float = 7.0
    """Added for each digit."""
    most: float = 58.0
    inset: float = 3.25
    """Distance from the edge to the middle of the ring."""
    ring: float = 4.5
    large: float = 18.0

    def diameter(self, incidents: int) -> float:
        """Return the diameter."""
        return min(self.least + self.tenfold * math.log10(incidents), self.most)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Badge:
    """Badge for incidents known only to an area, on the web map: a box with a dashed edge, never a dot."""

    wide: tuple[float, float, float] = (24.0, 28.0, 38.0)
    """Width for one incident, for several, and for a number of more than three characters."""
    high: float = 24.0
    corner: float = 6.0
    casing: float = 4.0
    edge: float = 1.6
    dash: tuple[float, float] = (3.0, 2.2)
    paper_edge: float = 1.5
    paper_dash: tuple[float, float] = (3.2, 2.2)
    symbol: float = 11.0
    """Diameter of the symbol of a single incident."""
    bar_top: float = 6.8
    bar_high: float = 3.0
    bar_margin: float = 10.0
    bar_stroke: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ring:
    """A circle of uncertainty; its edge is dashed around an area, unlike around a point."""

    width: float = 1.0
    mm: float = 0.22
    qgis: float = 0.75
    opacity: float = 0.55
    paper_opacity: float = 0.6
    filling: float = 0.1
    legend_filling: float = 0.12
    dash: tuple[float, float] = (4.0, 3.0)
    dash_mm: tuple[float, float] = (1.2, 0.9)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    """A band along a border segment; on paper wider than the line's pale casing."""

    width: float = 9.0
    mm: float = 2.2
    opacity: float = 0.22
    paper_opacity: float = 0.35
    legend_width: float = 8.0
    legend_opacity: float = 0.3
    qgis_dash: tuple[float, float] = (2.0, 2.0)
    """Used for hollow ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Arrow:
    """Arrow for the direction of a crossing; points up, with y down on the web map and y up on paper."""

    path: str = "M0,24 L0,-17 M-5.5,-15 L0,-25 L5.5,-15 Z"
    size: float = 56.0
    width: float = 2.0
    casing: float = 5.0
    shaft: tuple[tuple[float, float], ...] = ((0.0, -19.0), (0.0, 13.0))
    head: tuple[tuple[float, float], ...] = ((-5.5, 10.0), (0.0, 20.0), (5.5, 10.0))
    reach: float = 20.0
    """From the centre to the tip, on paper."""
    shaft_casing: float = 4.4
    head_casing: float = 1.2


CASING_PX: Final = 1.4
"""Width of the pale edge that separates neighbouring symbols."""
IMPORTED_PX: Final = 1.3
"""Width of the thin line around that edge which marks imported incidents; around a disc it covers their share."""
STROKE: Final = _Stroke()
DISC: Final = _Disc()
GROUP: Final = _Group()
BADGE: Final = _Badge()
RING: Final = _Ring()
STRETCH: Final = _Stretch()
ARROW: Final = _Arrow()
CLUSTER_RADIUS_PX: Final = 32
"""With all marks in the browser, marks closer than this are merged into one disc."""
NUMBER_PX: Final = 11.5, 12.5, 12.0
"""Type size in a disc, in a large disc and in a badge."""


# Statuses: a symbol is filled or hollow. Drawing code tests `status in HOLLOW` and knows no status by name.

_IS_HOLLOW: Final = {Look.SOLID: False, Look.HOLLOW: True}
HOLLOW: Final = tuple(status for status in Status if _IS_HOLLOW[status.look])
"""Statuses drawn hollow; the others are filled."""
HOLLOW_WORDS: Final = list_words([status.label for status in HOLLOW], "or")


AREA_ALPHA: Final = 31
"""Opacity of the area that an incident is known to, in QGIS and KML, 0 to 255."""
KML_LINE_PX: Final = 2
KML_HOLLOW_ALPHA: Final = 110
"""Opacity, 0 to 255, of the pin of an incident drawn hollow elsewhere; a KML file without images cannot do that."""
THIN_COVERAGE: Final = "#C9A24B"
"""Colour, in both schemes, of months with thin coverage on the page about data quality."""
CROSSED: Final = Category.CROSSING
"""Category that gives the arrow of a movement its colour in a legend."""


# Lines on the ground: boundaries, and borders in the style that their entry names.


@dataclass(frozen=True, slots=True, kw_only=True)
class LineStyle:
    """Style of a line in every output."""

    colour: str
    """Name of a field of Palette."""
    width: float
    mm: float
    inset_mm: float
    """Width on the figure's overview map."""
    legend_width: float = 1.6
    legend_mm: float = 0.5
    dash: tuple[float, ...] = ()
    """Dashes and gaps; empty for a solid line."""
    legend_dash: tuple[float, ...] = ()
    """`dash` and `legend_dash` are for the web map; the two below are for paper, in multiples of the line width."""
    dash_widths: tuple[float, ...] = ()
    legend_dash_widths: tuple[float, ...] = ()
    casing: float | None = None
    """Width of the pale casing; a cased line is drawn above all others, with its name along it."""
    casing_mm: float = 0.0
    is_border: bool = True

    def of(self, palette: "Palette") -> str:
        """Return the colour in a palette."""
        colour: str = getattr(palette, self.colour)
        return colour

    def dashes_mm(self, wide_mm: float) -> tuple[float, ...]:
        """Return dashes and gaps for a line width on paper; empty for a solid line."""
        return tuple(wide_mm * times for times in self.dash_widths)


CASING_OPACITY: Final = 0.85
"""Opacity of the casing of lines."""
_BORDER_STYLES: Final = {
    "dashed": LineStyle(
        colour="cased_line",
        width=2.2,
        mm=0.6,
        inset_mm=0.252,
        dash=(8.0, 4.0),
        legend_dash=(5.0, 2.5),
        dash_widths=(4.0, 2.0),
        legend_dash_widths=(3.0, 1.6),
        casing=5.5,
        casing_mm=1.56,
    ),
    "plain": LineStyle(colour="border", width=2.2, mm=0.45, inset_mm=0.168),
}
_CLEAR: Final = {
    "dashed": _BORDER_STYLES["dashed"],
    "plain": replace(_BORDER_STYLES["dashed"], dash=(), legend_dash=(), dash_widths=(), legend_dash_widths=()),
}
"""The same where a map is about the border: as clear as any other."""
LINES: Final[Mapping[str, LineStyle]] = MappingProxyType(
    {
        "province_limit": LineStyle(colour="province_limit", width=0.9, mm=0.18, inset_mm=0.0, is_border=False),
        "other_border": LineStyle(colour="border", width=1.4, mm=0.32, inset_mm=0.168),
        **{border.value: _BORDER_STYLES[border.style] for border in Border},
    }
)
"""By line name in the boundary layers."""


def lines_with(clear: Iterable[Border]) -> Mapping[str, LineStyle]:
    """Return LINES with the given borders drawn as clearly as any other."""
    return {**LINES, **{border.value: _CLEAR[border.style] for border in clear}}


# Colours. Those of the categories remain distinct under deuteranopia, protanopia and tritanopia.


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Colours of a scheme, hexadecimal."""

    scheme: Literal["light", "dark", "grey", "high contrast"]
    casing: str
    """Thin edge that separates neighbouring symbols."""
    paper: str
    """Inside of hollow symbols, and background of panels on the map."""
    text: str
    muted: str
    land: str
    neighbour: str
    sea: str
    province_limit: str
    province_label: str
    town_label: str
    border: str
    cased_line: str
    line_casing: str
    selected: str
    chosen: str
    """Fill of a selected province."""

    def of(self, category: Category) -> str:
        """Return the colour of a category."""
        if self.scheme == "dark":
            return category.dark
        return category.light if self.scheme == "light" else _toned(category, grey=self.scheme == "grey")

    def as_dict(self) -> dict[str, str]:
        """Return the colours by name, those of categories by code."""
        ground = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "scheme"}
        return {category.value: self.of(category) for category in Category} | ground


LIGHT: Final = Palette(
    scheme="light",
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
    cased_line="#2B2B2B",
    line_casing="#FFFFFF",
    selected="#111111",
    chosen="#FBEDC0",
)
DARK: Final = Palette(
    scheme="dark",
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
    cased_line="#E8E4DA",
    line_casing="#14171A",
    selected="#FFFFFF",
    chosen="#3A3524",
)
GREY: Final = Palette(
    scheme="grey",
    casing="#FFFFFF",
    paper="#FFFFFF",
    text="#111111",
    muted="#4D4D4D",
    land="#FAFAFA",
    neighbour="#EBEBEB",
    sea="#DCDCDC",
    province_limit="#BDBDBD",
    province_label="#4D4D4D",
    town_label="#333333",
    border="#7A7A7A",
    cased_line="#111111",
    line_casing="#FFFFFF",
    selected="#000000",
    chosen="#DEDEDE",
)
HIGH_CONTRAST: Final = Palette(
    scheme="high contrast",
    casing="#FFFFFF",
    paper="#FFFFFF",
    text="#000000",
    muted="#1F1F1F",
    land="#FFFFFF",
    neighbour="#E6E6E6",
    sea="#CFCFCF",
    province_limit="#8A8A8A",
    province_label="#1F1F1F",
    town_label="#000000",
    border="#3D3D3D",
    cased_line="#000000",
    line_casing="#FFFFFF",
    selected="#000000",
    chosen="#FFF1B8",
)


def _toned(category: Category, *, grey: bool) -> str:
    """Return a category's colour at a distinct lightness, so that grey copies still show the categories."""
    wanted = tones(len(Category))[list(Category).index(category)]
    if grey:
        return f"#{_to_srgb(wanted):02X}" + f"{_to_srgb(wanted):02X}" * 2
    rgb = [_to_linear(int(category.light[at : at + 2], 16) / 255) for at in (1, 3, 5)]
    has = sum(share * value for share, value in zip(_LUMINANCE, rgb, strict=True))
    mixed = [value * wanted / has if wanted < has else 1 - (1 - value) * (1 - wanted) / (1 - has) for value in rgb]
    return "#" + "".join(f"{_to_srgb(value):02X}" for value in mixed)


def tones(categories: int) -> tuple[float, ...]:
    """Return a luminance for each category, darkest first; raises ValueError below two categories.

    Contrast between neighbours is constant, and the lightest has 3:1 against white. The darkest is black where
    necessary. Five categories still have 1.6:1 between neighbours; six would have 1.46:1, too little to recognise them.

    >>> [round(tone, 3) for tone in tones(5)]
    [0.0, 0.03, 0.078, 0.156, 0.28]
    """
    if categories < 2:  # noqa: PLR2004  # nothing to distinguish
        raise ValueError(f"{categories} categories need no tones; ask for two or more")
    lightest = 0.33
    darkest = max(0.05, min(0.06, lightest / 1.7 ** (categories - 1)))
    return tuple(darkest * (lightest / darkest) ** (step / (categories - 1)) - 0.05 for step in range(categories))


_LUMINANCE: Final = (0.2126, 0.7152, 0.0722)
"""Weights of linear red, green and blue (IEC 61966-2-1)."""


def _to_linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  # IEC 61966-2-1


def _to_srgb(value: float) -> int:
    curved = value * 12.92 if value <= 0.0031308 else 1.055 * max(value, 0) ** (1 / 2.4) - 0.055  # noqa: PLR2004  # the same
    return round(min(max(curved, 0), 1) * 255)


# The sequential ramp of choropleths: one hue from pale to strong, for both schemes. Lightness is evenly spaced, which
# survives colour blindness and grey prints; the hue is none of the categories', so that symbols stand out. “None
# recorded” has the colour of land, outside the ramp.

_LIGHT_RAMPS: Final = {
    1: ("#4C979D",),
    2: ("#CFE3DF", "#0C3F50"),
    3: ("#CFE3DF", "#4C979D", "#0C3F50"),
    4: ("#CFE3DF", "#79B3B3", "#2F7986", "#0C3F50"),
    5: ("#CFE3DF", "#8FC1BE", "#4C979D", "#1F6B7A", "#0C3F50"),
    6: ("#CFE3DF", "#9CC8C5", "#68A8AA", "#3B858F", "#1B6271", "#0C3F50"),
    7: ("#CFE3DF", "#A5CCC9", "#79B3B3", "#4C979D", "#2F7986", "#185C6C", "#0C3F50"),
}
_DARK_RAMPS: Final = {
    1: ("#46909A",),
    2: ("#26424A", "#D3EFEA"),
    3: ("#26424A", "#46909A", "#D3EFEA"),
    4: ("#26424A", "#37747E", "#6FAFB5", "#D3EFEA"),
    5: ("#26424A", "#2F6670", "#46909A", "#83BFC2", "#D3EFEA"),
    6: ("#26424A", "#2D5F68", "#3D7F89", "#5FA3AA", "#93C9CA", "#D3EFEA"),
    7: ("#26424A", "#2C5A63", "#37747E", "#46909A", "#6FAFB5", "#9ECFCF", "#D3EFEA"),
}
"""Ramps of one to seven classes: those of five are given, what lies between their colours is mixed in OKLab."""


def sequential(classes: int, *, dark: bool = False) -> tuple[str, ...]:
    """Return hexadecimal colours for one to seven classes, palest first; raises KeyError for other numbers.

    >>> sequential(3)
    ('#CFE3DF', '#4C979D', '#0C3F50')
    """
    return (_DARK_RAMPS if dark else _LIGHT_RAMPS)[classes]


# What the browser receives.


def web_symbols() -> dict[str, Any]:
    """Return what the map's scripts need to draw incidents and lines."""
    return {
        "shapes": {code.value: [[round(x, 4), round(y, 4)] for x, y in SHAPES[code].corners] for code in Category},
        "categories": [
            {"code": code.value, "label": capitalised(code.label), "rare": code in IMPORTED_ONLY} for code in Category
        ],
        "samples": {"most": Category.CLASH.value, "few": Category.STRIKE.value, "crossed": CROSSED.value},
        "leg": {"weight": 1, "color": "#888", "opacity": 0.7},
        "hollow": {status.value: status in HOLLOW for status in Status},
        "hollow_words": HOLLOW_WORDS,
        "statuses": {status.value: status.label for status in Status},
        "precisions": {known.value: known.label for known in LocationPrecision},
        "lines": {name: asdict(style) for name, style in LINES.items()},
        "line_names": {border.value: border.words for border in Border if LINES[border].casing},
        "casing_opacity": CASING_OPACITY,
        "casing": CASING_PX,
        "imported": IMPORTED_PX,
        "stroke": asdict(STROKE),
        "disc": asdict(DISC),
        "group": asdict(GROUP),
        "badge": asdict(BADGE),
        "ring": asdict(RING),
        "stretch": asdict(STRETCH),
        "arrow": asdict(ARROW),
        "number": NUMBER_PX,
        "cluster_radius": CLUSTER_RADIUS_PX,
    }
