"""How far an import has come, and a way out of it."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum


class Stage(StrEnum):
    """What an import is doing."""

    READING = "reading"
    COMPARING = "comparing with the release before"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far an import has come."""

    stage: Stage
    rows: int
    """Rows of the file that are mapped and written."""
    bytes_done: int
    """Of the file as it lies on disk."""
    bytes_total: int
    seconds_left: float | None
    """By the pace until now; None while nobody can tell."""

    @property
    def fraction(self) -> float:
        """Return how much of the file is done, from 0 to 1."""
        return min(1.0, self.bytes_done / self.bytes_total) if self.bytes_total else 1.0


class Cancelled(Exception):  # noqa: N818  # nothing is wrong
    """Raised by whoever is told of the progress, to leave; nothing of the import stays behind."""


Told = Callable[[Progress], None]
"""Who is told how far an import has come; may raise Cancelled."""


@dataclass(slots=True)
class Pace:
    """Tells of the progress, with the time left by the pace until now."""

    bytes_total: int
    told: Told | None
    _began: float = field(default_factory=time.monotonic)
    _rows: int = 0
    _bytes: int = 0

    def done(self, *, rows: int, bytes_read: int) -> None:
        """Tell that a block of so many rows is done, which ends at that byte of the file."""
        self._rows += rows
        self._bytes = bytes_read
        self.tell(Stage.READING)

    def tell(self, stage: Stage) -> None:
        """Tell what is being done now."""
        if self.told is not None:
            self.told(
                Progress(
                    stage=stage,
                    rows=self._rows,
                    bytes_done=self._bytes,
                    bytes_total=self.bytes_total,
                    seconds_left=self._seconds_left(),
                )
            )

    def _seconds_left(self) -> float | None:
        if not self._bytes:
            return None
        return (time.monotonic() - self._began) * max(0, self.bytes_total - self._bytes) / self._bytes
