"""A selection of incidents as a link and a condition."""

import re
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geo.incident.vocabulary import (
    NOT_KNOWN,
    Border,
    Category,
    Country,
    DatePrecision,
    LocationPrecision,
    Status,
    Subtype,
)
from geo.language.folding import fold, query_words
from geo.selection import CONDITIONS, Filters, search_text
from geo.table.incident_table import IncidentTable
from tests.conftest import make_incident, without_place
from tests.geo.strategies import FILTERS
from tests.geo.strategies import incidents as any_incident


@pytest.mark.parametrize(
    ("filters", "query"),
    [
        pytest.param(Filters(), {}, id="none"),
        pytest.param(Filters(year=(2025, 2021)), {"year": ["2021", "2025"]}, id="years"),
        pytest.param(Filters(category=("strike", "clash")), {"category": ["clash", "strike"]}, id="category"),
        pytest.param(
            Filters(since="2025-10-11", until=date(2025, 10, 12)),
            {"since": ["2025-10-11"], "until": ["2025-10-12"]},
            id="dates",
        ),
        pytest.param(Filters(province=("PK-KP", "AF-KHO", "PK-KP")), {"province": ["AF-KHO", "PK-KP"]}, id="province"),
        pytest.param(
            Filters(province=("unknown", "AF-KHO")), {"province": ["AF-KHO", "unknown"]}, id="province-unknown"
        ),
        pytest.param(Filters(border=("unknown", "durand_line")), {"border": ["durand_line", "unknown"]}, id="border"),
        pytest.param(Filters(q="  spin   boldak "), {"q": ["spin boldak"]}, id="text"),
        pytest.param(
            Filters(year="2025", actor="Taliban forces"),
            {"year": ["2025"], "actor": ["Taliban forces"]},
            id="single-strings",
        ),
        pytest.param(Filters(precision=("near", "exact")), {"precision": ["exact", "near"]}, id="precision"),
        pytest.param(Filters(date_precision=("week", "month")), {"date_precision": ["month", "week"]}, id="day-known"),
        pytest.param(Filters(actor=("", " ")), {}, id="empty-names"),
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
        pytest.param({"year": ["2025", "soon", "", "2025.5"]}, {"year": ["2025"]}, id="year"),
        pytest.param(
            {"category": ["strike", "Strike", "war", "'; DROP TABLE incident; --"]},
            {"category": ["strike"]},
            id="category",
        ),
        pytest.param({"province": ["AF-KHO", "Khost", "af-kho", "AF-KHO'"]}, {"province": ["AF-KHO"]}, id="province"),
        pytest.param({"since": ["yesterday"], "until": ["2025-02-30"]}, {}, id="dates"),
        pytest.param({"since": ["2025-01-01", "2025-02-02"]}, {"since": ["2025-02-02"]}, id="last-date"),
        pytest.param({"since": []}, {}, id="no-date"),
        pytest.param({"colour": ["red"], "incident": ["x"], "__init__": ["y"]}, {}, id="unknown"),
        pytest.param({"q": ["\0\n\t"]}, {}, id="blank"),
        pytest.param({"q": ["a\ud800b"]}, {"q": ["a?b"]}, id="broken-text"),
        pytest.param({"q": ["x" * 500]}, {"q": ["x" * 200]}, id="long-text"),
        pytest.param(
            {"country": ["AF", "IR", "Pakistan"], "status": ["true"], "precision": ["5 km"]},
            {"country": ["AF"]},
            id="other-words",
        ),
        pytest.param({"precision": ["approximate", "near", "Near"]}, {"precision": ["near"]}, id="approximate"),
        pytest.param({"date_precision": ["week", "hour", "Day"]}, {"date_precision": ["week"]}, id="day-known"),
        pytest.param(
            {"border": ["durand_line", "Durand Line", "AF-PK", "none"]}, {"border": ["durand_line"]}, id="border"
        ),
        pytest.param({"province": ["unknown", "none", "UNKNOWN"]}, {"province": ["unknown"]}, id="unknown"),
    ],
)
def test_what_makes_no_sense_in_a_link_is_ignored(query, kept):
    assert Filters.from_query(query).to_query() == kept


@given(st.dictionaries(st.sampled_from(["year", "since", "q", "province", "actor", "category"]), st.lists(st.text())))
def test_no_link_is_an_error(table, query):
    assert 0 <= table.count(Filters.from_query(query)) <= len(table)


@pytest.mark.parametrize(
    "changes",
    [
        {"category": "war"},
        {"province": "Khost"},
        {"since": "soon"},
        {"year": "soon"},
        {"country": ("AF", "IR")},
        {"border": "AF-IR"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_an_invalid_choice_cannot_exist(changes):
    with pytest.raises(ValueError, match=r"is none of|ISO 3166-2|is no day|is no year"):
        Filters(**changes)


@given(FILTERS)
def test_equal_choices_are_equal_however_they_are_written(filters):
    again = Filters(**{name: getattr(filters, name)[::-1] for name in ("year", "category", "province", "actor")})
    assert again == filters.without(
        "since",
        "until",
        "subtype",
        "country",
        "border",
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
            "border",
            "status",
            "precision",
            "date_precision",
            "q",
            "group",
            "dataset",
            "linked",
        )
    )


def lies_in(row):
    """The provinces of a row of the table, “unknown” where it has none."""
    return list(row["province_codes"]) or ["unknown"]


def along(incident, row):
    """Along which border line an incident counts, None for one that lies farther off."""
    line = {"Durand Line": "durand_line", "Afghan–Tajik border": "afghan_tajik_border"}.get(row["border"])
    if line and row["border_km"] <= 35:
        return line
    if line and row["border_km"] - incident.uncertainty_km > 35:
        return None
    crossed = incident.movement and {incident.movement.origin.country, incident.movement.destination.country}
    return {"AF PK": "durand_line", "AF TJ": "afghan_tajik_border"}.get(" ".join(sorted(crossed or ())), "unknown")


def meant(filters, incident, row, searched):
    """Say again, in plain Python, which incidents a selection means."""
    return (
        (not filters.year or incident.date_start.year in filters.year)
        and (filters.since is None or incident.date_start >= filters.since)
        and (filters.until is None or incident.date_start <= filters.until)
        and (not filters.category or incident.category in filters.category)
        and (not filters.subtype or incident.subtype in filters.subtype)
        and (not filters.province or set(lies_in(row)) & set(filters.province))
        and (not filters.country or {incident.country, *(code[:2] for code in lies_in(row))} & set(filters.country))
        and (not filters.border or along(incident, row) in filters.border)
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
    Filters(province=(NOT_KNOWN,)),
    Filters(country=(Country.TJ,)),
    Filters(border=(Border.AFGHAN_TAJIK_BORDER,)),
    Filters(border=(NOT_KNOWN,)),
    Filters(status=(Status.DISPUTED,)),
    Filters(precision=(LocationPrecision.PROVINCE,)),
    Filters(date_precision=(DatePrecision.WEEK,)),
    Filters(actor=("frontier corps",)),
    Filters(q="chaman"),
]


@pytest.mark.parametrize("filters", EACH_FIELD, ids=lambda filters: " ".join(map(str, filters.to_query().items())))
def test_each_field_restricts_the_record(table, rows, searched, filters):
    expected = {i.id for i in table.incidents if meant(filters, i, rows[i.id], searched[i.id])}
    assert {incident.id for incident in table.selected(filters)} == expected
    assert 0 < len(expected) < len(table)


@given(FILTERS, st.lists(any_incident(), max_size=5, unique_by=lambda incident: incident.id))
def test_the_condition_means_it_of_any_incident_too(claimants, layers, filters, made):
    table = IncidentTable(made, claimants, version="v")
    rows = table.select(Filters()).to_dict("index")
    searched = {i.id: search_text(i, claimants, layers.place_names) for i in made}
    expected = {i.id for i in made if meant(filters, i, rows[i.id], searched[i.id])}
    assert {incident.id for incident in table.selected(filters)} == expected


SEVERAL = make_incident("several", province=None, provinces=("Paktia", "Kunar"), district=None)
OVER_THE_LINE = make_incident("over", province=None, provinces=("Khost", "Khyber Pakhtunkhwa"))


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"province": "AF-PIA"}, ["several"]),
        ({"province": "AF-KNR"}, ["several"]),
        ({"province": ("AF-KHO", "AF-KNR")}, ["one", "over", "several"]),
        ({"province": "unknown"}, ["nowhere"]),
        ({"province": ("unknown", "PK-KP")}, ["nowhere", "over"]),
        ({"country": "PK"}, ["over"]),
        ({"country": "AF"}, ["nowhere", "one", "over", "several"]),
        ({"country": "TJ"}, []),
        ({"q": "paktia"}, ["several"]),
        ({"q": "Kunar"}, ["several"]),
        ({"q": "Pakhtunkhwa"}, ["over"]),
    ],
    ids=str,
)
def test_an_incident_in_several_provinces_is_found_under_each(claimants, filters, found):
    made = [SEVERAL, OVER_THE_LINE, make_incident("one"), without_place(id="nowhere")]
    table = IncidentTable(made, claimants, version="v")
    assert sorted(incident.id for incident in table.selected(Filters(**filters))) == found


@pytest.mark.parametrize("field", ["since", "until"])
def test_the_first_and_the_last_day_are_inclusive(table, field):
    ids = {incident.id for incident in table.selected(Filters(**{field: "2021-07-14"}))}
    assert "2021-07-14-spin-boldak-captured" in ids


@pytest.mark.parametrize(
    ("q", "found"),
    [
        pytest.param("spin boldak", True, id="words"),
        pytest.param("BOLDAK Spin", True, id="any-order-and-case"),
        pytest.param("spín bóldak", True, id="accents"),
        pytest.param("mujahid propaganda", True, id="claims"),
        pytest.param("boldak helicopter", False, id="all-words"),
        pytest.param("%", False, id="no-wildcard"),
        pytest.param("_____", False, id="no-pattern"),
    ],
)
def test_text_finds_all_its_words(table, q, found):
    ids = {incident.id for incident in table.selected(Filters(q=q))}
    assert ("2021-07-14-spin-boldak-captured" in ids) is found


def test_a_search_finds_what_stands_in_an_incident_made_by_hand(contents):
    table = IncidentTable([make_incident(place="Zarghūn Shahr")], contents.claimants, version="x")
    assert table.count(Filters(q="zarghun")) == 1


@given(FILTERS)
def test_the_text_of_the_condition_never_varies(filters):
    assert set(filters.parameters()) == set(re.findall(r"[$](\w+)", " ".join(CONDITIONS.values())))


@pytest.mark.parametrize("hostile", ["'; DROP TABLE incident; --", "$year", "x') OR 1=1 --", "\\", '"', "{{7*7}}"])
def test_hostile_text_is_only_looked_for(table, hostile):
    assert table.count(Filters(q=hostile, actor=(hostile,), dataset=(hostile,))) == 0
    assert table.count(Filters()) == len(table)
