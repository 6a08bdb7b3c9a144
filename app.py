"""The server: the pages, the answers over HTTP beside them, whom it answers, and what every answer carries."""

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

# Before the first visitor: what all pages share is read, and small things are answered at once.

_WARNS_OUTSIDE_SCRIPTS: Final = "streamlit.runtime.scriptrunner_utils.script_run_context"


@asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[None]:
    """Make ready before anybody is answered, and say on the console what is served."""
    getLogger(_WARNS_OUTSIDE_SCRIPTS).setLevel(ERROR)  # which is where requests are answered
    raise_file_limit()
    send_at_once()
    await to_thread.run_sync(warm_up)
    yield


def warm_up() -> None:
    """Read the record, the datasets and the boundaries, and make what the first page shows of them."""
    from ui.map_and_months import overview_html  # noqa: PLC0415  # only a server that runs can be told of components
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
        print(error, flush=True)  # noqa: T201  # the pages say so as well, and how to repair it
        return
    seconds = round(perf_counter() - started)
    print(say("server-ready", incidents=incidents, seconds=seconds), flush=True)  # noqa: T201  # to whoever starts it


def send_at_once() -> None:
    """Let no answer on a kept connection wait 40 ms for the receipt of the one before (TCP_NODELAY).

    Streamlit binds its socket itself, in such a way that asyncio does not set the option on the connections; on Linux
    they inherit it from the socket that listens.
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
"""What the server answers over HTTP beside the pages, and what it does when it starts."""
