"""How many viewers there is room for: each keeps files of the system open, of which a process has only so many."""

import os
import sys
from contextlib import suppress
from html import escape
from typing import Final

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import runtime

from geo.language.messages import LANGUAGE, say
from ui.state import base_path

FILES_PER_VIEWER: Final = 16
"""Measured with Chromium: a websocket, and 3 of the event loop that Streamlit keeps for a session, also for two minutes
after it has gone, and until the next one goes; 6 connections by which the page is loaded, with a file for each."""
_FILES_TO_STAY: Final = 4
"""Of these, what a page that is loaded needs to come to life."""
FILES_KEPT_BACK: Final = 48
"""For what all share: parts of datasets that are read, processes that look into files, exports."""
_WAIT_S: Final = 60
_STREAM: Final = "/_stcore/stream"
_NO_PAGES: Final = ("/_stcore/", "/static/", "/app/static/", "/media/", "/component/", "/auth/", "/oauth2callback")
_TRY_AGAIN_LATER: Final = 1013
"""Why a websocket is closed, by RFC 6455's registry."""


def raise_file_limit() -> None:
    """Let this process open as many files as the system allows it at most."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  # Windows has none

    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):  # macOS says that there is no limit, and then has one
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def files_left() -> int | None:
    """Return how many more files this process may open; None where the system does not say."""
    if sys.platform == "win32":
        return None
    import resource  # noqa: PLC0415  # Windows has none

    try:
        opened = len(os.listdir("/dev/fd"))  # noqa: PTH208  # which is once for each page that is loaded
    except OSError:
        return None
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return None if soft == resource.RLIM_INFINITY else soft - opened


class ViewerLimit:
    """Count who is here, and tell whoever comes when there is no room to come again later."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.viewers = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does while there is room."""
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
    """Tell whether so many files can be opened beside those that are kept back."""
    if _can_open(files):
        return True
    _drop_gone()
    return _can_open(files)


def _can_open(files: int) -> bool:
    left = files_left()
    return left is None or left >= files + FILES_KEPT_BACK


def _drop_gone() -> None:
    """Have Streamlit drop the sessions whose time is over: by itself it does so only when another viewer goes."""
    sessions = getattr(runtime.get_instance(), "_session_mgr", None) if runtime.exists() else None
    kept = getattr(getattr(sessions, "_session_storage", None), "_cache", None)
    expire = getattr(kept, "expire", None)
    if expire is not None:
        expire()


def _is_page(path: str, headers: Headers) -> bool:
    """Tell whether a browser asks for the page itself, and not for what belongs to it."""
    return "text/html" in headers.get("accept", "") and not path.startswith(_NO_PAGES)
