"""A page in Chromium, moved with the mouse or clicked, and watched until it paints nothing new."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, Error, Frame, Page, Playwright

from benchmarks.measure import PATIENCE_S

FLAGS: Final = [
    *("--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"),  # WebGL without a graphics card
]
WIDE_PX, TALL_PX = 1440, 900
QUIET_S: Final = 1.0
"""A page has settled once it has painted nothing new for this long."""
_HOLD_MS: Final = 60
"""The mouse rests before it is released, so that the map has no momentum."""
_SEEN: Final = "name => { benchmarkSeen.watch(); return benchmarkSeen[name]; }"
_SCRIPT: Final = Path(__file__).with_name("paint_watch.js").read_text("utf-8")


class GivenUpError(Exception):
    """The page has not settled in time, or has crashed."""


@contextmanager
def chromium(playwright: Playwright, executable: str | None) -> Iterator[Browser]:
    """Start a separate browser."""
    browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
    try:
        yield browser
    finally:
        browser.close()


class Watched:
    """A page, with all other hosts blocked.

    Parameters
    ----------
    browser
        Browser to open it in.
    busy
        JavaScript function that tells whether the page is still busy, and thus not settled.

    """

    def __init__(self, browser: Browser, busy: str = "() => false") -> None:
        context = browser.new_context(viewport={"width": WIDE_PX, "height": TALL_PX})
        context.add_init_script(_SCRIPT)
        context.route(lambda url: "//localhost" not in url and url.startswith("http"), lambda route: route.abort())
        context.set_default_timeout(1000 * PATIENCE_S)
        self.page: Page = context.new_page()
        self._busy = busy
        self._gone = False
        self.page.on("crash", lambda _: setattr(self, "_gone", True))

    def close(self) -> None:
        """Close the page and its context."""
        self.page.context.close()

    def open(self, url: str, ready: Callable[[Page], bool]) -> float:
        """Open a URL; return the seconds until the page is ready and settled."""
        start = time.time()
        try:
            self.page.goto(url, wait_until="commit")
            while not ready(self.page):
                self._patient(start)
                self.page.wait_for_timeout(50)
        except Error as error:
            raise GivenUpError(_reason(error)) from error
        return self._settled(start, lambda: self.page.frames) - start

    def drag(self, frame: Callable[[], Frame], at: tuple[float, float], by: tuple[int, int]) -> float:
        """Drag the map in a frame with the mouse; return the seconds from its last move until it has settled."""
        began = time.time()
        (x, y), (dx, dy) = at, by
        mouse = self.page.mouse
        try:
            mouse.move(x, y)
            mouse.down()
            mouse.move(x + dx // 10, y + dy // 10)
            mouse.move(x + dx, y + dy)
            self.page.wait_for_timeout(_HOLD_MS)
            mouse.up()
        except Error as error:
            raise GivenUpError(_reason(error)) from error
        settled = self._settled(began, lambda: [frame()])
        return settled - self._seen(frame(), "moved")

    def click(self, press: Callable[[], None], frame: Callable[[], Frame]) -> float:
        """Press something on the page; return the seconds from the click until the map in a frame has settled."""
        began = time.time()
        press()
        settled = self._settled(began, lambda: [frame()])
        return settled - self._seen(self.page.main_frame, "clicked")

    def _settled(self, began: float, frames: Callable[[], list[Frame]]) -> float:
        """Return when one of the frames last painted something new."""
        while True:
            self._patient(began)
            try:
                painted = max((self._seen(frame, "painted") for frame in frames()), default=0.0)
                busy = bool(self.page.evaluate(self._busy))
            except Error as error:  # a frame or the page has gone
                if self._gone:
                    raise GivenUpError(_reason(error)) from error
                painted, busy = began, True
            if not busy and time.time() - max(painted, began) > QUIET_S:
                return painted
            self.page.wait_for_timeout(50)

    def _seen(self, frame: Frame, name: str) -> float:
        found: Any = frame.evaluate(_SEEN, name)
        return float(found) / 1000

    def _patient(self, began: float) -> None:
        if self._gone:
            raise GivenUpError("the page crashes")
        if time.time() - began > PATIENCE_S:
            raise GivenUpError(f"over {PATIENCE_S} s")


def _reason(error: Error) -> str:
    if "crash" in error.message.lower() or "closed" in error.message.lower():
        return "the page crashes"
    return f"over {PATIENCE_S} s" if "imeout" in error.message else error.message.splitlines()[0]
