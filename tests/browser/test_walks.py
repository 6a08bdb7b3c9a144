"""One action is at most one entry in the browser's history, keeps the selection, and Back takes it back whole."""

import json
from functools import cache
from urllib.parse import parse_qsl, urlsplit

import pytest

from geo.store.incident_store import INCIDENTS_FILE

MAIN = "[data-testid=stMain]"
SIDEBAR = "[data-testid=stSidebar]"
STRIKES = "year=2025&category=strike"
SPERA = "2024-03-18-spera-khost-air-strike"
"""One of an event cluster of four."""
OPEN_TITLE = """() => [...document.querySelectorAll('[data-testid=stMain] *')]
  .flatMap((node) => [...(node.shadowRoot ?? node).querySelectorAll?.('article h2') ?? []])[0]?.innerText ?? null"""


def in_panel(css):
    return lambda at: at.page.locator(f"{MAIN} {css}").locator("visible=true").first.click()


def button(name):
    return lambda at: at.page.locator(MAIN).get_by_role("button", name=name).first.click()


def link(name):
    return lambda at: at.page.get_by_role("link", name=name, exact=True).first.click()


def mark(at):
    at.map.locator(".im-mark[role=button]").locator("visible=true").first.press("Enter")


def pill(name):
    return lambda at: at.page.locator(SIDEBAR).get_by_role("button", name=name, exact=True).click()


def side_button(name):
    return lambda at: at.page.locator(SIDEBAR).get_by_role("button", name=name).click()


def typed(label, text):
    def enter(at):
        field = at.page.locator(SIDEBAR).get_by_label(label, exact=True)
        field.press_sequentially(text)  # React hears nothing of what Playwright fills in, in Firefox
        field.press("Enter")

    return enter


def walk(name, start, action, page, *opened, closed=()):
    """What an action on a page opens or closes there or elsewhere, by parameters of the address."""
    return pytest.param(start, action, page, set(opened), set(closed), id=name)


CARD = f"/?year=2024&incident={SPERA}"
EVENT = "/events?year=2024&event=pakistan-strikes-2024-03-18"
PROFILE = "/provinces?year=2024&profile=AF-KHO"
MOVED = f"/?{STRIKES}&view=34,69,7"
LINKS = (CARD, EVENT, PROFILE, MOVED)
"""Where a walk starts from a page that is loaded, not gone to."""
WALKS = [
    walk("filter", "/?category=strike", pill("2025"), "/", "year"),
    walk("filter-beside-a-card", CARD, pill("Afghanistan"), "/", "country"),
    walk("text", "/provinces?year=2024", typed("Text", "Khost"), "/provinces", "q"),
    walk("reset", f"/?{STRIKES}", side_button("Reset"), "/", closed=["year", "category"]),
    walk("card-from-list", f"/?{STRIKES}", in_panel("button.row"), "/", "incident"),
    walk("card-from-row", f"/?{STRIKES}", in_panel(".rows tbody tr"), "/", "incident"),
    walk("card-from-mark", f"/?{STRIKES}", mark, "/", "incident"),
    walk("navigation", f"/?{STRIKES}", link("Provinces"), "/provinces"),
    walk("figure-from-moved-map", MOVED, link("Figure"), "/figure", "view", closed=["view"]),
    walk("card-from-card", CARD, in_panel("article button.row"), "/", "incident"),
    walk("event-from-card", CARD, in_panel("[data-choose^='event:']"), "/events", "event", closed=["incident"]),
    walk("close-card", CARD, in_panel("button.close"), "/", closed=["incident"]),
    walk("navigation-from-card", CARD, link("Timeline"), "/timeline", closed=["incident"]),
    walk("event-from-list", "/events?year=2024", in_panel("button.row"), "/events", "event"),
    walk("incident-from-event", EVENT, in_panel("button.row"), "/", "incident", closed=["event"]),
    walk("incident-from-event-map", EVENT, mark, "/", "incident", closed=["event"]),
    walk("next-event", EVENT, button("Later"), "/events", "event"),
    walk("all-events", EVENT, button("All"), "/events", closed=["event"]),
    walk("event-on-map", EVENT, button("On the map"), "/", "group", closed=["event"]),
    walk("profile-from-row", "/provinces?year=2024", in_panel(".rows tbody tr"), "/provinces", "profile"),
    walk("profile-from-ranking", "/provinces?year=2024", in_panel("button.bar"), "/provinces", "profile"),
    walk("incident-from-profile", PROFILE, in_panel("button.row"), "/", "incident", closed=["profile"]),
    walk("close-profile", PROFILE, in_panel("button.close"), "/provinces", closed=["profile"]),
    walk("incident-from-contradiction", "/who_says_what?year=2025", in_panel("button.row"), "/", "incident"),
    walk("day-by-day", "/who_says_what?year=2025", button("day by day"), "/events", "event"),
    walk("incident-from-quality", "/quality?year=2024", in_panel("button.row"), "/", "incident"),
    walk("card-on-timeline", "/timeline?year=2024&province=AF-KHO", in_panel("button.row"), "/timeline", "incident"),
]


@cache
def titles():
    features = json.loads(INCIDENTS_FILE.read_text("utf-8"))["features"]
    return {feature["id"]: feature["properties"]["title"] for feature in features}


@pytest.fixture(scope="module")
def walker(server, shared_page):
    return shared_page().open(server)


def said(url):
    parts = urlsplit(url)
    return parts.path, dict(parse_qsl(parts.query))


def shows(at, title):
    """Wait until the open incident is that of a title, or none is."""
    same = f"title => {{ const open = ({OPEN_TITLE})(); return title ? open?.endsWith(title) : !open; }}"
    at.page.wait_for_function(same, arg=title, polling=50)  # “Disputed: ” may stand before it


def entry(at):
    """Where the page stands in the browser's history, where the browser tells it, and how long that is."""
    return at.page.evaluate("[globalThis.navigation?.currentEntry.index, history.length]")


@pytest.mark.parametrize(("start", "action", "page", "opened", "closed"), WALKS)
def test_one_action_is_one_entry_and_back_takes_it_back(  # noqa: PLR0913, PLR0917  # a row of the table
    walker, server, start, action, page, opened, closed
) -> None:
    at = walker.in_front()
    _, before = said(start)
    if said(at.address) != said(start):
        (at.open if start in LINKS else at.go)(f"{server}{start}")
    came_from = at.address
    (index, length), title = entry(at), at.page.evaluate(OPEN_TITLE)
    action(at)
    at.moved_from(came_from)
    path, after = said(at.address)
    kept = before.keys() - opened - closed
    assert (path, set(after)) == (page, kept | opened)
    assert {key: after[key] for key in kept} == {key: before[key] for key in kept}
    next_index = index if index is None else index + 1
    assert entry(at) in ([next_index, length], [next_index, length + 1])  # the way forward included
    if "incident" in after:
        shows(at, titles()[after["incident"]])
    went_to = at.address
    at.page.evaluate("history.back()")
    at.moved_from(went_to)
    assert said(at.address) == said(start)
    shows(at, title)
    at.clean()


def test_back_over_several_pages_ends_at_the_list_that_was_left(walker, server) -> None:
    at = walker.in_front()
    at.go(f"{server}/events?year=2024&q=Spera")
    visited = []
    for action in (link("Map"), mark, in_panel("[data-choose^='event:']")):
        visited.append((at.address, at.page.evaluate(OPEN_TITLE)))
        action(at)
        at.moved_from(visited[-1][0])
    for address, title in reversed(visited):
        now = at.address
        at.page.evaluate("history.back()")
        at.moved_from(now)
        assert said(at.address) == said(address)
        shows(at, title)
    at.clean()


def test_links_of_the_navigation_and_the_copied_link_carry_what_is_selected(walker, server) -> None:
    at = walker.in_front().open(f"{server}/timeline?year=2024&rule=lowest&incident={SPERA}")
    links = at.page.evaluate("[...document.querySelectorAll('a[data-testid*=NavLink]')].map(({ href }) => href)")
    assert len(links) >= 4
    assert [said(link)[1] for link in links] == [{"year": "2024", "rule": "lowest"}] * len(links)
    at.page.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    at.page.get_by_role("button", name="Copy link to this incident").click()
    assert said(at.page.evaluate("copied")) == ("/", {"incident": SPERA})
    at.page.locator("[data-testid=stSidebar]").get_by_role("button", name="Link").click()
    at.page.get_by_role("button", name="Copy link", exact=True).click()
    assert at.page.evaluate("copied") == at.page.url
    at.clean()
