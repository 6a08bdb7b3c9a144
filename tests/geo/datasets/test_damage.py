"""What stands in the folder of datasets and was damaged: named with the reason, while all else is served."""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geo.cli import main
from geo.datasets.dataset import Dataset
from geo.datasets.folder import DataFolder
from geo.datasets.links import Link, Report, Verdict, record_decisions
from geo.incident.errors import DamagedError, UnknownDatasetError
from geo.selection import Filters
from geo.store.incident_store import StoreContents
from geo.table.incident_table import with_datasets
from tests.geo.datasets.tables import commit, make_dataset, make_row


@pytest.fixture(scope="module")
def sound(tmp_path_factory) -> Path:
    """Two datasets, of one and of two rows, and a link."""
    made = DataFolder(tmp_path_factory.mktemp("sound") / "data")
    for name, rows in (("acled", 1), ("gdelt", 2)):
        row = [make_row(number, name, uncertainty_km=2.0, search=f"khost {name}-afg{number}") for number in range(rows)]
        commit(made, make_dataset(name, rows=rows), *row)
    pair = Report(dataset="acled", id="acled-afg0"), Report(dataset="gdelt", id="gdelt-afg0")
    record_decisions(made, [Link.of(*pair, Verdict.LINKED)])
    return made.path


@pytest.fixture
def folder(sound, tmp_path) -> DataFolder:
    """A copy of them to damage."""
    return DataFolder(shutil.copytree(sound, tmp_path / "data"))


@pytest.fixture
def nothing(contents) -> StoreContents:
    """A record without incidents, which takes no time to join."""
    return replace(contents, incidents=())


Spoil = Callable[[Path], object]
"""Damages the file or folder that it is given."""


def flip(path: Path) -> None:
    """Change what stands in the middle, and nothing of what the file says of itself."""
    content = bytearray(path.read_bytes())
    middle = slice(40, 400)
    content[middle] = bytes(255 - byte for byte in content[middle])
    path.write_bytes(content)


def rewritten(change: Callable[[pa.Table], pa.Table]) -> Spoil:
    return lambda path: pq.write_table(change(pq.read_table(path)), path)


def other_kind(path: Path) -> None:
    path.unlink()
    path.mkdir()


def gone(path: Path) -> None:
    shutil.rmtree(path) if path.is_dir() else path.unlink()


def loop(path: Path) -> None:
    """Let nobody read it, whoever asks: file rights do not stop a superuser."""
    gone(path)
    path.symlink_to(path)


def with_field(path: Path) -> None:
    path.write_text(json.dumps(json.loads(path.read_text()) | {"colour": "red"}))


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


PART, WORDS = "releases/{release}/part-00000.parquet", "releases/{release}/words-00000.parquet"
UNKNOWN_CODE = rewritten(lambda t: t.set_column(t.column_names.index("category"), "category", pa.array(["flood"] * 2)))


def with_value(name: str, value: object, *, known: bool = True) -> Spoil:
    """Let a row hold another value, which the file's own statistics tell or not."""

    def change(path: Path) -> None:
        rows = pq.read_table(path)
        column = pa.array([value] * len(rows), pa.int32() if name.startswith("date_") else rows.schema.field(name).type)
        at = rows.column_names.index(name)
        changed = rows.set_column(at, name, column.cast(rows.schema.field(name).type))
        pq.write_table(changed, path, write_statistics=known)

    return change


OTHER_TYPE = rewritten(lambda t: t.set_column(t.column_names.index("place"), "place", pa.array([1, 2])))
DAMAGES = [
    pytest.param("dataset.json", cut, "dataset.json cannot be read: it is not JSON, or is cut short", id="json-cut"),
    pytest.param("dataset.json", gone, "dataset.json cannot be read: is missing", id="json-gone"),
    pytest.param("dataset.json", other_kind, "dataset.json cannot be read: Is a directory", id="json-folder"),
    pytest.param("dataset.json", loop, "dataset.json cannot be read: Too many levels", id="json-unreadable"),
    pytest.param("dataset.json", with_field, "it has 'colour', which this version of the program", id="json-newer"),
    pytest.param(PART, cut, "part-00000.parquet cannot be read: it is not a Parquet file", id="part-cut"),
    pytest.param(PART, gone, "its parts hold 0 of its 2 rows", id="part-gone"),
    pytest.param(PART, other_kind, "part-00000.parquet cannot be read: ", id="part-folder"),
    pytest.param(PART, loop, "part-00000.parquet cannot be read: Too many levels", id="part-unreadable"),
    pytest.param(
        PART, lambda path: path.write_text("id,title\n"), "it is not a Parquet file", id="part-of-another-kind"
    ),
    pytest.param(PART, rewritten(lambda t: t.slice(1)), "its parts hold 1 of its 2 rows", id="part-of-fewer-rows"),
    pytest.param(PART, rewritten(lambda t: t.drop("place")), "has no column 'place'", id="part-without-a-column"),
    pytest.param(PART, OTHER_TYPE, "has no column 'place'", id="part-with-another-type"),
    pytest.param(PART, UNKNOWN_CODE, "values that this version of the program does not know", id="part-newer"),
    *(
        pytest.param(PART, with_value(name, value, known=known), "does not know", id=f"part-{name}-{value}-{known}")
        for known in (True, False)
        for name, value in (
            *(("date_start", 2**31 - 1), ("date_end", -(2**31)), ("year", 10**6), ("lon", float("-inf"))),
            *(("lat", 1e308), ("uncertainty_km", 1e308), ("killed_low", 2**63 - 1), ("killed_high", -1)),
            ("border_km", float("inf")),
        )
        if known or name not in ("date_end", "killed_high", "lat", "border_km")
    ),
    pytest.param(PART, with_value("country", None), "does not know", id="part-without-country"),
    pytest.param(PART, with_value("id", ""), "does not know", id="part-without-ids"),
    pytest.param(PART, flip, "part of its contents is damaged", id="part-damaged-inside"),
    pytest.param("releases/{release}", gone, "cannot be read: is missing", id="release-gone"),
    pytest.param("releases/{release}", loop, "cannot be read: Too many levels", id="release-unreadable"),
]


def spoilt(folder: DataFolder, name: str, spoil: Spoil) -> Dataset:
    made = folder.dataset("gdelt")
    spoil(folder.path / "gdelt" / name.format(release=made.release))
    return made


@pytest.mark.parametrize(("name", "spoil", "why"), DAMAGES)
def test_a_damaged_dataset_is_named_and_all_else_is_served(folder, nothing, name, spoil, why) -> None:
    before = folder.version
    spoilt(folder, name, spoil)
    assert folder.version != before
    table, faults = with_datasets(nothing, folder)
    (fault,) = faults
    assert fault.where == "gdelt"
    assert why in fault.message
    assert "import its file again" in fault.message
    assert [source.id for source in table.datasets] == ["acled"]
    assert table.count(Filters(dataset=("acled",))) == 1
    with pytest.raises(UnknownDatasetError, match="gdelt: "):
        folder.dataset("gdelt")


NO_INCIDENT = [
    pytest.param(name, value, id=f"{name}-{str(value)[:20]!r}")
    for name, value in (
        *(
            ("title", None),
            ("title", "\t"),
            ("summary", "\u2028"),
            ("place", " "),
            ("district", "\n"),
            ("id", "gdelt--1"),
        ),
        *(("lat", float("nan")), ("actors", [None]), ("actors", [""]), ("date_end", 0)),
    )
]


@pytest.mark.parametrize(("name", "value"), NO_INCIDENT)
def test_a_row_that_is_no_incident_leaves_its_dataset_out_once_somebody_asks(folder, nothing, name, value) -> None:
    spoilt(folder, PART, with_value(name, value))
    table, _ = with_datasets(nothing, folder)
    with pytest.raises(DamagedError, match="does not know"):
        table.newest(Filters(), limit=5)
    table, (fault,) = with_datasets(nothing, folder)
    assert (fault.where, "does not know" in fault.message) == ("gdelt", True)
    assert [source.id for source in table.datasets] == ["acled"]


@pytest.mark.parametrize(("name", "value"), NO_INCIDENT[:1])
def test_a_command_goes_on_without_it(folder, capsys, name, value) -> None:
    spoilt(folder, PART, with_value(name, value))
    assert main(("list", "--data", str(folder.path), "--until", "2025-01-01", "--format", "csv")) == 0
    said = capsys.readouterr()
    assert said.err.count("does not know") == 1
    assert ("acled-afg0" in said.out, "gdelt-afg0" in said.out) == (True, False)


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        pytest.param(gone, "is missing", id="gone"),
        pytest.param(cut, "not a Parquet file, or is cut short", id="cut"),
        pytest.param(other_kind, "", id="folder"),
        pytest.param(rewritten(lambda t: t.drop("rows")), "has no column 'rows'", id="other-version"),
        pytest.param(rewritten(lambda t: t.slice(1)), "not match the parts beside it", id="of-other-parts"),
    ],
)
def test_without_its_index_a_dataset_is_served_and_that_is_said(folder, nothing, spoil, why) -> None:
    spoilt(folder, WORDS, spoil)
    table, faults = with_datasets(nothing, folder)
    assert faults == ()
    (warning,) = folder.warnings()
    assert (warning.where, why in warning.message) == ("gdelt", True)
    assert "is searched without words-00000.parquet" in warning.message
    assert table.count(Filters(dataset=("gdelt",), q="khost")) == 2


def test_an_index_that_fails_only_when_it_is_asked_is_done_without(folder, nothing) -> None:
    spoilt(folder, WORDS, rewritten(lambda t: t.set_column(2, "rows", pa.array([[2], *[[10**6]] * (len(t) - 1)]))))
    table, _ = with_datasets(nothing, folder)
    assert table.count(Filters(dataset=("gdelt",), q="khost")) == 2


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        pytest.param(cut, "it is not JSON, or is cut short", id="cut"),
        pytest.param(other_kind, "Is a directory", id="folder"),
        pytest.param(loop, "Too many levels", id="unreadable"),
        pytest.param(lambda path: path.write_text('[{"colour": "red"}]'), "0.a: field required", id="of-another-kind"),
    ],
)
def test_links_that_cannot_be_read_are_named_and_the_datasets_served(folder, nothing, spoil, why) -> None:
    linked, _ = with_datasets(nothing, folder)
    spoil(folder.path / "links.json")
    table, (fault,) = with_datasets(nothing, folder)
    assert (fault.where, why in fault.message) == ("links.json", True)
    assert (linked.linked, table.linked, len(table.datasets)) == (True, False, 2)


def test_a_damaged_dataset_can_be_removed_and_imported_again(folder) -> None:
    spoilt(folder, PART, cut)
    assert folder.remove("gdelt").removed_at is not None
    assert [dataset.id for dataset in folder.datasets()] == ["acled"]
    assert folder.faults() == ()
    commit(folder, make_dataset("gdelt"), make_row(1, "gdelt"))
    assert [dataset.id for dataset in folder.datasets()] == ["acled", "gdelt"]


def test_a_release_leads_to_no_other_folder(folder) -> None:
    path = folder.path / "gdelt" / "dataset.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"release": "../../acled/releases/x"}))
    (fault,) = folder.faults()
    assert "release: string should match pattern" in fault.message


NEWER = ("part-newer", "part-damaged-inside")


@pytest.mark.parametrize(("name", "spoil", "why"), [DAMAGES[0], *(row for row in DAMAGES if row.id in NEWER)])
def test_commands_say_it_once_and_count_the_rest(folder, capsys, name, spoil, why) -> None:
    spoilt(folder, name, spoil)
    assert main(("list", "--data", str(folder.path), "--dataset", "acled", "--format", "csv")) == 0
    said = capsys.readouterr()
    assert [line for line in said.err.splitlines() if why in line] == said.err.splitlines()
    assert said.out.count("acled-afg0") == 1


def test_a_folder_that_is_a_file_is_told_as_it_was_given(tmp_path, capsys) -> None:
    (tmp_path / "data").write_text("")
    assert main(("list", "--data", str(tmp_path / "data"))) == 2
    assert f"argument --data: {tmp_path / 'data'} cannot be read: Not a directory" in capsys.readouterr().err
