"""The map page through the frame: what it says for a choice, an empty one, and a store at fault."""

import json
import re

import pytest

from geo.aggregate.coverage import coverage
from geo.casualties import RANGE
from geo.incident.vocabulary import About
from geo.language.messages import day_words
from geo.selection import Filters
from geo.sentences import total_words, when
from tests.conftest import HIGHEST, LOWEST
from tests.pages.conftest import panels_of, tables_of, texts


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({}, id="everything"),
        pytest.param({"year": "2025"}, id="year"),
        pytest.param({"year": ["2024", "2025"], "category": "strike"}, id="two years"),
        pytest.param({"since": "2025-10-11", "until": "2025-10-12"}, id="days"),
        pytest.param({"province": ["AF-KHO", "AF-KNR"]}, id="provinces"),
        pytest.param({"country": "TJ", "status": "disputed"}, id="country and status"),
        pytest.param({"precision": "border_segment"}, id="precision"),
        pytest.param({"q": "Spin Boldak"}, id="text"),
    ],
)
def test_says_how_many_of_all(seen, table, query) -> None:
    app = seen(**query)
    filters = Filters.from_query({name: [value] if isinstance(value, str) else value for name, value in query.items()})
    assert f"**{table.count(filters):,} of {len(table):,} incidents**" in texts(app)
    (shown,) = tables_of(app)
    assert len(shown) == table.count(filters)


@pytest.mark.parametrize(
    "query", [{"year": "soon"}, {"since": "junk"}, {"province": "AF-XXX"}, {"category": "strikes"}]
)
def test_junk_in_the_link_is_ignored(seen, table, query) -> None:
    assert f"**{len(table):,} of {len(table):,} incidents**" in texts(seen(**query))


@pytest.mark.parametrize(
    ("query", "advice"),
    [
        ({"q": "zzzz"}, "Change the filter, or reset it."),
        ({"q": "zzzz", "year": "2021"}, "Remove one of the filters"),
    ],
)
def test_empty_choice_says_what_to_do(seen, query, advice) -> None:
    app = seen(**query)
    assert [advice in info.value for info in app.info] == [True]
    beside = panels_of(app)["overview"]
    assert ("No incidents are selected" in beside, "<table" in beside) == (True, False)


def test_all_rules_stand_beside_one_another_once_somebody_asks(run, table) -> None:
    app = run(year="2025", rule="claimant:unama")
    assert "rules" not in panels_of(app)
    app.session_state["compare-rules"] = True
    rows = re.findall(r"<tr.*?</tr>", panels_of(app.run())["rules"], re.DOTALL)[1:]
    said = {text[0]: text[1:] for text in (re.findall(r"<t[hd][^>]*>([^<]+)<", row) for row in rows)}
    filters = Filters(year=(2025,))
    for rule in (RANGE, LOWEST, HIGHEST):
        totals = [table.under(rule).totals(filters, about)["curated"] for about in (About.KILLED, About.INJURED)]
        assert said[rule.title] == [total_words(total) for total in totals]
    assert len(said) == 6  # the general ones, and the chosen one
    assert ["lead" in row for row in rows] == [False] * 5 + [True]


def test_empty_choice_is_reset_or_widened_by_a_button(run, table) -> None:
    app = run(year="2022", province="TJ-DU", q="Chaman")
    offered = {button.key: button.label for button in app.main.button}
    only = table.count(Filters(year=(2022,), q="Chaman"))
    assert offered["without-province"] == f"Without “Province”: {only} incidents"
    assert offered.keys() == {"reset-here", "without-province"}  # without the year, or the text, nothing is left either
    app.button(key="without-province").click().run()
    assert f"**{only} of {len(table)} incidents**" in texts(app)
    assert not app.info


def test_reset_empties_every_filter(run, table) -> None:
    app = run(year="2025", country="PK", q="Chaman", since="2025-01-01")
    app.button[0].click().run()
    assert not app.exception
    assert f"**{len(table):,} of {len(table):,} incidents**" in texts(app)
    assert app.session_state["year"] == []
    assert app.session_state["country"] == []
    assert app.session_state["since"] is None


def test_an_unknown_incident_in_a_link_ends_in_a_sentence(seen) -> None:
    drawn = panels_of(seen(incident="nobody-knows"))
    assert any("no incident with the id “nobody-knows”" in html for html in drawn.values())


def test_counts_add_up_under_the_map(seen, table) -> None:
    line = next(caption.value for caption in seen(year="2025").caption if "Not on this map" in caption.value)
    assert line.startswith(f"{table.count(Filters(year=(2025,))):,} of {len(table):,} incidents shown.")
    assert f"{len(table) - table.count(Filters(year=(2025,))):,} filtered out" in line
    assert "Durand Line" in line


def test_table_is_latest_first_and_names_the_rule(seen, table) -> None:
    app = seen()
    days = list(tables_of(app, sorts=True)[0]["When"])
    assert days == sorted(days, reverse=True)
    assert set(tables_of(app)[0]["When"]) == {when(incident) for incident in table.incidents}
    assert "lowest–highest claim" in texts(app)


def test_the_end_of_the_months_is_said_not_to_be_calm(seen) -> None:
    end = f"The record ends on {day_words(coverage().last_day)}: no later reports were available."
    assert any(end in caption.value for caption in seen(year="2025").caption)


def test_broken_incident_is_reported_and_the_others_stay(run, store, table) -> None:
    document = json.loads(store.read_text("utf-8"))
    document["features"][3]["properties"]["category"] = "earthquake"
    document["features"][5]["geometry"] = {"type": "Point", "coordinates": [690, 33]}
    store.write_text(json.dumps(document), encoding="utf-8")
    app = run()
    assert f"**{len(table) - 2} of {len(table) - 2} incidents**" in texts(app)
    assert "2 faults" in app.expander[0].label
    said = texts(app)
    assert "earthquake" in said
    assert "690" in said


def test_broken_file_ends_in_a_sentence(run, store) -> None:
    store.write_text('{"type": "FeatureCollection", "features": [', encoding="utf-8")
    app = run()
    assert "There is no record to show" in texts(app)
    assert "is not JSON" in app.error[0].value


def test_empty_store_ends_in_a_sentence(run, store) -> None:
    store.write_text('{"type": "FeatureCollection", "features": []}', encoding="utf-8")
    store.with_name("event_groups.json").write_text("[]", encoding="utf-8")
    app = run()
    assert app.info[0].value.startswith("The record is empty")


def test_missing_register_of_event_clusters_is_reported_and_all_incidents_stay(run, store, table) -> None:
    store.with_name("event_groups.json").unlink()
    said = texts(run())
    assert f"**{len(table)} of {len(table)} incidents**" in said
    assert "it belongs beside the incident file" in said


def test_store_that_changes_on_disk_is_read_again(run, store, table) -> None:
    run()
    document = json.loads(store.read_text("utf-8"))
    del document["features"][:10]
    used = {feature["properties"]["event_group"] for feature in document["features"]}
    groups = json.loads((register := store.with_name("event_groups.json")).read_text("utf-8"))
    register.write_text(json.dumps([group for group in groups if group["id"] in used]), encoding="utf-8")
    store.write_text(json.dumps(document), encoding="utf-8")
    assert f"**{len(table) - 10} of {len(table) - 10} incidents**" in texts(run())


def test_markup_in_a_title_is_escaped(run, store) -> None:
    document = json.loads(store.read_text("utf-8"))
    document["features"][3]["properties"]["category"] = "<img src=x onerror=alert(1)>"
    store.write_text(json.dumps(document), encoding="utf-8")
    assert re.search(r"(?<!\\)<", texts(run())) is None
