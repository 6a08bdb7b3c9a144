"""Sessions come and go, over the websocket as those of a browser do, and leave nothing in the server's memory."""

from itertools import cycle

import pytest

from benchmarks.measure import ROOT, memory_gb
from benchmarks.serving import served
from benchmarks.viewers import YEARS, viewers
from tests.conftest import awaited

FIRST, MORE = 140, 80
"""Sessions until the server holds as many as Streamlit keeps for tabs that come back, 128, and after that."""
MOST_EACH_GB = 0.0001
"""Half of what one holds that is kept."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(memory_gb() is None, reason="only Linux says what a process holds"),
]


async def come_and_go(port: int, sessions: int) -> None:
    for year, _ in zip(cycle(YEARS), range(sessions), strict=False):
        async with viewers(port, 1) as (viewer,):
            await viewer.load()
            await viewer.choose(year)
            assert "incident" in viewer.text


def test_sessions_that_have_gone_are_not_held(tmp_path) -> None:
    with served(ROOT / "app.py", tmp_path) as (port, process):
        held = []
        for sessions in (FIRST, MORE):
            awaited(come_and_go, port, sessions)
            held.append(memory_gb(process, peak=False))
    assert held[1] - held[0] < MOST_EACH_GB * MORE
