"""Time from pan or filter to a settled map, in Chromium: the app with imported incidents, and its peers' pages."""

from collections.abc import Iterator, Sequence
from typing import Final

from benchmarks.app_steps import app_steps
from benchmarks.map_timings import STEPS, MapTimings
from benchmarks.measure import Result, median
from benchmarks.peer_pages import KINDS
from benchmarks.peer_steps import peer_steps

_SECONDS: Final = {1_000_000: "at most 0.6 s", 10_000_000: "at most 1.2 s"}


def results(sizes: Sequence[int]) -> Iterator[Result]:
    """Measure the app at every size, then each peer at rising sizes until it fails."""
    ours: dict[int, MapTimings] = {}
    for rows in sizes:
        ours[rows] = app_steps(rows)
        print("  " + " · ".join(" ".join(line.cells()[:2]) for line in _lines(rows, ours[rows], None, "")), flush=True)
    alone = {(line.what, line.size): line for rows in sizes for line in _lines(rows, ours[rows], None, "")}
    for kind in KINDS:
        for rows in sorted(sizes):
            peer = peer_steps(kind, rows)
            for line in _lines(rows, ours[rows], peer, kind):
                alone.pop((line.what, line.size), None)
                yield line
            if peer.said:
                break
    yield from alone.values()


def _lines(rows: int, ours: MapTimings, peer: MapTimings | None, name: str) -> Iterator[Result]:
    pairs = (
        ("page asked for to first map", "first", "s", ""),
        (f"pan to settled map, median of {STEPS}", "pans", "s", _SECONDS.get(rows, "")),
        (f"filter to settled map, median of {STEPS}", "filters", "s", _SECONDS.get(rows, "")),
        ("sent for a pan", "pan_kb", "KB", "at most 60 KB"),
        ("sent for a filter", "filter_kb", "KB", "at most 60 KB"),
        ("memory of the server, peak", "memory_gb", "GB", "at most 2 GB" if rows == 10_000_000 else ""),
    )
    said = peer.said if peer else ""
    for what, key, unit, aim in pairs:
        values = (_middle(getattr(ours, key)), None if peer is None else _middle(getattr(peer, key)))
        if peer is not None and values[1] is None and not said:
            continue
        yield Result(
            what=what,
            ours=values[0],
            peer=values[1],
            peer_name=name,
            unit=unit,
            aim=aim,
            size=rows,
            said=said if values[1] is None else "",
        )
        said = said if values[1] is not None else ""  # report it once


def _middle(value: float | list[float] | None) -> float | None:
    return (median(value) if value else None) if isinstance(value, list) else value
