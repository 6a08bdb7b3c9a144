"""Whom the server answers, and with what it refuses others; asked as a web server asks an application."""

import gc
import os
import resource
import weakref
from pathlib import Path
from unittest.mock import MagicMock

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route, WebSocketRoute
from streamlit import runtime
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.websocket_session_manager import WebsocketSessionManager

import ui.roles
import ui.server.guards
from tests.conftest import awaited
from ui.server.guards import (
    FILES_KEPT_BACK,
    FILES_PER_VIEWER,
    Guard,
    ViewerLimit,
    failed,
    files_left,
    raise_file_limit,
    without_folder,
)

METRICS, HEALTH = "/_stcore/metrics", "/_stcore/health"
UPLOAD = "/_stcore/upload_file/session-1/file-1"
HERE, ELSEWHERE = "127.0.0.1", "192.168.1.7"
A_BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


async def anything(scope, receive, send):
    await PlainTextResponse("answered")(scope, receive, send)


async def broken(_):
    raise RuntimeError("/srv/map/secret is broken")


async def stays(socket):
    await socket.accept()
    await socket.receive_text()
    await socket.close()


APP = Starlette(
    routes=[Route("/broken", broken), WebSocketRoute("/_stcore/stream", stays), Mount("/", anything)],
    middleware=[Middleware(Guard), Middleware(ViewerLimit)],
    exception_handlers={Exception: failed},
)


def scope_of(path, kind="http", client=HERE, **headers):
    named = {"host": "localhost:8501"} | headers
    return {
        "type": kind,
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in named.items()],
        "client": (client, 50_000),
        "subprotocols": [],
    }


def asked(path, **about):
    """Status, text and headers of an answer."""
    return awaited(_asked, scope_of(path, **about))


async def _asked(scope):
    sent = []

    async def receive():
        return {"type": "http.request", "body": b""}

    async def send(message):
        sent.append(message)

    try:
        await APP(scope, receive, send)
    except RuntimeError:
        assert sent  # Starlette raises it once more, for the log
    text = b"".join(message.get("body", b"") for message in sent).decode()
    return sent[0]["status"], text, dict(sent[0]["headers"])


@pytest.mark.parametrize(
    ("path", "host", "status"),
    [
        pytest.param("/", "localhost:8501", 200, id="localhost"),
        pytest.param("/", "127.0.0.1", 200, id="number"),
        pytest.param("/", "[::1]:8501", 200, id="ipv6"),
        pytest.param("/", "evil.example", 400, id="foreign"),
        pytest.param("/", "localhost.evil.example:8501", 400, id="begins-like-ours"),
        pytest.param("/", "evil@localhost", 400, id="with-a-user"),
        pytest.param("/app/static/map.js", "evil.example", 400, id="file"),
        pytest.param(HEALTH, "10.0.0.3:8501", 200, id="health-check-of-a-container"),
    ],
)
def test_only_names_of_our_own_are_answered(path, host, status) -> None:
    found, text, _ = asked(path, host=host)
    assert found == status
    assert ("server.allowedHosts" in text) is (status == 400)


@pytest.mark.parametrize("path", [METRICS, "/_stcore/script-health-check", "/_stcore/agent/interact"])
@pytest.mark.parametrize(
    ("client", "headers", "status"),
    [
        pytest.param(HERE, {}, 200, id="here"),
        pytest.param("::1", {}, 200, id="here-ipv6"),
        pytest.param(ELSEWHERE, {}, 404, id="elsewhere"),
        pytest.param(HERE, {"x_forwarded_for": ELSEWHERE}, 404, id="through-a-web-server-here"),
    ],
)
def test_what_tells_about_the_server_is_for_its_own_machine(path, client, headers, status) -> None:
    assert asked(path, client=client, **headers)[0] == status


def test_what_everybody_needs_is_answered_to_everybody() -> None:
    assert [asked(path, client=ELSEWHERE)[0] for path in ("/", HEALTH, "/_stcore/host-config")] == [200] * 3


def test_under_a_base_path_it_is_the_same(monkeypatch) -> None:
    monkeypatch.setattr(ui.server.guards, "base_path", lambda: "/map")
    assert asked(f"/map{METRICS}", client=ELSEWHERE)[0] == 404


def test_files_are_taken_from_the_sessions_of_editors_alone(monkeypatch) -> None:
    assert asked(UPLOAD)[:2] == (403, "Only editors can upload files.")
    monkeypatch.setattr(ui.roles, "_PASSES", {"session-1"})
    assert asked(UPLOAD)[0] == 200
    assert asked(UPLOAD.replace("session-1", "session-2"))[0] == 403


def test_what_fails_is_told_without_a_path_or_a_trace() -> None:
    status, text, _ = asked("/broken")
    assert (status, text) == (
        500,
        "The server could not answer because of a fault in this program; its log has the details.",
    )


# Messages over a websocket.


async def _passed_on(*messages):
    """What of a browser's messages the application hears."""
    waiting, heard = [*messages, {"type": "websocket.disconnect"}], []

    async def hears(_, receive, __):
        while (message := await receive())["type"] != "websocket.disconnect":
            heard.append(message["bytes"])

    async def receive():
        return waiting.pop(0)

    await Guard(hears)(scope_of("/_stcore/stream", "websocket"), receive, None)
    return heard


@pytest.mark.parametrize(
    ("field", "value", "heard"),
    [
        pytest.param("clear_cache", True, False, id="empties-the-caches-of-all"),
        pytest.param("load_git_info", True, False, id="asks-what-is-not-in-version-control"),
        pytest.param("set_run_on_save", True, False, id="runs-what-is-saved"),
        pytest.param("stop_script", True, True, id="stops-its-own-page"),
        pytest.param("app_heartbeat", True, True, id="is-still-there"),
    ],
)
def test_messages_for_developers_are_not_heard(field, value, heard) -> None:
    sent = BackMsg(**{field: value}).SerializeToString()
    run = BackMsg(rerun_script={}).SerializeToString()
    calls = [{"type": "websocket.receive", "bytes": each} for each in (sent, run, b"no message")]
    assert awaited(_passed_on, *calls) == [*([sent] if heard else []), run, b"no message"]


def test_a_browser_is_not_told_where_the_program_lies() -> None:
    said = ForwardMsg()
    said.new_session.main_script_path = str(Path(ui.roles.__file__).with_name("frame.py"))
    sent = without_folder({"type": "websocket.send", "bytes": said.SerializeToString()})
    assert ForwardMsg.FromString(sent["bytes"]).new_session.main_script_path == "frame.py"


# Room for viewers.


@pytest.fixture
def left(monkeypatch):
    """Say how many files can still be opened."""
    return lambda files: monkeypatch.setattr(ui.server.guards, "files_left", lambda: files)


FULL = FILES_KEPT_BACK + FILES_PER_VIEWER - 1


def test_whoever_comes_when_there_is_no_room_is_told_to_come_again(left) -> None:
    left(FULL)
    status, text, headers = asked("/provinces", **A_BROWSER)
    assert status == 503
    assert headers[b"retry-after"] == b"60"
    assert "0 viewers are here already; try again in a minute." in text
    assert "<script" not in text


@pytest.mark.parametrize(
    ("files", "path", "headers"),
    [
        pytest.param(FULL + 1, "/", A_BROWSER, id="room"),
        pytest.param(None, "/", A_BROWSER, id="no-limit"),
        pytest.param(FULL, "/app/static/map.html", A_BROWSER, id="file-of-a-page"),
        pytest.param(FULL, HEALTH, A_BROWSER, id="health"),
        pytest.param(FULL, "/", {"accept": "*/*"}, id="no-browser"),
    ],
)
def test_whoever_is_here_gets_on(left, files, path, headers) -> None:
    left(files)
    assert asked(path, **headers)[0] == 200


async def _met(limit, *messages):
    """Open a websocket, send it messages one by one, and return what came, with how many were here meanwhile."""
    waiting, sent, here = list(messages), [], []

    async def receive():
        here.append(limit.viewers)
        return waiting.pop(0)

    async def send(message):
        sent.append(message["type"])

    await limit(scope_of("/_stcore/stream", "websocket"), receive, send)
    return sent, here


CALLS = ({"type": "websocket.connect"}, {"type": "websocket.receive", "text": "x"})


def test_viewers_are_counted_while_they_are_here() -> None:
    limit = ViewerLimit(Starlette(routes=[WebSocketRoute("/_stcore/stream", stays)]))
    assert awaited(_met, limit, *CALLS) == (["websocket.accept", "websocket.close"], [1, 1])
    assert limit.viewers == 0


def test_a_page_that_is_loaded_comes_to_life_a_little_longer_than_new_ones_are_given(left) -> None:
    limit = ViewerLimit(Starlette(routes=[WebSocketRoute("/_stcore/stream", stays)]))
    left(FILES_KEPT_BACK)
    assert awaited(_met, limit, *CALLS)[0] == ["websocket.accept", "websocket.close"]
    left(FILES_KEPT_BACK // 2)
    assert awaited(_met, limit)[0] == ["websocket.close"]


def test_sessions_whose_time_is_over_are_dropped_where_there_is_no_room(left, monkeypatch) -> None:
    kept = MemorySessionStorage(ttl_seconds=0)
    session = MagicMock()
    kept.save(session)
    gone = weakref.ref(session)
    del session
    running = MagicMock(_session_mgr=WebsocketSessionManager(kept, *[MagicMock()] * 3))
    monkeypatch.setattr(runtime, "exists", lambda: True)
    monkeypatch.setattr(runtime, "get_instance", lambda: running)
    left(FULL)
    asked("/", **A_BROWSER)
    gc.collect()
    assert gone() is None


def test_counts_the_files_that_this_process_has_open() -> None:
    before = files_left()
    opened = [os.open(os.devnull, os.O_RDONLY) for _ in range(5)]
    assert files_left() == before - 5
    for each in opened:
        os.close(each)


def test_opens_as_many_files_as_the_system_allows() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(soft, 512), hard))
    raise_file_limit()
    assert resource.getrlimit(resource.RLIMIT_NOFILE) == (hard, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
