"""What a map of provinces can show of `by_province`: which column, in which unit."""

from enum import StrEnum
from typing import Final

import pandas as pd

DENSITY_KM2: Final = 10_000
STRETCH_KM: Final = 100


class Measure(StrEnum):
    """A number of each province."""

    INCIDENTS = "incidents"
    DENSITY = "density"
    BORDER = "border"
    DISPUTED = "disputed"
    DEATHS_HIGHEST = "deaths-highest"
    DEATHS_LOWEST = "deaths-lowest"
    INJURED = "injured"
    CROSSED = "crossed"
    RATIO = "dispute-ratio"

    @property
    def label(self) -> str:
        """Name the measure as a title does."""
        return _LABELS[self][0]

    @property
    def column(self) -> str:
        """Name its column in `by_province`."""
        return _LABELS[self][1]

    @property
    def decimals(self) -> int:
        """How many decimals are written, and classed by."""
        return 2 if self in (Measure.DENSITY, Measure.BORDER) else int(self is Measure.RATIO)

    @property
    def counts_people(self) -> bool:
        """Tell whether it is a number of people, which stands under the table's rule."""
        return self in _PEOPLE

    @property
    def is_raw_count(self) -> bool:
        """Tell whether big provinces look heavier by their size alone."""
        return self is Measure.INCIDENTS or self.counts_people

    def of(self, provinces: pd.DataFrame) -> pd.Series:
        """Return the measure as it is written: rounded, shares in per cent; missing without incidents or a figure."""
        values = provinces[self.column].astype(float)
        shown = values * 100 if self is Measure.DISPUTED else values
        return shown.where(provinces["incidents"] > 0).round(self.decimals)

    def write(self, value: float) -> str:
        """Write a value, in per cent where it is a share.

        >>> Measure.DENSITY.write(1234.5), Measure.DISPUTED.write(50.0), Measure.CROSSED.write(1037.0)
        ('1,234.50', '50 %', '1,037')
        """
        number = f"{value:,.{self.decimals}f}"
        return f"{number} %" if self is Measure.DISPUTED else number


_PEOPLE: Final = (Measure.DEATHS_HIGHEST, Measure.DEATHS_LOWEST, Measure.INJURED, Measure.CROSSED)
_LABELS: Final = {
    Measure.INCIDENTS: ("Incidents", "incidents"),
    Measure.DENSITY: ("Incidents per 10,000 km²", "per_10000_km2"),
    Measure.BORDER: ("Incidents per 100 km of border", "per_100_km_border"),
    Measure.DISPUTED: ("Share of incidents disputed", "disputed_share"),
    Measure.DEATHS_HIGHEST: ("Deaths, upper figure", "killed_high"),
    Measure.DEATHS_LOWEST: ("Deaths, lower figure", "killed_low"),
    Measure.INJURED: ("Injured, upper figure", "injured_high"),
    Measure.RATIO: ("Deaths, highest over lowest claim", "killed_ratio"),
    Measure.CROSSED: ("People who crossed, upper figure", "crossed_high"),
}
