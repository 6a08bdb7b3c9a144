"""Incidents that are few are numbered, and the key says of each what it is; provinces that are asked for are named."""

import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import PathPatch

from geo.figure.drawing import draw, plan
from geo.figure.legend import MOST_NUMBERED
from geo.figure.options import FigureOptions, FigureSize, around_chosen_provinces, around_selection
from geo.places.boundaries import Boundaries
from geo.selection import Filters
from geo.table.incident_table import IncidentTable
from tests.conftest import make_claim, make_incident

pytestmark = pytest.mark.slow


def of(incidents: list, claimants: object, layers: Boundaries, **options: object):
    table = IncidentTable(incidents, claimants, version="0" * 64)
    view = around_selection(Filters(), table, layers)
    return plan(Filters(), table, layers, FigureOptions(view=view, **options))


def some(number: int) -> list:
    return [
        make_incident(
            f"2025-01-{n:02}-khost-air-strike", date_start=f"2025-01-{n:02}", date_end=None, lon=69.5 + n / 10
        )
        for n in range(1, number + 1)
    ]


@pytest.mark.parametrize(
    ("number", "asked", "keyed"),
    [
        pytest.param(1, True, True, id="one"),
        pytest.param(MOST_NUMBERED, True, True, id="as many as can be"),
        pytest.param(MOST_NUMBERED + 1, True, False, id="one more"),
        pytest.param(3, False, False, id="not asked for"),
    ],
)
def test_incidents_are_numbered_where_they_are_few(
    number: int, *, asked: bool, keyed: bool, claimants: object, layers: Boundaries
) -> None:
    made = of(some(number), claimants, layers, key=asked)
    labels = [label.text for label in made.furniture.numbers]
    assert (made.keyed, bool(labels)) == (keyed, keyed)
    if keyed:
        assert len(made.explained.rows[-1].rows) == number


SMALLER = "Type S instead of M, to fit everything in: larger paper, or no key, allows M."
NO_KEY = f"The key of {MOST_NUMBERED} incidents does not fit on this paper: choose a larger paper, or select fewer."


@pytest.mark.parametrize(
    ("options", "keyed", "notes"),
    [
        pytest.param({"type": "M"}, True, (SMALLER,), id="in smaller type"),
        pytest.param({"type": "S", "caption": "word " * 80, "source": "word " * 60}, False, (NO_KEY,), id="not at all"),
    ],
)
def test_a_slide_has_the_longest_key_in_type_that_leaves_room_for_it_or_says_what_to_do(
    options: dict[str, str], *, keyed: bool, notes: tuple[str, ...], claimants: object, layers: Boundaries
) -> None:
    made = of(some(MOST_NUMBERED), claimants, layers, size=FigureSize.SLIDE, **options)
    assert (made.keyed, made.fits, made.notes) == (keyed, True, notes)


def test_the_key_says_when_where_what_and_how_many(claimants: object, layers: Boundaries) -> None:
    later = make_incident(
        "2025-03-01-khost-clash", date_start="2025-03-01", date_end=None, category="clash", subtype="raid"
    )
    disputed = make_incident(
        date_start="2025-01-02",
        date_end="2025-01-02",
        status="disputed",
        place="Spera",
        claims=[make_claim(value=7), make_claim(about="injured", value=9)],
    )
    made = of([later, disputed], claimants, layers)
    first, second = made.explained.rows[-1].rows
    assert (first.head, first.text) == ("2 January 2025, Spera, Khost", "air strike; 7 killed; 9 injured; disputed")
    assert second.text.startswith("raid; ")
    assert "Tolls: " in " ".join(made.explained.footer) or "Size by deaths, " in " ".join(made.explained.footer)


def test_a_mark_of_several_has_the_numbers_of_all(claimants: object, layers: Boundaries) -> None:
    at_one_place = [
        make_incident(f"2025-01-{n:02}-khost-air-strike", date_start=f"2025-01-{n:02}", date_end=None)
        for n in (1, 2, 3)
    ]
    made = of(at_one_place, claimants, layers)
    assert [label.text for label in made.furniture.numbers] == ["1–3"]
    assert not any("number: how many" in row.text for rows in made.explained.rows for row in rows.rows)


def test_numbers_keep_off_marks_and_each_other(claimants: object, layers: Boundaries) -> None:
    made = of(some(MOST_NUMBERED), claimants, layers)
    boxes = [label.box for label in made.furniture.numbers]
    assert not [box for box in boxes for mark in made.scene.outlines() if box.intersects(mark)]
    assert not [(a, b) for n, a in enumerate(boxes) for b in boxes[:n] if a.intersects(b)]


@pytest.mark.parametrize("size", [FigureSize.A4_LANDSCAPE, FigureSize.COLUMN])
@pytest.mark.parametrize(
    "codes",
    [pytest.param(("AF-KHO",), id="one"), pytest.param(("AF-KHO", "AF-PKA", "AF-NAN", "PK-IS"), id="a small one too")],
)
def test_provinces_that_are_asked_for_are_always_named(
    codes: tuple[str, ...], size: FigureSize, table: IncidentTable, layers: Boundaries
) -> None:
    filters = Filters(province=codes)
    options = FigureOptions(size=size, view=around_chosen_provinces(filters, layers))
    made = plan(filters, table, layers, options)
    assert set(made.furniture.chosen_names) == set(codes)
    drawn = draw(made, layers)
    tinted = [patch for patch in drawn.findobj() if is_filled(patch, options.style.palette.chosen)]
    assert len(tinted) == len(codes)


def is_filled(artist: object, colour: str) -> bool:
    return isinstance(artist, PathPatch) and to_hex(artist.get_facecolor()).upper() == colour


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        pytest.param({"country": ("TJ",)}, "not what happened on the Afghan side of the border", id="Tajikistan"),
        pytest.param({"country": ("AF",)}, "on the Pakistani or Tajik side", id="Afghanistan"),
        pytest.param({"province": ("AF-KHO",)}, "Only what happened in Khost is selected", id="a border province"),
        pytest.param({"province": ("AF-BAM",)}, None, id="a province inland"),
        pytest.param({"country": ("AF", "PK", "TJ")}, None, id="all countries"),
        pytest.param({"country": ("AF",), "border": ("durand_line",)}, "on the Pakistani side", id="one line"),
        pytest.param({"year": (2025,)}, None, id="no place"),
    ],
)
def test_the_footer_says_which_side_of_a_border_is_left_out(
    filters: dict[str, tuple], said: str | None, table: IncidentTable, layers: Boundaries
) -> None:
    text = " ".join(plan(Filters(**filters), table, layers, FigureOptions()).explained.footer)
    assert (said in text) if said else ("side of the border" not in text)


def test_the_footer_has_no_zero_and_no_version(table: IncidentTable, layers: Boundaries) -> None:
    made = plan(Filters(year=(2022,)), table, layers, FigureOptions())
    text = " ".join(made.explained.footer)
    assert f"{table.count(Filters(year=(2022,)))} incidents of this selection are shown" in text
    assert " 0 " not in text
    assert made.manifest["data_version"][:8] not in text


def test_fields_are_printed_and_the_sources_of_the_ground_stay(table: IncidentTable, layers: Boundaries) -> None:
    options = FigureOptions(
        title="A title", subtitle="Under it", caption="What it shows.", credit="The desk", source="Our own count."
    )
    made = plan(Filters(), table, layers, options)
    assert (made.name, made.subtitle.lines, made.explained.footer[0]) == ("A title", ("Under it",), "What it shows.")
    credit = next(text for text in made.explained.footer if "The desk" in text)
    assert credit.startswith("Map: The desk. Our own count. Boundaries: © OpenStreetMap")
