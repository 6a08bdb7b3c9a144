"""The folium map and what is put on it."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.casualties import RANGE
from geo.incident.record import Incident
from geo.places.plane import BBox
from geo.render.web_map import STATIC_FOLDER, BaseMap, marks_layer, static_version, to_javascript
from geo.render.web_marks import incident_marks, member_mark
from geo.symbology.marks import marks_of
from tests.conftest import make_incident
from tests.geo.strategies import incidents as any_incident

HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "{{7*7}}",
    "{% for x in y %}",
    "{# no end of a comment",
    "{{{{ }}}} {%%}",
    "a\u2028b\u2029c",
    "'\"\\ \\u003c \\\\{{",
    "&lt;b&gt; ]]> <!--",
]
FORBIDDEN = ("<", ">", "&", "{{", "{%", "{#", "\u2028", "\u2029")
ONLINE = ("https://tile.openstreetmap.org/", "https://server.arcgisonline.com/")
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(st.characters(exclude_categories=["Cs"]))
    | st.sampled_from(HOSTILE),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from([*HOSTILE, "a"]), inner, max_size=4),
    max_leaves=12,
)


def base_map(label="Incidents", view=None):
    return BaseMap("/app/static", label=label, view=view)


def drawn_script(marks):
    """The script that reaches the browser, after every template has run."""
    shown = base_map()
    shown.add_child(marks_layer(marks))
    return shown.get_root().render()


@given(JSON)
def test_what_is_written_for_the_browser_is_what_was_meant_and_harmless(value):
    written = to_javascript(value)
    assert json.loads(written) == value
    assert not [sign for sign in FORBIDDEN if sign in written]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_title_stays_text_through_every_template(layers, hostile):
    marks = incident_marks(marks_of([make_incident(title=hostile)], layers, rule=RANGE), rule=RANGE)
    script = drawn_script(marks)
    (argument,) = re.findall(r"IncidentMap\.show\((.*)\);", script)
    assert json.loads(argument)["points"][0]["t"] == hostile.strip()


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_label_stays_text(hostile):
    (argument,) = re.findall(r"IncidentMap\.start\((.*)\);", base_map(hostile).get_root().render())
    assert json.loads(argument)["label"] == hostile


@pytest.mark.parametrize(
    ("view", "seen_first"),
    [
        pytest.param(None, None, id="the-whole-region"),
        pytest.param(BBox(69, 32, 72, 35), [[32, 69], [35, 72]], id="a-part"),
    ],
)
def test_the_first_view_is_what_is_asked_for(view, seen_first):
    (argument,) = re.findall(r"IncidentMap\.start\((.*)\);", base_map(view=view).get_root().render())
    assert json.loads(argument).get("view") == seen_first


def test_equal_choices_are_equal_byte_for_byte(layers, incidents):
    assert to_javascript(incident_marks(marks_of(incidents, layers, rule=RANGE), rule=RANGE)) == to_javascript(
        incident_marks(marks_of(list(incidents), layers, rule=RANGE), rule=RANGE)
    )
    assert base_map().default_js == base_map().default_js


@given(st.lists(any_incident(), max_size=5, unique_by=lambda incident: incident.id))
def test_every_incident_reaches_the_browser_once(layers, incidents):
    marks = incident_marks(marks_of(incidents, layers, rule=RANGE), rule=RANGE)
    sent = [point["id"] for point in marks["points"]] + [each["id"] for area in marks["areas"] for each in area["of"]]
    assert sorted(sent + marks["nowhere"]) == sorted(incident.id for incident in incidents)


def test_a_mark_is_no_more_exact_than_its_place(layers, incidents):
    by_id = {incident.id: incident for incident in incidents}
    for point in incident_marks(marks_of(incidents, layers, rule=RANGE), rule=RANGE)["points"]:
        assert by_id[point["id"]].location_precision in ("exact", "near")
        assert point["r"] == by_id[point["id"]].uncertainty_km


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, {"c": "strike", "s": "reported", "t": "Air strike reported near Khost"}, id="what"),
        pytest.param({}, {"k": "4 killed (lowest–highest claim)"}, id="deaths"),
        pytest.param({"status": "disputed"}, {"s": "disputed"}, id="hollow"),
        pytest.param({"date_end": "2025-01-02"}, {"w": "1–2 January 2025"}, id="when"),
        pytest.param({}, {"a": "2025-01-01", "b": None}, id="one-day"),
        pytest.param({"date_end": "2025-01-02"}, {"a": "2025-01-01", "b": "2025-01-02"}, id="until"),
        pytest.param({"date_end": None}, {"a": "2025-01-01", "b": None}, id="no-end-on-record"),
        pytest.param({}, {"u": None}, id="day-known"),
        pytest.param(
            {"date_end": "2025-01-07", "date_precision": "week"},
            {"w": "within 1–7 January 2025", "u": 1},
            id="day-not-known",
        ),
        pytest.param({}, {"at": [33.34, 69.92], "p": "Khost city, Afghanistan"}, id="where"),
    ],
)
def test_a_mark_says_what_stands_in_the_record(layers, changes, expected):
    (point,) = incident_marks(marks_of([make_incident(**changes)], layers, rule=RANGE), rule=RANGE)["points"]
    assert {name: point.get(name) for name in expected} == expected


def assets():
    settings = re.search(r"IncidentMap\.start\((.*)\);", base_map().get_root().render())[1]
    return [*(link for _, link in base_map().default_js), *json.loads(settings)["styles"]]


def test_every_asset_is_served_from_here_under_its_version():
    for link in assets():
        path, _, version = link.removeprefix("/app/static/").partition("?v=")
        assert (STATIC_FOLDER / path).is_file(), link
        assert version == static_version()


def test_nothing_is_fetched_from_another_host_but_chosen_base_layers(layers, incidents):
    script = drawn_script(incident_marks(marks_of(incidents, layers, rule=RANGE), rule=RANGE))
    settings = json.loads(re.search(r"IncidentMap\.start\((.*)\);", script)[1])
    for layer in settings["online"]:
        assert layer["url"].startswith(ONLINE)
        assert layer["attribution"]
    elsewhere = json.dumps({name: value for name, value in settings.items() if name != "online"})
    assert "//" not in elsewhere
    outside = re.sub(r"IncidentMap\.(start|show)\(.*\);", "", script)
    assert re.findall(r"(?:src|href)=[\"'](?!/app/static/)[^\"']*", outside) == []


@pytest.mark.parametrize("path", sorted(STATIC_FOLDER.rglob("map/*.*")), ids=lambda path: path.name)
def test_our_scripts_and_styles_name_no_host(path):
    named = set(re.findall(r"https?://[^\s'\"`)]+", path.read_text(encoding="utf-8")))
    assert {link for link in named if not link.startswith("http://www.w3.org/")} == set()


@pytest.mark.parametrize("folder", ["leaflet", "markercluster"])
def test_vendored_assets_carry_their_licence(folder):
    assert (STATIC_FOLDER / folder / "LICENSE").stat().st_size > 500


def test_the_scripts_read_files_that_are_there():
    scripts = "".join(path.read_text(encoding="utf-8") for path in (STATIC_FOLDER / "map").glob("*.js"))
    named = set(re.findall(r"base/([\w-]+\.json)", scripts))
    assert named <= {path.name for path in (STATIC_FOLDER / "base").iterdir()}


def test_a_mark_says_of_one_incident_that_it_lies_in_several_provinces(incidents: tuple[Incident, ...]) -> None:
    said = {each.id: member_mark(each).get("v") for each in incidents}
    assert {id_ for id_, words in said.items() if words} == {each.id for each in incidents if each.provinces}
    assert said["2026-03-13-paktia-paktika-air-strike"].endswith("drawn once: Paktia and Paktika")
