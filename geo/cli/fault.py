"""What is wrong with a command, not with the data."""

from collections.abc import Iterator
from contextlib import contextmanager

from geo.errors import TooManyError


class CommandError(ValueError):
    """A command cannot be carried out as it was given; the message says what to write instead."""


@contextmanager
def told_to_shell() -> Iterator[None]:
    """Turn a choice of too many incidents into a fault of the command."""
    try:
        yield
    except TooManyError as error:
        raise CommandError(str(error)) from error
