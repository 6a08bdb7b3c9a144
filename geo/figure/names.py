"""Names on the ground: countries, provinces, towns, crossing points and the Durand Line, as the scale allows."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.figure.ground import CROSSINGS_FROM, draw_square, ground, on_sheet, plain_borders, square_at
from geo.figure.sheet import ASCENT, DESCENT, Frame, Room, Sheet, Type, Weight, blocks, broken, text_box, write_block
from geo.incident.vocabulary import Border, Country
from geo.language.messages import say
from geo.places.boundaries import Boundaries
from geo.places.plane import Floats
from geo.symbology.symbols import LIGHT, LINES

# What the countries around are called.

COUNTRY_NAMES: Final = {
    code: say(f"neighbour-{code}")
    for code in (
        *("ARE", "ARM", "AZE", "BGD", "BHR", "BTN", "CHN", "IND", "IRN", "IRQ", "KAZ", "KGZ"),
        *("KWT", "MMR", "MNG", "NPL", "OMN", "QAT", "RUS", "SAU", "TKM", "TUR", "UZB"),
    )
}
"""Of the neighbours that a figure can show, by ISO 3166-1 alpha-3 code."""


# The name of a border, written along it where it runs straight enough and nothing stands.

_SIZE_PT: Final = 8.0
_STEP_MM, _EVERY_MM = 2.0, 110.0
_OFF_MM: Final = (0.0, 2.0, 4.5)
"""How far from the line the name may stand, in this order."""

_STRAIGHT, _CROOKED = 0.7, 0.45
"""How far the line must get beside its name, and how far it may stray there, in the name's length."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineName:
    """A place for the name."""

    border: Border
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
        return text_box(self.at, self.border.words, self.style, rotation=self.rotation)

    def draw(self, sheet: Sheet) -> None:
        """Write it."""
        sheet.text(self.at, self.border.words, self.style, rotation=self.rotation)


def line_names(
    border: Border, line: BaseGeometry, room: Room, scale: float, *, avoiding: BaseGeometry
) -> tuple[LineName, ...]:
    """Return where the name stands along what is seen of the line: close to it, or else a little off, or nowhere."""
    style = Type(size_pt=_SIZE_PT * scale, colour=LINES[border].of(LIGHT), weight=Weight.SEMIBOLD)
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
    """Return where the name could stand, on either side of each stretch as long as it."""
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


# Names on the ground: countries, provinces, towns and crossing points as the scale allows, none over anything.

_TOWN_FROM: Final = {1: 30_000, 2: 7_000, 3: 3_500, 4: 1_800}
"""Largest metres of ground per millimetre of A4 at which towns of a rank are named."""

_CROSSING_NAMES_FROM: Final = 2_600
"""The same for the names of crossing points."""

_DOT_MM: Final = 0.45
_AREA_GAP, _LOOSE = 0.25, 0.22
"""Least distance of the name of an area from anything, and how far it may stick out, in its size."""

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
"""Where a name may stand from its point, in its size, first choice first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What names are written with: the sheet, the ground, and the room that is left."""

    sheet: Sheet
    frame: Frame
    layers: Boundaries
    room: Room

    def crossing_points(self, places: Mapping[str, tuple[float, float]]) -> None:
        """Draw crossing points, with their names where the scale allows."""
        style = self._type(6.2, self.sheet.palette.text, Weight.SEMIBOLD)
        for at in places.values():
            draw_square(self.sheet, at)
            self.room.take(square_at(at, self.sheet.scale))
        for name, at in places.items() if self._ground_mm <= _CROSSING_NAMES_FROM else ():
            self._name_point(at, name, style)

    def countries(self) -> None:
        """Name countries in the open part of what is seen of them."""
        style = self._type(9, self.sheet.palette.province_label, Weight.SEMIBOLD)
        drawn = ground(self.layers, self.frame.m_per_mm)
        of = self.layers.provinces["country"]
        ours = {c.label: shapely.coverage_union_all(drawn.provinces[of == c.value].to_numpy()) for c in Country}
        others = {COUNTRY_NAMES[code]: land for code, land in drawn.neighbours.items() if code in COUNTRY_NAMES}
        for name, land in (ours | others).items():
            self._name_area(on_sheet(self.frame, land), name, style)

    def towns(self) -> set[str]:
        """Name towns of the ranks that the scale allows, each with its dot; return those that are named."""
        style = self._type(6.4, self.sheet.palette.town_label)
        borders, named = plain_borders(self.frame, self.layers), set()
        for town in self.layers.towns.sort_values("rank", kind="stable").itertuples():
            if self._ground_mm > _TOWN_FROM[town.rank]:
                continue
            at = self.frame.on_sheet(town.geometry.x, town.geometry.y)
            dot = shapely.Point(at).buffer(_DOT_MM * self.sheet.scale)
            if self.room.is_free(dot, gap_mm=0.1) and self._name_point(at, town.name, style, avoiding=borders):
                self.room.take(dot)
                self.sheet.shape(dot, fill=style.colour)
                named.add(town.name)
        return named

    def provinces(self, *, towns: Collection[str]) -> None:
        """Name provinces that their names fit into, the largest first; on small scales a town of that name will do."""
        style = self._type(6.2, self.sheet.palette.province_label)
        said = towns if self._ground_mm > CROSSINGS_FROM else ()
        outlines = ground(self.layers, self.frame.m_per_mm).provinces
        for row in self.layers.provinces.sort_values("area_km2", ascending=False).itertuples():
            seen = on_sheet(self.frame, outlines[row.Index])
            if not seen.is_empty and row.province not in said:
                near = shapely.Point(self.frame.on_sheet(row.label_lon, row.label_lat))
                self._name_area(seen, row.province, style, near=near)

    @property
    def _ground_mm(self) -> float:
        """Metres of ground to a millimetre of A4."""
        return self.frame.m_per_mm * self.sheet.scale

    def _type(self, size_pt: float, colour: str, weight: Weight = Weight.REGULAR) -> Type:
        return Type(size_pt=size_pt * self.sheet.scale, colour=colour, weight=weight)

    def _name_point(
        self, at: tuple[float, float], name: str, style: Type, *, avoiding: BaseGeometry | None = None
    ) -> bool:
        """Write a name beside its point, where there is room."""
        places = [((at[0] + x * style.size_mm, at[1] + y * style.size_mm), ha) for x, y, ha in _BESIDE]
        boxes = [text_box(place, name, style, ha=ha) for place, ha in places]
        free = self.room.first_free(boxes, avoiding=avoiding)
        if free is None:
            return False
        self.room.take(boxes[free])
        place, ha = places[free]
        self.sheet.text(place, name, style, ha=ha)
        return True

    def _name_area(self, area: BaseGeometry, name: str, style: Type, *, near: shapely.Point | None = None) -> None:
        """Write a name into an area, as near as possible to a point, or in the area's middle."""
        parts = shapely.get_parts(shapely.intersection(shapely.make_valid(area), self.room.within))
        parts = parts[shapely.area(parts) > 0]
        if not len(parts):
            return
        largest = parts[int(np.argmax(shapely.area(parts)))]
        target = near if near is not None and largest.covers(near) else _middle(largest)
        loose = largest.buffer(_LOOSE * style.size_mm)
        shapely.prepare(loose)
        for lines in broken(name):
            rooms = blocks(lines, _spots(largest, target), style)
            inside = rooms[shapely.covers(loose, rooms)]
            free = self.room.first_free(inside, gap_mm=_AREA_GAP * style.size_mm)
            if free is not None:
                self.room.take(inside[free])
                write_block(self.sheet, lines, inside[free].centroid, style)
                return


def _middle(area: shapely.Polygon) -> shapely.Point:
    """Return the middle of the largest circle inside."""
    simple: Any = area.simplify(0.5)
    return shapely.Point(shapely.maximum_inscribed_circle(simple, tolerance=1.0).coords[0])


def _spots(area: shapely.Polygon, target: shapely.Point) -> Floats:
    """Return places in an area, shape (n, 2), those near the target first."""
    west, south, east, north = area.bounds
    columns, rows = (int(np.clip(length / 1.5, 2, 24)) for length in (east - west, north - south))
    x, y = np.meshgrid(np.linspace(west, east, columns + 2)[1:-1], np.linspace(south, north, rows + 2)[1:-1])
    spots = np.column_stack([x.ravel(), y.ravel()])
    order = np.argsort(np.hypot(*(spots - (target.x, target.y)).T), kind="stable")
    return np.concatenate([[(target.x, target.y)], spots[order]])
