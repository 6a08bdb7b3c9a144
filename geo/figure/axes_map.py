"""The map of a selection on somebody's own matplotlib axes, with the ground, the marks and the words of the figure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely
from matplotlib.axes import Axes
from matplotlib.transforms import Affine2D

from geo.export.manifest import manifest
from geo.figure.drawing import Scene
from geo.figure.ground import (
    Names,
    cased_borders,
    draw_borders,
    draw_casings,
    draw_circles,
    draw_ground,
    draw_stretches,
    line_names,
    outlines_near,
)
from geo.figure.options import Paper, Style, chosen_provinces, ground_shown
from geo.figure.panels import size_words
from geo.figure.paper_marks import draw_leader, draw_mark
from geo.figure.sheet import Frame, Lines, Room, Sheet, Type, font
from geo.places.boundaries import BOUNDARY_NOTE, Boundaries
from geo.places.plane import TO_PLANE, BBox, Floats
from geo.render.left_out import LeftOut
from geo.selection.filters import Filters
from geo.table.incident_table import IncidentTable

_MM_PER_INCH: Final = 25.4
_LEAST_MM: Final = 30.0
_NOTE_PT: Final = 6.0
_NOTE_BELOW_PT: Final = -6.0
_NOTE_WIDE: Final = 0.95
"""Of the axes: at a low resolution letters are a little wider than on paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AxesMap:
    """A map that is drawn on axes; the axes' own coordinates are metres on the plane of `geo.places.plane.CONFORMAL`.

    So `frame.to_crs(CONFORMAL).plot(ax=axes)` draws more onto it.
    """

    axes: Axes
    notes: str
    """What the map shows and leaves out, what sizes of symbols mean, whose data and borders these are."""

    def at(self, lon: npt.ArrayLike, lat: npt.ArrayLike) -> tuple[Floats, Floats]:
        """Return where places lie in the axes' coordinates, shape (n,); `lon` and `lat` are degrees, WGS84."""
        x, y = TO_PLANE.transform(np.asarray(lon, float), np.asarray(lat, float))
        return np.asarray(x, float), np.asarray(y, float)


def draw_on_axes(  # noqa: PLR0913  # what there is to choose of a map
    axes: Axes,
    filters: Filters,
    table: IncidentTable,
    layers: Boundaries,
    *,
    view: str | BBox | None = None,
    style: Style | str = Style.COLOUR,
    noted: bool = True,
) -> AxesMap:
    """Draw the map of a selection, of any number of incidents, on axes of their size as it is now.

    Symbols are those of the web map and of the figure. There is no legend: `geo.figure.drawing.figure` has one.

    Parameters
    ----------
    axes
        At least 30 mm wide and high. Their limits, ticks and aspect are set; what is drawn on them later lies on top.
    filters, table, layers
        Which incidents, of which, on which ground.
    view
        The extent, a name of EXTENTS or a box in degrees, WGS84; None for that of the selected incidents.
    style
        Colour, grey or high contrast.
    noted
        Whether the notes are written below the axes. Who leaves them out says them elsewhere.

    Raises
    ------
    ValueError
        The axes are too small, or there is no such style.
    KeyError
        There is no such extent.

    """
    palette = Style(style).palette
    wide, high = _size_mm(axes)
    if min(wide, high) < _LEAST_MM:
        raise ValueError(f"the axes are {wide:.0f} by {high:.0f} mm; a map needs {_LEAST_MM:.0f} each way")
    frame = Frame.around(ground_shown(view, filters, table, layers), shapely.box(0, 0, wide, high))
    paper = Paper(width_mm=wide, height_mm=high, margin_mm=0, scale=1, title_pt=12)
    sheet = _AxesSheet(paper, palette, axes, frame)
    marks = table.marks(filters)
    scene = Scene.of_many(table.spots(filters), frame, 1.0) if marks is None else Scene.of(marks, frame, 1.0)
    _draw(sheet, scene, chosen_provinces(filters, layers), layers)
    made = manifest(filters, table, layers, view=frame)
    notes = " ".join(_notes(made, scene, table))
    if noted:
        small = Type(size_pt=_NOTE_PT, colour=palette.muted)
        axes.annotate(
            "\n".join(Lines.wrapped(notes, small, wide * _NOTE_WIDE).lines),
            (0, 0),
            (0, _NOTE_BELOW_PT),
            xycoords="axes fraction",
            textcoords="offset points",
            va="top",
            color=palette.muted,
            fontproperties=font(small.weight, small.size_pt),
            parse_math=False,
        )
    return AxesMap(axes=axes, notes=notes)


def _size_mm(axes: Axes) -> tuple[float, float]:
    figure = axes.get_figure(root=True)
    if figure is None:
        raise ValueError("the axes stand in no figure")
    wide, high = axes.bbox.size
    return float(wide) / figure.dpi * _MM_PER_INCH, float(high) / figure.dpi * _MM_PER_INCH


class _AxesSheet(Sheet):
    """A sheet that lies on axes: its millimetres are those of the axes as they were, and grow with them."""

    def __init__(self, paper: Paper, palette: Any, axes: Axes, frame: Frame) -> None:
        super().__init__(paper, palette, 1.0)
        self.figure = axes.get_figure(root=True)  # type: ignore[assignment]  # they stand in one
        (x, y), scale = frame.centre_m, frame.m_per_mm
        half_x, half_y = paper.width_mm / 2, paper.height_mm / 2
        axes.set(xlim=(x - half_x * scale, x + half_x * scale), ylim=(y - half_y * scale, y + half_y * scale))
        axes.set(xticks=[], yticks=[], aspect="equal", autoscale_on=False)
        self._to_dots = Affine2D().translate(-half_x, -half_y).scale(scale).translate(x, y) + axes.transData
        for order, group in enumerate(self._groups.values()):
            group.remove()
            group.set_zorder(order / len(self._groups))  # below whatever else is drawn
            group.set_in_layout(False)
            axes.add_artist(group)


def _draw(sheet: Sheet, scene: Scene, chosen: tuple[str, ...], layers: Boundaries) -> None:
    frame = scene.frame
    sheet.clip_to(frame.box)
    draw_ground(sheet, frame, layers, chosen)
    draw_casings(sheet, frame, layers)
    draw_circles(sheet, frame, scene.marks)
    draw_stretches(sheet, frame, scene.marks)
    draw_borders(sheet, frame, layers)
    room = Room(frame.box.buffer(-1.2), gap_mm=0.6)
    borders = cased_borders(frame, layers)
    room.take(*scene.outlines(), *(mark.leader() for mark in scene.placed), *borders.values())
    outlines = outlines_near(frame, layers, sheet.scale)
    for border, line in borders.items():
        for name in line_names(border, line, room, sheet.scale, sheet.palette, avoiding=outlines):
            name.draw(sheet)
            room.take(name.box())
    names = Names(sheet=sheet, frame=frame, layers=layers, room=room, chosen=chosen, outlines=outlines)
    names.countries()
    names.provinces(towns=names.towns(), named=())
    sheet.group("incidents")
    for mark in scene.placed:
        draw_leader(sheet, mark)
    for mark in reversed(scene.placed):
        draw_mark(sheet, mark, frame, counted=True)


def _notes(made: dict[str, Any], scene: Scene, table: IncidentTable) -> Iterator[str]:
    yield LeftOut(**made["counts"]).sentences()
    yield from size_words(scene.placed, table.rule, with_key=False, brief=True)
    if "datasets_in_words" in made:
        yield made["datasets_in_words"]
    yield made["credit"]
    yield BOUNDARY_NOTE
