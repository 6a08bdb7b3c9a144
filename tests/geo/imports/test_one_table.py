"""Of several tables in a file, the one that a publisher's columns tell is read without being named."""

import openpyxl
import pytest

from geo.imports.pipeline import Wanted
from geo.incident.errors import UnreadableError
from tests.geo.imports.files import acled_row

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
    assert rows.notes[0].startswith("the table 'events' is read")
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
    with pytest.raises(UnreadableError, match="have to be named") as raised:
        Wanted().opened(book(**sheets))
    assert raised.value.choices == tuple(sheets)


@pytest.mark.parametrize(
    "named", [pytest.param({"table": "roads"}, id="one"), pytest.param({"tables": ("roads",)}, id="in a list")]
)
def test_one_that_is_named_is_read(book, named):
    assert Wanted(**named).opened(book(events=EVENTS, roads=ROADS)).header == ("road", "surface")


def test_one_that_is_not_there_is_not_replaced(book):
    with pytest.raises(UnreadableError, match="'rivers'"):
        Wanted(table="rivers").opened(book(events=EVENTS, roads=ROADS))
