"""What changed between two versions, from a shell."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from geo.cli import edition, main
from geo.difference.log import read_log
from geo.store import DATA_FOLDER, INCIDENTS_FILE
from tests.conftest import make_claim, make_incident
from tests.geo.cli.conftest import Capture
from tests.geo.stores import store_of

OLD, NEW = make_incident(), make_incident(title="Another \x1b[2J title", status="confirmed")


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
    assert "Rule for people: lowest–highest claim" in text


@pytest.mark.parametrize(
    ("rule", "name", "totals"),
    [
        ([], "lowest–highest claim", ["  killed 4 → 4–9"]),
        (["--rule", "lowest"], "lowest claim", []),
        (["--rule", "highest"], "highest claim", ["  killed 4 → 9"]),
        (["--rule", "claimant:unama"], "as told by unama", ["  killed no figure → 9"]),
    ],
    ids=["range", "lowest", "highest", "claimant"],
)
def test_totals_are_under_the_rule(
    rule: list[str], name: str, totals: list[str], tmp_path: Path, printed: Callable[..., str]
) -> None:
    claims = [make_claim(), make_claim(by="unama", value=9)]
    for folder, said in (("old", claims[:1]), ("new", claims)):
        store_of(tmp_path / folder, make_incident(claims=said))
    text = printed("diff", str(tmp_path / "old"), str(tmp_path / "new"), *rule)
    assert f"Rule for people: {name}. " in text
    effect = text.split("Effect on the totals\n")[1].split("\n\n")[0]
    assert effect.split("\n") == ["  claims 1 → 2", *totals]


def test_nothing_from_data_reaches_the_terminal_as_a_command(
    versions: tuple[str, str], printed: Callable[..., str]
) -> None:
    assert "\x1b" not in printed("diff", *versions)
    assert "\x1b" not in printed("diff", *versions, "--format", "json")


def test_a_file_is_as_good_as_its_folder(versions: tuple[str, str], printed: Callable[..., str]) -> None:
    files = [f"{folder}/{INCIDENTS_FILE.name}" for folder in versions]
    assert printed("diff", *files) == printed("diff", *versions)


@pytest.fixture
def lone(tmp_path: Path) -> Path:
    """The shipped incident file as it was before four edits and a removal, without its registers."""
    document = json.loads(INCIDENTS_FILE.read_text(encoding="utf-8"))
    for feature in document["features"][:4]:
        feature["properties"]["title"] += " (older title)"
    document["features"].append(document["features"][4] | {"id": "2021-01-01-removed-since"})
    path = tmp_path / "old.geojson"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("lone_first", "summary"),
    [(True, "1 incident removed, 4 incidents changed.\n"), (False, "1 incident added, 4 incidents changed.\n")],
    ids=["old", "new"],
)
def test_a_lone_file_is_read_with_the_registers_of_the_other(
    summary: str, lone: Path, capsys: Capture, *, lone_first: bool
) -> None:
    both = (str(lone), str(DATA_FOLDER))
    assert main(["diff", *(both if lone_first else reversed(both))]) == 0
    out, err = capsys.readouterr()
    assert (out.split("Data version")[0], err) == (summary, "")


@pytest.mark.parametrize("register", ["claimants.json", "event_groups.json"])
def test_a_register_that_stands_beside_the_file_is_its_own(register: str, lone: Path, capsys: Capture) -> None:
    rows = json.loads((DATA_FOLDER / register).read_text(encoding="utf-8"))
    rows[0]["name"] = "An older name"
    (lone.parent / register).write_text(json.dumps(rows), encoding="utf-8")
    assert main(["diff", str(lone), str(DATA_FOLDER)]) == 0
    assert "An older name" in capsys.readouterr().out


@pytest.mark.parametrize(
    "content",
    [b"", b"no json", b"[]", b'{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}}]}'],
    ids=["empty", "no-json", "no-collection", "no-incident"],
)
@pytest.mark.parametrize("lone_first", [True, False], ids=["old", "new"])
def test_a_version_of_which_nothing_can_be_read_is_not_compared(
    content: bytes, tmp_path: Path, capsys: Capture, *, lone_first: bool
) -> None:
    path = tmp_path / "broken.geojson"
    path.write_bytes(content)
    both = (str(path), str(DATA_FOLDER))
    assert main(["diff", *(both if lone_first else reversed(both))]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert f"{path}: no incident of it can be read, so nothing was compared" in err


def test_two_lone_files_are_not_compared(lone: Path, capsys: Capture) -> None:
    assert (
        main(["diff", str(lone), str(lone), "--release", "2", "--before", "1", "--log", str(lone.parent / "log")]) == 1
    )
    out, err = capsys.readouterr()
    assert (out, (lone.parent / "log").exists()) == ("", False)
    assert "name a version that has a claimants.json as the other" in err


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
    assert printed("diff", str(DATA_FOLDER), str(DATA_FOLDER)).startswith("Nothing differs.")


def test_what_cannot_be_read_is_the_data_s_fault(broken_store: Path, capsys: Capture) -> None:
    assert main(["diff", str(broken_store), str(DATA_FOLDER)]) == 1
    out, err = capsys.readouterr()
    assert "2021-01-06-mohmand-militant-attack: status: " in err
    assert "Not compared" in out


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["nowhere", "data"], "there is no file nowhere"),
        (["git:--help", "data"], "is no Git revision"),
        (["git:a b", "data"], "is no Git revision"),
        (["git:main:../../etc/passwd", "data"], "is no Git revision"),
        (["git:", "data"], "is no Git revision"),
        ([str(DATA_FOLDER), str(DATA_FOLDER), "--release", "2"], "--release and --before go together"),
        ([str(DATA_FOLDER), str(DATA_FOLDER), "--rule", "claimant:nobody"], "argument --rule: "),
        ([str(DATA_FOLDER)], "NEW"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_a_wrong_command_is_said(argv: list[str], says: str, capsys: Capture) -> None:
    assert main(["diff", *argv]) == 2
    assert says in capsys.readouterr().err


def test_a_release_is_entered_into_the_log(
    versions: tuple[str, str], tmp_path: Path, printed: Callable[..., str]
) -> None:
    log = tmp_path / "log.json"
    for name in ("2", "3", "3"):
        printed("diff", *versions, "--release", name, "--before", "1", "--log", str(log))
    assert [(entry.version, entry.before) for entry in read_log(log)] == [("3", "1"), ("2", "1")]


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
    assert "Git knows no data/incidents.geojson of revision 'nowhere'" in capsys.readouterr().err


def test_without_git_it_says_what_to_name_instead(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edition.shutil, "which", lambda _: None)
    assert main(["diff", "git:v1", str(DATA_FOLDER)]) == 2
    assert "name a file or a folder instead" in capsys.readouterr().err
