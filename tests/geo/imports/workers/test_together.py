"""Files planned together: one kind, one dataset, and a name for all."""

import pytest

from geo.datasets.folder import DataFolder
from geo.imports.distributed_run import plan_files, together
from geo.imports.pipeline import Wanted
from geo.incident.errors import UnreadableError

DAY = "day,lat,lon,place\n2025-01-01,33.34,69.92,Khost\n"


def made(tmp_path, texts, **wanted):
    paths = [tmp_path / name for name in texts]
    for path, text in zip(paths, texts.values(), strict=True):
        path.write_text(text, encoding="utf-8")
    return together("visits/*.csv", plan_files(paths, Wanted(**wanted), DataFolder(tmp_path / "data")))


def test_one_file_keeps_its_name(tmp_path):
    assert made(tmp_path, {"a.csv": DAY}).rows.name == "a.csv"


def test_several_have_the_columns_of_all_those_of_the_last_first(tmp_path):
    whole = made(tmp_path, {"a.csv": DAY.replace("place", "village"), "b.csv": DAY}, dataset="visits")
    assert whole.rows.name == "*.csv, 2 files"
    assert whole.rows.header == ("day", "lat", "lon", "place", "village")
    assert whole.rows.bytes_total == sum((tmp_path / name).stat().st_size for name in ("a.csv", "b.csv"))


def test_what_is_noted_of_a_file_names_it(tmp_path):
    whole = made(tmp_path, {"a.csv": DAY, "b.csv": DAY.replace(",", ";")}, dataset="visits")
    assert "b.csv: delimiter semicolon" in whole.notes


def test_tables_that_would_make_a_dataset_each_ask_for_one(tmp_path):
    with pytest.raises(
        UnreadableError, match=r"b\.csv: it would go into the dataset b, and a\.csv into a; .*--dataset"
    ):
        made(tmp_path, {"a.csv": DAY, "b.csv": DAY})


def test_a_file_that_is_no_table_is_named(tmp_path):
    with pytest.raises(UnreadableError, match=r"b\.csv"):
        made(tmp_path, {"a.csv": DAY, "b.csv": ""}, dataset="visits")
