"""A connection to the workers of a cluster, and whether they are alike."""

import gc
import hashlib
import logging
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from distributed import Client, LocalCluster

from geo.imports.cluster.exchange import ClusterError, Exchange

# Whether workers are alike: another version of a library or of this program could make other rows of a block.

_LIBRARIES: Final = (
    *("charset-normalizer", "cloudpickle", "dask", "dask-geopandas", "distributed", "duckdb", "fsspec", "ftfy"),
    *("geopandas", "hijridate", "jdatetime", "numpy", "openpyxl", "pandas", "pyarrow", "pyogrio", "pyproj", "s3fs"),
    *("shapely",),
)
_PROJECT: Final = Path(__file__).resolve().parents[3]
_CODE: Final = "this program's code"
_LAYERS: Final = "data/boundaries"


@cache
def fingerprint() -> str:
    """Return what two processes have to have in common, a line each: name and version."""
    python = ".".join(platform.python_version_tuple()[:2])
    lines = [f"Python {python}", *(f"{name} {version(name)}" for name in _LIBRARIES)]
    return "\n".join(
        [*lines, f"{_CODE} {_digest('geo', '*.py', '*.csv')}", f"{_LAYERS} {_digest(_LAYERS, '*.geojson')}"]
    )


def check_alike(expected: str) -> None:
    """Raise ClusterError if this process differs from the one whose fingerprint is given, naming what differs."""
    own = fingerprint()
    if own != expected:
        pairs = zip(own.splitlines(), expected.splitlines(), strict=False)
        different = "; ".join(f"{here}, not {there.rsplit(' ', 1)[1]}" for here, there in pairs if here != there)
        raise ClusterError(
            f"the worker on {platform.node()} differs from this machine: {different}; install the same "
            "requirements-cluster.txt and the same code there, and start it again"
        )


def _digest(folder: str, *patterns: str) -> str:
    """Return the start of a SHA-256 of files, the same for either kind of line end."""
    digest = hashlib.sha256()
    for path in sorted(path for pattern in patterns for path in (_PROJECT / folder).rglob(pattern)):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{path.relative_to(_PROJECT).as_posix()}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:12]


# A connection to a scheduler, or to workers started on this machine.

LOCAL: Final = "local"
_PATIENCE_S: Final = 15
_SEEN: Final = "seen"


@contextmanager
def connected(address: str, *, workers: int | None = None) -> Iterator[Client]:
    """Give a client of the scheduler at an address, or of so many workers on this machine for "local".

    Raises ClusterError where no scheduler answers, or none of its workers comes.
    """
    if address == LOCAL:
        with (
            LocalCluster(
                n_workers=workers or os.cpu_count() or 1,
                threads_per_worker=1,
                dashboard_address="127.0.0.1:0",
                silence_logs=logging.CRITICAL,
            ) as cluster,
            Client(cluster) as client,
        ):
            yield client
        return
    with _client(address) as client:
        try:
            client.wait_for_workers(workers or 1, timeout=_PATIENCE_S)
        except TimeoutError as error:
            there = len(client.scheduler_info(n_workers=-1)["workers"])
            raise ClusterError(
                f"the scheduler at {address} has {there} of {workers or 1} workers; start some with: "
                f"python -m dask worker {address} --nthreads 1"
            ) from error
        yield client


def check_workers(client: Client, exchange: Exchange) -> None:
    """Raise ClusterError unless all workers have the same code and versions and see the exchange."""
    exchange.leave(_SEEN, lambda path: path.write_bytes(b""))
    try:
        answers = client.run(_looked, exchange, fingerprint(), on_error="return")
    except (ImportError, AttributeError, TypeError) as error:
        raise ClusterError(_lacking(str(error))) from error
    for worker, answer in answers.items():
        if isinstance(answer, ClusterError):
            raise answer
        if isinstance(answer, BaseException):
            raise ClusterError(_lacking(f"{worker}: {answer}")) from answer
        if not answer:
            raise ClusterError(
                f"the worker {worker} does not see {exchange.place}; keep the data folder on a disk that all machines "
                "share, under the same path, or let the workers leave their parts elsewhere: --exchange s3://…"
            )


def _looked(exchange: Exchange, expected: str) -> bool:
    check_alike(expected)
    return exchange.sees(_SEEN)


def _lacking(why: str) -> str:
    return (
        f"a worker cannot be used ({why}); it needs this program's code, where Python finds it, and "
        "requirements-cluster.txt: start it in the program's folder"
    )


def _client(address: str) -> Any:
    # A client that found no scheduler stops its loop when it is collected, for which it waits while another one starts.
    gc.collect()
    gc.disable()
    try:
        return Client(address, timeout=_PATIENCE_S)
    except (OSError, ValueError) as error:
        raise ClusterError(
            f"no scheduler answers at {address} ({error}); start one with: python -m dask scheduler, and give the "
            "address that it prints, or --cluster local"
        ) from error
    finally:
        gc.enable()
