"""The answers of the server, asked without one: an application of their routes alone."""

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from geo.datasets.folder import FOLDER_VARIABLE
from tests.geo.datasets.tables import mixed_folder
from ui.server.answers import Allowance, AnswerService
from ui.server.routes import routes


def client_of(service: AnswerService) -> TestClient:
    """A client of answers of one service."""
    return TestClient(Starlette(routes=routes(service)))


@pytest.fixture(scope="session")
def client() -> TestClient:
    """A client that may ask as often as it likes."""
    return client_of(AnswerService(heavy_allowance=Allowance(10**9), light_allowance=Allowance(10**9)))


@pytest.fixture(scope="module")
def mixed(client, tmp_path_factory) -> Iterator[TestClient]:
    """The same, of the record beside datasets of ACLED, UCDP and a plain file."""
    folder = mixed_folder(tmp_path_factory.mktemp("mixed") / "datasets")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(FOLDER_VARIABLE, str(folder.path))
        yield client
