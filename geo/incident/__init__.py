"""The incident record: its types, vocabularies, schema and errors."""
