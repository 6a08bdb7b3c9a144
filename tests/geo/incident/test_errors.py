"""Errors say which, what, and what instead, and keep their fields."""

import pytest

from geo.incident.errors import (
    DataError,
    Fault,
    InconsistentError,
    StoreChangedError,
    StoreLockedError,
    UnknownIncidentError,
)

FAULT = Fault(where="2025-01-01-x", field="claims[2].by", message="'nobody' is not in claimants.json")


@pytest.mark.parametrize(
    ("error", "built_in", "message"),
    [
        pytest.param(
            DataError("incidents.geojson", [FAULT]),
            ValueError,
            f"incidents.geojson: 1 fault\n  {FAULT}",
            id="one-fault",
        ),
        pytest.param(DataError("a", [FAULT] * 1200), ValueError, "a: 1,200 faults\n", id="many-faults"),
        pytest.param(
            InconsistentError([("lon", "is far"), ("lat", "too")]),
            ValueError,
            "lon: is far; lat: too",
            id="inconsistent",
        ),
        pytest.param(UnknownIncidentError("x'y"), KeyError, 'no incident has the id "x\'y"', id="unknown"),
        pytest.param(
            StoreLockedError("a.geojson", 10),
            TimeoutError,
            "a.geojson is being written by another process; gave up after 10 s",
            id="locked",
        ),
        pytest.param(
            StoreChangedError("a.geojson"),
            RuntimeError,
            "a.geojson has changed since it was read; nothing was written",
            id="changed",
        ),
    ],
)
def test_an_error_is_a_sentence_and_a_built_in(error, built_in, message):
    assert isinstance(error, built_in)
    assert str(error).startswith(message)


@pytest.mark.parametrize(
    ("fault", "line"),
    [
        pytest.param(FAULT, "2025-01-01-x: claims[2].by: 'nobody' is not in claimants.json", id="field"),
        pytest.param(Fault(where="line 3", field="", message="is not JSON"), "line 3: is not JSON", id="file"),
    ],
)
def test_a_fault_is_one_line(fault, line):
    assert str(fault) == line


def test_errors_keep_their_fields():
    assert DataError("a", [FAULT]).faults == (FAULT,)
    assert UnknownIncidentError("x").incident_id == "x"
    assert StoreLockedError("a", 1).path == StoreChangedError("a").path == "a"
