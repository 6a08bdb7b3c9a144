"""What is said of several datasets in one selection: where they differ, and never more than that."""

from datetime import date

import pytest

from geo.incident.vocabulary import Category
from geo.selection import Filters
from geo.table.shown_datasets import (
    Holding,
    Selected,
    counts_words,
    differences,
    mixture_of,
    mixture_words,
    people_words,
)

BORDER = frozenset({"AF-KHO", "PK-KP", "TJ-GB"})


def held(dataset, title, first, last, *, provinces=BORDER, kinds=("clash",)):  # noqa: PLR0913  # what there is
    days = date.fromisoformat(first), date.fromisoformat(last)
    kinds = frozenset(map(Category, kinds))
    return Holding(id=dataset, title=title, days=days, provinces=frozenset(provinces), categories=kinds)


def some(incidents, first, last):
    return Selected(incidents=incidents, days=(date.fromisoformat(first), date.fromisoformat(last)))


RECORD = held("curated", "the record", "2021-01-04", "2026-06-30")
ACLED = held("acled", "ACLED", "2021-01-01", "2026-06-15")
UCDP = held("ucdp-ged", "UCDP GED", "1989-03-18", "2022-11-09")
FEWER = held("curated", "the record", "2021-01-04", "2026-06-30", provinces={"PK-KP"})
NOWHERE = held("ucdp-ged", "UCDP GED", "2021-01-01", "2026-06-30", provinces=())
AFGHAN = held("ucdp-ged", "UCDP GED", "2021-01-01", "2026-06-30", provinces={"AF-KHO", "AF-HER"})
KINDS = held("curated", "the record", "2021-01-04", "2026-06-30", kinds=("crossing", "strike", "clash"))
OTHERS = held("ucdp-ged", "UCDP GED", "2021-01-04", "2026-06-30", kinds=("clash", "other"))


@pytest.mark.parametrize(
    ("holdings", "filters", "said"),
    [
        pytest.param((RECORD,), {}, "", id="one dataset"),
        pytest.param((RECORD, ACLED), {}, "", id="two that do not differ"),
        pytest.param(
            (RECORD, UCDP),
            {},
            "Their periods differ: the record January 2021 to June 2026, UCDP GED March 1989 to November 2022; "
            "common to both: January 2021 to November 2022.",
            id="another period",
        ),
        pytest.param(
            (RECORD, UCDP),
            {"year": (2024,)},
            "Their periods differ: the record January 2021 to June 2026, UCDP GED March 1989 to November 2022; "
            "no month of this selection is in both.",
            id="no common period",
        ),
        pytest.param((RECORD, UCDP), {"year": (2021,)}, "", id="the same period once it is chosen"),
        pytest.param(
            (RECORD, AFGHAN),
            {},
            "Provinces in which they have incidents: the record 3, UCDP GED 2; both 1. "
            "UCDP GED has none in Pakistan or Tajikistan.",
            id="other provinces",
        ),
        pytest.param(
            (FEWER, NOWHERE),
            {},
            "In the provinces of this selection, only the record has any incidents at all.",
            id="one province",
        ),
        pytest.param(
            (KINDS, OTHERS),
            {},
            "Kinds of events differ: crossings and strikes are from the record only; other incidents are from UCDP "
            "GED only. Each dataset codes kinds by rules of its own.",
            id="other kinds",
        ),
        pytest.param((KINDS, OTHERS), {"category": ("clash",)}, "", id="a kind that both have"),
        pytest.param(
            (RECORD, UCDP, ACLED),
            {},
            "Their periods differ: the record January 2021 to June 2026, UCDP GED March 1989 to November 2022, "
            "ACLED January 2021 to June 2026; common to all: January 2021 to November 2022.",
            id="three datasets",
        ),
    ],
)
def test_differences_are_said_a_sentence_each(holdings, filters, said):
    kinds = frozenset(map(Category, filters.get("category", Category)))
    selected = {h.id: Selected(incidents=1, days=h.days, categories=h.categories & kinds) for h in holdings}
    assert " ".join(differences(mixture_of(Filters(**filters), holdings, selected, {}))) == said


@pytest.mark.parametrize(
    ("here", "said"),
    [
        pytest.param(
            {"curated": ("strike", "clash"), "ucdp-ged": ()},
            "Kinds of events differ: strikes are from the record only. Each dataset codes kinds by rules of its own.",
            id="nothing of the second",
        ),
        pytest.param({"curated": ("clash",), "ucdp-ged": ()}, "", id="a kind that both may have"),
        pytest.param({"curated": ("clash",), "ucdp-ged": ("clash",)}, "", id="a kind that both have here"),
        pytest.param(
            {"curated": (), "ucdp-ged": ("clash", "other")},
            "Kinds of events differ: other incidents are from UCDP GED only. Each dataset codes kinds by rules of its "
            "own.",
            id="nothing of the first",
        ),
        pytest.param({"curated": (), "ucdp-ged": ()}, "", id="nothing at all"),
    ],
)
def test_a_kind_is_said_to_be_of_one_dataset_only_where_the_selection_has_it(here, said):
    selected = {
        name: Selected(incidents=len(kinds), days=KINDS.days, categories=frozenset(map(Category, kinds)))
        for name, kinds in here.items()
    }
    assert " ".join(differences(mixture_of(Filters(), (KINDS, OTHERS), selected, {}))) == said


def test_counts_name_also_a_dataset_that_has_none():
    found = mixture_of(Filters(), (RECORD, ACLED), {"curated": some(1_037, "2021-01-04", "2021-02-01")}, {})
    assert counts_words(found) == "By dataset: the record 1,037, ACLED none."


def test_one_dataset_alone_says_nothing():
    found = mixture_of(Filters(), (RECORD,), {"curated": some(5, "2021-01-04", "2021-02-01")}, {})
    assert (counts_words(found), mixture_words(found), people_words(found)) == ("", "", "")


def test_a_dataset_with_nothing_in_days_that_it_covers_says_what_it_has_at_other_times():
    filters = Filters(year=(2021,), province=("PK-KP",))
    selected = {"curated": some(17, "2021-01-06", "2021-10-26")}
    anytime = selected | {"ucdp-ged": some(23, "2004-11-02", "2022-11-09")}
    words = differences(mixture_of(filters, (RECORD, UCDP), selected, anytime))
    assert words == [
        (
            "UCDP GED has none in these days; at other times it has 23 (November 2004 to November 2022). "
            "That may be because of a gap in research, or in its file."
        )
    ]


NEAR = {"curated": ("2021-01-06", "2021-10-26"), "acled": ("2021-10-26", "2022-01-01")}
MAY = "Figures of different datasets are not added: they may overlap."


@pytest.mark.parametrize(
    ("selected", "linked", "said"),
    [
        pytest.param({"curated": ("2021-01-06", "2021-10-26")}, 0, "", id="figures of one dataset"),
        pytest.param(
            {"curated": ("2021-01-06", "2021-10-26"), "acled": ("2021-10-26", "2022-01-01")}, 0, MAY, id="may"
        ),
        pytest.param(
            {"curated": ("2021-01-06", "2021-10-26"), "acled": ("2021-10-26", "2022-01-01")},
            2,
            f"{MAY} 2 pairs of reports are linked as the same incident: the same casualties are in both.",
            id="linked",
        ),
        pytest.param(
            {"curated": ("2021-01-06", "2021-10-26"), "acled": ("1992-05-01", "1998-11-30")},
            0,
            "Figures of different datasets are not added: here their periods do not overlap (the record January 2021 "
            "to October 2021, ACLED May 1992 to November 1998).",
            id="apart in time",
        ),
    ],
)
def test_the_same_people_are_said_of_linked_pairs_only(selected, linked, said):
    spans = {name: some(3, *days) for name, days in selected.items()}
    found = mixture_of(Filters(), (RECORD, ACLED), spans, {}, linked=linked)
    assert people_words(found) == said
    assert ("same casualties" in people_words(found)) is bool(linked)
