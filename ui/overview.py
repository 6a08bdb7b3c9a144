"""What stands beside the map while no incident is open: the choice in numbers, and its latest incidents."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from geo.incident import Incident
from geo.table import IncidentTable
from geo.vocabulary import About, Category, Status
from ui.card import choose_or_close, row
from ui.panel import panel, symbol

_LATEST: Final = 8


def overview(incidents: Sequence[Incident], table: IncidentTable) -> None:
    """Draw the numbers of the chosen incidents and the latest of them."""
    by_category = Counter(incident.category for incident in incidents)
    by_status = Counter(incident.status for incident in incidents)
    tolls = {about.value: table.total(incidents, about) for about in (About.KILLED, About.INJURED)}
    panel(
        "overview.html",
        key="overview",
        on_choose=choose_or_close,
        categories=[(symbol(c, Status.REPORTED), c.value, by_category[c]) for c in Category],
        statuses=[(s.value, by_status[s], s.words) for s in Status],
        tolls=[(about, found.toll) for about, found in tolls.items()],
        about_tolls="Killed and injured",
        split=len({group for found in tolls.values() for group in found.split_groups}),
        rule=table.rule.name,
        rule_sentence=table.rule.sentence,
        latest=[row(i) for i in sorted(incidents, key=lambda i: (i.date_start, i.id), reverse=True)[:_LATEST]],
    )
