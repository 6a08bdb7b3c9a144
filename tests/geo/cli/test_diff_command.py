"""What changed between two versions, from a shell."""

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from geo.cli import diff_command as edition
from geo.cli import main
from geo.store.incident_store import DATA_FOLDER, INCIDENTS_FILE, IncidentStore
from geo.versions.comparing import to_json
from geo.versions.released import read_log, read_release, release_file, releases
from tests.conftest import make_claim, make_incident
from tests.geo.cli.conftest import Capture
from tests.geo.stores import edited, store_of

pytestmark = pytest.mark.slow

FOLDER = str(DATA_FOLDER)
OLD, NEW = make_incident(), make_incident(title="Another \u202e title", status="confirmed")


@pytest.fixture
def versions(tmp_path: Path) -> tuple[str, str]:
    """The folders of two small stores."""
    folders = tmp_path / "old", tmp_path / "new"
    for folder, incident in zip(folders, (OLD, NEW), strict=True):
        store_of(folder, incident)
    return str(folders[0]), str(folders[1])


def test_text(versions: tuple[str, str], printed: Callable[..., str]) -> None:
    text = printed("diff", *versions)
    assert text.startswith("1 incident changed.\n")
    assert "  status reported → confirmed\n" in text
    assert "Casualty counting rule: lowest–highest claim" in text


@pytest.mark.parametrize(
    ("rule", "name", "totals"),
    [
        pytest.param([], "lowest–highest claim", ["  killed 4 → 4–9"], id="range"),
        pytest.param(["--rule", "lowest"], "lowest claim", [], id="lowest"),
        pytest.param(["--rule", "highest"], "highest claim", ["  killed 4 → 9"], id="highest"),
        pytest.param(["--rule", "claimant:unama"], "according to unama", ["  killed no figure → 9"], id="claimant"),
    ],
)
def test_totals_are_under_the_rule(
    rule: list[str], name: str, totals: list[str], tmp_path: Path, printed: Callable[..., str]
) -> None:
    claims = [make_claim(), make_claim(by="unama", value=9)]
    for folder, said in (("old", claims[:1]), ("new", claims)):
        store_of(tmp_path / folder, make_incident(claims=said))
    text = printed("diff", str(tmp_path / "old"), str(tmp_path / "new"), *rule)
    assert f"Casualty counting rule: {name}. " in text
    effect = text.split("Effect on the totals\n")[1].split("\n\n")[0]
    assert effect.split("\n") == ["  claims 1 → 2", *totals]


def test_nothing_from_data_reaches_the_terminal_as_a_command(
    versions: tuple[str, str], printed: Callable[..., str]
) -> None:
    assert "\u202e" not in printed("diff", *versions)


def test_a_file_is_as_good_as_its_folder(versions: tuple[str, str], printed: Callable[..., str]) -> None:
    files = [f"{folder}/{INCIDENTS_FILE.name}" for folder in versions]
    assert printed("diff", *files) == printed("diff", *versions)


@pytest.fixture
def record(tmp_path: Path) -> str:
    """The folder of a store of five incidents in an event cluster."""
    found = [make_incident(f"2025-01-0{day}-khost", event_group="chaman-2025") for day in range(1, 6)]
    return str(store_of(tmp_path / "record", *found).path.parent)


@pytest.fixture
def lone(tmp_path: Path, record: str) -> Path:
    """The record's incident file as it was before four edits and a removal, without its registers."""
    document = json.loads(Path(record, INCIDENTS_FILE.name).read_text(encoding="utf-8"))
    for feature in document["features"][:4]:
        feature["properties"]["title"] += " (older title)"
    document["features"].append(document["features"][4] | {"id": "2021-01-01-removed-since"})
    path = tmp_path / "old.geojson"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("lone_first", "summary"),
    [
        pytest.param(True, "1 incident removed, 4 incidents changed.", id="old"),
        pytest.param(False, "1 incident added, 4 incidents changed.", id="new"),
    ],
)
def test_a_lone_file_is_read_with_the_registers_of_the_other(
    summary: str, lone: Path, record: str, capsys: Capture, *, lone_first: bool
) -> None:
    both = (str(lone), record)
    assert main(["diff", *(both if lone_first else reversed(both))]) == 0
    out, err = capsys.readouterr()
    assert (out.split("\n")[0], err) == (summary, "")


@pytest.mark.parametrize("register", ["claimants.json", "event_groups.json"])
def test_a_register_that_stands_beside_the_file_is_its_own(
    register: str, lone: Path, record: str, capsys: Capture
) -> None:
    rows = json.loads(Path(record, register).read_text(encoding="utf-8"))
    rows[0]["name"] = "An older name"
    (lone.parent / register).write_text(json.dumps(rows), encoding="utf-8")
    assert main(["diff", str(lone), record]) == 0
    assert "An older name" in capsys.readouterr().out


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"no json", id="no-json"),
        pytest.param(b"[]", id="no-collection"),
        pytest.param(
            b'{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}}]}', id="no-incident"
        ),
    ],
)
@pytest.mark.parametrize(
    "lone_first",
    [
        pytest.param(True, id="old"),
        pytest.param(False, id="new"),
    ],
)
def test_a_version_of_which_nothing_can_be_read_is_not_compared(
    content: bytes, tmp_path: Path, record: str, capsys: Capture, *, lone_first: bool
) -> None:
    path = tmp_path / "broken.geojson"
    path.write_bytes(content)
    both = (str(path), record)
    assert main(["diff", *(both if lone_first else reversed(both))]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert f"{path}: none of its incidents can be read, so nothing was compared" in err


def test_two_lone_files_are_not_compared(lone: Path, capsys: Capture) -> None:
    assert (
        main(["diff", str(lone), str(lone), "--release", "2", "--before", "1", "--log", str(lone.parent / "log")]) == 1
    )
    out, err = capsys.readouterr()
    assert (out, (lone.parent / "log").exists()) == ("", False)
    assert "name as the other a version that has a claimants.json" in err


def test_a_version_without_incidents_is_compared(tmp_path: Path, printed: Callable[..., str]) -> None:
    store_of(tmp_path / "old")
    store_of(tmp_path / "new", NEW)
    assert printed("diff", str(tmp_path / "old"), str(tmp_path / "new")).startswith("1 incident added.")


def test_json(versions: tuple[str, str], printed: Callable[..., str]) -> None:
    found = json.loads(printed("diff", *versions, "--format", "json"))
    assert [change["id"] for change in found["changed"]] == [OLD.id]


def test_markdown(versions: tuple[str, str], printed: Callable[..., str]) -> None:
    assert "\n## Incidents changed\n" in printed("diff", *versions, "--format", "markdown")


def test_the_record_differs_in_nothing_from_itself(printed: Callable[..., str]) -> None:
    assert printed("diff", str(DATA_FOLDER), str(DATA_FOLDER)).startswith("No differences.")


def test_what_cannot_be_read_is_the_data_s_fault(broken_store: Path, capsys: Capture) -> None:
    assert main(["diff", str(broken_store), str(DATA_FOLDER)]) == 1
    out, err = capsys.readouterr()
    assert "2021-01-06-mohmand-militant-attack: status: " in err
    assert "Not compared" in out


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["nowhere", "data"], "there is no file nowhere"),
        (["x" * 5_000, "data"], "xxx… cannot be read: File name too long"),
        (["x/" * 2_500, "data"], "x/x/"),
        (["a\0b", "data"], "cannot be a file name"),
        (["git:--help", "data"], "is not a Git revision"),
        (["git:a b", "data"], "is not a Git revision"),
        (["git:main:../../etc/passwd", "data"], "is not a Git revision"),
        (["git:", "data"], "is not a Git revision"),
        (["record", "record", "--before", "1"], "it needs --release"),
        (["record", "record", "--release", "2"], "argument --before: say what OLD is called"),
        (["record", "record", "--release", "2", "--before", "1", "--year", "2025"], "a version is released whole"),
        (["record", "record", "--release", "2", "--before", "1", "--q", " "], "a version is released whole"),
        (["record", "record", "--release", "2", "--before", "1", "--q", ""], "a version is released whole"),
        (["record", "record", "--release", "2", "--before", "1", "--linked", "each"], "a version is released whole"),
        (["record", "record", "--release", "2", "--before", "1", "--rule", "lowest"], "under the rule range"),
        (["record", "record", "--release", "", "--before", "1"], "argument --release: '' cannot be a version name"),
        (["record", "record", "--release", "2", "--before", ""], "argument --before: '' cannot be a version name"),
        (["record", "record", "--before", ""], "it needs --release"),
        (["record", "record", "--rule", "claimant:nobody"], "argument --rule: "),
        (["record", "record", "--actor", "Nobody at all"], "argument --actor: no incident has"),
        (["--year", "2025"], "OLD"),
    ],
    ids=lambda value: " ".join(value[-2:])[:60] if isinstance(value, list) else "",
)
def test_a_wrong_command_is_said(
    argv: list[str], says: str, record: str, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.chdir(Path(record).parent)
    assert main(["diff", *argv]) == 2
    assert says in capsys.readouterr().err


def test_a_released_version_is_told_by_its_name_and_today_s_record_is_after_it(printed: Callable[..., str]) -> None:
    entry = read_log()[-1]
    found = json.loads(printed("diff", entry.version, "--format", "json"))
    assert found["new_version"] == IncidentStore().read().version
    assert found["old_version"] == entry.difference.new_version


def test_two_released_versions_are_compared_as_the_log_has_them(printed: Callable[..., str]) -> None:
    entry = read_log()[-1]
    assert printed("diff", entry.before, entry.version, "--format", "json") == to_json(entry.difference)


def test_a_name_that_is_no_version_is_told_those_that_are(capsys: Capture) -> None:
    assert main(["diff", "9.9"]) == 2
    assert "a released version (“" in capsys.readouterr().err


def test_a_released_version_comes_before_a_folder_of_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    name = read_log()[0].version
    store_of(tmp_path / name, OLD)
    monkeypatch.chdir(tmp_path)
    assert main(["diff", name, name]) == 0
    assert f"write ./{name} for the one here" in capsys.readouterr().err
    assert main(["diff", f"./{name}", name]) == 0
    assert " incidents added" in capsys.readouterr().out


def test_the_filters_make_it_a_difference_of_the_selection(
    versions: tuple[str, str], printed: Callable[..., str]
) -> None:
    text = printed("diff", *versions, "--status", "confirmed")
    assert text.startswith("1 incident changed, 1 incident entered the selection.\n")
    assert "Only incidents that match the filters in one of the two versions, or in both: Incidents, confirmed." in text
    assert "  incidents 0 → 1\n" in text
    assert json.loads(printed("diff", *versions, "--status", "confirmed", "--format", "json"))["filters"] == {
        "status": ["confirmed"]
    }


def test_an_actor_that_only_the_older_version_knows_can_be_asked_for(
    tmp_path: Path, printed: Callable[..., str]
) -> None:
    store_of(tmp_path / "old", make_incident(actors=("Old name",)))
    store_of(tmp_path / "new", make_incident(actors=("New name",)))
    text = printed("diff", str(tmp_path / "old"), str(tmp_path / "new"), "--actor", "Old name")
    assert text.startswith("1 incident changed, 1 incident left the selection.\n")


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log.json"


def release(log: Path, old: str, new: str, name: str, before: str | None = None) -> int:
    return main(["diff", old, new, "--release", name, *(["--before", before] if before else []), "--log", str(log)])


def test_a_release_is_entered_into_the_log_and_its_store_is_shipped(versions: tuple[str, str], log: Path) -> None:
    assert release(log, *versions, "2", "1") == 0
    (entry,) = read_log(log)
    assert (entry.version, entry.before) == ("2", "1")
    for known, folder in zip(releases(read_log(log)), reversed(versions), strict=True):
        store = IncidentStore(Path(folder) / INCIDENTS_FILE.name)
        assert read_release(known, log.parent / "versions") == tuple(file.read_bytes() for file in store.files)


def test_the_next_release_needs_only_the_name_of_the_one_before(
    versions: tuple[str, str], log: Path, tmp_path: Path
) -> None:
    release(log, *versions, "2", "1")
    store_of(tmp_path / "newest", NEW, make_incident("another"))
    assert release(log, "2", str(tmp_path / "newest"), "3") == 0
    assert [(entry.version, entry.before) for entry in read_log(log)] == [("3", "2"), ("2", "1")]
    assert [row.id for row in read_log(log)[0].difference.added] == ["another"]


def test_a_version_is_brought_up_to_date_until_another_is_compared_with_it(
    versions: tuple[str, str], log: Path, tmp_path: Path, capsys: Capture
) -> None:
    release(log, *versions, "2", "1")
    newest = str(tmp_path / "newest")
    store_of(tmp_path / "newest", NEW, make_incident("another"))
    assert release(log, "1", newest, "2") == 0
    assert [row.id for row in read_log(log)[0].difference.added] == ["another"]
    store_of(tmp_path / "newest", NEW)
    assert release(log, "2", newest, "3") == 0
    capsys.readouterr()
    assert release(log, "1", newest, "2") == 2
    assert "argument --release: the log has the data version" in capsys.readouterr().err


def test_the_same_store_entered_again_keeps_its_day(versions: tuple[str, str], log: Path) -> None:
    release(log, *versions, "2", "1")
    log.write_text(re.sub(r'"date": "[-0-9]+"', '"date": "2026-01-02"', log.read_text("utf-8"), count=1), "utf-8")
    assert release(log, "1", "2", "2") == 0
    assert read_log(log)[0].date.isoformat() == "2026-01-02"


@pytest.mark.parametrize(
    ("names", "says"),
    [
        pytest.param(("../2", "1"), "cannot be a version name", id="path"),
        pytest.param(("today", "1"), "cannot be a version name", id="today"),
        pytest.param(("2", "2"), "give NEW another name", id="both-alike"),
        pytest.param(("one two", "one-two"), "too like the name of another version", id="one-file-for-two"),
        pytest.param(("Two", "two"), "too like the name of another version", id="another-case"),
    ],
)
def test_a_name_that_cannot_be_a_version_s_is_refused(
    names: tuple[str, str], says: str, versions: tuple[str, str], log: Path, capsys: Capture
) -> None:
    assert release(log, *versions, *names) == 2
    assert says in capsys.readouterr().err
    assert not log.exists()


@pytest.mark.parametrize("name", ["2a ", " 2a", "2A", "2a."])
def test_a_released_version_is_not_overwritten_under_a_name_like_its_own(
    name: str, versions: tuple[str, str], log: Path, tmp_path: Path, capsys: Capture
) -> None:
    release(log, *versions, "2a", "1")
    kept = {file: file.read_bytes() for file in (log, *log.with_name("versions").iterdir())}
    store_of(tmp_path / "newest", NEW, make_incident("another"))
    assert release(log, "1", str(tmp_path / "newest"), name) == 2
    assert f"argument --release: {name!r}" in capsys.readouterr().err
    assert {file: file.read_bytes() for file in (log, *log.with_name("versions").iterdir())} == kept


@pytest.mark.parametrize(
    "old",
    [
        pytest.param(0, id="since-the-one-before"),
        pytest.param(1, id="since-itself"),
    ],
)
def test_a_released_store_is_not_released_under_another_name(
    old: int, versions: tuple[str, str], log: Path, capsys: Capture
) -> None:
    release(log, *versions, "2", "1")
    assert release(log, ("1", "2")[old], versions[1], "3") == 2
    assert "argument --release: NEW is version 2, byte for byte" in capsys.readouterr().err
    assert [entry.version for entry in read_log(log)] == ["2"]


def test_a_released_store_is_not_called_otherwise_as_what_came_before(
    versions: tuple[str, str], log: Path, tmp_path: Path, capsys: Capture
) -> None:
    release(log, *versions, "2", "1")
    store_of(tmp_path / "newest", NEW, make_incident("another"))
    assert release(log, versions[1], str(tmp_path / "newest"), "3", "two") == 2
    assert "argument --before: OLD is version 2, byte for byte" in capsys.readouterr().err


def test_a_store_is_no_new_version_of_itself(versions: tuple[str, str], log: Path, capsys: Capture) -> None:
    assert release(log, versions[0], versions[0], "2", "1") == 2
    assert "NEW is version 1, byte for byte" in capsys.readouterr().err
    assert not log.exists()


def test_what_a_version_is_compared_with_is_what_the_log_calls_so(
    versions: tuple[str, str], log: Path, capsys: Capture
) -> None:
    release(log, *versions, "2", "1")
    assert release(log, *reversed(versions), "3", "1") == 2
    assert "argument --before: the log has the data version" in capsys.readouterr().err
    assert len(read_log(log)) == 1


def test_a_record_with_faults_is_not_released(broken_store: Path, log: Path, capsys: Capture) -> None:
    assert release(log, FOLDER, str(broken_store), "2", "1") == 1
    assert "2 is not released: 2 faults" in capsys.readouterr().err
    assert not log.exists()


def test_a_record_with_a_province_that_is_none_is_not_released(
    versions: tuple[str, str], log: Path, capsys: Capture
) -> None:
    store = IncidentStore(Path(versions[1]) / INCIDENTS_FILE.name)
    edited(store, lambda features: features[0]["properties"].update(provinces=["Khost", "Kost"]))
    assert release(log, *versions, "2", "1") == 1
    assert "'Kost' is not a province in the boundaries; did you mean 'Khost'?" in capsys.readouterr().err
    assert not log.exists()


def test_a_record_without_its_register_is_not_released(lone: Path, record: str, log: Path, capsys: Capture) -> None:
    assert release(log, record, str(lone), "2", "1") == 2
    assert "NEW has no claimants.json beside it" in capsys.readouterr().err


def test_a_damaged_version_is_named_and_the_others_are_compared(
    versions: tuple[str, str], log: Path, capsys: Capture
) -> None:
    release(log, *versions, "2", "1")
    damaged = release_file("1", log.parent / "versions")
    damaged.write_bytes(damaged.read_bytes()[:-9])
    capsys.readouterr()
    assert main(["diff", "1", "2", "--log", str(log)]) == 1
    said = capsys.readouterr().err
    assert (
        "/versions/1.json.xz: is cut off, or has more data after its end; restore it as it came with the program"
        in said
    )
    assert main(["diff", "2", versions[0], "--log", str(log)]) == 0


def test_without_a_log_files_are_compared_nevertheless(
    versions: tuple[str, str], tmp_path: Path, capsys: Capture
) -> None:
    (tmp_path / "log.json").write_text("{", "utf-8")
    assert main(["diff", *versions, "--log", str(tmp_path / "log.json")]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("1 incident changed.")
    assert "no released version is known, as the log cannot be read" in err


def test_with_a_folder_in_the_log_s_place_it_says_that_no_version_is_known(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "log.json").mkdir()
    assert main(["diff", "0.1.0", "--log", str(tmp_path / "log.json")]) == 2
    err = capsys.readouterr().err
    assert "no released version is known, as the log cannot be read: Is a directory; restore it" in err
    assert "there is no file 0.1.0" in err


def test_a_log_that_cannot_be_read_is_not_written_over(
    versions: tuple[str, str], tmp_path: Path, capsys: Capture
) -> None:
    log = tmp_path / "log.json"
    log.write_text("{", encoding="utf-8")
    assert main(["diff", *versions, "--release", "2", "--before", "1", "--log", str(log)]) == 1
    assert "log.json" in capsys.readouterr().err
    assert log.read_text("utf-8") == "{"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository made for the test, with one version committed and another in its place."""
    folder = tmp_path / "data"
    store_of(folder, OLD)
    person = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    for command in (["init", "-q"], ["add", "."], [*person, "commit", "-q", "-m", "First"], ["tag", "v1"]):
        subprocess.run(["git", "-C", str(tmp_path), *command], check=True)
    store_of(folder, NEW)
    monkeypatch.setattr(edition, "DATA_FOLDER", folder)
    return folder


@pytest.mark.parametrize("revision", ["v1", "HEAD", "HEAD~0"])
def test_a_git_revision_is_read_without_touching_the_work_tree(
    revision: str, repository: Path, printed: Callable[..., str]
) -> None:
    assert "status reported → confirmed" in printed("diff", f"git:{revision}", str(repository))


def test_a_revision_that_git_does_not_know_is_said(repository: Path, capsys: Capture) -> None:
    assert main(["diff", "git:nowhere", str(repository)]) == 2
    assert "Git has no data/incidents.geojson in revision 'nowhere'" in capsys.readouterr().err


def test_without_git_it_says_what_to_name_instead(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edition.shutil, "which", lambda _: None)
    assert main(["diff", "git:v1", str(DATA_FOLDER)]) == 2
    assert "name a file or a folder instead" in capsys.readouterr().err
