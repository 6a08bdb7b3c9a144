"""The import on Dask workers against this machine alone: time, memory per worker, and whether the parts are equal.

Each runs in a separate process: `python -m benchmarks.distributing WORKERS FILE FOLDER`, with 0 workers for the process
itself.
"""

import hashlib
import json
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from benchmarks import material
from benchmarks.measure import Result, alone, memory_gb

ROWS: Final = 1_000_000
WORKERS: Final = (1, 2)
_FETCHED: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""The same for all, so that their parts can be identical."""
_HERE: Final = "one process, no cluster"


def results(rows: int = ROWS) -> Iterator[Result]:
    """Measure the import of one file by this machine alone, then by one worker, then by two."""
    file = material.acled_file(rows)
    file.read_bytes()  # so that all runs find it in the disk cache
    here = _measured(0, file)
    for workers in WORKERS:
        found = _measured(workers, file)
        named = f"import with {workers} Dask worker{'s' * (workers > 1)}"
        common = {"peer_name": _HERE, "size": rows}
        yield Result(what=named, ours=found["seconds"], peer=here["seconds"], **common)
        yield Result(what=f"{named}, processor time", ours=found["cpu_s"], peer=here["cpu_s"], **common)
        yield Result(
            what=f"{named}, memory of a worker, peak", ours=found["peak_gb"], peer=here["peak_gb"], unit="GB", **common
        )
        differing = len(set(found["parts"].items()) ^ set(here["parts"].items()))
        yield Result(
            what=f"{named}, parts that differ",
            ours=differing,
            peer=None,
            peer_name="",
            unit="parts",
            aim="0",
            size=rows,
        )


def _measured(workers: int, file: Path) -> Mapping[str, Any]:
    found = alone("distributing", workers, file, material.scratch(f"distributed-{workers}"))
    if found is None:
        raise RuntimeError(f"{workers} workers could not import {file}")
    return found


def _imported(workers: int, file: Path, folder: Path) -> dict[str, Any]:
    """Import the file once the workers are ready; return seconds, processor time, peak memory and part hashes."""
    from geo.datasets.folder import DataFolder  # noqa: PLC0415  # when the workers load it
    from geo.imports.pipeline import prepare  # noqa: PLC0415

    data = DataFolder(folder)
    with ExitStack() as stack:
        client = stack.enter_context(_workers(workers)) if workers else None
        start = time.perf_counter()
        made = prepare(file, data, retrieved_at=_FETCHED) if client is None else _on(client, file, data)
        made.accept()
        seconds = time.perf_counter() - start
        cpu_s = time.process_time() + (sum(client.run(time.process_time).values()) if client else 0)
        peaks = list(client.run(memory_gb).values()) if client else [memory_gb()]
    parts = data.files(data.dataset("acled"))
    return {
        "seconds": seconds,
        "cpu_s": cpu_s,
        "peak_gb": max(peaks),
        "parts": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in parts},
    }


def _workers(number: int) -> Any:
    from geo.imports.distributed_run import connected  # noqa: PLC0415  # only these processes need Dask

    return connected("local", workers=number)


def _on(client: Any, file: Path, data: Any) -> Any:
    from geo.imports.distributed_run import prepare_on  # noqa: PLC0415

    return prepare_on(client, str(file), data, retrieved_at=_FETCHED)


if __name__ == "__main__":
    print(json.dumps(_imported(int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))))
