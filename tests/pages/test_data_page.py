"""The page of datasets, run through the frame: files dropped, checked row by row, accepted, listed and compared."""

import io
import json
import re
import secrets
import threading
import zipfile
from collections.abc import Callable

import fsspec
import pyarrow.parquet as pq
import pytest
from streamlit.testing.v1 import AppTest

import ui.datasets.duplicate_pairs
import ui.datasets.import_session
import ui.datasets.import_view
from geo.datasets.folder import FOLDER_VARIABLE, DataFolder
from geo.datasets.links import Verdict, read_links
from geo.datasets.object_storage import StoredFolder, publish
from geo.imports.report import Cancelled, Report
from geo.imports.sources.acled import ACLED_WEEKLY
from geo.incident.errors import UnreadableError
from geo.language.messages import say
from tests.geo.datasets.tables import left_in
from tests.geo.imports.files import acled_file, acled_row, import_file
from tests.pages.conftest import APP, elements, texts
from tests.pages.panels import drawn_by
from ui.datasets.import_session import ImportSession
from ui.roles import VARIABLE

PAGE = "data/datasets"
HOSTILE = "<img src=x onerror=alert(1)>"
BAD = acled_row(9, event_date="one day", fatalities=7)
SWAPPED = acled_row(8, latitude="69.92", longitude="33.34")
PLAIN = "Day,y,x,Country,Dead\n2025-10-11,33.34,69.92,Afghanistan,3\n2025-10-12,33.35,69.93,Afghanistan,1\n"
PATIENCE_S = 60


@pytest.fixture(autouse=True)
def _own_session(monkeypatch):
    """Streamlit's test runner gives all sessions one name, so that they would share a file."""
    desk = ImportSession()
    monkeypatch.setattr(ui.datasets.import_session, "_of_session", lambda: desk)
    yield
    desk.close()


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch) -> DataFolder:
    """The folder that the page imports into."""
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "data"))
    return DataFolder()


@pytest.fixture
def run() -> Callable[[str], AppTest]:
    """Run the page, and no other before it."""

    def run_page(page: str) -> AppTest:
        app = AppTest.from_file(str(APP), default_timeout=PATIENCE_S)
        app.switch_page(f"../pages/{page}.py").run()
        assert not app.exception
        return app

    return run_page


@pytest.fixture
def held(folder, tmp_path) -> Callable[[str, bytes | str], Report]:
    """Import a file in the way that the command line does."""

    def put(name: str, raw: bytes | str) -> Report:
        path = tmp_path / name
        path.write_bytes(raw.encode() if isinstance(raw, str) else raw)
        return import_file(path, folder)

    return put


@pytest.fixture
def panels(monkeypatch) -> dict[str, str]:
    """The HTML of the page's panels by their keys."""
    return drawn_by(
        monkeypatch,
        ui.datasets.import_view,
        ui.datasets.import_view,
        ui.datasets.duplicate_pairs,
        ui.datasets.import_view,
    )


@pytest.fixture
def acled(tmp_path):
    """Make the bytes of an ACLED file."""

    def make(*rows) -> bytes:
        return acled_file(tmp_path / "made.csv", *rows).read_bytes()

    return make


def rows_of(folder: DataFolder, dataset: str) -> list[dict[str, object]]:
    """What stands in the parts of a dataset."""
    return [row for part in folder.files(folder.dataset(dataset)) for row in pq.ParquetFile(part).read().to_pylist()]


def words(app: AppTest) -> str:
    said = texts(app) + "\n".join(str(part.value) for part in app.success)
    return re.sub(r"\\(.)", r"\1", said.replace(":red[]", ""))


def shown(html: str) -> str:
    """Texts of a panel, one space apart."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def dropped(app: AppTest, name: str, raw: bytes | str) -> AppTest:
    content = raw.encode() if isinstance(raw, str) else raw
    app.file_uploader[0].set_value([(name, content, "text/csv")]).run()
    assert not app.exception
    return app


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def checked(app: AppTest, name: str, raw: bytes | str) -> AppTest:
    return check(dropped(app, name, raw))


def check(app: AppTest, button: str = "Check every row") -> AppTest:
    """Check every row of the file that was dropped, and wait until that is done."""
    press(app, button)
    for thread in threading.enumerate():
        if thread.name == "import-job":
            thread.join(PATIENCE_S)
    app.run()
    assert not app.exception
    return app


def imported(app: AppTest, name: str, raw: bytes | str) -> AppTest:
    checked(app, name, raw)
    label = next(b.label for b in app.button if b.label.startswith("Import") or b.label == "Accept the changes")
    return press(app, label)


def focused(app: AppTest) -> str | None:
    """The class of what gets the keyboard."""
    drawn = (element.proto for element in elements(app._tree) if getattr(element, "type", "") == "bidi_component")
    found = [json.loads(proto.json) for proto in drawn if "focus" in proto.id]
    return found[0]["of"] if found else None


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def test_says_what_to_do_while_there_is_nothing(run) -> None:
    said = words(run(PAGE))
    assert "Drop a file above" in said
    assert "python -m geo import FILE" in said
    assert "appear here side by side" in said


class TestRecognition:
    def test_tells_what_a_file_is_before_anything_is_written(self, run, acled, panels, folder) -> None:
        dropped(run(PAGE), "x.csv", b"\xef\xbb\xbf" + acled(acled_row()).replace(b",", b";"))
        said = shown(panels["data-recognised-1"])
        for part in (
            "ACLED event file",
            "31 columns",
            "event_id_cnty",
            "values separated by semicolons",
            "byte order mark",
        ):
            assert part in said
        assert "credit ACLED on every graphic" in said
        assert not folder.path.exists()

    def test_counts_by_week_end_in_a_sentence(self, run, panels) -> None:
        app = dropped(run(PAGE), "weekly.csv", ",".join(ACLED_WEEKLY) + "\n" + "1," * 11 + "1\n")
        assert "counts by week or month and area, not events" in shown(panels["data-recognised-1"])
        assert "Check every row" not in labels(app)

    @pytest.mark.parametrize(
        ("name", "raw"),
        [
            ("photo.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(500)),
            ("empty.csv", b""),
            ("cut.gz", b"\x1f\x8b\x08\0"),
        ],
        ids=lambda value: value if isinstance(value, str) else "",
    )
    def test_a_file_that_is_none_is_told(self, run, name, raw) -> None:
        app = dropped(run(PAGE), name, raw)
        assert f"{name} (" in words(app)
        assert "cannot be imported" in app.error[0].value
        assert "Drop a file here" in press(app, "Choose another file").file_uploader[0].label

    def test_a_file_that_takes_long_to_look_at_can_be_left(self, run, acled, monkeypatch) -> None:
        look, go_on, left = ui.datasets.import_session.look_apart, threading.Event(), threading.Event()

        def slow(*args, stopped, **wanted):
            go_on.wait(PATIENCE_S)
            try:
                stopped()
            except Cancelled:
                left.set()
                raise
            return look(*args, stopped=stopped, **wanted)

        monkeypatch.setattr(ui.datasets.import_session, "look_apart", slow)
        monkeypatch.setattr(ui.datasets.import_session, "PATIENCE_S", 0.1)
        app = dropped(run(PAGE), "acled.csv", acled(acled_row()))
        assert "Cancel" in labels(app)
        assert "Drop a file here" in press(app, "Cancel").file_uploader[0].label
        go_on.set()
        assert left.wait(PATIENCE_S)

    def test_what_broke_the_process_that_looks_is_told(self, run, monkeypatch) -> None:
        def broken(*_, **__):
            raise UnreadableError("x.gpkg", "the program that opened it crashed")

        monkeypatch.setattr(ui.datasets.import_session, "look_apart", broken)
        app = dropped(run(PAGE), "x.gpkg", b"x")
        assert "cannot be imported: the program that opened it crashed." in app.error[0].value

    def test_one_of_several_tables_is_chosen(self, run, acled, panels) -> None:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("events.csv", acled(acled_row()))
            archive.writestr("plain.csv", PLAIN)
        app = dropped(run(PAGE), "both.zip", packed.getvalue())
        next(box for box in app.multiselect if "several tables" in box.label).select("plain.csv").run()
        press(app, "Read this table")
        assert "Plain table" in shown(panels["data-recognised-1"])

    def test_its_name_is_no_path_and_no_markup(self, run, acled, panels, tmp_path) -> None:
        app = imported(run(PAGE), f"../../{HOSTILE}.csv", acled(acled_row(actor1=HOSTILE)))
        assert HOSTILE not in panels["data-report"]
        assert "&lt;img" in panels["data-report"]
        assert "\\<img" in "".join(part.value for part in app.success)
        assert not [path for path in tmp_path.rglob("*") if "img" in path.name]


class TestPlainFile:
    def test_what_is_guessed_is_confirmed_and_kept_for_the_next(self, run) -> None:
        app = dropped(run(PAGE), "visits.csv", PLAIN)
        assert "Guessed from their names" in words(app)
        chosen = {box.label: box.value for box in app.selectbox}
        assert (chosen["Day it began"], chosen["Latitude"], chosen["Place"]) == ("Day", "y", None)
        next(box for box in app.selectbox if box.label == "Place").select("Country").run()
        again = dropped(press(check(app), "Discard"), "later.csv", PLAIN)
        assert "Mapping that you confirmed" in words(again)
        assert {box.label: box.value for box in again.selectbox}["Place"] == "Country"

    def test_the_order_of_day_and_month_is_chosen_and_kept(self, run, folder) -> None:
        file = "Day,Country\n03/04/2025,Pakistan\n"
        app = dropped(run(PAGE), "visits.csv", file)
        assert "No date in the first rows settles it" in words(app)
        order = app.main.radio[0]
        assert (order.label, order.value) == (r"Dates such as 03\/04\/2025 have", "day-month")
        order.set_value("month-day").run()
        press(check(app), "Import 1 row")
        assert f"{folder.dataset('visits').first}" == "2025-03-04"
        assert dropped(app, "visits.csv", file).main.radio[0].value == "month-day"

    def test_another_line_is_the_header_where_that_is_said(self, run, panels) -> None:
        app = dropped(run(PAGE), "visits.csv", f"first,second,third,fourth,fifth\n{PLAIN}")
        header = next(box for box in app.selectbox if box.label == "Line with the column names")
        assert header.value == 1
        header.set_value(2).run()
        assert "Day, y, x, Country, Dead" in shown(panels["data-recognised-1"])
        assert {box.label: box.value for box in app.selectbox}["Day it began"] == "Day"

    def test_texts_are_read_in_the_encoding_that_is_said(self, run, folder) -> None:
        file = "Day,Place,Country\n2025-10-11,Ка́бул,Afghanistan\n".replace("\u0301", "").encode("koi8-r")
        app = dropped(run(PAGE), "visits.csv", file)
        next(box for box in app.selectbox if box.label == "Text encoding").set_value("cp1251").run()
        press(check(app), "Import 1 row")
        [row] = rows_of(folder, "visits")
        assert row["place"] == "Кабул".encode("koi8-r").decode("cp1251")

    def test_places_are_taken_by_name_only_where_that_is_said(self, run, folder) -> None:
        file = "Day,Place,Country\n2025-10-11,Spin Boldak,Afghanistan\n2025-10-12,Nowhere,Afghanistan\n"
        app = check(dropped(run(PAGE), "visits.csv", file))
        assert "1 row has no coordinates, but names a known place" in words(app)
        check(app, "Place by name")
        assert "1 row was placed by name" in words(app)
        press(app, "Import 2 rows")
        placed = {row["place"]: row["lon"] is not None for row in rows_of(folder, "visits")}
        assert placed == {"Spin Boldak": True, "Nowhere": False}

    def test_says_what_it_lacks(self, run) -> None:
        app = dropped(run(PAGE), "visits.csv", "remark,what\nsoon,a\n")
        assert app.warning[0].value == "Choose the column with the day it began."
        assert next(button for button in app.button if button.label == "Check every row").disabled

    def test_becomes_a_dataset_of_its_own_without_a_licence(self, run, folder) -> None:
        said = words(imported(run(PAGE), "Kunar visits.csv", PLAIN))
        assert [dataset.id for dataset in folder.datasets()] == ["kunar-visits"]
        assert "Licence: not stated" in said


class TestReport:
    def test_counts_add_up_and_nothing_is_written(self, run, acled, panels, folder) -> None:
        app = checked(run(PAGE), "acled.csv", acled(acled_row(1), SWAPPED, BAD))
        said = shown(panels["data-report"])
        assert "accepted unchanged 1 repaired 1 imported 2 4 4 4 rejected 1 7 7 7 rows in the file 3 11 11 11" in said
        assert "latitude and longitude swapped" in said
        assert "Nothing is written until you accept it" in words(app)
        assert folder.datasets() == ()

    def test_a_former_unit_is_said_to_count_as_its_province(self, run, acled, panels) -> None:
        khyber = {"country": "Pakistan", "iso": "586", "latitude": "34.0", "longitude": "71.3"}
        checked(
            run(PAGE), "acled.csv", acled(acled_row(1, admin1="FATA", **khyber), acled_row(2, admin1="KP", **khyber))
        )
        assert (
            "Noted; these rows are kept the file names the Federally Administered Tribal Areas (FATA), part of Khyber "
            "Pakhtunkhwa since 2018, and is counted there 1 row" in shown(panels["data-report"])
        )

    def test_rejected_rows_stand_with_field_text_and_reason(self, run, acled) -> None:
        app = checked(run(PAGE), "acled.csv", acled(acled_row(1), BAD))
        table = app.dataframe[0].value
        assert table.loc[0, ["Row", "Field", "Value in the file"]].tolist() == [2, "event_date", "one day"]
        assert "not a date" in table.loc[0, "Why it is rejected"]
        assert [button.label for button in app.get("download_button")] == ["Report as JSON", "Rejected rows as CSV"]

    def test_a_file_without_a_usable_row_cannot_be_accepted(self, run, acled) -> None:
        app = checked(run(PAGE), "acled.csv", acled(BAD))
        assert "None of the file’s rows can be imported" in words(app)
        assert next(button for button in app.button if button.label.startswith("Import")).disabled

    def test_leaving_it_leaves_nothing(self, run, acled, folder) -> None:
        app = press(checked(run(PAGE), "acled.csv", acled(acled_row())), "Discard")
        assert left_in(folder.path) == []
        assert len(app.file_uploader) == 1

    def test_a_dataset_that_is_imported_elsewhere_is_told(self, run, acled, folder) -> None:
        with folder.staging("acled"):
            app = checked(run(PAGE), "acled.csv", acled(acled_row()))
        assert "is being imported or changed elsewhere" in words(app)
        assert "Nothing was changed" in words(app)


class TestNewerRelease:
    def test_is_checked_anew_where_the_dataset_has_changed_meanwhile(self, run, acled, held, folder) -> None:
        held("acled.csv", acled(acled_row(1)))
        app = checked(run(PAGE), "acled.csv", acled(acled_row(1), acled_row(2)))
        held("acled.csv", acled(acled_row(1), acled_row(3)))  # which a review that is open does not keep out
        stands = folder.dataset("acled").release
        press(app, say("import-accept"))
        assert "acled has changed since this review, so nothing was imported" in words(app)
        assert folder.dataset("acled").release == stands
        desk = ui.datasets.import_session.current_import()
        desk.job.wait(60)
        press(app.run(), say("import-accept"))
        assert folder.dataset("acled").previous == stands

    def test_shows_what_it_changes_before_it_is_accepted(self, run, acled, held, panels, folder) -> None:
        first = acled(*(acled_row(n, event_date=f"2025-10-{10 + n}") for n in range(1, 5)))
        second = acled(
            acled_row(1, event_date="2025-10-11"),
            acled_row(2, event_date="2025-10-12", fatalities=5, notes=HOSTILE),
            acled_row(4, event_date="2025-10-14"),
            acled_row(5, event_date="2025-10-13"),
        )
        held("acled.csv", first)
        app = checked(run(PAGE), "acled.csv", second)
        said = shown(panels["data-difference"])
        assert "new 1 changed 1 the same 2 gone covered by the file but no longer in it; removed 1" in said
        assert "killed (best) 8 11 +3" in said
        rows = panels["data-changes"]
        assert "<del>2</del> → <ins>5</ins>" in rows
        assert HOSTILE not in rows
        assert folder.dataset("acled").rows == 4
        press(app, "Accept the changes")
        assert folder.dataset("acled").killed.best == 11

    def test_one_that_changes_nothing_says_so(self, run, acled, held) -> None:
        file = acled(acled_row())
        held("acled.csv", file)
        app = checked(run(PAGE), "acled.csv", file)
        assert "The file changes nothing" in words(app)


class TestDatasets:
    @pytest.fixture
    def app(self, run, acled, held) -> AppTest:
        held("acled.csv", acled(acled_row(1), acled_row(2)))
        return run(PAGE)

    def test_is_in_the_app_at_once(self, run, acled, table) -> None:
        app = imported(run(PAGE), "acled.csv", acled(acled_row(1), acled_row(2)))
        app.switch_page("../pages/explore/map.py").run()
        assert f"of {len(table) + 2:,} incidents" in texts(app)

    def test_lists_rows_period_licence_and_citation(self, app) -> None:
        said = words(app)
        assert "acled · 2 incidents · 11 October 2025 · 4 killed, as the dataset counts" in said
        assert "must not be passed on" in said
        assert re.search(
            r"acleddata\.com/ \(accessed \d{1,2} \w+ 20\d\d\)\.", "".join(block.code_text for block in app.get("code"))
        )

    def test_is_switched_off_and_on(self, app, folder) -> None:
        for wanted in (False, True):
            app.toggle(key="data-shown-acled").set_value(wanted).run()
            assert folder.dataset("acled").enabled is wanted
            assert app.toggle(key="data-shown-acled").value is wanted

    def test_names_its_switch_and_its_button_in_the_name_of_the_dataset(self, app, held, run) -> None:
        del app
        held("kunar.csv", PLAIN)
        both = run(PAGE)
        assert [t.label for t in both.main.toggle if t.label.startswith("Show")] == ["Show ACLED", "Show kunar"]
        assert [b.label for b in both.main.button if b.label.startswith("Remove")] == ["Remove ACLED", "Remove kunar"]

    def test_is_removed_once_that_is_confirmed_and_brought_back(self, app, folder) -> None:
        press(app, "Remove ACLED")
        assert "Remove **ACLED**, 2 incidents, from every page, for everybody?" in words(app)
        assert [dataset.id for dataset in folder.datasets()] == ["acled"]
        press(app, "Remove")
        assert folder.datasets() == ()
        assert "was removed; the first import after" in words(app)
        press(app, "Undo: bring back ACLED")
        assert [dataset.id for dataset in folder.datasets()] == ["acled"]

    def test_is_kept_where_that_is_the_answer(self, app, folder) -> None:
        press(press(app, "Remove ACLED"), "Keep")
        assert [dataset.id for dataset in folder.datasets()] == ["acled"]
        assert "Remove" not in labels(app)

    def test_leaves_its_place_to_what_undoes_that(self, app, held, run, folder) -> None:
        del app
        held("kunar.csv", PLAIN)
        folder.remove("acled")
        said = [part.value for part in run(PAGE).markdown]
        removed = next(number for number, text in enumerate(said) if "was removed" in text)
        assert removed < next(number for number, text in enumerate(said) if text == "### kunar")

    def test_the_keyboard_goes_to_what_undoes_it_and_back(self, app) -> None:
        press(press(app, "Remove ACLED"), "Remove")
        assert focused(app) == "st-key-data-restore-acled"
        assert focused(press(app, "Undo: bring back ACLED")) == "st-key-data-remove-acled"
        assert focused(app.run()) is None

    def test_one_that_is_gone_meanwhile_is_told(self, app, folder) -> None:
        press(app, "Remove ACLED")
        (folder.path / "acled" / "dataset.json").unlink()
        press(app, "Remove")
        assert "acled: dataset.json cannot be read: is missing" in words(app)


OIDC = {"auth": {"redirect_uri": "http://localhost:8501/oauth2callback"}, "roles": {"editors": ["amina@example.org"]}}


class TestRoles:
    @pytest.fixture(autouse=True)
    def _two(self, held, acled) -> None:
        held("acled.csv", acled(acled_row(1), acled_row(2)))
        held("kunar.csv", PLAIN)

    @pytest.fixture
    def as_viewer(self, monkeypatch) -> Callable[[], None]:
        return lambda: monkeypatch.setenv(VARIABLE, "viewer")

    def controls(self, app) -> list[str]:
        """What can be changed on the page."""
        shown = [*app.main.toggle, *app.main.button, *app.main.text_input, *app.file_uploader]
        return [each.label for each in shown if not each.label.startswith(("Log", "Report", "Rejected"))]

    def test_a_viewer_reads_why_nothing_can_be_changed_and_not_where_it_is_kept(self, run, as_viewer, folder) -> None:
        as_viewer()
        app = run(PAGE)
        assert self.controls(app) == []
        said = words(app)
        assert "Whoever runs this server has made it read-only for everybody." in said
        assert "acled · 2 incidents" in said
        assert str(folder.path) not in said

    def test_an_editor_reads_where_it_is_kept(self, run, folder) -> None:
        app = run(PAGE)
        assert {"Show ACLED", "Remove ACLED", "Link"} <= set(self.controls(app))
        assert str(folder.path) in words(app)

    @pytest.mark.parametrize("label", ["Undo: bring back kunar", "Remove", "Link", "Reject"])
    def test_a_session_that_presses_what_it_may_not_is_refused(self, run, as_viewer, folder, label) -> None:
        app = run(PAGE)
        press(app, "Remove ACLED") if label == "Remove" else None
        if "kunar" in label:
            folder.remove("kunar")
            app.run()
        before = folder.version
        as_viewer()
        assert "Nothing was changed: only editors can do that." in words(press(app, label))
        assert folder.version == before

    def test_a_session_that_switches_what_it_may_not_is_refused(self, run, as_viewer, folder) -> None:
        app = run(PAGE)
        as_viewer()
        app.toggle(key="data-shown-acled").set_value(False).run()
        assert folder.dataset("acled").enabled
        assert "Nothing was changed" in words(app)

    def test_a_session_that_drops_a_file_that_it_may_not_is_refused(self, run, as_viewer, acled) -> None:
        app = run(PAGE)
        as_viewer()
        assert "Nothing was changed" in words(dropped(app, "acled.csv", acled(acled_row(3))))
        assert ui.datasets.import_session.current_import().upload is None

    def test_an_import_that_waits_is_not_accepted_any_more(self, run, as_viewer, acled, folder) -> None:
        app = checked(run(PAGE), "acled.csv", acled(acled_row(3)))
        before = folder.version
        as_viewer()
        assert "Nothing was changed" in words(press(app, "Accept the changes"))
        assert folder.version == before

    @pytest.mark.parametrize(
        ("user", "edits", "said", "button"),
        [
            pytest.param({"is_logged_in": True, "email": "amina@example.org"}, True, "", "Log out", id="editor"),
            pytest.param(
                {"is_logged_in": True, "email": "x@y.z"}, False, "logged in as x@y.z, who is not", "Log out", id="other"
            ),
            pytest.param({}, False, "Editors log in.", "Log in", id="nobody"),
        ],
    )
    def test_editors_log_in(self, user, edits, said, button) -> None:
        app = AppTest.from_file(str(APP), default_timeout=PATIENCE_S)
        app.secrets, app.user = OIDC, user
        app.switch_page(f"../pages/{PAGE}.py").run()
        assert not app.exception
        assert bool(self.controls(app)) is edits
        assert said in words(app)
        assert [label for label in labels(app) if label.startswith("Log")] == [button]

    def test_a_viewer_is_told_of_faults_without_places(self, run, as_viewer, monkeypatch) -> None:
        as_viewer()
        monkeypatch.setenv(FOLDER_VARIABLE, "s4://secret-bucket/data")
        assert "Protocol not known: s4" in words(app := run(PAGE))
        assert "secret-bucket" not in words(app)

    def test_a_file_is_compared_with_the_record_by_editors(self, run, as_viewer) -> None:
        assert len(run("evidence/changes").file_uploader) == 1
        as_viewer()
        app = run("evidence/changes")
        assert list(app.file_uploader) == []
        assert "Only editors can compare a file" in words(app)


class TestDuplicates:
    @pytest.fixture
    def app(self, run, held, panels) -> AppTest:  # noqa: ARG002  # before the page draws them
        """Two places a kilometre and more apart, each on the same day as in the other dataset."""
        held("first.csv", PLAIN)
        held("second.csv", PLAIN)
        return run(PAGE)

    def counts(self, app) -> tuple[str, ...]:
        return re.search(r"(\d+) linked, (\d+) rejected, \*\*(\d+) open", words(app)).groups()

    def test_stand_side_by_side_with_a_score_and_their_keys(self, app, panels) -> None:
        keys = {button.label: button.proto.shortcut for button in app.button}
        assert [keys[label].lower() for label in ("Link", "Reject", "Later", "Undo")] == ["l", "x", "s", "u"]
        said = shown(panels["data-pair"])
        assert "first second Title" in said
        assert re.search(r"Score \d+ of 100", said)
        assert "0.0 km apart; days that overlap" in said

    def test_are_linked_rejected_and_undone_one_at_a_time(self, app, folder) -> None:
        everything = int(self.counts(app)[2])
        press(app, "Link")
        assert self.counts(app) == ("1", "0", str(everything - 1))
        press(app, "Reject")
        assert [link.verdict for link in read_links(folder)] == [Verdict.LINKED, Verdict.REJECTED]
        press(app, "Undo")
        press(app, "Undo")
        assert self.counts(app) == ("0", "0", str(everything))
        assert read_links(folder) == ()

    def test_one_that_is_put_off_comes_last(self, app, panels) -> None:
        seen = []
        for _ in range(int(self.counts(app)[2]) + 1):
            seen.append(panels["data-pair"])
            press(app, "Later")
        assert seen[0] == seen[-1]
        assert len(set(seen)) == len(seen) - 1

    def test_narrower_windows_hold_fewer(self, app) -> None:
        before = int(self.counts(app)[2])
        app.segmented_control(key="data-pair-km").set_value(1).run()
        assert int(self.counts(app)[2]) < before


def test_a_folder_within_the_project_is_told(run, monkeypatch) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, "data")
    assert "outside it" in words(run(PAGE))


class TestInObjectStorage:
    @pytest.fixture
    def stored(self, held, acled, folder, monkeypatch) -> StoredFolder:
        """The datasets at an address, which is all that the page knows of."""
        held("acled.csv", acled(acled_row(1), acled_row(2), BAD))
        address = f"memory://page-{secrets.token_hex(4)}/data"
        publish("acled", folder, StoredFolder(address))
        monkeypatch.setenv(FOLDER_VARIABLE, address)
        return StoredFolder(address)

    def test_datasets_are_shown_and_nothing_can_be_changed(self, run, stored) -> None:
        app = run(PAGE)
        said = words(app)
        assert f"in object storage, at {stored.place}, and are read-only here" in said
        assert "python -m geo datasets publish" in said
        assert "acled · 2 incidents" in said
        assert list(app.file_uploader) == []
        assert [toggle for toggle in app.main.toggle if toggle.key.startswith("data-")] == []
        assert [label for label in labels(app) if label.startswith(("Remove", "Bring back", "Link"))] == []

    def test_where_a_part_is_missing_the_record_stands_and_says_so(self, run, stored, incidents) -> None:
        (part,) = stored.parts(stored.dataset("acled"))
        fsspec.filesystem("memory").rm(part)
        app = run(PAGE)
        assert "part-00000.parquet is missing at memory://" in words(app)
        assert f"of {len(incidents)} incidents" in words(app.switch_page("../pages/explore/map.py").run())

    def test_what_goes_while_the_app_runs_is_said(self, run, stored) -> None:
        app = run(PAGE).switch_page("../pages/explore/map.py").run()
        for file in fsspec.filesystem("memory").find(stored.place.removeprefix("memory:/")):
            fsspec.filesystem("memory").rm(file)
        app.text_input(key="q").set_value("khost").run()  # what nobody has seen yet
        assert not app.exception
        assert re.search(r"Imported incidents cannot be read: memory://|is missing at memory://", words(app))

    def test_where_nobody_answers_it_is_said(self, run, monkeypatch) -> None:
        monkeypatch.setenv(FOLDER_VARIABLE, "s4://incidents/data")
        assert "Protocol not known: s4" in words(run(PAGE))
