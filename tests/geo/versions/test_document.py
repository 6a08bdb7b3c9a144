"""A difference as a file: text, Markdown, JSON."""

import json
import re

import pytest

from geo.versions.comparing import compare, to_json, to_markdown, to_text
from geo.versions.released import Difference
from tests.conftest import make_claim, make_incident
from tests.geo.versions.editions import edition

HOSTILE = "<img src=x onerror=alert(1)> *a* [b](c) `d` | # $e$"
FOUND = compare(
    edition(make_incident()),
    edition(make_incident(title=HOSTILE, claims=[make_claim(value=9, note=HOSTILE)]), make_incident("new-one")),
)


@pytest.mark.parametrize("write", [to_text, to_markdown])
def test_holds_every_part_and_names_the_rule(write) -> None:
    text = write(FOUND)
    heads = ("1 incident added, 1 incident changed", "Effect on the totals", "Incidents added")
    for said in (*heads, "killed 4 → 9, because"):
        assert said in text
    assert "Casualty counting rule: lowest–highest claim. Lowest to highest" in text


def test_markdown_keeps_text_as_text() -> None:
    text = to_markdown(FOUND)
    assert not re.search(r"(?<!\\)[<>*`|\[\]$]", text)
    assert not re.search(r"^(?!#{2,3} )#", text, re.MULTILINE)


def test_json_is_the_difference_itself() -> None:
    assert Difference.model_validate(json.loads(to_json(FOUND))) == FOUND
