"""The curated store: read, validated, written."""
