"""What tests of the store share."""

import pytest

from tests.conftest import make_incident
from tests.geo.stores import store_of


@pytest.fixture
def store(tmp_path):
    return store_of(
        tmp_path, make_incident(), make_incident("2025-02-02-kunar-raid", date_start="2025-02-02", date_end=None)
    )


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    """A folder whose store is made anew for each example."""
    return tmp_path_factory.mktemp("scratch")
