"""The import of an ACLED file, with all rows accounted for, against a bare DuckDB copy and pandas with a join.

Each runs in a separate process, timed from its start: `python -m benchmarks.importing WAY FILE FOLDER`.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks import material
from benchmarks.measure import Result, alone, memory_gb

SIZES: Final = (10_000, 100_000, 1_000_000)
"""Sizes at which the peers import too."""
_AIMED: Final = 1_000_000
_MEASURED: Final = (
    ("import of an ACLED file", "seconds", "s", "at most 30 s"),
    ("memory of the import, peak", "peak_gb", "GB", "at most 2 GB"),
)
_PEERS: Final = {
    "duckdb": "DuckDB read_csv to Parquet, nothing checked or joined",
    "pandas": "pandas read_csv, geopandas sjoin with the provinces, to_parquet",
}


def results(sizes: Sequence[int]) -> Iterator[Result]:
    """Measure the import and the peers at each size; at the largest, report the import shared by other benchmarks."""
    for rows in sizes:
        if rows not in SIZES:
            yield from _lines(rows, material.how_imported(rows), None, "")
            continue
        file = material.acled_file(rows)
        file.read_bytes()  # so that all runs find it in the disk cache
        ours = timed("ours", file)
        for peer, name in _PEERS.items():
            yield from _lines(rows, ours, timed(peer, file), name)


def timed(way: str, file: Path, folder: Path | None = None) -> dict[str, Any]:
    """Import a file into a folder, by default an empty one; return rows, seconds of the whole process, and peak_gb.

    Raises RuntimeError if it fails.
    """
    start = time.perf_counter()
    found = alone("importing", way, file, folder or material.scratch(f"import-{way}"))
    if found is None:
        raise RuntimeError(f"{way} could not import {file}")
    return found | {"seconds": time.perf_counter() - start}


def _lines(rows: int, ours: dict[str, Any], peer: dict[str, Any] | None, name: str) -> Iterator[Result]:
    for what, key, unit, aim in _MEASURED:
        yield Result(
            what=what,
            ours=ours[key],
            peer=None if peer is None else peer[key],
            peer_name=name,
            unit=unit,
            aim=aim if rows == _AIMED else "",
            size=rows,
        )


def _ours(file: Path, folder: Path) -> int:
    from geo.datasets.folder import DataFolder  # noqa: PLC0415  # not in the peers' processes
    from geo.imports.pipeline import prepare  # noqa: PLC0415

    report = prepare(file, DataFolder(folder)).accept()
    return report.accepted + report.repaired + report.rejected


def _duckdb(file: Path, folder: Path) -> int:
    import duckdb  # noqa: PLC0415

    target = folder / "copied.parquet"
    duckdb.read_csv(str(file)).write_parquet(str(target), compression="zstd")
    return len(duckdb.read_parquet(str(target)))


def _pandas(file: Path, folder: Path) -> int:
    import geopandas as gpd  # noqa: PLC0415
    import pandas as pd  # noqa: PLC0415

    provinces = gpd.read_file(Path(__file__).resolve().parents[1] / "data" / "boundaries" / "provinces.geojson")
    rows = pd.read_csv(file, parse_dates=["event_date"])
    points = gpd.GeoDataFrame(rows, geometry=gpd.points_from_xy(rows["longitude"], rows["latitude"], crs="EPSG:4326"))
    joined = points.sjoin(provinces[["geometry", "province_code"]], how="left", predicate="within")
    joined.to_parquet(folder / "joined.parquet")
    return len(joined)


WAYS: Final[Mapping[str, Callable[[Path, Path], int]]] = {"ours": _ours, "duckdb": _duckdb, "pandas": _pandas}

if __name__ == "__main__":
    way, source, target = sys.argv[1:]
    rows_done = WAYS[way](Path(source), Path(target))
    print(json.dumps({"rows": rows_done, "peak_gb": memory_gb()}))
