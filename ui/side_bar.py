"""The bar beside every page: the filters, the rule, and what can be done with the choice."""

from streamlit.delta_generator import DeltaGenerator

from ui.filter_bar import filter_actions, filter_bar
from ui.link_check import asked_by_link, tell_ignored
from ui.resources import Resources
from ui.rule_switch import rule_switch


def side_bar(found: Resources, room: DeltaGenerator, note: DeltaGenerator) -> None:
    """Draw the bar into the room it has, and note over the page what of the link it could not take."""
    asked = asked_by_link()
    with room:
        filters = filter_bar(found)
        rule_switch(found.rules)
        filter_actions(filters)
    with note:
        tell_ignored(asked)
