"""The report figure as an answer, with what its page and its command ask for as parameters."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import Any, Final

from geo.figure.drawing import file_name, write_figure
from geo.figure.options import (
    ALL,
    EXTENTS,
    HIGHEST_DPI,
    LONGEST,
    LOWEST_DPI,
    USUAL_DPI,
    FigureFormat,
    FigureOptions,
    FigureSize,
    Style,
    TypeSize,
    around_provinces,
    extent_of,
    ground_shown,
)
from geo.language.formatting import list_words
from geo.language.messages import say
from geo.places.boundaries import boundaries
from geo.places.plane import GROUND, BBox
from geo.table.event_index import Cache
from ui.server.answers import SELECTION, Answer, Asked, Made, saved_as
from ui.server.parameters import Parameter, Problem, cut

# How a figure is asked for.

_YES, _NO = "true", "false"


def _one_of(codes: Mapping[str, Any]) -> Callable[[str], Any]:
    """Read one of some codes, whatever their case."""

    def read(value: str) -> Any:
        known = {code.lower(): meant for code, meant in codes.items()}
        if value.lower() not in known:
            raise ValueError(say("cli-none-of", given=repr(cut(value)), known=list_words([*codes], "or")))
        return known[value.lower()]

    return read


def _coded(name: str, about: str, codes: Mapping[str, Any], otherwise: str) -> Parameter:
    schema = MappingProxyType({"type": "string", "enum": [*codes], "default": otherwise})
    return Parameter(name=name, about=about, read=_one_of(codes), schema=schema)


def _text(name: str, longest: int) -> Parameter:
    def read(value: str) -> str:
        if len(value) > longest:
            raise ValueError(say("problem-too-long", most=longest))
        return value

    about = say(f"help-figure-text-{name}")
    return Parameter(name=name, about=about, read=read, schema={"type": "string", "maxLength": longest})


def _switch(name: str, about: str, *, otherwise: bool) -> Parameter:
    schema = {"type": "boolean", "default": otherwise}
    return Parameter(name=name, about=about, read=_one_of({_YES: True, _NO: False}), schema=schema)


def _view(value: str) -> str | BBox:
    """Read the name of an extent, the code of a province or a box."""
    if value.lower() in EXTENTS:
        return value.lower()
    layers = boundaries()
    if value in layers.provinces.index:
        return around_provinces([value], layers)
    try:
        return extent_of(value)
    except ValueError:
        known = {"known": list_words([*EXTENTS], "or"), "ground": str(GROUND)}
        raise ValueError(say("cli-no-box", given=repr(cut(value)), **known)) from None


def _dpi(value: str) -> int:
    if not (value.isascii() and value.isdecimal() and LOWEST_DPI <= int(value[:9]) <= HIGHEST_DPI):
        dpi = {"lowest": str(LOWEST_DPI), "highest": str(HIGHEST_DPI)}
        raise ValueError(say("cli-no-resolution", given=repr(cut(value)), **dpi))
    return int(value)


_OPTIONS: Final = (
    _coded("size", say("figure-paper"), {size.value: size for size in FigureSize}, FigureSize.A4_LANDSCAPE.value),
    _coded("style", say("help-figure-style"), {style.value: style for style in Style}, Style.COLOUR.value),
    _coded("type", say("help-figure-type"), {size.value: size for size in TypeSize}, TypeSize.MEDIUM.value),
    Parameter(name="view", about=say("help-figure-view", extents=list_words([*EXTENTS]), all=ALL), read=_view),
    *(_text(name, longest) for name, longest in LONGEST.items()),
    _switch("legend", say("figure-legend"), otherwise=True),
    _switch("inset", say("figure-inset"), otherwise=True),
    _switch("key", say("api-of-figure-key"), otherwise=True),
)
_OF_FORMAT: Final = {
    FigureFormat.PNG: (
        Parameter(
            name="dpi",
            about=say("figure-resolution"),
            read=_dpi,
            schema={"type": "integer", "minimum": LOWEST_DPI, "maximum": HIGHEST_DPI, "default": USUAL_DPI},
        ),
    ),
    FigureFormat.SVG: (_switch("outlines", say("help-figure-outlines"), otherwise=False),),
    FigureFormat.PDF: (),
}
"""What can be asked of files of one kind only."""


# The figure.

MOST_PIXELS: Final = 40_000_000
"""Of a PNG: A4 at 600 dots per inch, A3 at 400; each takes four bytes of memory, several times over."""
_MM_PER_INCH: Final = 25.4
_KEPT: Final = 16
"""Figures of half a megabyte, for pages of others that show one to all who read them."""
_figures: Final[Cache[Any, bytes]] = Cache(_KEPT)


def _options(asked: Asked, kind: FigureFormat) -> FigureOptions:
    """Return what is asked for; no incident that may not be passed on is described in a key."""
    filters, table, layers = asked.filters, asked.found.table, asked.found.boundaries
    names = [parameter.name for parameter in (*_OPTIONS, *_OF_FORMAT[kind]) if parameter.name != "view"]
    given = {name: asked.one(name) for name in names if name in asked.read}
    view = ground_shown(asked.one("view"), filters, table, layers)
    options = FigureOptions(format=kind, view=view, **given)
    return replace(options, key=options.key and asked.passed_on().withheld is None)


def _check(asked: Asked, kind: FigureFormat) -> None:
    if kind is not FigureFormat.PNG:
        return
    paper, dpi = asked.one("size", FigureSize.A4_LANDSCAPE).paper, asked.one("dpi", USUAL_DPI)
    high_mm = paper.tallest_mm or paper.height_mm
    pixels = paper.width_mm * high_mm * (dpi / _MM_PER_INCH) ** 2
    if pixels > MOST_PIXELS:
        raise Problem(413, say("problem-figure-too-large", mpx=round(pixels / 1e6), most=MOST_PIXELS // 1_000_000))


def _figure(asked: Asked, kind: FigureFormat) -> Made:
    filters, table, layers, options = asked.filters, asked.found.table, asked.found.boundaries, _options(asked, kind)
    name = file_name(filters, table, layers, options)
    wanted = {field: getattr(options, field) for field in options.__dataclass_fields__}
    content = _figures.get((asked.tag, kind), lambda: write_figure(filters, table, layers, **wanted))
    return Made(content=content, headers=saved_as(name, shown=True))


def _answer(kind: FigureFormat) -> Answer:
    return Answer(
        path=f"/figure.{kind.value}",
        about=say("api-of-figure", format=kind.value.upper()),
        media_type=kind.mime,
        parameters=(*SELECTION, *_OPTIONS, *_OF_FORMAT[kind]),
        check=partial(_check, kind=kind),
        make=partial(_figure, kind=kind),
        heavy=True,
        statuses=(413,),
    )


FIGURE_ANSWERS: Final = tuple(_answer(kind) for kind in FigureFormat)
