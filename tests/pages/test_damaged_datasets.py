"""Pages name a damaged dataset once, and go on without it, also where it is damaged while they are looked at."""

import pytest

from geo.datasets.folder import FOLDER_VARIABLE, DataFolder
from tests.geo.datasets.tables import commit, make_dataset, make_row
from tests.geo.datasets.test_damage import cut, flip, with_value
from tests.pages.conftest import texts

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("spoil", [cut, flip, with_value("title", None)])
def test_a_dataset_that_is_damaged_meanwhile_is_named_once_and_left_out(run, tmp_path, monkeypatch, spoil) -> None:
    folder = DataFolder(tmp_path / "data")
    for name in ("acled", "gdelt"):
        commit(folder, make_dataset(name, title=name.upper()), make_row(1, name, uncertainty_km=2.0))
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder.path))
    app = run("explore/timeline")
    assert not app.warning
    made = folder.dataset("gdelt")
    spoil(folder.files(made)[0])
    app.run()
    assert not app.exception
    said = texts(app).replace("\\", "")
    assert said.count("gdelt: part-00000.parquet cannot be read: ") == 1
    assert "By dataset: the record 300, ACLED 1" in said
