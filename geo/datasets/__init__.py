"""Imported datasets: what stands in a row of them, the folder they are kept in, and links between their reports."""

from geo.datasets.dataset import Dataset, Deaths
from geo.datasets.folder import DataFolder

__all__ = ["DataFolder", "Dataset", "Deaths"]
