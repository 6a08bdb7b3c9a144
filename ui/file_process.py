"""A file of many incidents written by a process of its own, so that no page waits for it; started, heard and ended."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any, Final

from geo.filters import Filters

_ROOT: Final = Path(__file__).resolve().parents[1]
_LESS_URGENT: Final = 5
"""Added to the niceness: pages come first."""
_WINDOWS: Final = os.name == "nt"
_NO_MEMORY: Final = -9
"""What a process ends with that the kernel has stopped, which it does for want of memory."""


class FileProcess:
    """`python -m geo export` at work, with the words of its command line after `export`."""

    def __init__(self, words: list[str]) -> None:
        self._said: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  # read, and closed, at the end
        flags = 0
        if sys.platform == "win32":
            flags = subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
        self._process = subprocess.Popen(  # noqa: S603  # no shell; every value is a word of its own
            [sys.executable, "-m", "geo", "export", *(words if _WINDOWS else map(_as_utf8, words))],
            cwd=_ROOT,
            env=os.environ | {"PYTHONUTF8": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=self._said,
            creationflags=flags,
        )
        if not _WINDOWS:
            os.setpriority(os.PRIO_PROCESS, self._process.pid, _LESS_URGENT)

    def told(self) -> Iterator[Mapping[str, Any]]:
        """Yield what it says of how far it has come, as it says it."""
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for line in lines:
                if line.startswith(b"{"):
                    yield json.loads(line)

    def end(self) -> None:
        """End it at once, wherever it is; nothing happens where it has ended."""
        self._process.kill()

    def failure(self) -> str:
        """Wait until it has ended and say why it could not write the file; empty if it has."""
        code = self._process.wait()
        with self._said as said:
            said.seek(0)
            return failure_words(code, said.read().decode("utf-8", "replace")) if code else ""


def failure_words(code: int, said: str) -> str:
    r"""Say why a file was not written, by the process's exit code and what it said on standard error.

    >>> failure_words(2, "a fault told before\nargument -o: /tmp/x.csv cannot be written: No space left on device\n")
    'The file cannot be written: No space left on device.'
    >>> failure_words(-9, "")
    'The file cannot be written: there is not enough memory on the server. Choose fewer incidents, or CSV.'
    """
    if code == _NO_MEMORY or "MemoryError" in said:
        return "The file cannot be written: there is not enough memory on the server. Choose fewer incidents, or CSV."
    last = (said.strip().splitlines() or [f"its process ended with {code}"])[-1]
    reason = last.rpartition(" cannot be written: ")[2] if last.startswith("argument -o: ") else last
    return f"The file cannot be written: {reason.rstrip('.')}."


def export_words(filters: Filters, rule: str, store: Path, folder: str | None, file: Path) -> list[str]:
    """Write the words of the command that exports a choice under a rule; no value can be taken for an option.

    >>> export_words(Filters(year=(2024, 2025)), "lowest", Path("incidents.geojson"), None, Path("a.csv"))[:2]
    ['--year=2024', '--year=2025']
    """
    words = [f"--{name}={value}" for name, values in filters.to_query().items() for value in values]
    words += [f"--rule={rule}", f"--store={store}", "--progress", f"--output={file}"]
    return words if folder is None else [*words, f"--data={folder}"]


def _as_utf8(word: str) -> bytes:
    """Encode a word as the process reads it, whatever the server's locale."""
    return word.encode("utf-8", "surrogateescape")
