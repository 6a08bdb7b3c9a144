"""A choice of incidents as a link and a condition."""

import re
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geo.filters import CONDITION, Filters
from geo.folding import fold, query_words
from geo.search import search_text
from geo.table import IncidentTable
from geo.vocabulary import Category, Country, DatePrecision, LocationPrecision, Status, Subtype
from tests.conftest import make_incident
from tests.geo.strategies import FILTERS


@pytest.mark.parametrize(
    ("filters", "query"),
    [
        (Filters(), {}),
        (Filters(year=(2025, 2021)), {"year": ["2021", "2025"]}),
        (Filters(category=("strike", "clash")), {"category": ["clash", "strike"]}),
        (Filters(since="2025-10-11", until=date(2025, 10, 12)), {"since": ["2025-10-11"], "until": ["2025-10-12"]}),
        (Filters(province=("PK-KP", "AF-KHO", "PK-KP")), {"province": ["AF-KHO", "PK-KP"]}),
        (Filters(q="  spin   boldak "), {"q": ["spin boldak"]}),
        (Filters(year="2025", actor="Taliban forces"), {"year": ["2025"], "actor": ["Taliban forces"]}),
        (Filters(precision=("near", "exact")), {"precision": ["exact", "near"]}),
        (Filters(date_precision=("week", "month")), {"date_precision": ["month", "week"]}),
        (Filters(actor=("", " ")), {}),
    ],
    ids=[
        "none",
        "years",
        "category",
        "dates",
        "province",
        "text",
        "single-strings",
        "precision",
        "day-known",
        "empty-names",
    ],
)
def test_a_choice_is_a_link(filters, query):
    assert filters.to_query() == query


@example(Filters(q="x" * 199 + " and what is cut off"))
@given(FILTERS)
def test_a_link_opens_what_its_sender_saw(filters):
    assert Filters.from_query(filters.to_query()) == filters


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ({"year": ["2025", "soon", "", "2025.5"]}, {"year": ["2025"]}),
        ({"category": ["strike", "Strike", "war", "'; DROP TABLE incident; --"]}, {"category": ["strike"]}),
        ({"province": ["AF-KHO", "Khost", "af-kho", "AF-KHO'"]}, {"province": ["AF-KHO"]}),
        ({"since": ["yesterday"], "until": ["2025-02-30"]}, {}),
        ({"since": ["2025-01-01", "2025-02-02"]}, {"since": ["2025-02-02"]}),
        ({"since": []}, {}),
        ({"colour": ["red"], "incident": ["x"], "__init__": ["y"]}, {}),
        ({"q": ["\0\n\t"]}, {}),
        ({"q": ["a\ud800b"]}, {"q": ["a?b"]}),
        ({"q": ["x" * 500]}, {"q": ["x" * 200]}),
        ({"country": ["AF", "IR", "Pakistan"], "status": ["true"], "precision": ["5 km"]}, {"country": ["AF"]}),
        ({"date_precision": ["week", "hour", "Day"]}, {"date_precision": ["week"]}),
    ],
    ids=[
        *(
            "year",
            "category",
            "province",
            "dates",
            "last-date",
            "no-date",
            "unknown",
            "blank",
            "broken-text",
            "long-text",
        ),
        "other-words",
        "day-known",
    ],
)
def test_what_makes_no_sense_in_a_link_is_ignored(query, kept):
    assert Filters.from_query(query).to_query() == kept


@given(st.dictionaries(st.sampled_from(["year", "since", "q", "province", "actor", "category"]), st.lists(st.text())))
def test_no_link_is_an_error(table, query):
    assert 0 <= table.count(Filters.from_query(query)) <= len(table)


@pytest.mark.parametrize(
    "changes",
    [{"category": "war"}, {"province": "Khost"}, {"since": "soon"}, {"year": "soon"}, {"country": ("AF", "IR")}],
    ids=lambda changes: next(iter(changes)),
)
def test_an_invalid_choice_cannot_exist(changes):
    with pytest.raises(ValueError, match=r"not a valid|ISO 3166-2|isoformat|invalid literal"):
        Filters(**changes)


@given(FILTERS)
def test_equal_choices_are_equal_however_they_are_written(filters):
    again = Filters(**{name: getattr(filters, name)[::-1] for name in ("year", "category", "province", "actor")})
    assert again == filters.without(
        "since",
        "until",
        "subtype",
        "country",
        "status",
        "precision",
        "date_precision",
        "q",
        "group",
        "dataset",
        "linked",
    )
    assert hash(again) == hash(
        filters.without(
            "since",
            "until",
            "subtype",
            "country",
            "status",
            "precision",
            "date_precision",
            "q",
            "group",
            "dataset",
            "linked",
        )
    )


def meant(filters, incident, row, searched):
    """Say again, in plain Python, which incidents a choice means."""
    return (
        (not filters.year or incident.date_start.year in filters.year)
        and (filters.since is None or incident.date_start >= filters.since)
        and (filters.until is None or incident.date_start <= filters.until)
        and (not filters.category or incident.category in filters.category)
        and (not filters.subtype or incident.subtype in filters.subtype)
        and (not filters.province or row["province_code"] in filters.province)
        and (not filters.country or incident.country in filters.country)
        and (not filters.status or incident.status in filters.status)
        and (not filters.precision or incident.location_precision in filters.precision)
        and (not filters.date_precision or incident.date_precision in filters.date_precision)
        and (not filters.actor or bool({fold(a) for a in filters.actor} & {fold(a) for a in incident.actors}))
        and (not filters.group or incident.event_group in filters.group)
        and (not filters.dataset or "curated" in filters.dataset)
        and all(
            word in searched.text or (keys and set(keys) <= set(searched.keys)) for word, keys in query_words(filters.q)
        )
    )


@pytest.fixture(scope="module")
def rows(table):
    return table.select(Filters()).to_dict("index")


@pytest.fixture(scope="module")
def searched(table, claimants, layers):
    return {i.id: search_text(i, claimants, layers.place_names) for i in table.incidents}


@given(FILTERS)
def test_the_condition_means_what_plain_python_means(table, rows, searched, filters):
    expected = [i.id for i in table.incidents if meant(filters, i, rows[i.id], searched[i.id])]
    assert [incident.id for incident in table.selected(filters)] == sorted(
        expected, key=lambda found: (rows[found]["date_start"], found)
    )


EACH_FIELD = [
    Filters(year=(2021,)),
    Filters(since="2025-10-11"),
    Filters(until="2021-07-14"),
    Filters(category=(Category.STRIKE,)),
    Filters(subtype=(Subtype.DRONE_STRIKE,)),
    Filters(province=("AF-KHO",)),
    Filters(country=(Country.TJ,)),
    Filters(status=(Status.DISPUTED,)),
    Filters(precision=(LocationPrecision.PROVINCE,)),
    Filters(date_precision=(DatePrecision.WEEK,)),
    Filters(actor=("frontier corps",)),
    Filters(q="chaman"),
]


@pytest.mark.parametrize("filters", EACH_FIELD, ids=lambda filters: filters.active[0])
def test_each_field_restricts_the_record(table, rows, searched, filters):
    expected = {i.id for i in table.incidents if meant(filters, i, rows[i.id], searched[i.id])}
    assert {incident.id for incident in table.selected(filters)} == expected
    assert 0 < len(expected) < len(table)


@pytest.mark.parametrize("field", ["since", "until"])
def test_the_first_and_the_last_day_are_inclusive(table, field):
    ids = {incident.id for incident in table.selected(Filters(**{field: "2021-07-14"}))}
    assert "2021-07-14-spin-boldak-captured" in ids


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("spin boldak", True),
        ("BOLDAK Spin", True),
        ("spín bóldak", True),
        ("mujahid propaganda", True),
        ("boldak helicopter", False),
        ("%", False),
        ("_____", False),
    ],
    ids=["words", "any-order-and-case", "accents", "claims", "all-words", "no-wildcard", "no-pattern"],
)
def test_text_finds_all_its_words(table, q, found):
    ids = {incident.id for incident in table.selected(Filters(q=q))}
    assert ("2021-07-14-spin-boldak-captured" in ids) is found


def test_a_search_finds_what_stands_in_an_incident_made_by_hand(contents):
    table = IncidentTable([make_incident(place="Zarghūn Shahr")], contents.claimants, version="x")
    assert table.count(Filters(q="zarghun")) == 1


@given(FILTERS)
def test_the_text_of_the_condition_never_varies(filters):
    assert set(filters.parameters()) == {re.match(r"\w+", part)[0] for part in CONDITION.split("$")[1:]}


@pytest.mark.parametrize("hostile", ["'; DROP TABLE incident; --", "$year", "x') OR 1=1 --", "\\", '"', "{{7*7}}"])
def test_hostile_text_is_only_looked_for(table, hostile):
    assert table.count(Filters(q=hostile, actor=(hostile,), dataset=(hostile,))) == 0
    assert table.count(Filters()) == len(table)
