"""A wider event day by day: its incidents under the day they began."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any, Final

from geo.claims import Rule
from geo.describe import deaths, how_known, when, where
from geo.incident import Incident
from geo.vocabulary import DatePrecision
from geo.wording import day_words
from ui.card import row
from ui.panel import panel
from ui.state import ask_for_map

_KEY: Final = "event-days"


def days_panel(incidents: Sequence[Incident], rule: Rule) -> None:
    """Draw the incidents, oldest first, under the day they began; deaths by a rule."""
    panel(
        "event_days.html",
        key=_KEY,
        on_choose=ask_for_map,
        days=[
            (day_words(day), [_entry(incident, rule) for incident in began])
            for day, began in groupby(incidents, key=lambda incident: incident.date_start)
        ],
        rule=rule.name,
        rule_sentence=rule.sentence,
    )


def _entry(incident: Incident, rule: Rule) -> dict[str, Any]:
    one_day = incident.date_end == incident.date_start and incident.date_precision is DatePrecision.DAY
    return {
        **row(incident),
        "lasting": None if one_day else when(incident),
        "where": where(incident),
        "how_known": how_known(incident),
        "summary": incident.summary,
        "deaths": deaths(incident, rule),
    }
