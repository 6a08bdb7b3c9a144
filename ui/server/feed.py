"""Atom feed (RFC 4287) of the changes in released versions of the record, for the selection in a link."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Final
from urllib.parse import urlencode
from uuid import UUID, uuid5
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from markupsafe import Markup

from geo import __version__
from geo.casualties import RANGE
from geo.citation import AUTHOR, TITLE
from geo.export.manifest import DATA_CREDIT, LICENCE_ADDRESS
from geo.language.messages import LANGUAGE, say
from geo.places.boundaries import Boundaries
from geo.selection import Filters
from geo.table.incident_table import IncidentTable, choice_words
from geo.versions.comparing import change_lines, restricted, table_of
from geo.versions.released import (
    Difference,
    IncidentChange,
    IncidentRow,
    Release,
    Version,
    read_edition,
    read_log,
    read_release,
    releases,
)
from ui.server.answers import Answer, Asked, Made
from ui.server.parameters import FILTERS
from ui.state import CHANGES_PAGE, FROM_KEY, INCIDENT_KEY, TO_KEY

# Changes of released versions, incident by incident.


class What(StrEnum):
    """Kind of change, in the order of the feed."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """The change of one incident in a version."""

    version: str
    before: str
    """The version it is compared with."""
    released: date
    what: What
    incident: str
    """Id of the incident."""
    title: str
    when: str
    """Its date in words, only as precise as it is known."""
    lines: tuple[str, ...]
    """What changed, one sentence or clause each; figures for people span the lowest to the highest claim."""

    @property
    def headline(self) -> str:
        """One-line description of the change."""
        return say(f"news-title-{self.what}", title=self.title, when=self.when)


def news(log: Iterable[Version], of_version: Callable[[Version], Difference]) -> tuple[News, ...]:
    """Return the changes of incidents, newest version first; within one, added, changed, then removed incidents.

    Within each kind, the latest incidents come first. `of_version` returns the difference to report for a version.
    """
    return tuple(each for version in log for each in _of_version(version, of_version(version)))


def chosen(
    version: Version, filters: Filters, tables: tuple[IncidentTable, IncidentTable], layers: Boundaries
) -> Difference:
    """Restrict a version's difference to a selection; `tables` hold the previous and this version."""
    return restricted(version.difference, tables, filters, rule=RANGE, layers=layers)


def _of_version(version: Version, difference: Difference) -> Iterator[News]:
    def made(what: What, row: IncidentRow | IncidentChange, lines: Sequence[str]) -> News:
        return News(
            version=version.version,
            before=version.before,
            released=version.date,
            what=what,
            incident=row.id,
            title=row.title,
            when=row.days,
            lines=tuple(lines),
        )

    moved = {row.id: say("news-entered") for row in difference.entered}
    moved |= {row.id: say("news-left") for row in difference.left}
    for added in reversed(difference.added):
        yield made(What.ADDED, added, [_row_words(added)])
    for change in reversed(difference.changed):
        first = [moved[change.id]] if change.id in moved else []
        yield made(What.CHANGED, change, [*first, *change_lines(change, difference.names)])
    for removed in reversed(difference.removed):
        yield made(What.REMOVED, removed, [_row_words(removed)])


def _row_words(row: IncidentRow) -> str:
    return say("news-row", category=row.category, status=row.status, claims=row.claims)


# The feed.

_ATOM: Final = "http://www.w3.org/2005/Atom"
MEDIA_TYPE: Final = "application/atom+xml"
PATH: Final = "/feed.atom"
_IDS: Final = UUID("6f0f4f0a-1c2b-5d3e-8a52-2d9f7f2d7c11")
"""Namespace for the ids of the feed and its entries; changing it would make all entries new to readers."""
MOST_ENTRIES: Final = 1_000
"""Largest number of entries, newest first; the page of changes has all."""

register_namespace("", _ATOM)


# Content of the feed.


def _chosen(log: Sequence[Version], asked: Asked) -> tuple[News, ...]:
    filters, layers = asked.filters, asked.found.boundaries
    known = {release.name: release for release in releases(log)}

    def of_version(version: Version) -> Difference:
        if not filters.active:
            return version.difference
        before, after = (_table(known[name]) for name in (version.before, version.version))
        return chosen(version, filters, (before, after), layers)

    return news(log, of_version)[:MOST_ENTRIES]


@lru_cache(maxsize=8)
def _table(release: Release) -> IncidentTable:
    """Read a released version, which never changes and takes some tenths of a second; raises DataError."""
    return table_of(read_edition(*read_release(release)))


# The feed as XML. Elements escape their content; HTML inside it is escaped by `Markup` beforehand.

_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _feed(asked: Asked) -> Made:
    log, filters = read_log(), asked.filters
    words = choice_words(filters, asked.found.table, asked.found.boundaries)
    query = urlencode(filters.to_query(), doseq=True)
    feed = Element(_named("feed"), {"xml:lang": LANGUAGE})
    _text(feed, "id", uuid5(_IDS, f"feed?{query}").urn)
    _text(feed, "title", say("feed-title", record=TITLE, selection=words))
    rule = say("difference-rule", rule=RANGE.name, rule_sentence=RANGE.sentence)
    _text(feed, "subtitle", f"{say('feed-subtitle')} {rule}")
    _text(feed, "updated", _moment(log[0].date if log else date.min))
    _text(SubElement(feed, _named("author")), "name", AUTHOR)
    _text(feed, "rights", DATA_CREDIT)
    _text(feed, "generator", say("program-name")).set("version", __version__)
    _link(feed, "self", _address(asked.root, PATH, query), MEDIA_TYPE)
    _link(feed, "alternate", _address(asked.root, "/", query), "text/html")
    _link(feed, "license", LICENCE_ADDRESS, "text/html")
    here = asked.found.table.names
    for each in _chosen(log, asked):
        feed.append(_entry(each, _place(each, asked.root, there=each.incident in here)))
    indent(feed, " ")
    return Made(content=tostring(feed, "utf-8", xml_declaration=True) + b"\n")


def _entry(each: News, address: str) -> Element:
    entry = Element(_named("entry"))
    _text(entry, "id", uuid5(_IDS, f"{each.version}/{each.incident}").urn)
    _text(entry, "title", each.headline)
    for when in ("updated", "published"):
        _text(entry, when, _moment(each.released))
    _link(entry, "alternate", address, "text/html")
    SubElement(entry, _named("category"), {"term": each.what, "label": say(f"news-what-{each.what}")})
    SubElement(entry, _named("category"), {"term": each.version, "label": say("feed-version", version=each.version)})
    lines = Markup().join(Markup("<li>{}</li>").format(line) for line in each.lines)
    _text(entry, "content", Markup("<ul>{}</ul>").format(lines)).set("type", "html")
    return entry


def _place(each: News, root: str, *, there: bool) -> str:
    """Return the URL at which the app shows an incident, or the change that removed it if it is no longer `there`."""
    if there:
        return _address(root, "/", urlencode({INCIDENT_KEY: each.incident}))
    return _address(root, f"/{CHANGES_PAGE}", urlencode({FROM_KEY: each.before, TO_KEY: each.version}))


def _address(root: str, path: str, query: str) -> str:
    return f"{root}{path}?{query}" if query else f"{root}{path}"


def _named(name: str) -> str:
    return f"{{{_ATOM}}}{name}"


def _text(parent: Element, name: str, text: str) -> Element:
    """Add a text element; characters not allowed in XML are replaced."""
    element = SubElement(parent, _named(name))
    element.text = _NO_XML.sub("\ufffd", str(text))
    return element


def _link(parent: Element, rel: str, address: str, media_type: str) -> None:
    SubElement(parent, _named("link"), {"rel": rel, "href": _NO_XML.sub("\ufffd", address), "type": media_type})


def _moment(day: date) -> str:
    """Write the start of a day as in RFC 3339, since the hour of a release is not recorded."""
    return f"{day.isoformat()}T00:00:00Z"


FEED_ANSWER: Final = Answer(
    path=PATH,
    about=say("api-of-feed"),
    media_type=MEDIA_TYPE,
    parameters=FILTERS,
    make=_feed,
)
