"""Newer files put into a dataset: what is new, changed, gone and kept, and that this is every row."""

from datetime import date

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.datasets import upsert as carry
from geo.datasets.dataset import CHANGES_FILE, IMPORT_SCHEMA, LATER_COLUMNS, Deaths, FieldChange
from geo.datasets.parts import file_fault
from geo.datasets.upsert import upsert
from tests.geo.datasets.tables import make_parts, make_row

pytestmark = pytest.mark.slow

OCTOBER = {number: {"date_start": date(2025, 10, number)} for number in range(1, 32)}


def upserted(folder, old, new):
    """What the difference says, and the rows that stand afterwards by id."""
    before = make_parts(folder / "old", old)
    make_parts(folder / "new", new)
    found = upsert(folder / "new", before)
    rows = [row for part in sorted((folder / "new").glob("part-*")) for row in pq.read_table(part).to_pylist()]
    assert len({row["id"] for row in rows}) == len(rows) == found.new_rows
    return found, {row["id"].removeprefix("acled-afg"): row for row in rows}


def test_a_release_without_the_later_columns_gains_them(tmp_path):
    make_parts(tmp_path / "new", [make_row(1, injured_low=5, injured_high=7), make_row(2)])
    made = make_parts(tmp_path / "old", [make_row(1), make_row(2), make_row(3, **OCTOBER[5])])
    for part in made:
        pq.write_table(pq.read_table(part).drop_columns(list(LATER_COLUMNS)), part)
    assert [file_fault(part, IMPORT_SCHEMA) for part in made] == [""]
    found = upsert(tmp_path / "new", made)
    assert counts(found) == {"changed": 1, "same": 1, "kept": 1}
    assert {change.field: (change.old, change.new) for row in found.examples for change in row.fields} == {
        "injured_low": (None, "5"),
        "injured_high": (None, "7"),
    }


def counts(found):
    return {what: getattr(found, what) for what in ("new", "changed", "same", "gone", "kept") if getattr(found, what)}


OLD = [make_row(number, **OCTOBER[number]) for number in (1, 10, 20)]


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        pytest.param(OLD, {"same": 3}, id="the same"),
        pytest.param([*OLD, make_row(4, **OCTOBER[30])], {"same": 3, "new": 1}, id="one more"),
        pytest.param([OLD[0], OLD[2]], {"same": 2, "gone": 1}, id="one less"),
        pytest.param(
            [OLD[0], make_row(10, **OCTOBER[10], place="Bak"), OLD[2]], {"same": 2, "changed": 1}, id="one changed"
        ),
        pytest.param([OLD[2]], {"same": 1, "kept": 2}, id="days before"),
        pytest.param([OLD[0]], {"same": 1, "kept": 2}, id="days after"),
        pytest.param([make_row(4, date_start=date(2025, 11, 1))], {"new": 1, "kept": 3}, id="another month"),
        pytest.param(
            [make_row(number, **OCTOBER[number], country="PK") for number in (2, 31)],
            {"new": 2, "kept": 3},
            id="another country",
        ),
        pytest.param(
            [make_row(number, **OCTOBER[number], subtype="protest") for number in (2, 31)],
            {"new": 2, "kept": 3},
            id="another kind",
        ),
        pytest.param(
            [make_row(number, **OCTOBER[number], province_code="AF-PKA") for number in (2, 31)],
            {"new": 2, "kept": 3},
            id="another province",
        ),
        pytest.param(
            [make_row(2, **OCTOBER[2]), make_row(31, **OCTOBER[31])], {"new": 2, "gone": 2, "kept": 1}, id="days within"
        ),
        pytest.param([], {"kept": 3}, id="nothing"),
    ],
)
def test_each_row_has_a_fate(tmp_path, new, expected):
    found, _ = upserted(tmp_path, OLD, new)
    assert counts(found) == expected


def test_missing_values_are_covered_by_missing_values(tmp_path):
    nowhere = {"country": None, "province_code": None}
    old = [make_row(number, **OCTOBER[number], **nowhere) for number in (1, 10, 20)]
    found, _ = upserted(tmp_path, old, [old[0], old[2]])
    assert counts(found) == {"same": 2, "gone": 1}


class TestChanges:
    @pytest.fixture
    def found(self, tmp_path):
        changed = make_row(1, killed_best=5, actors=["Taliban"], lon=70.0)
        return upserted(tmp_path, [make_row(1), make_row(2)], [changed, make_row(2)])[0]

    def test_they_are_told_field_by_field(self, found):
        (row,) = found.examples
        assert (row.what, row.source_id) == ("changed", "AFG1")
        assert row.fields == (
            FieldChange(field="actors", old="[Taliban, Frontier Corps]", new="[Taliban]"),
            FieldChange(field="killed_best", old="2", new="5"),
            FieldChange(field="lon", old="69.92", new="70.0"),
        )

    def test_all_are_in_a_file(self, found, tmp_path):
        rows = pq.read_table(tmp_path / "new" / CHANGES_FILE).to_pylist()
        assert {(row["id"], row["field"]) for row in rows} == {
            ("acled-afg1", field.field) for field in found.examples[0].fields
        }

    def test_the_effect_on_the_totals_is_told(self, found):
        assert found.old_killed == Deaths(low=2, best=4, high=6)
        assert found.new_killed == Deaths(low=2, best=7, high=6)

    def test_what_the_join_adds_is_no_change(self, tmp_path):
        found, _ = upserted(tmp_path, [make_row(1)], [make_row(1, border_km=12.0, source_row=7, search="x")])
        assert found.empty


def test_the_newer_row_stands(tmp_path):
    _, rows = upserted(tmp_path, [make_row(1, place="Bak"), make_row(2, date_start=date(2020, 1, 1))], [make_row(1)])
    assert {number: row["place"] for number, row in rows.items()} == {"1": "Khost", "2": "Khost"}


numbers = st.sets(st.integers(1, 31), min_size=1)


@given(old=numbers, new=numbers, changed=numbers)
def test_no_row_is_lost_and_none_is_made_up(tmp_path_factory, old, new, changed):
    row = lambda n, **changes: make_row(n, **OCTOBER[n], country="AF" if n % 3 else "PK", **changes)  # noqa: E731
    found, rows = upserted(
        tmp_path_factory.mktemp("upsert"),
        [row(n) for n in old],
        [row(n, **({"place": "Bak"} if n in changed else {})) for n in new],
    )
    standing = {int(number) for number in rows}
    assert new <= standing <= old | new
    assert (found.new, found.changed) == (len(new - old), len(old & new & changed))
    assert (found.gone, found.kept) == (len(old - standing), len(standing - new))
    assert found.old_rows == len(old)
    assert found.new_killed.best == 2 * len(standing)


class TestCarry:
    def test_whole_parts_are_not_written_again(self, tmp_path, monkeypatch):
        monkeypatch.setattr(carry, "_SMALL", 2)
        before = make_parts(tmp_path / "old", [make_row(1), make_row(2)], [make_row(3), make_row(4)])
        make_parts(tmp_path / "new", [make_row(1, country="PK")])
        upsert(tmp_path / "new", before)
        assert [part.stat().st_nlink for part in sorted((tmp_path / "new").glob("part-*"))] == [1, 2, 1]

    def test_small_parts_are_put_together(self, tmp_path):
        before = make_parts(tmp_path / "old", *([make_row(number)] for number in range(2, 9)))
        make_parts(tmp_path / "new", [make_row(1, country="PK")])
        upsert(tmp_path / "new", before)
        assert [pq.read_metadata(part).num_rows for part in sorted((tmp_path / "new").glob("part-*"))] == [1, 7]
