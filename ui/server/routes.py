"""Routes beside the pages, and their OpenAPI 3.1 description."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from starlette.routing import BaseRoute, Mount

from geo import __version__
from geo.citation import LICENCE
from geo.export.manifest import LICENCE_ADDRESS
from geo.language.messages import say
from geo.render.web_map import STATIC_FOLDER
from ui.resources import Resources
from ui.server.answers import WITHHELD, Answer, AnswerService, Asked, Made, as_json
from ui.server.data_answers import DATA_ANSWERS, FIGURE_ANSWERS
from ui.server.feed import FEED_ANSWER
from ui.server.guards import OwnFiles
from ui.server.parameters import MEDIA_TYPE as PROBLEM_TYPE
from ui.server.parameters import TITLES, Parameter
from ui.server.tiles import tile, tile_list
from ui.standalone import card, embed
from ui.state import base_path

# OpenAPI description of all answers; its lists come from the registries.

PATH: Final = "/api"
_ALWAYS: Final = (400, 414, 429, 500, 503)
"""Error statuses of every answer."""


def api_answer(others: Sequence[Answer]) -> Answer:
    """Return the answer that describes the others and itself."""

    def make(asked: Asked) -> Made:
        return Made(content=as_json(document([*others, own], asked.found, asked.root)))

    own = Answer(
        path=PATH,
        about=say("api-of-api"),
        media_type="application/vnd.oai.openapi+json;version=3.1",
        parameters=(),
        make=make,
    )
    return own


def document(answers: Iterable[Answer], found: Resources, root: str) -> dict[str, Any]:
    """Describe answers, with examples from current incidents."""
    described = tuple(answers)
    parameters = {each.name: each for answer in described for each in answer.parameters}
    statuses = {status for answer in described for status in (*_ALWAYS, *answer.statuses)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": say("program-name"),
            "summary": say("api-summary"),
            "description": say("api-description", header=WITHHELD),
            "version": __version__,
            "license": {"name": LICENCE, "url": LICENCE_ADDRESS},
        },
        "servers": [{"url": root}],
        "paths": {answer.path: _operations(answer, found) for answer in described},
        "components": {
            "parameters": {name: _parameter(each, found) for name, each in parameters.items()},
            "responses": {_named(status): _refusal(status) for status in sorted(statuses)},
            "schemas": {"Problem": _problem_schema()},
        },
    }


def _named(status: int) -> str:
    return f"Refused{status}"


def _operations(answer: Answer, found: Resources) -> dict[str, Any]:
    """Describe the operations on a path: GET, and HEAD for the headers alone."""
    refused = {str(status): _ref("responses", _named(status)) for status in sorted({*_ALWAYS, *answer.statuses})}
    known = {"304": {"description": say("api-known")}}
    given = {"description": say("api-given"), "headers": _headers()}
    shared = {"parameters": [*_in_path(answer, found), *(_ref("parameters", each.name) for each in answer.parameters)]}
    body: dict[str, Any] = {"content": {answer.media_type: {}}}
    return {
        **shared,
        "get": {"summary": answer.about, "responses": {"200": given | body, **known, **refused}},
        "head": {"summary": say("api-head"), "responses": {"200": given, **known, **refused}},
    }


def _ref(kind: str, name: str) -> dict[str, str]:
    return {"$ref": f"#/components/{kind}/{name}"}


def _in_path(answer: Answer, found: Resources) -> Iterator[dict[str, Any]]:
    for name, about in answer.in_path.items():
        example = answer.example[name](found)
        fixed = {"in": "path", "required": True, "schema": {"type": "string"}}
        yield {"name": name, "description": about, "example": example, **fixed}


def _parameter(parameter: Parameter, found: Resources) -> dict[str, Any]:
    schema = dict(parameter.schema)
    described: dict[str, Any] = {
        "name": parameter.name,
        "in": "query",
        "description": parameter.about,
        "schema": {"type": "array", "items": schema} if parameter.many else schema,
    }
    example = _example(parameter, found)
    if example is not None:
        described["example"] = [example] if parameter.many else example
    return described | ({"style": "form", "explode": True} if parameter.many else {})


def _example(parameter: Parameter, found: Resources) -> Any:
    """Return a value that has an answer; None if any text does."""
    if "enum" in parameter.schema:
        return parameter.schema["enum"][0]
    if "default" in parameter.schema:
        return parameter.schema["default"]
    if parameter.known is not None:
        return next(iter(parameter.known(found)), None)
    first = found.days and found.days[0]
    if first and parameter.schema.get("format") == "date":
        return first.isoformat()
    return first.year if first and parameter.schema.get("type") == "integer" else None


def _headers() -> Mapping[str, Any]:
    text = {"schema": {"type": "string"}}
    return {
        "ETag": {"description": say("api-etag"), **text},
        "Link": {"description": say("api-link"), **text},
        WITHHELD: {"description": say("api-withheld"), "schema": {"type": "integer"}},
    }


def _refusal(status: int) -> dict[str, Any]:
    content = {PROBLEM_TYPE: {"schema": _ref("schemas", "Problem")}}
    described: dict[str, Any] = {"description": TITLES[status], "content": content}
    if status in (429, 503):
        described["headers"] = {"Retry-After": {"description": say("api-retry"), "schema": {"type": "integer"}}}
    return described


def _problem_schema() -> dict[str, Any]:
    text = {"type": "string"}
    return {
        "type": "object",
        "required": ["title", "status", "detail"],
        "properties": {
            "title": text,
            "status": {"type": "integer"},
            "detail": text,
            "parameter": text,
            "value": text,
            "possible": {"type": "array", "items": text},
        },
    }


# The routes.

_DATA: Final = (*DATA_ANSWERS, *FIGURE_ANSWERS, FEED_ANSWER)
ANSWERS: Final[tuple[Answer, ...]] = (*_DATA, api_answer(_DATA))
"""All data answers, from which routes and their description are made."""


def routes(service: AnswerService | None = None) -> list[BaseRoute]:
    """Return the routes, which take precedence over Streamlit's; `service` is shared by all answers."""
    shared, base = service or AnswerService(), base_path()
    of_tile = f"{base}/map/tiles/{{zoom}}/{{column}}/{{row}}"
    return [
        Mount(f"{base}/app/static", OwnFiles(directory=STATIC_FOLDER)),
        shared.map_route(of_tile, tile, shared.tile_allowance),
        shared.map_route(f"{of_tile}/list", tile_list),
        shared.map_route(f"{base}/map/cards/{{incident_id}}", card),
        shared.map_route(f"{base}/embed", embed),
        *(shared.route(answer, base) for answer in ANSWERS),
    ]
