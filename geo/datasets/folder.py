"""The folder of imported datasets on disk, outside the project: where their parts lie, and how they change.

    <folder>/<dataset id>/dataset.json                    what stands; names its release; replaced whole
    <folder>/<dataset id>/releases/<release>/             part-00000.parquet …, words-00000.parquet …,
                                                          report.json, rejected.csv
    <folder>/links.json                                   which reports of datasets are the same incident

A release is complete before `dataset.json` names it, and the one before stays until the next, so that who reads is
never left without files.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from platformdirs import user_data_path

from geo.datasets.any_folder import DESCRIPTION, LINKS_FILE, RELEASES, AnyFolder
from geo.datasets.dataset import Dataset
from geo.datasets.staging import Staging, changing, replace_file, stage

FOLDER_VARIABLE: Final = "INCIDENT_MAP_DATA"

_PROJECT: Final = Path(__file__).resolve().parents[2]


class DataFolder(AnyFolder):
    """The imported datasets of a folder on disk.

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
            raise ValueError(
                f"{given} is an address, where nothing can be imported; import into a folder, and put the dataset "
                f"there with: python -m geo datasets publish ID {given} --data DIR"
            )
        folder = Path(given) if given else user_data_path("incident-map", appauthor=False) / "datasets"
        self.path = folder.expanduser().resolve()
        self.place = str(self.path)
        if self.path.is_relative_to(_PROJECT):
            raise ValueError(
                f"{folder} lies within the project {_PROJECT}; keep imported data in a folder outside of it"
            )

    def described(self) -> dict[str, bytes]:
        """Return what stands in the `dataset.json` of each dataset, by the name of its folder, in their order."""
        found = {}
        for path in sorted(self.path.glob(f"*/{DESCRIPTION}")):
            with suppress(FileNotFoundError):
                found[path.parent.name] = path.read_bytes()
        return found

    def links(self) -> bytes | None:
        """Return what stands in the file of links; None without one."""
        with suppress(FileNotFoundError):
            return (self.path / LINKS_FILE).read_bytes()
        return None

    def parts(self, dataset: Dataset) -> tuple[str, ...]:
        """Return the paths of `files`."""
        return tuple(str(file) for file in self.files(dataset))

    def beside(self, dataset: Dataset, name: str) -> Callable[[], bytes] | None:
        """Return what reads a file that lies beside the parts, the report say; None where there is none."""
        path = self.release(dataset) / name
        return path.read_bytes if path.exists() else None

    def files(self, dataset: Dataset) -> tuple[Path, ...]:
        """Return the Parquet parts of a dataset's release, in their order."""
        return tuple(sorted(self.release(dataset).glob("part-*.parquet")))

    def release(self, dataset: Dataset) -> Path:
        """Return the folder of a dataset's release, with its parts, report and rejected rows."""
        return self.path / dataset.id / RELEASES / dataset.release

    def staging(self, dataset_id: str) -> Staging:
        """Give room for a new release, as a context; leaving without a commit leaves nothing behind.

        Raises DatasetBusyError while the dataset is being imported by somebody else.
        """
        return stage(self.path, dataset_id)

    def _change(self, dataset_id: str, **values: Any) -> Dataset:
        with changing(self.path):
            changed = self.dataset(dataset_id).model_copy(update=values)
            replace_file(self.path / changed.id / DESCRIPTION, changed.model_dump_json(indent=1) + "\n")
        return changed
