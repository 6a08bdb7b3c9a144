"""A folder of imported datasets, wherever it lies: which there are, which are shown, and what is wrong with them."""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from geo.datasets.dataset import Dataset, parse_dataset
from geo.incident.errors import Fault, UnknownDatasetError

DESCRIPTION: Final = "dataset.json"
LINKS_FILE: Final = "links.json"
RELEASES: Final = "releases"


class AnyFolder(ABC):
    """The imported datasets, on disk or in object storage."""

    place: str
    """Path or address, as whoever gave it would know it again."""
    _mended: str = "import its file again"
    """What helps where a description makes no sense."""

    @abstractmethod
    def described(self) -> Mapping[str, bytes]:
        """Return what stands in the `dataset.json` of each dataset, by the name of its folder, in their order."""

    @abstractmethod
    def links(self) -> bytes | None:
        """Return what stands in the file of links; None without one."""

    @abstractmethod
    def parts(self, dataset: Dataset) -> tuple[str, ...]:
        """Return the Parquet parts of a dataset's release in their order, as paths or addresses."""

    @abstractmethod
    def beside(self, dataset: Dataset, name: str) -> Callable[[], bytes] | None:
        """Return what reads a file that lies beside the parts, the report say; None where there is none."""

    @abstractmethod
    def _change(self, dataset_id: str, **values: Any) -> Dataset:
        """Put a changed description in the place of a dataset's own, and return it."""

    def _missing(self, dataset: Dataset) -> str:
        """Say what keeps a dataset from being read; empty where nothing does."""
        del dataset
        return ""

    def warnings(self) -> tuple[Fault, ...]:
        """Say why what is shown may be old; nothing on disk."""
        return ()

    @property
    def version(self) -> str:
        """A name, hexadecimal, that changes with the datasets, with what is shown of them, and with the links."""
        digest = hashlib.sha256()
        for name, content in (*self.described().items(), (LINKS_FILE, self.links())):
            if content is not None:
                digest.update(f"{name}:{len(content)}\0".encode() + content)
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

    def set_enabled(self, dataset_id: str, enabled: bool) -> Dataset:  # noqa: FBT001  # what is set
        """Show a dataset or not, and return it as it is then; raises UnknownDatasetError."""
        return self._change(dataset_id, enabled=enabled)

    def remove(self, dataset_id: str) -> Dataset:
        """Take a dataset away; it can be restored for some days. Raises UnknownDatasetError."""
        return self._change(dataset_id, removed_at=datetime.now(UTC).replace(microsecond=0))

    def restore(self, dataset_id: str) -> Dataset:
        """Bring a removed dataset back as it was; raises UnknownDatasetError."""
        return self._change(dataset_id, removed_at=None)

    def _read(self) -> tuple[list[Dataset], tuple[Fault, ...]]:
        found, faults = [], []
        for name, content in self.described().items():
            dataset = parse_dataset(content)
            if dataset is None or dataset.id != name:
                wrong = f"{DESCRIPTION} cannot be read; {self._mended}"
            else:
                wrong = self._missing(dataset)
            if dataset is None or wrong:
                faults.append(Fault(where=name, field="", message=wrong))
            else:
                found.append(dataset)
        return found, tuple(faults)
