"""Playback over time in Chromium: what is shown at a step, by hand and by key, without a word to the server."""

import json
import random
import re
import time
from datetime import date, timedelta

import pytest

from geo.store import INCIDENTS_FILE
from geo.webmap import STATIC_FOLDER
from geo.wording import span_words
from tests.browser.conftest import Watched

EPOCH = date(1970, 1, 1).toordinal()
DAYS = [date(1900, 1, 1), date(1900, 2, 28), date(1969, 12, 31), date(1970, 1, 1), date(2000, 2, 29), date(2100, 3, 1)]
DAYS += [date.fromordinal(random.Random(n).randrange(date(1900, 1, 1).toordinal(), 800_000)) for n in range(300)]
VIEW = "() => [map_div.getZoom(), map_div.getCenter().lat, map_div.getCenter().lng, map_div.getSize().y]"
STANDING = """(expected) => {
  const number = (node) => Number(node.querySelector("text")?.textContent ?? 1);
  const marks = [...document.querySelectorAll(".im-cluster, .im-mark[role=button]")];
  return marks.reduce((sum, node) => sum + number(node), 0) === expected;
}"""


@pytest.fixture(scope="module")
def days(browser):
    """Call the functions of days.js in a browser whose clock is far from Greenwich."""
    page = browser.new_page()
    browser.new_cdp_session(page).send("Emulation.setTimezoneOverride", {"timezoneId": "America/St_Johns"})
    page.add_script_tag(path=STATIC_FOLDER / "map" / "days.js")
    yield lambda name, *arguments: page.evaluate(
        f"(many) => many.map((each) => IncidentDays.{name}(...each))", arguments
    )
    page.close()


@pytest.fixture(scope="module")
def spans():
    """First and last day of every incident with a place, and its year and category, from the file itself."""
    features = json.loads(INCIDENTS_FILE.read_text("utf-8"))["features"]
    return [
        (date.fromisoformat(p["date_start"]), date.fromisoformat(p["date_end"] or p["date_start"]), p["category"])
        for p in (feature["properties"] for feature in features if feature["geometry"])
    ]


def shown(spans, since, until, category=None):
    return sum(a <= until and b >= since and category in (None, c) for a, b, c in spans)


def number(day):
    return day.toordinal() - EPOCH


def test_days_are_read_and_written_as_python_does(days):
    assert days("read", *[[day.isoformat()] for day in DAYS]) == [number(day) for day in DAYS]
    assert days("write", *[[number(day)] for day in DAYS]) == [day.isoformat() for day in DAYS]


def test_a_week_begins_on_monday(days):
    assert days("start", *[[number(day), "week"] for day in DAYS]) == [number(day) - day.weekday() for day in DAYS]


def test_a_month_is_a_whole_month(days):
    assert days("start", *[[number(day), "month"] for day in DAYS]) == [number(day.replace(day=1)) for day in DAYS]
    ends = [(day.replace(day=28) + timedelta(4)).replace(day=1) - timedelta(1) for day in DAYS]
    assert days("end", *[[number(day), "month"] for day in DAYS]) == [number(day) for day in ends]


@pytest.mark.parametrize("step", ["day", "week", "month", "year"])
def test_stepping_there_and_counting_the_steps_agree(days, step):
    moves = [(number(day), random.Random(n).randrange(-300, 300)) for n, day in enumerate(DAYS)]
    there = days("start", *[[day, step, steps] for day, steps in moves])
    pairs = [[day, to, step] for (day, _), to in zip(moves, there, strict=True)]
    assert days("between", *pairs) == [steps for _, steps in moves]


def test_spans_are_written_as_everywhere(days):
    pairs = [(day, day + timedelta(n % 40)) for n, day in enumerate(DAYS) if day.day > 1]
    assert days("span", *[[number(a), number(b)] for a, b in pairs]) == [span_words(a, b) for a, b in pairs]


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("1900-02-01", "1900-02-28", "February 1900"),
        ("2025-09-01", "2025-11-30", "September–November 2025"),
        ("2025-12-01", "2026-01-31", "December 2025 – January 2026"),
        ("2025-01-01", "2025-12-31", "2025"),
        ("2025-10-11", "2025-10-17", "11–17 October 2025"),
    ],
)
def test_whole_months_go_by_their_names(days, first, last, words):
    assert days("span", [*days("read", [first], [last])]) == [words]


@pytest.mark.parametrize(
    ("window", "expected"),
    [(0, ["1900-01-01", "1900-03-11", "up to 11 March 1900"]), (2, ["1900-02-26", "1900-03-11", None])],
    ids=["all-until-then", "window"],
)
def test_a_step_shows_all_until_then_or_a_window(days, window, expected):
    at, first = days("read", ["1900-03-08"], ["1900-01-03"])
    (period,) = days("period", [{"at": at, "first": first, "step": "week", "window": window}])
    assert days("write", [period["since"]], [period["until"]]) == expected[:2]
    assert expected[2] in (None, period["words"])


class Playback:
    """The bar under the map."""

    def __init__(self, page: Watched) -> None:
        self.page = page
        self.map = page.map
        self.page.quiet()

    def open(self) -> "Playback":
        self.map.get_by_role("button", name="Play over time").click()
        self.map.get_by_role("region", name="Playback over time").wait_for()
        return self

    @property
    def slider(self):
        return self.map.get_by_role("slider", name="Date")

    @property
    def words(self) -> str:
        return self.slider.get_attribute("aria-valuetext")

    def choose(self, label: str, value: str) -> None:
        self.map.get_by_label(label, exact=True).select_option(value)

    def to(self, words: str) -> None:
        """Step with the right arrow key until the date is there."""
        self.slider.focus()
        for _ in range(100):
            if self.words == words:
                return
            self.page.page.keyboard.press("ArrowRight")
        pytest.fail(f"never came to {words}")

    def drawn(self) -> int:
        return self.map.evaluate("IncidentMap.drawn()")

    def as_at_first(self) -> None:
        """Choose what the bar has at first, and close it."""
        if not self.slider.is_visible():
            self.open()
        for label, value in (("Step", "month"), ("What is shown", "window"), ("Speed", "2")):
            self.choose(label, value)
        self.page.page.keyboard.press("Escape")


@pytest.fixture(scope="module")
def shared(server, shared_page):
    return Playback(shared_page().open(server))


@pytest.fixture
def playback(shared):
    """One page for all tests that only play, as opening it takes longer than they do."""
    yield shared
    shared.as_at_first()


@pytest.fixture
def own_playback(server, new_page):
    return Playback(new_page().open(server))


def test_at_first_there_is_one_button_and_everything(own_playback, spans) -> None:
    playback = own_playback
    assert playback.map.locator(".im-playback").count() == 0
    assert playback.map.get_by_role("button", name="Play over time").count() == 1
    assert playback.drawn() == len(spans)


@pytest.mark.parametrize(
    ("words", "since", "until"),
    [
        ("July 2021", date(2021, 7, 1), date(2021, 7, 31)),
        ("October 2025", date(2025, 10, 1), date(2025, 10, 31)),
    ],
)
def test_a_month_shows_what_has_a_day_in_it(playback, spans, words, since, until) -> None:
    playback.open().to(words)
    expected = shown(spans, since, until)
    assert playback.drawn() == expected
    assert f"{expected} of 232 chosen incidents" in playback.map.locator(".im-playback p").inner_text()
    playback.map.wait_for_function(STANDING, arg=expected)
    playback.page.clean()


def test_all_until_then_ends_with_everything(playback, spans) -> None:
    playback.open().choose("What is shown", "all")
    playback.slider.focus()
    playback.page.page.keyboard.press("End")
    assert playback.drawn() == len(spans)
    playback.page.page.keyboard.press("Home")
    assert playback.drawn() == shown(spans, date(2021, 1, 1), date(2021, 1, 31))


def test_a_window_of_days(playback, spans) -> None:
    playback.open().choose("Step", "week")
    playback.map.get_by_label("Length of the window in steps").fill("1")
    playback.map.get_by_label("Length of the window in steps").press("Tab")
    playback.slider.focus()
    playback.page.page.keyboard.press("End")
    last = max(b for _, b, _ in spans)
    monday = last - timedelta(last.weekday())
    assert playback.words == span_words(monday, monday + timedelta(6))
    assert playback.drawn() == shown(spans, monday, monday + timedelta(6))


def test_playing_sends_nothing_and_moves_no_map(own_playback) -> None:
    playback = own_playback
    view = playback.map.evaluate(VIEW)
    playback.map.evaluate("window.still_here = true")
    before = playback.page.sent
    playback.open().choose("Speed", "10")
    began = playback.words
    playback.map.get_by_role("button", name="Play", exact=True).press("Space")
    playback.map.locator(".im-mark, .im-cluster").first.hover(force=True)
    playback.page.page.wait_for_timeout(2500)
    playback.map.get_by_role("button", name="Pause", exact=True).click()
    assert playback.words != began
    playback.map.get_by_role("button", name="End playback and show all").click()
    playback.page.page.wait_for_timeout(800)
    assert playback.page.sent == before
    assert playback.map.evaluate(VIEW) == view
    assert playback.map.evaluate("window.still_here")
    playback.page.clean()


def test_ending_shows_everything_and_gives_the_focus_back(playback, spans) -> None:
    playback.open().to("October 2025")
    playback.page.page.keyboard.press("Escape")
    assert playback.drawn() == len(spans)
    assert playback.map.evaluate("document.activeElement.textContent") == "Play over time"


@pytest.mark.parametrize(("key", "moves"), [("ArrowLeft", -1), ("ArrowRight", 1)])
def test_arrow_keys_step_from_any_button(playback, key, moves) -> None:
    playback.open().to("March 2022")
    value = int(playback.slider.input_value())
    playback.map.get_by_role("button", name="Play", exact=True).press(key)
    assert int(playback.slider.input_value()) == value + moves


def test_space_on_the_slider_plays_and_pauses(playback) -> None:
    playback.open().slider.press("Space")
    playback.map.get_by_role("button", name="Pause", exact=True).wait_for()
    playback.slider.press("Space")
    playback.map.get_by_role("button", name="Play", exact=True).wait_for()


def test_it_stops_at_the_end(playback) -> None:
    playback.open().choose("Speed", "10")
    playback.slider.press("End")
    playback.slider.press("ArrowLeft")
    playback.slider.press("Space")
    playback.map.get_by_role("button", name="Play", exact=True).wait_for()
    assert playback.slider.input_value() == playback.slider.get_attribute("max")


def test_a_filter_change_keeps_the_date(own_playback, spans) -> None:
    playback = own_playback
    playback.open().to("October 2025")
    page = playback.page
    page.page.get_by_role("button", name="strike", exact=True).click()
    expected = shown(spans, date(2025, 10, 1), date(2025, 10, 31), "strike")
    playback.map.wait_for_function("n => IncidentMap.drawn() === n", arg=expected)
    assert playback.words == "October 2025"
    strikes = sum(category == "strike" for _, _, category in spans)
    assert f"{expected} of {strikes} chosen" in playback.map.locator(".im-playback p").inner_text()
    page.clean()


def test_a_choice_without_incidents_keeps_the_date_too(own_playback) -> None:
    playback = own_playback
    playback.open().to("October 2025")
    playback.page.page.get_by_role("button", name="2021", exact=True).click()
    playback.map.wait_for_function("() => IncidentMap.drawn() === 0")
    assert playback.words == "October 2025"


def test_a_stop_is_announced_and_not_every_step(playback) -> None:
    status = playback.open().map.locator(".im-playback [role=status]")
    playback.map.wait_for_function("() => document.querySelector('.im-said').textContent")
    playback.map.evaluate("""() => {
      window.said = 0;
      new MutationObserver(() => window.said++).observe(document.querySelector('.im-said'), { childList: true });
    }""")
    playback.choose("Speed", "10")
    playback.slider.press("Space")
    playback.page.page.wait_for_timeout(2500)
    playback.slider.press("Space")
    playback.page.page.wait_for_timeout(700)
    assert re.fullmatch(rf"\d+ of 232 chosen incidents, {playback.words}", status.inner_text())
    assert playback.map.evaluate("window.said") <= 2


def test_less_motion_is_one_step_a_second_at_most(playback) -> None:
    playback.page.page.emulate_media(reduced_motion="reduce")
    playback.open().choose("Speed", "10")
    began = time.monotonic()
    playback.slider.press("Space")
    playback.page.page.wait_for_timeout(2300)
    playback.slider.press("Space")
    steps = int(playback.slider.input_value())
    playback.page.page.emulate_media(reduced_motion="no-preference")
    assert 1 <= steps <= time.monotonic() - began + 1


def test_a_step_is_drawn_at_once(playback) -> None:
    longest = playback.open().map.evaluate("""() => {
      const slider = document.querySelector('.im-playback input[type=range]');
      const times = [];
      for (let n = 0; n < Number(slider.max); n++) {
        const began = performance.now();
        slider.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
        document.body.getBoundingClientRect();
        times.push(performance.now() - began);
      }
      return times.sort((a, b) => a - b)[Math.floor(times.length * 0.9)];
    }""")
    assert longest < 100


def test_an_open_card_keeps_its_ring_only_while_its_incident_is_shown(server, new_page) -> None:
    playback = Playback(new_page().open(f"{server}/?incident=2025-02-21-torkham-crossing-closed"))
    assert playback.map.locator(".im-halo").count() == 1
    playback.open().to("July 2021")
    assert playback.map.locator(".im-halo").count() == 0
    playback.to("March 2025")
    assert playback.map.locator(".im-halo").count() == 1


@pytest.mark.parametrize(("width", "height"), [(390, 844)])
def test_the_bar_stands_under_the_map(server, new_page, width, height) -> None:
    playback = Playback(new_page(width=width, height=height).open(server)).open()
    playback.page.page.wait_for_timeout(600)
    bar, ground = (playback.map.locator(name).bounding_box() for name in (".im-playback", "#map_div"))
    assert bar["y"] >= ground["y"] + ground["height"] - 1
    assert bar["width"] <= width
    assert not playback.page.page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")
