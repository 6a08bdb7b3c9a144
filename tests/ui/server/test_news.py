"""What a version brought, incident by incident, for who follows the record."""

from datetime import date

import pytest

from geo.selection import Filters
from geo.versions.comparing import compare, table_of
from geo.versions.released import Version, read_log
from tests.conftest import make_claim, make_incident
from tests.geo.versions.editions import edition
from ui.server.feed import What, chosen, news

BEFORE = edition(make_incident("kept"), make_incident("gone"), make_incident("same"))
AFTER = edition(
    make_incident("kept", claims=[make_claim(value=9)], status="confirmed"),
    make_incident("same"),
    make_incident("come"),
)
VERSION = Version(version="2", date=date(2026, 2, 1), before="1", difference=compare(BEFORE, AFTER))


def told():
    return news([VERSION], lambda each: each.difference)


def test_new_ones_come_before_changed_ones_and_those_that_are_gone() -> None:
    assert [(each.what, each.incident) for each in told()] == [
        (What.ADDED, "come"),
        (What.CHANGED, "kept"),
        (What.REMOVED, "gone"),
    ]


def test_what_changed_is_said_in_words_with_its_cause() -> None:
    changed = told()[1]
    assert changed.headline == "Changed: Air strike reported near Khost, 1 January 2025"
    assert changed.lines[0].startswith("killed 4 → 9, because value of claim 1")
    assert changed.lines[1:] == ("status reported → confirmed",)
    assert (changed.version, changed.before, changed.released) == ("2", "1", date(2026, 2, 1))


def test_a_new_incident_says_what_it_is() -> None:
    assert told()[0].lines == ("strike, reported, 1 claim",)


@pytest.mark.parametrize(
    ("filters", "expected", "first"),
    [
        pytest.param({"status": ("confirmed",)}, ["kept"], "This change brought it into the selection", id="entered"),
        pytest.param(
            {"status": ("reported",)}, ["come", "kept", "gone"], "This change took it out of the selection", id="left"
        ),
        pytest.param({"year": (2020,)}, [], "", id="nothing"),
    ],
)
def test_of_a_selection_only_what_was_or_is_in_it(layers, filters, expected, first) -> None:
    tables = table_of(BEFORE), table_of(AFTER)
    found = news([VERSION], lambda each: chosen(each, Filters(**filters), tables, layers))
    assert [each.incident for each in found] == expected
    assert [each.lines[0] for each in found if each.what is What.CHANGED] == ([first] if first else [])


def test_the_log_is_told_whole_newest_version_first() -> None:
    log = read_log()
    found = news(log, lambda each: each.difference)
    assert len(found) == sum(len(each.difference.incidents) for each in log)
    assert [each.released for each in found] == sorted((each.released for each in found), reverse=True)
    assert all(each.lines for each in found)
