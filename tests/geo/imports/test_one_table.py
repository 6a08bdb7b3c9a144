"""Of several tables in a file, the one that a publisher's columns tell is read without being named."""

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.imports.pipeline import Wanted
from geo.imports.readers.together import joined_columns
from geo.incident.errors import UnreadableError
from tests.geo.imports.files import acled_row
from tests.geo.imports.imported_rows import BOLDAK, PARACHINAR, imported

EVENTS = [[*acled_row(1)], [*acled_row(1).values()], [*acled_row(2).values()]]
ROADS = [["road", "surface"], ["A1", "gravel"], ["A2", "asphalt"]]
CLINICS = [["clinic", "beds"], ["Khost", "12"], ["Gardez", "7"]]


@pytest.fixture
def book(tmp_path):
    """Write a workbook of sheets, by their titles, and return where."""

    def written(**sheets):
        made = openpyxl.Workbook()
        made.remove(made.active)
        for title, lines in sheets.items():
            sheet = made.create_sheet(title)
            for line in lines:
                sheet.append(line)
        made.save(tmp_path / "book.xlsx")
        return tmp_path / "book.xlsx"

    return written


@pytest.mark.parametrize(
    ("sheets", "said"),
    [
        pytest.param({"roads": ROADS, "events": EVENTS}, "ACLED event file; not the other, 'roads'", id="of two"),
        pytest.param(
            {"events": EVENTS, "roads": ROADS, "clinics": CLINICS},
            "not the 2 others, 'roads' and 'clinics'",
            id="of three",
        ),
    ],
)
def test_the_one_that_is_known_is_read_and_named(book, sheets, said):
    rows = Wanted().opened(book(**sheets))
    assert rows.header == tuple(EVENTS[0])
    assert rows.tables == tuple(sheets)
    assert rows.notes[0].startswith("only the table 'events' is read")
    assert said in rows.notes[0]


@pytest.mark.parametrize(
    "sheets",
    [
        pytest.param({"roads": ROADS, "clinics": CLINICS}, id="none is known"),
        pytest.param({"one": EVENTS, "roads": ROADS, "two": EVENTS}, id="two are"),
        pytest.param({"events": EVENTS, **{f"s{n}": ROADS for n in range(30)}}, id="too many to open"),
    ],
)
def test_otherwise_they_have_to_be_named(book, sheets):
    with pytest.raises(UnreadableError, match="name those to read") as raised:
        Wanted().opened(book(**sheets))
    assert raised.value.choices == tuple(sheets)


def test_one_that_is_named_is_read(book):
    assert Wanted(tables=("roads",)).opened(book(events=EVENTS, roads=ROADS)).header == ("road", "surface")


AF_1 = ["66.3997", "31.0058", "2"]
AF_2 = ["70.1008", "33.8992", "1"]


@pytest.mark.parametrize(
    ("first", "second", "header"),
    [
        pytest.param(
            ["Date", "lon", "lat", "KIA"],
            ["Event date", "Longitude", "Latitude", "Killed"],
            ("Date", "lon", "lat", "KIA", "sheet"),
            id="one meaning, other names",
        ),
        pytest.param(
            ["date", "lon", "lat", "killed"],
            ["DATE ", "Lon", "LAT", "Killed"],
            ("date", "lon", "lat", "killed", "sheet"),
            id="case and spaces",
        ),
        pytest.param(
            ["date", "lon", "lat", "Дата отчёта"],
            ["дата", "долгота", "широта", "погибшие"],
            ("date", "lon", "lat", "Дата отчёта", "погибшие", "sheet"),
            id="another language, another column",
        ),
    ],
)
def test_columns_of_one_meaning_are_one_column(book, first, second, header):
    path = book(one=[first, ["2025-10-11", *AF_1]], two=[second, ["2025-10-12", *AF_2]])
    found = imported(path, tables=("one", "two"))
    assert Wanted(tables=("one", "two")).opened(path).header == header
    assert [line.split(" | ")[:2] for line in found.rows] == [
        [BOLDAK, "2025-10-11"],
        [PARACHINAR, "2025-10-12"],
    ]
    if "KIA" in header:
        assert [line.split(" | ")[2] for line in found.rows] == ["2", "1"]
        assert "'Killed' of 'two' as 'KIA'" in found.notes


def test_a_column_that_both_sheets_have_stays_itself(book):
    header, values = ["Event date", "Date", "lon", "lat"], ["2025-10-11", "2026-01-01", "66.3997", "31.0058"]
    path = book(one=[header, values], two=[["Date", "lon", "lat"], ["2025-10-12", *AF_2[:2]]])
    found = imported(path, tables=("one", "two"))
    assert [line.split(" | ")[1] for line in found.rows] == ["2025-10-11", "2025-10-12"]


NAMES = st.lists(st.sampled_from(["Date", "date", "Event date", "KIA", "Killed", "killed", "x", "#", ""]), unique=True)


@given(st.lists(NAMES.filter(len), min_size=1, max_size=4))
def test_no_column_is_lost_or_joined_to_another_of_its_table(headers):
    deaths = [[name for name in header if name.lower() in {"kia", "killed"}] for header in headers]
    guessed = [{"killed": names[0]} if names else {} for names in deaths]
    found = joined_columns(list(zip(headers, guessed, strict=True)))
    assert [list(own.values()) for own in found] == headers


def test_one_that_is_not_there_is_not_replaced(book):
    with pytest.raises(UnreadableError, match="'rivers'"):
        Wanted(tables=("rivers",)).opened(book(events=EVENTS, roads=ROADS))
