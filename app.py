"""The server: Streamlit's pages, HTTP routes and middleware, and the work done at start-up."""

import gc
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from logging import ERROR, getLogger
from time import perf_counter
from typing import Any, Final

import streamlit as st
from anyio import to_thread

from geo.casualties import RANGE
from geo.language.messages import say
from geo.selection import Filters
from ui.resources import NoRecordError, resources_under
from ui.roles import settings_fault
from ui.server.guards import failed, guards, raise_file_limit
from ui.server.routes import routes

_WARNS_OUTSIDE_SCRIPTS: Final = "streamlit.runtime.scriptrunner_utils.script_run_context"


@asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[None]:
    """Prepare the server before it answers requests."""
    getLogger(_WARNS_OUTSIDE_SCRIPTS).setLevel(ERROR)  # requests are answered outside scripts
    raise_file_limit()
    send_at_once()
    await to_thread.run_sync(warm_up)
    yield


def warm_up() -> None:
    """Load the record, datasets and boundaries, cache the first page's content, and report readiness on the console."""
    from ui.map_and_months import overview_html  # noqa: PLC0415  # components can be registered only by a running server
    from ui.parts.components import in_scheme  # noqa: PLC0415
    from ui.parts.page_map import selection_marks  # noqa: PLC0415

    started = perf_counter()
    try:
        found = resources_under(RANGE.code)
        incidents = found.table.count(Filters())
        with in_scheme("light"):
            selection_marks(Filters(), found)
            overview_html(Filters(), found)
    except NoRecordError as error:
        print(error, flush=True)  # noqa: T201  # the pages show it too
        return
    seconds = round(perf_counter() - started)
    print(say("server-ready", incidents=incidents, seconds=seconds), flush=True)  # noqa: T201  # for whoever starts it


def send_at_once() -> None:
    """Set TCP_NODELAY, without which each response on a kept-alive connection waits 40 ms for a delayed ACK.

    Streamlit binds its socket in a way that keeps asyncio from setting the option on connections; on Linux they inherit
    it from the listening socket.
    """
    for each in gc.get_objects():
        if isinstance(each, socket.socket) and each.fileno() >= 0 and _listens(each):
            each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _listens(each: socket.socket) -> bool:
    stream = each.type == socket.SOCK_STREAM and each.family in (socket.AF_INET, socket.AF_INET6)
    return stream and bool(each.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))


if fault := settings_fault():
    sys.exit(fault)

app = st.App(
    "ui/frame.py",
    routes=routes(),
    middleware=guards(),
    exception_handlers={Exception: failed},
    lifespan=lifespan,
)
"""The ASGI application that Streamlit runs."""
