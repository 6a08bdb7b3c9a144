"""Incidents added up by province and by period, and numbers put into classes for a map."""

from geo.aggregate.by_period import Period, by_period, by_quarter, pivot
from geo.aggregate.by_province import border_km, border_parts, by_province, without_province
from geo.aggregate.classify import Classes, classify
from geo.aggregate.crossing_points import crossing_points_of
from geo.aggregate.measure import Measure
from geo.aggregate.pooled import yearly_values
from geo.aggregate.scheme import Scheme, parse_limits
from geo.aggregate.tolls import TOLLS, finite, side_by_side, toll_row, toll_words, tolls_beside, tolls_by

__all__ = [
    "TOLLS",
    "Classes",
    "Measure",
    "Period",
    "Scheme",
    "border_km",
    "border_parts",
    "by_period",
    "by_province",
    "by_quarter",
    "classify",
    "crossing_points_of",
    "finite",
    "parse_limits",
    "pivot",
    "side_by_side",
    "toll_row",
    "toll_words",
    "tolls_beside",
    "tolls_by",
    "without_province",
    "yearly_values",
]
