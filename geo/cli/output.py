"""Where a command writes its file: whole or not at all, and never over what it reads."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from geo.cli.fault import CommandError

STANDARD_OUTPUT: Final = "-"


def check_output(name: str, inputs: Iterable[Path]) -> None:
    """Raise CommandError if a file cannot be written there, or is one that the command reads."""
    if name == STANDARD_OUTPUT:
        return
    path = Path(name)
    if path.is_dir() or not path.parent.is_dir():
        raise CommandError(f"argument -o: {name} cannot be written: give a file name in a folder that exists")
    for read in inputs:
        if path.exists() and read.exists() and path.samefile(read):
            raise CommandError(f"argument -o: {name} is what is read; write to another file")


def write_output(name: str, content: bytes) -> None:
    """Write to standard output for `-`, else put a complete file in its place; raises CommandError."""
    if name == STANDARD_OUTPUT:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    path = Path(name)
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        new.write_bytes(content)
        new.replace(path)
    except OSError as error:
        new.unlink(missing_ok=True)
        raise CommandError(f"argument -o: {name} cannot be written: {error.strerror or error}") from error


@contextmanager
def output_file(name: str, ending: str) -> Iterator[Path]:
    """Give a path to write to, and then put what stands there in its place, or on standard output for `-`.

    Raises CommandError where it cannot be written; leaving with an error leaves nothing behind.
    """
    with tempfile.TemporaryDirectory(dir=None if name == STANDARD_OUTPUT else Path(name).parent) as folder:
        new = Path(folder) / f"new.{ending}"
        try:
            yield new
            if name == STANDARD_OUTPUT:
                sys.stdout.flush()
                with new.open("rb") as file:
                    shutil.copyfileobj(file, sys.stdout.buffer)
                sys.stdout.buffer.flush()
            else:
                new.replace(name)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise CommandError(f"argument -o: {name} cannot be written: {error.strerror or error}") from error


def ending(name: str, given: str | None, accepted: Iterable[str]) -> str:
    """Return the file format: the one given, else the name's ending; raises CommandError for another."""
    wanted = given or Path(name).suffix.removeprefix(".").lower()
    if wanted not in (known := list(accepted)):
        raise CommandError(f"argument -o: the ending of {name!r} says no format; use one of: {', '.join(known)}")
    return wanted
