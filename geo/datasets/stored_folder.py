"""Imported datasets in object storage, as `geo.datasets.publish` put them there: laid out as in a folder on disk.

What stands is looked at anew after some seconds, by one listing and one reading of all descriptions at once. Where
that fails, what was seen before stays, and `trouble` says so.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import Any, Final

from geo.datasets.any_folder import DESCRIPTION, LINKS_FILE, RELEASES, AnyFolder
from geo.datasets.dataset import Dataset, parse_dataset
from geo.datasets.storage import Storage
from geo.errors import Fault, StorageError

LOOK_AGAIN_S: Final = 10.0
"""For so long a change there may go unnoticed: a look takes two requests, one after the other."""
_AFTER_TROUBLE_S: Final = 60.0
"""Who does not answer keeps one waiting for seconds, so that nobody is asked at each step."""
_NAME: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What stood there."""

    described: Mapping[str, bytes]
    links: bytes | None
    releases: Mapping[str, Mapping[str, int]]
    """Sizes in bytes of the files of each release that is named and not removed, by name."""


class StoredFolder(AnyFolder):
    """The imported datasets at an address; may be shared between threads.

    Its methods raise StorageError until it could be looked at once.

    Parameters
    ----------
    address
        As fsspec reads it, s3://bucket/folder; there need be nothing yet, but in a bucket that is there.
    look_again_s
        How long what was seen is taken for what stands.

    Raises
    ------
    StorageError
        What reads such addresses is not installed.
    ValueError
        It is no address.

    """

    _mended = "publish it again"

    def __init__(self, address: str, *, look_again_s: float = LOOK_AGAIN_S) -> None:
        self.storage = Storage(address)
        self.place = self.storage.address
        self.trouble: StorageError | None = None
        """Why it could not be looked at the last time; None if it could."""
        self._look_again_s = look_again_s
        self._seen: _Seen | None = None
        self._due = 0.0
        self._lock = Lock()

    def described(self) -> Mapping[str, bytes]:
        """Return what stands in the `dataset.json` of each dataset, by the name of its folder, in their order."""
        return self._now().described

    def links(self) -> bytes | None:
        """Return what stands in the file of links; None without one."""
        return self._now().links

    def parts(self, dataset: Dataset) -> tuple[str, ...]:
        """Return the addresses of the Parquet parts of a dataset's release, in their order."""
        names = [part.name for part in dataset.parts] or sorted(self._listed(dataset))
        release = f"{self.place}/{release_of(dataset)}"
        return tuple(f"{release}/{name}" for name in names if _is_part(name))

    def beside(self, dataset: Dataset, name: str) -> Callable[[], bytes] | None:
        """Return what reads a file that lies beside the parts, the report say; None where there is none."""
        if name not in self._listed(dataset):
            return None
        path = f"{release_of(dataset)}/{name}"
        return lambda: self.storage.read([path])[path]

    def named(self, dataset_id: str) -> Dataset | None:
        """Return what the description of a dataset says, also where parts are missing; None without one."""
        return parse_dataset(self.described().get(dataset_id, b""))

    def _listed(self, dataset: Dataset) -> Mapping[str, int]:
        return self._now().releases.get(release_of(dataset), {})

    def look_again(self) -> None:
        """See at the next question what stands then."""
        self._due = 0.0

    def _missing(self, dataset: Dataset) -> str:
        """Say which part of a release is not there, or not whole."""
        if dataset.removed_at is not None:
            return ""
        release, there = release_of(dataset), self._listed(dataset)
        for part in dataset.parts:
            if part.name not in there:
                return f"{release}/{part.name} is missing at {self.place}; {self._mended}"
            if part.size != there[part.name]:
                return f"{release}/{part.name} is not whole at {self.place}; {self._mended}"
        if dataset.rows and not any(map(_is_part, there)):
            return f"{release} has no part at {self.place}; {self._mended}"
        return ""

    def _change(self, dataset_id: str, **values: Any) -> Dataset:
        self.look_again()
        changed = self.dataset(dataset_id).model_copy(update=values)
        self.storage.write(f"{changed.id}/{DESCRIPTION}", description(changed))
        self.look_again()
        return changed

    def _now(self) -> _Seen:
        """Return what stands, as it was seen some seconds ago at most; others need not wait while one looks."""
        if self._lock.acquire(blocking=self._seen is None):
            try:
                if monotonic() >= self._due:
                    self._look()
            finally:
                self._lock.release()
        if self._seen is None:
            assert self.trouble is not None
            raise StorageError(self.trouble.place, self.trouble.reason)
        return self._seen

    def _look(self) -> None:
        try:
            self._seen = self._look_now()
        except StorageError as error:
            self.trouble, self._due = error, monotonic() + max(self._look_again_s, _AFTER_TROUBLE_S)
        else:
            self.trouble, self._due = None, monotonic() + self._look_again_s

    def _look_now(self) -> _Seen:
        names = [name for name in self.storage.folders() if _NAME.fullmatch(name)]
        found = self.storage.read([LINKS_FILE, *(f"{name}/{DESCRIPTION}" for name in names)])
        links = found.pop(LINKS_FILE, None)
        releases = {}
        for dataset in map(parse_dataset, found.values()):
            if dataset is not None and dataset.removed_at is None:
                releases[release_of(dataset)] = self._sizes(dataset)
        described = {path.split("/")[0]: found[path] for path in sorted(found)}
        return _Seen(described=described, links=links, releases=releases)

    def _sizes(self, dataset: Dataset) -> Mapping[str, int]:
        """List a release, but not again where it was whole, for it does not change."""
        release = release_of(dataset)
        before = self._seen.releases.get(release, {}) if self._seen else {}
        whole = before and all(before.get(part.name) == part.size for part in dataset.parts)
        return before if whole else self.storage.sizes(release)

    def warnings(self) -> tuple[Fault, ...]:
        """Say that what is shown may be old, where it could not be looked at the last time."""
        if self.trouble is None:
            return ()
        message = f"{self.trouble.reason}; what was read before is shown"
        return (Fault(where=self.trouble.place, field="", message=message),)


def release_of(dataset: Dataset) -> str:
    """Name the folder of a dataset's release, as seen from that of the datasets."""
    return f"{dataset.id}/{RELEASES}/{dataset.release}"


def description(dataset: Dataset) -> bytes:
    """Write a dataset's description."""
    return (dataset.model_dump_json(indent=1) + "\n").encode()


def _is_part(name: str) -> bool:
    return name.startswith("part-") and name.endswith(".parquet")
