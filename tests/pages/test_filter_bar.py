"""The filters of the frame: bound to the link, the less used behind “More filters”."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from geo.filters import Filters
from geo.table import IncidentTable
from tests.pages.conftest import texts

Run = Callable[..., AppTest]


def more(app: AppTest) -> bool:
    """Whether the less used filters are open."""
    (block,) = [expander for expander in app.expander if expander.label == "More filters"]
    return block.proto.expanded


@pytest.mark.parametrize(
    ("query", "is_open"),
    [
        ({}, False),
        ({"year": "2025", "q": "chaman"}, False),
        ({"precision": "exact"}, True),
        ({"date_precision": "week"}, True),
        ({"actor": "Frontier Corps"}, True),
    ],
    ids=["none", "others", "place", "day", "actor"],
)
def test_more_filters_open_where_one_is_set(run: Run, query: dict[str, str], *, is_open: bool) -> None:
    assert more(run(**query)) is is_open


def test_they_stay_open_after_the_last_is_taken_out(run: Run) -> None:
    app = run(date_precision="week")
    app.button_group(key="date_precision").set_value([]).run()
    assert more(app)


@pytest.mark.parametrize(
    "query",
    [
        {"date_precision": "week"},
        {"date_precision": ["week", "month"]},
        {"actor": "Frontier Corps"},
        {"actor": "frontier  CÖRPS"},
        {"actor": ["Frontier Corps", "nobody"]},
        {"q": "Turkham"},
        {"q": "سپین بولدک"},
    ],
    ids=["week", "two", "actor", "actor-folded", "unknown-actor-ignored", "spelling", "script"],
)
def test_a_link_chooses_what_it_says(run: Run, table: IncidentTable, query: dict[str, str | list[str]]) -> None:
    given = {name: [value] if isinstance(value, str) else value for name, value in query.items()}
    chosen = table.count(Filters.from_query(given))
    assert 0 < chosen < len(table)
    assert f"**{chosen} of {len(table)} incidents**" in texts(run(**query))


def test_an_actor_is_chosen_from_a_list(run: Run, table: IncidentTable) -> None:
    app = run()
    assert app.multiselect(key="actor").options == table.actors()
    app.multiselect(key="actor").select("Frontier Corps").run()
    assert f"**{table.count(Filters(actor=('Frontier Corps',)))} of" in texts(app)


def test_filters_in_the_closed_part_survive_a_switch_of_pages(run: Run, table: IncidentTable) -> None:
    app = run(actor="Frontier Corps", date_precision="day")
    app.switch_page("pages/evidence/quality.py").run()
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


@pytest.mark.parametrize(
    ("query", "left_out"),
    [
        ({"province": "XX", "year": "2025"}, ["province=XX"]),
        ({"year": "1999"}, ["year=1999"]),
        ({"since": "2025-99-99", "category": "striek"}, ["since=2025-99-99", "category=striek"]),
        ({"rule": "nope"}, ["rule=nope"]),
        ({"actor": ["frontier  CÖRPS", "nobody"]}, ["actor=nobody"]),
        ({"actor": "frontier  CÖRPS"}, []),
        ({"q": " Turkham "}, []),
        ({"rule": "lowest", "year": ["2024", "2025"], "since": "2024-03-01", "precision": "near"}, []),
        ({"incident": "nope"}, []),
        ({}, []),
    ],
    ids=["province", "year", "day", "rule", "one-of-two", "spelling", "text", "all-known", "no-filter", "bare"],
)
def test_what_a_link_asks_in_vain_is_named_once(
    run: Run, query: dict[str, str | list[str]], left_out: list[str]
) -> None:
    app = run(**query)
    told = [warning.value.replace("\\", "") for warning in app.warning]
    assert told == ([f"Left out of the link, for nothing here is so named: {', '.join(left_out)}."] if left_out else [])
    assert not app.run().warning


def test_markup_in_a_link_stays_text(run: Run) -> None:
    (warning,) = run(province="<b>*x*</b>").warning
    assert "<b>" not in warning.value.replace("\\<", "")


def test_a_period_that_ends_before_it_begins_is_named(run: Run) -> None:
    assert "Until is before Since" in run(since="2025-12-01", until="2025-10-01").info[0].value
