"""Columns are added, and everything else stays as it was."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.cli import main
from geo.cli.locate_command import PointsFile, coordinates
from geo.places.locating import locate
from tests.geo.cli.conftest import TORKHAM, Capture, rows_of


def test_adds_columns_and_keeps_the_others(points: Callable[[str], Path], capsys: Capture) -> None:
    path = points(f"name,lon,note,lat\n=1,{TORKHAM[0]},  a  ,{TORKHAM[1]}\n")
    assert main(["locate", str(path), "--lon", "lon", "--lat", "lat", "-o", "-"]) == 0
    (row,) = rows_of(capsys.readouterr().out)
    assert list(row)[:4] == ["name", "lon", "note", "lat"]
    assert (row["name"], row["lon"], row["note"]) == ("=1", TORKHAM[0], "  a  ")
    assert (row["country"], row["side"]) in {("AF", "AF"), ("PK", "PK")}
    assert float(row["border_km"]) < 2


def test_answers_as_locate_does(points: Callable[[str], Path], capsys: Capture) -> None:
    path = points("x,y,r\n71.09,34.12,3\n69.2,34.5,5\n66.5,31.0,0.1\n")
    argv = ["locate", str(path), "--lon", "x", "--lat", "y", "--uncertainty-km", "r", "-o", "-"]
    assert main(argv) == 0
    rows = rows_of(capsys.readouterr().out)
    frame = locate([71.09, 69.2, 66.5], [34.12, 34.5, 31.0], uncertainty_km=[3, 5, 0.1])
    assert [row["province_code"] for row in rows] == list(frame["province_code"])
    assert [float(row["chainage_km"]) for row in rows] == pytest.approx(list(frame["chainage_km"]), abs=0.001)
    assert [row["side_decided"] == "true" for row in rows] == list(frame["side_decided"])


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ("200,34", "row 2: lon: '200' is impossible; expected degrees from -180 to 180"),
        ("71,91", "row 2: lat: '91' is impossible; expected degrees from -90 to 90"),
        ("abc,34", "row 2: lon: 'abc' is not a number"),
        ("nan,34", "row 2: lon: 'nan' is not a number"),
        ("71,", "row 2: lat: is empty"),
    ],
)
def test_an_impossible_coordinate_is_named_and_the_other_rows_are_located(
    points: Callable[[str], Path], capsys: Capture, cells: str, says: str
) -> None:
    path = points(f"lon,lat\n{cells}\n{','.join(TORKHAM)}\n")
    assert main(["locate", str(path), "--lon", "lon", "--lat", "lat", "-o", "-"]) == 1
    out, err = capsys.readouterr()
    assert says in err
    assert [bool(row["province"]) for row in rows_of(out)] == [False, True]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        pytest.param(",", "row 2 is left empty: it has no coordinates\n", id="no coordinates"),
        pytest.param(",\n \n, ", "rows 2, 3, 4 are left empty: they have no coordinates\n", id="several"),
        pytest.param("10,10", "row 2 has no country: it lies outside Afghanistan, Pakistan", id="outside"),
        pytest.param("\n".join([","] * 23), " 20, 21, … and 3 more are left empty", id="many"),
        pytest.param(",".join(TORKHAM), "points.csv: 1 row, 0 without a usable place\n", id="none is blank"),
    ],
)
def test_why_a_row_is_blank_is_said(points: Callable[[str], Path], capsys: Capture, rows: str, says: str) -> None:
    path = points(f"lon,lat\n{rows}\n")
    assert main(["locate", str(path), "--lon", "lon", "--lat", "lat", "-o", "-"]) == 0
    err = capsys.readouterr().err
    assert says in err
    assert err.count("\n") == (1 if "usable" in says else 2)


def test_a_row_without_a_place_is_no_fault(points: Callable[[str], Path], capsys: Capture) -> None:
    path = points("id,lon,lat\na,,\n")
    assert main(["locate", str(path), "--lon", "lon", "--lat", "lat", "-o", "-"]) == 0
    assert rows_of(capsys.readouterr().out)[0]["country"] == ""


@pytest.mark.parametrize(
    "delimiter",
    [
        pytest.param(",", id="comma"),
        pytest.param(";", id="semicolon"),
        pytest.param("\t", id="tab"),
    ],
)
def test_the_delimiter_stays(points: Callable[[str], Path], capsys: Capture, delimiter: str) -> None:
    path = points(f"a,b;lon;lat\n1;{TORKHAM[0]};{TORKHAM[1]}\n".replace(";", delimiter).replace("a,b", "ab"))
    assert main(["locate", str(path), "--lon", "lon", "--lat", "lat", "-o", "-"]) == 0
    assert rows_of(capsys.readouterr().out, delimiter)[0]["ab"] == "1"


@pytest.mark.parametrize(
    ("text", "argv", "says"),
    [
        pytest.param("lon,lat\n1,2\n", ["--lon", "x"], "has no column 'x'; it has: lon, lat", id="no such column"),
        pytest.param(
            "lon,lat,country\n1,2,x\n",
            ["--lon", "lon"],
            "choose another --prefix, as in --prefix located_",
            id="column taken",
        ),
    ],
)
def test_a_wrong_command_says_what_to_write_instead(
    points: Callable[[str], Path], capsys: Capture, text: str, argv: list[str], says: str
) -> None:
    assert main(["locate", str(points(text)), *argv, "--lat", "lat", "-o", "-"]) == 2
    assert says in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("lon,lat,r\n1,2,3,4\n", "row 2: has 4 cells, but the header has 3", id="row too long"),
        pytest.param("", "row 1: is empty; expected the names of columns", id="empty file"),
        pytest.param("lon,lat,r\n71,34,1\n\n71,34,-1\n", "row 4: r: '-1' is not a radius", id="negative radius"),
    ],
)
def test_wrong_data_is_named_by_row(points: Callable[[str], Path], capsys: Capture, text: str, says: str) -> None:
    argv = ["locate", str(points(text)), "--lon", "lon", "--lat", "lat", "--uncertainty-km", "r", "-o", "-"]
    assert main(argv) == 1
    assert says in capsys.readouterr().err


def test_text_in_another_encoding_is_the_data_s_fault(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "latin.csv"
    path.write_bytes("lon,lat,é\n1,2,3\n".encode("latin-1"))
    assert main(["locate", str(path), "--lon", "lon", "--lat", "lat", "-o", "-"]) == 1
    assert "is not UTF-8" in capsys.readouterr().err


def test_never_writes_over_its_own_input(points: Callable[[str], Path], capsys: Capture) -> None:
    path = points("lon,lat\n71,34\n")
    link = path.with_name("link.csv")
    link.symlink_to(path)
    for name in (path, link, path.parent / "." / path.name):
        assert main(["locate", str(path), "--lon", "lon", "--lat", "lat", "-o", str(name)]) == 2
    assert "is the input" in capsys.readouterr().err
    assert path.read_text() == "lon,lat\n71,34\n"


@given(
    st.lists(
        st.tuples(st.text(st.characters(exclude_categories=["Cs"])), st.floats(-180, 180), st.floats(-90, 90)),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from([",", ";", "\t"]),
    st.booleans(),
)
def test_any_other_cell_comes_back_as_it_was(
    rows: list[tuple[str, float, float]],
    delimiter: str,
    marked: bool,  # noqa: FBT001
) -> None:
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([("name", "lon", "lat"), *rows])
    raw = (b"\xef\xbb\xbf" if marked else b"") + file.getvalue().encode()
    found = PointsFile.parse("points.csv", raw, named=("lon", "lat"))
    again = PointsFile.parse("points.csv", found.with_columns(["n"], [["1"] * len(rows)]), named=("lon", "lat"))
    assert (again.delimiter, again.marked) == (delimiter, marked)
    assert again.column("name") == [name for name, _, _ in rows]
    lon, _, faults = coordinates(again, "lon", "lat")
    assert (list(lon), faults) == ([lon for _, lon, _ in rows], [])
