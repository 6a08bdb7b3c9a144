"""A connection to a scheduler, or to workers started on this machine."""

import gc
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from distributed import Client, LocalCluster

from geo.imports.cluster.alike import check_alike, fingerprint
from geo.imports.cluster.errors import ClusterError
from geo.imports.cluster.exchange import Exchange

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
