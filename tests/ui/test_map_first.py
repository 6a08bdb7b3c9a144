"""Who sees the map before the filter bar, and who waits for it."""

from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from geo.table.incident_table import MANY
from ui import frame as subject


def _script() -> None:
    import streamlit as st  # noqa: PLC0415  # a script of its own

    from ui.frame import map_first  # noqa: PLC0415
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


@pytest.mark.parametrize(
    ("incidents", "headers", "drawn", "waits"),
    [
        pytest.param(300, {"User-Agent": "a browser"}, False, True, id="new-session"),
        pytest.param(0, {"User-Agent": "a browser"}, False, True, id="no-incident"),
        pytest.param(MANY + 1, {"User-Agent": "a browser"}, False, False, id="many"),
        pytest.param(300, {}, False, False, id="no-browser"),
        pytest.param(300, {"User-Agent": "a browser"}, True, False, id="bar-is-drawn"),
    ],
)
def test_only_a_new_browser_with_all_marks_to_draw_is_waited_for(
    monkeypatch: pytest.MonkeyPatch,
    incidents: int,
    headers: dict[str, str],
    drawn: bool,  # noqa: FBT001
    waits: bool,  # noqa: FBT001
) -> None:
    waited: list[float] = []
    monkeypatch.setattr(subject, "time", SimpleNamespace(sleep=waited.append))
    monkeypatch.setattr(subject.st, "context", SimpleNamespace(headers=headers))
    monkeypatch.setattr(subject, "filter_bar_drawn", lambda: drawn)
    subject.head_start(incidents)
    assert bool(waited) is waits
