"""Drive WebKitGTK's MiniBrowser by its WebDriver, which speaks the classic protocol: JSON over HTTP."""

import json
import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
"""By which the protocol knows an element."""
ENTER, ESCAPE = "\ue007", "\ue00c"
PATIENCE_S = 60
SCREEN = (1440, 900)
SAID_AS_ERROR = re.compile(r"CONSOLE (?:JS|SECURITY|NETWORK) (?:ERROR|WARN)\b.*")


def mini_browser() -> Path | None:
    """Return where Debian has the browser that WebKitGTK is tried with."""
    found = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))
    return found[-1] if found else None


class Browser:
    """A window of MiniBrowser."""

    def __init__(self, session: str, log: Path) -> None:
        self._session = session
        self._log = log

    def _ask(self, method: str, path: str, **content: Any) -> Any:
        return ask(method, f"{self._session}{path}", content)

    def open(self, url: str) -> None:
        self._ask("POST", "/url", url=url)

    def quit(self) -> None:
        self._ask("DELETE", "")

    def back(self) -> None:
        self._ask("POST", "/back")

    @property
    def address(self) -> str:
        return str(self._ask("GET", "/url"))

    def evaluate(self, expression: str, *arguments: Any) -> Any:
        """Return what a JavaScript expression is in the frame that is entered; `arguments` are what its name says."""
        return self._ask("POST", "/execute/sync", script=f"return {expression}", args=list(arguments))

    def wait_for(self, expression: str, *arguments: Any) -> Any:
        """Wait until an expression is true, and return it."""
        last = time.monotonic() + PATIENCE_S
        while time.monotonic() < last:
            if found := self.evaluate(expression, *arguments):
                return found
            time.sleep(0.1)
        raise AssertionError(f"never true in {PATIENCE_S} s: {expression} {arguments}")

    def enter(self, frame: Any = None) -> None:
        """Go into a frame, an element, or back to the page."""
        self._ask("POST", "/frame", id=frame)

    def press(self, element: dict[str, str], keys: str) -> None:
        self._ask("POST", f"/element/{element[ELEMENT]}/value", text=keys)

    def click(self, element: dict[str, str]) -> None:
        self._ask("POST", f"/element/{element[ELEMENT]}/click")

    def drag(self, element: dict[str, str], x: int, y: int) -> None:
        """Press in the middle of an element, move by so many pixels in five steps, and let go."""
        steps = [{"type": "pointerMove", "origin": "pointer", "x": x // 5, "y": y // 5, "duration": 60}] * 5
        at = {"type": "pointerMove", "origin": element, "x": 0, "y": 0}
        actions = [at, {"type": "pointerDown", "button": 0}, *steps, {"type": "pointerUp", "button": 0}]
        mouse = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": actions}
        self._ask("POST", "/actions", actions=[mouse])

    def errors(self) -> list[str]:
        """Return what the browser has said on its console since it was last asked."""
        said = self._log.read_text("utf-8", "replace")
        self._log.write_text("")
        return SAID_AS_ERROR.findall(said)


def ask(method: str, url: str, content: dict[str, Any]) -> Any:
    """Send a command and return its value; raises AssertionError with what the driver says is wrong."""
    data = json.dumps(content).encode() if method == "POST" else None
    asked = Request(url, data, {"Content-Type": "application/json"}, method=method)
    try:
        with urlopen(asked, timeout=2 * PATIENCE_S) as answer:
            return json.load(answer)["value"]
    except HTTPError as error:
        raise AssertionError(f"{method} {url}: {error.read().decode()}") from error


@contextmanager
def running(driver: str, browser: Path, folder: Path) -> Iterator[Browser]:
    """Start a driver, on a screen of its own, and a window; what they need to keep is kept in a folder."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    width, height = SCREEN
    command = ["xvfb-run", "-a", "-s", f"-screen 0 {width}x{height}x24", driver, f"--port={port}"]
    log = folder / "webkit.log"
    # In a container root may make no namespaces; nothing but our own pages is opened.
    env = {**os.environ, "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1", "HOME": str(folder)}
    with log.open("ab") as said:
        process = subprocess.Popen(command, env=env, stdout=said, stderr=said, start_new_session=True)
    try:
        started = ask(
            "POST", f"{_answering(process, port)}/session", {"capabilities": {"alwaysMatch": _asked(browser)}}
        )
        window = Browser(f"http://localhost:{port}/session/{started['sessionId']}", log)
        yield window
        window.quit()
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def _asked(browser: Path) -> dict[str, Any]:
    arguments = ["--automation", "--enable-write-console-messages-to-stdout=true"]
    return {"webkitgtk:browserOptions": {"binary": str(browser), "args": arguments}}


def _answering(process: subprocess.Popen[bytes], port: int) -> str:
    """Return the address of the driver once it answers."""
    address, last = f"http://localhost:{port}", time.monotonic() + PATIENCE_S
    while process.poll() is None and time.monotonic() < last:
        try:
            ask("GET", f"{address}/status", {})
        except OSError:
            time.sleep(0.2)
        else:
            return address
    raise AssertionError("the driver does not answer")
