"""How far the chosen incidents can be trusted: how well place and time are known, on whose word, in which sources."""

from geo.quality.coverage import Coverage, MonthState, ThinPeriod, coverage, month_states
from geo.quality.delay import Delays, delays, first_report
from geo.quality.excluded import Excluded, excluded
from geo.quality.precision import precision_mix
from geo.quality.sources import Outlet, only_weak, outlet_name, outlets, sources_per_incident
from geo.quality.voices import Voices, lone_sides, voice_mix, voices

__all__ = [
    "Coverage",
    "Delays",
    "Excluded",
    "MonthState",
    "Outlet",
    "ThinPeriod",
    "Voices",
    "coverage",
    "delays",
    "excluded",
    "first_report",
    "lone_sides",
    "month_states",
    "only_weak",
    "outlet_name",
    "outlets",
    "precision_mix",
    "sources_per_incident",
    "voice_mix",
    "voices",
]
