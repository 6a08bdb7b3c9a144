"""A sheet of paper to draw on: millimetres from its lower left corner, type that stays type, nothing outside a clip."""

from collections.abc import Iterable
from typing import Any, Final

import numpy as np
import shapely
import shapely.affinity
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from shapely.geometry.base import BaseGeometry

from geo.figure.lettering import ASCENT, DESCENT, MM_PER_PT, Type, font
from geo.figure.options import Paper
from geo.symbols import Palette

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
