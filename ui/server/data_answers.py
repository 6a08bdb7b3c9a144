"""Incidents, provinces and figures over HTTP: the same rows and files as from the pages and the command line."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import Any, Final

from geo.apart import TemporaryFolder, size_of
from geo.citation import cited_metadata, usable_settings
from geo.export import csv_format
from geo.export.csv_format import metadata_name
from geo.export.formats import ExportFormat, file_name
from geo.export.geojson_format import incident_document
from geo.export.manifest import LICENCE_ADDRESS, export_manifest, to_json
from geo.export.page_files import province_table
from geo.export.writing import FORMATS, check_count, export_to
from geo.figure.drawing import figure_name, write_figure
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
from geo.incident.errors import TooManyError, UnknownIncidentError
from geo.language.messages import list_words, say
from geo.places.boundaries import boundaries
from geo.places.plane import GROUND, BBox
from geo.table.event_index import Cache
from geo.table.incident_rows import CURATED
from ui.resources import Resources
from ui.server.answers import (
    SELECTION,
    WITHHELD,
    Answer,
    Asked,
    Made,
    as_json,
    check_passed_on,
    link,
    saved_as,
    selection_headers,
)
from ui.server.parameters import RULE, Parameter, Problem, cut

# Selected incidents as a file of any format.

MOST_INCIDENTS: Final = 50_000
"""Largest number of incidents in one answer; as GeoJSON that is 110 MB and ten seconds of processor time."""
MOST_BYTES: Final = 500_000_000
"""Largest size of one answer, before compression."""
_CSV: Final = f"/incidents.{csv_format.FORMAT.ending}"


def _files(kind: ExportFormat) -> Answer:
    """Return the answer that delivers a file of one format."""

    def headers(asked: Asked) -> Mapping[str, str]:
        described = (f"{metadata_name(_CSV[1:])}{_asked_for(asked)}", "describedby", "application/csvm+json")
        links = [described] if kind is csv_format.FORMAT else []
        return selection_headers(asked, *links) | saved_as(file_name(asked.passed_on().filters, format=kind))

    return Answer(
        path=f"/incidents.{kind.ending}",
        about=say("api-of-incidents", format=kind.label),
        media_type=kind.media_type,
        parameters=SELECTION,
        check=lambda asked: _check_size(asked, kind),
        make=lambda asked: _file(asked, kind),
        headers=headers,
        heavy=True,
        statuses=(413,),
    )


def _asked_for(asked: Asked) -> str:
    return f"?{asked.query}" if asked.query else ""


def _check_size(asked: Asked, kind: ExportFormat) -> None:
    given = asked.passed_on()
    count = given.table.count(given.filters)
    most = min(MOST_INCIDENTS, kind.most or MOST_INCIDENTS)
    if count > most:
        raise Problem(413, say("problem-too-many", incidents=count, most=most))
    try:
        check_count(given.filters, given.table, kind)
    except TooManyError as error:
        raise Problem(413, str(error)) from error


def _file(asked: Asked, kind: ExportFormat) -> Made:
    """Write the file; it is discarded if nobody waits for it any more, or if it becomes too large."""
    given, folder = asked.passed_on(), TemporaryFolder()
    path = folder.path / f"answer.{kind.ending}"

    def go_on(_: int = 0) -> None:
        if asked.stopped.is_set():
            raise Problem(503, say("problem-busy"))
        if size_of(folder.path) > MOST_BYTES:
            raise Problem(413, say("problem-too-large", mb=MOST_BYTES // 1_000_000))

    try:
        layers = asked.found.boundaries
        export_to(path, given.filters, given.table, layers, format=kind, progress=go_on, withheld=given.withheld)
        go_on()
    except BaseException:
        folder.cleanup()
        raise
    return Made(file=path, folder=folder)


def _description(asked: Asked) -> Made:
    """Describe the CSV for the same parameters, to which its Link header points."""
    given, (settings, _) = asked.passed_on(), usable_settings()
    name = f"{_CSV[1:]}{_asked_for(asked)}"
    return Made(
        content=cited_metadata(given.filters, given.table, name=name, settings=settings, withheld=given.withheld)
    )


# Single incidents.


def _incident_id(asked: Asked) -> str:
    return asked.path["id"]


def _check_incident(asked: Asked) -> None:
    """Raise Problem for an incident that does not exist or may not be passed on."""
    table, asked_for = asked.found.table, _incident_id(asked)
    try:
        check_passed_on(asked_for, table)
    except UnknownIncidentError as error:
        raise Problem(404, say("error-no-incident", id=repr(cut(asked_for)))) from error


def _incident(asked: Asked) -> Made:
    table = asked.found.table
    found = table.incident(_incident_id(asked))
    return Made(content=as_json(incident_document(found, table, asked.found.boundaries)))


def _incident_headers(asked: Asked) -> Mapping[str, str]:
    incident, table = _incident_id(asked), asked.found.table
    own = str(table.row(incident)["dataset"].iloc[0]) == CURATED
    return {"Link": link((LICENCE_ADDRESS, "license", ""))} if own else {}


def _one_of_the_record(found: Resources) -> str:
    return found.table.incidents[0].id


# Provinces.


def _provinces(asked: Asked) -> Made:
    """Count by province, as in the page's file, including publishers whose single incidents are withheld."""
    filters, table, layers = asked.filters, asked.found.table, asked.found.boundaries
    made = json.loads(to_json(export_manifest(filters, table, layers, format="json", rows="provinces")))
    rows = province_table(filters, table, layers).to_pylist()
    return Made(content=as_json({"manifest": made, "provinces": rows}))


def _province_headers(asked: Asked) -> Mapping[str, str]:
    return {name: value for name, value in selection_headers(asked).items() if name != WITHHELD}


DATA_ANSWERS: Final = (
    *(_files(kind) for kind in FORMATS.values()),
    Answer(
        path=f"/{metadata_name(_CSV[1:])}",
        about=say("api-of-csv-metadata"),
        media_type="application/csvm+json",
        parameters=SELECTION,
        make=_description,
        headers=selection_headers,
    ),
    Answer(
        path="/incidents/{id}.json",
        about=say("api-of-incident"),
        media_type="application/geo+json",
        parameters=(RULE,),
        check=_check_incident,
        make=_incident,
        headers=_incident_headers,
        in_path={"id": say("api-of-incident-id")},
        example={"id": _one_of_the_record},
        statuses=(403, 404),
    ),
    Answer(
        path="/provinces.json",
        about=say("api-of-provinces"),
        media_type="application/json",
        parameters=SELECTION,
        make=_provinces,
        headers=_province_headers,
        heavy=True,
    ),
)


# Parameters of figures.

_YES, _NO = "true", "false"


def _one_of(codes: Mapping[str, Any]) -> Callable[[str], Any]:
    """Return a parser for some codes, ignoring case."""

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
    """Parse the name of an extent, a province code, or a bounding box."""
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
"""Parameters available for one file format only."""


# Figures.

MOST_PIXELS: Final = 40_000_000
"""Limit for PNG: A4 at 600 dots per inch, A3 at 400; each pixel takes several times four bytes of memory."""
_MM_PER_INCH: Final = 25.4
_KEPT: Final = 16
"""Number of cached figures, at half a megabyte each, for other sites that show one to all their readers."""
_figures: Final[Cache[Any, bytes]] = Cache(_KEPT)


def _options(asked: Asked, kind: FigureFormat) -> FigureOptions:
    """Return the options asked for; without a key if it would describe incidents that may not be passed on."""
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
    name = figure_name(filters, table, layers, options)
    content = _figures.get((asked.tag, kind), lambda: write_figure(filters, table, layers, options)[0])
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
