"""`python -m geo`, or `incident-map`: the same core as the app's, from a shell."""

import signal

if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
    # While the program loads nothing can be left unfinished, and whoever interrupts it wants no trace.
    signal.signal(signal.SIGINT, signal.SIG_DFL)

from geo.cli import shell  # which takes a while to load

if __name__ == "__main__":
    shell()
