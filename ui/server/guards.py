"""Whom the server answers: known hosts, its own machine where the server itself is meant, editors who bring files.

Some of Streamlit's own messages over a websocket it does not hear: by them any browser could clear the caches of all
sessions, or ask which files of the program's folder are not in version control.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from google.protobuf.message import DecodeError
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

from geo.language.messages import say
from ui.roles import is_forwarded, is_this_machine, takes_uploads
from ui.server.headers import SecurityHeaders
from ui.server.viewers import ViewerLimit
from ui.state import base_path

_HEALTH: Final = "/_stcore/health"
"""Answered under any name: a container's health check asks by address."""
_INSIDE: Final = ("/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/agent/")
"""What tells about the server, or works it."""
_UPLOADS: Final = "/_stcore/upload_file/"


def guards() -> Sequence[Middleware]:
    """Return what stands before every answer, outermost first."""
    return [Middleware(SecurityHeaders), Middleware(Guard), Middleware(ViewerLimit)]


class Guard:
    """Refuse, in a sentence, what a request may not ask."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, unless the request is refused; Streamlit sees to the host of websockets."""
        if scope["type"] == "websocket":
            await self._listen(scope, receive, send)
            return
        refusal = refused(scope) if scope["type"] == "http" else None
        await (refusal or self._app)(scope, receive, send)

    async def _listen(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def heard() -> Message:
            message = await receive()
            while is_for_developers(message.get("bytes")):
                message = await receive()
            return message

        async def said(message: Message) -> None:
            await send(without_folder(message))

        await self._app(scope, heard, said)


def refused(scope: Scope) -> Response | None:
    """Return the answer to a request that is refused; None to any other."""
    path = scope["path"].removeprefix(base_path())
    if path != _HEALTH and not is_host_allowed(Headers(scope=scope).get("host")):
        return PlainTextResponse(say("server-host-refused"), 400)
    if path.startswith(_INSIDE) and not from_this_machine(scope):
        return PlainTextResponse(say("server-not-here"), 404)
    if path.startswith(_UPLOADS) and not takes_uploads(path.removeprefix(_UPLOADS).split("/")[0]):
        return PlainTextResponse(say("server-upload-refused"), 403)
    return None


def from_this_machine(scope: Scope) -> bool:
    """Tell whether a request was sent on the server's own machine, and not handed on from elsewhere."""
    client = scope.get("client")
    return client is not None and is_this_machine(client[0]) and not is_forwarded(Headers(scope=scope).keys())


async def failed(_: Request, __: Exception) -> Response:
    """Answer where the program fails: the log has the trace."""
    return PlainTextResponse(say("server-failed"), 500)


# Messages over a websocket.

_FOR_DEVELOPERS: Final = ("clear_cache", "load_git_info", "set_run_on_save")
"""Streamlit hides their buttons (`client.toolbarMode`), and hears whoever sends them all the same."""
_FOLDER: Final = str(Path(__file__).resolve().parents[1])
_LARGEST: Final = 100_000
"""Bytes of the message that says what runs; it has some thousand."""


def is_for_developers(content: bytes | None) -> bool:
    """Tell whether a message from a browser would change the server, or asks about its folder."""
    try:
        return bool(content) and BackMsg.FromString(content or b"").WhichOneof("type") in _FOR_DEVELOPERS
    except DecodeError:
        return False  # Streamlit closes the connection


def without_folder(message: Message) -> dict[str, Any]:
    """Return a message to a browser with the name of the script that runs, and not where it lies."""
    content = message.get("bytes")
    if not content or len(content) > _LARGEST or _FOLDER.encode() not in content:
        return dict(message)
    said = ForwardMsg.FromString(content)
    if said.WhichOneof("type") != "new_session":
        return dict(message)
    said.new_session.main_script_path = Path(said.new_session.main_script_path).name
    return {**message, "bytes": said.SerializeToString()}
