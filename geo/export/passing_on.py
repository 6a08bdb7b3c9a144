"""What of a selection is given to whoever asks: single incidents of some publishers may not be passed on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from geo.language.formatting import list_words
from geo.language.messages import say
from geo.selection.filters import Filters
from geo.table.incident_rows import CURATED
from geo.table.incident_table import IncidentTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """Single incidents of a selection that are not given out, by the id of their dataset; at least one."""

    incidents: Mapping[str, int]
    titles: Mapping[str, str]

    @property
    def words(self) -> str:
        """Say how many there are, from which datasets, and why they are left out."""
        named = list_words([self.titles[dataset] for dataset in self.incidents])
        count = {"incidents": sum(self.incidents.values()), "titles": len(self.incidents)}
        return say("withheld", **count, datasets=named)

    def as_dict(self) -> dict[str, Any]:
        """Return what a manifest says of them."""
        datasets = [{"id": name, "title": self.titles[name], "incidents": n} for name, n in self.incidents.items()]
        return {"datasets": datasets, "in_words": self.words}


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOn:
    """The part of a selection whose single incidents may be passed on."""

    filters: Filters
    table: IncidentTable
    withheld: Withheld | None
    """None where it is the whole selection."""


def passed_on(filters: Filters, table: IncidentTable) -> PassedOn:
    """Return what of a selection may be passed on, and what is withheld."""
    meant = [source for source in table.datasets if not filters.dataset or source.id in filters.dataset]
    counts = {
        source.id: table.count(replace(filters, dataset=(source.id,))) for source in meant if not source.passed_on
    }
    incidents = {dataset: count for dataset, count in counts.items() if count}
    if not incidents:
        return PassedOn(filters=filters, table=table, withheld=None)
    withheld = Withheld(incidents=incidents, titles={dataset: table.titles[dataset] for dataset in incidents})
    asked = filters.dataset or (CURATED, *(source.id for source in table.datasets))
    left = tuple(dataset for dataset in asked if dataset not in counts)
    if not left:  # an empty filter would mean everything, and the record has none of these datasets
        return PassedOn(filters=filters, table=table.alone(), withheld=withheld)
    return PassedOn(filters=replace(filters, dataset=left), table=table, withheld=withheld)


def may_be_shown(incident_dataset: str, table: IncidentTable) -> bool:
    """Tell whether single incidents of a dataset may be passed on; the record's own may."""
    return incident_dataset == CURATED or any(
        source.passed_on for source in table.datasets if source.id == incident_dataset
    )
