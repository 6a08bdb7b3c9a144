"""What every answer of the server carries: what a browser may load, run and frame, and how long it keeps a file."""

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import cache
from mimetypes import guess_type
from pathlib import Path
from typing import Any, Final

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo.installation import INSTALLED
from geo.render.web_map import bundle, online_hosts

# Content-Security-Policy and its neighbours.

_INLINE_SCRIPT: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_SELF: Final = "'self'"
_NOT_USED: Final = ("camera", "microphone", "geolocation", "payment", "usb")
_COMMON: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",  # OpenStreetMap's tiles are for those who say where they are
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _NOT_USED),
}


@cache
def policy(kind: str) -> str:
    """Return the policy of a `page`, of the `frame` of a Streamlit component, or of an `embed` on another site."""
    scripts = {
        # Streamlit hands components their scripts as blobs, and reads its messages faster where WebAssembly may run.
        "page": (_SELF, "blob:", "'wasm-unsafe-eval'", *_own_inline_scripts()),
        "frame": (_SELF, "'unsafe-inline'", "'unsafe-eval'"),  # streamlit-folium runs what folium writes
        "embed": (_SELF,),
    }
    directives = {
        "default-src": (_SELF,),
        "script-src": scripts[kind],
        "style-src": (_SELF, "'unsafe-inline'"),  # Streamlit and Leaflet style their elements by script
        "img-src": (_SELF, "data:", "blob:", *online_hosts()),
        "font-src": (_SELF, "data:"),
        "worker-src": (_SELF, "blob:"),
        "object-src": ("'none'",),
        "base-uri": (_SELF,),
        "form-action": (_SELF,),
        "frame-ancestors": ("*",) if kind == "embed" else (_SELF,),
    }
    return as_policy(directives)


def as_policy(directives: Mapping[str, Sequence[str]]) -> str:
    """Write directives, each with what it allows."""
    return "; ".join(" ".join([name, *sources]) for name, sources in directives.items())


def allowed_script(text: str) -> str:
    """Return what allows a script that stands in a page, by its digest."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _own_inline_scripts() -> list[str]:
    """Return what allows the scripts that stand in Streamlit's own page, by their digests."""
    index = (Path(st.__file__).parent / "static" / "index.html").read_text("utf-8")
    return [allowed_script(found) for found in _INLINE_SCRIPT.findall(index)]


class SecurityHeaders:
    """Say with every answer what a browser may do with it, unless the route that makes it has said so."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, with the headers."""
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


# The files of `static/`.

_YEAR: Final = "max-age=31536000,immutable"
_DAY: Final = "max-age=86400"


class OwnFiles(StaticFiles):
    """The scripts, fonts and ground of the map; kept for a year where the address says which version it is.

    What an installed program does not write into its own folder, the map's one script and one style, is in memory.
    """

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file, or what there is in place of one."""
        if INSTALLED and (text := bundle().get(path)) is not None and scope["method"] in ("GET", "HEAD"):
            kind = guess_type(path)[0] or "text/plain"
            return _kept(Response(text, media_type=kind), scope)
        return await super().get_response(path, scope)

    def file_response(self, full_path: Any, stat_result: Any, scope: Scope, status_code: int = 200) -> Response:
        """Return a file with how long it is kept."""
        return _kept(super().file_response(full_path, stat_result, scope, status_code), scope)


def _kept(response: Response, scope: Scope) -> Response:
    """Say how long an answer is kept, and that any site may read it."""
    response.headers["Cache-Control"] = _YEAR if scope["query_string"].startswith(b"v=") else _DAY
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
