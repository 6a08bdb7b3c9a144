"""What changed between two versions of the store: incidents, claims, sources, registers, and the totals they make."""

from geo.difference.comparing import compare
from geo.difference.edition import Edition, read_edition
from geo.difference.model import Difference

__all__ = ["Difference", "Edition", "compare", "read_edition"]
