"""Rows of others' files made into incidents: `make_plan` once per file, `map_block` once per block.

Every row is kept as it is, kept and repaired, or rejected with a reason. `docs/imports.md` publishes the rules.
"""

from geo.imports.mapping.block import map_block
from geo.imports.mapping.guess import PLAIN_FIELDS, guess_columns
from geo.imports.mapping.mapped import REJECTED_SCHEMA, Mapped, Sums
from geo.imports.mapping.plan import Plan, make_plan
from geo.imports.mapping.repair import Repair

__all__ = [
    "PLAIN_FIELDS",
    "REJECTED_SCHEMA",
    "Mapped",
    "Plan",
    "Repair",
    "Sums",
    "guess_columns",
    "make_plan",
    "map_block",
]
