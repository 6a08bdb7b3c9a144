"""The timeline page through the frame."""

import json

import pytest

from geo.selection import Filters
from tests.pages.conftest import panels_of, tables_of, texts

PAGE = "explore/timeline"


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({}, id="everything"),
        pytest.param({"year": "2025"}, id="year"),
        pytest.param({"category": "strike", "country": "AF"}, id="strikes"),
    ],
)
def test_says_how_many_and_lists_the_same(seen, table, query) -> None:
    app = seen(PAGE, **query)
    chosen = table.count(Filters.from_query({name: [value] for name, value in query.items()}))
    assert f"**{chosen:,} of {len(table):,} incidents**" in texts(app)
    assert f"{chosen:,} of {len(table):,} incidents shown" in texts(app)
    assert f"{len(table) - chosen:,} filtered out" in texts(app)
    assert len(tables_of(app)[0]) == chosen


@pytest.mark.parametrize(
    ("lanes", "first"),
    [("category", "Crossing"), ("province", "Khyber Pakhtunkhwa, Pakistan"), ("junk", "Crossing")],
)
def test_the_link_chooses_the_lanes(seen, lanes, first) -> None:
    assert tables_of(seen(PAGE, lanes=lanes))[0]["Lane"].iloc[0] == first


@pytest.mark.parametrize(
    ("query", "beyond"),
    [
        pytest.param({}, True, id="to the last day researched"),
        pytest.param({"year": "2024"}, False, id="a year before"),
        pytest.param({"year": "2025", "until": "2025-12-31"}, False, id="a day before"),
    ],
)
def test_the_shading_beyond_what_was_researched_is_explained_where_it_is(seen, query, beyond) -> None:
    assert ("not researched" in panels_of(seen(PAGE, **query))["timeline-legend"]) is beyond


def test_an_end_that_is_not_on_record_is_said_in_the_table(seen, incidents) -> None:
    (rows,) = tables_of(seen(PAGE))
    said = rows["When"].str.contains("no end on record")
    assert said.sum() == sum(incident.date_end is None for incident in incidents)
    assert set(rows[said]["Lasted"]) == {"no end on record"}


def test_an_empty_choice_says_what_to_do(seen) -> None:
    app = seen(PAGE, q="zzzz")
    assert "Change the filter, or reset it" in app.info[0].value
    assert not tables_of(app)


def test_an_incident_in_the_link_is_open(seen, incidents) -> None:
    assert not seen(PAGE, incident=incidents[0].id).exception


def test_an_incident_in_several_provinces_stands_in_the_lane_of_each(run, store) -> None:
    document = json.loads(store.read_text("utf-8"))
    for feature in document["features"]:
        feature["properties"].pop("provinces", None)
    last = document["features"][-1]
    last["properties"] |= {"province": None, "provinces": ["Khost", "Khyber Pakhtunkhwa"]}
    store.write_text(json.dumps(document), "utf-8")
    app = run(PAGE, lanes="province")
    (rows,) = tables_of(app)
    lanes = rows[rows["Incident"] == last["properties"]["title"]]["Lane"]
    assert sorted(lanes) == ["Khost, Afghanistan", "Khyber Pakhtunkhwa, Pakistan"]
    assert "1 incident lies in several provinces and appears in the lane of each." in texts(app)
    assert "in the lane of each" not in texts(run(PAGE))
