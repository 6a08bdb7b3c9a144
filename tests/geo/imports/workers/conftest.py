"""What tests of imports on a cluster share: files, and two workers."""

import io
import multiprocessing
import sys
from types import ModuleType

import dask
import pytest
from distributed.utils import get_mp_context

from geo.cli.synth_command import write_synthetic
from geo.imports.distributed_run import connected
from geo.places.boundaries import boundaries

_METHOD = "distributed.worker.multiprocessing-method"
_LOADED_ONCE = ["distributed", "geo.imports.distributed_run", "s3fs"]
"""What takes a worker two seconds to load; loaded in one process that all workers are copies of, also those that follow
one that was killed."""


@pytest.fixture(scope="session")
def lines():
    """Header and rows of a synthetic ACLED file, newest first."""
    text = io.BytesIO()
    write_synthetic(text, 1200, boundaries(), seed=4)
    header, *rows = text.getvalue().decode().splitlines(keepends=True)
    return header, rows


@pytest.fixture(scope="module")
def client(storage):
    """A connection to two workers, which see the storage."""
    assert storage.exists("incidents")
    with pytest.MonkeyPatch.context() as modules, dask.config.set({_METHOD: "forkserver"}):
        # Workers run what stands as __main__, and a test of a page that ran before has left the app there.
        modules.setitem(sys.modules, "__main__", ModuleType("__main__"))
        get_mp_context()  # which says what to load, and would say it later
        multiprocessing.get_context("forkserver").set_forkserver_preload(_LOADED_ONCE)
        with connected("local", workers=2) as connection:
            yield connection
