"""Valid records of every shape, for tests of properties."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from geo.incident.losses import LOSS_OF
from geo.incident.record import MOST_COUNTED, Claim, Incident
from geo.incident.vocabulary import (
    IMPORTED_ONLY,
    NOT_KNOWN,
    About,
    Border,
    Category,
    Country,
    DatePrecision,
    Linked,
    LocationPrecision,
    Scope,
    Stance,
    Status,
    Subtype,
)
from geo.selection import Filters
from geo.store.incident_store import EARLIEST, LATEST, LONGEST, LONGEST_NAME, REACH
from tests.conftest import make_claim

DAYS = st.dates(date(2021, 1, 1), date(2026, 12, 31))
LINE = (
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=40).map(str.strip).filter(bool)
)
SLUG = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}", fullmatch=True)
COUNT = st.integers(0, 5000)
MOST_SOURCES = 3


@st.composite
def figures(draw: st.DrawFn) -> dict[str, int]:
    """An exact value, at least, up to, a range, or none."""
    low, high = sorted((draw(COUNT), draw(COUNT)))
    return draw(st.sampled_from([{"value": low}, {"low": low}, {"high": high}, {"low": low, "high": high}, {}]))


@st.composite
def claims(draw: st.DrawFn, **fixed: Any) -> Claim:
    """A claim about anything by a claimant of the register, in any of the incident's sources."""
    about = fixed.get("about") or draw(st.sampled_from(About))
    fields = {
        "by": draw(st.sampled_from(["taliban-government", "pk-ispr", "unama", "dawn", "tj-border-troops"])),
        "by_text": draw(st.none() | LINE),
        "stance": draw(st.sampled_from(Stance)),
        "about": about,
        **draw(figures()),
        "of": draw(st.sampled_from(sorted(LOSS_OF)) if about in (About.KILLED, About.INJURED) else st.none() | LINE),
        "scope": draw(st.sampled_from(Scope)),
        "note": draw(st.none() | LINE),
        "source": draw(st.integers(0, MOST_SOURCES - 1)),
    }
    return Claim.model_validate(fields | fixed)


def fitting(made: Iterable[Claim], event_group: str | None) -> list[Claim]:
    """Those that may stand in an incident of the event cluster, or of none."""
    return [claim for claim in made if event_group is not None or claim.scope is not Scope.GROUP]


@st.composite
def sources(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "publisher": draw(LINE),
        "title": draw(st.none() | LINE),
        "url": draw(st.none() | st.just("https://example.org/a?b=ü&c=1")),
        "published": draw(st.none() | DAYS),
        "kind": draw(st.sampled_from(["outlet", "agency", "official", "aggregator_or_mirror", "seed"])),
    }


@st.composite
def points(draw: st.DrawFn) -> dict[str, float]:
    return {
        "lon": draw(st.floats(REACH.west, REACH.east)),
        "lat": draw(st.floats(REACH.south, REACH.north)),
        "uncertainty_km": draw(st.floats(0, 2000, exclude_min=True)),
    }


@st.composite
def whereabouts(draw: st.DrawFn) -> dict[str, Any]:
    known = draw(st.just({}) | points())
    return {"place": draw(LINE), "country": draw(st.sampled_from(Country)), **known}


@st.composite
def movements(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "from": draw(whereabouts()),
        "to": draw(whereabouts()),
        "people_low": draw(COUNT),
        "people_high": draw(st.none() | COUNT),
        "kind": draw(st.sampled_from(["troops", "refugees"])),
    }


PROVINCES = {"Khost": Country.AF, "Kunar": Country.AF, "Balochistan": Country.PK}


@st.composite
def lies_in(draw: st.DrawFn) -> dict[str, Any]:
    """A province of the country, none, or several, of any country, of which one may be the first."""
    country = draw(st.sampled_from(Country))
    several = draw(st.just(()) | st.lists(st.sampled_from(sorted(PROVINCES)), min_size=2, unique=True).map(tuple))
    own = several or [name for name, at in PROVINCES.items() if at is country]
    province = draw(st.none() | st.sampled_from(own)) if own else None
    return {"province": province, "provinces": several, "country": country}


@st.composite
def placed(draw: st.DrawFn) -> dict[str, Any]:
    """A place, or the statement that none is known."""
    precision = draw(st.sampled_from(LocationPrecision))
    if precision is LocationPrecision.COUNTRY:
        return dict.fromkeys(("lon", "lat", "uncertainty_km", "location_basis", "location_confidence")) | {
            "location_precision": precision
        }
    confidence = draw(st.sampled_from(["high", "medium", "low"]))
    basis = draw(LINE)
    return draw(points()) | {
        "location_basis": basis,
        "location_confidence": confidence,
        "location_precision": precision,
    }


@st.composite
def incidents(draw: st.DrawFn, **fixed: Any) -> Incident:
    """An incident of any kind, place, length and number of claims."""
    subtype = draw(st.sampled_from([kind for kind in Subtype if kind not in IMPORTED_ONLY]))
    start = draw(DAYS)
    group = fixed.get("event_group", draw(st.none() | SLUG))
    scopes = st.sampled_from([scope for scope in Scope if group is not None or scope is not Scope.GROUP])
    fields = {
        "id": draw(SLUG),
        "category": subtype.category,
        "subtype": subtype,
        "title": draw(LINE),
        "summary": draw(LINE),
        "date_start": start,
        "date_end": draw(st.none() | st.integers(0, 300).map(lambda days: start + timedelta(days))),
        "date_precision": draw(st.sampled_from(["day", "week", "month"])),
        "place": draw(LINE),
        "aliases": draw(st.lists(LINE, max_size=2)),
        "district": draw(st.none() | LINE),
        **draw(lies_in()),
        "location_note": draw(st.none() | LINE),
        **draw(placed()),
        "movement": draw(st.none() | movements()),
        "actors": draw(st.lists(LINE, max_size=3)),
        "status": draw(st.sampled_from([status for status in Status if status not in IMPORTED_ONLY])),
        "event_group": group,
        "claims": [draw(claims(scope=draw(scopes))) for _ in range(draw(st.integers(1, 4)))],
    }
    cited = 1 + max(claim.source for claim in fields["claims"])
    fields["sources"] = draw(st.lists(sources(), min_size=cited, max_size=MOST_SOURCES))
    return Incident.model_validate(fields | fixed)


FILTERS = st.builds(
    Filters,
    year=st.lists(st.integers(2019, 2027), max_size=4).map(tuple),
    since=st.none() | DAYS,
    until=st.none() | DAYS,
    category=st.lists(st.sampled_from(Category), max_size=2).map(tuple),
    subtype=st.lists(st.sampled_from(Subtype), max_size=3).map(tuple),
    province=st.lists(
        st.sampled_from(["AF-KHO", "AF-KNR", "AF-KAB", "PK-KP", "PK-BA", "TJ-GB", NOT_KNOWN]), max_size=3
    ).map(tuple),
    country=st.lists(st.sampled_from(Country), max_size=2).map(tuple),
    border=st.lists(st.sampled_from([*Border, NOT_KNOWN]), max_size=2).map(tuple),
    status=st.lists(st.sampled_from(Status), max_size=2).map(tuple),
    precision=st.lists(st.sampled_from(LocationPrecision), max_size=3).map(tuple),
    date_precision=st.lists(st.sampled_from(DatePrecision), max_size=2).map(tuple),
    actor=st.lists(LINE | st.just("Pakistan military (alleged)"), max_size=2).map(tuple),
    q=st.sampled_from(["", "chaman", "drone strike", "Mujahid", "‘kabul’", "Angur-Adda", "konar", "تورخم"])
    | st.text(max_size=300),
    group=st.lists(LINE | st.just("strikes-2025-11-24"), max_size=2).map(tuple),
    dataset=st.lists(LINE | st.just("curated"), max_size=2).map(tuple),
    linked=st.sampled_from(Linked),
)
"""Choices of every kind, sensible and not."""


EDGES: list[dict[str, Any]] = [
    {},
    {"date_start": EARLIEST, "date_end": LATEST},
    {"date_start": LATEST, "date_end": None, "date_precision": "month"},
    {"lon": REACH.west, "lat": REACH.south, "uncertainty_km": 2000},
    {"lon": REACH.east, "lat": REACH.north, "uncertainty_km": 2000},
    {"uncertainty_km": 1e-9},
    dict.fromkeys(("place", "district"), "x " * (LONGEST_NAME // 2 - 1) + "x") | {"actors": ["y" * LONGEST_NAME]},
    {
        "location_note": "z" * LONGEST,
        "sources": [{"publisher": "z" * LONGEST, "title": "z" * LONGEST, "kind": "outlet"}],
    },
]
"""Values as far off as they may be."""


@st.composite
def valid_stores(draw: st.DrawFn) -> tuple[Incident, ...]:
    """Incidents of a store that validates, some with values as far off as they may be."""
    made = draw(st.lists(incidents(), min_size=1, max_size=3, unique_by=lambda incident: incident.id))
    found = []
    for incident in made:
        edge = draw(st.sampled_from(EDGES))
        fields = incident.model_dump() | (edge if incident.lon is not None or "uncertainty_km" not in edge else {})
        if draw(st.booleans()):
            fields["claims"] = [claim.model_dump() for claim in incident.claims]
            fields["claims"].append(make_claim(value=MOST_COUNTED).model_dump())
        found.append(Incident.model_validate(fields))
    return tuple(found)
