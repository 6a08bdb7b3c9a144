"""What a map of many incidents shows of a view: discs with counts, single incidents, badges for coarse places."""

from dataclasses import dataclass
from datetime import date

from geo.table.mercator import Ends
from geo.viewport import BBox
from geo.vocabulary import Category, DatePrecision, LocationPrecision, Status, Subtype

Counts = tuple[tuple[Category, int], ...]
"""How many of each category, in the vocabulary's order; only what is not zero."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Killed:
    """People killed by one dataset's word, under the table's rule; those of two datasets are never added."""

    dataset: str
    low: int
    high: int
    or_more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Incidents too near each other to be drawn one by one: a disc."""

    key: str
    """The same for the same ground and zoom, wherever the view is."""
    lon: float
    lat: float
    """Degrees, WGS84: where the disc goes, so that no two cover each other."""
    count: int
    counts: Counts
    killed: tuple[Killed, ...]
    bounds: BBox | None
    """What to zoom to; None where all are at one spot and zooming opens nothing."""
    ends: Ends
    """Of their places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Single:
    """One incident whose place is known exactly or nearly, alone on its ground."""

    id: str
    dataset: str
    category: Category
    subtype: Subtype
    status: Status
    date_start: date
    date_precision: DatePrecision
    place: str
    location_precision: LocationPrecision
    lon: float
    lat: float
    uncertainty_km: float
    killed: Killed | None
    """None where nobody whom the rule hears gives a figure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """Incidents known to a province, a district or a stretch of the border only; never a dot."""

    key: str
    kind: LocationPrecision
    name: str
    lon: float
    lat: float
    count: int
    counts: Counts
    disputed: int
    """How many of them; of the record's own only, for an imported row is one publisher's word."""
    killed: tuple[Killed, ...]
    ends: Ends
    """Of the places that they are reported at."""
    province_code: str | None = None
    """For a province: its ISO 3166-2 code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clusters:
    """All that is drawn of a choice on the ground around a view, in a stable order."""

    covers: BBox
    """The ground: whole tiles, so that a little panning shows nothing else."""
    cells: tuple[Cell, ...]
    singles: tuple[Single, ...]
    badges: tuple[Badge, ...]

    @property
    def drawn(self) -> int:
        """How many incidents they stand for."""
        return sum(c.count for c in self.cells) + sum(b.count for b in self.badges) + len(self.singles)
