"""Domain errors; each derives from the built-in that a caller would already catch, and keeps its fields."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from geo.language.messages import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault in a data file: where, what, and what to do."""

    where: str
    """Id of the incident, or its position in the file."""
    field: str
    """Dotted path of the field, such as `claims[2].by`; empty if the whole incident or file is at fault."""
    message: str
    """What is wrong and what is expected; a sentence without a full stop."""

    def __str__(self) -> str:
        """Return place, field and message on one line that can always be encoded as UTF-8."""
        said = ": ".join(part for part in (self.where, self.field, self.message) if part)
        return said.encode("utf-8", "replace").decode()


class DataError(ValueError):
    """A data file cannot be used; `faults` lists everything wrong with it."""

    def __init__(self, source: str, faults: Sequence[Fault]) -> None:
        self.source = source
        self.faults = tuple(faults)
        head = f"{source}: {say('faults', count=len(self.faults))}"
        super().__init__("\n".join([head, *(f"  {fault}" for fault in self.faults)]))


class UnreadableError(ValueError):
    """A file from outside cannot be read; `reason` says what it is or where reading fails, and what to do.

    If one of the tables in the file has to be chosen, `choices` lists their names in file order.
    """

    def __init__(self, name: str, reason: str, choices: Sequence[str] = ()) -> None:
        self.name = name
        self.reason = reason
        self.choices = tuple(choices)
        super().__init__(f"{name}: {reason}")

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        """Keep the fields when a worker process passes the error back."""
        return type(self), (self.name, self.reason, self.choices)


def in_its_folder(path: Path, *, folders: int = 1) -> str:
    """Return the path of a file with the last `folders` folders above it, for use in a sentence.

    >>> in_its_folder(Path("/srv/map/data/settings.toml"))
    'data/settings.toml'
    """
    return "/".join(path.parts[-1 - folders :])


def invalid(source: str, error: ValidationError) -> DataError:
    """Return the error of a file with invalid records, with every fault by field."""
    faults = [
        Fault(where=source, field=".".join(map(str, fault["loc"])), message=fault["msg"])
        for fault in error.errors(include_url=False)
    ]
    return DataError(source, faults)


class InconsistentError(ValueError):
    """Fields of one record are inconsistent; `faults` holds (field, message) pairs."""

    def __init__(self, faults: Sequence[tuple[str, str]]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{field}: {message}" for field, message in faults))


class UnknownIncidentError(KeyError):
    """No incident has this id."""

    def __init__(self, incident_id: str) -> None:
        self.incident_id = incident_id
        super().__init__(incident_id)

    def __str__(self) -> str:
        """Return a message with the unknown id."""
        return say("error-no-incident", id=repr(self.incident_id))


class TooManyError(ValueError):
    """Too many incidents are selected for this operation."""

    def __init__(self, count: int, most: int, way: str = "") -> None:
        self.count = count
        self.most = most
        super().__init__(say("error-too-many", count=count, most=most, way=way or say("error-one-by-one")))


class SheetFullError(TooManyError):
    """A worksheet cannot hold all its rows; `sheet` is its name."""

    def __init__(self, sheet: str, count: int, most: int) -> None:
        super().__init__(count, most)
        self.sheet = sheet
        self.args = (say("error-sheet-full", sheet=repr(sheet), count=count, most=most),)


class ShippedStoreError(PermissionError):
    """The store belongs to an installed program; `variable` is the environment variable that selects another."""

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
    """The store has changed since it was read, so writing would lose somebody's change."""

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(say("error-store-changed", path=path))


class UnknownDatasetError(KeyError):
    """No imported dataset has this id, or the one that has it is unreadable, as `fault` explains."""

    def __init__(self, dataset_id: str, known: Sequence[str] = (), *, fault: Fault | None = None) -> None:
        self.dataset_id = dataset_id
        self.known = tuple(known)
        self.fault = fault
        super().__init__(dataset_id)

    def __str__(self) -> str:
        """Return a message with the unknown id and the known ones."""
        if self.fault is not None:
            return str(self.fault)
        if not self.known:
            return say("error-no-dataset-none", id=repr(self.dataset_id))
        return say("error-no-dataset", id=repr(self.dataset_id), known=", ".join(self.known))


class DatasetBusyError(TimeoutError):
    """Another import has locked the dataset or the folder of datasets."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(say("error-dataset-busy", name=name))


class OutdatedError(DatasetBusyError):
    """The dataset has changed since this import was prepared."""

    def __init__(self, name: str) -> None:
        self.name = name
        TimeoutError.__init__(self, say("error-import-outdated", name=name))


class StorageError(OSError):
    """Object storage cannot be read or written; `place` is the URL, `reason` says why and what to do."""

    def __init__(self, place: str, reason: str) -> None:
        self.place = place
        self.reason = reason
        super().__init__(f"{place}: {reason}")


class DamagedError(StorageError):
    """A file of a dataset has invalid content; it has been noted, and the next query leaves it out."""
