"""The filters of the frame: bound to the link, the less used behind “More filters”."""

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from geo.incident.vocabulary import NEAR_KM
from geo.render.left_out import place_not_known
from geo.selection import FIELDS, Filters, Known
from geo.table.incident_table import IncidentTable
from tests.pages.conftest import panels_of, texts
from ui.state import FILTER_KEYS

Run = Callable[..., AppTest]


def more(app: AppTest) -> bool:
    """Whether the less used filters are open."""
    (block,) = [expander for expander in app.expander if expander.label == "More filters"]
    return block.proto.expanded


@pytest.mark.parametrize(
    ("query", "is_open"),
    [
        pytest.param({}, False, id="none"),
        pytest.param({"year": "2025", "q": "chaman"}, False, id="others"),
        pytest.param({"precision": "exact"}, True, id="place"),
        pytest.param({"date_precision": "week"}, True, id="day"),
        pytest.param({"actor": "Frontier Corps"}, True, id="actor"),
    ],
)
def test_more_filters_open_where_one_is_set(seen: Run, query: dict[str, str], *, is_open: bool) -> None:
    assert more(seen(**query)) is is_open


def test_each_field_stands_in_the_bar(run: Run) -> None:
    app = run()
    with_imports_only = (Known.DATASETS, Known.LINKED)
    drawn = [name for name, entry in FIELDS.items() if entry.widget and entry.choices not in with_imports_only]
    assert [name for name in drawn if name not in app.session_state] == []


def test_they_stay_open_after_the_last_is_taken_out(run: Run) -> None:
    app = run(date_precision="week")
    app.button_group(key="date_precision").set_value([]).run()
    assert more(app)


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({"subtype": "air_strike"}, id="subtype"),
        pytest.param({"date_precision": "week"}, id="week"),
        pytest.param({"date_precision": ["week", "month"]}, id="two"),
        pytest.param({"actor": "Frontier Corps"}, id="actor"),
        pytest.param({"actor": "frontier  CÖRPS"}, id="actor-folded"),
        pytest.param({"actor": ["Frontier Corps", "nobody"]}, id="unknown-actor-ignored"),
        pytest.param({"precision": "approximate"}, id="as-screens-call-it"),
        pytest.param({"q": "Turkham"}, id="spelling"),
        pytest.param({"q": "سپین بولدک"}, id="script"),
        pytest.param({"border": "afghan_tajik_border"}, id="border"),
        pytest.param({"border": ["durand_line", "unknown"]}, id="border-or-unknown"),
        pytest.param({"province": "unknown"}, id="no-province"),
        pytest.param({"province": ["AF-KHO", "unknown"]}, id="province-or-unknown"),
    ],
)
def test_a_link_chooses_what_it_says(seen: Run, table: IncidentTable, query: dict[str, str | list[str]]) -> None:
    given = {name: [value] if isinstance(value, str) else value for name, value in query.items()}
    chosen = table.count(Filters.from_query(given))
    assert 0 < chosen < len(table)
    assert f"**{chosen} of {len(table)} incidents**" in texts(seen(**query))


def test_an_actor_is_chosen_from_a_list(run: Run, table: IncidentTable) -> None:
    app = run()
    assert app.multiselect(key="actor").options == table.actors()
    app.multiselect(key="actor").select("Frontier Corps").run()
    assert f"**{table.count(Filters(actor=('Frontier Corps',)))} of" in texts(app)


def test_a_subtype_is_chosen_by_its_name_and_none_that_only_datasets_have(run: Run, table: IncidentTable) -> None:
    app = run(province=["AF-KHO", "AF-PKA"])
    listed = app.multiselect(key="subtype-named")
    assert "air strike" in listed.options
    assert "protest" not in listed.options
    listed.select("air_strike").run()
    assert app.session_state["subtype"] == ["air_strike"]
    chosen = table.count(Filters(subtype=("air_strike",), province=("AF-KHO", "AF-PKA")))
    assert f"**{chosen} of {len(table)} incidents** · Air strikes in Khost or Paktika" in texts(app)


def test_filters_in_the_closed_part_survive_a_switch_of_pages(run: Run, table: IncidentTable) -> None:
    app = run(actor="Frontier Corps", date_precision="day")
    app.switch_page("../pages/evidence/quality.py").run()
    chosen = table.count(Filters(actor=("Frontier Corps",), date_precision=("day",)))
    assert f"**{chosen} of {len(table)} incidents**" in texts(app)


def test_reset_empties_them_too(run: Run, table: IncidentTable) -> None:
    app = run(actor="Frontier Corps", date_precision="week", precision="near")
    next(button for button in app.button if button.label == "Reset").click().run()
    assert f"**{len(table)} of {len(table)} incidents**" in texts(app)


def test_choices_by_name_are_taken_for_their_codes(run: Run, table: IncidentTable) -> None:
    app = run(country="PK")
    assert app.button_group(key="country-named").value == ["PK"]
    app.multiselect(key="province-named").select("PK-BA").run()
    assert (app.session_state["country"], app.session_state["province"]) == (["PK"], ["PK-BA"])
    assert f"**{table.count(Filters(country=('PK',), province=('PK-BA',)))} of" in texts(app)


def test_a_border_is_one_click(run: Run, table: IncidentTable) -> None:
    app = run(category="clash")
    app.button_group(key="border-named").select("afghan_tajik_border").run()
    chosen = table.count(Filters(category=("clash",), border=("afghan_tajik_border",)))
    assert app.session_state["border"] == ["afghan_tajik_border"]
    assert (
        f"**{chosen} of {len(table)} incidents** · Clashes within {NEAR_KM} km of the Afghanistan–Tajikistan border"
        in texts(app)
    )


def test_the_help_of_the_border_says_how_far_it_reaches(seen: Run) -> None:
    assert f"within {NEAR_KM} km of a border line" in seen().button_group(key="border-named").proto.help


def selection(app: AppTest) -> dict[str, list[str]]:
    """The filters as a link has them."""
    held = {name: app.session_state[name] for name in FILTER_KEYS if name in app.session_state}
    return Filters(**{name: value for name, value in held.items() if value}).to_query()


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({"border": ["afghan_tajik_border"], "category": ["clash"]}, id="border"),
        pytest.param({"border": ["durand_line", "unknown"]}, id="border-or-unknown"),
        pytest.param({"province": ["unknown"]}, id="no-province"),
        pytest.param({"province": ["AF-KHO", "unknown"], "border": ["unknown"]}, id="both"),
    ],
)
def test_a_link_with_places_opens_what_its_sender_saw(run: Run, query: dict[str, list[str]]) -> None:
    first = run(**query)
    link = selection(first)
    assert {name: sorted(values) for name, values in link.items()} == query
    again = run(**link)
    assert not again.warning
    assert heading(again) == heading(first)


def heading(app: AppTest) -> str:
    """How many incidents are chosen, and which."""
    return next(part.value for part in app.markdown if part.value.startswith("**"))


@pytest.mark.parametrize(
    ("query", "by", "shown"),
    [
        pytest.param({"province": "AF-KHO"}, "province", {"province": ["unknown"]}, id="province"),
        pytest.param({"border": "durand_line"}, "border", {"border": ["unknown"]}, id="border"),
        pytest.param(
            {"precision": ["exact", "near"], "year": "2021"},
            "precision",
            {"precision": ["border_segment", "country", "district", "province"], "year": ["2021"]},
            id="precision",
        ),
    ],
)
def test_what_is_left_out_for_want_of_a_place_is_shown_by_a_button(
    run: Run, table: IncidentTable, query: dict[str, str | list[str]], by: str, shown: dict[str, list[str]]
) -> None:
    given = {name: [value] if isinstance(value, str) else value for name, value in query.items()}
    (unknown,) = place_not_known(Filters.from_query(given), table)
    app = run(**query)
    assert f"{unknown.words}." in [caption.value for caption in app.caption]
    app.button(key=f"place-not-known-{by}").click().run()
    assert heading(app).startswith(f"**{unknown.incidents} of {len(table)} incidents**")
    assert {name: sorted(values) for name, values in selection(app).items()} == shown
    assert not [button for button in app.button if button.key == f"place-not-known-{by}"]


def test_without_a_filter_by_place_nothing_is_said_to_be_not_known(seen: Run) -> None:
    assert not [caption for caption in seen(year="2025").caption if "of this selection" in caption.value]


@pytest.mark.parametrize(
    ("query", "left_out"),
    [
        pytest.param({"province": "XX", "year": "2025"}, ["province=XX"], id="province"),
        pytest.param({"year": "1999"}, ["year=1999"], id="year"),
        pytest.param({"since": "2025-99-99", "category": "striek"}, ["since=2025-99-99", "category=striek"], id="day"),
        pytest.param({"rule": "nope"}, ["rule=nope"], id="rule"),
        pytest.param(
            {"border": ["durand_line", "AF-PK"], "province": ["unknown", "none"]},
            ["province=none", "border=AF-PK"],
            id="places",
        ),
        pytest.param({"actor": ["frontier  CÖRPS", "nobody"]}, ["actor=nobody"], id="one-of-two"),
        pytest.param({"actor": "frontier  CÖRPS", "precision": "approximate"}, [], id="spelling"),
        pytest.param({"q": " Turkham "}, [], id="text"),
        pytest.param(
            {"rule": "lowest", "year": ["2024", "2025"], "since": "2024-03-01", "precision": "near"}, [], id="all-known"
        ),
        pytest.param({"incident": "nope"}, [], id="no-filter"),
        pytest.param({}, [], id="bare"),
    ],
)
def test_what_a_link_asks_in_vain_is_named_once(
    run: Run, query: dict[str, str | list[str]], left_out: list[str]
) -> None:
    app = run(**query)
    told = [warning.value.replace("\\", "") for warning in app.warning]
    assert told == ([f"Unknown filter values ignored: {', '.join(left_out)}."] if left_out else [])
    assert not app.run().warning


def test_markup_in_a_link_stays_text(seen: Run) -> None:
    (warning,) = seen(province="<b>*x*</b>").warning
    assert "<b>" not in warning.value.replace("\\<", "")


def test_a_period_that_ends_before_it_begins_is_named(seen: Run) -> None:
    assert "Until is before Since" in seen(since="2025-12-01", until="2025-10-01").info[0].value


def test_the_link_popover_leads_to_the_same_selection_by_address(seen: Run) -> None:
    shown = panels_of(seen("explore/provinces", province="AF-KHO", year=["2024", "2025"], rule="lowest"))["share"]
    asked = "year=2024&amp;year=2025&amp;province=AF-KHO"
    leads_to = re.findall(r'<a href="[^"]*(/[\w.]+(?:\?[^"]*)?)"', shown)
    assert leads_to == [f"/feed.atom?{asked}", f"/incidents.csv?{asked}&amp;rule=lowest", "/api"]
