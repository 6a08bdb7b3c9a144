"""The closed vocabularies."""

from enum import StrEnum
from pathlib import Path

import pytest

from geo.incident import vocabulary
from geo.incident.vocabulary import (
    IMPORTED_ONLY,
    Category,
    Country,
    DatePrecision,
    LocationPrecision,
    Status,
    Subtype,
)

VOCABULARIES = [
    each
    for each in vars(vocabulary).values()
    if isinstance(each, type) and issubclass(each, StrEnum) and each is not StrEnum
]


@pytest.mark.parametrize("codes", VOCABULARIES, ids=lambda codes: codes.__name__)
def test_codes_are_short_plain_words(codes):
    assert all(code.replace("_", "").isascii() and code.replace("_", "").isalpha() for code in codes)


@pytest.mark.parametrize(
    ("category", "subtypes"),
    [
        pytest.param(
            Category.CROSSING,
            "troop_flight refugee_crossing mass_return "
            + " ".join(f"crossing_{what}" for what in ("captured", "contested", "closed", "restricted", "reopened"))
            + " unspecified_crossing",
            id="crossing",
        ),
        pytest.param(
            Category.STRIKE,
            "air_strike drone_strike artillery rocket_fire air_or_drone_strike shelling_or_missile unspecified_strike",
            id="strike",
        ),
        pytest.param(
            Category.CLASH,
            "border_clash border_shooting militant_attack raid infiltration"
            + "".join(f" {kind}" for kind in ("armed_clash", "territory_change", "unspecified_clash")),
            id="clash",
        ),
        pytest.param(
            Category.OTHER,
            "explosion violence_against_civilians protest riot strategic_development unclassified",
            id="other",
        ),
    ],
)
def test_each_subtype_has_its_category(category, subtypes):
    assert [kind for kind in Subtype if kind.category is category] == subtypes.split()


def test_what_only_imported_datasets_need_is_apart():
    others = {code for code in IMPORTED_ONLY if not isinstance(code, Subtype)}
    assert others == {Category.OTHER, DatePrecision.YEAR, Status.LEAD}
    assert {Subtype.TROOP_FLIGHT, Subtype.INFILTRATION} & IMPORTED_ONLY == set()
    assert {kind for kind in Subtype if kind.category is Category.OTHER} <= IMPORTED_ONLY


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        *((codes, "label") for codes in (Category, Subtype, Country, LocationPrecision, DatePrecision, Status)),
        *((codes, "incidents") for codes in (Category, Subtype)),
        *((codes, "meaning") for codes in (LocationPrecision, DatePrecision, Status)),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_words_tell_codes_apart(codes, words):
    assert len({getattr(code, words) for code in codes}) == len(codes)


def test_a_status_means_what_the_record_says_it_means():
    told = (Path(__file__).resolve().parents[3] / "data" / "README.md").read_text("utf-8").replace("\n  ", " ")
    assert f"**confirmed**: {Status.CONFIRMED.meaning.split('; who')[0]}." in told
    assert f"**disputed**: {Status.DISPUTED.meaning.replace('’', chr(39))}." in told
