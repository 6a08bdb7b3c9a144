"""The closed vocabularies."""

from enum import StrEnum

import pytest

from geo import vocabulary
from geo.vocabulary import (
    CATEGORY_OF,
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
        (
            Category.CROSSING,
            "troop_flight refugee_crossing mass_return "
            + " ".join(f"crossing_{what}" for what in ("captured", "contested", "closed", "restricted", "reopened"))
            + " unspecified_crossing",
        ),
        (
            Category.STRIKE,
            "air_strike drone_strike artillery rocket_fire air_or_drone_strike shelling_or_missile unspecified_strike",
        ),
        (
            Category.CLASH,
            "border_clash border_shooting militant_attack raid infiltration"
            + "".join(f" {kind}" for kind in ("armed_clash", "territory_change", "unspecified_clash")),
        ),
        (
            Category.OTHER,
            "explosion violence_against_civilians protest riot strategic_development unclassified",
        ),
    ],
    ids=list(Category),
)
def test_each_subtype_has_its_category(category, subtypes):
    assert [kind for kind in Subtype if CATEGORY_OF[kind] is category] == subtypes.split()


def test_what_only_imported_datasets_need_is_apart():
    assert set(IMPORTED_ONLY) == {Category.OTHER, DatePrecision.YEAR, Status.LEAD} | set(list(Subtype)[17:])


@pytest.mark.parametrize("codes", [Country, LocationPrecision], ids=lambda codes: codes.__name__)
def test_labels_tell_codes_apart(codes):
    assert len({code.label for code in codes}) == len(codes)


@pytest.mark.parametrize("codes", [Subtype, LocationPrecision, Status], ids=lambda codes: codes.__name__)
def test_words_tell_codes_apart(codes):
    assert len({code.words for code in codes}) == len(codes)
