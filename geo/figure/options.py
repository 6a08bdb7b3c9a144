"""Options of a figure: paper, extent, text around the map, file format."""

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
"""Default resolution of a PNG, enough for print."""
LONGEST: Final = {"title": 160, "subtitle": 240, "caption": 400, "credit": 120, "source": 300}
"""Largest number of characters of each text around the map; longer texts are cut, as they fit on no paper."""

_JOINERS: Final = "\u200c\u200d"
"""Zero-width characters that Persian and Pashto spelling needs."""

LOWEST_DPI, HIGHEST_DPI = 150, 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """Size of a paper in millimetres, and of the type and symbols on it."""

    width_mm: float
    height_mm: float
    margin_mm: float
    scale: float
    """Scale of type and symbols at TypeSize.SMALL; at 1 the smallest type, a number in a mark, is 6.24 pt."""
    title_pt: float
    """Size of the title at TypeSize.SMALL."""
    tallest_mm: float | None = None
    """Height to which the paper may grow to fit its text; None if the height is fixed."""
    brief: bool = False
    """Whether the footer omits the sentence that explains the casualty counting rule."""

    @property
    def is_wide(self) -> bool:
        """Whether legend and text may go beside the map, instead of below it."""
        return self.width_mm > self.height_mm


_A4: Final[Any] = {"margin_mm": 9, "scale": 1.13, "title_pt": 16.5}
_A3: Final[Any] = {"margin_mm": 12, "scale": 1.35, "title_pt": 18.5}
_SLIDE: Final = Paper(width_mm=338.667, height_mm=190.5, margin_mm=9, scale=1.93, title_pt=24, brief=True)
_COLUMN: Final = Paper(width_mm=89, height_mm=150, margin_mm=2.5, scale=1.05, title_pt=11.4, tallest_mm=240, brief=True)


class FigureSize(Registry):
    """Papers; the values are used in file names and on the command line."""

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
        """Name and size, for a list of options."""
        width, height = round(self.paper.width_mm), round(self.paper.height_mm)
        name = "figure-paper-size" if self.paper.tallest_mm is None else "figure-paper-grows"
        return say(name, paper=self.label, width=width, height=height)


class TypeSize(Registry):
    """Size of type and symbols, relative to the paper's scale."""

    SMALL = "S", 1.0
    MEDIUM = "M", 1.08
    LARGE = "L", 1.22

    factor: float


class Style(Registry):
    """Colour schemes; all but the first survive a photocopier."""

    COLOUR = "colour", LIGHT
    GREY = "grey", GREY
    HIGH_CONTRAST = "high-contrast", HIGH_CONTRAST

    label = nonmember(Words("figure-style"))
    palette: Palette


class FigureFormat(Registry):
    """File formats; the value is the suffix."""

    PNG = "png", "image/png"
    SVG = "svg", "image/svg+xml"
    PDF = "pdf", "application/pdf"

    mime: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureOptions:
    """Options of a figure; raises ValueError for an unknown size, format, type or style, or a bad resolution."""

    size: FigureSize = FigureSize.A4_LANDSCAPE
    view: BBox | None = None
    """Ground that must be on the map, None for the three countries; more is shown where the paper has room."""
    title: str | None = None
    """None or empty for the default; may contain line breaks. The same applies to the next four."""
    subtitle: str | None = None
    caption: str | None = None
    """Precedes the standard footer on what the map shows and leaves out."""
    credit: str | None = None
    """Who made the figure."""
    source: str | None = None
    """Replaces the wording for the data; the sources of the base map follow it."""
    legend: bool = True
    inset: bool = True
    key: bool = True
    """Whether to number the incidents and describe each, where there are few."""
    type: TypeSize = TypeSize.MEDIUM
    style: Style = Style.COLOUR
    outlines: bool = False
    """Whether an SVG has letters as paths, for programs that ignore embedded fonts."""
    format: FigureFormat = FigureFormat.PNG
    dpi: int = USUAL_DPI
    """Resolution of a PNG, 150 to 600; the other formats ignore it."""

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
        """Scale of type and symbols; at 1 the smallest type, a number in a mark, is 6.24 pt."""
        return self.size.paper.scale * self.type.factor

    @classmethod
    def again(cls, made: Mapping[str, Any]) -> Self:
        """Read the options from a manifest; those that an older manifest lacks get their defaults."""
        return cls(view=BBox.parse(made["view"]), **made["options"])

    def recorded(self) -> dict[str, Any]:
        """Return the options for the manifest: all that affect the file but `view`, which it stores separately."""
        options = {field.name: getattr(self, field.name) for field in fields(self)}
        del options["view"]
        if self.format is not FigureFormat.PNG:
            del options["dpi"]
        if self.format is not FigureFormat.SVG:
            del options["outlines"]
        return options


def _clean(text: str, longest: int) -> str:
    """Cut text to a length; keep line breaks, but drop other control characters, which fonts and files cannot hold."""
    lines = ("".join(c if c.isprintable() or c in _JOINERS else " " for c in line) for line in text.splitlines())
    return "\n".join(" ".join(line.split()) for line in lines if line.strip())[:longest].strip()


# Extents.


def extent_of(text: str) -> BBox:
    """Parse `west,south,east,north`, clipped to GROUND; raises ValueError if it is no box or lies outside.

    >>> str(extent_of("69,32,120,35"))
    '69,32,96,35'
    """
    cut = BBox.parse(text).within(GROUND)
    if cut is None:
        raise ValueError(f"{text} holds no ground that is drawn; choose a box within {GROUND}")
    return cut


_KM_PER_DEGREE: Final = 111.0
_AROUND: Final = 0.07
"""Margin added on each side, as a share of the extent."""

_LEAST_DEGREES: Final = 0.8
"""Smallest width and height of an extent, so that its surroundings can be recognised."""

_FAR_KM: Final = 120.0
"""Half the length from which a border segment no longer widens the extent; only its badge has to be on the map."""

_TOUCHING: Final = 0.02
"""Distance in degrees within which a province counts as lying on a border, since outlines are simplified."""

_BARELY: Final = 0.03
"""Margin around large extents, countries and the borders, as a share of the extent."""


def around_selection(filters: Filters, table: IncidentTable, layers: Boundaries) -> BBox:
    """Return the extent of a selection's marks and provinces; of many incidents, without their uncertainty radii.

    Incidents that also lie in provinces outside the selection do not widen it, as their marks may be far away.
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
    """Return the extent of the incidents' marks with their uncertainty; the whole region if they have none."""
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
    """Return the extent of some provinces; raises KeyError for an unknown code."""
    return _around(layers.provinces.geometry[list(codes)].bounds.to_numpy())


def around_chosen_provinces(filters: Filters, layers: Boundaries) -> BBox:
    """Return the extent of the selected provinces; the whole region if none are selected."""
    return _around(_chosen_bounds(filters, layers))


def _around_country(country: Country, _filters: Filters, _table: IncidentTable, layers: Boundaries) -> BBox:
    return _around(layers.provinces.geometry[layers.provinces["country"] == country.value].bounds.to_numpy(), _BARELY)


def along_borders(layers: Boundaries) -> BBox:
    """Return the extent of all border lines."""
    lines = shapely.union_all([border.line for border in layers.borders.values()])
    return _around(np.array([lines.bounds]), _BARELY)


ALL: Final = "all"
"""Name of the extent that shows all three countries."""
EXTENTS: Final[Mapping[str, Callable[[Filters, IncidentTable, Boundaries], BBox]]] = MappingProxyType(
    {
        "selection": around_selection,
        "provinces": lambda filters, _, layers: around_chosen_provinces(filters, layers),
        "borders": lambda _, __, layers: along_borders(layers),
        ALL: lambda *_: REGION,
        **{country.value.lower(): partial(_around_country, country) for country in Country},
    }
)
"""Functions that return an extent, by its name."""


def ground_shown(view: str | BBox | None, filters: Filters, table: IncidentTable, layers: Boundaries) -> BBox:
    """Return the ground for a figure's `view`: a box as it is, or an extent by name; raises KeyError for unknown names.

    None stands for the selected provinces, or else the selected incidents; or all three countries if the selection
    leaves nothing out.
    """
    if isinstance(view, BBox):
        return view
    if view is None and not chosen_provinces(filters, layers) and table.count(filters) == len(table):
        view = ALL
    return EXTENTS[view or usual_extent(filters, layers)](filters, table, layers)


def usual_extent(filters: Filters, layers: Boundaries) -> str:
    """Return the name of the default extent for a selection that leaves something out."""
    return "provinces" if chosen_provinces(filters, layers) else "selection"


def extent_words(name: str) -> str:
    """Return the label of an extent."""
    country = name.upper()
    return Country(country).label if country in list(Country) else say(f"figure-extent-{name}")


def chosen_provinces(filters: Filters, layers: Boundaries) -> tuple[str, ...]:
    """Return the codes of the selected provinces that exist in the boundaries."""
    return tuple(code for code in filters.province if code in layers.provinces.index)


def lies_on(border: Border, filters: Filters, layers: Boundaries) -> bool:
    """Return whether the selected countries or provinces touch a border that the selection does not exclude."""
    if filters.border and border not in filters.border:
        return False
    codes, line = chosen_provinces(filters, layers), layers.borders[border].line
    touched = any(shapely.dwithin(layers.provinces.geometry[code], line, _TOUCHING) for code in codes)
    return touched or (not codes and bool(set(filters.country) & set(border.countries)))


def lines_for(filters: Filters, layers: Boundaries) -> Mapping[str, LineStyle]:
    """Return line styles keyed like LINES, with emphasis on borders that a selection names or lies on."""
    return lines_with([b for b in Border if b in filters.border or lies_on(b, filters, layers)])


def elsewhere_too(filters: Filters, table: IncidentTable, layers: Boundaries) -> frozenset[str]:
    """Return the ids of selected incidents that also lie in unselected provinces; empty if no province is selected."""
    names = {str(layers.provinces["province"][code]) for code in chosen_provinces(filters, layers)}
    shared = table.shared(filters) if names else ()
    return frozenset(incident.id for incident in shared if not names.issuperset(incident.provinces))


def _chosen_bounds(filters: Filters, layers: Boundaries) -> Floats:
    bounds = layers.provinces.geometry[list(chosen_provinces(filters, layers))].bounds
    return np.asarray(bounds.to_numpy(), float)


def _around(boxes: Floats, share: float = _AROUND) -> BBox:
    """Return the extent of boxes, shape (n, 4), with a margin on each side; the whole region if there are none."""
    if not len(boxes):
        return REGION
    (west, south), (east, north) = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
    x = max(share * (east - west), (_LEAST_DEGREES - (east - west)) / 2)
    y = max(share * (north - south), (_LEAST_DEGREES - (north - south)) / 2)
    edges = np.round([west - x, south - y, east + x, north + y], 3)
    return BBox(*(float(edge) for edge in edges))
