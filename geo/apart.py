"""Files from outside, read in a process of their own: within limits, watched, ended at any moment, nothing left.

Whatever a file does to the process that reads it, the program that asked goes on, and hears one sentence. What comes
back is JSON. Limits lie on the process, so that a format need not know what can be done with it.
"""

import errno
import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from queue import Empty, Queue
from threading import Condition, Lock, Thread
from typing import IO, Any, Final, Protocol, Self

import psutil
from filelock import FileLock, Timeout

from geo import INSTALLED, LIBRARY_FOLDER
from geo.incident.errors import UnreadableError
from geo.language.messages import say

# What a process may ask for: what the size of what it reads explains, and a margin.

_MB: Final = 2**20
_GB: Final = 2**30

_MEMORY: Final = 3 * _GB // 2
_MOST_MEMORY: Final = 2 * _GB
_PROCESSOR_S: Final = 20
_PROCESSOR_S_PER_MB: Final = 20
_WHOLE_S: Final = 40
_WHOLE_S_PER_MB: Final = 30
_SILENCE_S: Final = 30
_SILENCE_S_PER_MB: Final = 1
_WRITTEN: Final = _GB
_WRITTEN_PER_BYTE: Final = 100
"""As much as a packed file may unpack to."""
_OPEN_FILES: Final = 1024
_MESSAGE: Final = 64 * _MB
"""Longest message; a file is described by counts and examples."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a process may take."""

    memory: int
    """Bytes that it holds in memory."""
    processor_s: float
    """Seconds of processor time."""
    whole_s: float
    """Seconds from its beginning, however busy the machine is."""
    silence_s: float
    """Seconds in which it gets no further."""
    written: int
    """Bytes that it writes to disk."""

    @classmethod
    def of(cls, size: int) -> Self:
        """Return what reading so many bytes may take."""
        return cls(
            memory=min(_MOST_MEMORY, _MEMORY + size),
            processor_s=_PROCESSOR_S + _PROCESSOR_S_PER_MB * size / _MB,
            whole_s=_WHOLE_S + _WHOLE_S_PER_MB * size / _MB,
            silence_s=_SILENCE_S + _SILENCE_S_PER_MB * size / _MB,
            written=_WRITTEN + _WRITTEN_PER_BYTE * size,
        )


# Temporary folders that go with whoever made them; what a program that was killed has left is known by its lock,
# which the operating system drops, and goes when another starts.

_PREFIX: Final = "incident-map-"
_BESIDE: Final = ".tmp"
"""Ends the name of a folder that lies elsewhere than among temporary files."""
_LOCK: Final = ".lock"
_MINUTE_S: Final = 60
_DAY_S: Final = 24 * 60 * _MINUTE_S


class TemporaryFolder:
    """A folder that is gone with the object, with the program, or when one starts after this one was killed.

    Parameters
    ----------
    within
        Where it lies, so that what is made there is put in its place at once; None for where temporary files are.

    """

    def __init__(self, within: Path | None = None) -> None:
        sweep(within)
        self.path = Path(tempfile.mkdtemp(prefix=_PREFIX, suffix=_BESIDE if within else "", dir=within))
        lock = FileLock(self.path / _LOCK, thread_local=False)
        with suppress(NotImplementedError):  # some disks of a network know no locks
            lock.acquire()
        self._remove = weakref.finalize(self, _remove, self.path, lock)

    def cleanup(self) -> None:
        """Delete it; may be called again."""
        self._remove()

    def __enter__(self) -> Path:
        """Return its path until the end of the context."""
        return self.path

    def __exit__(self, *_: object) -> None:
        """Delete it."""
        self.cleanup()


def _remove(path: Path, lock: FileLock) -> None:
    """Delete a folder, its lock last: what is left where that is interrupted is known by it."""
    with suppress(OSError):  # it has gone
        for inside in path.iterdir():
            if inside.name == _LOCK:
                continue
            if inside.is_dir() and not inside.is_symlink():
                shutil.rmtree(inside, ignore_errors=True)
            else:
                with suppress(OSError):
                    inside.unlink()
    lock.release()
    shutil.rmtree(path, ignore_errors=True)


@cache
def sweep(within: Path | None = None) -> None:
    """Delete the temporary folders of programs that were killed, there or where temporary files are; looks once.

    Elsewhere than among temporary files somebody's own folder may have such a name: without a lock it stays.
    """
    for folder in Path(within or tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError, Timeout, NotImplementedError):  # somebody is at work in it, or it has gone
            about = folder.lstat()
            if hasattr(os, "getuid") and about.st_uid != os.getuid():
                continue  # a lock in another's folder may be a link to anything
            age_s = time.time() - about.st_mtime
            if (folder / _LOCK).exists():
                lock = FileLock(folder / _LOCK, thread_local=False)
                lock.acquire(timeout=0)
                _remove(folder, lock)
            elif not within and age_s > _DAY_S:  # by a program that knows no locks
                shutil.rmtree(folder, ignore_errors=True)
            elif within and folder.suffix == _BESIDE and age_s > _MINUTE_S:  # a younger one may be being made just now
                folder.rmdir()  # where it is empty


# How it looks from the process that reads: what it tells, what it asks, and the limits it is under.

_PULSE_S: Final = 0.2


class Talk:
    """What a task has of whoever wants it done."""

    def __init__(self, heard: IO[bytes], said: IO[bytes], gone: Callable[[], None]) -> None:
        self._heard, self._said, self._gone = heard, said, gone
        self._answers: Queue[Any] = Queue()
        self._lock = Lock()
        self._last = 0.0
        self._before: float | None = None
        """Seconds of processor time that were taken before there was a task."""
        Thread(target=self._listen, name="apart-heard", daemon=True).start()

    def tell(self, value: Any) -> None:
        """Say something, as JSON."""
        self.say(told=value)

    def ask(self, value: Any) -> Any:
        """Say something and wait for the answer."""
        self.tell(value)
        return self.answer()

    def pulse(self) -> None:
        """Show that it gets further."""
        now = time.monotonic()
        if now - self._last > _PULSE_S:
            self._last = now
            self._write(b"\n")

    def say(self, **message: Any) -> None:
        """Write a message."""
        self._write(json.dumps(message).encode("ascii") + b"\n")

    def answer(self, timeout: float | None = None) -> Any:
        """Wait for what comes next, and keep to the limits that come with it."""
        said = self._answers.get(timeout=timeout)
        if said["limits"]:
            self._before = time.process_time() if self._before is None else self._before
            _hold_to(Limits(**said["limits"]), self._before)
        return said["answer"]

    def _write(self, line: bytes) -> None:
        with self._lock:
            self._said.write(line)
            self._said.flush()

    def _listen(self) -> None:
        for line in self._heard:
            self._answers.put(json.loads(line))
        self._gone()


_talks: list[Talk] = []
"""The one of this process, where it is one that reads for another."""


def pulse() -> None:
    """Show that the reading gets further; nothing happens in a process that reads for itself."""
    for talk in _talks:
        talk.pulse()


def _hold_to(limits: Limits, before: float) -> None:
    """Let the operating system hold this process to its limits, as far as it can; the parent watches as well."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  # there is none on Windows

    most = {
        resource.RLIMIT_CPU: int(before + limits.processor_s) + 1,
        resource.RLIMIT_FSIZE: limits.written,
        resource.RLIMIT_NOFILE: _OPEN_FILES,
        resource.RLIMIT_CORE: 0,
    }
    if sys.platform == "linux":  # what libraries have set aside at their start is not in use yet
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[5])
        most[resource.RLIMIT_DATA] = pages * resource.getpagesize() + limits.memory
    for kind, wanted in most.items():
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def serve(talk: Talk, module: str) -> None:
    """Do the one task that is asked for, a function of the module, and tell what it returns or why it cannot."""
    task = talk.answer(_IDLE_S)
    try:
        talk.tell(getattr(import_module(module), task["function"])(talk, **task["values"]))
    except UnreadableError as error:
        talk.say(unreadable=[error.name, error.reason, error.choices])
    except MemoryError:
        talk.say(memory=True)
    except OSError as error:
        talk.say(system=[error.errno, error.strerror or str(error)])
    except Exception:  # noqa: BLE001  # nothing that a file can raise goes further than its process
        talk.say(fault=traceback.format_exc())


def main(module: str) -> None:
    """Be a process that reads for another: load what its task needs, and wait for it."""
    said = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what libraries print is no message
    with suppress(OSError):  # if memory is short, this one goes first
        Path("/proc/self/oom_score_adj").write_text("1000", "ascii")
    talk = Talk(sys.stdin.buffer, said, lambda: os._exit(1))
    _talks.append(talk)
    try:
        import_module(module)
        talk.pulse()
        serve(talk, module)
    except Empty:  # nobody has needed it
        pass
    finally:
        os._exit(0)


# How it looks from the program that asks: processes started, heard, watched and ended.

_ELSEWHERE: Final = ["-P"] if INSTALLED else []
"""Let the folder of installed packages not come before those of Python itself."""
_SPARING: Final = {"ARROW_DEFAULT_MEMORY_POOL": "system", "MALLOC_ARENA_MAX": "2"}
"""Memory that is let go of goes back to the system: a fifth less is held at the most, and no time is lost."""
GDAL_READS: Final = frozenset(("ESRI Shapefile", "FlatGeobuf", "GML", "GPKG", "GeoJSON", "MapInfo File"))
"""Formats in which GDAL may open a file there; the boundaries of the program are GeoJSON."""
_GDAL_LEAVES: Final = (
    *("MEM", "PCIDSK", "PDS4", "VICAR", "PDF", "MBTiles", "EEDA", "OGCAPI", "GDALG", "LVBAG", "S57", "DGN", "OGR_VRT"),
    *("CSV", "GPX", "LIBKML", "KML", "GeoJSONSeq", "ESRIJSON", "TopoJSON", "OGR_GMT", "SQLite", "WAsP"),
    *("OpenFileGDB", "DXF", "GeoRSS", "VFK", "PGDUMP", "OSM", "GPSBabel", "OGR_PDS", "WFS", "OAPIF", "EDIGEO"),
    *("Idrisi", "ODS", "XLSX", "Elasticsearch", "Carto", "AmigoCloud", "SXF", "Selafin", "JML", "PLSCENES", "CSW"),
    *("VDV", "MVT", "NGW", "MapML", "GTFS", "PMTiles", "JSONFG", "MiraMonVector", "ADBC", "AVCBin", "AVCE00"),
    *("AIVector", "HTTP"),
)
"""All others that it has, by which a file could have other files, addresses or programs opened."""
_CLOSED: Final = {
    "GDAL_SKIP": ",".join(_GDAL_LEAVES),
    "PROJ_NETWORK": "OFF",
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": "none",
}
_LESS_URGENT: Final = 5
"""Added to the niceness: pages come first."""
_TICK_S: Final = 0.05
_SECOND_S: Final = 1.0
_START_S: Final = 120
"""For loading the program itself, which a busy machine takes long over."""
_IDLE_S: Final = 600
"""After which a process that was started in advance ends."""
_NEARLY: Final = 0.8
_log: Final = logging.getLogger(__name__)


class Child(Protocol):
    """A process, as subprocess gives it."""

    stdin: IO[bytes] | None
    stdout: IO[bytes] | None
    pid: int

    def poll(self) -> int | None:
        """Return what it ended with, if it has."""
        ...

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it has ended."""
        ...

    def kill(self) -> None:
        """End it at once."""
        ...


def start(module: str, folder: Path) -> Child:
    """Start a process that loads a module; the folder is where it leaves what is temporary."""
    place = str(folder)
    return python(
        ["-m", "geo.apart", module],
        env=_SPARING | _CLOSED | {"TMPDIR": place, "TEMP": place, "TMP": place},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def python(words: Sequence[str | bytes], *, env: dict[str, str] | None = None, **streams: Any) -> Child:
    """Start this Python with the words of a command line and no shell; pages come first."""
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
    child: subprocess.Popen[bytes] = subprocess.Popen(  # noqa: S603  # no shell, and no word of a file's
        [sys.executable, *_ELSEWHERE, *words],
        cwd=LIBRARY_FOLDER,
        env=os.environ | {"PYTHONUTF8": "1"} | (env or {}),
        creationflags=flags,
        **streams,
    )
    if sys.platform != "win32":
        with suppress(OSError):  # it has ended already
            os.setpriority(os.PRIO_PROCESS, child.pid, _LESS_URGENT)
    return child


class Process:
    """A process that does one task with a file; made by `process`."""

    def __init__(self, module: str) -> None:
        self._folder = TemporaryFolder()
        self.folder = self._folder.path
        """Where it may be left files, and leaves what is temporary; gone with it."""
        self._child = start(module, self.folder)
        self._lines: Queue[bytes] = Queue()
        self._heard, self._ready = time.monotonic(), False
        self._limits, self._name = Limits.of(0), ""
        self._stopped: Callable[[], None] = lambda: None
        self._peak, self._measured = 0, 0.0
        self._before: float | None = None
        self._began: float | None = None
        self._watched = [self.folder]
        Thread(target=self._listen, name="apart", daemon=True).start()
        weakref.finalize(self, self._child.kill)

    @property
    def waiting(self) -> bool:
        """Tell whether it can still be given its task."""
        return self._child.poll() is None

    def begin(self, function: str, *, name: str, size: int, stopped: Callable[[], None], **values: Any) -> None:
        """Let a function of its module be called with values of JSON; parameters as of `process`."""
        self._name, self._stopped = name, stopped
        self.answer({"function": function, "values": values}, size=size)

    def answer(self, value: Any, *, size: int | None = None, watched: Path | None = None) -> None:
        """Answer what it asked; `size` of what it reads and a folder that it writes to, where they have changed."""
        if size is not None:
            self._limits = Limits.of(size)
        if watched is not None:
            self._watched.append(watched)
        self._heard = time.monotonic()
        said = {"answer": value, "limits": None if size is None else asdict(self._limits)}
        with suppress(OSError):  # it has ended, and how is told by `hear`
            assert self._child.stdin is not None
            self._child.stdin.write(json.dumps(said).encode("ascii") + b"\n")
            self._child.stdin.flush()

    def hear(self) -> Any:
        """Wait for what it says next.

        Raises UnreadableError with what it found wrong, or with the limit that it passed; OSError where it could not
        write; whatever `stopped` raises.
        """
        while True:
            try:
                line = self._lines.get(timeout=_TICK_S)
            except Empty:
                self._watch()
                continue
            self._stopped()
            if not line:
                raise self._ended()
            message = json.loads(line)
            if "told" in message:
                return message["told"]
            raise self._failure(message)

    def close(self) -> None:
        """End it, wherever it is, and leave nothing behind; may be called again."""
        self._child.kill()
        self._child.wait()
        with suppress(OSError):
            assert self._child.stdin is not None
            self._child.stdin.close()
        self._folder.cleanup()

    def _listen(self) -> None:
        assert self._child.stdout is not None
        with self._child.stdout as said:
            while line := said.readline(_MESSAGE):
                self._heard, self._ready = time.monotonic(), True
                if not line.endswith(b"\n"):  # longer than any message, or broken off
                    break
                if line != b"\n":
                    self._lines.put(line)
        self._lines.put(b"")

    def _watch(self) -> None:
        """End it where it passes a limit."""
        self._stopped()
        now, limits = time.monotonic(), self._limits
        with suppress(psutil.Error):
            held = resident(self._child.pid)
            self._peak = max(self._peak, held)
            if held > limits.memory:
                raise self._over("memory")
            if now - self._measured > _SECOND_S:
                self._measured = now
                used = processor_s(self._child.pid)
                if self._before is None or not self._ready:
                    self._before = used
                if used - self._before > limits.processor_s:
                    raise self._over("processor")
                if sum(map(size_of, self._watched)) > limits.written:
                    raise self._over("written")
        if self._ready and self._began is None:
            self._began = now
        if self._began is not None and now - self._began > limits.whole_s:
            raise self._over("whole")
        if now - self._heard > (limits.silence_s if self._ready else _START_S):
            raise self._over("silence")

    def _over(self, limit: str) -> UnreadableError:
        """End it and say which limit it passed."""
        self._child.kill()
        limits = self._limits
        reason = say(
            f"apart-{limit}",
            memory=f"{limits.memory / _GB:.2g}",
            processor=round(limits.processor_s),
            whole=round(limits.whole_s),
            silence=round(limits.silence_s),
            written=f"{limits.written / _GB:.2g}",
        )
        return UnreadableError(self._name, reason)

    def _ended(self) -> UnreadableError:
        """Say why it ended without a result."""
        code = None
        with suppress(subprocess.TimeoutExpired):
            code = self._child.wait(_SECOND_S)
        if sys.platform != "win32" and code == -signal.SIGXCPU:
            return self._over("processor")
        by_kernel = sys.platform != "win32" and code == -signal.SIGKILL  # which does it for want of memory
        if by_kernel or self._peak > _NEARLY * self._limits.memory:
            return self._over("memory")
        _log.info("the process that read %r ended with %s", self._name, code)
        return self._over("crash")

    def _failure(self, message: dict[str, Any]) -> Exception:
        """Return what it said that is wrong, as it would have been raised here."""
        if "unreadable" in message:
            name, reason, choices = message["unreadable"]
            return UnreadableError(name, reason, choices)
        if "memory" in message:
            return self._over("memory")
        if "system" in message:
            number, reason = message["system"]
            return self._over("written") if number == errno.EFBIG else OSError(number, reason)
        _log.info("reading %r failed:\n%s", self._name, message["fault"])
        return self._over("crash")


def resident(pid: int) -> int:
    """Return how many bytes a process holds in memory."""
    return int(psutil.Process(pid).memory_info().rss)


def processor_s(pid: int) -> float:
    """Return the seconds of processor time that a process has taken."""
    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system)


def size_of(folder: Path) -> int:
    """Return the bytes of all files below a folder."""
    total = 0
    for path in folder.rglob("*"):
        with suppress(OSError):
            total += path.lstat().st_size
    return total


class Turns:
    """Processes at work, so many at once; others wait in the order in which they came.

    So many files together take no more memory than the machine has.
    """

    def __init__(self, most: int) -> None:
        self._free = most
        self._changed = Condition()
        self._waiting: list[object] = []

    @contextmanager
    def turn(self, one: object, stopped: Callable[[], None]) -> Iterator[None]:
        """Wait for the turn of one, and have it until the context ends; `stopped` as of `process`."""
        with self._changed:
            self._waiting.append(one)
        try:
            self._wait(one, stopped)
        finally:
            with self._changed:
                self._waiting = [other for other in self._waiting if other is not one]
                self._changed.notify_all()
        try:
            yield
        finally:
            with self._changed:
                self._free += 1
                self._changed.notify_all()

    def place(self, one: object) -> int:
        """Return the place of one among those that wait, from 1; 0 where it does not wait."""
        with self._changed:
            return next((place for place, other in enumerate(self._waiting, 1) if other is one), 0)

    def _wait(self, one: object, stopped: Callable[[], None]) -> None:
        while True:
            stopped()
            with self._changed:
                if self._free and self._waiting[0] is one:
                    self._free -= 1
                    return
                self._changed.wait(_TICK_S)


_reading: Final = Turns(max(2, os.cpu_count() or 1))
_spares: Final[dict[str, Process]] = {}
_spares_lock: Final = Lock()


def warm(module: str) -> None:
    """Start a process in advance, if none waits, so that the next task of the module begins at once."""
    with _spares_lock:
        if module not in _spares or not _spares[module].waiting:
            _spares[module] = Process(module)


@contextmanager
def process(
    function: Callable[..., Any], *, name: str, size: int, stopped: Callable[[], None] | None = None, **values: Any
) -> Iterator[Process]:
    """Yield a process that calls a function of a module with its `Talk` and values of JSON, until the context ends.

    Parameters
    ----------
    function
        What is called there, and what it returns told at last, as JSON.
    name
        What the file is called, for messages.
    size
        Of what it reads, in bytes, which its limits go by.
    stopped
        Called several times a second while it is waited for; may raise, and the process ends.
    values
        Of JSON.

    """
    stopped = stopped or (lambda: None)
    with _reading.turn(object(), stopped):
        one = _taken(function.__module__)
        try:
            one.begin(function.__name__, name=name, size=size, stopped=stopped, **values)
            yield one
        finally:
            one.close()


def _taken(module: str) -> Process:
    sweep()
    with _spares_lock:
        spare = _spares.pop(module, None)
    if spare is not None and spare.waiting:
        return spare
    return Process(module)


if __name__ == "__main__":
    # The module that readers import, and no second one of another name.
    import_module("geo.apart").main(sys.argv[1])
