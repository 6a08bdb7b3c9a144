"""A folder of imported datasets by its path or its address."""

import os
from urllib.parse import urlsplit
from urllib.request import url2pathname

from geo.datasets.any_folder import AnyFolder
from geo.datasets.folder import FOLDER_VARIABLE, DataFolder
from geo.datasets.storage import is_address
from geo.datasets.stored_folder import StoredFolder


def place_of_datasets(given: str | None = None) -> str | None:
    """Return what was given, or else what INCIDENT_MAP_DATA says; None for the folder of the user's data."""
    return given or os.environ.get(FOLDER_VARIABLE) or None


def open_folder(place: str | None = None) -> AnyFolder:
    """Return the datasets of a folder on disk, or at an address to be read; None for INCIDENT_MAP_DATA or its default.

    Raises ValueError as `DataFolder` and `StoredFolder` do, and StorageError.
    """
    found = place_of_datasets(place)
    if found is None or not is_address(found):
        return DataFolder(found)
    if found.startswith("file://"):
        return DataFolder(url2pathname(urlsplit(found).path))
    return StoredFolder(found)
