"""The report figure: plan the layout first, then draw it and write the file."""

import json
import re
from base64 import b64encode
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from enum import IntEnum, auto
from functools import lru_cache
from io import BytesIO
from itertools import product
from threading import Lock
from typing import Any, Final, Self
from xml.sax.saxutils import escape, unescape

import matplotlib as mpl
import pandas as pd
import shapely
from fontTools import subset  # type: ignore[import-untyped]  # it has no types
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from geo import __version__
from geo.export.manifest import code_of, manifest, to_json
from geo.figure.ground import (
    AreaName,
    LineName,
    Names,
    beside,
    cased_borders,
    chosen_names,
    clipped_to_sheet,
    crossing_points,
    draw_borders,
    draw_casings,
    draw_circles,
    draw_ground,
    draw_stretches,
    ground,
    line_names,
    outlines_near,
    outlines_of,
    square_at,
)
from geo.figure.legend import KeyLength, NumberLabel, Rows, key, legend, number_labels, numbers
from geo.figure.options import FigureFormat, FigureOptions, TypeSize, chosen_provinces, elsewhere_too, lines_for
from geo.figure.panels import (
    Corners,
    Explained,
    Layout,
    Panels,
    ScaleBar,
    Stack,
    draw_inset,
    draw_note,
    draw_scale_bar,
    footer_texts,
    heading,
    inset_mm,
    note_mm,
    nothing_shown,
    scale_bar,
)
from geo.figure.paper_marks import PlacedMark, draw_leader, draw_mark, place_many, place_marks
from geo.figure.sheet import FONTS_FOLDER, Frame, Room, Sheet, TextBlock
from geo.language.folding import fold
from geo.language.messages import LANGUAGE, say
from geo.places.boundaries import Boundaries
from geo.places.plane import REGION
from geo.render.left_out import LeftOut
from geo.selection import Filters
from geo.symbology.marks import Marks
from geo.symbology.symbols import LineStyle
from geo.table.incident_table import IncidentTable

SOFTWARE: Final = f"{say('program-name')} {__version__}"

_SETTINGS: Final[Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "incident-map",
    "pdf.fonttype": 42,
    "text.hinting": "no_hinting",
    "font.sans-serif": ["DejaVu Sans"],
}
"""Keep text as text in SVG and embed fonts in PDF."""

_ONE_AT_A_TIME: Final = Lock()
"""matplotlib's settings are global to the process and are read while it saves a figure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """Metadata of a figure, written into its file."""

    manifest: Mapping[str, Any]
    title: str
    alt: str
    """Text alternative for readers who cannot see the figure."""


def picture(figure: Figure, about: Description, kind: FigureFormat, *, dpi: int, outlines: bool) -> bytes:
    """Write a figure; `dpi` applies to PNG, `outlines` draws the letters of an SVG as paths."""
    file = BytesIO()
    settings = _SETTINGS | ({"svg.fonttype": "path"} if outlines else {})
    with _ONE_AT_A_TIME, mpl.rc_context(settings):
        figure.savefig(file, format=kind.value, dpi=dpi, metadata=_metadata(about.manifest, about.title, kind))
    if kind is FigureFormat.PDF:
        return _tagged(file.getvalue(), about)
    return with_fonts(file.getvalue(), figure) if kind is FigureFormat.SVG and not outlines else file.getvalue()


def _metadata(made: Mapping[str, Any], title: str, kind: FigureFormat) -> dict[str, Any]:
    text, day = to_json(dict(made)), made["made"]
    if kind is FigureFormat.PNG:
        return {"Title": title, "Software": SOFTWARE, "Copyright": made["credit"], "Manifest": text}
    if kind is FigureFormat.SVG:
        return {"Title": title, "Creator": SOFTWARE, "Rights": made["credit"], "Date": str(day), "Description": text}
    return {
        "Title": title,
        "Author": say("cite-contributors"),
        "Creator": SOFTWARE,
        "Producer": f"{mpl.__name__} {mpl.__version__}",
        "Subject": made["credit"],
        "Keywords": text,
        "CreationDate": datetime.combine(day, time(), UTC),
        "ModDate": datetime.combine(day, time(), UTC),
    }


def manifest_of(file: bytes) -> dict[str, Any]:
    """Return the manifest inside a figure that `write_figure` made; raises ValueError for any other file."""
    try:
        if file.startswith(b"\x89PNG"):
            text = Image.open(BytesIO(file)).text["Manifest"]  # type: ignore[attr-defined]  # of PNG files alone
        elif file.startswith(b"%PDF"):
            metadata: Mapping[str, Any] = PdfReader(BytesIO(file)).metadata or {}
            text = metadata["/Keywords"]
        else:
            text = unescape(file.decode().split("<dc:description>", 1)[1].split("</dc:description>", 1)[0])
        made = json.loads(text)
    except (OSError, LookupError, ValueError, PyPdfError) as error:
        raise ValueError(say("figure-without-manifest")) from error
    if not isinstance(made, dict) or not {"code", "filters", "rule", "view", "options"} <= made.keys():
        raise ValueError(say("figure-without-manifest"))
    return made


# Tagged PDF for screen readers: language, title and text alternative.


def _tagged(pdf: bytes, about: Description) -> bytes:
    """Tag the page as a figure with its text alternative and language, and add XMP metadata."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    page, root = writer.pages[0], writer.root_object
    contents, drawn = page.get_contents(), StreamObject()
    assert contents is not None
    drawn.set_data(b"/Figure <</MCID 0>> BDC\n" + contents.get_data() + b"\nEMC\n")
    page[NameObject("/Contents")] = writer._add_object(drawn.flate_encode())  # noqa: SLF001  # pypdf has no other way
    page[NameObject("/StructParents")] = NumberObject(0)
    page[NameObject("/Tabs")] = NameObject("/S")
    for name, value in _structure(writer, page, about.alt).items():
        root[NameObject(name)] = value
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def _structure(writer: PdfWriter, page: PageObject, alt: str) -> dict[str, PdfObject]:
    """Return the catalogue entries of a tagged document."""
    parts = DictionaryObject(), DictionaryObject(), DictionaryObject()
    tree, document, figure = (writer._add_object(part) for part in parts)  # noqa: SLF001  # as above
    box = {"/O": "/Layout", "/Placement": "/Block", "/BBox": [float(edge) for edge in page.mediabox]}
    drawn = {"/S": "/Figure", "/P": document, "/Pg": page.indirect_reference, "/K": 0, "/A": box}
    parts[0].update(_as_pdf({"/Type": "/StructTreeRoot", "/K": document, "/ParentTree": {"/Nums": [0, [figure]]}}))
    parts[1].update(_as_pdf({"/Type": "/StructElem", "/S": "/Document", "/P": tree, "/K": [figure]}))
    parts[2].update(_as_pdf({"/Type": "/StructElem"} | drawn) | {NameObject("/Alt"): TextStringObject(alt)})
    xmp = StreamObject()
    xmp.set_data(_xmp(writer))
    xmp.update(_as_pdf({"/Type": "/Metadata", "/Subtype": "/XML"}))
    return {
        "/StructTreeRoot": tree,
        "/MarkInfo": _as_pdf({"/Marked": True}),
        "/ViewerPreferences": _as_pdf({"/DisplayDocTitle": True}),
        "/Lang": TextStringObject(LANGUAGE),
        "/Metadata": writer._add_object(xmp),  # noqa: SLF001  # as above
    }


def _as_pdf(value: Any) -> Any:
    """Convert a value to a PDF object; strings become names."""
    if isinstance(value, dict):
        return DictionaryObject({NameObject(name): _as_pdf(each) for name, each in value.items()})
    if isinstance(value, list):
        return ArrayObject([_as_pdf(each) for each in value])
    if isinstance(value, bool):
        return BooleanObject(value)
    kinds = {int: NumberObject, float: FloatObject, str: NameObject}
    return kinds[type(value)](value) if type(value) in kinds else value


_XMP: Final = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:date><rdf:Seq><rdf:li>{day}</rdf:li></rdf:Seq></dc:date>
<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{rights}</rdf:li></rdf:Alt></dc:rights>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{creator}</xmp:CreatorTool><xmp:CreateDate>{day}</xmp:CreateDate>
<xmp:ModifyDate>{day}</xmp:ModifyDate>
<pdf:Producer>{producer}</pdf:Producer><pdf:Keywords>{manifest}</pdf:Keywords>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>
"""


def _xmp(writer: PdfWriter) -> bytes:
    """Return the document's metadata as XMP."""
    metadata: Mapping[str, Any] = writer.metadata or {}
    names = {
        "title": "Title",
        "author": "Author",
        "rights": "Subject",
        "creator": "Creator",
        "producer": "Producer",
        "manifest": "Keywords",
    }
    values = {name: escape(str(metadata[f"/{key}"])) for name, key in names.items()}
    made = datetime.strptime(str(metadata["/CreationDate"])[2:10], "%Y%m%d").replace(tzinfo=UTC)
    return _XMP.format(language=LANGUAGE, day=made.date().isoformat(), **values).encode()


# Subsets of the shipped fonts are embedded in an SVG, so its text stays text and looks the same in every browser.
# Programs that ignore embedded fonts, such as Inkscape and librsvg, fall back to fonts no wider, so no line overflows.

_STAND_INS: Final = "'Open Sans', 'Segoe UI', 'Liberation Sans', Arial"

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
    """Embed subsets of the fonts in an SVG, with the characters that the figure's text uses."""
    faces = "".join(_faces(figure))
    (last,) = _SETTINGS["font.sans-serif"]
    svg = svg.replace(f"'{last}'".encode(), f"{_STAND_INS}, '{last}'".encode())
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
    """Subset a font to some characters, as WOFF; empty if it has none of them. Takes a tenth of a second."""
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


# Layout: where everything goes on the paper, decided before anything is drawn.

_ROUNDING_MM: Final = 0.01
_WIDENED: Final = (1.0, 1.1, 1.2, 1.35, 1.5)
"""Factors by which the map may zoom out until scale bar and inset cover no incidents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The incidents on a map."""

    frame: Frame
    marks: Marks
    """Those inside the frame."""
    placed: tuple[PlacedMark, ...]
    scale: float
    """Scale of type and symbols, `FigureOptions.scale`."""

    @classmethod
    def of(cls, marks: Marks, frame: Frame, scale: float) -> Self:
        """Place the marks that lie inside the frame."""
        inside = marks.within(frame)
        return cls(frame=frame, marks=inside, placed=place_marks(inside, frame, scale), scale=scale)

    @classmethod
    def of_many(cls, spots: pd.DataFrame, frame: Frame, scale: float) -> Self:
        """Place counts by location, as `IncidentTable.spots` returns them."""
        nothing = Marks(points=(), areas=(), nowhere=())
        return cls(frame=frame, marks=nothing, placed=place_many(spots, frame, scale), scale=scale)

    def outlines(self) -> list[shapely.Polygon]:
        """Return the shapes that the marks cover."""
        return [mark.outline() for mark in self.placed]


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """Everything on the map besides the ground and the incidents."""

    crossings: Mapping[str, tuple[float, float]]
    """Positions on the sheet, in mm, by name."""
    line_names: tuple[LineName, ...]
    chosen_names: Mapping[str, AreaName]
    chosen: tuple[str, ...]
    """Codes of the selected provinces."""
    lines: Mapping[str, LineStyle]
    """Line styles by name, keyed like LINES."""
    numbers: tuple[NumberLabel, ...]
    scale_bar: ScaleBar
    panels: Panels
    note: TextBlock | None
    """Shown on a map without incidents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A figure laid out but not yet drawn."""

    options: FigureOptions
    layout: Layout
    scene: Scene
    name: str
    """The title unwrapped, for the file's metadata."""
    title: TextBlock
    subtitle: TextBlock
    explained: Explained
    keyed: bool
    """Whether incidents are numbered; the key is then the last of `explained.rows`."""
    stack: Stack
    furniture: Furniture
    manifest: dict[str, Any]

    @property
    def fits(self) -> bool:
        """Whether legend, key and footer fit into their room."""
        return self.stack.high_mm <= self.layout.room_mm[1] + _ROUNDING_MM

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences on what differs from the options because there was no room."""
        asked = TypeSize(self.manifest["options"]["type"])
        smaller = say("figure-smaller-type", asked=asked.value, taken=self.options.type.value)
        numbered = numbers(self.scene.placed) if self.options.key and not self.keyed else {}
        no_key = say("figure-no-room-for-key", incidents=len(numbered))
        return (*((smaller,) if self.options.type is not asked else ()), *((no_key,) if numbered else ()))

    @property
    def about(self) -> Description:
        """Metadata for the file."""
        under = " ".join(self.subtitle.lines)
        key = self.explained.rows[-1].rows if self.keyed else ()
        texts = [" ".join(filter(None, (row.head, row.text))) for row in key]
        said = [say("figure-alt-numbered", number=number, text=text) for number, text in enumerate(texts, 1)]
        alt = say("figure-alt", title=self.name, subtitle=under, texts=" ".join([*said, *self.explained.footer]))
        return Description(manifest=self.manifest, title=self.name, alt=alt)

    @property
    def panels(self) -> Panels:
        """The panels on the map: note, inset and scale bar."""
        return self.furniture.panels

    def covered_mm2(self) -> float:
        """Return the area in mm² of marks, numbers and other panels that the panels cover."""
        numbers = [number.box for number in self.furniture.numbers]
        return self.panels.covered_mm2([*self.scene.outlines(), *numbers])


def plan(filters: Filters, table: IncidentTable, layers: Boundaries, options: FigureOptions) -> Plan:
    """Lay out a figure, with smaller type than requested if it would not fit otherwise.

    The key is shortened before the type is reduced, and dropped only if its shortest form does not fit in the smallest
    type; without the key, type is again as large as fits.
    """
    sizes = list(TypeSize)
    asked = [replace(options, type=size) for size in reversed(sizes[: sizes.index(options.type) + 1])]
    for tried, each in product(_IN_TURN, asked):
        made = _plan(filters, table, layers, each, options.recorded(), tried)
        if made.fits:
            break
    return made


def _plan(  # noqa: PLR0913, PLR0917  # all inputs of a figure
    filters: Filters,
    table: IncidentTable,
    layers: Boundaries,
    options: FigureOptions,
    recorded: Mapping[str, Any],
    tried: Sequence["Less"],
) -> Plan:
    """Lay out a figure, trying some reductions in turn; zoom the map out rather than cover an incident with a panel."""
    best: Plan | None = None
    for widened in _WIDENED[: 1 if table.marks(filters) is None else None]:
        made = _Planner(filters, table, layers, options, recorded, widened).plan(tried)
        if best is None or (made.fits and made.covered_mm2() < best.covered_mm2()):
            best = made
        if not best.fits or best.covered_mm2() == 0:
            break
    assert best is not None
    return best


class Less(IntEnum):
    """Reductions applied in turn when legend, key and footer do not fit; each includes those before it."""

    NOTHING = auto()
    SHORT_FOOTER = auto()
    SHORT_KEY = auto()
    SHORTEST_KEY = auto()
    NO_KEY = auto()


_KEYS: Final = {Less.SHORT_KEY: KeyLength.SHORT, Less.SHORTEST_KEY: KeyLength.SHORTEST}
_IN_TURN: Final = (Less.NOTHING, Less.SHORT_FOOTER, Less.SHORT_KEY), (Less.SHORTEST_KEY,), (Less.NO_KEY,)
"""Groups of reductions: each group is tried in all sizes of type before the next."""


class _Planner:
    """Lays out a figure whose map is zoomed out by the factor `widened`."""

    def __init__(  # noqa: PLR0913, PLR0917  # all inputs of a figure
        self,
        filters: Filters,
        table: IncidentTable,
        layers: Boundaries,
        options: FigureOptions,
        recorded: Mapping[str, Any],
        widened: float,
    ) -> None:
        self.recorded = recorded
        self.filters, self.table, self.layers, self.options = filters, table, layers, options
        self.palette, self.scale, self.view = options.style.palette, options.scale, options.view or REGION
        self.widened = widened
        self.lines = lines_for(filters, layers)
        self.too = len(elsewhere_too(filters, table, layers))
        self.seen_in = _scenes(filters, table, self.scale)
        self.name, self.title, self.subtitle = heading(filters, table, layers, options)
        self._last: tuple[Layout, dict[str, Any], Scene] | None = None

    def plan(self, tried: Sequence[Less]) -> Plan:
        """Give the map all the room that legend, key and footer leave; shorten them if the map would be too small."""
        ways = Layout.ways(self.options, self.view, self.title.high_mm + self.subtitle.high_mm)
        for less, way in product(tried, ways):
            layout: Layout | None = way
            while layout is not None:
                found = self._in(layout, less)
                if found.fits:
                    return found
                layout = layout.roomier(found.explained.within, utmost=less >= Less.SHORT_KEY)
        return found

    def _in(self, layout: Layout, less: Less) -> Plan:
        made, scene = self._scene(layout)
        numbered = numbers(scene.placed) if self.options.key and less < Less.NO_KEY else {}
        left = LeftOut(**made["counts"])
        furniture = self._furnished(scene, numbered, None if scene.placed else self._note(left, layout))
        length = _KEYS.get(less, KeyLength.FULL)
        rows = key(scene.placed, numbered, self.table.rule, self.scale, self.palette, length=length)
        explained = Explained(
            rows=tuple(each for each in (self._legend(scene, furniture, rows, length), rows) if each),
            footer=footer_texts(
                made,
                self.filters,
                self.layers,
                self.options,
                scene.placed,
                self.table.rule,
                too=self.too,
                with_key=rows is not None,
                brief=self.options.size.paper.brief or less >= Less.SHORT_FOOTER,
            ),
            options=self.options,
        )
        return Plan(
            options=self.options,
            layout=layout,
            scene=scene,
            name=self.name,
            title=self.title,
            subtitle=self.subtitle,
            explained=explained,
            keyed=rows is not None,
            stack=explained.within(layout.room_mm[0]),
            furniture=furniture,
            manifest=made,
        )

    def _scene(self, layout: Layout) -> tuple[dict[str, Any], Scene]:
        """Return the manifest and scene of a layout; the last is cached, since each reduction starts from the same."""
        if self._last is None or self._last[0] != layout:
            frame = Frame.around(self.view, layout.map_box, widened=self.widened)
            made = manifest(self.filters, self.table, self.layers, view=frame, **self.recorded)
            self._last = layout, made, self.seen_in(frame)
        return self._last[1:]

    def _note(self, left: LeftOut, layout: Layout) -> TextBlock:
        west, _, east, _ = layout.map_box.bounds
        return nothing_shown(self.filters, left.chosen, east - west, self.options)

    def _furnished(self, scene: Scene, numbered: Mapping[str, int], note: TextBlock | None) -> Furniture:
        """Find room for the numbers, then the names of selected provinces and of borders, then the panels."""
        frame, layers, scale = scene.frame, self.layers, self.scale
        borders = cased_borders(frame, layers, self.lines)
        room = Room(frame.box, gap_mm=0.5 * scale)
        room.take(*scene.outlines(), *(mark.leader() for mark in scene.placed))
        outlines = outlines_near(frame, layers, self.lines, scale)
        broad = shapely.union(beside(borders.values(), 1.2 * scale), outlines)
        labels = number_labels(scene.placed, numbered, room, scale, self.palette, avoiding=broad)
        crossings = crossing_points(frame, layers, room, scale)
        squares = [square_at(at, scale) for at in crossings.values()]
        room.take(*squares)
        inner = Room(frame.box.buffer(-1.2), gap_mm=0.6 * scale)
        codes = chosen_provinces(self.filters, layers)
        inner.take(*room.taken, *borders.values(), *outlines_of(codes, frame, layers))
        chosen = chosen_names(codes, frame, layers, inner, scale, self.palette, avoiding=outlines)
        named = tuple(
            name
            for border, line in borders.items()
            for name in line_names(border, line, self.lines[border].of(self.palette), inner, scale, avoiding=outlines)
        )
        room.take(*(name.box for name in chosen.values()), *(name.box() for name in named))
        bar = scale_bar(frame, scale)
        sizes_mm: dict[str, tuple[float, float] | None] = {
            "note": note_mm(note) if note else None,
            "scale_bar": bar.size_mm,
            "inset": inset_mm(frame.box, scale) if self.options.inset else None,
        }
        costs = {
            1.0: clipped_to_sheet(frame, ground(layers, frame.m_per_mm).land),
            6.0: beside([*borders.values(), *outlines_of(codes, frame, layers)], 1.5 * scale),
        }
        panels = Corners(box=frame.box, marks=room, costs=costs, scale=scale).panels(sizes_mm)
        return Furniture(
            crossings=crossings,
            line_names=named,
            chosen_names=chosen,
            chosen=codes,
            lines=self.lines,
            numbers=labels,
            scale_bar=bar,
            panels=panels,
            note=note,
        )

    def _legend(self, scene: Scene, furniture: Furniture, keyed: Rows | None, length: KeyLength) -> Rows | None:
        named = {name.border for name in furniture.line_names}
        borders = cased_borders(scene.frame, self.layers, self.lines).items()
        if not self.options.legend:
            return None
        return legend(
            scene.marks,
            scene.placed,
            scene.frame,
            self.scale,
            self.palette,
            sizes=self.table.rule.symbol_words,
            crossings=bool(furniture.crossings),
            borders=[border for border, line in borders if border not in named and not line.is_empty],
            lines=self.lines,
            numbered=keyed is not None,
            kinds=keyed is None or length is KeyLength.SHORTEST,
            hollow=keyed is None or length is not KeyLength.FULL,
        )


def _scenes(filters: Filters, table: IncidentTable, scale: float) -> Callable[[Frame], Scene]:
    """Return a function that places the marks in a frame; the marks are queried once for all frames tried."""
    marks = table.marks(filters)
    if marks is None:
        spots = table.spots(filters)
        return lambda frame: Scene.of_many(spots, frame, scale)
    return lambda frame: Scene.of(marks, frame, scale)


_NAME_GAP_MM: Final = 0.6


def draw(plan: Plan, layers: Boundaries) -> Figure:
    """Draw a plan: ground, areas of uncertainty, borders, names, marks, panels, then the text around the map."""
    frame, scene = plan.scene.frame, plan.scene
    sheet = Sheet(plan.layout.paper, plan.options.style.palette, plan.options.scale)
    sheet.clip_to(frame.box)
    draw_ground(sheet, frame, layers, plan.furniture.chosen)
    draw_casings(sheet, frame, layers, plan.furniture.lines)
    draw_circles(sheet, frame, scene.marks)
    draw_stretches(sheet, frame, scene.marks)
    draw_borders(sheet, frame, layers, plan.furniture.lines)
    _draw_names(sheet, plan, layers)
    sheet.group("incidents")
    for mark in scene.placed:
        draw_leader(sheet, mark)
    for mark in reversed(scene.placed):
        draw_mark(sheet, mark, frame, counted=not plan.keyed)
    for number in plan.furniture.numbers:
        number.draw(sheet)
    sheet.clip_to(None)
    sheet.group("furniture")
    sheet.shape(frame.box, edge=sheet.palette.border, width_mm=0.15 * sheet.scale)
    _draw_panels(sheet, plan, layers)
    margin = sheet.paper.margin_mm
    below = sheet.write(margin, sheet.paper.height_mm - margin, plan.title)
    sheet.write(margin, below, plan.subtitle)
    plan.stack.draw(sheet, plan.layout.aside, ruled=not plan.layout.beside)
    return sheet.figure


def _draw_names(sheet: Sheet, plan: Plan, layers: Boundaries) -> None:
    frame, found = plan.scene.frame, plan.furniture
    room = Room(frame.box.buffer(-1.2), gap_mm=_NAME_GAP_MM * sheet.scale)
    room.take(*(mark.outline() for mark in plan.scene.placed), *(mark.leader() for mark in plan.scene.placed))
    room.take(*plan.panels.all(), *(number.box for number in found.numbers))
    room.take(*cased_borders(frame, layers, found.lines).values(), *(name.box() for name in found.line_names))
    room.take(*(name.box for name in found.chosen_names.values()))
    for name in found.line_names:
        name.draw(sheet)
    outlines = outlines_near(frame, layers, found.lines, sheet.scale)
    for area in found.chosen_names.values():
        area.draw(sheet, outlines)
    room.take(*outlines_of(found.chosen, frame, layers))
    names = Names(sheet=sheet, frame=frame, layers=layers, room=room, chosen=found.chosen, outlines=outlines)
    names.crossing_points(found.crossings)
    names.countries()
    names.provinces(towns=names.towns(), named=found.chosen_names)


def _draw_panels(sheet: Sheet, plan: Plan, layers: Boundaries) -> None:
    panels = plan.panels
    if plan.furniture.note is not None and panels.note is not None:
        draw_note(sheet, panels.note, plan.furniture.note)
    if panels.inset is not None:
        draw_inset(sheet, panels.inset, plan.scene.frame, layers, plan.furniture.lines)
    if panels.scale_bar is not None:
        draw_scale_bar(sheet, panels.scale_bar, plan.furniture.scale_bar, plan.scene.frame)


_LONGEST_SELECTION: Final = 60


def figure(filters: Filters, table: IncidentTable, layers: Boundaries, **options: Any) -> Figure:
    """Draw the figure of a selection; `options` are the fields of FigureOptions, which raises ValueError."""
    return draw(plan(filters, table, layers, FigureOptions(**options)), layers)


def write_figure(
    filters: Filters, table: IncidentTable, layers: Boundaries, options: FigureOptions
) -> tuple[bytes, tuple[str, ...]]:
    """Return the figure of a selection as a file, with `Plan.notes`.

    The file carries the manifest: as the text chunk `Manifest` of a PNG, the description of an SVG, the keywords of a
    PDF.
    """
    planned = plan(filters, table, layers, options)
    drawn = draw(planned, layers)
    file = picture(drawn, planned.about, options.format, dpi=options.dpi, outlines=options.outlines)
    return file, planned.notes


def figure_name(filters: Filters, table: IncidentTable, layers: Boundaries, options: FigureOptions) -> str:
    """Name the file after the selection, the paper and the code of its manifest."""
    code = code_of(filters, table, layers, view=options.view or REGION, **options.recorded())
    values = [value for values in filters.to_query().values() for value in values]
    words = re.sub(r"[^a-z0-9]+", "-", fold("-".join(values))).strip("-")[:_LONGEST_SELECTION].rstrip("-")
    return f"incident-map_{words or 'all'}_{options.size}_{code}.{options.format}"


def preview(
    filters: Filters, table: IncidentTable, layers: Boundaries, *, dpi: int, options: FigureOptions
) -> tuple[bytes, tuple[str, ...]]:
    """Return the figure as a PNG at the given resolution, with `Plan.notes`."""
    planned = plan(filters, table, layers, options)
    drawn = picture(draw(planned, layers), planned.about, FigureFormat.PNG, dpi=dpi, outlines=False)
    return drawn, planned.notes
