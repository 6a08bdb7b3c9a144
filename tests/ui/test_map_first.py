"""Who sees the map before the filter bar, and who waits for it."""

from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from geo.table import MANY
from ui import map_first as subject


def _script() -> None:
    import streamlit as st  # noqa: PLC0415  # a script of its own

    from ui.map_first import map_first  # noqa: PLC0415
    from ui.state import RULE_KEY  # noqa: PLC0415

    st.text(f"{map_first('')} {map_first('timeline')}")
    st.text_input("Rule", key=RULE_KEY)  # stands for the whole bar


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ({}, True),
        ({"incident": "af-001"}, True),
        ({"year": ["2025"]}, False),
        ({"q": ["Torkham"]}, False),
        ({"rule": ["highest"]}, False),
    ],
    ids=["a-bare-link", "an-open-card", "a-filter", "a-search", "a-rule"],
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
        (232, {"User-Agent": "a browser"}, False, True),
        (0, {"User-Agent": "a browser"}, False, True),
        (MANY + 1, {"User-Agent": "a browser"}, False, False),
        (232, {}, False, False),
        (232, {"User-Agent": "a browser"}, True, False),
    ],
    ids=["new-session", "no-incident", "many", "no-browser", "bar-is-drawn"],
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
