"""The provinces page, run through the frame: what it says, opens and leaves out."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import ui.resources
from geo.aggregate.by_province import province_not_known
from geo.incident.vocabulary import About
from geo.selection import Filters
from geo.store.incident_store import INCIDENTS_FILE, IncidentStore
from geo.table.incident_table import IncidentTable
from tests.pages.conftest import panels_of, tables_of, texts

PAGE = "explore/provinces"
HOSTILE = "<img src=x onerror=alert(1)>"

Run = Callable[..., AppTest]


def words(app: AppTest) -> str:
    """Everything that the page says outside panels and maps, without the escapes of Markdown."""
    return texts(app).replace("\\", "")


def repeated(shown: pd.DataFrame) -> int:
    """How often the table has incidents in several provinces beside its last row, which has each of them once."""
    return int(shown["In several"].iloc[:-1].sum()) if "In several" in shown else 0


TOGETHER = "2024-12-28-paktia-khost-border-clash"


@pytest.fixture(scope="module")
def one_in_several(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which exactly one incident lies in several provinces: in Paktia and Khost."""
    store = tmp_path_factory.mktemp("several") / INCIDENTS_FILE.name
    for file in IncidentStore().files:
        store.with_name(file.name).write_bytes(file.read_bytes())
    document = json.loads(store.read_text("utf-8"))
    for feature in document["features"]:
        feature["properties"].pop("provinces", None)
        if feature["id"] == TOGETHER:
            feature["properties"] |= {"province": "Paktia", "provinces": ["Paktia", "Khost"]}
    store.write_text(json.dumps(document), "utf-8")
    return store


@pytest.fixture
def several(one_in_several: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same as the store that the app reads."""
    monkeypatch.setattr(ui.resources, "INCIDENTS_FILE", one_in_several)


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({}, id="everything"),
        pytest.param({"year": "2025"}, id="one-year"),
        pytest.param({"precision": "exact"}, id="precision"),
        pytest.param({"q": "nosuchthing"}, id="nothing"),
    ],
)
def test_says_how_many_of_how_many(seen: Run, table: IncidentTable, query: dict[str, str]) -> None:
    chosen = table.count(Filters.from_query({name: [value] for name, value in query.items()}))
    assert f"**{chosen} of {len(table)} incidents**" in words(seen(PAGE, **query))


def test_states_what_is_not_on_the_map(seen: Run, table: IncidentTable) -> None:
    said = words(seen(PAGE, year="2021"))
    year = Filters(year=(2021,))
    unknown, chosen = province_not_known(year, table), table.count(year)
    assert f"{chosen - unknown} of {len(table)} incidents are counted in provinces." in said
    assert f"Not on this map: {unknown} with no known province, {len(table) - chosen} filtered out." in said


def test_states_the_boundary_note(seen: Run) -> None:
    assert "Afghanistan does not recognise the Durand Line" in words(seen(PAGE))


@pytest.mark.parametrize("measure", ["deaths-highest", "deaths-lowest", "injured", "crossed"])
def test_a_map_of_people_says_its_rule(seen: Run, measure: str) -> None:
    assert "rival claims are never added" in words(seen(PAGE, measure=measure))


@pytest.mark.parametrize(("measure", "warned"), [("incidents", True), ("density", False), ("crossed", True)])
def test_a_raw_count_carries_a_caution(seen: Run, measure: str, *, warned: bool) -> None:
    assert ("large provinces stand out because of their size" in words(seen(PAGE, measure=measure))) is warned


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
def test_a_link_with_any_choice_opens(seen: Run, query: dict[str, str]) -> None:
    assert tables_of(seen(PAGE, **query))


def test_own_limits_that_make_no_sense_are_told(seen: Run) -> None:
    assert "numbers" in words(seen(PAGE, scheme="own", limits="five"))


def test_nothing_chosen_says_what_to_do_and_draws_no_table(seen: Run) -> None:
    app = seen(PAGE, q="nosuchthing")
    assert "Change the filter, or reset it" in app.info[0].value
    assert not tables_of(app)


def test_an_unknown_province_in_a_link_is_told(seen: Run) -> None:
    assert "no province with the code" in seen(PAGE, profile="XX-YY").warning[0].value


def test_a_link_opens_a_profile(seen: Run) -> None:
    assert "## Khost: where and when" in words(seen(PAGE, profile="AF-KHO"))


def test_a_province_without_incidents_says_so(seen: Run) -> None:
    assert "No selected incidents in Zabul" in words(seen(PAGE, profile="AF-ZAB"))


def test_choosing_from_the_list_opens_the_profile(run: Run) -> None:
    app = run(PAGE)
    app.selectbox(key="profile-choice").select("AF-KNR").run()
    assert app.query_params["profile"] == "AF-KNR"
    assert "## Kunar: where and when" in words(app)


@pytest.mark.parametrize("layout", ["Province by year", "Province by category", "Year by category, with deaths"])
def test_tables_add_up_to_what_is_chosen(run: Run, table: IncidentTable, layout: str) -> None:
    app = run(PAGE, year="2025")
    app.segmented_control(key="province-pivot").select(layout).run()
    assert app.dataframe[0].value.loc["All", "All"] == table.count(Filters(year=(2025,)))


def test_deaths_by_year_are_those_that_the_map_says_of_the_year(run: Run) -> None:
    app = run(PAGE)
    app.segmented_control(key="province-pivot").select("Year by category, with deaths").run()
    killed = app.dataframe[0].value["Killed"]
    assert list(killed.index) == ["2021", "2022", "2023", "2024", "2025", "2026", "All"]
    for year in ("2025", "All"):
        query = {} if year == "All" else {"year": year}
        beside_map = panels_of(run(**query)).values()
        assert any(f"<td>{killed[year]}</td>" in panel for panel in beside_map)


def test_the_table_holds_every_province_and_the_rest(seen: Run, table: IncidentTable) -> None:
    (shown,) = tables_of(seen(PAGE))
    assert len(shown) == 47
    assert shown["Incidents"].sum() - repeated(shown) == len(table)


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
        pytest.param({"profile": "AF-ZAB"}, "No incidents are recorded in Zabul", id="never-any"),
        pytest.param({"profile": "AF-KHO", "year": "2021"}, "none matches the filters", id="filtered-out"),
        pytest.param({"profile": "AF-KHO", "precision": "exact"}, "with the precision", id="not-this-precisely"),
    ],
)
def test_the_panel_says(seen: Run, query: dict[str, str], said: str) -> None:
    panels = panels_of(seen(PAGE, **query))
    assert said in panels["province-panel"]


def test_markup_in_a_title_stays_text(run: Run, store: Path) -> None:
    document = json.loads(store.read_text("utf-8"))
    khost = next(f for f in document["features"] if f["properties"]["province"] == "Khost")
    khost["properties"]["title"] = HOSTILE
    store.write_text(json.dumps(document), "utf-8")
    panels = panels_of(run(PAGE, profile="AF-KHO"))
    assert "&lt;img src=x onerror=alert(1)&gt;" in panels["province-panel"]
    assert HOSTILE not in panels["province-panel"]


def test_an_empty_store_ends_in_a_sentence(run: Run, store: Path) -> None:
    store.write_text('{"type": "FeatureCollection", "features": []}', "utf-8")
    store.with_name("event_groups.json").write_text("[]", "utf-8")
    assert "The record is empty. Add an incident, and it appears here" in words(run(PAGE))


def test_a_profile_counts_of_a_cluster_what_lies_in_other_provinces_too(seen: Run) -> None:
    panels = panels_of(seen(PAGE, profile="AF-HEL"))
    assert "3 of its 7 incidents are selected" in panels["province-panel"]
    assert "2 of its 7" not in panels["province-panel"]


@pytest.mark.usefixtures("several")
class TestAnIncidentInSeveralProvinces:
    def test_is_in_the_row_of_each_and_its_toll_in_the_last(self, seen: Run, table: IncidentTable) -> None:
        app = seen(PAGE, since="2024-12-28", until="2024-12-28", country="AF")
        shown = tables_of(app)[0].set_index("Province")
        assert shown.loc[["Khost", "Paktia"], "In several"].to_list() == [1, 1]
        assert shown.loc["Several or not known", "In several"] == 1
        toll = table.own_toll(table.incident(TOGETHER), About.KILLED)
        assert str(shown.loc["Several or not known", "Killed"]) == str(toll)
        assert shown.loc["Khost", "Killed"] == "with other provinces only"

    def test_is_said_where_counts_add_up_to_more(self, seen: Run, table: IncidentTable) -> None:
        said = words(seen(PAGE))
        assert "1 incident lies in several provinces (Khost and Paktia): its figures are for all of these." in said
        assert f"So the column adds up to {len(table) + 2}, not {len(table)}." in said
        assert "1 incident in several provinces counts in the row of each" in said

    def test_is_once_in_the_last_row_of_a_table(self, seen: Run, table: IncidentTable) -> None:
        assert seen(PAGE).dataframe[0].value.loc["All", "All"] == len(table)

    @pytest.mark.parametrize("code", ["AF-KHO", "AF-PIA"])
    def test_stands_in_words_in_the_profile_of_each(self, seen: Run, code: str) -> None:
        panels = panels_of(seen(PAGE, profile=code))
        toll = re.escape("Khost and Paktia together: 1 incident, ")
        assert re.search(
            rf"not included above</p>\s*<ul class=\"points\"><li>{toll}[^<]*killed", panels["province-panel"]
        )
        assert "killed here alone" in panels["province-panel"]
        overview = panels_of(seen(province=code))["overview"]
        assert re.search(rf"included above</p>\s*<ul class=\"points\"><li>{toll}[^<]*killed", overview)

    def test_is_not_said_of_another_province(self, seen: Run) -> None:
        panels = panels_of(seen(PAGE, profile="AF-KNR"))
        assert "not included above" not in panels["province-panel"]
        assert "here alone" not in panels["province-panel"]

    def test_is_found_by_either_province(self, seen: Run, table: IncidentTable) -> None:
        khost = table.selected(Filters(province=("AF-KHO",), year=(2024,)))
        alone = sum(not incident.provinces for incident in khost)
        assert f"**{alone + 1} of" in words(seen(PAGE, province="AF-KHO", year="2024"))
