"""What ground a figure shows: the selected incidents, the three countries, or a box."""

from pathlib import Path
from typing import Any

import pytest
import shapely

from geo.cli import main
from geo.figure.drawing import manifest_of
from geo.figure.options import along_borders, around_provinces, around_selection
from geo.incident.vocabulary import Country
from geo.places.boundaries import boundaries
from geo.places.plane import REGION, BBox
from geo.selection import Filters
from geo.table.incident_table import IncidentTable
from tests.geo.cli.conftest import Capture

pytestmark = pytest.mark.slow

NOW = {"code": "fedc3210", "data_version": "this"}
_KHOST = Filters(province=("AF-KHO",))


def view_of(argv: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BBox:
    """Return the ground that a command asks for; the figure itself is not drawn."""
    asked: list[BBox] = []

    def note(*given: Any) -> tuple[bytes, tuple[str, ...]]:
        asked.append(given[-1].view)
        return b"drawn", ()

    monkeypatch.setattr("geo.cli.figure_command.write_figure", note)
    assert main(["figure", *argv, "-o", str(tmp_path / "map.pdf")]) == 0
    return asked[0]


@pytest.mark.parametrize(
    ("argv", "filters"),
    [
        pytest.param(["--province", "AF-KHO", "--view", "selection"], _KHOST, id="a province"),
        pytest.param(
            ["--year", "2025", "--category", "strike"], Filters(year=(2025,), category=("strike",)), id="strikes 2025"
        ),
    ],
)
def test_a_choice_is_fitted_as_on_the_page(
    argv: list[str], filters: Filters, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: IncidentTable
) -> None:
    view = view_of(argv, tmp_path, monkeypatch)
    assert view == around_selection(filters, table, boundaries()) != REGION


@pytest.mark.parametrize(
    ("argv", "view"),
    [
        pytest.param([], REGION, id="all incidents"),
        pytest.param(["--province", "AF-KHO"], around_provinces(["AF-KHO"], boundaries()), id="a province"),
        pytest.param(["--province", "AF-KHO", "--view", "all"], REGION, id="all ground"),
        pytest.param(["--province", "AF-KHO", "--view", "ALL"], REGION, id="in capitals"),
        pytest.param(["--q", "quetzalcoatl"], REGION, id="no incident"),
        pytest.param(["--province", "AF-KHO", "--view", "69,32,72,35"], BBox(69, 32, 72, 35), id="a box"),
        pytest.param(["--view", "69,32,72,35"], BBox(69, 32, 72, 35), id="a box of all incidents"),
        pytest.param(["--view", "borders"], along_borders(boundaries()), id="the borders"),
        pytest.param(
            ["--province", "AF-KHO", "AF-PKA", "--view", "provinces"],
            around_provinces(["AF-KHO", "AF-PKA"], boundaries()),
            id="the selected provinces",
        ),
    ],
)
def test_other_ground_is_shown(argv: list[str], view: BBox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert view_of(argv, tmp_path, monkeypatch) == view


def test_what_has_no_room_is_said(tmp_path: Path, capsys: Capture) -> None:
    eight = ["--year", "2021", "--country", "TJ", "--status", "confirmed"]
    assert main(["figure", *eight, "--size", "slide-16x9", "-o", str(tmp_path / "map.svg")]) == 0
    assert "instead of M, to fit everything in" in capsys.readouterr().err


def test_a_view_that_is_no_box_is_refused_with_what_to_write(tmp_path: Path, capsys: Capture) -> None:
    assert main(["figure", "--view", "khost", "-o", str(tmp_path / "map.pdf")]) == 2
    assert "as in 69,32,72,35, or one of selection, provinces, borders, all, af" in capsys.readouterr().err


def test_every_choice_reaches_the_figure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    monkeypatch.setattr("geo.cli.figure_command.write_figure", lambda *given: asked.append(given[-1]) or (b"drawn", ()))
    texts = {name: f"the {name}" for name in ("title", "subtitle", "caption", "credit", "source")}
    argv = [word for name, text in texts.items() for word in (f"--{name}", text)]
    argv += ["--type", "L", "--style", "grey", "--no-key", "--no-inset", "--no-legend", "--outlines"]
    assert main(["figure", *argv, "-o", str(tmp_path / "map.svg")]) == 0
    chosen = texts | {"type": "L", "style": "grey", "key": False, "inset": False, "legend": False, "outlines": True}
    assert {name: getattr(asked[0], name) for name in chosen} == chosen


@pytest.mark.parametrize("country", list(Country))
def test_a_country_is_shown_whole(country: Country, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    view = view_of(["--view", country.value], tmp_path, monkeypatch)
    provinces = boundaries().provinces
    land = provinces.geometry[provinces["country"] == country.value]
    assert view.polygon().contains(shapely.box(*land.total_bounds))
    assert view.polygon().area < 1.2 * shapely.box(*land.total_bounds).area


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_a_figure_is_made_again_from_itself(kind: str, tmp_path: Path, capsys: Capture) -> None:
    first, again = tmp_path / f"first.{kind}", tmp_path / f"again.{kind}"
    asked = ["--province", "AF-KHO", "--rule", "range", "--title", "A <b> & “c”", "--size", "column", "--no-key"]
    assert main(["figure", *asked, "-o", str(first)]) == 0
    assert main(["figure", "--again", str(first), "-o", str(again)]) == 0
    assert "Made again from the same data" in capsys.readouterr().err
    assert again.read_bytes() == first.read_bytes()


def test_what_has_changed_since_a_figure_was_made_is_said(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = tmp_path / "first.png"
    assert main(["figure", "--province", "AF-KHO", "--size", "column", "-o", str(first)]) == 0
    with monkeypatch.context() as before:
        made = manifest_of(first.read_bytes()) | {"code": "0123abcd", "data_version": "another"}
        readings = iter((made, made | NOW))
        before.setattr("geo.cli.figure_command.manifest_of", lambda _: next(readings))
        assert main(["figure", "--again", str(first), "-o", str(tmp_path / "again.png")]) == 0
    told = capsys.readouterr().err
    assert "Not the same figure as before: the data changed since (code 0123abcd before, fedc3210 now)" in told


@pytest.mark.parametrize(
    ("name", "content", "more", "said"),
    [
        pytest.param("a.png", b"\x89PNG and no more", [], "it is not a figure of this program", id="cut-short"),
        pytest.param("a.pdf", b"%PDF-1.7 and no more", [], "it is not a figure of this program", id="broken-pdf"),
        pytest.param("a.svg", b"<dc:description>{}</dc:description>", [], "it is not a figure", id="empty-manifest"),
        pytest.param(
            "a.svg",
            b'<dc:description>{"code":1,"filters":[],"rule":{},"view":"x","options":{}}</dc:description>',
            [],
            "it is not a figure",
            id="a-manifest-of-other-types",
        ),
        pytest.param("a.svg", b"\xff\xfe", [], "it is not a figure", id="no-text"),
        pytest.param("a.svg", None, [], "a.svg: is missing", id="missing"),
        pytest.param("a.svg", None, ["--year", "2025"], "leave out --year", id="with-a-filter"),
        pytest.param("a.svg", None, ["--no-key"], "leave out --key", id="with-an-option"),
    ],
)
def test_what_is_no_figure_is_refused(  # noqa: PLR0913, PLR0917  # the columns of the table
    name: str, content: bytes | None, more: list[str], said: str, tmp_path: Path, capsys: Capture
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert main(["figure", "--again", str(tmp_path / name), *more, "-o", str(tmp_path / "again.pdf")]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "again.pdf").exists()
