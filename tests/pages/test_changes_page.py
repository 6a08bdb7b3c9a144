"""The page of changes, run through the frame: the log of versions, and an older file held against the record."""

import json
import re

import pytest

import ui.changes_log
import ui.changes_view
from geo.difference.log import read_log
from geo.filters import Filters
from geo.store import IncidentStore
from tests.pages.conftest import texts
from tests.pages.panels import drawn_by
from ui.changes_upload import sort_out

PAGE = "evidence/changes"
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def panels(monkeypatch) -> dict[str, str]:
    """The HTML of the page's panels by their keys."""
    return drawn_by(monkeypatch, ui.changes_view)


@pytest.fixture
def older() -> bytes:
    """The record before its first incident's title was changed, and without its last incident."""
    document = json.loads(IncidentStore().path.read_text("utf-8"))
    document["features"][0]["properties"]["title"] = HOSTILE
    document["features"].pop()
    return json.dumps(document).encode()


def words(app) -> str:
    return texts(app).replace("\\", "")


def uploaded(app, *files):
    app.file_uploader(key="changes-upload").set_value(list(files)).run()
    assert not app.exception
    return app


def listed(html: str) -> list[str]:
    return re.findall(r'data-choose="([^"]+)"', html)


def test_says_that_the_first_version_has_none_before(run) -> None:
    assert "0.1.0 is the first version of the record, with no earlier one to compare with" in words(run(PAGE))


def test_lists_every_change_of_the_newest_version(run, panels) -> None:
    run(PAGE)
    assert listed(panels["version-list"]) == [change.id for change in read_log()[0].difference.changed]


def test_names_the_rule_at_the_totals(run, panels) -> None:
    app = run(PAGE)
    assert "Killed, injured and crossed: lowest–highest claim" in panels["version-totals"]
    assert "Tolls: lowest–highest claim" in words(app)


def test_says_that_the_log_keeps_its_rule(run) -> None:
    assert "whatever the rule switch says" in words(run(PAGE, rule="independent"))


def test_tells_a_change_as_a_journalist_reads_it(run, panels) -> None:
    run(PAGE)
    assert re.search(
        r"killed 17–71 → 71, because scope of claim 1 \(Pakistan military \(ISPR\)", panels["version-list"]
    )


def test_the_filters_restrict_the_list_and_say_so(run, table, panels) -> None:
    run(PAGE, year="2025")
    chosen = set(table.select(Filters(year=(2025,))).index)
    changed = [change.id for change in read_log()[0].difference.changed]
    inside = [incident for incident in changed if incident in chosen]
    assert listed(panels["version-list"]) == inside
    assert f"{len(changed) - len(inside)} incidents that changed are outside the filters" in panels["version-list"]


def test_shows_one_kind_of_change(run, panels) -> None:
    app = run(PAGE)
    app.segmented_control(key="version-kind").select("status").run()
    held = [c.id for c in read_log()[0].difference.changed if "status" in {field.field for field in c.fields}]
    assert listed(panels["version-list"]) == held


def test_no_log_ends_in_a_sentence(run, monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(ui.changes_log, "LOG_FILE", tmp_path / "none.json")
    assert "No version is in the log yet" in run(PAGE).info[0].value


def test_a_broken_log_is_told(run, monkeypatch, tmp_path) -> None:
    (tmp_path / "log.json").write_text("{", "utf-8")
    monkeypatch.setattr(ui.changes_log, "LOG_FILE", tmp_path / "log.json")
    assert "The log of versions cannot be read" in words(run(PAGE))


def test_a_record_edited_since_is_told(run, store) -> None:
    store.write_text(store.read_text("utf-8") + "\n", "utf-8")
    assert "has been edited since version 0.1.0" in words(run(PAGE))


def test_an_older_file_is_compared(run, incidents, older, panels) -> None:
    app = uploaded(run(PAGE), ("incidents.geojson", older, "application/geo+json"))
    assert "1 incident added, 1 incident changed." in words(app)
    assert listed(panels["upload-list"]) == [incidents[-1].id, incidents[0].id]
    assert f"<ins>{incidents[0].title}" in panels["upload-list"]


def test_markup_in_an_older_file_stays_text(run, older, panels) -> None:
    uploaded(run(PAGE), ("../../etc/incidents.geojson", older, "application/geo+json"))
    assert "&lt;img" in panels["upload-list"]
    assert "<img" not in panels["upload-list"]


def test_an_older_file_is_counted_under_the_chosen_rule(run, older, panels) -> None:
    uploaded(run(PAGE, rule="independent"), ("incidents.geojson", older, "application/geo+json"))
    assert "as told by independent voices" in panels["upload-totals"]


def test_the_record_itself_differs_in_nothing(run) -> None:
    app = uploaded(run(PAGE), *((f.name, f.read_bytes(), "application/json") for f in IncidentStore().files))
    assert "Nothing differs." in words(app)


@pytest.mark.parametrize("raw", [b"{", b"\xff\xfe\x00", b"[1]", b'{"features": []}'], ids=repr)
def test_a_file_that_is_none_is_told(run, table, raw) -> None:
    said = words(uploaded(run(PAGE), ("x.geojson", raw, "application/json")))
    assert f"{len(table)} incidents added" in said or "fault" in said


class Given:
    """A file as the uploader hands it over."""

    def __init__(self, name: str, content: bytes = b"x") -> None:
        self.name, self.content = name, content

    def getvalue(self) -> bytes:
        return self.content


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["incidents.geojson"], (b"incidents.geojson", None, None)),
        (["old.json", "claimants.json"], (b"old.json", b"claimants.json", None)),
        (["event_groups.json", "a.geojson", "claimants.json"], (b"a.geojson", b"claimants.json", b"event_groups.json")),
        (["a.geojson", "b.geojson"], "Give one incident file, not 2; registers are told by their names."),
        (["claimants.json"], "Give one incident file, not 0; registers are told by their names."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_files_are_told_apart_by_their_names(names, found) -> None:
    assert sort_out([Given(name, name.encode()) for name in names]) == found


def test_a_file_that_is_too_big_is_refused() -> None:
    assert "larger than 20 MB" in sort_out([Given("a.geojson", b" " * 20_000_001)])
