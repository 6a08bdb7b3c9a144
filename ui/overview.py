"""What stands beside the map while no incident is open: the choice in numbers, and its latest incidents."""

from collections.abc import Mapping
from typing import Any, Final

from geo.claims import Total
from geo.filters import Filters
from geo.table import tally
from geo.table_rows import CURATED
from geo.vocabulary import About, Category, Status, to_show
from ui.card import choose_or_close, row
from ui.panel import panel, symbol
from ui.resources import Resources

_LATEST: Final = 8


def overview(filters: Filters, found: Resources, *, where: str = "on the map") -> None:
    """Draw the numbers of the chosen incidents and the latest of them; people by dataset, never added up over them."""
    table = found.table
    facets = table.facets(filters)
    by_category, by_status = tally(facets, "category"), tally(facets, "status")
    tolls = {about: table.totals(filters, about) for about in (About.KILLED, About.INJURED)}
    panel(
        "overview.html",
        key="overview",
        where=where,
        on_choose=choose_or_close,
        categories=[(symbol(c, Status.REPORTED), c.value, by_category[c]) for c in to_show(Category, by_category)],
        statuses=[(s.value, by_status[s], s.words) for s in to_show(Status, by_status)],
        tolls=[line for about, totals in tolls.items() for line in _tolls(about, totals, found)],
        about_tolls="Killed and injured",
        split=len({group for totals in tolls.values() for total in totals.values() for group in total.split_groups}),
        apart=sum(total.toll is not None for total in tolls[About.KILLED].values()) > 1,
        rule=table.rule.name,
        rule_sentence=table.rule.sentence,
        latest=[row(incident) for incident in table.newest(filters, limit=_LATEST)],
    )


def _tolls(about: About, totals: Mapping[str, Total], found: Resources) -> list[tuple[str, Any]]:
    """Return a line for each dataset, one without a name where nothing but the record is shown."""
    if not found.datasets:
        return [(about.value, totals[CURATED].toll if CURATED in totals else None)]
    names = {dataset.id: dataset.title for dataset in found.datasets}
    return [(f"{about.value}, {names.get(name, 'the record')}", total.toll) for name, total in totals.items()]
