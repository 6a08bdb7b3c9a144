"""Citations: of the sources of the chosen incidents, and of the choice itself, as text, BibTeX, RIS and CSL-JSON."""

from collections.abc import Iterable
from enum import StrEnum

from geo.citation.bibtex import to_bibtex
from geo.citation.csl import to_csl_json
from geo.citation.plain import to_plain
from geo.citation.reference import Reference
from geo.citation.ris import to_ris
from geo.citation.source import source_reference
from geo.citation.view import view_reference

__all__ = ["CitationFormat", "Reference", "cite", "source_reference", "view_reference"]


class CitationFormat(StrEnum):
    """How a citation is written; the value is the ending of the file's name."""

    TEXT = "txt"
    BIBTEX = "bib"
    RIS = "ris"
    CSL_JSON = "json"

    @property
    def label(self) -> str:
        """Return the name that people know it by."""
        return {"txt": "Text", "bib": "BibTeX", "ris": "RIS", "json": "CSL-JSON"}[self.value]

    @property
    def media_type(self) -> str:
        """Return the media type; BibTeX and RIS have none registered with IANA."""
        return {
            "txt": "text/plain",
            "bib": "application/x-bibtex",
            "ris": "application/x-research-info-systems",
            "json": "application/vnd.citationstyles.csl+json",
        }[self.value]


def cite(references: Iterable[Reference], *, format: CitationFormat) -> str:  # noqa: A002  # what it is called everywhere
    """Write references in a format, in the order given."""
    write = {
        CitationFormat.TEXT: to_plain,
        CitationFormat.BIBTEX: to_bibtex,
        CitationFormat.RIS: to_ris,
        CitationFormat.CSL_JSON: to_csl_json,
    }
    return write[format](references)
