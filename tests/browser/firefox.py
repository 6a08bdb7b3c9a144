#!/usr/bin/env python3
"""Start Debian's Firefox for Playwright, which speaks WebDriver BiDi to it and asks for commands of a newer one."""

import asyncio
import json
import re
import shutil
import sys

from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, serve

ANSWERS = {"network.addDataCollector": {"collector": ""}}
"""What a command that Firefox does not know is answered with, where Playwright reads the answer."""


async def start(*arguments: str) -> None:
    command = (shutil.which("firefox-esr"), *arguments)
    firefox = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.PIPE)
    while not (listening := re.search(r"listening on (ws://\S+)", (await firefox.stderr.readline()).decode())):
        pass

    async def relay(playwright: ServerConnection) -> None:
        async with connect(listening[1] + playwright.request.path, max_size=None) as session:
            asked = {}

            async def ask() -> None:
                async for text in playwright:
                    command = json.loads(text)
                    asked[command["id"]] = command["method"]
                    await session.send(text)
                await session.close()

            async def answer() -> None:
                async for text in session:
                    message = json.loads(text)
                    method = asked.pop(message.get("id"), None)
                    if message.get("error") == "unknown command":
                        known = {"type": "success", "id": message["id"], "result": ANSWERS.get(method, {})}
                        await playwright.send(json.dumps(known))
                    else:
                        await playwright.send(text)
                await playwright.close()

            await asyncio.gather(ask(), answer())

    async with serve(relay, "localhost", 0, max_size=None) as server:
        host, port = server.sockets[0].getsockname()[:2]
        print(f"WebDriver BiDi listening on ws://{host}:{port}", file=sys.stderr, flush=True)  # noqa: T201  # Playwright reads it
        while await firefox.stderr.readline():
            pass
        await firefox.wait()


if __name__ == "__main__":
    asyncio.run(start(*sys.argv[1:]))
