#!/usr/bin/env python3
"""Start Debian's Firefox for Playwright, which speaks WebDriver BiDi to it, and stand between the two.

Firefox 153 does not know the command for the colour scheme, so its own setting is made instead.
"""

import asyncio
import json
import re
import shutil
import sys
from collections.abc import Mapping
from itertools import count
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import ServerConnection, serve

SET_MEDIA = "emulation.setMediaFeaturesOverride"
SCHEMES = {"dark": 0, "light": 1, None: 2}
"""Values of the setting; 2 is what the system has."""
SETTING = "Services.prefs.setIntPref('layout.css.prefers-color-scheme.content-override', {})"
OWN_IDS = count(10**9)
"""Of commands that are not Playwright's, which counts from one."""


async def start(*arguments: str) -> None:
    command = (shutil.which("firefox-esr"), "--remote-allow-system-access", *arguments)
    firefox = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.PIPE)
    while not (listening := re.search(r"listening on (ws://\S+)", (await firefox.stderr.readline()).decode())):
        pass

    async def relay(playwright: ServerConnection) -> None:
        async with connect(listening[1] + playwright.request.path, max_size=None) as session:
            between = Relay(playwright, session)
            await asyncio.gather(between.ask(), between.answer())

    async with serve(relay, "localhost", 0, max_size=None) as server:
        host, port = server.sockets[0].getsockname()[:2]
        print(f"WebDriver BiDi listening on ws://{host}:{port}", file=sys.stderr, flush=True)  # noqa: T201  # Playwright reads it
        while await firefox.stderr.readline():
            pass
        await firefox.wait()


class Relay:
    """What goes between Playwright and a session of Firefox."""

    def __init__(self, playwright: ServerConnection, session: ClientConnection) -> None:
        self.playwright = playwright
        self.session = session
        self.own: dict[int, asyncio.Future[Any]] = {}

    async def ask(self) -> None:
        """Hand on what Playwright asks."""
        async for text in self.playwright:
            command = json.loads(text)
            if command["method"] == SET_MEDIA:
                await self.colour(command["params"]["features"])
                await self.playwright.send(json.dumps({"type": "success", "id": command["id"], "result": {}}))
            else:
                await self.session.send(text)
        await self.session.close()

    async def answer(self) -> None:
        """Hand on what Firefox answers and tells."""
        async for text in self.session:
            own = self.own.pop(json.loads(text).get("id"), None)
            if own is None:
                await self.playwright.send(text)
            else:
                own.set_result(json.loads(text)["result"])
        await self.playwright.close()

    async def colour(self, features: Mapping[str, str | None]) -> None:
        """Have all pages light or dark."""
        windows = await self.call("browsingContext.getTree", {"moz:scope": "chrome", "maxDepth": 0})
        setting = SETTING.format(SCHEMES[features.get("prefers-color-scheme")])
        target = {"context": windows["contexts"][0]["context"]}
        await self.call("script.evaluate", {"expression": setting, "target": target, "awaitPromise": False})

    async def call(self, method: str, params: Mapping[str, Any]) -> Any:
        number = next(OWN_IDS)
        self.own[number] = asyncio.get_running_loop().create_future()
        await self.session.send(json.dumps({"id": number, "method": method, "params": params}))
        return await self.own[number]


if __name__ == "__main__":
    asyncio.run(start(*sys.argv[1:]))
