"""A drawn figure as a file with its manifest inside: the same bytes for the same figure on the same day."""

from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import lru_cache
from io import BytesIO
from threading import Lock
from typing import Any, Final
from xml.sax.saxutils import escape

import matplotlib as mpl
from fontTools import subset  # type: ignore[import-untyped]  # it has no types
from matplotlib.figure import Figure
from matplotlib.text import Text
from pypdf import PageObject, PdfReader, PdfWriter
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
from geo.export.manifest import to_json
from geo.figure.options import FigureFormat
from geo.figure.sheet import FONTS_FOLDER
from geo.language.messages import LANGUAGE, say

SOFTWARE: Final = f"{say('program-name')} {__version__}"

_SETTINGS: Final[Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "incident-map",
    "pdf.fonttype": 42,
    "text.hinting": "no_hinting",
    "font.sans-serif": ["DejaVu Sans"],
}
"""Text stays text in SVG, fonts are embedded in PDF."""

_ONE_AT_A_TIME: Final = Lock()
"""matplotlib's settings are the process's, and read while it writes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a file says of its figure."""

    manifest: Mapping[str, Any]
    title: str
    alt: str
    """What the figure shows, for who cannot see it."""


def picture(figure: Figure, about: About, kind: FigureFormat, *, dpi: int, outlines: bool) -> bytes:
    """Write a figure; `dpi` is of a PNG, `outlines` says that letters of an SVG are shapes."""
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


# A PDF that a screen reader can use: its language, its title, and what the figure shows.


def _tagged(pdf: bytes, about: About) -> bytes:
    """Mark what is on the page as a figure with its description, in a language, and add XMP metadata."""
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
    """Return what the catalogue of a tagged document holds."""
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
    """Return a value as an object of a PDF; texts are names."""
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
    """Return what the document says about itself, as XMP."""
    said: Mapping[str, Any] = writer.metadata or {}
    names = {
        "title": "Title",
        "author": "Author",
        "rights": "Subject",
        "creator": "Creator",
        "producer": "Producer",
        "manifest": "Keywords",
    }
    values = {name: escape(str(said[f"/{key}"])) for name, key in names.items()}
    made = datetime.strptime(str(said["/CreationDate"])[2:10], "%Y%m%d").replace(tzinfo=UTC)
    return _XMP.format(language=LANGUAGE, day=made.date().isoformat(), **values).encode()


# The shipped fonts inside an SVG, cut down to its characters: its text stays text and looks the same in browsers. What
# ignores fonts in files, as Inkscape and librsvg do, finds others named that are no wider: no line leaves its room.

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
    """Put what a figure's text needs of the fonts into its SVG."""
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
