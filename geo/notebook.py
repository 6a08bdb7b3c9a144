"""For notebooks: open the incidents, select some, and get them as pandas and geopandas frames.

>>> from geo.notebook import open_table, select
>>> strikes = select(open_table(), year=2025, category="strike")
>>> strikes.words
'Strikes, 2025'
"""

import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import shapely
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import Affine2D

from geo.aggregate.by_province import by_province, without_province
from geo.casualties import RANGE, Rule
from geo.datasets.object_storage import is_address, open_folder
from geo.export.formats import Contents
from geo.export.manifest import manifest
from geo.figure.drawing import Scene, figure
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
from geo.figure.options import FigureOptions, Paper, Style, chosen_provinces, ground_shown, lines_for
from geo.figure.panels import size_words
from geo.figure.paper_marks import draw_leader, draw_mark
from geo.figure.sheet import Frame, Room, Sheet, TextBlock, Type, font
from geo.incident.vocabulary import MEASURES, Category
from geo.language.folding import fold
from geo.places.boundaries import BOUNDARY_NOTE, Boundaries, boundaries, province_code
from geo.places.locating import coordinates_of, located
from geo.places.plane import TO_PLANE, WGS84, BBox, Floats
from geo.render.left_out import LeftOut
from geo.selection import FIELDS, Filters, Known
from geo.store.incident_store import INCIDENTS_FILE, IncidentStore
from geo.table.incident_table import IncidentTable, choice_words, known_names, with_datasets

_MM_PER_INCH: Final = 25.4
_MIN_SIDE_MM: Final = 30.0
_NOTE_PT: Final = 6.0
_NOTE_BELOW_PT: Final = -6.0
_NOTE_WIDE: Final = 0.95
"""Width of the notes as a share of the axes': at a low resolution, letters are slightly wider than on paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AxesMap:
    """A map drawn on axes; the axes' data coordinates are metres in `geo.places.plane.CONFORMAL`.

    So `frame.to_crs(CONFORMAL).plot(ax=axes)` draws on top of it.
    """

    axes: Axes
    notes: str
    """What the map shows and leaves out, what symbol sizes mean, and the credits for data and borders."""

    def at(self, lon: npt.ArrayLike, lat: npt.ArrayLike) -> tuple[Floats, Floats]:
        """Return places in the axes' data coordinates, shape (n,); `lon` and `lat` are degrees, WGS84."""
        x, y = TO_PLANE.transform(np.asarray(lon, float), np.asarray(lat, float))
        return np.asarray(x, float), np.asarray(y, float)


def draw_on_axes(  # noqa: PLR0913  # options of the map
    axes: Axes,
    filters: Filters,
    table: IncidentTable,
    layers: Boundaries,
    *,
    view: str | BBox | None = None,
    style: Style | str = Style.COLOUR,
    noted: bool = True,
) -> AxesMap:
    """Draw the map of a selection of any size on matplotlib axes, laid out for their current size.

    Symbols are those of the web map and the figure. There is no legend; `geo.figure.drawing.figure` has one.

    Parameters
    ----------
    axes
        At least 30 mm wide and high. Their limits, ticks and aspect are set; what is drawn later lies on top.
    filters, table, layers
        The selection, what it is made from, and the boundaries.
    view
        The extent: a name in EXTENTS or a box in degrees, WGS84; None for that of the selected incidents.
    style
        Colour, grey or high contrast.
    noted
        Whether to write the notes below the axes; if not, show them elsewhere.

    Raises
    ------
    TypeError
        `axes` is not a matplotlib Axes.
    ValueError
        The axes are too small, or there is no such style.
    KeyError
        There is no such extent.

    """
    if not isinstance(axes, Axes):
        raise TypeError(f"axes are those of matplotlib, as plt.subplots() returns them, not {axes!r:.60}")
    palette = Style(style).palette
    wide, high = _size_mm(axes)
    if min(wide, high) < _MIN_SIDE_MM:
        raise ValueError(f"the axes are {wide:.0f} by {high:.0f} mm; a map needs {_MIN_SIDE_MM:.0f} each way")
    frame = Frame.around(ground_shown(view, filters, table, layers), shapely.box(0, 0, wide, high))
    paper = Paper(width_mm=wide, height_mm=high, margin_mm=0, scale=1, title_pt=12)
    sheet = _AxesSheet(paper, palette, axes, frame)
    marks = table.marks(filters)
    scene = Scene.of_many(table.spots(filters), frame, 1.0) if marks is None else Scene.of(marks, frame, 1.0)
    _draw(sheet, scene, filters, layers)
    made = manifest(filters, table, layers, view=frame)
    notes = " ".join(_notes(made, scene, table))
    if noted:
        small = Type(size_pt=_NOTE_PT, colour=palette.muted)
        axes.annotate(
            "\n".join(TextBlock.wrapped(notes, small, wide * _NOTE_WIDE).lines),
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
    """A sheet drawn on axes: its millimetres are those of the axes when drawn, and scale with them."""

    def __init__(self, paper: Paper, palette: Any, axes: Axes, frame: Frame) -> None:
        super().__init__(paper, palette, 1.0)
        self.figure = axes.get_figure(root=True)  # type: ignore[assignment]  # not None: see _size_mm
        (x, y), scale = frame.centre_m, frame.m_per_mm
        half_x, half_y = paper.width_mm / 2, paper.height_mm / 2
        axes.set(xlim=(x - half_x * scale, x + half_x * scale), ylim=(y - half_y * scale, y + half_y * scale))
        axes.set(xticks=[], yticks=[], aspect="equal", autoscale_on=False)
        self._to_dots = Affine2D().translate(-half_x, -half_y).scale(scale).translate(x, y) + axes.transData
        for order, group in enumerate(self._groups.values()):
            group.remove()
            group.set_zorder(order / len(self._groups))  # below everything else
            group.set_in_layout(False)
            axes.add_artist(group)


def _draw(sheet: Sheet, scene: Scene, filters: Filters, layers: Boundaries) -> None:
    frame, chosen, lines = scene.frame, chosen_provinces(filters, layers), lines_for(filters, layers)
    sheet.clip_to(frame.box)
    draw_ground(sheet, frame, layers, chosen)
    draw_casings(sheet, frame, layers, lines)
    draw_circles(sheet, frame, scene.marks)
    draw_stretches(sheet, frame, scene.marks)
    draw_borders(sheet, frame, layers, lines)
    room = Room(frame.box.buffer(-1.2), gap_mm=0.6)
    borders = cased_borders(frame, layers, lines)
    room.take(*scene.outlines(), *(mark.leader() for mark in scene.placed), *borders.values())
    outlines = outlines_near(frame, layers, lines, sheet.scale)
    for border, line in borders.items():
        for name in line_names(border, line, lines[border].of(sheet.palette), room, sheet.scale, avoiding=outlines):
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


__all__ = ["Selection", "located", "open_table", "select"]

_TYPES: Final = {pa.int32(): pd.Int32Dtype(), pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}


def open_table(
    store: Path | str = INCIDENTS_FILE, *, data: Path | str | bool | None = None, rule: str = RANGE.code
) -> IncidentTable:
    """Read the record and, if asked for, imported datasets; takes a second or two.

    Parameters
    ----------
    store
        The incident file, with its registers beside it.
    data
        The folder of imported datasets, or its address; True for the one that the map uses. Without it, the table
        is the record alone.
    rule
        The code of the casualty counting rule: one of `RULE_CODES` of `geo.casualties`.

    Raises
    ------
    FileNotFoundError
        The file, the register of claimants beside it, or the folder does not exist.
    IsADirectoryError
        `store` is a folder.
    TypeError
        An argument has the wrong type.
    ValueError
        There is no such rule, or the folder cannot hold datasets.
    StorageError
        The address cannot be read.

    Faulty incidents and damaged datasets are left out, each with a warning that names it.

    """
    _check_places(store, data)
    contents = IncidentStore(Path(store).expanduser()).read()
    faults = contents.faults
    if data is None or data is False:
        table = IncidentTable.of(contents)
    else:
        table, more = with_datasets(contents, open_folder(None if data is True else str(data)))
        faults += more
    for fault in faults:
        warnings.warn(str(fault), stacklevel=2)
    return table.under(Rule.parse(_rule(rule), table.claimants))


def _check_places(store: Any, data: Any) -> None:
    """Raise an error that says what to pass, unless `store` is a file and `data` can be a folder of datasets."""
    if not isinstance(store, str | Path):
        raise TypeError(f"store is the path of the incident file, not {store!r}")
    file = Path(store).expanduser()
    if file.is_dir():
        raise IsADirectoryError(f"{store} is a folder; name the incident file in it, or a folder of datasets by data=")
    if not file.exists():
        raise FileNotFoundError(f"there is no file {store}; leave it out for the record that came with the program")
    if not isinstance(data, str | Path | bool | None):
        raise TypeError(f"data is a folder of imported datasets, its address, or True for the usual one, not {data!r}")
    if isinstance(data, str | Path) and not is_address(str(data)) and not Path(data).expanduser().is_dir():
        raise FileNotFoundError(
            f"there is no folder {data}; import a file into it first, or leave data out for the record alone"
        )


def _rule(rule: Any) -> str:
    if not isinstance(rule, str):
        raise TypeError(f"a rule is named by its code, as in 'range', not {rule!r}")
    return rule


def select(table: IncidentTable, **filters: Any) -> "Selection":
    """Select incidents by the filters of links and of the command line; without filters, select all.

    Filters that take several values also take one: `select(table, year=2025, province=["AF-KHO", "Paktika"])`.
    Provinces are given by code or name. Leads are selected only if `status` names them.

    Raises
    ------
    TypeError
        `table` is not an IncidentTable, or there is no such filter; the message suggests the closest one.
    ValueError
        A value is invalid, or no incident can have it; the message lists the accepted ones.

    """
    if not isinstance(table, IncidentTable):
        raise TypeError(f"incidents are selected from a table: select(open_table(), year=2025), not from {table!r:.60}")
    known = known_names(table, boundaries())
    for name, entry in FIELDS.items():
        if isinstance(entry.choices, Known) and entry.choices in known and name in filters:
            given = filters[name]
            alone = isinstance(given, str) or not isinstance(given, Iterable)
            values = [str(each) for each in ([given] if alone else given)]
            if entry.choices is Known.PROVINCES:
                values = [province_code(each, boundaries()) or each for each in values]
                filters[name] = values
            _check(name, values, known[entry.choices])
    return Selection(table, Filters(**filters))


def _check(name: str, given: Iterable[str], known: Mapping[str, str]) -> None:
    spelt = {fold(code): code for code in known}
    for value in given:
        if fold(value) not in spelt:
            close = [spelt[each] for each in get_close_matches(fold(value), spelt, n=3, cutoff=0.6)]
            few = close if name == "actor" and close else known
            listed = ", ".join(f"{code} ({known[code]})" if name in {"province", "dataset"} else code for code in few)
            raise ValueError(f"{name}: {value!r} is none of: {listed}")


@dataclass(frozen=True, slots=True)
class Selection:
    """Selected incidents of a table. People are counted by the table's rule, which each frame names."""

    table: IncidentTable
    filters: Filters

    @property
    def words(self) -> str:
        """The selection in words, as in a subtitle."""
        return choice_words(self.filters, self.table, boundaries())

    def __len__(self) -> int:
        """Return the number of incidents."""
        return self.table.count(self.filters)

    def under(self, rule: str) -> "Selection":
        """Return the same incidents with people counted by another rule, given by code; raises ValueError."""
        return replace(self, table=self.table.under(Rule.parse(_rule(rule), self.table.claimants)))

    def incidents(self) -> gpd.GeoDataFrame:
        """Return all incidents, oldest first; a million rows take about 2 GB.

        Returns
        -------
        GeoDataFrame
            Indexed by `id`, with the columns of exported files, which `geo.export.columns.MEANINGS` explains. The
            geometry (WGS84, EPSG:4326) is no more precise than the location: a point, with `uncertainty_km` around it,
            if that is exact or approximate; a disc of `uncertainty_km` for a district; the outline of the province or
            provinces, accurate to 1 km; a line for a border segment; None if no place is known. `attrs["manifest"]` is
            the manifest of the selection.

        """
        return pd.concat(list(self.batches()))

    def batches(self) -> Iterator[gpd.GeoDataFrame]:
        """Yield the same in parts, in bounded memory: the record first, then at most 100,000 rows at a time."""
        for part in self._parts():
            rows = part.rows.to_pandas(types_mapper=_TYPES.get, date_as_object=False).set_index("id")
            frame = gpd.GeoDataFrame(rows, geometry=list(part.grounds), crs=WGS84)
            frame.attrs["manifest"] = part.manifest
            yield frame

    def claims(self) -> pd.DataFrame:
        """Return all claims: who claims what, in which publication.

        Returns
        -------
        DataFrame
            Indexed by `incident` and `number` (from 1, within the incident); columns include `claimant` (by name),
            `claimant_side`, `independent`, `stance`, `about`, `value` or `low` and `high` (people, missing if no figure
            is given), `of` (whose), `publisher`, `url`. Rival claims are separate rows.

        """
        parts = [part.claims.to_pandas(types_mapper=_TYPES.get, date_as_object=False) for part in self._parts()]
        return pd.DataFrame(pd.concat(parts)).set_index(["incident", "number"])

    def _parts(self) -> Iterable[Contents]:
        return Contents.parts(self.filters, self.table, boundaries())

    def totals(self) -> pd.DataFrame:
        """Add up people killed, injured and crossed, under the rule.

        Returns
        -------
        DataFrame
            Indexed by `dataset` (`curated` is the record) and `about`: `low`, `high` (people, missing if nobody
            whose claims count gives a figure), `or_more` (somebody says “at least”), `without_figure` (incidents
            without a figure of their own) and `rule` (its code). Totals of different datasets may overlap, and must not
            be added up.

        """
        rows = {
            (dataset, about.value): {
                "low": found.toll and found.toll.low,
                "high": found.toll and found.toll.high,
                "or_more": bool(found.toll and found.toll.or_more),
                "without_figure": found.incidents_without_figure,
                "rule": self.table.rule.code,
            }
            for about in MEASURES
            for dataset, found in self.table.totals(self.filters, about).items()
        }
        names = ["low", "high", "or_more", "without_figure", "rule"]
        index = pd.MultiIndex.from_tuples(rows, names=["dataset", "about"]) if rows else None
        frame = pd.DataFrame(list(rows.values()), index, columns=names)
        return frame.astype({"low": "Int64", "high": "Int64"}).sort_index(level="dataset", sort_remaining=False)

    def by_province(self) -> gpd.GeoDataFrame:
        """Count incidents and people by reported province.

        Returns
        -------
        GeoDataFrame
            Indexed by `province_code` (ISO 3166-2): a row for each of the 46 provinces, and `none` for incidents in
            several provinces or in an unknown one; columns as in `geo.aggregate.by_province.by_province`, and the
            outline of the province (WGS84), None in the last row. An incident in several provinces is counted in each
            of them, and its people in the last row only.

        """
        layers = boundaries()
        rows = pd.concat([by_province(self.filters, self.table, layers), without_province(self.filters, self.table)])
        outlines = layers.provinces.geometry.reindex(rows.index)
        return gpd.GeoDataFrame(rows.assign(toll_rule=self.table.rule.code), geometry=outlines, crs=WGS84)

    def by_month(self) -> pd.DataFrame:
        """Count incidents by category and by the month in which they began.

        Returns
        -------
        DataFrame
            Indexed by month (a PeriodIndex without gaps), with a column of integers for each category present. An
            incident whose day is not known counts in the month of its first possible day. Empty without incidents.

        """
        months = self.table.months(self.filters)
        counts = months.pivot_table(index="month", columns="category", values="incidents", aggfunc="sum", fill_value=0)
        counts = counts.reindex(columns=[kind.value for kind in Category if kind.value in counts])
        counts.index = pd.PeriodIndex(pd.to_datetime(counts.index), freq="M", name="month")
        if len(counts):
            every = pd.period_range(counts.index[0], counts.index[-1], freq="M", name="month")
            counts = counts.reindex(every, fill_value=0)
        return counts.astype(int)

    def draw(
        self,
        axes: Axes,
        *,
        points: pd.DataFrame | None = None,
        lon: str = "lon",
        lat: str = "lat",
        **options: Any,
    ) -> AxesMap:
        """Draw the map on matplotlib axes, with your own points on top.

        Parameters
        ----------
        axes
            At least 30 mm wide and high; the map is laid out for their current size.
        points, lon, lat
            As for `geo.places.locating.coordinates_of`: degrees in two columns, or a GeoDataFrame of points.
        options
            `view`, `style` and `noted` of `geo.notebook.draw_on_axes`, which also lists the errors.

        """
        at = None if points is None else coordinates_of(points, lon=lon, lat=lat)
        drawn = draw_on_axes(axes, self.filters, self.table, boundaries(), **options)
        if at is not None:
            look: dict[str, Any] = {"marker": "X", "s": 36, "color": "#000000", "edgecolors": "#FFFFFF"}
            axes.scatter(*drawn.at(*at), linewidths=0.8, zorder=3, **look)
        return drawn

    def figure(self, **options: Any) -> Figure:
        """Draw the figure for print, with legend, key and footer; `options` are the fields of FigureOptions.

        Raises TypeError for an unknown option and ValueError for an invalid value; both say what is accepted.
        """
        known = [field.name for field in fields(FigureOptions)]
        for name in options:
            if name not in known:
                raise TypeError(f"a figure has no option {name!r}; it has: {', '.join(known)}")
        return figure(self.filters, self.table, boundaries(), **options)
