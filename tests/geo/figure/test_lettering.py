"""Type: lines fit, no word is lost, the fonts are those that are shipped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import font_manager

from geo.figure.sheet import FONTS_FOLDER, Weight, cut, fitted, font, width_mm, wrap

_WORDS = st.lists(st.text(st.characters(codec="latin-1", categories=["L", "N"]), min_size=1, max_size=30), max_size=20)


@given(_WORDS, st.floats(15, 120))
def test_wrapping_keeps_every_character_and_the_width(words: list[str], within_mm: float) -> None:
    lines = wrap(" ".join(words), Weight.REGULAR, 9, within_mm)
    assert "".join(lines).replace(" ", "") == "".join(words)
    assert all(width_mm(line, Weight.REGULAR, 9) <= within_mm for line in lines)


@given(_WORDS, st.floats(15, 120))
def test_a_cut_line_fits(words: list[str], within_mm: float) -> None:
    assert width_mm(cut(" ".join(words), Weight.BOLD, 12, within_mm), Weight.BOLD, 12) <= within_mm


@pytest.mark.parametrize(
    ("text", "size_pt", "lines"),
    [
        pytest.param("Short", 16, 1, id="fits"),
        pytest.param("word " * 12, 12, 2, id="in a smaller size"),
        pytest.param("word " * 80, 8, 2, id="is cut"),
    ],
)
def test_a_title_takes_the_largest_size_that_fits(text: str, size_pt: int, lines: int) -> None:
    set_lines, found = fitted(text, Weight.BOLD, (16, 12, 8), within_mm=85, lines=2)
    assert (found, len(set_lines)) == (size_pt, lines)


def test_what_is_cut_says_so() -> None:
    assert fitted("word " * 80, Weight.BOLD, (16, 8), within_mm=90, lines=2)[0][-1].endswith("…")


@pytest.mark.parametrize("weight", Weight)
@pytest.mark.parametrize("text", ["Khost", "خوست"])
def test_fonts_come_from_static(weight: Weight, text: str) -> None:
    files = font_manager.fontManager._find_fonts_by_props(font(weight, 9))
    assert [str(file).startswith(str(FONTS_FOLDER)) for file in files[:2]] == [True, True], text


def test_bold_is_wider_than_regular() -> None:
    assert width_mm("Durand Line", Weight.BOLD, 9) > width_mm("Durand Line", Weight.REGULAR, 9)
