"""Groups of many incidents as the map's script reads them."""

import json
from collections import Counter
from datetime import date

import pytest

from geo.casualties import RANGE
from geo.incident.dates import When
from geo.incident.vocabulary import Category, DatePrecision, LocationPrecision, Status, Subtype
from geo.places.boundaries import boundaries
from geo.places.plane import BBox
from geo.render.web_marks import group_marks, incident_marks, listed_marks
from geo.selection import Filters
from geo.symbology.marks import marks_of
from geo.table.clusters import Badge, Cell, Clusters, Killed, Single
from tests.conftest import make_incident
from tests.geo.table.parts import drawn_of

VIEW = BBox(69, 33, 70, 34)
ENDS = (0, 0, 0, 0)
ACLED = Killed(dataset="acled", low=12, high=45)


def cell(**changes):
    fields = {"key": "8/1/2", "lon": 69.5, "lat": 33.5, "count": 3, "counts": ((Category.CLASH, 3),), "killed": ()}
    return Cell(**fields | {"bounds": VIEW, "ends": ENDS} | changes)


def known(last, precision):
    """From 1 March 2025 on, known so well."""
    return When(date(2025, 3, 1), date.fromisoformat(last), DatePrecision(precision))


def single(**changes):
    fields = {
        "id": "acled-1",
        "dataset": "acled",
        "category": Category.OTHER,
        "subtype": Subtype.VIOLENCE_AGAINST_CIVILIANS,
        "status": Status.REPORTED,
        "when": known("2025-03-01", "day"),
        "place": "Khost",
        "location_precision": LocationPrecision.NEAR,
        "lon": 69.92,
        "lat": 33.34,
        "uncertainty_km": 25.0,
        "killed": None,
    }
    return Single(**fields | changes)


def marks(*, cells=(), singles=(), badges=(), names=None, record=lambda _: None):
    clusters = Clusters(covers=VIEW, cells=cells, singles=singles, badges=badges)
    return group_marks(clusters, names=names or {}, record=record)


def test_a_disc_has_a_number_for_every_category():
    (group,) = marks(cells=[cell(count=5, counts=((Category.STRIKE, 1), (Category.OTHER, 4)))])["groups"]
    assert (group["n"], group["c"]) == (
        5,
        [{Category.STRIKE: 1, Category.OTHER: 4}.get(category, 0) for category in Category],
    )


@pytest.mark.parametrize(
    ("bounds", "box"),
    [
        pytest.param(VIEW, [69, 33, 70, 34], id="comes-apart"),
        pytest.param(None, None, id="on-one-spot"),
    ],
)
def test_a_disc_says_what_to_zoom_to(bounds, box):
    (group,) = marks(cells=[cell(bounds=bounds)])["groups"]
    assert group.get("box") == box


@pytest.mark.parametrize(
    ("killed", "names", "words"),
    [
        pytest.param((), {}, [], id="no-figure"),
        pytest.param((ACLED,), {}, ["12–45 killed"], id="range"),
        pytest.param((Killed(dataset="acled", low=7, high=7, or_more=True),), {}, ["7 or more killed"], id="or-more"),
        pytest.param(
            (Killed(dataset="curated", low=1, high=1), ACLED),
            {"curated": "record", "acled": "ACLED"},
            ["record: 1 killed", "ACLED: 12–45 killed"],
            id="datasets-apart",
        ),
    ],
)
def test_deaths_stand_by_dataset_and_are_not_added(killed, names, words):
    assert marks(cells=[cell(killed=killed)], names=names)["groups"][0]["k"] == words


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, {"t": "Violence against civilians, Khost", "w": "1 March 2025", "r": 25.0}, id="imported"),
        pytest.param({}, {"k": "no figure for deaths", "d": 12.0}, id="no-figure"),
        pytest.param(
            {"killed": Killed(dataset="acled", low=100, high=100)}, {"k": "100 killed", "d": 22.5}, id="deaths"
        ),
        pytest.param({"when": known("2025-03-07", "week")}, {"w": "within 1–7 March 2025"}, id="week"),
        pytest.param({"when": known("2025-03-01", "week")}, {"w": "about 1 March 2025"}, id="about"),
        pytest.param({"when": known("2025-03-31", "month")}, {"w": "March 2025, day not known"}, id="month"),
        pytest.param({"when": known("2025-12-31", "year")}, {"w": "within March–December 2025"}, id="year"),
        pytest.param({"status": Status.LEAD}, {"s": "lead"}, id="lead"),
    ],
)
def test_a_single_incident_says_what_is_known(changes, expected):
    (point,) = marks(singles=[single(**changes)])["points"]
    assert {name: point[name] for name in expected} == expected


def test_an_incident_of_the_record_has_the_title_that_somebody_wrote():
    known = make_incident(title="Air strike near Khost")
    (point,) = marks(singles=[single(id=known.id)], record={known.id: known}.get)["points"]
    assert point["t"] == "Air strike near Khost"


def test_a_badge_names_its_area_and_is_no_dot():
    badge = Badge(
        key="province/AF-KHO",
        kind=LocationPrecision.PROVINCE,
        name="Khost",
        lon=69.9,
        lat=33.4,
        count=7,
        counts=((Category.CLASH, 7),),
        hollow=3,
        killed=(),
        ends=ENDS,
        province_code="AF-KHO",
    )
    found = marks(badges=[badge])
    group = found["groups"][0]
    assert (group["kind"], group["name"], group["s"], found["points"]) == ("province", "Khost", 3, [])
    listed = listed_marks(badge, [make_incident()])
    assert (listed["name"], listed["total"], len(listed["of"])) == ("somewhere in Khost", 7, 1)


@pytest.mark.parametrize(("imported", "marked"), [(False, None), (True, 1)])
def test_an_imported_incident_is_marked_so_alone_in_an_area_and_in_a_list(imported, marked):
    alone = make_incident(imported=imported)
    somewhere = make_incident(imported=imported, location_precision="district")
    drawn = incident_marks(marks_of([alone], boundaries(), rule=RANGE), rule=RANGE)["points"]
    drawn += incident_marks(marks_of([somewhere], boundaries(), rule=RANGE), rule=RANGE)["areas"][0]["of"]
    drawn += listed_marks(cell(), [alone])["of"]
    assert [mark.get("i") for mark in drawn] == [marked] * 3


@pytest.mark.parametrize(("bounds", "name"), [(None, "in one place"), (VIEW, "close together")])
def test_a_list_says_why_its_incidents_did_not_come_apart(bounds, name):
    assert listed_marks(cell(bounds=bounds), [])["name"] == name


@pytest.mark.parametrize("zoom", [5, 8, 11])
def test_every_incident_on_the_ground_reaches_the_browser_once_and_is_small(many, zoom):
    view = BBox(69, 32, 72, 35)
    clusters = many.clusters(Filters(), view, zoom)
    found = group_marks(clusters, names={"acled": "ACLED", "curated": "record"}, record=lambda _: None)
    assert sum(group["n"] for group in found["groups"]) + len(found["points"]) == drawn_of(clusters)
    assert all(sum(group["c"]) == group["n"] for group in found["groups"])
    assert max(Counter(group["key"] for group in found["groups"]).values(), default=1) == 1
    assert len(json.dumps(found, separators=(",", ":"))) < 60_000
