"""The page of event clusters, run through the frame: the list, one event, and what the filters leave of it."""

import json
import re

import pytest

from geo.incident.vocabulary import Stance
from geo.language.messages import day_words
from geo.selection import Filters
from geo.sentences import when
from tests.pages.conftest import panels_of, texts

PAGE = "evidence/events"
NIGHT = "durand-line-clashes-2025-10-11"
OFFENSIVE = "durand-line-offensive-2026-02-26"
WAR = "open-war-2026-02-03"
HOSTILE = "<img src=x onerror=alert(1)>"


def words(app) -> str:
    return texts(app).replace("\\", "")


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({}, id="all"),
        pytest.param({"year": "2024"}, id="year"),
        pytest.param({"category": "crossing"}, id="crossings"),
    ],
)
def test_lists_every_event_and_those_without_a_chosen_incident_apart(seen, table, query) -> None:
    panels = panels_of(seen(PAGE, **query))
    inside, _, apart = panels["event-list"].partition("<details>")
    incidents = table.selected(Filters.from_query({name: [value] for name, value in query.items()}))
    wanted = {incident.event_group for incident in incidents} - {None}
    assert set(re.findall(r'data-choose="([^"]+)"', inside)) == wanted
    assert set(re.findall(r'data-choose="([^"]+)"', apart)) == set(table.event_groups) - wanted


def test_the_list_is_latest_first(seen, table) -> None:
    panels = panels_of(seen(PAGE))
    listed = re.findall(r'data-choose="([^"]+)"', panels["event-list"])
    began = [table.event_groups[group].date_start for group in listed]
    assert began == sorted(began, reverse=True)


def test_the_list_says_how_much_of_an_event_is_chosen(seen) -> None:
    panels = panels_of(seen(PAGE, category="strike"))
    assert (
        "2 of 4 incidents in the selection" in panels["event-list"]
        or "of 25 incidents in the selection" in panels["event-list"]
    )


@pytest.mark.parametrize("group", [NIGHT, WAR, "border-closure-2025-10", "returns-2025-04"])
def test_an_event_holds_each_of_its_incidents_under_its_day(seen, table, group) -> None:
    panels = panels_of(seen(PAGE, event=group))
    members = {incident.id: incident for incident in table.event_group(group)}
    told = re.findall(r'data-choose="([^"]+)"', panels["event-days"])
    assert sorted(told) == sorted(members)
    assert [members[name].date_start for name in told] == sorted(i.date_start for i in members.values())
    heads = re.findall(r"<h3>(.*?)</h3>", panels["event-days"])
    known = {day_words(i.date_start) for i in members.values() if i.date_precision == "day"}
    assert len(heads) == len(set(heads))
    assert {head.lower() for head in heads} == {
        head.lower() for head in known | {when(i) for i in members.values() if i.date_precision != "day"}
    }


def test_an_event_is_told(seen) -> None:
    app = seen(PAGE, event=NIGHT)
    panels = panels_of(app)
    said = words(app)
    assert "## Fighting along the Durand Line, 11–12 October 2025" in said
    assert "**11–12 October 2025** · 7 incidents · 32 sources from 30 publishers" in said
    assert "Each side claims heavy losses of the other" in said
    assert "7 of 300 incidents shown. Not on this map: 293 filtered out" in said
    assert "Afghanistan does not recognise the Durand Line" in said
    assert "Pakistani forces" in panels["event-matrix"]
    assert "58 by Taliban authorities, government" in panels["event-disputed"]


@pytest.mark.parametrize(
    ("event", "rule", "killed"),
    [
        (NIGHT, "lowest–highest claim", "21–258 or more"),
        (NIGHT, "according to the victims’ own side", "32"),
        (NIGHT, "according to independent sources", "31 or more"),
        (OFFENSIVE, "lowest–highest claim", "12–129 or more"),  # 2 + 8 + 2 and 55 + 72 + 2; 274 is a running total
        (OFFENSIVE, "according to the victims’ own side", "12–27"),
        (OFFENSIVE, "according to Pakistan military (ISPR)", "12"),
        (OFFENSIVE, "according to Taliban authorities, defence ministry", "63"),
        (OFFENSIVE, "according to independent sources", "2"),
    ],
)
def test_what_a_rule_gives(seen, event, rule, killed) -> None:
    panels = panels_of(seen(PAGE, event=event))
    row = re.search(rf'<th scope="row"[^>]*>{re.escape(rule)}.*?</th><td>([^<]+)</td>', panels["event-totals"])
    assert row is not None
    assert row[1] == killed


@pytest.mark.parametrize("group", [OFFENSIVE, WAR, "strikes-2025-11-24", "returns-2025-04"])
def test_each_denial_of_an_event_stands_once_on_its_page(seen, table, group) -> None:
    panels = panels_of(seen(PAGE, event=group))
    denied = [claim for one in table.event_group(group) for claim in one.claims if claim.stance is Stance.DENIES]
    assert panels["event-denials"].count('<span class="stance-denies">denies</span>') == len(denied)
    assert ("Nobody on record denies anything" in panels["event-denials"]) is not bool(denied)


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
        (NIGHT, "Pakistan military (ISPR)", ["23", "at least 200", "", "29", "", "", "21", ""]),
        (NIGHT, "Taliban authorities, government", ["58", "9", "", "30", "16", "", "", "25"]),
        (OFFENSIVE, "Pakistan military (ISPR)", ["12", *[""] * 4, "27", *[""] * 8]),
        (OFFENSIVE, "Taliban authorities, defence ministry", ["55", "8", *[""] * 4, "11", *[""] * 5, "up to 19", ""]),
        (OFFENSIVE, "UN Assistance Mission in Afghanistan (UNAMA)", [""] * 14),
    ],
)
def test_the_matrix_by_hand(seen, event, claimant, figures) -> None:
    panels = panels_of(seen(PAGE, event=event))
    assert cells(panels["event-matrix"])[claimant] == figures


def test_what_is_in_no_total_is_shown_and_not_counted(seen) -> None:
    panels = panels_of(seen(PAGE, event=OFFENSIVE))
    assert "in no total: 274" in panels["event-matrix"]


def test_the_rule_in_force_is_marked_and_used(seen) -> None:
    panels = panels_of(seen(PAGE, event=NIGHT, rule="independent"))
    assert re.search(r'class="current"><th[^>]*>according to independent sources', panels["event-totals"])
    assert "Killed: according to independent sources" in panels["event-days"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        pytest.param({"status": "disputed"}, "1 of its 7 incidents are selected", id="split"),
        pytest.param({"year": "2021"}, "None of the 7 incidents in this event cluster matches the filters", id="none"),
    ],
)
def test_an_event_that_the_filters_split_says_so(run, query, said) -> None:
    app = run(PAGE, event=NIGHT, **query)
    assert said in words(app)
    app.button(key="event-whole").click().run()
    assert not any("Reset the filters" in info.value for info in app.info)
    assert "· 7 incidents ·" in words(app)


def test_a_whole_event_says_nothing_of_filters(seen) -> None:
    assert not seen(PAGE, event=NIGHT).info


def test_an_unknown_event_in_a_link_is_told_and_the_list_stays(seen) -> None:
    app = seen(PAGE, event="no-such_event")
    panels = panels_of(app)
    assert "no event cluster with the id “no-such_event”" in words(app)
    assert "event-list" in panels


def test_choosing_from_the_widget_is_in_the_link(run) -> None:
    app = run(PAGE)
    app.selectbox(key="event-choice").select(NIGHT).run()
    assert app.query_params["event"] == NIGHT
    assert "## Fighting along the Durand Line" in words(app)


@pytest.mark.parametrize(
    ("button", "then"),
    [("Later cluster", "border-closure-2025-10"), ("Earlier cluster", "kabul-paktika-explosions-2025-10-09")],
)
def test_one_event_leads_to_the_next(run, button, then) -> None:
    app = run(PAGE, event=NIGHT)
    app.button(key=button).click().run()
    assert app.query_params["event"] == then


def test_all_events_leads_back_to_the_list(run) -> None:
    app = run(PAGE, event=NIGHT)
    app.button(key="event-all").click().run()
    assert "event" not in app.query_params
    assert "event-list" in panels_of(app)


def test_the_files_hold_the_event(seen) -> None:
    assert [b.proto.label for b in seen(PAGE, event=NIGHT).get("download_button")] == [
        "CSV",
        "Notes on the CSV",
        "GeoJSON",
        "GeoPackage",
        "Excel",
        "Map as one HTML file",
    ]


def test_nothing_chosen_says_what_to_do(seen) -> None:
    assert "Change the filter, or reset it" in seen(PAGE, q="zzzz").info[0].value


def test_markup_in_an_event_stays_text(run, store) -> None:
    register = store.with_name("event_groups.json")
    groups = json.loads(register.read_text("utf-8"))
    for group in groups:
        group["name"] = group["summary"] = HOSTILE
    register.write_text(json.dumps(groups), "utf-8")
    document = json.loads(store.read_text("utf-8"))
    for feature in document["features"]:
        feature["properties"]["title"] = HOSTILE
    store.write_text(json.dumps(document), "utf-8")
    app, opened = run(PAGE), run(PAGE, event=NIGHT)
    for page in (app, opened):
        assert HOSTILE not in "".join(panels_of(page).values())
    assert re.search(r"(?<!\\)<", texts(app) + texts(opened)) is None
