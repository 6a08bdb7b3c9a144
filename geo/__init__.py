"""Incidents on the Afghanistan–Pakistan–Tajikistan borders: the domain, free of any user interface.

`geo.notebook` has what a notebook needs, in a line each.
"""

from pathlib import Path
from typing import Final

__version__: Final = "0.2.0"
"""As in pyproject.toml; stands in every manifest."""


# Where the files lie that come with the program, in a clone and where it is installed, and how it is called there.
# An installed program is two folders among the packages: `geo`, the library, and `incident_map`, all that is no
# library: the server, its pages, the record, the boundaries, scripts and fonts. Nothing is written to either.

LIBRARY_FOLDER: Final = Path(__file__).resolve().parents[1]
"""What holds `geo`: the clone, or the folder of installed packages."""

_APART: Final = LIBRARY_FOLDER / "incident_map"

INSTALLED: Final = (_APART / "app.py").is_file()
"""Whether this is no clone, but what pip has installed."""

PROGRAM_FOLDER: Final = _APART if INSTALLED else LIBRARY_FOLDER
"""What holds `app.py`, `data/` and `static/`."""

COMMAND: Final = "incident-map" if INSTALLED else "python -m geo"
"""How the program is called at a shell."""
