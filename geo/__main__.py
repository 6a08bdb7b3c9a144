"""`python -m geo`, or `incident-map`: the same core as the app's, from a shell."""

import os
import signal

if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
    # While the program loads nothing can be left unfinished, the catalogue of messages is not there, and whoever
    # interrupts it wants no trace.
    signal.signal(signal.SIGINT, lambda *_: os.write(2, b"interrupted\n") and os._exit(2))

from geo.cli import shell  # which takes a while to load

if __name__ == "__main__":
    shell()
