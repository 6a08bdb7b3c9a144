"""Classes: every value in exactly one, named by what it holds, and a clear outcome where there is little to class."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.aggregate.by_province import Classes, Scheme, classify, parse_limits

VALUES = st.lists(st.floats(0, 1e6, allow_nan=False) | st.just(math.nan) | st.just(math.inf), max_size=60)
LIMITS = st.lists(st.integers(0, 1000), min_size=1, max_size=6, unique=True).map(sorted)
SCHEMES = [scheme for scheme in Scheme if scheme is not Scheme.OWN]


def ranges(classes: Classes) -> list[tuple[float, float]]:
    return list(zip(classes.lowest, classes.highest, strict=True))


@given(
    values=VALUES,
    scheme=st.sampled_from(Scheme),
    classes=st.integers(3, 7),
    decimals=st.sampled_from([0, 1, 2]),
    limits=LIMITS,
)
def test_every_value_lies_in_the_class_that_names_it(
    values: list[float], scheme: Scheme, classes: int, decimals: int, limits: list[int]
) -> None:
    made = classify(values, scheme=scheme, classes=classes, decimals=decimals, limits=limits)
    written = pd.Series([round(value, decimals) for value in values if math.isfinite(value)], dtype=float)
    for value, number in zip(written, made.number(written), strict=True):
        assert made.lowest[number] - 1e-6 <= value <= made.highest[number] + 1e-6


@given(values=VALUES, scheme=st.sampled_from(Scheme), classes=st.integers(3, 7), limits=LIMITS)
def test_classes_rise_without_gap_or_overlap(
    values: list[float], scheme: Scheme, classes: int, limits: list[int]
) -> None:
    made = classify(values, scheme=scheme, classes=classes, limits=limits)
    assert all(low <= high for low, high in ranges(made))
    if len(set(map(round, filter(math.isfinite, values)))) > classes:
        assert np.array_equal(np.array(made.lowest[1:]), np.array(made.highest[:-1]) + 1)


@given(values=VALUES, scheme=st.sampled_from([s for s in SCHEMES if s is not Scheme.PRETTY]), classes=st.integers(3, 7))
def test_never_more_classes_than_asked_for(values: list[float], scheme: Scheme, classes: int) -> None:
    assert len(classify(values, scheme=scheme, classes=classes)) <= classes


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(
    ("values", "expected", "outcome"),
    [
        pytest.param([], [], "nothing to class", id="empty"),
        pytest.param([math.nan, None], [], "nothing to class", id="all-missing"),
        pytest.param([0, 0, 0], [(0, 0)], "Every value is zero", id="all-zero"),
        pytest.param([7, 7], [(7, 7)], "All values are the same", id="all-equal"),
        pytest.param([4342, 4368], [(4342, 4368)], "within 5 % of the highest", id="nearly-equal"),
        pytest.param([94, 100], [(94, 94), (95, 100)], "Only 2 different values", id="not-so-nearly-equal"),
        pytest.param([1, 5, 5, 9], [(1, 1), (2, 5), (6, 9)], "Only 3 different values", id="few-distinct"),
    ],
)
def test_a_clear_outcome_where_there_is_little(values: list, expected: list, outcome: str, scheme: Scheme) -> None:
    made = classify(values, scheme=scheme, classes=5)
    assert ranges(made) == expected
    assert outcome in made.outcome


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        (Scheme.QUANTILES, [(1, 3), (4, 6), (7, 100)]),
        (Scheme.EQUAL, [(1, 34), (35, 67), (68, 100)]),
        (Scheme.NATURAL, [(1, 4), (5, 8), (9, 100)]),
        (Scheme.PRETTY, [(1, 50), (51, 100)]),
        (Scheme.DEVIATIONS, [(1, 47), (48, 100)]),
    ],
)
def test_schemes(scheme: Scheme, expected: list) -> None:
    assert ranges(classify([1, 2, 3, 4, 5, 6, 7, 8, 100], scheme=scheme, classes=3)) == expected


def test_an_outcome_says_when_values_leave_fewer_classes() -> None:
    made = classify([1] * 30 + [2, 3, 4, 5], scheme=Scheme.QUANTILES, classes=4)
    assert f"allow only {len(made)} of 4" in made.outcome


def test_own_limits_are_the_highest_values_of_their_classes() -> None:
    made = classify([2, 8, 30], scheme=Scheme.OWN, classes=3, limits=(5, 20))
    assert ranges(made) == [(0, 5), (6, 20), (21, 30)]


@pytest.mark.parametrize(("value", "number"), [(0, 0), (3, 0), (4, 1), (6, 1), (7, 2), (100, 2), (5000, 2)], ids=str)
def test_values_outside_belong_to_the_outer_classes(value: float, number: int) -> None:
    made = classify([1, 2, 3, 4, 5, 6, 7, 8, 100], scheme=Scheme.QUANTILES, classes=3)
    assert made.number(pd.Series([value])).to_list() == [number]


def test_missing_values_have_no_class() -> None:
    made = classify([1, 2], scheme=Scheme.EQUAL, classes=3)
    assert made.number(pd.Series([math.nan, 2.0], index=["a", "b"])).isna().to_dict() == {"a": True, "b": False}


@pytest.mark.parametrize(
    ("open_ended", "labels"), [(False, ["1–3", "4–6", "7–100"]), (True, ["up to 3", "4–6", "7 or more"])]
)
def test_labels(*, open_ended: bool, labels: list[str]) -> None:
    made = classify([1, 2, 3, 4, 5, 6, 7, 8, 100], scheme=Scheme.QUANTILES, classes=3)
    assert [made.label(n, "{:.0f}".format, open_ended=open_ended) for n in range(3)] == labels


@pytest.mark.parametrize(
    ("options", "message"),
    [
        pytest.param({"scheme": "quantiles", "classes": 2}, "ask for 3 to 7", id="too-few"),
        pytest.param({"scheme": "quantiles", "classes": 8}, "ask for 3 to 7", id="too-many"),
        pytest.param({"scheme": "alphabet", "classes": 5}, "alphabet", id="unknown-scheme"),
        pytest.param({"scheme": "own", "classes": 5}, "increasing", id="own-without-limits"),
        pytest.param({"scheme": "own", "classes": 5, "limits": (5, 5)}, "increasing", id="own-that-stay"),
    ],
)
def test_refuses(options: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        classify([1, 2, 3], **options)


@pytest.mark.parametrize(
    ("text", "limits"), [("1, 5, 20", (1, 5, 20)), ("1;5", (1, 5)), ("0.5 2.25", (0.5, 2.25)), ("7", (7,))]
)
def test_limits_as_typed(text: str, limits: tuple) -> None:
    assert parse_limits(text) == limits


@pytest.mark.parametrize("text", ["", "five", "5, 1", "-1, 5", "1, nan", "1,2,3,4,5,6,7", "inf"])
def test_limits_that_make_no_sense(text: str) -> None:
    with pytest.raises(ValueError, match=r"limits"):
        parse_limits(text)
