"""The page of wider events, run through the frame: the list, one event, and what the filters leave of it."""

import json
import re

import pytest

import ui.event_days
import ui.event_evidence
import ui.event_list
import ui.event_matrix
from geo.filters import Filters
from tests.pages.conftest import texts
from tests.pages.panels import drawn_by

PAGE = "evidence/events"
NIGHT = "durand-line-clashes-2025-10-11"
OFFENSIVE = "durand-line-offensive-2026-02-26"
WAR = "open-war-2026-02-03"
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def panels(monkeypatch) -> dict[str, str]:
    """The HTML of the page's panels by their keys."""
    return drawn_by(monkeypatch, ui.event_list, ui.event_days, ui.event_matrix, ui.event_evidence)


def words(app) -> str:
    return texts(app).replace("\\", "")


@pytest.mark.parametrize("query", [{}, {"year": "2024"}, {"category": "crossing"}], ids=["all", "year", "crossings"])
def test_lists_every_event_and_those_without_a_chosen_incident_apart(run, table, panels, query) -> None:
    run(PAGE, **query)
    inside, _, apart = panels["event-list"].partition("<details>")
    incidents = table.selected(Filters.from_query({name: [value] for name, value in query.items()}))
    wanted = {incident.event_group for incident in incidents} - {None}
    assert set(re.findall(r'data-choose="([^"]+)"', inside)) == wanted
    assert set(re.findall(r'data-choose="([^"]+)"', apart)) == set(table.event_groups) - wanted


def test_the_list_is_latest_first(run, table, panels) -> None:
    run(PAGE)
    listed = re.findall(r'data-choose="([^"]+)"', panels["event-list"])
    began = [table.event_groups[group].date_start for group in listed]
    assert began == sorted(began, reverse=True)


def test_the_list_says_how_much_of_an_event_is_chosen(run, panels) -> None:
    run(PAGE, category="strike")
    assert (
        "2 of 4 incidents in the choice" in panels["event-list"]
        or "of 25 incidents in the choice" in panels["event-list"]
    )


@pytest.mark.parametrize("group", [NIGHT, WAR, "border-closure-2025-10", "returns-2025-04"])
def test_an_event_holds_each_of_its_incidents_under_its_day(run, table, panels, group) -> None:
    run(PAGE, event=group)
    assert re.findall(r'data-choose="([^"]+)"', panels["event-days"]) == [
        incident.id
        for incident in sorted(table.event_group(group), key=lambda incident: (incident.date_start, incident.id))
    ]


def test_an_event_is_told(run, panels) -> None:
    app = run(PAGE, event=NIGHT)
    said = words(app)
    assert "## Fighting along the Durand Line, 11–12 October 2025" in said
    assert "**11–12 October 2025** · 4 incidents · 10 sources from 10 publishers" in said
    assert "Each side claims heavy losses of the other" in said
    assert "4 of 232 incidents shown. Not on this map: 0 without a place, 228 filtered out" in said
    assert "Afghanistan does not recognise the Durand Line" in said
    assert "Pakistani forces" in panels["event-matrix"]
    assert "58 by Taliban authorities, government" in panels["event-disputed"]


@pytest.mark.parametrize(
    ("event", "rule", "killed"),
    [
        (NIGHT, "lowest–highest claim", "32–258 or more"),
        (NIGHT, "as told by the victims’ own side", "32"),
        (NIGHT, "as told by independent voices", "no figure"),
        (OFFENSIVE, "lowest–highest claim", "20–91"),  # 12 + 8 and 55 + 36; 274 is a running total, 40 part of the 55
        (OFFENSIVE, "as told by the victims’ own side", "20"),
        (OFFENSIVE, "as told by Pakistan military (ISPR)", "12"),
        (OFFENSIVE, "as told by Taliban authorities, defence ministry", "63"),
        (OFFENSIVE, "as told by independent voices", "no figure"),
    ],
)
def test_what_a_rule_gives(run, panels, event, rule, killed) -> None:
    run(PAGE, event=event)
    row = re.search(rf'<th scope="row"[^>]*>{re.escape(rule)}.*?</th><td>([^<]+)</td>', panels["event-totals"])
    assert row is not None
    assert row[1] == killed


def cells(html: str) -> dict[str, list[str]]:
    """The counted figure in each cell of a matrix, by claimant; empty where there is none."""
    rows = re.findall(r'<tr><th scope="row">([^<]+?)(?: <small>[^<]*</small>)?</th>(.*?)</tr>', html, re.DOTALL)
    figures = [(name, re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)) for name, row in rows]
    return {
        name: [re.sub(r".*?<strong>(.*?)</strong>.*|.*", r"\1", f, flags=re.DOTALL) for f in row]
        for name, row in figures
    }


@pytest.mark.parametrize(
    ("event", "claimant", "figures"),
    [
        (NIGHT, "Pakistan military (ISPR)", ["23", "at least 200", "29", "", "21", ""]),
        (NIGHT, "Taliban authorities, government", ["58", "9", "30", "16", "", "25"]),
        (OFFENSIVE, "Pakistan military (ISPR)", ["12", "", "", "27", "", "", ""]),
        (OFFENSIVE, "Taliban authorities, defence ministry", ["55", "8", "", "", "11", "", "0–19"]),
        (OFFENSIVE, "UN Assistance Mission in Afghanistan (UNAMA)", [""] * 7),
    ],
)
def test_the_matrix_by_hand(run, panels, event, claimant, figures) -> None:
    run(PAGE, event=event)
    assert cells(panels["event-matrix"])[claimant] == figures


def test_a_running_total_is_shown_and_not_counted(run, panels) -> None:
    run(PAGE, event=OFFENSIVE)
    assert "running total 274" in panels["event-matrix"]


def test_the_rule_in_force_is_marked_and_used(run, panels) -> None:
    run(PAGE, event=NIGHT, rule="independent")
    assert re.search(r'class="current"><th[^>]*>as told by independent voices', panels["event-totals"])
    assert "Killed: as told by independent voices" in panels["event-days"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"status": "disputed"}, "1 of its 4 incidents are chosen"),
        ({"year": "2021"}, "The filters leave none of the 4 incidents of this event"),
    ],
    ids=["split", "none"],
)
def test_an_event_that_the_filters_split_says_so(run, query, said) -> None:
    app = run(PAGE, event=NIGHT, **query)
    assert said in words(app)
    app.button(key="event-whole").click().run()
    assert not any("Reset the filters" in info.value for info in app.info)
    assert "· 4 incidents ·" in words(app)


def test_a_whole_event_says_nothing_of_filters(run) -> None:
    assert not run(PAGE, event=NIGHT).info


def test_an_unknown_event_in_a_link_is_told_and_the_list_stays(run, panels) -> None:
    app = run(PAGE, event="no-such_event")
    assert "no wider event with the id “no-such_event”" in words(app)
    assert "event-list" in panels


def test_choosing_from_the_widget_is_in_the_link(run) -> None:
    app = run(PAGE)
    app.selectbox(key="event-choice").select(NIGHT).run()
    assert app.query_params["event"] == NIGHT
    assert "## Fighting along the Durand Line" in words(app)


@pytest.mark.parametrize(
    ("button", "then"),
    [("Later event", "border-closure-2025-10"), ("Earlier event", "kabul-paktika-explosions-2025-10-09")],
)
def test_one_event_leads_to_the_next(run, button, then) -> None:
    app = run(PAGE, event=NIGHT)
    app.button(key=button).click().run()
    assert app.query_params["event"] == then


def test_all_events_leads_back_to_the_list(run, panels) -> None:
    app = run(PAGE, event=NIGHT)
    panels.clear()
    app.button(key="event-all").click().run()
    assert "event" not in app.query_params
    assert "event-list" in panels


def test_the_map_page_shows_the_event_alone(run) -> None:
    app = run(PAGE, event=NIGHT)
    app.button(key="event-on-map").click().run()
    assert "# Incidents on the map" in texts(app)
    assert "**4 of 232 incidents**" in texts(app)
    assert app.query_params["group"] == NIGHT


def test_the_map_page_keeps_the_other_filters(run) -> None:
    app = run(PAGE, event=NIGHT, year="2025")
    app.button(key="event-on-map").click().run()
    assert not app.exception
    assert (app.session_state["year"], app.session_state["group"]) == (["2025"], [NIGHT])


def test_the_files_hold_the_event(run) -> None:
    assert [b.proto.label for b in run(PAGE, event=NIGHT).get("download_button")] == [
        "CSV",
        "GeoJSON",
        "GeoPackage",
        "Excel",
    ]


def test_nothing_chosen_says_what_to_do(run) -> None:
    assert "Change the filter, or reset it" in run(PAGE, q="zzzz").info[0].value


def test_markup_in_an_event_stays_text(run, store, panels) -> None:
    register = store.with_name("event_groups.json")
    groups = json.loads(register.read_text("utf-8"))
    for group in groups:
        group["name"] = group["summary"] = HOSTILE
    register.write_text(json.dumps(groups), "utf-8")
    document = json.loads(store.read_text("utf-8"))
    for feature in document["features"]:
        feature["properties"]["title"] = HOSTILE
    store.write_text(json.dumps(document), "utf-8")
    app = run(PAGE)
    assert HOSTILE not in "".join(panels.values())
    opened = run(PAGE, event=NIGHT)
    assert HOSTILE not in "".join(panels.values())
    assert re.search(r"(?<!\\)<", texts(app) + texts(opened)) is None
