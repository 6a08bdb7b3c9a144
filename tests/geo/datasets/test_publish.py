"""Datasets put into storage: whole releases or none, whenever it is broken off; read as those of a folder are."""

import re
import secrets

import fsspec
import pytest

from geo.datasets.folder import DataFolder
from geo.datasets.links import Link, Report, Verdict, read_links, record_decisions
from geo.datasets.object_storage import Storage, StoredFolder, publish, publish_links
from geo.incident.errors import DataError, StorageError, UnknownDatasetError
from tests.geo.datasets.tables import commit, make_dataset, make_row


@pytest.fixture
def folder(tmp_path):
    return DataFolder(tmp_path / "data")


@pytest.fixture
def address():
    """A place that is nobody else's."""
    name = f"bucket-{secrets.token_hex(4)}/datasets"
    yield f"memory://{name}"
    system = fsspec.filesystem("memory")
    if system.exists(f"/{name}"):
        system.rm(f"/{name}", recursive=True)


@pytest.fixture
def stored(address):
    return StoredFolder(address, look_again_s=0)


def releases(stored):
    """Names of the releases that lie there, named or not."""
    system = fsspec.filesystem("memory")
    return [path.rsplit("/", 1)[-1] for path in system.ls(f"{stored.place[8:]}/acled/releases", detail=False)]


def write(stored, name, content):
    fsspec.filesystem("memory").pipe_file(f"{stored.place[8:]}/{name}", content)


def described(stored):
    """What the datasets are, whatever is said of their files."""
    return [dataset.model_copy(update={"parts": (), "previous": None}) for dataset in stored.datasets()]


class StoppedError(Exception):
    """Somebody pulled the plug."""


def stop_at(monkeypatch, number):
    """Stop everything instead of the n-th change in storage from now on, counted from 0."""
    left = iter(range(number))

    def counted(done):
        def counting(self, *args):
            if next(left, None) is None:
                raise StoppedError
            done(self, *args)

        return counting

    for name in ("put", "write", "drop"):
        monkeypatch.setattr(Storage, name, counted(getattr(Storage, name)))


class TestPublishing:
    def test_a_dataset_stands_there_as_in_the_folder(self, folder, stored):
        made = commit(folder, make_dataset(), make_row())
        assert stored.datasets() == ()
        publish("acled", folder, stored)
        assert described(stored) == [made]
        release = f"{stored.place}/acled/releases/{made.release}"
        assert stored.parts(stored.dataset("acled")) == (f"{release}/part-00000.parquet",)
        assert stored.faults() == stored.warnings() == ()

    @pytest.mark.parametrize(
        ("done", "which"),
        [
            pytest.param(0, "old", id="part"),
            pytest.param(1, "old", id="report"),
            pytest.param(2, "old", id="index"),
            pytest.param(3, "old", id="name"),
            pytest.param(4, "new", id="old-one"),
        ],
    )
    def test_whenever_it_is_broken_off_a_whole_release_stands(self, folder, stored, monkeypatch, done, which):
        for _ in range(2):
            old = commit(folder, make_dataset(), make_row())
            publish("acled", folder, stored)
        new = commit(folder, make_dataset(rows=2), make_row(1), make_row(2))
        (folder.release(new) / "report.json").write_text("{}")
        with monkeypatch.context() as plug:
            stop_at(plug, done)
            with pytest.raises(StoppedError):
                publish("acled", folder, stored)
        stored.look_again()
        assert (described(stored), stored.faults()) == (
            [{"old": old, "new": new}[which].model_copy(update={"previous": None})],
            (),
        )
        publish("acled", folder, stored)
        assert stored.dataset("acled").release == new.release

    def test_what_was_copied_before_is_not_copied_again(self, folder, stored):
        commit(folder, make_dataset(), make_row())
        copied = []
        for _ in range(2):
            publish("acled", folder, stored, progress=lambda part: copied.append(part.name))
        assert copied == ["part-00000.parquet", "words-00000.parquet"]

    def test_a_file_that_was_cut_off_is_copied_again(self, folder, stored):
        made = commit(folder, make_dataset(), make_row())
        write(stored, f"acled/releases/{made.release}/part-00000.parquet", b"PAR1")
        publish("acled", folder, stored)
        assert stored.faults() == ()

    def test_who_reads_the_release_before_is_not_left_without_files(self, folder, stored):
        made = []
        for _ in range(3):
            made.append(commit(folder, make_dataset(), make_row()).release)
            publish("acled", folder, stored)
            publish("acled", folder, stored)
        assert releases(stored) == made[1:]

    def test_a_release_that_somebody_else_is_copying_stays(self, folder, stored):
        write(stored, "acled/releases/0009-0badcafe/part-00000.parquet", b"PAR1")
        for _ in range(3):
            commit(folder, make_dataset(), make_row())
            publish("acled", folder, stored)
        assert "0009-0badcafe" in releases(stored)

    def test_what_does_not_arrive_whole_is_not_named(self, folder, stored, monkeypatch):
        commit(folder, make_dataset(), make_row())
        monkeypatch.setattr(Storage, "put", lambda self, name, _: Storage.write(self, name, b"PAR1"))
        with pytest.raises(StorageError, match=r"part-00000\.parquet: was not copied completely"):
            publish("acled", folder, stored)
        assert stored.datasets() == ()

    def test_a_dataset_of_another_kind_is_not_replaced(self, folder, stored):
        commit(folder, make_dataset(), make_row())
        publish("acled", folder, stored)
        commit(folder, make_dataset(kind="plain"), make_row())
        with pytest.raises(ValueError, match="has a dataset acled of kind acled, not plain"):
            publish("acled", folder, stored)

    @pytest.mark.parametrize(
        ("spoil", "error", "why"),
        [
            pytest.param(
                lambda folder, _: folder.remove("acled"),
                ValueError,
                "first: python -m geo datasets restore",
                id="removed",
            ),
            pytest.param(
                lambda folder, made: folder.files(made)[0].unlink(),
                UnknownDatasetError,
                "its parts hold 0 of its 1 row; import its file again",
                id="without-parts",
            ),
        ],
    )
    def test_what_cannot_be_read_is_not_published(self, folder, stored, spoil, error, why):
        spoil(folder, commit(folder, make_dataset(), make_row()))
        with pytest.raises(error, match=why):
            publish("acled", folder, stored)

    def test_an_unknown_dataset_is_named(self, folder, stored):
        with pytest.raises(UnknownDatasetError, match="none has been imported"):
            publish("acled", folder, stored)

    def test_links_are_those_of_the_folder(self, folder, stored):
        one, other = Report(dataset="acled", id="a"), Report(dataset="curated", id="b")
        record_decisions(folder, [Link.of(one, other, Verdict.LINKED)])
        before = stored.version
        assert publish_links(folder, stored) == 1
        assert read_links(stored) == read_links(folder) != ()
        assert stored.version != before
        write(stored, "links.json", b"{")
        with pytest.raises(DataError, match=r"links\.json"):
            read_links(StoredFolder(stored.place))


class TestReading:
    @pytest.fixture
    def made(self, folder, stored):
        made = commit(folder, make_dataset(), make_row())
        (folder.release(made) / "report.json").write_text("{}")
        publish("acled", folder, stored)
        return stored.dataset("acled")

    def test_files_beside_the_parts_are_read(self, stored, made):
        assert stored.beside(made, "report.json")() == b"{}"
        assert stored.beside(made, "rejected.csv") is None

    def test_datasets_are_switched_removed_and_restored(self, stored, made):
        stored.set_enabled("acled", False)
        assert (len(stored.datasets()), stored.active()) == (1, ())
        stored.remove("acled")
        assert [dataset.id for dataset in stored.removed()] == ["acled"]
        assert stored.restore("acled").model_copy(update={"enabled": True}) == made

    @pytest.mark.parametrize(
        ("content", "why"), [(None, "is missing at memory://"), (b"PAR1", "is incomplete at memory://")]
    )
    def test_a_part_that_is_not_there_is_named(self, stored, made, content, why):
        path = f"acled/releases/{made.release}/part-00000.parquet"
        Storage(stored.place).drop(path)
        if content:
            write(stored, path, content)
        reader = StoredFolder(stored.place)
        assert reader.datasets() == ()
        (fault,) = reader.faults()
        assert (fault.where, f"{path} {why}" in fault.message) == ("acled", True)

    def test_a_folder_copied_by_other_means_is_read_too(self, stored, made):
        bare = made.model_copy(update={"parts": ()})
        write(stored, "acled/dataset.json", bare.model_dump_json().encode())
        reader = StoredFolder(stored.place)
        assert reader.parts(reader.dataset("acled")) == stored.parts(made)
        Storage(stored.place).drop("acled/releases")
        (fault,) = StoredFolder(stored.place).faults()
        assert "has no part at memory://" in fault.message

    @pytest.mark.parametrize("text", [b"{", b"{}", b'{"id": "acled"}', b"", b"\xff"])
    def test_a_description_that_makes_no_sense_is_named_and_the_others_stand(self, stored, made, text):
        write(stored, "gdelt/dataset.json", text)
        write(stored, "<img src=x>/dataset.json", text)
        assert stored.datasets() == (made,)
        (fault,) = map(str, stored.faults())
        assert re.fullmatch(r"gdelt: dataset\.json cannot be read: .+; publish it again", fault)

    def test_without_its_index_a_dataset_is_served_and_that_is_said(self, stored, made):
        assert len(stored.words(made)) == 1
        Storage(stored.place).drop(f"acled/releases/{made.release}/words-00000.parquet")
        reader = StoredFolder(stored.place)
        assert (reader.datasets(), reader.faults(), reader.words(made)) == ((made,), (), ())
        (warning,) = map(str, reader.warnings())
        assert warning.startswith("acled: is searched without an index, which is slower: acled/releases/")

    def test_a_change_is_noticed_after_some_seconds_and_nobody_is_asked_before(self, stored, made, monkeypatch):
        now = [100.0]
        monkeypatch.setattr("geo.datasets.object_storage.monotonic", lambda: now[0])
        looks, reader = [], StoredFolder(stored.place, look_again_s=10)
        folders = Storage.folders
        monkeypatch.setattr(Storage, "folders", lambda self: looks.append(now[0]) or folders(self))
        before = reader.version
        stored.set_enabled("acled", False)
        looks.clear()
        now[0] = 109.0
        assert (reader.version, reader.active(), looks) == (before, (made,), [])
        now[0] = 110.0
        assert reader.version != before
        assert (reader.active(), looks) == ((), [110.0])

    def test_what_was_read_stays_while_nobody_answers(self, stored, made, monkeypatch):
        def broken(_):
            raise StorageError("memory://x", "nobody answers")

        before = stored.version
        monkeypatch.setattr(Storage, "folders", broken)
        stored.look_again()
        assert (stored.version, stored.datasets()) == (before, (made,))
        assert [str(fault) for fault in stored.warnings()] == [
            "memory://x: nobody answers; showing what was read before"
        ]
        with pytest.raises(StorageError, match="nobody answers"):
            StoredFolder(stored.place).datasets()
