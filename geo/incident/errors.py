"""Errors of the domain; each derives from the built-in that a caller would already catch, and keeps its fields."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is wrong in a data file: where, what, and what to do."""

    where: str
    """An incident's id, or the place in the file where it should be."""
    field: str
    """Dotted path of the field, `claims[2].by`; empty when the whole incident or file is at fault."""
    message: str
    """What is wrong and what is expected, as a sentence without a full stop."""

    def __str__(self) -> str:
        """Name the place, the field and the fault on one line."""
        return ": ".join(part for part in (self.where, self.field, self.message) if part)


class DataError(ValueError):
    """A data file cannot be used as it is; `faults` holds everything that is wrong with it."""

    def __init__(self, source: str, faults: Sequence[Fault]) -> None:
        self.source = source
        self.faults = tuple(faults)
        count = f"{len(self.faults):,} fault" + ("" if len(self.faults) == 1 else "s")
        super().__init__("\n".join([f"{source}: {count}", *(f"  {fault}" for fault in self.faults)]))


def in_its_folder(path: Path, *, folders: int = 1) -> str:
    """Name a file with the folder it stands in, or several, as a sentence does.

    >>> in_its_folder(Path("/srv/map/data/settings.toml"))
    'data/settings.toml'
    """
    return "/".join(path.parts[-1 - folders :])


def invalid(source: str, error: ValidationError) -> DataError:
    """Return the error of a file that is not what its records must be, with every fault by field."""
    faults = [
        Fault(where=source, field=".".join(map(str, fault["loc"])), message=fault["msg"])
        for fault in error.errors(include_url=False)
    ]
    return DataError(source, faults)


class InconsistentError(ValueError):
    """Fields of one record contradict each other; `faults` holds (field, message) pairs."""

    def __init__(self, faults: Sequence[tuple[str, str]]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{field}: {message}" for field, message in faults))


class UnknownIncidentError(KeyError):
    """No incident has this id."""

    def __init__(self, incident_id: str) -> None:
        self.incident_id = incident_id
        super().__init__(incident_id)

    def __str__(self) -> str:
        """Say which id was asked for."""
        return f"no incident has the id {self.incident_id!r}"


class TooManyError(ValueError):
    """More incidents are selected than can be worked on in this way."""

    def __init__(self, count: int, most: int, way: str = "taken one by one") -> None:
        self.count = count
        self.most = most
        super().__init__(f"{count:,} incidents are selected, and at most {most:,} can be {way}; select fewer")


class SheetFullError(TooManyError):
    """A sheet of a workbook cannot hold all its rows; `sheet` is its name."""

    def __init__(self, sheet: str, count: int, most: int) -> None:
        super().__init__(count, most)
        self.sheet = sheet
        said = (
            f"the sheet {sheet!r} would have {count:,} rows, and a workbook's sheet holds at most {most:,}; "
            "choose fewer incidents, or write CSV, GeoPackage or Parquet"
        )
        self.args = (said,)


class StoreLockedError(TimeoutError):
    """Another process is writing the store."""

    def __init__(self, path: str, seconds: float) -> None:
        self.path = path
        super().__init__(f"{path} is being written by another process; gave up after {seconds:g} s, try again")


class StoreChangedError(RuntimeError):
    """The store on disk is not the one that was read, so writing would lose somebody's change."""

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(
            f"{path} has changed since it was read; nothing was written: read it again and repeat the change"
        )


class UnknownDatasetError(KeyError):
    """No imported dataset has this id."""

    def __init__(self, dataset_id: str, known: Sequence[str] = ()) -> None:
        self.dataset_id = dataset_id
        self.known = tuple(known)
        super().__init__(dataset_id)

    def __str__(self) -> str:
        """Say which id was asked for, and which there are."""
        there = f"there are: {', '.join(self.known)}" if self.known else "none has been imported"
        return f"no dataset has the id {self.dataset_id!r}; {there}"


class DatasetBusyError(TimeoutError):
    """Another import holds the dataset, or the folder of datasets."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"{name} is being imported or changed elsewhere; wait until that is done, and try again")


class StorageError(OSError):
    """Object storage cannot be read or written; `place` is the address, `reason` says why and what to do."""

    def __init__(self, place: str, reason: str) -> None:
        self.place = place
        self.reason = reason
        super().__init__(f"{place}: {reason}")
