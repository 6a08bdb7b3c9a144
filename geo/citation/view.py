"""What is cited of a choice of incidents: everything that another person needs to see the same numbers."""

from ipaddress import ip_address
from typing import Final
from urllib.parse import urlencode, urlsplit

from geo import __version__
from geo.boundaries import Boundaries
from geo.citation.reference import Reference, ReferenceKind
from geo.filters import Filters
from geo.manifest import credits_of, manifest
from geo.table import IncidentTable
from geo.wording import count_words

AUTHOR: Final = "Incident map contributors"
TITLE: Final = "Incident map: Afghanistan–Pakistan–Tajikistan borders"
LICENCE: Final = "CC BY 4.0"
_SHORT: Final = 8
"""Characters of a version that are cited."""


def view_reference(filters: Filters, table: IncidentTable, layers: Boundaries, *, link: str | None = None) -> Reference:
    """Describe a choice as accessed today; `link` is the address that opens it, by default what follows any address.

    The address of a server that only its own machine reaches is no use to a reader: then the choice is cited as what
    follows the address of any copy of the program.
    """
    made = manifest(filters, table, layers)
    chosen, everything = made["counts"]["total"] - made["counts"]["filtered_out"], made["counts"]["total"]
    link = link or f"/?{urlencode(filters.to_query(), doseq=True)}"
    public = _is_public(link)
    imported = credits_of(filters, table)
    notes = [
        f"The record: {LICENCE}" if imported else LICENCE,
        *(credit.removesuffix(".") for credit in imported),
        f"Choice: {made['filters_in_words']}; {chosen:,} of {count_words(everything, 'incident')}",
        None if public else f"Link: {_below_host(link)} at the address of any copy of the program",
        f"Rule for people killed, injured or crossed: {made['rule']['name']}",
        f"Boundary version {made['boundary_version'][:_SHORT]}",
        f"Changes made: {_changes(chosen, everything)}",
    ]
    return Reference(
        key=f"incident-map-{made['code']}",
        kind=ReferenceKind.DATA,
        author=AUTHOR,
        title=TITLE,
        version=f"version {__version__}, data version {table.version[:_SHORT]}",
        url=link if public else None,
        accessed=made["made"],
        note=". ".join(note for note in notes if note),
    )


def _changes(chosen: int, everything: int) -> str:
    """Say what was done to the record, as its licence asks."""
    if chosen == everything:
        return "none"
    return "a part of the incidents was chosen by filters, and none was altered"


def _below_host(link: str) -> str:
    address = urlsplit(link)
    return f"{address.path or '/'}?{address.query}".removesuffix("?")


def _is_public(link: str) -> bool:
    try:
        host = urlsplit(link).hostname or "localhost"
        return ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith((".local", ".localhost"))
