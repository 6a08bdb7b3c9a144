"""Incidents and provinces as answers: the same rows and files as the pages and the command line make."""

import json
from collections.abc import Mapping
from typing import Final

from geo.apart import TemporaryFolder, size_of
from geo.citation import cited_metadata, usable_settings
from geo.export import csv_format
from geo.export.csv_format import metadata_name
from geo.export.formats import ExportFormat, file_name
from geo.export.geojson_format import incident_document
from geo.export.manifest import LICENCE_ADDRESS, export_manifest, to_json
from geo.export.page_files import province_table
from geo.export.writing import FORMATS, check_count, export_to
from geo.incident.errors import TooManyError, UnknownIncidentError
from geo.language.messages import say
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
from ui.server.parameters import RULE, Problem, cut

# Selected incidents as a file of any format.

MOST_INCIDENTS: Final = 50_000
"""In one answer; as GeoJSON that is 110 MB, and takes ten seconds of a processor."""
MOST_BYTES: Final = 500_000_000
"""Of one answer, before it is compressed on its way."""
_CSV: Final = f"/incidents.{csv_format.FORMAT.ending}"


def _files(kind: ExportFormat) -> Answer:
    """Return the answer that is the file of a format."""

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
    """Write the file; nothing is left of it where nobody waits for it any more, or it becomes too large."""
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
    """Describe the CSV of the same parameters, as its Link header says."""
    given, (settings, _) = asked.passed_on(), usable_settings()
    name = f"{_CSV[1:]}{_asked_for(asked)}"
    return Made(
        content=cited_metadata(given.filters, given.table, name=name, settings=settings, withheld=given.withheld)
    )


# One incident.


def _incident_id(asked: Asked) -> str:
    return asked.path["id"]


def _check_incident(asked: Asked) -> None:
    """Raise Problem for an incident that is not there, or may not be passed on."""
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
    """Count by province, as the page's own file does: of publishers whose single incidents are withheld, too."""
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
