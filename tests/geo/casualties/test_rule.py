"""The rules: codes, names, whose claims count and what becomes of rival ones."""

from dataclasses import replace
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.casualties import RANGE, RULE_CODES, RULES, Rule, Toll, own_toll, rules, span_of, total
from geo.incident.vocabulary import About, Scope, Stance
from tests.conftest import HIGHEST, LOWEST, make_claim, make_incident, make_source
from tests.geo.strategies import claims as any_claim

KILLED = About.KILLED
CODES = [code.replace("ID", "pk-ispr") for code in RULE_CODES]


@pytest.mark.parametrize("code", CODES)
def test_a_code_can_be_read_back(claimants, code):
    assert Rule.parse(code, claimants).code == code


@pytest.mark.parametrize(
    ("code", "message"),
    [
        pytest.param("", "is no rule; write one of: range, lowest, .*claimant:ID", id="empty"),
        pytest.param("Range", "is no rule", id="capital"),
        pytest.param("range:pk-ispr", "is no rule", id="too-much"),
        pytest.param("claimant", "is no rule", id="whose"),
        pytest.param("claimant:", "is no rule", id="whose-again"),
        pytest.param("claimant:nobody", "'nobody' is no claimant of the register", id="unknown"),
    ],
)
def test_any_other_code_is_refused(claimants, code, message):
    with pytest.raises(ValueError, match=message):
        Rule.parse(code, claimants)


@given(st.text(max_size=20))
def test_whatever_is_asked_for_is_a_rule_or_refused(claimants, code):
    try:
        assert Rule.parse(code, claimants).code == code
    except ValueError as refused:
        assert repr(code)[:3] in str(refused) or "claimant" in code  # noqa: PT017  # either is right


def test_names_and_sentences_tell_the_rules_apart(claimants):
    every = rules([make_incident()], claimants)
    assert len({rule.name for rule in every}) == len({rule.code for rule in every}) == len(every)
    assert all("rival claims are never added" in rule.sentence for rule in every)
    assert Rule.parse("claimant:pk-ispr", claimants).name == "according to Pakistan military (ISPR)"


def test_only_claimants_whose_figures_can_count_are_offered(claimants):
    spoken = [
        make_claim(by="pk-ispr"),
        make_claim(by="unama", scope="cumulative"),
        make_claim(by="dawn", stance="unconfirmed"),
        make_claim(by="ap", about="event", value=None, of=None),
        make_claim(by="ttp", about="captured", of="Pakistani posts"),
        make_claim(by="iom", about="crossed", of="Afghan civilians"),
    ]
    offered = [rule.claimant for rule in rules([make_incident(claims=spoken)], claimants) if rule.claimant]
    assert sorted(offered) == ["iom", "pk-ispr"]


def test_each_offered_claimant_has_a_total_somewhere(incidents, claimants):
    silent = [
        rule.code
        for rule in rules(incidents, claimants)
        if not any(total(incidents, incidents, about, rule).toll for about in (KILLED, About.INJURED, About.CROSSED))
    ]
    assert silent == []


@pytest.mark.parametrize(
    ("of", "by", "changes", "heard"),
    [
        ("Pakistani soldiers", "pk-ispr", {}, True),
        ("Pakistani soldiers", "dawn", {}, True),
        ("Pakistani soldiers", "taliban-government", {}, False),
        ("Taliban forces", "taliban-government", {}, True),
        ("Taliban forces", "pk-ispr", {}, False),
        ("Afghan soldiers", "taliban-insurgents", {}, False),
        ("Taliban fighters", "taliban-insurgents", {}, True),
        ("Taliban fighters", "af-republic-defence-ministry", {}, False),
        ("Tajik border guards", "tj-border-troops", {}, True),
        ("Chinese workers", "china-foreign-ministry", {}, True),
        ("Chinese workers", "ap", {}, False),
        ("TTP members", "ttp", {}, True),
        ("TTP members", "pk-ispr", {}, False),
        ("militants", "pk-ispr", {"country": "PK"}, False),
        ("civilians", "taliban-khost", {}, True),
        ("civilians", "pk-ispr", {}, False),
        ("civilians", "pk-ispr", {"country": "PK"}, True),
        ("Afghan civilians", "pk-ispr", {"country": "PK"}, False),
        ("people on the Pakistani side", "chaman-hospital", {}, True),
        ("people", "emergency-hospital-kabul", {}, False),
    ],
)
def test_the_victims_own_side_is_heard(claimants, of, by, changes, heard):
    claim = make_claim(of=of, by=by)
    assert Rule(RULES["own-side"], register=claimants).counts(claim, make_incident(**changes)) is heard


@pytest.mark.parametrize(
    ("by", "heard"),
    [
        *((by, True) for by in ("unama", "emergency-hospital-kabul", "china-foreign-ministry", "ap", "dawn")),
        *((by, False) for by in ("pk-ispr", "taliban-government", "ttp", "us-uk-embassies-kabul")),
        *((by, False) for by in ("unattributed-report", "wikipedia", "pakistani-media", "afghan-media")),
        *((by, False) for by in ("indian-defence-news", "the-atlas-news")),
    ],
)
def test_independent_is_who_the_register_says(claimants, by, heard):
    rule = Rule(RULES["independent"], register=claimants)
    assert rule.counts(make_claim(by=by), make_incident()) is claimants[by].independent is heard


@pytest.mark.parametrize("kind", [RULES["independent"], RULES["own-side"]])
def test_who_is_not_in_the_register_is_not_guessed_at(claimants, kind):
    with pytest.raises(KeyError, match="nobody"):
        Rule(kind, register=claimants).counts(make_claim(by="nobody"), make_incident())


def test_every_claim_of_the_record_is_by_somebody_in_the_register(incidents, claimants):
    assert {claim.by for incident in incidents for claim in incident.claims} <= set(claimants)


@pytest.mark.parametrize(("rule", "words"), [(RANGE, "4–9"), (LOWEST, "4"), (HIGHEST, "9")])
def test_which_end_of_a_range_is_told(rule, words):
    incident = make_incident(claims=[make_claim(value=4), make_claim(by="pk-ispr", value=9)])
    assert str(own_toll(incident, KILLED, rule)) == words
    assert str(total([incident], [incident], KILLED, rule).toll) == words


def test_a_group_figure_that_is_not_heard_leaves_the_members_theirs(claimants):
    members = [
        make_incident("a", event_group="war", claims=[make_claim(by="pk-ispr", value=90, scope="group")]),
        make_incident("b", event_group="war", claims=[make_claim(value=4)]),
    ]
    assert str(total(members, members, KILLED, Rule.parse("claimant:taliban-government", claimants)).toll) == "4"
    assert str(total(members, members, KILLED, RANGE).toll) == "4–90"


CLAIMS = st.lists(any_claim(about=KILLED), min_size=1, max_size=6)


@given(CLAIMS)
def test_one_voice_alone_is_as_if_nobody_else_had_spoken(claimants, claims):
    speaker = claims[0].by
    nothing = make_claim(about="event", value=None, of=None)
    alone = make_incident(claims=[nothing, *(claim for claim in claims if claim.by == speaker)])
    together, rule = make_incident(claims=claims), Rule.parse(f"claimant:{speaker}", claimants)
    assert own_toll(together, KILLED, rule) == own_toll(alone, KILLED, RANGE)


@given(CLAIMS, any_claim(about=KILLED, scope=Scope.INCIDENT), st.sampled_from(CODES))
def test_another_claim_never_lowers_the_highest_under_any_rule(claimants, claims, another, code):
    rule = Rule.parse(code, claimants)
    before, after = (
        total([incident], [incident], KILLED, rule).toll
        for incident in (make_incident(claims=claims), make_incident(claims=[*claims, another]))
    )
    if rule is not LOWEST and code != "lowest":
        assert before is None or after.high >= before.high


@given(CLAIMS, st.sampled_from(CODES))
def test_who_does_not_vouch_is_heard_by_no_rule(claimants, claims, code):
    doubted = [claim.model_copy(update={"stance": Stance.UNCONFIRMED}) for claim in claims]
    assert own_toll(make_incident(claims=doubted), KILLED, Rule.parse(code, claimants)) is None


def median_of(key):
    """Return what makes one of rival figures: the middle of those that each of a kind of speaker gives."""

    def of_rivals(figures):
        spans = [span_of(f for f in figures if key(f.said) == each) for each in {key(f.said) for f in figures}]
        return Toll(median(span.low for span in spans), median(span.high for span in spans))

    return of_rivals


@pytest.mark.parametrize(
    ("of_rivals", "toll"),
    [
        pytest.param(span_of, "4–30", id="span of all"),
        pytest.param(median_of(lambda said: said.source.publication), "10", id="median of publications"),
        pytest.param(median_of(lambda said: said.claim.by), "8", id="median of claimants"),
    ],
)
def test_a_rule_is_given_figures_with_claimant_and_publication(of_rivals, toll):
    figures = [("ap", 4, 0), ("pk-ispr", 10, 1), ("dawn", 8, 0), ("pk-ispr", 30, 2), ("ap", 6, 3)]
    incident = make_incident(
        claims=[make_claim(by=by, value=value, source=source) for by, value, source in figures],
        sources=[make_source(url=f"https://dawn.com/news/{page}") for page in (1, 2, 3, "1/")],
    )
    kind = replace(RULES["range"], of_rivals=of_rivals)
    assert str(own_toll(incident, KILLED, Rule(kind))) == toll
