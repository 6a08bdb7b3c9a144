"""What a figure can be asked to be, and what it refuses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.figure.options import LONGEST, FigureFormat, FigureOptions, FigureSize


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        pytest.param({"dpi": 149}, "149 dpi", id="too coarse"),
        pytest.param({"dpi": 601}, "601 dpi", id="too fine"),
        pytest.param({"size": "A5"}, "size: 'A5' is none of: A4-landscape, A4-portrait", id="no such paper"),
        pytest.param({"format": "gif"}, "gif", id="no such format"),
    ],
)
def test_what_does_not_exist_is_refused(asked: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        FigureOptions(**asked)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        pytest.param("  Two \t words ", "Two words", id="spaces"),
        pytest.param("One\r\n\r\nTwo", "One\nTwo", id="line breaks"),
        pytest.param("a\x00b\x1b[31m", "a b [31m", id="control characters"),
        pytest.param("abc\u202edcb", "abc dcb", id="turned around"),
        pytest.param("می\u200cخواهم", "می\u200cخواهم", id="joiners stay"),
        pytest.param(" \n ", None, id="blank"),
        pytest.param("", None, id="empty"),
    ],
)
def test_a_title_is_cleaned(typed: str, kept: str | None) -> None:
    assert FigureOptions(title=typed).title == kept


@given(st.text(max_size=400))
def test_a_clean_title_stays_as_it_is(typed: str) -> None:
    once = FigureOptions(title=typed).title
    assert FigureOptions(title=once).title == once
    assert len(once or "") <= LONGEST["title"]


@pytest.mark.parametrize(("kind", "kept"), [("png", True), ("svg", False), ("pdf", False)])
def test_only_dots_have_a_resolution(kind: str, *, kept: bool) -> None:
    assert ("dpi" in FigureOptions(format=FigureFormat(kind)).recorded()) is kept


@pytest.mark.parametrize(
    ("size", "sides"),
    [
        ("A4-landscape", (297, 210)),
        ("A4-portrait", (210, 297)),
        ("A3-landscape", (420, 297)),
        ("A3-portrait", (297, 420)),
        ("column", (89, 150)),
    ],
)
def test_papers_have_their_sides(size: str, sides: tuple[int, int]) -> None:
    paper = FigureSize(size).paper
    assert (paper.width_mm, paper.height_mm) == sides


def test_a_slide_is_16_to_9() -> None:
    paper = FigureSize.SLIDE.paper
    assert paper.width_mm / paper.height_mm == pytest.approx(16 / 9, rel=1e-4)
