"""Who says what: contradictions, denials, publications, reliability, similar incidents."""
