"""What a server does once, when it starts."""

import tempfile

from geo.datasets.folder import FOLDER_VARIABLE, DataFolder
from geo.imports.pipeline import import_file
from tests.geo.imports.files import acled_file, acled_row
from ui import resources


def test_what_was_left_by_one_that_was_killed_is_deleted(tmp_path, monkeypatch):
    folder, place = DataFolder(tmp_path / "data"), tmp_path / "temporary"
    import_file(acled_file(tmp_path / "acled.csv", acled_row(1)), folder)
    staged, uploaded = folder.path / "acled" / "staging-1234abcd", place / "incident-map-1234abcd"
    for left in (staged, uploaded):
        left.mkdir(parents=True)
        (left / ".lock").touch()
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder.path))
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    resources.sweep_temporary.cache_clear()
    resources.clear_left_overs.__wrapped__()
    assert (staged.exists(), uploaded.exists()) == (False, False)
    assert [dataset.rows for dataset in folder.datasets()] == [1]
