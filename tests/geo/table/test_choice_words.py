"""A selection of incidents as a phrase that reads as English."""

import re

import pytest
from hypothesis import given

from geo.incident.vocabulary import NEAR_KM, Category, Status, Subtype
from geo.selection import Filters, Known, phrase
from geo.table.incident_table import choice_words
from tests.geo.strategies import FILTERS

NAMES = {
    Known.PROVINCES: {"AF-KHO": "Khost", "AF-KNR": "Kunar", "PK-KP": "Khyber Pakhtunkhwa"},
    Known.EVENTS: {"strikes-2025": "Strikes on Khost, Kunar and Paktika", "goshta": "Fence dispute at Goshta"},
    Known.DATASETS: {"acled": "ACLED", "curated": "the record"},
}


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ({}, "All incidents"),
        ({"category": "strike", "year": "2025"}, "Strikes, 2025"),
        ({"category": ("strike", "clash")}, "Clashes and strikes"),
        ({"category": "other"}, "Other incidents"),
        ({"subtype": "drone_strike", "category": "strike"}, "Drone strikes"),
        ({"subtype": ("rocket_fire", "border_clash")}, "Border clashes and rocket fire"),
        ({"subtype": ("raid", "drone_strike"), "category": "clash"}, "Drone strikes and raids, clashes only"),
        ({"year": (2021, 2022, 2023)}, "Incidents, 2021–2023"),
        ({"year": (2021, 2022)}, "Incidents, 2021 and 2022"),
        ({"year": (2021, 2023, 2025)}, "Incidents, 2021, 2023 and 2025"),
        ({"since": "2025-10-11", "until": "2025-10-12"}, "Incidents, 11–12 October 2025"),
        ({"since": "2025-10-11"}, "Incidents since 11 October 2025"),
        ({"until": "2025-10-11"}, "Incidents until 11 October 2025"),
        ({"year": "2025", "since": "2025-10-11"}, "Incidents, 2025, since 11 October 2025"),
        (
            {"since": "2025-10-12", "until": "2025-10-11"},
            "Incidents since 12 October 2025 and until 11 October 2025",
        ),
        ({"province": "AF-KHO"}, "Incidents in Khost"),
        ({"province": ("AF-KNR", "AF-KHO")}, "Incidents in Khost or Kunar"),
        ({"province": "XX-YY"}, "Incidents in XX-YY"),
        ({"country": "TJ"}, "Incidents in Tajikistan"),
        ({"country": "AF", "province": ("AF-KHO", "AF-KNR")}, "Incidents in Khost or Kunar, Afghanistan"),
        ({"country": "AF", "province": "PK-KP"}, "Incidents both in Khyber Pakhtunkhwa and in Afghanistan"),
        ({"status": "disputed"}, "Incidents, disputed"),
        ({"status": "lead"}, "Incidents, leads only"),
        ({"status": ("disputed", "lead")}, "Incidents, disputed or leads"),
        ({"precision": "exact"}, "Incidents, place known exactly"),
        ({"precision": ("province", "exact")}, "Incidents, place known exactly or known only to the province"),
        ({"date_precision": "day"}, "Incidents, time known to the day"),
        ({"date_precision": ("month", "week")}, "Incidents, time known to the week only or to the month only"),
        ({"actor": "Taliban forces"}, "Incidents involving Taliban forces"),
        ({"q": "chaman"}, "Incidents mentioning “chaman”"),
        ({"group": "strikes-2025"}, "Incidents of the event cluster “Strikes on Khost, Kunar and Paktika”"),
        (
            {"group": ("strikes-2025", "goshta")},
            "Incidents of the event clusters “Fence dispute at Goshta” or “Strikes on Khost, Kunar and Paktika”",
        ),
        ({"group": "gone-2020"}, "Incidents of the event cluster “gone-2020”"),
        ({"dataset": "curated"}, "Incidents from the record"),
        ({"province": "unknown"}, "Incidents in an unknown province"),
        ({"province": ("AF-KHO", "unknown")}, "Incidents in Khost or an unknown province"),
        (
            {"category": "clash", "border": "afghan_tajik_border"},
            f"Clashes within {NEAR_KM} km of the Afghanistan–Tajikistan border",
        ),
        (
            {"border": ("afghan_tajik_border", "durand_line"), "year": (2021,)},
            (
                f"Incidents, 2021, within {NEAR_KM} km of the Afghanistan–Tajikistan border or the "
                "Afghanistan–Pakistan border"
            ),
        ),
        (
            {"border": "unknown"},
            f"Incidents of which it is not known whether they lie within {NEAR_KM} km of a border line",
        ),
        (
            {"border": ("durand_line", "unknown")},
            f"Incidents within {NEAR_KM} km of the Afghanistan–Pakistan border, or where that is not known",
        ),
        ({"dataset": ("curated", "acled", "own-notes")}, "Incidents from ACLED, the record or own-notes"),
        ({"linked": "once"}, "Incidents, linked reports counted once"),
        (
            {"category": "strike", "year": (2023, 2024, 2025), "province": ("AF-KHO", "AF-KNR"), "status": "disputed"},
            "Strikes, 2023–2025, in Khost or Kunar, disputed",
        ),
        ({"province": "AF-KHO", "actor": "TTP", "q": "fence"}, "Incidents in Khost, involving TTP, mentioning “fence”"),
    ],
    ids=lambda given: None if isinstance(given, dict) else given[:50],
)
def test_a_choice_is_a_phrase(choice, words) -> None:
    assert phrase(Filters(**choice), NAMES) == words


@given(FILTERS)
def test_any_choice_is_one_phrase_that_names_each_of_its_fields(filters) -> None:
    words = phrase(filters, NAMES)
    assert words.startswith("All incidents") is (not filters.active)
    others_words = (filters.q, *filters.actor, *filters.group, *filters.dataset)
    if not any(re.search(r"[\s,]", text) for text in others_words):
        assert not re.search(r"\s,|,,|  |, $| $", words)
    less = {name: phrase(filters.without(name), NAMES) for name in filters.active}
    implied = "category" if {kind.category for kind in filters.subtype} <= set(filters.category) else ""
    assert all(less[name] != words for name in less if name != implied or not filters.subtype)


@pytest.mark.parametrize("kinds", [Category, Subtype, Status], ids=lambda kinds: kinds.__name__.lower())
def test_no_two_kinds_are_said_alike(kinds) -> None:
    said = [phrase(Filters(**{kinds.__name__.lower(): kind}), NAMES) for kind in kinds]
    assert len(set(said)) == len(kinds)


def test_names_are_those_of_the_registers(table, layers) -> None:
    filters = Filters(province="AF-KHO", group="strikes-2025-11-24")
    assert choice_words(filters, table, layers) == (
        "Incidents in Khost, of the event cluster “Strikes on Khost, Kunar and Paktika, November 2025”"
    )
