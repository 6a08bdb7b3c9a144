"""What the server says over HTTP, as a client of its own hears it."""

import gzip
import json
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
        pytest.param("/", "'self' blob: 'wasm-unsafe-eval' 'sha256-", id="page"),
        pytest.param("/provinces?year=2025", "'self' blob: 'wasm-unsafe-eval' 'sha256-", id="deep-link"),
        pytest.param(FONT, "'self' blob: 'wasm-unsafe-eval' 'sha256-", id="file"),
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


TILE = "/map/tiles/6/22/12"


def test_a_tile_is_kept_by_a_browser_until_the_data_change(connection) -> None:
    answer, content = asked(connection, f"{TILE}?category=strike&rule=highest&v=1")
    drawn = json.loads(content)
    assert sum(group["n"] for group in drawn["groups"]) + len(drawn["points"]) > 20
    assert {point["c"] for point in drawn["points"]} <= {"strike"}
    assert answer.getheader("Cache-Control") == "private,max-age=86400"
    tag = {"If-None-Match": answer.getheader("ETag")}
    again, nothing = asked(connection, f"{TILE}?rule=highest&category=strike", **tag)
    assert (again.status, again.getheader("Cache-Control"), nothing) == (304, "no-cache", b"")


def test_the_incidents_of_a_group_are_listed(connection) -> None:
    _, content = asked(connection, f"{TILE}?year=2025")
    group = max(json.loads(content)["groups"], key=lambda group: group["n"])
    _, listed = asked(connection, f"{TILE}/list?year=2025&key={group['key']}")
    assert len(json.loads(listed)["of"]) == json.loads(listed)["total"] == group["n"]


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("/map/tiles/6/32/12", id="outside-the-world"),
        pytest.param("/map/tiles/99999999999999999999/0/0", id="no-zoom"),
        pytest.param(f"{TILE}/list?key=6/0/0", id="no-group"),
        pytest.param(f"{TILE}/list", id="no-key"),
    ],
)
def test_what_is_no_tile_is_not_found(connection, path) -> None:
    answer, content = asked(connection, path)
    assert answer.status == 404
    assert json.loads(content)["detail"].startswith("There is no such ")


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("year=x", id="no-year"),
        pytest.param("rule=%00", id="no-rule"),
        pytest.param("category=%27;DROP", id="hostile"),
        pytest.param(f"q={'a' * 4000}", id="long"),
        pytest.param("&".join(["province=AF-KHO"] * 500), id="many"),
    ],
)
def test_a_tile_bears_any_parameters(connection, query) -> None:
    answer, content = asked(connection, f"{TILE}?{query}")
    assert answer.status == 200
    assert json.loads(content).keys() == {"groups", "points"}


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
