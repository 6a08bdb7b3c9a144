"""Timings of panning and filtering a map, ours or a peer's."""

from dataclasses import dataclass, field
from typing import Final

STEPS: Final = 20
YEARS: Final = ("2025", "2024", "2023", "2022", "2021", "2020", "2019", "2018", "2017", "2026")
WAYS: Final = ((380, 0), (0, 240), (-380, 0), (0, -240), (300, 200), (-300, -200))
"""Pans in pixels, which cycle so that the map stays where incidents are."""


@dataclass(slots=True)
class MapTimings:
    """Timings of one contender at one size; `said` is why it stopped early, if it did."""

    first: float | None = None
    pans: list[float] = field(default_factory=list)
    filters: list[float] = field(default_factory=list)
    pan_kb: list[float] = field(default_factory=list)
    filter_kb: list[float] = field(default_factory=list)
    memory_gb: float | None = None
    said: str = ""
