"""Every paper has the key in some length of words, or says that it has no room; nothing overlaps, nothing leaves it."""

from itertools import combinations

import matplotlib as mpl
import pytest
import shapely
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from geo.figure.drawing import draw, plan
from geo.figure.legend import MOST_NUMBERED
from geo.figure.options import FigureOptions, FigureSize, TypeSize, around_selection
from geo.places.boundaries import Boundaries
from geo.selection import Filters
from geo.table.incident_table import IncidentTable

pytestmark = pytest.mark.slow

_LEAST_PT = {FigureSize.SLIDE: 12.0, FigureSize.COLUMN: 6.5}
_TOUCHING_MM2 = 0.05


def texts_of(figure: Figure) -> list[tuple[Text, shapely.Polygon]]:
    """Return the texts of a figure with the room of their letters, millimetres."""
    with mpl.rc_context({"text.hinting": "no_hinting"}):
        FigureCanvasAgg(figure)
        drawn = [text for text in figure.findobj(Text) if isinstance(text, Text) and text.get_text().strip()]
        per_mm = figure.dpi / 25.4
        boxes = [text.get_window_extent() for text in drawn]
    return [
        (text, shapely.box(*(edge / per_mm for edge in box.extents))) for text, box in zip(drawn, boxes, strict=True)
    ]


@pytest.mark.parametrize("size", FigureSize)
@pytest.mark.parametrize(
    ("number", "type_size"),
    [
        pytest.param(1, TypeSize.LARGE, id="1-L"),
        pytest.param(8, TypeSize.MEDIUM, id="8-M"),
        pytest.param(MOST_NUMBERED, TypeSize.LARGE, id="12-L"),
        pytest.param(MOST_NUMBERED, TypeSize.SMALL, id="12-S"),
    ],
)
def test_a_key_fits_on_every_paper(
    number: int, type_size: TypeSize, size: FigureSize, table: IncidentTable, layers: Boundaries
) -> None:
    placed = [incident for incident in table.incidents if incident.lon is not None]
    some = IncidentTable(placed[5 :: len(placed) // number][:number], table.claimants, version="0" * 64)
    options = FigureOptions(size=size, type=type_size, view=around_selection(Filters(), some, layers))
    made = plan(Filters(), some, layers, options)
    assert made.fits
    assert made.keyed
    assert bool(made.notes) is (made.options.type is not type_size)
    drawn = draw(made, layers)
    written = texts_of(drawn)
    assert min(text.get_fontsize() for text, _ in written) >= _LEAST_PT.get(size, 7.0)
    width, height = drawn.get_size_inches() * 25.4
    paper = shapely.box(0, 0, width, height)
    assert not [text.get_text() for text, box in written if not paper.contains(box)]
    around = [(text, box) for text, box in written if box.disjoint(made.scene.frame.box) and not text.get_rotation()]
    over = [
        (one.get_text(), other.get_text())
        for (one, box), (other, beside) in combinations(around, 2)
        if shapely.area(shapely.intersection(letters(one, box), letters(other, beside))) > _TOUCHING_MM2
    ]
    assert over == []


def letters(text: Text, box: shapely.Polygon) -> shapely.Polygon:
    """Return the middle of the room of a line, since lines may stand so close that ascent and descent touch."""
    left, bottom, right, top = box.bounds
    least = text.get_fontsize() * 25.4 / 72 * 0.12
    return shapely.box(left, bottom + least, right, top - least)
