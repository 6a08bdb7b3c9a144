"""How incidents look."""

import math
import re
from itertools import combinations, pairwise

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.incident.vocabulary import Category
from geo.symbology.symbols import DARK, GREY, HIGH_CONTRAST, LIGHT, SHAPES, symbol_diameter_px, tones

PROTAN = ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998))
DEUTAN = ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881))
TRITAN = ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900))
"""Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB."""


JUST_NOTICEABLE = 2.3
"""CIELAB difference that half of all people see; shapes tell categories apart where colours do so least."""


def linear(colour):
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def lab(rgb):
    """CIELAB of linear sRGB, D65."""
    matrix = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    xyz = [sum(m * c for m, c in zip(row, rgb, strict=True)) for row in matrix]
    x, y, z = (_cube(max(value, 0) / white) for value, white in zip(xyz, (0.95047, 1.0, 1.08883), strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _cube(t):
    return t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116


def seen(colour, matrix):
    rgb = linear(colour)
    return lab(rgb if matrix is None else [sum(m * c for m, c in zip(row, rgb, strict=True)) for row in matrix])


@pytest.mark.parametrize(
    "palette",
    [
        pytest.param(LIGHT, id="light"),
        pytest.param(DARK, id="dark"),
    ],
)
@pytest.mark.parametrize(
    "sight",
    [
        pytest.param(None, id="full"),
        pytest.param(PROTAN, id="protan"),
        pytest.param(DEUTAN, id="deutan"),
        pytest.param(TRITAN, id="tritan"),
    ],
)
def test_colours_of_categories_stay_apart(palette, sight):
    for one, other in combinations(Category, 2):
        assert math.dist(seen(palette.of(one), sight), seen(palette.of(other), sight)) > 3 * JUST_NOTICEABLE


def luminance(colour):
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))


@pytest.mark.parametrize(
    "palette",
    [
        pytest.param(LIGHT, id="light"),
        pytest.param(DARK, id="dark"),
        pytest.param(GREY, id="grey"),
        pytest.param(HIGH_CONTRAST, id="high contrast"),
    ],
)
@pytest.mark.parametrize(
    ("ink", "ground", "least"),
    [
        ("text", "paper", 7),
        ("muted", "paper", 4.5),
        ("cased_line", "land", 7),
        *((category.value, "land", 3) for category in Category),
        ("town_label", "land", 4.5),
        ("province_label", "land", 4.5),
    ],
)
def test_what_must_be_read_stands_out(palette, ink, ground, least):
    lighter, darker = sorted((luminance(palette.as_dict()[ink]), luminance(palette.as_dict()[ground])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= least


@pytest.mark.parametrize(
    "palette",
    [
        pytest.param(GREY, id="grey"),
        pytest.param(HIGH_CONTRAST, id="high contrast"),
    ],
)
def test_a_copy_without_colour_tells_the_categories_apart(palette):
    for one, other in combinations(Category, 2):
        darker, lighter = sorted(luminance(palette.of(category)) for category in (one, other))
        assert (lighter + 0.05) / (darker + 0.05) > 1.5


@pytest.mark.parametrize(
    ("categories", "darkest", "least"),
    [
        pytest.param(3, 0.01, 2.3, id="three"),
        pytest.param(4, 0.01, 1.75, id="four"),
        pytest.param(5, 0.0, 1.6, id="five: the darkest is black"),
    ],
)
def test_tones_keep_their_contrast_to_each_other_and_to_white(categories, darkest, least):
    found = tones(categories)
    assert (len(found), found[0]) == (categories, pytest.approx(darkest))
    assert all((lighter + 0.05) / (darker + 0.05) > least for darker, lighter in pairwise(found))
    assert 1.05 / (found[-1] + 0.05) > 3


@pytest.mark.parametrize(
    "palette",
    [
        pytest.param(LIGHT, id="light"),
        pytest.param(DARK, id="dark"),
        pytest.param(GREY, id="grey"),
        pytest.param(HIGH_CONTRAST, id="high contrast"),
    ],
)
def test_colours_are_hexadecimal(palette):
    assert all(re.fullmatch(r"#[0-9A-F]{6}", colour) for colour in palette.as_dict().values())


@pytest.mark.parametrize("category", Category)
def test_each_shape_has_the_area_of_the_unit_circle(category):
    assert shapely.Polygon(SHAPES[category].corners).area == pytest.approx(math.pi, rel=0.01)


def test_each_category_has_a_shape_of_its_own():
    assert len({SHAPES[category].corners for category in Category}) == len(Category)


@pytest.mark.parametrize(("deaths", "diameter"), [(None, 12), (0, 12), (1, 12.2), (100, 22.5), (400, 40), (10_000, 40)])
def test_a_symbol_grows_with_the_deaths(deaths, diameter):
    assert symbol_diameter_px(deaths) == diameter


@given(st.lists(st.integers(0, 1000), min_size=2).map(sorted))
def test_more_deaths_are_never_a_smaller_symbol(deaths):
    assert all(symbol_diameter_px(few) <= symbol_diameter_px(many) for few, many in pairwise(deaths))


def test_area_is_in_proportion_to_deaths():
    smallest, middle, largest = (symbol_diameter_px(deaths) ** 2 for deaths in (0, 200, 400))
    assert middle - smallest == pytest.approx(largest - middle, rel=0.01)
