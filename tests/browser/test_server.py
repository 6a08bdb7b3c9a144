"""What the server says over HTTP, as a client of its own hears it."""

import gzip
import time
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

FONT = "/app/static/fonts/NotoSans-Regular.ttf"


@pytest.fixture
def connection(server):
    kept = HTTPConnection(urlsplit(server).netloc, timeout=10)
    yield kept
    kept.close()


def asked(connection, path, method="GET", **headers):
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    return answer, answer.read()


def test_a_kept_connection_does_not_wait_between_small_answers(connection) -> None:
    asked(connection, "/_stcore/health")
    started = time.perf_counter()
    for _ in range(20):
        asked(connection, "/_stcore/health")
    assert time.perf_counter() - started < 0.2  # 0.88 s where each waits for the receipt of the one before


@pytest.mark.parametrize(
    ("path", "scripts"),
    [
        pytest.param("/", "'self' blob: 'sha256-", id="page"),
        pytest.param("/provinces?year=2025", "'self' blob: 'sha256-", id="deep-link"),
        pytest.param(FONT, "'self' blob: 'sha256-", id="file"),
        pytest.param("/component/streamlit_folium.st_folium/index.html", "'self' 'unsafe-inline'", id="component"),
    ],
)
def test_every_answer_says_what_a_browser_may_do_with_it(connection, path, scripts) -> None:
    answer, _ = asked(connection, path)
    assert answer.status == 200
    policy = dict(part.split(" ", 1) for part in answer.getheader("Content-Security-Policy").split("; "))
    assert policy["script-src"].startswith(scripts)
    assert policy["frame-ancestors"] == "'self'"
    assert answer.getheader("X-Content-Type-Options") == "nosniff"
    assert answer.getheader("Referrer-Policy") == "strict-origin-when-cross-origin"
    assert "camera=()" in answer.getheader("Permissions-Policy")


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        pytest.param("?v=1", "max-age=31536000,immutable", id="of-a-version"),
        pytest.param("", "max-age=86400", id="of-none"),
    ],
)
def test_a_file_is_kept_for_as_long_as_its_address_says(connection, query, kept) -> None:
    answer, content = asked(connection, f"{FONT}{query}")
    assert answer.getheader("Cache-Control") == kept
    again, nothing = asked(connection, f"{FONT}{query}", **{"If-None-Match": answer.getheader("ETag")})
    assert (again.status, nothing) == (304, b"")
    head, nothing = asked(connection, f"{FONT}{query}", "HEAD")
    assert (head.status, head.getheader("Content-Length"), nothing) == (200, str(len(content)), b"")


@pytest.mark.parametrize("path", ["/app/static/nothing.js", "/app/static/%2e%2e/data/incidents.geojson"])
def test_what_is_not_there_is_said_without_a_path(connection, path) -> None:
    answer, content = asked(connection, path)
    assert answer.status in (400, 404)
    assert b"/" not in content


def test_data_is_answered_beside_the_pages_and_packed_on_its_way(connection) -> None:
    plain, content = asked(connection, "/incidents.csv?country=TJ")
    packed, less = asked(connection, "/incidents.csv?country=TJ", **{"Accept-Encoding": "gzip"})
    assert (plain.status, packed.status, packed.getheader("Content-Encoding")) == (200, 200, "gzip")
    assert gzip.decompress(less) == content
    tag = packed.getheader("ETag")
    again, nothing = asked(connection, "/incidents.csv?country=TJ", **{"If-None-Match": tag, "Accept-Encoding": "gzip"})
    assert (again.status, nothing) == (304, b"")
    refused, problem = asked(connection, "/incidents.csv?country=XX")
    assert (refused.status, refused.getheader("Content-Type")) == (400, "application/problem+json")
    assert b'"possible"' in problem
    assert refused.getheader("X-Content-Type-Options") == "nosniff"
