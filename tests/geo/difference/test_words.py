"""A difference as sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.difference import compare
from geo.difference.marking import marked_words
from geo.difference.model import FieldChange
from geo.difference.values import field_words
from geo.difference.words import caveats, change_lines, register_lines, summary_words
from tests.conftest import make_claim, make_incident, make_source
from tests.geo.difference.editions import edition


def lines(before, after) -> list[str]:
    (change,) = compare(edition(before), edition(after)).changed
    return change_lines(change)


def with_claims(*claims):
    return make_incident(claims=claims)


PART = make_claim(value=17, by="pk-ispr", of="militants")
PARTIAL = make_claim(value=17, by="pk-ispr", of="militants", scope="cumulative", note="part of the 71")
WHOLE = make_claim(value=71, by="pk-ispr", of="militants")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        pytest.param(
            with_claims(PART, WHOLE),
            with_claims(PARTIAL, WHOLE),
            [
                (
                    "killed 17–71 → 71, because scope of claim 1 (pk-ispr asserts 17 militants killed, running total) "
                    "incident → cumulative"
                ),
                "claim 1 (pk-ispr asserts 17 militants killed, running total): note none → “part of the 71”",
            ],
            id="scope",
        ),
        pytest.param(
            with_claims(WHOLE),
            with_claims(WHOLE, make_claim(value=80, by="dawn")),
            ["killed 71 → 71–80, because claim 2 added (dawn asserts 80 civilians killed)"],
            id="claim-added",
        ),
        pytest.param(
            with_claims(WHOLE, make_claim(value=80, by="dawn")),
            with_claims(WHOLE),
            ["killed 71–80 → 71, because claim removed (dawn asserts 80 civilians killed)"],
            id="claim-removed",
        ),
        pytest.param(
            with_claims(PART),
            with_claims(make_claim(value=17, by="pk-ispr", of="militants", scope="group")),
            [
                (
                    "killed 17 → 17 (whole event), because scope of claim 1 (pk-ispr asserts 17 militants killed, "
                    "whole event) incident → group"
                )
            ],
            id="whole-event",
        ),
        pytest.param(
            with_claims(PART),
            with_claims(make_claim(value=1037, by="pk-ispr", of="militants")),
            ["killed 17 → 1,037, because value of claim 1 (pk-ispr asserts 1,037 militants killed) 17 → 1,037"],
            id="value",
        ),
        pytest.param(
            with_claims(PART),
            with_claims(make_claim(value=17, by="pk-ispr", of="militants", stance="denies")),
            ["killed 17 → no figure, because stance of claim 1 (pk-ispr denies 17 militants killed) asserts → denies"],
            id="denied",
        ),
        pytest.param(
            with_claims(PART),
            with_claims(make_claim(value=17, by="pk-ispr", of="militants", stance="acknowledges")),
            ["claim 1 (pk-ispr acknowledges 17 militants killed): stance asserts → acknowledges"],
            id="no-toll-moves",
        ),
        pytest.param(
            make_incident(),
            make_incident(status="confirmed", date_end="2025-01-02"),
            ["date end 1 January 2025 → 2 January 2025", "status reported → confirmed"],
            id="fields",
        ),
        pytest.param(
            make_incident(),
            make_incident(sources=[make_source(kind="aggregator_or_mirror")]),
            ["source 1 (Dawn): kind outlet → aggregator or mirror"],
            id="source",
        ),
        pytest.param(
            make_incident(),
            make_incident(sources=[make_source(), make_source(url="https://x.org/1", published="2025-01-02")]),
            ["source 2 added (Dawn, 2 January 2025)"],
            id="source-added",
        ),
    ],
)
def test_says_what_changed_and_why(before, after, said) -> None:
    assert lines(before, after) == said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (FieldChange(field="aliases", old=["a", "b"], new=["b", "c"]), "aliases without “a”, with “c”"),
        (FieldChange(field="aliases", old=["a", "b"], new=["b", "a"]), "aliases in another order"),
        (FieldChange(field="movement.to.place", old="A", new=None), "movement, to, place “A” → none"),
        (FieldChange(field="uncertainty_km", old=1.0, new=2.5), "uncertainty km 1 → 2.5"),
        (FieldChange(field="independent", old=False, new=True), "independent no → yes"),
        (FieldChange(field="by_text", old=None, new="He"), "speaker as quoted none → “He”"),
        (
            FieldChange(field="movement", old=None, new={"kind": "troops", "from": {"place": "A", "lon": None}}),
            "movement none → (kind troops, from (place “A”))",
        ),
    ],
    ids=lambda value: value.field if isinstance(value, FieldChange) else "",
)
def test_writes_values_as_people_do(change, said) -> None:
    assert field_words(change) == said


def test_fields_told_elsewhere_are_left_out() -> None:
    found = compare(edition(make_incident()), edition(make_incident(title="Another", status="confirmed")))
    assert change_lines(found.changed[0], without=["title"]) == ["status reported → confirmed"]


def test_a_summary_counts_what_there_is() -> None:
    found = compare(edition(groups=["a"]), edition(make_incident(), groups=["a", "b", "c"]))
    assert summary_words(found) == "1 incident added, 2 wider events added."
    assert register_lines(found.event_groups)[0] == "added: Firing at Chaman, March 2025 (b)"


def test_nothing_is_said_to_be_nothing() -> None:
    found = compare(edition(make_incident()), edition(make_incident()))
    assert (summary_words(found), caveats(found)) == ("Nothing differs.", [])


@given(st.text(max_size=80), st.text(max_size=80))
def test_marked_words_hold_both_texts_whole(old, new) -> None:
    pieces = marked_words(old, new)
    assert "".join(text for what, text in pieces if what != "added") == old
    assert "".join(text for what, text in pieces if what != "removed") == new
