"""The page of claimants, run through the frame: denials, pairs, gaps, the worked example, the table, files."""

import json
import re
from datetime import date
from html import unescape

import pytest

import ui.claimant_view
import ui.event_view
from geo.evidence.contradictions import by_claimant, contradictions, pairs, widest_gaps
from geo.evidence.denials import denials
from geo.incident.vocabulary import About, Stance
from geo.selection import Filters
from tests.pages.conftest import panels_of, tables_of, texts

PAGE = "evidence/who_says_what"
NIGHT = {"since": "2025-10-11", "until": "2025-10-12"}
HOSTILE = "<img src=x onerror=alert(1)>"


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
def test_shows_what_the_filters_choose(seen, table, query) -> None:
    app = seen(PAGE, **query)
    panels = panels_of(app)
    incidents = chosen(table, query)
    assert f"**{len(incidents)} of {len(table)} incidents**" in texts(app)
    met = pairs(contradictions(incidents, table.claimants))
    assert panels["who-pairs"].count('<details class="pair">') == len(met)
    assert panels["who-gaps"].count('class="gap"') == len(widest_gaps(incidents))
    assert len(tables_of(app)[0]) == len(by_claimant(incidents, table.claimants))


OCTOBER = {"since": "2025-10-01", "until": "2025-10-31"}
DENIED_ONCE = '<span class="stance-denies">denies</span>'


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({}, id="everything"),
        pytest.param({"year": "2021"}, id="one-year"),
        pytest.param(OCTOBER, id="one-month"),
        pytest.param({"status": "confirmed", "year": "2024"}, id="none"),
    ],
)
def test_lists_each_denial_of_the_selection_once(seen, table, query) -> None:
    panels = panels_of(seen(PAGE, **query))
    incidents = chosen(table, query)
    denied = [incident for incident in incidents for claim in incident.claims if claim.stance is Stance.DENIES]
    html = panels["who-denials"]
    assert html.count(DENIED_ONCE) == len(denied)
    if denied:
        counted = f"{len(denied):,} denial{'s' * (len(denied) > 1)}, in {len({i.id for i in denied}):,} incident"
        assert counted in html
    else:
        assert "Nobody on record denies anything" in html
        assert "Widen the selection in the filter bar" in html


def test_who_denies_what_in_october_2025(seen) -> None:
    panels = panels_of(seen(PAGE, **OCTOBER))
    html = panels["who-denials"]
    assert re.findall("<h3>([^<]+)</h3>", html) == ["October 2025"]
    assert "more denials" not in html
    (said,) = [entry for entry in html.split("<li>") if "rejects as lies that Pakistan started it" in entry]
    assert "<strong>Pakistan military (ISPR)</strong>" in said
    assert 'data-choose="2025-10-15-spin-boldak-border-clash"' in said


def test_a_denial_stands_with_what_it_contradicts_and_its_sources(seen, table) -> None:
    panels = panels_of(seen(PAGE, group="durand-line-offensive-2026-02-26"))
    html, members = unescape(panels["who-denials"]), table.event_group("durand-line-offensive-2026-02-26")
    for found in denials(members, table.claimants, everything=members):
        for statement in (found.statement, *found.opposite, *found.own_side):
            assert table.claimants[statement.by].name in html
            assert statement.source.publisher in html
    assert "Its own side acknowledges it" in html
    assert "12 Pakistani soldiers killed" in html


def test_what_stands_outside_the_selection_is_said_to(seen) -> None:
    panels = panels_of(seen(PAGE, q="2026-02-26-durand-line-border-clash"))
    html = panels["who-denials"]
    assert "Said about another incident, outside this selection:" in html
    assert 'data-choose="2026-02-26-goshta-durbaba-border-clash"' in html


def test_a_claimant_restricts_denials_to_its_own_and_those_against_it(seen, table) -> None:
    panels = panels_of(seen(PAGE, claimant="ttp"))
    found = denials(table.incidents, table.claimants, everything=table.incidents)
    wanted = [
        d for d in found if "ttp" in {s.by for s in (d.statement, *d.opposite, *d.beside, *d.running, *d.own_side)}
    ]
    assert panels["who-denials"].count(DENIED_ONCE) == len(wanted) > 0
    assert "Who denies what: Tehrik-i-Taliban Pakistan (TTP)" in panels["who-denials"]


def test_a_claimant_without_a_denial_is_told_so(seen) -> None:
    panels = panels_of(seen(PAGE, claimant="iom"))
    assert "or choose another claimant" in panels["who-denials"]


def test_many_denials_are_folded_by_month_and_few_are_not(seen) -> None:
    panels = panels_of(seen(PAGE))
    shown, _, folded = panels["who-denials"].partition("more denials, from ")
    assert 5 <= shown.count(DENIED_ONCE) < folded.count(DENIED_ONCE)
    assert re.match(r"[A-Z][a-z]+ \d{4} back to [A-Z][a-z]+ 2021<", folded)
    panels = panels_of(seen(PAGE, year="2021"))
    assert "more denials" not in panels["who-denials"]


def test_explains_itself_in_two_sentences(seen) -> None:
    said = next(m.value for m in seen(PAGE).markdown if m.value.startswith("A contradiction is"))
    assert len(re.findall(r"\.(?:\s|$)", said)) == 2
    assert "never added" in said


def test_each_pair_and_gap_opens_its_incident(seen, table) -> None:
    panels = panels_of(seen(PAGE, year="2025"))
    opened = set(re.findall(r'data-choose="([^"]+)"', panels["who-pairs"] + panels["who-gaps"]))
    incidents = chosen(table, {"year": "2025"})
    held = {c.other.incident.id for c in contradictions(incidents, table.claimants)}
    assert opened == held | {gap.highest.incident.id for gap in widest_gaps(incidents)}


def test_every_figure_of_a_gap_has_speaker_and_source(seen, table) -> None:
    panels = panels_of(seen(PAGE, **NIGHT))
    html = panels["who-gaps"]
    for gap in widest_gaps(chosen(table, NIGHT)):
        for statement in (gap.lowest, gap.highest):
            assert table.claimants[statement.by].name in html
            assert statement.source.publisher in html


def test_a_claimant_restricts_pairs_and_gaps(seen, table) -> None:
    app = seen(PAGE, claimant="unama")
    panels = panels_of(app)
    met = [p for p in pairs(contradictions(table.incidents, table.claimants)) if "unama" in p.claimants]
    assert panels["who-pairs"].count('<details class="pair">') == len(met)
    assert "Who contradicts whom: UN Assistance Mission" in panels["who-pairs"]
    assert app.selectbox(key="claimant-choice").value == "unama"


def test_choosing_a_claimant_is_in_the_link(run) -> None:
    app = run(PAGE)
    app.selectbox(key="claimant-choice").select("pk-ispr").run()
    assert app.query_params["claimant"] == "pk-ispr"


def test_junk_in_the_link_is_ignored(seen, table) -> None:
    app = seen(PAGE, claimant="nobody", side="XX", kind="oracle", gaps="wide")
    assert len(tables_of(app)[0]) == len(by_claimant(table.incidents, table.claimants))


def test_the_scale_of_the_gaps_is_named_and_the_pairs_have_its_width(seen) -> None:
    panels = panels_of(seen(PAGE))
    said = re.search(r'class="axis"><small>([^<]+)<.*?class="scale"[^>]*>(.*?)</div>', panels["who-gaps"], re.DOTALL)
    assert said[1].startswith("Number of people")
    assert re.findall(r">([^<]+)</small>", said[2])[:3] == ["0–1", "10", "100"]
    assert (
        'class="plain pairs"' not in panels["who-pairs"]
    )  # which are two columns, of incidents and what tells them apart


@pytest.mark.parametrize(
    ("order", "first"),
    [
        pytest.param("ratio", "from none, a difference of 15 people", id="times over"),
        pytest.param("difference", "a difference of 23,725 people", id="people between"),
    ],
)
def test_gaps_are_ranked_as_chosen(seen, order, first) -> None:
    panels = panels_of(seen(PAGE, gaps=order))
    ranked = re.findall(r'class="value">([^<]+)<', panels["who-gaps"])
    assert first in ranked[0]


def test_side_and_kind_restrict_the_table(seen, table) -> None:
    app = seen(PAGE, side="PK", kind="military")
    speakers = by_claimant(table.incidents, table.claimants)
    wanted = speakers[(speakers["side"] == "PK") & (speakers["kind"] == "military")]
    assert list(tables_of(app)[0]["Claimant"]) == list(wanted["name"])


def test_a_side_and_kind_without_anybody_say_what_to_do(run, table) -> None:
    app = run(PAGE, side="TTP", kind="un")
    assert ["No claimant of this side and kind" in info.value for info in app.info] == [True]
    next(button for button in app.main.button if button.label == "Show all of them").click().run()
    assert not app.info
    assert not app.query_params
    assert len(tables_of(app)[0]) == len(by_claimant(table.incidents, table.claimants))


def test_the_worked_example_counts_nobody_twice(seen) -> None:
    panels = panels_of(seen(PAGE))
    html = panels["night-sum"]
    assert "<strong>348</strong>" in html  # 58 + 23 + 12 + 200 + 9 + 15 + 12 + 8 + 11
    assert html.count("3 accounts of the same people") == 1
    assert html.count("2 accounts of the same people") >= 1
    assert "within the figures for the whole, not beside them" in html


def test_the_worked_example_gives_every_rule(seen) -> None:
    panels = panels_of(seen(PAGE))
    rules = dict(
        re.findall(
            r'<th scope="row"[^>]*>([^<]+?)\s*(?:<small>[^<]*</small>)?</th><td>([^<]+)</td>', panels["night-totals"]
        )
    )
    assert rules["lowest–highest claim"] == "21–258 or more"
    assert rules["according to the victims’ own side"] == "32"
    assert rules["according to Pakistan military (ISPR)"] == "223 or more"
    assert rules["according to Taliban authorities, government"] == "67"
    assert rules["according to independent sources"] == "31 or more"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        pytest.param({"year": "2021"}, "The filters leave out this event", id="left-out"),
        pytest.param({"status": "disputed"}, "**1 of 7 incidents** of this event cluster", id="split"),
        pytest.param({}, "**7 incidents** of this event cluster", id="whole"),
    ],
)
def test_the_worked_example_obeys_the_filters(seen, query, said) -> None:
    assert said in texts(seen(PAGE, **query))


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


def test_no_contradiction_is_said(seen) -> None:
    panels = panels_of(seen(PAGE, q="2025-10-12-ghulam-khan-crossing-closed"))
    assert "No two claimants contradict each other" in panels["who-pairs"]
    assert "No two claimants give different figures" in panels["who-gaps"]


def test_nothing_chosen_says_what_to_do(seen) -> None:
    app = seen(PAGE, q="zzzz")
    assert "Change the filter, or reset it" in app.info[0].value
    assert not tables_of(app)


def test_files_are_offered(seen) -> None:
    labels = [button.proto.label for button in seen(PAGE).get("download_button")]
    tables = ["Claimants", "Denials", "Contradictions", "Gaps"]
    assert labels == [*(f"{name} as CSV" for name in tables), "All tables as Excel"]


def test_markup_in_data_stays_text(run, store) -> None:
    register = store.with_name("claimants.json")
    register.write_text(register.read_text("utf-8").replace("Pakistan military (ISPR)", HOSTILE), "utf-8")
    html = "".join(panels_of(run(PAGE)).values())
    assert "&lt;img src=x onerror=alert(1)&gt;" in html
    assert HOSTILE not in html


def test_each_month_says_how_far_its_figures_are_apart(seen, table) -> None:
    app = seen(PAGE)
    months = app.dataframe[-1].value
    later = table.reaching_over(Filters(), "month")
    assert f"{later} incidents may belong to a later month" in texts(app)
    october = months[months["Month"] == date(2025, 10, 1)].iloc[0]
    inside = [i for i in table.incidents if (i.date_start.year, i.date_start.month) == (2025, 10)]
    assert october["Incidents"] == len(inside)
    assert october["Killed"] == str(table.total(inside, About.KILLED).toll)
    assert october["Highest over lowest"] == pytest.approx(table.dispute_ratio(inside, About.KILLED), abs=0.01)


def test_of_very_many_the_first_are_drawn_and_their_number_said(run, monkeypatch) -> None:
    for module, name in (
        (ui.claimant_view, "_MOST_PAIRS"),
        (ui.claimant_view, "_MOST_GAPS"),
        (ui.claimant_view, "_MOST_MATTERS"),
        (ui.event_view, "_MOST_DENIALS"),
    ):
        monkeypatch.setattr(module, name, 13)
    panels = panels_of(run(PAGE))
    assert panels["who-pairs"].count('<details class="pair">') == 13
    assert panels["who-gaps"].count('class="gap"') == 13
    assert panels["who-denials"].count('class="denial"') == 13
    for key in ("who-pairs", "who-gaps", "who-denials"):
        assert "The first 13 of " in panels[key], key
