"""Two wider events counted by hand, from reading their records, under every rule.

11–12 October 2025. Pakistani soldiers: 58 by the Taliban government, 23 acknowledged by Pakistan's military. Afghan
forces: more than 200 by Pakistan's military, 9 acknowledged by the Taliban government. The 15 of Bahramcha, by the
spokesman of Helmand, are part of the 58. Injured: 30 and 29 Pakistani soldiers, 16 of the Taliban's own.

26–27 February 2026. Pakistani soldiers: 55 by the Taliban's defence ministry, 12 by Pakistan's military, none by a
denial that counts for nothing; the 40 at Nari, by the Taliban government, are part of the 55. Afghan forces: 36 by
Pakistan's information ministry, 8 acknowledged by the Taliban's defence ministry. The military's 274 and 400, and all
figures for civilians, those of the UN among them, are running totals. Injured: 27 and 11, each as its own side
acknowledges.
"""

import pytest

from geo.claims import Rule, total
from geo.vocabulary import About

OCTOBER, FEBRUARY = "durand-line-clashes-2025-10-11", "durand-line-offensive-2026-02-26"


@pytest.mark.parametrize(
    ("group", "rule", "killed", "injured"),
    [
        (OCTOBER, "range", "32–258 or more", "45–46"),
        (OCTOBER, "lowest", "32", "45"),
        (OCTOBER, "highest", "258 or more", "46"),
        (OCTOBER, "own-side", "32", "45"),
        (OCTOBER, "independent", "None", "None"),
        (OCTOBER, "claimant:pk-ispr", "223 or more", "29"),
        (OCTOBER, "claimant:taliban-government", "67", "46"),
        (OCTOBER, "claimant:taliban-helmand", "15", "None"),
        (FEBRUARY, "range", "20–91", "38"),
        (FEBRUARY, "lowest", "20", "38"),
        (FEBRUARY, "highest", "91", "38"),
        (FEBRUARY, "own-side", "20", "38"),
        (FEBRUARY, "independent", "None", "None"),
        (FEBRUARY, "claimant:taliban-defence-ministry", "63", "11"),
        (FEBRUARY, "claimant:taliban-government", "40", "None"),
        (FEBRUARY, "claimant:pk-ispr", "12", "27"),
        (FEBRUARY, "claimant:pk-information-ministry", "36", "None"),
        (FEBRUARY, "claimant:unama", "None", "None"),
    ],
)
def test_totals_of_a_wider_event(incidents, claimants, group, rule, killed, injured):  # noqa: PLR0913, PLR0917  # a row
    inside = [incident for incident in incidents if incident.event_group == group]
    ruled = Rule.parse(rule, claimants)
    found = {about: str(total(inside, incidents, about, ruled).toll) for about in (About.KILLED, About.INJURED)}
    assert found == {About.KILLED: killed, About.INJURED: injured}


@pytest.mark.parametrize(
    ("incident", "about", "words"),
    [
        ("2025-12-05-chaman-spin-boldak-border-clash", About.INJURED, "7–8"),
        ("2025-12-05-chaman-spin-boldak-border-clash", About.KILLED, "5–6"),
        ("2024-08-12-torkham-border-clash", About.INJURED, "6"),
    ],
    ids=["three-at-chaman-and-four-or-five-beyond", "civilians-and-a-soldier", "three-soldiers-and-three-afghans"],
)
def test_a_toll_of_both_sides_of_the_line(table, incident, about, words):
    assert str(table.own_toll(table.incident(incident), about)[0]) == words
