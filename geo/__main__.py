"""`python -m geo`: the same core as the app's, from a shell."""

from geo.cli import shell

shell()
