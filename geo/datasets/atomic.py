"""Files put in their place whole: a crash at any moment leaves what was there, or what was to be."""

import os
import secrets
from pathlib import Path


def replace_file(path: Path, text: str) -> None:
    """Put a complete text file in the place of the old one, UTF-8, and see that it stays there."""
    new = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    try:
        with new.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
    settle_folder(path.parent)


def settle_folder(folder: Path) -> None:
    """Make names that were added to, or moved within, a folder outlast a power cut."""
    if os.name == "posix":  # elsewhere a folder cannot be opened, and needs no such care
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def settle_files(folder: Path) -> None:
    """Make the content of a folder's files outlast a power cut."""
    for path in folder.iterdir():
        with path.open("rb") as file:
            if os.name == "posix":
                os.fsync(file.fileno())
    settle_folder(folder)
