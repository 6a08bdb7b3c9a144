"""A selection of incidents in words, as it stands under a title, in a citation and in a file."""

from geo.incident.record import event_names
from geo.places.boundaries import Boundaries
from geo.selection.filter_field import Known, Names
from geo.selection.filters import Filters, phrase
from geo.table.incident_table import IncidentTable


def choice_words(filters: Filters, table: IncidentTable, layers: Boundaries) -> str:
    """Say a choice of a table's incidents as a phrase that can stand under a title."""
    return phrase(filters, names_of(table, layers))


def names_of(table: IncidentTable, layers: Boundaries) -> Names:
    """Return what provinces, event clusters and datasets are called."""
    return {
        Known.PROVINCES: layers.provinces["province"].to_dict(),
        Known.EVENTS: event_names(table.event_groups),
        Known.DATASETS: table.titles,
    }
