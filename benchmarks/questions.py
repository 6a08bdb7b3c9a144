"""Questions to the engine and its peers: seeded selections and views, all different, so that no answer is cached."""

from datetime import date, timedelta
from typing import Final, Protocol

import numpy as np

from geo.incident.vocabulary import Category, LocationPrecision
from geo.places.boundaries import boundaries
from geo.places.plane import BBox
from geo.selection import Filters

NUMBER: Final = 20
WIDE_PX, TALL_PX = 960, 560
"""Size of the map on a page 1,440 pixels wide."""
_FIRST: Final = date(2017, 1, 1)
_DAYS: Final = 3500


class Answers(Protocol):
    """A contender that holds the imported incidents and answers questions about them."""

    def answers(self, question: str) -> bool:
        """Tell whether it answers count, months, view or filtered_view."""

    def count(self, choice: Filters) -> int:
        """Count the incidents of a selection."""

    def months(self, choice: Filters) -> object:
        """Count the incidents of a selection by province, month and category."""

    def view(self, box: tuple[BBox, int], choice: Filters | None) -> object:
        """Return what a view shows at a zoom level, for a selection if given."""


def choices() -> list[Filters]:
    """Return NUMBER selections after one for warm-up: a period, and in turn other filters that users choose."""
    random = np.random.default_rng(7)
    provinces = [str(code) for code in boundaries().provinces.index]
    found = []
    for number in range(NUMBER + 1):
        since = _FIRST + timedelta(days=int(random.integers(0, _DAYS - 900)))
        more = (
            {"category": (list(Category)[number % 3],)},
            {"province": tuple(random.choice(provinces, 3, replace=False).tolist())},
            {"precision": (LocationPrecision.NEAR,)},
            {"category": (Category.CLASH, Category.STRIKE), "province": (provinces[number],)},
        )[number % 4]
        found.append(Filters(since=since, until=since + timedelta(days=int(random.integers(30, 900))), **more))
    return found


def views() -> list[tuple[BBox, int]]:
    """Return NUMBER views along the borders with their zoom levels, from the whole region down to a valley."""
    random = np.random.default_rng(8)
    line = boundaries().borders["durand_line"]
    found = []
    for number in range(NUMBER):
        zoom = 5 + number % 8
        (lon, lat), *_ = line.point_at(random.uniform(0, line.length_km, 1))
        wide = 360 * WIDE_PX / 256 / 2**zoom
        tall = wide * TALL_PX / WIDE_PX * np.cos(np.radians(lat))
        found.append((BBox(lon - wide / 2, lat - tall / 2, lon + wide / 2, lat + tall / 2), zoom))
    return found
