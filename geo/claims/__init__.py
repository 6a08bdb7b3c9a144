"""Totals from rival claims under a rule, the claims side by side, and how far they are apart."""

from geo.claims.matrix import MATRIX_ABOUT, Cell, Column, Matrix, Row, Said, column_of, matrix
from geo.claims.ratio import dispute_ratio, ratio_words
from geo.claims.rule import HIGHEST, LOWEST, RANGE, Rule, RuleKind, rules
from geo.claims.toll import Toll
from geo.claims.total import Total, own_toll, toll, total

__all__ = [
    "HIGHEST",
    "LOWEST",
    "MATRIX_ABOUT",
    "RANGE",
    "Cell",
    "Column",
    "Matrix",
    "Row",
    "Rule",
    "RuleKind",
    "Said",
    "Toll",
    "Total",
    "column_of",
    "dispute_ratio",
    "matrix",
    "own_toll",
    "ratio_words",
    "rules",
    "toll",
    "total",
]
