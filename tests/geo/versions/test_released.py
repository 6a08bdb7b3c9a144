"""The stores of released versions that are shipped: those of the log, byte for byte, and nothing else is unpacked."""

import json
import lzma
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import geo.versions.released
from geo.incident.errors import DataError
from geo.versions.comparing import compare
from geo.versions.released import (
    VERSIONS_FOLDER,
    Release,
    StoreFiles,
    Version,
    may_be_named,
    pack_release,
    read_edition,
    read_log,
    read_release,
    release_file,
    releases,
)
from tests.conftest import make_incident
from tests.geo.stores import store_of
from tests.geo.versions.editions import edition

LOG = read_log()
SHIPPED = {release.name: release for release in releases(LOG)}
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
BACK = "python -m geo diff {before!r} {version!r} --release {version!r}"


def packed(document: object) -> bytes:
    return lzma.compress(document if isinstance(document, bytes) else json.dumps(document).encode())


@pytest.fixture
def files(tmp_path) -> StoreFiles:
    """The files of a small store."""
    return StoreFiles(*(file.read_bytes() for file in store_of(tmp_path / "store", make_incident()).files))


def known(files: StoreFiles, name: str = "1") -> Release:
    return Release(name=name, date=date(2026, 1, 2), data_version=files.version)


def test_each_version_of_the_log_is_shipped_and_no_other() -> None:
    assert {path.name for path in VERSIONS_FOLDER.iterdir()} == {release_file(name).name for name in SHIPPED}


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_store_has_the_data_version_of_the_log(name) -> None:
    assert read_release(SHIPPED[name]).version == SHIPPED[name].data_version


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_store_can_be_compared_whole(name) -> None:
    found = read_edition(*read_release(SHIPPED[name]))
    assert not found.unreadable
    assert not found.at_fault
    assert found.version == SHIPPED[name].data_version


@pytest.mark.parametrize("entry", LOG, ids=lambda entry: entry.version)
def test_the_log_says_what_the_shipped_stores_differ_in(entry) -> None:
    old, new = (read_edition(*read_release(SHIPPED[name])) for name in (entry.before, entry.version))
    again = BACK.format(before=entry.before, version=entry.version)
    assert compare(old, new) == entry.difference, f"if totals are counted anew, bring the log up to date: {again}"


def test_the_newest_version_is_first_and_what_was_never_released_last() -> None:
    def entry(name: str, before: str, titles: tuple[str, str]) -> Version:
        both = (edition(make_incident(title=title)) for title in titles)
        return Version(version=name, date="2026-01-02", before=before, difference=compare(*both))

    found = releases((entry("3", "2", ("b", "c")), entry("2", "first", ("a", "b"))))
    assert [(release.name, release.date is None) for release in found] == [("3", False), ("2", False), ("first", True)]


@pytest.mark.parametrize(
    ("name", "can"),
    [
        pytest.param("0.2.0", True, id="number"),
        pytest.param("as first coded", True, id="words"),
        pytest.param("", False, id="empty"),
        pytest.param("../0.2.0", False, id="path"),
        pytest.param(".hidden", False, id="hidden"),
        pytest.param("git:HEAD", False, id="revision"),
        pytest.param("today", False, id="today"),
        pytest.param("Today", False, id="today-in-another-case"),
        pytest.param("x" * 40, True, id="as-long-as-can-be"),
        pytest.param("x" * 41, False, id="long"),
        pytest.param("0.1.0 ", False, id="blank-after-it"),
        pytest.param(" 0.1.0", False, id="blank-before-it"),
        pytest.param("0.1.0.", False, id="dot-after-it"),
        pytest.param("0.1.0\n", False, id="line-end"),
        pytest.param("nul", False, id="device"),
        pytest.param("COM1", False, id="device-in-another-case"),
        pytest.param("aux.2", False, id="device-with-an-ending"),
        pytest.param("con .2", False, id="device-with-a-blank-and-an-ending"),
        pytest.param("nuls", True, id="no-device"),
    ],
)
def test_a_version_has_a_name_that_can_be_a_file_s(name, can) -> None:
    assert may_be_named(name) is can


@given(TEXTS, st.none() | TEXTS, st.none() | TEXTS)
def test_what_is_packed_comes_back_byte_for_byte(tmp_path_factory, incidents, claimants, groups) -> None:
    files = StoreFiles(*(None if text is None else text.encode() for text in (incidents, claimants, groups)))
    folder = tmp_path_factory.getbasetemp()
    release_file("1", folder).write_bytes(pack_release("1", files))
    assert read_release(known(files), folder) == files


def test_a_store_that_is_no_text_is_not_packed() -> None:
    with pytest.raises(DataError, match="is not UTF-8"):
        pack_release("1", StoreFiles(b"\xff", None, None))


def test_a_store_that_is_too_large_is_not_packed(files, monkeypatch) -> None:
    monkeypatch.setattr(geo.versions.released, "_MOST_UNPACKED", 100)
    with pytest.raises(DataError, match="is larger than 100 bytes"):
        pack_release("1", files)


WHOLE = {"version": "1", "incidents": "{}", "claimants": "[]", "event_groups": "[]"}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param(b"", "is cut off", id="empty"),
        pytest.param(b"PK no XZ file", "is damaged, or not an XZ file", id="no-xz"),
        pytest.param(
            lzma.compress(b"{}", format=lzma.FORMAT_ALONE), "is damaged, or not an XZ file", id="older-format"
        ),
        pytest.param(packed(WHOLE)[:-4], "is cut off", id="cut-off"),
        pytest.param(packed(WHOLE) + packed(WHOLE), "has more data after its end", id="two-streams"),
        pytest.param(packed(b"\x80\x04K\x01."), "does not hold the files of version 1", id="pickle"),
        pytest.param(packed(b"{'version': '1'}"), "does not hold the files of version 1", id="no-json"),
        pytest.param(packed(b"[" * 200_000), "does not hold the files of version 1", id="deep"),
        pytest.param(packed(b"NaN"), "does not hold the files of version 1", id="not-a-number"),
        pytest.param(packed([WHOLE]), "does not hold the files of version 1", id="list"),
        pytest.param(packed({"version": "1"}), "does not hold the files of version 1", id="no-incidents"),
        pytest.param(packed(WHOLE | {"incidents": 1}), "does not hold the files of version 1", id="no-text"),
        pytest.param(packed(WHOLE | {"incidents": "\ud800"}), "holds the data version", id="half-a-character"),
        pytest.param(packed(WHOLE | {"more": ""}), "does not hold the files of version 1", id="more"),
        pytest.param(packed(WHOLE | {"version": "2"}), "does not hold the files of version 1", id="another-name"),
        pytest.param(packed(WHOLE), "holds the data version", id="another-store"),
    ],
)
def test_a_damaged_store_is_told_in_a_sentence(content, says, files, tmp_path) -> None:
    release_file("1", tmp_path).write_bytes(content)
    with pytest.raises(DataError, match=says) as raised:
        read_release(known(files), tmp_path)
    (fault,) = raised.value.faults
    assert fault.where == f"{tmp_path.parent.name}/{tmp_path.name}/1.json.xz"
    assert fault.message.endswith("; restore it as it came with the program; the other versions are not affected")


def test_a_store_that_is_missing_is_told(files, tmp_path) -> None:
    with pytest.raises(DataError, match="is missing"):
        read_release(known(files), tmp_path)


def test_a_folder_in_its_place_is_told(files, tmp_path) -> None:
    release_file("1", tmp_path).mkdir()
    with pytest.raises(DataError, match="cannot be read"):
        read_release(known(files), tmp_path)


def test_no_more_is_unpacked_than_the_limit(files, tmp_path) -> None:
    bomb = packed(b" " * 60_000_000)
    assert len(bomb) < 20_000
    release_file("1", tmp_path).write_bytes(bomb)
    with pytest.raises(DataError, match="unpacks to more than 50,000,000 bytes"):
        read_release(known(files), tmp_path)


def test_what_asks_for_much_memory_is_not_unpacked(files, tmp_path) -> None:
    release_file("1", tmp_path).write_bytes(
        lzma.compress(b"{}", filters=[{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 27}])
    )
    with pytest.raises(DataError, match="is damaged"):
        read_release(known(files), tmp_path)


@given(st.data())
def test_a_changed_byte_never_gives_another_store(tmp_path_factory, data) -> None:
    files = StoreFiles(b"{}", b"[]", None)
    content = bytearray(pack_release("1", files))
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] = data.draw(st.integers(0, 255))
    folder = tmp_path_factory.getbasetemp()
    release_file("1", folder).write_bytes(bytes(content))
    with suppress(DataError):
        assert read_release(known(files), folder) == files
