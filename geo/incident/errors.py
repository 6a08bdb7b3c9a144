"""Errors of the domain; each derives from the built-in that a caller would already catch, and keeps its fields."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from geo.language.messages import say


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
        """Name the place, the field and the fault on one line, which can be written wherever UTF-8 can."""
        said = ": ".join(part for part in (self.where, self.field, self.message) if part)
        return said.encode("utf-8", "replace").decode()


class DataError(ValueError):
    """A data file cannot be used as it is; `faults` holds everything that is wrong with it."""

    def __init__(self, source: str, faults: Sequence[Fault]) -> None:
        self.source = source
        self.faults = tuple(faults)
        head = f"{source}: {say('faults', count=len(self.faults))}"
        super().__init__("\n".join([head, *(f"  {fault}" for fault in self.faults)]))


class UnreadableError(ValueError):
    """A file from outside cannot be read; `reason` says what it is or where it fails, and what to do.

    `choices` names the tables in it, in the order of the file, where one of them has to be named.
    """

    def __init__(self, name: str, reason: str, choices: Sequence[str] = ()) -> None:
        self.name = name
        self.reason = reason
        self.choices = tuple(choices)
        super().__init__(f"{name}: {reason}")

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        """Keep the fields where a worker process hands the error back."""
        return type(self), (self.name, self.reason, self.choices)


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
        return say("error-no-incident", id=repr(self.incident_id))


class TooManyError(ValueError):
    """More incidents are selected than can be worked on in this way."""

    def __init__(self, count: int, most: int, way: str = "") -> None:
        self.count = count
        self.most = most
        super().__init__(say("error-too-many", count=count, most=most, way=way or say("error-one-by-one")))


class SheetFullError(TooManyError):
    """A sheet of a workbook cannot hold all its rows; `sheet` is its name."""

    def __init__(self, sheet: str, count: int, most: int) -> None:
        super().__init__(count, most)
        self.sheet = sheet
        self.args = (say("error-sheet-full", sheet=repr(sheet), count=count, most=most),)


class ShippedStoreError(PermissionError):
    """The store came with an installed program; `variable` names the one that has another used in its place."""

    def __init__(self, path: str, variable: str) -> None:
        self.path = path
        self.variable = variable
        super().__init__(say("error-store-shipped", path=path, variable=variable))


class StoreLockedError(TimeoutError):
    """Another process is writing the store."""

    def __init__(self, path: str, seconds: float) -> None:
        self.path = path
        super().__init__(say("error-store-locked", path=path, seconds=f"{seconds:g}"))


class StoreChangedError(RuntimeError):
    """The store on disk is not the one that was read, so writing would lose somebody's change."""

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(say("error-store-changed", path=path))


class UnknownDatasetError(KeyError):
    """No imported dataset has this id; or one has it that cannot be read, and `fault` says why."""

    def __init__(self, dataset_id: str, known: Sequence[str] = (), *, fault: Fault | None = None) -> None:
        self.dataset_id = dataset_id
        self.known = tuple(known)
        self.fault = fault
        super().__init__(dataset_id)

    def __str__(self) -> str:
        """Say which id was asked for, and which there are."""
        if self.fault is not None:
            return str(self.fault)
        if not self.known:
            return say("error-no-dataset-none", id=repr(self.dataset_id))
        return say("error-no-dataset", id=repr(self.dataset_id), known=", ".join(self.known))


class DatasetBusyError(TimeoutError):
    """Another import holds the dataset, or the folder of datasets."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(say("error-dataset-busy", name=name))


class OutdatedError(DatasetBusyError):
    """The dataset has changed since an import of it was prepared."""

    def __init__(self, name: str) -> None:
        self.name = name
        TimeoutError.__init__(self, say("error-import-outdated", name=name))


class StorageError(OSError):
    """Object storage cannot be read or written; `place` is the address, `reason` says why and what to do."""

    def __init__(self, place: str, reason: str) -> None:
        self.place = place
        self.reason = reason
        super().__init__(f"{place}: {reason}")


class DamagedError(StorageError):
    """What stands in a file of a dataset makes no sense; that is remembered, and asking again leaves it out."""
