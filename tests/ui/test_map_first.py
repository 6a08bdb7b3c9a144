"""Who sees the map before the filter bar."""

import pytest
from streamlit.testing.v1 import AppTest


def _script() -> None:
    import streamlit as st  # noqa: PLC0415  # a script of its own

    from ui.parts.page_frame import map_first  # noqa: PLC0415
    from ui.state import RULE_KEY  # noqa: PLC0415

    st.text(f"{map_first('')} {map_first('timeline')}")
    st.text_input("Rule", key=RULE_KEY)  # stands for the whole bar


@pytest.mark.parametrize(
    ("query", "first"),
    [
        pytest.param({}, True, id="a-bare-link"),
        pytest.param({"incident": "af-001"}, True, id="an-open-card"),
        pytest.param({"year": ["2025"]}, False, id="a-filter"),
        pytest.param({"q": ["Torkham"]}, False, id="a-search"),
        pytest.param({"rule": ["highest"]}, False, id="a-rule"),
    ],
)
def test_only_who_has_chosen_nothing_sees_the_map_first(query: dict[str, list[str]], first: bool) -> None:  # noqa: FBT001
    app = AppTest.from_function(_script)
    for name, values in query.items():
        app.query_params[name] = values
    assert app.run().text[0].value == f"{first} False"


def test_it_is_so_once_in_a_session() -> None:
    app = AppTest.from_function(_script).run()
    assert app.run().text[0].value == "False False"
