"""Ids that stand twice in a file, in blocks that were mapped apart."""

import pyarrow.parquet as pq
import pytest

from geo.datasets.dataset import Deaths as Sums
from geo.imports.parts_made import take_out_repeats
from tests.geo.datasets.tables import make_parts, make_row


def standing(folder):
    parts = [pq.read_table(part).to_pylist() for part in sorted(folder.glob("part-*"))]
    return [sorted(row["source_row"] for row in part) for part in parts]


@pytest.fixture
def found(tmp_path):
    """What is taken out of two parts, of which the second has two ids of the first again, one with other values."""
    again = make_row(2, source_row=4, killed_best=9, repairs=["x"], raw={"event_id_cnty": "AFG2", "notes": "Other"})
    make_parts(tmp_path, [make_row(1), make_row(2)], [make_row(3), again, make_row(1, source_row=5)])
    return take_out_repeats(tmp_path, id_column="event_id_cnty")


def test_the_first_row_stands(found, tmp_path):
    assert found.rejected.num_rows == 2
    assert standing(tmp_path) == [[1, 2], [3]]


def test_the_others_are_rejected_with_the_row_that_stands(found):
    rows = found.rejected.to_pylist()
    assert [(row["row"], row["field"], row["raw"]) for row in rows] == [
        (4, "event_id_cnty", "AFG2"),
        (5, "event_id_cnty", "AFG1"),
    ]
    assert ["row 2" in row["reason"] for row in rows] == [True, False]
    assert ["the same" in row["reason"] for row in rows] == [False, True]


def test_a_file_without_ids_has_no_text_of_one(tmp_path):
    make_parts(tmp_path, [make_row(1)], [make_row(1, source_row=2)])
    rows = take_out_repeats(tmp_path, id_column="id").rejected.to_pylist()
    assert [(row["field"], row["raw"]) for row in rows] == [("id", "")]


def test_rows_that_are_alike_and_have_no_id_are_said_to_be(tmp_path):
    row = make_row(1, source_id="row-0123456789ab", raw={"event_id_cnty": "", "notes": "Shelling"})
    make_parts(tmp_path, [row], [{**row, "source_row": 2}])
    [found] = take_out_repeats(tmp_path, id_column="event_id_cnty").rejected.to_pylist()
    said = "is the same in every column as row 1, and has no id"
    assert (found["row"], found["field"], found["raw"], found["reason"]) == (2, "", "", said)


def test_their_values_are_those_of_the_file(found):
    assert [row["values"]["notes"] for row in found.rejected.to_pylist()] == ["Other", "Row 1"]


def test_what_they_added_is_told(found):
    assert found.sums == Sums(low=2, best=11, high=6)
    assert found.repairs == (("x",), ())


def test_parts_without_repeats_are_not_touched(tmp_path):
    (part,) = make_parts(tmp_path, [make_row(1), make_row(2)])
    before = part.stat().st_mtime_ns
    assert take_out_repeats(tmp_path, id_column="id").rejected.num_rows == 0
    assert part.stat().st_mtime_ns == before
