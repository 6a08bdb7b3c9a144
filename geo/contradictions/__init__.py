"""Who says what about the same thing, and where two claimants contradict each other."""

from geo.contradictions.camps import between_camps, camp
from geo.contradictions.gaps import Gap, GapOrder, widest_gaps
from geo.contradictions.pairs import Contradiction, Pair, Way, contradictions, pairs
from geo.contradictions.speakers import by_claimant, side_words
from geo.contradictions.statements import Matter, Statement, matters

__all__ = [
    "Contradiction",
    "Gap",
    "GapOrder",
    "Matter",
    "Pair",
    "Statement",
    "Way",
    "between_camps",
    "by_claimant",
    "camp",
    "contradictions",
    "matters",
    "pairs",
    "side_words",
    "widest_gaps",
]
