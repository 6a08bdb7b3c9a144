"""Versions of small stores made by hand."""

from collections.abc import Iterable

from geo.incident.record import Incident
from geo.store.incident_store import dump_incidents
from geo.versions.released import Edition, read_edition
from tests.conftest import make_group
from tests.geo.stores import REGISTER, dump_event_groups


def edition(*incidents: Incident, claimants: str = REGISTER, groups: Iterable[str] | None = None) -> Edition:
    """A version that holds incidents, with the register of the groups they name, or of those given."""
    named = {incident.event_group for incident in incidents} - {None} if groups is None else groups
    register = dump_event_groups(make_group(group) for group in sorted(named))
    return read_edition(dump_incidents(incidents).encode(), claimants.encode(), register.encode())
