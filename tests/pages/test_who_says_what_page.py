"""The page of claimants, run through the frame: pairs, gaps, the worked example, the table, files."""

import json
import re
from datetime import date

import pytest

import ui.event_evidence
import ui.event_matrix
import ui.who_gaps
import ui.who_night
import ui.who_pairs
from geo.contradictions import by_claimant, contradictions, pairs, widest_gaps
from geo.filters import Filters
from geo.vocabulary import About
from tests.pages.conftest import texts
from tests.pages.panels import drawn_by

PAGE = "evidence/who_says_what"
NIGHT = {"since": "2025-10-11", "until": "2025-10-12"}
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def panels(monkeypatch) -> dict[str, str]:
    """The HTML of the page's panels by their keys."""
    return drawn_by(monkeypatch, ui.who_pairs, ui.who_gaps, ui.who_night, ui.event_matrix, ui.event_evidence)


def chosen(table, query) -> tuple:
    return table.selected(Filters.from_query({name: [value] for name, value in query.items()}))


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({}, id="everything"),
        pytest.param({"year": "2021"}, id="one-year"),
        pytest.param({"category": "strike", "country": "AF"}, id="strikes"),
        pytest.param({"status": "confirmed", "year": "2024"}, id="few"),
    ],
)
def test_shows_what_the_filters_choose(run, table, panels, query) -> None:
    app = run(PAGE, **query)
    incidents = chosen(table, query)
    assert f"**{len(incidents)} of {len(table)} incidents**" in texts(app)
    met = pairs(contradictions(incidents, table.claimants))
    assert panels["who-pairs"].count('<details class="pair">') == len(met)
    assert panels["who-gaps"].count('class="gap"') == len(widest_gaps(incidents))
    assert len(app.dataframe[0].value) == len(by_claimant(incidents, table.claimants))


def test_explains_itself_in_two_sentences(run) -> None:
    said = next(m.value for m in run(PAGE).markdown if m.value.startswith("A contradiction is"))
    assert len(re.findall(r"\.(?:\s|$)", said)) == 2
    assert "never added" in said


def test_each_pair_and_gap_opens_its_incident(run, table, panels) -> None:
    run(PAGE, year="2025")
    opened = set(re.findall(r'data-choose="([^"]+)"', panels["who-pairs"] + panels["who-gaps"]))
    incidents = chosen(table, {"year": "2025"})
    held = {c.other.incident.id for c in contradictions(incidents, table.claimants)}
    assert opened == held | {gap.highest.incident.id for gap in widest_gaps(incidents)}


def test_every_figure_of_a_gap_has_speaker_and_source(run, table, panels) -> None:
    run(PAGE, **NIGHT)
    html = panels["who-gaps"]
    for gap in widest_gaps(chosen(table, NIGHT)):
        for statement in (gap.lowest, gap.highest):
            assert table.claimants[statement.by].name in html
            assert statement.source.publisher in html


def test_a_claimant_restricts_pairs_and_gaps(run, table, panels) -> None:
    app = run(PAGE, claimant="unama")
    met = [p for p in pairs(contradictions(table.incidents, table.claimants)) if "unama" in p.claimants]
    assert panels["who-pairs"].count('<details class="pair">') == len(met)
    assert "Who contradicts whom: UN Assistance Mission" in panels["who-pairs"]
    assert app.selectbox(key="claimant-choice").value == "unama"


def test_choosing_a_claimant_is_in_the_link(run) -> None:
    app = run(PAGE)
    app.selectbox(key="claimant-choice").select("pk-ispr").run()
    assert app.query_params["claimant"] == "pk-ispr"


@pytest.mark.parametrize("query", [{"claimant": "nobody"}, {"side": "XX"}, {"kind": "oracle"}, {"gaps": "wide"}])
def test_junk_in_the_link_is_ignored(run, table, query) -> None:
    app = run(PAGE, **query)
    assert len(app.dataframe[0].value) == len(by_claimant(table.incidents, table.claimants))


@pytest.mark.parametrize(("order", "first"), [("ratio", "22.2 times"), ("difference", "265 people apart")])
def test_gaps_are_ranked_as_chosen(run, panels, order, first) -> None:
    run(PAGE, gaps=order)
    ranked = re.findall(r'class="value">([^<]+)<', panels["who-gaps"])
    assert first in ranked[0]


def test_side_and_kind_restrict_the_table(run, table) -> None:
    app = run(PAGE, side="PK", kind="military")
    speakers = by_claimant(table.incidents, table.claimants)
    wanted = speakers[(speakers["side"] == "PK") & (speakers["kind"] == "military")]
    assert list(app.dataframe[0].value["Claimant"]) == list(wanted["name"])


def test_a_side_and_kind_without_anybody_say_what_to_do(run) -> None:
    app = run(PAGE, side="TTP", kind="un")
    assert any("Set side or kind to any" in info.value for info in app.info)


def test_the_worked_example_counts_nobody_twice(run, panels) -> None:
    run(PAGE)
    html = panels["night-sum"]
    assert "<strong>305</strong>" in html  # 58 + 23 + 200 + 9 + 15
    assert html.count("2 accounts of the same people") == 2
    assert "within the figures for the whole, not beside them" in html


def test_the_worked_example_gives_every_rule(run, panels) -> None:
    run(PAGE)
    rules = dict(
        re.findall(
            r'<th scope="row"[^>]*>([^<]+?)\s*(?:<small>[^<]*</small>)?</th><td>([^<]+)</td>', panels["night-totals"]
        )
    )
    assert rules["lowest–highest claim"] == "32–258 or more"
    assert rules["as told by the victims’ own side"] == "32"
    assert rules["as told by Pakistan military (ISPR)"] == "223 or more"
    assert rules["as told by Taliban authorities, government"] == "67"
    assert rules["as told by independent voices"] == "no figure"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"year": "2021"}, "The filters leave out this event"),
        ({"status": "disputed"}, "**1 of 4 incidents** of this event"),
        ({}, "**4 incidents** of this event"),
    ],
    ids=["left-out", "split", "whole"],
)
def test_the_worked_example_obeys_the_filters(run, query, said) -> None:
    assert said in texts(run(PAGE, **query))


def test_the_worked_example_opens_its_event(run) -> None:
    app = run(PAGE)
    next(b for b in app.button if b.label == "This event day by day").click().run()
    assert "## Fighting along the Durand Line" in texts(app)


def test_without_the_night_on_record_there_is_no_example(run, store) -> None:
    document = json.loads(store.read_text("utf-8"))
    document["features"] = [
        f for f in document["features"] if f["properties"]["event_group"] != "durand-line-clashes-2025-10-11"
    ]
    store.write_text(json.dumps(document), "utf-8")
    groups = json.loads(store.with_name("event_groups.json").read_text("utf-8"))
    kept = [group for group in groups if group["id"] != "durand-line-clashes-2025-10-11"]
    store.with_name("event_groups.json").write_text(json.dumps(kept), "utf-8")
    assert "worked example" not in texts(run(PAGE))


def test_no_contradiction_is_said(run, panels) -> None:
    run(PAGE, q="2025-10-12-ghulam-khan-crossing-closed")
    assert "No two claimants contradict each other" in panels["who-pairs"]
    assert "No two claimants give different figures" in panels["who-gaps"]


def test_nothing_chosen_says_what_to_do(run) -> None:
    app = run(PAGE, q="zzzz")
    assert "Change the filter, or reset it" in app.info[0].value
    assert not app.dataframe


def test_files_are_offered(run) -> None:
    labels = [button.proto.label for button in run(PAGE).get("download_button")]
    assert labels == ["Claimants as CSV", "Contradictions as CSV", "Gaps as CSV", "All tables as Excel"]


def test_markup_in_data_stays_text(run, store, panels) -> None:
    register = store.with_name("claimants.json")
    register.write_text(register.read_text("utf-8").replace("Pakistan military (ISPR)", HOSTILE), "utf-8")
    run(PAGE)
    html = "".join(panels.values())
    assert "&lt;img src=x onerror=alert(1)&gt;" in html
    assert HOSTILE not in html


def test_each_month_says_how_far_its_figures_are_apart(run, table) -> None:
    months = run(PAGE).dataframe[-1].value
    (october,) = months[months["Month"] == date(2025, 10, 1)].itertuples(index=False)
    inside = [i for i in table.incidents if (i.date_start.year, i.date_start.month) == (2025, 10)]
    assert october[1] == len(inside)
    assert october[2].rstrip("*") == str(table.total(inside, About.KILLED).toll)
    assert october[3] == pytest.approx(table.dispute_ratio(inside, About.KILLED), abs=0.01)
