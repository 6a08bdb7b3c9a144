"""The provinces page, run through the frame: what it says, opens and leaves out."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import ui.province_panel
from geo.aggregate import by_province
from geo.boundaries import Boundaries
from geo.filters import Filters
from geo.table import IncidentTable
from tests.pages.conftest import texts
from ui.panel import render

PAGE = "explore/provinces"
HOSTILE = "<img src=x onerror=alert(1)>"

Run = Callable[..., AppTest]


def words(app: AppTest) -> str:
    """Everything that the page says outside panels and maps, without the escapes of Markdown."""
    return texts(app).replace("\\", "")


@pytest.fixture
def panels(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The HTML of the panels beside the map, in the order in which they are drawn."""
    drawn: list[str] = []

    def panel(template: str, *, key: str, on_choose: object, focus: bool = False, **values: object) -> None:
        del key, on_choose, focus
        drawn.append(render(template, **values))

    monkeypatch.setattr(ui.province_panel, "panel", panel)
    return drawn


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({}, id="everything"),
        pytest.param({"year": "2025"}, id="one-year"),
        pytest.param({"precision": "exact"}, id="precision"),
        pytest.param({"q": "nosuchthing"}, id="nothing"),
    ],
)
def test_says_how_many_of_how_many(run: Run, table: IncidentTable, query: dict[str, str]) -> None:
    chosen = table.count(Filters.from_query({name: [value] for name, value in query.items()}))
    assert f"**{chosen} of {len(table)} incidents**" in words(run(PAGE, **query))


def test_states_what_is_not_on_the_map(run: Run, table: IncidentTable, layers: Boundaries) -> None:
    said = words(run(PAGE, year="2021"))
    year = Filters(year=(2021,))
    inside, chosen = by_province(year, table, layers)["incidents"].sum(), table.count(year)
    assert f"{inside} of {len(table)} incidents are counted in provinces." in said
    assert f"{chosen - inside} in several provinces or in one not known, {len(table) - chosen} filtered out" in said


def test_states_the_boundary_note(run: Run) -> None:
    assert "Afghanistan does not recognise the Durand Line" in words(run(PAGE))


@pytest.mark.parametrize("measure", ["deaths-highest", "deaths-lowest", "injured", "crossed"])
def test_a_map_of_people_says_its_rule(run: Run, measure: str) -> None:
    assert "rival claims are never added" in words(run(PAGE, measure=measure))


@pytest.mark.parametrize(("measure", "warned"), [("incidents", True), ("density", False), ("crossed", True)])
def test_a_raw_count_carries_a_caution(run: Run, measure: str, *, warned: bool) -> None:
    assert ("Big provinces look heavier" in words(run(PAGE, measure=measure))) is warned


@pytest.mark.parametrize(
    "query",
    [
        {"scheme": "quantiles", "classes": "7"},
        {"scheme": "own", "limits": "1, 5"},
        {"scheme": "own"},
        {"lock": "true", "year": "2025"},
        {"precision": "exact"},
        {"measure": "border", "scheme": "deviations"},
        {"measure": "nonsense", "scheme": "nonsense", "classes": "99", "profile": "nonsense"},
    ],
    ids=lambda query: " ".join(f"{key}={value}" for key, value in query.items()),
)
def test_a_link_with_any_choice_opens(run: Run, query: dict[str, str]) -> None:
    assert run(PAGE, **query).dataframe


def test_own_limits_that_make_no_sense_are_told(run: Run) -> None:
    assert "numbers" in words(run(PAGE, scheme="own", limits="five"))


def test_nothing_chosen_says_what_to_do_and_draws_no_table(run: Run) -> None:
    app = run(PAGE, q="nosuchthing")
    assert "Change the filter, or reset it" in app.info[0].value
    assert not app.dataframe


def test_an_unknown_province_in_a_link_is_told(run: Run) -> None:
    assert "no province with the code" in run(PAGE, profile="XX-YY").warning[0].value


def test_a_link_opens_a_profile(run: Run) -> None:
    assert "## Khost: where and when" in words(run(PAGE, profile="AF-KHO"))


def test_a_province_without_incidents_says_so(run: Run) -> None:
    assert "No incident in Zabul among those chosen" in words(run(PAGE, profile="AF-ZAB"))


def test_choosing_from_the_list_opens_the_profile(run: Run) -> None:
    app = run(PAGE)
    app.selectbox(key="profile-choice").select("AF-KNR").run()
    assert app.query_params["profile"] == "AF-KNR"
    assert "## Kunar: where and when" in words(app)


@pytest.mark.parametrize("layout", ["Province by year", "Province by category", "Year by category"])
def test_tables_add_up_to_what_is_chosen(run: Run, table: IncidentTable, layout: str) -> None:
    app = run(PAGE, year="2025")
    app.segmented_control(key="province-pivot").select(layout).run()
    assert app.dataframe[1].value.loc["All", "All"] == table.count(Filters(year=(2025,)))


def test_the_table_holds_every_province_and_the_rest(run: Run, table: IncidentTable) -> None:
    shown = run(PAGE).dataframe[0].value
    assert len(shown) == 47
    assert shown["Incidents"].sum() == len(table)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        pytest.param({}, "Choose a province on the map", id="no-profile"),
        pytest.param({"profile": "AF-NAN"}, "<strong>Torkham</strong>", id="crossing-points"),
        pytest.param({"profile": "AF-KHO"}, "213 km of the Durand Line", id="border"),
        pytest.param({"profile": "AF-BDS"}, "km of the Afghan–Tajik border", id="both-borders"),
        pytest.param({"profile": "AF-KHO"}, "rival claims are never added", id="rule"),
        pytest.param({"profile": "AF-KHO"}, "Pakistan military (ISPR)", id="who-disputes"),
        pytest.param({"profile": "AF-KHO", "year": "2025"}, " % of the ", id="share"),
        pytest.param({"profile": "AF-ZAB"}, "No incident is recorded in Zabul", id="never-any"),
        pytest.param({"profile": "AF-KHO", "year": "2021"}, "the filters leave none", id="filtered-out"),
        pytest.param({"profile": "AF-KHO", "precision": "exact"}, "with the precision", id="not-this-precisely"),
    ],
)
def test_the_panel_says(run: Run, panels: list[str], query: dict[str, str], said: str) -> None:
    run(PAGE, **query)
    assert said in panels[-1]


def test_markup_in_a_title_stays_text(run: Run, store: Path, panels: list[str]) -> None:
    document = json.loads(store.read_text("utf-8"))
    khost = next(f for f in document["features"] if f["properties"]["province"] == "Khost")
    khost["properties"]["title"] = HOSTILE
    store.write_text(json.dumps(document), "utf-8")
    run(PAGE, profile="AF-KHO")
    assert "&lt;img src=x onerror=alert(1)&gt;" in panels[-1]
    assert HOSTILE not in panels[-1]


def test_an_empty_store_ends_in_a_sentence(run: Run, store: Path) -> None:
    store.write_text('{"type": "FeatureCollection", "features": []}', "utf-8")
    store.with_name("event_groups.json").write_text("[]", "utf-8")
    assert "The incident store is empty" in words(run(PAGE))
