"""What the map asks: read as it was meant, never trusted."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.places.plane import BBox
from geo.render.web_marks import Question

ASKED = {"n": 7, "view": [60.5, 23.5, 77.9, 41.1], "zoom": 6.25, "list": None}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.sampled_from([*ASKED, "x"]), inner, max_size=5),
    max_leaves=10,
)


def test_a_question_has_its_number_its_view_and_its_zoom():
    assert Question.read(ASKED) == Question(number=7, view=BBox(60.5, 23.5, 77.9, 41.1), zoom=6.25)


def test_a_question_may_name_a_group_to_list():
    assert Question.read(ASKED | {"list": "8/172/97"}).listed == "8/172/97"


@pytest.mark.parametrize(
    ("view", "seen"),
    [
        pytest.param([-400, -120, 500, 95], BBox(-180, -90, 180, 90), id="more-than-the-world"),
        pytest.param([70, 34, 70, 34], BBox(70, 34, 70.000001, 34.000001), id="a-point"),
        pytest.param([180, 90, 180, 90], BBox(179.999999, 89.999999, 180, 90), id="its-corner"),
        pytest.param([75, 40, 65, 30], BBox(75, 40, 75.000001, 40.000001), id="the-wrong-way-round"),
    ],
)
def test_a_view_is_always_a_box(view, seen):
    assert Question.read(ASKED | {"view": view}).view == seen


@pytest.mark.parametrize(
    "junk",
    [
        pytest.param(None, id="nothing"),
        pytest.param("view", id="text"),
        pytest.param([], id="list"),
        pytest.param({}, id="empty"),
        pytest.param(ASKED | {"view": [1, 2, 3]}, id="three-edges"),
        pytest.param(ASKED | {"view": [1, 2, 3, "x"]}, id="letters"),
        pytest.param(ASKED | {"view": [1, 2, 3, float("nan")]}, id="nan"),
        pytest.param(ASKED | {"view": [1, float("inf"), 3, 4]}, id="infinite"),
        pytest.param(ASKED | {"n": None}, id="no-number"),
        pytest.param({name: value for name, value in ASKED.items() if name != "zoom"}, id="no-zoom"),
    ],
)
def test_what_makes_no_sense_is_no_question(junk):
    assert Question.read(junk) is None


@given(JSON)
def test_nothing_from_the_browser_breaks_it(told):
    found = Question.read(told)
    assert found is None or 0 <= found.zoom <= 22


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=4, max_size=4), st.floats())
def test_any_view_and_any_zoom_can_be_asked_about(view, zoom):
    found = Question.read(ASKED | {"view": view, "zoom": zoom})
    assert (found is None) is math.isnan(zoom)
