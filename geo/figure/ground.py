"""The base map of the figure: land, limits, borders, crossing points, areas of uncertainty, and all place names."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo import PROGRAM_FOLDER
from geo.figure.paper_marks import MM_PER_PX, Counts, colour_of, counts
from geo.figure.sheet import (
    ASCENT,
    DESCENT,
    Frame,
    Room,
    Sheet,
    Type,
    Weight,
    blocks,
    broken,
    spiral,
    text_box,
    to_plane,
    write_block,
)
from geo.incident.vocabulary import Border, Country
from geo.language.messages import say
from geo.places.boundaries import Boundaries
from geo.places.plane import CONFORMAL, GROUND, Floats
from geo.symbology.marks import Marks
from geo.symbology.symbols import CASING_OPACITY, LINES, RING, STRETCH, LineStyle, Palette

# Land, sea, neighbours, limits and borders, at the level of detail that the scale needs.

BASE_FOLDER: Final = PROGRAM_FOLDER / "static" / "base"
"""Simplified display layers, shared with the web map."""

_DETAIL_FROM_M_PER_MM: Final = 6_000.0
"""At scales larger than this, the overview's simplification to a kilometre would show."""

_FINEST_MM: Final = 0.06
"""Detail finer than this is invisible in print."""

_OFF_OUTLINE_MM: Final = 0.35
"""Least distance of a name from a country's outline, on A4."""
_OUTLINE_MM: Final = 0.25
"""Width of the neighbours' outlines, on A4."""

_CHOSEN_MM: Final = 0.4
"""Width of the outlines of selected provinces, on A4."""

_TOLERANCE_M: Final = {"overview": 800.0, "detail": 150.0}
"""Simplification tolerance for provinces, as in the display layers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Layers in the CONFORMAL projection, metres."""

    land: BaseGeometry
    """The three countries as one."""
    provinces: gpd.GeoSeries
    """By ISO 3166-2 code."""
    neighbours: gpd.GeoSeries
    """By ISO 3166-1 alpha-3 code."""
    sea: BaseGeometry
    neighbour_outlines: BaseGeometry
    lines: gpd.GeoSeries
    """By name, keyed like LINES."""


def ground(layers: Boundaries, m_per_mm: float) -> Ground:
    """Return the layers at the level of detail that a scale needs."""
    return _project(layers, "detail" if m_per_mm < _DETAIL_FROM_M_PER_MM else "overview")


@cache
def _project(layers: Boundaries, level: str) -> Ground:
    """Read and project the layers; cached, as this takes a fifth of a second."""
    drawn = _read("overview-ground").set_index("ground")
    neighbours = _read(f"{level}-ground").query("ground == 'neighbour'").set_index("country").geometry
    sea = drawn.geometry["sea"]
    units = layers.provinces.geometry.to_crs(CONFORMAL)
    provinces = gpd.GeoSeries(shapely.coverage_simplify(units.to_numpy(), _TOLERANCE_M[level]), units.index)
    return Ground(
        land=shapely.coverage_union_all(provinces.to_numpy()),
        provinces=provinces,
        neighbours=neighbours,
        sea=sea,
        neighbour_outlines=_outlines(neighbours),
        lines=_read(f"{level}-lines").set_index("line").geometry,
    )


def _outlines(neighbours: gpd.GeoSeries) -> BaseGeometry:
    """Return the neighbours' outlines without the edges where their layer is clipped."""
    cut = shapely.transform(shapely.segmentize(GROUND.polygon().exterior, 0.05), to_plane).buffer(500)
    lines = shapely.get_parts(shapely.boundary(neighbours.to_numpy()))
    return shapely.MultiLineString(list(shapely.get_parts(shapely.difference(lines, cut))))


def _read(name: str) -> gpd.GeoDataFrame:
    return gpd.read_file(BASE_FOLDER / f"{name}.json").to_crs(CONFORMAL)


def draw_ground(sheet: Sheet, frame: Frame, layers: Boundaries, chosen: Collection[str]) -> None:
    """Draw land, sea and provinces, with the selected ones highlighted."""
    drawn = ground(layers, frame.m_per_mm)
    sheet.group("ground")
    sheet.shape(frame.box, fill=sheet.palette.neighbour)
    outlines = clipped_to_sheet(frame, drawn.neighbour_outlines)
    sheet.lines(outlines, colour=sheet.palette.province_limit, width_mm=_OUTLINE_MM * sheet.scale)
    sheet.shape(clipped_to_sheet(frame, drawn.sea), fill=sheet.palette.sea)
    sheet.shape(clipped_to_sheet(frame, drawn.land), fill=sheet.palette.land)
    sheet.group("provinces")
    for code in chosen:
        sheet.shape(clipped_to_sheet(frame, drawn.provinces[code]), fill=sheet.palette.chosen)
    _draw_lines(sheet, frame, drawn, LINES, borders=False)
    for code in chosen:
        sheet.shape(
            clipped_to_sheet(frame, drawn.provinces[code]),
            edge=sheet.palette.selected,
            width_mm=_CHOSEN_MM * sheet.scale,
        )


def outlines_of(codes: Collection[str], frame: Frame, layers: Boundaries) -> list[BaseGeometry]:
    """Return the outlines, on the sheet, of those provinces that the map shows."""
    drawn = ground(layers, frame.m_per_mm).provinces
    seen = (clipped_to_sheet(frame, drawn[code]) for code in codes)
    return [shapely.boundary(land) for land in seen if not land.is_empty]


def _draw_lines(sheet: Sheet, frame: Frame, drawn: Ground, lines: Mapping[str, LineStyle], *, borders: bool) -> None:
    """Draw the lines that have no casing: borders if `borders`, else limits."""
    for name, style in lines.items():
        if style.casing is None and style.is_border is borders:
            wide = style.mm * sheet.scale
            sheet.lines(clipped_to_sheet(frame, drawn.lines[name]), colour=style.of(sheet.palette), width_mm=wide)


def draw_casings(sheet: Sheet, frame: Frame, layers: Boundaries, lines: Mapping[str, LineStyle]) -> None:
    """Draw the casings of borders; border segments that incidents are known to lie on come on top."""
    sheet.group("border-casings")
    for border, line in cased_borders(frame, layers, lines).items():
        wide = lines[border].casing_mm * sheet.scale
        sheet.lines(line, colour=sheet.palette.line_casing, width_mm=wide, alpha=CASING_OPACITY)


def draw_borders(sheet: Sheet, frame: Frame, layers: Boundaries, lines: Mapping[str, LineStyle]) -> None:
    """Draw the borders, those with a casing last."""
    sheet.group("borders")
    _draw_lines(sheet, frame, ground(layers, frame.m_per_mm), lines, borders=True)
    for border, line in cased_borders(frame, layers, lines).items():
        style = lines[border]
        wide = style.mm * sheet.scale
        sheet.lines(line, colour=style.of(sheet.palette), width_mm=wide, dash_mm=style.dashes_mm(wide))


def plain_borders(frame: Frame, layers: Boundaries, lines: Mapping[str, LineStyle]) -> BaseGeometry:
    """Return the visible parts of borders without a casing, on the sheet."""
    drawn = ground(layers, frame.m_per_mm).lines
    plain = [name for name, style in lines.items() if style.casing is None and style.is_border]
    return shapely.union_all([clipped_to_sheet(frame, drawn[name]) for name in plain])


def outlines_near(frame: Frame, layers: Boundaries, lines: Mapping[str, LineStyle], scale: float) -> BaseGeometry:
    """Return a buffer around borders without a casing, which names should keep off."""
    plain = shapely.simplify(plain_borders(frame, layers, lines), _FINEST_MM)
    near = plain.buffer(_OFF_OUTLINE_MM * scale, quad_segs=2)
    shapely.prepare(near)
    return near


def beside(lines: Iterable[BaseGeometry], far_mm: float) -> BaseGeometry:
    """Buffer lines on the sheet, accurate to a tenth of the distance, which is enough to place labels."""
    coarse = shapely.simplify(shapely.GeometryCollection([*lines]), far_mm / 10, preserve_topology=False)
    return shapely.buffer(coarse, far_mm, quad_segs=2)


def cased_borders(frame: Frame, layers: Boundaries, lines: Mapping[str, LineStyle]) -> dict[Border, BaseGeometry]:
    """Return the visible parts of borders with a casing, on the sheet; `lines` is keyed like LINES."""
    drawn = ground(layers, frame.m_per_mm).lines
    return {
        border: shapely.intersection(
            shapely.simplify(clipped_to_sheet(frame, drawn[border.value]), _FINEST_MM), frame.box
        )
        for border in Border
        if lines[border].casing is not None
    }


def clipped_to_sheet(frame: Frame, geometry: BaseGeometry) -> BaseGeometry:
    """Project geometry in metres of CONFORMAL onto the sheet, clipped to what the map shows."""
    west, south, east, north = frame.shown_m().bounds
    return shapely.transform(shapely.clip_by_rect(geometry, west, south, east, north), frame.to_sheet_mm)


# Crossing points: small squares, from medium scales up.

CROSSINGS_FROM: Final = 5_000
"""Metres of ground per millimetre of A4 up to which crossing points are drawn."""

_HALF_MM: Final = 0.62
"""Half the side of a square."""


def crossing_points(frame: Frame, layers: Boundaries, room: Room, scale: float) -> dict[str, tuple[float, float]]:
    """Return positions of crossing points by name: none at small scales, none where the room is taken."""
    if frame.m_per_mm * scale > CROSSINGS_FROM:
        return {}
    places = {crossing.name: frame.on_sheet(crossing.lon, crossing.lat) for crossing in layers.crossing_points}
    drawn: dict[str, tuple[float, float]] = {}
    for name, at in places.items():
        apart = all(np.hypot(at[0] - x, at[1] - y) > 3 * _HALF_MM * scale for x, y in drawn.values())
        if apart and room.is_free(square_at(at, scale), gap_mm=0.2):
            drawn[name] = at
    return drawn


def square_at(at: tuple[float, float], scale: float) -> shapely.Polygon:
    """Return the square of a crossing point."""
    half = _HALF_MM * scale
    return shapely.box(at[0] - half, at[1] - half, at[0] + half, at[1] + half)


def draw_square(sheet: Sheet, at: tuple[float, float]) -> None:
    """Draw a crossing point."""
    sheet.shape(
        square_at(at, sheet.scale), fill=sheet.palette.paper, edge=sheet.palette.cased_line, width_mm=0.3 * sheet.scale
    )


# Areas of uncertainty: border segments, and circles to scale.


def draw_circles(sheet: Sheet, frame: Frame, marks: Marks) -> None:
    """Draw circles of uncertainty to scale, where they are larger than the symbol."""
    sheet.group("areas")
    for area in marks.areas:
        if area.radius_km is not None and ring_shows(frame, area.radius_km, 12, sheet.scale):
            colour = colour_of(sheet, counts(area.incidents))
            draw_ring(sheet, frame.circle(area.lon, area.lat, area.radius_km), colour, broken=True)
    for point in marks.points:
        if ring_shows(frame, point.radius_km, point.diameter_px / 2, sheet.scale):
            colour = sheet.palette.of(point.incident.category)
            draw_ring(sheet, frame.circle(point.lon, point.lat, point.radius_km), colour, broken=False)


def draw_stretches(sheet: Sheet, frame: Frame, marks: Marks) -> None:
    """Draw the border segments that incidents are known to lie on."""
    sheet.group("areas")
    for area in marks.areas:
        if area.stretch is not None:
            draw_band(sheet, frame.placed(area.stretch), counts(area.incidents))


def draw_band(sheet: Sheet, line: BaseGeometry, found: Counts) -> None:
    """Draw a border segment, on the map or in the legend."""
    sheet.lines(line, colour=colour_of(sheet, found), width_mm=STRETCH.mm * sheet.scale, alpha=STRETCH.paper_opacity)


def ring_shows(frame: Frame, radius_km: float, symbol_px: float, scale: float) -> bool:
    """Return whether a circle of uncertainty is larger than the symbol in it."""
    return radius_km * 1000 / frame.m_per_mm > 1.15 * symbol_px * MM_PER_PX * scale


def draw_ring(sheet: Sheet, ring: shapely.Polygon, colour: str, *, broken: bool) -> None:
    """Draw a circle of uncertainty; `broken` (dashed) for an area rather than a point."""
    sheet.shape(ring, fill=colour, alpha=RING.filling)
    dash_mm, wide = RING.dash_mm if broken else (), RING.mm * sheet.scale
    sheet.lines(ring.exterior, colour=colour, width_mm=wide, dash_mm=dash_mm, alpha=RING.paper_opacity)


COUNTRY_NAMES: Final = {
    code: say(f"neighbour-{code}")
    for code in (
        *("ARE", "ARM", "AZE", "BGD", "BHR", "BTN", "CHN", "IND", "IRN", "IRQ", "KAZ", "KGZ"),
        *("KWT", "MMR", "MNG", "NPL", "OMN", "QAT", "RUS", "SAU", "TKM", "TUR", "UZB"),
    )
}
"""Names of the neighbouring countries that a figure can show, by ISO 3166-1 alpha-3 code."""


# Border names, written along the line where it is straight enough and free.

_LINE_NAME_PT: Final = 7.4
_STEP_MM, _EVERY_MM = 2.0, 110.0
_OFF_MM: Final = (0.0, 2.0, 4.5)
"""Extra distances of the name from the line, tried in this order."""

_STRAIGHT, _CROOKED = 0.7, 0.45
"""Least chord of the line beside its name, and greatest deviation from that chord, as shares of the name's width."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineName:
    """The name of a border, placed along it."""

    border: Border
    at: tuple[float, float]
    """Start of the baseline, millimetres."""
    rotation: float
    """Degrees anticlockwise."""
    along: float
    """Position of its middle, millimetres from the start of the line."""
    crooked: float
    """How much the line deviates beside it, millimetres."""
    style: Type

    def box(self) -> shapely.Polygon:
        """Return the box that the text occupies."""
        return text_box(self.at, self.border.words, self.style, rotation=self.rotation)

    def draw(self, sheet: Sheet) -> None:
        """Write the name."""
        sheet.group("labels")
        sheet.text(self.at, self.border.words, self.style, rotation=self.rotation)


def line_names(  # noqa: PLR0913  # line and layout
    border: Border, line: BaseGeometry, colour: str, room: Room, scale: float, *, avoiding: BaseGeometry
) -> tuple[LineName, ...]:
    """Place the name along the visible line, repeated on long ones: close to it, else farther off; empty if nowhere.

    Marks the room of the names as taken.
    """
    style = Type(size_pt=_LINE_NAME_PT * scale, colour=colour, weight=Weight.SEMIBOLD)
    for off_mm in _OFF_MM:
        names: list[LineName] = []
        for part in getattr(line, "geoms", [line]):
            for name in sorted(_names(border, part, style, off_mm * scale), key=lambda name: name.crooked):
                near = any(abs(name.along - other.along) < _EVERY_MM * scale for other in names)
                if not near and room.is_free(name.box()) and not name.box().intersects(avoiding):
                    room.take(name.box())
                    names.append(name)
        if names:
            return tuple(names)
    return ()


def _names(border: Border, line: shapely.LineString, style: Type, off_mm: float) -> Iterator[LineName]:
    """Yield candidate positions on both sides of the line, wherever it is straight enough."""
    wide = style.width_mm(border.words)
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
                border=border,
                at=(float(x), float(y)),
                rotation=float(np.degrees(np.arctan2(ahead[1], ahead[0]))),
                along=float(start + wide / 2),
                crooked=float(off.max() - off.min()),
                style=style,
            )


# Names of countries, provinces, towns and crossing points, as the scale allows; none overlaps anything.

_TOWN_FROM: Final = {1: 30_000, 2: 7_000, 3: 3_500, 4: 1_800}
"""Metres of ground per millimetre of A4 up to which towns are named, by rank."""

_CROSSING_NAMES_FROM: Final = 2_600
"""Metres of ground per millimetre of A4 up to which crossing points are named."""

_COUNTRY_PT: Final = 8.6, 7.4
"""Type sizes for countries; the second is used if the first does not fit."""

_SMALL_PT, _PROVINCE_PT, _CHOSEN_PT = 6.3, 6.7, 7.4
"""Type sizes at scale 1: towns and crossing points, provinces, selected provinces."""
_FARTHEST_NAME: Final = 14.0
"""Greatest distance of a selected province's name from its label point, as a multiple of the type size."""

_DOT_MM: Final = 0.45
_AREA_GAP, _LOOSE = 0.6, 0.22
"""Least distance of an area's name from anything else, and how far it may extend beyond the area; in type sizes."""

_BESIDE: Final = (
    (0.45, -0.26, "left"),
    (-0.45, -0.26, "right"),
    (0.0, 0.62, "center"),
    (0.0, -1.2, "center"),
    (0.3, 0.45, "left"),
    (0.3, -1.05, "left"),
    (-0.3, 0.45, "right"),
    (-0.3, -1.05, "right"),
    (1.0, -0.26, "left"),
    (-1.0, -0.26, "right"),
    (0.7, 0.8, "left"),
    (0.7, -1.4, "left"),
    (-0.7, 0.8, "right"),
    (-0.7, -1.4, "right"),
)
"""Offsets (x, y) of a name from its point in type sizes, with its alignment, in order of preference."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Writes place names on a sheet, in the room that is left."""

    sheet: Sheet
    frame: Frame
    layers: Boundaries
    room: Room
    chosen: Collection[str]
    """Codes of selected provinces; country names stay out of them."""
    outlines: BaseGeometry
    """Outlines of countries from `outlines_near`; a name that cannot avoid them gets a halo."""

    def crossing_points(self, places: Mapping[str, tuple[float, float]]) -> None:
        """Draw crossing points, with names if the scale allows."""
        style = self._type(_SMALL_PT, self.sheet.palette.text, Weight.SEMIBOLD)
        self.sheet.group("places")
        for at in places.values():
            draw_square(self.sheet, at)
            self.room.take(square_at(at, self.sheet.scale))
        for name, at in places.items() if self._ground_mm <= _CROSSING_NAMES_FROM else ():
            self._name_point(at, name, style)

    def countries(self) -> None:
        """Name each country in a free part of its visible area."""
        colour = self.sheet.palette.province_label
        styles = [self._type(size_pt, colour, Weight.SEMIBOLD) for size_pt in _COUNTRY_PT]
        drawn = ground(self.layers, self.frame.m_per_mm)
        of = self.layers.provinces["country"]
        ours = {c.label: shapely.coverage_union_all(drawn.provinces[of == c.value].to_numpy()) for c in Country}
        others = {COUNTRY_NAMES[code]: land for code, land in drawn.neighbours.items() if code in COUNTRY_NAMES}
        asked_for = shapely.union_all([self._sound(drawn.provinces[code]) for code in self.chosen])
        for name, land in (ours | others).items():
            area = self._sound(land).difference(asked_for)
            any(self._name_area(area, name, style) for style in styles)

    def _sound(self, land: BaseGeometry) -> Any:
        """Return land on the sheet as valid geometry; at small scales its outline can cross itself."""
        return shapely.make_valid(clipped_to_sheet(self.frame, land))

    def towns(self) -> set[str]:
        """Draw towns of the ranks that the scale allows, each with dot and name; return the names drawn."""
        style = self._type(_SMALL_PT, self.sheet.palette.town_label)
        named = set()
        for town in self.layers.towns.sort_values("rank", kind="stable").itertuples():
            if self._ground_mm > _TOWN_FROM[town.rank]:
                continue
            at = self.frame.on_sheet(town.geometry.x, town.geometry.y)
            dot = shapely.Point(at).buffer(_DOT_MM * self.sheet.scale)
            if self.room.is_free(dot, gap_mm=0.1) and self._name_point(at, town.name, style):
                self.room.take(dot)
                self.sheet.group("places")
                self.sheet.shape(dot, fill=style.colour)
                named.add(town.name)
        return named

    def provinces(self, *, towns: Collection[str], named: Collection[str]) -> None:
        """Name provinces whose names fit inside, the largest first.

        Skips those of `named`, by code, which have their name already, and at small scales those named like one of
        `towns`.
        """
        style = self._type(_PROVINCE_PT, self.sheet.palette.province_label)
        said = towns if self._ground_mm > CROSSINGS_FROM else ()
        outlines = ground(self.layers, self.frame.m_per_mm).provinces
        for row in self.layers.provinces.sort_values("area_km2", ascending=False).itertuples():
            seen = clipped_to_sheet(self.frame, outlines[row.Index])
            if not seen.is_empty and row.province not in said and row.Index not in named:
                near = shapely.Point(self.frame.on_sheet(row.label_lon, row.label_lat))
                self._name_area(seen, row.province, style, near=near)

    @property
    def _ground_mm(self) -> float:
        """Metres of ground per millimetre of A4."""
        return self.frame.m_per_mm * self.sheet.scale

    def _type(self, size_pt: float, colour: str, weight: Weight = Weight.REGULAR) -> Type:
        return Type(size_pt=size_pt * self.sheet.scale, colour=colour, weight=weight)

    def _name_point(self, at: tuple[float, float], name: str, style: Type) -> bool:
        """Write a name beside its point; return whether there was room."""
        places = [((at[0] + x * style.size_mm, at[1] + y * style.size_mm), ha) for x, y, ha in _BESIDE]
        boxes = [text_box(place, name, style, ha=ha) for place, ha in places]
        free = self.room.first_free(boxes, avoiding=self.outlines)
        if free is None:
            return False
        self.room.take(boxes[free])
        place, ha = places[free]
        self.sheet.group("labels")
        if boxes[free].intersects(self.outlines):
            self.sheet.halo(place, name, style, ha=ha)
        self.sheet.text(place, name, style, ha=ha)
        return True

    def _name_area(self, area: BaseGeometry, name: str, style: Type, *, near: shapely.Point | None = None) -> bool:
        """Write a name inside an area, nearest to a point or to the area's middle; return whether there was room."""
        found = _in_area(area, name, style, self.room, near=near, avoiding=self.outlines)
        if found is not None:
            self.room.take(found.box)
            found.draw(self.sheet, self.outlines)
        return found is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaName:
    """The name of an area, placed on the sheet."""

    lines: tuple[str, ...]
    box: shapely.Polygon
    style: Type
    place: tuple[float, float] | None = None
    """End of the leader line, if the name is outside its area."""

    def draw(self, sheet: Sheet, outlines: BaseGeometry) -> None:
        """Write the name, with a halo where it touches outlines."""
        sheet.group("labels")
        if self.place is not None:
            line = shapely.LineString([shapely.Point(self.place), self.box.centroid]).difference(self.box)
            sheet.lines(line, colour=self.style.colour, width_mm=0.2 * sheet.scale)
        write_block(sheet, self.lines, self.box.centroid, self.style, halo=self.box.intersects(outlines))


def chosen_names(  # noqa: PLR0913, PLR0917  # provinces and layout
    codes: Collection[str],
    frame: Frame,
    layers: Boundaries,
    room: Room,
    scale: float,
    palette: Palette,
    *,
    avoiding: BaseGeometry,
) -> dict[str, AreaName]:
    """Place the names of selected provinces, by code: inside, else outside with a leader; take their room."""
    style = Type(size_pt=_CHOSEN_PT * scale, colour=palette.text, weight=Weight.SEMIBOLD)
    outlines, found = ground(layers, frame.m_per_mm).provinces, {}
    for code in codes:
        seen, row = clipped_to_sheet(frame, outlines[code]), layers.provinces.loc[code]
        if seen.is_empty or not shapely.area(seen.intersection(frame.box)):
            continue
        near = shapely.Point(frame.on_sheet(row["label_lon"], row["label_lat"]))
        inside = _in_area(seen, row["province"], style, room, near=near, avoiding=avoiding)
        name = inside or _beside(near, row["province"], style, room)
        if name is not None:
            found[code] = name
            room.take(name.box)
    return found


def _in_area(  # noqa: PLR0913  # area, name and layout
    area: BaseGeometry,
    name: str,
    style: Type,
    room: Room,
    *,
    near: shapely.Point | None,
    avoiding: BaseGeometry,
) -> AreaName | None:
    """Place a name inside an area, nearest to a point or to the area's middle; prefer to avoid the outlines."""
    parts = shapely.get_parts(shapely.intersection(shapely.make_valid(area), room.within))
    parts = parts[shapely.area(parts) > 0]
    if not len(parts):
        return None
    largest = parts[int(np.argmax(shapely.area(parts)))]
    target = near if near is not None and largest.covers(near) else _middle(largest)
    loose = largest.buffer(_LOOSE * style.size_mm)
    shapely.prepare(loose)
    for lines in broken(name):
        rooms = blocks(lines, _spots(largest, target), style)
        inside = rooms[shapely.covers(loose, rooms)]
        free = room.first_free(inside, gap_mm=_AREA_GAP * style.size_mm, avoiding=avoiding)
        if free is not None:
            return AreaName(lines=lines, box=inside[free], style=style)
    return None


def _beside(near: shapely.Point, name: str, style: Type, room: Room) -> AreaName | None:
    """Place a name outside its area, with a leader line."""
    tried = spiral(1.5 * style.size_mm, _FARTHEST_NAME * style.size_mm) + np.array((near.x, near.y))
    rooms = blocks((name,), tried, style)
    free = room.first_free(rooms, gap_mm=_AREA_GAP * style.size_mm)
    return None if free is None else AreaName(lines=(name,), box=rooms[free], style=style, place=(near.x, near.y))


def _middle(area: shapely.Polygon) -> shapely.Point:
    """Return the centre of the largest inscribed circle."""
    simple: Any = area.simplify(0.5)
    return shapely.Point(shapely.maximum_inscribed_circle(simple, tolerance=1.0).coords[0])


def _spots(area: shapely.Polygon, target: shapely.Point) -> Floats:
    """Return a grid of points over an area's bounds, shape (n, 2), nearest to the target first."""
    west, south, east, north = area.bounds
    columns, rows = (int(np.clip(length / 1.5, 2, 24)) for length in (east - west, north - south))
    x, y = np.meshgrid(np.linspace(west, east, columns + 2)[1:-1], np.linspace(south, north, rows + 2)[1:-1])
    spots = np.column_stack([x.ravel(), y.ravel()])
    order = np.argsort(np.hypot(*(spots - (target.x, target.y)).T), kind="stable")
    return np.concatenate([[(target.x, target.y)], spots[order]])
