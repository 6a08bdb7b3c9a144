"""The ramp of maps of provinces: even in lightness, for every kind of colour vision, apart from land."""

from itertools import pairwise

import numpy as np
import pytest

from geo.aggregate.by_province import MOST_CLASSES
from geo.symbology.symbols import DARK, LIGHT, sequential

MACHADO = {
    "normal": np.eye(3),
    "protanopia": np.array([[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]]),
    "deuteranopia": np.array([[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]]),
    "tritanopia": np.array([[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]]),
}
"""Machado, Oliveira and Fernandes (2009), full severity, on linear sRGB."""


def linear(colour: str) -> np.ndarray:
    value = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def lightness(colour: str, vision: str = "normal") -> float:
    """CIE L*, 0 to 100, as a kind of colour vision has it."""
    luminance = float(np.array([0.2126, 0.7152, 0.0722]) @ np.clip(MACHADO[vision] @ linear(colour), 0, 1))
    return 116 * luminance ** (1 / 3) - 16 if luminance > 0.008856 else 903.3 * luminance


@pytest.mark.parametrize("vision", list(MACHADO))
@pytest.mark.parametrize(
    "dark",
    [
        pytest.param(False, id="light"),
        pytest.param(True, id="dark"),
    ],
)
@pytest.mark.parametrize("classes", range(2, MOST_CLASSES + 1))
def test_classes_stay_apart_in_lightness(classes: int, vision: str, *, dark: bool) -> None:
    ramp = [lightness(colour, vision) for colour in sequential(classes, dark=dark)]
    steps = [(after - before) * (1 if dark else -1) for before, after in pairwise(ramp)]
    assert min(steps) > 6


@pytest.mark.parametrize(
    ("dark", "land"),
    [
        pytest.param(False, LIGHT.land, id="light"),
        pytest.param(True, DARK.land, id="dark"),
    ],
)
def test_the_faintest_class_is_not_land(land: str, *, dark: bool) -> None:
    assert abs(lightness(sequential(5, dark=dark)[0]) - lightness(land)) > 6


def test_one_class_is_the_middle() -> None:
    assert sequential(1) == (sequential(3)[1],)


def test_no_class_has_no_colour() -> None:
    with pytest.raises(KeyError):
        sequential(0)
