"""The rule switch of the frame: in the link, on every page, and no filter."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from geo.casualties import Rule, rules
from geo.table.incident_table import IncidentTable
from tests.pages.conftest import texts

Run = Callable[..., AppTest]


def rule_of(app: AppTest) -> str:
    return str(app.selectbox(key="rule").value)


def test_a_link_opens_with_its_rule(seen: Run) -> None:
    app = seen(rule="claimant:pk-ispr")
    assert rule_of(app) == "claimant:pk-ispr"
    assert "according to Pakistan military" in texts(app).replace("\\", "")


@pytest.mark.parametrize("junk", ["", "total", "claimant:", "claimant:nobody", "claimant:hamid-karzai", "<script>"])
def test_junk_in_a_link_is_ignored(seen: Run, junk: str) -> None:
    assert rule_of(seen(rule=junk)) == "range"


def test_it_offers_the_general_rules_then_claimants_who_state_figures(seen: Run, table: IncidentTable) -> None:
    offered = seen().selectbox(key="rule-named").options
    assert offered == [rule.title for rule in rules(table.incidents, table.claimants)]
    assert offered[:2] == ["Lowest–highest claim", "Lowest claim"]
    assert "Hamid Karzai" not in offered


def test_a_choice_by_name_is_taken_for_its_code(run: Run) -> None:
    app = run()
    app.selectbox(key="rule-named").set_value("own-side").run()
    assert rule_of(app) == "own-side"
    assert "according to the victims" in texts(app)


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("page", ["explore/provinces", "report/figure", "explore/timeline"])
def test_it_survives_a_switch_of_pages(run: Run, page: str) -> None:
    app = run(rule="lowest")
    app.switch_page(f"../pages/{page}.py").run()
    assert (rule_of(app), "lowest" in app.query_params["rule"]) == ("lowest", True)


def test_resetting_the_filters_leaves_it(run: Run) -> None:
    app = run(rule="lowest", year="2025")
    next(button for button in app.sidebar.button if button.label == "Reset").click().run()
    assert (rule_of(app), app.session_state["year"]) == ("lowest", [])


def test_it_says_whose_figures_count(seen: Run, table: IncidentTable) -> None:
    sentence = Rule.parse("independent", table.claimants).kind.counted
    assert sentence.split(";")[0][:40] in texts(seen(rule="independent")).replace("\\", "")
