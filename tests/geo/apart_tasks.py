"""What processes do that tests give a file to."""

import os
import signal
import sys
import tempfile
import time
from pathlib import Path

from geo.incident.errors import UnreadableError


def fill_memory(talk):
    held = []
    while True:
        held.append(b"x" * 10_000_000)
        talk.pulse()


def ask_for_too_much(_):
    return len(bytearray(10_000_000_000))


def compute(talk):
    while True:
        talk.pulse()


def sleep(talk):
    talk.tell("asleep")
    time.sleep(100)


def fill_disk(talk):
    with Path(tempfile.gettempdir(), "large").open("wb") as file:
        while True:
            file.write(b"x" * 1_000_000)
            file.flush()
            talk.pulse()


def fill_disk_by_little(talk):
    for number in range(10_000):
        Path(tempfile.gettempdir(), str(number)).write_bytes(b"x" * 1_000_000)
        time.sleep(0.01)
        talk.pulse()


def abort(_):
    os.abort()


def violate_memory(_):
    os.kill(os.getpid(), signal.SIGSEGV)


def nest(talk):
    return nest(talk)


def refuse(_):
    raise UnreadableError("a.zip: b.csv", "it is none", ("one", "two"))


def meet_a_full_disk(_):
    raise OSError(28, "No space left on device")


def say_much(_):
    return "x" * 1_000_000


def echo(talk, value):
    sys.stdout.write("what libraries print is no message\n")
    sys.stdout.flush()
    return [value, talk.ask("more?"), tempfile.gettempdir()]
