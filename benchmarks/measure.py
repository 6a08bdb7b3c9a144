"""Taking times in turn, and the table they end in."""

import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version

from geo.wording import day_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One line of the table."""

    what: str
    ours: float
    peer: float | None
    """None where there is nothing to compare with."""
    peer_name: str
    unit: str = "s"
    aim: str = ""

    def cells(self) -> tuple[str, ...]:
        """Return the line's cells: what, ours, peer, ratio, aim."""
        peer = "" if self.peer is None else f"{quantity(self.peer, self.unit)} ({self.peer_name})"
        ratio = "" if not self.peer else f"{self.ours / self.peer:.2g}"
        return self.what, quantity(self.ours, self.unit), peer, ratio, self.aim


def quantity(value: float, unit: str) -> str:
    """Write a quantity to three digits.

    >>> quantity(0.01234, "s"), quantity(4321.0, "KB")
    ('0.0123 s', '4,321 KB')
    """
    return f"{value:,.0f} {unit}" if value >= 1000 else f"{value:.3g} {unit}"  # three digits


def in_turn(ours: Callable[[], object], peer: Callable[[], object], *, rounds: int) -> tuple[float, float]:
    """Return the median seconds of two calls made in turn, after one round that does not count."""
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds + 1):
        for call, taken in ((ours, times[0]), (peer, times[1])):
            start = time.perf_counter()
            call()
            if number:
                taken.append(time.perf_counter() - start)
    return statistics.median(times[0]), statistics.median(times[1])


def machine() -> str:
    """Describe the machine and what ran on it."""
    packages = ("geopandas", "shapely", "folium", "streamlit", "streamlit-folium", "matplotlib", "duckdb")
    memory_gib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    return (
        f"{platform.machine()}, {os.cpu_count()} processors, {memory_gib:.0f} GiB, {platform.system()}, "
        f"Python {platform.python_version()}; {versions}"
    )


def table(results: Sequence[Result]) -> str:
    """Write the results as Markdown, with machine and date."""
    head = ("what", "ours", "instead", "ratio", "aim")
    rows = [head, ("---",) * len(head), *(result.cells() for result in results)]
    lines = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    today = day_words(date.today())  # noqa: DTZ011  # the day where the machine stands
    return f"""# Benchmarks

{today}; {machine()}.

Medians, taken in turn in one run; a ratio under 1 means that ours is faster or smaller. Made again by `make bench`.

{lines}
"""
