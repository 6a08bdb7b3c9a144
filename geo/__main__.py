"""`python -m geo`: the same core as the app's, from a shell."""

import io
import sys

from geo.cli import main

for stream in (sys.stdout, sys.stderr):
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="replace")  # Windows would write to a pipe in a code page
sys.unraisablehook = lambda _: None  # what writers of files have to say when they are cleared away after a fault
sys.exit(main())
