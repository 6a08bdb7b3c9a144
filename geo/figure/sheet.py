"""A sheet of paper to draw on, in millimetres from its lower left corner: type, text layout, free room, map frame."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache, lru_cache
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt
import shapely
import shapely.affinity
from matplotlib import font_manager
from matplotlib.artist import Artist
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path as Outline
from matplotlib.text import Text
from matplotlib.textpath import TextPath, text_to_path
from matplotlib.transforms import Affine2D
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from geo import PROGRAM_FOLDER
from geo.figure.options import Paper
from geo.places.plane import CONFORMAL, GEOD, TO_PLANE, WGS84, BBox, Floats, circles
from geo.symbology.symbols import Palette

FONTS_FOLDER: Final = PROGRAM_FOLDER / "static" / "fonts"
FAMILIES: Final = ("Noto Sans", "Noto Sans Arabic", "sans-serif")
"""The last is the fallback for viewers of vector files that lack the first two."""

MM_PER_PT: Final = 25.4 / 72
ASCENT, DESCENT = 1.07, 0.30
"""Greatest extent of any glyph of the shipped fonts above and below the baseline, as multiples of the type size."""

CAP_HEIGHT: Final = 0.714
"""Height of capitals and digits, as a multiple of the type size."""

LEADING: Final = 1.38
"""Distance of baselines at which no glyph can touch the line above, as a multiple of the type size."""

TIGHT: Final = 1.19
"""Distance of baselines for small type in several lines, as a multiple of the type size."""

_PARAGRAPH: Final = 0.35
"""Extra space between paragraphs, as a multiple of the leading."""

_WITHOUT_SEMIBOLD: Final = ("Noto Sans Arabic", "DejaVu Sans")
"""Fonts whose bold is registered as semibold; matplotlib would substitute it too, but warn each time."""

_KERNING_MM: Final = 0.05
"""How much wider a line may be than the sum of its words and spaces."""

ELLIPSIS: Final = "…"


class Weight(Enum):
    """Weights of the shipped fonts."""

    REGULAR = 400
    SEMIBOLD = 600
    BOLD = 700


@dataclass(frozen=True, slots=True, kw_only=True)
class Type:
    """Size, colour and weight of text."""

    size_pt: float
    colour: str
    weight: Weight = Weight.REGULAR

    @property
    def size_mm(self) -> float:
        """Size in millimetres."""
        return self.size_pt * MM_PER_PT

    def width_mm(self, text: str) -> float:
        """Return the width of a line of text in millimetres."""
        return width_mm(text, self.weight, self.size_pt)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBlock:
    """Text broken into lines."""

    lines: tuple[str, ...]
    style: Type
    leading: float = LEADING
    begins: tuple[int, ...] = ()
    """Indices of the lines that begin a new paragraph, without the first."""

    @property
    def leading_mm(self) -> float:
        """Distance from baseline to baseline."""
        return self.leading * self.style.size_mm

    @property
    def high_mm(self) -> float:
        """Total height."""
        return self.below_mm(len(self.lines))

    def below_mm(self, line: int) -> float:
        """Return the distance from the top to the beginning of a line, by index."""
        return (line + _PARAGRAPH * sum(begin <= line for begin in self.begins)) * self.leading_mm

    @property
    def wide_mm(self) -> float:
        """Width of the widest line."""
        return max(self.style.width_mm(line) for line in self.lines)

    @classmethod
    def wrapped(cls, text: str, style: Type, within_mm: float) -> Self:
        """Break text into lines of at most a given width."""
        return cls(lines=tuple(wrap(text, style.weight, style.size_pt, within_mm)), style=style)


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
    """Return the width of a line of text in millimetres."""
    return float(text_to_path.get_text_width_height_descent(text, font(weight, size_pt), ismath=False)[0]) * MM_PER_PT


def wrap(text: str, weight: Weight, size_pt: float, within_mm: float) -> list[str]:
    """Break text into lines of at most a given width; words wider than that are broken too."""
    lines: list[str] = []
    space = width_mm("n n", weight, size_pt) - 2 * width_mm("n", weight, size_pt)
    for paragraph in text.splitlines():
        line, wide = "", 0.0
        for word in _breakable(paragraph.split(), weight, size_pt, within_mm):
            alone = width_mm(word, weight, size_pt)
            if line and wide + space + alone > within_mm - _KERNING_MM:
                lines.append(line)
                line, wide = word, alone
            else:
                line, wide = (f"{line} {word}", wide + space + alone) if line else (word, alone)
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
    """Return how many leading characters fit, by bisection."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if width_mm(text[:middle], weight, size_pt) <= within_mm else (low, middle - 1)
    return low


def cut(text: str, weight: Weight, size_pt: float, within_mm: float) -> str:
    """Shorten a line to a width, with an ellipsis if anything is cut."""
    if width_mm(text, weight, size_pt) <= within_mm:
        return text
    room = within_mm - width_mm(ELLIPSIS, weight, size_pt)
    return text[: _longest(text, weight, size_pt, room)].rstrip() + ELLIPSIS


def fitted(
    text: str, weight: Weight, sizes_pt: Iterable[float], *, within_mm: float, lines: int
) -> tuple[list[str], float]:
    """Break text in the first of the sizes in which it fits into a number of lines; in the last one it is cut.

    Returns the lines and their size in points.
    """
    broken: list[str] = []
    size_pt = 0.0
    for size_pt in sizes_pt:
        broken = wrap(text, weight, size_pt, within_mm)
        if len(broken) <= lines:
            return broken, size_pt
    rest = " ".join(broken[lines - 1 :])
    return [*broken[: lines - 1], cut(rest, weight, size_pt, within_mm)], size_pt


class Room:
    """The room taken on a sheet, as shapes in millimetres that later ones must not touch.

    Parameters
    ----------
    within
        Shapes must lie inside it.
    gap_mm
        Default least distance between two shapes.

    """

    def __init__(self, within: shapely.Polygon, *, gap_mm: float) -> None:
        self.within = within
        self._gap_mm = gap_mm
        self._taken: list[BaseGeometry] = []

    def take(self, *shapes: BaseGeometry) -> None:
        """Mark shapes as taken."""
        self._taken += [shape for shape in shapes if not shape.is_empty]

    @property
    def taken(self) -> tuple[BaseGeometry, ...]:
        """The shapes that are taken."""
        return tuple(self._taken)

    def is_free(self, shape: BaseGeometry, *, gap_mm: float | None = None) -> bool:
        """Return whether a shape lies inside and keeps its distance from all that is taken."""
        return self.first_free([shape], gap_mm=gap_mm) is not None

    def first_free(
        self, shapes: Any, *, gap_mm: float | None = None, avoiding: BaseGeometry | None = None
    ) -> int | None:
        """Return the index of the first free shape, preferably one that avoids a geometry; None if none is free."""
        free = self.free(shapes, gap_mm=gap_mm)
        if avoiding is not None:
            better = free & ~shapely.intersects(avoiding, np.asarray(shapes, object))
            free = better if better.any() else free
        return int(np.argmax(free)) if free.any() else None

    def free(self, shapes: Any, *, gap_mm: float | None = None) -> npt.NDArray[np.bool_]:
        """Return for each shape whether it lies inside and keeps its distance from all that is taken."""
        candidates = np.asarray(shapes, object)
        fits = shapely.covers(self.within, candidates)
        if self._taken and len(candidates):
            gap = self._gap_mm if gap_mm is None else gap_mm
            hit = shapely.STRtree(self._taken).query(candidates, predicate="dwithin", distance=gap)[0]
            fits[np.unique(hit)] = False
        return np.asarray(fits, bool)

    def overlap(self, shape: BaseGeometry) -> float:
        """Return how much of a shape is taken, in square millimetres."""
        return sum(shape.intersection(other).area for other in self._taken if shape.intersects(other))


def spiral(step_mm: float, farthest_mm: float) -> Floats:
    """Return offsets from near to far, starting with (0, 0), in twelve directions per step; shape (n, 2)."""
    away, turn = np.meshgrid(np.arange(1, int(farthest_mm / step_mm) + 1), np.arange(12) * np.pi / 6, indexing="ij")
    around = np.column_stack([(away * np.cos(turn)).ravel(), (away * np.sin(turn)).ravel()])
    return np.concatenate([[(0.0, 0.0)], step_mm * around])


_MM_PER_INCH: Final = 25.4
GROUPS: Final = (
    "ground",
    "provinces",
    "border-casings",
    "areas",
    "borders",
    "places",
    "labels",
    "incidents",
    "legend",
    "furniture",
)
"""Groups of a figure, lowest first; they appear by name in an SVG."""
_HALO: Final = 0.32
"""Stroke width of the halo around letters, as a multiple of the type size; half of it is visible."""
ALIGNED: Final = {"left": 0.0, "center": 0.5, "right": 1.0}


class Sheet:
    """A matplotlib figure in millimetres, drawn in GROUPS; within a group, later shapes lie on top."""

    def __init__(self, paper: Paper, palette: Palette, scale: float) -> None:
        self.paper = paper
        self.palette = palette
        self.scale = scale
        self.figure = Figure(
            figsize=(paper.width_mm / _MM_PER_INCH, paper.height_mm / _MM_PER_INCH), facecolor="#FFFFFF"
        )
        self._to_dots = Affine2D().scale(1 / _MM_PER_INCH) + self.figure.dpi_scale_trans
        self._groups = {name: _Group(name, order) for order, name in enumerate(GROUPS)}
        for group in self._groups.values():
            self.figure.add_artist(group)
        self._group = self._groups[GROUPS[0]]
        self._clip: Rectangle | None = None

    def group(self, name: str) -> None:
        """Draw into one of GROUPS from now on; raises KeyError for another name."""
        self._group = self._groups[name]

    def clip_to(self, box: shapely.Polygon | None) -> None:
        """Clip shapes and lines to a box from now on; None removes the clip."""
        if box is None:
            self._clip = None
            return
        west, south, east, north = box.bounds
        self._clip = Rectangle((west, south), east - west, north - south, transform=self._to_dots)

    def shape(
        self,
        geometry: BaseGeometry,
        *,
        fill: str | None = None,
        edge: str | None = None,
        width_mm: float = 0.0,
        **more: Any,
    ) -> None:
        """Fill a polygon, stroke its edge, or both."""
        path = _path(geometry)
        if path is None:
            return
        more = {"joinstyle": "round", **more}
        patch = PathPatch(
            path,
            facecolor=fill or "none",
            edgecolor=edge or "none",
            linewidth=width_mm / MM_PER_PT if edge else 0,
            **more,
        )
        self._add(patch)

    def lines(
        self, geometry: BaseGeometry, *, colour: str, width_mm: float, dash_mm: tuple[float, ...] = (), **more: Any
    ) -> None:
        """Stroke lines; `dash_mm` are the lengths of dashes and gaps in turn."""
        parts = [np.asarray(part.coords) for part in getattr(geometry, "geoms", [geometry]) if not part.is_empty]
        width_pt = width_mm / MM_PER_PT
        style: Any = (0, tuple(length / MM_PER_PT / width_pt for length in dash_mm)) if dash_mm else "solid"
        more = {"capstyle": "butt", "joinstyle": "round", **more}
        if parts:
            self._add(LineCollection(parts, colors=colour, linewidths=width_pt, linestyles=style, **more))

    def text(self, at: tuple[float, float], text: str, style: Type, **more: Any) -> None:
        """Write one line at a point of its baseline; `ha` is left by default, `rotation` in degrees about the point."""
        self._add(
            Text(
                *at,
                text,
                fontproperties=font(style.weight, style.size_pt),
                color=style.colour,
                va="baseline",
                rotation_mode="anchor",
                parse_math=False,
                **more,
            ),
            clipped=False,
        )

    def halo(self, at: tuple[float, float], text: str, style: Type, *, ha: str = "left") -> None:
        """Draw a halo for the letters that `text` writes with the same arguments; call it first."""
        letters = TextPath((0, 0), text, prop=font(style.weight, style.size_pt))
        left = at[0] - style.width_mm(text) * ALIGNED[ha]
        placed = Affine2D().scale(MM_PER_PT).translate(left, at[1]).transform_path(letters)
        width_pt = _HALO * style.size_mm / MM_PER_PT
        edge: dict[str, Any] = {"facecolor": "none", "edgecolor": self.palette.land, "linewidth": width_pt}
        self._add(PathPatch(placed, joinstyle="round", **edge))

    def write(self, left: float, top: float, words: TextBlock) -> float:
        """Write lines from their top left corner; return the y coordinate below them."""
        for number, line in enumerate(words.lines):
            self.text((left, top - words.below_mm(number) - 0.75 * words.leading_mm), line, words.style)
        return top - words.high_mm

    def _add(self, artist: Any, *, clipped: bool = True) -> None:
        artist.set_transform(self._to_dots)
        artist.set_figure(self.figure)
        if clipped and self._clip is not None:
            artist.set_clip_path(self._clip)
        self._group.parts.append(artist)


class _Group(Artist):
    """Artists drawn together; in an SVG, a group with a name."""

    def __init__(self, name: str, order: int) -> None:
        super().__init__()
        self.set_gid(name)
        self.set_zorder(order)
        self.parts: list[Artist] = []

    def get_children(self) -> list[Artist]:
        """Return the artists of the group."""
        return self.parts

    def draw(self, renderer: Any) -> None:
        """Draw all artists of the group."""
        if self.parts:
            renderer.open_group("group", gid=self.get_gid())
            for part in self.parts:
                part.draw(renderer)
            renderer.close_group("group")


def text_box(
    at: tuple[float, float], text: str, style: Type, *, ha: str = "left", rotation: float = 0
) -> shapely.Polygon:
    """Return the box, in millimetres, that `Sheet.text` fills with the same arguments."""
    wide = style.width_mm(text)
    left = at[0] - wide * ALIGNED[ha]
    flat = shapely.box(left, at[1] - DESCENT * style.size_mm, left + wide, at[1] + ASCENT * style.size_mm)
    return shapely.affinity.rotate(flat, rotation, origin=at) if rotation else flat


def _path(geometry: BaseGeometry) -> Outline | None:
    """Return polygons with their holes as one path; None if there are none."""
    rings = [ring for polygon in _polygons(geometry) for ring in (polygon.exterior, *polygon.interiors)]
    paths = []
    for ring in rings:
        corners = np.asarray(ring.coords)
        codes = np.full(len(corners), Outline.LINETO, Outline.code_type)
        codes[0], codes[-1] = Outline.MOVETO, Outline.CLOSEPOLY
        paths.append(Outline(corners, codes))
    return Outline.make_compound_path(*paths) if paths else None


def _polygons(geometry: BaseGeometry) -> Iterable[Any]:
    for part in getattr(geometry, "geoms", [geometry]):
        if part.geom_type in ("MultiPolygon", "GeometryCollection"):
            yield from _polygons(part)
        elif part.geom_type == "Polygon" and not part.is_empty:
            yield part


def broken(name: str) -> Iterable[tuple[str, ...]]:
    """Yield ways to break a name: on one line, on two of about equal length, one word per line."""
    words = name.split()
    yield (name,)
    if len(words) > 1:
        breaks = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
        yield min(breaks, key=lambda pair: max(map(len, pair)))
    if len(words) > 2:  # noqa: PLR2004  # otherwise the same as before
        yield tuple(words)


def blocks(lines: Sequence[str], middles: Floats, style: Type) -> Any:
    """Return the boxes, shape (n,), of a block of lines centred at each of some points, shape (n, 2)."""
    x, y = middles.T
    half_wide = max(style.width_mm(line) for line in lines) / 2
    half_high = ((len(lines) - 1) * LEADING + ASCENT + DESCENT) / 2 * style.size_mm
    return shapely.box(x - half_wide, y - half_high, x + half_wide, y + half_high)


def _baselines(lines: int, y: float, style: Type) -> list[float]:
    """Return the baselines of a block of lines whose middle, from ascent to descent, is at `y`."""
    top = y + ((lines - 1) / 2 * LEADING - (ASCENT - DESCENT) / 2) * style.size_mm
    return [top - number * LEADING * style.size_mm for number in range(lines)]


def write_block(sheet: Sheet, lines: Sequence[str], middle: shapely.Point, style: Type, *, halo: bool = False) -> None:
    """Write lines as a block centred at a point."""
    for line, y in zip(lines, _baselines(len(lines), middle.y, style), strict=True):
        if halo:
            sheet.halo((middle.x, y), line, style, ha="center")
        sheet.text((middle.x, y), line, style, ha="center")


_TO_EARTH: Final = Transformer.from_crs(CONFORMAL, WGS84, always_xy=True)
_BREATHING: Final = 1.02
"""Factor by which the ground shown is larger than the view, so that the view does not touch the frame."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The map's rectangle on the sheet and the ground it shows, in the CONFORMAL projection; contains `view`."""

    view: BBox
    box: shapely.Polygon
    """Rectangle on the sheet, millimetres."""
    centre_m: tuple[float, float]
    """Coordinates in CONFORMAL of the middle of the box."""
    m_per_mm: float

    @classmethod
    def around(cls, view: BBox, box: shapely.Polygon, *, widened: float = 1.0) -> Self:
        """Fit a view into a box; `widened` zooms out by a factor."""
        west, south, east, north = plane_bounds(view)
        left, bottom, right, top = box.bounds
        return cls(
            view=view,
            box=box,
            centre_m=((west + east) / 2, (south + north) / 2),
            m_per_mm=max((east - west) / (right - left), (north - south) / (top - bottom)) * widened * _BREATHING,
        )

    def __str__(self) -> str:
        """Write the view, from which the same options make the same frame."""
        return str(self.view)

    def contains(self, lon: float, lat: float) -> bool:
        """Return whether a location lies on the map."""
        return bool(shapely.covers(self.box, shapely.Point(self.on_sheet(lon, lat))))

    def holds_each(self, lon: Floats, lat: Floats) -> npt.NDArray[np.bool_]:
        """Return for each location, shape (n,), whether it lies on the map."""
        x, y = self.to_sheet_mm(to_plane(np.column_stack([lon, lat]))).T
        left, bottom, right, top = self.box.bounds
        return np.asarray((left <= x) & (x <= right) & (bottom <= y) & (y <= top), bool)

    def on_sheet(self, lon: float, lat: float) -> tuple[float, float]:
        """Project a location onto the sheet, millimetres."""
        x, y = self.to_sheet_mm(np.asarray([TO_PLANE.transform(lon, lat)], float))[0]
        return float(x), float(y)

    def placed(self, geometry: BaseGeometry) -> BaseGeometry:
        """Project a WGS84 geometry onto the sheet."""
        return shapely.transform(geometry, lambda lon_lat: self.to_sheet_mm(to_plane(lon_lat)))

    def to_sheet_mm(self, xy: Floats) -> Floats:
        """Convert coordinates in metres of CONFORMAL, shape (n, 2), to millimetres on the sheet."""
        return (xy - self.centre_m) / self.m_per_mm + self._middle

    def circle(self, lon: float, lat: float, radius_km: float) -> shapely.Polygon:
        """Return a circle on the ground, projected onto the sheet."""
        return shapely.Polygon(self.to_sheet_mm(to_plane(circles([lon], [lat], [radius_km], corners=72)[0])))

    def shown_m(self, margin_mm: float = 5.0) -> shapely.Polygon:
        """Return the ground of the map with a margin, in metres of CONFORMAL."""
        left, bottom, right, top = self.box.bounds
        half_x, half_y = (right - left) / 2 + margin_mm, (top - bottom) / 2 + margin_mm
        (x, y), scale = self.centre_m, self.m_per_mm
        return shapely.box(x - half_x * scale, y - half_y * scale, x + half_x * scale, y + half_y * scale)

    def mm_per_km(self) -> float:
        """Return the true scale at the map's centre, measured on the ellipsoid."""
        x, y = self.centre_m
        half = 20 * self.m_per_mm
        west, east = (_TO_EARTH.transform(x + side, y) for side in (-half, half))
        ground_m = float(GEOD.inv(*west, *east)[2])
        return 40 / (ground_m / 1000)

    def north_deg(self, lon: float, lat: float) -> float:
        """Return the direction of true north at a location, in degrees clockwise from up on the sheet."""
        here, there = self.on_sheet(lon, lat), self.on_sheet(lon, lat + 0.1)
        return float(np.degrees(np.arctan2(there[0] - here[0], there[1] - here[1])))

    def earth(self, x: float, y: float) -> tuple[float, float]:
        """Return lon, lat of a point on the sheet."""
        xy = (np.asarray([x, y]) - self._middle) * self.m_per_mm + self.centre_m
        lon, lat = _TO_EARTH.transform(*xy)
        return float(lon), float(lat)

    @property
    def _middle(self) -> tuple[float, float]:
        left, bottom, right, top = self.box.bounds
        return (left + right) / 2, (bottom + top) / 2


def plane_bounds(view: BBox) -> tuple[float, float, float, float]:
    """Return the bounds (west, south, east, north) of a view in metres of CONFORMAL."""
    outline = shapely.transform(shapely.segmentize(view.polygon(), 0.5), to_plane)
    west, south, east, north = outline.bounds
    return west, south, east, north


def to_plane(lon_lat: Any) -> Floats:
    """Project lon, lat in degrees, shape (n, 2), to metres of CONFORMAL."""
    return np.column_stack(TO_PLANE.transform(lon_lat[:, 0], lon_lat[:, 1]))
