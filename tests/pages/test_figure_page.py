"""The figure page through the frame: the picture obeys filters and options, files are made when asked for."""

import re

import pytest

import ui.figure_view
from geo.figure.options import FigureOptions, around_provinces, around_selection
from geo.places.plane import REGION, BBox
from geo.selection import Filters
from tests.pages.conftest import texts

_PAGE = "report/figure"


@pytest.mark.parametrize(
    ("query", "filters"),
    [
        pytest.param({}, Filters(), id="everything"),
        pytest.param({"year": "2025", "category": "strike"}, Filters(year=(2025,), category=("strike",)), id="strikes"),
        pytest.param({"province": "AF-KHO"}, Filters(province=("AF-KHO",)), id="one province"),
        pytest.param({"q": "zzzz"}, Filters(q="zzzz"), id="nothing"),
    ],
)
def test_the_picture_is_of_what_the_link_chooses(run, undrawn, query, filters) -> None:
    run(_PAGE, **query)
    assert undrawn[-1][0] == filters


def test_the_figure_is_drawn(run, table) -> None:
    app = run(_PAGE, year="2025", category="strike")
    chosen = table.count(Filters(year=(2025,), category=("strike",)))
    assert f"{chosen} of {len(table)} incidents" in texts(app)
    assert len(app.get("image")) == 1


def test_nothing_to_show_is_said_and_still_drawn(run) -> None:
    app = run(_PAGE, q="zzzz")
    assert any("No incidents match" in info.value for info in app.info)
    assert len(app.get("image")) == 1


def test_the_extent_fits_the_incidents_unless_told_otherwise(run, undrawn, table, layers) -> None:
    run(_PAGE, year="2025")
    assert undrawn[-1][1].view == around_selection(Filters(year=(2025,)), table, layers)


def test_provinces_that_are_selected_are_the_extent_and_offered_only_then(run, undrawn, table, layers) -> None:
    app = run(_PAGE, province="AF-KHO")
    assert undrawn[-1][1].view == around_provinces(["AF-KHO"], layers)
    app.session_state["province"] = []
    app.run()
    assert "The selected provinces" not in app.selectbox(key="figure-extent").options
    assert undrawn[-1][1].view == around_selection(Filters(), table, layers)


@pytest.mark.parametrize("extent", ["all", "AF-KHO", "TJ-GB"])
def test_an_extent_can_be_chosen(run, undrawn, layers, extent) -> None:
    run(_PAGE).selectbox(key="figure-extent").set_value(extent).run()
    assert undrawn[-1][1].view == (REGION if extent == "all" else around_provinces([extent], layers))


@pytest.mark.parametrize(
    ("view", "box"),
    [
        pytest.param("69.5,33,71,34.25", BBox(69.5, 33, 71, 34.25), id="a box"),
        pytest.param("30,33,71,34", BBox(40, 33, 71, 34), id="cut to the ground that is drawn"),
        pytest.param("34.1,69.2,7", None, id="as the page of the map has it"),
        pytest.param("1,2,3,4", None, id="off the ground"),
        pytest.param("nan,33,71,<b>", None, id="junk"),
    ],
)
def test_what_the_map_showed_is_an_extent_and_the_first_choice(  # noqa: PLR0913, PLR0917  # a row of the table
    run, undrawn, table, layers, view, box
) -> None:
    app = run(_PAGE, year="2025", view=view)
    extents = app.selectbox(key="figure-extent")
    assert ("What the map shows" in extents.options) is (box is not None)
    assert undrawn[-1][1].view == (box or around_selection(Filters(year=(2025,)), table, layers))
    extents.set_value("selection").run()
    assert undrawn[-1][1].view == around_selection(Filters(year=(2025,)), table, layers)


@pytest.mark.parametrize(
    ("choose", "field", "value"),
    [
        pytest.param(lambda app: app.selectbox(key="figure-size").select_index(3), "size", "A3-portrait", id="paper"),
        pytest.param(
            lambda app: app.text_input(key="figure-title").set_value("What it $finds$"),
            "title",
            "What it $finds$",
            id="title",
        ),
        pytest.param(lambda app: app.select_slider(key="figure-dpi").set_value(600), "dpi", 600, id="resolution"),
        pytest.param(lambda app: app.toggle(key="figure-legend").set_value(False), "legend", False, id="legend"),
        pytest.param(lambda app: app.toggle(key="figure-inset").set_value(False), "inset", False, id="inset"),
        pytest.param(lambda app: app.toggle(key="figure-key").set_value(False), "key", False, id="key"),
        pytest.param(
            lambda app: app.text_input(key="figure-source").set_value("Our count."), "source", "Our count.", id="source"
        ),
    ],
)
def test_an_option_reaches_the_figure(run, undrawn, choose, field, value) -> None:
    app = choose(run(_PAGE)).run()
    assert "Note on type M." in texts(app)
    assert getattr(undrawn[-1][1], field) == value


@pytest.mark.usefixtures("undrawn")
def test_the_figure_and_the_files_of_the_selection_are_offered(run) -> None:
    labels = [button.proto.label for button in run(_PAGE).get("download_button")]
    assert labels == [
        "CSV",
        "Notes on the CSV",
        "GeoJSON",
        "GeoPackage",
        "Excel",
        "Map as one HTML file",
        "Download PNG",
    ]


@pytest.mark.usefixtures("undrawn")
def test_no_file_is_written_before_somebody_asks(run, monkeypatch) -> None:
    def refuse(*_: object, **__: object) -> bytes:
        raise AssertionError("nobody asked for a file")

    monkeypatch.setattr(ui.figure_view, "write_figure", refuse)
    assert not run(_PAGE).exception


@pytest.mark.parametrize(
    ("options", "start"),
    [
        pytest.param({}, b"\x89PNG", id="png"),
        pytest.param({"format": "pdf"}, b"%PDF", id="pdf"),
        pytest.param({"format": "svg"}, b"<?xml", id="svg"),
    ],
)
def test_the_file_is_of_the_kind_asked_for(table, options, start) -> None:
    filters = Filters(q="zzzz")
    made = ui.figure_view._file(filters, FigureOptions(**options), ui.figure_view._made_of(table), table)
    assert made.startswith(start)


@pytest.mark.usefixtures("undrawn")
def test_a_reader_of_the_screen_hears_what_is_drawn(run, table) -> None:
    chosen = table.count(Filters(year=(2025,), category=("strike",)))
    image = run(_PAGE, year="2025", category="strike").get("image")[0].proto
    assert re.search(rf"Strikes, 2025: {chosen} incidents", str(image))
