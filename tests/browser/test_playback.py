"""Playback over time in Chromium: what is shown at a step, by hand and by key, without a word to the server."""

import json
import random
import re
import time
from datetime import date, timedelta

import pytest

from geo.language.messages import date_settings, period_words
from geo.render.web_map import STATIC_FOLDER
from geo.store.incident_store import INCIDENTS_FILE
from tests.browser.conftest import Playback

EPOCH = date(1970, 1, 1).toordinal()
DAYS = [date(1900, 1, 1), date(1900, 2, 28), date(1969, 12, 31), date(1970, 1, 1), date(2000, 2, 29), date(2100, 3, 1)]
DAYS += [date.fromordinal(random.Random(n).randrange(date(1900, 1, 1).toordinal(), 800_000)) for n in range(300)]
DATES = date_settings()
VIEW = "() => [map_div.getZoom(), map_div.getCenter().lat, map_div.getCenter().lng, map_div.getSize().y]"
PLAYED = """([began, steps]) => {
  const slider = document.querySelector('.im-playback [type=range]');
  return slider.getAttribute('aria-valuetext') !== began && Number(slider.value) >= steps;
}"""
"""Whether so many steps from the start have been played."""
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
    assert days("span", *[[DATES, number(a), number(b)] for a, b in pairs]) == [period_words(a, b) for a, b in pairs]


def test_whole_months_and_years_are_written_as_everywhere(days):
    firsts = [day.replace(day=1) for day in DAYS]
    later = [first.toordinal() + 31 * (n % 30) for n, first in enumerate(firsts)]
    lasts = [date.fromordinal(day).replace(day=1) - timedelta(1) for day in later]
    pairs = [(a, b) for a, b in zip(firsts, lasts, strict=True) if a <= b]
    pairs += [(day.replace(month=1, day=1), day.replace(month=12, day=31)) for day in DAYS]
    assert days("span", *[[DATES, number(a), number(b)] for a, b in pairs]) == [period_words(a, b) for a, b in pairs]


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        pytest.param(0, ["1900-01-01", "1900-03-11", "up to 11 March 1900"], id="all-until-then"),
        pytest.param(2, ["1900-02-26", "1900-03-11", None], id="window"),
    ],
)
def test_a_step_shows_all_until_then_or_a_window(days, window, expected):
    at, first = days("read", ["1900-03-08"], ["1900-01-03"])
    (period,) = days("period", [{"dates": DATES, "at": at, "first": first, "step": "week", "window": window}])
    assert days("write", [period["since"]], [period["until"]]) == expected[:2]
    assert expected[2] in (None, period["words"])


@pytest.fixture
def playback(whole):
    """The one page with all incidents, with the bar closed at the end and as it is at first."""
    bar = Playback(whole)
    yield bar
    bar.as_at_first()


def test_at_first_there_is_one_button_and_everything(whole, spans) -> None:
    playback = Playback(whole)
    assert playback.map.locator(".im-playback").count() == 0
    opener = playback.map.get_by_role("button", name="Play over time")
    ground = playback.map.locator("#map_div").bounding_box()
    assert opener.bounding_box()["y"] >= ground["y"] + ground["height"]  # it covers no mark
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
    assert f"{expected} of 300 selected incidents" in playback.map.locator(".im-playback p").inner_text()
    playback.map.wait_for_function(STANDING, arg=expected)
    playback.page.clean()


@pytest.fixture(scope="module")
def unsure():
    """First and last possible day of every incident with a place whose day is not known, from the file itself."""
    features = json.loads(INCIDENTS_FILE.read_text("utf-8"))["features"]
    return [
        (date.fromisoformat(p["date_start"]), date.fromisoformat(p["date_end"] or p["date_start"]))
        for p in (feature["properties"] for feature in features if feature["geometry"])
        if p["date_precision"] != "day"
    ]


def test_the_bar_says_of_how_many_the_day_is_not_known(playback, unsure) -> None:
    playback.open().choose("Step", "week")
    playback.slider.focus()
    said = set()
    for _ in range(60):
        at = playback.map.evaluate("document.querySelector('.im-playback p').innerText")
        said.add("on a day not known" in at)
        playback.page.page.keyboard.press("ArrowRight")
    assert said == {True, False}
    playback.choose("What is shown", "all")
    playback.page.page.keyboard.press("End")
    playback.slider.focus()
    playback.page.page.keyboard.press("End")
    assert f"{len(unsure)} of them on a day not known" in playback.map.locator(".im-playback p").inner_text()
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
    assert playback.words == period_words(monday, monday + timedelta(6))
    assert playback.drawn() == shown(spans, monday, monday + timedelta(6))


def test_playing_sends_nothing_and_moves_no_map(playback) -> None:
    view = playback.map.evaluate(VIEW)
    playback.map.evaluate("window.still_here = true")
    playback.page.quiet()
    before = playback.page.sent
    playback.open().choose("Speed", "10")
    began = playback.words
    playback.map.locator(".im-mark, .im-cluster").locator("visible=true").first.hover()  # while it stands still
    playback.map.get_by_role("button", name="Play", exact=True).press("Space")
    playback.map.wait_for_function(PLAYED, arg=[began, 12])
    playback.map.get_by_role("button", name="Pause", exact=True).click()
    assert playback.words != began
    playback.map.get_by_role("button", name="End playback and show all").click()
    playback.page.page.wait_for_timeout(400)
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


def test_a_filter_change_keeps_the_date(playback, spans) -> None:
    playback.open().to("October 2025")
    page = playback.page
    page.page.get_by_role("button", name="strike", exact=True).click()
    expected = shown(spans, date(2025, 10, 1), date(2025, 10, 31), "strike")
    playback.map.wait_for_function("n => IncidentMap.drawn() === n", arg=expected)
    assert playback.words == "October 2025"
    strikes = sum(category == "strike" for _, _, category in spans)
    assert f"{expected} of {strikes} selected" in playback.map.locator(".im-playback p").inner_text()
    page.clean()


def test_a_choice_without_incidents_keeps_the_date_too(playback) -> None:
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
    playback.map.wait_for_function(PLAYED, arg=[playback.words, 12])
    playback.slider.press("Space")
    playback.page.page.wait_for_timeout(700)
    counted = playback.map.locator(".im-played").inner_text()
    assert re.fullmatch(r"\d+ of 300 selected incidents(, \d+ of them on a day not known)?", counted)
    assert status.inner_text() == f"{counted}, {playback.words}"
    assert playback.map.evaluate("window.said") <= 2


def test_less_motion_is_one_step_a_second_at_most(playback) -> None:
    playback.page.page.emulate_media(reduced_motion="reduce")
    playback.open().choose("Speed", "10")
    began = time.monotonic()
    playback.slider.press("Space")
    playback.page.page.wait_for_timeout(1400)
    playback.slider.press("Space")
    steps = int(playback.slider.input_value())
    playback.page.page.emulate_media(reduced_motion="no-preference")
    assert 1 <= steps <= time.monotonic() - began + 1
