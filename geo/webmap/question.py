"""What the map's script asks about many incidents: the view, and which group of it is to be listed."""

import math
from dataclasses import dataclass
from typing import Any, Final, Self

from geo.viewport import BBox

_MOST_ZOOM: Final = 22.0
_LEAST_DEG: Final = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question with its number; the answer carries the number back, so that an older answer is not drawn."""

    number: int
    view: BBox
    zoom: float
    """As Leaflet has it: a world of 256 · 2ᶻ pixels."""
    listed: str | None = None
    """The key of a disc or a badge whose incidents are wanted one by one."""

    @property
    def level(self) -> int:
        """Return the whole zoom level for which incidents are put together: between two, discs are far enough apart."""
        return math.floor(self.zoom)

    @classmethod
    def read(cls, told: Any) -> Self | None:
        """Read what came from the browser; None where it makes no sense, as before the map has drawn."""
        try:
            zoom = float(told["zoom"])
            if math.isnan(zoom):
                return None
            return cls(
                number=int(told["n"]),
                view=_box(told["view"]),
                zoom=min(max(zoom, 0.0), _MOST_ZOOM),
                listed=str(told["list"]) if told.get("list") else None,
            )
        except (AttributeError, KeyError, TypeError, ValueError, OverflowError):
            return None


def _box(edges: Any) -> BBox:
    """Read west, south, east, north; a map that shows more than the world shows the world, a point is a small box."""
    west, south, east, north = (float(edge) for edge in edges)
    if not all(math.isfinite(edge) for edge in (west, south, east, north)):
        raise ValueError(f"{edges} is no view")
    west, south = max(-180.0, min(west, 180 - _LEAST_DEG)), max(-90.0, min(south, 90 - _LEAST_DEG))
    return BBox(west, south, min(180.0, max(east, west + _LEAST_DEG)), min(90.0, max(north, south + _LEAST_DEG)))
