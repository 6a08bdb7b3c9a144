"""A column of days: it sorts by the day, shows words, and is wide enough for them."""

from datetime import date
from itertools import pairwise

import pytest
from PIL import ImageFont

from geo.incident.record import Incident
from geo.render.web_map import STATIC_FOLDER
from geo.sentences import when
from ui.parts.tables import when_cell, when_column, when_words_of

FONT_PX = 13
"""Of a table's cells: seven eighths of the theme's, which are a little less."""
MARGINS_PX = 16


def cell_of(incident: Incident) -> str:
    return when_cell(incident.date_start, when(incident))


def test_cells_sort_by_the_first_day_that_is_possible(incidents: tuple[Incident, ...]) -> None:
    ordered = sorted(incidents, key=cell_of)
    assert all(one.date_start <= other.date_start for one, other in pairwise(ordered))


def test_a_cell_shows_words_alone(incidents: tuple[Incident, ...]) -> None:
    shown = when_column(map(cell_of, incidents))["type_config"]["options"]
    assert {option["value"]: option["label"] for option in shown} == {cell_of(i): when(i) for i in incidents}
    assert [when_words_of(cell_of(i)) for i in incidents] == [when(i) for i in incidents]


def test_no_day_is_an_empty_cell() -> None:
    config = when_column([None, float("nan")])
    assert config["type_config"]["options"] == []


@pytest.mark.parametrize(
    "words",
    [
        "1 May 2025",
        "within 30 September – 2 November 2023",
        "within 30 September 2023 – 2 November 2024",
        "from 13 September 2021, no end on record",
        "from about 19 September 2024, no end on record",
        "from September 2024, day not known, no end on record",
    ],
)
def test_the_longest_words_are_not_cut(words: str) -> None:
    font = ImageFont.truetype(STATIC_FOLDER / "fonts" / "NotoSans-Regular.ttf", FONT_PX)
    width = when_column([when_cell(date(2025, 1, 1), words)])["width"]
    assert font.getlength(words) + MARGINS_PX <= width


def test_it_leaves_room_for_the_incident_at_a_usual_width(incidents: tuple[Incident, ...]) -> None:
    assert when_column(map(cell_of, incidents))["width"] <= 340
