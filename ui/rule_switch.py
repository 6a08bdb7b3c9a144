"""The rule switch in the frame: under which rule every number of people in the app is made."""

from collections.abc import Sequence

import streamlit as st

from geo.claims import Rule
from ui.plain_text import plain
from ui.state import RULE_KEY, pull_one, push_one

_HELP = (
    "Whose figures count for people killed, injured and who crossed, everywhere in the app and in every file. "
    "Below the general rules stands each claimant who states figures. Resetting the filters leaves the rule."
)


def rule_switch(rules: Sequence[Rule]) -> None:
    """Draw the switch; the first rule is the one that a link without a rule means."""
    by_code = {rule.code: rule for rule in rules}
    codes = list(by_code)
    pull_one(RULE_KEY, codes)
    chosen = st.selectbox(
        "Rule for people",
        codes,
        format_func=lambda code: by_code[code].title,
        key=RULE_KEY,
        on_change=push_one,
        args=(RULE_KEY, codes[0]),
        help=_HELP,
    )
    st.caption(plain(by_code[chosen].heard))
