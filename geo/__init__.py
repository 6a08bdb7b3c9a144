"""Incidents on the Afghanistan–Pakistan–Tajikistan borders: the domain, free of any user interface.

`geo.notebook` has what a notebook needs, in a line each.
"""

from typing import Final

__version__: Final = "0.2.0"
"""As in pyproject.toml; stands in every manifest."""
