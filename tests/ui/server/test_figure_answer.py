"""The figure by address: byte for byte that of the page and of the command, for the same choices."""

import pytest

from geo.cli import main
from geo.figure.drawing import write_figure
from geo.figure.options import EXTENTS, FigureOptions, FigureSize, around_provinces, extent_of
from geo.places.boundaries import boundaries
from geo.places.plane import REGION
from geo.selection import Filters
from ui.server import data_answers

OPTIONS = ["--type", "S", "--style", "grey", "--size", "column", "--title", "Khost & “more”", "--no-inset"]
ASKED = "type=S&style=grey&size=column&title=Khost+%26+%E2%80%9Cmore%E2%80%9D&inset=false"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("ending", "option", "asked"),
    [("png", ["--dpi", "150"], "&dpi=150"), ("svg", ["--outlines"], "&outlines=true"), ("pdf", [], "")],
    ids=["png", "svg", "pdf"],
)
def test_it_is_the_figure_of_the_command(client, tmp_path, ending, option, asked) -> None:
    path = tmp_path / f"figure.{ending}"
    assert main(["figure", "--province", "AF-KHO", "--year", "2025", *OPTIONS, *option, "-o", str(path)]) == 0
    answer = client.get(f"/figure.{ending}?province=AF-KHO&year=2025&{ASKED}{asked}")
    assert answer.status_code == 200
    assert answer.content == path.read_bytes()
    assert answer.headers["Content-Disposition"].startswith('inline; filename="incident-map_')


@pytest.mark.slow
def test_it_is_the_figure_of_the_page(client, table) -> None:
    filters, layers = Filters(country=("TJ",)), boundaries()
    options = FigureOptions(view=EXTENTS["tj"](filters, table, layers), size="column", dpi=150)
    drawn, _ = write_figure(filters, table, layers, options)
    assert client.get("/figure.png?country=TJ&view=TJ&size=column&dpi=150").content == drawn


@pytest.mark.parametrize(
    ("view", "shown"),
    [
        pytest.param("69,32,72,35", extent_of("69,32,72,35"), id="box"),
        pytest.param("AF-KHO", around_provinces(["AF-KHO"], boundaries()), id="province"),
        pytest.param("ALL", REGION, id="name"),
    ],
)
def test_it_shows_the_ground_that_is_asked_for(client, monkeypatch, view, shown) -> None:
    drawn = []
    monkeypatch.setattr(data_answers, "write_figure", lambda *asked: (b"figure", drawn.append(asked[-1].view)))
    assert client.get(f"/figure.pdf?country=TJ&view={view}").content == b"figure"
    assert drawn == [shown]


def test_the_same_is_drawn_once(client, monkeypatch) -> None:
    drawn = []
    monkeypatch.setattr(data_answers, "write_figure", lambda *_: (b"figure", drawn.append(1)))
    assert [client.get("/figure.pdf?country=AF&caption=once").content for _ in range(3)] == [b"figure"] * 3
    assert client.get("/figure.pdf?country=AF&caption=twice").content == b"figure"
    assert len(drawn) == 2


@pytest.mark.parametrize(
    ("asked", "status", "parameter"),
    [
        ("/figure.png?size=A5", 400, "size"),
        ("/figure.png?view=moon", 400, "view"),
        ("/figure.png?view=0,0,1,1", 400, "view"),
        ("/figure.png?view=nan,nan,nan,nan", 400, "view"),
        ("/figure.png?dpi=72", 400, "dpi"),
        ("/figure.png?dpi=²00", 400, "dpi"),
        ("/figure.svg?dpi=300", 400, "dpi"),
        ("/figure.png?outlines=true", 400, "outlines"),
        ("/figure.pdf?key=yes", 400, "key"),
        (f"/figure.pdf?title={'x' * 161}", 400, "title"),
        ("/figure.png?size=A3-portrait&dpi=600", 413, None),
    ],
)
def test_what_cannot_be_drawn_is_refused(client, asked, status, parameter) -> None:
    answer = client.get(asked)
    assert (answer.status_code, answer.json().get("parameter")) == (status, parameter)


def test_every_paper_can_be_had_for_print() -> None:
    for size in FigureSize:
        paper = size.paper
        pixels = paper.width_mm * (paper.tallest_mm or paper.height_mm) * (300 / 25.4) ** 2
        assert pixels < data_answers.MOST_PIXELS
