"""A sheet of paper to draw on, in millimetres from its lower left corner, and the room on it that is taken."""

from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from io import BytesIO
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely
import shapely.affinity
from fontTools import subset  # type: ignore[import-untyped]  # it has no types
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.text import Text
from shapely.geometry.base import BaseGeometry

from geo.figure.lettering import ASCENT, DESCENT, FONTS_FOLDER, LEADING, MM_PER_PT, Type, font
from geo.figure.options import Paper
from geo.places.plane import Floats
from geo.symbology.symbols import Palette

# The room on the sheet that is taken, so that nothing is put over anything else.


class Room:
    """Shapes on the sheet, millimetres, that later ones must keep off.

    Parameters
    ----------
    within
        Nothing may stick out of it.
    gap_mm
        Least distance between two shapes.

    """

    def __init__(self, within: shapely.Polygon, *, gap_mm: float) -> None:
        self.within = within
        self._gap_mm = gap_mm
        self._taken: list[BaseGeometry] = []

    def take(self, *shapes: BaseGeometry) -> None:
        """Mark room as taken."""
        self._taken += [shape for shape in shapes if not shape.is_empty]

    def is_free(self, shape: BaseGeometry, *, gap_mm: float | None = None) -> bool:
        """Tell whether a shape lies inside and keeps off everything."""
        return self.first_free([shape], gap_mm=gap_mm) is not None

    def first_free(
        self, shapes: Any, *, gap_mm: float | None = None, avoiding: BaseGeometry | None = None
    ) -> int | None:
        """Return the number of the first shape that is free, None if none is; better one that avoids some lines."""
        free = self.free(shapes, gap_mm=gap_mm)
        if avoiding is not None:
            better = free & ~shapely.intersects(avoiding, np.asarray(shapes, object))
            free = better if better.any() else free
        return int(np.argmax(free)) if free.any() else None

    def free(self, shapes: Any, *, gap_mm: float | None = None) -> npt.NDArray[np.bool_]:
        """Tell of each shape whether it lies inside and keeps off everything."""
        candidates = np.asarray(shapes, object)
        fits = shapely.covers(self.within, candidates)
        if self._taken and len(candidates):
            gap = self._gap_mm if gap_mm is None else gap_mm
            hit = shapely.STRtree(self._taken).query(candidates, predicate="dwithin", distance=gap)[0]
            fits[np.unique(hit)] = False
        return np.asarray(fits, bool)

    def overlap(self, shape: BaseGeometry) -> float:
        """Return how much of a shape is taken, square millimetres."""
        return sum(shape.intersection(other).area for other in self._taken if shape.intersects(other))


def spiral(step_mm: float, farthest_mm: float) -> Floats:
    """Return offsets from near to far, twelve directions each, the first of none; shape (n, 2)."""
    away, turn = np.meshgrid(np.arange(1, int(farthest_mm / step_mm) + 1), np.arange(12) * np.pi / 6, indexing="ij")
    around = np.column_stack([(away * np.cos(turn)).ravel(), (away * np.sin(turn)).ravel()])
    return np.concatenate([[(0.0, 0.0)], step_mm * around])


# The shipped fonts inside an SVG, cut down to its characters: its text stays text and looks the same everywhere.
# Without them a viewer that lacks the fonts would set the text in wider ones, and words would run into each other.

_FILES: Final[Mapping[str, Mapping[int, str]]] = {
    "Noto Sans": {400: "NotoSans-Regular.ttf", 600: "NotoSans-SemiBold.ttf", 700: "NotoSans-Bold.ttf"},
    "Noto Sans Arabic": {
        400: "NotoSansArabic-Regular.ttf",
        600: "NotoSansArabic-Bold.ttf",
        700: "NotoSansArabic-Bold.ttf",
    },
}
_OPTIONS: Final = {"flavor": "woff", "layout_features": ["*"], "recalc_timestamp": False, "notdef_outline": True}


def with_fonts(svg: bytes, figure: Figure) -> bytes:
    """Put what a figure's text needs of the fonts into its SVG."""
    faces = "".join(_faces(figure))
    return svg.replace(b"<defs>", f"<defs>\n  <style>{faces}</style>".encode(), 1)


def _faces(figure: Figure) -> Iterator[str]:
    used: defaultdict[int, set[str]] = defaultdict(set)
    for text in figure.findobj(Text):
        if isinstance(text, Text) and text.get_text():
            used[int(text.get_fontweight())] |= set(text.get_text())
    for family, files in _FILES.items():
        for weight, characters in sorted(used.items()):
            if font := _cut_down(files[weight], "".join(sorted(characters))):
                source = f"url(data:font/woff;base64,{b64encode(font).decode()})"
                yield f"@font-face{{font-family:'{family}';font-weight:{weight};src:{source}}}"


@lru_cache(maxsize=32)
def _cut_down(file: str, characters: str) -> bytes:
    """Return a font with some characters only, WOFF; empty if it has none of them. Takes a tenth of a second."""
    options = subset.Options(**_OPTIONS)
    font = subset.load_font(str(FONTS_FOLDER / file), options)
    wanted = {ord(character) for character in characters if not character.isspace()} & set(font.getBestCmap())
    if not wanted:
        return b""
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted | {ord(" ")})
    cutter.subset(font)
    written = BytesIO()
    subset.save_font(font, written, options)
    return written.getvalue()


# A sheet of paper to draw on: millimetres from its lower left corner, type that stays type, nothing outside a clip.

_MM_PER_INCH: Final = 25.4
_ALIGNED: Final = {"left": 0.0, "center": 0.5, "right": 1.0}


class Sheet:
    """A matplotlib figure in millimetres; what is drawn later lies on top."""

    def __init__(self, paper: Paper, palette: Palette) -> None:
        self.paper = paper
        self.palette = palette
        self.scale = paper.scale
        self.figure = Figure(
            figsize=(paper.width_mm / _MM_PER_INCH, paper.height_mm / _MM_PER_INCH), facecolor="#FFFFFF"
        )
        self._axes = self.figure.add_axes((0, 0, 1, 1), xlim=(0, paper.width_mm), ylim=(0, paper.height_mm))
        self._axes.set_axis_off()
        self._order = 0
        self._clip: Rectangle | None = None

    def clip_to(self, box: shapely.Polygon | None) -> None:
        """Draw shapes and lines inside a box only from now on; None for the whole sheet."""
        if box is None:
            self._clip = None
            return
        west, south, east, north = box.bounds
        self._clip = Rectangle((west, south), east - west, north - south, transform=self._axes.transData)

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
        """Stroke lines; `dash_mm` are lengths drawn and left out in turn."""
        parts = [np.asarray(part.coords) for part in getattr(geometry, "geoms", [geometry]) if not part.is_empty]
        width_pt = width_mm / MM_PER_PT
        style: Any = (0, tuple(length / MM_PER_PT / width_pt for length in dash_mm)) if dash_mm else "solid"
        more = {"capstyle": "butt", "joinstyle": "round", **more}
        if parts:
            self._add(LineCollection(parts, colors=colour, linewidths=width_pt, linestyles=style, **more))

    def text(self, at: tuple[float, float], text: str, style: Type, **more: Any) -> None:
        """Write one line on a baseline; `ha` is left unless given, `rotation` in degrees turns it about its start."""
        self._order += 1
        self._axes.text(
            *at,
            text,
            fontproperties=font(style.weight, style.size_pt),
            color=style.colour,
            va="baseline",
            rotation_mode="anchor",
            parse_math=False,
            zorder=self._order,
            **more,
        )

    def _add(self, artist: Any) -> None:
        self._order += 1
        artist.set_zorder(self._order)
        self._axes.add_artist(artist)
        if self._clip is not None:
            artist.set_clip_path(self._clip)


def text_box(
    at: tuple[float, float], text: str, style: Type, *, ha: str = "left", rotation: float = 0
) -> shapely.Polygon:
    """Return the room, millimetres, that `Sheet.text` takes with the same arguments."""
    wide = style.width_mm(text)
    left = at[0] - wide * _ALIGNED[ha]
    flat = shapely.box(left, at[1] - DESCENT * style.size_mm, left + wide, at[1] + ASCENT * style.size_mm)
    return shapely.affinity.rotate(flat, rotation, origin=at) if rotation else flat


def _path(geometry: BaseGeometry) -> Path | None:
    """Return polygons with their holes as one path."""
    rings = [ring for polygon in _polygons(geometry) for ring in (polygon.exterior, *polygon.interiors)]
    paths = []
    for ring in rings:
        corners = np.asarray(ring.coords)
        codes = np.full(len(corners), Path.LINETO, Path.code_type)
        codes[0], codes[-1] = Path.MOVETO, Path.CLOSEPOLY
        paths.append(Path(corners, codes))
    return Path.make_compound_path(*paths) if paths else None


def _polygons(geometry: BaseGeometry) -> Iterable[Any]:
    for part in getattr(geometry, "geoms", [geometry]):
        if part.geom_type in ("MultiPolygon", "GeometryCollection"):
            yield from _polygons(part)
        elif part.geom_type == "Polygon" and not part.is_empty:
            yield part


# Names of several lines as one block.


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
