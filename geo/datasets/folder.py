"""The folder of imported datasets, outside the project: which there are, which are shown, and where their parts lie.

    <folder>/<dataset id>/dataset.json                    what stands; names its release; replaced whole
    <folder>/<dataset id>/releases/<release>/             part-00000.parquet …, report.json, rejected.csv
    <folder>/links.json                                   which reports of datasets are the same incident

A release is complete before `dataset.json` names it, and the one before stays until the next, so that who reads is
never left without files.
"""

import hashlib
import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from platformdirs import user_data_path

from geo.datasets.atomic import replace_file
from geo.datasets.dataset import Dataset, read_dataset
from geo.datasets.staging import DESCRIPTION, RELEASES, Staging, changing, stage
from geo.errors import Fault, UnknownDatasetError

FOLDER_VARIABLE: Final = "INCIDENT_MAP_DATA"
LINKS_FILE: Final = "links.json"

_PROJECT: Final = Path(__file__).resolve().parents[2]


class DataFolder:
    """The imported datasets.

    Parameters
    ----------
    path
        The folder, which need not exist; None for the one of INCIDENT_MAP_DATA, or else of the user's data.

    Raises
    ------
    ValueError
        The folder lies within the project, whose files are kept under version control, or is an address.

    """

    def __init__(self, path: Path | str | None = None) -> None:
        given = path or os.environ.get(FOLDER_VARIABLE)
        if "://" in str(given):
            raise ValueError(f"{given} is an address; imported data is kept in a folder, which can be locked")
        folder = Path(given) if given else user_data_path("incident-map", appauthor=False) / "datasets"
        self.path = folder.expanduser().resolve()
        if self.path.is_relative_to(_PROJECT):
            raise ValueError(
                f"{folder} lies within the project {_PROJECT}; keep imported data in a folder outside of it"
            )

    @property
    def version(self) -> str:
        """A name, hexadecimal, that changes with the datasets, with what is shown of them, and with the links."""
        digest = hashlib.sha256()
        for path in (*self._described(), self.path / LINKS_FILE):
            with suppress(FileNotFoundError):
                content = path.read_bytes()
                digest.update(f"{path.parent.name}/{path.name}:{len(content)}\0".encode() + content)
        return digest.hexdigest()

    def datasets(self) -> tuple[Dataset, ...]:
        """Return the datasets that are there, shown or not, by id; one that cannot be read is among `faults`."""
        return tuple(dataset for dataset in self._read()[0] if dataset.removed_at is None)

    def active(self) -> tuple[Dataset, ...]:
        """Return the datasets that are shown, by id."""
        return tuple(dataset for dataset in self.datasets() if dataset.enabled)

    def removed(self) -> tuple[Dataset, ...]:
        """Return the datasets that can still be restored, by id."""
        return tuple(dataset for dataset in self._read()[0] if dataset.removed_at is not None)

    def faults(self) -> tuple[Fault, ...]:
        """Return why datasets cannot be read, which then are left out."""
        return self._read()[1]

    def dataset(self, dataset_id: str) -> Dataset:
        """Return a dataset, removed or not; raises UnknownDatasetError."""
        found = {dataset.id: dataset for dataset in self._read()[0]}
        if dataset_id not in found:
            raise UnknownDatasetError(dataset_id, tuple(found))
        return found[dataset_id]

    def files(self, dataset: Dataset) -> tuple[Path, ...]:
        """Return the Parquet parts of a dataset's release, in their order."""
        return tuple(sorted(self.release(dataset).glob("part-*.parquet")))

    def release(self, dataset: Dataset) -> Path:
        """Return the folder of a dataset's release, with its parts, report and rejected rows."""
        return self.path / dataset.id / RELEASES / dataset.release

    def set_enabled(self, dataset_id: str, enabled: bool) -> Dataset:  # noqa: FBT001  # what is set
        """Show a dataset or not, and return it as it is then; raises UnknownDatasetError."""
        return self._change(dataset_id, enabled=enabled)

    def remove(self, dataset_id: str) -> Dataset:
        """Take a dataset away; it can be restored for some days. Raises UnknownDatasetError."""
        return self._change(dataset_id, removed_at=datetime.now(UTC).replace(microsecond=0))

    def restore(self, dataset_id: str) -> Dataset:
        """Bring a removed dataset back as it was; raises UnknownDatasetError."""
        return self._change(dataset_id, removed_at=None)

    def staging(self, dataset_id: str) -> Staging:
        """Give room for a new release, as a context; leaving without a commit leaves nothing behind.

        Raises DatasetBusyError while the dataset is being imported by somebody else.
        """
        return stage(self.path, dataset_id)

    def _described(self) -> list[Path]:
        return sorted(self.path.glob(f"*/{DESCRIPTION}"))

    def _read(self) -> tuple[list[Dataset], tuple[Fault, ...]]:
        found, faults = [], []
        for path in self._described():
            dataset = read_dataset(path)
            if dataset is not None and dataset.id == path.parent.name:
                found.append(dataset)
            else:
                message = f"{DESCRIPTION} cannot be read; import its file again"
                faults.append(Fault(where=path.parent.name, field="", message=message))
        return found, tuple(faults)

    def _change(self, dataset_id: str, **values: Any) -> Dataset:
        with changing(self.path):
            changed = self.dataset(dataset_id).model_copy(update=values)
            replace_file(self.path / changed.id / DESCRIPTION, changed.model_dump_json(indent=1) + "\n")
        return changed
