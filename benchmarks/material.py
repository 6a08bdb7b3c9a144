"""Synthetic incidents of every size: ACLED files made by `geo synth`, and the folders they are imported into.

They are kept for the next run in the folder named by BENCH_DATA; without it, in a temporary one.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.measure import ROOT
from geo.datasets.folder import DataFolder

SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
_LARGE = 5_000_000
"""From this number of rows, a file is deleted after import, since it takes gigabytes."""


@cache
def _folder() -> Path:
    given = os.environ.get("BENCH_DATA")
    if given:
        path = Path(given).expanduser().resolve()
        path.mkdir(parents=True, exist_ok=True)
        return path
    made = tempfile.TemporaryDirectory(prefix="incident-map-benchmark-")
    _kept.append(made)
    return Path(made.name)


_kept: list[tempfile.TemporaryDirectory[str]] = []
"""Temporary folders, deleted at exit."""


def scratch(name: str) -> Path:
    """Return an empty scratch folder beside the material."""
    path = _folder() / "scratch" / name
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    return path


def acled_file(rows: int) -> Path:
    """Return a synthetic ACLED file, created if missing."""
    path = _folder() / f"synthetic-{rows}.csv"
    if not path.exists():
        new = path.with_suffix(".new")
        _run("synth", rows, "-o", new, saying=f"making {rows:,} synthetic rows")
        new.replace(path)
    return path


def imported(rows: int) -> DataFolder:
    """Return a folder with one dataset of `rows` rows, imported if missing."""
    from benchmarks.importing import timed  # noqa: PLC0415  # circular import

    folder = DataFolder(_folder() / f"imported-{rows}")
    if not folder.datasets():
        file = acled_file(rows)
        found = timed("ours", file, folder.path)
        print(f"  importing {rows:,} rows: {found['seconds']:.0f} s, {found['peak_gb']} GB", flush=True)
        _how(rows).write_text(json.dumps(found), encoding="utf-8")
        if rows >= _LARGE:
            file.unlink()
    return folder


def how_imported(rows: int) -> dict[str, Any]:
    """Return how the folder for `rows` rows was imported: seconds and peak_gb, as from `benchmarks.importing.timed`."""
    imported(rows)
    return dict(json.loads(_how(rows).read_bytes()))


def _how(rows: int) -> Path:
    return _folder() / f"imported-{rows}.json"


def _run(*arguments: object, saying: str) -> None:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "geo", *map(str, arguments)], cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    print(f"  {saying}: {time.perf_counter() - start:.0f} s", flush=True)
