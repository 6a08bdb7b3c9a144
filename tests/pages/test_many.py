"""The explore pages above 2,000 incidents: the record beside 3,000 synthetic ones."""

import re

import pytest

import ui.province_view
from geo.datasets.folder import FOLDER_VARIABLE
from geo.table.incident_table import MANY
from tests.pages.conftest import panels_of, tables_of, texts
from tests.pages.panels import drawn_by


@pytest.fixture(autouse=True)
def _datasets(many_datasets, monkeypatch):
    monkeypatch.setenv(FOLDER_VARIABLE, str(many_datasets))


def chosen(app):
    """N and M of “N of M incidents”."""
    shown, everything = re.search(r"\*\*([\d,]+) of ([\d,]+) incidents", texts(app)).groups()
    return int(shown.replace(",", "")), int(everything.replace(",", ""))


def test_the_map_page_counts_both_and_says_how_it_shows_them(run, table) -> None:
    app = run()
    assert chosen(app) == (3_000 + len(table), 3_000 + len(table))
    assert "shown in groups; zoom in to separate them" in texts(app)


@pytest.mark.parametrize(("category", "unplaced"), [("clash", False), ("crossing", True)])
def test_the_line_under_the_map_adds_up(run, category, unplaced) -> None:
    line = next(caption.value for caption in run(category=category).caption if "Not on this map" in caption.value)
    assert ("without a place" in line) is unplaced  # what is none is not said
    numbers = [int(n.replace(",", "")) for n in re.findall(r"([\d,]+) (?:of|incidents|without|filtered)", line)]
    shown, everything, *left_out = numbers
    assert len(left_out) == 1 + unplaced
    assert shown + sum(left_out) == everything


def test_the_record_by_itself_is_shown_as_before(run, table) -> None:
    app = run(dataset="curated")
    assert chosen(app)[0] == len(table) < MANY
    assert "in groups" not in texts(app)
    assert "Dataset" not in tables_of(app)[0].columns


def test_the_table_pages_through_the_incidents(run) -> None:
    app = run()
    assert f"Incidents 1–100 of {chosen(app)[0]:,}" in texts(app)
    first = tables_of(app, sorts=True)[0]
    assert list(first["When"]) == sorted(first["When"], reverse=True)
    app.number_input[0].set_value(2).run()
    assert f"Incidents 101–200 of {chosen(app)[0]:,}" in texts(app)
    second = tables_of(app, sorts=True)[0]
    assert max(second["When"]) <= min(first["When"])
    assert len(first) == len(second) == 100


def test_another_choice_begins_on_the_first_page(run) -> None:
    app = run()
    app.number_input[0].set_value(7).run()
    app.pills(key="category").set_value(["clash", "other"]).run()
    assert app.number_input[0].value == 1


def test_the_filter_bar_offers_what_a_dataset_brings(run, monkeypatch, no_datasets) -> None:
    offered = {pill.key: pill.options for pill in run().pills}
    monkeypatch.setenv(FOLDER_VARIABLE, str(no_datasets))
    before = {pill.key: pill.options for pill in run().pills}
    assert "other" in offered["category"]
    assert "other" not in before["category"]
    assert any(key.startswith("dataset") for key in offered)
    assert not any(key.startswith("dataset") for key in before)


def test_deaths_stand_by_dataset_in_the_overview(run) -> None:
    panels = panels_of(run())
    heads = re.findall(r'<th scope="col">([^<]*)</th>', panels["overview"])
    killed = re.search(r'<th scope="row">killed</th>((?:<td>[^<]*</td>)*)', panels["overview"])
    assert heads == ["the record", "ACLED"]
    assert killed
    assert killed[1].count("<td>") == 2
    assert "Figures of different datasets are not added: they may overlap." in panels["overview"]
    assert "same people" not in panels["overview"]


def test_the_timeline_counts_them_and_pages_through_them(run) -> None:
    app = run("explore/timeline")
    assert not app.exception
    assert "Incidents 1–100 of" in texts(app)
    assert "0 filtered out" in texts(app)


def test_a_province_lists_the_latest_of_many(run, monkeypatch) -> None:
    monkeypatch.setattr("ui.province_view._MOST_LISTED", 20)
    panels = drawn_by(monkeypatch, ui.province_view)
    app = run("explore/provinces", profile="AF-KDZ")
    app.query_params["profile"] = "AF-NAN"
    app.run()
    assert not app.exception
    assert "Its latest incidents" in panels["province-panel"]
    assert "earlier ones" in panels["province-panel"]
