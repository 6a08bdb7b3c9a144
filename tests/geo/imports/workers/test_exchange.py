"""Files that workers leave: whole or not there, and the same whoever leaves them."""

from dataclasses import replace

import fsspec
import pytest

from geo.datasets.folder import DataFolder
from geo.imports.distributed_run import (
    Given,
    WorkersError,
    exchange_within,
    find_spans,
    fingerprint,
    make_block,
    part_of,
    plan_files,
    rejected_of,
)
from geo.imports.pipeline import Wanted
from tests.geo.imports.files import acled_file, acled_row


@pytest.fixture(params=["folder", "elsewhere"])
def exchange(request, tmp_path):
    with exchange_within(tmp_path, None if request.param == "folder" else "memory://left") as made:
        yield made


class TestLeaving:
    def test_what_is_left_can_be_taken(self, exchange, tmp_path):
        assert exchange.leave("one", lambda path: path.write_bytes(b"rows")) == 4
        assert exchange.sees("one")
        exchange.fetch("one", tmp_path / "taken")
        assert (tmp_path / "taken").read_bytes() == b"rows"

    def test_who_dies_while_making_it_leaves_nothing(self, exchange):
        def die(path):
            path.write_bytes(b"half of the r")
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            exchange.leave("one", die)
        assert not exchange.sees("one")

    def test_what_nobody_left_is_named(self, exchange, tmp_path):
        with pytest.raises(WorkersError, match="two, which a worker left, cannot be fetched"):
            exchange.fetch("two", tmp_path / "taken")

    def test_afterwards_everything_is_gone(self, tmp_path):
        for address in (None, "memory://left"):
            with exchange_within(tmp_path, address) as made:
                made.leave("one", lambda path: path.write_bytes(b"rows"))
        assert list(tmp_path.iterdir()) == []
        assert fsspec.filesystem("memory").find("/left") == []

    def test_a_place_that_cannot_be_written_is_named(self, tmp_path):
        said = pytest.raises(WorkersError, match="nothing://x: nothing can be written there")
        with said, exchange_within(tmp_path, "nothing://x"):
            pass


class TestTasks:
    @pytest.fixture
    def given(self, exchange, tmp_path):
        file = acled_file(tmp_path / "acled.csv", acled_row(1), acled_row(2), acled_row(3, event_date="one day"))
        (planned,) = plan_files([file], Wanted(), DataFolder(tmp_path / "data"))
        return Given(
            file=file,
            name="acled.csv",
            wanted=Wanted(),
            layout=planned.rows.layout,
            plan=planned.plan,
            number=7,
            exchange=exchange,
            expected=fingerprint(),
        )

    def test_a_task_that_is_done_twice_leaves_the_same_bytes(self, given, tmp_path):
        (span,) = find_spans(given, given.layout, 100)
        taken = []
        for at in range(2):
            left = make_block(given, given.layout, 0, span)
            for name in (part_of(left.key), rejected_of(left.key)):
                given.exchange.fetch(name, tmp_path / f"{at}-{name}")
            taken.append(
                [(tmp_path / f"{at}-{name}").read_bytes() for name in (part_of(left.key), rejected_of(left.key))]
            )
        assert taken[0] == taken[1]

    def test_only_counts_come_back(self, given):
        left = make_block(given, given.layout, 0, find_spans(given, given.layout, 100)[0])
        assert (left.key, left.rejected, left.result.rows, left.result.rejected.num_rows) == ("00007-00000", 1, 3, 0)

    @pytest.mark.parametrize(
        ("own", "other", "said"),
        [
            pytest.param("duckdb ", "duckdb 1.", r"duckdb [\d.]+, not 1\.", id="library"),
            pytest.param("\ncode ", "\ncode 0", "this program's code [0-9a-f]+, not 0", id="code"),
            pytest.param("LANGUAGE en", "LANGUAGE tg", "INCIDENT_MAP_LANGUAGE en, not tg;", id="language"),
        ],
    )
    def test_a_worker_that_differs_does_nothing(self, given, own, other, said):
        unlike = replace(given, expected=fingerprint().replace(own, other))
        with pytest.raises(WorkersError, match=rf"differs from this machine: {said}.*requirements-cluster\.txt"):
            find_spans(unlike, given.layout, 100)
