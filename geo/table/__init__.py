"""The incidents as one table: the record's own and those of imported datasets, asked alike by every page.

The record is small and its rival claims need care, so it stays in Python beside a table of its rows. Imported incidents
may be millions: they are counted, drawn and added up by SQL, and become records only where few are chosen.
"""

from geo.errors import TooManyError
from geo.table.answers import Sort, TollsBy
from geo.table.chosen import MANY
from geo.table.clusters import Badge, Cell, Clusters, Killed, Single
from geo.table.counted import tally
from geo.table.heap import SINGLE_PX, disc_px
from geo.table.incident_table import IncidentTable
from geo.table.record import Placed
from geo.table.source import ImportedSource, Links

__all__ = [
    "MANY",
    "SINGLE_PX",
    "Badge",
    "Cell",
    "Clusters",
    "ImportedSource",
    "IncidentTable",
    "Killed",
    "Links",
    "Placed",
    "Single",
    "Sort",
    "TollsBy",
    "TooManyError",
    "disc_px",
    "tally",
]
