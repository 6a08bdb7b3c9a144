"""Claims compared and sources assessed: contradictions, denials, publications, reliability, similar incidents."""
