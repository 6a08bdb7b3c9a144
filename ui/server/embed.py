"""The map as other sites show it in a frame, and the cards that it opens."""

from contextlib import suppress

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from geo.casualties.rules import RANGE
from geo.export.passing_on import may_be_shown
from geo.incident.errors import UnknownIncidentError
from geo.language.messages import say
from geo.selection.filters import Filters
from ui.resources import Resources, resources_under
from ui.server.answers import endpoint
from ui.server.headers import policy
from ui.server.problems import Problem
from ui.standalone import card_alone, embedded
from ui.state import INCIDENT_KEY, base_path


@endpoint
def embed(request: Request) -> Response:
    """Answer the map of a selection as a page without Streamlit."""
    query = request.query_params
    found = resources_under(query.get("rule") or RANGE.code)
    filters = Filters.from_query({name: query.getlist(name) for name in query})
    page = embedded(filters, found, opened=_known(query.get(INCIDENT_KEY), found))
    return HTMLResponse(page, headers={"Content-Security-Policy": policy("embed"), "Cache-Control": "no-cache"})


def _known(incident_id: str | None, found: Resources) -> str | None:
    with suppress(UnknownIncidentError):
        if incident_id and may_be_shown(str(found.table.row(incident_id)["dataset"].iloc[0]), found.table):
            return incident_id
    return None


@endpoint
def card(request: Request) -> Response:
    """Answer an incident's card."""
    incident_id = request.path_params["incident_id"]
    here = request.url.replace(path=f"{base_path()}/", query=f"{INCIDENT_KEY}={incident_id}", fragment="")
    found = resources_under(request.query_params.get("rule") or RANGE.code)
    scheme = "dark" if request.query_params.get("scheme") == "dark" else "light"
    try:
        dataset = str(found.table.row(incident_id)["dataset"].iloc[0])
        if not may_be_shown(dataset, found.table):
            raise Problem(403, say("withheld", incidents=1, titles=1, datasets=found.table.titles[dataset]))
        html = card_alone(incident_id, found, address=str(here), scheme=scheme)
    except UnknownIncidentError:
        raise Problem(404, say("unknown-incident-id", id=incident_id)) from None
    return HTMLResponse(
        html,
        headers={
            "Access-Control-Allow-Origin": "*",
            "Content-Security-Policy": policy("embed"),
            "Cache-Control": "no-cache",
        },
    )
