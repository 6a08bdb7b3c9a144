"""The map on a page of its own: embedded in other sites, with its cards, or as a self-contained HTML file."""

import base64
import gzip
import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from geo import __version__
from geo.aggregate.coverage import coverage, gap_words
from geo.citation import LICENCE, usable_settings
from geo.export.manifest import passed_on
from geo.incident.errors import UnknownIncidentError
from geo.incident.record import Incident
from geo.incident.vocabulary import Category, to_show
from geo.language.messages import LANGUAGE, day_words, say
from geo.places.boundaries import BOUNDARY_CREDIT, BOUNDARY_NOTE
from geo.render.left_out import left_out
from geo.render.web_map import (
    GROUND_FILES,
    STANDALONE_SCRIPT,
    STANDALONE_STYLE,
    STATIC_FOLDER,
    map_alone,
    script_alone,
    served,
    static_version,
    style_alone,
    to_javascript,
)
from geo.render.web_marks import compact_json, member_mark
from geo.selection import FIELDS, Filters, search_text
from geo.table.incident_table import choice_words
from geo.table.shown_datasets import counts_words
from ui.parts.card import card_values
from ui.parts.components import PANEL_STYLE, in_scheme, render
from ui.parts.page_map import selection_marks
from ui.resources import Resources, resources_under
from ui.server.answers import check_passed_on
from ui.server.guards import allowed_script, as_policy, policy
from ui.server.parameters import Problem, as_known, as_linked, cut
from ui.state import INCIDENT_KEY, MAP_VIEW_KEY, RULE_KEY, base_path, ruled_query

_CARD_STYLE: Final = Markup(f"aside {{ {PANEL_STYLE} }}")  # noqa: S704  # our own

# Embedded in another site: everything is requested from this server.


@in_scheme("light")  # marks do not depend on the scheme
def embedded(
    filters: Filters, found: Resources, *, opened: str | None, view: str | None = None, ignored: Sequence[str] = ()
) -> str:
    """Return the HTML page of a selection, without incidents that may not be passed on; `opened` is the open card.

    `view` is the map view from the request's address, kept for the link to the full page; `ignored` lists the
    parameters that were ignored.
    """
    given = passed_on(filters, found.table)
    filters, found = given.filters, replace(found, table=given.table)
    rule = found.table.rule.code
    base = base_path()
    root = f"{base}/app/static"
    version = static_version()
    shown = {name: [value] for name, value in {INCIDENT_KEY: opened, MAP_VIEW_KEY: view}.items() if value}
    query = urlencode(ruled_query(filters, rule) | shown, doseq=True)
    scripts, styles = served()
    script_settings = {
        "map": map_alone(root, label=say("map-label")),
        "marks": selection_marks(filters, found, chosen=opened),
        "opened": opened,
        "app": f"{base}/",
        "card": f"{base}/map/cards/ID?{urlencode({'rule': rule})}",
    }
    values = {
        "app": True,
        "full_view": f"{base}/?{query}".rstrip("?"),
        "withheld": given.withheld and given.withheld.words,
        "ignored": ignored and say("filter-not-in-link", ignored=", ".join(ignored)),
        "told": Markup(to_javascript(script_settings)),  # noqa: S704  # escaped for scripts
        "styles": [f"{root}/{path}?v={version}" for path in (*styles, STANDALONE_STYLE)],
        "scripts": [f"{root}/{path}?v={version}" for path in (*scripts, STANDALONE_SCRIPT)],
        "style": _CARD_STYLE,
    }
    return render("standalone.html", **(_common(filters, found) | values))


def embed_snippet(address: str) -> str:
    """Return an iframe element for other sites that shows the page at an address."""
    title = escape(say("embed-title"))
    return f'<iframe src="{escape(address)}" title="{title}" width="100%" height="560" style="border:0"></iframe>'


def card_alone(incident_id: str, found: Resources, *, address: str, scheme: str = "light") -> str:
    """Return an incident's card as HTML; raises UnknownIncidentError."""
    incident = found.table.incident(incident_id)
    with in_scheme(scheme):
        return render("card.html", in_choice=True, **card_values(incident, found.table, address=address))


# As a file: everything is embedded, compressed, and no requests are made.


@in_scheme("light")
def map_file(filters: Filters, found: Resources) -> bytes:
    """Return the HTML file of a selection of at most MANY incidents; equal data on the same day gives equal bytes."""
    given = passed_on(filters, found.table)
    filters, found = given.filters, replace(found, table=given.table)
    incidents = found.table.selected(filters)
    address = usable_settings()[0].address
    script = script_alone()
    policy = {
        "default-src": ("'none'",),
        "script-src": (allowed_script(script),),
        "style-src": ("'unsafe-inline'",),
        "img-src": ("data:",),
    }
    packed = gzip.compress(compact_json(_packed(filters, incidents, found, address)), mtime=0)
    values = {
        "app": address,
        "full_view": address and f"{address}/?{urlencode(filters.to_query(), doseq=True)}".rstrip("?"),
        "withheld": given.withheld and given.withheld.words,
        "policy": as_policy(policy),
        "years": sorted({incident.date_start.year for incident in incidents}),
        "categories": to_show(Category, {incident.category for incident in incidents}),
        "packed": base64.b64encode(packed).decode(),
        "script": Markup(script),  # noqa: S704  # our own
        "style": Markup(f"{style_alone()}\n{_CARD_STYLE}"),  # noqa: S704  # our own
    }
    return render("standalone.html", **(_common(filters, found) | values)).encode()


def _packed(filters: Filters, incidents: Sequence[Incident], found: Resources, address: str | None) -> dict[str, Any]:
    """Return all data that the page's script reads."""
    table, names = found.table, found.boundaries.place_names
    ground = {name: json.loads((STATIC_FOLDER / "base" / f"{name}.json").read_bytes()) for name in GROUND_FILES}
    marks = selection_marks(filters, found)
    nowhere = set(marks["nowhere"])
    return {
        "map": map_alone("", label=say("map-label"), within=ground),
        "marks": marks,
        "nowhere": [member_mark(incident) for incident in incidents if incident.id in nowhere],
        "all": len(incidents),
        "years": {incident.id: str(incident.date_start.year) for incident in incidents},
        "words": {incident.id: search_text(incident, table.claimants, names).text for incident in incidents},
        "cards": {
            each.id: card_alone(each.id, found, address=f"{address}/?{INCIDENT_KEY}={each.id}" if address else "")
            for each in incidents
        },
        "opened": None,
        "app": f"{address}/" if address else None,
    }


# Shared by both.

_ONLY_SOME_HAVE: Final = (
    *("app", "full_view", "policy", "years", "categories"),
    *("packed", "told", "script", "style", "withheld", "ignored"),
)


def _common(filters: Filters, found: Resources) -> dict[str, Any]:
    table = found.table
    counts = left_out(filters, table)
    made = say("standalone-made", day=day_words(date.today()), version=__version__, data_version=table.version[:8])  # noqa: DTZ011  # local day
    notes = [
        f"{counts.sentences()} {counts_words(table.mixture(filters))}".strip(),
        say("standalone-rule", rule=table.rule.name, sentence=table.rule.sentence),
        BOUNDARY_NOTE,
        f"{say('standalone-credit', licence=LICENCE)} {BOUNDARY_CREDIT} {made}",
    ]
    return {
        "language": LANGUAGE,
        "generator": f"{say('program-name')} {__version__}",
        "fields": {name: FIELDS[name].label for name in ("year", "category", "q")},
        "title": choice_words(filters, table, found.boundaries),
        "counted": say("standalone-counted", incidents=counts.chosen, all=counts.total),
        "empty": not counts.chosen,
        "coverage": gap_words(filters, found.boundaries, coverage()),
        "notes": notes,
        **dict.fromkeys(_ONLY_SOME_HAVE),
        "styles": [],
        "scripts": [],
    }


# HTTP answers to other sites: the embedded map, and the cards that it opens.

_HEADERS: Final = {"Content-Security-Policy": policy("embed"), "Cache-Control": "no-cache"}


_MOST_NAMED: Final = 5


def embed(request: Request) -> Response:
    """Answer with the map of a selection, as a page without Streamlit."""
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
    named = [cut(one) for one in ignored[:_MOST_NAMED]]
    page = embedded(filters, found, opened=opened, view=query.get(MAP_VIEW_KEY), ignored=named)
    return HTMLResponse(page, headers=_HEADERS)


def _known(incident_id: str | None, found: Resources) -> str | None:
    """Return the id if the incident exists and may be passed on, else None."""
    with suppress(UnknownIncidentError, Problem):
        if incident_id:
            check_passed_on(incident_id, found.table)
            return incident_id
    return None


def card(request: Request) -> Response:
    """Answer with an incident's card as HTML; raises Problem if it does not exist or may not be passed on."""
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
