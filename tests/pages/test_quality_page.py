"""The page on data quality, through the frame."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import ui.quality_sources
from geo.filters import Filters
from geo.quality import Voices, delays, precision_mix, sources_per_incident, voice_mix
from geo.sources import WEAK_KINDS
from geo.table import IncidentTable
from tests.pages.conftest import texts
from ui.panel import render

Run = Callable[..., AppTest]
PAGE = "evidence/quality"


@pytest.fixture(autouse=True)
def panels(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The HTML of the panels, in the order in which they are drawn."""
    drawn: list[str] = []

    def panel(template: str, *, key: str, on_choose: object, **values: object) -> None:
        del key, on_choose
        drawn.append(render(template, **values))

    monkeypatch.setattr(ui.quality_sources, "panel", panel)
    return drawn


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"year": "2025"},
        {"country": "TJ"},
        {"precision": "province"},
        {"date_precision": "month"},
        {"q": "wana-drone-strike"},
    ],
    ids=lambda query: " ".join(query.values()) or "everything",
)
def test_the_numbers_are_those_of_the_choice(run: Run, table: IncidentTable, query: dict[str, str]) -> None:
    filters = Filters.from_query({name: [value] for name, value in query.items()})
    incidents = table.selected(filters)
    app = run(PAGE, **query)
    assert f"**{len(incidents)} of {len(table)} incidents**" in texts(app)
    shown = {metric.label: metric.value for metric in app.metric}
    alone = voice_mix(incidents, table.claimants)[Voices.ONE.value] / len(incidents)
    single = sources_per_incident(incidents)[1] / len(incidents)
    day = precision_mix(incidents)["day"].sum() / len(incidents)
    assert shown["Told by one side only"] == f"{alone * 100:.0f} %"
    assert shown["With a single source"] == f"{single * 100:.0f} %"
    assert shown["Day known"] == f"{day * 100:.0f} %"


@pytest.mark.parametrize("query", [{}, {"year": "2025"}], ids=["everything", "one-year"])
def test_each_table_holds_the_chosen_incidents(run: Run, table: IncidentTable, query: dict[str, str]) -> None:
    incidents = table.selected(Filters.from_query({name: [value] for name, value in query.items()}))
    tables = [frame.value for frame in run(PAGE, **query).dataframe]
    months, precision, voices, sources = tables[:4]
    assert months["Incidents"].sum() == precision["All"].sum() == len(incidents)
    assert voices["Incidents"].sum() == sources["Incidents"].sum() == len(incidents)
    first_report = next(frame for frame in tables if frame.index.name == "First report")
    assert first_report["Incidents"].sum() == len(delays(incidents).days)


def test_every_chart_says_what_is_not_in_it(run: Run) -> None:
    captions = "\n".join(caption.value for caption in run(PAGE, year="2025").caption)
    assert captions.count("Not in it:") == 5
    assert "incidents are filtered out" in captions


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({}, "January 2024 to June 2024"),
        ({}, "April 2026 to June 2026"),
        ({"country": "TJ"}, "January 2024 to June 2024"),
    ],
)
def test_thin_periods_are_named_with_their_reason(run: Run, query: dict[str, str], said: str) -> None:
    assert said in texts(run(PAGE, **query))


def test_a_gap_of_the_tajik_side_is_none_of_pakistans(run: Run) -> None:
    assert "January 2024 to June 2024" not in texts(run(PAGE, country="PK"))


def test_incidents_on_weak_sources_alone_are_listed(run: Run, panels: list[str]) -> None:
    run(PAGE)
    assert "6 incidents rest on weak sources alone" in panels[0]


def test_a_choice_without_weak_sources_says_so(run: Run, table: IncidentTable, panels: list[str]) -> None:
    sound = next(i.id for i in table.incidents if all(source.kind not in WEAK_KINDS for source in i.sources))
    assert "None: no source of these incidents is a mirror" in texts(run(PAGE, q=sound))
    assert not panels


def test_what_was_left_out_is_named_with_its_reason(run: Run) -> None:
    said = texts(run(PAGE))
    assert "Pakistan closes Torkham to travellers over Covid" in said
    assert "not a conflict incident" in said


def test_a_sound_store_is_said_to_be_valid(run: Run) -> None:
    assert "Valid" in run(PAGE).success[0].value


def test_faults_of_the_store_are_counted(run: Run, store: Path) -> None:
    document = json.loads(store.read_text("utf-8"))
    document["features"][0]["properties"]["category"] = "war"
    store.write_text(json.dumps(document), "utf-8")
    app = run(PAGE)
    assert "1 fault" in app.warning[0].value
    assert not app.success


def test_nothing_chosen_says_what_to_do_and_still_shows_the_store(run: Run) -> None:
    app = run(PAGE, q="nosuchthing")
    assert "Change the filter, or reset it" in app.info[0].value
    assert not app.metric
    assert "Considered and left out" in texts(app)


def test_an_empty_store_ends_in_a_sentence(run: Run, store: Path) -> None:
    store.write_text('{"type": "FeatureCollection", "features": []}', "utf-8")
    store.with_name("event_groups.json").write_text("[]", "utf-8")
    assert "The incident store is empty" in texts(run(PAGE))


def test_markup_in_a_title_stays_text(run: Run, store: Path, panels: list[str]) -> None:
    document = json.loads(store.read_text("utf-8"))
    weak = next(f for f in document["features"] if f["id"] == "2022-04-16-dand-patan-border-clash")
    weak["properties"]["title"] = "<img src=x onerror=alert(1)>"
    store.write_text(json.dumps(document), "utf-8")
    run(PAGE)
    assert "&lt;img src=x onerror=alert(1)&gt;" in panels[0]
