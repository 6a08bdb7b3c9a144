"""The contenders: the engine, pandas and geopandas, each with the imported incidents of a folder open."""

from collections.abc import Callable, Mapping
from functools import reduce
from operator import and_
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.questions import Answers
from geo.datasets.folder import DataFolder
from geo.places.plane import BBox
from geo.selection import Filters
from geo.store.incident_store import IncidentStore
from geo.table.incident_table import IncidentTable
from geo.table.shown_datasets import imported_sources

_CODES: Final = ("category", "province_code", "location_precision")
_CELL_PX: Final = 60


class Engine:
    """The table of the dashboard."""

    def __init__(self, path: str) -> None:
        self.table = IncidentTable.of(IncidentStore().read(), imported_sources(DataFolder(path)))

    def answers(self, question: str) -> bool:
        """Tell that it answers every question."""
        return bool(question)

    def count(self, choice: Filters) -> int:
        """Count the selected imported incidents; subtracting the record's takes a moment more."""
        return self.table.count(choice) - len(self.table.curated(choice))

    def months(self, choice: Filters) -> object:
        """Count by province, month and category."""
        return self.table.province_months(choice)

    def view(self, box: tuple[BBox, int], choice: Filters | None) -> object:
        """Cluster a view into discs, single incidents and badges."""
        return self.table.clusters(choice or Filters(), box[0], box[1])


class Frame:
    """A pandas frame of the columns asked about, with codes as categories, which is the fastest it offers."""

    def __init__(self, path: str) -> None:
        self.rows = frame(Path(path), [*_CODES, "date_start", "lon", "lat"])
        self.rows["month"] = self.rows["date_start"].to_numpy().astype("datetime64[M]")

    def answers(self, question: str) -> bool:
        """Tell that it answers every question."""
        return bool(question)

    def count(self, choice: Filters) -> int:
        """Count with a mask."""
        return int(self._mask(choice).sum())

    def months(self, choice: Filters) -> object:
        """Group the rows of a mask."""
        chosen = self.rows[self._mask(choice)]
        return chosen.groupby(["province_code", "month", "category"], observed=True).size()

    def view(self, box: tuple[BBox, int], choice: Filters | None) -> object:
        """Group the rows of a mask by square of the map and category."""
        view, zoom = box
        rows = self.rows
        mask = rows["lon"].between(view.west, view.east) & rows["lat"].between(view.south, view.north)
        if choice is not None:
            mask &= self._mask(choice)
        seen = rows[mask]
        pixels = 256 * 2**zoom / 360 / _CELL_PX
        x, y = (seen["lon"] * pixels).astype("int32"), (seen["lat"] * pixels * 1.2).astype("int32")
        return seen.groupby([x.rename("x"), y.rename("y"), "category"], observed=True).size()

    def _mask(self, choice: Filters) -> Any:
        rows = self.rows
        masks = [rows["date_start"] >= np.datetime64(choice.since), rows["date_start"] <= np.datetime64(choice.until)]
        chosen = {"category": choice.category, "province_code": choice.province, "location_precision": choice.precision}
        masks += [rows[name].isin([str(code) for code in codes]) for name, codes in chosen.items() if codes]
        return reduce(and_, masks)


class Points(Frame):
    """The same as a geopandas frame."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.rows = gpd.GeoDataFrame(
            self.rows, geometry=gpd.points_from_xy(self.rows["lon"], self.rows["lat"], crs="EPSG:4326")
        )

    def answers(self, question: str) -> bool:
        """Tell that it answers questions about views only; the rest is pandas."""
        return question.endswith("view")

    def view(self, box: tuple[BBox, int], choice: Filters | None) -> object:
        """Select the rows in a box, then those of a mask."""
        view, _ = box
        rows = self.rows if choice is None else self.rows[self._mask(choice)]
        return rows.cx[view.west : view.east, view.south : view.north]


def frame(path: Path, columns: list[str]) -> pd.DataFrame:
    """Read columns of a folder's imported incidents; codes become categories, dates datetime64."""
    folder = DataFolder(path)
    files = [str(file) for dataset in folder.active() for file in folder.files(dataset)]
    schema = pa.schema([pq.read_schema(files[0]).field(name) for name in columns])
    rows = pq.ParquetDataset(files, schema=schema).read(columns=columns).to_pandas(date_as_object=False)
    return rows.astype({name: "category" for name in columns if name in _CODES})


WAYS: Final[Mapping[str, Callable[[str], Answers]]] = {"ours": Engine, "pandas": Frame, "geopandas": Points}
