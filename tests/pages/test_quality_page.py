"""The page on data quality, through the frame."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from markupsafe import escape
from streamlit.testing.v1 import AppTest

from geo.aggregate.coverage import coverage
from geo.evidence.reliability import WEAK_KINDS, Speakers, delays, precision_mix, sources_per_incident, speaker_counts
from geo.evidence.similar import IN_ORDER, differences, similar_pairs
from geo.language.messages import day_words
from geo.selection import Filters
from geo.table.incident_table import IncidentTable
from tests.pages.conftest import panels_of, texts

Run = Callable[..., AppTest]
PAGE = "evidence/quality"


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
def test_the_numbers_are_those_of_the_choice(seen: Run, table: IncidentTable, query: dict[str, str]) -> None:
    filters = Filters.from_query({name: [value] for name, value in query.items()})
    incidents = table.selected(filters)
    app = seen(PAGE, **query)
    assert f"**{len(incidents)} of {len(table)} incidents**" in texts(app)
    shown = {metric.label: metric.value for metric in app.metric}
    alone = speaker_counts(incidents, table.claimants)[Speakers.ONE.value] / len(incidents)
    single = sources_per_incident(incidents)[1] / len(incidents)
    day = precision_mix(incidents)["day"].sum() / len(incidents)
    assert shown["One side’s claims only"] == f"{alone * 100:.0f} %"
    assert shown["With a single source"] == f"{single * 100:.0f} %"
    assert shown["Day known"] == f"{day * 100:.0f} %"


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({}, id="everything"),
        pytest.param({"year": "2025"}, id="one-year"),
    ],
)
def test_each_table_holds_the_chosen_incidents(seen: Run, table: IncidentTable, query: dict[str, str]) -> None:
    incidents = table.selected(Filters.from_query({name: [value] for name, value in query.items()}))
    tables = [frame.value for frame in seen(PAGE, **query).dataframe]
    months, borders, provinces, precision, speakers, sources = tables[:6]
    assert borders["Incidents"].sum() == len(incidents) <= provinces["Incidents"].sum()
    assert months["Incidents"].sum() == precision["All"].sum() == len(incidents)
    assert speakers["Incidents"].sum() == sources["Incidents"].sum() == len(incidents)
    first_report = next(frame for frame in tables if frame.index.name == "First report")
    assert first_report["Incidents"].sum() == len(delays(incidents).days)


@pytest.mark.parametrize(
    ("query", "months"),
    [
        pytest.param({}, 72, id="everything"),
        pytest.param({"year": "2023"}, 12, id="a year"),
        pytest.param({"since": "2025-10-11", "until": "2026-01-31"}, 4, id="some months"),
    ],
)
def test_months_that_are_filtered_out_are_not_called_anything(seen: Run, query: dict[str, str], months: int) -> None:
    app = seen(PAGE, **query)
    assert len(app.dataframe[0].value) == months
    assert f"The chart covers the {months} months the filters select" in texts(app)


def test_whether_the_end_is_calm_is_answered_in_a_sentence(seen: Run) -> None:
    known = coverage()
    last, edited = day_words(known.last_day), day_words(known.worked_on)
    (answer,) = [part.value for part in seen(PAGE, year="2022").markdown if "or is it calm?" in part.value]
    assert f"The record ends on {last} because the research does, not because it was calm" in answer
    assert f"last edited on {edited}; no later reports were available" in answer


@pytest.mark.parametrize("query", [{}, {"year": ["2024", "2025"]}, {"country": "TJ"}], ids=str)
def test_borders_and_provinces_stand_beside_what_they_rest_on(seen: Run, table: IncidentTable, query: dict) -> None:
    app = seen(PAGE, **query)
    borders, provinces = (
        next(frame.value for frame in app.dataframe if head in frame.value.columns) for head in ("Border", "Province")
    )
    filters = Filters.from_query({name: [value] if isinstance(value, str) else value for name, value in query.items()})
    chosen = table.selected(filters)
    in_provinces = sum(len(table.provinces_of(incident)) or 1 for incident in chosen)
    assert (borders["Incidents"].sum(), provinces["Incidents"].sum()) == (len(chosen), in_provinces)
    assert borders["Sources"].sum() == sum(len(i.sources) for i in chosen)
    assert set(borders["Year"]) == set(filters.year or range(2021, coverage().last_day.year + 1))


def test_one_year_has_nothing_to_be_compared_with(seen: Run) -> None:
    assert "select more to compare" in texts(seen(PAGE, year="2025"))
    assert "select more to compare" not in texts(seen(PAGE))


def test_every_chart_says_what_is_not_in_it(seen: Run) -> None:
    captions = "\n".join(caption.value for caption in seen(PAGE, year="2025").caption)
    assert captions.count("Not in it:") == 5
    assert "incidents are filtered out" in captions


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({}, "January–June 2024: the Tajik border is thin"),
        ({}, "April–June 2026: little was found"),
        ({"country": "TJ"}, "January–June 2024: the Tajik border is thin"),
        ({"year": "2024"}, "January–June 2024: the Tajik border is thin"),
    ],
)
def test_thin_periods_are_named_with_their_reason(seen: Run, query: dict[str, str], said: str) -> None:
    assert said in texts(seen(PAGE, **query)).replace("\\", "")


@pytest.mark.parametrize("query", [{"country": "PK"}, {"province": "AF-KHO"}, {"year": "2025"}], ids=str)
def test_a_gap_elsewhere_or_at_another_time_is_not_named(seen: Run, query: dict[str, str]) -> None:
    assert "the Tajik border is thin" not in texts(seen(PAGE, **query))


def test_incidents_on_weak_sources_alone_are_listed(seen: Run) -> None:
    panels = panels_of(seen(PAGE))
    assert "5 incidents rest on weak sources alone" in panels["quality-weak"]


def test_a_choice_without_weak_sources_says_so(seen: Run, table: IncidentTable) -> None:
    sound = next(i.id for i in table.incidents if all(source.kind not in WEAK_KINDS for source in i.sources))
    app = seen(PAGE, q=sound)
    assert "None: no source of these incidents is a mirror" in texts(app)
    assert "quality-weak" not in panels_of(app)


def test_what_was_left_out_is_named_with_its_reason(seen: Run) -> None:
    said = texts(seen(PAGE))
    assert "Pakistan closes Torkham to travellers over Covid" in said
    assert "not a conflict incident" in said


def test_a_sound_store_is_said_to_be_valid(seen: Run) -> None:
    assert "Valid" in seen(PAGE).success[0].value


def test_faults_of_the_store_are_counted(run: Run, store: Path) -> None:
    document = json.loads(store.read_text("utf-8"))
    document["features"][0]["properties"]["category"] = "war"
    store.write_text(json.dumps(document), "utf-8")
    app = run(PAGE)
    assert "1 fault" in app.warning[0].value
    assert not app.success


def test_nothing_chosen_says_what_to_do_and_still_shows_the_store(seen: Run) -> None:
    app = seen(PAGE, q="nosuchthing")
    assert "Change the filter, or reset it" in app.info[0].value
    assert not app.metric
    assert "Considered and left out" in texts(app)


def test_an_empty_store_ends_in_a_sentence(run: Run, store: Path) -> None:
    store.write_text('{"type": "FeatureCollection", "features": []}', "utf-8")
    store.with_name("event_groups.json").write_text("[]", "utf-8")
    assert "The record is empty. Add an incident, and it appears here" in texts(run(PAGE))


def test_markup_in_a_title_stays_text(run: Run, store: Path) -> None:
    document = json.loads(store.read_text("utf-8"))
    weak = next(f for f in document["features"] if f["id"] == "2026-02-28-kharlachi-border-clash")
    weak["properties"]["title"] = "<img src=x onerror=alert(1)>"
    store.write_text(json.dumps(document), "utf-8")
    assert "&lt;img src=x onerror=alert(1)&gt;" in panels_of(run(PAGE))["quality-weak"]


def pairs_shown(app: AppTest) -> list[tuple[str, str]]:
    """The ids of each pair that the page lists as what may be one."""
    ids = re.findall(r'data-choose="([^"]+)"', panels_of(app)["quality-similar"])
    return list(zip(ids[::2], ids[1::2], strict=True))


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({}, id="all"),
        pytest.param({"year": "2025"}, id="a-year"),
        pytest.param({"category": "strike"}, id="a-kind"),
    ],
)
def test_pairs_that_may_be_one_are_listed_each_once(seen: Run, table: IncidentTable, query: dict[str, str]) -> None:
    filters = Filters.from_query({name: [value] for name, value in query.items()})
    pairs = [pair for pair in similar_pairs(table.selected(filters)) if pair.may_be_one]
    app = seen(PAGE, **query)
    assert sorted(pairs_shown(app)) == sorted((pair.one.id, pair.other.id) for pair in pairs)
    together = sum(pair.same_cluster for pair in pairs)
    assert f"{together} of the pairs belong to one event cluster" in texts(app)


def test_a_pair_is_told_apart_in_the_words_of_its_card(seen: Run, table: IncidentTable) -> None:
    html = panels_of(seen(PAGE))["quality-similar"]
    for pair in similar_pairs(table.incidents):
        if pair.may_be_one:
            for sentence in differences(pair, pair.one, table.rule, IN_ORDER):
                assert str(escape(sentence)) in html


def test_without_a_pair_the_page_says_so(seen: Run, table: IncidentTable) -> None:
    assert not [
        p for p in similar_pairs(table.selected(Filters(category=("strike",), country=("TJ",)))) if p.may_be_one
    ]
    assert "None: no two of these incidents are close in place and time" in texts(
        seen(PAGE, category="strike", country="TJ")
    )
