"""What a figure can be asked to be: its paper, its extent, its title, its file."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import nonmember
from functools import partial
from types import MappingProxyType
from typing import Any, Final, Self

import numpy as np
import pandas as pd
import shapely

from geo.casualties import RANGE
from geo.incident.record import Incident
from geo.incident.vocabulary import Border, Country, LocationPrecision, Registry
from geo.language.messages import Words, say
from geo.places.boundaries import Boundaries
from geo.places.plane import GROUND, REGION, BBox, Floats
from geo.selection import Filters, one_of
from geo.symbology.marks import AreaMark, Marks, marks_of
from geo.symbology.symbols import GREY, HIGH_CONTRAST, LIGHT, LineStyle, Palette, lines_with
from geo.table.incident_table import IncidentTable

USUAL_DPI: Final = 300
"""Of PNG: what print asks for."""
LONGEST: Final = {"title": 160, "subtitle": 240, "caption": 400, "credit": 120, "source": 300}
"""Characters of what may be written around the map; more finds no room on any paper."""

_JOINERS: Final = "\u200c\u200d"
"""Persian and Pashto are spelt with them."""

LOWEST_DPI, HIGHEST_DPI = 150, 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """Measures of a paper, millimetres, and how large what stands on it is."""

    width_mm: float
    height_mm: float
    margin_mm: float
    scale: float
    """Of type and symbols at the smallest choice of type: a number in a mark, the smallest type, is 6.24 pt at 1."""
    title_pt: float
    """The same of the title."""
    tallest_mm: float | None = None
    """A column may become so high where its words need it; other papers are as they are."""
    brief: bool = False
    """Whether the footer leaves the rule's own sentence to the file."""

    @property
    def is_wide(self) -> bool:
        """Tell whether legend and words stand beside the map, and not below it."""
        return self.width_mm > self.height_mm


_A4: Final[Any] = {"margin_mm": 9, "scale": 1.13, "title_pt": 16.5}
_A3: Final[Any] = {"margin_mm": 12, "scale": 1.35, "title_pt": 18.5}
_SLIDE: Final = Paper(width_mm=338.667, height_mm=190.5, margin_mm=9, scale=1.93, title_pt=24, brief=True)
_COLUMN: Final = Paper(width_mm=89, height_mm=150, margin_mm=2.5, scale=1.05, title_pt=11.4, tallest_mm=240, brief=True)


class FigureSize(Registry):
    """Papers, named as in file names and at the command line."""

    A4_LANDSCAPE = "A4-landscape", Paper(width_mm=297, height_mm=210, **_A4)
    A4_PORTRAIT = "A4-portrait", Paper(width_mm=210, height_mm=297, **_A4)
    A3_LANDSCAPE = "A3-landscape", Paper(width_mm=420, height_mm=297, **_A3)
    A3_PORTRAIT = "A3-portrait", Paper(width_mm=297, height_mm=420, **_A3)
    SLIDE = "slide-16x9", _SLIDE
    COLUMN = "column", _COLUMN

    label = nonmember(Words("paper"))
    paper: Paper

    @property
    def words(self) -> str:
        """Say what it is, for a choice."""
        width, height = round(self.paper.width_mm), round(self.paper.height_mm)
        name = "figure-paper-size" if self.paper.tallest_mm is None else "figure-paper-grows"
        return say(name, paper=self.label, width=width, height=height)


class TypeSize(Registry):
    """How large type and symbols are, beside what the paper needs."""

    SMALL = "S", 1.0
    MEDIUM = "M", 1.08
    LARGE = "L", 1.22

    factor: float


class Style(Registry):
    """How a figure is coloured; all but the first survive a photocopier."""

    COLOUR = "colour", LIGHT
    GREY = "grey", GREY
    HIGH_CONTRAST = "high-contrast", HIGH_CONTRAST

    label = nonmember(Words("figure-style"))
    palette: Palette


class FigureFormat(Registry):
    """Files a figure can be written to; the value is the suffix."""

    PNG = "png", "image/png"
    SVG = "svg", "image/svg+xml"
    PDF = "pdf", "application/pdf"

    mime: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureOptions:
    """How a figure is made; raises ValueError, naming what there is, for a size, format or resolution that is not."""

    size: FigureSize = FigureSize.A4_LANDSCAPE
    view: BBox | None = None
    """Ground that must be on the map, None for the three countries whole; more is shown where the paper has room."""
    title: str | None = None
    """None or empty for what is shown; lines may be broken. The same holds of the four below."""
    subtitle: str | None = None
    caption: str | None = None
    """Stands before what is said of every map: how much of what it shows and leaves out."""
    credit: str | None = None
    """Who made the figure."""
    source: str | None = None
    """Stands before the sources that the ground needs."""
    legend: bool = True
    inset: bool = True
    key: bool = True
    """Number incidents that are few, and say of each what it is."""
    type: TypeSize = TypeSize.MEDIUM
    style: Style = Style.COLOUR
    outlines: bool = False
    """Of an SVG: letters as shapes, for programs that ignore fonts in files."""
    format: FigureFormat = FigureFormat.PNG
    dpi: int = USUAL_DPI
    """Of a PNG, 150 to 600; the other formats have no dots."""

    def __post_init__(self) -> None:
        for name, kind in (("size", FigureSize), ("format", FigureFormat), ("type", TypeSize), ("style", Style)):
            try:
                object.__setattr__(self, name, one_of(kind)(getattr(self, name)))
            except ValueError as error:
                raise ValueError(f"{name}: {error}") from None
        for name, longest in LONGEST.items():
            object.__setattr__(self, name, _clean(getattr(self, name) or "", longest) or None)
        if not LOWEST_DPI <= self.dpi <= HIGHEST_DPI:
            raise ValueError(f"{self.dpi} dpi is not possible; choose {LOWEST_DPI} to {HIGHEST_DPI}")

    @property
    def scale(self) -> float:
        """Return how large type and symbols are, 1 for numbers in marks of 6.24 pt."""
        return self.size.paper.scale * self.type.factor

    @classmethod
    def again(cls, made: Mapping[str, Any]) -> Self:
        """Return the options that a manifest keeps; what an older one does not name is as it is unless asked for."""
        return cls(view=BBox.parse(made["view"]), **made["options"])

    def recorded(self) -> dict[str, Any]:
        """Return what the manifest keeps: all that shapes the file but the extent, which has a place of its own."""
        kept = {field.name: getattr(self, field.name) for field in fields(self)}
        del kept["view"]
        if self.format is not FigureFormat.PNG:
            del kept["dpi"]
        if self.format is not FigureFormat.SVG:
            del kept["outlines"]
        return kept


def _clean(text: str, longest: int) -> str:
    """Keep line breaks; drop other control characters, which no font can show and no file may hold."""
    lines = ("".join(c if c.isprintable() or c in _JOINERS else " " for c in line) for line in text.splitlines())
    return "\n".join(" ".join(line.split()) for line in lines if line.strip())[:longest].strip()


# The extents people ask for.


def extent_of(text: str) -> BBox:
    """Read `west,south,east,north`, cut to the ground that is drawn; raises ValueError for no box, and for one off it.

    >>> str(extent_of("69,32,120,35"))
    '69,32,96,35'
    """
    cut = BBox.parse(text).within(GROUND)
    if cut is None:
        raise ValueError(f"{text} holds no ground that is drawn; choose a box within {GROUND}")
    return cut


_KM_PER_DEGREE: Final = 111.0
_AROUND: Final = 0.07
"""Share of the extent that is added on each side."""

_LEAST_DEGREES: Final = 0.8
"""An extent is no smaller, so that one can see where it lies."""

_FAR_KM: Final = 120.0
"""Half the length of a stretch of the border that is too long to say where its incident was; its badge is shown."""

_TOUCHING: Final = 0.02
"""How near a province comes to a border that it lies on, degrees: outlines are simplified."""

_BARELY: Final = 0.03
"""The same around what is large: a country, the borders."""


def around_selection(filters: Filters, table: IncidentTable, layers: Boundaries) -> BBox:
    """Return the extent of all that is drawn of a selection and its provinces; of many without the radius of each.

    Incidents that lie in other provinces than the selected ones too do not widen it: their marks may stand far off.
    """
    marks = table.marks(filters)
    provinces = _chosen_bounds(filters, layers)
    if marks is None:
        return _around_spots(table.spots(filters), layers, provinces)
    too = elsewhere_too(filters, table, layers)
    marks = replace(
        marks,
        points=tuple(point for point in marks.points if point.incident.id not in too),
        areas=tuple(area for area in marks.areas if not too.issuperset(i.id for i in area.incidents)),
    )
    near = replace(marks, areas=tuple(_without_far_stretch(area) for area in marks.areas))
    return _around_marks(near if near.points or len(near.areas) > 1 else marks, layers, provinces)


def _without_far_stretch(area: AreaMark) -> AreaMark:
    far = area.stretch is not None and (area.incidents[0].uncertainty_km or 0) > _FAR_KM
    return replace(area, stretch=None) if far else area


def around_incidents(incidents: Sequence[Incident], layers: Boundaries) -> BBox:
    """Return the extent of all that is drawn of incidents with its uncertainty; the whole region if nothing is."""
    return _around_marks(marks_of(incidents, layers, rule=RANGE), layers)


def _around_marks(marks: Marks, layers: Boundaries, others: Floats | None = None) -> BBox:
    reach = [(mark.lon, mark.lat, mark.radius_km) for mark in marks.points]
    reach += [(area.lon, area.lat, area.radius_km or 0.0) for area in marks.areas]
    boxes = [
        (lon - r / _KM_PER_DEGREE / np.cos(np.radians(lat)), lat - r / _KM_PER_DEGREE, lon, lat)
        for lon, lat, r in reach
    ]
    boxes += [(lon, lat, 2 * lon - west, 2 * lat - south) for west, south, lon, lat in boxes]
    boxes += [area.stretch.bounds for area in marks.areas if area.stretch is not None]
    boxes += [layers.provinces.geometry[area.province_code].bounds for area in marks.areas if area.province_code]
    boxes += [] if others is None else list(others)
    return _around(np.array(boxes, float).reshape(-1, 4))


def _around_spots(spots: pd.DataFrame, layers: Boundaries, others: Floats) -> BBox:
    places = spots[["lon", "lat"]].to_numpy()
    of_province = spots["location_precision"] == LocationPrecision.PROVINCE.value
    named = layers.provinces["label_lon"].isin(spots.loc[of_province, "lon"])
    return _around(
        np.concatenate([np.hstack([places, places]), layers.provinces.geometry[named].bounds.to_numpy(), others])
    )


def around_provinces(codes: Iterable[str], layers: Boundaries) -> BBox:
    """Return the extent of some provinces; raises KeyError for a code that does not exist."""
    return _around(layers.provinces.geometry[list(codes)].bounds.to_numpy())


def around_chosen_provinces(filters: Filters, layers: Boundaries) -> BBox:
    """Return the extent of the provinces that a selection names, of the whole region where it names none."""
    return _around(_chosen_bounds(filters, layers))


def _around_country(country: Country, _filters: Filters, _table: IncidentTable, layers: Boundaries) -> BBox:
    return _around(layers.provinces.geometry[layers.provinces["country"] == country.value].bounds.to_numpy(), _BARELY)


def along_borders(layers: Boundaries) -> BBox:
    """Return the extent of the belt along the borders."""
    lines = shapely.union_all([border.line for border in layers.borders.values()])
    return _around(np.array([lines.bounds]), _BARELY)


ALL: Final = "all"
"""The three countries whole."""
EXTENTS: Final[Mapping[str, Callable[[Filters, IncidentTable, Boundaries], BBox]]] = MappingProxyType(
    {
        "selection": around_selection,
        "provinces": lambda filters, _, layers: around_chosen_provinces(filters, layers),
        "borders": lambda _, __, layers: along_borders(layers),
        ALL: lambda *_: REGION,
        **{country.value.lower(): partial(_around_country, country) for country in Country},
    }
)
"""What a figure can be asked to show, by name."""


def ground_shown(view: str | BBox | None, filters: Filters, table: IncidentTable, layers: Boundaries) -> BBox:
    """Return what a figure shows: a box as it is, an extent by its name.

    For None it is the selected provinces, without any the selected incidents, and the three countries where none is
    left out.
    """
    if isinstance(view, BBox):
        return view
    if view is None and not chosen_provinces(filters, layers) and table.count(filters) == len(table):
        view = ALL
    return EXTENTS[view or usual_extent(filters, layers)](filters, table, layers)


def usual_extent(filters: Filters, layers: Boundaries) -> str:
    """Return the name of the extent of a selection that leaves something out, unless another is asked for."""
    return "provinces" if chosen_provinces(filters, layers) else "selection"


def extent_words(name: str) -> str:
    """Name an extent, for a choice."""
    country = name.upper()
    return Country(country).label if country in list(Country) else say(f"figure-extent-{name}")


def chosen_provinces(filters: Filters, layers: Boundaries) -> tuple[str, ...]:
    """Return the codes of the provinces that a selection names and the boundaries have."""
    return tuple(code for code in filters.province if code in layers.provinces.index)


def lies_on(border: Border, filters: Filters, layers: Boundaries) -> bool:
    """Tell whether the countries or provinces of a selection reach a border, and no other border is asked for."""
    if filters.border and border not in filters.border:
        return False
    codes, line = chosen_provinces(filters, layers), layers.borders[border].line
    touched = any(shapely.dwithin(layers.provinces.geometry[code], line, _TOUCHING) for code in codes)
    return touched or (not codes and bool(set(filters.country) & set(border.countries)))


def lines_for(filters: Filters, layers: Boundaries) -> Mapping[str, LineStyle]:
    """Return how lines are drawn, by name as LINES: borders that a selection names or lies on as clear as any."""
    return lines_with([b for b in Border if b in filters.border or lies_on(b, filters, layers)])


def elsewhere_too(filters: Filters, table: IncidentTable, layers: Boundaries) -> frozenset[str]:
    """Return the ids of those of a selection that lie in other provinces than it names too; none if it names none."""
    names = {str(layers.provinces["province"][code]) for code in chosen_provinces(filters, layers)}
    shared = table.shared(filters) if names else ()
    return frozenset(incident.id for incident in shared if not names.issuperset(incident.provinces))


def _chosen_bounds(filters: Filters, layers: Boundaries) -> Floats:
    bounds = layers.provinces.geometry[list(chosen_provinces(filters, layers))].bounds
    return np.asarray(bounds.to_numpy(), float)


def _around(boxes: Floats, share: float = _AROUND) -> BBox:
    """Return the extent of boxes with some room on each side, of the whole region for none."""
    if not len(boxes):
        return REGION
    (west, south), (east, north) = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
    x = max(share * (east - west), (_LEAST_DEGREES - (east - west)) / 2)
    y = max(share * (north - south), (_LEAST_DEGREES - (north - south)) / 2)
    edges = np.round([west - x, south - y, east + x, north + y], 3)
    return BBox(*(float(edge) for edge in edges))
