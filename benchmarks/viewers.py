"""Fifty concurrent viewers, and five hundred in succession, that talk to a server over a websocket as a tab does."""

import asyncio
import math
import random
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from benchmarks import material
from benchmarks.browsing import peer_script
from benchmarks.measure import ROOT, Result, memory_gb
from benchmarks.serving import served

VIEWERS: Final = 50
CHANGES: Final = 3
"""How often each changes the filter."""
YEARS: Final = ("2021", "2022", "2023", "2024", "2025", "2026")
SESSIONS: Final = 500
PATIENCE_S: Final = 300
IMPORTED: Final = 100_000
PEER: Final = "plain folium through streamlit-folium"


class Viewer:
    """One tab, with its state of the page."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._page = ""
        self._years = ""
        self._kept: set[str] = set()
        self.text = ""

    async def load(self) -> float:
        """Request the page, and return the seconds until it is complete."""
        return await self._run(BackMsg())

    async def choose(self, year: str) -> float:
        """Choose a year as a click does, and return the seconds until the page has followed."""
        message = BackMsg()
        state = message.rerun_script.widget_states.widgets.add(id=self._years)
        state.string_array_value.data.append(year)
        return await self._run(message)

    async def _run(self, message: BackMsg) -> float:
        message.rerun_script.page_script_hash = self._page
        message.rerun_script.cached_message_hashes.extend(self._kept)
        self.text = ""
        start = time.perf_counter()
        await self._connection.send(message.SerializeToString())
        async with asyncio.timeout(PATIENCE_S):
            while not self._ended(ForwardMsg.FromString(await self._connection.recv(decode=False))):
                pass
        return time.perf_counter() - start

    def _ended(self, message: ForwardMsg) -> bool:
        if message.metadata.cacheable:
            self._kept.add(message.hash)
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self._page = message.new_session.page_script_hash
        elif kind == "delta":
            element = message.delta.new_element
            shown = element.WhichOneof("type")
            if shown == "exception":
                raise RuntimeError(element.exception.message)
            if shown == "markdown":
                self.text += element.markdown.body
            if shown == "button_group" and element.button_group.label == "Year":
                self._years = element.button_group.id
        return kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN


@asynccontextmanager
async def viewers(port: int, number: int) -> AsyncIterator[list[Viewer]]:
    """Open tabs, and close them at the end."""
    address = f"ws://localhost:{port}/_stcore/stream"
    async with AsyncExitStack() as opened:
        yield [
            Viewer(
                await opened.enter_async_context(
                    connect(address, subprotocols=[Subprotocol("streamlit")], max_size=None, ping_interval=None)
                )
            )
            for _ in range(number)
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """Measurements of a crowd of viewers."""

    taken_s: dict[str, list[float]]
    """Seconds for each viewer, by action."""
    peak_gb: float | None
    growth_gb: float | None
    """Growth of the server's memory from the first tenth of the sessions to the last; None if unknown."""


async def _crowd(port: int, process: int) -> Crowd:
    """Admit one viewer, then all at once, who change the filter together several times; then viewers in succession."""
    dice = random.Random(7)
    async with viewers(port, 1) as (first,):
        await first.load()
    async with viewers(port, VIEWERS) as tabs:
        loads = await asyncio.gather(*(viewer.load() for viewer in tabs))
        filters: list[float] = []
        for _ in range(CHANGES):
            filters += await asyncio.gather(*(viewer.choose(dice.choice(YEARS)) for viewer in tabs))
            if any("incident" not in viewer.text for viewer in tabs):
                raise RuntimeError("a page has come without its count of incidents")
    peak = memory_gb(process)
    held = []
    for _ in range(10):
        for _ in range(SESSIONS // 10):
            async with viewers(port, 1) as (viewer,):
                await viewer.load()
                await viewer.choose(dice.choice(YEARS))
        held.append(memory_gb(process, peak=False))
    first_gb, *_, last_gb = held
    growth = None if first_gb is None or last_gb is None else last_gb - first_gb
    return Crowd(taken_s={"first load": loads, "filter": filters}, peak_gb=peak, growth_gb=growth)


def _measured(script: Path, data: Path) -> Crowd:
    with served(script, data) as (port, process):
        return asyncio.run(_crowd(port, process))


def results() -> Iterator[Result]:
    """Measure the record alone against the plain folium app, then with imported incidents."""
    with peer_script() as peer, tempfile.TemporaryDirectory() as nothing:
        alone = _measured(ROOT / "app.py", Path(nothing))
        plain = _measured(peer, Path(nothing))
    yield from _lines(alone, plain, None)
    yield from _lines(_measured(ROOT / "app.py", Path(material.imported(IMPORTED).path)), None, IMPORTED)


def _lines(ours: Crowd, peer: Crowd | None, size: int | None) -> Iterator[Result]:
    """Yield the lines of the table; with six years to choose from, most viewers choose what others have chosen."""
    named = partial(Result, peer_name=PEER if peer else "", size=size)
    for what in ours.taken_s:
        for name, of in (("median", statistics.median), ("p95", p95)):
            yield named(
                what=f"{what}, {VIEWERS} viewers at once, {name}",
                ours=of(ours.taken_s[what]),
                peer=of(peer.taken_s[what]) if peer else None,
            )
    yield named(
        what=f"memory of the server, {VIEWERS} viewers, peak",
        ours=ours.peak_gb,
        peer=peer.peak_gb if peer else None,
        unit="GB",
    )
    yield named(
        what=f"memory after {SESSIONS} sessions over that after {SESSIONS // 10}",
        ours=ours.growth_gb,
        peer=peer.growth_gb if peer else None,
        unit="GB",
        aim="0",
    )


def p95(times: Sequence[float]) -> float:
    """Return the 95th percentile."""
    return sorted(times)[math.ceil(0.95 * len(times)) - 1]
