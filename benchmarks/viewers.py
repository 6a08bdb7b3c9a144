"""Fifty viewers at once without a browser: each speaks to a server as a tab does, over a websocket."""

import asyncio
import math
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from benchmarks import material
from benchmarks.browsing import peer_script
from benchmarks.measure import ROOT, Result, memory_gb

VIEWERS: Final = 50
CHANGES: Final = 3
"""How often each of them changes the filter."""
YEARS: Final = ("2021", "2022", "2023", "2024", "2025", "2026")
PATIENCE_S: Final = 300
IMPORTED: Final = 100_000
PEER: Final = "plain folium through streamlit-folium"


class Viewer:
    """One tab: what it knows of the page, and the questions that it has asked."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._page = ""
        self._year: tuple[str, dict[str, str]] = ("", {})
        self._kept: set[str] = set()
        self.text = ""

    async def load(self) -> float:
        """Ask for the page, and return the seconds until all of it is here."""
        return await self._run(BackMsg())

    async def choose(self, year: str) -> float:
        """Choose a year as a click on its pill does, and return the seconds until the page has followed."""
        message = BackMsg()
        pills, values = self._year
        state = message.rerun_script.widget_states.widgets.add(id=pills)
        state.string_array_value.data.append(values[year])
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
                options = [option.content for option in element.button_group.options]
                self._year = element.button_group.id, dict(zip(options, options, strict=True))
        return kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN


@contextmanager
def _served(script: Path, data: Path) -> Iterator[tuple[int, int]]:
    """Run a Streamlit script over a folder of imported incidents, and yield port and process."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    options = ["--server.headless=true", f"--server.port={port}", "--server.enableStaticServing=true"]
    running = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", script.name, *options],
        cwd=script.parent,
        env=os.environ | {"INCIDENT_MAP_DATA": str(data)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield port, running.pid
    finally:
        running.terminate()
        running.wait(20)


async def _viewer(stack: list[ClientConnection], port: int) -> Viewer:
    address = f"ws://localhost:{port}/_stcore/stream"
    for _ in range(300):
        try:
            connection = await connect(address, subprotocols=["streamlit"], max_size=None, ping_interval=None)  # type: ignore[list-item]
        except OSError:
            await asyncio.sleep(0.1)  # the server is about to start
        else:
            stack.append(connection)
            return Viewer(connection)
    raise TimeoutError(f"{address} does not answer")


async def _crowd(port: int) -> dict[str, list[float]]:
    """Let one viewer come, and then all at once, who then all change the filter at once, some times."""
    dice = random.Random(7)
    connections: list[ClientConnection] = []
    try:
        first = await _viewer(connections, port)
        await first.load()
        viewers = [await _viewer(connections, port) for _ in range(VIEWERS)]
        taken = {"first load": await asyncio.gather(*(viewer.load() for viewer in viewers)), "filter": []}
        for _ in range(CHANGES):
            taken["filter"] += await asyncio.gather(*(viewer.choose(dice.choice(YEARS)) for viewer in viewers))
        if any("incident" not in viewer.text for viewer in viewers):
            raise RuntimeError("a page has come without its count of incidents")
        return taken
    finally:
        for connection in connections:
            await connection.close()


def _measured(script: Path, data: Path) -> tuple[dict[str, list[float]], float | None]:
    with _served(script, data) as (port, process):
        taken = asyncio.run(_crowd(port))
        return taken, memory_gb(process)


def results() -> Iterator[Result]:
    """Measure the record alone against the plain folium app, then with incidents imported."""
    with peer_script() as peer, tempfile.TemporaryDirectory() as nothing:
        alone = _measured(ROOT / "app.py", Path(nothing))
        plain = _measured(peer, Path(nothing))
    yield from _lines(alone, plain, None)
    yield from _lines(_measured(ROOT / "app.py", Path(material.imported(IMPORTED).path)), None, IMPORTED)


def _lines(
    ours: tuple[dict[str, list[float]], float | None],
    peer: tuple[dict[str, list[float]], float | None] | None,
    size: int | None,
) -> Iterator[Result]:
    for what in ours[0]:
        for name, of in (("median", statistics.median), ("p95", _p95)):
            yield Result(
                what=f"{what}, {VIEWERS} viewers at once, {name}",
                ours=of(ours[0][what]),
                peer=of(peer[0][what]) if peer else None,
                peer_name=PEER if peer else "",
                size=size,
            )
    yield Result(
        what=f"memory of the server after {VIEWERS} viewers, peak",
        ours=ours[1],
        peer=peer[1] if peer else None,
        peer_name=PEER if peer else "",
        unit="GB",
        size=size,
    )


def _p95(times: Sequence[float]) -> float:
    return sorted(times)[math.ceil(0.95 * len(times)) - 1]
