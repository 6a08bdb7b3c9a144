"""What stands beside the tolls of a panel: claims for whole event clusters, single figures of flows, what differs."""

from collections.abc import Mapping
from typing import Any

from geo.casualties.totals import Total
from geo.incident.vocabulary import About
from geo.table.incident_table import IncidentTable
from geo.text.casualty_sentences import cluster_parts, differing_words, flow_claim, without_figure_words


def beside_tolls(
    totals: Mapping[About, Total], table: IncidentTable, *, incidents: int | None = None
) -> dict[str, Any]:
    """Return what the macro `beside_tolls` shows of the record's totals; `incidents` says of how many they are."""
    notes = [differing_words(total, about) for about, total in totals.items()]
    if incidents:
        of_losses = [(total, about) for about, total in totals.items() if about is not About.CROSSED]
        notes += [without_figure_words(total, about, incidents) for total, about in of_losses]
    return {
        "notes": [note for note in notes if note],
        "clusters": [
            cluster_parts(found, about, claimants=table.claimants, clusters=table.event_groups)
            for about, total in totals.items()
            for found in total.clusters
        ],
        "flows": [
            flow_claim(said, table.claimants, names=table.names) for total in totals.values() for said in total.flows
        ],
    }
