"""The map as one file, in a frame, and its cards: whatever stands in the data and in a link is text in them."""

import base64
import gzip
import json
import re
from collections import Counter
from html.parser import HTMLParser

import pytest

from geo.selection import Filters
from geo.table.incident_table import IncidentTable
from tests.conftest import make_claim, make_incident, make_source
from tests.geo.stores import store_of
from ui.resources import Resources
from ui.standalone import card_alone, embedded, map_file

MARKUP = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


class Seen(HTMLParser):
    """Counts elements, and attributes by which a page runs scripts or loads from elsewhere."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.counts: Counter[str] = Counter()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.counts[tag] += 1
        self.counts.update(f"{tag} {name}" for name, value in attrs if name.startswith("on") or value == "x")


@pytest.fixture
def found(tmp_path, layers):
    """Return resources of one incident whose every free text is what is given."""

    def made(text: str) -> Resources:
        texts = dict.fromkeys(("title", "summary", "place", "district", "location_note", "location_basis"), text)
        claims = [
            make_claim(by_text=text, note=text),
            make_claim(about="captured", of=text, stance="denies", by="dawn"),
        ]
        sources = [make_source(publisher=text, title=text, url="https://example.org/?a=<b>\"'")]
        incident = make_incident(**texts, aliases=[text], actors=[text], claims=claims, sources=sources)
        store = store_of(tmp_path / f"{len(text)}", incident)
        table = IncidentTable.of(store.read().require_valid())
        return Resources(table=table, rules=(), boundaries=layers, faults=())

    return made


def in_the_file(filters: Filters, found: Resources) -> str:
    """The file, and the cards that are packed in it."""
    page = map_file(filters, found).decode()
    packed = max(re.findall(r"[A-Za-z0-9+/=]{500,}", page), key=len)
    return page + "".join(json.loads(gzip.decompress(base64.b64decode(packed)))["cards"].values())


@pytest.mark.parametrize(
    "shown",
    [
        pytest.param(in_the_file, id="one file"),
        pytest.param(
            lambda filters, found: embedded(filters, found, opened=None, ignored=[filters.q or "x"]), id="in a frame"
        ),
        pytest.param(lambda _, found: card_alone(found.table.incidents[0].id, found, address="x"), id="card"),
    ],
)
@pytest.mark.parametrize("asked", [False, True], ids=["in the data", "in the link as well"])
def test_markup_makes_no_element(found, shown, asked) -> None:
    as_text, plain = (Seen(shown(Filters(q=text if asked else ""), found(text))).counts for text in (MARKUP, "a b c"))
    assert as_text == plain
