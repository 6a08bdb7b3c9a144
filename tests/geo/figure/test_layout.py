"""Nothing on a figure touches anything: words by what the renderer measures, marks and panels by their outlines."""

import math
import re
from collections.abc import Callable
from functools import cache
from io import BytesIO
from itertools import combinations
from types import SimpleNamespace

import numpy as np
import pytest
import shapely
import shapely.affinity
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.textpath import TextPath, text_to_path
from pypdf import PdfReader

from geo.figure.drawing import Plan, draw, picture, plan
from geo.figure.options import FigureFormat, FigureOptions, FigureSize
from geo.figure.sheet import ALIGNED, MM_PER_PT
from geo.places.boundaries import Boundaries
from geo.places.plane import REGION
from geo.table.incident_table import IncidentTable
from tests.geo.figure.cases import CASES, HOSTILE, SIZES

pytestmark = pytest.mark.slow

_TOUCHES_MM2 = 0.02
LEAST_PT = {size: (12, 20) if "slide" in size else (6.5, 10) if size == "column" else (7, 14.8) for size in FigureSize}
"""Of the smallest type, and of a title, which a long one is."""
TYPES = {"everything": "S", "strikes 2025": "M", "one province": "L", "nothing": "S"}
DRAWN = {
    "everything": ("A4-landscape", "A3-portrait", "column"),
    "strikes 2025": ("A4-portrait", "A3-landscape", "slide-16x9"),
    "one province": ("A4-landscape", "slide-16x9", "column"),
    "nothing": ("A4-portrait", "A3-landscape", "slide-16x9"),
}
"""Every paper in the smallest type; of what needs no picture, the plan of every case on every paper is looked at."""
WRITTEN = {("everything", "column")}


@pytest.fixture(scope="module")
def planned(table: IncidentTable, layers: Boundaries) -> Callable[[str, str], Plan]:
    """Plans of the cases on the papers, each made once; that of nothing has a hostile title."""

    @cache
    def made(case: str, size: str) -> Plan:
        filters, view = CASES[case]
        title = {"title": HOSTILE} if case == "nothing" else {}
        return plan(filters, table, layers, FigureOptions(size=size, view=view, type=TYPES[case], **title))

    return made


@pytest.fixture(
    scope="module",
    params=[(case, size.value) for case in CASES for size in SIZES],
    ids=lambda param: f"{param[0]}, {param[1]}",
)
def laid_out(request: pytest.FixtureRequest, planned: Callable[[str, str], Plan]) -> SimpleNamespace:
    """One plan, with the ground that is asked for."""
    case, size = request.param
    return SimpleNamespace(plan=planned(case, size), view=CASES[case][1] or REGION)


@pytest.fixture(
    scope="module",
    params=[(case, size) for case, sizes in DRAWN.items() for size in sizes],
    ids=lambda param: f"{param[0]}, {param[1]}",
)
def made(request: pytest.FixtureRequest, planned: Callable[[str, str], Plan], layers: Boundaries) -> SimpleNamespace:
    """One figure with its plan and the outlines of its words."""
    plan = planned(*request.param)
    drawn = draw(plan, layers)
    return SimpleNamespace(
        plan=plan,
        paper=plan.layout.paper,
        inches=tuple(drawn.get_size_inches()),
        figure=drawn,
        words=outlines(drawn),
        is_written=request.param in WRITTEN,
    )


def outlines(figure: Figure) -> dict[str, shapely.Polygon]:
    """Return the room that the letters of every text on a figure take, millimetres, turned as the text is."""
    found = {}
    for number, text in enumerate(artist for artist in figure.findobj(Text) if artist.get_text().strip()):
        at, font = text.get_position(), text.get_fontproperties()
        letters = np.array(TextPath((0, 0), text.get_text(), prop=font, usetex=False).vertices) * MM_PER_PT
        wide = text_to_path.get_text_width_height_descent(text.get_text(), font, ismath=False)[0] * MM_PER_PT
        left, bottom = letters.min(axis=0) + at - (wide * ALIGNED[text.get_ha()], 0)
        right, top = letters.max(axis=0) + at - (wide * ALIGNED[text.get_ha()], 0)
        flat = shapely.box(left, bottom, right, top)
        found[f"{number} {text.get_text()}"] = shapely.affinity.rotate(flat, text.get_rotation(), origin=tuple(at))
    return found


def overlapping(shapes: dict[str, shapely.Polygon]) -> list[tuple[str, str]]:
    return [
        (one, other)
        for one, other in combinations(shapes, 2)
        if shapes[one].intersection(shapes[other]).area > _TOUCHES_MM2
    ]


def test_no_two_texts_overlap(made: SimpleNamespace) -> None:
    assert overlapping(made.words) == []


def test_no_text_leaves_the_paper(made: SimpleNamespace) -> None:
    paper = shapely.box(0, 0, made.paper.width_mm, made.paper.height_mm)
    assert [text for text, box in made.words.items() if not paper.covers(box)] == []


def test_no_text_but_its_own_number_lies_on_a_mark(made: SimpleNamespace) -> None:
    marks = {f"mark {number}": mark for number, mark in enumerate(made.plan.scene.outlines())}
    own = {text for text in made.words if text.split(" ", 1)[1].replace(",", "").isdecimal()}
    others = {text: box for text, box in made.words.items() if text not in own}
    assert [pair for pair in overlapping(marks | others) if not pair[1].startswith("mark")] == []


def test_no_text_lies_on_the_frame(made: SimpleNamespace) -> None:
    frame = made.plan.scene.frame.box.exterior
    assert [text for text, box in made.words.items() if box.intersects(frame)] == []


def test_type_is_large_enough_around_every_map(laid_out: SimpleNamespace) -> None:
    plan = laid_out.plan
    least, least_title = LEAST_PT[plan.options.size]
    rows = [style for rows in plan.stack.rows for column in rows.columns for row in column for _, style in row.lines]
    styles = [plan.subtitle.style, *(column.style for column in plan.stack.footer), *rows]
    assert min(style.size_pt for style in styles) >= least
    assert plan.title.style.size_pt >= least_title


def test_type_is_large_enough_in_print(made: SimpleNamespace) -> None:
    """On the figure, and of one selection as SVG and PDF write it."""
    least, _ = LEAST_PT[made.plan.options.size]
    texts = [text for text in made.figure.findobj(Text) if text.get_text().strip()]
    assert min(text.get_fontsize() for text in texts) >= least
    if made.is_written:
        assert min(sizes_in_svg(written(made, FigureFormat.SVG))) >= least
        assert min(sizes_in_pdf(written(made, FigureFormat.PDF))) >= least


def written(made: SimpleNamespace, kind: FigureFormat) -> bytes:
    return picture(made.figure, made.plan.about, kind, dpi=300, outlines=False)


def sizes_in_svg(svg: bytes) -> list[float]:
    """Return the sizes of type, points, which are the file's units."""
    return [float(size) for size in re.findall(rb"font-size: ([\d.]+)px", svg)]


def sizes_in_pdf(pdf: bytes) -> list[float]:
    sizes: list[float] = []
    PdfReader(BytesIO(pdf)).pages[0].extract_text(
        visitor_text=lambda text, _cm, _tm, _font, size: sizes.append(size) if text.strip() else None
    )
    return sizes


def test_names_of_provinces_are_large_enough(made: SimpleNamespace, layers: Boundaries) -> None:
    names = set(layers.provinces["province"])
    grey = made.plan.options.style.palette.province_label
    found = [t.get_fontsize() for t in made.figure.findobj(Text) if t.get_text() in names and t.get_color() == grey]
    assert found == [] or min(found) >= LEAST_PT[made.plan.options.size][0] * 1.07


def test_no_two_marks_overlap(laid_out: SimpleNamespace) -> None:
    assert overlapping({str(number): mark for number, mark in enumerate(laid_out.plan.scene.outlines())}) == []


def test_there_is_room_for_all_that_explains_the_map(laid_out: SimpleNamespace) -> None:
    assert laid_out.plan.fits


def test_panels_keep_off_marks_and_each_other(laid_out: SimpleNamespace) -> None:
    assert laid_out.plan.covered_mm2() == 0


def test_panels_lie_on_the_map(laid_out: SimpleNamespace) -> None:
    assert all(laid_out.plan.scene.frame.box.covers(panel) for panel in laid_out.plan.panels.all())


def test_every_incident_of_the_view_is_drawn_once(laid_out: SimpleNamespace) -> None:
    drawn = [incident.id for mark in laid_out.plan.scene.placed for incident in mark.incidents]
    assert len(drawn) == len(set(drawn)) == laid_out.plan.manifest["counts"]["shown"]


def test_the_figure_has_the_size_of_the_paper(made: SimpleNamespace) -> None:
    sides_mm = tuple(side * 25.4 for side in made.inches)
    assert sides_mm == pytest.approx((made.paper.width_mm, made.paper.height_mm))


def test_the_view_asked_for_is_on_the_map(laid_out: SimpleNamespace) -> None:
    frame, view = laid_out.plan.scene.frame, laid_out.view
    corners = [(lon, lat) for lon in (view.west, view.east) for lat in (view.south, view.north)]
    assert all(frame.contains(lon, lat) for lon, lat in corners)


def test_words_are_measured_as_the_renderer_measures_them(made: SimpleNamespace) -> None:
    title = next(box for text, box in made.words.items() if text.endswith(made.plan.title.lines[-1]))
    west, _, east, _ = title.bounds
    line = made.plan.title
    assert math.isclose(east - west, line.style.width_mm(line.lines[-1]), rel_tol=0.03, abs_tol=0.6)
