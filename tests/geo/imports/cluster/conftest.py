"""What tests of imports on a cluster share: files, object storage on this machine, and two workers."""

import io
import sys
from types import ModuleType

import pytest
from moto.server import ThreadedMotoServer

from geo.boundaries import boundaries
from geo.imports.cluster.connect import connected
from geo.synth import write_synthetic


@pytest.fixture(scope="session")
def lines():
    """Header and rows of a synthetic ACLED file, newest first."""
    text = io.BytesIO()
    write_synthetic(text, 1200, boundaries(), seed=4)
    header, *rows = text.getvalue().decode().splitlines(keepends=True)
    return header, rows


@pytest.fixture(scope="module")
def storage():
    """Object storage that knows a bucket named incidents; its address is in the environment, for workers too."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    named = {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    with pytest.MonkeyPatch.context() as environment:
        for name, value in named.items():
            environment.setenv(name, value)
        import s3fs  # noqa: PLC0415  # only once the environment names the storage

        system = s3fs.S3FileSystem(skip_instance_cache=True)
        system.mkdir("incidents")
        yield system
    server.stop()


@pytest.fixture(scope="module")
def client(storage):
    """A connection to two workers, which see the storage."""
    assert storage.exists("incidents")
    with pytest.MonkeyPatch.context() as modules:
        # Workers run what stands as __main__, and a test of a page that ran before has left the app there.
        modules.setitem(sys.modules, "__main__", ModuleType("__main__"))
        with connected("local", workers=2) as connection:
            yield connection
