"""What is there stays out of the collector's rounds, what comes later does not."""

import gc
import weakref

import pytest

from ui.resources import settle

pytestmark = pytest.mark.slow


class _Circle:
    """Refers to itself, so that only the collector frees it."""

    def __init__(self) -> None:
        self.me = self


def test_rounds_leave_out_what_is_there() -> None:
    here = _Circle()
    settle("a page")
    assert not any(found is here for found in gc.get_objects())


def test_what_a_later_run_leaves_behind_is_freed() -> None:
    settle("another page")
    gone = weakref.ref(_Circle())
    gc.collect()
    assert gone() is None


def test_a_page_that_was_drawn_before_costs_nothing() -> None:
    settle("a third page")
    later = _Circle()
    settle("a third page")
    assert any(found is later for found in gc.get_objects())
