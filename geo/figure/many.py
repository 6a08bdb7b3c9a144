"""More incidents than a sheet can show one by one, as discs and badges by where they are on it."""

from typing import Final

import numpy as np
import pandas as pd

from geo.figure.frame import Frame, to_plane
from geo.figure.grouping import placed_apart
from geo.figure.mark_size import MM_PER_PX, sized
from geo.figure.placed_mark import PlacedMark
from geo.vocabulary import Category, LocationPrecision

_CELL_MM: Final = 8.0
"""What lies in one square of the sheet, on A4, is put together at once."""
_AS_POINT: Final = [LocationPrecision.EXACT.value, LocationPrecision.NEAR.value]


def place_many(spots: pd.DataFrame, frame: Frame, scale: float) -> tuple[PlacedMark, ...]:
    """Put counts by place, as `IncidentTable.spots` returns them, on the sheet; what lies off the map is left out."""
    inside = spots[frame.holds_each(spots["lon"].to_numpy(), spots["lat"].to_numpy())]
    x, y = frame.placed_m(to_plane(inside[["lon", "lat"]].to_numpy(float))).T
    cell = _CELL_MM * scale
    weighted = inside.assign(
        x=x * inside["incidents"],
        y=y * inside["incidents"],
        column=np.floor(x / cell),
        line=np.floor(y / cell),
        of_area=~inside["location_precision"].isin(_AS_POINT),
    )
    marks = [
        _mark(found, MM_PER_PX * scale, of_area=bool(of_area))
        for (of_area, _, _), found in weighted.groupby(["of_area", "column", "line"])
    ]
    points, areas = ([mark for mark in marks if mark.of_area is area] for area in (False, True))
    return placed_apart(points, areas, frame, scale)


def _mark(found: pd.DataFrame, px: float, *, of_area: bool) -> PlacedMark:
    together = found.groupby("category")["incidents"].sum()
    number = found["incidents"].sum()
    x, y = float(found["x"].sum() / number), float(found["y"].sum() / number)
    disputed = int(found["disputed"].sum())
    grouped = tuple((category, int(together[category])) for category in Category if category in together)
    return sized(PlacedMark(x=x, y=y, radius=0.0, at=(x, y), grouped=grouped, of_area=of_area, in_dispute=disputed), px)
