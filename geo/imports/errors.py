"""Errors of the import: files that cannot be read as tables, each with a sentence for the person who brought them."""

from collections.abc import Sequence


class UnreadableError(ValueError):
    """A file cannot be read as a table; `reason` says what it is or where it fails, and what to do."""

    def __init__(self, name: str, reason: str) -> None:
        self.name = name
        self.reason = reason
        super().__init__(f"{name}: {reason}")

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        """Keep the fields where a worker process hands the error back."""
        return type(self), (self.name, self.reason)


class SeveralTablesError(UnreadableError):
    """A file holds several tables and one has to be named; `choices` holds their names, in the order of the file."""

    def __init__(self, name: str, reason: str, choices: Sequence[str]) -> None:
        self.choices = tuple(choices)
        super().__init__(name, reason)

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        """Keep the fields where a worker process hands the error back."""
        return type(self), (self.name, self.reason, self.choices)


class NotSplittableError(UnreadableError):
    """A file cannot be read from the middle, so it has no spans: it is packed, UTF-16, or not delimited text."""
