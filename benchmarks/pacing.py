"""Fifty viewers for some minutes at human pace: each pans the map or changes the filter every five seconds."""

import asyncio
import os
import random
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from benchmarks import material
from benchmarks.measure import ROOT, Result, memory_gb
from benchmarks.serving import served
from benchmarks.viewers import VIEWERS, YEARS, Viewer, p95, viewers

MINUTES: Final = float(os.environ.get("BENCH_MINUTES", "5"))
PAUSE_S: Final = 5.0
FILTER_EVERY: Final = 4
"""Every how many steps the filter changes; the others are pans, which send nothing to the script."""
IMPORTED: Final = 1_000_000
ZOOMS: Final = (6, 7, 8, 9)
WEST_NORTH: Final = (0.66, 0.385)
EAST_SOUTH: Final = (0.71, 0.42)
"""Corners of the region as shares of the world's width and height."""


@dataclass(slots=True)
class Taken:
    """Seconds that each step took."""

    tiles: list[float] = field(default_factory=list)
    pans: list[float] = field(default_factory=list)
    filters: list[float] = field(default_factory=list)
    memory_gb: list[float] = field(default_factory=list)
    """Memory of the server, each minute."""


class Tiles:
    """A persistent connection through which a tab fetches tiles, one after another."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def fetch(self, path: str) -> float:
        """Fetch a tile, and return the seconds it took; raises RuntimeError unless the status is 200."""
        if self._streams is None:
            self._streams = await asyncio.open_connection("localhost", self._port)
        reader, writer = self._streams
        start = time.perf_counter()
        writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost:{self._port}\r\n\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        status, *lines = head.split("\r\n")
        length = next(int(line.split(":")[1]) for line in lines if line.lower().startswith("content-length"))
        await reader.readexactly(length)
        if " 200 " not in status:
            raise RuntimeError(f"{path}: {status}")
        return time.perf_counter() - start

    def close(self) -> None:
        """Close the connection, as the server does after five idle seconds."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


async def _visit(viewer: Viewer, port: int, dice: random.Random, until: float, taken: Taken) -> None:
    """Let a viewer arrive at a random moment, then pan and filter until the end."""
    await asyncio.sleep(dice.random() * PAUSE_S * 4)
    await viewer.load()
    year, step, tiles = "", 0, Tiles(port)
    zoom = dice.choice(ZOOMS)
    across = max(1, 2**zoom // 2)
    at = [dice.uniform(first, last) * across for first, last in zip(WEST_NORTH, EAST_SOUTH, strict=True)]
    while time.perf_counter() < until:
        await asyncio.sleep(PAUSE_S * dice.uniform(0.5, 1.5))
        step += 1
        if step % FILTER_EVERY == 0:
            year = dice.choice(YEARS)
            taken.filters.append(await viewer.choose(year))
        else:
            at = [place + dice.uniform(-1, 1) for place in at]
        query = urlencode({**({"year": year} if year else {}), "rule": "range", "v": "1"})
        start = time.perf_counter()
        for column in range(int(at[0]), int(at[0]) + 3):
            for row in range(int(at[1]), int(at[1]) + 2):
                inside = [min(max(number, 0), across - 1) for number in (column, row)]
                taken.tiles.append(await tiles.fetch(f"/map/tiles/{zoom}/{inside[0]}/{inside[1]}?{query}"))
        taken.pans.append(time.perf_counter() - start)
        tiles.close()


async def _paced(port: int, process: int) -> Taken:
    taken = Taken()
    until = time.perf_counter() + MINUTES * 60

    async def watch() -> None:
        while time.perf_counter() < until:
            await asyncio.sleep(60)
            taken.memory_gb.append(memory_gb(process, peak=False) or 0.0)

    async with viewers(port, VIEWERS) as tabs:
        visits = (_visit(tab, port, random.Random(number), until, taken) for number, tab in enumerate(tabs))
        await asyncio.gather(watch(), *visits)
    return taken


def results() -> Iterator[Result]:
    """Measure with a million imported incidents; any viewer's error ends it."""
    with served(ROOT / "app.py", Path(material.imported(IMPORTED).path)) as (port, process):
        taken = asyncio.run(_paced(port, process))
        peak = memory_gb(process)
    who = f"{VIEWERS} viewers, a step in {PAUSE_S:.0f} s, {MINUTES:.0f} minutes"
    line = partial(Result, peer=None, peer_name="", size=IMPORTED)
    for what, times, aim in (
        ("a tile", taken.tiles, "0.15 s"),
        ("a pan of six tiles", taken.pans, ""),
        ("a filter", taken.filters, "2 s"),
    ):
        yield line(what=f"{what}, {who}, median", ours=statistics.median(times))
        yield line(what=f"{what}, {who}, p95", ours=p95(times), aim=aim)
    yield line(what=f"memory of the server, {who}, peak", ours=peak, unit="GB", aim="1.5")
    grown = taken.memory_gb[-1] - taken.memory_gb[len(taken.memory_gb) // 2]
    yield line(what=f"growth in the second half, {who}", ours=grown, unit="GB", aim="0")
