"""What tests of the card share: the values of every card, which take seconds to find."""

from collections.abc import Mapping
from typing import Any

import pytest

from geo.table.incident_table import IncidentTable
from ui.parts.card import card_values


@pytest.fixture(scope="session")
def cards(table: IncidentTable) -> Mapping[str, Mapping[str, Any]]:
    """What the card of each shipped incident shows, by its id."""
    return {incident.id: card_values(incident, table) for incident in table.incidents}
