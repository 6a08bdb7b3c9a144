"""Guards in front of all answers: who is answered, how many viewers, and security headers.

Only known hosts are answered; what concerns the server itself is answered on its own machine only, and uploads are
accepted only from editors. Some of Streamlit's websocket messages are dropped: with them, any browser could clear the
caches of all sessions, or ask which files of the program's folder are not in version control.
"""

import base64
import hashlib
import os
import re
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from html import escape
from mimetypes import guess_type
from pathlib import Path
from typing import Any, Final

import streamlit as st
from google.protobuf.message import DecodeError
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import runtime
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

from geo import INSTALLED
from geo.language.messages import LANGUAGE, say
from geo.render.web_map import bundle, online_hosts
from ui.roles import is_forwarded, is_this_machine, takes_uploads
from ui.state import base_path

# Content-Security-Policy and related headers.

_INLINE_SCRIPT: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_SELF: Final = "'self'"
_NOT_USED: Final = ("camera", "microphone", "geolocation", "payment", "usb")
_COMMON: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",  # OpenStreetMap serves tiles only with a referrer
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _NOT_USED),
}


@cache
def policy(kind: str) -> str:
    """Return the policy of a `page`, of the `frame` of a Streamlit component, or of an `embed` on another site."""
    scripts = {
        # Streamlit passes scripts to components as blobs, and decodes its messages faster with WebAssembly.
        "page": (_SELF, "blob:", "'wasm-unsafe-eval'", *_own_inline_scripts()),
        "frame": (_SELF, "'unsafe-inline'", "'unsafe-eval'"),  # streamlit-folium evaluates what folium writes
        "embed": (_SELF,),
    }
    directives = {
        "default-src": (_SELF,),
        "script-src": scripts[kind],
        "style-src": (_SELF, "'unsafe-inline'"),  # Streamlit and Leaflet set styles by script
        "img-src": (_SELF, "data:", "blob:", *online_hosts()),
        "font-src": (_SELF, "data:"),
        "worker-src": (_SELF, "blob:"),
        "object-src": ("'none'",),
        "base-uri": (_SELF,),
        "form-action": (_SELF,),
    }
    if kind != "embed":  # `*` would exclude pages opened from disk
        directives["frame-ancestors"] = (_SELF,)
    return as_policy(directives)


def as_policy(directives: Mapping[str, Sequence[str]]) -> str:
    """Format directives and their sources as a policy."""
    return "; ".join(" ".join([name, *sources]) for name, sources in directives.items())


def allowed_script(text: str) -> str:
    """Return the source that allows an inline script, by its hash."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _own_inline_scripts() -> list[str]:
    """Return the sources that allow the inline scripts of Streamlit's own page."""
    index = (Path(st.__file__).parent / "static" / "index.html").read_text("utf-8")
    return [allowed_script(found) for found in _INLINE_SCRIPT.findall(index)]


class SecurityHeaders:
    """Adds security headers to every answer, unless its route has set them."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add the headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        kind = "frame" if "/component/" in scope["path"] else "page"

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in {**_COMMON, "Content-Security-Policy": policy(kind)}.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, with_headers)


# Files of `static/`.

_YEAR: Final = "max-age=31536000,immutable"
_DAY: Final = "max-age=86400"


class OwnFiles(StaticFiles):
    """Scripts, fonts and base map; cached for a year if the URL contains the version.

    An installed program does not write into its folder, so the map's bundled script and style are served from memory.
    """

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file, or the bundle from memory."""
        if INSTALLED and (text := bundle().get(path)) is not None and scope["method"] in ("GET", "HEAD"):
            kind = guess_type(path)[0] or "text/plain"
            return _kept(Response(text, media_type=kind), scope)
        return await super().get_response(path, scope)

    def file_response(self, full_path: Any, stat_result: Any, scope: Scope, status_code: int = 200) -> Response:
        """Return a file with its cache lifetime."""
        return _kept(super().file_response(full_path, stat_result, scope, status_code), scope)


def _kept(response: Response, scope: Scope) -> Response:
    """Set the cache lifetime of an answer, and let any site read it."""
    response.headers["Cache-Control"] = _YEAR if scope["query_string"].startswith(b"v=") else _DAY
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


# Limit on viewers: each takes up file descriptors, of which a process has a limited number.

FILES_PER_VIEWER: Final = 16
"""Measured with Chromium: a websocket; 3 for the event loop that Streamlit keeps per session, for another two minutes
after it ends and until the next one ends; and 6 connections to load the page, with a file each."""
_FILES_TO_STAY: Final = 4
"""The part of them needed by a loaded page to connect."""
FILES_KEPT_BACK: Final = 48
"""Reserve for shared needs: parts of datasets, processes that read files, exports."""
_WAIT_S: Final = 60
_STREAM: Final = "/_stcore/stream"
_RESOURCES: Final = ("/_stcore/", "/static/", "/app/static/", "/media/", "/component/", "/auth/", "/oauth2callback")
_TRY_AGAIN_LATER: Final = 1013
"""WebSocket close code from the registry of RFC 6455."""


def raise_file_limit() -> None:
    """Raise the limit of open files to the maximum the system allows."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  # not on Windows

    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):  # macOS claims to have no limit, but has one
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def files_left() -> int | None:
    """Return how many more files this process may open; None if unknown."""
    if sys.platform == "win32":
        return None
    import resource  # noqa: PLC0415  # not on Windows

    try:
        opened = len(os.listdir("/dev/fd"))  # noqa: PTH208  # once per page load
    except OSError:
        return None
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return None if soft == resource.RLIM_INFINITY else soft - opened


class ViewerLimit:
    """Counts viewers, and asks new ones to come back later when there is no room."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.viewers = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on while there is room."""
        path = scope.get("path", "").removeprefix(base_path())
        if scope["type"] == "websocket" and path == _STREAM:
            await self._stay(scope, receive, send)
        elif scope["type"] == "http" and _is_page(path, Headers(scope=scope)) and not _room_for(FILES_PER_VIEWER):
            await self._full()(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _stay(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not _room_for(_FILES_TO_STAY - FILES_KEPT_BACK // 2):
            await send({"type": "websocket.close", "code": _TRY_AGAIN_LATER})
            return
        self.viewers += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self.viewers -= 1

    def _full(self) -> Response:
        title, said = escape(say("server-full-title")), escape(say("server-full", viewers=self.viewers))
        head = f'<meta name="viewport" content="width=device-width"><title>{title}</title>'
        body = f"<h1>{title}</h1><p>{said}</p>"
        page = f'<!DOCTYPE html><html lang="{LANGUAGE}"><head>{head}</head><body>{body}</body></html>'
        return HTMLResponse(page, 503, {"Retry-After": f"{_WAIT_S}", "Cache-Control": "no-store"})


def _room_for(files: int) -> bool:
    """Tell whether `files` more files can be opened without using the reserve."""
    if _can_open(files):
        return True
    _drop_expired()
    return _can_open(files)


def _can_open(files: int) -> bool:
    left = files_left()
    return left is None or left >= files + FILES_KEPT_BACK


def _drop_expired() -> None:
    """Make Streamlit drop expired sessions, which it otherwise does only when another viewer leaves."""
    sessions = getattr(runtime.get_instance(), "_session_mgr", None) if runtime.exists() else None
    kept = getattr(getattr(sessions, "_session_storage", None), "_cache", None)
    expire = getattr(kept, "expire", None)
    if expire is not None:
        expire()


def _is_page(path: str, headers: Headers) -> bool:
    """Tell whether a browser requests the page itself rather than one of its resources."""
    return "text/html" in headers.get("accept", "") and not path.startswith(_RESOURCES)


# Request filtering.

_HEALTH: Final = "/_stcore/health"
"""Answered for any host name, since container health checks use the IP address."""
_INTERNAL: Final = ("/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/agent/")
"""Endpoints that reveal or control the server."""
_UPLOADS: Final = "/_stcore/upload_file/"


def guards() -> Sequence[Middleware]:
    """Return the middleware in front of all answers, outermost first."""
    return [Middleware(SecurityHeaders), Middleware(Guard), Middleware(ViewerLimit)]


class Guard:
    """Rejects forbidden requests, with a sentence."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on unless it is rejected; Streamlit itself checks the host of websockets."""
        if scope["type"] == "websocket":
            await self._listen(scope, receive, send)
            return
        refusal = refused(scope) if scope["type"] == "http" else None
        await (refusal or self._app)(scope, receive, send)

    async def _listen(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def received() -> Message:
            message = await receive()
            while is_for_developers(message.get("bytes")):
                message = await receive()
            return message

        async def sent(message: Message) -> None:
            await send(without_folder(message))

        await self._app(scope, received, sent)


def refused(scope: Scope) -> Response | None:
    """Return the response to a forbidden request; None for any other."""
    path = scope["path"].removeprefix(base_path())
    if path != _HEALTH and not is_host_allowed(Headers(scope=scope).get("host")):
        return PlainTextResponse(say("server-host-refused"), 400)
    if path.startswith(_INTERNAL) and not from_this_machine(scope):
        return PlainTextResponse(say("server-not-here"), 404)
    if path.startswith(_UPLOADS) and not takes_uploads(path.removeprefix(_UPLOADS).split("/")[0]):
        return PlainTextResponse(say("server-upload-refused"), 403)
    return None


def from_this_machine(scope: Scope) -> bool:
    """Tell whether a request comes from the server's own machine and was not forwarded."""
    client = scope.get("client")
    return client is not None and is_this_machine(client[0]) and not is_forwarded(Headers(scope=scope).keys())


async def failed(_: Request, __: Exception) -> Response:
    """Answer when the program fails; the log has the traceback."""
    return PlainTextResponse(say("server-failed"), 500)


# Websocket messages.

_FOR_DEVELOPERS: Final = ("clear_cache", "load_git_info", "set_run_on_save")
"""Streamlit hides the buttons for these (`client.toolbarMode`), but obeys anybody who sends them."""
_FOLDER: Final = str(Path(__file__).resolve().parents[1])
_LARGEST: Final = 100_000
"""Size limit in bytes of the message that names the running script, which has some thousand."""


def is_for_developers(content: bytes | None) -> bool:
    """Tell whether a browser's message would affect the server or ask about its folder."""
    try:
        return bool(content) and BackMsg.FromString(content or b"").WhichOneof("type") in _FOR_DEVELOPERS
    except DecodeError:
        return False  # Streamlit closes the connection


def without_folder(message: Message) -> dict[str, Any]:
    """Strip the folder of the running script from a message to a browser."""
    content = message.get("bytes")
    if not content or len(content) > _LARGEST or _FOLDER.encode() not in content:
        return dict(message)
    said = ForwardMsg.FromString(content)
    if said.WhichOneof("type") != "new_session":
        return dict(message)
    said.new_session.main_script_path = Path(said.new_session.main_script_path).name
    return {**message, "bytes": said.SerializeToString()}
