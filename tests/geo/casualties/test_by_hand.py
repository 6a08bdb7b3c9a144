"""Two event clusters counted by hand, from reading their records, under every rule.

11–12 October 2025. Pakistani soldiers: 58 by the Taliban government, 23 acknowledged by Pakistan's military. Afghan
forces: more than 200 by Pakistan's military, 9 acknowledged by the Taliban government. The 15 of Bahramcha, by the
spokesman of Helmand, are all that the incidents' own claims say of the soldiers, and so their lowest account; local
sources count eight Taliban fighters in the air strike there and 11 in the drone strike at Spin Boldak, 19 between the
9 and the 200. Injured: 30 and 29 Pakistani soldiers, 16 of the Taliban's own.

26–27 February 2026. Pakistani soldiers: 55 by the Taliban's defence ministry, up to 55 by the Taliban government, 12 by
Pakistan's military and 2, early, by its information ministry, none by a denial that counts for nothing; the 40 at Nari,
by the Taliban government, lie between. “Up to” says nothing of the lowest. Afghan forces: 36 by Pakistan's
information ministry, 8 acknowledged by the Taliban's defence ministry and 13 by the Taliban government. The military's
274 and 400, and all figures for civilians, those of the UN among them, are running totals. Injured: 27 and 3 Pakistani
soldiers by their own side's two claimants, 11 and 22 of the Taliban's by theirs.
"""

import pytest

from geo.casualties import RULES, Rule, total
from geo.incident.vocabulary import About

OCTOBER, FEBRUARY = "durand-line-clashes-2025-10-11", "durand-line-offensive-2026-02-26"


TOTALS = [
    (OCTOBER, "range", "21–258 or more", "45–46"),
    (OCTOBER, "lowest", "21", "45"),
    (OCTOBER, "highest", "258 or more", "46"),
    (OCTOBER, "own-side", "32", "45"),
    (OCTOBER, "independent", "31 or more", "None"),
    (OCTOBER, "claimant:pk-ispr", "223 or more", "29"),
    (OCTOBER, "claimant:taliban-government", "67", "46"),
    (OCTOBER, "claimant:taliban-helmand", "15", "None"),
    (FEBRUARY, "range", "12–129 or more", "22–57"),
    (FEBRUARY, "lowest", "12", "22"),
    (FEBRUARY, "highest", "129 or more", "57"),
    (FEBRUARY, "own-side", "12–27", "22–57"),
    (FEBRUARY, "independent", "2", "8"),
    (FEBRUARY, "claimant:taliban-defence-ministry", "63", "11"),
    (FEBRUARY, "claimant:taliban-government", "13–68", "22"),
    (FEBRUARY, "claimant:pk-ispr", "12", "27"),
    (FEBRUARY, "claimant:pk-information-ministry", "38", "3"),
    (FEBRUARY, "claimant:unama", "None", "None"),
]
assert {rule.partition(":")[0] for _, rule, *_ in TOTALS} == {*RULES}, "count the two by hand under every rule"


@pytest.mark.parametrize(("group", "rule", "killed", "injured"), TOTALS)
def test_totals_of_an_event_cluster(incidents, claimants, group, rule, killed, injured):  # noqa: PLR0913, PLR0917  # a row
    inside = [incident for incident in incidents if incident.event_group == group]
    ruled = Rule.parse(rule, claimants)
    found = {about: str(total(inside, incidents, about, ruled).toll) for about in (About.KILLED, About.INJURED)}
    assert found == {About.KILLED: killed, About.INJURED: injured}


@pytest.mark.parametrize(
    ("incident", "about", "words"),
    [
        pytest.param(
            "2025-12-05-chaman-spin-boldak-border-clash",
            About.INJURED,
            "7–9",
            id="three-or-four-at-chaman-four-or-five-beyond",
        ),
        pytest.param(
            "2025-12-05-chaman-spin-boldak-border-clash",
            About.KILLED,
            "5–28 or more",
            id="civilians-and-one-or-23-fighters",
        ),
        pytest.param(
            "2024-08-12-torkham-border-clash", About.INJURED, "4–6", id="one-or-three-soldiers-and-three-afghans"
        ),
    ],
)
def test_a_toll_of_both_sides_of_the_line(table, incident, about, words):
    assert str(table.own_toll(table.incident(incident), about)) == words
