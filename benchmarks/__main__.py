"""Measure everything, or some parts at some sizes, and write the table and the chart.

python -m benchmarks
python -m benchmarks --only engine browser --sizes 10000,100000
"""

import argparse
import importlib
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Final

from benchmarks.growth import draw
from benchmarks.material import SIZES
from benchmarks.measure import Result
from benchmarks.stored_results import StoredResult, store_results, stored_results
from benchmarks.table import machine, write_table

PARTS: Final = {
    "locating": "Joining points to provinces and the line",
    "figures": "Figures",
    "browsing": "The record alone, in Chromium",
    "viewers": "Many viewers at once, without a browser",
    "pacing": "Many viewers at a person's pace, without a browser",
    "importing": "Import",
    "engine": "Engine",
    "browser": "Many incidents, in Chromium",
    "distributing": "Past one machine",
}
"""Modules of this package in the order of the table, with their titles."""
_SIZED: Final = ("importing", "engine", "browser")
"""Parts measured at several sizes."""


def main() -> None:
    """Measure one part after another, printing progress."""
    options = _options()
    for part in options.only or PARTS:
        print(f"{PARTS[part]} ({part})", flush=True)
        start = time.perf_counter()
        sizes = options.sizes if part in _SIZED else None
        found: list[StoredResult] = []
        complete = False
        try:
            for result in _printed(_results(part, sizes or SIZES)):
                today = date.today()  # noqa: DTZ011  # the machine's local date
                found.append(StoredResult(part=part, day=today, machine=machine(), result=result))
            complete = True
        finally:
            store_results(found, part=part, sizes=sizes, parts=list(PARTS), complete=complete)
        print(f"  {time.perf_counter() - start:.0f} s", flush=True)
    lines = stored_results()
    draw([line.result for line in lines])
    print("\n" + write_table(lines, PARTS))


def _results(part: str, sizes: Sequence[int]) -> Iterator[Result]:
    measured: Callable[..., Iterator[Result]] = importlib.import_module(f"benchmarks.{part}").results
    return measured(sizes) if part in _SIZED else measured()


def _printed(results: Iterator[Result]) -> Iterator[Result]:
    for result in results:
        print("  " + " · ".join(cell for cell in result.cells() if cell), flush=True)
        yield result


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=PARTS, help="parts to measure; the others stay as they were found")
    parser.add_argument("--sizes", type=_sizes, help="numbers of incidents, as in 10000,100000 (default: all)")
    return parser.parse_args()


def _sizes(text: str) -> list[int]:
    sizes = [int(size) for size in text.split(",")]
    if not set(sizes) <= set(SIZES):
        raise argparse.ArgumentTypeError(f"choose of {', '.join(map(str, SIZES))}")
    return sizes


if __name__ == "__main__":
    main()
