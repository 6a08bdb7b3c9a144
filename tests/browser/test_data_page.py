"""The page of datasets in Chromium: a file dropped, checked, accepted, compared by keyboard, and taken away again."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from geo.datasets.folder import DataFolder
from tests.geo.datasets.tables import left_in
from tests.geo.imports.files import acled_file, acled_row, import_file

HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def folder(served_folder) -> Iterator[DataFolder]:
    """The folder that the server imports into, empty again at the end."""
    yield DataFolder(served_folder)
    shutil.rmtree(served_folder)


@pytest.fixture(scope="module")
def file(tmp_path_factory) -> Path:
    """Rows to accept, to repair and to reject, with markup in them."""
    rows = [acled_row(n, actor1=HOSTILE, notes=HOSTILE) for n in range(1, 20)]
    swapped = acled_row(20, latitude="69.92", longitude="33.34")
    return acled_file(tmp_path_factory.mktemp("files") / "acled.csv", *rows, swapped, acled_row(21, event_date=HOSTILE))


def button(page, name):
    return page.page.get_by_role("button", name=name)


def test_a_file_is_checked_accepted_removed_brought_back_and_left(server, new_page, folder, file) -> None:
    page = new_page(scheme="dark").open(f"{server}/datasets")
    page.faultless()
    page.page.locator("input[type=file]").set_input_files(file)
    page.page.get_by_role("region", name="What the file was recognised as").wait_for()
    page.settled()
    page.faultless()
    button(page, "Check every row").click()
    button(page, "Import 20 rows").wait_for()
    page.settled()
    page.faultless()
    assert page.page.locator("img[src=x]").count() == 0
    with page.page.expect_download() as saving:
        button(page, "Rejected rows as CSV").click()
    assert saving.value.suggested_filename == "acled-rejected.csv"
    assert HOSTILE in saving.value.path().read_text("utf-8")
    button(page, "Import 20 rows").click()
    removed_and_brought_back_by_keyboard(page, folder)
    assert [dataset.rows for dataset in folder.datasets()] == [20]
    page.clean()

    page.page.locator("input[type=file]").set_input_files(file)
    button(page, "Check every row").click()
    button(page, "Discard").wait_for()
    assert staged(folder)
    page.page.close()  # lets go of the import
    for _ in range(200):
        if not staged(folder):
            break
        time.sleep(0.1)
    assert staged(folder) == []


ENDS = "name => document.activeElement.innerText.trim().endsWith(name)"


def removed_and_brought_back_by_keyboard(page, folder) -> None:
    def has_keyboard(name):
        page.page.wait_for_function(ENDS, arg=name, polling=50)

    press = page.page.keyboard.press
    button(page, "Remove ACLED").focus()
    press("Enter")
    question = page.page.get_by_role("dialog")
    question.get_by_text("20 incidents").wait_for()
    page.settled()
    page.faultless()
    press("Escape")
    question.wait_for(state="detached")
    has_keyboard("Remove ACLED")
    press("Enter")
    question.wait_for()
    for _ in range(5):
        press("Tab")
        if page.page.evaluate(ENDS, "Remove"):
            break
    press("Enter")
    has_keyboard("Undo: bring back ACLED")
    assert folder.datasets() == ()
    press("Enter")
    has_keyboard("Remove ACLED")
    page.settled()


def staged(folder) -> list[str]:
    return [name for name in left_in(folder.path) if "staging" in name]


@pytest.fixture(scope="module")
def pairs(folder, tmp_path_factory) -> None:
    """Two datasets of the same two rows, hours apart and a week from each other."""
    rows = [acled_row(n, event_date=f"2025-10-{7 * n:02d}", actor1=HOSTILE, notes=HOSTILE) for n in (1, 2)]
    path = acled_file(tmp_path_factory.mktemp("files") / "acled.csv", *rows)
    for name in ("first", "second"):
        import_file(path, folder, dataset=name)


@pytest.mark.usefixtures("pairs")
def test_pairs_are_decided_by_keyboard_on_a_telephone(server, new_page) -> None:
    page = new_page(width=390, height=844).open(f"{server}/datasets")
    page.page.get_by_role("region", name="Two reports side by side").wait_for()
    page.settled()
    page.faultless()
    assert page.page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")
    assert page.page.locator("img[src=x]").count() == 0
    for key, said in (("l", "1 linked, 0 rejected"), ("x", "1 linked, 1 rejected"), ("u", "1 linked, 0 rejected")):
        page.page.keyboard.press(key)
        page.page.get_by_text(f": {said}").first.wait_for()
        page.settled()
    page.page.keyboard.press("u")
    page.page.get_by_text("0 linked, 0 rejected").first.wait_for()
    page.clean()
