"""What tests of imports on a cluster share: files, and two workers."""

import io
import sys
from types import ModuleType

import pytest

from geo.imports.cluster_workers import connected
from geo.places.boundaries import boundaries
from geo.synth import write_synthetic


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
    with pytest.MonkeyPatch.context() as modules:
        # Workers run what stands as __main__, and a test of a page that ran before has left the app there.
        modules.setitem(sys.modules, "__main__", ModuleType("__main__"))
        with connected("local", workers=2) as connection:
            yield connection
