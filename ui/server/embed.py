"""The map as other sites show it in a frame, and the cards that it opens."""

from contextlib import suppress
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from geo.incident.errors import UnknownIncidentError
from geo.language.messages import say
from ui.resources import Resources, resources_under
from ui.server.answers import check_passed_on, endpoint
from ui.server.headers import policy
from ui.server.parameters import as_known, as_linked
from ui.server.problems import Problem, cut
from ui.standalone import card_alone, embedded
from ui.state import INCIDENT_KEY, RULE_KEY, base_path

_HEADERS: Final = {"Content-Security-Policy": policy("embed"), "Cache-Control": "no-cache"}


_MOST_NAMED: Final = 5


@endpoint
def embed(request: Request) -> Response:
    """Answer the map of a selection as a page without Streamlit."""
    query = request.query_params
    filters, rule = as_linked(query)
    found = resources_under(rule)
    filters = as_known(filters, found)
    opened = _known(query.get(INCIDENT_KEY), found)
    taken = {RULE_KEY: found.table.rule.code, INCIDENT_KEY: opened}
    ignored = [
        *filters.not_taken({name: query.getlist(name) for name in query}),
        *(f"{name}={query[name]}" for name, value in taken.items() if query.get(name) and query[name] != value),
    ]
    page = embedded(filters, found, opened=opened, ignored=[cut(one) for one in ignored[:_MOST_NAMED]])
    return HTMLResponse(page, headers=_HEADERS)


def _known(incident_id: str | None, found: Resources) -> str | None:
    """Return an incident that is there and may be shown, else None."""
    with suppress(UnknownIncidentError, Problem):
        if incident_id:
            check_passed_on(incident_id, found.table)
            return incident_id
    return None


@endpoint
def card(request: Request) -> Response:
    """Answer an incident's card."""
    incident_id, query = request.path_params["incident_id"], request.query_params
    here = request.url.replace(path=f"{base_path()}/", query=f"{INCIDENT_KEY}={incident_id}", fragment="")
    found = resources_under(as_linked(query)[1])
    scheme = "dark" if query.get("scheme") == "dark" else "light"
    try:
        check_passed_on(incident_id, found.table)
        html = card_alone(incident_id, found, address=str(here), scheme=scheme)
    except UnknownIncidentError:
        raise Problem(404, say("error-no-incident", id=cut(incident_id))) from None
    return HTMLResponse(html, headers={"Access-Control-Allow-Origin": "*", **_HEADERS})
