"""The feed: Atom as RFC 4287 has it, of a selection, in a stable order, with all text as text."""

import re
from datetime import date, datetime
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest

import ui.server.feed
from geo.versions.comparing import compare
from geo.versions.released import Version, read_log
from tests.conftest import make_claim, make_incident
from tests.geo.versions.editions import edition

ATOM = {"a": "http://www.w3.org/2005/Atom"}
HOSTILE = "]]> <script>alert(1)</script> & \"x\" 'y' &lt;b&gt;"


def feed(client, query: str = "") -> ET.Element:
    answer = client.get(f"/feed.atom{query}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/atom+xml")
    return ET.fromstring(answer.content)


def text(element: ET.Element, name: str) -> str:
    (found,) = element.findall(f"a:{name}", ATOM)  # exactly one, as RFC 4287 asks
    assert found.text
    return found.text


def links(element: ET.Element) -> dict[str, str]:
    return {link.get("rel", ""): link.get("href", "") for link in element.findall("a:link", ATOM)}


@pytest.fixture(scope="module")
def whole(client) -> ET.Element:
    return feed(client)


@pytest.fixture(scope="module")
def entries(whole) -> list[ET.Element]:
    return whole.findall("a:entry", ATOM)


@pytest.mark.parametrize("query", ["", "?year=2025&province=AF-KHO", "?year=1990"])
def test_it_has_what_a_feed_must_have(client, query) -> None:
    found = feed(client, query)
    assert found.tag == f"{{{ATOM['a']}}}feed"
    assert text(found, "id").startswith("urn:uuid:")
    assert text(found, "title")
    assert datetime.fromisoformat(text(found, "updated")).tzinfo is not None
    assert text(found.find("a:author", ATOM), "name") == "Incident map contributors"
    assert links(found)["self"] == f"http://testserver/feed.atom{query}"
    assert links(found)["alternate"] == f"http://testserver/{query}"


def test_every_entry_has_what_it_must_have(entries) -> None:
    for entry in entries:
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", text(entry, "id"))
        assert text(entry, "title")
        assert datetime.fromisoformat(text(entry, "updated")).tzinfo is not None
        assert entry.find("a:content", ATOM).get("type") == "html"
        assert links(entry).keys() == {"alternate"}
    assert len({text(entry, "id") for entry in entries}) == len(entries)


def test_it_tells_the_whole_log_newest_first(entries) -> None:
    log = read_log()
    assert len(entries) == sum(len(version.difference.incidents) for version in log)
    days = [text(entry, "updated") for entry in entries]
    assert days == sorted(days, reverse=True)
    assert {day[:10] for day in days} == {version.date.isoformat() for version in log}


def test_ids_stay_whoever_asks_and_whatever_for(client, entries) -> None:
    titles = {text(entry, "id"): text(entry, "title") for entry in entries}
    chosen = feed(client, "?country=TJ").findall("a:entry", ATOM)
    assert 0 < len(chosen) < len(entries)
    for entry in chosen:
        assert titles[text(entry, "id")] == text(entry, "title")
    assert text(feed(client, "?country=TJ"), "id") != text(feed(client, "?country=AF"), "id")
    assert text(feed(client, "?year=2025&country=AF"), "id") == text(feed(client, "?country=AF&year=2025"), "id")


def test_entries_lead_to_the_incident_in_the_app(entries, table) -> None:
    for entry in entries:
        leads_to = links(entry)["alternate"]
        incident = leads_to.partition("/?incident=")[2]
        assert incident in table.names or leads_to.startswith("http://testserver/changes?from=")


class Texts(HTMLParser):
    """The tags and the text of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, _: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_markup_in_the_record_stays_text(client, monkeypatch) -> None:
    before, after = edition(make_incident()), edition(make_incident(title=HOSTILE, claims=[make_claim(note=HOSTILE)]))
    version = Version(version="9", date=date(2026, 3, 1), before="8", difference=compare(before, after))
    monkeypatch.setattr(ui.server.feed, "read_log", lambda: (version,))
    (entry,) = feed(client).findall("a:entry", ATOM)
    assert text(entry, "title") == f"Changed: {HOSTILE}, 1 January 2025"
    shown = Texts(text(entry, "content"))
    assert set(shown.tags) == {"ul", "li"}
    assert HOSTILE in shown.text
    assert links(entry)["alternate"].endswith("/changes?from=8&to=9")  # today's record has no such incident


def test_what_no_xml_may_hold_is_replaced(client) -> None:
    found = feed(client, "?q=%01%EF%BF%BEx")
    assert "\ufffd" in text(found, "title")


def test_no_log_is_an_empty_feed(client, monkeypatch) -> None:
    monkeypatch.setattr(ui.server.feed, "read_log", tuple)
    found = feed(client)
    assert found.findall("a:entry", ATOM) == []
    assert text(found, "updated")
