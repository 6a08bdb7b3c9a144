"""The page of changes, run through the frame: released versions, today's record and an older file held together."""

import json
import re
import shutil

import pytest

import ui.changes_view
from geo.casualties import RANGE, Rule
from geo.incident.errors import UnreadableError
from geo.places.boundaries import boundaries
from geo.selection import Filters
from geo.store.incident_store import IncidentStore
from geo.versions.comparing import compare, restricted, summary_words, table_of, to_json, toll_change_words
from geo.versions.released import (
    VERSIONS_FOLDER,
    Difference,
    Edition,
    Release,
    StoreFiles,
    Version,
    dump_log,
    pack_release,
    read_edition,
    read_log,
    read_release,
    release_file,
    releases,
)
from tests.pages.conftest import panels_of, texts
from ui.changes_view import sort_out

PAGE = "evidence/changes"
RELEASES = releases(read_log())
OLDEST = {"from": RELEASES[-1].name}
HOSTILE = "<img src=x onerror=alert(1)>"


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


def shipped_edition(release: Release) -> Edition:
    return read_edition(*read_release(release))


def now(contents) -> Edition:
    """The record as it is now."""
    return read_edition(*(file.read_bytes() for file in IncidentStore(contents.path).files))


COMPARED: dict[tuple[str, str, str], Difference] = {}


def compared(old: Edition, new: Edition, *, rule: Rule) -> Difference:
    """What `compare` finds between two versions, found once for all tests and the page: it takes two seconds."""
    asked = (old.version, new.version, rule.code)
    if asked not in COMPARED:
        COMPARED[asked] = compare(old, new, rule=rule)
    return COMPARED[asked]


@pytest.fixture(autouse=True)
def _compared_once(monkeypatch) -> None:
    monkeypatch.setattr(ui.changes_view, "compare", compared)


def since(release: Release, contents) -> Difference:
    """What changed between a released version and the record as it is now."""
    return compared(shipped_edition(release), now(contents), rule=RANGE)


def listed(html: str) -> list[str]:
    return re.findall(r'data-choose="([^"]+)"', html)


@pytest.mark.parametrize("release", [RELEASES[0], RELEASES[-1]], ids=["newest", "oldest"])
def test_lists_every_change_between_a_released_version_and_today_s_record(seen, contents, release) -> None:
    app = seen(PAGE, **{"from": release.name})
    panels = panels_of(app)
    found = since(release, contents)
    rows = [row.id for row in (*found.added, *found.removed)]
    assert [*rows, *(change.id for change in found.changed)] == listed(panels.get("version-list", ""))
    assert f"**{summary_words(found)}**" in words(app)


def test_a_version_is_chosen_by_one_click_and_stands_in_the_link(run, contents) -> None:
    app = run(PAGE)
    oldest = RELEASES[-1]
    app.selectbox(key="from").select(oldest.name).run()
    assert app.query_params["from"] == oldest.name
    assert set(listed(panels_of(app)["version-list"])) == since(oldest, contents).incidents


def test_begins_with_the_newest_version_that_is_not_today_s_record(seen, contents) -> None:
    first = next((r.name for r in RELEASES if r.data_version != contents.version), RELEASES[0].name)
    assert seen(PAGE).selectbox(key="from").value == first


def test_where_the_record_is_as_released_the_version_before_is_shown(run, monkeypatch, tmp_path) -> None:
    log, folder = tmp_path / "log.json", tmp_path / "versions"
    folder.mkdir()
    newest = StoreFiles(*(file.read_bytes() for file in IncidentStore().files))
    before = read_release(RELEASES[-1])
    for name, files in (("2", newest), ("1", before)):
        release_file(name, folder).write_bytes(pack_release(name, files))
    difference = compared(read_edition(*before), read_edition(*newest), rule=RANGE)
    log.write_text(dump_log([Version(version="2", date="2026-12-01", before="1", difference=difference)]), "utf-8")
    monkeypatch.setattr(ui.changes_view, "LOG_FILE", log)
    monkeypatch.setattr(ui.changes_view, "VERSIONS_FOLDER", folder)
    app = run(PAGE)
    assert app.selectbox(key="from").value == "1"
    assert "The record has not changed since version 2 was released on 1 December 2026." in words(app)


def test_two_released_versions_are_compared(seen) -> None:
    entry = read_log()[-1]
    app = seen(PAGE, **{"from": entry.before, "to": entry.version})
    panels = panels_of(app)
    assert listed(panels["version-list"]) == [change.id for change in entry.difference.changed]
    assert f"“{entry.before}” is the record as it was before its first release" in words(app)


def test_a_later_version_can_be_the_end_and_an_earlier_one_not(seen) -> None:
    app = seen(PAGE, **{"from": RELEASES[0].name, "to": RELEASES[-1].name})
    assert app.selectbox(key="to").options == ["today’s record"]
    assert app.selectbox(key="to").value == "today"


def test_a_version_that_a_link_asks_for_in_vain_is_named(seen) -> None:
    app = seen(PAGE, **{"from": HOSTILE})
    assert f"Unknown filter values ignored: from={HOSTILE}" in words(app)


def test_says_in_numbers_how_much_changed(seen, contents) -> None:
    app = seen(PAGE, **{"from": RELEASES[-1].name})
    found = since(RELEASES[-1], contents)
    assert {metric.label: metric.value for metric in app.metric} == {
        "Incidents added": f"{len(found.added):,}",
        "Incidents removed": f"{len(found.removed):,}",
        "Incidents changed": f"{len(found.changed):,}",
        "Claims added": f"{found.claim_changes['added']:,}",
        "Claims removed": f"{found.claim_changes['removed']:,}",
        "Claims changed": f"{found.claim_changes['changed']:,}",
    }
    for toll in found.totals:
        assert (toll_change_words(toll) in words(app)) is (toll.old != toll.new)


def test_names_the_rule_at_the_totals(seen) -> None:
    app = seen(PAGE, **OLDEST)
    panels = panels_of(app)
    assert "Killed, injured and crossed: lowest–highest claim" in panels["version-totals"]
    assert "Tolls: lowest–highest claim" in words(app)


def test_counts_people_under_the_rule_of_the_switch(seen, contents) -> None:
    entry = read_log()[-1]
    panels = panels_of(seen(PAGE, rule="highest", **{"from": entry.before, "to": entry.version}))
    before, after = (shipped_edition(r) for name in (entry.before, entry.version) for r in RELEASES if r.name == name)
    killed = compared(before, after, rule=Rule.parse("highest", contents.claimants)).totals[0]
    assert f"<td>{killed.old.words}</td><td>{killed.new.words}</td>" in panels["version-totals"]


def test_tells_a_change_as_a_journalist_reads_it(seen) -> None:
    entry = read_log()[-1]
    panels = panels_of(seen(PAGE, **{"from": entry.before, "to": entry.version}))
    assert re.search(
        r"killed 17–71 → 71, because scope of claim 1 \(Pakistan military \(ISPR\)", panels["version-list"]
    )


def test_the_filters_restrict_list_numbers_and_totals_and_say_so(seen, contents, table) -> None:
    app = seen(PAGE, year="2025", status="disputed", **OLDEST)
    panels = panels_of(app)
    found, filters = since(RELEASES[-1], contents), Filters(year=(2025,), status=("disputed",))
    older = table_of(shipped_edition(RELEASES[-1]))
    either = {i.id for one in (older, table) for i in one.selected(filters)}
    inside = found.incidents & either
    assert set(listed(panels["version-list"])) == inside
    assert "Only incidents that match the filters in one of the two versions, or in both: " in words(app)
    assert f"{len(found.incidents - inside):,} incidents that differ are outside the filters" in words(app)
    counted = f"<td>{older.count(filters):,}</td><td>{table.count(filters):,}</td>"
    assert f"incidents</th>{counted}" in panels["version-totals"]
    assert ">Selection</th>" in panels["version-totals"]


def test_an_incident_that_a_correction_takes_out_of_the_selection_says_so(seen) -> None:
    entry = read_log()[-1]
    gone = next(
        change.id
        for change in entry.difference.changed
        for field in change.fields
        if (field.field, field.old) == ("status", "disputed")
    )
    panels = panels_of(seen(PAGE, status="disputed", **{"from": entry.before, "to": entry.version}))
    assert re.search(rf"left the selection</span></p><button[^>]*{gone}", panels["version-list"])


def test_a_selection_without_incidents_ends_in_a_sentence(seen) -> None:
    app = seen(PAGE, q="no such word anywhere", **OLDEST)
    assert "No differences." in words(app)
    assert "No incidents match." in words(app)


def test_a_file_carries_the_filters_and_its_name_says_them(contents) -> None:
    found = restricted(
        since(RELEASES[-1], contents),
        (table_of(shipped_edition(RELEASES[-1])), table_of(now(contents))),
        Filters(year=(2025,)),
        rule=RANGE,
        layers=boundaries(),
    )
    versions = f"{RELEASES[-1].data_version[:8]}-{contents.version[:8]}"
    assert ui.changes_view.file_stem(found) == f"changes-{versions}-2025"
    assert json.loads(to_json(found))["filters"] == {"year": ["2025"]}


@pytest.mark.parametrize("kind", ["status", "tolls"])
def test_shows_one_kind_of_change(run, contents, kind) -> None:
    app = run(PAGE, **OLDEST)
    app.segmented_control(key="version-kind").select(kind).run()
    changed = since(RELEASES[-1], contents).changed
    held = [c.id for c in changed if (c.tolls if kind == "tolls" else "status" in {field.field for field in c.fields})]
    assert held
    assert listed(panels_of(app)["version-list"]) == held


def test_shows_what_was_added_and_removed_alone(run, older, incidents) -> None:
    app = uploaded(run(PAGE), ("incidents.geojson", older, "application/geo+json"))
    app.segmented_control(key="upload-kind").select("added or removed").run()
    assert listed(panels_of(app)["upload-list"]) == [incidents[-1].id]


def test_a_kind_of_change_of_which_there_is_none_says_so(run, older) -> None:
    app = uploaded(run(PAGE), ("incidents.geojson", older, "application/geo+json"))
    app.segmented_control(key="upload-kind").select("tolls").run()
    assert "Nothing listed here for “tolls”. Choose another kind of change." in panels_of(app)["upload-list"]


def test_no_log_ends_in_a_sentence(run, monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(ui.changes_view, "LOG_FILE", tmp_path / "none.json")
    assert "The log has no version yet" in run(PAGE).info[0].value


def test_a_broken_log_is_told(run, monkeypatch, tmp_path) -> None:
    (tmp_path / "log.json").write_text("{", "utf-8")
    monkeypatch.setattr(ui.changes_view, "LOG_FILE", tmp_path / "log.json")
    assert "The log of versions cannot be read" in words(run(PAGE))


def test_a_folder_in_the_log_s_place_is_told(run, monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(ui.changes_view, "LOG_FILE", tmp_path)
    assert "The log of versions cannot be read" in words(run(PAGE))


@pytest.fixture
def versions(monkeypatch, tmp_path):
    """A copy of the shipped stores, for a test to damage."""
    folder = tmp_path / "data" / "versions"
    shutil.copytree(VERSIONS_FOLDER, folder)
    monkeypatch.setattr(ui.changes_view, "VERSIONS_FOLDER", folder)
    return folder


@pytest.mark.parametrize("release", RELEASES, ids=lambda release: release.name)
def test_a_damaged_version_is_named_and_the_others_stay(run, versions, release) -> None:
    file = release_file(release.name, versions)
    file.write_bytes(file.read_bytes()[:-20])
    app = run(PAGE)
    wrong = "is cut off, or has more data after its end; restore it as it came with the program"
    assert f"Version {release.name} is left out: data/versions/{file.name}: {wrong}" in words(app)
    others = [other.name for other in RELEASES if other != release]
    assert [option.split(",")[0] for option in app.selectbox(key="from").options] == others


def test_without_any_version_it_says_what_to_do(run, versions) -> None:
    shutil.rmtree(versions)
    said = words(run(PAGE))
    assert said.count("is missing") == len(RELEASES)
    assert "Restore the folder of released versions, or compare a file below." in said


def test_a_record_edited_since_is_told(run, store) -> None:
    store.write_text(store.read_text("utf-8") + "\n", "utf-8")
    newest = read_log()[0].version
    assert f"has been edited since version {newest} was released" in words(run(PAGE))


def test_an_edit_since_the_release_is_listed(run, store) -> None:
    document = json.loads(store.read_text("utf-8"))
    document["features"][-1]["properties"]["title"] = HOSTILE
    store.write_text(json.dumps(document), "utf-8")
    app = run(PAGE, **{"from": RELEASES[0].name})
    assert document["features"][-1]["id"] in listed(panels_of(app)["version-list"])
    assert "&lt;img" in panels_of(app)["version-list"]


def test_an_older_file_is_compared(run, incidents, older) -> None:
    app = uploaded(run(PAGE), ("incidents.geojson", older, "application/geo+json"))
    assert "1 incident added, 1 incident changed." in words(app)
    assert listed(panels_of(app)["upload-list"]) == [incidents[-1].id, incidents[0].id]
    assert f"<ins>{incidents[0].title}" in panels_of(app)["upload-list"]


def test_markup_in_an_older_file_stays_text(run, older) -> None:
    app = uploaded(run(PAGE), ("../../etc/incidents.geojson", older, "application/geo+json"))
    assert "&lt;img" in panels_of(app)["upload-list"]
    assert "<img" not in panels_of(app)["upload-list"]


def test_an_older_file_is_counted_under_the_chosen_rule(run, older) -> None:
    quick = {"from": RELEASES[0].name}
    app = uploaded(run(PAGE, rule="independent", **quick), ("incidents.geojson", older, "application/geo+json"))
    assert "according to independent sources" in panels_of(app)["upload-totals"]


def test_the_record_itself_differs_in_nothing(run) -> None:
    app = uploaded(run(PAGE), *((f.name, f.read_bytes(), "application/json") for f in IncidentStore().files))
    assert "No differences." in words(app)


@pytest.mark.parametrize("raw", [b"{", b"\xff\xfe\x00", b"[1]", b'{"features": []}'], ids=repr)
def test_a_file_that_is_none_is_told(run, table, raw) -> None:
    said = words(uploaded(run(PAGE), ("x.geojson", raw, "application/json")))
    assert f"{len(table)} incidents added" in said or "fault" in said


def test_a_file_that_cannot_be_read_is_told(run, older, monkeypatch) -> None:
    def broken(*_, **__):
        raise UnreadableError("x", "opening it took more than 2 GB of memory")

    monkeypatch.setattr(ui.changes_view, "read_apart", broken)
    app = uploaded(run(PAGE), ("<b>.geojson", older + b" ", "application/json"))
    assert app.error[0].value.startswith("\\<b\\>")
    assert "cannot be compared: opening it took more than 2 GB of memory." in app.error[0].value


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
        (["a.geojson", "b.geojson"], "Choose one incident file, not 2; registers are recognised by their names."),
        (["claimants.json"], "Choose one incident file, not 0; registers are recognised by their names."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_files_are_told_apart_by_their_names(names, found) -> None:
    assert sort_out([Given(name, name.encode()) for name in names]) == found


def test_a_file_that_is_too_big_is_refused() -> None:
    assert "larger than 20 MB" in sort_out([Given("a.geojson", b" " * 20_000_001)])
