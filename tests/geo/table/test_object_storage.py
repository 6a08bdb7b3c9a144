"""Datasets in object storage answer as those of a folder; what is wrong there is said in a sentence."""

import sys

import moto.settings
import pytest
from fsspec.registry import _registry as known_systems

import geo.table.incident_table
from geo.cli import main
from geo.datasets.folder import DataFolder
from geo.datasets.object_storage import Storage, StoredFolder, publish
from geo.datasets.word_index import index_release
from geo.incident.errors import StorageError
from geo.places.plane import BBox
from geo.selection import Filters
from geo.table.event_index import ImportedIndex, ImportedParts, opened_parts
from geo.table.incident_table import IncidentTable
from geo.table.queries import TollsBy
from geo.table.shown_datasets import imported_sources
from tests.geo.datasets.tables import make_dataset
from tests.geo.table.parts import imported

pytestmark = pytest.mark.slow

CHOICES = [
    pytest.param(Filters(), id="all"),
    pytest.param(Filters(dataset=("acled",), province=("AF-NAN",)), id="province"),
    pytest.param(Filters(year=(2024,), q="loralai"), id="words"),
]
VIEW = BBox(69.0, 33.0, 72.0, 35.0)


@pytest.fixture(scope="module")
def places(storage, many_rows, tmp_path_factory):
    """The same 2,100 incidents in a folder and at an address."""
    assert storage.exists("incidents")
    folder = DataFolder(tmp_path_factory.mktemp("data"))
    with folder.staging("acled") as staging:
        source = imported(staging.path, many_rows)
        for number, name in enumerate(source.files):
            (staging.path / name).rename(staging.path / f"part-{number:05d}.parquet")
        index_release(staging.path)
        staging.commit(make_dataset(rows=len(many_rows)))
    stored = StoredFolder("s3://incidents/published")
    publish("acled", folder, stored)
    return folder, stored


@pytest.fixture(scope="module")
def tables(places, contents):
    return [IncidentTable.of(contents, imported_sources(folder)) for folder in places]


@pytest.mark.parametrize("filters", CHOICES)
@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda table, filters: table.count(filters), id="count"),
        pytest.param(lambda table, filters: table.clusters(filters, VIEW, 7), id="view"),
        pytest.param(lambda table, filters: table.page(filters, offset=3, limit=20).to_csv(), id="page"),
        pytest.param(lambda table, filters: table.province_months(filters).to_csv(), id="months"),
        pytest.param(lambda table, filters: table.tolls(filters, TollsBy.MONTH).to_csv(), id="tolls"),
        pytest.param(lambda table, _: table.incident("acled-7"), id="incident"),
        pytest.param(lambda table, _: table.version, id="version"),
    ],
)
def test_answers_are_those_of_the_folder(tables, ask, filters):
    here, there = (ask(table, filters) for table in tables)
    assert here == there


@pytest.mark.parametrize("filters", CHOICES)
def test_more_than_fits_into_memory_answers_alike(places, filters):
    query = "SELECT count(*), sum(killed_high), min(date_start) FROM event WHERE {where}"
    here, there = (
        ImportedIndex(ImportedParts(imported_sources(folder), in_memory=False)).ask(query, filters).fetchall()
        for folder in places
    )
    assert here == there
    assert here[0][0] > 0


def test_commands_say_the_same(places, capsys):
    said = []
    for folder in places:
        assert main(("aggregate", "--by", "category", "--data", folder.place, "--format", "csv")) == 0
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]


class TestTrouble:
    @pytest.fixture(autouse=True)
    def fresh(self, storage):
        """Ask anew: who was asked before keeps the connection."""
        type(storage).clear_instance_cache()
        yield
        type(storage).clear_instance_cache()

    @pytest.mark.parametrize(
        ("address", "why"),
        [
            ("s3://nobody-made-this/data", "there is no such bucket; check its name"),
            ("s4://incidents/data", "Protocol not known: s4; an address begins with s3://"),
            ("s3://incidents/*", "is not the address of a folder; write it as in s3://bucket/folder"),
            ("filecache::s3://incidents", "is not the address of a folder"),
        ],
    )
    def test_a_place_that_is_none_is_told(self, capsys, storage, address, why):
        assert storage.exists("incidents")
        assert main(("datasets", "--data", address)) == 2
        said = capsys.readouterr().err
        assert said.startswith("python -m geo datasets: error: argument --data: ")
        assert why in said

    def test_who_does_not_answer_is_told(self, monkeypatch):
        monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
        monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
        with pytest.raises(StorageError, match=r"s3://incidents/data: there is no answer .*check the network, and"):
            Storage("s3://incidents/data").folders()

    def test_missing_credentials_are_told(self, monkeypatch, tmp_path):
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            monkeypatch.delenv(name)
        monkeypatch.setenv("HOME", str(tmp_path))
        monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        with pytest.raises(StorageError, match=r"access is denied; check the credentials .*Unable to locate"):
            Storage("s3://incidents/data").folders()

    @pytest.mark.parametrize(
        "ask",
        [
            pytest.param(lambda there: there.folders(), id="list"),
            pytest.param(lambda there: there.read(["a"]), id="read"),
            pytest.param(lambda there: there.write("a", b"b"), id="write"),
        ],
    )
    def test_who_may_not_is_told(self, storage, monkeypatch, ask):
        assert storage.exists("incidents")
        monkeypatch.setattr(moto.settings, "INITIAL_NO_AUTH_ACTION_COUNT", 0.0)
        with pytest.raises(StorageError, match="access is denied; check the credentials"):
            ask(Storage("s3://incidents/data"))

    def test_a_missing_package_is_told(self, monkeypatch):
        monkeypatch.setitem(sys.modules, "s3fs", None)
        monkeypatch.delitem(known_systems, "s3", raising=False)
        with pytest.raises(StorageError, match=r"pip install -r requirements-cluster\.txt"):
            StoredFolder("s3://incidents/published")

    def test_a_part_that_goes_while_it_is_read_is_told(self, storage, places, monkeypatch, capsys):
        _, stored = places
        path = stored.parts(stored.dataset("acled"))[1]
        content = storage.cat(path)
        opened = geo.table.incident_table.imported_sources

        def lost(folder):
            found = opened(folder)
            storage.rm(path)
            return found

        monkeypatch.setattr(geo.table.incident_table, "imported_sources", lost)
        opened_parts.cache_clear()
        assert main(("list", "--data", stored.place)) == 1
        assert capsys.readouterr().err == f"{path}: this file is missing; publish its dataset again\n"
        storage.pipe(path, content)
