"""The rule switch in the frame: under which rule every number of people in the app is made."""

from collections.abc import Sequence

import streamlit as st

from geo.claims import Rule
from ui.coded import coded_choice
from ui.plain_text import plain
from ui.state import RULE_KEY

_HELP = (
    "Whose figures count for people killed, injured and who crossed, everywhere in the app and in every file. "
    "Below the general rules stands each claimant who states figures. Resetting the filters leaves the rule."
)


def rule_switch(rules: Sequence[Rule]) -> None:
    """Draw the switch; the first rule is the one that a link without a rule means."""
    chosen = coded_choice("Rule for people", {rule.code: rule.title for rule in rules}, RULE_KEY, help=_HELP)
    st.caption(plain(next(rule.heard for rule in rules if rule.code == chosen)))
