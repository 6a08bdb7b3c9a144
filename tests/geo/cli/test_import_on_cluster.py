"""Importing on a cluster from a shell."""

import builtins

import pytest
from distributed import LocalCluster

from geo.cli import main
from geo.datasets.folder import DataFolder
from geo.imports import distributed_run as connect
from tests.geo.imports.files import acled_file, acled_row

pytestmark = pytest.mark.slow


@pytest.fixture
def place(tmp_path):
    """A folder with two files of one event each."""
    for number in (1, 2):
        acled_file(tmp_path / f"{number}.csv", acled_row(number, event_date=f"202{number}-10-11"))
    return tmp_path


@pytest.fixture(scope="module")
def scheduler():
    """The address of a scheduler with a worker, which is a thread of this process."""
    with LocalCluster(n_workers=1, processes=False, protocol="tcp", dashboard_address="127.0.0.1:0") as cluster:
        yield cluster.scheduler_address


@pytest.fixture
def run(place, capsys):
    """Import into a data folder of the place; returns exit code, output and errors."""

    def ran(pattern, *options):
        code = main(["import", str(place / pattern), *options, "--data", str(place / "data")])
        return code, *capsys.readouterr()

    return ran


def test_files_are_imported_by_the_workers_of_a_scheduler(run, place, scheduler):
    code, out, _ = run("*.csv", "--cluster", scheduler)
    assert code == 0
    assert "*.csv, 2 files: acled, 2 rows, into dataset acled" in out
    assert DataFolder(place / "data").dataset("acled").rows == 2


@pytest.mark.parametrize(
    ("options", "said"),
    [
        pytest.param(["--workers", "2"], "argument --workers: it needs --cluster", id="workers alone"),
        pytest.param(["--exchange", "s3://b/f"], "argument --exchange: it needs --cluster", id="exchange alone"),
        pytest.param(["--cluster", "local", "--workers", "0"], "give at least 1", id="no workers"),
        pytest.param(
            ["--cluster", "tcp://127.0.0.1:9"], "no scheduler answers at tcp://127.0.0.1:9", id="no scheduler"
        ),
    ],
)
def test_a_command_at_fault_is_said(run, monkeypatch, options, said):
    monkeypatch.setattr(connect, "_PATIENCE_S", 0.5)
    code, _, err = run("1.csv", *options)
    assert code == 2
    assert said in err


def test_an_address_asks_for_a_cluster(capsys):
    assert main(["import", "s3://bucket/*.csv"]) == 2
    assert "read with --cluster local" in capsys.readouterr().err


def test_without_dask_it_is_said_what_to_install(run, monkeypatch):
    load = builtins.__import__

    def lacking(name, *rest):
        if name == "geo.imports.distributed_run":
            raise ModuleNotFoundError("No module named 'distributed'", name="distributed")
        return load(name, *rest)

    monkeypatch.setattr(builtins, "__import__", lacking)
    code, _, err = run("1.csv", "--cluster", "local")
    assert code == 2
    assert "distributed is not installed; install it with: pip install -r requirements-cluster.txt" in err


def test_no_file_is_said(run, scheduler):
    code, _, err = run("*.tsv", "--cluster", scheduler)
    assert code == 2
    assert "no file is there" in err
