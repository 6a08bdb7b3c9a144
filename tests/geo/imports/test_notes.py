"""What a report says of a file as a whole: where it lies, what is left unused, what is known by name alone."""

import pytest

from geo.datasets.folder import DataFolder
from geo.imports.report import MOST_NAMES, NameCount, counts_notes
from tests.geo.imports.files import import_file

PARACHINAR = ("2025-10-12", "33.8992", "70.1008", "Pakistan")
OUTSIDE = "outside Afghanistan, Pakistan and Tajikistan"
HEADER = ("date", "lat", "lon", "country")


@pytest.fixture
def report(tmp_path):
    """Import lines as a CSV file, and return the report."""

    def made(*lines, header=HEADER, **wanted):
        path = tmp_path / "rows.csv"
        path.write_text("\n".join(",".join(line) for line in (header, *lines)), "utf-8")
        return import_file(path, DataFolder(tmp_path / "data"), **wanted)

    return made


def elsewhere(*names):
    return [("2025-10-11", "35.7", "51.4", name) for name in names]


@pytest.mark.parametrize(
    ("lines", "counted", "notes"),
    [
        pytest.param(
            elsewhere("Iran", "Iran", "Iraq"),
            {"Iran": 2, "Iraq": 1},
            [f"all 3 rows lie {OUTSIDE} (Iran, 2 rows; Iraq, 1 row); nothing was imported"],
            id="all, by name",
        ),
        pytest.param(
            elsewhere(""),
            {"": 1},
            [f"its only row lies {OUTSIDE} (by their coordinates, 1 row); nothing was imported"],
            id="one, by its point",
        ),
        pytest.param(
            [PARACHINAR, *elsewhere("Iran")],
            {"Iran": 1},
            [f"1 row lies {OUTSIDE}: Iran, 1 row"],
            id="some",
        ),
        pytest.param([PARACHINAR], {}, [], id="none"),
    ],
)
def test_rows_elsewhere_are_counted_by_country(report, lines, counted, notes):
    found = report(*lines)
    assert {one.name: one.rows for one in found.elsewhere} == counted
    assert [note for note in found.notes if "outside" in note] == notes
    assert found.committed is (PARACHINAR in lines)


SWAPPED = ("2025-10-11", "66.3997", "31.0058", "")


@pytest.mark.parametrize(
    ("lines", "exchanged", "note"),
    [
        pytest.param([SWAPPED, ("2025-10-12", "70.1008", "33.8992", "")], 2, "all would lie inside", id="all"),
        pytest.param([SWAPPED, *elsewhere("")], 1, "one of them would lie inside", id="one of them"),
        pytest.param([(*SWAPPED[:3], "Pakistan")], 0, None, id="not with another country"),
        pytest.param(elsewhere(""), 0, None, id="none"),
    ],
)
def test_what_would_lie_inside_with_coordinates_exchanged_is_said(report, lines, exchanged, note):
    found = report(*lines)
    assert sum(one.rows for one in found.exchanged) == exchanged
    assert any(note in said for said in found.notes) if note else not any("exchanged" in said for said in found.notes)


def test_columns_are_named_with_their_fields_and_those_that_are_left(report):
    lines = [("2025-10-11", "31.0058", "66.3997", "3", "5", "2025-11-01", "red")]
    found = report(*lines, header=("date", "lat", "lon", "killed", "women killed", "date of entry", "colour"))
    assert {use.column: use.field for use in found.used} == {
        "date": "date_start",
        "lat": "latitude",
        "lon": "longitude",
        "killed": "killed",
    }
    assert found.unused == ("women killed", "date of entry", "colour")
    assert "not used, though it looks like a number of people: 'women killed'" in found.notes
    assert "not used, though it looks like a date: 'date of entry'" in found.notes
    assert not any("colour" in note for note in found.notes)


def test_figures_of_groups_are_added_up_and_that_is_said(report):
    header = ("date", "country", "civilians killed", "soldiers killed")
    found = report(("2025-10-11", "Pakistan", "2", "3"), ("2025-10-12", "Pakistan", "1", ""), header=header)
    assert (found.killed.low, found.killed.best) == (6, 6)
    assert any("are added up" in note for note in found.notes)
    assert not any("at least" in note for note in found.notes)


def test_a_part_that_is_not_added_is_said(report):
    header = ("date", "country", "civilians killed", "journalists killed")
    found = report(("2025-10-11", "Pakistan", "2", "3"), header=header)
    assert any("at least what is used" in note and "'journalists killed'" in note for note in found.notes)


@pytest.mark.parametrize(
    ("texts", "killed"),
    [
        pytest.param(["several", "?", ""], None, id="no figure"),
        pytest.param(["several", "0"], (0, 0, 0), id="0 is one"),
        pytest.param(["5-7", "3"], (8, 8, 10), id="a range"),
        pytest.param(["at least 5", "3"], (8, 8, 8), id="an open end"),
    ],
)
def test_no_figure_is_none_and_not_0(report, texts, killed):
    lines = [(f"2025-10-{day}", "Pakistan", text) for day, text in enumerate(texts, 10)]
    found = report(*lines, header=("date", "country", "killed"))
    assert (found.killed and (found.killed.low, found.killed.best, found.killed.high)) == killed


NAMES = [
    ("2025-10-11", "Spin Boldak", "Afghanistan"),
    ("2025-10-12", "Atlantis", "Afghanistan"),
    ("2025-10-13", "Helmand", "AF"),
]
PLACE = ("date", "place", "country")


def test_what_could_be_placed_by_name_is_counted_and_said(report):
    found = report(*NAMES, header=PLACE)
    assert found.named == ()
    assert {one.name: one.rows for one in found.nameable} == {
        "Spin Boldak → Spin Boldak, within 5 km": 1,
        "Helmand → the province Helmand": 1,
    }
    assert any(note.startswith("2 rows without coordinates name known places") for note in found.notes)


def test_what_was_placed_by_name_is_counted_and_said(report):
    found = report(*NAMES, header=PLACE, by_name=True)
    assert found.nameable == ()
    assert sum(one.rows for one in found.named) == 2
    assert (found.accepted, found.repaired) == (1, 2)
    assert any(note.startswith("2 rows without coordinates were placed by name") for note in found.notes)


def test_only_the_commonest_names_are_said():
    names = tuple(NameCount(name=f"Land {number}", rows=1) for number in range(12))
    counts = {"rows": 12, "elsewhere": names, "exchanged": (), "named": (), "nameable": ()}
    [note] = counts_notes(counts)
    assert "Land 9" in note
    assert "Land 10" not in note
    assert "2 more" in note
    assert MOST_NAMES > 12


def test_dates_that_may_begin_with_their_year_are_said(report):
    found = report(("25-10-11", "Pakistan"), ("25-10-12", "Pakistan"), header=("date", "country"))
    assert any("25-10-11 begin or end with their year" in note for note in found.notes)
