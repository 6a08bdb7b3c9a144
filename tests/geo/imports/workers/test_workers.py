"""Clusters that cannot be used, each said in a sentence."""

import gc

import pytest

from geo.imports import distributed_run as connect
from geo.imports.distributed_run import WorkersError, check_workers, connected, exchange_within

pytestmark = pytest.mark.slow


class Workers:
    """Workers that answer as they are told."""

    def __init__(self, answer):
        self.answer = answer

    def run(self, *_, **__):
        return {"tcp://10.0.0.7:4000": self.answer}


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        pytest.param(False, r"tcp://10.0.0.7:4000 does not see .*--exchange", id="another disk"),
        pytest.param(WorkersError("the worker on node-7 differs"), "the worker on node-7 differs", id="other versions"),
        pytest.param(
            ModuleNotFoundError("No module named 'geo'"),
            "No module named 'geo'.*needs this program's code",
            id="without the code",
        ),
    ],
)
def test_a_worker_that_cannot_do_it_is_named(tmp_path, answer, said):
    with exchange_within(tmp_path, None) as exchange, pytest.raises(WorkersError, match=said):
        check_workers(Workers(answer), exchange)


@pytest.fixture(autouse=True)
def _collected():
    """Take a client that found no scheduler away before another one starts, which would wait for it for ever."""
    yield
    gc.collect()


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "smoke://127.0.0.1:9"])
def test_where_no_scheduler_answers_one_is_asked_for(monkeypatch, address):
    monkeypatch.setattr(connect, "_PATIENCE_S", 0.5)
    with pytest.raises(WorkersError, match=r"no scheduler answers at .*python -m dask scheduler"), connected(address):
        pass


def test_a_scheduler_without_workers_asks_for_some(monkeypatch):
    from distributed import LocalCluster  # noqa: PLC0415  # takes a second

    monkeypatch.setattr(connect, "_PATIENCE_S", 0.5)
    with (
        LocalCluster(n_workers=0, dashboard_address="127.0.0.1:0") as cluster,
        pytest.raises(WorkersError, match="has 0 of 2 workers; start some with: python -m dask worker tcp://"),
        connected(cluster.scheduler_address, workers=2),
    ):
        pass
