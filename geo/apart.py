"""Reading of outside files in a separate process: limited, watched, killable at any moment, leaving nothing behind."""

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
from typing import IO, Any, Final, Self

import psutil
from filelock import FileLock, Timeout

from geo import INSTALLED, LIBRARY_FOLDER
from geo.incident.errors import UnreadableError
from geo.language.messages import say

# Resource limits: what the input size justifies, plus a margin.

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
"""As much as a packed file may expand to."""
_OPEN_FILES: Final = 1024
_MESSAGE: Final = 64 * _MB
"""Longest message; files are described by counts and examples."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Resource limits of a process."""

    memory: int
    """Resident memory in bytes."""
    processor_s: float
    """Processor time in seconds."""
    whole_s: float
    """Elapsed time in seconds, however busy the machine is."""
    silence_s: float
    """Longest time without progress, in seconds."""
    written: int
    """Bytes written to disk."""

    @classmethod
    def of(cls, size: int) -> Self:
        """Return the limits for reading `size` bytes."""
        return cls(
            memory=min(_MOST_MEMORY, _MEMORY + size),
            processor_s=_PROCESSOR_S + _PROCESSOR_S_PER_MB * size / _MB,
            whole_s=_WHOLE_S + _WHOLE_S_PER_MB * size / _MB,
            silence_s=_SILENCE_S + _SILENCE_S_PER_MB * size / _MB,
            written=_WRITTEN + _WRITTEN_PER_BYTE * size,
        )


# Temporary folders that disappear with their creator. Those left by a killed program are recognised by their lock,
# which the operating system releases, and deleted when another program starts.

_PREFIX: Final = "incident-map-"
_BESIDE: Final = ".tmp"
"""Suffix of folders created outside the temporary directory."""
_LOCK: Final = ".lock"
_MINUTE_S: Final = 60
_DAY_S: Final = 24 * 60 * _MINUTE_S


class TemporaryFolder:
    """A folder deleted with the object, at exit, or by the next program if this one was killed.

    Parameters
    ----------
    within
        Parent folder, so that results can be moved into place on the same disk; None for the temporary directory.

    """

    def __init__(self, within: Path | None = None) -> None:
        sweep(within)
        self.path = Path(tempfile.mkdtemp(prefix=_PREFIX, suffix=_BESIDE if within else "", dir=within))
        lock = FileLock(self.path / _LOCK, thread_local=False)
        with suppress(NotImplementedError):  # some network drives have no locks
            lock.acquire()
        self._remove = weakref.finalize(self, _remove, self.path, lock)

    def cleanup(self) -> None:
        """Delete it; may be called again."""
        self._remove()

    def __enter__(self) -> Path:
        """Return the path."""
        return self.path

    def __exit__(self, *_: object) -> None:
        """Delete the folder."""
        self.cleanup()


def _remove(path: Path, lock: FileLock) -> None:
    """Delete a folder, its lock last, so that an interrupted deletion can be recognised."""
    with suppress(OSError):  # already gone
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
    """Delete the temporary folders of killed programs in one place; runs once per place.

    Outside the temporary directory, folders without a lock are kept, as users may have given them such a name.
    """
    for folder in Path(within or tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError, Timeout, NotImplementedError):  # in use, or gone
            about = folder.lstat()
            if hasattr(os, "getuid") and about.st_uid != os.getuid():
                continue  # a lock in somebody else's folder may link to anything
            age_s = time.time() - about.st_mtime
            if (folder / _LOCK).exists():
                lock = FileLock(folder / _LOCK, thread_local=False)
                lock.acquire(timeout=0)
                _remove(folder, lock)
            elif not within and age_s > _DAY_S:  # from a program without locks
                shutil.rmtree(folder, ignore_errors=True)
            elif within and folder.suffix == _BESIDE and age_s > _MINUTE_S:  # a newer one may still be being set up
                folder.rmdir()  # only if empty


# The reading process: its messages, its questions, and its limits.

_PULSE_S: Final = 0.2


class Talk:
    """Connection of a task to the program that wants it done."""

    def __init__(self, heard: IO[bytes], said: IO[bytes], gone: Callable[[], None]) -> None:
        self._heard, self._said, self._gone = heard, said, gone
        self._answers: Queue[Any] = Queue()
        self._lock = Lock()
        self._last = 0.0
        self._before: float | None = None
        """Processor seconds used before the task."""
        Thread(target=self._listen, name="apart-heard", daemon=True).start()

    def tell(self, value: Any) -> None:
        """Send a value as JSON."""
        self.say(told=value)

    def ask(self, value: Any) -> Any:
        """Send a value and wait for the answer."""
        self.tell(value)
        return self.answer()

    def pulse(self) -> None:
        """Signal progress."""
        now = time.monotonic()
        if now - self._last > _PULSE_S:
            self._last = now
            self._write(b"\n")

    def say(self, **message: Any) -> None:
        """Send a message."""
        self._write(json.dumps(message).encode("ascii") + b"\n")

    def answer(self, timeout: float | None = None) -> Any:
        """Wait for the next answer, and apply the limits that come with it."""
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
"""The connection of this process, if it reads for another."""


def pulse() -> None:
    """Signal progress of reading; does nothing in a process that reads for itself."""
    for talk in _talks:
        talk.pulse()


def _hold_to(limits: Limits, before: float) -> None:
    """Make the operating system enforce the limits, as far as it can; the parent checks them too."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  # not on Windows

    most = {
        resource.RLIMIT_CPU: int(before + limits.processor_s) + 1,
        resource.RLIMIT_FSIZE: limits.written,
        resource.RLIMIT_NOFILE: _OPEN_FILES,
        resource.RLIMIT_CORE: 0,
    }
    if sys.platform == "linux":  # memory reserved by libraries at start-up is not in use yet
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[5])
        most[resource.RLIMIT_DATA] = pages * resource.getpagesize() + limits.memory
    for kind, wanted in most.items():
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def serve(talk: Talk, module: str) -> None:
    """Carry out one task, a function of the module, and send its result or why it failed."""
    task = talk.answer(_IDLE_S)
    try:
        talk.tell(getattr(import_module(module), task["function"])(talk, **task["values"]))
    except UnreadableError as error:
        talk.say(unreadable=[error.name, error.reason, error.choices])
    except MemoryError:
        talk.say(memory=True)
    except OSError as error:
        talk.say(system=[error.errno, error.strerror or str(error)])
    except Exception:  # noqa: BLE001  # no error caused by a file leaves its process
        talk.say(fault=traceback.format_exc())


def main(module: str) -> None:
    """Run as a reading process: load what the task needs, and wait for it."""
    said = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # keep the output of libraries out of the messages
    with suppress(OSError):  # if memory runs out, this process is killed first
        Path("/proc/self/oom_score_adj").write_text("1000", "ascii")
    talk = Talk(sys.stdin.buffer, said, lambda: os._exit(1))
    _talks.append(talk)
    try:
        import_module(module)
        talk.pulse()
        serve(talk, module)
    except Empty:  # nobody needed it
        pass
    finally:
        os._exit(0)


# The calling program: starting, hearing, supervising and ending processes.

_ELSEWHERE: Final = ["-P"] if INSTALLED else []
"""Keeps the folder of installed packages from taking precedence over the standard library."""
_LESS_MEMORY: Final = {"ARROW_DEFAULT_MEMORY_POOL": "system", "MALLOC_ARENA_MAX": "2"}
"""Returns freed memory to the system: a fifth less peak memory at no cost in time."""
_GDAL_SKIPPED: Final = (
    *("MEM", "PCIDSK", "PDS4", "VICAR", "PDF", "MBTiles", "EEDA", "OGCAPI", "GDALG", "LVBAG", "S57", "DGN", "OGR_VRT"),
    *("CSV", "GPX", "LIBKML", "KML", "GeoJSONSeq", "ESRIJSON", "TopoJSON", "OGR_GMT", "SQLite", "WAsP"),
    *("OpenFileGDB", "DXF", "GeoRSS", "VFK", "PGDUMP", "OSM", "GPSBabel", "OGR_PDS", "WFS", "OAPIF", "EDIGEO"),
    *("Idrisi", "ODS", "XLSX", "Elasticsearch", "Carto", "AmigoCloud", "SXF", "Selafin", "JML", "PLSCENES", "CSW"),
    *("VDV", "MVT", "NGW", "MapML", "GTFS", "PMTiles", "JSONFG", "MiraMonVector", "ADBC", "AVCBin", "AVCE00"),
    *("AIVector", "HTTP"),
)
"""All GDAL drivers but those of formats that it reads here, and GeoJSON, in which the boundaries are: through others a
file could open other files, URLs or programs."""
_CLOSED: Final = {
    "GDAL_SKIP": ",".join(_GDAL_SKIPPED),
    "PROJ_NETWORK": "OFF",
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": "none",
}
_NICENESS: Final = 5
"""Added to the niceness, since pages take precedence."""
_TICK_S: Final = 0.05
_SECOND_S: Final = 1.0
_START_S: Final = 120
"""Time to load the program itself, which is slow on a busy machine."""
_IDLE_S: Final = 600
"""Time after which an unused spare process ends."""
_NEARLY: Final = 0.8
_log: Final = logging.getLogger(__name__)


def start(module: str, folder: Path) -> subprocess.Popen[bytes]:
    """Start a process that loads a module, with `folder` for its temporary files."""
    place = str(folder)
    return python(
        ["-m", "geo.apart", module],
        env=_LESS_MEMORY | _CLOSED | {"TMPDIR": place, "TEMP": place, "TMP": place},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def python(
    words: Sequence[str | bytes], *, env: dict[str, str] | None = None, **streams: Any
) -> subprocess.Popen[bytes]:
    """Start this Python with command-line arguments, without a shell, at a lower priority than pages."""
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
    child = subprocess.Popen(  # noqa: S603  # no shell, and nothing taken from a file
        [sys.executable, *_ELSEWHERE, *words],
        cwd=LIBRARY_FOLDER,
        env=os.environ | {"PYTHONUTF8": "1"} | (env or {}),
        creationflags=flags,
        **streams,
    )
    if sys.platform != "win32":
        with suppress(OSError):  # it has already ended
            os.setpriority(os.PRIO_PROCESS, child.pid, _NICENESS)
    return child


class Process:
    """A process that performs one task on a file; created by `process`."""

    def __init__(self, module: str) -> None:
        self._folder = TemporaryFolder()
        self.folder = self._folder.path
        """Exchange folder, also for its temporary files; deleted with it."""
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
        """Whether it can still be given its task."""
        return self._child.poll() is None

    def begin(self, function: str, *, name: str, size: int, stopped: Callable[[], None], **values: Any) -> None:
        """Call a function of its module with JSON values; parameters as for `process`."""
        self._name, self._stopped = name, stopped
        self.answer({"function": function, "values": values}, size=size)

    def answer(self, value: Any, *, size: int | None = None, watched: Path | None = None) -> None:
        """Answer a question; `size` is the new input size, `watched` another folder that it writes to."""
        if size is not None:
            self._limits = Limits.of(size)
        if watched is not None:
            self._watched.append(watched)
        self._heard = time.monotonic()
        said = {"answer": value, "limits": None if size is None else asdict(self._limits)}
        with suppress(OSError):  # it has ended; `hear` says why
            assert self._child.stdin is not None
            self._child.stdin.write(json.dumps(said).encode("ascii") + b"\n")
            self._child.stdin.flush()

    def hear(self) -> Any:
        """Wait for its next message.

        Raises UnreadableError with the fault it found or the limit it exceeded, OSError if it could not write, and
        whatever `stopped` raises.
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
        """Kill it and clean up; may be called again."""
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
                if not line.endswith(b"\n"):  # too long for a message, or cut off
                    break
                if line != b"\n":
                    self._lines.put(line)
        self._lines.put(b"")

    def _watch(self) -> None:
        """End it if it exceeds a limit."""
        self._stopped()
        now, limits = time.monotonic(), self._limits
        with suppress(psutil.Error):
            held = resident(self._child.pid)
            self._peak = max(self._peak, held)
            if held > limits.memory:
                raise self._exceeded("memory")
            if now - self._measured > _SECOND_S:
                self._measured = now
                used = processor_s(self._child.pid)
                if self._before is None or not self._ready:
                    self._before = used
                if used - self._before > limits.processor_s:
                    raise self._exceeded("processor")
                if sum(map(size_of, self._watched)) > limits.written:
                    raise self._exceeded("written")
        if self._ready and self._began is None:
            self._began = now
        if self._began is not None and now - self._began > limits.whole_s:
            raise self._exceeded("whole")
        if now - self._heard > (limits.silence_s if self._ready else _START_S):
            raise self._exceeded("silence")

    def _exceeded(self, limit: str) -> UnreadableError:
        """Kill it, and return an error naming the limit it exceeded."""
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
        """Return an error saying why it ended without a result."""
        code = None
        with suppress(subprocess.TimeoutExpired):
            code = self._child.wait(_SECOND_S)
        if sys.platform != "win32" and code == -signal.SIGXCPU:
            return self._exceeded("processor")
        by_kernel = sys.platform != "win32" and code == -signal.SIGKILL  # killed by the kernel for lack of memory
        if by_kernel or self._peak > _NEARLY * self._limits.memory:
            return self._exceeded("memory")
        _log.info("the process that read %r ended with %s", self._name, code)
        return self._exceeded("crash")

    def _failure(self, message: dict[str, Any]) -> Exception:
        """Return the error it reported, as it would have been raised here."""
        if "unreadable" in message:
            name, reason, choices = message["unreadable"]
            return UnreadableError(name, reason, choices)
        if "memory" in message:
            return self._exceeded("memory")
        if "system" in message:
            number, reason = message["system"]
            return self._exceeded("written") if number == errno.EFBIG else OSError(number, reason)
        _log.warning("reading %r failed: %r", self._name, message["fault"].strip().rpartition("\n")[2])
        _log.info("%s", message["fault"])
        return self._exceeded("crash")


def resident(pid: int) -> int:
    """Return the resident memory of a process in bytes."""
    return int(psutil.Process(pid).memory_info().rss)


def processor_s(pid: int) -> float:
    """Return the processor time used by a process in seconds."""
    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system)


def size_of(folder: Path) -> int:
    """Return the total size of all files in a folder in bytes."""
    total = 0
    for path in folder.rglob("*"):
        with suppress(OSError):
            total += path.lstat().st_size
    return total


class Turns:
    """Limits the number of processes at work; others wait in order of arrival.

    This keeps many files at once from exceeding the machine's memory.
    """

    def __init__(self, most: int) -> None:
        self._free = most
        self._changed = Condition()
        self._waiting: list[object] = []

    @contextmanager
    def turn(self, one: object, stopped: Callable[[], None]) -> Iterator[None]:
        """Wait for a turn and hold it until the context ends; `stopped` as for `process`."""
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
        """Return the position in the queue, from 1; 0 if not waiting."""
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
    """Start a spare process unless there is one, so that the module's next task begins at once."""
    with _spares_lock:
        if module not in _spares or not _spares[module].waiting:
            _spares[module] = Process(module)


@contextmanager
def process(
    function: Callable[..., Any], *, name: str, size: int, stopped: Callable[[], None] | None = None, **values: Any
) -> Iterator[Process]:
    """Yield a process that calls a function with its `Talk` and JSON values, until the context ends.

    Parameters
    ----------
    function
        Function to call; its result is sent last, as JSON.
    name
        Name of the file, for messages.
    size
        Input size in bytes, which determines the limits.
    stopped
        Called several times a second while waiting; if it raises, the process ends.
    values
        Arguments of the function, as JSON.

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
    # Use the module that readers import, rather than a second copy called __main__.
    import_module("geo.apart").main(sys.argv[1])
