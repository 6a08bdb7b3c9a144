"""The versions of the store that `diff` compares: a file, a folder, or what a Git revision holds."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from geo.cli.fault import CommandError
from geo.cli.terminal import printable
from geo.difference import Edition, read_edition
from geo.reading.registers import CLAIMANTS_FILE, EVENT_GROUPS_FILE
from geo.store import DATA_FOLDER, INCIDENTS_FILE
from geo.wording import count_words

_REVISION: Final = "git:"
_SAFE_REVISION: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/~^@{}-]{0,200}")
_PATIENCE_S: Final = 30
_MOST_FAULTS: Final = 20


_Contents = tuple[bytes, bytes | None, bytes | None]
"""Of the incident file and, where they are there, of its registers of claimants and of wider events."""


def editions(old: str, new: str) -> tuple[Edition, Edition]:
    """Read two versions; one without a register of claimants is read with the registers of the other.

    What is wrong with them goes to stderr. Raises CommandError if there is no version of a name.
    """
    before, after = _contents(old), _contents(new)
    if _alone(before):
        second = _edition(new, after)
        return _edition(old, before, beside=second), second
    first = _edition(old, before)
    return first, _edition(new, after, beside=first if _alone(after) else None)


def _contents(name: str) -> _Contents:
    return _of_revision(name.removeprefix(_REVISION)) if name.startswith(_REVISION) else _of_path(Path(name))


def _alone(contents: _Contents) -> bool:
    return contents[1] is None


def _edition(name: str, contents: _Contents, *, beside: Edition | None = None) -> Edition:
    found = read_edition(*contents, beside=beside)
    if found.faults:
        lines = [f"{name}: {count_words(len(found.faults), 'fault')}"]
        lines += [f"  {printable(str(fault))}" for fault in found.faults[:_MOST_FAULTS]]
        if len(found.faults) > _MOST_FAULTS:
            lines.append(f"  … and {len(found.faults) - _MOST_FAULTS:,} more")
        sys.stderr.write("\n".join(lines) + "\n")
    return found


def _of_path(path: Path) -> _Contents:
    file = path / INCIDENTS_FILE.name if path.is_dir() else path
    registers = (file.with_name(CLAIMANTS_FILE), file.with_name(EVENT_GROUPS_FILE))
    try:
        claimants, groups = (register.read_bytes() if register.exists() else None for register in registers)
        return file.read_bytes(), claimants, groups
    except FileNotFoundError as error:
        raise CommandError(f"there is no file {file}; name an incident file, its folder, or git:REVISION") from error
    except OSError as error:
        raise CommandError(f"{error.filename or file} cannot be read: {error.strerror or error}") from error


def _of_revision(revision: str) -> _Contents:
    if not _SAFE_REVISION.fullmatch(revision):
        raise CommandError(f"{revision!r} is no Git revision; write it as in git:v0.1.0")
    incidents = _blob(revision, INCIDENTS_FILE.name)
    if incidents is None:
        where = f"{DATA_FOLDER.name}/{INCIDENTS_FILE.name}"
        raise CommandError(f"Git knows no {where} of revision {revision!r}; name one that `git log -- {where}` lists")
    return incidents, _blob(revision, CLAIMANTS_FILE), _blob(revision, EVENT_GROUPS_FILE)


def _blob(revision: str, file: str) -> bytes | None:
    """Return a file of `data/` at a revision, None where there is none; raises CommandError without Git."""
    git = shutil.which("git")
    if git is None:
        raise CommandError("git: there is no Git on the PATH; name a file or a folder instead")
    command = [git, "-C", str(DATA_FOLDER), "cat-file", "blob", f"{revision}:./{file}"]
    try:
        found = subprocess.run(command, capture_output=True, timeout=_PATIENCE_S, check=False)  # noqa: S603  # no shell
    except subprocess.TimeoutExpired as error:
        raise CommandError(f"git did not answer within {_PATIENCE_S} s") from error
    return found.stdout if found.returncode == 0 else None
