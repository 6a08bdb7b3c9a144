"""What classes are made from when they are to stay the same while the year changes."""

import pandas as pd

from geo.aggregate.by_province import by_province
from geo.aggregate.measure import Measure
from geo.boundaries import Boundaries
from geo.filters import Filters
from geo.table import IncidentTable

_TIME = ("year", "since", "until")


def yearly_values(filters: Filters, table: IncidentTable, layers: Boundaries, measure: Measure) -> pd.Series:
    """Return a measure of each province in each single year, whatever years the choice is restricted to; not missing.

    Index levels are year and province_code. The other filters hold.
    """
    anytime = filters.without(*_TIME)
    years = sorted(set(pd.DatetimeIndex(table.months(anytime)["month"]).year))
    each = {
        year: measure.of(by_province(Filters.from_query(anytime.to_query() | {"year": [str(year)]}), table, layers))
        for year in years
    }
    values = pd.concat(each, names=["year", "province_code"]) if each else pd.Series(dtype=float)
    return values.dropna()
