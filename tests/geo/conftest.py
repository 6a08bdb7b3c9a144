"""What tests of the store and of commands share."""

from urllib.request import Request, urlopen

import pytest

from geo.table.incident_table import IncidentTable
from tests.conftest import make_incident
from tests.geo.stores import store_of

_MADE = []
"""Tables, each behind the version, the datasets and the links that it is of."""


@pytest.fixture
def store(tmp_path):
    return store_of(
        tmp_path, make_incident(), make_incident("2025-02-02-kunar-raid", date_start="2025-02-02", date_end=None)
    )


@pytest.fixture(scope="module")
def tables_made_once():
    """Let commands share the table of the same record and datasets, which takes an eighth of a second to make."""
    make = IncidentTable.of

    def of(contents, datasets=(), links=()):
        asked = contents.version, tuple(datasets), tuple(links)
        for known, table in _MADE:
            if known == asked:
                return table
        _MADE.append((asked, make(contents, datasets, links)))
        return _MADE[-1][1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(IncidentTable, "of", of)
        yield


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    """A folder whose store is made anew for each example."""
    return tmp_path_factory.mktemp("scratch")


@pytest.fixture(scope="module")
def storage():
    """Object storage that knows a bucket named incidents; its address is in the environment, for workers too."""
    from moto.server import ThreadedMotoServer  # noqa: PLC0415  # takes seconds, and few tests need it

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

        reset = Request(f"{named['AWS_ENDPOINT_URL']}/moto-api/reset", method="POST")  # our own server
        urlopen(reset).close()  # buckets of another module's tests outlive their server
        s3fs.S3FileSystem.clear_instance_cache()  # one that another test made asks the storage of that test
        system = s3fs.S3FileSystem(skip_instance_cache=True)
        system.mkdir("incidents")
        yield system
        s3fs.S3FileSystem.clear_instance_cache()
    server.stop()
