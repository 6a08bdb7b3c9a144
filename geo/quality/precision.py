"""How well the place and the day of incidents are known, together."""

from collections import Counter
from collections.abc import Iterable

import pandas as pd

from geo.incident import Incident
from geo.vocabulary import DatePrecision, LocationPrecision, to_show


def precision_mix(incidents: Iterable[Incident]) -> pd.DataFrame:
    """Count incidents by how well the place (rows) and the day (columns) are known.

    All codes of both vocabularies stand in it, in their order, whether there are incidents or not; those that imported
    datasets alone use only where there are.
    """
    counts = Counter((incident.location_precision, incident.date_precision) for incident in incidents)
    days = to_show(DatePrecision, {day for _, day in counts})
    return pd.DataFrame(
        [[counts[place, day] for day in days] for place in LocationPrecision],
        index=pd.Index([place.value for place in LocationPrecision], name="location_precision"),
        columns=pd.Index([day.value for day in days], name="date_precision"),
        dtype=int,
    )
