"""What tells two near incidents apart: a sentence for each thing that differs, in the same words everywhere."""

from dataclasses import replace

import pytest

from geo.casualties import RANGE
from geo.evidence.similar import HERE, IN_ORDER, cluster_words, differences, nothing_near, similar_pairs, the_same
from tests.conftest import LOWEST, make_claim, make_group, make_incident, without_place


def made(**changes):
    return make_incident("second", **changes)


FIRST = make_incident("first")


def pair_of(one, other):
    (found,) = similar_pairs([one, other])
    return found


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        pytest.param({}, [], id="nothing"),
        pytest.param(
            {"date_start": "2025-01-03", "date_end": "2025-01-04"},
            ["Days: the first 1 January 2025, the second 3–4 January 2025; 2 days apart."],
            id="days",
        ),
        pytest.param(
            {"date_end": "2025-01-04"},
            ["Days: the first 1 January 2025, the second 1–4 January 2025; days that overlap."],
            id="days-that-overlap",
        ),
        pytest.param(
            {"place": "Gurbuz", "lon": 70.0, "uncertainty_km": 7},
            ["Place: the first Khost city, the second Gurbuz; about 7 km apart, known to within 5 km and 7 km."],
            id="place",
        ),
        pytest.param(
            {"lon": 70.0},
            ["Place: both Khost city; about 7 km apart, known to within 5 km."],
            id="one-name-for-two-places",
        ),
        pytest.param(
            {"place": "Khost", "location_precision": "district"},
            ["Place: the first Khost city, the second Khost; known to within 5 km."],
            id="two-names-for-one-spot",
        ),
        pytest.param(
            {"lon": 70.4, "location_precision": "district"},
            ["Place: both Khost city; in Khost, one of them known only to the district."],
            id="district",
        ),
        pytest.param(
            {"location_precision": "province", "uncertainty_km": 60, "district": None},
            ["Place: both Khost city; in Khost, one of them known only to the province."],
            id="province",
        ),
        pytest.param({"subtype": "drone_strike"}, ["Kind: the first air strike, the second drone strike."], id="kind"),
        pytest.param(
            {"actors": ("Frontier Corps", "pakistan military (alleged)")},
            ["Who took part: Frontier Corps in the second only."],
            id="who",
        ),
        pytest.param(
            {"actors": ()}, ["Who took part: Pakistan military (alleged) in the first only."], id="who-is-not-named"
        ),
        pytest.param(
            {"claims": [make_claim(low=4, high=1_200)]}, ["Killed: the first 4, the second 4–1,200."], id="figures"
        ),
        pytest.param(
            {"claims": [make_claim(about="injured", value=3)]},
            ["Killed: the first 4, the second no figure.", "Injured: the first no figure, the second 3."],
            id="no-figure",
        ),
    ],
)
def test_what_differs_is_said_a_sentence_each(changes, said):
    pair = pair_of(FIRST, made(**changes))
    assert differences(pair, pair.beside("second"), RANGE, IN_ORDER) == said


def test_the_open_incident_is_named_first():
    pair = pair_of(FIRST, made(subtype="drone_strike"))
    assert differences(pair, pair.beside("first"), RANGE, HERE) == [
        "Kind: this one drone strike, the other air strike."
    ]


def test_figures_are_those_of_the_rule():
    pair = pair_of(FIRST, made(claims=[make_claim(low=4, high=9)]))
    assert differences(pair, pair.one, LOWEST, IN_ORDER) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        pytest.param({}, "The same: days, place, kind, who took part and killed.", id="everything"),
        pytest.param({"lon": 70.0}, "The same: days, kind, who took part and killed.", id="all-but-the-place"),
        pytest.param(
            {
                "lon": 70.0,
                "subtype": "drone_strike",
                "date_end": "2025-01-04",
                "actors": (),
                "claims": [make_claim(about="event", value=None, of=None)],
            },
            "",
            id="nothing",
        ),
    ],
)
def test_what_does_not_differ_is_said_in_a_line(changes, said):
    assert the_same(pair_of(FIRST, made(**changes)), RANGE) == said


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        pytest.param(("war", "war"), "Both are in the event cluster “The war”, as two incidents.", id="one"),
        pytest.param(("war", "raid"), "They are in different event clusters, “The war” and “The raid”.", id="two"),
        pytest.param(("war", None), "They are not in the same event cluster.", id="one-has-none"),
        pytest.param((None, None), "They are not in the same event cluster.", id="none"),
    ],
)
def test_each_pair_says_whether_it_is_of_one_cluster(groups, said):
    clusters = {name: make_group(name, name=f"The {name}") for name in ("war", "raid")}
    one, other = (make_incident(name, event_group=group) for name, group in zip("ab", groups, strict=True))
    assert cluster_words(pair_of(one, other), clusters) == said


def test_every_pair_of_the_record_has_something_to_tell_it_apart(incidents, claimants):
    rule = replace(RANGE, register=claimants)
    for pair in similar_pairs(incidents):
        assert differences(pair, pair.one, rule, IN_ORDER), (pair.one.id, pair.other.id)


@pytest.mark.parametrize(
    ("incident", "said"),
    [
        pytest.param(FIRST, "No other incident on record is close in place and within 3 days.", id="alone"),
        pytest.param(
            without_place(),
            "Its place is known too coarsely to compare with those of other incidents.",
            id="no-place",
        ),
    ],
)
def test_nothing_near_is_said_with_why(incident, said):
    assert nothing_near(incident) == said
