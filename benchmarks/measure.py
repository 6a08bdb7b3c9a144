"""Measuring times and memory, in this process or in a separate one."""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PATIENCE_S = 60
"""Seconds after which a peer is given up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One line of the table."""

    what: str
    ours: float | None
    """None if only the peer does it."""
    peer: float | None
    """None if there is nothing to compare with."""
    peer_name: str
    unit: str = "s"
    aim: str = ""
    size: int | None = None
    """Number of incidents, if measured with several."""
    said: str = ""
    """Why the peer has no figure."""

    def cells(self) -> tuple[str, ...]:
        """Return the cells of the line: what, ours, peer, ratio, aim."""
        name = f" ({self.peer_name})" if self.peer_name else ""
        peer = f"{self.said}{name}" if self.peer is None else f"{quantity(self.peer, self.unit)}{name}"
        ours = "" if self.ours is None else quantity(self.ours, self.unit)
        ratio = "" if self.ours is None or not self.peer else f"{self.ours / self.peer:.2g}"
        size = "" if self.size is None else f"{self.size:,}: "
        return f"{size}{self.what}", ours, peer if self.peer or self.said else "", ratio, self.aim


def quantity(value: float, unit: str) -> str:
    """Format a quantity to three significant digits.

    >>> quantity(0.01234, "s"), quantity(4321.0, "KB")
    ('0.0123 s', '4,321 KB')
    """
    return f"{value:,.0f} {unit}" if value >= 1000 else f"{value:.3g} {unit}"  # three significant digits


def in_turn(ours: Callable[[], object], peer: Callable[[], object], *, rounds: int) -> tuple[float, float]:
    """Return the median seconds of two calls made alternately, after an uncounted round."""
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds + 1):
        for call, taken in ((ours, times[0]), (peer, times[1])):
            start = time.perf_counter()
            call()
            if number:
                taken.append(time.perf_counter() - start)
    return statistics.median(times[0]), statistics.median(times[1])


def memory_gb(process: int | str = "self", *, peak: bool = True) -> float | None:
    """Return the resident memory of a process in GB (10⁹ bytes), at its peak or now; None if not on Linux."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text("ascii").splitlines():
            if line.startswith("VmHWM:" if peak else "VmRSS:"):
                return int(line.split()[1]) * 1024 / 1e9
    return None


def alone(module: str, *arguments: Any, patience_s: float | None = None) -> dict[str, Any] | None:
    """Run a module of this package in a separate process, and return the JSON on its last line of output.

    None if it takes too long or fails, for instance for lack of memory; its errors are printed.
    """
    command = [sys.executable, "-m", f"benchmarks.{module}", *map(str, arguments)]
    try:
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, timeout=patience_s, check=True)
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        print(f"    {module} {' '.join(map(str, arguments))}: {error}", flush=True)
        return None
    return json.loads(done.stdout.splitlines()[-1])  # type: ignore[no-any-return]


def median(values: Sequence[float]) -> float:
    """Return the median."""
    return statistics.median(values)


def processors() -> int:
    """Return the number of processors."""
    return os.cpu_count() or 1
